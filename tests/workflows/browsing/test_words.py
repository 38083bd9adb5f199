"""Words to choose from, and typed words found where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.model.anchors import Span
from khronika.workflows.browsing.words import (
    PASSAGES,
    PLACES,
    before_words,
    found_in,
    passage_at,
    passages,
    to_stop,
    words_of,
)

TEXT = "“The guards’ post,” she said.  Guards\nat the gate; the guard."


@given(text=st.text(), start=st.integers(-3, 80), size=st.integers(0, 80))
def test_words_and_what_is_between_make_the_text(text: str, start: int, size: int) -> None:
    words = words_of(text, start, start + size)
    said = "".join(each.text + each.then for each in words)
    assert (
        before_words(text, start, start + size) + said
        == text[max(0, start) :][: max(0, min(len(text), start + size) - max(0, start))]
    )
    assert all(text[each.start : each.end] == each.text for each in words)


def test_a_word_keeps_its_apostrophe_and_no_sign() -> None:
    assert [each.text for each in words_of("the mayor's ill-fated “plan”, 2024.", 0, 99)] == [
        *("the", "mayor's", "ill-fated", "plan", "2024"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("guards at  the gate", []),
        ("Guards at  the gate", [(31, 49)]),
        ("guard", [(55, 60)]),
        ("guards’", [(5, 12)]),
        ("the", [(41, 44), (51, 54)]),
        ("", []),
        ("x" * 5000, []),
        ("(((", []),
    ],
)
def test_typed_words_are_found_verbatim(words: str, found: list[tuple[int, int]]) -> None:
    assert [(each.start, each.end) for each in found_in(TEXT, words, Span(0, 60))] == found


def test_what_stands_in_the_quotation_is_meant_before_the_rest() -> None:
    text = "gate " * 100
    assert found_in(text, "gate", Span(50, 54)) == (Span(50, 54),)
    away = found_in(text, "gate", Span(51, 53))
    assert len(away) == PLACES
    assert away[0] == Span(50, 54)


def test_a_sentence_takes_its_stop() -> None:
    assert to_stop("She said: “No.” Then", Span(0, 13)) == Span(0, 15)
    assert to_stop("No stop", Span(0, 7)) == Span(0, 7)


def test_passages_are_paged_within_the_report() -> None:
    text = "one two. " * 20
    spans = [("body", Span(at, at + 8)) for at in range(0, 180, 9)]
    assert passage_at(spans, 0) == 0
    assert passage_at(spans, 10) == 1
    assert passage_at(spans, 9999) == 19
    assert passage_at([], 5) == 0
    page = passages(spans, text, 3)
    assert (page.first, page.last, page.of) == (3, 3 + PASSAGES, 20)
    assert passages(spans, text, 999).first == 19
    assert passages(spans, text, -4).first == 0
    assert passages([], text, 0).words == ()


def test_a_passage_without_words_hides_none_behind_it() -> None:
    text = "***\nAda Lark came."
    page = passages([("body", Span(0, 3)), ("body", Span(4, 18))], text, 0)
    assert [[each.text for each in words] for words in page.words] == [[], ["Ada", "Lark", "came"]]
    assert page.opens == ("***", "")
