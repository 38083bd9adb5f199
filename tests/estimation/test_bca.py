"""Intervals that own up to the choice of a model."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from khronika.estimation import CaptureTable, EstimationError
from khronika.estimation.bca import (
    Resampled,
    acceleration,
    bca,
    bca_interval,
    best_of,
    draw,
    moved_cells,
    notes_on,
    stacked,
)
from khronika.estimation.fitting import fit_many
from khronika.estimation.models import hierarchical

COUNTS = {
    "100": 40,
    "010": 30,
    "001": 20,
    "110": 9,
    "101": 6,
    "011": 5,
    "111": 3,
}


def three(counts: dict[str, int] = COUNTS, lists: str = "abc") -> CaptureTable:
    return CaptureTable.from_counts(counts, lists=list(lists))


def made(drawn: list[float], estimate: float, without: list[float] | None = None) -> Resampled:
    alone = np.array(without if without is not None else [estimate])
    return Resampled(estimate, np.array(drawn), alone, np.ones(len(alone)))


def test_without_bias_and_skewness_the_interval_is_that_of_the_quantiles() -> None:
    drawn = [float(one) for one in range(1, 1000)]
    found = bca_interval(made(drawn, 500 - 0.5), 0.9)
    bias = norm.ppf(499 / 999)
    shares = norm.cdf(2 * bias + norm.ppf([0.05, 0.95]))
    # Quantile of type 8: at p (n + 1/3) + 1/3 among the n draws in order, here 1, 2, ... n.
    assert list(found) == pytest.approx([share * (999 + 1 / 3) + 1 / 3 for share in shares])


def test_a_resample_that_ties_with_the_table_counts_as_below() -> None:
    lower = bca_interval(made([1.0, 2.0, 2.0, 3.0] * 50, 2.0), 0.9)
    shares = norm.cdf(2 * norm.ppf(0.75) + norm.ppf([0.05, 0.95]))
    drawn = np.sort([1.0, 2.0, 2.0, 3.0] * 50)
    assert list(lower) == pytest.approx(np.quantile(drawn, shares, method="median_unbiased"))


def test_skewness_is_weighed_by_the_people_of_each_cell() -> None:
    spelled = acceleration(np.array([1.0, 1.0, 1.0, 5.0, 9.0, 9.0]), np.ones(6))
    weighed = acceleration(np.array([1.0, 5.0, 9.0]), np.array([3.0, 1.0, 2.0]))
    apart = np.array([26 / 6 - one for one in (1, 1, 1, 5, 9, 9)])
    assert weighed == pytest.approx(spelled)
    assert weighed == pytest.approx((apart**3).sum() / (6 * (apart**2).sum() ** 1.5))


def test_an_estimate_that_no_person_changes_has_no_skewness() -> None:
    assert acceleration(np.array([7.0, 7.0]), np.array([1.0, 4.0])) == 0.0
    assert acceleration(np.array([math.inf]), np.array([1.0])) == 0.0


def test_few_resamples_without_an_estimate_are_left_out_and_many_leave_the_end_open() -> None:
    drawn = [float(one) for one in range(1, 101)]
    few = bca_interval(made([*drawn, math.inf], 50.0))
    many = bca_interval(made([*drawn, *[math.inf] * 10], 50.0))
    assert few.upper <= 100
    assert many.upper == math.inf
    assert many.lower == pytest.approx(few.lower)
    assert notes_on(made([*drawn, math.inf], 50.0))[0].text.startswith("1.0% of the resamples")
    assert bca_interval(made([math.inf], 50.0, [50.0, 51.0])) == (2.0, math.inf)


def test_an_end_beyond_all_resamples_is_told() -> None:
    drawn = [float(one) for one in range(1, 1001)]
    assert notes_on(made(drawn, 500.0)) == ()
    assert "lowest or the highest" in notes_on(made(drawn, 20.0))[0].text


@given(st.lists(st.floats(10, 1000), min_size=2, max_size=60), st.floats(10, 1000))
def test_ends_are_in_order_and_among_the_draws_and_the_estimate_between_them(
    drawn: list[float], estimate: float
) -> None:
    found = bca_interval(made(drawn, estimate, [estimate, estimate + 1]))
    ends = min(*drawn, estimate), max(*drawn, estimate)
    assert ends[0] <= found.lower <= estimate <= found.upper <= ends[1]


def test_drawn_tables_have_as_many_people_and_no_new_cells() -> None:
    table = three({"100": 5, "010": 7, "110": 2, "001": 1})
    drawn = draw(table, 50, None)
    assert (drawn.sum(axis=1) == table.n).all()
    assert (drawn[:, table.dense == 0] == 0).all()
    assert np.array_equal(drawn, draw(table, 50, 1))
    assert not np.array_equal(drawn, draw(table, 50, 2))


@pytest.mark.parametrize("nboot", [0, -1, 10**7])
def test_a_number_of_tables_that_cannot_be_drawn_is_refused(nboot: int) -> None:
    with pytest.raises(EstimationError, match="cannot be drawn"):
        draw(three(), nboot, None)


def test_each_cell_loses_one_person_in_turn() -> None:
    tables, weights = stacked(np.array([3.0, 0.0, 2.0]), np.zeros((1, 3)))
    assert tables.tolist() == [[3, 0, 2], [0, 0, 0], [2, 0, 2], [3, 0, 1]]
    assert weights.tolist() == [3, 2]


def test_the_model_is_chosen_anew_in_every_table() -> None:
    table = three()
    models = hierarchical(3)
    drawn = draw(table, 40, 3)
    totals, best = best_of(models, drawn)
    for row, cells in enumerate(drawn):
        alone = fit_many(cells[None], models)
        assert best[row] == int(np.argmin(alone.bic[0]))
        assert totals[row] == pytest.approx(float(alone.total[0, best[row]]), rel=1e-7)


def test_given_resamples_are_used_in_the_order_of_the_table() -> None:
    table = three()
    swapped = three({key[::-1]: count for key, count in COUNTS.items()}, "cba")
    drawn = draw(table, 60, 5)
    turned = drawn[:, moved_cells((2, 1, 0))]
    one = bca(table, hierarchical(3), resamples=drawn)
    other = bca(swapped, hierarchical(3), resamples=turned)
    assert one is not None
    assert other is not None
    assert one.interval == other.interval


def test_names_and_order_of_lists_change_no_bit() -> None:
    table = three()
    turned = three({key[::-1]: count for key, count in COUNTS.items()}, "xyz")
    one, other = bca(table, hierarchical(3), nboot=100), bca(turned, hierarchical(3), nboot=100)
    assert one is not None
    assert other is not None
    assert one.interval == other.interval
    assert one.interval.lower <= one.estimate <= one.interval.upper
    assert sum(times for _, times in one.chosen) == 100


def test_a_wider_choice_gives_an_interval_no_shorter_than_a_narrow_one() -> None:
    table = three()
    fits = fit_many(table.dense[None], hierarchical(3))
    ranked = [fits.models[place] for place in np.argsort(fits.bic[0])]
    one, all_ = bca(table, ranked[:1]), bca(table, ranked)
    assert one is not None
    assert all_ is not None
    assert all_.interval.upper - all_.interval.lower > one.interval.upper - one.interval.lower
    assert one.at(0.8).upper < one.interval.upper


def test_no_model_with_an_estimate_gives_no_interval() -> None:
    apart = three({"100": 5, "010": 6, "001": 7})
    assert bca(apart, hierarchical(3), nboot=5) is None


def test_an_unknown_criterion_is_named() -> None:
    with pytest.raises(EstimationError, match="'dic'"):
        best_of(hierarchical(3), draw(three(), 2, 1), "dic")


@pytest.mark.parametrize("estimate", [40.0, 120.0])
def test_the_interval_has_the_estimate_that_no_resample_reaches(estimate: float) -> None:
    drawn = np.linspace(50, 90, 200)
    again = Resampled(estimate, drawn, np.array([estimate]), np.array([10.0]))
    lower, upper = bca_interval(again)
    assert lower <= estimate <= upper
