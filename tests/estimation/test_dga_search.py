"""Averaging over graphs met on walks: the same as over all graphs, for any number of lists."""

from itertools import combinations

import numpy as np
import pytest

from estimation.results_made import overlapping, table
from khronika.estimation import (
    CaptureTable,
    EstimationError,
    Verdict,
    dga,
    dga_search,
    families,
    tidy,
)
from khronika.estimation.graph_walk import Margins, Scores, Walk, cliques, complete, parted
from khronika.estimation.graphs import decomposable
from khronika.estimation.notes import noted

FOUR = table(
    a=300, b=250, c=200, d=150, ab=60, ac=50, bc=40, ad=30, bd=30, cd=25, abc=12, abd=9, acd=8,
    bcd=6, abcd=4,
)  # fmt: skip
FIVE = table(
    a=100, b=90, c=80, d=70, e=60, ab=20, ac=15, bc=10, de=30, ae=5, abc=4, cde=6, bd=8
)  # fmt: skip


def drawn(lists: int, people: int, chance: float, seed: int) -> CaptureTable:
    """Lists that do not depend on each other."""
    on = np.random.default_rng(seed).random((people, lists)) < chance
    on = on[on.any(axis=1)]
    return tidy([f"list {j}" for j in range(lists)], on, np.ones(len(on), dtype=np.int64))


@pytest.mark.parametrize("t", [overlapping(), FOUR, FIVE], ids=["three", "four", "five"])
@pytest.mark.parametrize("delta", [None, 0.1])
def test_few_lists_give_what_all_graphs_give(t: CaptureTable, delta: float | None) -> None:
    whole, walked = dga(t, delta), dga_search(t, delta)
    assert whole.estimate is not None
    assert whole.interval is not None
    assert walked.interval is not None
    assert walked.estimate == pytest.approx(whole.estimate, rel=0.005)
    assert walked.interval.lower == pytest.approx(whole.interval.lower, rel=0.01)
    assert walked.interval.upper == pytest.approx(whole.interval.upper, rel=0.015)
    assert walked.graphs[0].cliques == whole.graphs[0].cliques
    assert walked.graphs[0].weight == pytest.approx(whole.graphs[0].weight, abs=0.05)
    assert walked.graphs[0].median == pytest.approx(whole.graphs[0].median, rel=0.005)


def walk_of(width: int) -> Walk:
    t = drawn(width, 300, 0.3, width)
    unseen = np.arange(1.0, 400.0)
    return Walk.at(Scores(Margins(t, 1.0), unseen, np.zeros(len(unseen))), (0,) * width)


@pytest.mark.parametrize("width", [4, 5])
def test_steps_at_random_meet_every_decomposable_graph_and_no_other(width: int) -> None:
    walk, rng = walk_of(width), np.random.default_rng(3)
    pairs = list(combinations(range(width), 2))
    met = set()
    for place in rng.integers(0, len(pairs), 40_000 if width == 5 else 4_000):
        walk.try_pair(*pairs[int(place)], margin=-np.inf)
        met.add(sum(1 << k for k, (a, b) in enumerate(pairs) if walk.joined[a] >> b & 1))
    assert met == set(decomposable(width).edges.tolist())


def test_many_steps_leave_the_likelihood_what_it_is() -> None:
    walk, rng = walk_of(9), np.random.default_rng(4)
    for _step in range(2_000):
        one, other = rng.choice(9, 2, replace=False)
        walk.try_pair(int(one), int(other), -np.inf if rng.random() < 0.3 else -1.0)
    assert walk.score == pytest.approx(walk.scores.graph(tuple(walk.joined)), abs=1e-6)
    assert max(map(len, cliques(tuple(walk.joined)))) <= 6


def test_two_pairs_at_once_leave_all_as_it_was_where_they_are_not_taken() -> None:
    walk, rng = walk_of(6), np.random.default_rng(6)
    pairs = list(combinations(range(6), 2))
    taken = 0
    for _step in range(300):
        before = tuple(walk.joined), walk.log_weight, walk.score.copy(), walk.mass.copy()
        first, second = (pairs[int(place)] for place in rng.integers(0, len(pairs), 2))
        margin = float(np.log(rng.random()))
        if walk.try_two(first, second, margin):
            taken += 1
            assert walk.log_weight > before[1] + margin
        else:
            assert (tuple(walk.joined), walk.log_weight) == before[:2]
            assert np.array_equal(walk.score, before[2])
            assert np.array_equal(walk.mass, before[3])
    assert 0 < taken < 300


def test_what_parts_two_lists() -> None:
    ring = [0b1010, 0b0101, 0b1010, 0b0101]  # 0-1-2-3-0
    assert parted(ring, 0, 2, 0b1010)
    assert not parted(ring, 0, 2, 0b0010)
    assert not complete(ring, 0b1010)
    assert complete(ring, 0b0011)


@pytest.mark.parametrize(("lists", "chance"), [(8, 0.12), (14, 0.08), (25, 0.05)])
def test_lists_that_do_not_depend_on_each_other_give_the_number(lists: int, chance: float) -> None:
    found = dga_search(drawn(lists, 2_000, chance, lists))
    assert found.verdict is Verdict.OK
    assert found.interval is not None
    assert found.interval.lower < 2_000 < found.interval.upper
    assert found.notes == (noted("graphs-met", n=found.considered, lists=lists),)


def test_a_pair_that_depends_is_seen() -> None:
    rng = np.random.default_rng(5)
    on = rng.random((2_000, 9)) < 0.12
    on[:, 1] = np.where(rng.random(2_000) < 0.5, on[:, 0], on[:, 1])
    on = on[on.any(axis=1)]
    t = tidy([f"list {j}" for j in range(9)], on, np.ones(len(on), dtype=np.int64))
    found = dga_search(t)
    together = [any({"list 0", "list 1"} <= set(clique) for clique in graph.cliques)
                for graph in found.graphs]  # fmt: skip
    assert all(together)
    assert found.interval is not None
    assert found.interval.lower < 2_000 < found.interval.upper


def test_the_same_seed_gives_the_same_and_another_nearly() -> None:
    t = drawn(10, 800, 0.1, 1)
    one, same, other = dga_search(t), dga_search(t, seed=1), dga_search(t, seed=2)
    assert (one.estimate, one.interval, one.graphs) == (same.estimate, same.interval, same.graphs)
    assert one.estimate is not None
    assert other.estimate == pytest.approx(one.estimate, rel=0.01)


def test_lists_in_another_order_and_by_other_names_change_nothing() -> None:
    t = drawn(8, 800, 0.12, 2)
    turned = t.take([3, 0, 7, 1, 5, 2, 6, 4])
    one, other = dga_search(t), dga_search(turned)
    assert (one.estimate, one.interval) == (other.estimate, other.interval)
    named = {frozenset(map(frozenset, graph.cliques)) for graph in one.graphs}
    assert named == {frozenset(map(frozenset, graph.cliques)) for graph in other.graphs}


def test_a_report_takes_walks_for_more_than_six_lists() -> None:
    assert families.graphs_of(FIVE).provenance.settings["graphs"] == "decomposable"
    found = families.graphs_of(drawn(7, 600, 0.15, 3), 0.25, seed=4)
    assert found.provenance.settings["graphs"] == "searched"
    assert found.provenance.seed == 4
    assert found.delta == 0.25


@pytest.mark.parametrize(
    "t",
    [
        table(a=5),
        table(a=40, b=30, ab=20),
        table(abcdefgh=50),
        table(**{"abcdefghijklmnopqrstuvwxyz"[j : j + 2]: 12 for j in range(25)}),
        drawn(62, 300, 0.03, 4),
        table(a=10**17, b=10**17, c=10**17, ab=10**16, bc=10**16, ac=10**16, abc=10**15),
        table(a=4 * 10**8, b=10**8, c=10**8, ab=10**7, bc=10**7, ac=10**7, abc=10**6),
        table(a=12, b=12, c=12, d=12, e=12, f=12, g=12, ab=1, bc=1, cd=1, de=1, ef=1, fg=1, ag=1),
    ],
    ids=["one", "two", "one cell", "a chain", "62", "too large", "large", "hardly tied"],
)
def test_any_table_ends_in_a_result(t: CaptureTable) -> None:
    found = dga_search(t)
    assert found.documented == t.n
    if found.verdict is Verdict.REFUSED:
        assert found.estimate is None
        assert found.interval is None
    else:
        assert found.interval is not None
        assert found.interval.lower >= t.n


def test_walks_that_do_not_agree_give_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    module = sys.modules["khronika.estimation.dga_search"]
    monkeypatch.setattr(module, "FEWEST_STEPS", 8)
    monkeypatch.setattr(module, "STEPS", 0)
    monkeypatch.setattr(module, "MOST_ROUNDS", 1)
    found = dga_search(drawn(10, 800, 0.1, 1))
    assert found.decision.rule == "not-converged"
    assert found.estimate is None


@pytest.mark.parametrize("delta", [0, -1.0, float("nan"), "1"])
def test_a_pseudo_count_is_positive(delta: object) -> None:
    with pytest.raises(EstimationError):
        dga_search(FOUR, delta)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [-1, 1.5, "1"])
def test_a_seed_is_a_whole_number(seed: object) -> None:
    with pytest.raises(EstimationError):
        dga_search(FOUR, seed=seed)  # type: ignore[arg-type]
