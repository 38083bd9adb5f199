"""From an anchor back to the parse: the unit, the token and the sentence it stands in."""

from bisect import bisect_left, bisect_right
from functools import cached_property

from spacy.tokens import Token

from khronika.coding.parsed import ParsedReport, ParsedUnit
from khronika.model.anchors import Anchor


class Locator:
    """Finds the tokens of one parsed report that anchors quote."""

    def __init__(self, parsed: ParsedReport) -> None:
        self._parsed = parsed

    def token(self, anchor: Anchor, near: int = -1) -> tuple[int, Token] | None:
        """The unit and the head of the words that an anchor quotes.

        Args:
            anchor: a quotation of the report.
            near: a unit that is looked at before all others.

        Returns:
            None where the words stand in no unit, as those of a masthead.
        """
        units = self._parsed.units
        first = (units[near],) if 0 <= near < len(units) else ()
        for unit in (*first, *units):
            found = _in_unit(unit, anchor)
            if found is not None:
                return unit.index, found
        return None

    def sentence(self, offset: int) -> int:
        """The number of the sentence that stands at an offset of the report."""
        return bisect_right(self._starts, offset)

    @cached_property
    def _starts(self) -> list[int]:
        """Where the sentences begin, in the report's own text."""
        return sorted(
            unit.unit.mapped.at[sentence.start_char]
            for unit in self._parsed.units
            for sentence in unit.doc.sents
        )


def _in_unit(unit: ParsedUnit, anchor: Anchor) -> Token | None:
    at = unit.unit.mapped.at
    if not at[0] <= anchor.start <= at[-1]:
        return None
    start = bisect_left(at, anchor.start)
    end = bisect_left(at, anchor.end, lo=start)
    if start == end or at[start] != anchor.start:
        return None
    span = unit.doc.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None else None
