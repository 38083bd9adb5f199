"""A search for the best hierarchical model where there are too many to fit them all.

From independent lists the search goes to the best neighbour, one interaction more or one fewer, as
long as that is better. It may end in a model that only its neighbours do not better.

Source: Silverman, Chan & Vincent, "Bootstrapping multiple systems estimates to account for model
selection", Statistics and Computing 34:44 (2024).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from khronika.estimation.bca import (
    RESAMPLES,
    Bca,
    bca_interval,
    chosen_models,
    notes_on,
    resampled,
)
from khronika.estimation.candidates import neighbours
from khronika.estimation.errors import EstimationError
from khronika.estimation.existence import ROOM, membership
from khronika.estimation.lattice import Bools, Floats, Whole
from khronika.estimation.models import Model, independence
from khronika.estimation.refitting import Refits, refit
from khronika.estimation.results import LEVEL
from khronika.estimation.table import CaptureTable

MOST_LISTS = 10  # 1,023 cells; the first step looks at 45 models
MOST_MOVES = 200
MOST_WORK = 6e7  # cells of models on resamples
LEAST_GAIN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search looks at.

    Attributes:
        select: the criterion, "bic" or "aic".
        order: greatest number of lists in an interaction; None for all but one.
    """

    select: str = "bic"
    order: int | None = None


@dataclass(slots=True)
class Descent:
    """Where the search ended on each of B tables.

    Attributes:
        models: the best found; of independent lists where nothing could be fitted.
        totals: people in all by it; infinite where nothing could be fitted.
    """

    models: list[Model]
    totals: Floats


BY_BIC = Search()


def affordable(lists: int, looked_at: int, nboot: int) -> bool:
    """Whether a search can be made again in so many resamples within a minute or so.

    Args:
        lists: how many.
        looked_at: models that the search on the table itself fits.
        nboot: how many resamples.
    """
    return lists <= MOST_LISTS and looked_at * nboot * 2**lists <= MOST_WORK


def descend(lists: int, tables: Floats, search: Search = BY_BIC) -> Descent:
    """Search on many tables at once.

    Args:
        lists: how many.
        tables: B x 2^J - 1 counts in the order of keys.
        search: what is looked at.
    """
    start = independence(lists)
    fit = refit(np.repeat(membership([start]), len(tables), axis=1), tables)
    score = _scores(fit, tables, search.select)
    models = [start] * len(tables)
    running = np.arange(len(tables))
    for _ in range(MOST_MOVES):
        moved = [
            _move(fit, tables, models, score, rows, search)
            for rows in _portions(running, lists, models, search)
        ]
        running = np.concatenate(moved) if moved else running[:0]
        if not len(running):
            break
    return Descent(models, fit.unseen + tables.sum(axis=1))


def _portions(rows: Whole, lists: int, models: Sequence[Model], search: Search) -> Iterator[Whole]:
    """So many tables at a time as have room beside each other with all neighbours."""
    most = max((len(_near(models[row], search.order or lists - 1)) for row in rows), default=0)
    if most:
        together = max(1, (ROOM >> lists) // most)
        yield from (rows[at : at + together] for at in range(0, len(rows), together))


def _move(
    fit: Refits,
    tables: Floats,
    models: list[Model],
    score: Floats,
    rows: Whole,
    search: Search,
) -> Whole:
    """Go to the best neighbour where it is better; the tables where it was."""
    order = search.order or len(fit.values).bit_length() - 2
    near = [_near(models[row], order) for row in rows]
    counts = [len(some) for some in near]
    table = np.repeat(rows, counts)
    members = np.hstack([_members(models[row], order) for row in rows])
    known = fit.values[:, table]
    found = refit(members, tables[table], np.where(np.isfinite(known), known, 0.0))
    scores = _scores(found, tables[table], search.select)
    firsts = np.cumsum([0, *counts[:-1]])
    best = [
        first + int(np.argmin(scores[first : first + count]))
        for first, count in zip(firsts, counts, strict=True)
    ]
    better = np.flatnonzero(scores[best] < score[rows] - LEAST_GAIN)
    moved, chosen = rows[better], np.array(best)[better]
    fit.put(moved, found, chosen)
    score[moved] = scores[chosen]
    for at, row, place in zip(better, moved, chosen, strict=True):
        models[row] = near[at][place - firsts[at]]
    return moved


def _scores(fit: Refits, tables: Floats, select: str) -> Floats:
    """The criterion of each fit, up to what the model does not change; infinite if not fitted."""
    people = np.maximum(tables.sum(axis=1), 1.0)
    return fit.criterion(np.log(people) if select == "bic" else np.full(len(people), 2.0))


@lru_cache(maxsize=8192)
def _near(model: Model, order: int) -> tuple[Model, ...]:
    return neighbours(model, order)


@lru_cache(maxsize=256)
def _members(model: Model, order: int) -> Bools:
    return membership(_near(model, order))


def downhill_bca(
    table: CaptureTable,
    search: Search = BY_BIC,
    *,
    nboot: int = RESAMPLES,
    seed: int | None = None,
) -> tuple[Model, Bca] | None:
    """The model that the search finds, and an interval with the search made anew in each resample.

    Args:
        table: of 2 to 10 lists.
        search: what is looked at.
        nboot: how many resamples.
        seed: of the draws.

    Returns:
        The model by the lists of `table`, and the interval; None if no model has an estimate.

    Raises:
        EstimationError: for more than 10 lists.
    """
    if len(table.lists) > MOST_LISTS:
        raise EstimationError(
            f"{len(table.lists)} lists have too many models to search",
            remedy=f"Merge lists until at most {MOST_LISTS} are left.",
        )
    ordered, order = table.in_order()
    lists = len(table.lists)
    seen: list[Model] = []

    def totals(tables: Floats) -> Floats:
        found = descend(lists, tables, search)
        seen.extend(found.models)
        return found.totals

    again = resampled(ordered, totals, nboot, seed)
    if not math.isfinite(again.estimate):
        return None
    return seen[0].moved(order), Bca(
        estimate=again.estimate,
        interval=bca_interval(again),
        level=LEVEL,
        resampled=again,
        notes=notes_on(again),
        chosen=chosen_models([model.moved(order) for model in seen[1 : 1 + nboot]]),
    )
