"""Each list in turn as a population of known size."""

import math
from itertools import product

import numpy as np
import pytest

from khronika.estimation import (
    CaptureTable,
    Decision,
    Estimate,
    EstimationError,
    Interval,
    Provenance,
    TableError,
    Verdict,
    chao,
    dga,
    internal_check,
    tidy,
)


def independent(people: int, shares: tuple[float, ...]) -> CaptureTable:
    rows = np.array([one for one in product((False, True), repeat=len(shares)) if any(one)])
    chances = np.where(rows, shares, 1 - np.array(shares)).prod(axis=1)
    return tidy(tuple("ABCDE"[: len(shares)]), rows, np.round(people * chances).astype(np.int64))


FOUR = independent(2000, (0.4, 0.3, 0.35, 0.25))


def invented(t: CaptureTable, times: float, interval: Interval | None = None) -> Estimate:
    return Estimate(
        method="invented",
        label="invented",
        documented=t.n,
        estimate=times * t.n,
        interval=interval or Interval(t.n, times * t.n),
        assumption="It was invented.",
        provenance=Provenance(table=t.digest),
        decision=Decision(),
    )


def test_independent_lists_pass() -> None:
    found = internal_check(FOUR, ["independence", "dga"])
    assert [trial.known for trial in found.trials[::2]] == FOUR.sizes.tolist()
    for record in found.records:
        assert (record.trials, record.answered, record.coverage) == (4, 4, 1.0)
        assert record.log_bias == pytest.approx(0, abs=0.1)
        assert record.sentence == (
            f"{record.method}: the interval held the known number for 4 of 4 lists."
        )
    assert found.sentences[-1].startswith("People on a list")


def test_the_people_of_a_list_are_those_the_others_estimate() -> None:
    found = internal_check(FOUR, {"double": lambda t: invented(t, 2)})
    first = found.trials[0]
    on = FOUR.histories[:, 0]
    alone = FOUR.counts[FOUR.keys == 1].sum()
    assert first.known == FOUR.counts[on].sum()
    assert first.seen == first.known - alone
    assert first.log_bias == pytest.approx(math.log(2 * first.seen / first.known))


def test_a_method_that_is_too_low_is_told() -> None:
    found = internal_check(FOUR, {"seen": lambda t: invented(t, 1)})
    record = found.records[0]
    assert record.covered == 0
    assert record.log_bias is not None
    assert record.log_bias < -0.1
    assert "0 of 4 lists" in record.sentence
    assert record.sentence.endswith("too low on average.")


def test_a_bound_has_no_bias() -> None:
    found = internal_check(FOUR, {"bound": chao})
    assert found.records[0].log_bias is None


def test_lists_without_enough_left_are_skipped() -> None:
    few = tidy(("A", "B", "C"), np.eye(3, dtype=np.bool_), np.array([20, 30, 40]))
    found = internal_check(few)
    assert [name for name, _ in found.skipped] == ["A", "B", "C"]
    assert all(decision.verdict is Verdict.REFUSED for _, decision in found.skipped)
    assert found.sentences == ("No list has people enough on the others to test a method with.",)
    assert [record.coverage for record in found.records] == [None] * 4


def test_one_list_and_no_method() -> None:
    one = tidy(("A",), np.ones((1, 1), dtype=np.bool_), np.array([20]))
    assert internal_check(one).skipped[0][1].rule == "one-list"
    with pytest.raises(EstimationError):
        internal_check(FOUR, [])
    with pytest.raises(EstimationError):
        internal_check(FOUR, ["guess"])


def test_every_quick_method_runs() -> None:
    found = internal_check(independent(800, (0.4, 0.3, 0.5, 0.45)))
    assert {record.answered for record in found.records} == {4}


def test_a_method_that_stops_is_a_trial_without_an_answer() -> None:
    def stops(t: CaptureTable) -> Estimate:
        raise EstimationError("Not this table", remedy="Bring another.")

    found = internal_check(FOUR, {"stops": stops})
    assert found.records[0].answered == 0
    assert found.records[0].sentence == "stops: no interval for any of the 4 lists tried."
    assert {trial.decision.rule for trial in found.trials} == {"failed"}


def test_functions_are_tried_as_they_are() -> None:
    alone, listed = internal_check(FOUR, dga), internal_check(FOUR, ["dga", chao])
    assert [one.method for one in alone.records] == ["dga"]
    assert [one.method for one in listed.records] == ["dga", "chao"]
    assert alone.records[0] == listed.records[0]


def test_a_path_is_no_table() -> None:
    with pytest.raises(TableError) as caught:
        internal_check("table.csv")  # type: ignore[arg-type]
    assert "from_counts" in (caught.value.remedy or "")
