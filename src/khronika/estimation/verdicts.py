"""One verdict over all methods, and the range that goes with it."""

import math
from collections.abc import Mapping, Sequence

from khronika.estimation.results import Decision, Estimate, Interval, Verdict
from khronika.estimation.rules import (
    FEWEST_FAMILIES,
    MOST_DIFFERENCE,
    MOST_PRIOR_SHIFT,
    decide,
    gravest,
)
from khronika.estimation.told_numbers import two_digits

# Families of methods: their assumptions differ in kind. Stepwise selection is log-linear too, but
# counts when the numbers are compared, since it may settle on another model.
FAMILIES = ("loglinear", "dga", "lcmcr")
COMPARED = (*FAMILIES, "stepwise")
SPANNED = (*COMPARED, "pooled loglinear", "pooled dga")  # by the range; linkage is a doubt more
UNSETTLED = ("not-converged", "beyond-reason")
TIED = 1e-9  # of ten times a ratio: rounding
NAMES = {
    "loglinear": "The log-linear family",
    "stepwise": "Stepwise selection",
    "dga": "The family of graphs",
    "lcmcr": "The latent class model",
}


def overall(results: Mapping[str, Estimate]) -> Decision:
    """The verdict over the families of a table with three lists or more.

    Args:
        results: by method; those of `FAMILIES` must be there, refused ones too.
    """
    found = [decide("none")]
    giving = [m for m in FAMILIES if gives(results.get(m))]
    low, high = _ends([said for m in COMPARED if (said := number_of(results.get(m))) is not None])
    apart = high / low if low else math.nan
    unsettled = [m for m in FAMILIES if _rule(results.get(m)) in UNSETTLED]
    numbers = {"times": _times(apart), "low": _said(low), "high": _said(high)}
    if unsettled and apart > MOST_DIFFERENCE:
        found.append(decide("no-agreement", family=NAMES[unsettled[0]], **numbers))
    if len(giving) < FEWEST_FAMILIES:
        found.append(
            decide("few-families", families=len(FAMILIES), giving=len(giving) or "none",
                   needed=FEWEST_FAMILIES)
        )  # fmt: skip
    if apart > MOST_DIFFERENCE:
        found.append(decide("families-differ", **numbers))
    for method in giving:
        one = results[method]
        bound = one.interval.lower if _bounds(one) and one.interval is not None else math.nan
        if bound > MOST_DIFFERENCE * low:
            ends = {"low": _said(bound), "times": _times(bound / low), "other": _said(low)}
            found.append(decide("bounds-apart", family=NAMES[method], **ends))
        if _bounds(one):
            found.append(decide("no-upper-end", family=NAMES[method]))
        elif one.verdict is Verdict.RANGE_ONLY:
            found.append(one.decision)
    return gravest(found)


def headline(
    decision: Decision, results: Mapping[str, Estimate], documented: int
) -> Interval | None:
    """The range over all families that give a number; nobody picks one of them."""
    spans = [
        one.interval or Interval(one.estimate, one.estimate)
        for method in SPANNED
        if (one := results.get(method)) is not None and one.estimate is not None
    ]
    if decision.verdict is Verdict.REFUSED or not spans:
        return None
    # Another linking may document fewer people; as they are linked, this many are documented.
    lower = max(min(span.lower for span in spans), documented)
    if decision.verdict is Verdict.LOWER_BOUND_ONLY:
        return Interval(lower, math.inf)
    return Interval(lower, max(span.upper for span in spans))


def shift_of(medians: Sequence[float | None]) -> float | None:
    """(highest median - lowest) / that of the default; None where one is not known.

    Args:
        medians: under each prior, that of the default first.
    """
    known = [one for one in medians if one is not None]
    if len(known) < max(len(medians), 2):
        return None
    return (max(known) - min(known)) / known[0]


def prior_decision(medians: Sequence[float | None]) -> Decision:
    """What the medians under several priors allow to say.

    Args:
        medians: under each prior, that of the default first; None where the chains do not agree.
    """
    known = [one for one in medians if one is not None]
    shift = shift_of(known)
    if shift is not None and shift > MOST_PRIOR_SHIFT:
        low, high = min(known), max(known)
        return decide("prior-decides", shift=f"{shift:.0%}", low=_said(low), high=_said(high))
    return decide("prior-unknown" if len(known) < len(medians) else "none")


def gives(one: Estimate | None) -> bool:
    """True where a result has a number, be it the middle of a range or above a bound."""
    return one is not None and one.verdict is not Verdict.REFUSED and one.estimate is not None


def _bounds(one: Estimate) -> bool:
    """True where a result has no upper end that counts."""
    endless = one.interval is not None and math.isinf(one.interval.upper)
    return endless or one.verdict is Verdict.LOWER_BOUND_ONLY


def number_of(one: Estimate | None) -> float | None:
    """The number of a result that may be compared; one that is only a bound may not."""
    if one is None or one.verdict not in (Verdict.OK, Verdict.RANGE_ONLY):
        return None
    return one.estimate


def _rule(one: Estimate | None) -> str:
    return "" if one is None else one.decision.rule


def _ends(numbers: Sequence[float]) -> tuple[float, float]:
    return (min(numbers), max(numbers)) if numbers else (math.nan, math.nan)


def _times(ratio: float) -> str:
    """How many times, rounded up: 2.01 is more than twice, and is not to read "2.0 times"."""
    return f"{math.ceil(ratio * 10 - TIED) / 10:.1f}" if math.isfinite(ratio) else "unknown"


def _said(number: float) -> str:
    return f"{two_digits(number):,}" if math.isfinite(number) else "unknown"
