"""Chao's lower bounds: the fewest people there can be, however they differ."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from khronika.estimation.diagnose import table_decision
from khronika.estimation.errors import EstimationError
from khronika.estimation.frequency import FrequencyTable
from khronika.estimation.heterogeneity import ASSUMPTIONS, heterogeneity
from khronika.estimation.poisson import Floats
from khronika.estimation.profiles import lognormal_interval
from khronika.estimation.results import Decision, Estimate, Interval, Provenance, Verdict
from khronika.estimation.rules import decide
from khronika.estimation.table import CaptureTable

ASSUMPTION = ASSUMPTIONS["Chao"]


class Unseen(NamedTuple):
    """How many people are unseen at least, and the standard error of that."""

    people: float
    se: float


class Bound(NamedTuple):
    """A lower bound on the number of people in all, with its standard error and interval."""

    estimate: float | None
    se: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chao(Estimate):
    """A lower bound on the number of people.

    Attributes:
        form: "Mh", lists alike, or "Mth", lists of different reach.
        fitted: whether by a fitted model or in closed form, corrected for bias.
        once: people on exactly one list.
        twice: people on exactly two.
    """

    form: str
    fitted: bool
    once: int
    twice: int


def chao(t: CaptureTable | FrequencyTable, form: str = "Mh", *, fitted: bool | None = None) -> Chao:
    """Estimate a lower bound from the people seen once and twice.

    With f1 and f2 people on exactly one and two of J lists, and z_j on list j alone, those unseen
    are at least (J - 1)/J f1 (f1 - 1) / (2 (f2 + 1)) for "Mh" and
    (f1^2 - sum z_j^2) / (2 (f2 + 1)) for "Mth". Frequencies have no number of lists: there the
    factor (J - 1)/J is 1.

    Args:
        t: a table of lists, or of how often people were caught.
        form: "Mh", or "Mth" for lists that differ in reach.
        fitted: True for the log-linear model of Rivest & Baillargeon with a profile interval,
            False for the closed form with a lognormal interval. None fits frequencies, and takes
            the closed form for lists.

    Returns:
        A bound, by the rule `lower-bound-method`; refused where nobody is seen twice, or two lists
        share fewer than 7 people.

    Raises:
        EstimationError: for another form, or "Mth" without lists.

    Source:
        Chao, Biometrics 43 (1987); Rivest & Baillargeon, Biometrics 63 (2007); the variance of
        "Mh" as in Chao, "Species estimation and applications", Encyclopedia of Statistical
        Sciences (2005), that of "Mth" by the delta method for independent Poisson counts.
    """
    if form not in ("Mh", "Mth") or (form == "Mth" and isinstance(t, FrequencyTable)):
        raise EstimationError(
            "There is no such form of Chao's bound for this table",
            remedy="Ask for 'Mh' or 'Mth'; frequencies, which have no lists, have only 'Mh'.",
        )
    fit = isinstance(t, FrequencyTable) if fitted is None else bool(fitted)
    decision = _decision(t)
    if decision.verdict is Verdict.REFUSED:
        return _made(t, form, decision, None, fitted=fit)
    if not fit:
        return _made(t, form, decision, _closed(t, form), fitted=False)
    found = heterogeneity(t, f"{form} Chao")
    bound = Bound(found.estimate, found.se, found.interval)
    return _made(t, form, found.decision, bound, fitted=True)


def unseen_alike(once: float, twice: float, lists: float = math.inf) -> Unseen:
    """The bound "Mh" on those unseen.

    Args:
        once: people seen once.
        twice: people seen twice.
        lists: how many there are; infinite where people can be seen any number of times.
    """
    factor = 1.0 if math.isinf(lists) else (lists - 1) / lists
    below = 2 * (twice + 1)
    people = factor * once * (once - 1) / below
    variance = (
        people
        + factor**2 * once * (2 * once - 1) ** 2 / below**2
        + 4 * factor**2 * once**2 * twice * (once - 1) ** 2 / below**4
    )
    return Unseen(people, math.sqrt(variance))


def unseen_by_list(alone: Floats, twice: float) -> Unseen:
    """The bound "Mth" on those unseen, from the people whom each list alone has."""
    once = float(alone.sum())
    people = float((once**2 - np.sum(alone**2)) / (2 * (twice + 1)))
    from_alone = float(np.sum(alone * ((once - alone) / (twice + 1)) ** 2))
    return Unseen(people, math.sqrt(people + from_alone + twice * (people / (twice + 1)) ** 2))


def _closed(t: CaptureTable | FrequencyTable, form: str) -> Bound:
    once, twice = _once_and_twice(t)
    if isinstance(t, FrequencyTable):
        unseen = unseen_alike(once, twice)
    elif form == "Mh":
        unseen = unseen_alike(once, twice, int((t.sizes > 0).sum()))
    else:
        single = t.histories.sum(axis=1) == 1
        alone = np.sort(t.counts[single]).astype(np.float64)  # sums hang on no order of lists
        unseen = unseen_by_list(alone, twice)
    return Bound(t.n + unseen.people, unseen.se, lognormal_interval(t.n, unseen.people, unseen.se))


def _decision(t: CaptureTable | FrequencyTable) -> Decision:
    once, _ = _once_and_twice(t)
    if not isinstance(t, FrequencyTable):
        found = table_decision(t)
        if found.rule in ("one-list", "few-overlaps"):
            return found
    if once == t.n:
        return decide("does-not-exist", model="Chao")
    return decide("lower-bound-method")


def _once_and_twice(t: CaptureTable | FrequencyTable) -> tuple[int, int]:
    if isinstance(t, FrequencyTable):
        return t.exactly(1), t.exactly(2)
    return int(t.frequencies[0]), int(t.frequencies[1]) if len(t.lists) > 1 else 0


def _made(
    t: CaptureTable | FrequencyTable,
    form: str,
    decision: Decision,
    bound: Bound | None,
    *,
    fitted: bool,
) -> Chao:
    once, twice = _once_and_twice(t)
    estimate, se, interval = bound or Bound(None, None, None)
    way = "fitted" if fitted else "closed form"
    return Chao(
        method="chao",
        label=f"Chao's lower bound, {form}, {way}",
        documented=t.n,
        estimate=estimate,
        se=se,
        interval=interval,
        assumption=ASSUMPTION,
        decision=decision,
        provenance=Provenance(table=t.digest, settings={"form": form, "by": way}),
        form=form,
        fitted=fitted,
        once=once,
        twice=twice,
    )
