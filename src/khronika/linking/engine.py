"""One change of what is linked: reports in and out, rulings, and all that follows from them.

Names, acts and reports are nodes; what is found of two is an edge; a cluster is made anew only if
something of its component changed. Linking one report or a million goes the same way.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.linking import repeats
from khronika.linking.acting import Acting, Reading, Told
from khronika.linking.casting import Casting
from khronika.linking.describing import Describing
from khronika.linking.facts import ReportFacts
from khronika.linking.forms import BODY, aside_of, form_in
from khronika.linking.members import Member, context_of, member_id, members_of, named_twice
from khronika.linking.outcome import Outcome
from khronika.linking.pool import Pool
from khronika.linking.seats import SPACE as CAST
from khronika.linking.seats import Aside, member_in
from khronika.linking.state import Seat, State
from khronika.linking.tellings import Parts, mentions_of, tellings_of
from khronika.model.acts import Coding
from khronika.model.edtf import EdtfError, bounds
from khronika.model.links import LinkChanges, Place
from khronika.text.crowds import crowd

Read = Callable[[Collection[str]], Iterable[Coding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """What reviewers ruled, as far as it is new or was taken back.

    Attributes:
        members: pairs of cast members, the lesser first: "same", "different", or "" for no more.
        acts: pairs of acts by id, the lesser first, likewise.
        single: ids of members that any ruling that stands holds apart from others.
        again: cast members that are in `single` now, or are no more.
    """

    members: Mapping[tuple[Place, Place], str] = field(default_factory=dict)
    acts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    single: frozenset[str] = frozenset()
    again: tuple[Place, ...] = ()


class Engine:
    """Keeps links up to date.

    Args:
        state: what is kept between runs; an empty one links from nothing.
        interventions: the kinds of act that are made, not suffered.
        read: gives the codings of reports that are linked already.
    """

    def __init__(self, state: State, interventions: frozenset[str], read: Read) -> None:
        self._state = state
        self._interventions = interventions
        self._read = read
        self._pool = Pool()
        self.unmet = False  # a ruling could not be obeyed in the last update, beside others
        self._reading = Reading(state)

    def update(
        self,
        added: Sequence[tuple[ReportFacts, Coding | None]] = (),
        removed: Collection[str] = (),
        rulings: Rulings | None = None,
    ) -> LinkChanges:
        """Bring links up to date.

        Args:
            added: reports that are new or changed, ids distinct.
            removed: reports that are gone.
            rulings: what is ruled anew.

        Returns:
            What changed. Once it is kept with the state, both are whole.
        """
        rulings = rulings or Rulings()
        coded = {facts.id: coding for facts, coding in added if coding is not None}
        leaving = {*removed, *(facts.id for facts, _ in added)}
        gone = repeats.remove(self._state, leaving)
        came = repeats.add(self._state, [facts for facts, _ in added])
        cast = self._cast(leaving, added, rulings)
        moved = self._moved(cast) | gone.moved | came.moved
        told_again = {*moved, *_reports(cast)} - leaving
        acts = self._acts(leaving, coded, told_again, rulings)
        self.unmet = bool(cast.unmet or acts.unmet)
        ruled = {report for pair in (*cast.orphans, *rulings.members) for report, _ in pair}
        described = Describing(self._state, acts).settle(cast.moves.described, ruled)
        described |= cast.moves.described
        return Outcome(self._state, cast.moves, acts, described).changes(gone, came)

    def _cast(
        self,
        leaving: Collection[str],
        added: Sequence[tuple[ReportFacts, Coding | None]],
        rulings: Rulings,
    ) -> Casting:
        again = self._seats_at(rulings.again, leaving)
        arriving = [member_in(seat) for seat in again]
        for facts, coding in added:
            if coding is not None:
                members = members_of(coding, facts, self._pool)
                pairs = named_twice(facts, members)
                arriving += [(each, aside_of(each, pairs)) for each in members]
        casting = Casting(self._state, rulings.single)
        seats = [*self._state.seats(CAST, leaving), *again]
        start = casting.change(seats, sorted(arriving, key=_by_key))
        start |= casting.rule(self._pairs({**casting.orphans, **rulings.members}))
        casting.settle(start)
        return casting

    def _seats_at(self, places: Collection[Place], leaving: Collection[str]) -> list[Seat]:
        wanted = {place for place in places if place[0] not in leaving}
        seats = self._state.seats(CAST, {report for report, _ in wanted}) if wanted else ()
        return [seat for seat in seats if (seat.report, seat.index) in wanted]

    def _pairs(
        self, ruled: Mapping[tuple[Place, Place], str]
    ) -> list[tuple[tuple[int, int], tuple[Place, Place], str]]:
        """The nodes of members that are ruled on, as far as they are there and not one."""
        if not ruled:
            return []
        reports = {report for pair in ruled for report, _ in pair}
        nodes = {(s.report, s.index): s.node for s in self._state.seats(CAST, reports)}
        found = []
        for (one, other), verb in ruled.items():
            if one in nodes and other in nodes and nodes[one] != nodes[other]:
                first, second = sorted((nodes[one], nodes[other]))
                found.append(((first, second), (one, other), verb))
        return found

    def _moved(self, cast: Casting) -> set[str]:
        """Reports of which somebody is somebody else now."""
        before = cast.moves.before
        nodes = self._state.nodes(before)
        moved = {n for n, node in nodes.items() if (old := before[n]) and old.home != node.home}
        return {seat.report for seat in self._state.seats_of(moved)} if moved else set()

    def _acts(
        self,
        leaving: Collection[str],
        coded: Mapping[str, Coding],
        again: Collection[str],
        rulings: Rulings,
    ) -> Acting:
        codings = {**coded, **{coding.report_id: coding for coding in self._read(sorted(again))}}
        acting = Acting(self._state, self._reading)
        told = self._tell(codings, rulings.single) if codings else []
        start = acting.change({*leaving, *again}, told)
        start |= acting.rule(rulings.acts)
        acting.settle(start)
        return acting

    def _tell(self, codings: Mapping[str, Coding], single: Collection[str]) -> list[Told]:
        """The acts of some reports, with who is whom."""
        seats = self._state.seats(CAST, codings)
        nodes = self._state.nodes({seat.node for seat in seats})
        homes = self._state.nodes({node.home for node in nodes.values()})
        reports = self._state.named(repeats.SPACE, codings)
        by_report: defaultdict[str, list[Seat]] = defaultdict(list)
        for seat in seats:
            by_report[seat.report].append(seat)
        told: list[Told] = []
        for report, coding in sorted(codings.items()):
            actors: dict[int, int] = {}
            shared, bodies = set(), set()
            for seat in by_report[report]:
                node = nodes[seat.node]
                actors[seat.index] = node.home
                if form_in(node).followed:
                    shared.add(node.home)
                if homes[node.home].space == BODY:
                    bodies.add(node.home)
            facts = repeats.facts_in(reports[report])
            parts = Parts(
                published=_day(facts),
                home=context_of(facts),
                origin=str(reports[report].home),
                actors=actors,
                callings=_callings(by_report[report]),
                shared=frozenset(shared),
                bodies=frozenset(bodies),
                interventions=self._interventions,
                pool=self._pool,
                mentions=mentions_of(coding.cast),
                parted=_parted(by_report[report], actors, single),
            )
            places = _places(actors)
            told += [Told(telling, places) for telling in tellings_of(coding.acts, parts)]
        return told


def _by_key(pair: tuple[Member, Aside]) -> tuple[str, int, str]:
    return pair[0].key


def _reports(cast: Casting) -> set[str]:
    """Reports whose cast changed in what it is."""
    return {seat.report for seat in (*cast.moves.seated, *cast.moves.left)}


def _parted(
    seats: Iterable[Seat], actors: Mapping[int, int], single: Collection[str]
) -> frozenset[int]:
    """Actors whom a ruling tells from another of their name."""
    if not single:
        return frozenset()
    return frozenset(actors[s.index] for s in seats if member_id(member_in(s)[0]) in single)


def _callings(seats: Iterable[Seat]) -> dict[int, frozenset[str]]:
    found = {}
    for seat in seats:
        member, _ = member_in(seat)
        if member.ties:
            found[seat.index] = frozenset().union(*(crowd(tie) for tie in member.ties))
    return found


def _places(actors: Mapping[int, int]) -> dict[int, int]:
    """The least cast index of each actor."""
    found: dict[int, int] = {}
    for index, home in sorted(actors.items()):
        found.setdefault(home, index)
    return found


def _day(facts: ReportFacts) -> int:
    """The day a report was published as a number, 0 if unknown."""
    try:
        last = bounds(facts.published)[1]
    except EdtfError:
        return 0
    return last.toordinal() if last else 0
