"""Text cut where marks begin and end, so that a page can show what stands where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from khronika.model.acts import Involvement, Role
from khronika.model.anchors import Span
from khronika.publish.wording import is_alleged
from khronika.workflows.rows import ActRow

BEFORE, BEHIND = 500, 400  # code points around a quotation that are shown with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of a text and what it is: "trigger", "when", "victim" ..."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A piece of text that the same marks cover.

    Attributes:
        start: where it begins in the report.
        text: as it stands there, contact data veiled.
        labels: of the marks over it, the shortest mark first.
        ended: labels of the marks that end with it.
        inside: whether it is in the quotation rather than around it.
    """

    start: int
    text: str = field(repr=False)
    labels: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    inside: bool = False


def role_of(row: ActRow, one: Involvement) -> str:
    """The role of somebody in an act as a reader sees it: alleged unless a court tells it."""
    if one.role is not Role.PERPETRATOR:
        return one.role.value
    actors = dict(enumerate(row.actors))
    alleged = is_alleged(row.act, one, actors)
    return (Role.ALLEGED_PERPETRATOR if alleged else Role.PERPETRATOR).value


def marks_of(row: ActRow) -> tuple[Mark, ...]:
    """The marks of one act: the word that sets it off, and each value that stands on words."""
    act = row.act
    found = [Mark(label="trigger", span=act.trigger.span)]
    found += [
        Mark(label=role_of(row, one), span=one.anchor.span)
        for one in act.involvements
        if one.anchor
    ]
    if act.when.anchor:
        found.append(Mark(label="when", span=act.when.anchor.span))
    found += [Mark(label="where", span=each.anchor.span) for each in act.where]
    for label in ("what", "reason", "penalty", "response"):
        anchor = getattr(act, label)
        if anchor is not None:
            found.append(Mark(label=label, span=anchor.span))
    found += [Mark(label="demand", span=each.span) for each in act.demands]
    return tuple(found)


def stretches(
    text: str, window: Span, marks: Iterable[Mark], quote: Span | None = None
) -> tuple[Stretch, ...]:
    """Cut a window of a text at every edge of a mark.

    Args:
        text: of the report, of the length that marks were made for.
        window: what of it is shown; edges beyond the text are drawn in.
        marks: any number, in any order, overlapping or not; those outside are passed over.
        quote: what counts as inside.
    """
    last = min(len(text), window.end)
    first = max(0, min(window.start, last))
    inner = quote or Span(first, last)
    over = [mark for mark in dict.fromkeys(marks) if mark.span.overlaps(Span(first, last))]
    edges = {first, last, *_within(inner, first, last)}
    for mark in over:
        edges.update(_within(mark.span, first, last))
    cuts = sorted(edges)
    return tuple(_stretch(text, Span(start, end), over, inner) for start, end in pairwise(cuts))


def _within(span: Span, first: int, last: int) -> tuple[int, int]:
    return min(max(span.start, first), last), min(max(span.end, first), last)


def _stretch(text: str, piece: Span, marks: Iterable[Mark], quote: Span) -> Stretch:
    here = sorted((m for m in marks if m.span.overlaps(piece)), key=lambda m: len(m.span))
    return Stretch(
        start=piece.start,
        text=text[piece.start : piece.end],
        labels=tuple(dict.fromkeys(mark.label for mark in here)),
        ended=tuple(dict.fromkeys(mark.label for mark in here if mark.span.end <= piece.end)),
        inside=quote.holds(piece),
    )


def around(quote: Span, passage: Span) -> Span:
    """What of a passage is shown with a quotation in it."""
    start = max(passage.start, quote.start - BEFORE)
    return Span(min(start, quote.start), max(min(passage.end, quote.end + BEHIND), quote.end))
