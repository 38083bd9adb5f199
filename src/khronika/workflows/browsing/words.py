"""Words of a report to choose from, and typed words found where they stand."""

import re
from dataclasses import dataclass, field

from sqlalchemy import select

from khronika.model.anchors import Span
from khronika.store import schema
from khronika.store.store import Store

PASSAGES = 5  # that are offered at once
MOST_WORDS = 900  # that one page offers
PLACES = 20  # where typed words stand, that are offered
LONGEST = 600  # code points of words that are looked for
_WORD = re.compile(r"\w+(?:[’'ʼ‐-]\w+)*")
_STOPS = re.compile(r"[.!?…]*[»”\"’)\]]*")  # what ends a sentence behind its last word


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text, and what stands between it and the next."""

    start: int
    end: int
    text: str = field(repr=False)
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """Neighbouring passages of a report.

    Attributes:
        words: of each, in order.
        opens: what stands before the first word of each.
        roles: what each passage is.
        first: the number of the first.
        last: the number behind the last.
        of: how many the report has.
    """

    words: tuple[tuple[Word, ...], ...]
    opens: tuple[str, ...]
    roles: tuple[str, ...]
    first: int
    last: int
    of: int


def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words of a stretch of a text."""
    last = _last(text, end)
    found = list(_WORD.finditer(text, max(0, start), last))
    ends = [*(each.start() for each in found[1:]), last]
    return tuple(
        Word(start=each.start(), end=each.end(), text=each[0], then=text[each.end() : until])
        for each, until in zip(found, ends, strict=False)  # no word, and still an end
    )


def before_words(text: str, start: int, end: int) -> str:
    """What stands before the first word of a stretch; all of it where there is none."""
    last = _last(text, end)
    found = _WORD.search(text, max(0, start), last)
    return text[max(0, start) : found.start() if found else last]


def _last(text: str, end: int) -> int:
    return max(0, min(len(text), end))


def to_stop(text: str, span: Span) -> Span:
    """A clause or sentence with the stop that follows its last word."""
    found = _STOPS.match(text, span.end)
    return Span(span.start, found.end() if found else span.end)


def spans_of(store: Store, report: str) -> list[tuple[str, Span]]:
    """The passages of a report, in the order of the text."""
    row = schema.passage.c
    asked = select(row.role, row.start, row.end).where(row.report_id == report)
    found = store.all(asked.order_by(row.start, row.idx))
    return [(str(each.role), Span(each.start, each.end)) for each in found]


def passage_at(spans: list[tuple[str, Span]], at: int) -> int:
    """The number of the passage at a position: the last that begins before it."""
    return max(0, sum(span.start <= at for _, span in spans) - 1)


def passages(spans: list[tuple[str, Span]], text: str, first: int) -> Passages:
    """Some passages of a report to choose words from.

    Args:
        spans: of all its passages.
        text: what may be seen of it.
        first: the number of the first; drawn in where the report has fewer.
    """
    begin = max(0, min(first, len(spans) - 1))
    words: list[tuple[Word, ...]] = []
    number, last = 0, begin
    for _, span in spans[begin : begin + PASSAGES]:
        if number >= MOST_WORDS:
            break
        found = words_of(text, span.start, span.end)[: MOST_WORDS - number]
        words.append(found)
        number += len(found)
        last += 1
    return Passages(
        words=tuple(words),
        opens=tuple(before_words(text, span.start, span.end) for _, span in spans[begin:last]),
        roles=tuple(role for role, _ in spans[begin:last]),
        first=begin,
        last=last,
        of=len(spans),
    )


def found_in(text: str, words: str, near: Span) -> tuple[Span, ...]:
    """Where typed words stand in a text, the nearest first; blanks and line ends are alike.

    Only whole words count. Nothing is guessed: other endings or letters are not found.
    """
    typed = words.split()
    if not typed or len(words) > LONGEST:
        return ()
    said = r"\s+".join(map(re.escape, typed))
    edge_before = r"(?<!\w)" if typed[0][0].isalnum() else ""
    edge_behind = r"(?!\w)" if typed[-1][-1].isalnum() else ""
    pattern = re.compile(f"{edge_before}{said}{edge_behind}")
    spans = [Span(*each.span()) for each in pattern.finditer(text)]
    inside = [span for span in spans if near.holds(span)]
    return tuple(sorted(inside or spans, key=lambda span: _away(span, near))[:PLACES])


def _away(span: Span, near: Span) -> tuple[int, int]:
    return max(0, near.start - span.end, span.start - near.end), span.start
