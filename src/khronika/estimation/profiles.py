"""Where a likelihood of the number of people falls by so much: profile intervals."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtri, gammaln, ndtri, xlogy

from khronika.estimation.results import LEVEL, Interval

Likelihood = Callable[[float], float]

Z = float(ndtri((1 + LEVEL) / 2))
DROP = float(chdtri(1, 1 - LEVEL)) / 2  # 1.92 of log-likelihood
LARGEST = 700.0  # logarithm of a number that can be held
MOST_UNSEEN = 1e6  # times those documented: an upper end beyond it is none


def profile_interval(likelihood: Likelihood, documented: int) -> tuple[float, Interval]:
    """Most likely number of people, and the numbers whose likelihood is not too far below.

    Args:
        likelihood: log-likelihood of a number of people at least `documented`, with one peak.
        documented: people seen.

    Returns:
        The peak, and where the likelihood is 1.92 below it. An end is `documented` or infinite
        where it does not fall that far.

    Source:
        Cormack, "Interval estimation for mark-recapture studies of closed populations",
        Biometrics 48 (1992).
    """

    def of_log(unseen_log: float) -> float:
        return likelihood(documented + math.expm1(unseen_log))

    end = math.log1p(MOST_UNSEEN * max(documented, 1))
    peak = _peak(of_log, end)
    floor = of_log(peak) - DROP

    def above(at: float) -> float:
        return of_log(at) - floor

    lower = 0.0 if above(0.0) >= 0 else brentq(above, 0.0, peak, xtol=1e-10)
    upper = math.inf if above(end) >= 0 else brentq(above, peak, end, xtol=1e-10)
    return documented + math.expm1(peak), Interval(
        documented + math.expm1(lower), documented + math.expm1(upper)
    )


def lognormal_interval(documented: float, unseen: float, se: float) -> Interval:
    """Interval whose unseen part is lognormal, so it never falls below those documented.

    Args:
        documented: people seen.
        unseen: people on no list.
        se: standard error of the total.

    Source:
        Chao, "Estimating the population size for capture-recapture data with unequal
        catchability", Biometrics 43 (1987), equation 12.
    """
    if unseen <= 0:
        return Interval(documented, documented)
    spread = Z * math.sqrt(math.log1p((se / unseen) ** 2))
    factor = math.exp(min(spread, LARGEST))
    return Interval(documented + unseen / factor, documented + unseen * factor)


def multinomial(people: float, documented: int, counts: ArrayLike, chances: ArrayLike) -> float:
    """Log-likelihood of a number of people, up to what does not depend on it.

    Args:
        people: in all.
        documented: of them seen.
        counts: people of each cell, with those unseen among them.
        chances: of each cell.
    """
    ways = gammaln(people + 1) - gammaln(people - documented + 1)
    return float(ways + np.sum(xlogy(counts, chances)))


def _peak(likelihood: Likelihood, end: float) -> float:
    """Where the likelihood is highest between 0 and `end`: the best of a grid, made finer."""
    grid = np.linspace(0.0, end, 33)
    best = int(np.argmax([likelihood(float(at)) for at in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, 32)]
    found = minimize_scalar(
        lambda at: -likelihood(float(at)),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-9},
    )
    ends = [at for at in (0.0, end) if low <= at <= high]
    return max([float(found.x), *ends], key=likelihood)
