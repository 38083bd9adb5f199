"""What a search found, ready to be shown: excerpts with marked words, and the acts told there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from khronika.model.anchors import Span
from khronika.model.links import Ruling
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.browsing.texts import Mark, Segment, Sort, segments
from khronika.workflows.browsing.veil import Veil, veils
from khronika.workflows.rows import Filters, Hit
from khronika.workflows.searching import search

BEFORE, LONGEST = 160, 600  # characters of a passage before the first word found, and in all
MOST_ACTS = 6  # of one passage that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which of the passages that were found are wanted.

    Attributes:
        skip: so many of the best are left out.
        most: so many are wanted at most.
        shown: ids of reports of which contact data may be seen.
    """

    skip: int = 0
    most: int = 25
    shown: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """An act that a passage tells, as briefly as a list names it."""

    id: str
    kind: str
    modality: str
    when: str  # EDTF


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage that a search found.

    Attributes:
        hit: the passage.
        pieces: an excerpt of it, cut where words that were sought begin and end; veiled.
        cut: whether the passage begins before the excerpt, and whether it goes on behind it.
        words: where the first words that were sought stand in the report, or the passage.
        acts: told there.
        more: acts told there that are not named.
    """

    hit: Hit
    pieces: tuple[Segment, ...]
    cut: tuple[bool, bool]
    words: Span
    acts: tuple[ToldAct, ...]
    more: int


def found(store: Store, query: str, at: Window, rulings: Mapping[str, Ruling]) -> tuple[Found, ...]:
    """Passages that hold what is sought, the best first.

    Args:
        store: the record.
        query: see `khronika.workflows.searching.search`.
        at: which of them.
        rulings: the accept or reject that stands, by act.

    Raises:
        SearchError: the query cannot be understood.
    """
    hits = search(store, query, Filters(limit=at.most), skip=at.skip, rulings=rulings)
    covers = veils(store, [hit.report.id for hit in hits], at.shown)
    named = [act for hit in hits for act in hit.acts[:MOST_ACTS]]
    rows = _acts(store, list(dict.fromkeys(named)))
    return tuple(_found(hit, covers[hit.report.id], rows) for hit in hits)


def _acts(store: Store, ids: Sequence[str]) -> dict[str, ToldAct]:
    act = schema.act.c
    asked = select(act.id, act.kind, act.modality, act.when_edtf.label("when"))
    return {
        row.id: ToldAct(**row._mapping)
        for some in in_chunks(ids)
        for row in store.all(asked.where(act.id.in_(some)))
    }


def _found(hit: Hit, veil: Veil, rows: dict[str, ToldAct]) -> Found:
    window = _window(hit)
    marks = [Mark(span=Span(*mark), sort=Sort.ASKED) for mark in hit.marks]
    text = veil.over(hit.text, hit.start)[window.start : window.end]
    first = hit.marks[0] if hit.marks else (0, len(hit.text))
    named = tuple(rows[act] for act in hit.acts[:MOST_ACTS] if act in rows)
    return Found(
        hit=hit,
        pieces=segments(text, marks, window.start),
        cut=(window.start > 0, window.end < len(hit.text)),
        words=Span(hit.start + first[0], hit.start + first[1]),
        acts=named,
        more=len(hit.acts) - len(named),
    )


def _window(hit: Hit) -> Span:
    """What of a passage is shown: all of it, or the words around the first that were sought."""
    if len(hit.text) <= LONGEST:
        return Span(0, len(hit.text))
    first = hit.marks[0][0] if hit.marks else 0
    start = max(0, first - BEFORE)
    start = hit.text.find(" ", start, first) + 1 or start if start else 0
    return Span(start, min(start + LONGEST, len(hit.text)))
