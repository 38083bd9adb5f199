"""Joining under constraints: what a reviewer or the material holds apart never meets in a group."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Clusters(Generic[T]):
    """Groups of items that grow by joining, each join tested against all of both groups.

    Every item is alone at first. A join is refused where `apart` holds for any pair across the two
    groups, so that a chain of near names cannot drift from one thing to another.
    """

    def __init__(self, items: Iterable[T], apart: Callable[[list[T], list[T]], bool]) -> None:
        self._home: dict[T, list[T]] = {item: [item] for item in items}
        self._apart = apart

    def of(self, item: T) -> list[T]:
        """The group of an item; the same list for all of the group."""
        return self._home[item]

    def together(self, one: T, other: T) -> bool:
        """True if two items are in one group."""
        return self._home[one] is self._home[other]

    def join(self, one: T, other: T, *, forced: bool = False) -> bool:
        """Join the groups of two items unless that is refused; True if they are one afterwards."""
        first, second = self._home[one], self._home[other]
        if first is second:
            return True
        if not forced and self._apart(first, second):
            return False
        if len(first) < len(second):
            first, second = second, first
        first.extend(second)
        for item in second:
            self._home[item] = first
        return True

    def groups(self) -> list[list[T]]:
        """Every group once."""
        return list({id(group): group for group in self._home.values()}.values())
