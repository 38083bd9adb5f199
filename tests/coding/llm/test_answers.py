import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.llm.builders import (
    ARREST,
    BEATEN,
    CODEBOOK,
    TEXT,
    a_report,
    an_act,
    an_arrest,
    answered,
    as_answer,
    every_anchor,
    somebody,
    when,
)
from khronika.coding.llm import Reply, coding_of, lines_of, read_answer
from khronika.coding.llm import answers as told
from khronika.model.plain import to_plain

REPORT = a_report()
LINES = lines_of(REPORT)


def test_what_stands_in_the_report_counts() -> None:
    answer = answered(REPORT, as_answer(an_arrest()))
    [act] = answer.acts
    assert (act.kind, act.quote, act.trigger) == ("arrest", ARREST, "arrested")
    assert [(who.role, who.name) for who in act.involved] == [
        ("victim", "Emil Barta"),
        ("perpetrator", "Police"),
    ]
    assert answer.dropped == {}


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (an_arrest(quote="Police arrested the printer Ada Lark."), told.QUOTE),
        (an_arrest(quote=""), told.QUOTE),
        (an_arrest(quote="..."), told.QUOTE),
        (an_arrest(quote=ARREST[:-3]), told.QUOTE),  # ends within a word
        (an_arrest(quote="x" * 601), told.LONG),
        (an_arrest(kind="witchcraft"), told.KIND),
        (an_arrest(kind=["arrest"]), told.KIND),
        (an_arrest(modality="perhaps"), told.MODALITY),
        ("arrest", told.NO_OBJECT),
        (None, told.NO_OBJECT),
    ],
)
def test_what_is_not_grounded_is_dropped_and_counted(act: Any, reason: str) -> None:
    answer = answered(REPORT, as_answer(act, an_act(quote=BEATEN, kind="torture")))
    assert [each.kind for each in answer.acts] == ["torture"]
    assert answer.dropped == {reason: 1}


def test_people_who_do_not_stand_in_the_report_are_dropped() -> None:
    involved = [
        somebody("victim", "Ada Lark"),
        somebody("victim", "Emil"),
        somebody("perpetrator", "Emi"),  # a part of a word
        somebody("owner", "Emil Barta"),
        "Emil Barta",
    ]
    answer = answered(REPORT, as_answer(an_arrest(involved=involved)))
    assert [who.name for who in answer.acts[0].involved] == ["Emil"]
    assert answer.dropped == {told.NAME: 4, told.ROLE: 2}


def test_places_dates_and_words_that_do_not_stand_in_the_report_are_dropped() -> None:
    act = an_arrest(where=["Warsaw", "Gdynia"], when=when("on 9 May", "2024-05-09"), reason="theft")
    answer = answered(REPORT, as_answer(act))
    [act_told] = answer.acts
    assert (act_told.where, act_told.when, act_told.edtf, act_told.reason) == (
        ("Gdynia",), "", "", "",
    )  # fmt: skip
    assert answer.dropped == {told.WORDS: 3}


@pytest.mark.parametrize(
    "quote",
    [
        "Police arrested the printer Emil Barta  on 2 March\n2024 in Gdynia.",
        "…Police arrested the printer Emil Barta on 2 March 2024 in Gdynia.",
        "Police arrested the printer Emil\u00a0Barta on 2 March 2024 in Gdynia. ...",
    ],
)
def test_a_quotation_may_be_set_otherwise(quote: str) -> None:
    assert answered(REPORT, as_answer(an_arrest(quote=quote))).acts[0].quote == ARREST


def test_quotation_marks_and_dashes_may_be_plain() -> None:
    text = "Harbour Watch\n\nThe court – “without a word” – fined Emil Barta’s paper.\n"
    quote = 'The court - "without a word" - fined Emil Barta\'s paper.'
    answer = answered(a_report(text), as_answer(an_act("fine", quote)))
    assert len(answer.acts) == 1


@pytest.mark.parametrize(
    "wrapped",
    [
        "```json\n{}\n```",
        "Here is the JSON that you asked for:\n\n```\n{}\n```\nAnything else?",
        '<think>Is {{"acts": []}} right? No.</think>{}',
        "\ufeff{}",
        "Sure! {}",
    ],
)
def test_fences_and_prefaces_are_passed_over(wrapped: str) -> None:
    text = wrapped.replace("{}", as_answer(an_arrest())).replace("{{", "{").replace("}}", "}")
    assert len(answered(REPORT, text).acts) == 1


def test_a_bare_list_counts() -> None:
    assert len(answered(REPORT, json.dumps([an_arrest()])).acts) == 1


def test_of_an_answer_that_was_cut_off_the_whole_acts_count() -> None:
    whole = as_answer(an_arrest(), an_act("torture", BEATEN))
    answer = answered(REPORT, whole[:-40])
    assert [act.kind for act in answer.acts] == ["arrest"]
    assert answer.dropped == {told.CUT: 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "{",
        "[",
        "null",
        "7",
        '{"acts": 3}',
        '{"act": []}',
        "[" * 100_000,
        '{"a":' * 50_000,
    ],
)
def test_what_is_no_list_of_acts_is_no_answer(text: str) -> None:
    assert read_answer(Reply(text=text), LINES, CODEBOOK) is None


def test_deep_and_wide_answers_are_bounded() -> None:
    deep = '{"acts": [' + "[" * 100_000
    assert answered(REPORT, deep).acts == ()
    many = as_answer(*[an_arrest(what=str(n)) for n in range(300)])
    assert answered(REPORT, many).dropped[told.MANY] == 100
    assert len(answered(REPORT, '{"acts": [' + '{"kind": "x"},' * 50_000).acts) == 0


def test_the_same_act_twice_is_one() -> None:
    assert len(answered(REPORT, as_answer(an_arrest(), an_arrest())).acts) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(max_size=8), each),
    max_leaves=12,
)
KEYS = ("kind", "modality", "passage", "quote", "trigger", "involved", "when", "where", "demands")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_no_shape_of_an_act_breaks_the_reader(odd: dict[str, Any]) -> None:
    answer = read_answer(
        Reply(text=json.dumps({"acts": [{**an_arrest(), **odd}]})), LINES, CODEBOOK
    )
    assert answer is not None
    shown = " ".join(line.text for line in LINES)
    for act in answer.acts:
        for words in (act.quote, act.when, act.reason, *act.where, *(w.name for w in act.involved)):
            assert words in shown
    coding = coding_of(REPORT, LINES, [answer], CODEBOOK, "llm toy")
    for anchor in every_anchor(to_plain(coding)):
        assert REPORT.text[anchor["start"] : anchor["end"]] == anchor["exact"]


def test_nothing_quotes_contact_data() -> None:
    report = a_report(TEXT.replace("a lawyer said.", "said anna@harbour.example."))
    involved = [somebody("source", "anna@harbour.example"), somebody("source", "█" * 20)]
    answer = answered(report, as_answer(an_arrest(involved=involved)))
    assert answer.acts[0].involved == ()
