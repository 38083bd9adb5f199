"""Fits: against a plain maximiser, hand-reckoned tables and the laws of existence."""

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

from khronika.estimation.existence import Standing, membership, reduce
from khronika.estimation.fitting import fit, fit_many
from khronika.estimation.models import Model, hierarchical, pairwise, parse

THREE, FOUR = ("a", "b", "c"), ("a", "b", "c", "d")
FULL = np.array([40, 30, 12, 50, 9, 7, 6, 60, 11, 13, 5, 8, 3, 4, 2])  # keys 1 to 15


def design(width: int, model: Model) -> np.ndarray:
    cells = range(1, 1 << width)
    return np.array([[float(cell & term == term) for term in model.terms] for cell in cells])


def plain_fit(cells: np.ndarray, model: Model) -> tuple[float, float, float]:
    """Unseen, log-likelihood and standard error by a maximiser that knows no lattice."""
    x = design(model.width, model)
    start = np.linalg.lstsq(x, np.log(cells + 0.5), rcond=None)[0]
    found = minimize(
        lambda b: np.exp(x @ b).sum() - cells @ (x @ b),
        start,
        jac=lambda b: x.T @ (np.exp(x @ b) - cells),
        hess=lambda b: (x.T * np.exp(x @ b)) @ x,
        method="trust-exact",
        options={"gtol": 1e-9, "maxiter": 500},
    )
    unseen = float(np.exp(found.x[0]))
    spread = np.linalg.inv((x.T * np.exp(x @ found.x)) @ x)[0, 0]
    return unseen, -float(found.fun), float(np.sqrt(unseen + unseen**2 * spread))


def test_two_lists_give_lincoln_and_petersen() -> None:
    found = fit(np.array([30, 20, 10]), Model.of(2, ()))
    assert found.total == pytest.approx(60 + 30 * 20 / 10)
    assert found.se == pytest.approx(np.sqrt(60 + 60**2 * (1 / 30 + 1 / 20 + 1 / 10)))
    assert found.deviance == pytest.approx(0, abs=1e-9)


def test_the_largest_model_of_three_lists_has_a_closed_form() -> None:
    y = np.array([40, 30, 12, 50, 9, 7, 6])
    found = fit(y, parse("[12,13,23]", THREE))
    assert found.unseen == pytest.approx(y[0] * y[1] * y[3] * y[6] / (y[2] * y[4] * y[5]))


def test_all_models_equal_a_plain_maximiser() -> None:
    models = hierarchical(4)[::7]
    found = fit_many(FULL[None], models)
    constant = sum(float(np.log(np.arange(1, count + 1)).sum()) for count in FULL)
    for place, model in enumerate(models):
        unseen, level, se = plain_fit(FULL.astype(float), model)
        assert found.unseen[0, place] == pytest.approx(unseen, rel=1e-6)
        assert found.se[0, place] == pytest.approx(se, rel=1e-5)
        assert found.loglik[0, place] == pytest.approx(level - constant, abs=1e-7)


def test_criteria_count_people_and_parameters() -> None:
    found = fit(FULL, parse("[12,3,4]", FOUR))
    assert found.parameters == 6
    assert found.aic == pytest.approx(2 * 6 - 2 * found.loglik)
    assert found.bic == pytest.approx(6 * np.log(FULL.sum()) - 2 * found.loglik)


def test_many_tables_at_once_equal_each_table_alone() -> None:
    rng = np.random.default_rng(5)
    tables = rng.multinomial(150, FULL / FULL.sum(), size=40)
    models = hierarchical(4)[::5]
    together = fit_many(tables, models)
    for row in (0, 17, 39):
        alone = fit_many(tables[row : row + 1], models)
        assert (alone.standing[0] == together.standing[row]).all()
        assert np.allclose(alone.total[0], together.total[row], rtol=1e-6, equal_nan=True)
        assert np.allclose(alone.bic[0], together.bic[row], rtol=1e-9)


def test_an_interaction_of_lists_that_share_nobody_is_taken_out() -> None:
    """With nobody on 1 and 3, or on 2 and 3: list 3 is alone, and the unseen follow from 1 x 2."""
    table = np.array([40, 30, 6, 20, 0, 0, 0])
    found = {str(m): fit(table, m) for m in hierarchical(3)}
    assert found["[13,23]"].total == pytest.approx(96 + 40 * 30 / 6)
    assert found["[12,3]"].standing == Standing.DOES_NOT_EXIST
    assert found["[12,13,23]"].standing == Standing.NOT_IDENTIFIED
    assert not np.isfinite(found["[12,3]"].total)
    assert found["[12,3]"].bic == np.inf


def test_one_empty_cell_of_the_largest_model_has_no_maximum() -> None:
    table = np.array([2, 6, 71, 32, 3, 0, 9])
    assert fit(table, parse("[12,13,23]", THREE)).standing == Standing.DOES_NOT_EXIST


def lp_says(table: np.ndarray, model: Model) -> Standing:
    """Existence as printed in the paper, with the extended maximum written out cell by cell."""
    x, terms = design(model.width, model), np.array(model.terms)
    gone = x.T @ table == 0
    kept = x[:, gone].sum(axis=1) == 0
    x, y = x[np.ix_(kept, ~gone)], table[kept]
    if np.linalg.matrix_rank(x) < len(terms[~gone]):
        return Standing.NOT_IDENTIFIED
    goal = np.zeros(len(y) + 1)
    goal[-1] = -1
    bound = np.column_stack([-np.eye(len(y)), np.ones(len(y))])
    said = linprog(
        goal,
        A_eq=np.column_stack([x.T, np.zeros(x.shape[1])]),
        b_eq=x.T @ y,
        A_ub=bound,
        b_ub=np.zeros(len(y)),
        bounds=(None, None),
    )
    return Standing.FITTED if -said.fun > 1e-7 else Standing.DOES_NOT_EXIST


@pytest.mark.parametrize("seed", range(12))
def test_existence_on_sparse_tables_equals_the_linear_programme(seed: int) -> None:
    rng = np.random.default_rng(seed)
    models = hierarchical(4)[seed % 5 :: 5]
    table = rng.poisson(rng.choice([0.4, 1.5, 3.0], size=15))
    table[[0, 1, 3, 7]] += 1
    found = fit_many(table[None], models)
    for place, model in enumerate(models):
        assert found.standing[0, place] == lp_says(table, model), str(model)


def test_patterns_alone_decide() -> None:
    table = np.array([0, 3, 0, 7, 1, 0, 0, 2])
    members = membership(hierarchical(3))
    one = reduce((table > 0)[:, None], members)
    assert list(one.standing) == list(reduce((table * 1000 > 0)[:, None], members).standing)


@pytest.mark.parametrize(
    "table", [np.zeros(7), np.array([5, 0, 0, 0, 0, 0, 0]), np.ones(7) * 1e15, np.eye(7)[6] * 3]
)
def test_any_table_ends_in_a_number_or_none(table: np.ndarray) -> None:
    found = fit_many(table[None], hierarchical(3))
    assert (np.isfinite(found.total) == found.fitted).all()
    assert (found.total[found.fitted] >= table.sum()).all()


def test_wide_tables_are_fitted() -> None:
    rng = np.random.default_rng(3)
    histories = rng.random((3000, 10)) < 0.25
    keys = histories @ (1 << np.arange(10))
    table = np.bincount(keys, minlength=1024)[1:]
    found = fit(table, Model.of(10, ()))
    assert found.total == pytest.approx(3000, rel=0.05)


def test_pairs_of_five_lists_are_fitted_in_one_go() -> None:
    rng = np.random.default_rng(4)
    keys = (rng.random((4000, 5)) < 0.3) @ (1 << np.arange(5))
    found = fit_many(np.bincount(keys, minlength=32)[None, 1:], pairwise(5))
    best = int(np.argmin(found.bic[0]))
    assert found.total[0, best] == pytest.approx(4000, rel=0.05)
