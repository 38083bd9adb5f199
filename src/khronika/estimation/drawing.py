"""Draws from what a result believes, whatever method made it."""

import math
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from khronika.estimation.dga import DgaEstimate
from khronika.estimation.results import Estimate, Verdict

Floats = NDArray[np.float64]


def generator(found: Estimate, seed: int, place: int = 0) -> np.random.Generator:
    """Random numbers that belong to an estimate: the same whatever stands beside it.

    Args:
        found: the estimate; its table tells it from others.
        seed: of the draws.
        place: among estimates of the same table.
    """
    digest = sha256(f"{found.provenance.table} {found.method}".encode()).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big"), place])


def has_draws(found: Estimate) -> bool:
    """Whether the method itself gives draws."""
    drawn = found.draws is not None and len(found.draws) > 0
    return drawn or (isinstance(found, DgaEstimate) and found.posterior is not None)


def draw(found: Estimate, size: int, rng: np.random.Generator) -> Floats | None:
    """Numbers of people as probable as the estimate says; None where it does not say.

    Draws of a posterior are drawn from; an interval is taken for what it leaves out at each end,
    with the logarithm of one and the unseen normal on each side of the estimate.
    """
    if found.verdict is Verdict.REFUSED or found.estimate is None:
        return None
    if isinstance(found, DgaEstimate) and found.posterior is not None:
        return found.draw(size, rng)
    if found.draws is not None and len(found.draws):
        # Each draw as often as any other, in an order that other estimates do not share.
        order = np.resize(rng.permutation(len(found.draws)), size)
        return np.asarray(found.draws[rng.permutation(order)], dtype=np.float64)
    spread = _spread(found)
    if spread is None:
        return None
    below, above = spread
    z = rng.standard_normal(size)
    middle = math.log1p(found.estimate - found.documented)
    logs = middle + z * np.where(z < 0, below, above)
    return np.asarray(found.documented + np.maximum(np.expm1(logs), 0.0))


def _spread(found: Estimate) -> tuple[float, float] | None:
    """Standard deviations of the log of one and the unseen, below and above the estimate."""
    unseen = (found.estimate or 0.0) - found.documented
    middle = math.log1p(unseen)
    if found.interval is not None and math.isfinite(found.interval.upper):
        z = float(ndtri((1 + found.level) / 2))
        lower, upper = (math.log1p(max(end - found.documented, 0)) for end in found.interval)
        return max(middle - lower, 0) / z, max(upper - middle, 0) / z
    if found.interval is None and found.se is not None and math.isfinite(found.se):
        one = math.sqrt(math.log1p((found.se / (1 + unseen)) ** 2))
        return one, one
    return None
