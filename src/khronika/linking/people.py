"""Which people of different reports are one person."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from khronika.linking.clusters import Clusters
from khronika.linking.members import Member
from khronika.text.likeness import Likeness, Verdict, compare_names
from khronika.text.names import PersonName, Word, read_name
from khronika.text.phonetics import classes

_CROWDED = 400  # names in one block; of more, only names that sound the same are compared
_MANY_FORMS = 6  # full forms of one name that are compared


@dataclass(slots=True, eq=False)
class Node:
    """Members whose names are spelt alike and whom nothing tells apart: compared once."""

    key: tuple[str, ...]
    names: tuple[PersonName, ...] = field(repr=False)
    gender: str
    country: str
    ties: frozenset[str]
    members: list[Member]
    reports: set[str]


Pair = tuple[Node, Node]


def person_nodes(members: Sequence[Member], single: frozenset[tuple[str, int, str]]) -> list[Node]:
    """Group named people by name as spelt, gender and country; one-word names stay in their report.

    Args:
        members: people with names.
        single: keys of members that a ruling names; each is a node of its own.
    """
    nodes: dict[tuple[str, ...], Node] = {}
    for member in sorted(members, key=lambda m: m.key):
        names = _full_names(member)
        words = tuple(sorted(w.plain for w in names[0].words))
        local = (
            () if names[0].full and member.key not in single else (member.report, str(member.start))
        )
        key = (*words, "|", member.gender or names[0].gender, member.country, *local)
        node = nodes.get(key)
        if node is None:
            gender = member.gender or names[0].gender
            nodes[key] = Node(
                key, names, gender, member.country, member.ties, [member], {member.report}
            )
        else:
            node.members.append(member)
            node.reports.add(member.report)
            node.ties |= member.ties
            if len(node.names) < _MANY_FORMS:
                node.names = tuple(dict.fromkeys((*node.names, *names)))[:_MANY_FORMS]
    return list(nodes.values())


def _full_names(member: Member) -> tuple[PersonName, ...]:
    read = [read_name(name) for name in member.names[: 2 * _MANY_FORMS]]
    first = read[0]
    return (first, *dict.fromkeys(n for n in read[1:] if n.full and n.words != first.words))


def compare_nodes(one: Node, other: Node) -> Verdict:
    """The best that any two of their names give, unless something speaks against."""
    if one.gender and other.gender and one.gender != other.gender:
        return Verdict(Likeness.DIFFERENT, "a man and a woman")
    if one.country and other.country and one.country != other.country:
        return Verdict(Likeness.DIFFERENT, "of two countries")
    verdicts = [compare_names(a, b) for a in one.names for b in other.names]
    return max(verdicts, key=lambda v: (v.likeness, v.why))


def link_people(
    nodes: Sequence[Node], must: Sequence[Pair], never: frozenset[frozenset[int]]
) -> tuple[Clusters[Node], dict[int, str]]:
    """Join nodes into people.

    Args:
        nodes: what `person_nodes` returns.
        must: pairs that reviewers ruled one.
        never: pairs (as ids of the objects) that reviewers ruled two.

    Returns:
        The groups, and by id of a node why it was joined.
    """
    memo: dict[frozenset[int], Verdict] = {}

    def verdict(one: Node, other: Node) -> Verdict:
        pair = frozenset((id(one), id(other)))
        if pair not in memo:
            memo[pair] = compare_nodes(one, other)
        return memo[pair]

    def apart(first: list[Node], second: list[Node]) -> bool:
        return any(
            frozenset((id(a), id(b))) in never
            or (found := verdict(a, b)).likeness is Likeness.DIFFERENT
            or (found.likeness < Likeness.SAME and _in_one_report(a, b) and not _tied(a, b, found))
            for a in first
            for b in second
        )

    clusters = Clusters(nodes, apart)
    why: dict[int, str] = {}
    for one, other in must:
        clusters.join(one, other, forced=True)
        why[id(one)] = why[id(other)] = "a reviewer ruled them one"
    found = [(a, b, verdict(a, b)) for a, b in candidates(nodes)]
    _join_strong(clusters, found, why)
    _join_weak(clusters, found, why)
    return clusters, why


def _in_one_report(one: Node, other: Node) -> bool:
    return not one.reports.isdisjoint(other.reports)


def _tied(one: Node, other: Node, verdict: Verdict) -> bool:
    """True if a slip of the pen is believable within one report: same role or organisation."""
    return verdict.likeness is Likeness.NEAR and not one.ties.isdisjoint(other.ties)


def _join_strong(
    clusters: Clusters[Node], found: Sequence[tuple[Node, Node, Verdict]], why: dict[int, str]
) -> None:
    strong = [f for f in found if f[2].likeness is Likeness.SAME]
    for one, other, verdict in sorted(strong, key=lambda f: (f[0].key, f[1].key)):
        if clusters.join(one, other):
            why.setdefault(id(other), verdict.why)


def _join_weak(
    clusters: Clusters[Node], found: Sequence[tuple[Node, Node, Verdict]], why: dict[int, str]
) -> None:
    """Join by weaker likeness where one candidate alone remains, as precision asks."""
    weak = [
        (one, other, verdict)
        for one, other, verdict in found
        if _is_weak(one, other, verdict) and not clusters.together(one, other)
    ]
    homes: dict[int, set[int]] = defaultdict(set)
    for one, other, _ in weak:
        for poor, rich in _poorer(one, other):
            homes[id(poor)].add(id(clusters.of(rich)))
    clear = [f for f in weak if all(len(homes[id(p)]) == 1 for p, _ in _poorer(f[0], f[1]))]
    for one, other, verdict in sorted(clear, key=lambda f: (-f[2].likeness, f[0].key, f[1].key)):
        if clusters.join(one, other):
            why.setdefault(id(one), verdict.why)


def _poorer(one: Node, other: Node) -> list[Pair]:
    """The side whose name says less, beside the other; both if they say as much."""
    said = [sum(not w.initial for w in node.names[0].words) for node in (one, other)]
    sides = [(one, other)] if said[0] <= said[1] else []
    return sides + ([(other, one)] if said[1] <= said[0] else [])


def _is_weak(one: Node, other: Node, verdict: Verdict) -> bool:
    if verdict.likeness is Likeness.LIKELY:
        return True
    if verdict.likeness is not Likeness.NEAR:
        return False
    return _tied(one, other, verdict) or (
        "exchanged" in verdict.why and not _in_one_report(one, other)
    )


def candidates(nodes: Sequence[Node]) -> Iterator[Pair]:
    """Pairs of nodes worth comparing, each once, by blocks of names that share two words."""
    blocks: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    initialled = [n for n in nodes if any(w.initial for name in n.names for w in name.words)]
    sought = {key for node in initialled for name in node.names for key in _initial_keys(name)}
    for node in nodes:
        keys = {key for name in node.names for key in _keys(name)}
        if sought:
            keys |= sought & {key for name in node.names for key in _initial_keys(name)}
        for key in keys:
            blocks[key].append(node)
    seen: set[frozenset[int]] = set()
    for _, block in sorted(blocks.items()):
        for part in _parts(block):
            for one, other in combinations(sorted(part, key=lambda n: n.key), 2):
                pair = frozenset((id(one), id(other)))
                if pair not in seen:
                    seen.add(pair)
                    yield one, other


def _parts(block: list[Node]) -> Iterator[list[Node]]:
    if len(block) <= _CROWDED:
        yield block
        return
    finer: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in block:
        finer[tuple(sorted(w.skeleton for w in node.names[0].words))].append(node)
    yield from (part[:_CROWDED] for _, part in sorted(finer.items()))


def _keys(name: PersonName) -> Iterator[tuple[str, ...]]:
    """Two words' sounds; and one beside the other's sorted letters, which finds letters swapped."""
    words = [w for w in name.words if not w.patronymic and not w.initial]
    for one, other in combinations(words, 2):
        for a in _heads(one):
            for b in _heads(other):
                yield (min(a, b), max(a, b))
        for given, family in ((one, other), (other, one)):
            if not family.groups:
                yield ("swap", _heads(given)[0], "".join(sorted(family.plain)))


def _initial_keys(name: PersonName) -> Iterator[tuple[str, ...]]:
    words = [w for w in name.words if not w.patronymic]
    for given in words:
        for family in words:
            if family is not given and not family.initial:
                yield from (("initial", given.skeleton[:1], head) for head in _heads(family))


def _heads(word: Word) -> tuple[str, ...]:
    """What a word is looked up by: the groups of a given name, else its consonants' classes."""
    if word.groups:
        return tuple(f"given {group}" for group in sorted(word.groups))
    return tuple(dict.fromkeys(classes(reading) for reading in word.readings))
