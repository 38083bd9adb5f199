"""What a person should decide, with the evidence: pairs that the review queue holds."""

from typing import TYPE_CHECKING

from khronika.review.priority import Sort
from khronika.store.store import Store
from khronika.workflows.explaining import Quoting, near_actors
from khronika.workflows.looking import Look
from khronika.workflows.reviewing.items import homes_of, near_of
from khronika.workflows.reviewing.paging import page
from khronika.workflows.reviewing.rows import Asked
from khronika.workflows.rows import NearIncident, Unsure
from khronika.workflows.ruling import queued

if TYPE_CHECKING:
    from khronika.linking.explained import Near

MOST = 20  # of actors, and of incidents, unless more are asked for


def unsure(store: Store, engine: str, limit: int | None = MOST) -> Unsure:
    """What is too near to be left and not near enough to be joined.

    What a reviewer ruled on is not asked again, whatever the ruling.

    Args:
        store: the record.
        engine: what linked it.
        limit: at most so many pairs of actors, and so many of incidents; None for all.
    """
    waiting = tuple(queued(store))
    names = _found(store, Sort.ACTORS, engine, limit)
    told = _found(store, Sort.INCIDENTS, engine, limit)
    look, quoted = Look(store), Quoting(store)
    rows = {
        row.act.id: row
        for row in look.tellings({act for _, near in told for act in (near.one, near.other)})
    }
    actors = ((ids, found) for ids, near in names for found in near_actors(store, quoted, [near]))
    return Unsure(
        actors=tuple((_other(ids, found.id), found) for ids, found in actors),
        incidents=tuple(
            (_other(ids, row.incident), NearIncident(id=row.incident, row=row, near=near))
            for ids, near in told
            if (row := rows.get(near.other)) is not None and row.incident is not None
        ),
        acts=rows,
        waiting=waiting,
    )


def _found(
    store: Store, sort: Sort, engine: str, limit: int | None
) -> "list[tuple[tuple[str, ...], Near]]":
    """The pairs of one sort in the order of the queue, as far as linking keeps their evidence."""
    rows = page(store, Asked(sort=(sort.value,)), limit=limit)
    homes = [homes_of(store, row.id) for row in rows]
    with store.linking(engine) as state:
        if state is None:
            return []
        found = [near_of(state, sort, each) for each in homes]
    return [(row.about, near) for row, near in zip(rows, found, strict=True) if near is not None]


def _other(ids: tuple[str, ...], one: str) -> str:
    return next((each for each in ids if each != one), one)
