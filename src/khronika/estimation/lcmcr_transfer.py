"""A move of the latent class model: those of a class whom a list caught, or missed, go to another.

Two classes can divide the people of a large list in several ways that explain a table about as
well: one class takes all whom the list caught, or shares them with the other, which then is harder
to catch. Between such modes single rates and single people move slowly, for each holds the others
back. This move carries the whole group over in one step, with its rates of capture.
"""

import math
from typing import NamedTuple

import numpy as np

from khronika.estimation.lcmcr_model import Floats
from khronika.estimation.lcmcr_state import Cells, Prior, State, below_cap, compiled, seen_chance

LONGEST = 3.0  # step of the logit of a rate of capture, its standard deviation
ABOUT_CAUGHT = 0.25  # of the moves are about those whom a list caught, the others about the missed
HARDER = 0.5  # at most so much of it goes into how hard the other class is to catch
EXTREME = 1e-9  # rates as near to 0 or 1 are left alone


class Step(NamedTuple):
    """Who goes: those of class k whom list j missed, or caught, to class m."""

    k: int
    m: int
    j: int
    floor: int  # people of the smallest list that the carried were on at their rate
    caught: bool
    step: float  # of the logit of the rate of class k on list j
    slide: float  # of class m
    before: bool  # the slide comes first


@compiled
def transfer(rng: np.random.Generator, cells: Cells, prior: Prior, state: State) -> bool:
    """One such move; True if it was made.

    Everybody's class and the number unseen are integrated out; classes are unscaled masses. In
    class k the rate of list j changes because people it missed (or, with `caught`, caught) leave
    for class m or come back from there. They carry their rates on the large lists; the others did
    not catch them. Class m also becomes harder to catch and larger (a slide), before or after.
    The same steps backwards, in the other order, undo all this.
    """
    way = _drawn(rng, cells, state)
    if way.k == way.m or math.exp(state.log_share[way.k]) >= 1.0:
        return False
    left, mass, gain = _proposed(cells, prior, state, way)
    if left == 0.0:
        return False
    a, b = math.exp(state.log_share[way.k]), math.exp(state.log_share[way.m])
    total = 1.0 - a * (1.0 - left) - b + mass
    rest = total - a * left
    if rest <= 0.0:
        return False
    grown = (way.k, math.log(left)), (way.m, math.log(mass / b))
    gain += _shares_gain(state.log_share, state.alpha[0], grown[0], grown[1])
    gain += math.log(left * mass / b / total * (1.0 - a) / rest)  # choice of the two classes
    told, seen = _told_gain(cells, state, way, left, mass)
    gain += told
    if not (gain >= 0.0 or rng.random() < math.exp(gain)):
        return False
    if not below_cap(rng, cells, max(total - seen, 0.0), seen, prior, state):
        return False
    _take(cells, state, way, left, mass, math.log(total))
    return True


@compiled
def _drawn(rng: np.random.Generator, cells: Cells, state: State) -> Step:
    k = _by_share(rng, state.log_share, -1)
    m = _by_share(rng, state.log_share, k)
    j, smallest = _list_of(rng, cells), _list_of(rng, cells)
    caught = rng.random() < ABOUT_CAUGHT
    step = rng.standard_normal() * LONGEST * math.exp(-1.5 * rng.random())
    slide = step * HARDER * int(rng.random() * 3.0) / 2.0
    before = rng.random() < 0.5
    slide = -slide if caught else slide
    return Step(k, m, j, cells.sizes[smallest], caught, step, slide, before)


@compiled
def _proposed(cells: Cells, prior: Prior, state: State, way: Step) -> tuple[float, float, float]:
    """What the move makes of the two classes; the rates of class m stand in `rates` after it.

    Returns:
        Share of class k that stays, 0 where there is no such move; the mass of class m; what the
        prior of the rates and the volume gain.
    """
    rates = state.rates
    rates[:] = state.odds[:, way.m]
    mass, gain = math.exp(state.log_share[way.m]), 0.0
    if way.before:
        mass, gain = _slid(rates, prior, mass, way.slide)
    left, mass, carried = _carried(cells, prior, state, way, mass)
    if left > 0.0 and not way.before:
        mass, slid = _slid(rates, prior, mass, way.slide)
        gain += slid
    return left, mass, gain + carried


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
    """Make a class harder to catch, in `rates`, and larger; its mass, what the prior gains."""
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
    cells: Cells, prior: Prior, state: State, way: Step, mass: float
) -> tuple[float, float, float]:
    """Carry people of class k to the class with `rates` and `mass`; returns as `_proposed`."""
    rates, was = state.rates, state.odds[way.j, way.k]
    on, off = _both(was)
    now_on, now_off = _both(was * math.exp(way.step))
    if min(on, off, now_on, now_off) < EXTREME:
        return 0.0, mass, 0.0
    left = off / now_off if way.caught else on / now_on
    moved = math.exp(state.log_share[way.k]) * (1.0 - left)
    larger = mass + moved
    if larger <= EXTREME * mass or mass <= EXTREME * larger:
        return 0.0, mass, 0.0
    gain = prior.on * math.log(now_on / on) + prior.off * math.log(now_off / off)
    gain -= math.log(larger / mass) * (1.0 + len(rates))
    for i in range(len(rates)):
        on, off = _both(rates[i])
        rate = 0.0
        if i == way.j:
            rate = 1.0 if way.caught else 0.0
        elif cells.sizes[i] >= way.floor:
            rate = _both(state.odds[i, way.k])[0]
        now_on = (mass * on + moved * rate) / larger
        now_off = (mass * off + moved * (1.0 - rate)) / larger
        if min(on, off, now_on, now_off) < EXTREME:
            return 0.0, mass, 0.0
        gain += (prior.on - 1.0) * math.log(now_on / on)
        gain += (prior.off - 1.0) * math.log(now_off / off)
        rates[i] = now_on / now_off
    return left, larger, gain


@compiled
def _both(odds: float) -> tuple[float, float]:
    """A rate, and 1 - rate."""
    return odds / (1.0 + odds), 1.0 / (1.0 + odds)


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
    cells: Cells, state: State, way: Step, left: float, mass: float
) -> tuple[float, float]:
    """What the log likelihood of those seen gains, and their mass; fills `ratios`."""
    k, m = way.k, way.m
    a, b = math.exp(state.log_share[k]), math.exp(state.log_share[m])
    none_k, none_m = state.base[k] - state.log_share[k], state.base[m] - state.log_share[m]
    now_k, now_m = none_k + _harder(state, way), _none(state.rates)
    seen = seen_chance(state)
    changed = seen + a * math.expm1(none_k) + b * math.expm1(none_m)
    changed -= a * left * math.expm1(now_k) + mass * math.expm1(now_m)
    if changed <= 0.0:
        return -math.inf, 0.0
    for i in range(len(state.ratios)):
        state.ratios[i] = state.rates[i] / state.odds[i, m]
    up_k, up_m = left * math.exp(now_k - none_k), mass / b * math.exp(now_m - none_m)
    gain: float = -cells.counts.sum() * math.log(changed / seen)
    for c in range(len(cells.counts)):
        times_k, times_m = _times(cells, state, way, c)
        more = state.weights[c, k] * (up_k * times_k - 1.0)
        more += state.weights[c, m] * (up_m * times_m - 1.0)
        gain += cells.counts[c] * math.log1p(max(more / state.sums[c], -1.0 + 1e-15))
    return gain, changed


@compiled
def _harder(state: State, way: Step) -> float:
    """By how much the log chance of class k to be on no list grows."""
    was = state.odds[way.j, way.k]
    return math.log1p(was) - math.log1p(was * math.exp(way.step))


@compiled
def _times(cells: Cells, state: State, way: Step, c: int) -> tuple[float, float]:
    """By how much the odds of a cell grow in class k and in class m."""
    times_k, times_m = 1.0, 1.0
    for place in range(cells.first[c], cells.first[c + 1]):
        times_m *= state.ratios[cells.lists[place]]
        if cells.lists[place] == way.j:
            times_k = math.exp(way.step)
    return times_k, times_m


@compiled
def _take(cells: Cells, state: State, way: Step, left: float, mass: float, total: float) -> None:
    """Go there, and make the shares sum to 1 again; `total` is the logarithm of their sum."""
    k, m = way.k, way.m
    grown = math.log(mass) - state.log_share[m]
    up_k = math.log(left) + _harder(state, way)
    up_m = grown + _none(state.rates) - (state.base[m] - state.log_share[m])
    for c in range(len(cells.counts)):
        times_k, times_m = _times(cells, state, way, c)
        state.scales[c] -= total
        state.weights[c, k] *= math.exp(up_k) * times_k
        state.weights[c, m] *= math.exp(up_m) * times_m
        state.sums[c] = state.weights[c].sum()
    state.odds[way.j, k] *= math.exp(way.step)
    state.odds[:, m] = state.rates
    state.log_share[k] += math.log(left)
    state.log_share[m] += grown
    state.base[k] += up_k
    state.base[m] += up_m
    for i in range(len(state.base)):
        state.log_share[i] -= total
        state.base[i] -= total
