"""Whom a pronoun may mean: everybody mentioned before it, and how likely each is taken up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from khronika.coding.slavic.clauses import clause_verb, conjuncts
from khronika.coding.slavic.members import Member
from khronika.coding.slavic.phrases import Phrases
from khronika.coding.slavic.roster import Roster
from khronika.coding.slavic.words import ParsedReport, ParsedUnit, Word
from khronika.model.acts import ActorType, Count, MentionForm

FAR = 3  # sentences back in which a pronoun's person is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Who stands for an argument; `[start, end)` are the words there, in the unit's text."""

    name: str = field(repr=False)
    type: ActorType
    form: MentionForm
    cast: int | None
    count: Count | None = None
    start: int
    end: int
    unit: int
    path: tuple[str, ...] = ()  # how it was found, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody was mentioned: for what a pronoun may mean."""

    unit: int
    sentence: int
    at: int
    rank: float
    member: int | None
    fillers: tuple[Filler, ...]
    gender: str
    number: str


Describing = Callable[[int, Word], tuple[Filler, ...]]


class Memory:
    """Everybody mentioned in a report so far, in the order of the text.

    `named` and `described` make the filler of a name and of a description; the latter may ask
    what is remembered up to there.
    """

    def __init__(
        self, parsed: ParsedReport, phrases: Phrases, roster: Roster, named: Describing
    ) -> None:
        self._parsed, self._phrases, self._roster = parsed, phrases, roster
        self._named = named
        self._mentions: dict[int, list[Place]] = {}

    def fill(self, described: Describing) -> None:
        """Go through the report once."""
        for unit in self._parsed.units:
            self._mentions[unit.index] = []
            self._scan(unit, described)

    def last(self, unit: int, word: Word, gender: str) -> Place | None:
        """The person of a gender who was mentioned last, subjects before others."""
        found: list[tuple[float, Place]] = []
        for place in self._near(unit, word):
            if place.number == "Plur" or (gender != "Any" and place.gender not in (gender, "")):
                continue
            if self._bound(place, unit, word):
                continue
            distance = self._distance(place, unit, word)
            found.append((place.rank - 1.5 * distance + place.at / 10_000, place))
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def last_many(self, unit: int, word: Word) -> Place | None:
        """The group, or the people named together, that was mentioned last."""
        found = [
            (p.rank - 1.5 * self._distance(p, unit, word) + p.at / 10_000, p)
            for p in self._near(unit, word)
            if p.number == "Plur" and not self._bound(p, unit, word)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _near(self, unit: int, word: Word) -> Iterator[Place]:
        for index in (unit, unit - 1):
            for place in self._mentions.get(index, ()) if index >= 0 else ():
                if (index < unit or place.at < word.i) and self._distance(place, unit, word) <= FAR:
                    yield place

    def _distance(self, place: Place, unit: int, word: Word) -> int:
        if place.unit == unit:
            return word.sentence - place.sentence
        return word.sentence + len(self._parsed.units[place.unit].sentences) - place.sentence

    def _bound(self, place: Place, unit: int, word: Word) -> bool:
        """True of the subject of the pronoun's own clause, which it cannot mean."""
        if place.unit != unit or place.sentence != word.sentence:
            return False
        other = self._parsed.units[unit].words[place.at]
        if word.rel in ("nsubj", "nsubj:pass") or is_possessive(word, self._phrases):
            return other in word.above()
        same = clause_verb(other) is clause_verb(word)
        return (
            same
            and other.rel in ("nsubj", "nsubj:pass", "obj", "iobj", "obl")
            and other is not word
        )

    def _scan(self, unit: ParsedUnit, described: Describing) -> None:
        """Everybody whom a later pronoun may mean, in the order of the text."""
        found = self._mentions[unit.index]
        for word in unit.words:
            index = self._roster.at.get((unit.index, word.i))
            if index is not None and self._roster.members[index].type is ActorType.PERSON:
                naming = next(
                    n
                    for n in self._roster.members[index].namings
                    if n.unit == unit.index and n.first <= word.i < n.last
                )
                if naming.first == word.i:
                    fillers = self._named(unit.index, word)
                    found.append(self._place(unit, word, naming.head, fillers))
            elif index is None:
                found.extend(self._scan_phrase(unit, word, described))
            if word.rel != "conj" and word.child("conj") is not None:
                found.extend(self._scan_pair(unit, word))

    def _scan_phrase(self, unit: ParsedUnit, word: Word, described: Describing) -> Iterator[Place]:
        """A description that a pronoun may take up: 'мужчина', 'двое активистов'."""
        if word.pos not in ("NOUN", "NUM", "PROPN", "ADJ", "VERB"):
            return
        kind = self._phrases.type_of(word)
        if (
            kind not in (ActorType.PERSON, ActorType.GROUP)
            or self._roster.behind(unit.index, word) is not None
        ):
            return
        fillers = described(unit.index, word)
        if fillers:
            yield self._place(unit, word, word, fillers)

    def _scan_pair(self, unit: ParsedUnit, word: Word) -> Iterator[Place]:
        """'Анна Лис и Илья Ким': they."""
        people: dict[int, Filler] = {}
        for each in conjuncts(word):
            index = self._roster.at.get((unit.index, each.i))
            if index is not None and self._roster.members[index].type is ActorType.PERSON:
                people.setdefault(index, self._named(unit.index, each)[0])
        if len(people) > 1:
            yield self._place(unit, word, word, tuple(people.values()))

    def _place(
        self, unit: ParsedUnit, word: Word, head: Word, fillers: tuple[Filler, ...]
    ) -> Place:
        member = fillers[0].cast if len(fillers) == 1 else None
        person = self._roster.members[member] if member is not None else None
        group = fillers[0].type is ActorType.GROUP or len(fillers) > 1
        return Place(
            unit=unit.index,
            sentence=word.sentence,
            at=word.i,
            rank=self._rank(head, person),
            member=member,
            fillers=fillers,
            gender=person.gender if person is not None else word.gender,
            number="Plur" if group else "Sing",
        )

    def _rank(self, head: Word, person: Member | None) -> float:
        """How likely a mention is taken up: subjects, named people, whom the report is about."""
        top = head
        if head.rel in ("appos", "flat:name") and head.head is not None:
            top = head.head
        rank = {"nsubj": 2.0, "nsubj:pass": 2.2, "obj": 1.4, "iobj": 1.2}.get(top.rel, 0.4)
        above = top.head
        if above is not None and above.lemma in self._phrases.tongue.according:
            rank = 2.4  # 'по словам X, его ...'
        if any(w.rel == "acl:relcl" for w in top.above()):
            rank -= 0.8
        if person is not None:
            rank += 1.0 + min(2.0, 0.5 * (len(person.namings) - 1))
        return rank


def is_possessive(word: Word, phrases: Phrases) -> bool:
    """'его', 'ее', 'их'."""
    return word.pos in ("DET", "PRON") and word.lower in phrases.tongue.possessives
