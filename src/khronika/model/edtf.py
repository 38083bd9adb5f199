"""EDTF (ISO 8601-2, levels 0 and 1 as far as reports need them): read, check, compare, write.

Values stay strings (`2018-07-05`, `2017-10`, `../2006`, `2018-21`, `201X`, `2014-01-27T12:30`); an
empty string is an unknown date. Seasons are those of the northern hemisphere, as its reports mean.
"""

import calendar
import re
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from khronika.errors import KhronikaError

Bounds = tuple[date | None, date | None]

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}  # spring, summer, autumn, winter
OPEN = ".."

# One date: year with unspecified digits, month or season, day, time of day, qualification.
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?:T(?P<time>\d{2}:\d{2}(?::\d{2})?)(?:Z|[+-]\d{2}(?::?\d{2})?)?)?"
    r"[~?%]?"
)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")


class EdtfError(KhronikaError):
    """A text that is no date in EDTF."""

    exit_status = 2


class Precision(IntEnum):
    """How fine a date is; greater is finer."""

    UNKNOWN = 0
    INTERVAL = 1
    DECADE = 2
    YEAR = 3
    SEASON = 4
    MONTH = 5
    DAY = 6
    MINUTE = 7


def is_valid(edtf: str) -> bool:
    """True if `edtf` is empty or a date that can be."""
    try:
        bounds(edtf)
    except EdtfError:
        return False
    return True


def bounds(edtf: str) -> Bounds:
    """The first and last day that a date allows; None for an open end, both for an unknown date.

    Raises:
        EdtfError: `edtf` is no date, or ends before it begins.
    """
    return _bounds(edtf.strip())


@lru_cache(maxsize=4096)
def _bounds(edtf: str) -> Bounds:
    if not edtf:
        return None, None
    first, slash, last = edtf.partition("/")
    if not slash:
        return _day_bounds(first)
    start = None if first in ("", OPEN) else _day_bounds(first)[0]
    end = None if last in ("", OPEN) else _day_bounds(last)[1]
    if start and end and start > end:
        raise _no_date(edtf)
    return start, end


def _day_bounds(text: str) -> tuple[date, date]:
    match = _DATE.fullmatch(text)
    if match is None or (match["time"] and not _TIME.fullmatch(match["time"])):
        raise _no_date(text)
    year, month, day = match["year"], match["month"], match["day"]
    try:
        if month in (None, "XX"):
            return date(int(year.replace("X", "0")), 1, 1), date(
                int(year.replace("X", "9")), 12, 31
            )
        if "X" in year:
            raise _no_date(text)
        if int(month) in SEASONS and day is None:
            return _season_bounds(int(year), int(month))
        if day in (None, "XX"):
            return month_bounds(int(year), int(month))
        only = date(int(year), int(month), int(day))
    except ValueError:
        raise _no_date(text) from None
    return only, only


def _season_bounds(year: int, season: int) -> tuple[date, date]:
    first, last = SEASONS[season]
    end_year = year + (last < first)
    return date(year, first, 1), month_bounds(end_year, last)[1]


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month.

    Raises:
        ValueError: there is no such month.
    """
    first = date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def _no_date(text: str) -> EdtfError:
    return EdtfError(
        f"'{text[:40]}' is not a date.",
        remedy="write it as EDTF: 2018-07-05, 2017-10, 2006, ../2006, 2012/2014-11-27.",
    )


def precision(edtf: str) -> Precision:
    """How fine a date is; an interval is one whatever its ends.

    Raises:
        EdtfError: `edtf` is no date.
    """
    start, end = bounds(edtf)
    if start is None and end is None:
        return Precision.UNKNOWN
    if "/" in edtf:
        return Precision.INTERVAL
    plain = edtf.rstrip("~?%")
    if "T" in plain:
        return Precision.MINUTE
    year, *rest = plain.split("-")
    rest = [part for part in rest if part != "XX"]
    if "X" in year:
        return Precision.DECADE
    if len(rest) == 1 and int(rest[0]) in SEASONS:
        return Precision.SEASON
    return (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(rest)]


def disjoint(one: str, other: str) -> bool:
    """True if two dates share no day; an unknown date and an open end share every day."""
    (a, b), (c, d) = bounds(one), bounds(other)
    return bool((b and c and b < c) or (d and a and d < a))


def intersection(one: str, other: str) -> str:
    """The days that two dates share, "" if none or both are unknown; the finer one as written."""
    if disjoint(one, other):
        return ""
    (a, b), (c, d) = bounds(one), bounds(other)
    start, end = max(filter(None, (a, c)), default=None), min(filter(None, (b, d)), default=None)
    for edtf in sorted((one, other), key=precision, reverse=True):
        if bounds(edtf) == (start, end):
            return edtf.strip()
    return between(start, end)


def hull(one: str, other: str) -> str:
    """The shortest stretch that holds both dates; "" if either is unknown."""
    (a, b), (c, d) = bounds(one), bounds(other)
    if a == b == None or c == d == None:  # noqa: E711 -- both ends open
        return ""
    return between(min(a, c) if a and c else None, max(b, d) if b and d else None)


def between(start: date | None, end: date | None) -> str:
    """Two days as EDTF in its shortest form: a day, a month, a year or an interval."""
    if start is None or end is None:
        if start is end:
            return ""
        return f"{_short(start, None) or OPEN}/{_short(None, end) or OPEN}"
    if start > end:
        raise EdtfError(f"{end} is before {start}.", remedy="put the earlier day first.")
    return _as_one(start, end) or f"{_short(start, None)}/{_short(None, end)}"


def _as_one(start: date, end: date) -> str:
    """The two days as one date: of a day, a whole month or a whole year."""
    if start == end:
        return start.isoformat()
    if (
        start.year == end.year
        and (start.month, start.day) == (1, 1)
        and (end.month, end.day) == (12, 31)
    ):
        return f"{start.year:04}"
    if (start, end) == month_bounds(start.year, start.month):
        return f"{start.year:04}-{start.month:02}"
    return ""


def _short(start: date | None, end: date | None) -> str:
    """A day at one end of an interval; whole years there stay years, nothing else is widened."""
    day = start or end
    if day is None:
        return ""
    edge = (1, 1) if start else (12, 31)
    return f"{day.year:04}" if (day.month, day.day) == edge else day.isoformat()


def shift(edtf: str, *, days: int = 0, months: int = 0, years: int = 0) -> str:
    """A date moved by some time, as fine as it was; a day past the month's end becomes the last.

    Raises:
        EdtfError: `edtf` is no date, or leaves the years 1 to 9999.
    """
    start, end = bounds(edtf)
    kind = precision(edtf)
    try:
        if kind in (Precision.DAY, Precision.MINUTE) and start:
            return _move(start, days, months, years).isoformat()
        if kind is Precision.MONTH and start and not days:
            return _move(start, 0, months, years).isoformat()[:7]
        if kind is Precision.YEAR and start and not days and not months:
            return f"{start.year + years:04}"
        moved = [day and _move(day, days, months, years) for day in (start, end)]
    except (ValueError, OverflowError):
        raise _no_date(edtf) from None
    return between(moved[0], moved[1])


def _move(day: date, days: int, months: int, years: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + years + month // 12, month % 12 + 1
    last = month_bounds(year, month)[1].day
    return date(year, month, min(day.day, last)) + timedelta(days=days)
