"""Two lists and Chao's bounds: figures reckoned by hand, and what is refused."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq, fsolve

from khronika.estimation import (
    CaptureTable,
    EstimationError,
    FrequencyTable,
    TableError,
    Verdict,
    chao,
    heterogeneity,
    two_list,
)

COUNTS = {"11": 20, "10": 30, "01": 10}
THREE = {"100": 40, "010": 30, "001": 20, "110": 9, "101": 6, "011": 5, "111": 3}


def two(counts: dict[str, int] = COUNTS) -> CaptureTable:
    return CaptureTable.from_counts(counts, lists=["press", "police"])


def three(counts: dict[str, int] = THREE) -> CaptureTable:
    return CaptureTable.from_counts(counts, lists=["press", "police", "families"])


def test_chapman_and_lincoln_petersen_are_those_reckoned_by_hand() -> None:
    found = two_list(two())
    assert found.estimate == pytest.approx(51 * 31 / 21 - 1)
    assert found.se == pytest.approx(math.sqrt(51 * 31 * 30 * 10 / (21**2 * 22)))
    assert found.lincoln_petersen == pytest.approx(50 * 30 / 20)
    assert found.lincoln_petersen_se == pytest.approx(math.sqrt(50 * 30 * 30 * 10 / 20**3))
    assert found.shared == (20, 30, 10)
    assert [row.people for row in found.odds] == [67.5, 75, 90, 120]


def test_two_lists_are_a_range_and_never_more() -> None:
    found = two_list(two())
    assert found.verdict is Verdict.RANGE_ONLY
    assert found.decision.rule == "two-lists-independence"
    assert "independent" in found.assumption


def test_the_logit_interval_is_that_of_its_formula() -> None:
    sigma = math.sqrt(1 / 20.5 + 1 / 30.5 + 1 / 10.5 + 20.5 / (30.5 * 10.5))
    spread = math.exp(1.959964 * sigma)
    unseen = 30.5 * 10.5 / 20.5
    found = two_list(two(), ci="logit").interval
    assert found == pytest.approx((max(60, 59.5 + unseen / spread), 59.5 + unseen * spread))


def test_the_profile_ends_where_the_likelihood_has_fallen() -> None:
    def fallen(people: float) -> float:
        def value(n: float) -> float:
            said = math.lgamma(n + 1) - math.lgamma(n - 59)
            for size in (50, 30):
                said += size * math.log(size / n) + (n - size) * math.log(1 - size / n)
            return said

        return value(people) - max(value(float(n)) for n in np.arange(60, 100, 0.01)) + 1.9207294

    found = two_list(two(), ci="profile").interval
    assert found is not None
    assert found.lower == pytest.approx(brentq(fallen, 61, 70), abs=0.01)
    assert found.upper == pytest.approx(brentq(fallen, 78, 200), abs=0.01)


@settings(deadline=None, max_examples=30)
@pytest.mark.parametrize("ci", ["logit", "profile", "lognormal", "binomial"])
@given(st.integers(7, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_interval_of_two_lists_falls_below_the_documented(
    ci: str, both: int, first: int, second: int
) -> None:
    found = two_list(two({"11": both, "10": first, "01": second}), ci=ci)
    if found.decision.rule == "copied-list":
        assert (first, second) == (0, 0)
        return
    assert found.interval is not None
    assert both + first + second <= found.interval.lower <= found.interval.upper


def test_the_binomial_interval_is_that_of_its_tails() -> None:
    def at_most(number: int) -> float:
        return sum(math.comb(30, k) * (2 / 3) ** k * (1 / 3) ** (30 - k) for k in range(number + 1))

    few = next(k for k in range(31) if at_most(k) >= 0.025)
    most = next(k for k in range(31) if at_most(k) >= 0.975)
    found = two_list(two(), ci="binomial").interval
    assert found == pytest.approx((max(60, 1500 / most), 1500 / few))


def test_few_shared_people_are_refused() -> None:
    found = two_list(two({"11": 6, "10": 30, "01": 10}))
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, "few-overlaps")
    assert (found.estimate, found.interval, found.odds) == (None, None, ())


def test_one_list_is_refused() -> None:
    assert two_list(two({"10": 30})).decision.rule == "one-list"
    assert two_list(two({"10": 0})).decision.rule == "one-list"


def test_two_of_three_lists_count_all_documented() -> None:
    many = three({**THREE, "110": 300, "001": 90})
    assert two_list(many, "press", "police").decision.rule == "below-documented"
    found = two_list(three({**THREE, "110": 12}), "police", "press")
    assert found.documented == 116
    assert found.interval is not None
    assert found.interval.lower >= 116


def test_unclear_questions_about_two_lists_are_errors() -> None:
    for wrong in ({"ci": "wald"}, {"theta": (0,)}, {"theta": (math.nan,)}):
        with pytest.raises(EstimationError):
            two_list(two(), **wrong)
    for names in ((), ("press",), ("press", "press")):
        with pytest.raises(EstimationError):
            two_list(three(), *names)
    with pytest.raises(TableError):
        two_list(three(), "press", "church")


def test_chao_is_that_reckoned_by_hand() -> None:
    # f1 = 90, f2 = 20, z = 40, 30, 20
    alike, apart = chao(three()), chao(three(), form="Mth")
    assert alike.estimate == pytest.approx(113 + 2 / 3 * 90 * 89 / 42)
    assert apart.estimate == pytest.approx(113 + (8100 - 2900) / 42)
    assert (apart.once, apart.twice) == (90, 20)
    assert apart.se == pytest.approx(
        math.sqrt(
            5200 / 42 + (40 * 50**2 + 30 * 60**2 + 20 * 70**2) / 21**2 + 20 * (5200 / 42 / 21) ** 2
        )
    )
    for found in (alike, apart):
        assert found.verdict is Verdict.LOWER_BOUND_ONLY
        assert found.interval is not None
        assert 113 < found.interval.lower < found.interval.upper


def test_an_empty_list_changes_no_bound() -> None:
    padded = CaptureTable.from_counts({key + "0": n for key, n in THREE.items()})
    for form in ("Mh", "Mth"):
        for fitted in (False, True):
            assert chao(padded, form, fitted=fitted).estimate == pytest.approx(
                chao(three(), form, fitted=fitted).estimate
            )


def test_frequencies_have_no_number_of_lists() -> None:
    caught = FrequencyTable.from_counts({1: 90, 2: 20, 3: 3})
    assert chao(caught, fitted=False).estimate == pytest.approx(113 + 90 * 89 / 42)
    fitted = chao(caught)
    unseen = 90**2 / 40
    assert fitted.estimate == pytest.approx(113 + unseen, rel=1e-6)
    assert fitted.se == pytest.approx(math.sqrt(unseen + unseen**2 * (4 / 90 + 1 / 20)), rel=1e-6)
    with pytest.raises(EstimationError):
        chao(caught, form="Mth")


def test_nobody_seen_twice_is_no_bound() -> None:
    for fitted in (False, True):
        assert chao(three({"100": 40, "010": 30}), fitted=fitted).estimate is None
        assert chao(FrequencyTable.from_counts({1: 40}), fitted=fitted).estimate is None
        assert chao(FrequencyTable.from_counts({1: 0}), fitted=fitted).estimate is None


def test_the_model_of_lists_alone_is_that_of_lincoln_and_petersen() -> None:
    found = heterogeneity(two(), "Mt")
    assert found.estimate == pytest.approx(75)
    assert found.interval == pytest.approx(two_list(two(), ci="profile").interval, rel=1e-6)
    assert found.deviance == pytest.approx(0, abs=1e-8)
    assert found.decision.rule == "two-lists-independence"


def test_the_bound_of_lists_fits_those_seen_once_and_twice() -> None:
    """With three lists those on all three are left free, so only six cells tell."""
    alone, pairs = np.array([40.0, 30, 20]), np.array([5.0, 6, 9])  # pairs without that list

    def slopes(logs: np.ndarray) -> np.ndarray:
        base, each = math.exp(logs[0]), np.exp(logs[1:])
        gone = np.prod(each) / each
        off = [alone - base * each, pairs - base * gone]
        by_list = [off[0][j] + off[1].sum() - off[1][j] for j in range(3)]
        return np.array([off[0].sum() + off[1].sum(), *by_list])

    found = heterogeneity(three(), "Mth Chao")
    assert found.estimate is not None
    unseen = found.estimate - 113
    solved = fsolve(slopes, [math.log(unseen), -1.0, -1.0, -1.0], xtol=1e-12)
    assert math.exp(solved[0]) == pytest.approx(unseen, rel=1e-6)


def test_models_without_a_finite_estimate_are_refused() -> None:
    for model in ("Mh Poisson2", "Mth Poisson2"):
        assert heterogeneity(two(), model).decision.rule == "not-identified"
    nested = two({"11": 20, "10": 30})
    assert heterogeneity(nested, "Mt").decision.rule == "does-not-exist"
    wide = CaptureTable.from_counts({f"{2**j + 2 ** (j + 1):014b}": 20 for j in range(13)})
    assert heterogeneity(wide).decision.rule == "too-large"
    with pytest.raises(EstimationError):
        heterogeneity(two(), "Mb")


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 40), min_size=7, max_size=7))
def test_no_model_and_no_bound_falls_below_the_documented(counts: list[int]) -> None:
    table = three(dict(zip(THREE, counts, strict=True)))
    for found in (chao(table), chao(table, "Mth", fitted=True), heterogeneity(table)):
        if found.interval is not None:
            assert table.n <= found.interval.lower + 1e-6
            assert found.interval.lower <= found.interval.upper


@settings(deadline=None, max_examples=8)
@given(st.permutations(range(3)), st.lists(st.integers(0, 300), min_size=7, max_size=7))
def test_the_order_and_the_names_of_lists_change_no_figure(
    order: list[int], counts: list[int]
) -> None:
    plain = three(dict(zip(THREE, counts, strict=True)))
    moved = replace(plain.take(order), lists=("a", "b", "c"))
    for form in ("Mh", "Mth"):
        for fitted in (False, True):
            one, two = (chao(table, form, fitted=fitted) for table in (plain, moved))
            assert (one.estimate, one.se, one.interval) == (two.estimate, two.se, two.interval)


def test_which_of_two_lists_is_first_changes_no_figure() -> None:
    plain, moved = (two_list(two(), *names) for names in (("press", "police"), ("police", "press")))
    assert plain.intervals == moved.intervals
    assert (plain.estimate, plain.se, plain.odds) == (moved.estimate, moved.se, moved.odds)
