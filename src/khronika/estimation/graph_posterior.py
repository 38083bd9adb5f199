"""The posterior of the number of people over many graphs: where to look, and what lies beyond."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.special import logsumexp

from khronika.estimation.errors import EstimationError
from khronika.estimation.hyper_dirichlet import Floats, Marginals, Weighed, weigh
from khronika.estimation.posterior import Posterior

Prior = Callable[[Floats], Floats]  # numbers of people to logs of their prior weights
Places = NDArray[np.int64]

MOST_UNSEEN = 10**10  # people; more is no answer to any question
EXACT = 64  # every number of unseen people up to here is looked at
STEP = 0.5  # from one number looked at to the next, in standard deviations of a count
LEAST_STEP = 5e-4  # of the number itself
MOST_STEP = 0.05
LARGE = 0.02  # of the weight between two numbers looked at: look between them
MOST_ROUNDS = 40
CUT = 1e-5  # of the weight may be left unstored
RUNS = 20_000  # that a posterior is stored in, apart from one between each two looked at
NEGLIGIBLE = 1e-6  # of the weight may lie with the graphs that are not looked at again
MANY = 1_000  # graphs that are first looked at in passing
PASSING = 8  # of the numbers, one in so many is looked at then: four standard deviations apart
MISSED = 0.1  # of what a graph weighs is seen so at least
MOST_PASSED = 10**6  # documented; of more, numbers looked at lie too far apart to pass any
SLOPE = 1.01  # from one number to another for the slope of a prior


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GraphPosterior:
    """What is believed of people and of graphs.

    Attributes:
        people: the posterior of the number of people.
        weights: of the graphs.
        looked: numbers of unseen people that were looked at.
        above: the weight beyond each of them.
        no_mean: weight of the graphs whose tail is so heavy that their mean is infinite.
    """

    people: Posterior
    weights: Floats = field(repr=False)
    looked: Floats = field(repr=False)
    above: Floats = field(repr=False)
    no_mean: float = 0.0

    @property
    def proper(self) -> bool:
        """Whether the weight of ever more people is finite."""
        return math.isfinite(self.people.tail)

    def beyond(self, unseen: float) -> float:
        """The weight of more unseen people than a number."""
        return float(np.interp(unseen, self.looked, self.above))


def over_all(marginals: Marginals, which: Places, prior: Prior) -> GraphPosterior:
    """The posterior over every number of unseen people from 1.

    Args:
        marginals: of the table.
        which: the graphs, by place.
        prior: log of the prior of numbers of people; need not sum to one.

    Returns:
        Beliefs; the tail is infinite where ever more people have an infinite weight.

    Raises:
        EstimationError: if the prior gives no number a weight.
    """
    found, kept = _looked(marginals, which, prior)
    log_prior = prior(marginals.documented + found.unseen)
    power = _powers(marginals, which[kept], prior, found)
    tails = _tails(found, power, float(log_prior[-1]))
    tail = float(logsumexp(tails))
    logs = found.log_likelihood + log_prior
    whole = float(np.logaddexp(logsumexp(found.log_graphs), tail))
    weights = np.zeros(len(which))
    if math.isinf(whole):
        weights[kept] = tails == math.inf
        empty = Posterior(people=np.ones(1), width=np.ones(1), mass=np.ones(1), tail=math.inf)
        return GraphPosterior(
            people=empty, weights=weights, looked=found.unseen, above=np.ones(len(logs))
        )
    weights[kept] = np.exp(np.logaddexp(found.log_graphs, tails) - whole)
    between = _between(found.unseen, logs - whole)
    above = np.concatenate((np.cumsum(between[::-1])[::-1], [0.0])) + math.exp(tail - whole)
    return GraphPosterior(
        people=_stored(marginals, prior, found, above),
        weights=weights,
        looked=found.unseen,
        above=above,
        no_mean=float(weights[kept][power >= -2].sum()),
    )


def on_grid(marginals: Marginals, which: Places, prior: Prior, grid: Floats) -> GraphPosterior:
    """The posterior over some numbers of unseen people and no others."""
    log_prior = prior(marginals.documented + grid)
    if np.isneginf(log_prior).all():
        raise _no_weight()
    kept = _that_matter(marginals, which, prior, grid)
    found = weigh(marginals, grid, which[kept], log_prior)
    weights = np.zeros(len(which))
    weights[kept] = np.exp(found.log_graphs - logsumexp(found.log_graphs))
    logs = found.log_likelihood + log_prior
    mass = np.exp(logs - logsumexp(logs))
    people = marginals.documented + grid
    return GraphPosterior(
        people=Posterior(people=people, width=np.ones(len(grid)), mass=mass),
        weights=weights,
        looked=grid,
        above=1 - np.cumsum(mass),
    )


def _that_matter(marginals: Marginals, which: Places, prior: Prior, grid: Floats) -> Places:
    """Places of the graphs that have a weight on a long unbroken grid; of all on any other."""
    every = np.arange(len(which))
    unseen = look_at(marginals.documented)
    unseen = unseen[(unseen >= grid[0]) & (unseen <= grid[-1])]
    broken = grid[-1] - grid[0] + 1 > len(grid)
    if broken or len(unseen) < 2 or len(unseen) > len(grid) / 2:
        return every
    if np.isneginf(prior(marginals.documented + unseen)).any():
        return every
    found, _ = _look(marginals, which, prior, unseen)
    return np.flatnonzero(_weighty(found.log_graphs, NEGLIGIBLE))


@lru_cache(maxsize=64)
def look_at(documented: int) -> Floats:
    """Numbers of unseen people so close together that no likelihood hides between two.

    A count of x has a standard deviation of at least about sqrt(x + x^2/n). Steps are half of it
    and at most a twentieth of x, so their number grows only with log x.
    """
    numbers = [float(one) for one in range(1, EXACT + 1)]
    while (last := numbers[-1]) < MOST_UNSEEN:
        step = STEP * (last + last * last / max(1, documented)) ** 0.5
        step = min(max(step, LEAST_STEP * last, 1.0), MOST_STEP * last)
        numbers.append(min(last + float(round(step)), float(MOST_UNSEEN)))
    looked = np.array(numbers)
    looked.setflags(write=False)
    return looked


def spread(unseen: Floats) -> Floats:
    """How many whole numbers each of some ascending numbers stands for (trapezoid rule)."""
    half = np.diff(unseen) / 2
    return np.concatenate((half[:1] + 0.5, half[1:] + half[:-1], half[-1:] + 0.5))


def _looked(marginals: Marginals, which: Places, prior: Prior) -> tuple[Weighed, Places]:
    """Graphs weighed where it matters, and the places of those that matter."""
    unseen = look_at(marginals.documented)
    kept = _in_passing(marginals, which, prior, unseen)
    found, between = _look(marginals, which[kept], prior, unseen)
    for _ in range(MOST_ROUNDS):
        heavy = (between > LARGE) & (np.diff(unseen) > 1)
        if not heavy.any():
            break
        added = np.floor((unseen[1:] + unseen[:-1])[heavy] / 2)
        unseen = np.sort(np.concatenate((unseen, added)))
        kept = kept[_weighty(found.log_graphs, NEGLIGIBLE)]
        found, between = _look(marginals, which[kept], prior, unseen)
    return found, kept


def _in_passing(marginals: Marginals, which: Places, prior: Prior, unseen: Floats) -> Places:
    """Places of the graphs that may have a weight, of which most of very many have none."""
    every = np.arange(len(which))
    if len(which) < MANY or marginals.documented > MOST_PASSED:
        return every
    passing = np.unique(np.append(unseen[::PASSING], unseen[-1]))
    if np.isneginf(prior(marginals.documented + passing)).any():
        return every  # a prior that lets only some numbers through may hide its weight between
    found, _ = _look(marginals, which, prior, passing)
    endless = _powers(marginals, which, prior, found) >= -1
    return np.flatnonzero(_weighty(found.log_graphs, NEGLIGIBLE * MISSED) | endless)


def _weighty(logs: Floats, share: float) -> NDArray[np.bool_]:
    """All but the lightest graphs, which together have at most a share of the weight."""
    weights = np.exp(logs - logs.max())
    order = np.argsort(weights, kind="stable")
    light = np.cumsum(weights[order]) <= share * weights.sum()
    heavy = np.ones(len(logs), dtype=bool)
    heavy[order[light]] = False
    return heavy


def _look(
    marginals: Marginals, which: Places, prior: Prior, unseen: Floats
) -> tuple[Weighed, Floats]:
    """Graphs weighed at some numbers, and how much weight lies from each to the next."""
    log_prior = prior(marginals.documented + unseen)
    if np.isneginf(log_prior).all():
        raise _no_weight()
    found = weigh(marginals, unseen, which, log_prior + np.log(spread(unseen)))
    logs = found.log_likelihood + log_prior - logsumexp(found.log_graphs)
    return found, _between(unseen, logs)


def _powers(marginals: Marginals, which: Places, prior: Prior, found: Weighed) -> Floats:
    """By what power of the unseen each graph's weight goes at the last number looked at."""
    last = float(found.unseen[-1])
    near, far = prior(marginals.documented + np.array([last, last * SLOPE]))
    slope = -np.inf if np.isneginf([near, far]).any() else (far - near) / math.log(SLOPE)
    return np.asarray(marginals.falls(which) + slope)


def _tails(found: Weighed, power: Floats, log_prior: float) -> Floats:
    """Log of each graph's weight beyond the last number; infinite if there is no end to it."""
    falling = np.where(power < -1, -power - 1, 1.0)
    beyond = found.log_last + log_prior + math.log(found.unseen[-1]) - np.log(falling)
    return np.where(power < -1, beyond, np.inf)


def _between(unseen: Floats, logs: Floats) -> Floats:
    """The weight from each number looked at up to before the next."""
    heights = np.exp(logs)
    return np.asarray(np.diff(unseen) * (heights[1:] + heights[:-1]) / 2)


def _stored(marginals: Marginals, prior: Prior, found: Weighed, above: Floats) -> Posterior:
    """The posterior in runs of numbers, short where much of the weight is."""
    unseen = found.unseen
    last = int(np.argmax(above < CUT)) if above[-1] < CUT else len(unseen) - 1
    last = max(last, 1)
    gaps = np.diff(unseen[: last + 1])
    wanted = np.ceil((above[:last] - above[1 : last + 1]) * RUNS)
    runs = np.clip(wanted, 1, gaps).astype(np.int64)
    place = np.arange(runs.sum()) - np.repeat(np.cumsum(runs) - runs, runs)
    starts = np.repeat(unseen[:last], runs) + np.floor(
        place * np.repeat(gaps, runs) / np.repeat(runs, runs)
    )
    width = np.diff(np.append(starts, unseen[last]))
    middle = starts + (width - 1) / 2
    curve = CubicSpline(np.log1p(unseen), found.log_likelihood)
    logs = curve(np.log1p(middle)) + prior(marginals.documented + middle) + np.log(width)
    mass = np.exp(logs - logsumexp(logs))
    return Posterior(
        people=marginals.documented + starts,
        width=width,
        mass=mass * (1 - above[last]),
        tail=float(above[last]),
    )


def _no_weight() -> EstimationError:
    return EstimationError(
        "The prior gives no number of people a weight",
        remedy="Give one that is finite above the number documented, or name the numbers as grid.",
    )
