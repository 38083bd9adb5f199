"""A line of time: which days it spans, where each lies, and what stands below it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from khronika.publish.pictures.fonts import wide
from khronika.publish.pictures.picture import Words

SIZE = 12.5
STRIP = 0.12  # of the line, for what was long before
DAYS = (1, 2, 7, 14)
MONTHS = (1, 2, 3, 6)
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Axis:
    """Days as ordinals from `first` to `last`, drawn from `left` to `right`.

    Where `oldest` is given, the days from it to `first` are pressed into a strip before `left`,
    which begins at `edge`.
    """

    first: int
    last: int
    left: float
    right: float
    oldest: int = 0
    edge: float = 0.0

    @property
    def start(self) -> float:
        """Where the line begins."""
        return self.edge if self.oldest else self.left

    def at(self, day: float) -> float:
        """Where a day begins, never beyond the ends."""
        if self.oldest and day < self.first:
            share = (day - self.oldest) / (self.first - self.oldest)
            return self.edge + 8 + min(max(share, 0.0), 1.0) * (self.left - self.edge - 16)
        share = (day - self.first) / (self.last - self.first)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self, words: Words) -> list[tuple[float, str]]:
        """Where to draw a line, and what to write below it; as many as there is room for."""
        room = self.right - self.left
        for every in _steps():
            found = list(_dates(self.first, self.last, every))
            if not 1 <= len(found) <= 60:
                continue
            named = [
                (self.at(day.toordinal()), _named(day, every, words, first=not at))
                for at, day in enumerate(found)
            ]
            widest = max(wide(said, SIZE) for _, said in named) + 16
            if self.oldest:
                named = [each for each in named if each[0] >= self.left + widest / 2] or named[-1:]
            if len(named) == 1 or room / len(named) >= widest:
                return named
        return []


def axis_of(first: date, last: date, left: float, right: float) -> Axis:
    """An axis with a little room at both ends."""
    start, end = first.toordinal(), last.toordinal() + 1
    margin = max(1, (end - start) // 40)
    return Axis(max(1, start - margin), min(date.max.toordinal(), end + margin), left, right)


def broken_axis(oldest: date, first: date, last: date, left: float, right: float) -> Axis:
    """An axis on which all that was before some day is pressed into a strip."""
    strip = STRIP * (right - left)
    found = axis_of(first, last, left + strip, right)
    early = oldest.toordinal()
    return replace(found, first=first.toordinal(), oldest=early, edge=left)


def _steps() -> Iterator[tuple[int, str]]:
    yield from ((n, "day") for n in DAYS)
    yield from ((n, "month") for n in MONTHS)
    yield from ((n, "year") for n in YEARS)


def _dates(first: int, last: int, every: tuple[int, str]) -> Iterator[date]:
    """The days in even steps within a span, so many at most that the next step is tried."""
    step, unit = every
    start, end, most = date.fromordinal(first), date.fromordinal(last), 61
    if unit == "day":
        day = start + timedelta(days=-first % step)
        while day <= end and most:
            yield day
            day, most = day + timedelta(days=step), most - 1
        return
    months = step if unit == "month" else 12 * step
    number = -(-(start.year * 12 + start.month - (start.day == 1)) // months) * months
    while number // 12 <= end.year and most:
        day = date(min(max(number // 12, 1), 9999), number % 12 + 1, 1)
        if start <= day <= end:
            yield day
        number, most = number + months, most - 1


def _named(day: date, every: tuple[int, str], words: Words, *, first: bool) -> str:
    unit = every[1]
    if unit == "year":
        return str(day.year)
    said = words.month(day.month) if unit == "month" else f"{day.day} {words.month(day.month)}"
    begins = day.month == 1 and (unit == "month" or day.day <= every[0])
    return f"{said} {day.year}" if first or begins else said
