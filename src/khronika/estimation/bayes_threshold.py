"""Which pairs of lists depend on each other, decided by a posterior distribution.

The model of all pairs is drawn from; pairs whose mean is less than two standard deviations from
nothing are taken out; the rest is drawn from again. The posterior is log-concave, so Hamiltonian
Monte Carlo scaled by its curvature at the mode mixes well, with many chains side by side.

Sources: Silverman, "Multiple-systems analysis for the quantification of modern slavery: classical
and Bayesian approaches", JRSS A 183 (2020), section 6; Neal, "MCMC using Hamiltonian dynamics",
Handbook of Markov Chain Monte Carlo (2011).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from khronika.estimation.bca import SEED, generator
from khronika.estimation.errors import EstimationError
from khronika.estimation.existence import Standing, membership, reduce
from khronika.estimation.lattice import Bools, Floats, Whole
from khronika.estimation.mixing import bulk_ess, rank_rhat
from khronika.estimation.models import Model, independence, pairs_of
from khronika.estimation.notes import noted
from khronika.estimation.refitting import columns
from khronika.estimation.results import (
    LEVEL,
    Decision,
    Estimate,
    Interval,
    Note,
    Provenance,
    Verdict,
)
from khronika.estimation.rules import decide, unconverged
from khronika.estimation.stepwise import TWO_LISTS, decision_on_lists
from khronika.estimation.table import CaptureTable
from khronika.estimation.told_numbers import two_digits

MOST_LISTS = 8  # 255 cells and 37 parameters
THRESHOLD = 2.0
PRIORS = ("normal", "improper")
MAIN_PRECISION = 1e-4  # of the parameters of single lists: as good as flat
CHAINS = 8
WARM_UP = 300
LEAPS = 4  # leapfrog steps of a draw
NEAR = 0.1  # standard deviations from the threshold within which so many draws do not decide
LONGER = 10  # times as many draws there
AIM = 0.8  # share of draws accepted
LONGEST = 1.9  # way of a draw in standard deviations; a quarter of a turn leads farthest apart
MOST_DRAWS = 100_000
MOST_NEWTON = 200
HALVES = 0.5 ** np.arange(20.0)[:, None]  # of a step of Newton's method

ASSUMPTION = (
    "No three lists depend on each other beyond what their pairs explain, pairs with weak evidence"
    " of dependence do not depend on each other, and everybody has the same chance to be on a list."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How far two lists depend on each other under the model of all pairs.

    Attributes:
        lists: the two.
        mean: of the logarithm of the odds ratio; minus infinity where the lists share nobody and
            the prior is improper.
        sd: its standard deviation.
        kept: whether the model has the pair.
    """

    lists: tuple[str, str]
    mean: float
    sd: float
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdEstimate(Estimate):
    """An estimate with pairs kept by their posterior.

    Attributes:
        effects: of all pairs.
        rhat: rank-normalised, of those unseen.
        ess: effective draws of those unseen.
    """

    effects: tuple[Effect, ...] = ()
    rhat: float = math.nan
    ess: float = math.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What is drawn from: Poisson cells given parameters with normal priors.

    Attributes:
        design: cells x parameters, the intercept first.
        counts: of the cells.
        precision: of the prior of each parameter; its mean is 0.
    """

    design: Floats = field(repr=False)
    counts: Floats = field(repr=False)
    precision: Floats = field(repr=False)

    def log(self, at: Floats) -> Floats:
        """Logarithm of the density at some points (points x parameters) up to a constant."""
        predictor = np.minimum(at @ self.design.T, 600.0)
        fit = predictor @ self.counts - np.exp(predictor).sum(axis=1)
        density: Floats = fit - 0.5 * (at**2) @ self.precision
        return density

    def slope(self, at: Floats) -> Floats:
        """Gradient at some points."""
        expected = np.exp(np.minimum(at @ self.design.T, 600.0))
        slope: Floats = (self.counts - expected) @ self.design - at * self.precision
        return slope

    def curvature(self, at: Floats) -> Floats:
        """Minus the second derivatives at one point."""
        expected = np.exp(np.minimum(self.design @ at, 600.0))
        curve: Floats = self.design.T @ (self.design * expected[:, None]) + np.diag(self.precision)
        return curve


def bayes_threshold(
    t: CaptureTable,
    threshold: float = THRESHOLD,
    draws: int = 4000,
    seed: int | None = None,
    *,
    prior: str = "normal",
) -> ThresholdEstimate:
    """Estimate with the pairs of lists that a posterior distribution speaks for.

    Args:
        t: a table of 2 to 8 lists.
        threshold: standard deviations that the mean of a pair must be from nothing to be kept.
        draws: of each of 8 chains; ten times as many for evidence that is near the threshold.
        seed: of the draws; 1 if not given.
        prior: of pairs: "normal", the standard normal distribution, or "improper", flat.

    Returns:
        The posterior median and interval; refused where chains do not agree or there is no
        estimate of independent lists, with an improper prior of all pairs.

    Raises:
        EstimationError: for a threshold, a number of draws or a prior that there is none of.
    """
    _check(threshold, draws, prior)
    seed = SEED if seed is None else seed
    made = Provenance(
        table=t.digest,
        seed=seed,
        settings={"threshold": f"{threshold:g}", "draws": str(draws), "prior": prior},
    )
    decision = decision_on_lists(t, MOST_LISTS)
    if decision.verdict is Verdict.REFUSED:
        return _refused(t, decision, made)
    ordered, _ = t.active().in_order()
    missing = _missing(ordered, prior)
    if missing is not None:
        return _refused(t, missing, made)
    rng = generator(seed)
    effects = _weighed(ordered, threshold, prior, draws, rng)
    unseen = _drawn(ordered, _kept(ordered, effects), prior, draws, rng)[0]
    found = _told(ordered, unseen, effects, decision, made)
    near = _near(effects, threshold)
    if not near or found.estimate is None:
        return found
    turned = [replace(one, kept=one.kept != (one in near)) for one in effects]
    other = _drawn(ordered, _kept(ordered, turned), prior, draws, rng)[0]
    return replace(found, notes=(_close_call(near, ordered.n + float(np.median(other))),))


def _weighed(
    t: CaptureTable, threshold: float, prior: str, draws: int, rng: np.random.Generator
) -> tuple[Effect, ...]:
    """The evidence on all pairs, drawn for longer where that on one is near the threshold."""
    pairs = pairs_of(len(t.lists))
    found = _effects(t, _drawn(t, pairs, prior, draws, rng), threshold)
    if not _near(found, threshold):
        return found
    return _effects(t, _drawn(t, pairs, prior, min(LONGER * draws, MOST_DRAWS), rng), threshold)


def _near(effects: Sequence[Effect], threshold: float) -> list[Effect]:
    return [one for one in effects if one.sd and abs(abs(one.mean) / one.sd - threshold) < NEAR]


def _kept(t: CaptureTable, effects: Sequence[Effect]) -> list[int]:
    return [sum(1 << t.index(name) for name in effect.lists) for effect in effects if effect.kept]


def _close_call(near: Sequence[Effect], other: float) -> Note:
    """That chance decided, and what the other way would have given."""
    pairs = [" + ".join(effect.lists) for effect in near]
    return noted("close-call", pairs=pairs, n=two_digits(other))


Drawn = tuple[Floats, dict[int, Floats]]


def _drawn(
    t: CaptureTable, pairs: Sequence[int], prior: str, draws: int, rng: np.random.Generator
) -> Drawn:
    """People on no list (chains x draws), and draws of each pair's parameter that is finite."""
    singles = [1 << j for j in range(len(t.lists))]
    cells: Bools = np.ones(len(t.dense), dtype=np.bool_)
    finite = [*singles, *pairs]
    if prior == "improper":
        on = columns(len(t.lists), finite) > 0
        empty = t.dense @ on == 0
        cells = np.asarray(~on[:, empty].any(axis=1), dtype=np.bool_)
        finite = [term for term, gone in zip(finite, empty, strict=True) if not gone]
    design = np.column_stack([np.ones(cells.sum()), columns(len(t.lists), finite)[cells]])
    precision = np.zeros(design.shape[1])
    if prior == "normal":
        precision[: 1 + len(singles)] = MAIN_PRECISION
        precision[1 + len(singles) :] = 1.0
    posterior = Posterior(
        design=design, counts=t.dense[cells].astype(np.float64), precision=precision
    )
    found = sample(posterior, draws, rng)
    return np.exp(found[:, :, 0]), {
        term: found[:, :, 1 + place] for place, term in enumerate(finite) if term in set(pairs)
    }


@np.errstate(over="ignore", invalid="ignore")  # a way that leads out of all bounds is not taken
def sample(posterior: Posterior, draws: int, rng: np.random.Generator) -> Floats:
    """Hamiltonian Monte Carlo from spread starts, chains x draws x parameters."""
    mode = _mode(posterior)
    root = np.linalg.inv(np.linalg.cholesky(posterior.curvature(mode))).T
    at = mode + 1.5 * rng.standard_normal((CHAINS, len(mode))) @ root.T
    density = posterior.log(at)
    size = LONGEST / LEAPS
    kept = np.empty((CHAINS, draws, len(mode)))
    for turn in range(WARM_UP + draws):
        speed = rng.standard_normal(at.shape)
        pace = size * rng.uniform(0.6, 1.0)
        there, change = _leap(posterior, root, at, speed, pace)
        reached = posterior.log(there)
        gain = reached - density + 0.5 * ((speed**2).sum(axis=1) - (change**2).sum(axis=1))
        taken = np.log(rng.random(CHAINS)) < gain
        at = np.where(taken[:, None], there, at)
        density = np.where(taken, reached, density)
        if turn < WARM_UP:
            size = min(size * math.exp(0.05 * (float(taken.mean()) - AIM)), LONGEST / LEAPS)
        else:
            kept[:, turn - WARM_UP] = at
    return kept


def _leap(
    posterior: Posterior, root: Floats, at: Floats, speed: Floats, pace: float
) -> tuple[Floats, Floats]:
    """Leapfrog steps in the scale of the curvature: where they lead, and the speed there."""
    speed = speed + 0.5 * pace * posterior.slope(at) @ root
    for leap in range(LEAPS):
        at = at + pace * speed @ root.T
        push = pace if leap < LEAPS - 1 else 0.5 * pace
        speed = speed + push * posterior.slope(at) @ root
    return at, speed


def _mode(posterior: Posterior) -> Floats:
    """The point of highest density, by Newton's method with halved steps."""
    weights = posterior.counts + 0.5
    curve = posterior.design.T @ (posterior.design * weights[:, None])
    curve += np.diag(posterior.precision + 1e-9)
    first = np.linalg.solve(curve, posterior.design.T @ (weights * np.log(weights)))
    at: Floats = np.asarray(first, dtype=np.float64)
    density = float(posterior.log(at[None])[0])
    for _ in range(MOST_NEWTON):
        step = np.linalg.solve(posterior.curvature(at), posterior.slope(at[None])[0])
        if np.abs(step).max() < 1e-8:
            break
        tried: Floats = np.asarray(at + step * HALVES, dtype=np.float64)
        densities = posterior.log(tried)
        best = int(np.argmax(densities >= density - 1e-12 * abs(density)))
        at, density = tried[best], float(densities[best])
    return at


def _effects(t: CaptureTable, found: Drawn, threshold: float) -> tuple[Effect, ...]:
    """All pairs with what the draws say of them."""
    effects = []
    for pair in pairs_of(len(t.lists)):
        drawn = found[1].get(pair)
        mean = -math.inf if drawn is None else float(drawn.mean())
        sd = 0.0 if drawn is None else float(drawn.std(ddof=1))
        kept = abs(mean) >= threshold * sd
        effects.append(Effect(lists=_names(t, pair), mean=mean, sd=sd, kept=kept))
    return tuple(effects)


def _told(
    t: CaptureTable,
    unseen: Floats,
    effects: tuple[Effect, ...],
    decision: Decision,
    made: Provenance,
) -> ThresholdEstimate:
    rhat, ess = rank_rhat(unseen), bulk_ess(unseen)
    medians = [t.n + float(one) for one in np.median(unseen, axis=1)]
    split = unconverged(rhat, ess, medians)
    if split is not None:
        return _refused(t, split, made)
    total = t.n + unseen.ravel()
    ends = np.quantile(total, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    median = float(np.median(total))
    return ThresholdEstimate(
        method="bayes_threshold",
        label="pairs kept by their posterior",
        documented=t.n,
        estimate=median,
        interval=Interval(float(ends[0]), float(ends[1])),
        assumption=TWO_LISTS if len(t.lists) == 2 else ASSUMPTION,
        provenance=made,
        decision=decision,
        median=median,
        mean=float(total.mean()),
        draws=total,
        effects=effects,
        rhat=rhat,
        ess=ess,
    )


def _missing(t: CaptureTable, prior: str) -> Decision | None:
    """Why there is no estimate to draw; None if there is one.

    A proper prior would give one even where the lists tell nothing; then the prior alone speaks.
    """
    asked = [independence(len(t.lists))]
    if prior == "improper":
        asked.append(Model.of(len(t.lists), pairs_of(len(t.lists))))
    some: Bools = np.append(False, t.dense > 0)[:, None]
    standing: Whole = reduce(some, membership(asked)).standing
    named = "of independent lists" if len(asked) == 1 else "of all pairs of lists"
    if (standing == Standing.NOT_IDENTIFIED).any():
        return decide("not-identified", model=named)
    if (standing != Standing.FITTED).any():
        return decide("does-not-exist", model=named)
    return None


def _names(t: CaptureTable, pair: int) -> tuple[str, str]:
    names = sorted(t.lists[j] for j in range(len(t.lists)) if pair >> j & 1)
    return names[0], names[1]


def _refused(t: CaptureTable, decision: Decision, made: Provenance) -> ThresholdEstimate:
    return ThresholdEstimate(
        method="bayes_threshold",
        label="pairs kept by their posterior",
        documented=t.n,
        estimate=None,
        interval=None,
        assumption=TWO_LISTS if len(t.lists) == 2 else ASSUMPTION,
        provenance=made,
        decision=decision,
    )


def _check(threshold: float, draws: int, prior: str) -> None:
    if not 0 <= threshold < math.inf:
        raise EstimationError(
            f"A threshold of {threshold} standard deviations is none", remedy="2 is usual."
        )
    if not 100 <= draws <= MOST_DRAWS:
        raise EstimationError(
            f"{draws} draws of each chain cannot be made",
            remedy=f"Ask for 100 to {MOST_DRAWS}; 4,000 are usual.",
        )
    if prior not in PRIORS:
        raise EstimationError(
            f"No prior of pairs is called '{prior}'", remedy='Use "normal" or "improper".'
        )
