"""A move of the latent class model: a class becomes larger and harder to catch, or the reverse.

Large classes that lists hardly find and small ones that they find more often explain a table about
as well; Gibbs steps creep along that ridge, one person after another.
"""

import math

import numpy as np

from khronika.estimation.lcmcr_model import Floats
from khronika.estimation.lcmcr_state import Cells, Prior, State, below_cap, compiled, seen_chance


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
def slide_class(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> int:
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
    seen = seen_chance(state)
    changed = seen + share * math.expm1(before) - share * math.exp(growth) * math.expm1(after)
    gain -= cells.counts.sum() * math.log(changed / seen)
    for c in range(len(cells.counts)):
        times = fixed - (cells.first[c + 1] - cells.first[c])
        gain += cells.counts[c] * math.log1p(
            state.weights[c, k] * math.expm1(step * times) / state.sums[c]
        )
    if not (gain >= 0.0 or rng.random() < math.exp(gain)):
        return 0
    if not below_cap(rng, cells, max(math.exp(total) - changed, 0.0), changed, prior, state):
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
