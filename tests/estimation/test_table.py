"""The table of captures: what it counts, and what does not change it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.estimation import CaptureTable, TableError, tidy

HISTORIES = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=bool)
COUNTS = np.array([6, 40, 30, 20, 2])


def table() -> CaptureTable:
    return tidy(("press", "police", "families"), HISTORIES, COUNTS)


def test_it_counts_people_lists_and_what_they_share() -> None:
    made = table()
    assert made.n == 98
    assert made.sizes.tolist() == [48, 38, 22]
    assert made.frequencies.tolist() == [90, 6, 2]
    assert made.overlap.tolist() == [[48, 8, 2], [8, 38, 2], [2, 2, 22]]
    assert made.dense.tolist() == [40, 30, 6, 20, 0, 0, 2]


@given(st.permutations(range(3)), st.permutations(range(5)))
def test_order_of_lists_and_rows_changes_nothing(lists: list[int], rows: list[int]) -> None:
    names = ("press", "police", "families")
    moved = tidy([names[j] for j in lists], HISTORIES[rows][:, lists], COUNTS[rows])
    assert moved.digest == table().digest
    assert moved.in_order()[0].dense.tolist() == table().in_order()[0].dense.tolist()
    assert moved.in_order()[0].lists == table().in_order()[0].lists


def test_split_rows_are_summed_and_nobody_is_no_cell() -> None:
    split = tidy(
        ("press", "police", "families"),
        np.vstack([HISTORIES, HISTORIES[:1], [[0, 0, 0]], [[0, 1, 1]]]).astype(bool),
        np.array([5, 40, 30, 20, 2, 1, 9, 0]),
    )
    assert split.digest == table().digest


def test_merged_lists_have_who_either_has() -> None:
    merged = table().merge([1, 2])
    assert merged.lists == ("press", "police+families")
    assert merged.sizes.tolist() == [48, 58]


@pytest.mark.parametrize("lists", [(), ("one", "one"), ("one", "")])
def test_lists_without_names_of_their_own_are_refused(lists: tuple[str, ...]) -> None:
    with pytest.raises(TableError):
        tidy(lists, np.ones((1, len(lists)), dtype=bool), np.array([1]))
