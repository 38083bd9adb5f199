"""Pooling estimates of several ways of linking."""

import math
import statistics
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm
from scipy.stats import t as student

from estimation.invented import refused
from khronika.estimation import (
    Decision,
    Estimate,
    EstimationError,
    Interval,
    Provenance,
    Verdict,
    combine,
    decide,
    dga,
    pool,
    tidy,
)

TABLE = tidy(
    ("A", "B", "C"),
    np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]], bool),
    np.array([36, 24, 18, 16, 12, 8, 6]),
)


def estimate(
    people: float,
    *,
    documented: int = 100,
    se: float | None = None,
    interval: Interval | None = None,
    draws: np.ndarray | None = None,
    decision: Decision | None = None,
    method: str = "invented",
) -> Estimate:
    return Estimate(
        method=method,
        label=method,
        documented=documented,
        estimate=people,
        interval=interval,
        assumption="It was invented.",
        provenance=Provenance(table=f"{people}"),
        se=se,
        draws=draws,
        decision=decision or Decision(),
    )


REFUSED = refused(90)


def test_rubins_rules_on_the_log_of_the_unseen() -> None:
    people, errors = [150.0, 160.0, 180.0, 155.0], [10.0, 12.0, 20.0, 11.0]
    found = pool([estimate(n, se=se) for n, se in zip(people, errors, strict=True)])
    logs = [math.log(n - 100) for n in people]
    within = statistics.mean(
        math.log(1 + (se / (n - 100)) ** 2) for n, se in zip(people, errors, strict=True)
    )
    between = statistics.variance(logs)
    total = within + (1 + 1 / 4) * between
    df = 3 * (1 + within / (5 * between)) ** 2
    reach = float(student.ppf(0.975, df)) * math.sqrt(total)
    middle = statistics.mean(logs)
    assert found.variances is not None
    assert found.variances.df == pytest.approx(df)
    assert found.variances.total == pytest.approx(total)
    assert found.estimate == pytest.approx(100 + math.exp(middle))
    assert found.interval == pytest.approx(
        (100 + math.exp(middle - reach), 100 + math.exp(middle + reach))
    )


def test_an_interval_stands_in_for_a_standard_error() -> None:
    ends = Interval(100 + 50 / 2, 100 + 50 * 2)
    found = pool([estimate(150, interval=ends), estimate(150, interval=ends)])
    assert found.interval == pytest.approx(ends)
    assert found.variances is not None
    assert found.variances.between == 0
    assert found.variances.df == math.inf
    assert found.variances.within == pytest.approx((math.log(4) / 2 / norm.ppf(0.975)) ** 2)


def test_the_smallest_documented_number_holds_under_all_ways_of_linking() -> None:
    found = pool([estimate(150, documented=110, se=9), estimate(160, documented=90, se=9)])
    assert found.documented == 90
    assert found.most_documented == 110
    assert found.estimate == pytest.approx(90 + math.sqrt(60 * 70))
    assert "90 to 110 people" in found.notes[0].text


def test_ways_without_anybody_unseen_can_be_pooled() -> None:
    found = pool([estimate(100, se=1), estimate(104, se=3), estimate(100, se=0)])
    assert found.interval is not None
    assert 100 <= found.interval.lower <= (found.estimate or 0) <= found.interval.upper
    none = pool([estimate(100, se=0), estimate(100, se=0)])
    assert none.interval == Interval(100, 100)


def test_one_way_of_linking_keeps_its_own_interval_and_says_so() -> None:
    ends = Interval(120, 230)
    found = pool([estimate(150, interval=ends)])
    assert (found.estimate, found.interval) == (150, ends)
    assert "leaves linking out" in found.notes[0].text


def test_draws_are_mixed_in_equal_shares() -> None:
    rng = np.random.default_rng(3)
    low = estimate(150, documented=0, draws=rng.normal(150, 1, 500))
    high = estimate(250, documented=0, draws=rng.normal(250, 1, 9000))
    found = pool([low, high])
    assert found.draws is not None
    assert (found.draws < 200).mean() == pytest.approx(0.5)
    assert found.mixture is not None
    assert found.mixture.lower == pytest.approx(148, abs=1.5)
    assert found.mixture.upper == pytest.approx(252, abs=1.5)
    assert found.variances is not None
    assert found.variances.between > found.variances.within
    again, other = pool([low, high]), pool([low, high], seed=4)
    assert again.draws is not None
    assert other.draws is not None
    assert again.draws.tobytes() == found.draws.tobytes()
    assert other.draws.tobytes() != found.draws.tobytes()


def test_posteriors_of_graphs_are_mixed() -> None:
    rows = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], np.bool_)
    tables = [
        tidy(("A", "B", "C"), rows, np.array([50, 60, 70, 20, 25, shared]))
        for shared in (15, 20, 25)
    ]
    each = [dga(one) for one in tables]
    found = pool(each)
    assert found.method == "pooled dga"
    assert found.documented == 240
    medians = [one.median or 0 for one in each]
    assert min(medians) < (found.median or 0) < max(medians)
    assert min(medians) < (found.estimate or 0) < max(medians) * 1.05


def test_some_refused_ways_leave_a_range_and_most_refuse() -> None:
    some = pool([estimate(150, se=9), estimate(160, se=9), REFUSED])
    assert some.verdict is Verdict.RANGE_ONLY
    assert some.decision.rule == "replicates-refused"
    assert some.refused == 1
    assert some.documented == 90
    most = pool([estimate(150, se=9), REFUSED, REFUSED])
    assert most.decision.rule == "few-lists"
    assert most.estimate is None
    assert most.interval is None


def test_a_way_without_an_upper_end_leaves_none() -> None:
    bound = estimate(150, interval=Interval(120, math.inf), decision=decide("grid-end"))
    found = pool([estimate(160, interval=Interval(130, 200)), bound])
    assert found.verdict is Verdict.LOWER_BOUND_ONLY
    assert found.interval == Interval(120, math.inf)


def test_what_cannot_be_pooled() -> None:
    with pytest.raises(EstimationError, match="nothing"):
        pool([])
    with pytest.raises(EstimationError, match="different methods"):
        pool([estimate(150, se=9), estimate(150, se=9, method="other")])


@pytest.mark.parametrize("given", [1, "dga", [1, 2], TABLE, [TABLE]])
def test_what_is_no_estimate_cannot_be_pooled(given: Any) -> None:
    with pytest.raises(EstimationError) as caught:
        pool(given)
    assert "one for each way of linking" in (caught.value.remedy or "")


def test_one_estimate_alone_is_to_stand_in_a_list() -> None:
    with pytest.raises(EstimationError):
        pool(dga(TABLE))  # type: ignore[arg-type]
    assert pool([dga(TABLE)]).estimate == dga(TABLE).estimate
    named: Any = {"strict": dga(TABLE), "loose": dga(TABLE)}
    assert pool(named).replicates == 2


def test_sums_of_parts_are_pooled_though_they_hold_draws() -> None:
    one = combine({"north": dga(TABLE), "south": dga(TABLE)})
    assert pool([one, one]).estimate is not None


@pytest.mark.parametrize("seed", ["a", -1, 1.5])
def test_what_is_no_seed_is_refused(seed: Any) -> None:
    with pytest.raises(EstimationError):
        pool([dga(TABLE)], seed=seed)
