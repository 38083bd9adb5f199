"""Words that a reviewer chose or typed, as quotations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.review.words import LONGEST, WordsError, anchor_at, words_near

TEXT = "The court fined her.\n\nThe court\n  fined him, too."


def test_chosen_words_lose_the_blanks_around_them() -> None:
    assert anchor_at(TEXT, 3, 10).exact == "court"


@pytest.mark.parametrize(("start", "end"), [(20, 22), (-1, 3), (0, 999), (5, 5), (9, 4)])
def test_no_words_at_a_place_are_refused(start: int, end: int) -> None:
    with pytest.raises(WordsError):
        anchor_at(TEXT, start, end)


def test_too_long_a_quotation_is_refused() -> None:
    with pytest.raises(WordsError):
        anchor_at("a" * (LONGEST + 1), 0, LONGEST + 1)


def test_typed_words_stand_where_they_are_nearest() -> None:
    assert words_near(TEXT, "The court", 30).start == 22
    assert words_near(TEXT, "The court", 2).start == 0
    assert words_near(TEXT, "The court fined him").exact == "The court\n  fined him"


@pytest.mark.parametrize("typed", ["", "  ", "the Court", "The court", "c" * 5000])
def test_words_in_no_one_place_are_refused(typed: str) -> None:
    with pytest.raises(WordsError):
        words_near(TEXT, typed)


def test_as_near_on_both_sides_is_refused() -> None:
    with pytest.raises(WordsError):
        words_near("ab . ab", "ab", 3)


@given(text=st.text(min_size=1), place=st.data())
def test_what_is_chosen_is_quoted_verbatim(text: str, place: st.DataObject) -> None:
    start = place.draw(st.integers(0, len(text)))
    end = place.draw(st.integers(start, len(text)))
    try:
        found = anchor_at(text, start, end)
    except WordsError:
        assert not text[start:end].strip() or len(text[start:end].strip()) > LONGEST
        return
    assert found.stands_in(text)
    assert found.exact == text[start:end].strip()
