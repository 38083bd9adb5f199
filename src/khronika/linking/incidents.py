"""Incidents: acts of one or several reports that are one occurrence, and what follows from it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from khronika.linking.contradictions import contradictions
from khronika.linking.facts import ReportFacts
from khronika.linking.relations import Happening
from khronika.linking.sources import Sources
from khronika.linking.tellings import EVER, Telling, days
from khronika.model.acts import Modality
from khronika.model.edtf import disjoint, intersection
from khronika.model.ids import incident_id
from khronika.model.links import Incident

_FIRMEST = (Modality.OCCURRED, Modality.ATTEMPTED, Modality.PLANNED, Modality.THREATENED,
            Modality.POSSIBLE, Modality.DENIED)  # fmt: skip
_REASONS = 6
_TIES = 12


def as_incident(
    group: Sequence[Telling],
    why: Mapping[str, tuple[str, ...]],
    facts: Mapping[str, ReportFacts],
    sources: Sources,
) -> Incident:
    """A group of acts as the model's incident, without its actors and relations."""
    acts = sorted(group, key=lambda t: t.id)
    told = [t for t in acts if t.modality is not Modality.DENIED] or acts
    reasons = {reason for act in acts for reason in why.get(act.id, ())}
    found = sources.groups(acts)
    return Incident(
        id=incident_id(acts[0].id),
        kind=_most_told(t.kind for t in told),
        acts=tuple(t.id for t in acts),
        modality=min((t.modality for t in acts), key=_FIRMEST.index),
        when=_when(told, facts),
        where=tuple(dict.fromkeys(s.name for t in told for s in t.places)),
        countries=tuple(sorted({s.country for t in told for s in t.places if s.country})),
        reports=tuple(sorted({t.report for t in acts})),
        independent_sources=len(found),
        contradictions=contradictions(acts),
        why=(*sorted(reasons)[:_REASONS], *sources.in_words(found)[:_TIES])
        if len(acts) > 1
        else (),
    )


def _most_told(kinds: Iterable[str]) -> str:
    counted = Counter(kinds)
    return min(counted, key=lambda kind: (-counted[kind], kind))


def _when(told: Sequence[Telling], facts: Mapping[str, ReportFacts]) -> str:
    """What all tellings allow; where they conflict, what the earliest published report says."""
    said = [t for t in told if t.edtf]
    if not said:
        return ""
    edtfs = sorted({t.edtf for t in said})
    if not any(disjoint(a, b) for i, a in enumerate(edtfs) for b in edtfs[i + 1 :]):
        return reduce(lambda a, b: intersection(a, b) or a, edtfs)

    def published(telling: Telling) -> tuple[str, str]:
        report = facts.get(telling.report)
        return (report.published if report and report.published else "9999"), telling.id

    return min(said, key=published).edtf


def happening_of(incident: Incident, who: frozenset[str]) -> Happening:
    """An incident as far as its relations go; `who` are the actors of its focal members."""
    first, last = days(incident.when)
    return Happening(
        id=incident.id,
        kind=incident.kind,
        modality=incident.modality,
        who=who,
        first=first,
        last=last,
        dated=first > 0 and last < EVER,
        reports=frozenset(incident.reports),
        counted=incident.counted,
    )
