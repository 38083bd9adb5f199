"""Methods by name, for what runs any of them on many tables."""

from collections.abc import Callable, Mapping
from functools import partial
from inspect import Parameter, signature
from typing import Any

from khronika.estimation.bayes_threshold import bayes_threshold
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
    "bayes_threshold": bayes_threshold,
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
        EstimationError: for a name that none has, and for a setting that the method has not.
    """
    known = METHODS.get(method) if isinstance(method, str) else method
    if not callable(known):
        raise EstimationError(
            f"There is no method '{method!s:.40}'",
            remedy=f"Name one of {', '.join(sorted(METHODS))}, or give a function of a table.",
        )
    _check_settings(method, known, settings)
    return partial(known, **settings) if settings else known


def name_of(method: str | Method) -> str:
    """What a method is called beside others."""
    return method if isinstance(method, str) else str(getattr(method, "__name__", "given"))


def _check_settings(method: str | Method, known: Method, settings: Mapping[str, object]) -> None:
    try:
        taken = signature(known).parameters.values()
    except (TypeError, ValueError):  # a function that does not tell what it takes
        return
    if any(one.kind is Parameter.VAR_KEYWORD for one in taken):
        return
    names = [one.name for one in taken][1:]  # the first is the table
    wrong = [name for name in settings if name not in names]
    if wrong:
        raise EstimationError(
            f"The method {name_of(method):.40} has no setting '{wrong[0]:.40}'",
            remedy=f"Its settings are: {', '.join(names)}." if names else "It has none.",
        )


def attempt(method: Method, name: str, t: CaptureTable) -> Estimate:
    """An estimate; one that is refused, by the rule "failed", where the method stops.

    A number below those documented is a fault and is not caught.
    """
    try:
        return method(t)
    except (EstimationError, TableError) as problem:
        told = decide("failed", problem=problem.problem)
        return refused(name, t, told, "The method stopped, so it supposes nothing.")
