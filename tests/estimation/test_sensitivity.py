"""How far numbers move: against the number they start from, roughly first, bounds as bounds."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from estimation.results_made import drawn, overlapping, result, table
from khronika.estimation import (
    CaptureTable,
    Estimate,
    Verdict,
    decide,
    dga,
    families,
    lcmcr,
    loglinear,
    sensitivity,
    two_list,
)
from khronika.estimation.report import report
from khronika.estimation.report_values import Report, Variant
from khronika.estimation.rules import roughly

FIVE = table(
    a=300, b=250, c=200, d=150, e=120, ab=60, ac=50, bc=40, ad=30, bd=30, cd=25, ae=9, be=20,
    ce=14, de=9, abc=70, abd=9, acd=8, bcd=6, abe=4, abcd=4,
)  # fmt: skip

# Every two lists depend on each other, so all the weight is on the graph that leaves N open.
OPEN = table(a=390, b=470, c=400, ab=20, ac=100, bc=50, abc=57)


def stand_in(
    monkeypatch: pytest.MonkeyPatch, said: Callable[[CaptureTable, dict[str, Any]], Estimate]
) -> list[dict[str, Any]]:
    """Put this in the place of latent classes; what they are asked for, call by call."""
    asked: list[dict[str, Any]] = []

    def lcmcr(t: CaptureTable, **options: Any) -> Estimate:
        asked.append(options)
        return drawn(said(t, options), iterations=8_000, burn=2_000, ess=900.0, classes=7)

    monkeypatch.setattr(families, "lcmcr", lcmcr)
    monkeypatch.setattr(sensitivity, "lcmcr", lcmcr)
    return asked


def same(t: CaptureTable, options: dict[str, Any]) -> Estimate:
    return result("lcmcr", t.n * 2.0, (t.n * 1.5, t.n * 3.0), documented=t.n)


def by_prior(found: float, *, rough: float) -> Callable[[CaptureTable, dict[str, Any]], Estimate]:
    """Twice those documented by default; so many times under other priors, in full and roughly."""

    def said(t: CaptureTable, options: dict[str, Any]) -> Estimate:
        times = 2.0
        if options.get("prior_lambda") is not None:
            times = rough if options.get("rough") else found
        ends = (t.n * times * 0.9, t.n * times * 1.1)
        return result("lcmcr", t.n * times, ends, documented=t.n)

    return said


def of_kind(found: Report, kind: str) -> list[Variant]:
    return [one for one in found.variants if one.kind == kind]


def test_moves_are_measured_from_the_number_of_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, same)
    found = report(FIVE, quick=True)
    (base,) = of_kind(found, "same")
    told = {value.method: value.estimate for value in base.values}
    assert told == {m: found.estimates[m].estimate for m in ("loglinear", "dga", "lcmcr")}
    pairs = loglinear(FIVE, "pairs", average=False).estimate
    assert told["loglinear"] != pytest.approx(pairs), "a table on which they differ is wanted"
    (fewer,) = [one for one in of_kind(found, "without") if one.what == ("e",)]
    rest = FIVE.take([0, 1, 2, 3])
    assert fewer.values[0].estimate == loglinear(rest, "all", average=False).estimate


def test_of_three_lists_two_are_left_and_told_by_their_own_method(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand_in(monkeypatch, same)
    three = overlapping()
    found = report(three, quick=True)
    without = {one.what[0]: one for one in of_kind(found, "without")}
    assert set(without) == {"a", "b", "c"}
    left = three.take([0, 1])
    assert without["c"].documented == left.n
    assert [(v.method, v.estimate) for v in without["c"].values] == [
        ("two_list", two_list(left).estimate)
    ]
    merged = {one.what: one for one in of_kind(found, "merged")}
    assert set(merged) == {("a", "b"), ("a", "c"), ("b", "c")}
    one = two_list(three.merge([0, 1]))
    assert merged["a", "b"].values[0].estimate == one.estimate
    assert merged["a", "b"].documented == three.n


def test_nine_lists_are_left_out_one_by_one_and_not_merged() -> None:
    rng = np.random.default_rng(4)
    on = rng.random((900, 9)) < 0.15
    on = on[on.any(axis=1)]
    nine = CaptureTable.from_records(
        [{f"l{j}": int(x) for j, x in enumerate(row)} for row in on], [f"l{j}" for j in range(9)]
    )
    assert len(list(sensitivity.lists_changed(nine))) == 9
    (fewer,) = next(sensitivity.lists_changed(nine))()
    assert [value.method for value in fewer.values] == ["loglinear"]  # eight are too many for dga


def test_a_bound_is_shown_as_a_bound_and_never_as_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert dga(OPEN).verdict is Verdict.LOWER_BOUND_ONLY
    stand_in(monkeypatch, same)
    found = report(OPEN, quick=True)
    shown = [v for one in found.variants for v in one.values if v.method == "dga"]
    bounds = [v for v in shown if v.interval is not None and math.isinf(v.interval.upper)]
    assert bounds
    assert all(v.estimate is None for v in bounds)
    row = next(line for line in found.text().splitlines() if line.startswith("  as it is"))
    assert "≥" in row
    assert found.as_json()


def test_priors_that_hardly_move_the_median_are_only_drawn_roughly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = stand_in(monkeypatch, by_prior(2.2, rough=2.25))
    found = report(overlapping())
    assert found.estimates["lcmcr"].verdict is Verdict.OK
    assert all(one.get("rough") for one in asked[1:])
    assert [one.values[0].estimate for one in of_kind(found, "prior")] == [
        pytest.approx(overlapping().n * 2.25)
    ] * 2


def test_a_move_near_the_threshold_is_drawn_in_full_before_it_is_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = stand_in(monkeypatch, by_prior(2.4, rough=2.45))
    found = report(overlapping())
    assert sum(not one.get("rough") for one in asked) == 3
    assert found.estimates["lcmcr"].verdict is Verdict.OK
    stand_in(monkeypatch, by_prior(2.6, rough=2.45))
    assert report(overlapping()).estimates["lcmcr"].decision.rule == "prior-decides"


def test_the_range_of_a_prior_that_decides_holds_what_is_known_only_roughly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def said(t: CaptureTable, options: dict[str, Any]) -> Estimate:
        if options.get("prior_lambda") is None:
            return same(t, options)
        return result("lcmcr", None, documented=t.n, decision=decide("not-converged", rhat=1.03))

    def lcmcr(t: CaptureTable, **options: Any) -> Estimate:
        medians = (t.n * 5.0, t.n * 5.1)
        return drawn(said(t, options), rhat=1.03, ess=150.0, chain_medians=medians, burn=0)

    monkeypatch.setattr(families, "lcmcr", lcmcr)
    monkeypatch.setattr(sensitivity, "lcmcr", lcmcr)
    found = report(overlapping())
    one = found.estimates["lcmcr"]
    n = overlapping().n
    assert one.decision.rule == "prior-decides"
    assert one.interval is not None
    assert tuple(one.interval) == pytest.approx((n * 1.5, n * 5.05))
    assert all(v.values[0].rough for v in of_kind(found, "prior"))


def test_two_modes_close_by_tell_the_move_though_chains_do_not_agree(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart = 1.09

    def lcmcr(t: CaptureTable, **options: Any) -> Estimate:
        if options.get("prior_lambda") is None:
            return drawn(same(t, options), iterations=8_000, ess=900.0, classes=7)
        said = result("lcmcr", None, documented=t.n, decision=decide("not-converged", rhat=1.8))
        return drawn(said, rhat=1.8, ess=6.0, chain_medians=(t.n * 2.0, t.n * 2.0 * apart), burn=0)

    monkeypatch.setattr(families, "lcmcr", lcmcr)
    monkeypatch.setattr(sensitivity, "lcmcr", lcmcr)
    assert report(overlapping()).estimates["lcmcr"].verdict is Verdict.OK
    apart = 1.11
    assert report(overlapping()).estimates["lcmcr"].decision.rule == "prior-unknown"


def test_a_prior_under_which_nothing_settles_is_said_to_leave_it_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def said(t: CaptureTable, options: dict[str, Any]) -> Estimate:
        if options.get("prior_lambda") is None:
            return same(t, options)
        return result("lcmcr", None, documented=t.n, decision=decide("not-converged", rhat=1.5))

    stand_in(monkeypatch, said)
    found = report(overlapping())
    assert found.decision.rule == "prior-unknown"
    assert found.verdict is Verdict.RANGE_ONLY
    assert "not known whether the prior decides" in " ".join(found.text().split())


def test_a_prior_without_an_upper_end_leaves_a_lower_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(t: CaptureTable, options: dict[str, Any]) -> Estimate:
        if options.get("prior_lambda") is None:
            return same(t, options)
        ends, rule = (t.n * 1.4, t.n * 40.0), decide("above-cap", share="1%", cap=9)
        one = result("lcmcr", t.n * times, ends, documented=t.n, decision=rule)
        return replace(one, median=one.estimate)

    times = 2.1  # some draws lie far up, but the median stays where it was
    stand_in(monkeypatch, said)
    assert report(overlapping()).estimates["lcmcr"].verdict is Verdict.OK
    times = 9.0
    found = report(overlapping())
    assert found.estimates["lcmcr"].decision.rule == "prior-decides"
    assert found.decision.rule == "no-upper-end"
    assert found.verdict is Verdict.LOWER_BOUND_ONLY


def test_the_setting_of_a_result_that_only_bounds_is_not_varied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def said(t: CaptureTable, options: dict[str, Any]) -> Estimate:
        ends, rule = (t.n * 1.4, t.n * 40.0), decide("above-cap", share="1%", cap=9)
        return result("lcmcr", t.n * 9.0, ends, documented=t.n, decision=rule)

    asked = stand_in(monkeypatch, said)
    found = report(overlapping())
    assert len(asked) == 1
    assert not of_kind(found, "prior")


def test_a_lower_bound_above_other_methods_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, lambda t, _: result("lcmcr", t.n + 1, documented=t.n))
    (note,) = report(overlapping(), quick=True).estimates["chao"].notes
    assert note.id == "above-others"
    stand_in(monkeypatch, lambda t, _: result("lcmcr", t.n * 8.0, documented=t.n))
    assert report(OPEN, quick=True).estimates["chao"].notes == ()


def test_rough_chains_stop_as_soon_as_a_move_can_be_told() -> None:
    rough = lcmcr(overlapping(), K=3, chains=4, rough=True, draws=128_000)
    assert rough.iterations < 128_000
    assert roughly(rough.rhat, rough.ess, rough.chain_medians)
    shortest = lcmcr(overlapping(), K=3, chains=4, rough=True, draws=500)
    assert shortest.iterations == 500


@pytest.mark.parametrize(
    ("rhat", "ess", "medians", "told"),
    [
        (1.09, 60, (100.0, 109.0), True),
        (1.11, 60, (100.0, 101.0), False),
        (1.09, 40, (100.0, 101.0), False),
        (1.09, 60, (100.0, 111.0), False),
        (math.nan, math.nan, (), False),
    ],
)
def test_chains_agree_roughly(
    rhat: float, ess: float, medians: tuple[float, ...], told: bool
) -> None:
    assert roughly(rhat, ess, medians) is told
