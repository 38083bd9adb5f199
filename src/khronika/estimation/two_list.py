"""Two lists: how many people both missed, if the lists were independent."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.special import bdtr, xlogy

from khronika.estimation.errors import EstimationError
from khronika.estimation.profiles import Z, lognormal_interval, multinomial, profile_interval
from khronika.estimation.results import LEVEL, Decision, Estimate, Interval, Provenance, Verdict
from khronika.estimation.rules import FEWEST_RECORDS, FEWEST_SHARED, decide
from khronika.estimation.table import CaptureTable

THETA = (0.5, 1.0, 2.0, 4.0)
MOST_THETA = 1000
TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
LARGEST = 600.0  # logarithm of a number
ASSUMPTION = (
    "The two lists are independent: being on one made nobody more or less likely to be on the"
    " other, all people could be on at least one of them alike, and nobody was matched wrongly."
)


class Shared(NamedTuple):
    """People on both of two lists, on the first alone, and on the second alone."""

    both: int
    first: int
    second: int

    @property
    def seen(self) -> int:
        """People on either list."""
        return self.both + self.first + self.second


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How many people there are if the lists depend on each other so much.

    Attributes:
        theta: odds ratio between the lists: 1 is independent, above 1 they share more people
            than chance would have them share.
        people: in all; None where that is fewer than are documented, so this cannot be.
    """

    theta: float
    people: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoList(Estimate):
    """What two lists say: Chapman's estimate, which holds if the lists were independent.

    Attributes:
        lists: names of the two.
        shared: people on both, and on each alone; of these two lists only.
        lincoln_petersen: the older estimate, n1 n2 / m; None where nobody is shared or refused.
        lincoln_petersen_se: its standard error.
        likeliest: number of people where the multinomial profile is highest.
        intervals: by name: "logit", "profile", "lognormal", "binomial"; empty where refused.
        odds: how the number moves with a dependence that two lists cannot show.
    """

    lists: tuple[str, str]
    shared: Shared
    lincoln_petersen: float | None = None
    lincoln_petersen_se: float | None = None
    likeliest: float | None = None
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    odds: tuple[Odds, ...] = ()


def two_list(
    t: CaptureTable,
    a: str | None = None,
    b: str | None = None,
    ci: str = "logit",
    theta: Sequence[float] = THETA,
) -> TwoList:
    """Estimate from two lists by Chapman's formula.

    Args:
        t: the table; what its other lists saw counts only among those documented.
        a: name of one list; with `b` left out, the table must have two lists with people.
        b: name of the other.
        ci: the interval to give: "logit" (Sadinle 2009), "profile", "lognormal", or "binomial"
            (percentiles of a parametric bootstrap, often printed with n1 n2 / m).
        theta: odds ratios to tell the number for.

    Returns:
        A range at best, by the rule `two-lists-independence`: two lists never show whether they
        depend on each other. Refused where fewer than 7 people are on both.

    Raises:
        TableError: if the table has no such list.
        EstimationError: if it is unclear which lists are meant, or a setting is impossible.

    Source:
        Chapman 1951; Seber 1970 for the variance; Sadinle, "Transformed logit confidence intervals
        for small populations in single capture-recapture estimation", Communications in Statistics
        38 (2009).
    """
    _check(ci, theta)
    pair = _pair(t, a, b)
    if pair is None:
        return _refused(t, (t.lists[0],) * 2, Shared(0, 0, 0), decide("one-list"), ci)
    first, second = (t.index(name) for name in pair)
    shared = shared_by(t, first, second)
    decision = _decision(t, shared)
    if decision.verdict is Verdict.REFUSED:
        return _refused(t, pair, shared, decision, ci)
    found = intervals(shared, t.n)
    se = chapman_se(shared)
    return TwoList(
        method="two_list",
        label=f"Two lists: {pair[0]} and {pair[1]}",
        documented=t.n,
        estimate=chapman(shared),
        se=se,
        interval=found[ci],
        assumption=ASSUMPTION,
        decision=decision,
        provenance=_provenance(t, pair, ci),
        lists=pair,
        shared=shared,
        lincoln_petersen=lincoln_petersen(shared),
        lincoln_petersen_se=lincoln_petersen_se(shared),
        likeliest=max(profiled(shared)[0], t.n),
        intervals=found,
        odds=odds_table(shared, t.n, theta),
    )


def shared_by(t: CaptureTable, first: int, second: int) -> Shared:
    """People on both of two lists of a table, and on each without the other."""
    both = int(t.overlap[first, second])
    return Shared(both, int(t.sizes[first]) - both, int(t.sizes[second]) - both)


def chapman(shared: Shared) -> float:
    """People in all, by Chapman's formula: (n1 + 1)(n2 + 1)/(m + 1) - 1."""
    # As people seen and unseen, so that large counts lose no digits.
    return shared.seen + shared.first * shared.second / (shared.both + 1)


def chapman_se(shared: Shared) -> float:
    """Standard error of Chapman's estimate."""
    m, one, two = shared
    return math.sqrt((m + one + 1) * (m + two + 1) * one * two / (m + 2)) / (m + 1)


def lincoln_petersen(shared: Shared) -> float | None:
    """People in all, by n1 n2 / m; None if nobody is on both lists."""
    return None if not shared.both else shared.seen + shared.first * shared.second / shared.both


def lincoln_petersen_se(shared: Shared) -> float | None:
    """Standard error of n1 n2 / m; None if nobody is on both lists."""
    m, one, two = shared
    return None if not m else math.sqrt((m + one) * (m + two) * one * two / m) / m


def intervals(shared: Shared, documented: int) -> dict[str, Interval]:
    """Intervals of all kinds, none of them reaching below those documented."""
    unseen = chapman(shared) - shared.seen
    found = {
        "logit": logit_interval(shared),
        "profile": profiled(shared)[1],
        "lognormal": lognormal_interval(shared.seen, unseen, chapman_se(shared)),
        "binomial": binomial_interval(shared),
    }
    return {
        name: Interval(max(lower, documented), max(upper, documented))
        for name, (lower, upper) in found.items()
    }


def logit_interval(shared: Shared) -> Interval:
    """Transformed logit interval of Sadinle 2009.

    Where hardly anyone is on one list alone it is very wide, and its upper end may be infinite.
    """
    m, one, two = shared.both + 0.5, *sorted((shared.first + 0.5, shared.second + 0.5))
    sigma = math.sqrt(1 / m + 1 / one + 1 / two + m / (one * two))
    unseen = one * two / m
    spread = math.exp(Z * sigma) if Z * sigma < LARGEST else math.inf
    return Interval(shared.seen - 0.5 + unseen / spread, shared.seen - 0.5 + unseen * spread)


def binomial_interval(shared: Shared) -> Interval:
    """Where n1 n2 / m lies if the number shared is binomial, given how many each list has.

    Source:
        Buckland & Garthwaite, "Quantifying precision of mark-recapture estimates using the
        bootstrap and related methods", Biometrics 47 (1991).
    """
    m, one, two = shared.both, *sorted((shared.first, shared.second))
    few, most = (_quantile(share, m + one, m / (m + one)) for share in TAILS)
    product = (m + one) * (m + two)
    return Interval(product / most, product / few if few else math.inf)


def _quantile(share: float, trials: int, chance: float) -> int:
    """The smallest number that a binomial number does not exceed with the probability `share`."""
    low, high = 0, trials
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if bdtr(middle, trials, chance) >= share else (middle + 1, high)
    return low


def profiled(shared: Shared) -> tuple[float, Interval]:
    """Most likely number of people and its multinomial profile interval."""
    return profile_interval(lambda people: _likelihood(shared, people), shared.seen)


def odds_table(shared: Shared, documented: int, theta: Sequence[float] = THETA) -> tuple[Odds, ...]:
    """How many people there are if the odds ratio between two lists that share people is so."""
    rows = []
    for ratio in theta:
        people = shared.seen + ratio * shared.first * shared.second / shared.both
        rows.append(Odds(theta=float(ratio), people=people if people >= documented else None))
    return tuple(rows)


def _likelihood(shared: Shared, people: float) -> float:
    """Log-likelihood of a number of people with both lists independent, at its best chances."""
    alone = np.array(sorted((shared.first, shared.second)), dtype=np.float64)
    sizes = shared.both + alone
    ways = multinomial(people, shared.seen, [], [])
    said = xlogy(sizes, sizes / people) + xlogy(people - sizes, 1 - sizes / people)
    return ways + float(said.sum())


def _check(ci: str, theta: Sequence[float]) -> None:
    if ci not in ("logit", "profile", "lognormal", "binomial"):
        raise EstimationError(
            "There is no such interval for two lists",
            remedy="Ask for 'logit', 'profile', 'lognormal' or 'binomial'.",
        )
    sized = hasattr(theta, "__len__") and len(theta) <= MOST_THETA
    if not sized or not all(_is_odds(one) for one in theta):
        raise EstimationError(
            "An odds ratio is not above 0, or there are too many",
            remedy="Give a few odds ratios, as in `theta=(0.5, 1, 2, 4)`.",
        )


def _is_odds(one: object) -> bool:
    if not isinstance(one, (int, float, np.integer, np.floating)):
        return False
    return bool(0 < one < math.inf)


def _pair(t: CaptureTable, a: str | None, b: str | None) -> tuple[str, str] | None:
    """Names of the lists that are meant; None where the table has not two with people."""
    if a is not None and b is not None:
        t.index(a), t.index(b)
        if a == b:
            raise EstimationError(
                "A list is compared with itself", remedy="Name two lists of the table."
            )
        return a, b
    held = [name for name, size in zip(t.lists, t.sizes, strict=True) if size]
    if a is None and b is None and len(held) < 2:
        return None
    if a is None and b is None and len(held) == 2:
        return held[0], held[1]
    raise EstimationError(
        f"The table has {len(held)} lists, and it is unclear which two are meant",
        remedy="Name them, as in `two_list(t, 'press', 'police')`; `diagnose` compares all.",
    )


def _decision(t: CaptureTable, shared: Shared) -> Decision:
    if shared.both < FEWEST_SHARED:
        return decide("few-overlaps", shared=shared.both, needed=FEWEST_SHARED)
    if not shared.first and not shared.second and shared.both >= FEWEST_RECORDS:
        return decide("copied-list")
    if chapman(shared) < t.n:
        return decide("below-documented")
    return decide("two-lists-independence")


def _provenance(t: CaptureTable, pair: tuple[str, str], ci: str) -> Provenance:
    return Provenance(table=t.digest, settings={"lists": " and ".join(pair), "ci": ci})


def _refused(
    t: CaptureTable, pair: tuple[str, str], shared: Shared, decision: Decision, ci: str
) -> TwoList:
    return TwoList(
        method="two_list",
        label=f"Two lists: {pair[0]} and {pair[1]}",
        documented=t.n,
        estimate=None,
        interval=None,
        assumption=ASSUMPTION,
        decision=decision,
        provenance=_provenance(t, pair, ci),
        lists=pair,
        shared=shared,
    )
