"""What linking keeps between runs, and how it is looked up.

Nodes are what is compared: names, acts, reports. Each has keys by which it is found, edges to what
it was found alike with, and a home, the oldest node of its cluster. All of it follows from codings
and rulings; a store may lose it, and linking all anew makes it again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is compared.

    Attributes:
        id: a positive number, given once and never again.
        space: what it is: "person", "body", "act", "report" ...
        name: unique in its space.
        home: the id of the oldest node of its cluster; its own if it is alone.
        data: JSON that linking alone reads.
    """

    id: int
    space: str
    name: str = field(repr=False)
    home: int
    data: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edge:
    """What was found of two nodes of one space, `one` the older; `data` is JSON."""

    one: int
    other: int
    data: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seat:
    """Which node something of a report is: a cast member by index, an act by position."""

    space: str
    report: str
    index: int
    node: int
    data: str = field(default="", repr=False)


@dataclass(slots=True, kw_only=True)
class StateChanges:
    """What is to be written, all or nothing. What is put replaces what stood there.

    `keys` are all the keys that a node has from now on. Dropping a node drops its keys, its edges
    and its seats.
    """

    nodes: dict[int, Node] = field(default_factory=dict)
    nodes_gone: set[int] = field(default_factory=set)
    keys: dict[int, tuple[int, ...]] = field(default_factory=dict)
    edges: dict[tuple[int, int], Edge] = field(default_factory=dict)
    edges_gone: set[tuple[int, int]] = field(default_factory=set)
    seats: list[Seat] = field(default_factory=list)
    seats_gone: set[tuple[str, str, int]] = field(default_factory=set)  # space, report, index


class State(Protocol):
    """Look-ups by many at once, since each costs a round trip. What is not there is left out."""

    def named(self, space: str, names: Collection[str]) -> Mapping[str, Node]:
        """Nodes by name."""
        ...

    def nodes(self, ids: Collection[int]) -> Mapping[int, Node]:
        """Nodes by id."""
        ...

    def at_home(self, homes: Collection[int]) -> Mapping[int, Sequence[int]]:
        """For each home the ids of its nodes, ascending."""
        ...

    def holders(self, keys: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        """For each key (64 bits, signed) the ids of its nodes, ascending; at most so many."""
        ...

    def edges(self, ids: Collection[int]) -> Sequence[Edge]:
        """Every edge that has one of these nodes at either end, each once."""
        ...

    def seats(self, space: str, reports: Collection[str]) -> Sequence[Seat]:
        """Everything of some reports in a space, by report and index."""
        ...

    def seats_of(self, nodes: Collection[int]) -> Sequence[Seat]:
        """Everything that some nodes are, by space, report and index."""
        ...

    def fresh(self) -> int:
        """An id that no node has or had."""
        ...

    def write(self, changes: StateChanges) -> None:
        """Write it; what is written is what is read from now on."""
        ...
