"""Pairs of lists taken into the model one by one, and the search over all models."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import norm, poisson

from khronika.estimation import CaptureTable, EstimationError, Verdict, loglinear, stepwise, tidy
from khronika.estimation.bca import draw
from khronika.estimation.candidates import neighbours
from khronika.estimation.downhill import Search, descend, downhill_bca
from khronika.estimation.existence import membership
from khronika.estimation.fitting import fit_many
from khronika.estimation.misfit import poisson_tail
from khronika.estimation.models import Model
from khronika.estimation.refitting import Refits, refit, wald
from khronika.estimation.stepwise import walked

COUNTS = {
    "1000": 60,
    "0100": 50,
    "0010": 40,
    "0001": 30,
    "1100": 45,
    "1010": 9,
    "1001": 7,
    "0110": 8,
    "0101": 6,
    "0011": 5,
    "1110": 3,
    "1101": 2,
    "1011": 1,
    "0111": 1,
}


def four(counts: dict[str, int] = COUNTS, lists: str = "abcd") -> CaptureTable:
    return CaptureTable.from_counts(counts, lists=list(lists))


def brute(table: CaptureTable, sets: list[int]) -> np.ndarray:
    """Parameters of a model by a general optimiser, the intercept first."""
    keys = np.arange(1, 2 ** len(table.lists))
    design = np.column_stack([(keys & one) == one for one in [0, *sets]]).astype(float)

    def lost(at: np.ndarray) -> float:
        return float(np.exp(design @ at).sum() - table.dense @ (design @ at))

    def slope(at: np.ndarray) -> np.ndarray:
        return np.asarray(design.T @ (np.exp(design @ at) - table.dense))

    start = np.zeros(design.shape[1])
    start[0] = math.log(table.n)
    found = minimize(lost, start, jac=slope, method="BFGS", options={"gtol": 1e-7})
    return np.asarray(found.x)


def refitted(model: Model, table: CaptureTable) -> Refits:
    return refit(membership([model]), table.dense[None].astype(float))


def test_the_first_pair_is_the_least_likely_one_under_independence() -> None:
    table = four()
    found = stepwise(table, nboot=0)
    keys = np.arange(1, 16)
    design = np.column_stack([(keys & one) == one for one in [0, 1, 2, 4, 8]]).astype(float)
    expected = np.exp(design @ brute(table, [1, 2, 4, 8]))
    chances = {}
    for pair in (3, 5, 6, 9, 10, 12):
        on = (keys & pair) == pair
        mean, seen = expected[on].sum(), table.dense[on].sum()
        chances[pair] = min(poisson.cdf(seen, mean), poisson.sf(seen - 1, mean))
    best = min(chances, key=chances.__getitem__)
    step = found.steps[0]
    assert step.lists == ("a", "b")
    assert best == 3
    assert step.p == pytest.approx(chances[3], rel=1e-4)
    assert step.shared == 50
    assert step.expected == pytest.approx(expected[(keys & 3) == 3].sum(), rel=1e-4)


def test_the_estimate_is_that_of_the_model_with_the_pairs_taken_in() -> None:
    table = four()
    found = stepwise(table, nboot=0)
    pairs = [sum(1 << "abcd".index(name) for name in step.lists) for step in found.steps]
    fitted = brute(table, [1, 2, 4, 8, *pairs])
    assert found.estimate == pytest.approx(table.n + math.exp(fitted[0]), rel=1e-5)
    assert all(step.p < 0.02 for step in found.steps)


def test_without_resamples_the_interval_is_that_of_the_model() -> None:
    table = four()
    found = stepwise(table, p=0, nboot=0)
    same = loglinear(table, "[1,2,3,4]")
    assert found.interval == same.interval
    assert found.provenance.seed is None
    assert "too short" in found.notes[0].text


def test_at_no_level_lists_are_independent() -> None:
    table = four()
    found = stepwise(table, p=0, nboot=0)
    assert found.steps == ()
    assert found.label == "stepwise: independent lists"
    expected = table.n + math.exp(brute(table, [1, 2, 4, 8])[0])
    assert found.estimate == pytest.approx(expected, rel=1e-5)


def test_tails_of_the_poisson_distribution() -> None:
    seen, mean = np.array([0.0, 0.0, 3.0, 40.0]), np.array([0.0, 2.0, 2.5, 11.0])
    found = poisson_tail(seen, mean)
    least = np.minimum(poisson.cdf(seen, mean), poisson.sf(seen - 1, mean))
    assert found == pytest.approx(least)


def test_many_tables_are_searched_as_each_alone() -> None:
    table = four()
    drawn = draw(table, 25, 4)
    together = walked(4, drawn, 0.02, "poisson")
    for row, cells in enumerate(drawn):
        alone = walked(4, cells[None], 0.02, "poisson")
        assert together.fit.unseen[row] == pytest.approx(alone.fit.unseen[0], rel=1e-7)
        assert [one[0] for one in together.trail[row]] == [one[0] for one in alone.trail[0]]


def test_the_interval_holds_the_estimate_and_is_the_same_for_the_same_seed() -> None:
    one, again = stepwise(four(), nboot=150), stepwise(four(), nboot=150)
    assert one.interval == again.interval
    assert one.interval is not None
    assert one.interval80 is not None
    assert one.estimate is not None
    assert one.documented <= one.interval.lower <= one.interval80.lower
    assert one.interval80.upper <= one.interval.upper
    assert one.provenance.seed == 1
    assert stepwise(four(), nboot=150, seed=2).interval != one.interval


def test_names_and_order_of_lists_change_nothing() -> None:
    turned = four({key[::-1]: count for key, count in COUNTS.items()}, "wxyz")
    one, other = stepwise(four(), nboot=60), stepwise(turned, nboot=60)
    assert one.estimate == other.estimate
    assert one.interval == other.interval


def test_by_aic_the_best_pair_must_be_significant() -> None:
    table = four()
    found = stepwise(table, p=0.05, nboot=0, by="aic")
    model = Model.of(4, [])
    fits = fit_many(table.dense[None], [Model.of(4, [pair]) for pair in (3, 5, 6, 9, 10, 12)])
    best = fits.models[int(np.argmin(fits.aic[0]))]
    assert best == Model.of(4, [3])
    assert found.steps[0].lists == ("a", "b")
    assert found.steps[0].p == pytest.approx(float(wald(refitted(best, table), np.array([3]))[0]))
    assert model not in fits.models
    assert stepwise(table, p=0, nboot=0, by="aic").steps == ()


def test_wald_is_the_parameter_over_its_standard_error() -> None:
    table = four()
    fit = refitted(Model.of(4, [3]), table)
    keys = np.arange(1, 16)
    design = np.column_stack([(keys & one) == one for one in [0, 1, 2, 3, 4, 8]]).astype(float)
    spread = np.linalg.inv(design.T @ (design * fit.fitted[0][:, None]))
    size = abs(fit.values[3, 0]) / math.sqrt(spread[3, 3])
    assert wald(fit, np.array([3]))[0] == pytest.approx(2 * norm.sf(size))


def test_lists_that_share_nobody_may_stay_in_the_model_at_minus_infinity() -> None:
    counts = {**COUNTS, "1001": 0, "1101": 0, "1011": 0, "0001": 300, "0101": 30}
    found = stepwise(four(counts), nboot=0)
    taken = {step.lists for step in found.steps}
    assert ("a", "d") in taken
    assert found.verdict is Verdict.OK


def test_a_dependence_that_the_model_cannot_hold_is_told() -> None:
    within = {"010": 60, "001": 90, "011": 20, "110": 8, "111": 3}
    found = stepwise(CaptureTable.from_counts(within, lists=list("abc")), nboot=20)
    assert found.steps == ()
    assert any("a + b" in note.text for note in found.notes)


def test_a_table_of_many_lists_is_not_resampled() -> None:
    rng = np.random.default_rng(1)
    seen = rng.random((400, 11)) < 0.2
    found = stepwise(tidy([f"l{j}" for j in range(11)], seen, np.ones(400, dtype=np.int64)))
    assert found.provenance.settings["nboot"] == "0"
    assert found.interval is not None


def test_tables_that_tell_nothing_are_refused() -> None:
    apart = stepwise(four({"1000": 40, "0100": 30, "0010": 20, "0001": 10}))
    assert (apart.estimate, apart.decision.rule) == (None, "does-not-exist")
    one = stepwise(CaptureTable.from_counts({"1": 40}, lists=["a"]))
    assert (one.estimate, one.decision.rule) == (None, "one-list")
    few = stepwise(CaptureTable.from_counts({"11": 3, "10": 9, "01": 9}, lists=["a", "b"]))
    assert (few.estimate, few.decision.rule) == (None, "few-overlaps")
    many = {"".join("1" if j in (k, k + 1) else "0" for j in range(20)): 9 for k in range(19)}
    large = stepwise(CaptureTable.from_counts(many, lists=[f"l{j}" for j in range(20)]))
    assert (large.estimate, large.decision.rule) == (None, "too-large")


def test_two_lists_are_a_range_under_independence() -> None:
    found = stepwise(
        CaptureTable.from_counts({"11": 20, "10": 30, "01": 10}, lists=["a", "b"]), nboot=50
    )
    assert found.estimate == pytest.approx(75)
    assert found.verdict is Verdict.RANGE_ONLY
    assert "neither likelier" in found.assumption


def test_a_list_without_people_changes_nothing() -> None:
    wider = four({f"{key}0": count for key, count in COUNTS.items()}, "abcde")
    assert stepwise(wider, nboot=40).interval == stepwise(four(), nboot=40).interval


@pytest.mark.parametrize(
    "settings", [{"p": 1.5}, {"p": math.nan}, {"by": "luck"}, {"nboot": -1}, {"seed": -1}]
)
def test_settings_that_make_no_sense_are_named(settings: dict[str, object]) -> None:
    with pytest.raises(EstimationError):
        stepwise(four(), **settings)  # type: ignore[arg-type]


def test_the_search_ends_where_no_neighbour_is_better() -> None:
    drawn = draw(four(), 20, 7)
    found = descend(4, drawn)
    for row, model in enumerate(found.models):
        fits = fit_many(drawn[row][None], [model, *neighbours(model, 3)])
        assert fits.bic[0, 0] <= fits.bic[0].min() + 1e-6
        assert found.totals[row] == pytest.approx(float(fits.total[0, 0]), rel=1e-7)


def test_log_linear_models_can_be_searched_for() -> None:
    found = loglinear(four(), "downhill", ci="bca", nboot=80)
    again = downhill_bca(four(), nboot=80)
    assert again is not None
    assert found.searched
    assert found.estimate == pytest.approx(again[1].estimate)
    assert found.interval == again[1].interval
    assert "searched-anew" in [note.id for note in found.notes]


def test_a_search_among_pairs_takes_in_nothing_larger() -> None:
    found = descend(4, draw(four(), 30, 2), Search(order=2))
    assert max(model.order for model in found.models) <= 2


def test_the_interval_of_the_search_repeats_it() -> None:
    found = downhill_bca(four(), nboot=80)
    assert found is not None
    model, again = found
    assert model == descend(4, four().dense[None].astype(float)).models[0]
    assert again.interval.lower <= again.estimate <= again.interval.upper
    assert sum(times for _, times in again.chosen) == 80
    turned = downhill_bca(
        four({key[::-1]: count for key, count in COUNTS.items()}, "wxyz"), nboot=80
    )
    assert turned is not None
    assert turned[1].interval == again.interval
    assert turned[0] == model.moved((3, 2, 1, 0))


def test_the_search_refuses_what_has_no_estimate_and_too_many_lists() -> None:
    assert downhill_bca(four({"1000": 9, "0100": 9, "0010": 9, "0001": 9}), nboot=3) is None
    many = {"".join("1" if j in (k, k + 1) else "0" for j in range(12)): 9 for k in range(11)}
    with pytest.raises(EstimationError, match="12 lists"):
        downhill_bca(CaptureTable.from_counts(many, lists=[f"l{j}" for j in range(12)]))
