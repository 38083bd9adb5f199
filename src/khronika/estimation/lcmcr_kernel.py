"""The Gibbs sampler of the latent class model, one chain at a time, compiled by numba.

`lcmcr` imports this module late: it needs numba, and compiling takes some seconds the first time.
`lcmcr_plain` has the same sampler in numpy alone. Everything that could leave the range of floating
point numbers (chances, stick lengths, rates of capture) is held as its logarithm.
"""

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np

from khronika.estimation.lcmcr_model import Batch, Floats, Integers, LatentClassModel

Function = TypeVar("Function", bound=Callable[..., Any])

FEW = 32  # so many people are dealt to classes one by one, more by binomial draws
SLIDES = 2  # of classes, each iteration
SEEKS = 1  # of missed classes, each iteration of the warm-up
UNBOUNDED = 1e12  # a cap on the unseen that no draw meets
SHARPNESS = (3.0, 10.0, 30.0, 100.0)  # how much a class that is sought looks like its cell
TRIES = 100  # draws of the unseen before the old number is kept, when all lie above the cap
LOWEST_LOG = -600.0  # exp of less is lost
LONGEST_LOGIT = 200.0
LONGEST_LOG = 50.0  # bound of the logarithm of alpha; its density beyond is below 1e-5


class Cells(NamedTuple):
    """The table: cell c has counts[c] people on the lists lists[first[c]:first[c + 1]].

    A class that is proposed anew looks like cell c with the chance pull[c].
    """

    first: Integers
    lists: Integers
    counts: Integers
    pull: Floats


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
        drawn: J, odds of capture of a class that is proposed.
        warm: 1, iterations of the warm-up that are left.
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
    drawn: Floats
    warm: Integers


class Traces(NamedTuple):
    """What is kept of a chain, one number every `thin` iterations."""

    unseen: Integers
    alpha: Floats
    occupied: Integers


def compiled(function: Function) -> Function:
    """The function compiled, without the interpreter's lock; kept on disk where that is allowed."""
    try:
        return cast("Function", numba.njit(nogil=True, error_model="numpy", cache=True)(function))
    except RuntimeError:  # no folder to keep it in
        return cast("Function", numba.njit(nogil=True, error_model="numpy")(function))


@compiled
def _log_gamma(rng: np.random.Generator, shape: float) -> float:
    """Logarithm of a gamma variate; exact for shapes whose variate would round to zero."""
    if shape >= 1.0:
        return math.log(max(rng.standard_gamma(shape), 1e-300))
    grown = math.log(max(rng.standard_gamma(shape + 1.0), 1e-300))
    return grown + math.log(_positive(rng)) / shape


@compiled
def _positive(rng: np.random.Generator) -> float:
    """A uniform number that is never 0."""
    number = rng.random()
    while number == 0.0:
        number = rng.random()
    return number


@compiled
def _log_sum(one: float, other: float) -> float:
    top = max(one, other)
    return top + math.log1p(math.exp(min(one, other) - top))


@compiled
def _deal(rng: np.random.Generator, people: int, state: State) -> None:
    """Deal people to classes by the weights tail[k] - tail[k + 1], into `dealt`."""
    tail, dealt = state.tail, state.dealt
    dealt[:] = 0
    last = len(dealt) - 1
    start = 0
    while people > FEW and start < last:
        if tail[start] > 0.0:
            share = min(1.0, 1.0 - tail[start + 1] / tail[start])
            dealt[start] = rng.binomial(people, max(share, 0.0))
            people -= dealt[start]
        start += 1
    if start == last:
        dealt[last] += people
        return
    for _ in range(people):
        number = rng.random() * tail[start]
        k = start
        while k < last and number < tail[k + 1]:
            k += 1
        dealt[k] += 1


@compiled
def _weigh_cells(cells: Cells, state: State) -> None:
    """Fill `weights` and `sums`; by products, and by sums of logarithms where those would round."""
    top = state.base.max()
    lost = False
    for k in range(len(state.base)):
        lost = lost or (state.members[k] > 0 and state.base[k] - top < LOWEST_LOG)
        state.tail[k] = math.exp(state.base[k] - top)
    for c in range(len(cells.counts)):
        row = state.weights[c]
        row[:] = state.tail[: len(row)]
        for place in range(cells.first[c], cells.first[c + 1]):
            row *= state.odds[cells.lists[place]]
        total = row.sum()
        if lost or not 1e-250 < total < 1e250:
            _weigh_by_logs(cells, state, c)
            total = row.sum()
        else:
            state.scales[c] = top
        state.sums[c] = total


@compiled
def _weigh_by_logs(cells: Cells, state: State, c: int) -> None:
    row = state.weights[c]
    row[:] = state.base
    for place in range(cells.first[c], cells.first[c + 1]):
        row += np.log(state.odds[cells.lists[place]])
    state.scales[c] = row.max()
    row[:] = np.exp(row - state.scales[c])


@compiled
def _fill_tail(weights: Floats, tail: Floats) -> None:
    tail[len(weights)] = 0.0
    for k in range(len(weights) - 1, -1, -1):
        tail[k] = tail[k + 1] + weights[k]


@compiled
def _draw_classes(rng: np.random.Generator, cells: Cells, state: State) -> None:
    """Classes of all people, into `members` and `on`."""
    _fill_tail(np.exp(state.base - state.base.max()), state.tail)
    _deal(rng, state.unseen[0], state)
    state.members[:] = state.dealt
    state.on[:] = 0
    for c in range(len(cells.counts)):
        _fill_tail(state.weights[c], state.tail)
        _deal(rng, cells.counts[c], state)
        for k in range(len(state.dealt)):
            dealt = state.dealt[k]
            if dealt > 0:
                state.members[k] += dealt
                for place in range(cells.first[c], cells.first[c + 1]):
                    state.on[k, cells.lists[place]] += dealt


@compiled
def _draw_unseen(rng: np.random.Generator, n: int, prior: Prior, state: State) -> bool:
    """The number on no list, negative binomial; True if the first try lay above the cap.

    Draws above the cap are tried again; where all are above it, the old number stays, which keeps
    the truncated posterior as it is.
    """
    seen = _seen(state)
    unseen = np.exp(state.base).sum()
    for attempt in range(TRIES):
        rate = rng.standard_gamma(float(n)) * unseen
        if rate < 2.0 * prior.most * seen:
            drawn = rng.poisson(rate / seen)
            if drawn <= prior.most:
                state.unseen[0] = drawn
                return attempt > 0
    return True


@compiled
def _exchange(members: Integers, on: Integers, one: int, other: int) -> None:
    held = members[one]
    members[one] = members[other]
    members[other] = held
    for j in range(on.shape[1]):
        held = on[one, j]
        on[one, j] = on[other, j]
        on[other, j] = held


@compiled
def _swap_labels(rng: np.random.Generator, state: State) -> None:
    """Swap the labels of two classes, wherever they are (Papaspiliopoulos and Roberts 2008)."""
    members, size = state.members, len(state.members)
    for _ in range(size):
        k = int(rng.random() * size)
        m = int(rng.random() * size)
        if members[k] != members[m]:
            gain = (state.log_share[k] - state.log_share[m]) * (members[m] - members[k])
            if gain >= 0.0 or rng.random() < math.exp(gain):
                _exchange(members, state.on, k, m)


@compiled
def _swap_neighbours(rng: np.random.Generator, state: State) -> None:
    """Swap the labels of neighbours with the sticks integrated out; only they then must be drawn.

    For classes k and k + 1 that are not the last, the ratio of p(classes | alpha) is
    (alpha + n_(k+1) + rest) / (alpha + n_k + rest), rest being the people of later classes.
    """
    members, alpha = state.members, state.alpha[0]
    rest = members[len(members) - 1]
    for k in range(len(members) - 3, -1, -1):
        one, other = members[k], members[k + 1]
        if one + other > 0:
            ratio = (alpha + other + rest) / (alpha + one + rest)
            if ratio >= 1.0 or rng.random() < ratio:
                _exchange(members, state.on, k, k + 1)
        rest += members[k + 1]


@compiled
def _alpha_density(log_alpha: float, members: Integers, prior: Prior) -> float:
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
def _draw_alpha(rng: np.random.Generator, prior: Prior, state: State) -> None:
    """Two Metropolis-Hastings steps on log(alpha)."""
    now = math.log(state.alpha[0])
    density = _alpha_density(now, state.members, prior)
    for _ in range(2):
        proposed = now + rng.standard_normal()
        if abs(proposed) < LONGEST_LOG:
            there = _alpha_density(proposed, state.members, prior)
            if there >= density or rng.random() < math.exp(there - density):
                now, density = proposed, there
    state.alpha[0] = math.exp(now)


@compiled
def _draw_shares(rng: np.random.Generator, state: State) -> None:
    """Shares of the classes: stick lengths Beta(1 + n_k, alpha + n_later)."""
    members, alpha = state.members, state.alpha[0]
    later = members.sum()
    left = 0.0  # log of the stick that is left
    for k in range(len(members) - 1):
        if later == 0:
            cut = math.log(_positive(rng)) / alpha
            state.log_share[k] = left + math.log(max(-math.expm1(cut), 1e-300))
        else:
            later -= members[k]
            taken = _log_gamma(rng, 1.0 + members[k])
            cut = _log_gamma(rng, alpha + later)
            both = _log_sum(taken, cut)
            state.log_share[k] = left + taken - both
            cut -= both
        left += cut
    state.log_share[len(members) - 1] = left


@compiled
def _draw_rates(rng: np.random.Generator, prior: Prior, state: State) -> None:
    """Rates of capture, Beta(prior + on, prior + off), and `base` from them."""
    flat = prior.on == 1.0 and prior.off == 1.0
    small = prior.on < 1.0 or prior.off < 1.0
    for k in range(len(state.members)):
        none, product = state.log_share[k], 1.0
        for j in range(state.on.shape[1]):
            on = state.on[k, j]
            if flat and state.members[k] == 0:
                rate = _positive(rng)
                odds, off = rate / (1.0 - rate), 1.0 - rate
            elif small:
                logit = _log_gamma(rng, prior.on + on)
                logit -= _log_gamma(rng, prior.off + (state.members[k] - on))
                odds = math.exp(max(min(logit, LONGEST_LOGIT), -LONGEST_LOGIT))
                off = 1.0 / (1.0 + odds)
            else:
                one = max(rng.standard_gamma(prior.on + on), 1e-100)
                other = max(rng.standard_gamma(prior.off + (state.members[k] - on)), 1e-100)
                odds, off = one / other, other / (one + other)
            state.odds[j, k] = odds
            product *= off
            if product < 1e-100:
                none += math.log(product)
                product = 1.0
        state.base[k] = none + math.log(product)


@compiled
def _seen(state: State) -> float:
    """Chance to be on a list."""
    seen = 0.0
    for k in range(len(state.base)):
        none = state.base[k] - state.log_share[k]
        seen -= math.exp(state.log_share[k]) * math.expm1(none)
    return seen


@compiled
def _mass_gain(log_share: Floats, k: int, growth: float, alpha: float) -> float:
    """What the prior of the shares gains when the mass of one class grows by exp(growth).

    As a density of logarithms of masses, in which it is a product of V (1 - V)^alpha.
    """
    last = len(log_share) - 1
    added = math.exp(log_share[k]) * math.expm1(growth)
    rest = 1.0
    gain = 0.0
    for i in range(min(k + 1, last)):
        gain -= math.log1p(added / rest)
        rest -= math.exp(log_share[i])
    total = math.log1p(added)
    if k < last:
        return gain + growth - alpha * total
    return gain + alpha * (growth - total)


@compiled
def _slide_class(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> int:
    """Move a class along the ridge on which it is larger and harder to catch, or the reverse.

    Everybody's class and the number unseen are integrated out, so a step may be as long as the
    table alone allows. The odds of capture of one class are multiplied by exp(-step), and its
    unseen by exp(step * fixed), so people of it caught `fixed` times stay as likely as before.
    The classes are unscaled masses here: neither step changes their volume in logarithms.
    """
    odds, log_share = state.odds, state.log_share
    last, lists = len(log_share) - 1, odds.shape[0]
    k, number = 0, rng.random()
    while k < last and number >= math.exp(log_share[k]):
        number -= math.exp(log_share[k])
        k += 1
    step = rng.standard_normal() * math.exp(-3.5 * rng.random())
    fixed = 1 + int(2.0 * rng.random())
    shrink = math.exp(-step)
    before = state.base[k] - log_share[k]
    after = 0.0
    for j in range(lists):
        after -= math.log1p(odds[j, k] * shrink)
    growth = step * fixed + before - after  # of the mass of the class, as a logarithm
    gain = -prior.on * lists * step + (prior.on + prior.off) * (after - before)
    share = math.exp(log_share[k])
    total = math.log1p(share * math.expm1(growth))
    gain += _mass_gain(log_share, k, growth, state.alpha[0])
    gain += growth - total  # which class is chosen depends on its share
    seen = _seen(state)
    changed = seen + share * math.expm1(before) - share * math.exp(growth) * math.expm1(after)
    gain -= cells.counts.sum() * math.log(changed / seen)
    for c in range(len(cells.counts)):
        times = fixed - (cells.first[c + 1] - cells.first[c])
        gain += cells.counts[c] * math.log1p(
            state.weights[c, k] * math.expm1(step * times) / state.sums[c]
        )
    if not (gain >= 0.0 or rng.random() < math.exp(gain)):
        return 0
    for j in range(lists):
        odds[j, k] *= shrink
    for i in range(last + 1):
        log_share[i] -= total
        state.base[i] -= total
    log_share[k] += growth
    state.base[k] += step * fixed
    for c in range(len(cells.counts)):
        times = fixed - (cells.first[c + 1] - cells.first[c])
        state.scales[c] -= total
        state.weights[c, k] *= math.exp(step * times)
        state.sums[c] = state.weights[c].sum()
    return 1


@compiled
def _propose(rng: np.random.Generator, cells: Cells, odds: Floats) -> None:
    """Odds of capture of a class whose people look like those of one cell."""
    c, number = 0, rng.random()
    while c < len(cells.pull) - 1 and number >= cells.pull[c]:
        number -= cells.pull[c]
        c += 1
    sharp = SHARPNESS[int(rng.random() * len(SHARPNESS))]
    for j in range(len(odds)):
        off = math.exp(math.log(_positive(rng)) / (1.0 + sharp))
        odds[j] = max(1.0 - off, 1e-12) / off
    for place in range(cells.first[c], cells.first[c + 1]):
        odds[cells.lists[place]] = 1.0 / odds[cells.lists[place]]


@compiled
def _seek_class(rng: np.random.Generator, cells: Cells, state: State) -> None:
    """Put a class where the likelihood gains by it, in place of one that nobody is of.

    For the warm-up alone, whose draws are thrown away: it lets chains out of modes that hold too
    few classes, and does not keep the posterior as it is.
    """
    log_share, odds = state.log_share, state.drawn
    k = int(rng.random() * len(log_share))
    if state.members[k] > 0:
        return
    _propose(rng, cells, odds)
    mass = math.exp(-2.0 + 2.0 * rng.standard_normal())
    after = -np.log1p(odds).sum()
    share = math.exp(log_share[k])
    seen = _seen(state)
    changed = seen + share * math.expm1(state.base[k] - log_share[k]) - mass * math.expm1(after)
    gain = -cells.counts.sum() * math.log(changed / seen)
    base = math.log(mass) + after
    for c in range(len(cells.counts)):
        new = _weight(cells, c, odds, base - state.scales[c])
        gain += cells.counts[c] * math.log(
            (_without(state.weights[c], k, state.sums[c]) + new) / state.sums[c]
        )
    if gain < 0.0:
        return
    state.odds[:, k] = odds
    log_share[k] = math.log(mass)
    state.base[k] = base
    total = math.log(np.exp(log_share).sum())
    log_share -= total
    state.base[:] -= total
    _weigh_cells(cells, state)


@compiled
def _weight(cells: Cells, c: int, odds: Floats, base: float) -> float:
    for place in range(cells.first[c], cells.first[c + 1]):
        base += math.log(odds[cells.lists[place]])
    return math.exp(base)


@compiled
def _without(weights: Floats, k: int, total: float) -> float:
    """Sum of the weights but one, without losing the digits of small ones."""
    if weights[k] < 0.9 * total:
        return float(total - weights[k])
    rest = 0.0
    for i in range(len(weights)):
        rest += weights[i] if i != k else 0.0
    return rest


@compiled
def _sweep(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> bool:
    """One iteration; True if the first draw of the unseen lay above the cap.

    Slides hold only where nothing bounds the number unseen.
    """
    _weigh_cells(cells, state)
    if state.warm[0] > 0:
        state.warm[0] -= 1
        for _ in range(SEEKS):
            _seek_class(rng, cells, state)
    if prior.most >= UNBOUNDED:
        for _ in range(SLIDES):
            _slide_class(rng, cells, prior, state)
    above = _draw_unseen(rng, cells.counts.sum(), prior, state)
    _draw_classes(rng, cells, state)
    _swap_labels(rng, state)
    _swap_neighbours(rng, state)
    _draw_alpha(rng, prior, state)
    _draw_shares(rng, state)
    _draw_rates(rng, prior, state)
    return above


@compiled
def start(rng: np.random.Generator, prior: Prior, state: State) -> None:
    """Put a chain somewhere: alpha by its own scale, all else as its prior has it."""
    state.alpha[0] = math.exp(rng.standard_normal())
    state.members[:] = 0
    state.on[:] = 0
    _draw_shares(rng, state)
    _draw_rates(rng, prior, state)


@compiled
def advance(
    rng: np.random.Generator, cells: Cells, prior: Prior, state: State, traces: Traces, thin: int
) -> int:
    """Run one chain until its traces are full; how many iterations met the cap."""
    above = 0
    for kept in range(len(traces.unseen)):
        for _ in range(thin):
            above += _sweep(rng, cells, prior, state)
        traces.unseen[kept] = state.unseen[0]
        traces.alpha[kept] = state.alpha[0]
        traces.occupied[kept] = np.count_nonzero(state.members)
    return above


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
        drawn=np.ones(lists),
        warm=np.zeros(1, dtype=np.int64),
    )


class CompiledChains:
    """Chains with a generator each, so that the number of threads changes nothing."""

    def __init__(self, model: LatentClassModel, *, chains: int, seed: int, warm: int = 0) -> None:
        seeds = np.random.SeedSequence(seed).spawn(chains)
        self._rngs = [np.random.default_rng(one) for one in seeds]
        self._cells = _cells(model)
        cells, lists = model.histories.shape
        self._prior = Prior(*model.prior_lambda, *model.prior_alpha, float(model.most_unseen))
        self._states = [empty_state(cells, model.classes, lists) for _ in seeds]
        for rng, state in zip(self._rngs, self._states, strict=True):
            start(rng, self._prior, state)
            state.warm[0] = warm

    def advance(self, kept: int, thin: int) -> Batch:
        """Draw `kept` times `thin` more iterations in each chain, and keep every `thin`-th."""
        shape = (len(self._states), kept)
        unseen = np.zeros(shape, dtype=np.int64)
        alpha = np.zeros(shape)
        occupied = np.zeros(shape, dtype=np.int64)
        traces = [Traces(*rows) for rows in zip(unseen, alpha, occupied, strict=True)]
        with ThreadPoolExecutor(max_workers=min(len(traces), _cores())) as threads:
            above = sum(threads.map(lambda i: self._run(i, traces[i], thin), range(len(traces))))
        return Batch(unseen=unseen, alpha=alpha, occupied=occupied, above=above)

    def _run(self, chain: int, traces: Traces, thin: int) -> int:
        rng, state = self._rngs[chain], self._states[chain]
        return advance(rng, self._cells, self._prior, state, traces, thin)


def _cells(model: LatentClassModel) -> Cells:
    lengths = model.histories.sum(axis=1)
    pull = np.sqrt(model.counts)
    return Cells(
        first=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        lists=np.nonzero(model.histories)[1].astype(np.int64),
        counts=np.ascontiguousarray(model.counts, dtype=np.int64),
        pull=pull / pull.sum(),
    )


def _cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
