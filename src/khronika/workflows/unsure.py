"""The queue of what a person should decide: derived whenever it is asked for, never kept."""

from collections.abc import Iterator
from itertools import combinations, islice
from typing import TYPE_CHECKING

from khronika.store.store import Store
from khronika.workflows.explaining import Quoting, near_actors
from khronika.workflows.former import current_id
from khronika.workflows.looking import Look
from khronika.workflows.rows import NearIncident, Unsure
from khronika.workflows.ruling import queued
from khronika.workflows.rulings import TRUTH, kept_rulings

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
    from khronika.linking.unsure import unsure_acts, unsure_names  # noqa: PLC0415  as in explaining

    waiting = tuple(queued(store))
    with store.linking(engine) as state:
        if state is None:
            return Unsure(waiting=waiting)
        ruled = _ruled(store)
        names = list(islice(_left(store, unsure_names(state), ruled), limit))
        told = list(islice(_left(store, unsure_acts(state), ruled), limit))
    look, quoted = Look(store), Quoting(store)
    rows = {
        row.act.id: row
        for row in look.tellings({act for _, near in told for act in (near.one, near.other)})
    }
    return Unsure(
        actors=tuple(
            (one, found) for one, near in names for found in near_actors(store, quoted, [near])
        ),
        incidents=tuple(
            (one, NearIncident(id=row.incident, row=row, near=near))
            for one, near in told
            if (row := rows.get(near.other)) is not None and row.incident is not None
        ),
        acts=rows,
        waiting=waiting,
    )


def _ruled(store: Store) -> set[frozenset[str]]:
    """Pairs of which a reviewer said anything that stands, as they are called now."""
    pairs: set[frozenset[str]] = set()
    for ruling in kept_rulings(store):
        if ruling.superseded_by is None and ruling.verb not in TRUTH:
            now = [_now(store, each) for each in ruling.ids]
            pairs |= {frozenset(pair) for pair in combinations(now, 2)}
    return pairs


def _now(store: Store, asked: str) -> str:
    if asked.startswith("act_"):
        return next((row.incident or asked for row in Look(store).tellings([asked])), asked)
    return current_id(store, asked) or asked


def _left(
    store: Store, asked: "Iterator[tuple[str, Near]]", ruled: set[frozenset[str]]
) -> "Iterator[tuple[str, Near]]":
    for one, near in asked:
        first, second = _now(store, one), _now(store, near.id)
        if first != second and frozenset((first, second)) not in ruled:
            yield first, near
