"""The passage that tells an act, with its neighbours, cut where something that is said begins."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import func, select

from khronika.model.acts import Act
from khronika.model.anchors import Anchor
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.reviewing.rows import Piece, Slice

AROUND = 1  # passages before and after
LONGEST = 4000  # code points of one passage that are shown, around what is told
CONTACT = "contact"

passage, contact = schema.passage, schema.contact


class Mark(NamedTuple):
    """A half-open range of a report's text, and what it is."""

    start: int
    end: int
    label: str


def marks_of(act: Act) -> Iterator[Mark]:
    """Everything that an act quotes, by where it stands."""
    yield _mark("quote", act.quote)
    yield _mark("act", act.trigger)
    for one in act.involvements:
        if one.anchor is not None:
            yield _mark(one.role.value, one.anchor)
    if act.when.anchor is not None:
        yield _mark("when", act.when.anchor)
    for where in act.where:
        yield _mark("where", where.anchor)
    for label in ("what", "reason", "penalty", "response"):
        anchor = getattr(act, label)
        if anchor is not None:
            yield _mark(label, anchor)
    for demand in act.demands:
        yield _mark("demand", demand)


def contexts(
    store: Store, acts: Sequence[Act], around: int = AROUND
) -> Iterator[tuple[Slice, ...]]:
    """Of each act the passages that it quotes from, and some before and after.

    Contact data are labelled, so that whoever shows the text can veil them.
    """
    contacts = _contacts(store, sorted({act.report_id for act in acts}))
    for act in acts:
        marks = (*marks_of(act), *contacts.get(act.report_id, ()))
        rows = _passages(store, act.report_id, act.quote, around)
        yield tuple(_slice(row, marks, act.quote) for row in rows)


def cut(text: str, start: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """A text in pieces, cut where a mark begins or ends.

    Args:
        text: a stretch of a report.
        start: where it begins there.
        marks: in the report.
    """
    end = start + len(text)
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = {start, end}
    for mark in inside:
        edges |= {max(start, mark.start), min(end, mark.end)}
    places = sorted(edges)
    return tuple(
        Piece(text=text[a - start : b - start], start=a, labels=_labels(inside, a))
        for a, b in pairwise(places)
    )


def _labels(marks: Sequence[Mark], at: int) -> tuple[str, ...]:
    found = (mark.label for mark in marks if mark.start <= at < mark.end)
    return tuple(dict.fromkeys(found))


def _mark(label: str, anchor: Anchor) -> Mark:
    return Mark(anchor.start, anchor.end, label)


def _passages(store: Store, report: str, quote: Anchor, around: int) -> Sequence[Any]:
    c = passage.c
    holds = (c.report_id == report) & (c.start < quote.end) & (c.end > quote.start)
    first = select(func.min(c.idx) - around).where(holds).scalar_subquery()
    last = select(func.max(c.idx) + around).where(holds).scalar_subquery()
    near = (c.report_id == report) & c.idx.between(first, last)
    return store.all(select(passage).where(near).order_by(c.idx))


def _contacts(store: Store, reports: Sequence[str]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    asked = select(contact.c.report_id, contact.c.start, contact.c.end)
    for some in in_chunks(reports):
        for row in store.all(asked.where(contact.c.report_id.in_(some))):
            mark = Mark(int(str(row.start)), int(str(row.end)), CONTACT)
            found.setdefault(str(row.report_id), []).append(mark)
    return found


def _slice(row: Any, marks: Sequence[Mark], quote: Anchor) -> Slice:
    """A passage; of a very long one what stands around the quotation."""
    start, text = row.start, row.text
    if len(text) > LONGEST:
        room = max(0, LONGEST - len(quote.exact)) // 2
        first = max(0, min(quote.start - start - room, len(text) - LONGEST))
        start, text = start + first, text[first : first + LONGEST]
    pieces = cut(text, start, marks)
    return Slice(role=row.role, start=start, end=start + len(text), pieces=pieces)
