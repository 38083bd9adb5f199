"""Methods by name, for what runs any of them on many tables."""

from collections.abc import Callable
from functools import partial
from typing import Any

from khronika.estimation.chao import chao
from khronika.estimation.dga import dga
from khronika.estimation.dga_search import dga_search
from khronika.estimation.errors import EstimationError, TableError
from khronika.estimation.families import refused
from khronika.estimation.lcmcr import lcmcr
from khronika.estimation.loglinear import LogLinearEstimate, loglinear
from khronika.estimation.models import Model
from khronika.estimation.results import Estimate
from khronika.estimation.rules import decide
from khronika.estimation.stepwise import stepwise
from khronika.estimation.table import CaptureTable
from khronika.estimation.two_list import two_list

Method = Callable[..., Estimate]  # from a table and settings to an estimate


def independence(t: CaptureTable) -> LogLinearEstimate:
    """Estimate as if no list depended on another, with a profile interval."""
    return loglinear(t, Model.of(len(t.lists), ()), average=False)


def pairs(t: CaptureTable, **settings: Any) -> LogLinearEstimate:
    """Estimate with log-linear models in which lists depend on each other in pairs."""
    return loglinear(t, "pairs", **settings)


METHODS: dict[str, Method] = {
    "chao": chao,
    "dga": dga,
    "dga_search": dga_search,
    "independence": independence,
    "lcmcr": lcmcr,
    "loglinear": loglinear,
    "pairs": pairs,
    "stepwise": stepwise,
    "two_list": two_list,
}


def method_of(method: str | Method, **settings: object) -> Method:
    """A method by its name, or the one given, with settings that are the same for every table.

    Raises:
        EstimationError: for a name that none has.
    """
    if not isinstance(method, str):
        return partial(method, **settings) if settings else method
    if method not in METHODS:
        raise EstimationError(
            f"There is no method '{method:.40}'",
            remedy=f"Name one of {', '.join(sorted(METHODS))}, or give a function of a table.",
        )
    return partial(METHODS[method], **settings)


def attempt(method: Method, name: str, t: CaptureTable) -> Estimate:
    """An estimate; one that is refused, by the rule "failed", where the method stops.

    A number below those documented is a fault and is not caught.
    """
    try:
        return method(t)
    except (EstimationError, TableError) as problem:
        told = decide("failed", problem=problem.problem)
        return refused(name, t, told, "The method stopped, so it supposes nothing.")
