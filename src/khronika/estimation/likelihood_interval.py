"""Intervals of one model from the multinomial profile likelihood.

Source:
    Cormack, "Interval estimation for mark-recapture studies of closed populations", Biometrics 48
    (1992).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtri, xlogy

from khronika.estimation.existence import by_size, membership, reduce
from khronika.estimation.fitting import Fit, deviance, maximise, means
from khronika.estimation.lattice import Floats, Whole
from khronika.estimation.results import LEVEL, Interval

POINTS = 33  # numbers of people tried side by side
ROUNDS = 12  # of narrowing; each leaves a sixteenth
FARTHEST = 1e7  # times those seen: a likelihood that holds up so far has no upper end
NEAREST = 1e-4  # people unseen: fewer are nobody
SPAN = 8.0  # how many times more and fewer are tried first
EXACT = 1e5  # people up to whom no expansion is needed
CERTAIN = 1e-9  # relative width at which narrowing ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The profile likelihood of the number of people under one model.

    Attributes:
        centre: the number of people that is most likely.
        interval: numbers whose likelihood is not much lower; the upper end may be infinite.
        level: of the interval.
    """

    centre: float
    interval: Interval
    level: float


class _Likelihood:
    """The log-likelihood of numbers of people unseen, the model fitted to each.

    lnΓ(N+1) - lnΓ(N-n+1) + Σ y ln p, but for a constant, written so that large terms cancel
    before they are reckoned.
    """

    def __init__(self, cells: NDArray[np.integer] | Floats, fit: Fit) -> None:
        self.seen = np.concatenate([[0.0], np.asarray(cells, dtype=np.float64)])
        self.n = float(self.seen.sum())
        pattern = self.seen > 0
        pattern[0] = True
        reduced = reduce(pattern[:, None], membership([fit.model]), unseen=True)
        _, self.terms = next(by_size(reduced.terms, np.zeros(1, dtype=np.int64)))
        self.cells = reduced.cells

    def __call__(self, unseen: Floats) -> Floats:
        tables = np.repeat(self.seen[:, None], len(unseen), axis=1)
        tables[0] = unseen
        terms: Whole = np.repeat(self.terms, len(unseen), axis=1)
        cells = np.repeat(self.cells, len(unseen), axis=1)
        values, _, _ = maximise(tables, terms, cells)
        expected = means(values, terms, cells)
        found: Floats = _stirling(self.n + unseen) - _stirling(unseen)
        return found - deviance(tables, expected) / 2


def profile(cells: NDArray[np.integer] | Floats, fit: Fit, level: float = LEVEL) -> Profile:
    """The profile likelihood of the number of people.

    Args:
        cells: counts of the 2^J - 1 histories in the order of their keys.
        fit: the model fitted to them; it must have a maximum.
        level: of the interval.
    """
    likelihood = _Likelihood(cells, fit)
    top, most = _summit(likelihood, max(fit.unseen, 0.5))
    drop = ndtri(0.5 + level / 2) ** 2 / 2
    lower = _end(likelihood, top, most - drop, 1 / SPAN)
    upper = _end(likelihood, top, most - drop, SPAN)
    seen = likelihood.n
    return Profile(centre=seen + top, interval=Interval(seen + lower, seen + upper), level=level)


def _stirling(people: Floats) -> Floats:
    """What lnΓ(x+1) has beyond x ln x - x."""
    safe = np.maximum(people, 1.0)
    far = 0.5 * np.log(2 * np.pi * safe) + 1 / (12 * safe)
    near = gammaln(people + 1) - xlogy(people, people) + people
    return np.where(people > EXACT, far, near)


def _summit(likelihood: _Likelihood, guess: float) -> tuple[float, float]:
    """Where the likelihood is greatest, and how great."""
    low, high = math.log(guess / SPAN), math.log(guess * SPAN)
    best, most = math.log(guess), -math.inf
    for _ in range(ROUNDS * 2):
        tried = np.linspace(low, high, POINTS)
        found = likelihood(np.exp(tried))
        place = int(np.argmax(found))
        best, most = float(tried[place]), float(found[place])
        step = float(tried[1] - tried[0])
        wide = step * (POINTS // 2) if place in {0, POINTS - 1} else step
        low, high = best - wide, best + wide
        if step < CERTAIN or math.exp(best) < NEAREST:
            break
    return math.exp(best), most


def _end(likelihood: _Likelihood, top: float, goal: float, factor: float) -> float:
    """Where the likelihood falls to the goal on one side of its summit."""
    inside, outside = top, top * factor
    while likelihood(np.array([outside]))[0] >= goal:
        if outside < NEAREST:
            return 0.0
        if outside > FARTHEST * max(likelihood.n, 1.0):
            return math.inf
        inside, outside = outside, outside * factor
    return _between(likelihood, inside, outside, goal)


def _between(likelihood: _Likelihood, inside: float, outside: float, goal: float) -> float:
    near, far = math.log(inside), math.log(outside)
    for _ in range(ROUNDS):
        tried = np.linspace(near, far, POINTS)
        under = likelihood(np.exp(tried)) < goal
        place = max(int(np.argmax(under)), 1) if under.any() else POINTS - 1
        near, far = float(tried[place - 1]), float(tried[place])
        if abs(far - near) < CERTAIN:
            break
    return math.exp((near + far) / 2)
