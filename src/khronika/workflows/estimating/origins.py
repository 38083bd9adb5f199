"""Whose observation a telling is: that of its publisher, or of the one whom it repeats.

A report that copies, translates, quotes or names another as its source saw nothing itself; what it
tells is on the other's list. The record knows it in four ways: reports that repeat one another
(`copy`), whom a report cites for which of its words, whom an act quotes, and, of two reports of one
incident, whatever `khronika.linking.sources` holds against their being two sources.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from sqlalchemy import Connection, select

from khronika.linking.acting import SPACE
from khronika.linking.acting import Told as Kept
from khronika.linking.cited import is_publisher
from khronika.linking.facts import ReportFacts
from khronika.linking.sources import Sources
from khronika.linking.state import State
from khronika.linking.tellings import Telling
from khronika.model.links import Copy
from khronika.model.plain import from_plain
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.read_links import copies_in
from khronika.text.lemmas import folded
from khronika.workflows.estimating.tellings import Sighting, Told

COPIES = "copies, translates or quotes it"
CITES = "names it as its source"
SAME = "tells it in the same words, or on the word of the same witness"
_WHOLE = ("copy", "translation")
_MANY = 12  # reports of one incident that are compared with each other
_FEW = 400  # publishers whose names are all held against a name that is cited
_STEM = 4  # letters
_NEVER = "~"  # after all dates
_NAMING = ("names as its source",)
_MUTUAL = ("passes on the same witness as", "tells it in the same words as")


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose observation a telling is.

    Attributes:
        publisher: the name; "" if nobody knows.
        why: what the telling's own report does to that publisher's; "" if it is its own.
    """

    publisher: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the record knows of who repeats whom.

    Attributes:
        facts: of reports, by id.
        copies: which report repeats which.
        tellings: acts as linking compares them, by id; none where that is not kept.
        voices: by act the names of those who are quoted for it.
        firsts: by report whose bytes several published, the publisher that did so first.
    """

    facts: Mapping[str, ReportFacts] = field(repr=False)
    copies: Sequence[Copy]
    tellings: Mapping[str, Telling] = field(repr=False)
    voices: Mapping[str, tuple[str, ...]] = field(repr=False)
    firsts: Mapping[str, str] = field(repr=False)


def evidence_in(
    connection: Connection,
    state: State | None,
    sightings: Iterable[Sighting],
    told: Told,
) -> Evidence:
    """Read what bears on some tellings.

    Args:
        connection: to the record.
        state: what linking keeps, if it fits.
        sightings: the tellings.
        told: all that they are some of.
    """
    by_incident: dict[str, set[str]] = defaultdict(set)
    acts: dict[str, set[str]] = defaultdict(set)
    for each in sightings:
        by_incident[each.incident].add(each.report)
        acts[each.incident].add(each.act)
    copies = tuple(copies_in(connection))
    wanted = {report for found in by_incident.values() for report in found}
    wanted |= {copy.original for copy in copies if copy.report in wanted}
    shared = {act for one, found in by_incident.items() if len(found) > 1 for act in acts[one]}
    nodes = state.named(SPACE, sorted(shared)) if state is not None else {}
    return Evidence(
        facts=_facts(connection, sorted(wanted)),
        copies=copies,
        tellings={name: Kept.of(node).telling for name, node in nodes.items()},
        voices=told.voices,
        firsts=told.firsts,
    )


def _facts(connection: Connection, reports: Sequence[str]) -> dict[str, ReportFacts]:
    facts = schema.facts.c
    found = {}
    for some in in_chunks(reports):
        rows = connection.execute(select(facts.data).where(facts.report_id.in_(some)))
        for row in rows:
            each = from_plain(json.loads(row.data), ReportFacts)
            found[each.id] = each
    return found


class Origins:
    """Says whose observation each telling is.

    Args:
        evidence: what the record knows.
        sightings: the tellings.
    """

    def __init__(self, evidence: Evidence, sightings: Iterable[Sighting]) -> None:
        self._evidence = evidence
        every = list(sightings)
        self._sightings = {(each.incident, each.report): each for each in every}
        self._people: defaultdict[str, set[str]] = defaultdict(set)
        for each in every:
            self._people[each.report].add(each.actor)
        self._sources = Sources(evidence.facts, evidence.copies)
        self._cited: dict[str, str] = {}

    def of(self, sighting: Sighting) -> Origin:
        """Whose observation a telling is."""
        own = sighting.publisher
        printed_first = self._evidence.firsts.get(sighting.report, own)
        if cites := self._names_as_source(sighting):
            return Origin(cites, CITES)
        first = self._first.get(sighting.report)
        if first and (whose := self._publisher(first)) and self._may_tell_of(first, sighting.actor):
            return Origin(whose, COPIES if whose != own else "")
        repeated = self._repeated.get((sighting.incident, sighting.report))
        if repeated is None:
            return Origin(printed_first, COPIES if printed_first != own else "")
        report, why = repeated
        whose = self._publisher(report) or printed_first
        return Origin(whose, why if whose != own else "")

    def _may_tell_of(self, report: str, actor: str) -> bool:
        """False if a report is coded and tells of others, so that nobody copied this from it."""
        return not self._people[report] or actor in self._people[report]

    def _publisher(self, report: str) -> str:
        if report in self._evidence.firsts:
            return self._evidence.firsts[report]
        facts = self._evidence.facts.get(report)
        return facts.publisher if facts else ""

    @cached_property
    def _publishers(self) -> tuple[str, ...]:
        return tuple(sorted({each.publisher for each in self._sightings.values()} - {""}))

    @cached_property
    def _first(self) -> dict[str, str]:
        """By report that copies another, the one at the beginning of the chain."""
        best: dict[str, Copy] = {}
        for copy in self._evidence.copies:
            known = best.get(copy.report)
            if copy.relation in _WHOLE and (known is None or copy.share > known.share):
                best[copy.report] = copy
        found = {}
        for report in best:
            passed = [report]
            while (more := best.get(passed[-1])) and more.original not in passed:
                passed.append(more.original)
            found[report] = next((r for r in reversed(passed) if self._publisher(r)), report)
        return found

    def _names_as_source(self, each: Sighting) -> str:
        """The publisher on whose word the words of an act stand, or nothing."""
        facts = self._evidence.facts.get(each.report)
        names = list(self._evidence.voices.get(each.act, ()))
        if facts:
            names += [n for n, start, end in facts.cited if start < each.end and each.start < end]
        found = (self._known(name) for name in names)
        return next((whose for whose in found if whose and whose != each.publisher), "")

    def _known(self, name: str) -> str:
        """The publisher of this record that a name is, or nothing."""
        if name not in self._cited:
            known = (each for each in self._like(name) if is_publisher(name, each))
            self._cited[name] = next(known, "")
        return self._cited[name]

    def _like(self, name: str) -> Iterable[str]:
        """The publishers that a name may be: of very many those that share a word's beginning."""
        if len(self._publishers) <= _FEW:
            return self._publishers
        return sorted({each for stem in _stems(name) for each in self._by_stem.get(stem, ())})

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for each in self._publishers:
            for stem in _stems(each):
                found[stem].append(each)
        return found

    @cached_property
    def _repeated(self) -> dict[tuple[str, str], tuple[str, str]]:
        """By incident and report, the report that it repeats in that incident, and how."""
        by_incident: dict[str, set[str]] = defaultdict(set)
        for incident, report in self._sightings:
            by_incident[incident].add(report)
        told = self._told()
        found = {}
        for incident, reports in by_incident.items():
            ties = dict(self._ties(incident, sorted(reports), told))
            for report in ties:
                found[incident, report] = self._end(report, ties), ties[report][1]
        return found

    def _told(self) -> dict[tuple[str, str], list[Telling]]:
        found: dict[tuple[str, str], list[Telling]] = defaultdict(list)
        for each in self._sightings.values():
            if (telling := self._evidence.tellings.get(each.act)) is not None:
                found[each.incident, each.report].append(telling)
        return found

    def _ties(
        self,
        incident: str,
        reports: Sequence[str],
        told: Mapping[tuple[str, str], list[Telling]],
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        """Of each report of an incident that repeats another of them: which, and how."""
        ordered = sorted(reports, key=self._published)[:_MANY]
        for one, other in combinations(ordered, 2):
            if self._publisher(one) == self._publisher(other):
                continue
            both = (*told.get((incident, one), ()), *told.get((incident, other), ()))
            groups = self._sources.groups(both)
            if len(groups) != 1 or not groups[0].ties:
                continue
            tie = groups[0].ties[0]
            if tie.why in _MUTUAL:  # the later one repeats
                yield other, (one, SAME)
            else:
                yield tie.report, (tie.other, CITES if tie.why in _NAMING else COPIES)

    def _published(self, report: str) -> tuple[str, str]:
        facts = self._evidence.facts.get(report)
        return (facts.published if facts and facts.published else _NEVER), report

    def _end(self, report: str, ties: Mapping[str, tuple[str, str]]) -> str:
        """Where a chain of repeating ends; of a ring, the one published first."""
        passed = [report]
        while passed[-1] in ties:
            further = ties[passed[-1]][0]
            if further in passed:
                return min(passed, key=self._published)
            passed.append(further)
        return passed[-1]


def _stems(name: str) -> set[str]:
    return {word[:_STEM] for word in folded(name).split()}
