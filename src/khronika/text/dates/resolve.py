"""What date an expression means, given the report's own date and what was told before.

Precision first: an expression that nothing grounds stays unresolved and says why.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from khronika.model import edtf
from khronika.model.edtf import EdtfError
from khronika.text.dates.calendar_dates import calendar_date, first_day
from khronika.text.dates.context import (
    NO_DATE,
    Context,
    Resolved,
)
from khronika.text.dates.expressions import DateExpression, Kind, Modifier
from khronika.text.dates.reckoning import (
    ago,
    day_beside,
    narrative,
    period,
    shifted,
    week_of,
    weekday,
    window,
)


def resolve(expression: DateExpression, context: Context) -> Resolved:
    """The date that an expression means; an empty one if nothing grounds it."""
    try:
        point = _POINTS[expression.kind](expression, context)
        if not point.edtf:
            return point
        point = _part(point, expression)
        point = replace(point, start=point.edtf, core=point.core or _core(point, expression))
        return _modified(point, expression.modifier, context)
    except (EdtfError, ValueError, OverflowError):
        return Resolved(basis=NO_DATE)


def _part(point: Resolved, expression: DateExpression) -> Resolved:
    """'the first week of May', 'the second half of 2022', 'the week of 2 May'."""
    start, end = edtf.bounds(point.edtf)
    if start is None or end is None or point.flags:
        return point
    if expression.kind is Kind.DATE and expression.unit == "week" and start == end:
        return replace(point, edtf=week_of(start))
    first, last = expression.cut
    if not first:
        return point
    if expression.cut_months:
        return replace(point, edtf=f"{start:%Y}-{first:02}/{start:%Y}-{last:02}")
    days = [
        start + timedelta(days=at - 1) if at > 0 else end + timedelta(days=at + 1)
        for at in (first, last)
    ]
    return replace(point, edtf=edtf.between(days[0], min(days[1], end)))


def _offset(expression: DateExpression, context: Context) -> Resolved:
    assert expression.first is not None
    anchor = resolve(expression.first, context)
    if not anchor.edtf:
        return anchor
    found = shifted(anchor.start.split("T")[0], expression, anchor.basis)
    return replace(found, flags=anchor.flags)


def _interval(expression: DateExpression, context: Context) -> Resolved:
    assert expression.first is not None
    assert expression.last is not None
    last = resolve(expression.last, context)
    if not last.edtf:
        return last
    opening = replace(expression.first)
    if opening.kind is Kind.WEEKDAY:
        return _weekdays(opening, last)
    if opening.kind is Kind.DATE and opening.year is None and opening.month:
        end = edtf.bounds(last.edtf)[1]
        assert end is not None
        opening = replace(opening, year=end.year - (first_day(opening, end.year) > end), beside="")
    first = resolve(opening, context)
    start, end = edtf.bounds(first.edtf)[0], edtf.bounds(last.edtf)[1]
    if not first.edtf or (start and end and start > end):
        return Resolved(basis=NO_DATE)
    flags = tuple(dict.fromkeys((*first.flags, *last.flags)))
    found = f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}"
    return Resolved(edtf=found, basis=last.basis, flags=flags)


def _weekdays(opening: DateExpression, last: Resolved) -> Resolved:
    """'from Monday to Wednesday': the last such Monday before that Wednesday."""
    end = edtf.bounds(last.edtf)[1]
    assert end is not None
    back = (end.weekday() - (opening.weekday or 0)) % 7 or 7
    return Resolved(edtf=edtf.between(end - timedelta(days=back), end), basis=last.basis)


def _unresolved(basis: str) -> Callable[[DateExpression, Context], Resolved]:
    return lambda _expression, _context: Resolved(basis=basis)


_POINTS: dict[Kind, Callable[[DateExpression, Context], Resolved]] = {
    Kind.DATE: calendar_date,
    Kind.WEEKDAY: weekday,
    Kind.DAY: day_beside,
    Kind.AGO: ago,
    Kind.PERIOD: period,
    Kind.WINDOW: window,
    Kind.NARRATIVE: narrative,
    Kind.INTERVAL: _interval,
    Kind.OFFSET: _offset,
    Kind.EVENT: _unresolved("relative to something without a date"),
    Kind.DURATION: _unresolved("a length of time"),
    Kind.CLOCK: _unresolved("a time of day"),
    Kind.FOREIGN: _unresolved("a date of another calendar"),
    Kind.VAGUE: _unresolved("no date is said"),
}


def _core(point: Resolved, expression: DateExpression) -> str:
    """The third of a month or year that 'early', 'mid' and 'late' mean."""
    third = {Modifier.EARLY: 0, Modifier.MID: 1, Modifier.LATE: 2}.get(expression.modifier)
    start, end = edtf.bounds(point.edtf)
    if third is None or start is None or end is None or start == end:
        return "" if third is None else point.edtf
    size = (end - start).days + 1
    first = start + timedelta(days=size * third // 3)
    return edtf.between(first, start + timedelta(days=size * (third + 1) // 3 - 1))


def _modified(point: Resolved, modifier: Modifier, context: Context) -> Resolved:
    """What 'since', 'before', 'after', 'by', 'until' and 'around' make of a date."""
    plain = point.edtf.split("T")[0]
    if modifier is Modifier.AROUND:
        return replace(point, edtf=plain if "/" in plain else f"{plain.rstrip('~?%')}~")
    if modifier in (Modifier.BEFORE, Modifier.BY, Modifier.UNTIL):
        return replace(point, edtf=f"../{plain.split('/')[-1]}")
    if modifier in (Modifier.SINCE, Modifier.AFTER):
        first = plain.split("/")[0]
        start, report = edtf.bounds(first)[0], edtf.bounds(context.published)[1]
        ends = start and report and start <= report and not context.future
        return replace(point, edtf=f"{first}/{context.published if ends else '..'}")
    return point
