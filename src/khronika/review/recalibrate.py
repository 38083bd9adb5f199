"""How probable acts are, as rulings on other acts of the same coder let one expect.

A coder says how sure it is; what reviewers accept and reject shows whether to believe it. Two
numbers are learned, a slope and a shift of the log-odds (Platt 1999), by the likeliest values under
a prior that expects the coder to be right: few rulings change little. The map is monotone, so that
a threshold on what is expected is a threshold on what the coder said.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 20  # rulings; fewer change nothing
SLOPE_SPREAD: Final = 0.3  # of the prior around the identity, in log-odds
SHIFT_SPREAD: Final = 0.6
SLOPES: Final = (0.25, 4.0)
SHIFTS: Final = (-3.0, 3.0)
LOWEST: Final = 0.01  # as coders have it: nothing is impossible, nothing certain
HIGHEST: Final = 0.99
NEVER: Final = 0.001  # odds are no longer than of these
ALWAYS: Final = 0.999
STEPS: Final = 60
DIGITS: Final = 3
HALF: Final = 0.5 * 10**-DIGITS
FUZZ: Final = 1e-9

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, order=True)
class Sample:
    """One act that was ruled on: what its coder said, and whether a reviewer accepted it.

    `weight` is less than one where one ruling names several acts, which it then shares.
    """

    chance: float
    right: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """From what a coder says to what is to be expected.

    Attributes:
        slope: of the log-odds.
        shift: of the log-odds.
        rulings: how many it rests on; 0 where it changes nothing.
    """

    slope: float = 1.0
    shift: float = 0.0
    rulings: int = 0

    def of(self, chance: float) -> float:
        """The probability to be expected; what a person said (1) stays."""
        if not self.rulings or chance >= 1.0:
            return chance
        return round(self._bounded(chance), DIGITS)

    def least(self, expected: float) -> float:
        """The least that a coder must say for a probability to be expected."""
        if not self.rulings:
            return expected
        wanted = math.ceil(expected * 10**DIGITS - FUZZ) / 10**DIGITS
        if wanted <= LOWEST:
            return 0.0
        if wanted > HIGHEST:
            return 1.0
        found = _chance((_odds(wanted - HALF) - self.shift) / self.slope) + FUZZ
        if found <= NEVER:
            return 0.0
        return found if found <= ALWAYS else 1.0

    def _bounded(self, chance: float) -> float:
        return min(HIGHEST, max(LOWEST, _chance(self.slope * _odds(chance) + self.shift)))


AS_IT_IS: Final = Expected()


def learn(samples: Iterable[Sample]) -> Expected:
    """What rulings teach of one coder; the same in whatever order they come.

    Args:
        samples: acts of the coder that were ruled on.
    """
    known = _alike(samples)
    weight = math.fsum(each.weight for each in known)
    if weight < LEAST - FUZZ:
        return AS_IT_IS
    slope, shift = 1.0, 0.0
    for _ in range(STEPS):
        step = _step(known, slope, shift)
        slope = _within(slope - step[0], SLOPES)
        shift = _within(shift - step[1], SHIFTS)
        if max(map(abs, step)) < FUZZ:
            break
    return Expected(slope=round(slope, 6), shift=round(shift, 6), rulings=round(weight))


def _alike(samples: Iterable[Sample]) -> list[Sample]:
    """Samples that say the same as one of their weight: there are few, however many rulings."""
    weights: dict[tuple[float, bool], list[float]] = {}
    for each in samples:
        weights.setdefault((each.chance, each.right), []).append(each.weight)
    return [
        Sample(chance, right, math.fsum(found))
        for (chance, right), found in sorted(weights.items())
    ]


def log_loss(samples: Iterable[Sample], expected: Expected = AS_IT_IS) -> float:
    """How badly probabilities fit what was ruled: the mean of -log of what they gave the truth."""
    known = sorted(samples)
    told = (
        each.weight * -math.log(_clipped(p if each.right else 1 - p))
        for each in known
        for p in [expected.of(each.chance)]
    )
    return math.fsum(told) / math.fsum(each.weight for each in known)


def _step(samples: Sequence[Sample], slope: float, shift: float) -> Pair:
    """One step of Newton's method down the log-loss and the prior, damped where it is long."""
    odds = [_odds(each.chance) for each in samples]
    found = [_chance(slope * x + shift) for x in odds]
    rests = [s.weight * (p - s.right) for s, p in zip(samples, found, strict=True)]
    bends = [s.weight * p * (1 - p) for s, p in zip(samples, found, strict=True)]
    by_slope = math.fsum(r * x for r, x in zip(rests, odds, strict=True))
    by_slope += (slope - 1.0) / SLOPE_SPREAD**2
    by_shift = math.fsum(rests) + shift / SHIFT_SPREAD**2
    a = math.fsum(b * x * x for b, x in zip(bends, odds, strict=True)) + SLOPE_SPREAD**-2
    b = math.fsum(b * x for b, x in zip(bends, odds, strict=True))
    c = math.fsum(bends) + SHIFT_SPREAD**-2
    determinant = a * c - b * b  # positive: the prior alone bends
    first = (c * by_slope - b * by_shift) / determinant
    second = (a * by_shift - b * by_slope) / determinant
    longest = max(abs(first), abs(second), 0.5)
    return first * 0.5 / longest, second * 0.5 / longest


def _odds(chance: float) -> float:
    known = _clipped(chance)
    return math.log(known / (1 - known))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _clipped(chance: float) -> float:
    return min(ALWAYS, max(NEVER, chance))


def _within(value: float, edges: Pair) -> float:
    return min(edges[1], max(edges[0], value))
