"""Where words that somebody copied out of a report stand in it, exactly."""

from collections.abc import Iterable, Iterator

from khronika.coding.given.fields import Quoted
from khronika.coding.llm.quotes import inflected, places
from khronika.model.anchors import Anchor, Span
from khronika.model.reports import CODED_ROLES, PassageRole, Report
from khronika.text.redaction import BLOCK

MOST = 200  # places at which one phrase is looked up


class Standing:
    """One report's text to look words up in: as they stand, else but for blanks and marks."""

    def __init__(self, report: Report) -> None:
        self._text = report.text
        self.redacted = BLOCK in report.text  # someone was withdrawn from it
        own = CODED_ROLES - {PassageRole.HEADLINE}
        self._told = [p.span for p in report.passages if p.role in own]

    def quote(self, quoted: Quoted) -> Anchor | None:
        """The quotation of an act: where it is said to stand, else the nearest place to there.

        Without a place it is the first that stands in the report's own telling, not in its
        headline or in what a page repeats.
        """
        exact = self._as_said(quoted)
        if exact is not None:
            return exact
        found = self._all(quoted.exact)
        if quoted.start is not None:
            start = quoted.start
            return min(found, key=lambda a: (abs(a.start - start), a.start), default=None)
        return min(found, key=lambda a: (not self._is_told(a.span), a.start), default=None)

    def near(self, quoted: Quoted, quote: Span) -> Anchor | None:
        """Words of a value: where they are said to stand, else in the quotation, else nearest."""
        exact = self._as_said(quoted)
        if exact is not None:
            return exact
        return min(self._all(quoted.exact), key=lambda a: _rank(a.span, quote), default=None)

    def name(self, forms: Iterable[str], quote: Span) -> Anchor | None:
        """A name in one of its forms: in the quotation, else before it, else nearest.

        Args:
            forms: ways to write it, the fullest first.
            quote: the quotation of the act.
        """
        tried = tuple(forms)
        inside = (self._within(form, quote) for form in tried)
        found = next((anchor for anchor in inside if anchor is not None), None)
        if found is not None:
            return found
        return next((a for form in tried if (a := self._outside(form, quote))), None)

    def everywhere(self, words: str) -> list[Anchor]:
        """Every place where words stand."""
        return self._all(words)

    def _as_said(self, quoted: Quoted) -> Anchor | None:
        start, end = quoted.start, quoted.end
        if start is None or end is None or not 0 <= start < end <= len(self._text):
            return None
        anchor = Anchor.cut(self._text, start, end)
        return anchor if anchor.exact == quoted.exact else None

    def _all(self, words: str) -> list[Anchor]:
        return [anchor for anchor, _ in zip(self._places(words), range(MOST), strict=False)]

    def _places(self, words: str) -> Iterator[Anchor]:
        for place in places(words, self._text, 0):
            yield Anchor.cut(self._text, place.start, place.end)

    def _within(self, words: str, quote: Span) -> Anchor | None:
        inside = (a for a in self._all(words) if quote.holds(a.span))
        return next(inside, None) or self._inflected(words, quote)

    def _inflected(self, words: str, quote: Span) -> Anchor | None:
        place = next(inflected(words, self._text[quote.start : quote.end], 0), None)
        if place is None:
            return None
        return Anchor.cut(self._text, quote.start + place.start, quote.start + place.end)

    def _outside(self, words: str, quote: Span) -> Anchor | None:
        found = self._all(words)
        if found:
            return min(found, key=lambda a: (a.start > quote.start, *_rank(a.span, quote)))
        return self._inflected(words, Span(0, len(self._text)))

    def _is_told(self, span: Span) -> bool:
        return any(told.overlaps(span) for told in self._told)


def _rank(span: Span, quote: Span) -> tuple[bool, int, int]:
    """In the quotation first, then the nearest, then the first."""
    apart = max(quote.start - span.end, span.start - quote.end, 0)
    return not quote.holds(span), apart, span.start
