"""Which organisations and public bodies of different reports are one.

Every judgement looks at two names alone, and every join at what hangs together with them, so that
a report more changes only what it touches.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from khronika.linking.clusters import Clusters, pairs_of
from khronika.linking.members import Member
from khronika.text.bodies import (
    BodyName,
    compare_read_bodies,
    in_country,
    names_in,
    read_body,
    told_apart,
    with_evidence,
)
from khronika.text.body_words import lists
from khronika.text.likeness import Likeness, Verdict
from khronika.text.phonetics import classes
from khronika.text.weights import Evidence

_AGAINST = frozenset({"another number", "two public bodies", "of another country"})
_CALLED = "what the body is called in its country"
_ONE_WORD = Evidence("words", "one word alone", -4.0)
_MANY_FORMS = 8
_MANY_LETTERS = 5  # an acronym of so many says whose it is without a country
_CONTEXT = "~"  # before a country that only the report is about, and no name says
_NUMBERED_BY_REGION = frozenset({"RU"})  # every region has its colony No. 1
_PRISONS = frozenset({"colony", "remand", "prison"})


@dataclass(slots=True, eq=False)
class Body:
    """Members whose names read alike, in one country as far as is known: compared once.

    `country` is hard if a name says it or a state's organ is named in a report about it; a country
    that only the report tells of others has a mark before it, and only letters go by it.
    """

    key: tuple[str, ...]
    names: tuple[BodyName, ...] = field(repr=False)
    country: str
    members: list[Member]
    reports: set[str]

    def __post_init__(self) -> None:
        """Read the names as those of their country."""
        self.names = tuple(dict.fromkeys(in_country(n, self.home) for n in self.names))

    @property
    def home(self) -> str:
        """The country, whoever tells it."""
        return _home(self.country)

    @property
    def hard(self) -> str:
        """The country that keeps it apart from namesakes elsewhere."""
        return "" if self.country.startswith(_CONTEXT) else self.country


def _home(country: str) -> str:
    return country.removeprefix(_CONTEXT)


Beside = Mapping[str, tuple[tuple[BodyName, BodyName], ...]]


def body_nodes(
    members: Sequence[Member], beside: Beside, single: frozenset[tuple[str, int, str]]
) -> list[Body]:
    """Group organisations by name as read and country; common nouns stay in their report."""
    nodes: dict[tuple[str, ...], Body] = {}
    for member in sorted(members, key=lambda m: m.key):
        names = _names(member, beside.get(member.report, ()))
        country = _country(names, member)
        names = tuple(dict.fromkeys(in_country(n, _home(country)) for n in names))
        key = (*_name_key(names[0]), "|", country, *_local(names, member, country, single))
        node = nodes.get(key)
        if node is None:
            nodes[key] = Body(key, names, country, [member], {member.report})
        else:
            node.members.append(member)
            node.reports.add(member.report)
            node.names = _first_of(node.names[0], (*node.names, *names))
    return list(nodes.values())


def _first_of(first: BodyName, names: Sequence[BodyName]) -> tuple[BodyName, ...]:
    """So many of the names as are compared, whatever order they came in."""
    others = sorted(set(names) - {first}, key=lambda n: (n.order, n.folded))
    return (first, *others[: _MANY_FORMS - 1])


def _names(member: Member, beside: Sequence[tuple[BodyName, BodyName]]) -> tuple[BodyName, ...]:
    own = [read_body(n) for name in member.names[:_MANY_FORMS] for n in names_in(name)]
    words = {name.words for name in own}
    learned = [b for a, b in beside if a.words in words] + [
        a for a, b in beside if b.words in words
    ]
    return _first_of(own[0], [n for n in (*own[1:], *learned) if not n.generic])


def _name_key(name: BodyName) -> tuple[str, ...]:
    if name.public:
        return (f"={name.public}", *name.numbers)
    if name.lone or (len(name.words) == 1 and name.latin and name.proper):
        return (name.folded[0].casefold(), *name.numbers)
    return (*sorted(name.words), *name.numbers)


def _country(names: Sequence[BodyName], member: Member) -> str:
    """What the name says; else what the report says, or is about, if it is a state's organ."""
    said = next((n.country for n in names if n.country), "") or member.country
    if said or not member.context:
        return said
    if any(n.public and not n.national for n in names):
        return ""
    if any(n.official for n in names) or all(_is_letters(n) for n in names):
        return member.context
    beyond = lists()["beyond"]
    vague = any(n.acronyms or n.vague for n in names)
    return _CONTEXT + member.context if vague and not names[0].words & beyond else ""


def _is_letters(name: BodyName) -> bool:
    """True for an acronym that no list knows: it may stand for anything."""
    return not name.public and not name.long and bool(name.acronyms)


def _local(
    names: Sequence[BodyName], member: Member, country: str, single: frozenset[tuple[str, int, str]]
) -> tuple[str, ...]:
    """The report as part of the key where a name alone says too little to go beyond it."""
    place = (member.report, str(member.start))
    if member.key in single or not member.named:
        return place
    if all(n.generic or _is_short(n, country) for n in names):
        return place
    unplaced = not country and any(n.official for n in names)
    if unplaced and not any(n.proper or n.public for n in names):
        return place
    if not country and all(_is_common(n) for n in names):
        return place
    if country in _NUMBERED_BY_REGION and all(_is_numbered_prison(n) for n in names):
        return place
    return ()


def _is_common(name: BodyName) -> bool:
    """True for `Union of Journalists`: elsewhere another is called so."""
    return name.common and not (name.proper or name.numbers or name.public)


def _is_short(name: BodyName, country: str) -> bool:
    """True for letters that too many bodies may have: two of them, or a few in no country."""
    least = 3 if country else _MANY_LETTERS
    return _is_letters(name) and any(len(a) < least for a in name.acronyms)


def _is_numbered_prison(name: BodyName) -> bool:
    return bool(name.numbers) and not name.proper and not name.words.isdisjoint(_PRISONS)


def compare_body_nodes(one: Body, other: Body) -> Verdict:
    """The best that any two of their names give, unless number or country speaks against."""
    if one.hard and other.hard and one.hard != other.hard:
        return told_apart("of another country", "country", one.hard, other.hard)
    if one.key[-2:] != other.key[-2:] and (_is_local(one) or _is_local(other)):
        return Verdict(Likeness.PARTIAL, "a common noun of one report")
    full = [[n for n in node.names if n.long] for node in (one, other)]
    firsts, seconds = full if all(full) else (one.names, other.names)
    verdicts = [compare_read_bodies(a, b) for a in firsts for b in seconds]
    best = max(verdicts, key=lambda v: (v.likeness, v.weight or 0.0, v.why))
    if best.likeness < Likeness.SAME:
        against = next((v for v in verdicts if v.why in _AGAINST), None)
        if against:
            return against
    return _in_reports(best, one, other, spelt_out=any(full))


def _in_reports(best: Verdict, one: Body, other: Body, *, spelt_out: bool) -> Verdict:
    """What the reports say of a judgement on names alone."""
    same_home = bool(one.home) and one.home == other.home
    together = not one.reports.isdisjoint(other.reports)
    if one.home and other.home and not same_home and _is_vague(one) and _is_vague(other):
        return told_apart("of another country", "country", one.home, other.home)
    if best.why == "the same acronym":
        return _by_acronym(best, one, other, spelt_out=spelt_out, same=same_home or together)
    letters = best.why.startswith("an acronym") or best.why == _CALLED
    if letters and not together:
        return _letters_alone(best)
    lone = any(name.lone for node in (one, other) for name in node.names)
    if lone and best.likeness < Likeness.SAME and not same_home:
        return with_evidence(best, Likeness.DIFFERENT, "one word alone", _ONE_WORD)
    if best.why == "the same words, and a country that only one adds":
        if same_home or together:
            told = Evidence("country", "that of both reports", 4.0, (one.home, other.home))
            return with_evidence(best, Likeness.SAME, "the same words, in one country", told)
        if min(len(one.names[0].words), len(other.names[0].words)) < 2:
            return with_evidence(best, Likeness.DIFFERENT, "one word alone", _ONE_WORD)
    return best


def _letters_alone(best: Verdict) -> Verdict:
    told = Evidence("acronym", "told by letters alone", -9.0)
    return with_evidence(best, Likeness.DIFFERENT, "letters alone", told)


def _by_acronym(best: Verdict, one: Body, other: Body, *, spelt_out: bool, same: bool) -> Verdict:
    """Letters stand for one body in one country; of a name told in full they may be another's."""
    if spelt_out:
        return replace(best, likeness=Likeness.LIKELY) if same else _letters_alone(best)
    shared = [a for n in one.names for a in n.acronyms if any(a in m.acronyms for m in other.names)]
    long = max(map(len, shared), default=0) >= _MANY_LETTERS
    return best if same or long else _letters_alone(best)


def _is_vague(node: Body) -> bool:
    return all(name.vague for name in node.names)


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
            (a.hard and b.hard and a.hard != b.hard)
            or _numbers(a) != _numbers(b)
            or (_is_long(a) and _is_long(b) and _differ(a, b))
            for a in first
            for b in second
        )

    clusters = Clusters(nodes, apart, pairs_of(nodes, never))
    why: dict[int, str] = {}
    for one, other in sorted(must, key=lambda pair: (pair[0].key, pair[1].key)):
        clusters.bind(one, other)
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
        if clusters.join(one, other, weakly=True):
            why.setdefault(id(one), verdict.why)


def _size(node: Body) -> tuple[int, tuple[str, ...]]:
    return len(node.names[0].words), node.key


def _may_join(one: Body, other: Body) -> bool:
    return not _is_local(one) and not _is_local(other)


def _candidates(nodes: Sequence[Body]) -> Iterator[tuple[Body, Body]]:
    blocks: dict[str, list[Body]] = defaultdict(list)
    for node in nodes:
        for key in node_keys(node):
            blocks[key].append(node)
    seen: set[frozenset[int]] = set()
    for _, block in sorted(blocks.items()):
        for one, other in combinations(sorted(block, key=lambda n: n.key), 2):
            pair = frozenset((id(one), id(other)))
            if pair not in seen:
                seen.add(pair)
                yield one, other


def node_keys(node: Body) -> tuple[str, ...]:
    """What a node is looked up by; nothing for what stays in its report."""
    return () if _is_local(node) else keys(node.names, node.country)


def keys(names: Sequence[BodyName], country: str) -> tuple[str, ...]:
    """What a body is looked up by: two bodies are compared if they share one of these.

    Args:
        names: its names as read.
        country: its country, or that of its report with a mark before it.

    Returns:
        The keys in order: what a state's organ is called holds the country, what others are called
        holds words of their own.
    """
    home = _home(country)
    return tuple(sorted({key for name in names for key in _keys(in_country(name, home), home)}))


def _keys(name: BodyName, home: str = "") -> Iterator[str]:
    if name.public:
        yield f"public {name.public}"
    yield from (f"acronym {a} {home}" for a in name.acronyms)
    where = " ".join((*name.numbers, home if name.official else ""))
    yield f"words {_core(name)} {where}"
    if len(name.sounds) > 1:
        yield f"sounds {' '.join(sorted(name.sounds))} {where}"
    yield from (f"letters {f} {where}" for f in name.folded if len(f) > 5)
    common = lists()["says_kind"] | lists()["generic"]
    own = sorted(w for w in name.proper - name.places - common if len(w) > 4)
    if not name.official:
        yield from (f"name {_by_sound(w[1:])} {where}" for w in own)
        if len(things := sorted(name.words & lists()["things"])) > 1:
            yield f"things {' '.join(things)}"
        elif things:  # of one word, whose it is only the country tells
            yield f"things {things[0]} {home}"
    for place in sorted(name.places):
        kinds = name.words & lists()["kinds"] or {name.parent}
        yield from (f"unit {place} {kind} {where}" for kind in sorted(kinds))


def _core(name: BodyName) -> str:
    """The words that two spellings of one body's name share, concepts as such, others by sound."""
    spare = lists()["spare"] | (lists()["spare_official"] if name.official else frozenset())
    concepts = sorted(w for w in name.words if not w.startswith("*") and w not in spare)
    if {"district", "city"} <= name.words:
        concepts.remove("city")
    return " ".join((*concepts, *sorted(classes(w[1:]) for w in name.proper)))


def _by_sound(word: str) -> str:
    """What spellings of a word share; of a short one more, since many words share so little."""
    found = classes(word)
    return found if len(found) > 3 else word
