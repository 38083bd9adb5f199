import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.review.recalibrate import (
    AS_IT_IS,
    HIGHEST,
    LEAST,
    LOWEST,
    Expected,
    Sample,
    learn,
    log_loss,
)

CHANCES = st.integers(0, 1000).map(lambda n: n / 1000)
SAMPLES = st.lists(st.builds(Sample, CHANCES, st.booleans()), min_size=LEAST, max_size=60)


def ruled(seed: int, number: int) -> list[Sample]:
    """Acts of a coder that is right as often as it says."""
    source = random.Random(seed)
    said = [round(source.uniform(0.05, 0.98), 3) for _ in range(number)]
    return [Sample(chance, source.random() < chance) for chance in said]


def boasting(seed: int, number: int) -> list[Sample]:
    """Acts of a coder that says more than is so: of what it gives 0.9 about half is right."""
    source = random.Random(seed)
    said = [round(source.uniform(0.3, 0.98), 3) for _ in range(number)]
    return [Sample(chance, source.random() < chance**6) for chance in said]


@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_rulings_on_a_boaster_make_the_rest_of_its_acts_fit_better(seed: int) -> None:
    expected = learn(boasting(seed, 200))
    others = boasting(seed + 100, 2000)
    assert log_loss(others, expected) < log_loss(others) - 0.1
    assert expected.of(0.9) < 0.75
    assert expected.rulings == 200


def test_two_hundred_rulings_on_a_coder_that_is_right_harm_no_more_than_noise() -> None:
    lost = []
    for seed in range(20):
        expected, others = learn(ruled(seed, 200)), ruled(seed + 100, 4000)
        lost.append(log_loss(others, expected) - log_loss(others))
    assert max(lost) < 0.02
    assert sum(lost) / len(lost) < 0.006


@given(samples=st.lists(st.builds(Sample, CHANCES, st.booleans()), max_size=LEAST - 1))
def test_fewer_rulings_than_that_change_nothing(samples: list[Sample]) -> None:
    assert learn(samples) == AS_IT_IS
    assert AS_IT_IS.of(0.1234) == 0.1234
    assert AS_IT_IS.least(0.9) == 0.9


def test_few_rulings_change_little() -> None:
    few = [Sample(0.9, right=at % 10 < 7) for at in range(LEAST)]
    assert 0.75 < learn(few).of(0.9) < 0.88
    assert 0.69 < learn(few * 50).of(0.9) < 0.71


@given(samples=SAMPLES, seed=st.integers(0, 9))
def test_the_order_of_rulings_does_not_matter(samples: list[Sample], seed: int) -> None:
    again = list(samples)
    random.Random(seed).shuffle(again)
    assert learn(again) == learn(samples)


@given(samples=SAMPLES, one=CHANCES, other=CHANCES)
def test_what_is_expected_is_bounded_and_keeps_the_order(
    samples: list[Sample], one: float, other: float
) -> None:
    expected = learn(samples)
    less, more = sorted((one, other))
    assert expected.of(less) <= expected.of(more)
    assert LOWEST <= expected.of(less) <= HIGHEST or less == 1
    assert math.isfinite(expected.slope)
    assert math.isfinite(expected.shift)


@given(samples=SAMPLES, said=CHANCES, wanted=CHANCES)
def test_a_threshold_lets_through_just_what_is_expected_to_be_so_sure(
    samples: list[Sample], said: float, wanted: float
) -> None:
    expected = learn(samples)
    assert (expected.of(said) >= wanted) == (said >= expected.least(wanted))


def test_what_a_person_said_stays() -> None:
    assert Expected(slope=0.5, shift=-2.0, rulings=50).of(1.0) == 1.0


def test_a_ruling_on_many_acts_counts_once() -> None:
    shared = [Sample(0.9, right=False, weight=1 / 40) for _ in range(40 * (LEAST - 1))]
    assert learn(shared) == AS_IT_IS
