from hypothesis import given
from hypothesis import strategies as st

from khronika.text.shingles import pack, sample, shingles, unpack, words_of


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_packing_inverts(hashes: list[int]) -> None:
    assert unpack(pack(hashes)).tolist() == hashes


def test_hashes_are_the_same_on_every_machine() -> None:
    assert shingles(["one", "two", "three"]) == [shingles(words_of("One, two: THREE!"))[0]]
    assert shingles(["one", "two", "three"]) != shingles(["three", "two", "one"])


def test_a_long_text_is_sampled_where_its_copy_is() -> None:
    words = [f"w{n}" for n in range(400)]
    kept = set(sample(words))
    assert 60 < len(kept) < 140
    assert set(sample(words[100:300])) <= kept
    assert len(sample(words[:50])) == 48
