"""Incidents: acts of one or several reports that are one occurrence, and what follows from it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from khronika.linking.contradictions import contradictions
from khronika.linking.facts import ReportFacts
from khronika.linking.relations import Happening
from khronika.linking.sources import Sources
from khronika.linking.tellings import EVER, Telling
from khronika.model.acts import Modality
from khronika.model.edtf import disjoint, intersection
from khronika.model.ids import incident_id
from khronika.model.links import Incident, Place

_FIRMEST = (Modality.OCCURRED, Modality.ATTEMPTED, Modality.PLANNED, Modality.THREATENED,
            Modality.POSSIBLE, Modality.DENIED)  # fmt: skip
_REASONS = 6


def as_incident(
    group: Sequence[Telling],
    why: Mapping[str, tuple[str, ...]],
    facts: Mapping[str, ReportFacts],
    sources: Sources,
    captions: Sequence[str],
    firsts: Sequence[Place],
) -> Incident:
    """A group of acts as the model's incident, relations left out.

    Args:
        group: the acts.
        why: by act why it was joined.
        facts: the reports by id.
        sources: which reports are independent.
        captions: of the actors, by number.
        firsts: the least member of each actor, by number.
    """
    acts = sorted(group, key=lambda t: t.id)
    told = [t for t in acts if t.modality is not Modality.DENIED] or acts
    reasons = {reason for act in acts for reason in why.get(act.id, ())}
    return Incident(
        id=incident_id(acts[0].id),
        kind=_most_told(t.kind for t in told),
        acts=tuple(t.id for t in acts),
        modality=min((t.modality for t in acts), key=_FIRMEST.index),
        when=_when(told, facts),
        where=tuple(dict.fromkeys(s.name for t in told for s in t.places)),
        countries=tuple(sorted({s.country for t in told for s in t.places if s.country})),
        victims=_captions(told, captions, victims=True),
        perpetrators=_captions(told, captions, victims=False),
        reports=tuple(sorted({t.report for t in acts})),
        independent_sources=sources.independent(acts),
        contradictions=contradictions(acts),
        why=tuple(sorted(reasons)[:_REASONS]) if len(acts) > 1 else (),
        victim_members=_members((t.victims for t in told), firsts),
        perpetrator_members=_members((t.perpetrators for t in told), firsts),
        focal_members=_members((t.who for t in told), firsts),
        counted=any((t.least or 0) > 2 for t in told),
    )


def _members(actors: Iterable[frozenset[int]], firsts: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(sorted({firsts[actor] for several in actors for actor in several}))


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


def _captions(
    told: Sequence[Telling], captions: Sequence[str], *, victims: bool
) -> tuple[str, ...]:
    found = {captions[actor] for t in told for actor in (t.victims if victims else t.perpetrators)}
    return tuple(sorted(found))


def happening_of(incident: Incident, group: Sequence[Telling]) -> Happening:
    """An incident as far as its relations go."""
    told = [t for t in group if t.modality is not Modality.DENIED] or list(group)
    first = max((t.first for t in told), default=0)
    last = min((t.last for t in told), default=EVER)
    if first > last:  # conflicting days: the whole stretch
        first, last = min(t.first for t in told), max(t.last for t in told)
    return Happening(
        id=incident.id,
        kind=incident.kind,
        modality=incident.modality,
        who=frozenset(actor for t in told for actor in t.who),
        first=first,
        last=last,
        dated=first > 0 and last < EVER,
        reports=frozenset(incident.reports),
        counted=any((t.least or 0) > 2 for t in told),
    )
