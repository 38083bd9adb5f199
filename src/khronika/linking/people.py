"""Which people of different reports are one person."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, permutations

from khronika.linking.clusters import Clusters, pairs_of
from khronika.linking.members import Member
from khronika.text.fit import consonants
from khronika.text.likeness import Likeness, Verdict, compare_names
from khronika.text.names import PersonName, Word, read_name
from khronika.text.phonetics import classes

_MANY_FORMS = 6  # full forms of one name that are compared
_WITHIN = 6.0  # bits; a report seldom spells one person in two ways, and tells cousins apart
_SURE = 0.9  # how probable it must be that a slip of the pen is one


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
Edge = tuple[Node, Node, Verdict]


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
    best = max(verdicts, key=lambda v: (v.likeness, v.weight or 0.0, v.why))
    unsure = best.weight is not None and best.weight < _WITHIN
    if best.likeness is Likeness.SAME and unsure and not one.reports.isdisjoint(other.reports):
        return replace(best, likeness=Likeness.NEAR, why="two spellings in one report")
    return best


def link_people(
    nodes: Sequence[Node],
    must: Sequence[Pair],
    never: frozenset[frozenset[int]],
    found: Sequence[Edge] | None = None,
) -> tuple[Clusters[Node], dict[int, str]]:
    """Join nodes into people.

    What becomes of a node depends on those alone that it is connected with through `found`: nodes
    that no edge connects may be linked in several calls with the same result.

    Args:
        nodes: what `person_nodes` returns.
        must: pairs that reviewers ruled one.
        never: pairs (as ids of the objects) that reviewers ruled two.
        found: the pairs that share a key, compared, if that is done already.

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
            (found := verdict(a, b)).likeness is Likeness.DIFFERENT
            or (found.likeness < Likeness.SAME and _in_one_report(a, b) and not _tied(a, b, found))
            for a in first
            for b in second
        )

    clusters = Clusters(nodes, apart, pairs_of(nodes, never))
    why: dict[int, str] = {}
    for one, other in sorted(must, key=lambda pair: (pair[0].key, pair[1].key)):
        clusters.bind(one, other)
        why[id(one)] = why[id(other)] = "a reviewer ruled them one"
    if found is None:
        found = [(a, b, verdict(a, b)) for a, b in candidates(nodes)]
    _join_strong(clusters, found, why)
    _join_weak(clusters, found, why)
    return clusters, why


def _in_one_report(one: Node, other: Node) -> bool:
    return not one.reports.isdisjoint(other.reports)


def _tied(one: Node, other: Node, verdict: Verdict) -> bool:
    """True if a slip of the pen is believable within one report: same role or organisation."""
    return verdict.likeness is Likeness.NEAR and not one.ties.isdisjoint(other.ties)


def _join_strong(clusters: Clusters[Node], found: Sequence[Edge], why: dict[int, str]) -> None:
    strong = [f for f in found if f[2].likeness is Likeness.SAME]
    for one, other, verdict in sorted(strong, key=lambda f: (f[0].key, f[1].key)):
        if clusters.join(one, other):
            why.setdefault(id(other), verdict.why)


def _join_weak(clusters: Clusters[Node], found: Sequence[Edge], why: dict[int, str]) -> None:
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
        if clusters.join(one, other, weakly=True):
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
        verdict.probability >= _SURE and not _in_one_report(one, other)
    )


def candidates(nodes: Sequence[Node]) -> Iterator[Pair]:
    """Pairs of nodes worth comparing, each once: those that share a key."""
    blocks: dict[str, list[Node]] = defaultdict(list)
    for node in sorted(nodes, key=lambda n: n.key):
        for key in keys(node.names):
            blocks[key].append(node)
    seen: set[frozenset[int]] = set()
    for _, block in sorted(blocks.items()):
        for one, other in combinations(block, 2):
            pair = frozenset((id(one), id(other)))
            if pair not in seen:
                seen.add(pair)
                yield one, other


def keys(names: Sequence[PersonName]) -> tuple[str, ...]:
    """What names are looked up by: two people are compared if and only if they share a key.

    Every key holds two words of a name, so that a block stays small however large the record is.

    Args:
        names: the forms of one person's name; forms of a single word have no key.

    Returns:
        Keys that stay the same from run to run, sorted.
    """
    return tuple(sorted({key for name in names for key in _keys(name)}))


def _keys(name: PersonName) -> Iterator[str]:
    words = [w for w in name.words if not w.patronymic]
    whole = [w for w in words if not w.initial]
    for one, other in combinations(whole, 2):
        for a in _heads(one):
            for b in _heads(other):
                yield f"2|{min(a, b)}|{max(a, b)}"
        if name.of("muslim") or one.vowelless or other.vowelless:
            yield "c|" + "|".join(sorted((consonants(one.plain), consonants(other.plain))))
    for given, family in permutations(words, 2):
        if family.initial or family.listed:
            continue
        yield from _initial_keys(given, family)
        if not given.initial:
            yield from _slip_keys(given, family)


def _initial_keys(given: Word, family: Word) -> Iterator[str]:
    """An initial beside a surname as it sounds; whole names have them, too, to be found by."""
    for sound in dict.fromkeys(family.readings):
        yield f"i|{given.skeleton[:1]}|{sound}"
        yield f"i|{'l' if given.latin else 'c'}{given.plain[:1]}|{sound}"


def _slip_keys(given: Word, family: Word) -> Iterator[str]:
    """A given name beside what one slip of the pen leaves whole: either half, or all letters."""
    for head in _heads(given):
        yield f"s|{head}|{''.join(sorted(family.plain))}"
        if len(family.skeleton) > 5:
            yield f"h|{head}|{family.skeleton[:4]}"
            yield f"t|{head}|{family.skeleton[:1]}{family.skeleton[-5:]}"


def _heads(word: Word) -> tuple[str, ...]:
    """What a word is looked up by: the groups of a given name, else its consonants' classes."""
    if word.listed:
        return tuple(f"={group}" for group in sorted(word.groups))
    return tuple(dict.fromkeys(classes(reading) for reading in word.readings))
