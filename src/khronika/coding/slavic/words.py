"""A report as a parser of a Slavic language sees it: words with their grammar, mapped back.

Parts of speech, relations and features are those of Universal Dependencies, so that a parser and
the steps after it agree whatever the language is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from khronika.coding.slavic.morphology import Morphology
from khronika.model.anchors import Anchor
from khronika.model.reports import CODED_ROLES, Report
from khronika.text.units import Unit, units

LONGEST = 200_000  # characters of one unit that are parsed
UNBROKEN = re.compile(r"\S{100,}")  # an address or no language: blanks in its place


@dataclass(eq=False, slots=True, kw_only=True)
class Word:
    """One word of a unit. `[start, end)` is its place in the unit's parser text.

    `lemma` is lower case with ё as е; `lemmas` and `cases`
    are all that the form may stand for and be in. `case` is
    "Nom", "Gen", "Dat", "Acc", "Ins", "Loc" or "", `number` "Sing" or "Plur", `gender` "Masc",
    "Fem", "Neut" or "". `form` is UD's VerbForm ("Fin", "Inf", "Part", "Conv"). `rel` is the
    relation to `head`, which is None at the root. `entity` is "PER", "ORG", "LOC" or "".
    """

    i: int
    text: str = field(repr=False)
    start: int
    end: int
    lemma: str
    lemmas: frozenset[str]
    cases: frozenset[str] = frozenset()
    pos: str
    case: str = ""
    number: str = ""
    gender: str = ""
    animate: bool = False
    tense: str = ""
    aspect: str = ""
    voice: str = ""
    form: str = ""
    mood: str = ""
    person: str = ""
    short: bool = False
    rel: str = ""
    head: "Word | None" = None
    children: list["Word"] = field(default_factory=list)
    entity: str = ""
    sentence: int = 0

    @property
    def lower(self) -> str:
        """The form in lower case with ё as е."""
        return plain(self.text)

    @property
    def is_verb(self) -> bool:
        """True of finite verbs, infinitives, participles and gerunds."""
        being = self.pos == "AUX" and not self.rel.startswith(("aux", "cop"))
        return self.pos == "VERB" or being or (self.pos == "ADJ" and self.form == "Part")

    @property
    def capital(self) -> bool:
        """True of a word that begins with a capital."""
        return self.text[:1].isupper()

    def above(self) -> Iterator["Word"]:
        """The words above, nearest first."""
        word, seen = self.head, 0
        while word is not None and seen < 200:
            yield word
            word, seen = word.head, seen + 1

    def below(self) -> Iterator["Word"]:
        """The word and everything under it, in no order."""
        queue = [self]
        while queue:
            word = queue.pop()
            yield word
            queue.extend(word.children)

    def child(self, *rels: str) -> "Word | None":
        """The first child in one of some relations."""
        return next((c for c in self.children if c.rel in rels), None)

    def preposition(self) -> str:
        """The preposition of a noun, lower case; several words with a blank between."""
        first = next((c for c in self.children if c.rel == "case" and c.i < self.i), None)
        if first is None:
            return ""
        rest = [c for c in sorted(first.children, key=lambda c: c.i) if c.rel == "fixed"]
        return " ".join(w.lower for w in (first, *rest))


def plain(word: str) -> str:
    """Lower case, with ё as е."""
    return word.lower().replace("ё", "е")


@dataclass(eq=False, slots=True)
class Sentence:
    """The words of one sentence."""

    words: list[Word]

    @property
    def start(self) -> int:
        """Where it begins in the unit's text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.words[-1].end


class Parser(Protocol):
    """Makes words of texts; `name` stands in each coding."""

    @property
    def name(self) -> str:
        """Name and version of what parses."""
        ...

    def parse(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """The sentences of each text, in order; words are numbered through a text from 0."""
        ...


@dataclass(eq=False, slots=True)
class ParsedUnit:
    """A unit of the report and its words."""

    index: int
    unit: Unit
    text: str
    sentences: list[Sentence]
    words: list[Word]

    def sentence_of(self, word: Word) -> Sentence:
        """The sentence that a word stands in."""
        return self.sentences[word.sentence]


@dataclass(eq=False, slots=True)
class ParsedReport:
    """A report and its coded units, in the order of the text."""

    report: Report
    units: tuple[ParsedUnit, ...]
    morphology: Morphology

    def anchor(self, unit: int, start: int, end: int) -> Anchor:
        """Quote the report where `[start, end)` of a unit's parser text came from."""
        span = self.units[unit].unit.mapped.original(start, end)
        return Anchor.cut(self.report.text, span.start, span.end)


def text_of(unit: Unit, original: str) -> str:
    """What is parsed: the unit's text with its own quotation marks, which parsers here know."""
    letters = list(unit.mapped.text[:LONGEST])
    for i, letter in enumerate(letters):
        if letter == '"':
            letters[i] = MARKS.get(original[unit.mapped.at[i]], '"')
    text = UNBROKEN.sub(lambda found: " " * len(found.group()), unmixed("".join(letters)))
    return text.rstrip()


# Latin letters that look like Cyrillic ones and get into Cyrillic words by the keyboard.
ALIKE = str.maketrans("aceopxyiABCEHKMOPTXI", "асеорхуіАВСЕНКМОРТХІ")
MIXED = re.compile(r"(?=\w*[а-яёіїєґ])(?=\w*[A-Za-z])\w{2,40}", re.IGNORECASE)
LONE = re.compile(r"(?<![\w.])[CcOoBKk](?= +[0-9а-яёіїєґ])")


def unmixed(text: str) -> str:
    """The text, of the same length, with Latin letters inside Cyrillic words made Cyrillic."""
    text = MIXED.sub(lambda found: found.group().translate(ALIKE), text)
    return LONE.sub(lambda found: found.group().translate(LONE_ALIKE), text)


LONE_ALIKE = str.maketrans("CcOoBKk", "СсОоВКк")
MARKS = {"«": "«", "»": "»", "“": "«", "”": "»", "„": "«"}


def parse(report: Report, parser: Parser, morphology: Morphology) -> ParsedReport:
    """Parse the coded units of a report."""
    found = [
        (unit, text) for unit in units(report, CODED_ROLES) if (text := text_of(unit, report.text))
    ]
    parsed = parser.parse([text for _, text in found])
    made = (
        ParsedUnit(index, unit, text, sentences, [w for s in sentences for w in s.words])
        for index, ((unit, text), sentences) in enumerate(zip(found, parsed, strict=True))
    )
    return ParsedReport(report, tuple(made), morphology)
