"""Reports among each other: which copies which, and which stands for all that copy it."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from khronika.linking.components import as_json, closure, components
from khronika.linking.copies import judge, keys
from khronika.linking.facts import ReportFacts
from khronika.linking.state import Edge, Node, Seat, State, StateChanges
from khronika.model.links import Copy
from khronika.model.plain import from_plain, to_plain

SPACE = "report"
_MOST = 48  # reports that share a run of words and are compared; the oldest in the record
_LEAST = 4  # shared runs that make a pair worth judging


@dataclass(slots=True)
class Repeats:
    """What changed among reports.

    Attributes:
        found: relations that are new or changed.
        gone: (report, original) pairs that are no more.
        moved: ids of reports that another one stands for now.
    """

    found: dict[tuple[str, str], Copy]
    gone: set[tuple[str, str]]
    moved: set[str]


def remove(state: State, reports: Collection[str]) -> Repeats:
    """Take reports away; what only they connected comes apart."""
    nodes = state.named(SPACE, reports)
    ids = {node.id for node in nodes.values()}
    edges = state.edges(ids)
    copies = [_copy(edge) for edge in edges]
    beside = {end for edge in edges for end in (edge.one, edge.other)} - ids
    state.write(StateChanges(nodes_gone=ids))
    moved = _settle(state, beside)
    return Repeats({}, {(c.report, c.original) for c in copies}, moved)


def add(state: State, reports: Sequence[ReportFacts]) -> Repeats:
    """Take reports in, and compare them with those that share runs of words.

    Args:
        state: what is kept; none of the reports is in it.
        reports: ids distinct.
    """
    fresh = {state.fresh(): facts for facts in sorted(reports, key=lambda f: f.id)}
    made = StateChanges()
    for number, facts in fresh.items():
        made.nodes[number] = Node(number, SPACE, facts.id, number, as_json(to_plain(facts)))
        made.keys[number] = keys(facts)
        made.seats.append(Seat(SPACE, facts.id, 0, number))
    state.write(made)
    pairs = _pairs(state, made.keys)
    held = {n for pair in pairs for n in pair} - fresh.keys()
    known = {**fresh, **{n: facts_in(node) for n, node in state.nodes(held).items()}}
    found: dict[tuple[str, str], Copy] = {}
    edges = StateChanges()
    for (one, other), shared in sorted(pairs.items()):
        copy = judge(known[one], known[other], shared)
        if copy is not None:
            found[copy.report, copy.original] = copy
            edges.edges[one, other] = Edge(one, other, as_json(to_plain(copy)))
    state.write(edges)
    return Repeats(found, set(), _settle(state, {n for pair in edges.edges for n in pair}))


def _pairs(state: State, wanted: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], int]:
    """How many runs of words each new report shares with another, where it is enough to look at."""
    holders = state.holders({key for each in wanted.values() for key in each}, _MOST)
    counts: Counter[tuple[int, int]] = Counter()
    for number, each in wanted.items():
        for key in each:
            for other in holders.get(key, ()):
                if other != number and not (other in wanted and other > number):
                    counts[min(number, other), max(number, other)] += 1
    return {pair: count for pair, count in counts.items() if count >= _LEAST}


def _settle(state: State, touched: Collection[int]) -> set[str]:
    """Give each group of copies its home anew; the reports whose home is another one now."""
    if not touched:
        return set()
    inside, edges = closure(state, touched, _is_copy)
    nodes = state.nodes(inside)
    moved = StateChanges()
    for group in components(nodes, edges.values(), _is_copy):
        for number in group:
            node = nodes[number]
            if node.home != group[0]:
                moved.nodes[number] = Node(number, SPACE, node.name, group[0], node.data)
    state.write(moved)
    return {node.name for node in moved.nodes.values()}


def _is_copy(edge: Edge) -> bool:
    return '"relation":"copy"' in edge.data


def _copy(edge: Edge) -> Copy:
    return from_plain(json.loads(edge.data), Copy)


def facts_in(node: Node) -> ReportFacts:
    """The facts that a report's node holds."""
    return from_plain(json.loads(node.data), ReportFacts)


def copies_among(state: State, nodes: Iterable[int]) -> list[Copy]:
    """The relations between any two of some reports."""
    inside = set(nodes)
    return [_copy(edge) for edge in state.edges(inside) if inside >= {edge.one, edge.other}]
