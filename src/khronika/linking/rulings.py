"""Reviewers' rulings as what must and must not be one; they outrank every score."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from khronika.errors import KhronikaError
from khronika.model.links import Ruling


class ContradictoryRulingsError(KhronikaError):
    """Rulings that cannot all be obeyed."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What stands: pairs that are one, pairs that are not, acts that are rejected."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    rejected: frozenset[str] = frozenset()

    def ids(self) -> frozenset[str]:
        """Every id that a ruling on sameness names."""
        return frozenset(i for pair in (*self.same, *self.different) for i in pair)


def standing(rulings: Iterable[Ruling]) -> Ruled:
    """Read the rulings that are not superseded; a later accept undoes a reject, and the reverse.

    Raises:
        ContradictoryRulingsError: two ids were ruled different, and the same through others.
    """
    ordered = sorted((r for r in rulings if r.superseded_by is None), key=lambda r: (r.time, r.id))
    same: dict[tuple[str, str], Ruling] = {}
    different: dict[tuple[str, str], Ruling] = {}
    verdicts: dict[str, str] = {}
    for ruling in ordered:
        pairs = {(min(a, b), max(a, b)) for a, b in combinations(ruling.ids, 2) if a != b}
        if ruling.verb == "same":
            same.update(dict.fromkeys(pairs, ruling))
        elif ruling.verb in {"different", "left"}:  # what cannot be told is not joined
            different.update(dict.fromkeys(pairs, ruling))
        elif ruling.verb in {"accept", "reject"}:
            verdicts.update(dict.fromkeys(ruling.ids, ruling.verb))
    _check(same, different)
    rejected = frozenset(i for i, verb in verdicts.items() if verb == "reject")
    return Ruled(tuple(sorted(same)), tuple(sorted(different)), rejected)


def _check(same: dict[tuple[str, str], Ruling], different: dict[tuple[str, str], Ruling]) -> None:
    parent: dict[str, str] = {}

    def root(item: str) -> str:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in sorted(same):
        parent[root(one)] = root(other)
    for one, other in sorted(different):
        if root(one) == root(other):
            raise ContradictoryRulingsError(
                f"Ruling {different[one, other].id} holds {one} and {other} apart, but other "
                "rulings join them, directly or through others.",
                remedy="withdraw one of these rulings, or rule again on one of the pairs.",
            )
