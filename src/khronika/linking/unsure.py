"""What is too near to be left and not near enough to be joined: for a person to decide.

It follows from the edges that are kept. Of a pair only its two clusters and the edges between them
count, so that after a change only the pairs of clusters that changed have to be looked at again.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from khronika.linking.acting import SPACE as ACTS
from khronika.linking.acting import Told
from khronika.linking.alike import Found, verdict_of
from khronika.linking.components import carries
from khronika.linking.explained import Band, Near
from khronika.linking.forms import BODY, PERSON, Form, actor_id_of, form_in
from khronika.linking.near_acts import RIVALS, acts_apart
from khronika.linking.near_acts import evidence_of as evidence_of_acts
from khronika.linking.near_names import BESIDE, DOUBT, SURE, evidence_of, names_apart
from khronika.linking.near_names import RIVALS as OTHERS
from khronika.linking.state import Edge, Node, State
from khronika.text.likeness import Likeness
from khronika.text.weights import probability_of

SPACES = (PERSON, BODY)
Homes = tuple[int, int]


class Asked(NamedTuple):
    """Two that may be one: what the first is called, the other as `Near`, and both clusters.

    The first has the lesser id, whatever they were found in the order of.
    """

    one: str
    near: Near
    homes: Homes


def unsure_names(state: State, at: Collection[int] | None = None) -> Iterator[Asked]:
    """Pairs of actors whose names may be one's, the likeliest first.

    Args:
        state: what linking keeps.
        at: homes of clusters; only pairs that one of these is part of. All if None.
    """
    best: dict[Homes, tuple[float, Edge]] = {}
    for edge in _parted(state, SPACES, at):
        found = Found.of(edge)
        least = Likeness.NEAR if found.person else Likeness.LIKELY
        if found.likeness < least or found.ruled or probability_of(found.weight) < SURE:
            continue
        _take(state, best, found.weight, edge)
    for homes, (_, edge) in _ranked(best):
        clusters = [_forms(state, home) for home in homes]
        if names_apart(clusters[0].values(), clusters[1].values()) is None:
            yield _near_names(clusters, edge, homes)


def _near_names(clusters: list[dict[int, Form]], edge: Edge, homes: Homes) -> Asked:
    found = Found.of(edge)
    ends = (edge.one, edge.other) if edge.one in clusters[0] else (edge.other, edge.one)
    sides = [
        (actor_id_of(list(cluster.values())), cluster[end])
        for cluster, end in zip(clusters, ends, strict=True)
    ]
    (first, one), (second, other) = sorted(sides, key=lambda side: side[0])
    reason = BESIDE if found.together else OTHERS
    if found.likeness is Likeness.NEAR and not found.together:
        reason = DOUBT
    near = Near(
        id=second,
        one=one.first,
        other=other.first,
        evidence=evidence_of(verdict_of(one, other)),
        weight=round(found.weight, 3),
        against=reason,
        pair=(one.first, other.first),
        places=tuple(
            (f.least[0], f.least[1] if f.least[2] else 0, f.least[2]) for f in (one, other)
        ),
        band=Band.ASK,
    )
    return Asked(first, near, homes)


def unsure_acts(state: State, at: Collection[int] | None = None) -> Iterator[Asked]:
    """Pairs of incidents that may be one, those that agree most first; sides are ids of acts.

    Args are as of `unsure_names`.
    """
    best: dict[Homes, tuple[float, Edge]] = {}
    for edge in _parted(state, (ACTS,), at):
        _, sort, weight, _, _, ruled = json.loads(edge.data)
        if sort in ("timed", "clear") and not ruled:
            _take(state, best, weight, edge)
    for homes, (weight, edge) in _ranked(best):
        one, other = (_told(state, home) for home in homes)
        if acts_apart((t.telling for t in one.values()), (t.telling for t in other.values())):
            continue
        both = {**one, **other}
        first, second = sorted(
            (both[edge.one].telling, both[edge.other].telling), key=lambda told: told.id
        )
        near = Near(
            id=second.id,
            one=first.id,
            other=second.id,
            evidence=evidence_of_acts(first, second),
            weight=round(weight, 3),
            against=RIVALS,
            pair=(first.id, second.id),
            band=Band.ASK,
        )
        yield Asked(first.id, near, homes)


def _parted(state: State, spaces: Iterable[str], at: Collection[int] | None) -> Iterator[Edge]:
    """Edges that may join their ends, nodes of some spaces, and have not."""
    if at is None:
        yield from chain.from_iterable(state.parted(space) for space in spaces)
        return
    ids = {number for found in state.at_home(at).values() for number in found}
    edges = [edge for edge in state.edges(ids) if carries(edge)]
    nodes = state.nodes({end for edge in edges for end in (edge.one, edge.other)})
    wanted = frozenset(spaces)
    for edge in edges:
        one, other = nodes[edge.one], nodes[edge.other]
        if one.space in wanted and one.home != other.home:
            yield edge


def _take(state: State, best: dict[Homes, tuple[float, Edge]], weight: float, edge: Edge) -> None:
    """Keep the weightiest edge of each pair; of equals, that between the names that sort first."""
    nodes = state.nodes((edge.one, edge.other))
    one, other = sorted((nodes[edge.one].home, nodes[edge.other].home))
    before = best.get((one, other))
    if before is not None and weight == before[0]:
        sooner = _names(nodes) < _names(state.nodes(_ends(before[1])))
    else:
        sooner = before is None or weight > before[0]
    if sooner:
        best[one, other] = weight, edge


def _ends(edge: Edge) -> tuple[int, int]:
    return edge.one, edge.other


def _names(nodes: Mapping[int, Node]) -> list[str]:
    return sorted(node.name for node in nodes.values())


def _ranked(best: Mapping[Homes, tuple[float, Edge]]) -> list[tuple[Homes, tuple[float, Edge]]]:
    return sorted(best.items(), key=lambda each: (-each[1][0], each[0]))


def _forms(state: State, home: int) -> dict[int, Form]:
    nodes = state.nodes(state.at_home([home])[home])
    return {number: form_in(node) for number, node in nodes.items()}


def _told(state: State, home: int) -> Mapping[int, Told]:
    nodes = state.nodes(state.at_home([home])[home])
    return {number: Told.of(node) for number, node in nodes.items()}
