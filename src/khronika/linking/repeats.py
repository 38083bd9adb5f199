"""Reports among each other: which copies which, and which stands for all that copy it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from khronika.linking.components import as_json, closure, components, ordered, rehomed
from khronika.linking.copies import MOST_HOLDERS, candidates, judge, keys
from khronika.linking.facts import ReportFacts
from khronika.linking.state import Edge, Node, Seat, State, StateChanges
from khronika.model.links import Copy
from khronika.model.plain import from_plain, to_plain

SPACE = "report"


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
    beside = {end for e in edges if _is_copy(e) for end in (e.one, e.other)} - ids
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
    return Repeats(found, set(), _join(state, [p for p, e in edges.edges.items() if _is_copy(e)]))


def _pairs(state: State, wanted: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], int]:
    """How many keys each new report shares with others, of those worth a comparison.

    The holders of a key that are met are the oldest in the record: of a text that very many share,
    which are compared depends on the order in which they came.
    """
    holders = state.holders({key for each in wanted.values() for key in each}, MOST_HOLDERS + 1)
    names = {number: str(number) for each in holders.values() for number in each}
    found: dict[tuple[int, int], int] = {}
    for number, each in wanted.items():
        met = ([names[n] for n in holders.get(key, ()) if n != number] for key in each)
        for other, shared in candidates(met):
            pair = ordered(number, int(other))
            found[pair] = max(shared, found.get(pair, 0))
    return found


def _join(state: State, pairs: Sequence[tuple[int, int]]) -> set[str]:
    """Give groups of copies that new pairs connect one home; the reports that got another."""
    nodes = state.nodes({number for pair in pairs for number in pair})
    home = {node.home: node.home for node in nodes.values()}

    def root(number: int) -> int:
        while home[number] != number:
            number = home[number]
        return number

    for one, other in pairs:
        first, second = sorted((root(nodes[one].home), root(nodes[other].home)))
        home[second] = first
    turned = {old: root(old) for old in home if root(old) != old}
    at_home = state.at_home(turned)
    moving = state.nodes({n for ids in at_home.values() for n in ids})
    moved = rehomed(moving, {n: turned[node.home] for n, node in moving.items()})
    state.write(moved)
    return {node.name for node in moved.nodes.values()}


def _settle(state: State, touched: Collection[int]) -> set[str]:
    """Find groups of copies anew after one went; the reports whose home is another one now."""
    if not touched:
        return set()
    inside, edges = closure(state, touched, _is_copy)
    nodes = state.nodes(inside)
    groups = components(nodes, edges.values(), _is_copy)
    moved = rehomed(nodes, {number: group[0] for group, _ in groups for number in group})
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
