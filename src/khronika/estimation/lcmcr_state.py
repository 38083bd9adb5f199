"""Where a chain of the latent class model stands, and what its moves share."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np

from khronika.estimation.lcmcr_model import Floats, Integers

Function = TypeVar("Function", bound=Callable[..., Any])

UNBOUNDED = 1e12  # a cap on the unseen that no draw meets


class Cells(NamedTuple):
    """The table: cell c has counts[c] people on the lists lists[first[c]:first[c + 1]].

    `sizes` has the people of each list.
    """

    first: Integers
    lists: Integers
    counts: Integers
    sizes: Integers


class Prior(NamedTuple):
    """Of the capture rates Beta(on, off), of alpha Gamma(shape, rate); unseen at most `most`."""

    on: float
    off: float
    shape: float
    rate: float
    most: float


class State(NamedTuple):
    """Where a chain stands, and room for its work; K classes, J lists. All are changed in place.

    Attributes:
        odds: J x K, rate of capture / (1 - rate).
        log_share: K, log of the share of the classes in the population.
        alpha: 1, of the stick-breaking prior.
        unseen: 1, people on no list.
        members: K, people of each class, seen and unseen.
        on: K x J, people of a class on a list.
        base: K, log chance to be of the class and on no list.
        tail: K + 1, weights of the classes from k on.
        dealt: K, people of one cell in each class.
        weights: C x K, chances of a cell in each class, each row on a scale of its own.
        sums: C, of `weights` over the classes.
        scales: C, logarithm of what `weights` are to be multiplied by.
        placed: C + 1 x K, people of each cell in each class; the last row has the unseen.
        rates: J, odds that a move proposes for a class.
        ratios: J, of these to the odds it has.
        power: 1, of the likelihood; below 1 while the chain is annealed. `odds` and `base` are
            those of the likelihood to this power.
    """

    odds: Floats
    log_share: Floats
    alpha: Floats
    unseen: Integers
    members: Integers
    on: Integers
    base: Floats
    tail: Floats
    dealt: Integers
    weights: Floats
    sums: Floats
    scales: Floats
    placed: Integers
    rates: Floats
    ratios: Floats
    power: Floats


class Traces(NamedTuple):
    """What is kept of a chain, one number every `thin` iterations."""

    unseen: Integers
    alpha: Floats
    occupied: Integers


def compiled(function: Function) -> Function:
    """The function compiled, without the interpreter's lock; kept on disk where that is allowed.

    What is kept is not made anew when a function in another module changes that is called in it:
    after such a change delete the `*.nbc` and `*.nbi` files in `__pycache__`.
    """
    try:
        return cast("Function", numba.njit(nogil=True, error_model="numpy", cache=True)(function))
    except RuntimeError:  # no folder to keep it in
        return cast("Function", numba.njit(nogil=True, error_model="numpy")(function))


@compiled
def alpha_density(log_alpha: float, members: Integers, prior: Prior) -> float:
    """Log density of log(alpha) given the classes, the sticks integrated out; plus a constant."""
    alpha = math.exp(log_alpha)
    density = prior.shape * log_alpha - prior.rate * alpha
    later = members[len(members) - 1]
    for k in range(len(members) - 2, -1, -1):
        with_k = later + members[k]
        if later > 0:
            density += log_alpha + math.lgamma(alpha + later) - math.lgamma(1.0 + alpha + with_k)
        elif with_k > 0:
            density += math.lgamma(1.0 + alpha) - math.lgamma(1.0 + alpha + with_k)
        later = with_k
    return density


@compiled
def seen_chance(state: State) -> float:
    """Chance to be on a list."""
    seen = 0.0
    for k in range(len(state.base)):
        none = state.base[k] - state.log_share[k]
        seen -= math.exp(state.log_share[k]) * math.expm1(none)
    return seen


@compiled
def log_gamma(rng: np.random.Generator, shape: float) -> float:
    """Logarithm of a gamma variate; exact for shapes whose variate would round to zero."""
    if shape >= 1.0:
        return math.log(max(rng.standard_gamma(shape), 1e-300))
    grown = math.log(max(rng.standard_gamma(shape + 1.0), 1e-300))
    return grown + math.log(positive(rng)) / shape


@compiled
def positive(rng: np.random.Generator) -> float:
    """A uniform number that is never 0."""
    number = rng.random()
    while number == 0.0:
        number = rng.random()
    return number


@compiled
def log_sum(one: float, other: float) -> float:
    """Logarithm of the sum of two numbers given as logarithms."""
    top = max(one, other)
    return top + math.log1p(math.exp(min(one, other) - top))


@compiled
def drawn_unseen(rng: np.random.Generator, n: int, unseen: float, seen: float, prior: Prior) -> int:
    """People on no list, negative binomial by the masses unseen and seen; -1 if above the cap."""
    rate = rng.standard_gamma(float(n)) * unseen
    if rate < 2.0 * prior.most * seen:
        drawn: int = rng.poisson(rate / seen)
        if drawn <= prior.most:
            return drawn
    return -1


@compiled
def below_cap(
    rng: np.random.Generator, cells: Cells, unseen: float, seen: float, prior: Prior, state: State
) -> bool:
    """Whether a move that integrates out the unseen may be made under a cap.

    The unseen are drawn with the move, which is as likely as without a cap, and a number above the
    cap, which the truncated posterior has not, is none to go to.
    """
    if prior.most >= UNBOUNDED:
        return True
    drawn = drawn_unseen(rng, cells.counts.sum(), unseen, seen, prior)
    if drawn >= 0:
        state.unseen[0] = drawn
    return drawn >= 0


def empty_state(cells: int, classes: int, lists: int) -> State:
    """Room for one chain."""
    return State(
        odds=np.ones((lists, classes)),
        log_share=np.zeros(classes),
        alpha=np.ones(1),
        unseen=np.zeros(1, dtype=np.int64),
        members=np.zeros(classes, dtype=np.int64),
        on=np.zeros((classes, lists), dtype=np.int64),
        base=np.zeros(classes),
        tail=np.zeros(classes + 1),
        dealt=np.zeros(classes, dtype=np.int64),
        weights=np.zeros((cells, classes)),
        sums=np.zeros(cells),
        scales=np.zeros(cells),
        placed=np.zeros((cells + 1, classes), dtype=np.int64),
        rates=np.ones(lists),
        ratios=np.ones(lists),
        power=np.ones(1),
    )
