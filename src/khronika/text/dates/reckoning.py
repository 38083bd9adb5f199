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
        return Resolved(edtf=edtf.shift(f"{report:%Y-%m}", months=step), basis=FROM_REPORT)
    day = _report_day(context)
    if day is None or expression.unit not in ("week", "weekend"):
        return Resolved(basis=NO_REPORT_DATE if day is None else NO_DATE)
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
    if expression.unit == "weekend":
        saturday = monday + timedelta(days=5)
        return Resolved(
            edtf=edtf.between(saturday, saturday + timedelta(days=1)), basis=FROM_REPORT
        )
    return Resolved(edtf=edtf.between(monday, monday + timedelta(days=6)), basis=FROM_REPORT)


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
PLURALS |= dict.fromkeys(("month", "quarter", "year", "decade"), 0)


def _reckoned(amount: int, unit: str) -> tuple[int, int, int]:
    """Some units as days, months and years."""
    months = {"month": 1, "quarter": 3}.get(unit, 0) * amount
    years = {"year": 1, "decade": 10}.get(unit, 0) * amount
    return PLURALS.get(unit, 0) * amount, months, years


def shifted(
    anchor: str, expression: DateExpression, basis: str, *, loose: bool = False
) -> Resolved:
    """A date some units from another, no finer than the unit ('two years later': a year)."""
    amount, unit = expression.amount, expression.unit
    if amount is None or unit not in PLURALS:
        return Resolved(basis=NO_DATE)
    days, months, years = _reckoned(amount, unit)
    moved = edtf.shift(anchor, days=days, months=months, years=years)
    first, last = edtf.bounds(moved)
    if first is None or last is None:
        return Resolved(basis=NO_DATE)
    if unit in ("year", "decade"):
        return Resolved(edtf=edtf.hull(f"{first.year:04}", f"{last.year:04}"), basis=basis)
    if unit in ("month", "quarter"):
        return Resolved(edtf=edtf.hull(f"{first:%Y-%m}", f"{last:%Y-%m}"), basis=basis)
    if unit in ("week", "fortnight") and first == last:
        return Resolved(edtf=week_of(first) if loose else f"{first.isoformat()}~", basis=basis)
    if first != last and f"{first:%Y-%m}" == f"{last:%Y-%m}":
        moved = f"{first:%Y-%m}"
    return Resolved(edtf=moved, basis=basis, core=edtf.between(first, last))


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
    if expression.unit == "weekday":
        return _weekday_beside(expression, start, end)
    if expression.amount == 0:
        return _same(expression, told, start)
    anchor = told.split("T")[0].rstrip("~?%")
    if expression.beside == "within":
        return _beside_told(expression, start, end)
    if expression.beside == "calendar" and start == end:
        return Resolved(
            edtf=week_of(start + timedelta(days=7 * (expression.amount or 0))), basis=FROM_NARRATIVE
        )
    return shifted(context.previous_core or anchor, expression, FROM_NARRATIVE)


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


def _weekday_beside(expression: DateExpression, start: date, end: date) -> Resolved:
    if start != end or expression.weekday is None or not expression.amount:
        return Resolved(basis=NOTHING_BEFORE)
    gap = (expression.weekday - start.weekday()) * expression.amount % 7 or 7
    found = start + timedelta(days=gap * expression.amount)
    return Resolved(edtf=found.isoformat(), basis=FROM_NARRATIVE)
