"""Each rule that refuses an estimate or makes less of it is met by an invented table."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from estimation.results_made import overlapping, result, table
from khronika.estimation import (
    RULES,
    Decision,
    FrequencyTable,
    add_up,
    chao,
    decide,
    dga,
    lcmcr,
    loglinear,
    pool,
    report,
    report_frequencies,
    stepwise,
    table_decision,
    two_list,
)
from khronika.estimation.diagnose import diagnose
from khronika.estimation.families import kept, of_pairs
from khronika.estimation.verdicts import overall, prior_decision

SPARSE = table(a=30, b=30, c=20, ab=6)  # c shares nobody
CAUGHT = report_frequencies(FrequencyTable.from_counts({1: 90, 2: 20, 3: 3}))
SEVEN = table(
    a=9, b=9, c=9, d=9, e=9, f=9, g=9, ab=5, bc=5, cd=5, de=5, ef=5, fg=5, ag=5
)  # fmt: skip


def together(**numbers: float | str) -> Decision:
    """What the verdict over the families is, if they say these numbers or meet these rules."""
    found = {}
    for method, number in numbers.items():
        if isinstance(number, str):
            found[method] = result(method, None, decision=decide(number))
        else:
            found[method] = result(method, number, (400, number * 2))
    return overall(found)


def fails() -> Decision:
    def method() -> None:
        raise ArithmeticError

    return kept("dga", overlapping(), method).decision  # type: ignore[arg-type]


def no_upper_end() -> Decision:
    endless = replace(result("lcmcr", 900, (500, math.inf)), decision=decide("above-cap"))
    found = {method: result(method, 900, (500, 1500)) for method in ("loglinear", "dga")}
    return overall({**found, "lcmcr": endless})


def bounds_apart() -> Decision:
    """Latent classes bound at more than twice what log-linear models find."""
    bound = replace(result("lcmcr", 2500, (2000, math.inf)), decision=decide("above-cap"))
    found = {method: result(method, 900, (500, 1500)) for method in ("loglinear", "dga")}
    return overall({**found, "lcmcr": bound})


CASES: dict[str, Callable[[], Decision]] = {
    "none": lambda: table_decision(overlapping()),
    "one-list": lambda: report(table(a=40)).decision,
    "copied-list": lambda: report(table(ab=30, abc=12, c=40)).decision,
    "near-copy": lambda: report(table(ab=30, abc=12, a=2, b=1, c=40)).decision,
    "few-overlaps": lambda: two_list(table(a=40, b=30, ab=6)).decision,
    "two-lists-independence": lambda: report(table(a=40, b=30, ab=7)).decision,
    "few-lists": lambda: lcmcr(table(a=40, b=30, ab=9, bc=4, c=5)).decision,
    "disconnected": lambda: report(table(a=40, b=30, ab=20, c=30, d=40, cd=20)).decision,
    "many-empty-pairs": lambda: table_decision(
        table(a=9, b=9, c=9, d=9, e=9, ab=2, bc=2, cd=2, de=2)
    ),
    "below-documented": lambda: two_list(table(a=5, b=5, ab=50, c=400), "a", "b").decision,
    "does-not-exist": lambda: loglinear(SPARSE, "[12,3]").decision,
    "not-identified": lambda: loglinear(SPARSE, "[12,13,23]").decision,
    "does-not-fit": lambda: stepwise(table(a=5, ab=150, abc=60, ac=2, c=110), nboot=0).decision,
    "not-converged": lambda: lcmcr(overlapping(), draws=100, chains=2, engine="numpy").decision,
    # Drawn for in the tests of latent classes: enough draws take seconds.
    "above-cap": lambda: decide("above-cap", share="1%", cap=900),
    "beyond-reason": lambda: lcmcr(table(a=60, b=60, c=60, ab=1), K=1, draws=4000).decision,
    "grid-end": lambda: dga(overlapping(), grid=range(1, 300)).decision,
    "prior-decides": lambda: prior_decision([1000, 1600, 900]),
    "prior-unknown": lambda: prior_decision([1000, None, 1100]),
    "too-large": lambda: dga(SEVEN).decision,
    "lower-bound-method": lambda: chao(overlapping()).decision,
    "range-method": lambda: of_pairs(overlapping(), diagnose(overlapping()).pairs).decision,
    "failed": fails,
    "needs-lists": lambda: CAUGHT.estimates["dga"].decision,
    "supposed-shape": lambda: CAUGHT.estimates["poisson2"].decision,
    "no-lists": lambda: CAUGHT.decision,
    "strata-refused": lambda: (
        add_up({"a": report(table(a=40, b=30, ab=20)), "b": report(table(a=40))}, seed=1).decision
    ),
    "replicates-refused": lambda: (
        pool([dga(overlapping()), dga(overlapping()), dga(table(a=40, b=30, ab=2))]).decision
    ),
    "no-agreement": lambda: together(loglinear=500, dga=1100, lcmcr="not-converged"),
    "bounds-apart": bounds_apart,
    "few-families": lambda: together(loglinear=500, dga="too-large", lcmcr="not-converged"),
    "families-differ": lambda: together(loglinear=500, dga=1100, lcmcr=700),
    "no-upper-end": no_upper_end,
}


@pytest.mark.parametrize("rule", RULES)
def test_an_invented_table_meets_the_rule(rule: str) -> None:
    assert rule in CASES, "a new rule wants a table that meets it"
    found = CASES[rule]()
    assert found.rule == rule
    assert found.verdict is RULES[rule].verdict
    assert found.because
