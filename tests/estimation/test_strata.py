"""Estimates for parts of the people, and their sum."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from estimation.invented import refused
from khronika.estimation import (
    CaptureTable,
    Decision,
    Estimate,
    EstimationError,
    Interval,
    Provenance,
    TableError,
    Verdict,
    chao,
    combine,
    decide,
    dga,
    estimate_by,
    tidy,
)
from khronika.estimation.drawing import draw

WIDE = Interval(150, 300)


def table(scale: int, lists: tuple[str, ...] = ("A", "B", "C")) -> CaptureTable:
    rows = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
    counts = np.array([18, 12, 9, 8, 6, 4, 3]) * scale
    return tidy(lists, rows.astype(np.bool_), counts)


def estimate(
    people: float = 200,
    interval: Interval | None = WIDE,
    *,
    documented: int = 100,
    decision: Decision | None = None,
    draws: np.ndarray | None = None,
    se: float | None = None,
    name: str = "t",
) -> Estimate:
    return Estimate(
        method="invented",
        label="invented",
        documented=documented,
        estimate=people,
        interval=interval,
        assumption="It was invented.",
        provenance=Provenance(table=name),
        decision=decision or Decision(),
        draws=draws,
        se=se,
    )


REFUSED = refused(70)


def test_each_part_has_its_estimate_and_verdict() -> None:
    few = tidy(("A", "B", "C"), np.eye(3, dtype=np.bool_), np.array([20, 30, 40]))
    found = estimate_by({"north": table(3), "south": few})
    assert list(found) == [("north",), ("south",)]
    assert found["north"].estimate == dga(table(3)).estimate
    assert found["south"].verdict is Verdict.REFUSED


def test_a_method_by_name_with_settings_or_a_function() -> None:
    parts = {1: table(2), 2: table(3)}
    named = estimate_by(parts, method="chao", form="Mth")
    given = estimate_by(parts, method=lambda t: chao(t, "Mth"))
    assert named["2"].estimate == given["2"].estimate
    assert estimate_by(parts, method="independence")["1"].estimate


def test_rows_of_people_are_divided_by_columns() -> None:
    rows = [
        {"id": f"{region}{place}", "region": region, "A": place % 2, "B": place % 3 > 0, "C": 1}
        for region, size in (("east", 40), ("west", 60))
        for place in range(size)
    ]
    found = estimate_by(rows, ["region"], method="chao")
    assert found.by == ("region",)
    assert [found[name].documented for name in ("east", "west")] == [40, 60]


def test_a_table_of_counts_is_divided_by_columns() -> None:
    text = "region,A,B,count\nn,1,0,30\nn,0,1,20\nn,1,1,10\ns,1,0,5\ns,1,1,9\ns,0,1,7\n"
    found = estimate_by(text, ["region"], method="two_list")
    assert found["n"].estimate == pytest.approx(41 * 31 / 11 - 1)


def test_nobody_may_belong_to_two_parts() -> None:
    rows = [
        {"id": "one", "region": "n", "A": 1, "B": 1},
        {"id": "one", "region": "s", "A": 1, "B": 0},
    ]
    with pytest.raises(TableError, match="1 people belong to more than one part") as caught:
        estimate_by(rows, ["region"])
    assert "'one'" not in str(caught.value)


def test_the_sum_of_parts_is_narrower_than_the_sum_of_their_ends() -> None:
    parts = estimate_by({"north": table(3), "south": table(5)})
    total = combine(parts)
    north, south = parts["north"], parts["south"]
    assert total.documented == 180 + 300
    assert total.interval is not None
    assert north.interval is not None
    assert south.interval is not None
    assert total.interval.lower > north.interval.lower + south.interval.lower
    assert total.interval.upper < north.interval.upper + south.interval.upper
    assert total.mean == pytest.approx((north.mean or 0) + (south.mean or 0), rel=0.02)
    assert total.verdict is Verdict.OK
    assert [part.counted for part in total.parts] == ["in full", "in full"]


def test_equal_parts_are_drawn_apart() -> None:
    normal = estimate(draws=np.random.default_rng(1).normal(1000, 10, 5000), documented=0)
    total = combine([normal, normal])
    assert total.draws is not None
    assert total.draws.std() == pytest.approx(10 * math.sqrt(2), rel=0.05)


def test_names_and_order_of_parts_change_nothing_and_the_seed_does() -> None:
    one = combine({"a": estimate(name="x"), "b": estimate(300, name="y")})
    two = combine({"z": estimate(300, name="y"), "p": estimate(name="x")})
    other = combine({"a": estimate(name="x"), "b": estimate(300, name="y")}, seed=9)
    assert one.draws is not None
    assert two.draws is not None
    assert one.draws.tobytes() == two.draws.tobytes()
    assert other.draws is not None
    assert one.draws.tobytes() != other.draws.tobytes()
    assert one.provenance.seed == 1


def test_a_refused_part_counts_with_its_documented_and_makes_a_lower_bound() -> None:
    total = combine({"north": estimate(), "south": REFUSED})
    assert total.verdict is Verdict.LOWER_BOUND_ONLY
    assert total.decision.rule == "strata-refused"
    assert total.decision.because.startswith("Parts without an estimate: 1 of 2;")
    assert total.documented == 170
    assert total.estimate == pytest.approx(200 + 70, rel=0.02)
    assert total.interval is not None
    assert total.interval.lower == pytest.approx(150 + 70, rel=0.02)
    assert total.interval.upper == math.inf
    assert total.parts[1].counted == "documented only"


def test_where_every_part_is_refused_so_is_the_sum() -> None:
    total = combine([REFUSED, REFUSED])
    assert total.verdict is Verdict.REFUSED
    assert total.estimate is None
    assert total.documented == 140


def test_a_part_without_an_upper_end_counts_with_its_lower_end() -> None:
    endless = estimate(500, Interval(120, math.inf), decision=decide("grid-end"), name="u")
    total = combine({"north": estimate(), "south": endless})
    assert total.verdict is Verdict.LOWER_BOUND_ONLY
    assert total.decision.rule == "grid-end"
    assert total.decision.because.startswith("south: ")
    assert total.estimate == pytest.approx(200 + 120, rel=0.02)


def test_a_part_that_is_a_range_makes_the_sum_one() -> None:
    ranged = estimate(decision=decide("prior-decides"), name="u")
    assert combine([estimate(), ranged]).verdict is Verdict.RANGE_ONLY


def test_an_interval_without_draws_keeps_its_ends() -> None:
    drawn = draw(estimate(), 100_000, np.random.default_rng(2))
    assert drawn is not None
    found = np.quantile(drawn, [0.025, 0.5, 0.975])
    np.testing.assert_allclose(found, [150, 200, 300], rtol=0.01)
    assert drawn.min() >= 100


def test_nobody_unseen_and_a_standard_error_alone_can_be_drawn_from() -> None:
    nobody = draw(estimate(100, Interval(100, 110)), 1000, np.random.default_rng(2))
    assert nobody is not None
    assert nobody.min() == 100
    erring = draw(estimate(200, None, se=20), 50_000, np.random.default_rng(2))
    assert erring is not None
    assert np.std(erring) == pytest.approx(20, rel=0.1)
    assert draw(estimate(200, None), 10, np.random.default_rng(2)) is None


@pytest.mark.parametrize(
    ("parts", "by"),
    [
        ({1: table(1), "1": table(2)}, ()),
        ({}, ()),
        (table(1), ["region"]),
        (table(1), ()),
        ({"a": table(1)}, "region"),
    ],
)
def test_what_is_no_division_is_refused(parts: object, by: object) -> None:
    with pytest.raises(EstimationError):
        estimate_by(parts, by)  # type: ignore[arg-type]


@pytest.mark.parametrize("rows", [[{"A": 1}], [("p", ["A"])], [{"region": "n", "A": 1}, {"A": 1}]])
def test_rows_that_do_not_say_their_part_are_refused(rows: list[object]) -> None:
    with pytest.raises(TableError):
        estimate_by(rows, ["region"])  # type: ignore[arg-type]


def test_no_parts_no_sum_and_no_unknown_method() -> None:
    with pytest.raises(EstimationError):
        combine([])
    with pytest.raises(EstimationError):
        combine([estimate()], size=0)
    with pytest.raises(EstimationError, match="no method"):
        estimate_by({"a": table(1)}, method="guess")
    with pytest.raises(EstimationError):
        estimate_by({"a": table(1)})["b"]


def test_a_method_that_stops_on_one_part_is_refused_there_and_on_all_is_told() -> None:
    def picky(t: CaptureTable) -> Estimate:
        if t.n < 100:
            raise EstimationError("Too few for me", remedy="Bring more.")
        return dga(t)

    found = estimate_by({"few": table(1), "many": table(4)}, method=picky)
    assert found["few"].decision.rule == "failed"
    assert "Too few for me" in found["few"].decision.because
    assert found["many"].verdict is Verdict.OK
    with pytest.raises(EstimationError, match="Too few"):
        estimate_by({"few": table(1)}, method=picky)
    with pytest.raises(EstimationError, match="delta"):
        estimate_by({"few": table(1), "many": table(4)}, delta=-1)


NOTHING: Any = "nothing"
NUMBER: Any = 7
CSV = "region,a,b,c,count\n" + "".join(
    f"{region},{a},{b},{c},{count}\n"
    for region in ("north", "south")
    for (a, b, c), count in {
        (1, 0, 0): 60, (0, 1, 0): 50, (0, 0, 1): 40, (1, 1, 0): 20, (1, 0, 1): 18, (0, 1, 1): 16,
        (1, 1, 1): 7,
    }.items()
)  # fmt: skip


def test_a_column_alone_divides_as_a_list_of_one_does() -> None:
    one, other = estimate_by(CSV, by="region"), estimate_by(CSV, by=["region"])
    assert one.by == other.by == ("region",)
    assert one["north"].estimate == other["north"].estimate


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: estimate_by(table(1), by="region"), "'north'"),
        (lambda: estimate_by(NUMBER, by=["region"]), "rows of people"),
        (lambda: estimate_by({"north": NOTHING}), "from_counts"),
        (lambda: estimate_by(CSV, by="region", method=NOTHING), "dga"),
        (lambda: estimate_by(CSV, by="region", method="dga", deltaa=1), "delta"),
        (lambda: estimate_by(CSV, by="region")["west"], "north; south"),
        (lambda: combine([NOTHING]), "estimate_by"),
        (lambda: combine(NOTHING), "estimate_by"),
        (lambda: combine(estimate_by(CSV, by="region"), size=NOTHING), "1,000,000"),
        (lambda: combine(estimate_by(CSV, by="region"), seed=-1), "whole number"),
        (lambda: combine([]), "one estimate or more"),
    ],
)
def test_what_a_newcomer_gets_wrong_is_named_with_a_remedy(
    call: Callable[[], object], said: str
) -> None:
    with pytest.raises((EstimationError, TableError)) as caught:
        call()
    assert said in (caught.value.remedy or "")


@pytest.mark.parametrize("method", ["bayes_threshold", "pairs", "chao", dga])
def test_parts_are_estimated_by_any_method_and_added_up(method: Any) -> None:
    found = combine(estimate_by(CSV, by="region", method=method))
    assert found.documented == 2 * 211
    assert found.interval is not None
    assert found.interval.lower >= found.documented
