"""The Gibbs sampler of the latent class model, one chain at a time, compiled by numba.

`lcmcr` imports this module late: it needs numba, and compiling takes some seconds the first time.
`lcmcr_plain` has the same sampler in numpy alone. Everything that could leave the range of floating
point numbers (chances, stick lengths, rates of capture) is held as its logarithm.
"""

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from khronika.estimation.lcmcr_model import Batch, Floats, Integers, LatentClassModel
from khronika.estimation.lcmcr_parting import split_or_merge
from khronika.estimation.lcmcr_slide import slide_class
from khronika.estimation.lcmcr_state import (
    Cells,
    Prior,
    State,
    Traces,
    alpha_density,
    compiled,
    drawn_unseen,
    empty_state,
    log_gamma,
    log_sum,
    positive,
    seen_chance,
)
from khronika.estimation.lcmcr_transfer import transfer

FEW = 32  # so many people are dealt to classes one by one, more by binomial draws
CELLS_A_TRANSFER = 12  # of classes, each iteration one for so many cells
SLIDES = 2  # of classes, each iteration
PARTINGS = 0.05  # of classes in two, or of two into one, each iteration
ANNEALED = 16_000  # iterations while the table grows louder
SOFTEST = 0.3  # power of the likelihood at first
FEW_LISTS = 6  # with no more there is nothing to anneal: few histories, few classes
TRIES = 100  # draws of the unseen before the old number is kept, when all lie above the cap
LOWEST_LOG = -600.0  # exp of less is lost
LONGEST_LOGIT = 200.0
LONGEST_LOG = 50.0  # bound of the logarithm of alpha; its density beyond is below 1e-5


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
    state.placed[-1] = state.dealt
    state.on[:] = 0
    for c in range(len(cells.counts)):
        _fill_tail(state.weights[c], state.tail)
        _deal(rng, cells.counts[c], state)
        state.placed[c] = state.dealt
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
    seen = seen_chance(state)
    unseen = np.exp(state.base).sum()
    for attempt in range(TRIES):
        drawn = drawn_unseen(rng, n, unseen, seen, prior)
        if drawn >= 0:
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
def _draw_alpha(rng: np.random.Generator, prior: Prior, state: State) -> None:
    """Two Metropolis-Hastings steps on log(alpha)."""
    now = math.log(state.alpha[0])
    density = alpha_density(now, state.members, prior)
    for _ in range(2):
        proposed = now + rng.standard_normal()
        if abs(proposed) < LONGEST_LOG:
            there = alpha_density(proposed, state.members, prior)
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
            cut = math.log(positive(rng)) / alpha
            state.log_share[k] = left + math.log(max(-math.expm1(cut), 1e-300))
        else:
            later -= members[k]
            taken = log_gamma(rng, 1.0 + members[k])
            cut = log_gamma(rng, alpha + later)
            both = log_sum(taken, cut)
            state.log_share[k] = left + taken - both
            cut -= both
        left += cut
    state.log_share[len(members) - 1] = left


@compiled
def _draw_rates(rng: np.random.Generator, prior: Prior, state: State) -> None:
    """Rates of capture, Beta(prior + on, prior + off), and `base` from them."""
    flat = prior.on == 1.0 and prior.off == 1.0
    small = prior.on < 1.0 or prior.off < 1.0
    power = state.power[0]
    for k in range(len(state.members)):
        none, product = state.log_share[k], 1.0
        for j in range(state.on.shape[1]):
            on = state.on[k, j]
            if flat and state.members[k] == 0:
                rate = positive(rng)
                odds, off = rate / (1.0 - rate), 1.0 - rate
            elif small:
                logit = log_gamma(rng, prior.on + power * on)
                logit -= log_gamma(rng, prior.off + power * (state.members[k] - on))
                odds = math.exp(max(min(logit, LONGEST_LOGIT), -LONGEST_LOGIT))
                off = 1.0 / (1.0 + odds)
            else:
                one = max(rng.standard_gamma(prior.on + power * on), 1e-100)
                other = max(rng.standard_gamma(prior.off + power * (state.members[k] - on)), 1e-100)
                odds, off = one / other, other / (one + other)
            if power < 1.0:
                odds, off = odds**power, off**power
            state.odds[j, k] = odds
            product *= off
            if product < 1e-100:
                none += math.log(product)
                product = 1.0
        state.base[k] = none + math.log(product)


@compiled
def _sweep(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> bool:
    """One iteration; True if the first draw of the unseen lay above the cap."""
    _weigh_cells(cells, state)
    if state.power[0] == 1.0:
        for _ in range(SLIDES):
            slide_class(rng, cells, prior, state)
        for _ in range(1 + len(cells.counts) // CELLS_A_TRANSFER):
            transfer(rng, cells, prior, state)
    above = _draw_unseen(rng, cells.counts.sum(), prior, state)
    _draw_classes(rng, cells, state)
    if rng.random() < PARTINGS:
        split_or_merge(rng, cells, prior, state)
        _draw_shares(rng, state)
    _swap_labels(rng, state)
    _swap_neighbours(rng, state)
    _draw_alpha(rng, prior, state)
    _draw_shares(rng, state)
    _draw_rates(rng, prior, state)
    return above


@compiled
def start(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> None:
    """Put a chain somewhere: every class looks like somebody drawn at random, all are of one size.

    From too many classes a chain finds its way to few; a class that is missing is hard to find.
    """
    state.alpha[0] = 1.0
    state.members[:] = 0
    state.on[:] = 0
    for k in range(len(state.members)):
        c, number = 0, rng.random() * cells.counts.sum()
        while number >= cells.counts[c]:
            number -= cells.counts[c]
            c += 1
        state.members[k] = 3
        for place in range(cells.first[c], cells.first[c + 1]):
            state.on[k, cells.lists[place]] = 3
    state.log_share[:] = -math.log(len(state.members))
    _draw_rates(rng, prior, state)


@compiled
def anneal(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> None:
    """Let the table speak softly at first, then louder, so that a chain forgets where it began.

    At full strength from the start, some chains keep a class too many for long.
    """
    for at in range(ANNEALED):
        state.power[0] = SOFTEST + (1.0 - SOFTEST) * at / ANNEALED
        _sweep(rng, cells, prior, state)
    state.power[0] = 1.0
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


class CompiledChains:
    """Chains with a generator each, so that the number of threads changes nothing."""

    def __init__(self, model: LatentClassModel, *, chains: int, seed: int) -> None:
        seeds = np.random.SeedSequence(seed).spawn(chains)
        self._rngs = [np.random.default_rng(one) for one in seeds]
        self._cells = _cells(model)
        cells, lists = model.histories.shape
        self._prior = Prior(*model.prior_lambda, *model.prior_alpha, float(model.most_unseen))
        self._states = [empty_state(cells, model.classes, lists) for _ in seeds]
        self._at_once(self._start)

    def advance(self, kept: int, thin: int) -> Batch:
        """Draw `kept` times `thin` more iterations in each chain, and keep every `thin`-th."""
        shape = (len(self._states), kept)
        unseen = np.zeros(shape, dtype=np.int64)
        alpha = np.zeros(shape)
        occupied = np.zeros(shape, dtype=np.int64)
        traces = [Traces(*rows) for rows in zip(unseen, alpha, occupied, strict=True)]
        above = sum(self._at_once(lambda chain: self._run(chain, traces[chain], thin)))
        return Batch(unseen=unseen, alpha=alpha, occupied=occupied, above=above)

    def _at_once(self, task: Callable[[int], int]) -> list[int]:
        """What a task gives for each chain, on all processors."""
        chains = range(len(self._states))
        with ThreadPoolExecutor(max_workers=min(len(chains), _cores())) as threads:
            return list(threads.map(task, chains))

    def _start(self, chain: int) -> int:
        rng, state = self._rngs[chain], self._states[chain]
        start(rng, self._cells, self._prior, state)
        if len(self._cells.sizes) > FEW_LISTS:
            anneal(rng, self._cells, self._prior, state)
        return 0

    def _run(self, chain: int, traces: Traces, thin: int) -> int:
        rng, state = self._rngs[chain], self._states[chain]
        return advance(rng, self._cells, self._prior, state, traces, thin)


def _cells(model: LatentClassModel) -> Cells:
    lengths = model.histories.sum(axis=1)
    return Cells(
        first=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        lists=np.nonzero(model.histories)[1].astype(np.int64),
        counts=np.ascontiguousarray(model.counts, dtype=np.int64),
        sizes=(model.histories * model.counts[:, None]).sum(axis=0).astype(np.int64),
    )


def _cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
