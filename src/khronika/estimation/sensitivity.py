"""How far the numbers move when a list, a setting or a prior is another.

Every variant is made with the quick forms of the methods: what counts is by how much they move.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from statistics import median

from khronika.estimation.dga import dga
from khronika.estimation.diagnose import table_decision
from khronika.estimation.families import Effort, kept, refused
from khronika.estimation.lcmcr import LcmcrEstimate, lcmcr
from khronika.estimation.loglinear import LogLinearEstimate, loglinear
from khronika.estimation.pool import pool
from khronika.estimation.report_values import Value, Variant
from khronika.estimation.results import Estimate, Verdict
from khronika.estimation.rules import FEWEST_EFFECTIVE, MOST_APART, ROUGH_EFFECTIVE, ROUGH_RHAT
from khronika.estimation.table import CaptureTable
from khronika.estimation.two_list import TwoList

QUICK_FORMS = ("loglinear", "dga")
DELTAS = (1.0, 0.5, 1 / 16, 0.01)
PRIORS = ((0.5, 0.5), (1.0, 4.0))  # beside Beta(1, 1) of the main run
CLASSES = (5,)
FEWEST_DRAWS = 4_000  # of a chain
SPARE = 3.0  # times as many effective draws as are wanted: other settings mix worse
MOST_LISTS_VARIED = 8  # more pairs than these have would take long
MOST_LISTS_ALL = 4  # with more, only models of pairs are fitted again

Step = Callable[[], Variant]


def lists_changed(table: CaptureTable) -> Iterator[Step]:
    """The table as it is, each list left out in turn, each two lists as one."""
    yield partial(_changed, "same", (), _active(table))
    lists = [j for j in range(len(table.lists)) if table.sizes[j]]
    if not 3 < len(lists) <= MOST_LISTS_VARIED:
        return
    for j in lists:
        fewer = table.take([k for k in lists if k != j])
        yield partial(_changed, "without", (table.lists[j],), fewer)
    for a, b in combinations(lists, 2):
        fewer = table.merge([a, b]).active()
        yield partial(_changed, "merged", (table.lists[a], table.lists[b]), fewer)


def linkages(others: Sequence[tuple[str, CaptureTable]]) -> Iterator[Step]:
    """The same people linked by other thresholds."""
    for threshold, table in others:
        yield partial(_changed, "linkage", (threshold,), _active(table))


def over_linkages(tables: Sequence[CaptureTable], seed: int) -> dict[str, Estimate]:
    """Two families, in their quick forms, pooled over drawn decisions on who is who.

    Args:
        tables: one a draw, each draw as probable as the others; the same table counts as often as
            it was drawn.
        seed: of the draws that are mixed.
    """
    if len({table.digest for table in tables}) < 2:
        return {}
    found: dict[str, tuple[Estimate, Estimate]] = {}
    for table in tables:
        if table.digest not in found:
            found[table.digest] = _quick(_active(table))
    each = [found[table.digest] for table in tables]
    pooled = (pool([pair[place] for pair in each], seed=seed) for place in range(len(QUICK_FORMS)))
    return {f"pooled {method}": one for method, one in zip(QUICK_FORMS, pooled, strict=True)}


def interactions(fitted: Estimate) -> tuple[Variant, ...]:
    """Those unseen under other interactions of all lists, which no table can show."""
    if not isinstance(fitted, LogLinearEstimate):
        return ()
    return tuple(
        _supposed("xi", one.xi, fitted.documented, "loglinear", one.total)
        for one in fitted.supposed
    )


def dependences(alone: TwoList) -> tuple[Variant, ...]:
    """People in all if two lists depended on each other, which they cannot show."""
    return tuple(
        _supposed("theta", one.theta, alone.documented, "two_list", one.people)
        for one in alone.odds
    )


def _supposed(
    kind: str, value: float, documented: int, method: str, people: float | None
) -> Variant:
    return Variant(
        kind=kind,
        what=(f"{value:.3g}",),
        documented=documented,
        values=(Value(method=method, estimate=people),),
    )


def deltas(table: CaptureTable) -> Iterator[Step]:
    """The pseudo-count of cells under the graphs."""
    for delta in DELTAS:
        call = partial(dga, table, delta=delta)
        yield partial(_varied, "delta", f"{delta:.3g}", table, "dga", call)


def priors(table: CaptureTable, base: Estimate, effort: Effort, seed: int) -> Iterator[Step]:
    """The prior of capture rates under latent classes, whose main run is `base`."""
    draws = _draws(base, effort)
    for prior in PRIORS:
        call = partial(lcmcr, table, prior_lambda=prior, draws=draws, seed=seed)
        yield partial(_varied, "prior", f"{prior[0]:g}, {prior[1]:g}", table, "lcmcr", call)


def classes(table: CaptureTable, base: Estimate, effort: Effort, seed: int) -> Iterator[Step]:
    """How many latent classes there may be."""
    for most in CLASSES if effort.vary_classes else ():
        call = partial(lcmcr, table, K=most, draws=_draws(base, effort), seed=seed)
        yield partial(_varied, "classes", str(most), table, "lcmcr", call)


def _draws(base: Estimate, effort: Effort) -> int | None:
    """As many as should be worth enough independent ones, told by the main run; or half of it."""
    if not isinstance(base, LcmcrEstimate) or not base.ess > 0:
        return None
    kept = base.iterations - base.burn
    wanted = kept * min(1.0, SPARE * FEWEST_EFFECTIVE / base.ess)
    return max(int(wanted if effort.vary_fully else wanted / 2), FEWEST_DRAWS)


def _active(table: CaptureTable) -> CaptureTable:
    """The table without lists that have nobody; one of nobody at all as it is."""
    return table.active() if table.n else table


def _changed(kind: str, what: tuple[str, ...], table: CaptureTable) -> Variant:
    """A table with other lists: what the quick forms of two families say of it."""
    values = tuple(_value(one) for one in _quick(table))
    return Variant(kind=kind, what=what, documented=table.n, values=values)


def _quick(table: CaptureTable) -> tuple[Estimate, Estimate]:
    """Two families in their quick forms; without a number where the table bears none."""
    decision = table_decision(table)
    if decision.verdict is not Verdict.OK:
        fitted, graphs = (refused(method, table, decision) for method in QUICK_FORMS)
        return fitted, graphs
    models = "all" if len(table.lists) <= MOST_LISTS_ALL else "pairs"
    return (
        kept(
            "loglinear",
            table,
            lambda: loglinear(table, models=models, average=False, ci="lognormal"),
        ),
        kept("dga", table, partial(dga, table)),
    )


def _varied(
    kind: str, what: str, table: CaptureTable, method: str, call: Callable[[], Estimate]
) -> Variant:
    return Variant(
        kind=kind, what=(what,), documented=table.n, values=(_value(kept(method, table, call)),)
    )


def _value(one: Estimate) -> Value:
    rough = _rough(one)
    return Value(
        method=one.method,
        estimate=one.estimate if rough is None else rough,
        interval=one.interval,
        rule=one.decision.rule,
        rough=rough is not None,
    )


def _rough(one: Estimate) -> float | None:
    """About where a median is, from chains that agree well enough to tell how far it moved."""
    if not isinstance(one, LcmcrEstimate) or one.decision.rule != "not-converged":
        return None
    low, high = min(one.chain_medians), max(one.chain_medians)
    near = one.rhat <= ROUGH_RHAT and one.ess >= ROUGH_EFFECTIVE
    return median(one.chain_medians) if near and high - low <= MOST_APART * low else None
