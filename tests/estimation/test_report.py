"""The report: every method side by side, one verdict, and never a number that stands alone."""

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from estimation.results_made import drawn, overlapping, result, table
from khronika.estimation import (
    BelowDocumentedError,
    CaptureTable,
    Estimate,
    EstimationError,
    Interval,
    Verdict,
    add_up,
    decide,
    diagnose,
    families,
    sensitivity,
)
from khronika.estimation.families import ORDER
from khronika.estimation.report import report
from khronika.estimation.report_text import because
from khronika.estimation.report_values import Report, Value, Variant
from khronika.estimation.wording import LANGUAGES, Words

THREE = overlapping()
FOUR = table(
    a=300, b=250, c=200, d=150, ab=60, ac=50, bc=40, ad=30, bd=30, cd=25, abc=12, abd=9, acd=8,
    bcd=6, abcd=4,
)  # fmt: skip


@cache
def of_four() -> Report:
    """The report on four lists, with the stand-in for latent classes."""
    return report(FOUR, quick=True)


@pytest.fixture(autouse=True)
def _quick_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Latent classes take seconds; their own tests are elsewhere."""
    classes(monkeypatch, lambda t: result("lcmcr", t.n * 2.5, (t.n * 1.8, t.n * 4)))


def classes(monkeypatch: pytest.MonkeyPatch, make: Callable[[CaptureTable], Estimate]) -> None:
    def lcmcr(t: CaptureTable, **_options: object) -> Estimate:
        return drawn(replace(make(t), documented=t.n))

    monkeypatch.setattr(families, "lcmcr", lcmcr)
    monkeypatch.setattr(sensitivity, "lcmcr", lcmcr)


def test_all_families_stand_side_by_side_and_the_range_spans_them() -> None:
    found = of_four()
    assert [one.method for one in found.families] == [*ORDER, "pairs"]
    assert found.verdict is Verdict.OK
    assert found.range is not None
    for method in ("loglinear", "dga", "lcmcr", "stepwise"):
        span = found.estimates[method].interval
        assert span is not None
        assert found.range.lower <= span.lower
        assert span.upper <= found.range.upper
    kinds = {one.kind for one in found.variants}
    assert kinds == {"xi", "same", "without", "merged", "delta", "prior"}
    assert len([one for one in found.variants if one.kind == "merged"]) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_starts_with_what_is_documented_and_fits_80_columns(language: str) -> None:
    text = of_four().text(language)
    assert re.match(r"\D*1[, \u00a0]174\b", text)
    assert max(map(len, text.splitlines())) <= 80
    assert "{" not in text


def test_prose_has_at_most_two_digits_that_count() -> None:
    opening = of_four().opening()
    said = opening.replace("1,174", "").replace("95%", "")
    numbers = [one.replace(",", "") for one in re.findall(r"\d[\d,]*", said)]
    assert numbers
    assert all(len(one.rstrip("0")) <= 2 for one in numbers)


def test_the_same_seed_gives_the_same_bytes() -> None:
    one, other = (report(THREE, quick=True, seed=7) for _ in range(2))
    assert one.as_json() == other.as_json()
    assert one.text("uk") == other.text("uk")
    assert json.loads(one.as_json())["provenance"]["seed"] == 7


def test_lists_in_another_order_change_nothing_but_the_order() -> None:
    one, other = of_four(), report(FOUR.take([2, 0, 3, 1]), quick=True)
    assert one.range == pytest.approx(other.range)
    assert one.decision == other.decision
    for method, found in one.estimates.items():
        assert found.estimate == pytest.approx(other.estimates[method].estimate)
        assert found.interval == pytest.approx(other.estimates[method].interval)

    def moves(of: Report) -> dict[tuple[str, frozenset[str]], list[float | None]]:
        return {
            (each.kind, frozenset(each.what)): [value.estimate for value in each.values]
            for each in of.variants
        }

    assert set(moves(one)) == set(moves(other))
    for variant, numbers in moves(one).items():
        assert numbers == pytest.approx(moves(other)[variant], rel=1e-6), variant


def test_a_method_that_fails_is_a_refused_row_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(t: CaptureTable) -> Estimate:
        raise ValueError("Amina N. is in cell 3")

    classes(monkeypatch, fails)
    found = report(THREE, quick=True)
    assert found.estimates["lcmcr"].decision.rule == "failed"
    assert "Amina" not in found.as_json()
    assert found.verdict is Verdict.OK


def test_a_number_under_what_is_documented_stops_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def under(t: CaptureTable) -> Estimate:
        return result("lcmcr", 10, documented=t.n)

    classes(monkeypatch, under)
    with pytest.raises(BelowDocumentedError):
        report(THREE, quick=True)


def test_chains_that_do_not_agree_leave_that_family_without_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    classes(
        monkeypatch,
        lambda _t: result("lcmcr", None, decision=decide("not-converged", rhat=1.3)),
    )
    found = report(THREE, quick=True)
    assert found.estimates["lcmcr"].estimate is None
    assert not [one for one in found.variants if one.kind in ("prior", "classes")]
    assert "refused" in found.text()


def test_a_prior_that_decides_makes_a_range_over_the_priors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lcmcr(t: CaptureTable, **options: object) -> Estimate:
        times = 2.0 if options.get("prior_lambda") is None else 3.0
        said = result("lcmcr", t.n * times, (t.n * times / 2, t.n * times * 2), documented=t.n)
        return drawn(said)

    monkeypatch.setattr(families, "lcmcr", lcmcr)
    monkeypatch.setattr(sensitivity, "lcmcr", lcmcr)
    found = report(THREE, quick=True)
    one = found.estimates["lcmcr"]
    assert one.decision.rule == "prior-decides"
    assert one.interval == Interval(THREE.n, THREE.n * 6)
    assert found.decision.rule in ("prior-decides", "families-differ")
    assert found.verdict is Verdict.RANGE_ONLY


def test_no_upper_end_of_one_family_leaves_a_lower_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    classes(
        monkeypatch,
        lambda t: result(
            "lcmcr", t.n * 3, (t.n * 1.5, t.n * 30), decision=decide("above-cap", share="1%", cap=9)
        ),
    )
    found = report(THREE, quick=True)
    assert found.decision.rule == "no-upper-end"
    data = found.as_dict()
    assert data["range"]["upper"] is None
    assert data["range"]["upper_is"] == "unbounded"
    row = next(line for line in found.text().splitlines() if line.startswith("  latent classes"))
    assert f"{THREE.n * 30:,}" not in row


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        (table(a=40), "one-list"),
        (table(a=40, b=30, ab=5), "few-overlaps"),
        (table(a=40, b=30, ab=20, bc=2), "few-lists"),
        (table(a=40, b=30, ab=20, c=30, d=40, cd=20), "disconnected"),
    ],
)
def test_a_table_that_bears_no_estimate_is_refused_and_gives_no_number(
    made: CaptureTable, rule: str
) -> None:
    found = report(made)
    assert found.decision.rule == rule
    assert found.verdict is Verdict.REFUSED
    assert found.range is None
    assert all(one.estimate is None and one.interval is None for one in found.families)
    assert all(pair.estimate is None for pair in found.diagnosis.pairs)
    assert found.text().startswith(f"At least {made.n:,} people are documented.\nNo estimate")


def test_two_lists_give_a_range_under_independence_alone() -> None:
    found = report(table(a=40, b=30, ab=20))
    assert found.decision.rule == "two-lists-independence"
    assert found.verdict is Verdict.RANGE_ONLY
    assert [one.what for one in found.variants] == [("0.5",), ("1",), ("2",), ("4",)]
    assert "only if the lists were independent" in found.text().replace("\n", " ")


def test_lists_with_nobody_change_no_number() -> None:
    wider = CaptureTable(
        lists=("none", *THREE.lists),
        histories=np.hstack([np.zeros((len(THREE.counts), 1), dtype=bool), THREE.histories]),
        counts=THREE.counts,
    )
    one, other = report(THREE, quick=True), report(wider, quick=True)
    assert one.range == pytest.approx(other.range)
    assert "none" in other.text()
    assert one.models[0].name == "[1,2,3]"
    assert other.models[0].name.endswith("2,3,4]")


def test_other_linkages_are_shown_beside_the_table() -> None:
    found = report(THREE, quick=True, others=[("one step stricter", overlapping())])
    (shown,) = [one for one in found.variants if one.kind == "linkage"]
    assert shown.documented == overlapping().n
    assert "linkage: one step stricter" in found.text()


def test_progress_is_told_from_the_first_step_to_the_last() -> None:
    told: list[tuple[str, int, int]] = []
    report(THREE, quick=True, progress=lambda *step: told.append(step))
    assert told[0][:2] == ("loglinear", 0)
    assert [step[1] for step in told] == sorted(step[1] for step in told)
    assert all(done <= steps for _, done, steps in told)


def test_a_seed_below_zero_is_an_error() -> None:
    with pytest.raises(EstimationError):
        report(THREE, seed=-1)


def test_drawn_linkages_are_pooled_and_the_range_spans_them() -> None:
    near = table(a=120, b=90, c=70, ab=25, ac=20, bc=15, abc=6)
    found = report(THREE, quick=True, linkages=[THREE, near, near])
    alone = report(THREE, quick=True)
    assert found.range is not None
    assert alone.range is not None
    for method in ("pooled loglinear", "pooled dga"):
        span = found.estimates[method].interval
        assert span is not None
        assert found.range.upper >= span.upper
    assert found.range.lower >= THREE.n
    assert "linkings" in found.text()


def test_one_linkage_alone_adds_no_row() -> None:
    found = report(THREE, quick=True, linkages=[THREE, THREE])
    assert "pooled dga" not in found.estimates


def test_parts_are_added_up_method_by_method() -> None:
    parts = {"north": of_four(), "south": report(THREE, quick=True)}
    together = add_up(parts, seed=1)
    assert together.documented == FOUR.n + THREE.n
    assert together.range is not None
    for one in together.families:
        assert one.interval is not None
        ends = [parts[name].estimates[one.method].interval for name in parts]
        assert all(end is not None for end in ends)
        assert one.interval.upper < sum(end.upper for end in ends if end is not None)
    assert "All together" in together.text()
    assert json.dumps(together.as_dict(), sort_keys=True)
    assert together.text("ru") == add_up(parts, seed=1).text("ru")


def test_a_refused_part_makes_the_sum_a_lower_bound() -> None:
    together = add_up({"a": report(THREE, quick=True), "b": report(table(a=40))}, seed=1)
    assert together.decision.rule == "strata-refused"
    assert together.range is not None
    assert math.isinf(together.range.upper)
    assert together.range.lower > THREE.n + 40


def test_parts_that_are_all_refused_have_no_sum() -> None:
    together = add_up({"a": report(table(a=30)), "b": report(table(a=40))}, seed=1)
    assert together.verdict is Verdict.REFUSED
    assert together.range is None


def test_parts_of_two_lists_are_added_as_ranges() -> None:
    two = report(table(a=40, b=30, ab=20))
    together = add_up({"a": two, "b": two}, seed=1)
    assert together.verdict is Verdict.RANGE_ONLY
    assert together.decision.rule == "two-lists-independence"
    with pytest.raises(EstimationError):
        add_up({}, seed=1)


def test_a_table_of_nobody_is_refused() -> None:
    nobody = CaptureTable(
        lists=("a", "b", "c"),
        histories=np.zeros((0, 3), dtype=bool),
        counts=np.zeros(0, dtype=np.int64),
    )
    assert report(nobody).verdict is Verdict.REFUSED
    assert report(nobody).text().startswith("At least 0 people are documented.")
    found = report(THREE, quick=True, others=[("none", nobody)], linkages=[nobody, THREE])
    assert found.range is not None


def test_tables_that_are_too_wide_or_too_large_end_in_a_report() -> None:
    wide = table(**{"abcdefghijklmnopqrstuvwxyz"[j : j + 2]: 12 for j in range(25)})
    huge = table(a=10**17, b=10**17, c=10**17, ab=10**16, bc=10**16, ac=10**16, abc=10**15)
    for made in (wide, huge):
        found = report(made, quick=True)
        assert found.documented == made.n
        assert found.text()
        assert json.loads(found.as_json())["documented"] == made.n


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_names_of_lists_keep_the_text_within_80_columns(language: str) -> None:
    long = replace(FOUR, lists=tuple(f"{name} Committee for the Documentation" for name in "ABCD"))
    text = replace(of_four(), table=long, diagnosis=diagnose(long)).text(language)
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_told_once_and_no_empty_table_follows(language: str) -> None:
    found = report(table(a=40, b=30, ab=20, bc=2))
    text = " ".join(found.text(language).split())
    assert text.count(because(found.decision, Words(language))) == 1
    assert " - " not in text


def test_a_reason_that_all_methods_share_is_told_in_the_verdict_alone() -> None:
    text = " ".join(report(table(a=40, b=30, ab=20)).text().split())
    assert text.count("the range holds only if the lists were independent") == 1


def test_what_the_table_itself_says_stands_before_what_changes_it() -> None:
    moves = of_four().text().split("How far the numbers move\n")[1].splitlines()
    assert moves[1].startswith("  as it is")


def test_numbers_of_settings_are_written_as_the_language_writes_them() -> None:
    text = of_four().text("uk")
    assert "дельта 0,0625" in text
    assert "Beta(0,5; 0,5)" in text
    assert "Beta(0.5, 0.5)" in of_four().text()


def test_models_without_weight_are_not_told() -> None:
    models = of_four().models
    few = [one for place, one in enumerate(models) if place < 3 or one.weight >= 0.005]
    text = of_four().text()
    for one in models:
        assert (f"\n  {one.name} " in text) is (one in few)


def test_a_bound_among_the_moves_is_explained() -> None:
    bound = Value(method="dga", estimate=None, interval=Interval(1_300, math.inf), rule="grid-end")
    moved = Variant(kind="delta", what=("1",), documented=1_174, values=(bound,))
    explained = "≥: a lower bound"
    text = replace(of_four(), variants=(moved,)).text()
    assert "≥ 1,300" in text
    assert explained in text
    assert explained not in replace(of_four(), variants=()).text()
