"""How far the numbers move when a list, a setting or a prior is another.

Every variant is made with the quick forms of the methods: what counts is by how much they move.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from statistics import median
from typing import Any

from khronika.estimation.dga import dga
from khronika.estimation.diagnose import table_decision
from khronika.estimation.families import Effort, graphs_of, kept, refused
from khronika.estimation.graphs import MOST_VERTICES
from khronika.estimation.lcmcr import LcmcrEstimate, lcmcr
from khronika.estimation.loglinear import LogLinearEstimate, loglinear
from khronika.estimation.models import MOST_FOR_ALL
from khronika.estimation.pool import pool
from khronika.estimation.report_values import Value, Variant
from khronika.estimation.results import Estimate, Interval, Verdict
from khronika.estimation.rules import (
    FEWEST_EFFECTIVE,
    MOST_LISTS_LEFT_OUT,
    MOST_LISTS_MERGED,
    MOST_PRIOR_SHIFT,
    close,
)
from khronika.estimation.table import CaptureTable
from khronika.estimation.two_list import TwoList, two_list
from khronika.estimation.verdicts import shift_of

QUICK_FORMS = ("loglinear", "dga")
DELTAS = (1.0, 0.5, 1 / 16, 0.01)
MOST_LISTS_DELTAS = 20  # of a table that is tried with all of these:
TIMES_DELTA = (16.0, 4.0, 1 / 4, 1 / 16)  # the pseudo-count of many lists, whose cells are many
PRIORS = ((0.5, 0.5), (1.0, 4.0))  # beside Beta(1, 1) of the main run
CLASSES = (5,)
FEWEST_DRAWS = 4_000  # of a chain
SPARE = 3.0  # times as many effective draws as are wanted: other settings mix worse
ROUGH_CHAINS = 4  # of a run that only tells by how much a median moves
ROUGH_DRAWS = 64_000  # of each of them, or twice those of the main run: with half as many chains
NEAR = 0.1  # under the threshold of a move: so near, it is drawn in full before it is judged

Step = Callable[[], tuple[Variant, ...]]


def as_it_is(table: CaptureTable, results: Mapping[str, Estimate]) -> Variant:
    """What the families say of the table itself, to measure moves from."""
    found = [results[method] for method in (*QUICK_FORMS, "lcmcr")]
    told = tuple(_value(one) for one in found if one.verdict is not Verdict.REFUSED)
    return Variant(kind="same", what=(), documented=table.n, values=told)


def lists_changed(table: CaptureTable) -> Iterator[Step]:
    """Each list left out in turn, each two lists as one; what is left of three is two lists."""
    lists = [j for j in range(len(table.lists)) if table.sizes[j]]
    if not 3 <= len(lists) <= MOST_LISTS_LEFT_OUT:
        return
    models = "all" if len(lists) <= MOST_FOR_ALL else "downhill"
    for j in lists:
        fewer = table.take([k for k in lists if k != j])
        yield partial(_changed, "without", (table.lists[j],), fewer, models)
    for a, b in combinations(lists, 2) if len(lists) <= MOST_LISTS_MERGED else ():
        fewer = table.merge([a, b]).active()
        yield partial(_changed, "merged", (table.lists[a], table.lists[b]), fewer, models)


def linkages(others: Sequence[tuple[str, CaptureTable]]) -> Iterator[Step]:
    """The same people linked by other thresholds."""
    for threshold, table in others:
        yield partial(_changed, "linkage", (threshold,), _active(table), "all")


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
            found[table.digest] = _quick(_active(table), "all")
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


def deltas(table: CaptureTable, seed: int) -> Iterator[Step]:
    """The pseudo-count of cells under the graphs."""
    lists = int((table.sizes > 0).sum())
    some = TIMES_DELTA if lists <= MOST_LISTS_DELTAS else TIMES_DELTA[1:3]
    many = tuple(times * 2.0**-lists for times in some)
    for delta in DELTAS if lists <= MOST_VERTICES else many:
        call = partial(graphs_of, table, delta, seed=seed)
        yield partial(_varied, "delta", f"{delta:.3g}", table, "dga", call)


def priors(table: CaptureTable, base: LcmcrEstimate, effort: Effort, seed: int) -> Iterator[Step]:
    """The prior of capture rates under latent classes, whose main run is `base`."""
    yield partial(_priors, table, base, effort, seed)


def _priors(
    table: CaptureTable, base: LcmcrEstimate, effort: Effort, seed: int
) -> tuple[Variant, ...]:
    """Roughly, which is cheap; in full where the medians lie so far apart that a rule may speak."""
    found = [_under(prior, table, base, seed, _roughly(base)) for prior in PRIORS]
    told = [one.values[0].estimate for one in found]
    shift = shift_of([base.estimate, *told])
    settled = shift is not None and shift <= MOST_PRIOR_SHIFT - NEAR
    if settled or None in told or not effort.vary_fully:
        return tuple(found)
    fully = [_under(prior, table, base, seed, {"draws": _draws(base)}) for prior in PRIORS]
    # What does not come to rest in full tells no more than it did.
    better = [one.values[0].interval is not None for one in fully]
    return tuple(
        whole if is_better else rough
        for rough, whole, is_better in zip(found, fully, better, strict=True)
    )


def _under(
    prior: tuple[float, float],
    table: CaptureTable,
    base: LcmcrEstimate,
    seed: int,
    options: Mapping[str, Any],
) -> Variant:
    call = partial(
        lcmcr, table, K=base.classes, prior_lambda=prior, seed=seed, cap=base.cap, **options
    )
    return _varied("prior", f"{prior[0]:g}, {prior[1]:g}", table, "lcmcr", call)[0]


def classes(table: CaptureTable, base: LcmcrEstimate, effort: Effort, seed: int) -> Iterator[Step]:
    """How many latent classes there may be."""
    for most in CLASSES if effort.vary_classes else ():
        call = partial(lcmcr, table, K=most, seed=seed, **_roughly(base))
        yield partial(_varied, "classes", str(most), table, "lcmcr", call)


def _roughly(base: LcmcrEstimate) -> Mapping[str, Any]:
    """Settings of a run that stops once it tells the move of a median."""
    return {
        "chains": ROUGH_CHAINS,
        "rough": True,
        "draws": max(2 * base.iterations, ROUGH_DRAWS),
    }


def _draws(base: LcmcrEstimate) -> int | None:
    """As many as should be worth enough independent ones, told by the main run."""
    if not base.ess > 0:
        return None
    kept = base.iterations - base.burn
    return max(int(kept * min(1.0, SPARE * FEWEST_EFFECTIVE / base.ess)), FEWEST_DRAWS)


def _active(table: CaptureTable) -> CaptureTable:
    """The table without lists that have nobody; one of nobody at all as it is."""
    return table.active() if table.n else table


def _changed(
    kind: str, what: tuple[str, ...], table: CaptureTable, models: str
) -> tuple[Variant, ...]:
    """A table with other lists: what two families say of it, or of two lists their own method."""
    decision = table_decision(table)
    if decision.rule in ("few-overlaps", "two-lists-independence"):
        found: tuple[Estimate, ...] = (kept("two_list", table, partial(two_list, table)),)
    else:
        found = _quick(table, models)
    values = tuple(_value(one) for one in found if one.decision.rule != "too-large")
    return (Variant(kind=kind, what=what, documented=table.n, values=values),)


def _quick(table: CaptureTable, models: str) -> tuple[Estimate, Estimate]:
    """Two families in their quick forms; without a number where the table bears none."""
    decision = table_decision(table)
    if decision.verdict is not Verdict.OK:
        fitted, graphs = (refused(method, table, decision) for method in QUICK_FORMS)
        return fitted, graphs
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
) -> tuple[Variant, ...]:
    told = kept(method, table, call)
    value = _moved(told) if method == "lcmcr" else _value(told)
    return (Variant(kind=kind, what=(what,), documented=table.n, values=(value,)),)


def _value(one: Estimate) -> Value:
    """A number; of a result that only bounds no more than its lower end."""
    if one.verdict is Verdict.LOWER_BOUND_ONLY and one.interval is not None:
        ends = Interval(one.interval.lower, math.inf)
        return Value(method=one.method, estimate=None, interval=ends, rule=one.decision.rule)
    rough = _rough(one)
    return Value(
        method=one.method,
        estimate=one.estimate if rough is None else rough,
        interval=one.interval,
        rule=one.decision.rule,
        rough=rough is not None,
    )


def _moved(one: Estimate) -> Value:
    """A median under another setting, which tells a move even where its draws have no end."""
    value = _value(one)
    if value.estimate is not None or one.median is None or one.interval is None:
        return value
    ends = Interval(one.interval.lower, math.inf)
    return replace(value, estimate=one.median, interval=ends, rough=True)


def _rough(one: Estimate) -> float | None:
    """About where a median is, from chains that lie near enough to tell how far it moved.

    Chains that sit in two modes do not agree, but where these are a tenth apart, either tells
    whether a median moved by a quarter.
    """
    if not isinstance(one, LcmcrEstimate) or one.decision.rule != "not-converged":
        return None
    return median(one.chain_medians) if close(one.chain_medians) else None
