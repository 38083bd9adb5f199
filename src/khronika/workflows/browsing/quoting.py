"""Tellings as they are quoted: the exact words, marked, in what stands around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from khronika.model.acts import Act, Role
from khronika.model.anchors import Span
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.browsing.texts import Mark, Segment, Sort, segments
from khronika.workflows.browsing.veil import NOTHING, Veil
from khronika.workflows.rows import ActRow

AROUND = 220  # code points of a passage on either side of a quotation
MARKED = {Role.SOURCE: Sort.SOURCE}

passage, act = schema.passage, schema.act


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTelling:
    """One telling: its quotation, marked, in its context."""

    row: ActRow
    before: str = field(repr=False)
    quote: tuple[Segment, ...]
    after: str = field(repr=False)


def shown_tellings(
    store: Store, rows: Sequence[ActRow], hidden: Mapping[str, Veil]
) -> tuple[ShownTelling, ...]:
    """Some tellings with their quotations, marked, in their context."""
    with store.reading() as connection:
        around = _around(connection, rows)
    found = []
    for row in rows:
        veil, quote = hidden.get(row.report.id, NOTHING), row.act.quote
        before, after = around.get(row.act.id, (NOTHING_AROUND, NOTHING_AROUND))
        found.append(
            ShownTelling(
                row=row,
                before=f"{'… ' if before[2] else ''}{veil.over(before[1], before[0])}",
                quote=segments(veil.over(quote.exact, quote.start), marks(row.act), quote.start),
                after=f"{veil.over(after[1], after[0])}{' …' if after[2] else ''}",
            )
        )
    return tuple(found)


Piece = tuple[int, str, bool]  # where it begins, its text, whether it is cut
NOTHING_AROUND: Piece = (0, "", False)


def _around(connection: Connection, rows: Sequence[ActRow]) -> dict[str, tuple[Piece, Piece]]:
    """What stands before and behind each quotation in the passages it stands in."""
    same = passage.c.report_id == act.c.report_id
    over = (passage.c.start < act.c.quote_end) & (passage.c.end > act.c.quote_start)
    asked = select(act.c.id, passage.c.start, passage.c.end, passage.c.text).join(
        passage, same & over
    )
    quotes = {row.act.id: row.act.quote for row in rows}
    found: dict[str, tuple[Piece, Piece]] = {}
    for some in in_chunks(list(quotes)):
        these = asked.where(act.c.id.in_(some)).order_by(act.c.id, passage.c.start)
        for of, start, _, text in connection.execute(these):
            before, after = found.get(of, (NOTHING_AROUND, NOTHING_AROUND))
            quote = quotes[of]
            if start <= quote.start:
                before = _tail(text[: quote.start - start], start)
            after = _head(text[max(0, quote.end - start) :], quote.end)
            found[of] = (before, after)
    return found


def _tail(text: str, start: int) -> Piece:
    if len(text) <= AROUND:
        return start, text, False
    cut = text.find(" ", len(text) - AROUND) + 1 or len(text) - AROUND
    return start + cut, text[cut:], True


def _head(text: str, start: int) -> Piece:
    if len(text) <= AROUND:
        return start, text, False
    cut = text.rfind(" ", 0, AROUND)
    return start, text[: cut if cut > 0 else AROUND], True


def marks(act: Act) -> list[Mark]:
    """The words that the values of an act stand on."""
    found = [
        Mark(span=one.anchor.span, sort=MARKED.get(one.role, Sort.NAME), words=one.role.value)
        for one in act.involvements
        if one.anchor
    ]
    if act.when.anchor:
        found.append(Mark(span=act.when.anchor.span, sort=Sort.WHEN, words="when"))
    found += [Mark(span=w.anchor.span, sort=Sort.WHERE, words="where") for w in act.where]
    for name in ("what", "reason", "penalty", "response"):
        if anchor := getattr(act, name):
            found.append(Mark(span=anchor.span, sort=Sort.DETAIL, words=name))
    trigger = Span(act.trigger.start, act.trigger.end)
    return [*found, Mark(span=trigger, sort=Sort.TRIGGER, words="act")]
