"""What linking keeps between runs, and how it is looked up.

Nodes are what is compared: names, acts, reports. Each has keys by which it is found, edges to what
it was found alike with, and a home, the oldest node of its cluster. All of it follows from codings
and rulings; a store may lose it, and linking all anew makes it again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from khronika.model.state import Edge, Node, Seat, StateChanges

__all__ = ("Edge", "Node", "Seat", "State", "StateChanges")


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

    def parted(self, space: str) -> Iterator[Edge]:
        """Every edge that may join its ends, nodes of a space, and has not; in any order."""
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

    def clear(self) -> None:
        """Drop everything; ids that were given are not given again."""
        ...
