"""Poisson log-linear models fitted to many tables at once.

For other modules of the package::

    fit(cells, model) -> Fit            # cells: counts of the 2^J - 1 histories, `table.dense`
    fit_many(counts, models) -> Fits    # counts: tables x cells; arrays are tables x models

    fits.total, fits.unseen, fits.se    # nan where no maximum exists or is unique
    fits.bic, fits.aic                  # inf there, so `argmin` never chooses such a model
    fits.standing                       # `Standing`, 0 where fitted; `fits.fitted` is the mask

People on no list are exp(b0), their variance exp(b0) + exp(2 b0) Var(b0). AIC and BIC come from
the full Poisson log-likelihood and every parameter of the model, also those at minus infinity;
BIC takes the logarithm of the number of people, not of cells. Newton's method with halved steps,
from the fit of all tables together where there are several.

Source:
    Cormack, "Log-linear models for capture-recapture", Biometrics 45 (1989); Bishop, Fienberg &
    Holland, "Discrete Multivariate Analysis" (1975), chapter 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from khronika.estimation.existence import Reduced, Standing, by_size, membership, reduce
from khronika.estimation.lattice import (
    Bools,
    Floats,
    Whole,
    above,
    below,
    cholesky,
    information,
    solve,
)
from khronika.estimation.models import Model

MOST_STEPS = 100
MOST_HALVINGS = 30
CLOSE = 1e-10  # log-likelihood still to gain: the step that tells it is made, and squares it
TINY = 1e-12  # an expected share of a count: less than this was never seen in it
LARGEST = 300.0  # logarithm of a mean; larger ones cannot be multiplied with each other
MOST_UNSEEN = 1e8  # times the people seen: a fit above has run away
BATCH = 4096  # fits side by side, so that their numbers stay near the processor
ROOM = 2**21  # numbers of one array of cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One model on one table.

    Attributes:
        model: what was fitted.
        n: people seen.
        total: people in all; nan where not fitted, as everything after.
        se: of the total.
        loglik: full Poisson log-likelihood of the cells.
        deviance: twice how far the likelihood stays behind a parameter for every cell.
        parameters: of the model; those at minus infinity count too.
        aic: smaller is better; inf where not fitted.
        bic: smaller is better; inf where not fitted.
        standing: whether a maximum exists and is unique.
    """

    model: Model
    n: float
    total: float
    se: float
    loglik: float
    deviance: float
    parameters: int
    aic: float
    bic: float
    standing: Standing

    @property
    def unseen(self) -> float:
        """People on no list."""
        return self.total - self.n


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Many models on many tables; every array is tables x models, but `n`.

    Attributes:
        models: in the order of the columns.
        n: people seen in each table.
        unseen: people on no list; nan where not fitted.
        se: of the total; nan where not fitted.
        loglik: full Poisson log-likelihood; nan where not fitted.
        deviance: nan where not fitted.
        parameters: of each model; those at minus infinity count too.
        standing: a `Standing` each.
    """

    models: tuple[Model, ...]
    n: Floats
    unseen: Floats
    se: Floats
    loglik: Floats
    deviance: Floats
    parameters: Whole
    standing: Whole

    @property
    def total(self) -> Floats:
        """People seen and unseen; nan where not fitted."""
        found: Floats = self.n[:, None] + self.unseen
        return found

    @property
    def fitted(self) -> Bools:
        """Where a finite and unique maximum was found."""
        found: Bools = self.standing == Standing.FITTED
        return found

    @property
    def aic(self) -> Floats:
        """Akaike's criterion; inf where not fitted."""
        return self._criterion(np.full_like(self.n, 2.0))

    @property
    def bic(self) -> Floats:
        """Schwarz' criterion with the number of people; inf where not fitted."""
        return self._criterion(np.log(np.maximum(self.n, 1.0)))

    def one(self, table: int, model: int) -> Fit:
        """The fit of one model on one table."""
        return Fit(
            model=self.models[model],
            n=float(self.n[table]),
            total=float(self.total[table, model]),
            se=float(self.se[table, model]),
            loglik=float(self.loglik[table, model]),
            deviance=float(self.deviance[table, model]),
            parameters=int(self.parameters[table, model]),
            aic=float(self.aic[table, model]),
            bic=float(self.bic[table, model]),
            standing=Standing(int(self.standing[table, model])),
        )

    def _criterion(self, each: Floats) -> Floats:
        found: Floats = each[:, None] * self.parameters - 2.0 * self.loglik
        return np.where(self.fitted, found, np.inf)


def fit(cells: NDArray[np.integer] | Floats, model: Model) -> Fit:
    """Fit one model to one table.

    Args:
        cells: counts of the 2^J - 1 histories in the order of their keys, as `table.dense`.
        model: of the same lists.
    """
    return fit_many(np.asarray(cells)[None, :], [model]).one(0, 0)


def fit_many(counts: NDArray[np.integer] | Floats, models: Sequence[Model]) -> Fits:
    """Fit models to tables.

    Args:
        counts: tables x cells; the 2^J - 1 histories in the order of their keys.
        models: of the same lists, at least one.
    """
    tables = np.vstack([np.zeros(len(counts)), np.asarray(counts, dtype=np.float64).T])
    members = membership(models)
    found = _empty(tables, tuple(models))
    starts = _starts(tables, members)
    patterns, which = np.unique(tables > 0, axis=1, return_inverse=True)
    which = which.reshape(-1)
    together = max(1, ROOM // (len(tables) * len(models)))
    for first in range(0, patterns.shape[1], together):
        reduced = reduce(patterns[:, first : first + together], members)
        _fill(found, tables, reduced, which - first, starts)
    return found


@np.errstate(over="ignore", invalid="ignore")  # a fit that runs away never arrives
def maximise(
    tables: Floats, terms: Whole, cells: Bools, start: Floats | None = None
) -> tuple[Floats, Floats, Bools]:
    """Newton's method for fits with equally many parameters.

    Args:
        tables: sets x fits, the counts.
        terms: p x fits, the parameters, the intercept last.
        cells: sets x fits, the cells that can have people.
        start: p x fits, parameters to begin from.

    Returns:
        The parameters (p x fits), the variance of the intercept, and which fits arrived.
    """
    columns = np.arange(tables.shape[1])
    goals = np.take_along_axis(above(tables * cells), terms, axis=0)
    found = _first_guess(tables, terms, cells) if start is None else start.copy()
    variance, arrived = np.full(len(columns), np.nan), np.zeros(len(columns), dtype=np.bool_)
    gains = _gain(found, goals, terms, cells)
    for _ in range(MOST_STEPS):
        here = found[:, columns], goals[:, columns], terms[:, columns], cells[:, columns]
        step, left, spread = _step(*here)
        moved, gains = _walked(here, gains, step, left)
        found[:, columns] = moved
        variance[columns] = spread
        done = left < CLOSE
        arrived[columns[done]] = True
        columns, gains = columns[~done], gains[~done]
        if not len(columns):
            break
    return found, variance, arrived


def means(values: Floats, terms: Whole, cells: Bools) -> Floats:
    """Expected people of each cell (sets x fits) for parameters (p x fits)."""
    found: Floats = np.exp(np.minimum(_predictor(values, terms, len(cells)), LARGEST)) * cells
    return found


def deviance(counts: Floats, expected: Floats) -> Floats:
    """2 Σ (y ln(y/m) - y + m) of each column, each term reckoned without loss.

    Args:
        counts: cells x columns.
        expected: the same; 0 only where no one is counted.
    """
    some = counts > 0
    off = np.where(some, (expected - counts) / np.where(some, counts, 1.0), 0.0)
    each = np.where(some, counts * (off - np.log1p(np.maximum(off, TINY - 1.0))), expected)
    found: Floats = 2.0 * np.maximum(each, 0.0).sum(axis=0)
    return found


def _predictor(values: Floats, terms: Whole, rows: int) -> Floats:
    spread = np.zeros((rows, terms.shape[1]))
    np.put_along_axis(spread, terms, values, axis=0)
    return below(spread)


def _gain(values: Floats, goals: Floats, terms: Whole, cells: Bools) -> Floats:
    """Log-likelihood up to what does not depend on the parameters."""
    found: Floats = (values * goals).sum(axis=0) - means(values, terms, cells).sum(axis=0)
    return found


def _step(
    values: Floats, goals: Floats, terms: Whole, cells: Bools
) -> tuple[Floats, Floats, Floats]:
    """Newton's step, what it promises to gain, and the variance of the intercept."""
    sums = above(means(values, terms, cells))
    slope = goals - np.take_along_axis(sums, terms, axis=0)
    lower, stands = cholesky(information(sums, terms))
    step = solve(lower, np.where(stands, slope, 0.0))
    return step, np.abs((step * slope).sum(axis=0)), 1.0 / lower[-1, -1] ** 2


def _walked(
    here: tuple[Floats, Floats, Whole, Bools], gains: Floats, step: Floats, left: Floats
) -> tuple[Floats, Floats]:
    """Make the steps, halved until none loses; a step that promises nothing is just made."""
    values, goals, terms, cells = here
    moved = values + step
    after = _gain(moved, goals, terms, cells)
    slack = CLOSE + 1e-13 * np.abs(gains)
    short = np.flatnonzero((after < gains - slack) & (left >= CLOSE))
    size = 1.0
    for _ in range(MOST_HALVINGS):
        if not len(short):
            break
        size /= 2.0
        moved[:, short] = values[:, short] + size * step[:, short]
        after[short] = _gain(moved[:, short], goals[:, short], terms[:, short], cells[:, short])
        short = short[after[short] < gains[short] - slack[short]]
    return moved, after


def _first_guess(tables: Floats, terms: Whole, cells: Bools) -> Floats:
    """Weighted least squares on the logarithms of the counts."""
    weights = (tables + 0.5) * cells
    sides = np.take_along_axis(above(weights * np.log(tables + 0.5)), terms, axis=0)
    lower, _ = cholesky(information(above(weights), terms))
    return solve(lower, sides)


def _starts(tables: Floats, members: Bools) -> Floats | None:
    """Parameters of each model on all tables together (sets x models); nan where it has none."""
    if tables.shape[1] < 3:
        return None
    pooled = tables.sum(axis=1, keepdims=True)
    reduced = reduce(pooled > 0, members)
    found = np.full(members.shape, np.nan)
    for columns, sets in by_size(reduced.terms, np.flatnonzero(reduced.standing == 0)):
        values, _, arrived = maximise(
            np.repeat(pooled, len(columns), axis=1), sets, reduced.cells[:, columns]
        )
        spread = np.zeros((len(members), len(columns)))
        np.put_along_axis(spread, sets, values, axis=0)
        found[:, columns[arrived]] = spread[:, arrived]
    found[0] -= np.log(max(float(pooled.sum()), 1.0))
    return found


def _empty(tables: Floats, models: tuple[Model, ...]) -> Fits:
    shape = tables.shape[1], len(models)
    return Fits(
        models=models,
        n=tables.sum(axis=0),
        unseen=np.full(shape, np.nan),
        se=np.full(shape, np.nan),
        loglik=np.full(shape, np.nan),
        deviance=np.full(shape, np.nan),
        parameters=np.tile([len(model.terms) for model in models], (shape[0], 1)),
        standing=np.full(shape, Standing.NOT_CONVERGED, dtype=np.int64),
    )


def _fill(
    found: Fits, tables: Floats, reduced: Reduced, which: Whole, starts: Floats | None
) -> None:
    """Fit the reduced models to the tables of their patterns and write down what came of it."""
    rows, columns = _matched(reduced.pattern, which)
    models = reduced.model[columns]
    found.standing[rows, models] = reduced.standing[columns]
    fine = np.flatnonzero(reduced.standing[columns] == Standing.FITTED)
    batch = min(BATCH, ROOM // len(tables))
    for first in range(0, len(fine), batch):
        part = fine[first : first + batch]
        _fill_batch(found, tables, reduced, rows[part], columns[part], starts)


def _matched(pattern: Whole, which: Whole) -> tuple[Whole, Whole]:
    """Each table with each column of its pattern, ordered by columns."""
    rows, columns = [], []
    for one in np.unique(pattern):
        tables, chosen = np.flatnonzero(which == one), np.flatnonzero(pattern == one)
        columns.append(np.repeat(chosen, len(tables)))
        rows.append(np.tile(tables, len(chosen)))
    return np.concatenate(rows), np.concatenate(columns)


def _fill_batch(
    found: Fits,
    tables: Floats,
    reduced: Reduced,
    rows: Whole,
    columns: Whole,
    starts: Floats | None,
) -> None:
    for chosen, sets in by_size(reduced.terms[:, columns], np.arange(len(columns))):
        table, column = rows[chosen], columns[chosen]
        model, counts = reduced.model[column], np.ascontiguousarray(tables[:, table])
        cells = reduced.cells[:, column]
        start = _begin(counts, sets, cells, None if starts is None else starts[:, model])
        values, variance, arrived = maximise(counts, sets, cells, start)
        _write(found, (table, model), counts, means(values, sets, cells))
        unseen = np.exp(np.minimum(values[-1], LARGEST))
        arrived &= unseen <= MOST_UNSEEN * np.maximum(found.n[table], 1.0)
        found.unseen[table, model] = np.where(arrived, unseen, np.nan)
        found.se[table, model] = np.where(
            arrived, np.hypot(np.sqrt(unseen), unseen * np.sqrt(variance)), np.nan
        )
        found.standing[table[~arrived], model[~arrived]] = Standing.NOT_CONVERGED


def _begin(counts: Floats, sets: Whole, cells: Bools, known: Floats | None) -> Floats:
    if known is None:
        return _first_guess(counts, sets, cells)
    warm = np.take_along_axis(known, sets, axis=0)
    warm[-1] += np.log(np.maximum(counts.sum(axis=0), 1.0))
    cold = ~np.isfinite(warm).all(axis=0)
    if cold.any():
        warm[:, cold] = _first_guess(counts[:, cold], sets[:, cold], cells[:, cold])
    return warm


def _write(found: Fits, place: tuple[Whole, Whole], counts: Floats, expected: Floats) -> None:
    """Likelihood and deviance; a cell that cannot have people adds nothing."""
    safe = np.where(expected > 0, expected, 1.0)
    level = xlogy(counts, safe) - expected
    found.loglik[place] = (level - gammaln(counts + 1)).sum(axis=0)
    found.deviance[place] = deviance(counts, expected)
