"""Tables that no model with an estimate describes."""

from collections.abc import Callable

import numpy as np
import pytest

from khronika.estimation import CaptureTable, Estimate, Verdict, loglinear, stepwise, tidy

PEOPLE = 1500


def alone(table: CaptureTable) -> Estimate:
    return loglinear(table, average=False)


def pairs(table: CaptureTable) -> Estimate:
    return loglinear(table, "pairs")


def steps(table: CaptureTable) -> Estimate:
    return stepwise(table, nboot=0)


METHODS = (alone, pairs, steps)


def drawn(chances: list[float], seed: int, *, copied: float = 0.0) -> CaptureTable:
    """Lists of people drawn by chance; with `copied` the second has that share of the first."""
    rng = np.random.default_rng(seed)
    on = rng.random((PEOPLE, len(chances))) < chances
    if copied:
        on[:, 1] = on[:, 0] & (rng.random(PEOPLE) < copied)
    on = on[on.any(axis=1)]
    names = [f"l{j}" for j in range(len(chances))]
    return tidy(names, on, np.ones(len(on), dtype=np.int64))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("lists", [3, 4, 5, 7])
def test_a_list_that_lies_within_another_is_no_reason_for_a_number(
    method: Callable[[CaptureTable], Estimate], lists: int
) -> None:
    table = drawn([0.2] * lists, 3, copied=0.75)
    found = method(table)
    assert found.verdict is Verdict.REFUSED
    assert found.decision.rule == "does-not-fit"
    merged = loglinear(table.merge([0, 1]), "[1,2]" if lists == 3 else "all", average=False)
    assert merged.estimate == pytest.approx(PEOPLE, rel=0.15)


@pytest.mark.parametrize("method", METHODS)
def test_lists_in_another_order_are_refused_as_well(
    method: Callable[[CaptureTable], Estimate],
) -> None:
    table = drawn([0.2, 0.2, 0.15, 0.1], 5, copied=0.75)
    turned = table.take([3, 1, 0, 2])
    assert method(table).decision.rule == method(turned).decision.rule == "does-not-fit"


@pytest.mark.parametrize("method", METHODS)
def test_tables_that_models_describe_keep_their_number(
    method: Callable[[CaptureTable], Estimate],
) -> None:
    for seed in range(12):
        table = drawn([0.15, 0.1, 0.2, 0.12, 0.1][: 3 + seed % 3], seed)
        assert method(table).estimate is not None


@pytest.mark.parametrize("method", METHODS)
def test_a_small_list_within_another_does_no_harm(
    method: Callable[[CaptureTable], Estimate],
) -> None:
    within = {"010": 60, "001": 90, "011": 20, "110": 8, "111": 3}
    table = CaptureTable.from_counts(within, lists=list("abc"))
    found = method(table)
    merged = loglinear(table.merge([0, 1]), "[1,2]", average=False)
    assert found.interval is not None
    assert merged.estimate is not None
    assert found.interval.lower < merged.estimate < found.interval.upper


def test_who_names_a_model_is_told_what_it_says() -> None:
    table = drawn([0.2, 0.2, 0.15, 0.1], 5, copied=0.75)
    assert loglinear(table, "[1,2,3,4]", average=False).estimate is not None
    assert stepwise(table, p=0, nboot=0).estimate is not None
