"""Whether chains agree, and how many independent draws they are worth.

Source:
    Vehtari, Gelman, Simpson, Carpenter and Buerkner, "Rank-normalization, folding, and
    localization: an improved R-hat for assessing convergence of MCMC", Bayesian Analysis 16 (2021).
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Draws = NDArray[np.float64]  # chains x draws


def rank_rhat(draws: Draws) -> float:
    """The greater of rank-normalised split R-hat and that of the folded draws.

    Args:
        draws: chains x draws, at least 4 draws a chain.

    Returns:
        1 where all draws are the same, huge where each chain stands still at its own.
    """
    halves = _split(np.asarray(draws, dtype=np.float64))
    folded = np.abs(halves - np.median(halves))
    return max(_rhat(_normal_scores(halves)), _rhat(_normal_scores(folded)))


def bulk_ess(draws: Draws) -> float:
    """Effective number of draws in the bulk of the distribution (chains x draws)."""
    return _ess(_normal_scores(_split(np.asarray(draws, dtype=np.float64))))


def tail_ess(draws: Draws, *, tail: float = 0.05) -> float:
    """Effective number of draws for the two tail quantiles, the smaller (chains x draws)."""
    halves = _split(np.asarray(draws, dtype=np.float64))
    ends = np.quantile(halves, (tail, 1 - tail))
    return min(_ess((halves <= end).astype(np.float64)) for end in ends)


def _split(draws: Draws) -> Draws:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_scores(draws: Draws) -> Draws:
    ranks = rankdata(draws, method="average").reshape(draws.shape)
    scores: Draws = ndtri((ranks - 0.375) / (draws.size + 0.25))
    return scores


def _rhat(draws: Draws) -> float:
    count = draws.shape[1]
    within = float(draws.var(axis=1, ddof=1).mean())
    between = count * float(draws.mean(axis=1).var(ddof=1))
    if within == 0.0:
        return 1.0 if between == 0.0 else float("inf")
    return float(np.sqrt((count - 1) / count + between / within / count))


def _ess(draws: Draws) -> float:
    """Geyer's initial monotone sequence on the autocorrelation of all chains together."""
    count = draws.shape[1]
    covariance = _autocovariance(draws)
    within = float(covariance[:, 0].mean()) * count / (count - 1)
    variance = within * (count - 1) / count + float(draws.mean(axis=1).var(ddof=1))
    if variance == 0.0:
        return float(draws.size)
    correlation = 1 - (within - covariance.mean(axis=0) * count / (count - 1)) / variance
    correlation[0] = 1.0
    pairs = correlation[: count // 2 * 2].reshape(-1, 2).sum(axis=1)
    positive = len(pairs) if (pairs > 0).all() else int(np.argmax(pairs <= 0))
    kept = np.minimum.accumulate(pairs[: max(positive, 1)])
    # one more autocorrelation, if it is positive, as Stan and the paper's code count it
    extra = correlation[2 * len(kept)] if 2 * len(kept) < count else 0.0
    time = -1 + 2 * float(kept.sum()) + max(float(extra), 0.0)
    return draws.size / max(time, 1 / math.log10(draws.size))


def _autocovariance(draws: Draws) -> Draws:
    """Of each chain at each lag, divided by the number of draws."""
    count = draws.shape[1]
    size = 2 ** math.ceil(math.log2(2 * count))
    spectrum = np.fft.rfft(draws - draws.mean(axis=1, keepdims=True), n=size, axis=1)
    power: Draws = np.fft.irfft(np.abs(spectrum) ** 2, n=size, axis=1)[:, :count]
    power /= count
    return power
