"""Linking: mentions to actors, acts to incidents, copies, contradictions."""

from khronika.linking.engine import Engine, Rulings
from khronika.linking.facts import ReportFacts, facts_of
from khronika.linking.link import (
    ENGINE,
    interventions_of,
    link,
    link_anew,
    places_of_ids,
    rulings_of,
)
from khronika.linking.mentions import NamedMention, group_mentions
from khronika.linking.names import name_evidence, same_name_probability
from khronika.linking.rulings import ContradictoryRulingsError, standing

__all__ = [
    "ENGINE",
    "ContradictoryRulingsError",
    "Engine",
    "NamedMention",
    "ReportFacts",
    "Rulings",
    "facts_of",
    "group_mentions",
    "interventions_of",
    "link",
    "link_anew",
    "name_evidence",
    "places_of_ids",
    "rulings_of",
    "same_name_probability",
    "standing",
]
