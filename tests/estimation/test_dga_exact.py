"""Averages over graphs against a sum over everything, each graph as a chain of conditionals.

The likelihood here is the score of a network of conditionals with an even prior (BDeu; Heckerman,
Geiger & Chickering, Machine Learning 20, 1995), not the product of cliques over separators that
`dga` uses; the graphs are found by taking vertices away, one by one.
"""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from scipy.special import gammaln, logsumexp

from khronika.estimation import CaptureTable, dga

Edges = frozenset[tuple[int, int]]
LONG = 40_000  # unseen people looked at, one by one


def drawn(seed: int, lists: int, people: int, tied: float) -> CaptureTable:
    """Lists that find people with chances of their own, the first two of them tied."""
    rng = np.random.default_rng(seed)
    on = rng.random((people, lists)) < rng.uniform(0.1, 0.5, lists)
    copied = rng.random(people) < tied
    on[copied, 1] = on[copied, 0]
    names = [f"l{j}" for j in range(lists)]
    rows = [{name: int(x) for name, x in zip(names, row, strict=True)} for row in on if row.any()]
    return CaptureTable.from_records(rows, names)


def order_of(edges: Edges, lists: int) -> list[tuple[int, tuple[int, ...]]] | None:
    """Vertices with their parents, each parents' set complete; None if the graph is not chordal."""
    left, taken = set(range(lists)), []
    while left:
        for vertex in sorted(left):
            near = tuple(k for k in sorted(left) if (min(k, vertex), max(k, vertex)) in edges)
            if all(pair in edges for pair in combinations(near, 2)):
                taken.append((vertex, near))
                left.remove(vertex)
                break
        else:
            return None
    return taken


def graphs(lists: int) -> Iterator[tuple[Edges, list[tuple[int, tuple[int, ...]]]]]:
    pairs = list(combinations(range(lists), 2))
    for chosen in product((False, True), repeat=len(pairs)):
        edges = frozenset(pair for pair, there in zip(pairs, chosen, strict=True) if there)
        order = order_of(edges, lists)
        if order is not None:
            yield edges, order


def scores(t: CaptureTable, delta: float, unseen: np.ndarray) -> tuple[list[Edges], np.ndarray]:
    """Log of likelihood times prior 1/N: graphs x numbers of unseen people."""
    lists = len(t.lists)
    found, edges = [], []
    ways = gammaln(t.n + unseen + 1) - gammaln(unseen + 1) - np.log(t.n + unseen)
    for graph, order in graphs(lists):
        score = ways.copy()
        for vertex, parents in order:
            score = score + conditional(t, vertex, parents, delta, unseen)
        found.append(score)
        edges.append(graph)
    return edges, np.array(found)


def conditional(
    t: CaptureTable, vertex: int, parents: tuple[int, ...], delta: float, unseen: np.ndarray
) -> np.ndarray:
    """Log probability of one list given its parents, their chances even beforehand."""
    pseudo = delta * 2.0 ** (len(t.lists) - len(parents) - 1)
    told = np.zeros(len(unseen))
    for states in product((False, True), repeat=len(parents)):
        here = (t.histories[:, list(parents)] == states).all(axis=1)
        counts = [
            float(t.counts[here & (t.histories[:, vertex] == on)].sum()) for on in (False, True)
        ]
        off = counts[0] + (unseen if not any(states) else 0.0)
        whole = off + counts[1]
        told = told + gammaln(2 * pseudo) - gammaln(2 * pseudo + whole)
        told = told + gammaln(pseudo + off) + gammaln(pseudo + counts[1]) - 2 * gammaln(pseudo)
    return told


def quantile(mass: np.ndarray, unseen: np.ndarray, share: float) -> float:
    return float(unseen[np.searchsorted(np.cumsum(mass), share)])


@pytest.mark.parametrize(
    ("seed", "lists", "people", "tied"),
    [(1, 3, 300, 0.0), (2, 3, 900, 0.2), (3, 4, 120, 0.0), (4, 4, 700, 0.3)],
)
@pytest.mark.parametrize("delta", [None, 0.01, 1.0])
def test_the_average_is_that_over_all_graphs_and_numbers(
    seed: int, lists: int, people: int, tied: float, delta: float | None
) -> None:
    t = drawn(seed, lists, people, tied)
    unseen = np.arange(1.0, LONG)
    chosen = 2.0**-lists if delta is None else delta
    edges, logs = scores(t, chosen, unseen)
    assert len(edges) == {3: 8, 4: 61}[lists]
    whole = logsumexp(logs)
    mass = np.exp(logsumexp(logs, axis=0) - whole)
    found = dga(t, delta=delta, grid=range(1, LONG))
    assert found.interval is not None
    wanted = [t.n + quantile(mass, unseen, share) for share in (0.025, 0.5, 0.975)]
    assert (found.median, found.mode) == (wanted[1], t.n + unseen[np.argmax(mass)])
    assert found.interval.lower == wanted[0]
    if np.isfinite(found.interval.upper):
        assert found.interval.upper == wanted[2]
    weights = dict(zip(edges, np.exp(logsumexp(logs, axis=1) - whole), strict=True))
    for one in found.graphs:
        joined = {
            (min(t.index(a), t.index(b)), max(t.index(a), t.index(b)))
            for clique in one.cliques
            for a, b in combinations(clique, 2)
        }
        assert one.weight == pytest.approx(weights[frozenset(joined)], rel=1e-6)
    if mass[-4000:].sum() < 1e-7:  # nothing beyond: all numbers say what the grid says
        free = dga(t, delta=delta)
        assert free.median == pytest.approx(found.median, abs=1)
        assert free.interval == pytest.approx(found.interval, abs=1)
