"""The methods that a report sets side by side, each called so that none can stop the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from khronika.errors import KhronikaError
from khronika.estimation.chao import chao
from khronika.estimation.dga import DgaEstimate, dga
from khronika.estimation.dga_search import dga_search
from khronika.estimation.diagnose import Pair
from khronika.estimation.errors import BelowDocumentedError
from khronika.estimation.frequency import FrequencyTable
from khronika.estimation.graphs import MOST_VERTICES
from khronika.estimation.lcmcr import lcmcr
from khronika.estimation.loglinear import loglinear
from khronika.estimation.results import Decision, Estimate, Interval, Provenance
from khronika.estimation.rules import decide
from khronika.estimation.stepwise import stepwise
from khronika.estimation.table import CaptureTable

Counted = CaptureTable | FrequencyTable
ORDER = ("loglinear", "dga", "lcmcr", "chao", "stepwise")  # as a report has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much a report draws.

    Attributes:
        resamples: of the bootstrap.
        vary_classes: whether latent classes are drawn again with fewer of them.
        vary_fully: whether draws under other settings are as many as they should be to count; else
            half as many.
    """

    resamples: int
    vary_classes: bool
    vary_fully: bool


FULL = Effort(resamples=1000, vary_classes=True, vary_fully=True)
QUICK = Effort(resamples=200, vary_classes=False, vary_fully=False)


def family(method: str, table: CaptureTable, effort: Effort, seed: int) -> Estimate:
    """One method's result on a table; an error becomes a refused result that tells it.

    Raises:
        BelowDocumentedError: a result under what is documented is a fault, and never hidden.
    """
    calls: Mapping[str, Callable[[], Estimate]] = {
        "loglinear": lambda: loglinear(
            table, average=False, ci="bca", nboot=effort.resamples, seed=seed
        ),
        "dga": lambda: graphs_of(table, seed=seed),
        "lcmcr": lambda: lcmcr(table, seed=seed),
        "chao": lambda: chao(table, form="Mth"),
        "stepwise": lambda: stepwise(table, nboot=effort.resamples, seed=seed),
    }
    return kept(method, table, calls[method])


def graphs_of(
    table: CaptureTable, delta: float | None = None, *, seed: int | None = None
) -> DgaEstimate:
    """The average over graphs: over all of up to 6 lists, over those met on walks of more."""
    if int((table.sizes > 0).sum()) > MOST_VERTICES:
        return dga_search(table, delta, seed=seed)
    return dga(table, delta)


def kept(method: str, table: Counted, call: Callable[[], Estimate]) -> Estimate:
    """What a call gives, under the name of its family; a refused result where it fails."""
    try:
        return replace(call(), method=method)
    except BelowDocumentedError:
        raise
    except KhronikaError as error:
        return refused(method, table, decide("failed", problem=error.problem.rstrip(".") + "."))
    except Exception as error:  # noqa: BLE001  one method that fails must not take the others along
        return refused(method, table, decide("failed", problem=f"{type(error).__name__}."))


def refused(method: str, table: Counted, decision: Decision, assumption: str = "") -> Estimate:
    """A result without a number."""
    return Estimate(
        method=method,
        label=method,
        documented=table.n,
        estimate=None,
        interval=None,
        assumption=assumption,
        decision=decision,
        provenance=Provenance(table=table.digest),
    )


def of_pairs(table: CaptureTable, found: Sequence[Pair]) -> Estimate:
    """The range of what pairs of lists say: a row beside the families."""
    spans = [pair.interval for pair in found if pair.interval is not None]
    if not spans:
        below = any(pair.below_documented for pair in found)
        return refused("pairs", table, decide("below-documented" if below else "few-overlaps"))
    return Estimate(
        method="pairs",
        label="Two lists at a time (Chapman)",
        documented=table.n,
        estimate=None,
        interval=Interval(min(s.lower for s in spans), max(s.upper for s in spans)),
        assumption="The two lists of each pair found people independently of each other.",
        decision=decide("range-method"),
        provenance=Provenance(table=table.digest),
    )
