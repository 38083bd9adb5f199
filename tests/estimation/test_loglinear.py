"""Log-linear estimates: hand-reckoned tables, intervals against brute force, laws and refusals."""

import math
from itertools import count
from itertools import pairwise as neighbouring

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import gammaln

from khronika.estimation import CaptureTable, EstimationError, Verdict, loglinear, tidy
from khronika.estimation.candidates import neighbours
from khronika.estimation.fitting import fit
from khronika.estimation.likelihood_interval import profile
from khronika.estimation.models import Model, hierarchical, parse
from khronika.estimation.profiles import lognormal_interval

NAMES = ("press", "police", "families", "courts", "clinics", "army")
FULL = (40, 30, 12, 50, 9, 7, 6, 60, 11, 13, 5, 8, 3, 4, 2)  # keys 1 to 15
SPARSE = (40, 30, 6, 20, 0, 0, 0)


def table(cells: tuple[int, ...], names: tuple[str, ...] = NAMES) -> CaptureTable:
    width = (len(cells) + 1).bit_length() - 1
    keys = np.arange(1, len(cells) + 1)
    histories = (keys[:, None] >> np.arange(width) & 1).astype(bool)
    return tidy(names[:width], histories, np.array(cells))


def test_two_lists_are_a_range_if_they_were_independent() -> None:
    found = loglinear(table((30, 20, 10)))
    assert found.estimate == pytest.approx(120)
    assert found.decision.rule == "two-lists-independence"
    assert found.verdict == Verdict.RANGE_ONLY
    assert [round(one.total) for one in found.supposed] == [90, 100, 120, 150, 180]


def test_the_interaction_of_three_lists_stands_under_the_line() -> None:
    found = loglinear(table((40, 30, 12, 50, 9, 7, 6)), "[12,13,23]")
    unseen = found.unseen or 0.0
    assert unseen == pytest.approx(40 * 30 * 50 * 6 / (12 * 9 * 7))
    assert [one.total - found.documented for one in found.supposed] == pytest.approx(
        [2 * unseen, 1.5 * unseen, unseen, unseen / 1.5, unseen / 2]
    )


def test_the_average_weighs_every_model_by_its_criterion() -> None:
    t = table(FULL)
    found = loglinear(t)
    fits = [fit(t.dense, model) for model in hierarchical(4)]
    weights = np.exp([-(one.bic - min(two.bic for two in fits)) / 2 for one in fits])
    weights /= weights.sum()
    mean = float(sum(w * one.total for w, one in zip(weights, fits, strict=True)))
    variance = float(
        sum(w * (one.se**2 + (one.total - mean) ** 2) for w, one in zip(weights, fits, strict=True))
    )
    assert found.estimate == pytest.approx(mean)
    assert found.se == pytest.approx(math.sqrt(variance))
    assert found.interval == pytest.approx(lognormal_interval(t.n, mean - t.n, math.sqrt(variance)))
    assert found.looked_at == found.fitted == 113
    assert found.models[0].weight == pytest.approx(max(weights))
    assert all(one.bic <= two.bic for one, two in neighbouring(found.models) if one.bic and two.bic)


def test_the_best_model_alone_has_its_own_interval() -> None:
    t = table(FULL)
    found = loglinear(t, average=False)
    assert found.selected is not None
    assert found.estimate is not None
    assert found.estimate == found.selected.total == found.models[0].total
    assert found.interval == found.selected.interval
    quick = loglinear(t, found.selected.name, ci="lognormal")
    assert quick.estimate == pytest.approx(found.estimate)
    alone = lognormal_interval(t.n, found.estimate - t.n, found.selected.se or 0.0)
    assert quick.interval == pytest.approx(alone)


def test_criteria_select_different_models() -> None:
    t = table(FULL)
    by_aic = loglinear(t, select="aic", average=False).selected
    by_bic = loglinear(t, select="bic", average=False).selected
    assert by_aic is not None
    assert by_bic is not None
    assert (by_aic.aic or 0) <= (by_bic.aic or 0)
    assert (by_bic.bic or 0) <= (by_aic.bic or 0)


def brute_level(cells: np.ndarray, model: Model, unseen: float) -> float:
    """Multinomial log-likelihood of a number of people, by a maximiser that knows no lattice."""
    y = np.concatenate([[unseen], cells])
    x = np.array([[float(c & term == term) for term in model.terms[1:]] for c in range(len(y))])

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        weight = np.exp(x @ b)
        p = weight / weight.sum()
        return float(-(y * np.log(p)).sum()), x.T @ (y.sum() * p - y)

    best = minimize(loss, np.zeros(x.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-6})
    return float(gammaln(y.sum() + 1) - gammaln(unseen + 1) - best.fun)


def test_the_profile_falls_by_the_same_height_at_both_ends() -> None:
    t, model = table(FULL), parse("[12,34]", NAMES[:4])
    found = profile(t.dense, fit(t.dense, model))
    cells = t.dense.astype(float)
    top = brute_level(cells, model, found.centre - t.n)
    for end in found.interval:
        assert top - brute_level(cells, model, end - t.n) == pytest.approx(1.9207, abs=1e-3)
    for other in (0.97, 1.03):
        assert brute_level(cells, model, (found.centre - t.n) * other) < top


def test_a_profile_may_reach_down_to_the_people_seen() -> None:
    found = loglinear(table((4, 3, 60)), ci="profile")
    assert found.interval is not None
    assert found.interval.lower == found.documented


def test_what_does_not_exist_is_refused_with_the_empty_pairs() -> None:
    t = table(SPARSE)
    gone = loglinear(t, "[12,3]")
    assert (gone.verdict, gone.decision.rule) == (Verdict.REFUSED, "does-not-exist")
    assert "press and families, police and families" in gone.decision.because
    assert gone.estimate is None
    assert gone.models[0].standing == "does_not_exist"
    loose = loglinear(t, "[12,13,23]")
    assert loose.decision.rule == "not-identified"
    assert "[12,13,23]" in loose.decision.because
    fine = loglinear(t, "[13,23]")
    assert fine.estimate == pytest.approx(96 + 40 * 30 / 6)


def test_models_that_do_not_exist_are_shown_and_never_averaged() -> None:
    found = loglinear(table((2, 6, 71, 32, 3, 0, 9)))
    assert (found.looked_at, found.fitted) == (8, 6)
    standing = {one.name: one.standing for one in found.models}
    assert standing["[12,13,23]"] == "does_not_exist"
    assert sum(one.weight for one in found.models) == pytest.approx(1)
    assert found.estimate is not None
    assert found.estimate < 1000


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ((12,), "one-list"),
        ((12, 0, 0), "one-list"),
        ((30, 20, 6), "few-overlaps"),
        ((0, 0, 0, 0, 0, 0, 9), "few-lists"),
        ((30, 20, 0, 10, 0, 0, 0), "disconnected"),
        (SPARSE, "disconnected"),
    ],
)
def test_tables_that_tell_nothing_are_refused(cells: tuple[int, ...], rule: str) -> None:
    found = loglinear(table(cells))
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, rule)
    assert (found.estimate, found.interval) == (None, None)


def test_who_names_models_is_told_what_they_say_or_that_they_do_not_exist() -> None:
    found = loglinear(table(SPARSE), ["[12,3]", "[13,23]"])
    assert found.estimate == pytest.approx(296)
    assert (found.looked_at, found.fitted) == (2, 1)
    gone = loglinear(table((30, 20, 0, 10, 0, 0, 0)), [(1,), (2,), (3,)])
    assert gone.decision.rule == "does-not-exist"


def test_resamples_choose_the_model_anew() -> None:
    t = table(FULL)
    found = loglinear(t, ci="bca", nboot=50, seed=3)
    assert found == loglinear(t, ci="bca", nboot=50, seed=3)
    best = loglinear(t, average=False)
    assert found.estimate == best.estimate
    assert found.selected == best.selected
    assert found.interval is not None
    assert found.interval.lower < (found.estimate or 0) < found.interval.upper
    assert any("all 113 models" in note.text for note in found.notes)
    few = loglinear(t, ci="bca", nboot=50, ntop=3)
    assert any("the 3 best of 113 models" in note.text for note in few.notes)
    assert few.provenance.seed == 1


def test_nine_lists_are_resampled_along_the_way_of_the_search() -> None:
    rng = np.random.default_rng(9)
    histories = rng.random((1500, 9)) < 0.3
    nine = tidy([f"list {j}" for j in range(9)], histories, np.ones(1500, dtype=np.int64))
    found = loglinear(nine, ci="bca", nboot=4000, models="pairs")
    assert found.estimate == pytest.approx(1500, rel=0.05)
    assert any("independent lists" in note.text for note in found.notes)


def test_nobody_at_all_is_refused() -> None:
    nobody = tidy(NAMES, np.zeros((0, 6), dtype=bool), np.zeros(0, dtype=np.int64))
    assert loglinear(nobody).decision.rule == "one-list"


def test_twenty_lists_are_refused_at_once() -> None:
    rng = np.random.default_rng(1)
    wide = tidy(
        [f"list {j}" for j in range(20)], rng.random((300, 20)) < 0.2, np.ones(300, dtype=np.int64)
    )
    found = loglinear(wide)
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, "too-large")
    assert "20 lists" in found.decision.because


def test_lists_with_nobody_are_left_out_and_said() -> None:
    cells = np.array(FULL)
    t = table(tuple(cells))
    wider = tidy(
        ("none", *t.lists), np.column_stack([np.zeros(len(t.counts), dtype=bool), t.histories]),
        t.counts,
    )  # fmt: skip
    found = loglinear(wider, average=False)
    assert found.estimate == loglinear(t, average=False).estimate
    assert "none" in found.notes[0].text
    assert loglinear(wider, "[234,25]").estimate == loglinear(t, "[123,14]").estimate


def test_six_lists_are_searched_step_by_step() -> None:
    rng = np.random.default_rng(7)
    histories = rng.random((4000, 6)) < 0.25
    histories[:, 1] |= histories[:, 0] & (rng.random(4000) < 0.5)
    found = loglinear(tidy(NAMES, histories, np.ones(4000, dtype=np.int64)), average=False)
    assert found.searched
    assert found.selected is not None
    assert "12" in found.selected.name
    assert found.estimate == pytest.approx(4000, rel=0.1)
    assert any("step by step" in note.text for note in found.notes)


def test_a_neighbour_has_one_set_more_or_less() -> None:
    names = [str(one) for one in neighbours(parse("[12,13,23]", NAMES[:4]), 3)]
    assert sorted(names) == sorted(
        ["[12,13,4]", "[12,23,4]", "[13,23,4]", "[123,4]", "[12,13,14,23]", "[12,13,23,24]",
         "[12,13,23,34]"]
    )  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(4)), st.permutations(range(15)), st.booleans())
def test_order_and_names_of_lists_change_nothing(
    lists: list[int], rows: list[int], average: bool
) -> None:
    t = table(FULL)
    moved = tidy([f"n{j}" for j in lists], t.histories[rows][:, lists], t.counts[rows])
    one, two = loglinear(t, average=average), loglinear(moved, average=average)
    assert (one.estimate, one.interval, one.se) == (two.estimate, two.interval, two.se)
    assert one.selected is not None
    assert two.selected is not None
    places = [lists.index(j) for j in range(4)]
    assert one.selected.model.moved(places) == two.selected.model


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=7, max_size=7))
def test_any_three_lists_give_a_sound_number_or_none(cells: list[int]) -> None:
    found = loglinear(table(tuple(cells)))
    if found.verdict == Verdict.REFUSED:
        assert (found.estimate, found.interval) == (None, None)
        return
    assert found.estimate is not None
    assert found.interval is not None
    assert math.isfinite(found.estimate)
    assert found.documented <= found.interval.lower <= found.interval.upper


def test_counts_as_large_as_there_are_people_are_taken() -> None:
    found = loglinear(table(tuple(count * 10**7 for count in FULL)), average=False)
    assert found.estimate is not None
    assert found.interval is not None
    assert found.interval.lower < found.estimate < found.interval.upper


def test_counts_beyond_all_people_are_refused() -> None:
    found = loglinear(table(tuple(count * 10**9 for count in FULL)))
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, "too-large")


def test_counts_of_every_scale_end_in_a_number_or_none() -> None:
    rng = np.random.default_rng(2)
    for _ in range(10):
        cells = (10 ** rng.uniform(0, 9, 15)).astype(np.int64) * (rng.random(15) < 0.9)
        found = loglinear(table(tuple(int(count) for count in cells)), average=False)
        assert found.estimate is None or math.isfinite(found.estimate)


def test_one_call_gives_the_same_bytes_twice() -> None:
    one, two = loglinear(table(FULL)), loglinear(table(FULL))
    assert (one.estimate, one.interval, one.models) == (two.estimate, two.interval, two.models)


@pytest.mark.parametrize(
    "wrong",
    [
        {"select": "cp"},
        {"ci": "wald"},
        {"ntop": 0},
        {"ntop": True},
        {"ntop": 2.5},
        {"ci": "bca", "nboot": 0},
        {"ci": "bca", "seed": -1},
        {"seed": "x"},
        {"models": count()},
        {"models": [count()]},
        {"models": {"a": 1}},
        {"models": 2.5},
        {"models": np.eye(3)},
        {"models": "[1234]"},
        {"models": "[17]"},
        {"models": []},
        {"models": 12},
    ],
)
def test_settings_that_make_no_sense_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(EstimationError):
        loglinear(table(FULL), **wrong)  # type: ignore[arg-type]
