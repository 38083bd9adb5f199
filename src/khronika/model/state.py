"""What linking keeps between runs, as values: nodes, edges, seats, and how they change."""

from dataclasses import dataclass, field


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
