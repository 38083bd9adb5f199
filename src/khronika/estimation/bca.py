"""Intervals that own up to the choice of a model.

The whole estimate, choice of the model included, is made again on resampled tables; the bias-
corrected and accelerated bootstrap (BCa) turns the estimates into an interval.

Sources: Efron, "Better bootstrap confidence intervals", JASA 82 (1987); Silverman, Chan & Vincent,
"Bootstrapping multiple systems estimates to account for model selection", Statistics and
Computing 34:44 (2024); Hyndman & Fan, The American Statistician 50 (1996), for the quantile
(their type 8).
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from khronika.estimation.errors import EstimationError
from khronika.estimation.fitting import Fits, fit_many
from khronika.estimation.lattice import Floats, Whole
from khronika.estimation.models import Model
from khronika.estimation.notes import noted
from khronika.estimation.results import LEVEL, Interval, Note
from khronika.estimation.table import CaptureTable

SEED = 1  # of draws for which none was given
RESAMPLES = 1000
MOST_RESAMPLES = 100_000
MOST_DRAWN = 40_000_000  # cells of all tables drawn
TIED = 1e-9  # relative difference of two estimates that are one
TOGETHER = 128  # models that are fitted to all tables at once
BLOCK = 4_000_000  # numbers of one block of tables that are fitted at once

Estimator = Callable[[Floats], Floats]  # B tables x cells to B estimates of people in all


class Resampled(NamedTuple):
    """An estimate made again on other tables.

    Attributes:
        estimate: people in all, from the table itself.
        drawn: from each table drawn at random; infinite where none could be made.
        without: from the table without one person, for each cell that has people.
        weights: people of those cells.
    """

    estimate: float
    drawn: Floats
    without: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Bca:
    """A bootstrap interval with what it was made of.

    Attributes:
        estimate: people in all, by the model that the table itself chooses.
        interval: at the level asked for.
        level: of the interval.
        resampled: all estimates.
        notes: what else a reader must know.
        chosen: models that drawn tables chose, and how often, most often first.
    """

    estimate: float
    interval: Interval
    level: float
    resampled: Resampled = field(repr=False)
    notes: tuple[Note, ...] = ()
    chosen: tuple[tuple[Model, int], ...] = ()

    def at(self, level: float) -> Interval:
        """The interval at another level."""
        return bca_interval(self.resampled, level)


def bca(
    table: CaptureTable,
    models: Sequence[Model],
    *,
    select: str = "bic",
    nboot: int = RESAMPLES,
    seed: int | None = None,
    resamples: Whole | Floats | None = None,
) -> Bca | None:
    """Interval of the estimate by the best of some models, the best chosen anew in each resample.

    Args:
        table: of J lists.
        models: candidates. To re-select among the k best models only, give these.
        select: "bic" or "aic".
        nboot: how many tables to draw.
        seed: of the draws.
        resamples: tables to use in place of drawn ones, nboot x 2^J - 1 counts in key order.

    Returns:
        The interval at 95 %; None if no candidate has an estimate.

    Source:
        Silverman, Chan & Vincent (2024). A resample with an estimate equal to the one of the table
        counts as below it; one in which no candidate exists is left out, and if more than 2.5 %
        are, the upper end is unknown.
    """
    ordered, order = table.in_order()
    places = tuple(int(place) for place in np.argsort(order))
    candidates = sorted((model.moved(places) for model in models), key=lambda model: model.key)
    if resamples is None:
        draws = draw(ordered, nboot, seed)
    else:
        draws = np.asarray(resamples, dtype=np.float64)[:, moved_cells(order)]
    tables, weights = stacked(ordered.dense.astype(np.float64), draws)
    estimates, best = best_of(candidates, tables, select)
    again = split(estimates, len(draws), weights)
    if not math.isfinite(again.estimate):
        return None
    back = [model.moved(order) for model in candidates]
    found = 1 + np.flatnonzero(np.isfinite(again.drawn))
    return Bca(
        estimate=again.estimate,
        interval=bca_interval(again, LEVEL),
        level=LEVEL,
        resampled=again,
        notes=notes_on(again),
        chosen=chosen_models([back[place] for place in best[found]]),
    )


def bca_interval(again: Resampled, level: float = LEVEL) -> Interval:
    """The bias-corrected and accelerated interval.

    Args:
        again: the estimate and what resamples gave.
        level: of the interval.

    Returns:
        Its ends. The upper one is infinite if more resamples have no estimate than may lie above.
        It always has the estimate, also where nearly all resamples lie on one side of it.
    """
    found = again.drawn[np.isfinite(again.drawn)]
    if not len(found):
        return Interval(float(again.weights.sum()), math.inf)  # those documented
    lower, upper = np.quantile(found, _shares(again, level), method="median_unbiased")
    unknown = failed_share(again) > (1 - level) / 2
    low, high = min(float(lower), again.estimate), max(float(upper), again.estimate)
    return Interval(low, math.inf if unknown else high)


def notes_on(again: Resampled, level: float = LEVEL) -> tuple[Note, ...]:
    """What a reader must know of a bootstrap interval."""
    notes = []
    failed = failed_share(again)
    if failed:
        notes.append(noted("resamples-failed", share=f"{failed:.1%}"))
    found = again.drawn[np.isfinite(again.drawn)]
    if len(found):
        low, high = _shares(again, level)
        if low * len(found) < 1 or (1 - high) * len(found) < 1:
            notes.append(noted("extreme-end"))
    return tuple(notes)


def _shares(again: Resampled, level: float) -> tuple[float, float]:
    """Which quantiles of the resamples that have an estimate are the ends of the interval."""
    found = again.drawn[np.isfinite(again.drawn)]
    below = float((found <= again.estimate * (1 + TIED)).mean())
    bias = float(ndtri(min(max(below, 0.5 / len(found)), 1 - 0.5 / len(found))))
    speed = acceleration(again.without, again.weights)
    wanted = bias + float(ndtri((1 + level) / 2)) * np.array([-1.0, 1.0])
    low, high = ndtr(bias + wanted / np.maximum(1 - speed * wanted, 1e-9))
    return float(low), float(high)


def acceleration(without: Floats, weights: Floats) -> float:
    """Skewness of what one person more or less changes, from tables without one person.

    Args:
        without: estimate without one person of each cell; infinite ones are left out.
        weights: people of each cell.
    """
    known = np.isfinite(without)
    if not known.any():
        return 0.0
    kept, times = without[known], weights[known]
    apart = np.average(kept, weights=times) - kept
    spread = float((times * apart**2).sum())
    if spread <= 0:
        return 0.0
    return float((times * apart**3).sum() / (6 * spread**1.5))


def draw(table: CaptureTable, nboot: int, seed: int | None) -> Floats:
    """Tables of as many people, drawn with the shares of the cells of this one, nboot x cells.

    Raises:
        EstimationError: for a number of tables that is not from 1 to 100,000, or for which memory
            has no room; for a seed that is none.
    """
    most = min(MOST_RESAMPLES, MOST_DRAWN >> len(table.lists))
    if not _whole(nboot) or not 1 <= nboot <= most:
        raise EstimationError(
            f"{nboot} tables cannot be drawn",
            remedy=f"Ask for 1 to {most:,}; 1,000 are usual.",
        )
    rng = generator(seed)
    cells = np.zeros((nboot, len(table.dense)))
    cells[:, table.keys - 1] = rng.multinomial(table.n, table.counts / table.n, size=nboot)
    return cells


def generator(seed: int | None) -> np.random.Generator:
    """Random numbers from a seed, or from the usual one.

    Raises:
        EstimationError: for what is no whole number from 0.
    """
    check_seed(seed)
    return np.random.default_rng(SEED if seed is None else seed)


def check_seed(seed: int | None) -> None:
    """Refuse what is no seed, before anything is drawn.

    Raises:
        EstimationError: for what is no whole number from 0, nor None.
    """
    if seed is None or (_whole(seed) and seed >= 0):
        return
    raise EstimationError(
        f"{str(seed)[:40]} is no seed", remedy="Give a whole number from 0, or None."
    )


def _whole(number: object) -> bool:
    return isinstance(number, (int, np.integer)) and not isinstance(number, bool)


def stacked(counts: Floats, draws: Floats) -> tuple[Floats, Floats]:
    """The table, the tables drawn, and the table without one person of each cell; and the weights.

    Returns:
        (1 + B + k) x cells for k cells with people, and how many people each of these has.
    """
    some = np.flatnonzero(counts)
    without = np.repeat(counts[None], len(some), axis=0)
    without[np.arange(len(some)), some] -= 1
    return np.vstack([counts[None], draws, without]), counts[some]


def split(estimates: Floats, drawn: int, weights: Floats) -> Resampled:
    """Estimates of stacked tables by what each table was."""
    return Resampled(float(estimates[0]), estimates[1 : 1 + drawn], estimates[1 + drawn :], weights)


def resampled(table: CaptureTable, estimator: Estimator, nboot: int, seed: int | None) -> Resampled:
    """Make an estimate again on resamples; `table` has its lists in canonical order."""
    draws = draw(table, nboot, seed)
    tables, weights = stacked(table.dense.astype(np.float64), draws)
    return split(in_blocks(estimator, tables), len(draws), weights)


def in_blocks(estimator: Estimator, tables: Floats) -> Floats:
    """Estimates of many tables, so many at a time as memory has room for."""
    rows = max(1, BLOCK // tables.shape[1])
    return np.concatenate([estimator(tables[at : at + rows]) for at in range(0, len(tables), rows)])


def best_of(models: Sequence[Model], tables: Floats, select: str = "bic") -> tuple[Floats, Whole]:
    """People in all by the best model of each table, and which model that is; infinite if none.

    Raises:
        EstimationError: for another criterion than "bic" or "aic".
    """
    score = np.full(len(tables), np.inf)
    estimate = np.full(len(tables), np.inf)
    best = np.zeros(len(tables), dtype=np.int64)
    rows = np.arange(len(tables))
    for first in range(0, len(models), TOGETHER):
        fits = fit_many(tables, models[first : first + TOGETHER])
        scores = criterion(fits, select)
        place = np.argmin(scores, axis=1)
        better = scores[rows, place] < score
        score[better] = scores[rows, place][better]
        estimate[better] = fits.total[rows, place][better]
        best[better] = place[better] + first
    return estimate, best


def criterion(fits: Fits, select: str) -> Floats:
    """The scores of fits, tables x models, by the name of the criterion.

    Raises:
        EstimationError: for another name than "bic" or "aic".
    """
    if select not in {"bic", "aic"}:
        raise EstimationError(
            f"No criterion is called '{select}'", remedy='Select by "bic" or by "aic".'
        )
    return fits.bic if select == "bic" else fits.aic


def failed_share(again: Resampled) -> float:
    """Share of drawn tables without an estimate."""
    return float((~np.isfinite(again.drawn)).mean()) if len(again.drawn) else 0.0


def moved_cells(order: Sequence[int]) -> Whole:
    """For each cell where list `order[i]` has become list i, its place among the cells before."""
    keys = np.arange(1, 2 ** len(order))
    old = np.zeros(len(keys), dtype=np.int64)
    for i, j in enumerate(order):
        old |= ((keys >> i) & 1) << j
    return old - 1


def chosen_models(models: Sequence[Model]) -> tuple[tuple[Model, int], ...]:
    """Models and how often each stands there, most often first."""
    times = Counter(models)
    return tuple(sorted(times.items(), key=lambda one: (-one[1], one[0].key)))
