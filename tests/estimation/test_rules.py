"""Every rule can be told, and the worst decides."""

import math

import pytest

from estimation.results_made import overlapping, result, table
from khronika.estimation import CaptureTable, Estimate, diagnose, table_decision
from khronika.estimation.families import of_pairs
from khronika.estimation.results import Verdict
from khronika.estimation.rules import (
    FEWEST_EFFECTIVE,
    MOST_RHAT,
    RULES,
    Rule,
    decide,
    gravest,
    unconverged,
)
from khronika.estimation.told_numbers import number_text, two_digits
from khronika.estimation.verdicts import headline, overall, prior_decision


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_rule_is_a_sentence_and_can_be_told_with_numbers(rule: Rule) -> None:
    told = decide(rule.id, **dict.fromkeys(rule.numbers, 12_345))
    assert told.rule == rule.id
    assert told.verdict is rule.verdict
    assert told.because.endswith((".", "12,345"))
    assert rule.sentence.endswith(".")
    assert "death" not in told.because


def test_a_rule_told_without_its_numbers_is_told_in_general() -> None:
    assert decide("disconnected").because == RULES["disconnected"].sentence
    assert "3 groups" in decide("disconnected", groups=3).because


def test_the_worst_decision_decides_and_of_equals_the_first_of_the_table() -> None:
    some = [decide(rule) for rule in ("none", "families-differ", "few-families", "one-list")]
    assert gravest(some).rule == "one-list"
    assert gravest(some[:2]).rule == "families-differ"
    assert gravest([]).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("rhat", "ess", "medians"),
    [
        (MOST_RHAT + 0.001, 9_000, [100, 101]),
        (1.0, FEWEST_EFFECTIVE - 1, [100, 101]),
        (1.0, 9_000, [100, 111]),
        (math.nan, math.nan, []),
    ],
)
def test_chains_that_disagree_give_no_number(rhat: float, ess: float, medians: list[float]) -> None:
    found = unconverged(rhat, ess, medians)
    assert found is not None
    assert found.verdict is Verdict.REFUSED


def test_chains_that_agree_are_let_through() -> None:
    assert unconverged(MOST_RHAT, FEWEST_EFFECTIVE, [100, 110]) is None


def test_prose_has_two_digits_that_count() -> None:
    assert [two_digits(n) for n in (7.4, 99, 104, 10_356.5, 995)] == [7, 99, 100, 10_000, 1_000]
    assert [number_text(n) for n in (12_345, 1.0314, math.inf, "x", math.nan)] == [
        "12,345", "1.03", "no end", "x", "unknown",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        ("one-list", table(a=40)),
        ("two-lists-independence", table(a=40, b=30, ab=20)),
        ("few-lists", table(a=40, b=30, ab=20, bc=2)),
        ("disconnected", table(a=40, b=30, ab=20, c=30, d=40, cd=20)),
        # A chain: of six pairs of the first four lists, only three share anybody.
        ("none", table(a=9, ab=1, bc=1, cd=1, b=9, c=9, d=9)),
        ("many-empty-pairs", table(a=9, b=9, c=9, d=9, e=9, ab=2, bc=2, cd=2, de=2)),
        ("none", table(a=40, ab=20, bc=20, ac=20)),
    ],
)
def test_a_table_meets_the_rule_about_tables(rule: str, made: CaptureTable) -> None:
    assert table_decision(made).rule == rule


@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        ("none", {"loglinear": 1000, "dga": 1100, "lcmcr": 1200, "stepwise": 1300}),
        ("families-differ", {"loglinear": 1000, "dga": 1100, "lcmcr": 1200, "stepwise": 2001}),
        ("few-families", {"loglinear": 1000, "dga": None, "lcmcr": None, "stepwise": 1000}),
        ("no-agreement", {"loglinear": 1000, "dga": 2100, "lcmcr": "not-converged"}),
        ("no-upper-end", {"loglinear": 1000, "dga": 1100, "lcmcr": "above-cap"}),
        # A number that is only a bound is not compared with the others.
        ("no-upper-end", {"loglinear": 9000, "dga": "above-cap", "lcmcr": "not-converged"}),
        # One bounds from below at 900; that is more than twice what another finds, or is not.
        ("bounds-apart", {"loglinear": 440, "dga": 1100, "lcmcr": "above-cap"}),
        ("no-upper-end", {"loglinear": 460, "dga": 1100, "lcmcr": "above-cap"}),
        ("prior-decides", {"loglinear": 1000, "dga": 1100, "lcmcr": "prior-decides"}),
    ],
)
def test_what_methods_say_together_meets_the_rule(
    rule: str, numbers: dict[str, float | str | None]
) -> None:
    found = {method: _said(method, number) for method, number in numbers.items()}
    decision = overall(found)
    assert decision.rule == rule
    span = headline(decision, found, 363)
    assert (span is None) == (decision.verdict is Verdict.REFUSED)
    if span is not None:
        assert span.lower == 900
        assert math.isinf(span.upper) == (decision.verdict is Verdict.LOWER_BOUND_ONLY)


def _said(method: str, number: float | str | None) -> Estimate:
    if number is None or number == "not-converged":
        return result(method, None, decision=decide(str(number or "failed")))
    if isinstance(number, str):
        upper = math.inf if number == "above-cap" else 1500
        return result(method, 1200, (900, upper), decision=decide(number))
    return result(method, number, (900, number * 1.5))


def test_a_prior_that_moves_the_median_decides() -> None:
    assert prior_decision([1000, 1250, 1100]).rule == "none"
    found = prior_decision([1000, 1260, 990])
    assert found.rule == "prior-decides"
    assert "27%" in found.because


def test_a_prior_under_which_chains_do_not_agree_leaves_it_open() -> None:
    assert prior_decision([1000, None, 1100]).rule == "prior-unknown"
    assert prior_decision([1000, None, 1300]).rule == "prior-decides"


def test_more_than_twice_never_reads_as_twice() -> None:
    found = {m: _said(m, n) for m, n in {"loglinear": 1000, "dga": 2004, "lcmcr": 1500}.items()}
    assert "2.1 times" in overall(found).because


def test_pairs_that_share_too_many_are_not_said_to_share_too_few() -> None:
    shared = diagnose(table(ab=60, ac=4, bc=4, abc=9, a=5, b=5, c=40)).pairs
    found = of_pairs(overlapping(), [one for one in shared if one.below_documented])
    assert found.decision.rule == "below-documented"
