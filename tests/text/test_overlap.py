import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.text.overlap import share_of, spans_shared

WORDS = [f"word{n}" for n in range(900)]


def prose(seed: int, length: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length))


def test_a_quoted_paragraph_points_to_where_it_was_first() -> None:
    told = "Nine officers broke the door, at six, and took the ledger and the owner of the shop."
    one = f"{prose(1, 80)}. {told.upper()} {prose(2, 50)}"
    other = f"{prose(3, 30)}. {told} {prose(4, 20)}"
    (shared,) = spans_shared(one, other)
    assert one[shared.one.start : shared.one.end] == told.upper().rstrip(".")
    assert other[shared.other.start : shared.other.end] == told.rstrip(".")
    assert shared.words == 17


def test_a_passage_with_a_few_words_changed_is_one_passage() -> None:
    text = prose(5, 60).split(" ")
    edited = [*text[:20], "changed", *text[21:40], "put", "in", *text[40:]]
    (shared,) = spans_shared(" ".join(edited), " ".join(text))
    assert (shared.one.start, shared.one.end) == (0, len(" ".join(edited)))
    assert shared.words == 59


def test_passages_in_another_order_are_each_found() -> None:
    first, second = prose(6, 30), prose(7, 30)
    found = spans_shared(f"{first}. And {second}.", f"{second}, then {first}.")
    assert [(s.one.start, s.words) for s in found] == [(0, 30), (len(first) + 6, 30)]


def test_stock_phrases_and_strangers_share_nothing() -> None:
    phrase = "it was not immediately clear"
    assert spans_shared(f"{prose(8, 40)} {phrase}", f"{phrase} {prose(9, 40)}") == ()
    assert spans_shared("", "") == spans_shared("one two", "one two") == ()


def test_how_much_of_a_text_is_shared() -> None:
    half, own = prose(10, 50), prose(11, 50)
    passages = spans_shared(f"{half} {own}", half)
    assert share_of(f"{half} {own}", passages) == pytest.approx(0.5)
    assert share_of("", ()) == 0.0


@given(st.lists(st.sampled_from("a b c d e".split()), max_size=120).map(" ".join),
       st.lists(st.sampled_from("a b c d e".split()), max_size=120).map(" ".join))  # fmt: skip
def test_passages_are_inside_their_texts_and_do_not_overlap(one: str, other: str) -> None:
    last = 0
    for shared in spans_shared(one, other):
        assert last <= shared.one.start < shared.one.end <= len(one)
        assert 0 <= shared.other.start < shared.other.end <= len(other)
        assert 8 <= shared.words <= len(one[shared.one.start : shared.one.end].split())
        last = shared.one.end


@pytest.mark.timeout(20)
def test_a_text_that_repeats_itself_takes_linear_time() -> None:
    text = "a b c " * 60_000
    assert spans_shared(text, text)
