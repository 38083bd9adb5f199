"""Who speaks: quotation marks, the verbs of saying beside them, interviews."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from khronika.coding.parsed import ParsedReport, ParsedUnit, sentence_of
from khronika.text.people import People

Place = tuple[int, int]
QUESTION = re.compile(r"^(?:Q|Question)\s?[:.\d]")
FEWEST_QUESTIONS = 3  # short paragraphs that ask, in an interview without labels
FEWEST_ANSWERS = 2
LONGEST_QUESTION = 40  # tokens
ANSWER = re.compile(r"^(?:A|Answer)\s?[:.\d]")


class Speech:
    """Which tokens of a report stand in quotation marks, and who says them."""

    def __init__(self, parsed: ParsedReport, people: People) -> None:
        self.people = people
        self._parsed = parsed
        self._ranges: dict[int, list[tuple[int, int]]] = {}
        self._tellers: dict[int, list[int]] = {}
        self._answers: set[int] = set()
        self._first_question: int | None = None
        for unit in parsed.units:
            tellers = [t.i for t in unit.tokens if self._is_teller(t)]
            self._tellers[unit.index] = tellers
            self._ranges[unit.index] = _quotations(unit.tokens) + _after_colons(unit, tellers)
        self._mark_interview()
        if self._first_question is None:
            self._mark_unlabelled()

    def _mark_interview(self) -> None:
        """Answers are the units after "A:" up to the next "Q:"."""
        answering = False
        for unit in self._parsed.units:
            text = unit.text
            if QUESTION.match(text):
                answering = False
                if self._first_question is None:
                    self._first_question = unit.index
            elif ANSWER.match(text) and self._first_question is not None:
                answering = True
            if answering:
                self._answers.add(unit.index)

    def _mark_unlabelled(self) -> None:
        """Questions as paragraphs of their own, and answers in the first person, unquoted."""
        asked = [u.index for u in self._parsed.units if self._is_question(u.doc)]
        if len(asked) < FEWEST_QUESTIONS:
            return
        after = {u.index for u in self._parsed.units if u.index > asked[0]} - set(asked)
        told = sum(self._has_first_person(u) for u in after)
        if told >= FEWEST_ANSWERS:
            self._first_question, self._answers = asked[0], after

    def _is_question(self, doc: Doc) -> bool:
        return len(doc) <= LONGEST_QUESTION and doc[-1].text == "?"

    def _has_first_person(self, unit: int) -> bool:
        doc = self._parsed.units[unit].doc
        return any(
            t.text in ("I", "me", "my", "My", "we", "We") and not self.quoted(unit, t.i)
            for t in doc
        )

    def answers_from(self, unit: int) -> int | None:
        """For a unit of an answer, the unit of the interview's first question."""
        return self._first_question if unit in self._answers else None

    def quoted(self, unit: int, token: int) -> bool:
        """True for a token between quotation marks."""
        return any(start < token < end for start, end in self._ranges.get(unit, ()))

    def opened(self, unit: int, token: int) -> int | None:
        """Where the quotation opens that a token stands in."""
        ranges = self._ranges.get(unit, ())
        return next((start for start, end in ranges if start < token < end), None)

    def speaker(self, unit: int, token: int) -> Place | None:
        """The head token of whoever says a quoted token, in its own unit or the one before."""
        ranges = [r for r in self._ranges.get(unit, ()) if r[0] < token < r[1]]
        if not ranges:
            return None
        start, end = ranges[0]
        outside = [t for t in self._tellers[unit] if not self.quoted(unit, t)]
        if outside:
            return unit, min(outside, key=lambda t: min(abs(t - start), abs(t - end)))
        before = self._tellers.get(unit - 1, []) if unit else []
        outside = [t for t in before if not self.quoted(unit - 1, t)]
        return (unit - 1, outside[-1]) if outside else None

    def _is_teller(self, token: Token) -> bool:
        """The subject of a verb of saying."""
        if token.dep_ != "nsubj":
            return False
        verb = token.head
        return verb.lemma_.lower() in self.people.speech and verb.pos_ == "VERB"


def _after_colons(unit: ParsedUnit, tellers: list[int]) -> list[tuple[int, int]]:
    """What follows the colon in "an officer told her: next time ..."."""
    found: list[tuple[int, int]] = []
    if ":" not in unit.text:
        return found
    doc = unit.tokens
    for token in doc:
        if token.text == ":" and token.i + 1 < len(doc) and doc[token.i + 1].text != '"':
            start = sentence_of(token).start
            if any(start <= teller < token.i for teller in tellers):
                after = (
                    sentence_of(doc[token.i + 1]).end
                    if sentence_of(token).end <= token.i + 2
                    else 0
                )
                found.append((token.i, max(sentence_of(token).end, after)))
    return found


def _quotations(doc: Sequence[Token]) -> list[tuple[int, int]]:
    """Half-open ranges between double quotation marks; an open one runs to the end."""
    marks = [t.i for t in doc if t.text in {'"', "''", "``"}]
    found = list(zip(marks[::2], marks[1::2], strict=False))
    if len(marks) % 2:
        found.append((marks[-1], len(doc)))
    return found
