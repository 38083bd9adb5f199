"""Tables drawn as R draws them from a seed, so that a published bootstrap can be made again.

`rmultinom` after `set.seed(1234)`, on the histories in the order of how many lists they have. It
gives the fixtures of Kosovo and Korea to the last person; other tables have no fixture.

Sources: Matsumoto & Nishimura, "Mersenne Twister", ACM Transactions on Modeling and Computer
Simulation 8 (1998); Kachitvichyanukul & Schmeiser, "Binomial random variate generation",
Communications of the ACM 31 (1988), algorithms BINV and BTPE.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from khronika.estimation import CaptureTable

SEED = 1234  # that all published runs name
WORDS = 624  # of the state of the twister
STEP, TIMES = 69069, 50  # of the congruential generator that fills it
UNIT = 2.3283064365386963e-10  # of 32 bits
FEW = 30.0  # expected: below, the binomial distribution is inverted
LONGEST = 110  # terms of an inversion
STIRLING = (13860.0, 462.0, 132.0, 99.0, 140.0)


def drawn(table: CaptureTable, nboot: int, seed: int = SEED) -> NDArray[np.float64]:
    """As many tables as asked for, nboot x 2^J - 1 counts in the order of keys."""
    keys = np.array(list(_keys(len(table.lists))))
    counts = table.dense[keys - 1].astype(np.float64)
    numbers = _uniform(seed)
    found = np.zeros((nboot, len(keys)))
    for row in found:
        row[keys - 1] = _multinomial(numbers, table.n, counts / counts.sum())
    return found


def _keys(lists: int) -> Iterator[int]:
    """Histories by how many lists they have, and of as many, the first lists first."""
    for size in range(1, lists + 1):
        for some in combinations(range(lists), size):
            yield sum(1 << one for one in some)


def _uniform(seed: int) -> Iterator[float]:
    state = seed % 2**32
    filled = []
    for turn in range(TIMES + WORDS + 1):
        state = (STEP * state + 1) % 2**32
        if turn > TIMES:  # the first word is the place, which is set to the end
            filled.append(state)
    twister = np.random.MT19937()
    twister.state = {
        "bit_generator": "MT19937",
        "state": {"key": np.array(filled, dtype=np.uint32), "pos": WORDS},
    }
    while True:
        for word in twister.random_raw(4096):
            yield min(max(float(word) * UNIT, UNIT / 2), 1 - UNIT / 2)


def _multinomial(numbers: Iterator[float], people: int, shares: NDArray[np.float64]) -> list[int]:
    """One cell after the other, each binomial among those that are left."""
    exact = shares.astype(np.longdouble)
    rest, left, found = exact.sum(), people, [0] * len(shares)
    for at, share in enumerate(exact[:-1]):
        if share > 0 and left:
            chance = float(share / rest)
            found[at] = _binomial(numbers, left, chance) if chance < 1 else left
        left -= found[at]
        rest -= share
    found[-1] = left
    return found


def _binomial(numbers: Iterator[float], trials: int, chance: float) -> int:
    smaller = min(chance, 1 - chance)
    draw = _inverted if trials * smaller < FEW else _accepted
    found = draw(numbers, trials, smaller)
    return trials - found if chance > 0.5 else found


def _inverted(numbers: Iterator[float], trials: int, chance: float) -> int:
    odds = chance / (1 - chance)
    while True:
        left, share = next(numbers), (1 - chance) ** trials
        for found in range(LONGEST + 2):
            if left < share:
                return found
            left -= share
            share *= odds * (trials + 1) / (found + 1) - odds


def _accepted(numbers: Iterator[float], trials: int, chance: float) -> int:
    """BTPE: from a triangle, two parallelograms and two exponential tails."""
    other = 1 - chance
    mean = trials * chance
    middle = int(mean + chance)
    spread = mean * other
    half = int(2.195 * math.sqrt(spread) - 4.6 * other) + 0.5
    centre = middle + 0.5
    low, high = centre - half, centre + half
    c = 0.134 + 20.5 / (15.3 + middle)
    slope = (mean + chance - low) / (mean + chance - low * chance)
    left = slope * (1 + 0.5 * slope)
    slope = (high - mean - chance) / (high * other)
    right = slope * (1 + 0.5 * slope)
    second = half * (1 + c + c)
    third = second + c / left
    fourth = third + c / right
    while True:
        u, v = next(numbers) * fourth, next(numbers)
        if u <= half:
            return int(centre - half * v + u)
        if u <= second:
            x = low + (u - half) / c
            v = v * c + 1 - abs(centre - x) / half
            if not 0 < v <= 1:
                continue
            found = int(x)
        elif u > third:
            found = int(high - math.log(v) / right)
            v *= (u - third) * right
        else:
            found = int(low + math.log(v) / left)
            v *= (u - second) * left
        if 0 <= found <= trials and _kept(v, found, middle, (trials, chance, spread)):
            return found


def _kept(v: float, found: int, middle: int, law: tuple[int, float, float]) -> bool:
    """Whether a number lies under the distribution at the height v of its mode."""
    trials, chance, spread = law
    away = abs(found - middle)
    odds = chance / (1 - chance)
    if away <= 20 or away >= spread / 2 - 1:
        ratio = 1.0
        for each in range(middle + 1, found + 1):
            ratio *= odds * (trials + 1) / each - odds
        for each in range(found + 1, middle + 1):
            ratio /= odds * (trials + 1) / each - odds
        return v <= ratio
    slack = (away / spread) * ((away * (away / 3 + 0.625) + 0.1666666666666) / spread + 0.5)
    normal = -(away * away) / (2 * spread)
    if math.log(v) < normal - slack:
        return True
    if math.log(v) > normal + slack:
        return False
    x, f, z, w = found + 1.0, middle + 1.0, trials + 1.0 - middle, trials - found + 1.0
    said = (middle + 0.5) * math.log(f / x) + (trials - middle + 0.5) * math.log(z / w)
    said += (found - middle) * math.log(w * odds / x)
    return math.log(v) <= said + sum(_stirling(each) for each in (f, z, x, w))


def _stirling(number: float) -> float:
    terms: Sequence[float] = STIRLING
    found = 0.0
    square = number * number
    for term in reversed(terms[1:]):
        found = (term - found) / square
    return (terms[0] - found) / number / 166320.0
