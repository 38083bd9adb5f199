"""A search for the best hierarchical model where there are too many to fit them all.

From independent lists the search goes to the best neighbour, one interaction more or one fewer, as
long as that is better. It may end in a model that only its neighbours do not better.

Source: Silverman, Chan & Vincent, "Bootstrapping multiple systems estimates to account for model
selection", Statistics and Computing 34:44 (2024).
"""

import math
from dataclasses import dataclass

import numpy as np

from khronika.estimation.bca import (
    RESAMPLES,
    Bca,
    bca_interval,
    chosen_models,
    criterion,
    notes_on,
    resampled,
)
from khronika.estimation.candidates import neighbours
from khronika.estimation.errors import EstimationError
from khronika.estimation.fitting import fit_many
from khronika.estimation.lattice import Floats
from khronika.estimation.models import Model, independence
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
    first = fit_many(tables, [start])
    found = Descent([start] * len(tables), np.where(first.fitted, first.total, np.inf)[:, 0])
    score = criterion(first, search.select)[:, 0]
    standing = {start: np.arange(len(tables))}
    for _ in range(MOST_MOVES):
        moved: dict[Model, list[int]] = {}
        for model, rows in standing.items():
            options = neighbours(model, search.order or lists - 1)
            if not options:
                continue
            fits = fit_many(tables[rows], options)
            scores = criterion(fits, search.select)
            best = np.argmin(scores, axis=1)
            lowest = scores[np.arange(len(rows)), best]
            for at in np.flatnonzero(lowest < score[rows] - LEAST_GAIN):
                row, option = int(rows[at]), options[best[at]]
                score[row], found.models[row] = lowest[at], option
                found.totals[row] = fits.total[at, best[at]]
                moved.setdefault(option, []).append(row)
        standing = {model: np.array(rows) for model, rows in moved.items()}
        if not standing:
            break
    return found


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
