"""Tags: what is told in a passage, as words of its own column of the full-text index.

A filter that goes with a search narrows the index itself by them; rows are then checked exactly.
Tags promise less than filters: a passage has all the tags of what a filter lets through, not only.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from khronika.model import edtf
from khronika.model.acts import Act
from khronika.model.anchors import Span
from khronika.model.reports import Report
from khronika.text.lemmas import words

YEARS = 6  # an act that may lie in more years than so many is tagged as of any time
MONTHS = 36  # a search over more months than so many asks by the year
ANY_TIME = "time0any"


def tag(name: str, value: str) -> str:
    """One tag: letters and digits alone, so that the index takes it for one word."""
    return f"{name}0{re.sub(r'[^a-z0-9]', '', value.casefold())}"


def tags_of(report: Report, span: Span, acts: Iterable[Act]) -> str:
    """The tags of one passage: of its report, and of the acts that are told in it."""
    found = set(_of_report(report))
    dated = False
    for act in acts:
        if act.quote.span.overlaps(span):
            found.update(_of_act(act))
            dated = dated or bool(act.when.edtf)
    if not dated:
        found.update(_times(report.published.value))
    return " ".join(sorted(found))


def times_asked(first: str, last: str) -> list[str]:
    """Tags of which a passage has one if what it tells may lie between two days, both included."""
    start = date.fromisoformat(first or "1900-01-01")
    end = date.fromisoformat(last or "2100-12-31")
    months = [f"{year}{month:02}" for year, month in _months(start, end)]
    if len(months) > MONTHS:
        months = [str(year) for year in range(start.year, end.year + 1)]
    return [ANY_TIME, *(tag("time", each) for each in months)]


def _of_report(report: Report) -> Iterator[str]:
    yield tag("report", report.id)
    yield tag("language", report.language.value)
    yield from (f"publisher0{word}" for word, _, _ in words(report.publisher.value))


def _of_act(act: Act) -> Iterator[str]:
    yield tag("kind", act.kind)
    yield tag("modality", act.modality.value)
    yield from _times(act.when.edtf)
    for involvement in act.involvements:
        yield tag("role", involvement.role.value)
        yield from (f"actor0{word}" for word, _, _ in words(involvement.name))
    for where in act.where:
        yield tag("country", where.country)
        yield from (f"place0{word}" for word, _, _ in words(f"{where.name} {where.place}"))


def _times(when: str) -> Iterator[str]:
    first, last = edtf.bounds(when) if when and edtf.is_valid(when) else (None, None)
    if first is None or last is None or last.year - first.year >= YEARS:
        if when:
            yield ANY_TIME
        return
    for year, month in _months(first, last):
        yield tag("time", f"{year}{month:02}")
        yield tag("time", str(year))


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for at in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield at // 12, at % 12 + 1
