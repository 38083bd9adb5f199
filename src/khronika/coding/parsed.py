"""A report as the parser sees it: one spaCy document a unit, every character mapped back."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from khronika.model.anchors import Anchor
from khronika.model.reports import CODED_ROLES, Report
from khronika.text.commas import ease
from khronika.text.mapped import MappedText
from khronika.text.units import Unit, cuts, units


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
    for start, end in cuts(text, LONGEST):
        if text[start:end].strip() and not UNBROKEN.search(text, start, end):
            piece = MappedText(text[start:end].rstrip(), at[start:end])
            yield replace(unit, mapped=ease(piece))


def parse(reports: Sequence[Report], nlp: Language) -> list[ParsedReport]:
    """Parse the coded units of several reports in one batch, which the parser likes best."""
    cut = [
        [piece for unit in units(report, CODED_ROLES) for piece in _pieces(unit)]
        for report in reports
    ]
    made = (nlp.make_doc(unit.mapped.text) for each in cut for unit in each)
    docs = iter(nlp.pipe((_set_apart(doc) for doc in made), batch_size=64))
    return [
        ParsedReport(report, tuple(_parsed(i, unit, next(docs)) for i, unit in enumerate(each)))
        for report, each in zip(reports, cut, strict=True)
    ]


MARKS = frozenset(('"', "''", "``"))
# Words that are written short before a name: their point ends no sentence.
SHORTENED = frozenset(
    "adv advo amb arch archbp asst atty bp brig bros cardl cmdr cmdt col comdr comm cpl cpt capt "
    "ctte dep dr drs ens fr gen gov hon ing insp jr lic lt maj messrs mgr mons mr mrs ms msgr mt "
    "no pres prof pvt rep rev sen sgt spc sr sra srta st sta ste supt vs wg".split()
)
SPOKEN = 4  # tokens between the marks; less is a word or two that are only cited


def _set_apart(doc: Doc) -> Doc:
    """Make a sentence of what is said in quotation marks and one of who says it.

    As one sentence the parser hangs the speaker somewhere in the words that are quoted.
    """
    opened = None
    for token in doc:
        if 0 < token.i < len(doc) - 1 and _shortens(token):
            doc[token.i + 1].is_sent_start = False
        if token.orth_ not in MARKS:
            continue
        if opened is None:
            opened = token.i
        else:
            _part(doc, opened, token.i)
            opened = None
    return doc


def _shortens(point: Token) -> bool:
    return point.orth_ == "." and point.nbor(-1).lower_ in SHORTENED


def _part(doc: Doc, opened: int, closed: int) -> None:
    if closed - opened <= SPOKEN:
        return
    if closed + 1 < len(doc) and doc[closed - 1].orth_[-1] in ",?!.":
        doc[closed + 1].is_sent_start = True
    if opened > 0 and doc[opened - 1].orth_ in (",", ":"):
        doc[opened].is_sent_start = True
        doc[opened + 1].is_sent_start = False


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


@lru_cache(maxsize=8)
def quotations(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges between paired quotation marks; an unclosed one runs to the end of the unit."""
    marks = [t.i for t in doc if t.orth_ in MARKS or t.orth_[0] == '"']
    pairs = [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2:
        pairs.append((marks[-1], len(doc)))
    return [(a + 1, b) for a, b in pairs if b - a > 3]
