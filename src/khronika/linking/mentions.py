"""A list of names, each told of somewhere and sometime, put into people: for files and archives.

Unlike the linking of reports this looks at the whole list at once: how common a name is counted in
the list itself, and how many pairs of it are one person is estimated from it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from khronika.linking.people import keys
from khronika.text.likeness import compare_names, one_father
from khronika.text.names import PersonName, Word, read_name
from khronika.text.weights import name_model, probability_of

_FEWEST = -12.0  # bits; names that agree less are no candidates whatever stands beside them
_ROUNDS = 8  # of estimating how many pairs are one person
_INITIAL = 3.5  # bits that an initial says


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMention:
    """A name as it stands in a list.

    Attributes:
        id: tells it from the others.
        name: as written.
        place: where it is told of, "" if unknown; one spelling a place.
        year: of birth, or another fact that a person has one of; "" if unknown.
    """

    id: str
    name: str = field(repr=False)
    place: str = field(default="", repr=False)
    year: str = field(default="", repr=False)


Edge = tuple[float, int, int]


def group_mentions(
    mentions: Sequence[NamedMention], *, least: float = 0.5
) -> tuple[tuple[str, ...], ...]:
    """Put mentions into people.

    Args:
        mentions: the list, ids distinct, in any order.
        least: how probable it must be that two mentions are one person before their groups join.

    Returns:
        The ids of each person, sorted; people sorted by their first id.
    """
    ordered = sorted(mentions, key=lambda m: m.id)
    edges = mention_edges(ordered)
    bound = math.log2(least / (1 - least)) if 0 < least < 1 else 0.0
    groups = _Groups(ordered)
    for weight, one, other in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        if weight >= bound:
            groups.join(one, other)
    return tuple(tuple(ordered[i].id for i in sorted(g)) for g in groups.all())


def mention_edges(ordered: Sequence[NamedMention]) -> list[Edge]:
    """The pairs that may be one person: log-odds to base 2, and the places of both in the list."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(ordered):
        by_name[mention.name].append(index)
    read = {name: read_name(name) for name in sorted(by_name)}
    told = _Told(read, {name: len(indexes) for name, indexes in by_name.items()})
    model = name_model()
    found: list[Edge] = []
    for name, indexes in by_name.items():
        weight = told.itself(name)
        found += _beside(ordered, weight, combinations(indexes, 2))
    for one, other in sorted(_candidates(read)):
        verdict = compare_names(read[one], read[other])
        weight = (verdict.weight or 0.0) - model.prior
        if weight + model.prior >= _FEWEST:
            pairs = ((a, b) for a in by_name[one] for b in by_name[other])
            found += _beside(ordered, weight + told.more(one, other), pairs)
    prior = _prior([e[0] for e in found], len(ordered))
    return [(weight + prior, a, b) for weight, a, b in found]


def _beside(
    ordered: Sequence[NamedMention], weight: float, pairs: Iterable[tuple[int, int]]
) -> list[Edge]:
    """The weight of each pair once place and year are looked at; none where these differ."""
    levels = name_model().levels
    place, year = levels["place", "same"].weight, levels["year", "same"].weight
    found = []
    for a, b in pairs:
        one, other = ordered[a], ordered[b]
        if _differ(one.place, other.place) or _differ(one.year, other.year):
            continue
        more = (place if one.place and other.place else 0.0) + (
            year if one.year and other.year else 0.0
        )
        found.append((weight + more, min(a, b), max(a, b)))
    return found


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _prior(weights: Sequence[float], size: int) -> float:
    """Log-odds that two mentions of the list are one person, so that they fit the weights."""
    pairs = max(1.0, size * (size - 1) / 2)
    prior = -math.log2(max(2, size))
    for _ in range(_ROUNDS):
        expected = sum(probability_of(weight + prior) for weight in weights)
        share = min(0.5, max(1.0, expected) / pairs)
        prior = math.log2(share / (1 - share))
    return prior


def _candidates(read: Mapping[str, PersonName]) -> set[tuple[str, str]]:
    blocks: dict[str, list[str]] = defaultdict(list)
    for name, as_read in read.items():
        for key in keys([as_read]):
            blocks[key].append(name)
    return {pair for block in blocks.values() for pair in combinations(block, 2)}


class _Told:
    """How much the surname and given name of a list's names say in that list."""

    def __init__(self, read: Mapping[str, PersonName], counts: Mapping[str, int]) -> None:
        self._parts = {name: _surname_and_given(as_read) for name, as_read in read.items()}
        self._fathers = {n: any(w.patronymic for w in read[n].words) for n in read}
        self._size = sum(counts.values())
        self._counts: Counter[str] = Counter()
        for name, (surname, given) in self._parts.items():
            self._counts[surname.skeleton] += counts[name]
            if given is not None:
                self._counts[_given_key(given)] += counts[name]

    def _bits(self, key: str) -> float:
        return -math.log2(self._counts[key] / self._size)

    def itself(self, name: str) -> float:
        """The weight of a name written twice."""
        surname, given = self._parts[name]
        bits = self._bits(surname.skeleton)
        if given is not None:
            bits += _INITIAL if given.initial else self._bits(_given_key(given))
        father = name_model().levels["patronymic", "same"].weight
        return bits + (father if self._fathers[name] else 0.0)

    def more(self, one: str, other: str) -> float:
        """What the names' frequency in the list adds to what the model takes them to say."""
        (surname, given), (second, beside) = self._parts[one], self._parts[other]
        if surname.skeleton == second.skeleton:
            added = self._bits(surname.skeleton) - max(surname.bits, second.bits)
        else:
            rarer = max(self._bits(surname.skeleton), self._bits(second.skeleton))
            added = min(0.0, rarer - name_model().surname)
        if given is None or beside is None or given.initial or beside.initial:
            return added
        if _given_key(given) == _given_key(beside):
            added += self._bits(_given_key(given)) - given.bits
        return added


def _surname_and_given(name: PersonName) -> tuple[Word, Word | None]:
    words = [w for w in name.words if not w.patronymic] or list(name.words) or [Word("", "", "")]
    surname = next((w for w in words if not w.listed and not w.initial), words[0])
    return surname, next((w for w in words if w is not surname), None)


def _given_key(word: Word) -> str:
    return f"={min(word.groups)}" if word.groups else f"-{word.skeleton}"


class _Groups:
    """Groups of mentions that never hold two places, two years or two fathers' names."""

    def __init__(self, ordered: Sequence[NamedMention]) -> None:
        self._home = list(range(len(ordered)))
        self._members: dict[int, list[int]] = {i: [i] for i in range(len(ordered))}
        self._place = [m.place for m in ordered]
        self._year = [m.year for m in ordered]
        self._father = [_father(m.name) for m in ordered]

    def all(self) -> list[list[int]]:
        return sorted(self._members.values(), key=min)

    def join(self, one: int, other: int) -> None:
        """Join the groups of two mentions unless they hold what one person cannot have."""
        a, b = self._home[one], self._home[other]
        if a == b or self._apart(a, b):
            return
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        for index in self._members.pop(b):
            self._members[a].append(index)
            self._home[index] = a
        self._place[a] = self._place[a] or self._place[b]
        self._year[a] = self._year[a] or self._year[b]
        self._father[a] = self._father[a] or self._father[b]

    def _apart(self, a: int, b: int) -> bool:
        if _differ(self._place[a], self._place[b]) or _differ(self._year[a], self._year[b]):
            return True
        fathers = self._father[a], self._father[b]
        return bool(fathers[0] and fathers[1] and not one_father(fathers[0], fathers[1]))


def _father(name: str) -> Word | None:
    return next((w for w in read_name(name).words if w.patronymic), None)
