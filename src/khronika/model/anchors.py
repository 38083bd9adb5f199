"""Spans and anchors: where a value stands in a report's preserved text."""

from dataclasses import dataclass, field
from typing import Self

CONTEXT = 32  # code points of prefix and suffix, as in the W3C Text Quote Selector


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of code points in a report's preserved text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: "Span") -> bool:
        """True if `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """True if the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """An exact quotation and where it stands: W3C Text Quote and Text Position selectors.

    Prefix and suffix are not stored: the text is kept under its digest, so `context` derives them.
    """

    start: int
    end: int
    exact: str = field(repr=False)  # may name a victim

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Self:
        """Quote `text[start:end]`; the one constructor steps use, so no anchor can paraphrase."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no quotation at [{start}, {end}) of a text of {len(text)}")
        return cls(start=start, end=end, exact=text[start:end])

    @property
    def span(self) -> Span:
        """The range alone."""
        return Span(self.start, self.end)

    def stands_in(self, text: str) -> bool:
        """True if the quotation is where it says it is."""
        return text[self.start : self.end] == self.exact

    def context(self, text: str) -> tuple[str, str]:
        """The prefix and suffix, up to `CONTEXT` code points each."""
        return text[max(0, self.start - CONTEXT) : self.start], text[self.end : self.end + CONTEXT]
