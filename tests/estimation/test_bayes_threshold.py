"""Pairs of lists kept by their posterior distribution."""

import math

import numpy as np
import pytest
from scipy.special import gammaln

from khronika.estimation import CaptureTable, EstimationError, Verdict, bayes_threshold
from khronika.estimation.bayes_threshold import Posterior, sample

COUNTS = {
    "100": 60,
    "010": 50,
    "001": 40,
    "110": 60,
    "101": 6,
    "011": 5,
    "111": 8,
}


def three(counts: dict[str, int] = COUNTS, lists: str = "abc") -> CaptureTable:
    return CaptureTable.from_counts(counts, lists=list(lists))


def test_draws_of_one_poisson_mean_have_its_gamma_posterior() -> None:
    posterior = Posterior(
        design=np.ones((4, 1)), counts=np.array([2.0, 0.0, 3.0, 1.0]), precision=np.zeros(1)
    )
    drawn = np.exp(sample(posterior, 3000, np.random.default_rng(3)))
    # A flat prior of the logarithm and a sum of 6 in 4 cells: Gamma(6, 4).
    assert drawn.mean() == pytest.approx(6 / 4, rel=0.02)
    assert drawn.std() == pytest.approx(math.sqrt(6) / 4, rel=0.03)


def test_draws_have_the_posterior_that_a_grid_gives() -> None:
    design = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]])
    counts, precision = np.array([3.0, 0.0, 1.0]), np.array([0.0, 1.0])
    posterior = Posterior(design=design, counts=counts, precision=precision)
    a, b = np.meshgrid(np.linspace(-5, 4, 500), np.linspace(-5, 4, 500), indexing="ij")
    log = 4 * a + b - np.exp(a) - 2 * np.exp(a + b) - b**2 / 2 - gammaln(4)
    weight = np.exp(log) / np.exp(log).sum()
    drawn = sample(posterior, 3000, np.random.default_rng(4)).reshape(-1, 2)
    for place, axis in enumerate((a, b)):
        mean = (weight * axis).sum()
        sd = math.sqrt((weight * (axis - mean) ** 2).sum())
        assert drawn[:, place].mean() == pytest.approx(mean, abs=0.03)
        assert drawn[:, place].std() == pytest.approx(sd, rel=0.03)


def test_the_pair_that_depends_is_kept_and_weak_ones_are_not() -> None:
    found = bayes_threshold(three(), draws=1000)
    kept = {effect.lists for effect in found.effects if effect.kept}
    assert kept == {("a", "b")}
    for effect in found.effects:
        assert effect.kept == (abs(effect.mean) >= 2 * effect.sd)
    assert found.interval is not None
    assert found.median is not None
    assert found.documented < found.interval.lower < found.median < found.interval.upper
    assert found.estimate == found.median
    assert found.rhat < 1.01


def test_a_high_threshold_leaves_independent_lists_and_none_keeps_all() -> None:
    none = bayes_threshold(three(), threshold=50, draws=1000)
    every = bayes_threshold(three(), threshold=0, draws=1000)
    assert not any(effect.kept for effect in none.effects)
    assert all(effect.kept for effect in every.effects)
    assert none.interval is not None
    assert every.interval is not None
    assert every.interval.upper - every.interval.lower > none.interval.upper - none.interval.lower


def test_the_same_seed_gives_the_same_draws_however_lists_stand() -> None:
    turned = three({key[::-1]: count for key, count in COUNTS.items()}, "xyz")
    one, other = bayes_threshold(three(), draws=200), bayes_threshold(turned, draws=200)
    assert one.draws is not None
    assert other.draws is not None
    assert one.draws.tobytes() == other.draws.tobytes()
    assert bayes_threshold(three(), draws=200, seed=2).median != one.median


def test_with_a_flat_prior_lists_that_share_nobody_are_at_minus_infinity() -> None:
    counts = {
        "1000": 80,
        "0100": 70,
        "0010": 60,
        "0001": 50,
        "1100": 12,
        "1010": 11,
        "0110": 9,
        "0101": 8,
        "0011": 7,
        "1110": 4,
        "0111": 3,
    }
    found = bayes_threshold(
        CaptureTable.from_counts(counts, lists=list("abcd")), prior="improper", draws=1000
    )
    at = {effect.lists: effect for effect in found.effects}
    assert at["a", "d"].mean == -math.inf
    assert at["a", "d"].kept
    assert found.median is not None


def test_what_the_lists_do_not_tell_is_refused_whatever_the_prior() -> None:
    apart = bayes_threshold(three({"100": 40, "010": 30, "001": 20}))
    assert (apart.estimate, apart.decision.rule) == (None, "does-not-exist")
    full = bayes_threshold(three({**COUNTS, "111": 0, "011": 0, "101": 0}), prior="improper")
    assert full.verdict is Verdict.REFUSED
    one = bayes_threshold(CaptureTable.from_counts({"1": 40}, lists=["a"]))
    assert (one.estimate, one.decision.rule) == (None, "one-list")


def test_two_lists_are_a_range() -> None:
    found = bayes_threshold(
        CaptureTable.from_counts({"11": 20, "10": 30, "01": 10}, lists=["a", "b"]), draws=1000
    )
    assert found.verdict is Verdict.RANGE_ONLY
    assert found.effects == ()
    assert found.median == pytest.approx(76, abs=3)


@pytest.mark.parametrize(
    "settings",
    [{"threshold": -1}, {"threshold": math.nan}, {"draws": 3}, {"prior": "wide"}, {"seed": -1}],
)
def test_settings_that_make_no_sense_are_named(settings: dict[str, object]) -> None:
    with pytest.raises(EstimationError):
        bayes_threshold(three(), **settings)  # type: ignore[arg-type]


def test_a_close_call_is_told_with_what_the_other_way_gives() -> None:
    first = bayes_threshold(three(), draws=1000)
    effect = next(one for one in first.effects if one.lists == ("a", "b"))
    found = bayes_threshold(three(), threshold=abs(effect.mean) / effect.sd, draws=1000)
    assert first.notes == ()
    assert "a + b" in found.notes[0].text
    assert "chance decides" in found.notes[0].text


def test_near_the_threshold_the_seed_does_not_decide() -> None:
    pair = ("a", "b")
    long = bayes_threshold(three(), draws=20000)
    evidence = next(abs(one.mean) / one.sd for one in long.effects if one.lists == pair)
    kept = set()
    for seed in range(1, 7):
        found = bayes_threshold(three(), threshold=evidence + 0.06, draws=150, seed=seed)
        kept |= {one.kept for one in found.effects if one.lists == pair}
    assert kept == {False}


def test_a_way_out_of_all_bounds_is_no_warning() -> None:
    counts = {"1000": 2, "0100": 2, "1100": 7, "0010": 1, "1110": 1, "0001": 7}
    few = CaptureTable.from_counts(
        {**counts, "0101": 1, "1101": 3, "0011": 1}, lists=["a", "b", "c", "d"]
    )
    assert bayes_threshold(few, draws=150, prior="improper").estimate is None
