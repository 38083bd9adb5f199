"""Dates reckoned from the report's own or from one that was told before."""

from datetime import date, timedelta

from khronika.model import edtf
from khronika.model.edtf import Precision
from khronika.text.dates.calendar_dates import clock_of
from khronika.text.dates.context import (
    FROM_NARRATIVE,
    FROM_REPORT,
    NO_DATE,
    NO_REPORT_DATE,
    NOTHING_BEFORE,
    Context,
    Resolved,
)
from khronika.text.dates.expressions import DateExpression


def _report_day(context: Context) -> date | None:
    """The report's own date, if it is known to the day."""
    start, end = edtf.bounds(context.published)
    return start if start == end else None


def weekday(expression: DateExpression, context: Context) -> Resolved:
    """'on Tuesday' is the last one up to the report's date, the next one where it is to come."""
    report, wanted = _report_day(context), expression.weekday
    if report is None or wanted is None:
        return Resolved(basis=NO_REPORT_DATE)
    back = (report.weekday() - wanted) % 7
    if expression.beside == "next" or (context.future and expression.beside != "last"):
        found = report + timedelta(days=(7 - back) if back or expression.beside == "next" else 0)
    elif expression.beside == "last" and back == 0:
        found = report - timedelta(days=7)
    else:
        found = report - timedelta(days=back)
    return Resolved(edtf=found.isoformat() + clock_of(expression), basis=FROM_REPORT)


def day_beside(expression: DateExpression, context: Context) -> Resolved:
    """'yesterday', 'this morning'."""
    report = _report_day(context)
    if report is None or expression.amount is None:
        return Resolved(basis=NO_REPORT_DATE)
    found = report + timedelta(days=expression.amount)
    return Resolved(edtf=found.isoformat() + clock_of(expression), basis=FROM_REPORT)


def ago(expression: DateExpression, context: Context) -> Resolved:
    """'three days ago'; weeks ago are a calendar week."""
    if expression.amount is None:
        return Resolved(basis="how long ago is not said")
    if not context.published:
        return Resolved(basis=NO_REPORT_DATE)
    return shifted(context.published, expression, FROM_REPORT, loose=True)


def period(expression: DateExpression, context: Context) -> Resolved:
    """'last week' is the calendar week before the report's, from Monday."""
    report = edtf.bounds(context.published)[1]
    step = {"last": -1, "this": 0, "next": 1}[expression.beside]
    if report is None:
        return Resolved(basis=NO_REPORT_DATE)
    if expression.unit == "year":
        return Resolved(edtf=f"{report.year + step:04}", basis=FROM_REPORT)
    if expression.unit == "month" and edtf.precision(context.published) >= Precision.MONTH:
        month = edtf.shift(f"{report:%Y-%m}", months=step)
        return Resolved(edtf=_day_of(month, expression), basis=FROM_REPORT)
    day = _report_day(context)
    if day is None or expression.unit not in ("week", "weekend"):
        return Resolved(basis=NO_REPORT_DATE if day is None else NO_DATE)
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
    if expression.weekday is not None:
        day = monday + timedelta(days=expression.weekday)
        return Resolved(edtf=day.isoformat(), basis=FROM_REPORT)
    if expression.unit == "weekend":
        saturday = monday + timedelta(days=5)
        return Resolved(
            edtf=edtf.between(saturday, saturday + timedelta(days=1)), basis=FROM_REPORT
        )
    return Resolved(edtf=edtf.between(monday, monday + timedelta(days=6)), basis=FROM_REPORT)


def _day_of(month: str, expression: DateExpression) -> str:
    """A month, or the day of it that the expression states, "" if there is none."""
    found = f"{month}-{expression.day:02}" if expression.day else month
    return found if edtf.is_valid(found) else ""


def window(expression: DateExpression, context: Context) -> Resolved:
    """'within the last two months': from then to the report's date."""
    report = _report_day(context)
    if report is None or expression.amount is None or expression.unit not in PLURALS:
        return Resolved(basis=NO_REPORT_DATE if report is None else NO_DATE)
    days, months, years = _reckoned(expression.amount, expression.unit)
    start = edtf.shift(report.isoformat(), days=days, months=months, years=years)
    return Resolved(edtf=f"{start}/{report.isoformat()}", basis=FROM_REPORT)


# --- beside another date -------------------------------------------------------------------------

PLURALS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}  # units that are days
MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
PLURALS |= dict.fromkeys((*MONTHS, "year", "decade", "hour"), 0)
HOURS = 24
DAYS_OF_WEEK = 7
BRIEF, SURE = 6, 18  # hours that leave a day as it is, and that carry to the next


def _reckoned(amount: int, unit: str) -> tuple[int, int, int]:
    """Some units as days, months and years."""
    if unit == "hour":  # '36 hours': as many days as they touch
        return (amount // HOURS if amount < 0 else -(-amount // HOURS)), 0, 0
    years = {"year": 1, "decade": 10}.get(unit, 0) * amount
    return PLURALS.get(unit, 0) * amount, MONTHS.get(unit, 0) * amount, years


def shifted(
    anchor: str, expression: DateExpression, basis: str, *, loose: bool = False
) -> Resolved:
    """A date some units from another, no finer than the unit ('two years later': a year)."""
    amount, unit = expression.amount, expression.unit
    if unit == "hour" and amount is not None:
        return _hours(anchor, amount, basis)
    if amount is None or unit not in PLURALS:
        return Resolved(basis=NO_DATE)
    days, months, years = _reckoned(amount, unit)
    moved = edtf.shift(anchor, days=days, months=months, years=years)
    first, last = edtf.bounds(moved)
    if first is None or last is None:
        return Resolved(basis=NO_DATE)
    if unit in ("year", "decade"):
        return Resolved(edtf=edtf.hull(f"{first.year:04}", f"{last.year:04}"), basis=basis)
    if unit in MONTHS:
        return Resolved(edtf=edtf.hull(f"{first:%Y-%m}", f"{last:%Y-%m}"), basis=basis)
    if unit in ("week", "fortnight") and first == last:
        return Resolved(edtf=week_of(first) if loose else f"{first.isoformat()}~", basis=basis)
    if first != last and f"{first:%Y-%m}" == f"{last:%Y-%m}":
        moved = f"{first:%Y-%m}"
    return Resolved(edtf=moved, basis=basis, core=edtf.between(first, last))


def _hours(anchor: str, amount: int, basis: str) -> Resolved:
    """'Three hours later' is the same day, '12 hours' may be the next, '48 hours' is two on."""
    start, end = edtf.bounds(anchor)
    if start is None or start != end:
        return Resolved(basis=NO_DATE)
    whole, rest = divmod(abs(amount), HOURS)
    few, sign = whole + (rest > SURE), 1 if amount > 0 else -1
    many = whole + (rest > BRIEF)
    ends = sorted(start + timedelta(days=sign * days) for days in (few, many))
    return Resolved(edtf=edtf.between(ends[0], ends[1]), basis=basis)


def week_of(day: date) -> str:
    """The calendar week of a day, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return edtf.between(monday, monday + timedelta(days=6))


def narrative(expression: DateExpression, context: Context) -> Resolved:
    """'three days later', 'the same evening', 'during the week before'."""
    told = context.previous
    start, end = edtf.bounds(told)
    if start is None or end is None or (end - start).days > 366:
        return Resolved(basis=NOTHING_BEFORE)
    placed = _placed(expression, told, (start, end))
    if placed is not None:
        return placed
    anchor = told.split("T")[0].rstrip("~?%")
    if expression.beside == "within":
        return _beside_told(expression, start, end)
    if expression.beside == "calendar" and start == end:
        return Resolved(
            edtf=week_of(start + timedelta(days=7 * (expression.amount or 0))), basis=FROM_NARRATIVE
        )
    return shifted(context.previous_core or anchor, expression, FROM_NARRATIVE)


def _placed(expression: DateExpression, told: str, days: tuple[date, date]) -> Resolved | None:
    """A day of the week or month told before, or that date itself; None for one beside it."""
    if expression.unit == "weekday":
        return _weekday_beside(expression, *days)
    if expression.unit == "season":
        return _season_after(expression, days[1])
    if expression.unit == "told":
        return Resolved(edtf=told.split("T", maxsplit=1)[0], basis=FROM_NARRATIVE)
    if expression.weekday is not None and expression.amount is not None:
        return _weekday_of_week(expression, *days)
    if expression.day is not None and expression.amount is not None:
        return _day_told(expression, *days)
    if expression.beside == "nth" and days[0] != days[1]:
        return Resolved(basis=NOTHING_BEFORE)
    return _same(expression, told, days[0]) if expression.amount == 0 else None


def _beside_told(expression: DateExpression, start: date, end: date) -> Resolved:
    """'during the week before': the week up to the date told before."""
    if expression.amount is None or start != end:
        return Resolved(basis=NOTHING_BEFORE)
    days, months, years = _reckoned(expression.amount, expression.unit)
    other = edtf.shift(start.isoformat(), days=days, months=months, years=years)
    return Resolved(edtf=edtf.hull(other, start.isoformat()), basis=FROM_NARRATIVE)


def _same(expression: DateExpression, told: str, start: date) -> Resolved:
    """'that day' of a day, 'that month' of a day's month."""
    if expression.unit == "year":
        return Resolved(edtf=f"{start.year:04}", basis=FROM_NARRATIVE)
    if expression.unit == "month" and edtf.precision(told) >= Precision.MONTH:
        return Resolved(edtf=f"{start:%Y-%m}", basis=FROM_NARRATIVE)
    if expression.unit == "week" and edtf.precision(told) >= Precision.DAY:
        return Resolved(edtf=week_of(start), basis=FROM_NARRATIVE)
    if expression.unit == "day" and edtf.precision(told) >= Precision.DAY:
        return Resolved(edtf=told.split("T", maxsplit=1)[0], basis=FROM_NARRATIVE)
    return Resolved(basis=NOTHING_BEFORE)


def _season_after(expression: DateExpression, told: date) -> Resolved:
    """'the following spring': the first that begins after the date told before."""
    season = expression.season or 0
    year = told.year + (date(told.year, edtf.SEASONS[season][0], 1) <= told)
    return Resolved(edtf=f"{year:04}-{season}", basis=FROM_NARRATIVE)


def _weekday_of_week(expression: DateExpression, start: date, end: date) -> Resolved:
    """'the Tuesday of that week'."""
    if (end - start).days > DAYS_OF_WEEK - 1:
        return Resolved(basis=NOTHING_BEFORE)
    monday = start - timedelta(days=start.weekday())
    day = DAYS_OF_WEEK * (expression.amount or 0) + (expression.weekday or 0)
    return Resolved(edtf=(monday + timedelta(days=day)).isoformat(), basis=FROM_NARRATIVE)


def _day_told(expression: DateExpression, start: date, end: date) -> Resolved:
    """'on the 16th', of the month told before; before its day it may be of the next."""
    if (start.year, start.month) != (end.year, end.month):
        return Resolved(basis=NOTHING_BEFORE)
    found = _day_of(edtf.shift(f"{start:%Y-%m}", months=expression.amount or 0), expression)
    back = expression.amount == 0 and expression.beside != "same" and found < start.isoformat()
    if not found or back:
        return Resolved(basis=NO_DATE)
    return Resolved(edtf=found, basis=FROM_NARRATIVE)


def _weekday_beside(expression: DateExpression, start: date, end: date) -> Resolved:
    if start != end or expression.weekday is None or not expression.amount:
        return Resolved(basis=NOTHING_BEFORE)
    gap = (expression.weekday - start.weekday()) * expression.amount % 7 or 7
    found = start + timedelta(days=gap * expression.amount)
    return Resolved(edtf=found.isoformat(), basis=FROM_NARRATIVE)
