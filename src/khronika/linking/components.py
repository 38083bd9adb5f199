"""What hangs together: nodes that edges connect, found outwards from those that changed."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from khronika.linking.state import Edge, Node, State, StateChanges

MOST = 600  # nodes of one component; a greater one is cut at what is nearest to the change


def closure(
    state: State, start: Collection[int], carries: Callable[[Edge], bool]
) -> tuple[set[int], dict[tuple[int, int], Edge]]:
    """Every node that edges connect with some nodes, and those edges.

    Args:
        state: where edges are looked up, a whole ring at a time.
        start: ids to start from; they are in the result.
        carries: whether an edge connects.

    Returns:
        The ids, and every edge between two of them, those that do not carry included.
    """
    inside = set(start)
    edges: dict[tuple[int, int], Edge] = {}
    ring = set(start)
    while ring:
        found = state.edges(ring)
        edges.update({(edge.one, edge.other): edge for edge in found})
        if len(inside) > MOST + len(start):
            break
        ring = {end for edge in found if carries(edge) for end in (edge.one, edge.other)} - inside
        inside |= ring
    return inside, {pair: e for pair, e in edges.items() if inside.issuperset(pair)}


def components(
    ids: Iterable[int], edges: Iterable[Edge], carries: Callable[[Edge], bool]
) -> list[tuple[list[int], list[Edge]]]:
    """The ids in groups that edges connect, each ascending, with every edge inside the group."""
    parent = {number: number for number in ids}
    every = list(edges)

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    for edge in every:
        if carries(edge):
            one, other = sorted((root(edge.one), root(edge.other)))
            parent[other] = one
    found: dict[int, tuple[list[int], list[Edge]]] = {}
    for number in sorted(parent):
        found.setdefault(root(number), ([], []))[0].append(number)
    for edge in every:
        if root(edge.one) == root(edge.other):
            found[root(edge.one)][1].append(edge)
    return list(found.values())


def carries(edge: Edge) -> bool:
    """True if an edge between two names or two acts may join them: its data begin by saying so."""
    return edge.data.startswith("[1,")


def ordered(one: int, other: int) -> tuple[int, int]:
    """Two nodes as the ends of an edge: the older first."""
    return (one, other) if one < other else (other, one)


def rehomed(nodes: Mapping[int, Node], homes: Mapping[int, int]) -> StateChanges:
    """The change that gives nodes their homes; those that are at home already stay out of it."""
    changes = StateChanges()
    for number, home in homes.items():
        if nodes[number].home != home:
            changes.nodes[number] = replace(nodes[number], home=home)
    return changes


def as_json(value: object) -> str:
    """Compact JSON, keys sorted."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
