"""The queue, some items at a time, in its order: an index gives it, nothing is sorted."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from khronika.review.priority import Sort
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.linked import captions_by_id
from khronika.workflows.looking import Look
from khronika.workflows.reviewing.errors import NoSuchItemError
from khronika.workflows.reviewing.rows import Asked, QueueCounts, QueueRow
from khronika.workflows.reviewing.scoring import reasons_in

MOST = 50  # items, unless more are asked for

queue, about = schema.queue, schema.queue_about
act, involvement, member = schema.act, schema.involvement, schema.member


def page(
    store: Store, asked: Asked, after: str | QueueRow = "", limit: int | None = MOST
) -> list[QueueRow]:
    """Items in the order of the queue.

    Args:
        store: the record.
        asked: which.
        after: the item that the first one follows, or its id; from the beginning if no item has
            that id.
        limit: at most so many; None for all.
    """
    wanted = select(queue).where(*_passes(asked))
    place = _place(store, after)
    rank = _order(asked, queue.c.rank)
    if place is not None:
        wanted = wanted.where(tuple_(rank, queue.c.id) > place)
    return shown(store, store.all(wanted.order_by(rank, queue.c.id).limit(limit)))


def one(store: Store, item: str) -> QueueRow:
    """One item, whether it waits or not.

    Raises:
        NoSuchItemError: there is none.
    """
    found = shown(store, store.all(select(queue).where(queue.c.id == item)))
    if not found:
        raise NoSuchItemError(
            "The review queue has no such item.",
            remedy="what it was about was changed, joined or taken out: go on with the next item.",
        )
    return found[0]


def around(store: Store, asked: Asked, row: QueueRow) -> tuple[str, str]:
    """The ids of the items before and after one; "" where there is none."""
    rank = _order(asked, queue.c.rank)
    place = tuple_(rank, queue.c.id)
    here = (-row.score, row.id)
    wanted = select(queue.c.id).where(*_passes(asked)).limit(1)
    later = store.all(wanted.where(place > here).order_by(rank, queue.c.id))
    sooner = wanted.where(place < here).order_by(rank.desc(), queue.c.id.desc())
    earlier = store.all(sooner)
    return _id(earlier), _id(later)


def counts(store: Store, asked: Asked) -> QueueCounts:
    """How many items wait; of the whole queue that is counted once as long as nothing changes."""
    if asked != Asked() or store.queue_is_due():
        return _counts(store, asked)
    return store.remembered.at("queue", store.last_entry(), lambda _: _counts(store, asked))


def _counts(store: Store, asked: Asked) -> QueueCounts:
    by_sort = _counted(store, queue.c.sort, asked)
    by_kind = _counted(store, queue.c.kind, asked)
    return QueueCounts(total=sum(by_sort.values()), by_sort=by_sort, by_kind=by_kind)


def left(store: Store, asked: Asked) -> int:
    """How many items wait, all in all."""
    if asked == Asked():
        return counts(store, asked).total
    wanted = select(func.count().label("number")).select_from(queue).where(*_passes(asked))
    return int(str(store.all(wanted)[0].number))


def shown(store: Store, rows: Sequence[Any]) -> list[QueueRow]:
    """Rows with what they are about in words."""
    look = Look(store)
    look.learn([row.report_id for row in rows if row.report_id])
    texts = _texts(store, rows)
    return [
        QueueRow(
            id=row.id,
            sort=Sort(row.sort),
            score=-row.rank,
            reasons=reasons_in(row.reasons),
            open=bool(row.open),
            about=tuple(json.loads(row.about)),
            kind=row.kind,
            report=look.report(row.report_id) if row.report_id else None,
            texts=texts.get(row.id, tuple(json.loads(row.texts))),
        )
        for row in rows
    ]


def _id(rows: Sequence[Any]) -> str:
    return str(rows[0].id) if rows else ""


def _place(store: Store, item: str | QueueRow) -> tuple[int, str] | None:
    if isinstance(item, QueueRow):
        return -item.score, item.id
    if not item:
        return None
    found = store.all(select(queue.c.rank, queue.c.id).where(queue.c.id == item))
    return (found[0].rank, found[0].id) if found else None


def _counted(store: Store, column: ColumnElement[Any], asked: Asked) -> Mapping[str, int]:
    wanted = select(column.label("key"), func.count().label("number")).where(*_passes(asked))
    found = store.all(wanted.group_by(column).order_by(column))
    return {str(row.key): int(str(row.number)) for row in found if row.key}


def _order(asked: Asked, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column that gives the order by an index; not by that of all where few items are asked for.

    Without statistics SQLite would go through the whole queue for the acts of one report.
    """
    return column + 0 if asked.report or asked.actor else column


def _passes(asked: Asked) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if not asked.closed:
        found.append(_order(asked, queue.c.open) == 1)
    if asked.sort:
        found.append(queue.c.sort.in_(asked.sort))
    if asked.kind:
        found.append(queue.c.kind.in_(asked.kind))
    if asked.report:
        found.append(queue.c.report_id == asked.report)
    if asked.actor:
        pairs = select(about.c.item).where(about.c.thing == asked.actor)
        found.append(or_(queue.c.id.in_(_acts_of(asked.actor)), queue.c.id.in_(pairs)))
    return found


def _acts_of(actor: str) -> Select[Any]:
    """Selects the ids of the acts in which an actor is involved."""
    same = (member.c.report_id == act.c.report_id) & (member.c.cast == involvement.c.cast)
    asked = select(involvement.c.act_id).join(act, act.c.id == involvement.c.act_id)
    return asked.join(member, same).where(member.c.actor_id == actor)


def _texts(store: Store, rows: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    """Quotations of acts and incidents, captions of actors."""
    found: dict[str, tuple[str, ...]] = {
        row.id: (row.quote,) for row in _quotes(store, _of(rows, Sort.ACT))
    }
    for row in rows:
        ids = json.loads(row.about)
        if row.sort == Sort.ACTORS:
            with store.reading() as connection:
                captions = captions_by_id(connection, ids)
            found[row.id] = tuple(captions.get(each, "") for each in ids)
        elif row.sort == Sort.INCIDENTS:
            found[row.id] = tuple(first_quote(store, each) for each in ids)
    return found


def first_quote(store: Store, incident: str) -> str:
    """The quotation of the first telling of an incident."""
    told = schema.incident_act.c
    asked = select(act.c.quote).join(schema.incident_act, told.act_id == act.c.id)
    rows = store.all(asked.where(told.incident_id == incident).order_by(told.idx).limit(1))
    return str(rows[0].quote) if rows else ""


def _of(rows: Iterable[Any], sort: Sort) -> list[str]:
    return [row.id for row in rows if row.sort == sort]


def _quotes(store: Store, acts: Sequence[str]) -> list[Any]:
    asked = select(act.c.id, act.c.quote)
    return [row for some in in_chunks(acts) for row in store.all(asked.where(act.c.id.in_(some)))]
