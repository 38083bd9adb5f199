"""What a table bears: a table for every rule, and what helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estimation.results_made import table
from khronika.estimation import CaptureTable, Verdict, diagnose

GOOD = {"100": 40, "010": 30, "001": 20, "110": 9, "101": 8, "011": 7, "111": 3}
APART = {"1000": 40, "0100": 30, "1100": 12, "0010": 50, "0001": 30, "0011": 9}
SPARSE = {
    "10000": 60, "01000": 50, "00100": 40, "00010": 6, "00001": 5,
    "11000": 3, "01100": 2, "00110": 1, "00101": 1,
}  # fmt: skip
TABLES = {
    "one-list": {"1000": 40},
    "copied-list": {"1100": 40, "0010": 20, "1110": 9},
    "few-overlaps": {"10": 40, "01": 30, "11": 6},
    "two-lists-independence": {"10": 40, "01": 30, "11": 7},
    "few-lists": {"100": 40, "010": 30, "110": 9, "001": 5, "101": 4},
    "disconnected": APART,
    "many-empty-pairs": SPARSE,
    "none": GOOD,
}


@pytest.mark.parametrize("rule", TABLES)
def test_each_rule_has_a_table_that_it_decides(rule: str) -> None:
    assert diagnose(CaptureTable.from_counts(TABLES[rule])).decision.rule == rule


def test_it_counts_what_the_lists_share() -> None:
    found = diagnose(CaptureTable.from_counts(GOOD, lists=["a", "b", "c"]))
    assert found.documented == 117
    assert found.sizes == (60, 49, 38)
    assert found.frequencies == (90, 24, 3)
    assert found.overlap.tolist() == [[60, 12, 11], [12, 49, 10], [11, 10, 38]]
    assert [pair.lists for pair in found.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found.pairs[0].estimate == pytest.approx(61 * 50 / 13 - 1)
    assert found.two_list_range is not None
    assert found.two_list_range.lower == pytest.approx(50 * 39 / 11 - 1)
    assert (found.connected, found.verdict, found.suggestions) == (True, Verdict.OK, ())


def test_a_pair_that_tells_of_fewer_than_documented_gives_no_number() -> None:
    found = diagnose(CaptureTable.from_counts({**GOOD, "110": 90, "001": 300}))
    assert found.pairs[0].below_documented
    assert found.pairs[0].estimate is None


def test_two_lists_with_the_same_people_are_to_be_merged() -> None:
    table = CaptureTable.from_counts(
        {f"{key}{key[0]}": people for key, people in GOOD.items()}, lists=["a", "b", "c", "copy"]
    )
    found = diagnose(table)
    assert found.decision.rule == "copied-list"
    (merge,) = found.suggestions
    assert (merge.action, merge.lists) == ("merge", ("a", "copy"))
    merged = table.merge([0, 3], name="a")
    assert merged.digest == CaptureTable.from_counts(GOOD, lists=["a", "b", "c"]).digest


def test_groups_that_share_nobody_are_named_and_one_may_be_left_out() -> None:
    found = diagnose(CaptureTable.from_counts(APART, lists=["a", "b", "c", "d"]))
    assert found.groups == (("c", "d"), ("a", "b"))
    assert [(one.action, one.lists) for one in found.suggestions] == [("leave out", ("a", "b"))]


def test_a_small_list_apart_does_not_part_the_table() -> None:
    padded = {key + "0": people for key, people in GOOD.items()} | {"0001": 3}
    found = diagnose(CaptureTable.from_counts(padded))
    assert (found.connected, found.decision.rule) == (False, "none")


def test_small_lists_are_to_be_merged_where_most_pairs_are_empty() -> None:
    table = CaptureTable.from_counts(SPARSE, lists=list("abcde"))
    found = diagnose(table)
    assert len(found.empty_pairs) == 6
    (merge,) = found.suggestions
    assert (merge.action, merge.lists) == ("merge", ("d", "e"))
    merged = table.merge([table.index(name) for name in merge.lists])
    assert diagnose(merged).verdict is Verdict.OK


def test_many_empty_pairs_of_small_lists_pass_where_many_people_are_on_several() -> None:
    assert diagnose(CaptureTable.from_counts({**SPARSE, "11000": 40})).verdict is Verdict.OK


def test_empty_lists_are_named_and_change_no_verdict() -> None:
    padded = CaptureTable.from_counts({f"{key}0": n for key, n in GOOD.items()})
    found = diagnose(padded)
    assert found.empty_lists == ("L4",)
    assert found.verdict is Verdict.OK


@given(st.permutations(range(5)), st.sampled_from([SPARSE, {k + "00": v for k, v in GOOD.items()}]))
def test_the_order_of_lists_changes_no_verdict(order: list[int], counts: dict[str, int]) -> None:
    plain = CaptureTable.from_counts(counts)
    moved = plain.take(order)
    assert diagnose(moved).decision == diagnose(plain).decision
    assert {frozenset(one.lists) for one in diagnose(moved).suggestions} == {
        frozenset(one.lists) for one in diagnose(plain).suggestions
    }


def test_models_of_three_lists_are_tried_where_pairs_are_empty() -> None:
    """A table of Chan, Silverman & Vincent's shape: only the first two lists share people."""
    table = CaptureTable.from_counts({"110": 6, "100": 40, "010": 30, "001": 20}, lists="ABC")
    found = {one.model: one.standing for one in diagnose(table).models}
    assert len(found) == 8
    assert found["[A*B,A*C,B*C]"] == "not identified"
    assert found["[A*B,C]"] == "does not exist"
    assert found["[A*C,B*C]"] == "fits"


def test_models_of_many_lists_are_not_tried() -> None:
    nine = {f"{(1 << j) | (1 << (j + 1)):09b}": 30 for j in range(8)}
    assert diagnose(CaptureTable.from_counts(nine)).models == ()


def test_leaving_out_is_suggested_only_where_the_rest_bears_an_estimate() -> None:
    apart = table(a=40, b=30, ab=20, bc=20, ac=20, c=30, d=40)
    (one,) = diagnose(apart).suggestions
    assert (one.action, one.lists) == ("leave out", ("d",))
    # Of these, two lists would be left that share too few people.
    assert diagnose(table(a=40, b=30, ab=6, c=20)).suggestions == ()


def test_a_near_copy_is_named_and_merging_it_is_suggested() -> None:
    near = table(ab=90, abc=30, a=4, b=3, c=60, d=50, abd=20, cd=12, bcd=2, acd=2)
    found = diagnose(near)
    assert found.decision.rule == "near-copy"
    assert "93%" in found.decision.because  # 140 of 151
    (one,) = found.suggestions
    assert (one.action, one.lists) == ("merge", ("a", "b"))
    assert diagnose(near.merge([0, 1])).verdict is not Verdict.REFUSED


def test_lists_that_nearly_everybody_is_on_are_no_copies() -> None:
    everybody = table(abc=900, ab=40, ac=35, bc=30, a=3, b=2, c=2)
    assert diagnose(everybody).decision.rule == "none"
