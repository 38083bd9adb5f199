"""A move of the latent class model: those of a class whom a list caught, or missed, go to another.

Two classes can divide the people of a large list in several ways that explain a table about as
well: one class takes all whom the list caught, or shares them with the other, which then is harder
to catch. Between such modes single rates and single people move slowly, for each holds the others
back. This move carries the whole group over in one step, with its rates of capture.
"""

import math

import numpy as np

from khronika.estimation.lcmcr_model import Floats
from khronika.estimation.lcmcr_state import Cells, Prior, State, compiled

LONGEST = 3.0  # step of the logit of a rate of capture, its standard deviation
HARDER = 0.5  # at most so much of it goes into how hard the other class is to catch
EXTREME = 1e-9  # rates as near to 0 or 1 are left alone


@compiled
def transfer(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> int:
    """One such move; 1 if it was made.

    Everybody's class and the number unseen are integrated out; classes are unscaled masses. In
    class k the rate of list j changes because people it missed (or, with `caught`, caught) leave
    for class m or come back from there. They carry their rates on the large lists; the others did
    not catch them. Class m also becomes harder to catch and larger (a slide), before or after.
    The same steps backwards, in the other order, undo all this.
    """
    odds, log_share = state.odds, state.log_share
    k = _by_share(rng, log_share, -1)
    m = _by_share(rng, log_share, k)
    j, floor = _list_of(rng, cells), cells.sizes[_list_of(rng, cells)]
    caught = rng.random() < 0.25
    step = rng.standard_normal() * LONGEST * math.exp(-1.5 * rng.random())
    slide = step * HARDER * float(int(rng.random() * 3.0)) / 2.0
    if k == m or math.exp(log_share[k]) >= 1.0:
        return 0
    if caught:
        slide = -slide
    before = rng.random() < 0.5
    a, b = math.exp(log_share[k]), math.exp(log_share[m])
    rates = state.rates
    rates[:] = odds[:, m]
    mass, gain = b, 0.0
    if before:
        mass, gain = _slid(rates, prior, mass, slide)
    left, mass, carried = _carried(cells, prior, state, rates, mass, (k, j, floor, step, caught))
    if left == 0.0:
        return 0
    gain += carried
    if not before:
        mass, more = _slid(rates, prior, mass, slide)
        gain += more
    total = 1.0 - a * (1.0 - left) - b + mass
    gain += _shares_gain(log_share, state.alpha[0], (k, math.log(left)), (m, math.log(mass / b)))
    rest = total - a * left
    if rest <= 0.0:
        return 0
    gain += math.log(left * mass / b / total * (1.0 - a) / rest)
    gain += _told_gain(cells, state, k, m, (left, j, odds[j, k] * math.exp(step)), mass)
    if not (gain >= 0.0 or rng.random() < math.exp(gain)):
        return 0
    _take(cells, state, k, m, (left, j, odds[j, k] * math.exp(step)), mass, math.log(total))
    return 1


@compiled
def _by_share(rng: np.random.Generator, log_share: Floats, without: int) -> int:
    """A class, by the shares; not the one of `without`."""
    total = 1.0 if without < 0 else 1.0 - math.exp(log_share[without])
    number = rng.random() * total
    for k in range(len(log_share)):
        if k != without:
            number -= math.exp(log_share[k])
            if number < 0.0:
                return k
    return without


@compiled
def _list_of(rng: np.random.Generator, cells: Cells) -> int:
    """A list, by how many people it has."""
    number = int(rng.random() * cells.sizes.sum())
    for j in range(len(cells.sizes)):
        number -= cells.sizes[j]
        if number < 0:
            return j
    return len(cells.sizes) - 1


@compiled
def _slid(rates: Floats, prior: Prior, mass: float, step: float) -> tuple[float, float]:
    """Make a class harder to catch, in `rates` (odds), and larger; its mass, what the prior gains."""
    if step == 0.0:
        return mass, 0.0
    shrink, none, now_none = math.exp(-step), 0.0, 0.0
    for i in range(len(rates)):
        none -= math.log1p(rates[i])
        rates[i] *= shrink
        now_none -= math.log1p(rates[i])
    gain = -prior.on * len(rates) * step + (prior.on + prior.off) * (now_none - none)
    return mass * math.exp(step + none - now_none), gain


@compiled
def _carried(
    cells: Cells,
    prior: Prior,
    state: State,
    rates: Floats,
    mass: float,
    asked: tuple[int, int, int, float, bool],
) -> tuple[float, float, float]:
    """Carry people of class k to the class with `rates` and `mass`.

    Returns:
        Share of class k that stays, 0 where there is no such step; the mass of the other class;
        what the prior of the rates and the volume gain.
    """
    k, j, floor, step, caught = asked
    was = state.odds[j, k]
    now = was * math.exp(step)
    on, off, now_on, now_off = was / (1.0 + was), 1.0 / (1.0 + was), now / (1.0 + now), 1.0 / (1.0 + now)
    if min(on, off, now_on, now_off) < EXTREME:
        return 0.0, mass, 0.0
    left = off / now_off if caught else on / now_on
    moved = math.exp(state.log_share[k]) * (1.0 - left)
    larger = mass + moved
    if larger <= EXTREME * mass or mass <= EXTREME * larger:
        return 0.0, mass, 0.0
    gain = prior.on * math.log(now_on / on) + prior.off * math.log(now_off / off)
    grown = math.log(larger / mass)
    gain -= grown * (1.0 + len(rates))
    for i in range(len(rates)):
        on, off = rates[i] / (1.0 + rates[i]), 1.0 / (1.0 + rates[i])
        rate = state.odds[i, k] / (1.0 + state.odds[i, k]) if cells.sizes[i] >= floor else 0.0
        if i == j:
            rate = 1.0 if caught else 0.0
        now_on = (mass * on + moved * rate) / larger
        now_off = (mass * off + moved * (1.0 - rate)) / larger
        if min(on, off, now_on, now_off) < EXTREME:
            return 0.0, mass, 0.0
        gain += (prior.on - 1.0) * math.log(now_on / on) + (prior.off - 1.0) * math.log(now_off / off)
        rates[i] = now_on / now_off
    return left, larger, gain


@compiled
def _shares_gain(
    log_share: Floats, alpha: float, one: tuple[int, float], other: tuple[int, float]
) -> float:
    """What the prior of the sticks gains when two masses grow, as a density of their logarithms.

    It is a product of V (1 - V) ** alpha over all sticks but the last; rest[i] below is what class
    i and all later ones have, and V = mass[i] / rest[i].
    """
    last = len(log_share) - 1
    gain = 0.0
    rest, now_rest = 0.0, 0.0
    high = max(one[0], other[0])
    for i in range(last, -1, -1):
        mass = math.exp(log_share[i])
        grown = one[1] if i == one[0] else other[1] if i == other[0] else 0.0
        rest += mass
        now_rest += mass * math.exp(grown)
        if i > high:
            continue
        changed = math.log(now_rest / rest)
        if i < last:
            gain += grown - changed
        else:
            gain += alpha * changed
        if i == 0:
            gain -= alpha * changed
    return gain


@compiled
def _none(odds: Floats) -> float:
    """Log chance of a class to be on no list."""
    none = 0.0
    for i in range(len(odds)):
        none -= math.log1p(odds[i])
    return none


@compiled
def _told_gain(
    cells: Cells, state: State, k: int, m: int, left: tuple[float, int, float], mass: float
) -> float:
    """What the table gains: the log likelihood of the cells among those seen."""
    share, j, now = left
    log_share, ratios = state.log_share, state.ratios
    a, b = math.exp(log_share[k]), math.exp(log_share[m])
    none_k, none_m = state.base[k] - log_share[k], state.base[m] - log_share[m]
    now_k = none_k + math.log1p(state.odds[j, k]) - math.log1p(now)
    now_m = _none(state.rates)
    seen = 0.0
    for i in range(len(log_share)):
        seen -= math.exp(log_share[i]) * math.expm1(state.base[i] - log_share[i])
    changed = seen + a * math.expm1(none_k) + b * math.expm1(none_m)
    changed -= a * share * math.expm1(now_k) + mass * math.expm1(now_m)
    if changed <= 0.0:
        return -math.inf
    for i in range(len(ratios)):
        ratios[i] = state.rates[i] / state.odds[i, m]
    up_k, up_m = share * math.exp(now_k - none_k), mass / b * math.exp(now_m - none_m)
    times = now / state.odds[j, k]
    gain = -cells.counts.sum() * math.log(changed / seen)
    for c in range(len(cells.counts)):
        times_k, times_m = up_k, up_m
        for place in range(cells.first[c], cells.first[c + 1]):
            i = cells.lists[place]
            times_m *= ratios[i]
            if i == j:
                times_k *= times
        more = state.weights[c, k] * (times_k - 1.0) + state.weights[c, m] * (times_m - 1.0)
        gain += cells.counts[c] * math.log1p(max(more / state.sums[c], -1.0 + 1e-15))
    return gain


@compiled
def _take(
    cells: Cells,
    state: State,
    k: int,
    m: int,
    left: tuple[float, int, float],
    mass: float,
    total: float,
) -> None:
    """Go there; `ratios` are those of the last look at the table."""
    share, j, now = left
    b, was_m = math.exp(state.log_share[m]), state.base[m] - state.log_share[m]
    now_m = _none(state.rates)
    up_m = math.log(mass / b) + now_m - was_m
    up_k = math.log(share) + math.log1p(state.odds[j, k]) - math.log1p(now)
    times = now / state.odds[j, k]
    for c in range(len(cells.counts)):
        times_k, times_m = math.exp(up_k), math.exp(up_m)
        for place in range(cells.first[c], cells.first[c + 1]):
            i = cells.lists[place]
            times_m *= state.ratios[i]
            if i == j:
                times_k *= times
        state.scales[c] -= total
        state.weights[c, k] *= times_k
        state.weights[c, m] *= times_m
        state.sums[c] = state.weights[c].sum()
    state.odds[j, k] = now
    state.odds[:, m] = state.rates
    state.log_share[k] += math.log(share)
    state.log_share[m] += math.log(mass / b)
    state.base[k] += up_k
    state.base[m] += up_m
    for i in range(len(state.base)):
        state.log_share[i] -= total
        state.base[i] -= total
