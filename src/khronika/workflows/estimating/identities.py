"""Who is who, with how sure linking is of it: to be drawn again, stricter or looser.

What linking keeps of two spellings is how probable it is that they are one person's. Here each
such pair is decided anew: at random by its probability, or by another threshold. What reviewers
ruled stands, and what speaks against two being one keeps them apart, in every draw.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from khronika.linking.alike import Found, compared, verdict_of
from khronika.linking.clusters import Clusters
from khronika.linking.components import carries, components, ordered
from khronika.linking.forms import PERSON, Form, form_in
from khronika.linking.seats import SPACE
from khronika.linking.state import Edge, Node, State
from khronika.text.likeness import Likeness
from khronika.text.weights import probability_of
from khronika.workflows.estimating.tellings import Sighting

CERTAIN = 0.999  # what is surer is not drawn
Pair = tuple[int, int]
Decide = Callable[[float], bool]  # whether two that are one with a probability are to be one


@dataclass(frozen=True, slots=True)
class Known:
    """What linking keeps of the persons of some tellings, and of all whom they may be.

    Attributes:
        node: by report and cast index.
        nodes: by id.
        edges: that may join two of them, or hold them apart.
    """

    node: Mapping[tuple[str, int], int]
    nodes: Mapping[int, Node] = field(repr=False)
    edges: Mapping[Pair, Edge] = field(repr=False)


def known_of(state: State, sightings: Iterable[Sighting]) -> Known:
    """Read what linking keeps of the persons of some tellings."""
    casts = {(each.report, each.cast) for each in sightings if each.cast is not None}
    seats = state.seats(SPACE, sorted({report for report, _ in casts}))
    node = {(s.report, s.index): s.node for s in seats if (s.report, s.index) in casts}
    nodes: dict[int, Node] = {}
    edges: dict[Pair, Edge] = {}
    ring = {each.home for each in state.nodes(set(node.values())).values() if _is_person(each)}
    homes: set[int] = set()
    while ring:
        homes |= ring
        fresh = {n for ids in state.at_home(ring).values() for n in ids}
        nodes.update(state.nodes(fresh))
        found = state.edges(fresh)
        edges.update({(edge.one, edge.other): edge for edge in found})
        ends = {end for edge in found if carries(edge) for end in (edge.one, edge.other)}
        ring = {each.home for each in state.nodes(ends).values() if _is_person(each)} - homes
    nodes = {number: each for number, each in nodes.items() if _is_person(each)}
    edges = {pair: edge for pair, edge in edges.items() if nodes.keys() >= set(pair)}
    return Known({at: number for at, number in node.items() if number in nodes}, nodes, edges)


def _is_person(node: Node) -> bool:
    return node.space == PERSON


class Identities:
    """Decides who is who.

    Args:
        known: what linking keeps.
        sightings: the tellings that are counted.
    """

    def __init__(self, known: Known, sightings: Iterable[Sighting]) -> None:
        self._known = known
        self._found = {pair: Found.of(edge) for pair, edge in known.edges.items()}
        self._forms: dict[int, Form] = {}
        self._apart: dict[Pair, bool] = {}
        self._incidents = self._by_node(sightings)

    @property
    def unsure(self) -> int:
        """How many pairs of spellings are neither surely one nor surely two."""
        return sum(self._is_open(found) for found in self._found.values())

    @property
    def namesakes(self) -> int:
        """How many names, told of in several incidents, are so common that they may be of two."""
        return len(self._common)

    def units(self, decide: Decide, order: Callable[[int], Sequence[int]]) -> "Units":
        """Who is who if pairs are decided so.

        Args:
            decide: whether two that are one with a probability are to be one.
            order: an order of so many pairs, in which they are decided.
        """
        home = {number: node.home for number, node in self._known.nodes.items()}
        for group, edges in self._open:
            for found in self._clusters(group, edges, decide, order).groups():
                least = min(found)
                home.update(dict.fromkeys(found, least))
        for number, node in self._known.nodes.items():  # bare names go with whom they were given to
            if number not in self._told and node.home in home:
                home[number] = home[node.home]
        namesakes = {
            (number, incident): place
            for number, probability in self._common.items()
            for incident, place in _parted(self._incidents[number], probability, decide, order)
        }
        return Units(self._known.node, home, namesakes)

    def _by_node(self, sightings: Iterable[Sighting]) -> dict[int, tuple[str, ...]]:
        """The incidents that tell of each node, sorted."""
        found: dict[int, set[str]] = defaultdict(set)
        for each in sightings:
            number = self._known.node.get((each.report, each.cast if each.cast is not None else -1))
            if number is not None:
                found[number].add(each.incident)
        return {number: tuple(sorted(incidents)) for number, incidents in sorted(found.items())}

    @cached_property
    def _told(self) -> frozenset[int]:
        """Nodes that an edge may join to others."""
        return frozenset(n for pair, found in self._found.items() if found.carries for n in pair)

    @cached_property
    def _open(self) -> list[tuple[list[int], list[Pair]]]:
        """Nodes that hang together and are not all surely one or two, with the pairs among them."""
        found = []
        for group, edges in components(
            sorted(self._known.nodes), self._known.edges.values(), carries
        ):
            pairs = [(edge.one, edge.other) for edge in edges]
            if any(self._is_open(self._found[pair]) for pair in pairs):
                found.append((group, sorted(pairs, key=self._names)))
        return found

    def _names(self, pair: Pair) -> tuple[str, ...]:
        """What a pair is sorted by, so that a record built anew is drawn the same."""
        return tuple(sorted(self._known.nodes[number].name for number in pair))

    @staticmethod
    def _is_open(found: Found) -> bool:
        sure = probability_of(found.weight)
        return found.carries and not found.ruled and 1 - CERTAIN < sure < CERTAIN

    def _clusters(
        self,
        group: Sequence[int],
        pairs: Sequence[Pair],
        decide: Decide,
        order: Callable[[int], Sequence[int]],
    ) -> Clusters[int]:
        ruled = {pair: self._found[pair].ruled for pair in pairs}
        never = [pair for pair in pairs if ruled[pair] == "different"]
        clusters = Clusters(group, self._speaks_against, never)
        for one, other in (pair for pair in pairs if ruled[pair] == "same"):
            clusters.bind(one, other)
        free = [pair for pair in pairs if not ruled[pair] and self._found[pair].carries]
        for place in order(len(free)):
            one, other = free[place]
            if decide(probability_of(self._found[one, other].weight)):
                clusters.join(one, other)
        return clusters

    def _speaks_against(self, first: list[int], second: list[int]) -> bool:
        return any(self._is_apart(one, other) for one in first for other in second)

    def _is_apart(self, one: int, other: int) -> bool:
        """True if two can never be one: their names differ, or one report tells of both."""
        pair = ordered(one, other)
        if pair not in self._apart:
            found = self._found.get(pair)
            told = found or compared(self._form(one), self._form(other))
            beside = told.together and not (told.tied and told.likeness is Likeness.NEAR)
            self._apart[pair] = told.likeness is Likeness.DIFFERENT or (
                beside and told.likeness < Likeness.SAME
            )
        return self._apart[pair]

    def _form(self, number: int) -> Form:
        if number not in self._forms:
            self._forms[number] = form_in(self._known.nodes[number])
        return self._forms[number]

    @cached_property
    def _common(self) -> dict[int, float]:
        """Nodes of several incidents whose name alone does not make them one, and how surely."""
        found = {}
        ruled = {n for pair, each in self._found.items() if each.ruled for n in pair}
        for number, incidents in self._incidents.items():
            form = self._form(number)
            if len(incidents) < 2 or number in ruled or form.bare:
                continue
            probability = verdict_of(form, form).probability
            if probability < CERTAIN:
                found[number] = probability
        return found


@dataclass(frozen=True, slots=True)
class Units:
    """Who is who, decided once."""

    _node: Mapping[tuple[str, int], int]
    _home: Mapping[int, int]
    _namesakes: Mapping[tuple[int, str], int]

    def of(self, each: Sighting) -> str:
        """Who a telling is about: a word that means nothing beside others of the same draw."""
        number = self._node.get((each.report, each.cast)) if each.cast is not None else None
        if number is None:
            return each.actor
        nth = self._namesakes.get((number, each.incident), 0)
        return f"{self._home[number]}.{number}.{nth}" if nth else f"{self._home[number]}"


def _parted(
    incidents: Sequence[str],
    probability: float,
    decide: Decide,
    order: Callable[[int], Sequence[int]],
) -> Iterable[tuple[str, int]]:
    """Which of several of one name each incident is about: 0 for the one whom others may be, too.

    Each joins one of those before it, drawn by its probability, or is somebody else.
    """
    groups = 1
    for incident in incidents[1:]:
        if decide(probability):
            yield incident, order(groups)[0]
        else:
            yield incident, groups
            groups += 1
