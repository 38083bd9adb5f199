"""Pool estimates of one population whose records were linked, or filled in, in several ways.

Linkage is uncertain: each way of linking gives a table and an estimate of its own. Rubin's rules
put their means and variances together on the scale of the logarithm; where the method gives draws,
those of all ways are mixed as well (Sadinle 2018, arXiv 1812.09590).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from scipy.special import ndtri
from scipy.stats import t as student

from khronika.estimation.bca import check_seed
from khronika.estimation.drawing import Floats, draw, generator, has_draws
from khronika.estimation.errors import EstimationError
from khronika.estimation.notes import noted
from khronika.estimation.results import Decision, Estimate, Interval, Note, Provenance, Verdict
from khronika.estimation.rules import decide, gravest

DRAWS = 4_000  # of each replicate
SEED = 1
HALF = 0.5  # added to the unseen if some replicate has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Variances:
    """Where the uncertainty comes from, on the scale of the logarithm of the unseen.

    Attributes:
        within: mean variance of a replicate, W.
        between: variance of the replicates' estimates, B; 0 for a single one.
        total: W + (1 + 1/m) B.
        df: degrees of freedom, (m - 1)(1 + W/((m + 1) B))^2; infinite where B is 0.
    """

    within: float
    between: float
    total: float
    df: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled(Estimate):
    """Estimates under several ways of linking as one; the estimate is the pooled mean.

    `documented` is the smallest number of people documented under any of them: that many are
    documented whichever way is right. The median and the draws are those of the mixture.

    Attributes:
        replicates: how many.
        refused: of them have no estimate.
        most_documented: the largest number documented under any of them.
        variances: within and between replicates; None where they are not known.
        mixture: interval of the mixed draws; None where the method has no draws.
        estimates: of the replicates that have one, in order.
    """

    replicates: int
    refused: int = 0
    most_documented: int = 0
    variances: Variances | None = None
    mixture: Interval | None = None
    estimates: tuple[float, ...] = ()


def pool(replicates: Iterable[Estimate], *, seed: int | None = None) -> Pooled:
    """Pool estimates made by one method under several ways of linking.

    Everything is reckoned for the people beyond the smallest number documented under any way, so
    the result is never below it, and a way that documents more does not count as unseen those
    whom it has seen.

    Args:
        replicates: one estimate for each way of linking.
        seed: of the draws that are mixed; 1 if not given.

    Returns:
        The pooled estimate with an interval by Student's t; refused if more than half of the
        replicates are, a range if some are.

    Raises:
        EstimationError: for no replicates, or for different methods or levels.
    """
    found = _given(replicates)
    _check(found)
    check_seed(seed)
    chosen = SEED if seed is None else seed
    told = [one for one in found if one.verdict is not Verdict.REFUSED and one.estimate is not None]
    blank = Pooled(
        method=f"pooled {found[0].method}",
        label=f"{found[0].method}, {len(found)} ways of linking",
        documented=min(one.documented for one in found),
        estimate=None,
        interval=None,
        level=found[0].level,
        assumption=f"The ways of linking are as probable as each other, and in each:"
        f" {found[0].assumption}",
        provenance=_provenance(found, chosen),
        decision=_decision(found, told),
        replicates=len(found),
        refused=len(found) - len(told),
        most_documented=max(one.documented for one in found),
    )
    if blank.verdict is Verdict.REFUSED:
        return blank
    return _pooled(blank, told, chosen)


def _given(replicates: object) -> tuple[Estimate, ...]:
    """The estimates, of a mapping its values; an error for what has none."""
    several = replicates.values() if isinstance(replicates, Mapping) else replicates
    found = tuple(several) if isinstance(several, Iterable) else (several,)
    alone = isinstance(replicates, Estimate)
    for one in found:
        if alone or not isinstance(one, Estimate):
            raise EstimationError(
                "Estimates under several ways of linking are pooled, not a"
                f" {type(replicates if alone else one).__name__}",
                remedy="Give a list of estimates, one for each way of linking; add up parts of the"
                " people with `combine`.",
            )
    return found


def _check(found: Sequence[Estimate]) -> None:
    if not found:
        raise EstimationError("There is nothing to pool", remedy="Give one estimate or more.")
    if len({(one.method, one.level) for one in found}) > 1:
        raise EstimationError(
            "Estimates of different methods or levels cannot be pooled",
            remedy="Run one method on the table of each way of linking.",
        )


def _decision(found: Sequence[Estimate], told: Sequence[Estimate]) -> Decision:
    """Refused with most replicates, by the rule that most of these have; else the worst of all."""
    kept = {id(one) for one in told}
    refused = [one.decision for one in found if id(one) not in kept]
    if not told or len(refused) > len(told):
        rules = Counter(one.rule for one in refused)
        common = max(rules.values())
        return gravest([one for one in refused if rules[one.rule] == common])
    said = [one.decision for one in told]
    if refused:
        said.append(decide("replicates-refused", refused=len(refused), replicates=len(found)))
    return gravest(said)


def _pooled(blank: Pooled, told: Sequence[Estimate], seed: int) -> Pooled:
    floor = blank.documented
    drawn = _draws(told, seed)
    points = np.array([one.estimate for one in told], dtype=np.float64)
    shift = HALF if (points - floor < HALF).any() else 0.0
    means, within = _logs(told, drawn, floor, shift)
    blank = replace(blank, estimates=tuple(float(one) for one in points), notes=_notes(blank, told))
    if drawn is not None:
        blank = _mixed(blank, np.concatenate(drawn))
    if len(told) == 1:
        return replace(blank, estimate=told[0].estimate, interval=told[0].interval)
    middle = _people(float(means.mean()), floor, shift)
    endless = blank.verdict is Verdict.LOWER_BOUND_ONLY
    if within is None or endless:
        lowest = min((one.interval.lower for one in told if one.interval), default=float(floor))
        return replace(blank, estimate=middle, interval=Interval(min(lowest, middle), math.inf))
    spread = _variances(means, within)
    reach = math.sqrt(spread.total) * _quantile(spread.df, (1 + blank.level) / 2)
    ends = [_people(float(means.mean()) + side * reach, floor, shift) for side in (-1, 1)]
    return replace(blank, estimate=middle, interval=Interval(*ends), variances=spread)


def _draws(told: Sequence[Estimate], seed: int) -> list[Floats] | None:
    """As many draws of each replicate as of any other; None where one has none of its own."""
    if not all(map(has_draws, told)):
        return None
    places: Counter[str] = Counter()
    drawn = []
    for one in told:
        digest = one.provenance.table
        found = draw(one, DRAWS, generator(one, seed, places[digest]))
        places[digest] += 1
        if found is None:
            return None
        drawn.append(found)
    return drawn


def _logs(
    told: Sequence[Estimate], drawn: list[Floats] | None, floor: int, shift: float
) -> tuple[Floats, Floats | None]:
    """Log of each replicate's people beyond the floor, and its variance if all say it."""
    means = np.array([math.log((one.estimate or 0.0) - floor + shift) for one in told])
    if drawn is not None:
        logs = [np.log(np.maximum(one - floor + shift, HALF)) for one in drawn]
        return means, np.array([one.var() for one in logs])
    variances = [_variance(one, floor, shift) for one in told]
    known = [one for one in variances if one is not None]
    return means, np.array(known) if len(known) == len(told) else None


def _variance(found: Estimate, floor: int, shift: float) -> float | None:
    """Of the log, from the standard error (Chao 1987) or else from the interval."""
    beyond = (found.estimate or 0.0) - floor + shift
    if found.se is not None and math.isfinite(found.se):
        return math.log1p((found.se / beyond) ** 2)
    if found.interval is None or math.isinf(found.interval.upper):
        return None
    low, high = (math.log(max(end - floor + shift, HALF)) for end in found.interval)
    return float(((high - low) / (2 * ndtri((1 + found.level) / 2))) ** 2)


def _variances(means: Floats, within: Floats) -> Variances:
    m, inside = len(means), float(within.mean())
    between = float(means.var(ddof=1)) if m > 1 else 0.0
    if between <= TINY * max(inside, 1.0):
        return Variances(within=inside, between=0.0, total=inside, df=math.inf)
    return Variances(
        within=inside,
        between=between,
        total=inside + (1 + 1 / m) * between,
        df=(m - 1) * (1 + inside / ((m + 1) * between)) ** 2,
    )


def _quantile(df: float, share: float) -> float:
    return float(ndtri(share) if math.isinf(df) else student.ppf(share, df))


def _people(log: float, floor: int, shift: float) -> float:
    return floor + max(math.exp(min(log, MOST_LOG)) - shift, 0.0)


def _mixed(blank: Pooled, whole: Floats) -> Pooled:
    shares = [(1 - blank.level) / 2, 0.5, (1 + blank.level) / 2]
    low, middle, high = (float(one) for one in np.quantile(whole, shares))
    return replace(blank, draws=whole, median=middle, mixture=Interval(low, high))


def _notes(blank: Pooled, told: Sequence[Estimate]) -> tuple[Note, ...]:
    notes = []
    if blank.documented < blank.most_documented:
        notes.append(noted("documented-varies", low=blank.documented, high=blank.most_documented))
    if len(told) == 1:
        notes.append(noted("one-linking"))
    return tuple(notes)


def _provenance(found: Sequence[Estimate], seed: int) -> Provenance:
    tables = sorted(one.provenance.table for one in found)
    return Provenance(
        table=sha256(" ".join(tables).encode()).hexdigest(),
        seed=seed,
        settings={**found[0].provenance.settings, "replicates": str(len(found))},
    )


TINY = 1e-12  # variance that is rounding
MOST_LOG = 700.0  # whose exponential is a number
