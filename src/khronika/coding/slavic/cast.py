"""The cast of one report: who is named, and who is meant by a description or a pronoun."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from khronika.coding.slavic.clauses import clause_verb, conjuncts
from khronika.coding.slavic.declension import NameForms
from khronika.coding.slavic.members import Member, join_organisations, join_people
from khronika.coding.slavic.names import Naming, people_in, surnames_in
from khronika.coding.slavic.organisations import organisations_in
from khronika.coding.slavic.phrases import COLLECTIVE, PEOPLE, Phrases
from khronika.coding.slavic.words import ParsedReport, ParsedUnit, Word
from khronika.model.acts import ActorType, CastMember, Count, Mention, MentionForm

FAR = 3  # sentences back in which a pronoun's person is looked for
PERSONAL = frozenset({"person", "people"})
MANY = frozenset({"group", "people", "person"})


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody was mentioned: for what a pronoun may mean."""

    unit: int
    sentence: int
    at: int
    rank: float
    member: int | None
    fillers: tuple[Filler, ...]
    gender: str
    number: str


class Cast:
    """Who is who in one report."""

    def __init__(self, parsed: ParsedReport, phrases: Phrases) -> None:
        self._parsed, self._phrases = parsed, phrases
        self._publisher: int | None = None
        forms = NameForms(
            morphology=parsed.morphology,
            declensions=phrases.tongue.declensions,
            fixed=phrases.tongue.fixed,
        )
        namings = [n for u in parsed.units for n in people_in(u, forms)]
        namings += self._surnames(namings, forms)
        people = join_people(namings)
        taken = {(n.unit, i) for n in namings for i in range(n.first, n.last)}
        bodies = [n for u in parsed.units for n in organisations_in(u, phrases, taken)]
        self._members: list[Member] = [*people, *join_organisations(bodies, phrases)]
        self._add_publisher()
        self._at: dict[tuple[int, int], int] = {}
        for index, member in enumerate(self._members):
            for naming in member.namings:
                for i in range(naming.first, naming.last):
                    self._at[naming.unit, i] = index
        self._authorities: dict[str, int] = {}
        self._roles: dict[str, list[int]] = defaultdict(list)
        self._describe()
        self._mentions: dict[int, list[_Place]] = {}
        for unit in parsed.units:
            self._mentions[unit.index] = []
            self._scan(unit)

    def _add_publisher(self) -> None:
        """'Комитет «Живая нить»' above a release: whom 'комитет' means in it."""
        known = self._parsed.report.publisher
        found = PUBLISHER.search(known.value)
        if known.anchor is None or found is None:
            return
        name, noun = found["name"].strip(), found["noun"].lower().replace("ё", "е")
        if all(m.name != name for m in self._members) and noun in self._phrases.tongue.organisation:
            member = Member(
                name=name, type=ActorType.ORGANISATION, gender="", namings=[], roles=[], noun=noun
            )
            self._members.append(member)
            self._publisher = len(self._members) - 1

    def _surnames(self, namings: Sequence[Naming], forms: NameForms) -> list[Naming]:
        """Family names alone that the parser took for something else."""
        taken = {(n.unit, i) for n in namings for i in range(n.first, n.last)}
        known = {n.family for n in namings if n.given and n.family}
        units = self._parsed.units if known else ()
        return [n for unit in units for n in surnames_in(unit, known, taken, forms)]

    # --- what is asked ----------------------------------------------------------------------------

    def fillers(self, unit: int, word: Word) -> tuple[Filler, ...]:
        """Who the noun phrase or pronoun headed by a word stands for, its conjuncts included."""
        found: dict[str, Filler] = {}
        for each in conjuncts(word):
            for filler in self._one(unit, each):
                found.setdefault(filler.name, filler)
        return tuple(found.values())

    def owners(self, unit: int, word: Word) -> tuple[Filler, ...]:
        """Whose the thing headed by a word is: 'ее квартира', 'офис фонда', 'дом Ивановых'."""
        for child in word.children:
            if self._is_possessive(child):
                found = self._pronoun(unit, child)
                if found:
                    return found
            if (
                child.rel in ("nmod", "obl")
                and child.case in ("Gen", "")
                and not child.preposition()
            ):
                found = self.fillers(unit, child)
                if found:
                    return found
                deeper = self.owners(unit, child)
                if deeper:
                    return deeper
            if child.rel in ("nmod", "obl") and child.preposition() in ("у", "в"):
                found = tuple(
                    f for f in self.fillers(unit, child) if f.type is not ActorType.COUNTRY
                )
                if found:
                    return found
        return self._named_behind(unit, word)

    def classes(self, unit: int, word: Word) -> frozenset[str]:
        """What the phrase is: "person", "group", "organisation", "authority", "country"."""
        index = self._at.get((unit, word.i))
        index = index if index is not None else self._behind(unit, word)
        if index is not None:
            return PEOPLE[self._members[index].type]
        tongue = self._phrases.tongue
        pronoun = word.pos == "PRON" and word.lower in tongue.possessives
        if pronoun or word.lemma in tongue.pronouns or word.lemma in tongue.relative:
            return PERSONAL | MANY | frozenset({"organisation", "bodies"})
        kind = self._phrases.type_of(word)
        found = PEOPLE[kind] if kind is not None else frozenset()
        return found | PERSONAL if word.lemma in tongue.person_authority else found

    def members(self) -> tuple[CastMember, ...]:
        """Everybody named in the report, as the record keeps them."""
        return tuple(
            CastMember(
                index=index,
                name=member.name,
                type=member.type,
                forms=tuple(dict.fromkeys(n.exact for n in member.namings)),
                gender={"Masc": "m", "Fem": "f"}.get(member.gender, ""),
                description=", ".join(member.roles),
                mentions=tuple(
                    Mention(
                        anchor=self._parsed.anchor(n.unit, n.start, n.end), form=MentionForm.NAME
                    )
                    for n in member.namings
                ),
            )
            for index, member in enumerate(self._members)
        )

    def member(self, index: int) -> Member:
        """One member of the cast."""
        return self._members[index]

    # --- one phrase -------------------------------------------------------------------------------

    def _one(self, unit: int, word: Word) -> tuple[Filler, ...]:
        index = self._at.get((unit, word.i))
        if index is not None:
            return (self._named(unit, word, index),)
        tongue = self._phrases.tongue
        if word.lemma in tongue.relative and word.pos in ("PRON", "DET"):
            return self._relative(unit, word)
        if word.lemma in tongue.pronouns or self._is_possessive(word):
            return self._pronoun(unit, word)
        if word.lemma in tongue.reflexive or word.lemma in tongue.first:
            return ()
        behind = self._behind(unit, word)
        if behind is not None:
            return (self._named(unit, word, behind),)
        served = self._served(unit, word)
        return served or self._described(unit, word)

    def _named(self, unit: int, word: Word, index: int) -> Filler:
        member = self._members[index]
        naming = next(
            (n for n in member.namings if n.unit == unit and n.first <= word.i < n.last), None
        )
        start, end = (naming.start, naming.end) if naming else (word.start, word.end)
        return Filler(
            name=member.name,
            type=member.type,
            form=MentionForm.NAME if naming else MentionForm.DESCRIPTION,
            cast=index,
            start=start,
            end=end,
            unit=unit,
        )

    def _behind(self, unit: int, word: Word) -> int | None:
        """The member named behind its description: 'юрист Анна Лис', 'центр «Лист»'."""
        if word.pos == "PRON" or self._phrases.type_of(word) is None:
            return None
        words = self._parsed.units[unit].words
        human = self._human(word)
        at = word.i + 1
        for _ in range(8):  # 'глава фонда «X» Анна Лис': the name is the head's, not the fund's
            while at < len(words) and words[at].text in '«"(':
                at += 1
            if at >= len(words):
                return None
            index = self._at.get((unit, at))
            if index is not None:
                person = self._members[index].type is ActorType.PERSON
                if person == human and self._apposed(word, words[at], unit):
                    return index
                if not human:
                    near = at - word.i <= 2 and not person
                    return index if near and self._is_its_name(word, words, at) else None
            if words[at].pos in ("VERB", "PUNCT", "CCONJ") and words[at].text not in '«»"':
                break
            at += 1
        return self._after_comma(unit, word) if human else None

    def _human(self, word: Word) -> bool:
        """True of a description of one person: 'юрист', 'следователь'."""
        one = word.lemma in self._phrases.tongue.person_authority and word.number != "Plur"
        return one or self._phrases.type_of(word) is ActorType.PERSON

    def _apposed(self, word: Word, name: Word, unit: int) -> bool:
        """True if a name stands in apposition: it hangs on the word, or follows it at once."""
        index = self._at.get((unit, name.i))
        top = name
        while top.head is not None and self._at.get((unit, top.head.i)) == index:
            top = top.head
        below = top.head is word and top.rel in ("appos", "nmod", "flat:name", "flat", "conj")
        behind = name.i == word.i + 1 and word.number != "Plur"
        across = top.head is not None and top.head.head is word and top.case == word.case
        if not (below or behind or across):
            return False
        naming = next(
            n
            for n in self._members[index or 0].namings
            if n.unit == unit and n.first <= name.i < n.last
        )
        if word.lemma in self._phrases.tongue.words["kin"] and naming.case == "Gen":
            return word.case == "Gen" and top.rel == "appos"
        return _same_case(word.case, naming.case)

    def _is_its_name(self, word: Word, words: Sequence[Word], at: int) -> bool:
        """False for the genitive in 'Совет Европы', which is no name of a council."""
        quoted = words[at - 1].text in '«"'
        return quoted or words[at].case in (word.case, "") or words[at].case == "Nom"

    def _after_comma(self, unit: int, word: Word) -> int | None:
        """'муж юриста, Дмитрий Лис': an apposition set off by commas."""
        for child in word.children:
            if child.rel == "appos" and child.i > word.i:
                index = self._at.get((unit, child.i))
                if index is not None and self._members[index].type is ActorType.PERSON:
                    return index
        return None

    def _named_behind(self, unit: int, word: Word) -> tuple[Filler, ...]:
        """'сайт «Маяка»', 'редакция «Маяка»': the name in quotation marks behind a thing."""
        words = self._parsed.units[unit].words
        at = word.i + 1
        if at + 1 < len(words) and words[at].text in '«"':
            index = self._at.get((unit, at + 1))
            if index is not None:
                return (self._named(unit, words[at + 1], index),)
        return ()

    def _served(self, unit: int, word: Word) -> tuple[Filler, ...]:
        """'сотрудники КГБ', 'судья районного суда': the body whose people they are."""
        tongue = self._phrases.tongue
        if word.lemma not in tongue.staff and word.lemma not in tongue.person_authority:
            return ()
        for child in word.children:
            if child.rel in ("nmod", "appos", "flat", "flat:name") and child.case in (
                "Gen",
                "",
                "Nom",
            ):
                kind = self._phrases.type_of(child)
                index = self._at.get((unit, child.i))
                if kind is ActorType.AUTHORITY or (
                    index is not None and self._members[index].type is ActorType.AUTHORITY
                ):
                    return self._one(unit, child)
        return ()

    def _described(self, unit: int, word: Word) -> tuple[Filler, ...]:
        kind = self._phrases.type_of(word)
        if kind is None:
            return ()
        if kind is ActorType.PERSON:
            member = self._by_role(unit, word)
            if member is not None:
                return (self._named(unit, word, member),)
        if kind is ActorType.ORGANISATION and not self._has_own(word):
            named = self._last_body(unit, word)
            if named is not None:
                return (self._named(unit, word, named),)
        parsed = self._parsed.units[unit]
        span = self._phrases.span(word)
        name = self._phrases.nominative(word, parsed)
        if kind is ActorType.COUNTRY:
            name = self._phrases.nominative(word, parsed)
        return (
            Filler(
                name=name,
                type=kind,
                form=MentionForm.DESCRIPTION,
                cast=self._authority(unit, word, name) if kind is ActorType.AUTHORITY else None,
                count=self._phrases.count(word),
                start=span[0].start,
                end=span[-1].end,
                unit=unit,
            ),
        )

    def _has_own(self, word: Word) -> bool:
        return any(c.rel in ("amod", "nmod") for c in word.children) or word.number == "Plur"

    def _authority(self, unit: int, word: Word, name: str) -> int:
        """A body of the state that is only described is one actor under one description."""
        key = name.lower()
        if key not in self._authorities:
            self._authorities[key] = len(self._members)
            self._members.append(
                Member(name=name, type=ActorType.AUTHORITY, gender="", namings=[], roles=[])
            )
        member = self._members[self._authorities[key]]
        span = self._phrases.span(word)
        start, end = span[0].start, span[-1].end
        if all((n.unit, n.start) != (unit, start) for n in member.namings):
            exact = self._parsed.units[unit].text[start:end]
            member.namings.append(
                Naming(
                    unit=unit, first=span[0].i, last=span[-1].i + 1, start=start, end=end,
                    kind="organisation", name=name, exact=exact, head=word,
                )
            )  # fmt: skip
        return self._authorities[key]

    # --- roles ------------------------------------------------------------------------------------

    def _describe(self) -> None:
        """Which members are called what: 'юриста Анну Лис', 'Анна Лис, юрист'."""
        for unit in self._parsed.units:
            for word in unit.words:
                if word.pos != "NOUN" or self._at.get((unit.index, word.i)) is not None:
                    continue
                index = self._behind(unit.index, word)
                if index is None:
                    index = self._before_comma(unit, word)
                if index is None or self._members[index].type is not ActorType.PERSON:
                    continue
                member = self._members[index]
                if word.lemma not in member.roles and word.number != "Plur":
                    member.roles.append(word.lemma)
                    self._roles[word.lemma].append(index)

    def _before_comma(self, unit: ParsedUnit, word: Word) -> int | None:
        head = word.head
        if word.rel != "appos" or head is None or head.i > word.i:
            return None
        if self._phrases.type_of(word) is not ActorType.PERSON:
            return None
        return self._at.get((unit.index, head.i))

    def _by_role(self, unit: int, word: Word) -> int | None:
        """The one member that a description fits, told before: 'юрист', 'задержанный'."""
        known = [i for i in self._roles.get(word.lemma, ()) if self._told_before(i, unit, word)]
        known = list(dict.fromkeys(known))
        if len(known) == 1 and not any(c.rel == "nmod" for c in word.children):
            return known[0]
        if word.lemma in GENERIC and not any(
            c.rel in ("amod", "nmod", "nummod") for c in word.children
        ):
            found = self._last(unit, word, word.gender if word.lemma not in EITHER else "Any")
            return found.member if found is not None else None
        return None

    def _told_before(self, index: int, unit: int, word: Word) -> bool:
        return any((n.unit, n.first) < (unit, word.i) for n in self._members[index].namings)

    def _last_body(self, unit: int, word: Word) -> int | None:
        """The organisation named last before 'организация', 'центр': of that very noun if any."""
        best: tuple[int, int, int] | None = None
        for index, member in enumerate(self._members):
            if member.type is not ActorType.ORGANISATION or not member.namings:
                continue
            if member.noun and word.lemma != member.noun and word.lemma not in BODILY:
                continue
            if not member.noun and word.lemma not in BODILY:
                continue
            for naming in member.namings:
                near = unit - naming.unit <= 1 and (naming.unit, naming.first) < (unit, word.i)
                if near and (best is None or (naming.unit, naming.first) > best[:2]):
                    best = naming.unit, naming.first, index
        if best is not None:
            return best[2]
        own = self._publisher
        named = own is not None and self._members[own].noun == word.lemma
        return own if named else None

    # --- pronouns ---------------------------------------------------------------------------------

    def _is_possessive(self, word: Word) -> bool:
        return word.pos in ("DET", "PRON") and word.lower in self._phrases.tongue.possessives

    def _relative(self, unit: int, word: Word) -> tuple[Filler, ...]:
        """'которого', 'чью': the noun that the relative clause hangs on."""
        above = next((w for w in word.above() if w.rel in ("acl:relcl", "acl")), None)
        if above is None or above.head is None:
            return ()
        head = above.head
        while head.rel == "flat:name" and head.head is not None:
            head = head.head
        if word.number and head.number and word.number != head.number and not head.child("conj"):
            return ()
        named = self._one(unit, head)
        return named if word.number != "Plur" else self.fillers(unit, head)

    def _pronoun(self, unit: int, word: Word) -> tuple[Filler, ...]:
        tongue = self._phrases.tongue
        possessive = self._is_possessive(word)
        table = tongue.possessives.get(word.lower) if possessive else None
        gender, number = table or tongue.pronouns.get(word.lemma, ("Any", "Sing"))
        found = self._last_many(unit, word) if number == "Plur" else self._last(unit, word, gender)
        if found is None:
            return ()
        return tuple(
            Filler(
                name=f.name,
                type=f.type,
                form=MentionForm.PRONOUN,
                cast=f.cast,
                count=f.count,
                start=word.start,
                end=word.end,
                unit=unit,
            )
            for f in found.fillers
        )

    def _last(self, unit: int, word: Word, gender: str) -> _Place | None:
        """The person of a gender who was mentioned last, subjects before others."""
        found: list[tuple[float, _Place]] = []
        for place in self._near(unit, word):
            if place.number == "Plur" or (gender != "Any" and place.gender not in (gender, "")):
                continue
            if self._bound(place, unit, word):
                continue
            distance = self._distance(place, unit, word)
            found.append((place.rank - 1.5 * distance + place.at / 10_000, place))
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _last_many(self, unit: int, word: Word) -> _Place | None:
        found = [
            (p.rank - 1.5 * self._distance(p, unit, word) + p.at / 10_000, p)
            for p in self._near(unit, word)
            if p.number == "Plur" and not self._bound(p, unit, word)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def _near(self, unit: int, word: Word) -> Iterator[_Place]:
        for index in (unit, unit - 1):
            for place in self._mentions.get(index, ()) if index >= 0 else ():
                if (index < unit or place.at < word.i) and self._distance(place, unit, word) <= FAR:
                    yield place

    def _distance(self, place: _Place, unit: int, word: Word) -> int:
        if place.unit == unit:
            return word.sentence - place.sentence
        return word.sentence + len(self._parsed.units[place.unit].sentences) - place.sentence

    def _bound(self, place: _Place, unit: int, word: Word) -> bool:
        """True of the subject of the pronoun's own clause, which it cannot mean."""
        if place.unit != unit or place.sentence != word.sentence:
            return False
        other = self._parsed.units[unit].words[place.at]
        if word.rel in ("nsubj", "nsubj:pass") or self._is_possessive(word):
            return other in word.above()
        same = clause_verb(other) is clause_verb(word)
        return (
            same
            and other.rel in ("nsubj", "nsubj:pass", "obj", "iobj", "obl")
            and other is not word
        )

    def _scan(self, unit: ParsedUnit) -> None:
        """Everybody whom a later pronoun may mean, in the order of the text."""
        found = self._mentions[unit.index]
        for word in unit.words:
            index = self._at.get((unit.index, word.i))
            if index is not None and self._members[index].type is ActorType.PERSON:
                naming = next(
                    n
                    for n in self._members[index].namings
                    if n.unit == unit.index and n.first <= word.i < n.last
                )
                if naming.first == word.i:
                    fillers = (self._named(unit.index, word, index),)
                    found.append(self._place(unit, word, naming.head, fillers))
            elif index is None:
                found.extend(self._scan_phrase(unit, word))
            if word.rel != "conj" and word.child("conj") is not None:
                found.extend(self._scan_pair(unit, word))

    def _scan_phrase(self, unit: ParsedUnit, word: Word) -> Iterator[_Place]:
        """A description that a pronoun may take up: 'мужчина', 'двое активистов'."""
        if word.pos not in ("NOUN", "NUM", "PROPN", "ADJ", "VERB"):
            return
        kind = self._phrases.type_of(word)
        if (
            kind not in (ActorType.PERSON, ActorType.GROUP)
            or self._behind(unit.index, word) is not None
        ):
            return
        fillers = self._described(unit.index, word)
        if fillers:
            yield self._place(unit, word, word, fillers)

    def _scan_pair(self, unit: ParsedUnit, word: Word) -> Iterator[_Place]:
        """'Анна Лис и Илья Ким': they."""
        every = [self._at.get((unit.index, w.i)) for w in conjuncts(word)]
        people = [i for i in every if i is not None and self._members[i].type is ActorType.PERSON]
        if len(set(people)) > 1:
            fillers = tuple(self._named(unit.index, word, i) for i in dict.fromkeys(people))
            yield self._place(unit, word, word, fillers)

    def _place(
        self, unit: ParsedUnit, word: Word, head: Word, fillers: tuple[Filler, ...]
    ) -> _Place:
        member = fillers[0].cast if len(fillers) == 1 else None
        person = self._members[member] if member is not None else None
        group = fillers[0].type is ActorType.GROUP or len(fillers) > 1
        return _Place(
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


PUBLISHER = re.compile(r"(?P<noun>[^\W\d_]+) *[«\"](?P<name>[^«»\"]{2,60})")
GENERIC = frozenset(
    "мужчина женщина девушка задержанный задержанная обвиняемый обвиняемая подсудимый подсудимая "
    "осужденный осужденная арестованный арестованная заключенный заключенная пострадавший "
    "пострадавшая парень юноша жертва похищенный похищенная журналист журналистка активист "
    "активистка правозащитник правозащитница адвокат юрист блогер погибший погибшая".split()
)
EITHER = frozenset("жертва адвокат юрист блогер".split())
BODILY = frozenset("организация объединение нко издание редакция движение".split())


def find_cast(parsed: ParsedReport, phrases: Phrases) -> Cast:
    """Find who is who in one report."""
    return Cast(parsed, phrases)


def _same_case(one: str, other: str) -> bool:
    """True if two words may stand in one case; accusative and genitive are one for people."""
    return one == other or not one or not other or {one, other} <= {"Gen", "Acc"}


def same_filler(one: Filler, other: Filler) -> bool:
    """True if two stand for the same actor."""
    if one.cast is not None and other.cast is not None:
        return one.cast == other.cast
    return one.name == other.name


def all_types(fillers: Sequence[Filler]) -> frozenset[ActorType]:
    """The types of some fillers."""
    return frozenset(f.type for f in fillers)


__all__ = ["COLLECTIVE", "Cast", "Filler", "all_types", "find_cast", "same_filler"]
