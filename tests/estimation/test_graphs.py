"""Decomposable graphs: how many there are, and their cliques and separators."""

from itertools import combinations, permutations

import pytest

from khronika.estimation.errors import EstimationError
from khronika.estimation.graphs import decomposable, pairs

KNOWN = {1: 1, 2: 2, 3: 8, 4: 61, 5: 822, 6: 18154}  # labelled chordal graphs


@pytest.mark.parametrize("width", KNOWN)
def test_as_many_graphs_as_there_are(width: int) -> None:
    assert len(decomposable(width)) == KNOWN[width]


@pytest.mark.parametrize("width", [3, 4])
def test_the_graphs_are_those_that_some_order_takes_apart(width: int) -> None:
    found = set(decomposable(width).edges.tolist())
    assert found == {edges for edges in range(2 ** len(pairs(width))) if takes_apart(edges, width)}


@pytest.mark.parametrize("width", [3, 4, 5])
def test_cliques_are_the_largest_groups_of_joined_lists(width: int) -> None:
    graphs = decomposable(width)
    for place in range(0, len(graphs), 7):
        assert set(graphs.cliques(place)) == largest(int(graphs.edges[place]), width)


def test_a_chain_parts_at_its_middle_and_loose_lists_at_nothing() -> None:
    graphs = decomposable(3)
    chain = graphs.edges.tolist().index(0b101)  # 0-1 and 1-2
    assert graphs.cliques(chain) == ((0, 1), (1, 2))
    assert graphs.separators(chain) == ((1,),)
    assert graphs.cliques(0) == ((0,), (1,), (2,))
    assert graphs.separators(0) == ((), ())


@pytest.mark.parametrize("width", [0, 7])
def test_no_graphs_of_no_list_or_of_too_many(width: int) -> None:
    with pytest.raises(EstimationError, match=str(width)):
        decomposable(width)


def joined(edges: int, width: int) -> dict[int, set[int]]:
    near: dict[int, set[int]] = {one: set() for one in range(width)}
    for place, (one, other) in enumerate(pairs(width)):
        if edges >> place & 1:
            near[one].add(other)
            near[other].add(one)
    return near


def takes_apart(edges: int, width: int) -> bool:
    near = joined(edges, width)
    return any(
        all(
            other in near[one]
            for place, vertex in enumerate(order)
            for one, other in combinations(near[vertex] - set(order[:place]), 2)
        )
        for order in permutations(range(width))
    )


def largest(edges: int, width: int) -> set[tuple[int, ...]]:
    near = joined(edges, width)
    groups = {
        group
        for size in range(1, width + 1)
        for group in combinations(range(width), size)
        if all(other in near[one] for one, other in combinations(group, 2))
    }
    return {one for one in groups if not any(set(one) < set(other) for other in groups)}
