"""Expressions of time that cut a date, or place a day in a week or month told beside it."""

from dataclasses import replace

from khronika.text.dates.building import BESIDE, Build, Groups, length
from khronika.text.dates.compounding import expression_of
from khronika.text.dates.expressions import DateExpression, Kind, Modifier

HALVES = {1: 1, 2: 2, "late": 2, "last": 2}
STEPS = {"X": 1, "x": 1, "V": -1, "e": 0}
SECOND = 2
WEEKS = 4  # of a month, before its last
UNIT_DAYS = {"day": 1, "week": 7}


def half(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the first half of 2022', 'the second half of May'."""
    which = HALVES.get(groups["o"].value or 0)
    date = expression_of(groups["P"])
    if which is None or not _is_long(date):
        return None
    of_year = date.month is None and date.unit in ("", "year")
    halves = (((1, 6), (7, 12)), ((1, 15), (16, -1)))[0 if of_year else 1]
    return replace(
        date, start=start, end=end, cut=halves[which - 1], cut_months=of_year, bare=False
    )


def part_of(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the first week of May 2022', 'the last day of the month'."""
    size = UNIT_DAYS.get(str(groups["u"].value))
    date = expression_of(groups["P"])
    if size is None or not _is_long(date):
        return None
    if groups["o"].letter in "lG":
        cut = (-size, -1)
    else:
        number = groups["o"].value
        if not isinstance(number, int) or (number > WEEKS and size > 1):
            return None
        cut = (size * (number - 1) + 1, size * number)
    return replace(date, start=start, end=end, cut=cut, bare=False)


def _is_long(date: DateExpression) -> bool:
    """True for a month or a year."""
    if date.kind is Kind.PERIOD:
        return date.unit in ("month", "year") and date.day is None
    fine = date.day is not None or date.season is not None or date.decade
    return date.kind is Kind.DATE and not fine and (date.month or date.year) is not None


def week_with(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the week of 2 May 2022': the calendar week of that day."""
    date = expression_of(groups["P"])
    if groups["u"].value != "week" or date.kind is not Kind.DATE or date.day is None:
        return None
    return replace(date, start=start, end=end, unit="week")


def day_of_month(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the 5th of this month', 'the 16th of the following month'."""
    unit, beside = groups["u"], groups["by"]
    if unit.value != "month" or not isinstance(groups["d"].value, int):
        return None
    if beside.letter in STEPS and beside.letter != "x":
        kind, amount, place = Kind.NARRATIVE, STEPS[beside.letter], "same"
    else:
        kind, amount, place = Kind.PERIOD, 0, BESIDE[beside.letter]
    return DateExpression(
        start=start, end=end, kind=kind, amount=amount, unit="month", beside=place,
        day=groups["d"].value,
    )  # fmt: skip


def day_told(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'on the 16th', of the month that is spoken of; 'on the second' is said of much else."""
    day = groups["d"].value
    if not isinstance(day, int) or day <= WEEKS:
        return None
    return DateExpression(
        start=start, end=end, kind=Kind.NARRATIVE, amount=0, unit="month", day=day
    )


def day_of_week(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'Tuesday of last week', 'the Tuesday of that week'."""
    if groups["u"].value != "week" or not isinstance(groups["W"].value, int):
        return None
    day = groups["W"].value
    if groups["by"].letter in STEPS and groups["by"].letter != "x":
        return DateExpression(
            start=start, end=end, kind=Kind.NARRATIVE, weekday=day, unit="week",
            amount=STEPS[groups["by"].letter],
        )  # fmt: skip
    return DateExpression(
        start=start, end=end, kind=Kind.PERIOD, weekday=day, unit="week",
        beside=BESIDE[groups["by"].letter],
    )  # fmt: skip


def vague_offset(kind: Kind) -> Build:
    """'years ago', 'days later': how many is not said."""

    def build(groups: Groups, start: int, end: int) -> DateExpression:
        _, unit = length(groups)
        amount = -1 if (kind, unit) == (Kind.AGO, "half_year") else None
        return DateExpression(start=start, end=end, kind=kind, amount=amount, unit=unit)

    return build


def told(modifier: Modifier) -> Build:
    """'since then', 'by then': since or up to the date told before."""

    def build(_groups: Groups, start: int, end: int) -> DateExpression:
        return DateExpression(
            start=start, end=end, kind=Kind.NARRATIVE, amount=0, unit="told", modifier=modifier
        )

    return build


def units_before(kind: Kind) -> Build:
    """'за день до этого', 'за неделю до суда': so long before a date or an act."""

    def build(groups: Groups, start: int, end: int) -> DateExpression:
        amount, unit = length(groups)
        back = None if amount is None else -amount
        date = expression_of(groups["P"]) if "P" in groups else None
        return DateExpression(start=start, end=end, kind=kind, amount=back, unit=unit, first=date)

    return build


def day_after(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'днём позже': the word for the afternoon is the one for a day."""
    if groups["p"].value != "afternoon":
        return None
    amount = -1 if groups["L"].letter == "B" else 1
    return DateExpression(start=start, end=end, kind=Kind.NARRATIVE, amount=amount, unit="day")


def part_told(groups: Groups, start: int, end: int) -> DateExpression:
    """'the night before', 'the morning after'."""
    amount = 1 if groups["L"].letter == ">" else -1
    part = str(groups["p"].value)
    return DateExpression(
        start=start, end=end, kind=Kind.NARRATIVE, amount=amount, unit="day", part=part
    )


def weekday_from(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the Sunday after' something: reckoned from an act."""
    if not isinstance(groups["W"].value, int):
        return None
    amount = 1 if groups["L"].letter == ">" else -1
    return DateExpression(
        start=start, end=end, kind=Kind.EVENT, weekday=groups["W"].value, amount=amount,
        unit="weekday",
    )  # fmt: skip


def season_told(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the following spring', 'the next summer': the first after what was told."""
    if not isinstance(groups["S"].value, int):
        return None
    return DateExpression(
        start=start, end=end, kind=Kind.NARRATIVE, season=groups["S"].value, amount=1,
        unit="season",
    )  # fmt: skip


def nth_day(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'on the third day', of what was told; 'on the first day' may be of anything."""
    number, unit = groups["o"].value, groups["u"]
    if not isinstance(number, int) or number < SECOND or unit.value not in ("day", "night"):
        return None
    return DateExpression(
        start=start, end=end, kind=Kind.NARRATIVE, amount=number - 1, unit="day", beside="nth"
    )


def from_today(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'a week from today', 'three days from Monday'."""
    size, date = expression_of(groups["U"]), expression_of(groups["P"])
    if date.kind not in (Kind.DAY, Kind.WEEKDAY):
        return None
    return DateExpression(
        start=start, end=end, kind=Kind.OFFSET, amount=size.amount, unit=size.unit, first=date
    )
