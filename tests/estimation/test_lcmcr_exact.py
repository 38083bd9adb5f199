"""The sampler against the exact posterior of two classes, summed over every way to deal people."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from khronika.estimation import lcmcr_kernel, tidy
from khronika.estimation.lcmcr_kernel import CompiledChains
from khronika.estimation.lcmcr_model import LatentClassModel
from khronika.estimation.lcmcr_parting import split_or_merge
from khronika.estimation.lcmcr_slide import slide_class
from khronika.estimation.lcmcr_transfer import transfer

HISTORIES = np.array(
    [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]], dtype=bool
)
COUNTS = np.array([3, 2, 2, 1, 2, 1, 1])
ON, OFF, SHAPE, RATE, MOST = 2.0, 2.0, 0.25, 0.25, 45

Floats = NDArray[np.float64]


def log_mean(logs: Floats, axis: int) -> Floats:
    top = logs.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(logs - top).sum(axis=axis)) + top.squeeze(axis))


def sticks(people: int) -> Floats:
    """Log p(n of the first class) with the stick and alpha integrated out, for n = 0..people."""
    log_alpha = np.linspace(-40, 6, 461)
    alpha = np.exp(log_alpha)
    first = np.arange(people + 1)[:, None]
    second = people - first
    later = np.where(
        second > 0,
        log_alpha + gammaln(alpha + np.maximum(second, 1)),
        gammaln(1 + alpha) + 0 * first,
    )
    prior = SHAPE * log_alpha - RATE * alpha
    return log_mean(gammaln(1 + first) + later - gammaln(1 + alpha + people) + prior, 1)


def exact() -> Floats:
    """p(nobody unseen), p(1), ... by summing over all allocations of the seen and the unseen."""
    dealt = np.array(list(product(*(range(count + 1) for count in COUNTS))))
    ways = (gammaln(COUNTS + 1) - gammaln(dealt + 1) - gammaln(COUNTS - dealt + 1)).sum(axis=1)
    on, on_other = dealt @ HISTORIES, (COUNTS - dealt) @ HISTORIES
    n = int(COUNTS.sum())
    logs = np.zeros(MOST)
    for unseen in range(MOST):
        z = np.arange(unseen + 1)
        first = dealt.sum(axis=1)[:, None] + z
        second = n + unseen - first
        one = ways[:, None] + gammaln(unseen + 1) - gammaln(z + 1) - gammaln(unseen - z + 1)
        one = one + sticks(n + unseen)[first]
        for j in range(3):
            one += betaln(ON + on[:, j, None], OFF + first - on[:, j, None])
            one += betaln(ON + on_other[:, j, None], OFF + second - on_other[:, j, None])
        logs[unseen] = log_mean(one.ravel(), 0) + gammaln(n + unseen) - gammaln(unseen + 1)
    chances: Floats = np.exp(logs - logs.max())
    chances /= chances.sum()
    return chances


def model(most_unseen: int = 10**12) -> LatentClassModel:
    table = tidy(("a", "b", "c"), HISTORIES, COUNTS)
    return LatentClassModel(
        histories=table.histories,
        counts=table.counts,
        classes=2,
        prior_lambda=(ON, OFF),
        prior_alpha=(SHAPE, RATE),
        most_unseen=most_unseen,
    )


def test_two_classes_have_the_exact_posterior() -> None:
    drawn = CompiledChains(model(), chains=8, seed=1).advance(20_000, 2).since(1000)
    chances = np.cumsum(exact())
    for unseen in (0, 1, 2, 4, 7, 12):
        assert abs(chances[unseen] - (drawn.unseen <= unseen).mean()) < 0.012


def test_under_a_cap_the_posterior_is_the_exact_one_cut_off() -> None:
    drawn = CompiledChains(model(4), chains=8, seed=3).advance(20_000, 2).since(1000)
    chances = np.cumsum(exact()[:5])
    for unseen in range(4):
        assert abs(chances[unseen] / chances[-1] - (drawn.unseen <= unseen).mean()) < 0.012


@pytest.mark.parametrize("move", [transfer, slide_class, split_or_merge])
def test_a_move_made_often_leaves_the_posterior_as_it_is(move: Callable[..., object]) -> None:
    chains = CompiledChains(model(), chains=1, seed=2)
    rng, state = chains._rngs[0], chains._states[0]
    cells, prior = chains._cells, chains._prior
    unseen = np.zeros(120_000)
    for at in range(len(unseen)):
        lcmcr_kernel._sweep(rng, cells, prior, state)
        if move is split_or_merge:
            move(rng, cells, prior, state)
            lcmcr_kernel._draw_shares(rng, state)
            lcmcr_kernel._draw_rates(rng, prior, state)
        else:
            lcmcr_kernel._weigh_cells(cells, state)
            for _ in range(5):
                move(rng, cells, prior, state)
        unseen[at] = state.unseen[0]
    chances = np.cumsum(exact())
    for most in (0, 1, 2, 4, 7, 12):
        assert abs(chances[most] - (unseen[1000:] <= most).mean()) < 0.012
