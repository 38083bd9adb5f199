from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.review.priority import (
    FIRST,
    SAYINGS,
    ActFacts,
    Code,
    Priority,
    doubt,
    of_act,
    of_contradictions,
    of_pair,
    of_waiting,
)

SURE = ActFacts(confidence=0.99, severity=1, sources=2)


def codes(priority: Priority) -> list[Code]:
    return [reason.code for reason in priority.reasons]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(SURE, confidence=0.5), Code.UNCERTAIN),
        (replace(SURE, parts=(("victim", 0.4),)), Code.UNCERTAIN_PARTS),
        (replace(SURE, severity=5), Code.SEVERE),
        (replace(SURE, sources=1), Code.UNCORROBORATED),
        (replace(SURE, contradicted=("when",)), Code.CONTRADICTED),
    ],
)
def test_each_reason_brings_an_act_forward_and_is_said(facts: ActFacts, code: Code) -> None:
    assert of_act(facts).score > of_act(SURE).score
    assert codes(of_act(facts))[0] is code
    assert all("{" not in reason.said() for reason in of_act(facts).reasons)


def test_a_part_is_no_doubt_of_its_own_where_only_its_act_is_doubtful() -> None:
    facts = replace(SURE, confidence=0.5, parts=(("victim", 0.45), ("when", 0.1)))
    [parts] = [r for r in of_act(facts).reasons if r.code is Code.UNCERTAIN_PARTS]
    assert parts.values == {"parts": "when"}


def test_a_contradiction_comes_before_the_acts_that_are_in_it() -> None:
    for severity in (1, 5):
        facts = replace(SURE, confidence=0.9, severity=severity, contradicted=("when", "where"))
        assert of_contradictions(("when", "where"), severity, 2).score > of_act(facts).score


def test_the_more_severe_of_two_pairs_comes_first_and_then_the_nearer_one() -> None:
    assert of_pair(1.0, 5).score > of_pair(9.0, 1).score > of_pair(2.0, 1).score


@given(
    confidence=st.floats(0, 1),
    parts=st.lists(st.tuples(st.sampled_from(["victim", "when"]), st.floats(0, 1))),
    severity=st.integers(1, 5),
    sources=st.integers(0, 9),
    contradicted=st.lists(st.sampled_from(["when", "where", "kind", "age", "what", "penalty"])),
)
def test_a_ruling_that_waits_comes_before_everything(
    confidence: float,
    parts: list[tuple[str, float]],
    severity: int,
    sources: int,
    contradicted: list[str],
) -> None:
    facts = ActFacts(
        confidence=confidence,
        parts=tuple(parts),
        severity=severity,
        sources=sources,
        contradicted=tuple(contradicted),
    )
    assert 0 <= of_act(facts).score < FIRST
    assert of_contradictions(tuple(contradicted), severity, sources).score < FIRST
    assert of_pair(1e9, severity).score < FIRST
    assert of_waiting(["act_1"]).score >= FIRST


@given(chance=st.floats(-1, 2))
def test_doubt_is_greatest_at_even_odds(chance: float) -> None:
    assert 0 <= doubt(chance) <= doubt(0.5) == 1


def test_every_reason_has_a_saying() -> None:
    assert set(SAYINGS) == set(Code)
