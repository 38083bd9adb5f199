"""Averaging over decomposable graphs: closed form, grid, refusals, what must not matter."""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from scipy.special import gammaln

from khronika.estimation import (
    CaptureTable,
    EstimationError,
    Interval,
    Verdict,
    dga,
    gamma_poisson,
    tidy,
)
from khronika.estimation.graph_posterior import look_at, spread
from khronika.estimation.graphs import decomposable
from khronika.estimation.hyper_dirichlet import Marginals


def table(cells: dict[str, int], lists: Sequence[str] = ()) -> CaptureTable:
    rows = np.array([[letter == "1" for letter in history] for history in cells])
    names = lists or tuple("ABCDEF"[: rows.shape[1]])
    return tidy(names, rows, np.array(list(cells.values())))


def independent(people: int, shares: Sequence[float]) -> CaptureTable:
    """The table that independent lists are expected to give, rounded."""
    cells = {}
    for history in product("01", repeat=len(shares)):
        chance = math.prod(p if on == "1" else 1 - p for p, on in zip(shares, history, strict=True))
        if "1" in history and round(people * chance):
            cells["".join(history)] = round(people * chance)
    return table(cells)


THREE = table({"100": 40, "010": 35, "001": 50, "110": 12, "101": 9, "011": 14, "111": 6})
FOUR = independent(1000, (0.4, 0.3, 0.35, 0.2))


def dirichlet_multinomial(cells: Sequence[float], pseudo: float) -> float:
    """Log probability of a sequence of people, each in one of the cells."""
    found = gammaln(len(cells) * pseudo) - gammaln(sum(cells) + len(cells) * pseudo)
    return float(found + sum(gammaln(cell + pseudo) - gammaln(pseudo) for cell in cells))


def by_hand(cliques: Sequence[Sequence[int]], parts: Sequence[Sequence[int]], unseen: int) -> float:
    """The likelihood of THREE under a graph, from its definition, with a pseudo-count of 1/8."""
    counts: dict[tuple[bool, ...], int] = {(False, False, False): unseen}
    for row, count in zip(THREE.histories, THREE.counts, strict=True):
        counts[tuple(bool(on) for on in row)] = int(count)

    def margin(group: Sequence[int]) -> float:
        cells: dict[tuple[bool, ...], float] = dict.fromkeys(
            product((False, True), repeat=len(group)), 0
        )
        for history, count in counts.items():
            cells[tuple(history[j] for j in group)] += count
        return dirichlet_multinomial(list(cells.values()), 2.0 ** -len(group))

    people = THREE.n + unseen
    ways = gammaln(people + 1) - gammaln(unseen + 1)
    return float(ways + sum(map(margin, cliques)) - sum(map(margin, parts)))


def test_the_likelihood_is_that_of_cliques_over_that_of_separators() -> None:
    graphs = decomposable(3)
    marginals = Marginals.of(THREE.dense, graphs, 1 / 8)
    unseen = np.array([1.0, 7.0, 60.0, 4000.0])
    found = marginals.log_likelihood(unseen, np.arange(len(graphs)))
    for place in range(len(graphs)):
        wanted = [
            by_hand(graphs.cliques(place), graphs.separators(place), int(one)) for one in unseen
        ]
        np.testing.assert_allclose(found[place], wanted, atol=1e-8)


def test_the_likelihood_goes_by_the_power_that_is_foretold() -> None:
    graphs = decomposable(4)
    marginals = Marginals.of(FOUR.dense, graphs, 1 / 16)
    which = np.arange(len(graphs))
    far = marginals.log_likelihood(np.array([1e8, 1.01e8]), which)
    slopes = (far[:, 1] - far[:, 0]) / math.log(1.01)
    np.testing.assert_allclose(slopes, marginals.falls(which), atol=0.01)


def test_all_numbers_and_a_long_grid_of_them_say_the_same() -> None:
    free, grid = dga(FOUR), dga(FOUR, grid=range(1, 20_000))
    assert free.median == pytest.approx(grid.median, abs=1)
    assert free.interval == pytest.approx(grid.interval, abs=1)
    assert free.mean == pytest.approx(grid.mean, rel=1e-3)
    assert free.mode == grid.mode
    assert free.graphs[0].label == grid.graphs[0].label
    assert free.graphs[0].weight == pytest.approx(grid.graphs[0].weight, rel=1e-3)


def test_independent_lists_give_back_the_number_they_were_made_of() -> None:
    found = dga(FOUR)
    assert found.verdict is Verdict.OK
    assert found.interval is not None
    assert found.interval.lower < 1000 < found.interval.upper
    assert found.graphs[0].label == "[1,2,3,4]"
    assert found.considered == 61


def test_a_great_table_is_found_although_its_posterior_is_narrow() -> None:
    great = independent(40_000_000, (0.5, 0.4, 0.3))
    found = dga(great)
    assert found.estimate == pytest.approx(40_000_000, rel=1e-3)
    assert found.interval is not None
    assert found.interval.upper - found.interval.lower < 0.01 * 40_000_000


def test_order_and_names_of_lists_and_the_order_of_rows_change_nothing() -> None:
    other = THREE.take([2, 0, 1])
    renamed = tidy(("zeta", "eta", "theta"), other.histories[::-1], other.counts[::-1])
    one, two = dga(THREE), dga(renamed)
    assert one.estimate == two.estimate
    assert one.interval == two.interval
    assert [graph.weight for graph in one.graphs] == [graph.weight for graph in two.graphs]
    assert one.draw(50, 3).tobytes() == two.draw(50, 3).tobytes()


def test_labels_use_the_places_and_names_of_the_table_given() -> None:
    pair = table(
        {"100": 60, "010": 55, "001": 60, "110": 45, "101": 12, "011": 12, "111": 12},
        ("press", "wire", "court"),
    )
    assert dga(pair).graphs[0].label == "[12,3]"
    assert dga(pair).graphs[0].cliques == (("press", "wire"), ("court",))
    assert dga(pair.take([2, 0, 1])).graphs[0].label == "[1,23]"


def test_a_list_with_nobody_is_left_out() -> None:
    wider = tidy(
        (*THREE.lists, "empty"),
        np.column_stack((THREE.histories, np.zeros(len(THREE.counts), dtype=np.bool_))),
        THREE.counts,
    )
    assert dga(wider).median == dga(THREE).median


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"1": 80}, "one-list"),
        ({"10": 30, "01": 40, "11": 6}, "few-overlaps"),
        ({"100": 30, "010": 40, "001": 3, "110": 9, "111": 2}, "few-lists"),
        ({"1000": 30, "0100": 40, "0010": 20, "0001": 20, "1100": 9, "0011": 5}, "disconnected"),
        ({f"{one:07b}": 9 for one in range(1, 128)}, "too-large"),
    ],
)
def test_refusals(cells: dict[str, int], rule: str) -> None:
    lists = tuple(f"L{one}" for one in range(len(next(iter(cells)))))
    found = dga(table(cells, lists))
    assert found.verdict is Verdict.REFUSED
    assert found.decision.rule == rule
    assert found.estimate is None
    assert found.interval is None
    assert found.median is None


def test_a_table_of_nobody_is_refused() -> None:
    nobody = CaptureTable(
        lists=("A", "B", "C"),
        histories=np.zeros((0, 3), dtype=np.bool_),
        counts=np.zeros(0, dtype=np.int64),
    )
    assert dga(nobody).verdict is Verdict.REFUSED


def test_a_refused_estimate_has_nothing_to_draw_from() -> None:
    with pytest.raises(EstimationError, match="refused"):
        dga(table({"1": 5})).draw(10, 0)


def test_two_lists_give_a_range_if_they_were_independent() -> None:
    found = dga(table({"10": 200, "01": 300, "11": 60}))
    assert found.verdict is Verdict.RANGE_ONLY
    assert found.decision.rule == "two-lists-independence"
    assert found.considered == 1
    assert found.median == pytest.approx(260 * 360 / 60, rel=0.03)


def test_where_every_list_depends_on_every_other_only_the_lower_end_holds() -> None:
    tied = table({"100": 100, "010": 100, "001": 100, "110": 1, "101": 1, "011": 1, "111": 100})
    found = dga(tied)
    assert found.graphs[0].label == "[123]"
    assert found.decision.rule == "not-identified"
    assert found.verdict is Verdict.LOWER_BOUND_ONLY
    assert found.interval is not None
    assert found.interval.upper == math.inf


def test_a_grid_that_ends_early_gives_only_the_lower_end() -> None:
    found = dga(THREE, grid=range(1, 60))
    assert found.decision.rule == "grid-end"
    assert found.verdict is Verdict.LOWER_BOUND_ONLY
    assert found.tail is not None
    assert found.tail > 0.1
    assert "59" in found.decision.because


def test_a_prior_that_never_dies_out_gives_only_what_is_documented() -> None:
    found = dga(THREE, prior=lambda people: 1.5 * np.log(people))
    assert found.decision.rule == "grid-end"
    assert found.estimate == found.documented == THREE.n
    assert found.interval == Interval(THREE.n, math.inf)
    assert not found.graphs


def test_a_prior_of_ones_own_moves_the_answer_to_where_it_has_its_weight() -> None:
    low = dga(THREE, prior=gamma_poisson(400.0, 0.5))
    free = dga(THREE)
    assert low.prior == "gamma-Poisson(400, 0.5)"
    assert low.median is not None
    assert free.median is not None
    assert low.median < free.median
    only = dga(THREE, prior=lambda people: np.where(people <= 300, 0.0, -np.inf))
    assert only.interval is not None
    assert only.interval.upper <= 302
    assert only.tail == 0


def test_draws_follow_the_posterior_and_their_seed() -> None:
    found = dga(FOUR)
    draws = found.draw(20_000, 5)
    assert found.interval is not None
    assert np.quantile(draws, 0.5) == pytest.approx(found.median, rel=0.01)
    assert np.quantile(draws, 0.975) == pytest.approx(found.interval.upper, rel=0.02)
    assert draws.min() > FOUR.n
    assert (draws == found.draw(20_000, 5)).all()
    assert (draws != found.draw(20_000, 6)).any()


@pytest.mark.parametrize(
    "asked",
    [
        {"delta": 0},
        {"delta": -1.0},
        {"delta": math.nan},
        {"delta": "much"},
        {"prior": "2/N"},
        {"prior": lambda people: people[:1]},
        {"prior": lambda people: people * math.nan},
        {"prior": lambda people: people * -math.inf},
        {"prior": lambda people: people * 1j},
        {"prior": lambda people: np.array(["much"] * len(people))},
        {"prior": lambda people: np.full(people.shape, 1e308)},
        {"prior": lambda people: 1 / 0},
        {"graphs": "all"},
        {"graphs": None},
        {"grid": []},
        {"grid": [3, 2]},
        {"grid": [-1, 2]},
        {"grid": [0.5, 2.0]},
        {"grid": np.array([1, 10**11])},
    ],
)
def test_settings_that_make_no_sense(asked: dict[str, object]) -> None:
    with pytest.raises(EstimationError) as caught:
        dga(THREE, **asked)  # type: ignore[arg-type]
    assert caught.value.remedy


def test_a_grid_too_long_to_reckon() -> None:
    five = independent(300, (0.4, 0.3, 0.35, 0.2, 0.5))
    with pytest.raises(EstimationError, match="too long"):
        dga(five, grid=np.arange(1, 700_000))


def test_numbers_looked_at_stand_for_all_numbers() -> None:
    looked = look_at(500)
    assert (np.diff(looked) >= 1).all()
    assert spread(looked).sum() == pytest.approx(looked[-1])
    assert len(looked) < 3000


def test_people_of_one_kind_on_all_lists_are_enough() -> None:
    found = dga(table({"111": 50}))
    assert found.estimate is None or found.estimate >= 50
