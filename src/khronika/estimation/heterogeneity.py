"""Log-linear models of people who differ in how easily they are caught."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from khronika.estimation.diagnose import table_decision
from khronika.estimation.errors import EstimationError
from khronika.estimation.frequency import FrequencyTable
from khronika.estimation.poisson import (
    Data,
    Floats,
    Regression,
    deviance,
    exists,
    log_likelihood,
    means,
    regress,
)
from khronika.estimation.profiles import multinomial, profile_interval
from khronika.estimation.results import Decision, Estimate, Interval, Provenance, Verdict
from khronika.estimation.rules import decide
from khronika.estimation.table import CaptureTable

Whole = NDArray[np.signedinteger]

MOST_FITTED = 12  # lists whose every history is fitted
MOST_CAUGHT = 30  # times; people caught more often are left out of the fit and only counted

MODELS = ("Mt", "Mh Poisson2", "Mth Poisson2", "Mh Chao", "Mth Chao")
ASSUMPTIONS = {
    "Mt": "The lists are independent of each other, and within a list all people were equally"
    " likely to be seen.",
    "Poisson2": "People differ in how easily they are seen, in the one way that this model"
    " supposes, and the lists depend on each other in no other way.",
    "Chao": "People differ in how easily they are seen, in any way, but being on one list made"
    " nobody less likely to be on another; the number is a lower bound.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeterogeneityFit(Estimate):
    """A fitted model of people who are not equally easy to catch.

    Attributes:
        model: one of `MODELS`.
        deviance: of the fit.
        df: cells less parameters.
        aic: Akaike's criterion.
        bic: Schwarz's criterion, with the logarithm of the number of people.
        likeliest: number of people where the profile is highest; close to the estimate.
    """

    model: str
    deviance: float | None = None
    df: int | None = None
    aic: float | None = None
    bic: float | None = None
    likeliest: float | None = None


def heterogeneity(
    t: CaptureTable | FrequencyTable, model: str = "Mth Poisson2"
) -> HeterogeneityFit:
    """Fit a log-linear model of heterogeneity, with a multinomial profile interval.

    The model is a Poisson regression on the cells of all histories. Mt has a coefficient for each
    list, Mh one for all. Poisson2 adds the column 2^k - 1, with k the lists a person is on. Chao
    adds max(0, k - 2), max(0, k - 3), ... with coefficients that are not negative, which leaves
    those seen once and twice to tell of those unseen: a lower bound.

    Args:
        t: the table. Frequencies have no upper limit of times and no lists, so only Mh.
        model: one of "Mt", "Mh Poisson2", "Mth Poisson2", "Mh Chao", "Mth Chao"; "LB" after it,
            as Chao's models are often written, changes nothing.

    Returns:
        The fit; refused where the table does not bear it, or where it is not finite.

    Raises:
        EstimationError: for a model that there is not, or that needs lists.

    Source:
        Rivest & Baillargeon, "Applications and extensions of Chao's moment estimator for the size
        of a closed population", Biometrics 63 (2007); Baillargeon & Rivest, "Rcapture", Journal of
        Statistical Software 19(5) (2007).
    """
    model = str(model).removesuffix(" LB")
    if model not in MODELS or (isinstance(t, FrequencyTable) and not model.startswith("Mh ")):
        raise EstimationError(
            "There is no such model of heterogeneity for this table",
            remedy=f"Name one of {', '.join(MODELS)}; frequencies have only those with Mh.",
        )
    decision = _decision(t, model)
    if decision.verdict is Verdict.REFUSED:
        return _refused(t, model, decision)
    data = _data(t, model)
    seen = _seen(data)
    if np.linalg.matrix_rank(seen.design[:, : seen.free]) < seen.free:
        return _refused(t, model, decide("not-identified", model=model))
    fit = regress(seen) if exists(seen) else None
    if fit is None:
        return _refused(t, model, decide("does-not-exist", model=model))
    return _result(t, model, data, fit, decision)


def _result(
    t: CaptureTable | FrequencyTable, model: str, data: Data, fit: Regression, decision: Decision
) -> HeterogeneityFit:
    unseen = float(means(data.design, data.offset, fit.beta)[0])
    seen, expected = _seen(data), means(data.design, data.offset, fit.beta)[1:]
    parameters = int(fit.kept.sum())
    loglik = log_likelihood(seen.counts, expected)
    peak, interval = _profile(t.n, data)
    return HeterogeneityFit(
        method="heterogeneity",
        label=model,
        documented=t.n,
        estimate=t.n + unseen,
        se=math.sqrt(unseen + unseen**2 * float(fit.covariance[0, 0])),
        interval=interval,
        assumption=_assumption(model),
        decision=decision,
        provenance=_provenance(t, model),
        model=model,
        deviance=deviance(seen.counts, expected),
        df=len(seen.counts) - parameters,
        aic=2 * parameters - 2 * loglik,
        bic=parameters * math.log(t.n) - 2 * loglik,
        likeliest=peak,
    )


def _profile(n: int, data: Data) -> tuple[float, Interval]:
    """The profile over the number of people; those not in the rows stay as they are."""
    counted = float(data.counts.sum())

    def likelihood(people: float) -> float:
        counts = data.counts.copy()
        counts[0] = max(people - n, 1e-9)
        found = regress(data._replace(counts=counts))
        if found is None:
            return -math.inf
        expected = means(data.design, data.offset, found.beta)
        chances = expected / expected.sum() * (counted + counts[0])
        return multinomial(people, n, counts, chances / people)

    return profile_interval(likelihood, n)


def _decision(t: CaptureTable | FrequencyTable, model: str) -> Decision:
    if isinstance(t, FrequencyTable):
        found = decide("none") if t.n else decide("does-not-exist", model=model)
    else:
        found = _decision_on_lists(t, model)
    if model.endswith("Chao") and found.verdict is not Verdict.REFUSED:
        return decide("lower-bound-method")
    return found


def _decision_on_lists(t: CaptureTable, model: str) -> Decision:
    """What this model makes of the lists; whether the table bears any method, `diagnose` says."""
    active = int((t.sizes > 0).sum())
    if not model.startswith("Mh ") and active > MOST_FITTED:
        return decide("too-large", lists=active, most=MOST_FITTED)
    return table_decision(t) if active < 3 else decide("none")


def _data(t: CaptureTable | FrequencyTable, model: str) -> Data:
    """Counts and columns; the first row is those unseen, with the count 0."""
    if isinstance(t, FrequencyTable):
        times = np.arange(min(t.times[-1], MOST_CAUGHT) + 1)
        counts = np.array([t.exactly(int(k)) for k in times], dtype=np.float64)
        return _columns(counts, times, times[:, None], -gammaln(times + 1.0), model)
    active = t.active().in_order()[0]  # so that no sum hangs on the order of lists
    lists = len(active.lists)
    if model.startswith("Mh "):
        times = np.arange(lists + 1)
        counts = np.concatenate([[0.0], active.frequencies])
        ways = gammaln(lists + 1.0) - gammaln(times + 1.0) - gammaln(lists - times + 1.0)
        return _columns(counts, times, times[:, None], ways, model)
    keys = np.arange(2**lists)
    on = (keys[:, None] >> np.arange(lists)) & 1
    counts = np.concatenate([[0.0], active.dense])
    return _columns(counts, on.sum(axis=1), on, np.zeros(len(keys)), model)


def _columns(counts: Floats, times: Whole, main: Whole, offset: Floats, model: str) -> Data:
    """The design: 1, the main columns, and those of heterogeneity by the times caught."""
    columns = [np.ones((len(counts), 1)), main]
    free = 1 + main.shape[1]
    if model.endswith("Poisson2"):
        columns.append((2.0**times - 1)[:, None])
        free += 1
    if model.endswith("Chao"):
        columns.append(np.maximum(times[:, None] - np.arange(2, times.max()), 0))
    design = np.hstack(columns).astype(np.float64)
    return Data(design, np.asarray(counts, dtype=np.float64), offset, free)


def _seen(data: Data) -> Data:
    return Data(data.design[1:], data.counts[1:], data.offset[1:], data.free)


def _assumption(model: str) -> str:
    return ASSUMPTIONS[model.rsplit(" ", maxsplit=1)[-1]]


def _provenance(t: CaptureTable | FrequencyTable, model: str) -> Provenance:
    return Provenance(table=t.digest, settings={"model": model})


def _refused(t: CaptureTable | FrequencyTable, model: str, decision: Decision) -> HeterogeneityFit:
    return HeterogeneityFit(
        method="heterogeneity",
        label=model,
        documented=t.n,
        estimate=None,
        interval=None,
        assumption=_assumption(model),
        decision=decision,
        provenance=_provenance(t, model),
        model=model,
    )
