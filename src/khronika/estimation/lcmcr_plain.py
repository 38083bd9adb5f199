"""The Gibbs sampler of the latent class model in numpy alone, all chains in one array.

Some ten times slower than `lcmcr_kernel`, and the same in law: where numba is not installed.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from khronika.estimation.lcmcr_model import Batch, Floats, Integers, LatentClassModel

TRIES = 100
LONGEST_LOG = 50.0
TINY = 1e-300


class PlainChains:
    """Chains as arrays whose axes are R chains, C cells, J lists, K classes."""

    def __init__(self, model: LatentClassModel, *, chains: int, seed: int) -> None:
        self._model = model
        self._on = model.histories.astype(np.float64)
        self._rng = np.random.default_rng([seed, chains])
        shape = (chains, model.classes)
        self._chains, self._classes = shape
        self._alpha: Floats = np.exp(self._rng.standard_normal(chains))
        self._unseen: Integers = np.zeros(chains, dtype=np.int64)
        self._members: Integers = np.zeros(shape, dtype=np.int64)
        self._caught: Floats = np.zeros((chains, self._on.shape[1], model.classes))
        self._start()

    def advance(self, kept: int, thin: int) -> Batch:
        """Draw `kept` times `thin` more iterations in each chain, and keep every `thin`-th."""
        unseen = np.zeros((self._chains, kept), dtype=np.int64)
        alpha = np.zeros((self._chains, kept))
        occupied = np.zeros((self._chains, kept), dtype=np.int64)
        above = 0
        for place in range(kept):
            above += sum(self._sweep() for _ in range(thin))
            unseen[:, place], alpha[:, place] = self._unseen, self._alpha
            occupied[:, place] = np.count_nonzero(self._members, axis=1)
        return Batch(unseen=unseen, alpha=alpha, occupied=occupied, above=above)

    def _start(self) -> None:
        self._draw_shares()
        self._draw_rates()

    def _sweep(self) -> int:
        above = self._draw_unseen()
        self._draw_classes()
        self._swap_labels()
        self._swap_neighbours()
        self._draw_alpha()
        self._draw_shares()
        self._draw_rates()
        return above

    def _draw_unseen(self) -> int:
        none = self._base - self._log_share
        share = np.exp(self._log_share)
        seen = np.maximum(-(share * np.expm1(none)).sum(axis=1), TINY)
        odds = np.minimum(np.exp(self._base).sum(axis=1) / seen, 1e200)
        waiting = np.arange(self._chains)
        n, most = int(self._model.counts.sum()), self._model.most_unseen
        above = 0
        for attempt in range(TRIES):
            rate = self._rng.standard_gamma(n, size=len(waiting)) * odds[waiting]
            small = rate < 2 * most
            drawn = self._rng.poisson(np.where(small, rate, 0.0))
            right = small & (drawn <= most)
            self._unseen[waiting[right]] = drawn[right]
            waiting = waiting[~right]
            above = len(waiting) if attempt == 0 else above
            if not len(waiting):
                break
        return above

    def _draw_classes(self) -> None:
        logits = self._base[:, None, :] + self._on @ self._log_odds
        dealt = self._rng.multinomial(self._model.counts, _chances(logits))
        none = self._rng.multinomial(self._unseen, _chances(self._base))
        self._members = dealt.sum(axis=1) + none
        self._caught = self._on.T @ dealt.astype(np.float64)

    def _swap_labels(self) -> None:
        """Two classes anywhere (Papaspiliopoulos and Roberts 2008), as often as there are classes.

        Pairs that share no class are swapped at once.
        """
        order = self._rng.permuted(np.tile(np.arange(self._classes), (self._chains, 1)), axis=1)
        half = self._classes // 2
        self._swap(order[:, :half], order[:, half : 2 * half], self._sticks_given)

    def _swap_neighbours(self) -> None:
        """Neighbours, the sticks integrated out; see the compiled sampler."""
        for first in (0, 1):
            one = np.arange(first, self._classes - 2, 2)
            pairs = np.tile(one, (self._chains, 1))
            self._swap(pairs, pairs + 1, self._sticks_out)

    def _sticks_given(self, one: Integers, other: Integers) -> Floats:
        share = np.take_along_axis(self._log_share, one, 1) - np.take_along_axis(
            self._log_share, other, 1
        )
        more = np.take_along_axis(self._members, other, 1) - np.take_along_axis(
            self._members, one, 1
        )
        return np.asarray(share * more, dtype=np.float64)

    def _sticks_out(self, one: Integers, other: Integers) -> Floats:
        later = self._later()
        rest = np.take_along_axis(later, other, 1) + self._alpha[:, None]
        ratio = (rest + np.take_along_axis(self._members, other, 1)) / (
            rest + np.take_along_axis(self._members, one, 1)
        )
        return np.asarray(np.log(ratio), dtype=np.float64)

    def _swap(
        self, one: Integers, other: Integers, gain: Callable[[Integers, Integers], Floats]
    ) -> None:
        if not one.shape[1]:
            return
        sure = np.log1p(-self._rng.random(one.shape)) <= gain(one, other)
        new = np.tile(np.arange(self._classes), (self._chains, 1))
        np.put_along_axis(new, one, np.where(sure, other, one), 1)
        np.put_along_axis(new, other, np.where(sure, one, other), 1)
        self._members = np.take_along_axis(self._members, new, 1)
        self._caught = np.take_along_axis(self._caught, new[:, None, :], 2)

    def _later(self) -> Integers:
        """People of the classes after each."""
        after: Integers = np.cumsum(self._members[:, ::-1], axis=1)[:, ::-1] - self._members
        return after

    def _draw_alpha(self) -> None:
        now = np.log(self._alpha)
        density = self._alpha_density(now)
        for _ in range(2):
            proposed = now + self._rng.standard_normal(self._chains)
            there = self._alpha_density(proposed)
            sure = np.log1p(-self._rng.random(self._chains)) <= there - density
            sure &= np.abs(proposed) < LONGEST_LOG
            now, density = np.where(sure, proposed, now), np.where(sure, there, density)
        self._alpha = np.asarray(np.exp(now), dtype=np.float64)

    def _alpha_density(self, log_alpha: Floats) -> Floats:
        shape, rate = self._model.prior_alpha
        alpha = np.exp(log_alpha)[:, None]
        later = self._later()[:, :-1]
        with_k = later + self._members[:, :-1]
        terms = np.log(alpha) + gammaln(alpha + later) - gammaln(1 + alpha + with_k)
        density: Floats = shape * log_alpha - rate * alpha[:, 0] + terms.sum(axis=1)
        return density

    def _draw_shares(self) -> None:
        later = self._later()[:, :-1]
        taken = self._log_gamma(1.0 + self._members[:, :-1])
        left = self._log_gamma(self._alpha[:, None] + later)
        both = np.logaddexp(taken, left)
        start = np.zeros((self._chains, 1))
        sticks = np.concatenate([start, np.cumsum(left - both, axis=1)], axis=1)
        self._log_share = sticks + np.concatenate([taken - both, start], axis=1)

    def _draw_rates(self) -> None:
        on, off = self._model.prior_lambda
        log_on = self._log_gamma(on + self._caught)
        log_off = self._log_gamma(off + (self._members[:, None, :] - self._caught))
        self._log_odds = log_on - log_off
        self._base = self._log_share + (log_off - np.logaddexp(log_on, log_off)).sum(axis=1)

    def _log_gamma(self, shape: NDArray[np.floating[Any]]) -> Floats:
        """Logarithms of gamma variates, exact where the variate would round to zero."""
        small = shape < 1
        variate = np.log(np.maximum(self._rng.standard_gamma(shape + small), TINY))
        if small.any():
            uniform = np.log(np.maximum(self._rng.random(int(small.sum())), TINY))
            variate[small] += uniform / shape[small]
        return np.asarray(variate, dtype=np.float64)


def _chances(logits: Floats) -> Floats:
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    chances: Floats = weights / weights.sum(axis=-1, keepdims=True)
    return chances
