"""Dates that can hardly be right: kept as printed, with a flag that says why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from khronika.coding.parsed import ParsedReport
from khronika.coding.times_clauses import clause_verb, coordinated, is_verb
from khronika.coding.times_dated import Dated, is_day
from khronika.model import edtf
from khronika.model.reports import PassageRole

OUT_OF_STEP = "years from every other date around it"
OUT_OF_ORDER = "before the date that it follows"
NEAR = 60  # days within which the dates around one belong together
FAR = 300  # days from which a date is out of step with them
ROW = 3 * 365  # days that the cells of a row may be apart and still be one course of events

Units = tuple[tuple[Dated, ...], ...]


def flagged(parsed: ParsedReport, units: Units) -> Units:
    """The expressions of a report, flagged where a date cannot be right."""
    doubts: dict[tuple[int, int], str] = {}
    doubts.update((at, OUT_OF_ORDER) for at in _out_of_order(parsed, units))
    doubts.update((at, OUT_OF_STEP) for at in _out_of_step(parsed.report.published.value, units))
    return tuple(
        tuple(_with_flag(dated, doubts.get((i, dated.first), "")) for dated in unit)
        for i, unit in enumerate(units)
    )


def _with_flag(dated: Dated, doubt: str) -> Dated:
    if not doubt:
        return dated
    resolved = replace(dated.resolved, flags=(*dated.resolved.flags, doubt))
    return replace(dated, resolved=resolved)


def _day(dated: Dated) -> date | None:
    """The day of an expression that states its year and is no part of a name."""
    if dated.tight or dated.expression.year is None or not is_day(dated.resolved.edtf):
        return None
    return edtf.bounds(dated.resolved.edtf)[0]


def _out_of_step(published: str, units: Units) -> Iterator[tuple[int, int]]:
    """Days that only their year parts from others that stand close to the report's date."""
    report = edtf.bounds(published)[0]
    days = [[_day(dated) for dated in unit] for unit in units]
    for i, unit in enumerate(units if report is not None else ()):
        around = [day for near in days[max(0, i - 1) : i + 2] for day in near if day]
        for dated, day in zip(unit, days[i], strict=True):
            others = [other for other in around if other != day]
            if day and report and others and _is_misprint(day, others, report):
                yield i, dated.first


def _is_misprint(day: date, others: Sequence[date], report: date) -> bool:
    if any(abs((report - other).days) > NEAR for other in others):
        return False
    if abs((report - day).days) < FAR:
        return False
    try:
        moved = day.replace(year=report.year)
    except ValueError:  # 29 February
        return False
    return abs((report - moved).days) <= NEAR


def _out_of_order(parsed: ParsedReport, units: Units) -> Iterator[tuple[int, int]]:
    """Days before the one that they follow: of joined verbs, the cells of a row, a time table."""
    for i, unit in enumerate(units):
        row = parsed.units[i].unit.role is PassageRole.TABLE_ROW
        for before, after in pairwise(unit):
            first, second = _day(before), _day(after)
            if first is None or second is None or second >= first:
                continue
            if _are_joined(before, after) or (row and (first - second).days < ROW):
                yield i, after.first
    yield from _out_of_table(units)


def _are_joined(before: Dated, after: Dated) -> bool:
    """True for 'acquitted him on 5 May, and a higher court upheld it on 3 May'."""
    if before.hangs_on is None or after.hangs_on is None:
        return False
    one, other = clause_verb(before.hangs_on), clause_verb(after.hangs_on)
    return one != other and is_verb(one) and is_verb(other) and other in tuple(coordinated(one))


def _out_of_table(units: Units) -> Iterator[tuple[int, int]]:
    """The line of a time table whose date breaks the order of the lines on both sides."""
    lines = [(i, unit[0].first, _day(unit[0])) for i, unit in enumerate(units) if unit]
    table = [(i, at, day) for i, at, day in lines if at == 0 and day is not None]
    for (_, _, before), (i, at, day), (_, _, after) in zip(
        table, table[1:], table[2:], strict=False
    ):
        if day < before <= after:
            yield i, at
