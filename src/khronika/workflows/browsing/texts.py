"""A report's text cut for a page: into pages of bounded size, and at the edges of marks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from khronika.model.anchors import Span

PAGE = 12_000  # code points of a page
BLOCKS = 120  # passages of a page
BREAK = 200  # code points before the end of an over-long piece in which a blank is looked for


class Sort(StrEnum):
    """What a mark says of the words it covers."""

    ASKED = "asked"  # the words that the address names
    SHARED = "shared"  # words that another report has as well
    ACT = "act"
    FIGURE = "figure"
    AFFILIATION = "affiliation"
    NAME = "name"
    SOURCE = "source"
    WHEN = "when"
    WHERE = "where"
    DETAIL = "detail"  # a reason, a penalty, a demand
    TRIGGER = "trigger"  # the words that set an act off


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a text and what it is.

    Attributes:
        span: where it stands.
        sort: what it is.
        key: of what: the id of an act or actor, the index of a figure.
        words: what it says beyond its sort: a name, a role, a number.
    """

    span: Span
    sort: Sort
    key: str = ""
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of text that the same marks cover; `opens` are those of them that begin with it."""

    start: int
    text: str = field(repr=False)
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()

    def mark(self, *sorts: str) -> Mark | None:
        """The shortest mark of some sorts that covers it."""
        found = [mark for mark in self.marks if mark.sort in sorts]
        return min(found, key=lambda mark: len(mark.span), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A passage, or what stands between two; `index` is None for the latter."""

    span: Span
    role: str = ""
    index: int | None = None
    repeat_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """What a page shows of a block; of an over-long one a page shows a part."""

    block: Block
    span: Span

    @property
    def goes_on(self) -> bool:
        """Whether the block goes on behind it."""
        return self.span.end < self.block.span.end

    @property
    def went_on(self) -> bool:
        """Whether the block began before it."""
        return self.span.start > self.block.span.start


def segments(text: str, marks: Iterable[Mark], at: int = 0) -> tuple[Segment, ...]:
    """Cut a piece of text at every edge of a mark.

    Args:
        text: the piece.
        marks: any number, in any order, overlapping or not; those outside are passed over.
        at: where the piece begins in the text that the marks are of.

    Returns:
        Segments of which the texts together are `text`, none of them empty.
    """
    piece = Span(at, at + len(text))
    over = sorted(
        (mark for mark in marks if mark.span.start < mark.span.end and mark.span.overlaps(piece)),
        key=lambda mark: (mark.span.start, -mark.span.end, mark.sort, mark.key),
    )
    edges = {piece.start, piece.end}
    for mark in over:
        edges |= {max(mark.span.start, piece.start), min(mark.span.end, piece.end)}
    return tuple(_segments(text, over, sorted(edges), at))


def _segments(text: str, over: Sequence[Mark], cuts: Sequence[int], at: int) -> Iterator[Segment]:
    covering: list[Mark] = []
    following = 0
    for start, end in pairwise(cuts):
        covering = [mark for mark in covering if mark.span.end > start]
        fresh = following
        while fresh < len(over) and over[fresh].span.start <= start:
            fresh += 1
        opened = over[following:fresh]
        following = fresh
        covering += opened
        yield Segment(
            start=start,
            text=text[start - at : end - at],
            marks=tuple(covering),
            opens=tuple(mark for mark in opened if mark.span.start == start),
        )


def pages(passages: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Where each page of a text begins and ends; together they are the text.

    A page ends where a passage does, but within an over-long one, at a blank if there is one.

    Args:
        passages: by place, none overlapping.
        text: the whole.
    """
    found: list[Span] = []
    start = held = end = 0
    for passage in passages:
        over = passage.end - start > PAGE or held >= BLOCKS
        if over and end > start:
            found.append(Span(start, end))
            start, held = end, 0
        while passage.end - start > PAGE:
            found.append(Span(start, _break(text, start + PAGE)))
            start, held = found[-1].end, 0
        held, end = held + 1, passage.end
    while len(text) - start > PAGE:  # a long stretch behind the last passage
        found.append(Span(start, _break(text, start + PAGE)))
        start = found[-1].end
    if start < len(text) or not found:
        found.append(Span(start, len(text)))
    return tuple(found)


def slices(passages: Iterable[Block], page: Span) -> tuple[Slice, ...]:
    """What a page shows of each passage and of what stands between them; nothing is left out.

    Args:
        passages: those that overlap the page, by place, none overlapping another.
        page: what of the text it shows.
    """
    found, done = [], page.start
    for passage in passages:
        start, end = max(passage.span.start, done), min(passage.span.end, page.end)
        if start >= end:
            continue
        if start > done:
            found.append(_between(done, start))
        found.append(Slice(block=passage, span=Span(start, end)))
        done = end
    if done < page.end:
        found.append(_between(done, page.end))
    return tuple(found)


def _between(start: int, end: int) -> Slice:
    return Slice(block=Block(span=Span(start, end)), span=Span(start, end))


def _break(text: str, end: int) -> int:
    """Where a piece that ends at `end` at the latest is best cut: behind a blank near its end."""
    first = end - BREAK
    for place in range(end, first, -1):
        if text[place - 1].isspace():
            return place
    return end


def page_of(every: Sequence[Span], place: int) -> int:
    """The number of the page, from 1, that shows a place of the text; 1 for a place outside."""
    for number, page in enumerate(every, start=1):
        if page.start <= place < page.end:
            return number
    return 1
