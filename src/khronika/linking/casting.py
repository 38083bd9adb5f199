"""The cast of reports as it comes and goes: which forms it is of, and which forms are one actor.

Only what a report touches is looked at: its forms, what is found alike with those that are new,
and what hangs together with them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import NamedTuple

from khronika.linking.alike import Found, PlacePair, compared, joined, keys_of, parked
from khronika.linking.bynames import ByNames
from khronika.linking.components import carries, closure, components, ordered, rehomed
from khronika.linking.describing import described_among
from khronika.linking.forms import ALONE, BODY, COUNTRY, PERSON, Form, form_in, form_of
from khronika.linking.members import Member, member_id
from khronika.linking.retyping import extra_keys, mistaken, retyped
from khronika.linking.seats import SPACE, Aside, member_in, member_json
from khronika.linking.state import Edge, Node, Seat, State, StateChanges

LINKED = (PERSON, BODY)
MOST = 120  # forms under one key that are met

Pair = tuple[int, int]


@dataclass(slots=True)
class Moves:
    """What changed in the cast.

    Attributes:
        before: nodes that were made, changed or taken away, as they were; None for new ones.
        seated: seats that are new.
        left: seats that are no more.
        described: bodies that were described as another one, until that changed here.
    """

    before: dict[int, Node | None] = field(default_factory=dict)
    seated: list[Seat] = field(default_factory=list)
    left: list[Seat] = field(default_factory=list)
    described: dict[int, int] = field(default_factory=dict)


class _Came(NamedTuple):
    """One member that arrives: as its report has it, and as it is taken."""

    node: int
    own: Member
    member: Member
    aside: Aside
    spelt: tuple[str, ...]
    genuine: bool


class Casting:
    """One change of the cast: members out, members in, rulings, and what follows."""

    def __init__(self, state: State, single: Collection[str]) -> None:
        self._state = state
        self._single = frozenset(single)  # ids of members that rulings hold apart from namesakes
        self._forms: dict[int, Form] = {}
        self.moves = Moves()
        self.orphans: dict[PlacePair, str] = {}  # rulings on members that change their form
        self.unmet: set[Pair] = set()  # ruled the same, and kept apart by another ruling

    def change(self, leaving: Sequence[Seat], arriving: Iterable[tuple[Member, Aside]]) -> set[int]:
        """Take members out and in; who turns out to be of another type changes with them.

        Returns:
            The nodes whose clusters are to be found anew; see `settle`.
        """
        start = self._change(leaving, arriving)
        touched = [self._forms[n] for n in self.moves.before if n in self._forms]
        again = mistaken(self._state, self.moves.before.values(), touched)
        if again:
            start |= self._change(again, [member_in(seat) for seat in again])
        return start

    def _change(
        self, leaving: Sequence[Seat], arriving: Iterable[tuple[Member, Aside]]
    ) -> set[int]:
        self.moves.left += leaving
        unruled = self._unrule(leaving)
        nodes = self._emptied(leaving)
        known, came = self._named(arriving, nodes)
        changes = StateChanges(seats_gone={(s.space, s.report, s.index) for s in leaving})
        grown = self._count(known, came, changes)
        start = self._drop_empty(changes)
        self._state.write(changes)
        self.moves.seated += changes.seats
        here = self._state.nodes(unruled).keys()
        return start | self._connect(grown, changes.seats, leaving) | here

    def _unrule(self, leaving: Sequence[Seat]) -> set[int]:
        """Take rulings on members that leave off their forms; whoever comes back has them again."""
        places = {(seat.report, seat.index) for seat in leaving}
        changes = StateChanges()
        for edge in self._state.edges({seat.node for seat in leaving}) if leaving else ():
            if edge.data.endswith("[]]"):
                continue
            found = before = Found.of(edge)
            for pair in before.by:
                if not places.isdisjoint(pair):
                    self.orphans[pair] = before.verb
                    found = found.ruling("", pair)
            if found != before:
                _put(changes, (edge.one, edge.other), found)
        self._state.write(changes)
        return {n for pair in (*changes.edges, *changes.edges_gone) for n in pair}

    def rule(self, ruled: Sequence[tuple[Pair, PlacePair, str]]) -> set[int]:
        """Keep what reviewers ruled of pairs of nodes: "same", "different", or "" for no more.

        Args:
            ruled: the nodes, the members that are ruled on, and the verb.
        """
        ends = {number for pair, _, _ in ruled for number in pair}
        forms = self._read(ends)
        edges = {(e.one, e.other): e for e in (self._state.edges(ends) if ends else ())}
        pairs = {pair for pair, _, _ in ruled}
        self.moves.described |= described_among(e for p, e in edges.items() if p in pairs)
        known = {pair: Found.of(edge) for pair, edge in edges.items() if pair in pairs}
        changes = StateChanges()
        for pair, members, verb in sorted(ruled, key=lambda each: each[1]):
            spaces = {forms[number].space for number in pair}
            if spaces.isdisjoint(LINKED):
                continue  # what no name tells from another is never one
            if len(spaces) == 1:
                found = known.get(pair) or compared(forms[pair[0]], forms[pair[1]])
                known[pair] = found.ruling(verb, members)
            else:  # a person and a body are never one, but may turn out to be of one type
                known[pair] = parked(verb, members)
            _put(changes, pair, known[pair])
        self._state.write(changes)
        return ends

    def settle(self, start: Collection[int]) -> None:
        """Find anew the clusters that some nodes are in, and give each node its home."""
        start = {n for n, node in self._state.nodes(start).items() if node.space in LINKED}
        inside, edges = closure(self._state, start, carries)
        nodes = self._state.nodes(inside)
        self._remember(nodes)
        homes: dict[int, int] = {}
        for group, among in components(nodes, edges.values(), carries):
            forms = {number: self._form(nodes[number]) for number in group}
            for cluster in joined(forms, among):
                homes |= dict.fromkeys(cluster, min(cluster))
        self._state.write(rehomed(nodes, homes))
        self.unmet |= {p for p, e in edges.items() if _is_unmet(p, e, homes)}
        singles = ByNames(self._state, self._read)
        moved = {n for n, home in homes.items() if nodes[n].home != home}
        found = singles.homes(self.moves, start | moved)
        singly = self._state.nodes(found)
        self._remember(singly)
        self._state.write(rehomed(singly, found))

    def _emptied(self, leaving: Sequence[Seat]) -> dict[int, Node]:
        """The nodes that members leave, their forms counted anew without them."""
        nodes = dict(self._state.nodes({seat.node for seat in leaving}))
        self._remember(nodes)
        gone = {(seat.space, seat.report, seat.index) for seat in leaving}
        for number, node in nodes.items():
            self._forms[number] = form_in(node).emptied()
        for seat in self._state.seats_of(nodes):
            if (seat.space, seat.report, seat.index) not in gone:
                member, aside = member_in(seat)
                ((typed, _, genuine),) = retyped(self._state, [(member, aside)])
                spelt = form_of(typed, aside, single=False)[1]
                self._forms[seat.node].count(typed, spelt, genuine=genuine)
        return nodes

    def _named(
        self, arriving: Iterable[tuple[Member, Aside]], nodes: Mapping[int, Node]
    ) -> tuple[dict[int, Node], list[_Came]]:
        """The node of each arriving member, made where there is none."""
        placed = []
        members = list(arriving)
        for (own, _), (member, aside, genuine) in zip(
            members, retyped(self._state, members), strict=True
        ):
            single = bool(self._single) and member_id(member) in self._single
            form, spelt = form_of(member, aside, single=single)
            placed.append((form, _Came(0, own, member, aside, spelt, genuine)))
        known = {(node.space, node.name): node for node in nodes.values()}
        for space in (PERSON, BODY, COUNTRY, ALONE):
            names = {form.name for form, *_ in placed if form.space == space}
            found = self._state.named(space, names)
            known |= {(space, name): node for name, node in found.items()}
        self._remember({node.id: node for node in known.values()})
        came = []
        for form, each in placed:
            node = known.get((form.space, form.name))
            if node is None:
                number = self._state.fresh()
                node = Node(number, form.space, form.name, number, "")
                known[form.space, form.name] = node
                self._forms[number] = form
                self.moves.before[number] = None
            elif node.data:
                held = self._form(node)
                held.followed = held.followed or form.followed
            came.append(each._replace(node=node.id))
        return {node.id: node for node in known.values()}, came

    def _count(
        self,
        known: Mapping[int, Node],
        came: Sequence[_Came],
        changes: StateChanges,
    ) -> set[int]:
        """Count members in; the nodes that are new or are compared by other spellings now."""
        for each in came:
            self._forms[each.node].count(each.member, each.spelt, genuine=each.genuine)
            data = member_json(each.own, each.aside)
            changes.seats.append(Seat(SPACE, each.own.report, each.own.index, each.node, data))
        grown = set()
        for number in self._forms.keys() & known.keys():
            node, form = known[number], self._forms[number]
            before = form_in(node) if node.data else None
            if form.members and form.space in LINKED:
                if before is None or _said(form) != _said(before):
                    grown.add(number)
                if before is None or number in grown or extra_keys(form) != extra_keys(before):
                    changes.keys[number] = (*keys_of(form), *extra_keys(form))
            changes.nodes[number] = Node(number, form.space, form.name, node.home, form.dumps())
        return grown

    def _drop_empty(self, changes: StateChanges) -> set[int]:
        """Nodes without members go; what they may have held together is found anew."""
        changes.nodes_gone = {n for n in changes.nodes if not self._forms[n].members}
        for number in changes.nodes_gone:
            del changes.nodes[number]
            del self._forms[number]
        if not changes.nodes_gone:
            return set()
        edges = self._state.edges(changes.nodes_gone)
        self.moves.described |= described_among(edges)
        beside = {end for e in edges if carries(e) for end in (e.one, e.other)}
        homeless = self._state.at_home(changes.nodes_gone).values()  # bare names have no edges
        return beside.union(*homeless) - changes.nodes_gone

    def _connect(
        self, grown: Collection[int], seated: Sequence[Seat], leaving: Sequence[Seat]
    ) -> set[int]:
        """Compare what is new with what shares a key, and note who stands in one report."""
        ends = {seat.node for seat in (*seated, *leaving) if seat.node in self._forms}
        old = {(edge.one, edge.other): edge for edge in self._state.edges(ends)}
        told_in = {seat.report for seat in seated}
        together = _together(self._state.seats(SPACE, told_in))
        pairs = self._met(grown) | {p for p in together if p in old}
        pairs |= {pair for pair in old if pair[0] in grown or pair[1] in grown}
        stale = self._parted(old.values(), leaving) if leaving else set()
        forms = self._read({number for pair in pairs | stale for number in pair})
        changes = StateChanges()
        start = set(grown)
        for pair in sorted(pairs | stale):
            if forms[pair[0]].space != forms[pair[1]].space:
                continue
            before = Found.of(old[pair]) if pair in old else None
            beside = pair in together or bool(before and before.together and pair not in stale)
            found = compared(forms[pair[0]], forms[pair[1]], together=beside)
            if before and before.ruled:
                found = replace(found, ruled=before.ruled, by=before.by)
            if found.kept or before:
                _put(changes, pair, found)
            if found != before:
                start |= set(pair)
        self._state.write(changes)
        return start

    def _met(self, grown: Collection[int]) -> set[Pair]:
        """Pairs of a new form and one that shares a key with it."""
        keys = {number: keys_of(self._forms[number]) for number in grown}
        holders = self._state.holders({k for each in keys.values() for k in each}, MOST)
        return {
            ordered(number, other)
            for number, each in keys.items()
            for key in each
            for other in holders.get(key, ())
            if other != number
        }

    def _parted(self, edges: Iterable[Edge], leaving: Sequence[Seat]) -> set[Pair]:
        """Pairs that no report has both of any more."""
        touched = {seat.node for seat in leaving}
        doubtful = {
            (edge.one, edge.other)
            for edge in edges
            if not touched.isdisjoint((edge.one, edge.other)) and Found.of(edge).together
        }
        reports: defaultdict[int, set[str]] = defaultdict(set)
        for seat in self._state.seats_of({number for pair in doubtful for number in pair}):
            reports[seat.node].add(seat.report)
        return {pair for pair in doubtful if reports[pair[0]].isdisjoint(reports[pair[1]])}

    def _remember(self, nodes: Mapping[int, Node]) -> None:
        for number, node in nodes.items():
            self.moves.before.setdefault(number, node)

    def _form(self, node: Node) -> Form:
        if node.id not in self._forms:
            self._forms[node.id] = form_in(node)
        return self._forms[node.id]

    def _read(self, ids: Collection[int]) -> dict[int, Form]:
        missing = {number for number in ids if number not in self._forms}
        for node in self._state.nodes(missing).values():
            self._forms[node.id] = form_in(node)
        return {number: self._forms[number] for number in ids if number in self._forms}


def _put(changes: StateChanges, pair: Pair, found: Found) -> None:
    """Keep what was found of two, or that nothing worth keeping was."""
    changes.edges.pop(pair, None)
    changes.edges_gone.discard(pair)
    if found.kept:
        changes.edges[pair] = Edge(*pair, found.dumps())
    else:
        changes.edges_gone.add(pair)


def _is_unmet(pair: Pair, edge: Edge, homes: Mapping[int, int]) -> bool:
    if edge.data.endswith("[]]"):
        return False
    return Found.of(edge).ruled == "same" and homes.get(pair[0]) != homes.get(pair[1])


def _together(seats: Sequence[Seat]) -> set[Pair]:
    """Pairs of nodes that one report seats."""
    by_report: defaultdict[str, set[int]] = defaultdict(set)
    for seat in seats:
        by_report[seat.report].add(seat.node)
    return {pair for nodes in by_report.values() for pair in combinations(sorted(nodes), 2)}


def _said(form: Form) -> tuple[tuple[str, ...], bool]:
    """What edges are made from; which ties there are is looked at when forms are joined."""
    return form.compared, bool(form.ties)
