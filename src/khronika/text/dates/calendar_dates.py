"""Calendar dates: what year a day and month mean, and what cannot be."""

from calendar import isleap
from dataclasses import replace
from datetime import date, timedelta

from khronika.model import edtf
from khronika.model.edtf import Precision
from khronika.text.dates.context import (
    AFTER_REPORT,
    FROM_REPORT,
    NO_REPORT_DATE,
    NO_SUCH_DAY,
    NO_YEAR,
    STATED,
    WRONG_WEEKDAY,
    YEAR_OF_NARRATIVE,
    YEAR_OF_REPORT,
    Context,
    Resolved,
)
from khronika.text.dates.expressions import FIRST_QUARTER, DateExpression

SOON = 45  # days ahead that a day and month without a year and a verb may speak of
GOES_ON = 200  # days that a telling without a date of the report may be thought to go on
WINTER, WINTER_OVER = 24, 9  # 'this winter' until autumn is the one that began the year before
LEAP_DAY = (2, 29)
SAME_YEAR = 370  # days within which a date told before is news, not history


def calendar_date(expression: DateExpression, context: Context) -> Resolved:
    """'5 July 2018', 'in May', 'the 1990s', '5/12/2021'."""
    if expression.decade and expression.year is not None:
        return Resolved(edtf=f"{expression.year // 10:03}X", basis=STATED)
    if expression.either and expression.month and expression.day:
        return _either(expression, context)
    if expression.easter is not None:
        return _feast(expression, context)
    year, basis = _year(expression, context)
    if year is None:
        return Resolved(basis=basis)
    return _in_year(expression, year, basis, context)


def _either(expression: DateExpression, context: Context) -> Resolved:
    """'5/12/2021': as the report's other dates are written, else some day between the two."""
    one = replace(expression, either=False)
    other = replace(one, month=expression.day, day=expression.month)
    if context.day_first is not None:
        return calendar_date(one if context.day_first else other, context)
    found = [calendar_date(each, context) for each in (one, other)]
    first, last = sorted(each.edtf for each in found)
    flags = () if not found[0].flags or not found[1].flags else found[0].flags
    return Resolved(edtf=f"{first}/{last}", basis="day and month not told apart", flags=flags)


def _feast(expression: DateExpression, context: Context) -> Resolved:
    """'Easter Monday': by the Gregorian computus, of the year stated or the last one before."""
    near = replace(expression, month=expression.month or 4, easter=None)
    year, basis = _year(near, context)
    if year is None or expression.easter is None:
        return Resolved(basis=basis)
    report = edtf.bounds(context.published)[1]
    day = easter(year) + timedelta(days=expression.easter)
    if expression.year is None and not expression.beside and report and day > report:
        day = easter(year - 1) + timedelta(days=expression.easter)
    return _checked(day.isoformat(), basis, context)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    Source:
        The anonymous algorithm of Nature 13 (1876), 487.
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    fix = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - fix + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _in_year(expression: DateExpression, year: int, basis: str, context: Context) -> Resolved:
    """The date in a year; what cannot be is kept as near as it goes, with a flag."""
    month, day = expression.month, expression.day
    if expression.season and expression.season >= FIRST_QUARTER:
        first = first_day(expression, year)
        last = edtf.shift(f"{first:%Y-%m}", months=2)
        return _checked(f"{first:%Y-%m}/{last}", basis, context)
    if expression.season:
        return _checked(f"{year:04}-{expression.season}", basis, context)
    if month is None:
        return _checked(f"{year:04}", basis, context)
    if day is None:
        return _checked(f"{year:04}-{month:02}", basis, context)
    written = f"{year:04}-{month:02}-{day:02}"
    if not edtf.is_valid(written):
        return _no_such_day(year, month, basis)
    resolved = _checked(written + clock_of(expression), basis, context)
    if expression.weekday is not None and date(year, month, day).weekday() != expression.weekday:
        return replace(resolved, flags=(*resolved.flags, WRONG_WEEKDAY))
    return resolved


def _no_such_day(year: int, month: int, basis: str) -> Resolved:
    """'31 April': the day or the month is misprinted, so it is that month or the next."""
    first = f"{year:04}-{month:02}"
    return Resolved(
        edtf=f"{first}/{edtf.shift(first, months=1)}", basis=basis, flags=(NO_SUCH_DAY,)
    )


def clock_of(expression: DateExpression) -> str:
    """The time of day as EDTF writes it behind a day."""
    return f"T{expression.clock}" if expression.clock else ""


def _checked(found: str, basis: str, context: Context) -> Resolved:
    """A date, flagged if it is past the report's own although the telling is of the past."""
    start, report_end = edtf.bounds(found)[0], edtf.bounds(context.published)[1]
    ahead = (start - report_end).days if start and report_end else 0
    late = ahead > (SOON if context.future is None else 0) and not context.future
    return Resolved(edtf=found, basis=basis, flags=(AFTER_REPORT,) if late else ())


def _year(expression: DateExpression, context: Context) -> tuple[int | None, str]:
    if expression.year is not None:
        return expression.year, STATED
    if expression.beside == "same":
        start = edtf.bounds(context.previous)[0]
        return (start.year, YEAR_OF_NARRATIVE) if start else (context.year, YEAR_OF_NARRATIVE)
    if expression.beside and expression.month is None:
        return _year_beside(expression, context)
    return _nearest_year(expression, context)


def _year_beside(expression: DateExpression, context: Context) -> tuple[int | None, str]:
    report = edtf.bounds(context.published)[1]
    if report is None:
        return None, NO_REPORT_DATE
    if expression.unit == "nearest" and expression.beside == "last":
        return _nearest_year(expression, context)
    if expression.unit == "nearest" and expression.season == WINTER and not context.future:
        ours = {"last": -1, "this": 0, "next": 1}[expression.beside]
        return report.year + ours - (report.month < WINTER_OVER), FROM_REPORT
    return report.year + {"last": -1, "this": 0, "next": 1}[expression.beside], FROM_REPORT


def _nearest_year(expression: DateExpression, context: Context) -> tuple[int | None, str]:
    """The year of a day and month: nearest the report's date, or on from an older narrative."""
    report = edtf.bounds(context.published)[1]
    told = edtf.bounds(context.previous)
    if expression.beside in ("last", "this", "next") and report and expression.unit != "nearest":
        return report.year + {"last": -1, "this": 0, "next": 1}[expression.beside], FROM_REPORT
    near = expression.unit == "nearest" and report is not None  # 'last November': the report's
    if told[0] and not near and (report is None or (report - told[0]).days > SAME_YEAR):
        year = _year_after(expression, told[0])
        far = report is None and (first_day(expression, year) - told[0]).days > GOES_ON
        coarse = report is not None and edtf.precision(context.previous) < Precision.SEASON
        return (None, NO_YEAR) if far or coarse else (year, YEAR_OF_NARRATIVE)
    if report is None:
        return context.year, YEAR_OF_NARRATIVE if context.year else NO_YEAR
    if context.year is not None and context.year < report.year - 1:
        return context.year, YEAR_OF_NARRATIVE
    return _year_before(expression, report, future=context.future), YEAR_OF_REPORT


def first_day(expression: DateExpression, year: int) -> date:
    """The first day in a year that a day and month, month or season can be."""
    season = expression.season or 21
    if season >= FIRST_QUARTER:
        return date(year, 3 * (season - FIRST_QUARTER) + 1, 1)
    month = expression.month or edtf.SEASONS[season][0]
    try:
        return date(year, month, expression.day or 1)
    except ValueError:
        return date(year, month, 28)


def _year_after(expression: DateExpression, told: date) -> int:
    """The first such date that is not before the one told, by month where that has no day."""
    floor = told if expression.day else told.replace(day=1)
    return told.year + (first_day(expression, told.year) < floor)


def _year_before(expression: DateExpression, report: date, *, future: bool | None) -> int:
    first = first_day(expression, report.year)
    if future or expression.beside == "next":
        floor = report if expression.day else report.replace(day=1)
        return report.year + (first < floor)
    if expression.beside == "this":
        return report.year  # 'this September', whatever the month
    if expression.weekday is not None and expression.day:
        for year in (report.year, report.year - 1):
            day = first_day(expression, year)
            near = (day - report).days <= (SOON if future is None else 0)
            if near and day.weekday() == expression.weekday:
                return year
    if future is None and expression.day and 0 < (first - report).days <= SOON:
        return report.year  # '27 January', written on 24 January: no past is as near
    year = report.year - (first > report)
    if (expression.month, expression.day) == LEAP_DAY:
        year = max((y for y in range(year - 8, year + 1) if isleap(y)), default=year)
    if expression.beside == "last" and expression.day is None and (first.month == report.month):
        return report.year - 1  # 'last May', written in May
    return year
