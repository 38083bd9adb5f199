"""The whole step: reports' facts, their codings and reviewers' rulings in, links out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from khronika.codebook.model import Codebook
from khronika.linking.actors import Group, as_actor, caption_of, link_actors
from khronika.linking.copies import copies
from khronika.linking.described import join_described, regrouped
from khronika.linking.facts import ReportFacts
from khronika.linking.grouping import group_tellings, reasons
from khronika.linking.incidents import as_incident, happening_of
from khronika.linking.members import Member, context_of, members_of
from khronika.linking.pool import Pool
from khronika.linking.relations import relations
from khronika.linking.rulings import Ruled, standing
from khronika.linking.sources import Sources
from khronika.linking.tellings import Parts, Telling, mentions_of, tellings_of
from khronika.model.acts import ActorType, Coding
from khronika.model.edtf import EdtfError, bounds
from khronika.model.ids import incident_id
from khronika.model.links import Actor, Copy, Incident, Links, Ruling
from khronika.text.bodies import read_body
from khronika.text.crowds import crowd

_BODIES = (ActorType.ORGANISATION, ActorType.AUTHORITY)


def link(
    reports: Sequence[ReportFacts],
    codings: Sequence[Coding],
    rulings: Sequence[Ruling],
    codebook: Codebook,
) -> Links:
    """Resolve actors and incidents across reports; find copies and contradictions.

    Args:
        reports: the facts of every report, ids distinct, in any order.
        codings: at most one a report, in any order; gone through twice, so a store may hand in a
            sequence that reads them one by one.
        rulings: what reviewers ruled, superseded rulings included; they outrank every score.
        codebook: the kinds of act.

    Returns:
        Actors, incidents and copies, each by id: a pure function of the arguments' content, not of
        their order. Each act that is not rejected is in exactly one incident.

    Raises:
        ContradictoryRulingsError: reviewers ruled the same and different of one pair.

    Source:
        Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969), for weighing agreements.
    """
    ruled = standing(rulings)
    facts = {each.id: each for each in reports}
    pool = Pool()
    members = [
        m for coding in codings for m in members_of(coding, facts.get(coding.report_id), pool)
    ]
    groups = link_actors(members, facts, ruled)
    found = copies(reports)
    tellings = _tellings(codings, groups, facts, _origins(found), codebook, ruled)
    incidents, groups = _incidents(tellings, groups, facts, found, codebook, ruled)
    del tellings  # the greater part of the memory, before actors take theirs
    return Links(actors=_actors(groups), incidents=incidents, copies=found)


def _tellings(
    codings: Iterable[Coding],
    groups: Sequence[Group],
    facts: Mapping[str, ReportFacts],
    origins: Mapping[str, str],
    codebook: Codebook,
    ruled: Ruled,
) -> list[Telling]:
    by_report: dict[str, dict[int, int]] = {}
    callings: dict[str, dict[int, frozenset[str]]] = {}
    for number, (members, _) in enumerate(groups):
        for member in members:
            by_report.setdefault(member.report, {})[member.index] = number
            if member.ties:
                called = frozenset().union(*(crowd(tie) for tie in member.ties))
                callings.setdefault(member.report, {})[member.index] = called
    shared = frozenset(n for n, (members, _) in enumerate(groups) if _followed(members))
    bodies = frozenset(n for n, (members, _) in enumerate(groups) if members[0].type in _BODIES)
    interventions = frozenset(k.id for k in codebook.kinds.values() if k.intervention)
    found: list[Telling] = []
    pool = Pool()
    for coding in codings:
        parts = Parts(
            published=_day(facts.get(coding.report_id)),
            home=context_of(facts.get(coding.report_id)),
            origin=origins.get(coding.report_id, coding.report_id),
            actors=by_report.get(coding.report_id, {}),
            callings=callings.get(coding.report_id, {}),
            shared=shared,
            bodies=bodies,
            interventions=interventions,
            pool=pool,
            mentions=mentions_of(coding.cast),
        )
        found += tellings_of((a for a in coding.acts if a.id not in ruled.rejected), parts)
    return sorted(found, key=lambda t: t.id)


def _day(facts: ReportFacts | None) -> int:
    """The day a report was published as a number, 0 if unknown."""
    try:
        last = bounds(facts.published)[1] if facts else None
    except EdtfError:
        return 0
    return last.toordinal() if last else 0


def _origins(found: Sequence[Copy]) -> dict[str, str]:
    """For each copied report the one that stands for it and all that copy it or are copied."""
    home: dict[str, str] = {}

    def root(report: str) -> str:
        while home.setdefault(report, report) != report:
            home[report] = report = home[home[report]]
        return report

    for copy in found:
        if copy.relation == "copy":
            one, other = sorted((root(copy.report), root(copy.original)))
            home[other] = one
    return {report: root(report) for report in sorted(home)}


def _followed(members: Sequence[Member]) -> bool:
    """True for an actor that is known by name, not a crowd or a description of one report."""
    first = members[0]
    if first.type in _BODIES:
        return any(not read_body(name).generic for m in members for name in m.names)
    return first.named and first.type is ActorType.PERSON


def _actors(groups: Sequence[Group]) -> tuple[Actor, ...]:
    """Each group once as an actor, by id."""
    distinct = {id(members): (members, why) for members, why in groups}
    return tuple(sorted((as_actor(group) for group in distinct.values()), key=lambda a: a.id))


def _incidents(
    tellings: Sequence[Telling],
    groups: Sequence[Group],
    facts: Mapping[str, ReportFacts],
    found: Sequence[Copy],
    codebook: Codebook,
    ruled: Ruled,
) -> tuple[tuple[Incident, ...], list[Group]]:
    """The incidents by id, and the actors as the incidents show them to be."""
    clusters, joins = group_tellings(tellings, *_ruled_acts(tellings, ruled))
    why = reasons(joins)
    happened = sorted(clusters.groups(), key=lambda g: min(t.id for t in g))
    groups = regrouped(groups, join_described(groups, happened))
    captions = [caption_of(members) for members, _ in groups]
    firsts = [(members[0].report, members[0].index) for members, _ in groups]
    sources = Sources(facts, found)
    incidents = [as_incident(group, why, facts, sources, captions, firsts) for group in happened]
    happenings = [happening_of(i, group) for i, group in zip(incidents, happened, strict=True)]
    related = relations(happenings, codebook.kinds)
    linked = (replace(i, related=related[i.id]) if i.id in related else i for i in incidents)
    return tuple(sorted(linked, key=lambda i: i.id)), groups


def _ruled_acts(
    tellings: Sequence[Telling], ruled: Ruled
) -> tuple[list[tuple[Telling, Telling]], frozenset[tuple[str, str]]]:
    """The rulings on acts and on incidents, which stand for the least of their acts."""
    if not ruled.same and not ruled.different:
        return [], frozenset()
    named = {t.id: t for t in tellings} | {incident_id(t.id): t for t in tellings}
    must = [(named[a], named[b]) for a, b in ruled.same if a in named and b in named]
    apart = [(named[a].id, named[b].id) for a, b in ruled.different if a in named and b in named]
    return must, frozenset((min(pair), max(pair)) for pair in apart)
