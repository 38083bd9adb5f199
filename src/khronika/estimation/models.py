"""Hierarchical log-linear models of lists, their notation and their families.

A model is told by its *generators*: the largest sets of lists that may depend on each other. All
smaller sets are in the model too, and every list is. `[123,14,34]` says that lists 1, 2 and 3
depend on each other in any way, 1 and 4, and 3 and 4, in pairs. Inside, a set of lists is a whole
number (list j is the bit j, from 0); outside, lists are counted from 1 or called by their names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice

import numpy as np

from khronika.estimation.errors import EstimationError
from khronika.estimation.table import MOST_LISTS

MOST_FOR_ALL = 5  # lists whose every hierarchical model is looked at: 6,893; six have 300 million
MOST_FOR_PAIRS = 5  # lists whose every model of pairs is looked at: 1,024; six have 32,768
MOST_SETS, MOST_TERMS = 5000, 2**20  # of one model; sets within a larger set count again
MOST_GIVEN = 10_000  # models of one call
MOST_WRITTEN = 100_000  # characters of one model


@dataclass(frozen=True, slots=True)
class Model:
    """A hierarchical log-linear model with all main effects and without the J-way interaction.

    Attributes:
        width: lists of the table.
        generators: the largest sets of lists, as bits; the biggest first, then by their lists.
    """

    width: int
    generators: tuple[int, ...]

    @classmethod
    def of(cls, width: int, sets: Iterable[int]) -> "Model":
        """The model of any sets of lists, as bits; lists that no set has stand alone.

        Raises:
            EstimationError: for a list that the table lacks, or the interaction of all lists.
        """
        found = set(sets)
        whole = (1 << width) - 1
        if any(one < 0 or one > whole for one in found):
            raise EstimationError(
                f"A model names a list that a table of {width} lists does not have",
                remedy=f"Lists are counted from 1 to {width}, or called by their names.",
            )
        if whole in found and width > 1:
            raise EstimationError(
                f"The interaction of all {width} lists can never be estimated",
                remedy="Leave out the largest set: at most one list fewer may depend together.",
            )
        found |= {1 << j for j in range(width)}
        found.discard(0)
        if len(found) > MOST_SETS or sum(1 << one.bit_count() for one in found) > MOST_TERMS:
            raise EstimationError(
                "A model has too many sets of lists, or too large ones",
                remedy="Name fewer and smaller sets of lists that depend on each other.",
            )
        largest = [
            one for one in found if not any(one != two and one & two == one for two in found)
        ]
        return cls(width, tuple(sorted(largest, key=_by_size)))

    @property
    def terms(self) -> tuple[int, ...]:
        """Every set of lists in the model, the empty one first: a parameter each."""
        return _closed(self.generators)

    @property
    def order(self) -> int:
        """How many lists the largest interaction has."""
        return max(one.bit_count() for one in self.generators)

    @property
    def key(self) -> tuple[object, ...]:
        """What models are put in order by: fewest parameters first."""
        terms = self.terms
        return (len(terms), tuple((one.bit_count(), lists_of(one)) for one in terms))

    def moved(self, places: Sequence[int]) -> "Model":
        """The same model where list j stands at the place `places[j]`."""
        return Model.of(
            self.width,
            (sum(1 << places[j] for j in lists_of(one)) for one in self.generators),
        )

    def among(self, kept: Sequence[int]) -> "Model":
        """The model of some of the lists, in their order; the others leave every interaction."""
        place = {j: spot for spot, j in enumerate(kept)}
        sets = (sum(1 << place[j] for j in lists_of(one) if j in place) for one in self.generators)
        return Model.of(len(kept), sets)

    def named(self, lists: Sequence[str]) -> str:
        """The model by the names of its lists: `[a*b,c]`."""
        return _bracketed("*".join(lists[j] for j in lists_of(one)) for one in self.generators)

    def __str__(self) -> str:
        """`[123,14,34]`; with more than nine lists `[1-2-13,4-5]`."""
        joint = "" if self.width <= 9 else "-"
        return _bracketed(joint.join(str(j + 1) for j in lists_of(one)) for one in self.generators)


def lists_of(bits: int) -> tuple[int, ...]:
    """The lists of a set, counted from 0."""
    return tuple(j for j in range(bits.bit_length()) if bits >> j & 1)


def parse(said: object, lists: Sequence[str]) -> Model:
    """One model from its notation.

    Args:
        said: a `Model`; text such as "[123,14,34]", "12,3", "[1-2-13,4-5]" or "[a*b,c]" with the
            names of lists; or sets of lists, each of numbers from 1 or of names.
        lists: the names of all lists in their order.

    Raises:
        EstimationError: for what is no model of these lists.
    """
    if isinstance(said, Model):
        if said.width != len(lists):
            raise _unclear(str(said), lists)
        return said
    if isinstance(said, str):
        return Model.of(len(lists), _written(said, lists))
    if isinstance(said, Iterable):
        return Model.of(len(lists), [_set(one, lists) for one in islice(said, MOST_SETS + 1)])
    raise _unclear(repr(said), lists)


def family(said: object, lists: Sequence[str]) -> tuple[Model, ...]:
    """The models to look at: "all", "pairs", one model, or several.

    Args:
        said: one of these words, whatever `parse` reads, or a list of what `parse` reads. Sets of
            whole numbers, such as `[(1, 2), (3,)]`, are one model.
        lists: the names of all lists in their order.

    Raises:
        EstimationError: for no model, or a family too large to look at.
    """
    if isinstance(said, str) and said.strip().lower() in {"all", "pairs"}:
        kind = said.strip().lower()
        return hierarchical(len(lists)) if kind == "all" else pairwise(len(lists))
    if isinstance(said, (str, Model)) or not isinstance(said, Iterable):
        return (parse(said, lists),)
    given = list(islice(said, MOST_GIVEN + 1))
    if len(given) > MOST_GIVEN:
        raise EstimationError(
            "Too many models are given", remedy=f"Give at most {MOST_GIVEN:,} models."
        )
    if given and all(_is_set(one) for one in given):
        return (parse(given, lists),)
    found = dict.fromkeys(parse(one, lists) for one in given)
    if not found:
        raise EstimationError(
            "No model is given", remedy='Ask for models="all", "pairs" or for one or more models.'
        )
    return tuple(sorted(found, key=lambda model: model.key))


@lru_cache(maxsize=8)
def hierarchical(width: int) -> tuple[Model, ...]:
    """Every hierarchical model with all main effects and without the interaction of all lists.

    1 for 1 or 2 lists, 8 for 3, 113 for 4, 6,893 for 5.

    Raises:
        EstimationError: for more than 5 lists.
    """
    _check_width(width, MOST_FOR_ALL, "hierarchical models")
    singles = frozenset(1 << j for j in range(width))
    found = (Model.of(width, sets) for sets in _grown(width, singles, 2))
    return tuple(sorted(found, key=lambda model: model.key))


@lru_cache(maxsize=8)
def pairwise(width: int) -> tuple[Model, ...]:
    """Every model whose interactions are of pairs: 2 to the number of pairs, 1,024 for 5 lists.

    Raises:
        EstimationError: for more than 5 lists.
    """
    _check_width(width, MOST_FOR_PAIRS, "models of pairs")
    pairs = pairs_of(width)
    found = (
        Model.of(width, (pair for spot, pair in enumerate(pairs) if chosen >> spot & 1))
        for chosen in range(1 << len(pairs))
    )
    return tuple(sorted(found, key=lambda model: model.key))


def pairs_of(width: int) -> tuple[int, ...]:
    """Every pair of lists that may be in a model, as bits; none for two lists."""
    if width < 3:
        return ()
    return tuple((1 << j) | (1 << k) for j, k in combinations(range(width), 2))


def independence(width: int) -> Model:
    """The model in which no lists depend on each other."""
    return Model.of(width, ())


def _grown(width: int, sets: frozenset[int], size: int) -> Iterator[frozenset[int]]:
    """Every way to add sets of this size and above whose every part is in."""
    if size >= width:
        yield sets
        return
    allowed = [
        bits
        for bits in (sum(1 << j for j in chosen) for chosen in combinations(range(width), size))
        if all(bits & ~(1 << j) in sets for j in lists_of(bits))
    ]
    for chosen in range(1 << len(allowed)):
        added = {bits for spot, bits in enumerate(allowed) if chosen >> spot & 1}
        if added:
            yield from _grown(width, sets | added, size + 1)
        else:
            yield sets


@lru_cache(maxsize=20_000)
def _closed(generators: tuple[int, ...]) -> tuple[int, ...]:
    found = {0}
    for one in generators:
        part = one
        while part:
            found.add(part)
            part = (part - 1) & one
    return tuple(sorted(found, key=lambda bits: (bits.bit_count(), lists_of(bits))))


def _by_size(bits: int) -> tuple[int, tuple[int, ...]]:
    return -bits.bit_count(), lists_of(bits)


def _bracketed(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


def _check_width(width: int, most: int, what: str) -> None:
    if width > most:
        raise EstimationError(
            f"{width} lists have too many {what} to look at them all",
            remedy=f"Merge lists until at most {most} are left, or name the models.",
        )


def _is_set(one: object) -> bool:
    if isinstance(one, (str, Model)) or not isinstance(one, Iterable):
        return False
    return all(isinstance(part, (int, np.integer)) for part in islice(one, MOST_LISTS))


def _written(text: str, lists: Sequence[str]) -> list[int]:
    bare = text.strip()
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1].strip()
    if not bare or len(text) > MOST_WRITTEN:
        raise _unclear(text, lists)
    return [_token(part.strip(), lists) for part in bare.split(",")]


def _token(part: str, lists: Sequence[str]) -> int:
    """One set of lists: digits, numbers with hyphens, or names with stars; names win."""
    names = [name.strip() for name in part.split("*")]
    if all(name in lists for name in names):
        return _bits((list(lists).index(name) for name in names), lists)
    if re.fullmatch(r"[0-9]+", part) and len(lists) <= 9 and len(part) <= 9:
        return _bits((int(digit) - 1 for digit in part), lists)
    if re.fullmatch(r"[0-9]{1,2}(-[0-9]{1,2})*", part):
        return _bits((int(number) - 1 for number in part.split("-")), lists)
    raise _unclear(part, lists)


def _set(one: object, lists: Sequence[str]) -> int:
    if isinstance(one, str):
        return _token(one.strip(), lists)
    if isinstance(one, (int, np.integer)):
        return _bits([int(one) - 1], lists)
    if isinstance(one, Iterable):
        return _bits((_place(part, lists) for part in islice(one, MOST_LISTS)), lists)
    raise _unclear(repr(one), lists)


def _place(part: object, lists: Sequence[str]) -> int:
    if isinstance(part, str) and part in lists:
        return list(lists).index(part)
    if isinstance(part, (int, np.integer)) and not isinstance(part, bool):
        return int(part) - 1
    raise _unclear(repr(part), lists)


def _bits(places: Iterable[int], lists: Sequence[str]) -> int:
    found = set(places)
    if not found or min(found) < 0 or max(found) >= len(lists):
        raise _unclear(",".join(str(place + 1) for place in sorted(found)), lists)
    return sum(1 << place for place in found)


def _unclear(said: str, lists: Sequence[str]) -> EstimationError:
    return EstimationError(
        f"'{said[:60]}' is no model of {len(lists)} lists",
        remedy='Write sets of lists with numbers from 1, such as "[12,3]", or with names joined '
        'by a star, such as "[police*press,courts]".',
    )
