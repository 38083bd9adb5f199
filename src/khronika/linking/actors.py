"""Actors: the cast of all reports, resolved across them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from khronika.linking.facts import ReportFacts
from khronika.linking.members import Member, member_id
from khronika.linking.organisations import Body, beside_of, body_nodes, link_bodies
from khronika.linking.people import Node, link_people, person_nodes
from khronika.linking.rulings import Ruled
from khronika.model.acts import ActorType
from khronika.model.links import Actor
from khronika.text.bodies import read_body
from khronika.text.gazetteer import gazetteer
from khronika.text.likeness import Likeness, compare_names
from khronika.text.names import read_name
from khronika.text.phonetics import plain

_BODIES = (ActorType.ORGANISATION, ActorType.AUTHORITY)
_FEW = 5  # reports of a person beside whom another is known again
_SHORT = 4  # letters; a shorter name alone says too little
_REASONS = 4

Group = tuple[list[Member], tuple[str, ...]]  # members, and why they are one


def link_actors(
    members: Sequence[Member], facts: Mapping[str, ReportFacts], ruled: Ruled
) -> list[Group]:
    """Group cast members into actors.

    Args:
        members: every cast member of every report, in any order.
        facts: the reports by id.
        ruled: what reviewers ruled; ids of other things are passed over.

    Returns:
        Each member in exactly one group, groups and members sorted.
    """
    named = {i: m for m in members if (i := member_id(m)) in ruled.ids()} if ruled.ids() else {}
    single = frozenset(named[i].key for pair in ruled.different for i in pair if i in named)
    people, bodies = _sorted_out(members)
    groups = _people(people, named, single, ruled)
    groups += _bodies(bodies, beside_of(facts), named, single, ruled)
    groups += _countries([m for m in members if m.type is ActorType.COUNTRY])
    groups += [([m], ()) for m in members if _stays(m)]
    return sorted(
        ((sorted(group, key=lambda m: m.key), why) for group, why in groups),
        key=lambda g: g[0][0].key,
    )


def _sorted_out(members: Sequence[Member]) -> tuple[list[Member], list[Member]]:
    """People and organisations; a name that elsewhere is an organisation's is one here too.

    A report that does not say what it speaks of leaves a coder to guess. Names that hold a known
    given name stay people's.
    """
    bodies = [m for m in members if m.type in _BODIES]
    known = {s for m in bodies if len(s := read_body(m.names[0]).sounds) > 1}
    people = []
    for member in members:
        if member.type is not ActorType.PERSON or not member.named:
            continue
        given = any(w.groups for w in read_name(member.names[0]).words)
        if not given and not member.gender and read_body(member.names[0]).sounds in known:
            bodies.append(replace(member, type=ActorType.ORGANISATION))
        else:
            people.append(member)
    return people, bodies


def _stays(member: Member) -> bool:
    """True for what is only described: it is not followed beyond its report."""
    return member.type is ActorType.GROUP or (member.type is ActorType.PERSON and not member.named)


def _people(
    people: Sequence[Member],
    named: Mapping[str, Member],
    single: frozenset[tuple[str, int, str]],
    ruled: Ruled,
) -> list[Group]:
    nodes = person_nodes(people, single)
    must, never = _ruled_pairs(nodes, named, ruled)
    clusters, why = link_people(nodes, must, never)
    _join_single_names(clusters, why)
    return [_group(group, why) for group in clusters.groups()]


def _bodies(
    bodies: Sequence[Member],
    beside: Any,
    named: Mapping[str, Member],
    single: frozenset[tuple[str, int, str]],
    ruled: Ruled,
) -> list[Group]:
    nodes = body_nodes(bodies, beside, single)
    must, never = _ruled_pairs(nodes, named, ruled)
    clusters, why = link_bodies(nodes, must, never)
    return [_group(group, why) for group in clusters.groups()]


def _group(nodes: Sequence[Node] | Sequence[Body], why: Mapping[int, str]) -> Group:
    reasons = sorted({why[id(node)] for node in nodes if id(node) in why})
    return [m for node in nodes for m in node.members], tuple(reasons[:_REASONS])


def _ruled_pairs(
    nodes: Sequence[Any], named: Mapping[str, Member], ruled: Ruled
) -> tuple[list[tuple[Any, Any]], frozenset[frozenset[int]]]:
    if not named:
        return [], frozenset()
    home = {m.key: node for node in nodes for m in node.members}

    def pairs(ids: Iterable[tuple[str, str]]) -> list[tuple[Any, Any]]:
        found = [(named.get(a), named.get(b)) for a, b in ids]
        return [
            (home[a.key], home[b.key])
            for a, b in found
            if a and b and a.key in home and b.key in home
        ]

    never = frozenset(frozenset((id(a), id(b))) for a, b in pairs(ruled.different) if a is not b)
    return pairs(ruled.same), never


def _join_single_names(clusters: Any, why: dict[int, str]) -> None:
    """Join a bare surname or given name to a person told in full beside the same other people.

    `Marfa`, told of beside a man of another report, is the Marfa told in full beside him there, if
    only one there fits. A head of state by surname is whoever alone bears it in the record.
    """
    groups = clusters.groups()
    full = [g for g in groups if any(n.names[0].full for n in g)]
    beside: dict[str, list[list[Node]]] = defaultdict(list)
    for group in full:
        for report in sorted({r for node in group for r in node.reports}):
            beside[report].append(group)
    by_word = _by_surname(full)
    for group in sorted((g for g in groups if len(g) == 1), key=lambda g: g[0].key):
        node = group[0]
        if node.names[0].full or not node.names[0].words:
            continue
        fits = _fits(node, by_word, beside)
        if len(fits) == 1 and clusters.join(fits[0][0], node):
            why[id(node)] = "the one person of that name told beside the same people"


def _by_surname(full: Sequence[list[Node]]) -> dict[str, list[list[Node]]]:
    found: dict[str, list[list[Node]]] = defaultdict(list)
    for group in full:
        for word in sorted({r for n in group for w in n.names[0].words for r in w.readings}):
            found[word].append(group)
    return found


def _fits(
    node: Node, by_word: Mapping[str, list[list[Node]]], beside: Mapping[str, list[list[Node]]]
) -> list[list[Node]]:
    (report,) = node.reports
    options = {id(g): g for r in node.names[0].words[0].readings for g in by_word.get(r, ())}
    fits = [g for g in options.values() if _partial(node, g) and report not in g[0].reports]
    if node.names[0].office:
        return fits
    if len(node.names[0].words[0].plain) < _SHORT:
        return []
    near = {r for g in beside.get(report, ()) if _is_rare(g) for n in g for r in n.reports}
    return [g for g in fits if any(r in near for n in g for r in n.reports)]


def _is_rare(group: Sequence[Node]) -> bool:
    """True for a person of few reports: to be told beside a president says little."""
    return sum(len(n.reports) for n in group) <= _FEW


def _partial(node: Node, group: Sequence[Node]) -> bool:
    return all(
        compare_names(node.names[0], n.names[0]).likeness >= Likeness.PARTIAL
        and not (node.gender and n.gender and node.gender != n.gender)
        for n in group
    )


def _countries(members: Sequence[Member]) -> list[Group]:
    """Countries by what the gazetteer calls them; what it does not know stays in its report."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        home = gazetteer().country(member.names[0])
        found[home or f"{plain(member.names[0])} {member.report}"].append(member)
    return [(group, ()) for group in found.values()]


def as_actor(group: Group) -> Actor:
    """A group as the model's actor; its id is that of its least member."""
    members, why = group
    types = Counter(m.type for m in members)
    kind = max(types, key=lambda t: (types[t], t.value))
    return Actor(
        id=member_id(members[0]),
        former_ids=tuple(sorted({member_id(m) for m in members} - {member_id(members[0])})),
        type=kind,
        names=tuple(sorted({name for m in members for name in m.names})),
        caption=caption_of(members),
        countries=_known_countries(members),
        roles=tuple(sorted({role for m in members for role in m.roles})),
        reports=tuple(sorted({m.report for m in members})),
        mentions=sum(m.mentions for m in members),
        members=tuple(sorted((m.report, m.index) for m in members)),
        why=why,
    )


def caption_of(members: Sequence[Member]) -> str:
    """The fullest name that most reports have; of several the longer one."""
    counted = Counter(m.names[0] for m in members)
    return max(counted, key=lambda name: (counted[name], len(name.split()), name))


def _known_countries(members: Sequence[Member]) -> tuple[str, ...]:
    return tuple(sorted({m.country for m in members if m.country}))
