"""People by how often they were caught: a table without lists."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from khronika.estimation.errors import TableError
from khronika.estimation.reading_counts import (
    MOST_PEOPLE,
    MOST_ROWS,
    CountSource,
    count_column,
    read_raw,
    text_of,
    whole,
)

MOST_TIMES = 1_000_000


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
            source: the path of a CSV file or CSV text with two columns, how often and how many
                people (named `count`, `n`, `freq` or `people`, else the last); or such rows; or a
                mapping from how often to how many.
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
    count = count_column(raw)
    return [
        _pair(row[1 - count], row[count], f"line {line}")
        for row, line in zip(raw.rows, raw.lines, strict=True)
    ]


def _pair(times: str, people: str, where: str) -> tuple[int, int]:
    often = whole(times, where)
    if often > MOST_TIMES:
        raise TableError(
            f"Someone was caught more than {MOST_TIMES:,} times by {where}",
            remedy="Check which column says how often and which how many people.",
        )
    return often, whole(people, where)
