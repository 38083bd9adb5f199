"""What linking keeps between runs, in memory: for linking all at once, and for tests."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from khronika.linking.components import carries
from khronika.linking.state import Edge, Node, Seat, StateChanges


class MemoryState:
    """The protocol `State` in dictionaries."""

    def __init__(self) -> None:
        self._last = 0
        self.clear()

    def clear(self) -> None:
        """Drop everything; ids that were given are not given again."""
        self._nodes: dict[int, Node] = {}
        self._named: dict[tuple[str, str], int] = {}
        self._homes: defaultdict[int, set[int]] = defaultdict(set)
        self._keys: dict[int, tuple[int, ...]] = {}
        self._holders: defaultdict[int, set[int]] = defaultdict(set)
        self._edges: defaultdict[int, dict[int, Edge]] = defaultdict(dict)
        self._seats: defaultdict[tuple[str, str], dict[int, Seat]] = defaultdict(dict)
        self._sitting: defaultdict[int, set[tuple[str, str, int]]] = defaultdict(set)

    def named(self, space: str, names: Collection[str]) -> Mapping[str, Node]:
        """Nodes by name."""
        found = ((name, self._named.get((space, name))) for name in names)
        return {name: self._nodes[number] for name, number in found if number is not None}

    def nodes(self, ids: Collection[int]) -> Mapping[int, Node]:
        """Nodes by id."""
        return {number: self._nodes[number] for number in ids if number in self._nodes}

    def at_home(self, homes: Collection[int]) -> Mapping[int, Sequence[int]]:
        """For each home the ids of its nodes, ascending."""
        return {home: sorted(self._homes[home]) for home in homes if self._homes.get(home)}

    def holders(self, keys: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        """For each key the ids of its nodes, ascending; at most so many."""
        return {key: sorted(self._holders[key])[:most] for key in keys if key in self._holders}

    def edges(self, ids: Collection[int]) -> Sequence[Edge]:
        """Every edge that has one of these nodes at either end, each once."""
        return list(
            {
                (edge.one, edge.other): edge
                for number in ids
                if number in self._edges
                for edge in self._edges[number].values()
            }.values()
        )

    def parted(self, space: str) -> Iterator[Edge]:
        """Every edge that may join its ends, nodes of a space, and has not; in any order."""
        for number, edges in self._edges.items():
            for edge in edges.values():
                one, other = self._nodes[edge.one], self._nodes[edge.other]
                apart = one.space == space and one.home != other.home
                if number == edge.one and apart and carries(edge):
                    yield edge

    def seats(self, space: str, reports: Collection[str]) -> Sequence[Seat]:
        """Everything of some reports in a space, by report and index."""
        found = (self._seats.get((space, report), {}) for report in sorted(set(reports)))
        return [each[index] for each in found for index in sorted(each)]

    def seats_of(self, nodes: Collection[int]) -> Sequence[Seat]:
        """Everything that some nodes are, by space, report and index."""
        places = sorted(place for node in set(nodes) for place in self._sitting.get(node, ()))
        return [self._seats[space, report][index] for space, report, index in places]

    def fresh(self) -> int:
        """An id that no node has or had."""
        self._last += 1
        return self._last

    def write(self, changes: StateChanges) -> None:
        """Write it; what is written is what is read from now on."""
        for number in changes.nodes_gone:
            self._forget(number)
        for node in changes.nodes.values():
            self._put(node)
        for number, keys in changes.keys.items():
            self._rekey(number, keys)
        for one, other in changes.edges_gone:
            self._edges[one].pop(other, None)
            self._edges[other].pop(one, None)
        for edge in changes.edges.values():
            self._edges[edge.one][edge.other] = self._edges[edge.other][edge.one] = edge
        for place in changes.seats_gone:
            self._rise(place)
        for seat in changes.seats:
            self._rise((seat.space, seat.report, seat.index))
            self._seats[seat.space, seat.report][seat.index] = seat
            self._sitting[seat.node].add((seat.space, seat.report, seat.index))

    def _put(self, node: Node) -> None:
        before = self._nodes.get(node.id)
        if before is not None:
            self._homes[before.home].discard(node.id)
        self._nodes[node.id] = node
        self._named[node.space, node.name] = node.id
        self._homes[node.home].add(node.id)

    def _rekey(self, number: int, keys: tuple[int, ...]) -> None:
        for key in self._keys.get(number, ()):
            self._holders[key].discard(number)
            if not self._holders[key]:
                del self._holders[key]
        self._keys[number] = tuple(dict.fromkeys(keys))
        for key in self._keys[number]:
            self._holders[key].add(number)

    def _rise(self, place: tuple[str, str, int]) -> None:
        space, report, index = place
        before = self._seats[space, report].pop(index, None)
        if before is not None:
            self._sitting[before.node].discard(place)

    def _forget(self, number: int) -> None:
        self._rekey(number, ())
        self._keys.pop(number, None)
        for other in self._edges.pop(number, {}):
            self._edges[other].pop(number, None)
        for place in list(self._sitting.pop(number, ())):
            self._seats[place[0], place[1]].pop(place[2], None)
        node = self._nodes.pop(number, None)
        if node is not None:
            self._homes[node.home].discard(number)
            self._named.pop((node.space, node.name), None)
