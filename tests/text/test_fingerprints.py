import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.text.fingerprints import fingerprint, fingerprints
from khronika.text.shingles import hash_words, sample, shingles, unpack, words_of

TEXTS = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from("the Town 12 of Lipsk-\n Ёлка was held 3.5 а́ 😀 don’t".split(" ")),
                 max_size=90).map(" ".join),
    ),
    max_size=6,
)  # fmt: skip


@given(TEXTS)
def test_many_texts_at_once_give_what_each_gives(texts: list[str]) -> None:
    assert list(fingerprints(texts)) == [fingerprint(text) for text in texts]


@given(TEXTS)
def test_the_shingles_are_those_of_the_words(texts: list[str]) -> None:
    for text in texts:
        found = fingerprint(text)
        assert found.words == len(words_of(text))
        assert sorted(set(unpack(found.shingles).tolist())) == sample(words_of(text))


def test_shingles_stand_in_the_order_of_the_text() -> None:
    words = [f"w{n}" for n in range(40)]
    singles = [shingles(words[n : n + 3])[0] for n in range(38)]
    assert unpack(fingerprint(" ".join(words)).shingles).tolist() == singles


def test_hashes_are_the_same_on_every_machine() -> None:
    assert hash_words(["Ёлка"]) == hash_words(["елка"]) == [15506689246956108402]
    assert shingles(["one", "two", "three"]) == [1269070552321290690]


def test_marks_are_numbers_and_names_with_what_stands_before() -> None:
    def marks(text: str) -> set[tuple[int, int]]:
        return {(m >> 32, m & 0xFFFFFFFF) for m in unpack(fingerprint(text).marks).tolist()}

    one = marks("He was fined 500 in the court of Lipsk. Then he left.")
    other = marks("Two were fined 700 in the court of Lipsk. They left.")
    assert len(one) == len(other) == 2
    assert {of for of, _ in one & other} == {of for of, mark in one if mark == _low("Lipsk")}
    assert {mark for _, mark in one ^ other} == {_low("500"), _low("700")}


def _low(word: str) -> int:
    return hash_words([word])[0] >> 32


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "a", "\ud800 \udfff", "\u00ad" * 9, "x" * 10_000]
)
def test_texts_without_words_and_odd_ones_are_read(text: str) -> None:
    assert fingerprint(text).words <= 2
