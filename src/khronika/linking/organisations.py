"""Which organisations and public bodies of different reports are one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from khronika.linking.clusters import Clusters
from khronika.linking.facts import ReportFacts
from khronika.linking.members import Member
from khronika.text.bodies import BodyName, compare_read_bodies, names_in, read_body
from khronika.text.likeness import Likeness, Verdict
from khronika.text.phonetics import classes

_CROWDED = 300  # names in one block
_AGAINST = frozenset({"another number", "two public bodies"})
_MANY_FORMS = 8


@dataclass(slots=True, eq=False)
class Body:
    """Members whose names read alike, in one country as far as is known: compared once."""

    key: tuple[str, ...]
    names: tuple[BodyName, ...] = field(repr=False)
    country: str
    members: list[Member]
    reports: set[str]


Beside = Mapping[str, tuple[tuple[BodyName, BodyName], ...]]


def beside_of(facts: Mapping[str, ReportFacts]) -> Beside:
    """What the reports say stands for what: (`Federal Security Service`, `FSB`), by report id."""
    return {
        report: tuple((read_body(name), read_body(other)) for name, other in each.beside)
        for report, each in facts.items()
        if each.beside
    }


def body_nodes(
    members: Sequence[Member], beside: Beside, single: frozenset[tuple[str, int, str]]
) -> list[Body]:
    """Group organisations by name as read and country; common nouns stay in their report."""
    nodes: dict[tuple[str, ...], Body] = {}
    for member in sorted(members, key=lambda m: m.key):
        names = _names(member, beside.get(member.report, ()))
        country = _country(names, member)
        key = (*_name_key(names[0]), "|", country, *_local(names, member, country, single))
        node = nodes.get(key)
        if node is None:
            nodes[key] = Body(key, names, country, [member], {member.report})
        else:
            node.members.append(member)
            node.reports.add(member.report)
            node.names = tuple(dict.fromkeys((*node.names, *names)))[:_MANY_FORMS]
    return list(nodes.values())


def _names(member: Member, beside: Sequence[tuple[BodyName, BodyName]]) -> tuple[BodyName, ...]:
    own = [read_body(n) for name in member.names[:_MANY_FORMS] for n in names_in(name)]
    words = {name.words for name in own}
    learned = [b for a, b in beside if a.words in words] + [
        a for a, b in beside if b.words in words
    ]
    kept = [n for n in (*own[1:], *learned) if not n.generic]
    return tuple(dict.fromkeys((own[0], *kept)))[:_MANY_FORMS]


def _name_key(name: BodyName) -> tuple[str, ...]:
    if name.public:
        return (f"={name.public}", *name.numbers)
    return (*sorted(name.words), *name.numbers)


def _country(names: Sequence[BodyName], member: Member) -> str:
    """What the name says; else what the report says, or is about, if it is a state's organ."""
    said = next((n.country for n in names if n.country), "") or member.country
    if said or not any(n.official for n in names):
        return said
    return member.context


def _local(
    names: Sequence[BodyName], member: Member, country: str, single: frozenset[tuple[str, int, str]]
) -> tuple[str, ...]:
    """The report as part of the key where a name alone says too little to go beyond it."""
    place = (member.report, str(member.start))
    if member.key in single or not member.named:
        return place
    if all(n.generic or _is_letters(n) for n in names):
        return place
    unplaced = not country and any(n.official for n in names)
    if unplaced and not any(n.proper or n.public for n in names):
        return place
    return ()


def _is_letters(name: BodyName) -> bool:
    """True for an acronym of two letters that no list knows: it may stand for anything."""
    return not name.public and not name.long and any(len(a) < 3 for a in name.acronyms)


def compare_body_nodes(one: Body, other: Body) -> Verdict:
    """The best that any two of their names give, unless number or country speaks against."""
    if one.country and other.country and one.country != other.country:
        return Verdict(Likeness.DIFFERENT, "of another country")
    if one.key[-2:] != other.key[-2:] and (_is_local(one) or _is_local(other)):
        return Verdict(Likeness.PARTIAL, "a common noun of one report")
    full = [[n for n in node.names if n.long] for node in (one, other)]
    firsts, seconds = full if all(full) else (one.names, other.names)
    verdicts = [compare_read_bodies(a, b) for a in firsts for b in seconds]
    best = max(verdicts, key=lambda v: (v.likeness, v.why))
    against = next((v for v in verdicts if v.why in _AGAINST), None)
    if against and best.likeness < Likeness.SAME:
        return against
    if best.why == "the same acronym" and any(full):  # of two names it may be another's
        return Verdict(Likeness.LIKELY, best.why)
    if best.why.startswith("an acronym") and one.reports.isdisjoint(other.reports):
        return Verdict(Likeness.DIFFERENT, "letters alone")
    return best


def _is_local(node: Body) -> bool:
    return node.key[-1] != node.country


def link_bodies(
    nodes: Sequence[Body],
    must: Sequence[tuple[Body, Body]],
    never: frozenset[frozenset[int]],
) -> tuple[Clusters[Body], dict[int, str]]:
    """Join nodes into organisations; see `people.link_people`."""

    def apart(first: list[Body], second: list[Body]) -> bool:
        return any(
            frozenset((id(a), id(b))) in never
            or (a.country and b.country and a.country != b.country)
            or _numbers(a) != _numbers(b)
            or (_is_long(a) and _is_long(b) and _differ(a, b))
            for a in first
            for b in second
        )

    clusters = Clusters(nodes, apart)
    why: dict[int, str] = {}
    for one, other in must:
        clusters.join(one, other, forced=True)
        why[id(one)] = why[id(other)] = "a reviewer ruled them one"
    found = [(a, b, compare_body_nodes(a, b)) for a, b in _candidates(nodes)]
    order = sorted(found, key=lambda f: (-f[2].likeness, f[0].key, f[1].key))
    for one, other, verdict in order:
        if verdict.likeness is Likeness.SAME and clusters.join(one, other):
            why.setdefault(id(other), verdict.why)
    _join_weak(clusters, order, why)
    return clusters, why


def _is_long(node: Body) -> bool:
    return any(name.long for name in node.names)


def _differ(one: Body, other: Body) -> bool:
    return compare_body_nodes(one, other).likeness is Likeness.DIFFERENT


def _numbers(node: Body) -> tuple[str, ...]:
    return node.names[0].numbers


def _join_weak(
    clusters: Clusters[Body], found: Sequence[tuple[Body, Body, Verdict]], why: dict[int, str]
) -> None:
    """Join by a front or an acronym alone where one candidate remains for the shorter name."""
    weak = [
        (one, other, verdict) if _size(one) <= _size(other) else (other, one, verdict)
        for one, other, verdict in found
        if Likeness.PARTIAL <= verdict.likeness < Likeness.SAME and _may_join(one, other)
    ]
    homes: dict[int, set[int]] = defaultdict(set)
    for short, long, _ in weak:
        homes[id(short)].add(id(clusters.of(long)))
    clear = [f for f in weak if len(homes[id(f[0])]) == 1]
    for one, other, verdict in sorted(clear, key=lambda f: (-f[2].likeness, f[0].key, f[1].key)):
        if clusters.join(one, other):
            why.setdefault(id(one), verdict.why)


def _size(node: Body) -> tuple[int, tuple[str, ...]]:
    return len(node.names[0].words), node.key


def _may_join(one: Body, other: Body) -> bool:
    return not _is_local(one) and not _is_local(other) and one.country == other.country


def _candidates(nodes: Sequence[Body]) -> Iterator[tuple[Body, Body]]:
    blocks: dict[str, list[Body]] = defaultdict(list)
    for node in nodes:
        if not _is_local(node):
            for key in {key for name in node.names for key in _keys(name)}:
                blocks[key].append(node)
    seen: set[frozenset[int]] = set()
    for _, block in sorted(blocks.items()):
        part = sorted(block, key=lambda n: n.key)[:_CROWDED]
        for one, other in combinations(part, 2):
            pair = frozenset((id(one), id(other)))
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _keys(name: BodyName) -> Iterator[str]:
    if name.public:
        yield f"public {name.public}"
    yield from (f"acronym {a}" for a in name.acronyms)
    if len(name.initials) >= 3:
        yield f"acronym {name.initials}"
    concepts = sorted(w for w in name.words if not w.startswith("*"))
    sounds = sorted(classes(w[1:]) for w in name.proper)
    yield "words " + " ".join([*concepts, *sounds])
    yield "sounds " + " ".join(sorted(name.sounds))
    if name.order and name.order[0].startswith("*"):
        yield f"front {classes(name.order[0][1:])}"
