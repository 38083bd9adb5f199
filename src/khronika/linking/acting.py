"""The acts of reports as they come and go: what may be one with what, and which are one."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.linking.candidates import keys
from khronika.linking.components import as_json, carries, closure, components, ordered, rehomed
from khronika.linking.edges import edges
from khronika.linking.grouping import group
from khronika.linking.keeping import (
    edge_in,
    edge_json,
    ruled_in,
    ruled_json,
    telling_in,
    telling_values,
)
from khronika.linking.keys import key_of
from khronika.linking.state import Edge, Node, Seat, State, StateChanges
from khronika.linking.tellings import Telling
from khronika.model.links import Join

SPACE = "act"
_CROWDED = 64  # acts under one key; one that more have tells nothing of any two of them
_PHRASE = 12  # acts that share a run of words; what more of them share is a set phrase
_HELD = 20_000  # acts that stay read

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """An act as it is compared, and where the cast of its report has each actor that it names."""

    telling: Telling
    places: Mapping[int, int]  # cast index by actor

    def dumps(self) -> str:
        """As JSON."""
        return as_json([telling_values(self.telling), sorted(self.places.items())])

    @classmethod
    def of(cls, node: Node) -> "Told":
        """What a node holds."""
        values, places = json.loads(node.data)
        return cls(telling_in(values), dict(places))


@dataclass(slots=True)
class Turns:
    """What changed among acts.

    Attributes:
        before: the homes that acts had, by node, of those that were touched.
        joins: why acts are in their groups, of all groups that were found anew.
        settled: nodes whose groups were found anew.
    """

    before: dict[int, Node] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)


class Reading:
    """Acts read from what is kept, and held for the next change, which often asks again.

    Whoever changes the state by other ways than an engine starts another reading.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._held: dict[int, Told] = {}

    def told(self, ids: Collection[int]) -> dict[int, Told]:
        """Acts by node."""
        held = self._held
        if len(held) > _HELD:
            held.clear()
        missing = [number for number in ids if number not in held]
        for number, node in self._state.nodes(missing).items() if missing else ():
            held[number] = Told.of(node)
        return {number: held[number] for number in ids if number in held}

    def learn(self, number: int, told: Told | None) -> None:
        """Hold an act as it is now; None if it is no more."""
        if told is None:
            self._held.pop(number, None)
        else:
            self._held[number] = told


class Acting:
    """One change among acts."""

    def __init__(self, state: State, reading: Reading) -> None:
        self._state = state
        self._reading = reading
        self.turns = Turns()
        self.unmet = False  # acts that are ruled the same are kept apart by another ruling

    def told(self, ids: Collection[int]) -> dict[int, Told]:
        """Acts by node."""
        return self._reading.told(ids)

    def change(self, leaving: Collection[str], arriving: Sequence[Told]) -> set[int]:
        """Take the acts of some reports out, and tell acts of the same or other reports.

        Args:
            leaving: reports whose acts go, but for those that are told again.
            arriving: acts, told anew.

        Returns:
            The nodes whose groups are to be found anew; see `settle`.
        """
        seats = self._state.seats(SPACE, leaving)
        known = dict(self._state.named(SPACE, [told.telling.id for told in arriving]))
        again = {node.id for node in known.values()}
        gone = {seat.node for seat in seats} - again
        self._remember(gone | again)
        beside = self._beside(gone | again)
        changes = StateChanges(nodes_gone=gone)
        wanted: dict[int, dict[int, bool]] = {}
        for told in arriving:
            node = known.get(told.telling.id)
            number = node.id if node else self._state.fresh()
            home = node.home if node else number
            changes.nodes[number] = Node(number, SPACE, told.telling.id, home, told.dumps())
            wanted[number] = _keyed(told.telling)
            changes.keys[number] = tuple(sorted(wanted[number]))
            if node is None:
                place = (told.telling.report, number)
                changes.seats.append(Seat(SPACE, *place, number))
            self._reading.learn(number, told)
        for number in gone:
            self._reading.learn(number, None)
        self._state.write(changes)
        return wanted.keys() | (beside - gone) | self._connect(wanted)

    def rule(self, pairs: Mapping[tuple[str, str], str]) -> set[int]:
        """Keep what reviewers ruled of pairs of acts: "same", "different", or "" for no more."""
        nodes = self._state.named(SPACE, {act for pair in pairs for act in pair})
        ids = {name: node.id for name, node in nodes.items()}
        kept = {(e.one, e.other): e for e in self._state.edges(ids.values())}
        changes = StateChanges()
        for (one, other), verb in pairs.items():
            if one not in ids or other not in ids:
                continue
            pair = ordered(ids[one], ids[other])
            edge = kept.get(pair)
            found = edge_in(edge, min(one, other), max(one, other)) if edge else None
            if found:
                changes.edges[pair] = Edge(*pair, edge_json(found, verb))
            elif verb:
                changes.edges[pair] = Edge(*pair, ruled_json(verb))
            else:
                changes.edges_gone.add(pair)
        self._state.write(changes)
        return set(ids.values())

    def settle(self, start: Collection[int]) -> None:
        """Find anew the groups that some acts are in, and give each act its home."""
        inside, kept = closure(self._state, start, carries)
        nodes = self._state.nodes(inside)
        self._remember(inside)
        found: dict[int, int] = {}
        by_name = {node.name: number for number, node in nodes.items()}
        told = self.told(inside)
        for part, among in components(nodes, kept.values(), carries):
            homes = self._grouped(part, told, among, by_name)
            self.unmet |= any(
                ruled_in(edge) == "same" and homes[edge.one] != homes[edge.other] for edge in among
            )
            found |= homes
        self._state.write(rehomed(nodes, found))
        self.turns.settled |= set(nodes)

    def _grouped(
        self,
        part: Sequence[int],
        told: Mapping[int, Told],
        among: Sequence[Edge],
        by_name: Mapping[str, int],
    ) -> dict[int, int]:
        """The home of each act of one component."""
        if len(part) == 1:
            return {part[0]: part[0]}
        tellings = {number: told[number].telling for number in part}
        found, must, never = [], [], set()
        for edge in sorted(among, key=lambda e: (e.one, e.other)):
            first, second = sorted((tellings[edge.one].id, tellings[edge.other].id))
            ruled = ruled_in(edge)
            if ruled == "different":
                never.add((first, second))
            elif ruled == "same":
                must.append((tellings[by_name[first]], tellings[by_name[second]]))
            elif (each := edge_in(edge, first, second)) is not None:
                found.append(each)
        clusters, joins = group(list(tellings.values()), found, must, frozenset(never))
        self.turns.joins |= {join.one: join for join in joins}
        homes: dict[int, int] = {}
        for acts in clusters.groups():
            ids = [by_name[act.id] for act in acts]
            homes |= dict.fromkeys(ids, min(ids))
        return homes

    def _connect(self, wanted: Mapping[int, Mapping[int, bool]]) -> set[int]:
        """Compare acts with those that share a key; the nodes at the ends of their edges.

        Args:
            wanted: the keys of each act that is new or told again; see `_keyed`.
        """
        asked = {key for each in wanted.values() for key in each}
        phrases = {key for each in wanted.values() for key, phrase in each.items() if phrase}
        holders = {
            key: held
            for key, held in self._state.holders(asked, _CROWDED + 1).items()
            if len(held) <= (_PHRASE if key in phrases else _CROWDED)
        }
        pairs = {
            ordered(number, other)
            for number, each in wanted.items()
            for key in each
            for other in holders.get(key, ())
            if other != number
        }
        old = {(edge.one, edge.other): edge for edge in self._state.edges(wanted)}
        told = self.told({number for pair in pairs for number in pair})
        changes = StateChanges(edges_gone={p for p, e in old.items() if not ruled_in(e)})
        for pair in sorted(pairs):
            found = edges(told[pair[0]].telling, told[pair[1]].telling)
            ruled = ruled_in(old[pair]) if pair in old else ""
            if found:
                changes.edges_gone.discard(pair)
                changes.edges[pair] = Edge(*pair, edge_json(found, ruled))
        self._state.write(changes)
        return {number for pair in changes.edges for number in pair}

    def _beside(self, ids: Collection[int]) -> set[int]:
        found = self._state.edges(ids) if ids else ()
        return {end for edge in found for end in (edge.one, edge.other)}

    def _remember(self, ids: Collection[int]) -> None:
        for number, node in self._state.nodes(set(ids) - self.turns.before.keys()).items():
            self.turns.before[number] = node


def keys_of(telling: Telling) -> tuple[int, ...]:
    """What an act is looked up by."""
    return tuple(sorted(_keyed(telling)))


def _keyed(telling: Telling) -> dict[int, bool]:
    """An act's keys, and of each whether it is a run of its words."""
    return {key_of(SPACE, *key): key[0] == "words" for key in keys(telling)}
