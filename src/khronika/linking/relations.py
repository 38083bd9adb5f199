"""How incidents relate: what came before, what followed from what, what is part of what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from khronika.codebook.model import Kind
from khronika.model.acts import Modality
from khronika.model.links import Relation

LONGEST_CHAIN = 200  # incidents of one person that are put in order
_CHAIN_DAYS = 5 * 366  # a consequence comes within five years


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident as far as its relations go: bounds in days, 0 and far ahead where unknown."""

    id: str
    kind: str
    modality: Modality
    who: frozenset[Any]  # of actors, however they are told apart
    first: int
    last: int
    dated: bool
    reports: frozenset[str]
    counted: bool  # a group of stated or several people


def relations(
    happenings: Sequence[Happening],
    kinds: Mapping[str, Kind],
    crowded: frozenset[Any] = frozenset(),
) -> dict[str, tuple[Relation, ...]]:
    """Relate each incident to those next to it in the chain of each person's incidents.

    Args:
        happenings: incidents in any order.
        kinds: the codebook's kinds, for what commonly follows what.
        crowded: who is known to have too many incidents for a chain, where not all are given.

    Returns:
        By incident id its relations, sorted, each also told from the other side.
    """
    chains: dict[Any, list[Happening]] = defaultdict(list)
    for each in happenings:
        if each.modality is not Modality.DENIED:
            for actor in each.who - crowded:
                chains[actor].append(each)
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for chain in chains.values():
        if len(chain) <= LONGEST_CHAIN:
            _relate(sorted(chain, key=lambda h: (h.first, h.last, h.id)), kinds, found)
    return {
        incident: tuple(Relation(incident=other, relation=name) for other, name in sorted(pairs))
        for incident, pairs in found.items()
    }


def _relate(
    chain: Sequence[Happening], kinds: Mapping[str, Kind], found: dict[str, set[tuple[str, str]]]
) -> None:
    dated = [h for h in chain if h.dated]
    for one, other in pairwise(dated):
        if one.last < other.first:
            found[one.id].add((other.id, "before"))
            found[other.id].add((one.id, "after"))
    for index, later in enumerate(dated):
        cause = _cause(later, dated[:index], kinds)
        if cause:
            found[later.id].add((cause.id, "consequence"))
    for one in chain:
        for other in chain:
            if _is_part(one, other):
                found[one.id].add((other.id, "part_of"))


def _cause(
    later: Happening, earlier: Sequence[Happening], kinds: Mapping[str, Kind]
) -> Happening | None:
    """The nearest earlier incident of a kind that this kind commonly follows."""
    follows = kinds[later.kind].follows if later.kind in kinds else ()
    for each in reversed(earlier):
        if each.kind in follows and each.first <= later.last:
            near = later.first - each.last <= _CHAIN_DAYS
            return each if near and each.modality is Modality.OCCURRED else None
    return None


def _is_part(one: Happening, other: Happening) -> bool:
    """True if some of a group's people are told of apart: same kind, same days, same report."""
    if one.kind != other.kind or one.id == other.id or one.modality is not other.modality:
        return False
    if one.who == other.who or (
        not one.who < other.who and not (other.counted and not one.counted)
    ):
        return False
    return one.dated and other.dated and one.first <= other.last and other.first <= one.last
