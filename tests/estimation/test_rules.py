"""Every rule can be told, and the worst decides."""

import math

import pytest

from khronika.estimation.results import Verdict
from khronika.estimation.rules import (
    FEWEST_EFFECTIVE,
    MOST_RHAT,
    RULES,
    Rule,
    decide,
    gravest,
    number_text,
    two_digits,
    unconverged,
)


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
