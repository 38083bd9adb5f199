"""The Poisson regression of heterogeneity, against a general search and the log-linear fits."""

import numpy as np
import pytest
from scipy.optimize import minimize

from khronika.estimation import CaptureTable, heterogeneity, loglinear, tidy
from khronika.estimation.poisson import Data, exists, means, regress


def drawn(seed: int, lists: int = 4, people: int = 120) -> CaptureTable:
    source = np.random.default_rng(seed)
    reach = source.beta(2, 4, size=(people, 1)) * source.uniform(0.5, 1.5, size=lists)
    rows = source.random((people, lists)) < np.minimum(reach, 1)
    return tidy([f"L{j}" for j in range(lists)], rows, np.ones(people, dtype=np.int64))


def bound_data(table: CaptureTable) -> Data:
    """The cells and columns of "Mth Chao", written out again."""
    keys = np.arange(1, 2 ** len(table.lists))
    on = (keys[:, None] >> np.arange(len(table.lists))) & 1
    times = on.sum(axis=1)[:, None]
    above = np.maximum(times - np.arange(2, len(table.lists)), 0)
    design = np.hstack([np.ones((len(keys), 1)), on, above]).astype(float)
    return Data(design, table.dense.astype(float), np.zeros(len(keys)), 1 + len(table.lists))


@pytest.mark.parametrize("seed", range(12))
def test_coefficients_that_may_not_be_negative_are_the_best_there_are(seed: int) -> None:
    data = bound_data(drawn(seed))

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        expected = means(data.design, data.offset, beta)
        value = expected.sum() - data.counts @ (data.design @ beta)
        return value, data.design.T @ (expected - data.counts)

    width = data.design.shape[1]
    bounds = [(None, None)] * data.free + [(0, None)] * (width - data.free)
    start = np.zeros(width)
    best = minimize(loss, start, jac=True, bounds=bounds, options={"ftol": 1e-15, "gtol": 1e-9})
    found = regress(data)
    assert found is not None
    assert (found.beta[data.free :] >= 0).all()
    assert loss(found.beta)[0] <= best.fun + 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_lists_alone_are_the_log_linear_model_of_independence(seed: int) -> None:
    table = drawn(seed, lists=3 + seed % 2, people=25 + 10 * seed)
    ours = heterogeneity(table, "Mt")
    theirs = loglinear(table, "[1,2,3]" if seed % 2 == 0 else "[1,2,3,4]", average=False)
    assert ours.verdict == theirs.verdict
    if theirs.estimate is not None:
        assert ours.estimate == pytest.approx(theirs.estimate, rel=1e-6)
        assert ours.se == pytest.approx(theirs.se, rel=1e-5)
        assert ours.interval == pytest.approx(theirs.interval, rel=1e-5)


def test_a_likelihood_that_rises_for_ever_has_no_highest_point() -> None:
    design = np.array([[1.0, 1, 0], [1, 0, 1], [1, 1, 1]])
    for counts, wanted in (([5, 5, 5], True), ([5, 5, 0], False), ([5, 0, 5], False)):
        data = Data(design, np.array(counts, dtype=float), np.zeros(3), 3)
        assert exists(data) == wanted
