"""Estimates over draws of the linkage: what the methods say of each table, as one.

The quick forms of two families are run on every table that was drawn, each different one once, and
pooled; that tells how much of the uncertainty is linkage's.
"""

from collections.abc import Callable, Mapping
from functools import partial

from khronika.estimation import Estimate, Pooled, Verdict, dga, loglinear, pool
from khronika.estimation.diagnose import table_decision
from khronika.estimation.results import Decision, Provenance
from khronika.estimation.table import CaptureTable
from khronika.workflows.estimating.draws import LinkageTables

MOST_LISTS_ALL = 4  # with more, only models of pairs are fitted
SEED = 1  # of the pooled draws, where none is given

Method = Callable[[CaptureTable], Estimate]


def pooled(tables: LinkageTables, *, seed: int | None = None) -> tuple[Pooled, ...]:
    """What each method says over all draws; nothing where nothing was drawn.

    Args:
        tables: the draws.
        seed: of what is drawn from the pooled results.
    """
    if not tables.draws:
        return ()
    return tuple(
        _pooled(method, call, tables, SEED if seed is None else seed)
        for method, call in _METHODS.items()
    )


def _pooled(method: str, call: Method, tables: LinkageTables, seed: int) -> Pooled:
    found: dict[str, Estimate] = {}
    for table in tables.draws:
        if table.digest not in found:
            found[table.digest] = _estimate(method, call, table.active())
    return pool([found[table.digest] for table in tables.draws], seed=seed)


def _estimate(method: str, call: Method, table: CaptureTable) -> Estimate:
    """A method's result; refused where the table bears no estimate by any."""
    decision = table_decision(table)
    return call(table) if decision.verdict is Verdict.OK else _refused(method, table, decision)


def _refused(method: str, table: CaptureTable, decision: Decision) -> Estimate:
    return Estimate(
        method=method,
        label=method,
        documented=table.n,
        estimate=None,
        interval=None,
        assumption="",
        decision=decision,
        provenance=Provenance(table=table.digest),
    )


def _loglinear(table: CaptureTable) -> Estimate:
    models = "all" if len(table.lists) <= MOST_LISTS_ALL else "pairs"
    return loglinear(table, models=models, average=False, ci="lognormal")


_METHODS: Mapping[str, Method] = {"loglinear": _loglinear, "dga": partial(dga)}
