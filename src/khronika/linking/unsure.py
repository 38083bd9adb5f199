"""What is too near to be left and not near enough to be joined: for a person to decide.

It follows from the edges that are kept; nothing of it is kept itself.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain

from khronika.linking.acting import SPACE as ACTS
from khronika.linking.acting import Told
from khronika.linking.alike import Found, verdict_of
from khronika.linking.explained import Band, Near
from khronika.linking.forms import BODY, PERSON, Form, actor_id_of, form_in
from khronika.linking.near_acts import RIVALS, acts_apart
from khronika.linking.near_acts import evidence_of as evidence_of_acts
from khronika.linking.near_names import BESIDE, DOUBT, SURE, evidence_of, names_apart
from khronika.linking.near_names import RIVALS as OTHERS
from khronika.linking.state import Edge, State
from khronika.text.likeness import Likeness
from khronika.text.weights import probability_of

Asked = tuple[str, Near]  # what the one side is called, as `Near.id` names the other


def unsure_names(state: State) -> Iterator[Asked]:
    """Pairs of actors whose names may be one's, the likeliest first."""
    best: dict[tuple[int, int], tuple[Found, Edge]] = {}
    for edge in chain(state.parted(PERSON), state.parted(BODY)):
        found = Found.of(edge)
        least = Likeness.NEAR if found.person else Likeness.LIKELY
        if found.likeness < least or found.ruled or probability_of(found.weight) < SURE:
            continue
        pair = _homes(state, edge)
        if pair not in best or found.weight > best[pair][0].weight:
            best[pair] = found, edge
    ranked = sorted(best.items(), key=lambda each: (-each[1][0].weight, each[0]))
    for pair, (found, edge) in ranked:
        clusters = [_forms(state, home) for home in pair]
        if names_apart(clusters[0].values(), clusters[1].values()) is None:
            yield _near_names(clusters, found, edge)


def _near_names(clusters: list[dict[int, Form]], found: Found, edge: Edge) -> Asked:
    ends = (edge.one, edge.other) if edge.one in clusters[0] else (edge.other, edge.one)
    one, other = clusters[0][ends[0]], clusters[1][ends[1]]
    reason = BESIDE if found.together else OTHERS
    if found.likeness is Likeness.NEAR and not found.together:
        reason = DOUBT
    near = Near(
        id=actor_id_of(list(clusters[1].values())),
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
    return actor_id_of(list(clusters[0].values())), near


def unsure_acts(state: State) -> Iterator[Asked]:
    """Pairs of incidents that may be one, those that agree most first; sides are ids of acts."""
    best: dict[tuple[int, int], tuple[float, Edge]] = {}
    for edge in state.parted(ACTS):
        _, sort, weight, _, _, ruled = json.loads(edge.data)
        if sort not in ("timed", "clear") or ruled:
            continue
        pair = _homes(state, edge)
        if pair not in best or weight > best[pair][0]:
            best[pair] = weight, edge
    ranked = sorted(best.items(), key=lambda each: (-each[1][0], each[0]))
    for pair, (weight, edge) in ranked:
        one, other = (_told(state, home) for home in pair)
        if acts_apart((t.telling for t in one.values()), (t.telling for t in other.values())):
            continue
        ends = (edge.one, edge.other) if edge.one in one else (edge.other, edge.one)
        first, second = one[ends[0]].telling, other[ends[1]].telling
        yield (
            first.id,
            Near(
                id=second.id,
                one=first.id,
                other=second.id,
                evidence=evidence_of_acts(first, second),
                weight=round(weight, 3),
                against=RIVALS,
                pair=(first.id, second.id),
                band=Band.ASK,
            ),
        )


def _homes(state: State, edge: Edge) -> tuple[int, int]:
    nodes = state.nodes((edge.one, edge.other))
    one, other = sorted((nodes[edge.one].home, nodes[edge.other].home))
    return one, other


def _forms(state: State, home: int) -> dict[int, Form]:
    nodes = state.nodes(state.at_home([home])[home])
    return {number: form_in(node) for number, node in nodes.items()}


def _told(state: State, home: int) -> Mapping[int, Told]:
    nodes = state.nodes(state.at_home([home])[home])
    return {number: Told.of(node) for number, node in nodes.items()}
