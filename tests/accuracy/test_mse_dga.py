"""Published results of averaging over decomposable graphs, on the published tables."""

import os
from pathlib import Path

import numpy as np
import pytest

from khronika.estimation import CaptureTable, dga, gamma_poisson

SHARED = Path(os.environ.get("KHRONIKA_SHARED") or Path(__file__).parents[3] / "shared")
TABLES = SHARED / "data" / "mse"

pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="no shared folder: set KHRONIKA_SHARED")


def read(name: str) -> CaptureTable:
    return CaptureTable.from_counts(TABLES / f"{name}.csv")


def test_kosovo_to_the_person() -> None:
    kosovo = read("kosovo")
    for found in (dga(kosovo), dga(kosovo, grid=np.arange(1, 10 * kosovo.n + 1))):
        assert found.posterior is not None
        quantiles = [found.posterior.quantile(share) for share in (0.025, 0.1, 0.5, 0.9, 0.975)]
        assert quantiles == [9827, 10798, 12595, 14956, 16544]


def test_madigan_and_york_to_the_person() -> None:
    found = dga(read("spina_bifida3"), delta=1, prior=gamma_poisson(13.14, 55.17))
    assert round(found.graphs[0].weight, 2) == 0.37
    assert found.graphs[0].label == "[12,3]"
    assert round(found.graphs[0].relative) == 731
    assert found.graphs[0].mode == 729
    assert found.relative is not None
    assert round(found.relative) == 731
    assert found.mode == 728


@pytest.mark.parametrize(
    ("name", "delta", "times", "median", "lower", "upper"),
    [
        ("spina_bifida3", 1, 300 / 626, 732, 682, 798),
        ("madigan_york5", 0.5, 300 / 537, 616, 588, 655),
        ("korea_palembang", None, 40, 163, 127, 483),
        ("australia4", None, 40, 2257, 1189, 7588),
        ("uk5", None, 40, 22990, 10387, 33510),
        ("neworleans5", None, 40, 847, 529, 1590),
    ],
)
def test_reference_runs_on_their_grids(
    name: str, delta: float | None, times: float, median: int, lower: int, upper: int
) -> None:
    given = read(name)
    found = dga(given, delta=delta, grid=np.arange(1, round(times * given.n) + 1))
    assert found.median == pytest.approx(median, abs=1)
    assert found.interval == pytest.approx((lower, upper), abs=1)


@pytest.mark.parametrize(
    ("delta", "median"), [(1, 4617), (0.5, 11323), (1 / 16, 12595), (0.01, 12189)]
)
def test_kosovo_moves_with_the_prior_as_published(delta: float, median: int) -> None:
    assert dga(read("kosovo"), delta=delta).median == pytest.approx(median, abs=1)
