"""Published results of stepwise choice, searches, resampling and thresholds."""

import os
from pathlib import Path

import pytest

from khronika.estimation import CaptureTable, bayes_threshold, loglinear, stepwise
from khronika.estimation.downhill import descend

SHARED = Path(os.environ.get("KHRONIKA_SHARED") or Path(__file__).parents[3] / "shared")
TABLES = SHARED / "data" / "mse"

pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="no shared folder: set KHRONIKA_SHARED")


def read(name: str) -> CaptureTable:
    return CaptureTable.from_counts(TABLES / f"{name}.csv")


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("kosovo", 14341.66),
        ("korea_palembang", 268.7778),
        ("uk5", 11312.99),
        ("uk6", 11417.99),
        ("netherlands5", 121521.6),
        ("australia4", 6496.01),
        ("neworleans5", 981.43),
        ("neworleans8", 1110.488),
    ],
)
def test_stepwise_by_poisson_ends_where_it_is_published_to_end(name: str, total: float) -> None:
    assert stepwise(read(name), nboot=0).estimate == pytest.approx(total, abs=0.05)


@pytest.mark.parametrize(
    ("name", "p", "thousands"),
    [
        ("uk6", 0.0, (12.2, 11.0, 13.6)),
        ("uk6", 0.001, (14.2, 12.6, 16.1)),
        ("uk6", 0.05, (11.4, 10.0, 13.2)),
        ("uk5", 0.0, (13.4, 12.0, 15.2)),
        ("uk5", 0.001, (14.2, 12.6, 16.1)),
        ("uk5", 0.05, (11.3, 9.9, 13.1)),
    ],
)
def test_stepwise_by_aic_with_profile_intervals(
    name: str, p: float, thousands: tuple[float, float, float]
) -> None:
    found = stepwise(read(name), p=p, nboot=0, by="aic")
    assert found.estimate is not None
    assert found.interval is not None
    ours = found.estimate, *found.interval
    assert tuple(round(number / 1000, 1) for number in ours) == thousands


def test_stepwise_with_all_resamples_is_near_and_quick() -> None:
    found = stepwise(read("korea_palembang"))
    assert found.interval == pytest.approx((123.34, 440.51), rel=0.1)


@pytest.mark.parametrize(
    ("name", "total"),
    [("kosovo", 10357), ("uk5", 12262), ("uk6", 12350), ("neworleans8", 1110)],
)
def test_the_search_ends_where_it_is_published_to_end(name: str, total: int) -> None:
    table = read(name)
    found = descend(len(table.lists), table.dense[None].astype(float))
    assert abs(float(found.totals[0]) - total) < 0.6


@pytest.mark.parametrize(
    ("name", "models", "lower", "upper"),
    [
        ("kosovo", "all", 6947, 18010),
        ("kosovo", "pairs", 12451, 16273),
        ("kosovo", "downhill", 7133, 18681),
        ("korea_palembang", "all", 128, 349),
    ],
)
def test_intervals_of_the_choice_are_near_those_of_other_draws(
    name: str, models: str, lower: float, upper: float
) -> None:
    found = loglinear(read(name), models, ci="bca").interval
    assert found is not None
    assert found.lower == pytest.approx(lower, rel=0.05)
    assert found.upper == pytest.approx(upper, rel=0.1)


@pytest.mark.parametrize(
    ("name", "median", "lower", "upper"),
    [
        ("kosovo", 13971.48, 12236.22, 16389.4),
        ("korea_palembang", 152.89, 134.09, 201.17),
        ("uk5", 12400.32, 11061.35, 14239.83),
    ],
)
def test_thresholds_of_the_posterior(name: str, median: float, lower: float, upper: float) -> None:
    found = bayes_threshold(read(name))
    assert found.interval is not None
    assert found.median == pytest.approx(median, rel=0.04)
    assert found.interval.lower == pytest.approx(lower, rel=0.03)
    assert found.interval.upper == pytest.approx(upper, rel=0.06)
    assert found.rhat < 1.01
