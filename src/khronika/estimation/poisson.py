"""Poisson regression with a logarithmic link, for small designs."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.special import gammaln, xlogy

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LARGEST = 600.0  # logarithm of a mean
MOST_STEPS = 200
ENOUGH = 1e-10  # log-likelihood that a further step would gain
RECEDES = 1e-7


class Data(NamedTuple):
    """What is fitted.

    Attributes:
        design: rows x columns; columns from `free` on have coefficients that are not negative.
        counts: of each row.
        offset: added to the logarithm of each mean.
        free: how many columns may have any coefficient.
    """

    design: Floats
    counts: Floats
    offset: Floats
    free: int


class Regression(NamedTuple):
    """A fit.

    Attributes:
        beta: coefficients; 0 where left out.
        kept: columns that are fitted.
        covariance: of all coefficients; 0 where left out.
    """

    beta: Floats
    kept: Bools
    covariance: Floats


def regress(data: Data) -> Regression | None:
    """The most likely coefficients, those from column `free` on at least 0.

    Such columns come in while the likelihood rises with them and go out when they fall below 0
    (the active set of Lawson & Hanson 1974). None where Newton's method finds no end.
    """
    width = data.design.shape[1]
    found = newton(data, np.arange(width) < data.free)
    for _ in range(4 * (width - data.free)):
        if found is None:
            return None
        more = _gaining(data, found)
        if more is None:
            return found
        found = _without_negative(data, newton(data, more))
    return found


def exists(data: Data) -> bool:
    """Whether the likelihood has a highest point, and not only ever higher ones further out.

    It has one unless some direction lowers the means of rows that are 0 and leaves the others.

    Source:
        Fienberg & Rinaldo, "Maximum likelihood estimation in log-linear models", Annals of
        Statistics 40 (2012).
    """
    seen = data.counts > 0
    if np.linalg.matrix_rank(_scaled(data.design)[0][seen]) == data.design.shape[1]:
        return True
    design, _ = _scaled(data.design)
    found = linprog(
        design[~seen].sum(axis=0),
        A_ub=np.vstack([design[~seen], -design[~seen]]),
        b_ub=np.concatenate([np.zeros((~seen).sum()), np.ones((~seen).sum())]),
        A_eq=design[seen],
        b_eq=np.zeros(seen.sum()),
        bounds=[(None, None) if j < data.free else (0, None) for j in range(design.shape[1])],
        method="highs",
    )
    return bool(found.status == 0 and found.fun > -RECEDES)


def means(design: Floats, offset: Floats, beta: Floats) -> Floats:
    """Expected counts."""
    found: Floats = np.exp(np.minimum(design @ beta + offset, LARGEST))
    return found


def log_likelihood(counts: Floats, expected: Floats) -> float:
    """Of counts under Poisson means, whole."""
    return float(np.sum(xlogy(counts, expected) - expected - gammaln(counts + 1)))


def deviance(counts: Floats, expected: Floats) -> float:
    """Twice the log-likelihood that the fit loses against the counts themselves."""
    ratio = counts / np.maximum(expected, math.exp(-LARGEST))
    return float(2 * np.sum(xlogy(counts, ratio) - (counts - expected)))


def newton(data: Data, kept: Bools) -> Regression | None:
    """Fit some columns by Newton's method, steps halved until none loses."""
    part, scale = _scaled(data.design[:, kept])
    beta = _first_guess(part, data)
    value = _gain(part, data, beta)
    for _ in range(MOST_STEPS):
        expected = means(part, data.offset, beta)
        information = (part * expected[:, None]).T @ part
        step = _solved(information, part.T @ (data.counts - expected))
        if step is None:
            return None
        if float(step @ information @ step) < ENOUGH:
            return _whole(beta + step, information, scale, kept)
        beta, value = _walked(part, data, (beta, value), step)
    return None


def _gaining(data: Data, found: Regression) -> Bools | None:
    """The columns with that one more with which the likelihood rises most; None if with none."""
    rest = data.counts - means(data.design, data.offset, found.beta)
    gains = _scaled(data.design)[0].T @ rest
    gains[found.kept] = -math.inf
    best = int(np.argmax(gains))
    if not gains[best] > RECEDES * max(float(data.counts.sum()), 1.0):
        return None
    more = found.kept.copy()
    more[best] = True
    return more


def _without_negative(data: Data, found: Regression | None) -> Regression | None:
    """Take out columns whose coefficients may not be negative and are, the lowest first."""
    while found is not None and (found.beta[data.free :] < 0).any():
        fewer = found.kept.copy()
        fewer[data.free + int(np.argmin(found.beta[data.free :]))] = False
        found = newton(data, fewer)
    return found


def _scaled(design: Floats) -> tuple[Floats, Floats]:
    """Columns of one size, and what they were divided by."""
    scale = np.abs(design).max(axis=0, initial=0.0)
    scale[scale == 0] = 1.0
    return design / scale, scale


def _first_guess(part: Floats, data: Data) -> Floats:
    weights = np.sqrt(data.counts + 0.5)
    goal = np.log(data.counts + 0.5) - data.offset
    guess = np.linalg.lstsq(part * weights[:, None], goal * weights, rcond=None)[0]
    return np.asarray(guess, dtype=np.float64)


def _gain(part: Floats, data: Data, beta: Floats) -> float:
    """Log-likelihood up to what does not depend on the coefficients."""
    return float(data.counts @ (part @ beta) - means(part, data.offset, beta).sum())


def _walked(
    part: Floats, data: Data, here: tuple[Floats, float], step: Floats
) -> tuple[Floats, float]:
    beta, value = here
    length = 1.0
    for _ in range(40):
        after = _gain(part, data, beta + length * step)
        if after >= value - 1e-13 * abs(value):
            break
        length /= 2
    return beta + length * step, _gain(part, data, beta + length * step)


def _solved(matrix: Floats, goal: Floats) -> Floats | None:
    try:
        found = np.asarray(np.linalg.solve(matrix, goal), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None
    return found if np.isfinite(found).all() else None


def _whole(beta: Floats, information: Floats, scale: Floats, kept: Bools) -> Regression | None:
    """Coefficients and covariance in the scale of the design, with 0 for columns left out."""
    inverse = _solved(information, np.eye(len(beta)))
    if inverse is None:
        return None
    whole = np.zeros(len(kept))
    whole[kept] = beta / scale
    covariance = np.zeros((len(kept), len(kept)))
    covariance[np.ix_(kept, kept)] = inverse / np.outer(scale, scale)
    return Regression(whole, kept, covariance)
