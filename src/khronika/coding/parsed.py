"""A report as the parser sees it: one spaCy document a unit, every character mapped back."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from khronika.model.anchors import Anchor
from khronika.model.reports import CODED_ROLES, Report
from khronika.text.commas import ease
from khronika.text.mapped import MappedText
from khronika.text.units import Unit, units


@dataclass(frozen=True, slots=True)
class ParsedUnit:
    """A unit of the report and its parse. `index` counts units, not passages.

    `tokens` are those of `doc`, which would make an object of each every time it is asked.
    """

    index: int
    unit: Unit
    doc: Doc
    tokens: tuple[Token, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """What was parsed; the document would put it together from its tokens every time."""
        return self.unit.mapped.text


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report and the parses of its coded units, in the order of the text."""

    report: Report
    units: tuple[ParsedUnit, ...]

    def anchor(self, unit: int, start: int, end: int) -> Anchor:
        """Quote the report where `[start, end)` of a unit's parser text came from."""
        span = self.units[unit].unit.mapped.original(start, end)
        return Anchor.cut(self.report.text, span.start, span.end)

    def anchor_of(self, unit: int, words: Span | Token) -> Anchor:
        """Quote the report where some tokens of a unit came from."""
        if isinstance(words, Token):
            return self.anchor(unit, words.idx, words.idx + len(words))
        return self.anchor(unit, words.start_char, words.end_char)


LONGEST = 20_000  # characters that the parser gets at once; it refuses a million
UNBROKEN = re.compile(r"\S{1000}")  # no language: the tokeniser's time grows with its square


def _pieces(unit: Unit) -> Iterator[Unit]:
    """The unit, cut at the end of a sentence where it is too long, without what is no language."""
    text, at = unit.mapped.text, unit.mapped.at
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST)
        if end < len(text):
            cut = text.rfind(". ", start, end)
            cut = cut if cut > start else text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        if text[start:end].strip() and not UNBROKEN.search(text, start, end):
            piece = MappedText(text[start:end].rstrip(), at[start:end])
            yield replace(unit, mapped=ease(piece))
        start = end


def parse(reports: Sequence[Report], nlp: Language) -> list[ParsedReport]:
    """Parse the coded units of several reports in one batch, which the parser likes best."""
    cut = [
        [piece for unit in units(report, CODED_ROLES) for piece in _pieces(unit)]
        for report in reports
    ]
    docs = iter(nlp.pipe([unit.mapped.text for each in cut for unit in each], batch_size=64))
    return [
        ParsedReport(report, tuple(_parsed(i, unit, next(docs)) for i, unit in enumerate(each)))
        for report, each in zip(reports, cut, strict=True)
    ]


def _parsed(index: int, unit: Unit, doc: Doc) -> ParsedUnit:
    return ParsedUnit(index=index, unit=unit, doc=doc, tokens=tuple(doc))


STARTS = "khronika sentence starts"


def sentence_of(token: Token) -> Span:
    """The sentence of a token. spaCy's own `sent` reads the whole document on every call."""
    doc = token.doc
    starts = doc.user_data.get(STARTS)
    if starts is None:
        starts = doc.user_data[STARTS] = [sentence.start for sentence in doc.sents]
    at = bisect_right(starts, token.i)
    return doc[starts[at - 1] : starts[at] if at < len(starts) else len(doc)]
