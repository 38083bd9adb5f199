"""The words that a given date stands on: an expression of time near the quotation that means it."""

from collections.abc import Iterator
from functools import cache

from khronika.model.anchors import Anchor, Span
from khronika.model.reports import Report
from khronika.text.dates import Context, Kind, day_first, find_dates, resolve
from khronika.text.mapped import join

CALENDAR = (Kind.DATE, Kind.WEEKDAY, Kind.DAY)


class Dates:
    """The expressions of time of a report's passages, read where a quotation needs them."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._language = (report.language.value or "en")[:2]
        self._day_first = day_first(report.text)
        self._in = cache(self._read)

    def words(self, edtf: str, quote: Span) -> tuple[Anchor, str] | None:
        """The words of the quotation, or of its paragraph, that mean a date, and how they do."""
        found = [
            (anchor, basis)
            for passage in self._report.passages
            if passage.span.overlaps(quote)
            for anchor, meant, basis in self._in(passage.span)
            if meant == edtf
        ]
        return min(found, key=lambda each: _rank(each[0].span, quote), default=None)

    def _read(self, span: Span) -> tuple[tuple[Anchor, str, str], ...]:
        return tuple(self._expressions(span))

    def _expressions(self, span: Span) -> Iterator[tuple[Anchor, str, str]]:
        mapped, previous = join(self._report.text, (span,)), ""
        for expression in find_dates(mapped.text, self._language):
            context = Context(
                published=self._report.published.value,
                day_first=self._day_first,
                previous=previous,
            )
            meant = resolve(expression, context)
            if meant.edtf and expression.start < expression.end:
                at = mapped.original(expression.start, expression.end)
                yield Anchor.cut(self._report.text, at.start, at.end), meant.edtf, meant.basis
            if meant.edtf and expression.kind in CALENDAR:
                previous = meant.edtf


def _rank(span: Span, quote: Span) -> tuple[bool, int, int]:
    apart = max(quote.start - span.end, span.start - quote.end, 0)
    return not quote.holds(span), apart, span.start
