"""Decomposable graphs: every pattern of dependence between lists that has a closed form.

A graph joins two lists that depend on each other given the rest. It is decomposable (chordal) if
no ring of four or more lists lacks a chord; its likelihood is then that of its cliques divided by
that of the separators between them (Lauritzen 1996, chapter 2).
"""

from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from khronika.estimation.errors import EstimationError

MOST_VERTICES = 6  # 18,154 graphs; seven lists would have 617,675

Group = tuple[int, ...]  # lists, by place, in order


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Graphs:
    """All decomposable graphs of some lists.

    Attributes:
        width: how many lists.
        edges: one whole number a graph; its bits are the pairs of `pairs(width)`.
        terms: graphs x 2^width: how often each set of lists, a number whose bit j is list j, is a
            clique (1) or a separator (-1, -2, ...). The empty set counts as a separator between
            parts of a graph that nothing joins.
    """

    width: int
    edges: NDArray[np.int64] = field(repr=False)
    terms: NDArray[np.int8] = field(repr=False)

    def __len__(self) -> int:
        """How many graphs."""
        return len(self.edges)

    def cliques(self, graph: int) -> tuple[Group, ...]:
        """The largest sets of lists of a graph in which each is joined to each."""
        found = np.flatnonzero(self.terms[graph] > 0)
        return tuple(sorted(members(int(one)) for one in found))

    def separators(self, graph: int) -> tuple[Group, ...]:
        """What neighbouring cliques share, as often as it parts two of them."""
        row = self.terms[graph]
        return tuple(
            sorted(
                members(int(one)) for one in np.flatnonzero(row < 0) for _ in range(-int(row[one]))
            )
        )


def members(group: int) -> Group:
    """The lists of a set that is written as a number."""
    return tuple(j for j in range(group.bit_length()) if group >> j & 1)


def pairs(width: int) -> tuple[tuple[int, int], ...]:
    """Pairs of lists, in the order of the bits of `Graphs.edges`."""
    return tuple(combinations(range(width), 2))


@cache
def decomposable(width: int) -> Graphs:
    """All decomposable graphs: 1, 2, 8, 61, 822 and 18,154 of them for 1 to 6 lists.

    A graph is decomposable if its vertices can be taken away one after the other, each with
    neighbours that are all joined (Fulkerson and Gross 1965). Each such vertex with its neighbours
    counts for, and its neighbours alone count against; what is no clique and no separator cancels.

    Raises:
        EstimationError: for no list or more than six.
    """
    if not 1 <= width <= MOST_VERTICES:
        raise EstimationError(
            f"Graphs are known for 1 to {MOST_VERTICES} lists, not {width}",
            remedy="Merge lists that belong together.",
        )
    edges = np.arange(2 ** len(pairs(width)), dtype=np.int64)
    joined = _neighbours(edges, width)
    left = np.full(len(edges), 2**width - 1, dtype=np.int64)
    terms = np.zeros((len(edges), 2**width), dtype=np.int8)
    for _ in range(width):
        taken = _simplicial(joined, left)
        kept = taken >= 0
        edges, joined, left, terms = edges[kept], joined[kept], left[kept], terms[kept]
        rows, bit = np.arange(len(edges)), np.left_shift(1, taken[kept])
        near = joined[rows, taken[kept]] & left
        terms[rows, near | bit] += 1
        terms[rows, near] -= 1
        left = left & ~bit
    terms[:, 0] += 1  # as many empty separators as parts, but one
    edges.setflags(write=False)
    terms.setflags(write=False)
    return Graphs(width=width, edges=edges, terms=terms)


def _neighbours(edges: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """Graphs x vertices: the neighbours of each, as a number."""
    joined = np.zeros((len(edges), width), dtype=np.int64)
    for place, (one, other) in enumerate(pairs(width)):
        there = edges >> place & 1
        joined[:, one] |= there << other
        joined[:, other] |= there << one
    return joined


def _simplicial(joined: NDArray[np.int64], left: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each graph the first vertex left whose neighbours left are all joined; -1 for none."""
    width = joined.shape[1]
    taken = np.full(len(left), -1, dtype=np.int64)
    for vertex in range(width):
        near = joined[:, vertex] & left
        fits = (left >> vertex & 1) == 1
        for other in range(width):
            apart = near & ~(joined[:, other] | 1 << other)
            fits &= ((near >> other & 1) == 0) | (apart == 0)
        taken[fits & (taken < 0)] = vertex
    return taken
