"""Joining under constraints: what a reviewer or the material holds apart never meets in a group."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Clusters(Generic[T]):
    """Groups of items that grow by joining, each join tested against all of both groups.

    Every item is alone at first. A join is refused where `apart` holds for any pair across the two
    groups, so that a chain of near names cannot drift from one thing to another.

    What a reviewer binds is one group whatever `apart` says of it; it is still tested part by part,
    so that binding two groups leaves each as large as it was. What a reviewer holds apart never
    comes into one group, neither by a join nor by what is bound.

    Args:
        items: distinct.
        apart: whether anything speaks against two groups being one.
        never: pairs that a reviewer holds apart.
    """

    def __init__(
        self,
        items: Iterable[T],
        apart: Callable[[list[T], list[T]], bool],
        never: Iterable[tuple[T, T]] = (),
    ) -> None:
        self._home: dict[T, list[T]] = {item: [item] for item in items}
        self._part: dict[T, list[T]] = {item: [item] for item in self._home}
        self._apart = apart
        self._never: defaultdict[T, set[T]] = defaultdict(set)
        for one, other in never:
            self._never[one].add(other)
            self._never[other].add(one)

    def of(self, item: T) -> list[T]:
        """The group of an item; the same list for all of the group."""
        return self._home[item]

    def together(self, one: T, other: T) -> bool:
        """True if two items are in one group."""
        return self._home[one] is self._home[other]

    def bind(self, one: T, other: T) -> bool:
        """Make one group of two items that a reviewer ruled one; False if a ruling forbids it."""
        if self.together(one, other):
            return True
        if self._held(self._home[one], self._home[other]):
            return False
        _merge(self._home, one, other)
        return True

    def join(self, one: T, other: T, *, forced: bool = False, weakly: bool = False) -> bool:
        """Join the groups of two items unless that is refused; True if they are one afterwards.

        Args:
            one: an item.
            other: another.
            forced: nothing but a reviewer refuses it.
            weakly: what is bound speaks against it, too.
        """
        if self._part[one] is self._part[other]:
            return True
        bound = self.together(one, other)
        if not bound and self._held(self._home[one], self._home[other]):
            return False
        tested = self._home if weakly and not bound else self._part
        if not forced and self._apart(tested[one], tested[other]):
            return bound
        _merge(self._part, one, other)
        if not bound:
            _merge(self._home, one, other)
        return True

    def groups(self) -> list[list[T]]:
        """Every group once."""
        return list({id(group): group for group in self._home.values()}.values())

    def _held(self, first: list[T], second: list[T]) -> bool:
        if not self._never:
            return False
        others = set(second)
        return any(not others.isdisjoint(self._never.get(item, ())) for item in first)


def pairs_of(items: Iterable[T], pairs: Iterable[frozenset[int]]) -> list[tuple[T, T]]:
    """Pairs of items that are given by the ids of the objects."""
    by_id = {id(item): item for item in items}
    found = (sorted(pair) for pair in pairs)
    return [(by_id[a], by_id[b]) for a, b in found if a in by_id and b in by_id]


def _merge(home: dict[T, list[T]], one: T, other: T) -> None:
    first, second = home[one], home[other]
    if len(first) < len(second):
        first, second = second, first
    first.extend(second)
    for item in second:
        home[item] = first
