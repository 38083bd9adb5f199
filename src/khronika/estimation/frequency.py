"""People by how often they were caught: a table without lists."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from khronika.estimation.errors import TableError
from khronika.estimation.reading_counts import (
    COUNT_NAMES,
    MOST_PEOPLE,
    MOST_ROWS,
    CountSource,
    RawTable,
    read_raw,
    text_of,
    whole,
)

MOST_TIMES = 1_000_000
TIMES_NAMES = (
    "times", "k", "often", "captures", "captured", "caught", "recorded", "records", "seen",
    "sightings", "encounters", "arrests", "apprehensions",
)  # fmt: skip


class Places(NamedTuple):
    """Which column says how often people were caught, and which how many people."""

    times: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyTable:
    """How many people were caught once, twice, three times, ...

    For records that count captures without telling lists apart, such as arrests. There is no limit
    to how often a person can be caught.

    Attributes:
        times: how often, ascending, from 1; none twice.
        people: how many people so often, at least 1.
        scope: what was counted: kind, place, period.
    """

    times: tuple[int, ...] = field(repr=False)
    people: tuple[int, ...] = field(repr=False)
    scope: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no such table."""
        ascending = all(a < b for a, b in zip((0, *self.times), self.times, strict=False))
        right = len(self.times) == len(self.people) and all(n >= 1 for n in self.people)
        if not (ascending and right) or sum(self.people) > MOST_PEOPLE:
            raise TableError(
                "The frequencies are not in order, or one has nobody",
                remedy="Make the table with `FrequencyTable.from_counts`.",
            )

    @classmethod
    def from_counts(cls, source: CountSource | Mapping[int, int], *, scope: str = "") -> Self:
        """Read how many people were caught how often.

        Args:
            source: the path of a CSV file or CSV text with two columns, how often (named `times`,
                `captures` or the like) and how many people (named `count`, `n`, `freq` or `people`,
                else the last); or such rows; or a mapping from how often to how many.
            scope: what was counted.

        Raises:
            TableError: for anything else, and for people caught no times.
        """
        found: dict[int, int] = {}
        for times, people in _pairs(source):
            found[times] = found.get(times, 0) + people
        if found.pop(0, 0):
            raise TableError(
                "There are people who were caught no times",
                remedy="Leave that row out: how many they are is what is estimated.",
            )
        kept = sorted((times, people) for times, people in found.items() if people)
        if sum(found.values()) > MOST_PEOPLE:
            raise TableError(
                f"The table has more than {MOST_PEOPLE:,} people", remedy="Check its counts."
            )
        return cls(
            times=tuple(times for times, _ in kept),
            people=tuple(people for _, people in kept),
            scope=scope,
        )

    @property
    def n(self) -> int:
        """How many people are documented."""
        return sum(self.people)

    @property
    def digest(self) -> str:
        """SHA-256 of the frequencies."""
        said = json.dumps([self.times, self.people])
        return hashlib.sha256(said.encode()).hexdigest()

    def exactly(self, times: int) -> int:
        """How many people were caught just so often."""
        return dict(zip(self.times, self.people, strict=True)).get(times, 0)


def _pairs(source: CountSource | Mapping[int, int]) -> Iterable[tuple[int, int]]:
    if isinstance(source, Mapping):
        if len(source) > MOST_ROWS:
            raise TableError("The table is too long", remedy="Add up people caught as often.")
        pairs: Iterable[Sequence[str]] = [
            (text_of(times), text_of(people)) for times, people in source.items()
        ]
        return [_pair(times, people, f"row {at}") for at, (times, people) in enumerate(pairs, 1)]
    raw = read_raw(source)
    if len(raw.columns) != 2:
        raise TableError(
            f"The table has {len(raw.columns)} columns where two are wanted",
            remedy="Give two columns: how often caught, and how many people.",
        )
    return pairs_of_rows(raw, _places(raw, (0, 1)), range(len(raw.rows)))


def pairs_of_rows(raw: RawTable, at: Places, rows: Iterable[int]) -> list[tuple[int, int]]:
    """How often and how many people, of some rows.

    Raises:
        TableError: for what is no whole number, or too large.
    """
    return [
        _pair(raw.rows[i][at.times], raw.rows[i][at.people], f"line {raw.lines[i]}") for i in rows
    ]


def frequency_places(raw: RawTable, apart: Collection[int] = ()) -> Places | None:
    """The two columns of a table of frequencies; None where it is none.

    It is one if two columns are left beside those `apart`, and one of them says how often: by its
    name, or by whole numbers of which one is 2 or more. A column of 0 and 1 alone is a list.
    """
    left = [j for j in range(len(raw.columns)) if j not in apart]
    if len(left) != 2:
        return None
    at = _places(raw, (left[0], left[1]))
    if raw.columns[at.times].casefold() in TIMES_NAMES:
        return at
    numbers = [row[at.times] for row in raw.rows]
    if not all(one.isdecimal() and one.isascii() for one in numbers):
        return None
    return at if any(one.lstrip("0") not in ("", "1") for one in numbers) else None


def _places(raw: RawTable, two: tuple[int, int]) -> Places:
    """Which of two columns is which: by their names, else the second has the people."""
    first, second = (raw.columns[j].casefold() for j in two)
    turned = Places(times=two[1], people=two[0])
    if second in TIMES_NAMES and first not in TIMES_NAMES:
        return turned
    if first in COUNT_NAMES and second not in COUNT_NAMES and first not in TIMES_NAMES:
        return turned
    if first in ("people", "persons") and second in ("freq", "frequency"):
        return turned
    return Places(times=two[0], people=two[1])


def _pair(times: str, people: str, where: str) -> tuple[int, int]:
    often = whole(times, where)
    if often > MOST_TIMES:
        raise TableError(
            f"Someone was caught more than {MOST_TIMES:,} times by {where}",
            remedy="Check which column says how often and which how many people.",
        )
    return often, whole(people, where)
