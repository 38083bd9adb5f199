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
    failed_share,
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
LEAST_GAIN = 1e-9


@dataclass(slots=True)
class Descent:
    """Where the search ended on each of B tables.

    Attributes:
        models: the best found; of independent lists where nothing could be fitted.
        totals: people in all by it; infinite where nothing could be fitted.
    """

    models: list[Model]
    totals: Floats


def descend(lists: int, tables: Floats, select: str = "bic") -> Descent:
    """Search on many tables at once.

    Args:
        lists: how many.
        tables: B x 2^J - 1 counts in the order of keys.
        select: "bic" or "aic".
    """
    start = independence(lists)
    first = fit_many(tables, [start])
    found = Descent([start] * len(tables), np.where(first.fitted, first.total, np.inf)[:, 0])
    score = (first.bic if select == "bic" else first.aic)[:, 0]
    standing = {start: np.arange(len(tables))}
    for _ in range(MOST_MOVES):
        moved: dict[Model, list[int]] = {}
        for model, rows in standing.items():
            options = neighbours(model, lists - 1)
            if not options:
                continue
            fits = fit_many(tables[rows], options)
            scores = fits.bic if select == "bic" else fits.aic
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
    *,
    select: str = "bic",
    nboot: int = RESAMPLES,
    seed: int | None = None,
) -> tuple[Model, Bca] | None:
    """The model that the search finds, and an interval with the search made anew in each resample.

    Args:
        table: of 2 to 10 lists.
        select: "bic" or "aic".
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
        found = descend(lists, tables, select)
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
        failed=failed_share(again),
        chosen=chosen_models([model.moved(order) for model in seen[1 : 1 + nboot]]),
    )
