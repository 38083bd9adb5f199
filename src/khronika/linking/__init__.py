"""Linking: mentions to actors, acts to incidents, copies, contradictions."""

from khronika.linking.facts import ReportFacts, facts_of
from khronika.linking.link import link
from khronika.linking.names import name_evidence, same_name_probability
from khronika.linking.rulings import ContradictoryRulingsError

__all__ = [
    "ContradictoryRulingsError",
    "ReportFacts",
    "facts_of",
    "link",
    "name_evidence",
    "same_name_probability",
]
