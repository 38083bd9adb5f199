from dataclasses import replace
from typing import Any

import pytest

from coding.llm.builders import (
    ARREST,
    BEATEN,
    CODER,
    TEXT,
    a_report,
    an_act,
    an_arrest,
    coded,
    when,
)
from coding.llm.builders import somebody as who
from khronika.coding.llm import vote
from khronika.coding.llm.voting import ALONE, DIFFERS
from khronika.model.acts import Act, Coding, Modality, Role

REPORT = a_report()


def by_rule(*acts: Any, confidence: float = 0.9) -> Coding:
    """A coding as a coder by rule would make it."""
    made = coded(REPORT, *acts)
    ruled = tuple(replace(a, rule=f"{a.kind}/verb", confidence=confidence) for a in made.acts)
    return replace(made, coder="en-rules 1.0", acts=ruled)


def joined(rules: Coding, *acts: Any) -> Coding:
    return vote(rules, coded(REPORT, *acts), TEXT)


def only(coding: Coding) -> Act:
    [act] = coding.acts
    return act


def test_agreement_raises_confidence() -> None:
    rules = by_rule(an_arrest())
    found = joined(rules, an_arrest())
    assert found.coder == f"en-rules 1.0 + {CODER}"
    assert only(found).confidence == 0.96
    assert only(found).rule == f"arrest/verb + {CODER}"
    assert only(found).id == only(rules).id
    assert only(found).evidence[-1] == "the model tells it, too"


def test_the_same_act_may_be_quoted_otherwise() -> None:
    short = an_arrest(quote="Police arrested the printer Emil Barta", where=[], when=when(""))
    found = joined(by_rule(an_arrest()), short)
    assert (only(found).quote.exact, only(found).confidence) == (ARREST, 0.96)


def test_what_one_tells_alone_is_less_sure() -> None:
    found = joined(by_rule(an_arrest()), an_act("torture", BEATEN, involved=[who("victim", "him")]))
    assert [(act.kind, act.rule, act.confidence) for act in found.acts] == [
        ("arrest", "arrest/verb", round(0.9 * ALONE, 2)),
        ("torture", CODER, round(0.5 * ALONE, 2)),
    ]
    assert [act.evidence[-1] for act in found.acts] == [
        "the model does not tell it",
        "told by the model alone, not by the rules",
    ]


def test_an_act_of_another_kind_is_another_act() -> None:
    found = joined(by_rule(an_arrest()), an_arrest(kind="kidnapping"))
    assert [act.kind for act in found.acts] == ["arrest", "kidnapping"]


@pytest.mark.parametrize(
    "other",
    [
        an_arrest(modality="denied"),
        an_arrest(when=when("on 2 March 2024"), involved=[who("victim", "Gdynia")]),
    ],
)
def test_a_difference_lowers_confidence_and_the_rules_stand(other: Any) -> None:
    found = only(joined(by_rule(an_arrest()), other))
    assert found.confidence == round(0.9 * DIFFERS, 2)
    assert found.modality is Modality.OCCURRED
    assert "but" in found.evidence[-1]
    assert [i.name for i in found.in_role(Role.VICTIM)] == ["Emil Barta"]


def test_what_the_rules_left_empty_is_filled_in() -> None:
    bare = an_arrest(when=when(""), where=[], involved=[])
    found = only(joined(by_rule(bare), an_arrest()))
    assert found.when.edtf == "2024-03-02"
    assert [place.name for place in found.where] == ["Gdynia"]
    assert [i.name for i in found.involvements] == ["Emil Barta", "Police"]


def test_what_the_rules_say_is_not_changed() -> None:
    other = an_arrest(involved=[who("victim", "Emil Barta"), who("perpetrator", "Gdynia")])
    found = only(joined(by_rule(an_arrest()), other))
    assert [i.name for i in found.in_role(Role.PERPETRATOR)] == ["Police"]


def test_an_accusation_beyond_the_quotation_is_not_taken_over() -> None:
    bare = an_act("torture", BEATEN, involved=[who("victim", "Emil Barta", "him")])
    accused = who("perpetrator", "Police", "Police", "authority")
    found = joined(by_rule(bare), {**bare, "involved": [*bare["involved"], accused]})
    assert only(found).in_role(Role.PERPETRATOR) == ()


def test_the_casts_become_one() -> None:
    victim = an_arrest(involved=[who("victim", "Emil Barta")])
    other = an_arrest(
        involved=[who("victim", "Emil Barta"), who("source", "Harbour Watch", type="organisation")]
    )
    report = a_report(TEXT.replace("in Gdynia. They", "in Gdynia, Harbour Watch said. They"))
    quote = ARREST[:-1] + ", Harbour Watch said."
    rules = coded(report, {**victim, "quote": quote})
    found = vote(rules, coded(report, {**other, "quote": quote}), report.text)
    assert [(m.index, m.name) for m in found.cast] == [(0, "Emil Barta"), (1, "Harbour Watch")]
    assert [(i.name, i.cast) for i in only(found).involvements] == [
        ("Emil Barta", 0),
        ("Harbour Watch", 1),
    ]


def test_a_model_that_says_nothing_takes_nothing_away() -> None:
    rules = by_rule(an_arrest())
    found = joined(rules)
    assert [act.id for act in found.acts] == [act.id for act in rules.acts]


def test_each_act_agrees_with_one_other_at_most() -> None:
    twice = joined(by_rule(an_arrest()), an_arrest(), an_arrest(trigger="Police"))
    assert len(twice.acts) == 2
    assert sorted(act.confidence for act in twice.acts) == [round(0.6 * ALONE, 2), 0.96]
