"""The cast of one report: who is named, and who is meant by a description or a pronoun."""

from collections.abc import Sequence

from khronika.coding.slavic.clauses import conjuncts
from khronika.coding.slavic.members import Member
from khronika.coding.slavic.memory import Filler, Memory, is_possessive
from khronika.coding.slavic.names import Naming
from khronika.coding.slavic.phrases import PEOPLE, Phrases
from khronika.coding.slavic.roster import Roster
from khronika.coding.slavic.words import ParsedReport, Word
from khronika.model.acts import ActorType, CastMember, Mention, MentionForm

PERSONAL = frozenset({"person", "people"})
MANY = frozenset({"group", "people", "person"})


class Cast:
    """Who is who in one report."""

    def __init__(self, parsed: ParsedReport, phrases: Phrases) -> None:
        self._parsed, self._phrases = parsed, phrases
        self._roster = Roster(parsed, phrases)
        self._authorities: dict[str, int] = {}
        self._memory = Memory(parsed, phrases, self._roster, self._name_at)
        self._memory.fill(self._described)

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
            if is_possessive(child, self._phrases):
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
        index = self._roster.at.get((unit, word.i))
        index = index if index is not None else self._roster.behind(unit, word)
        if index is not None:
            return PEOPLE[self._roster.members[index].type]
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
            for index, member in enumerate(self._roster.members)
        )

    def member(self, index: int) -> Member:
        """One member of the cast."""
        return self._roster.members[index]

    def described_person(self, unit: int, word: Word) -> str | None:
        """The name of the one person whom a common noun describes here, if a name stands by it."""
        index = self._roster.behind(unit, word) if word.pos == "NOUN" else None
        if index is None or (unit, word.i) in self._roster.at:
            return None
        member = self._roster.members[index]
        return member.name if member.type is ActorType.PERSON else None

    def role_of(self, unit: int, word: Word) -> str:
        """A description's own noun in the nominative: 'главу центра' -> 'глава'."""
        return self._phrases.nominative(word, self._parsed.units[unit], [word])

    def body(self, unit: int, word: Word) -> Filler | None:
        """The one organisation or authority that a noun phrase names or describes."""
        found = self.fillers(unit, word)
        bodies = (ActorType.ORGANISATION, ActorType.AUTHORITY)
        if word.lemma in self._phrases.tongue.person_authority:
            return None
        return found[0] if len(found) == 1 and found[0].type in bodies else None

    def _one(self, unit: int, word: Word) -> tuple[Filler, ...]:
        index = self._roster.at.get((unit, word.i))
        if index is not None:
            return (self._named(unit, word, index),)
        tongue = self._phrases.tongue
        if word.lemma in tongue.relative and word.pos in ("PRON", "DET"):
            return self._relative(unit, word)
        if word.lemma in tongue.pronouns or is_possessive(word, self._phrases):
            return self._pronoun(unit, word)
        if word.lemma in tongue.reflexive or word.lemma in tongue.first:
            return ()
        behind = self._roster.behind(unit, word)
        if behind is not None:
            return (self._named(unit, word, behind),)
        served = self._served(unit, word)
        return served or self._described(unit, word)

    def _named(self, unit: int, word: Word, index: int) -> Filler:
        member = self._roster.members[index]
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
            path=("named here",) if naming else ("described here, named elsewhere",),
        )

    def _named_behind(self, unit: int, word: Word) -> tuple[Filler, ...]:
        """'сайт «Маяка»', 'редакция «Маяка»': the name in quotation marks behind a thing."""
        words = self._parsed.units[unit].words
        at = word.i + 1
        if at + 1 < len(words) and words[at].text in '«"':
            index = self._roster.at.get((unit, at + 1))
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
                index = self._roster.at.get((unit, child.i))
                if kind is ActorType.AUTHORITY or (
                    index is not None and self._roster.members[index].type is ActorType.AUTHORITY
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
            named = self._roster.last_body(unit, word)
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
            self._authorities[key] = len(self._roster.members)
            self._roster.members.append(
                Member(name=name, type=ActorType.AUTHORITY, gender="", namings=[], roles=[])
            )
        member = self._roster.members[self._authorities[key]]
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

    def _by_role(self, unit: int, word: Word) -> int | None:
        """The one member that a description fits, told before: 'юрист', 'задержанный'."""
        known = [
            i
            for i in self._roster.roles.get(word.lemma, ())
            if self._roster.told_before(i, unit, word)
        ]
        known = list(dict.fromkeys(known))
        if len(known) == 1 and not any(c.rel == "nmod" for c in word.children):
            return known[0]
        if word.lemma in GENERIC and not any(
            c.rel in ("amod", "nmod", "nummod") for c in word.children
        ):
            found = self._memory.last(
                unit, word, word.gender if word.lemma not in EITHER else "Any"
            )
            return found.member if found is not None else None
        return None

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
        possessive = is_possessive(word, self._phrases)
        table = tongue.possessives.get(word.lower) if possessive else None
        gender, number = table or tongue.pronouns.get(word.lemma, ("Any", "Sing"))
        found = (
            self._memory.last_many(unit, word)
            if number == "Plur"
            else self._memory.last(unit, word, gender)
        )
        if found is None:
            return ()
        back = "in the paragraph before" if found.unit != unit else "before in the paragraph"
        if found.unit == unit and found.sentence == word.sentence:
            back = "before in the sentence"
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
                path=(f"pronoun, last told of {back}",),
            )
            for f in found.fillers
        )

    def _name_at(self, unit: int, word: Word) -> tuple[Filler, ...]:
        return (self._named(unit, word, self._roster.at[unit, word.i]),)


GENERIC = frozenset(
    "мужчина женщина девушка задержанный задержанная обвиняемый обвиняемая подсудимый подсудимая "
    "осужденный осужденная арестованный арестованная заключенный заключенная пострадавший "
    "пострадавшая парень юноша жертва похищенный похищенная журналист журналистка активист "
    "активистка правозащитник правозащитница адвокат юрист блогер погибший погибшая "
    "чоловік жінка дівчина затриманий затримана обвинувачений обвинувачена підсудний підсудна "
    "засуджений засуджена заарештований заарештована в'язень постраждалий постраждала хлопець юнак "
    "викрадений викрадена журналіст журналістка активіст активістка правозахисник правозахисниця "
    "адвокатка блогерка загиблий загибла редактор редакторка вчитель вчителька волонтер "
    "волонтерка".split()
)
EITHER = frozenset("жертва адвокат юрист блогер".split())


def find_cast(parsed: ParsedReport, phrases: Phrases) -> Cast:
    """Find who is who in one report."""
    return Cast(parsed, phrases)


def same_filler(one: Filler, other: Filler) -> bool:
    """True if two stand for the same actor."""
    if one.cast is not None and other.cast is not None:
        return one.cast == other.cast
    return one.name == other.name


def all_types(fillers: Sequence[Filler]) -> frozenset[ActorType]:
    """The types of some fillers."""
    return frozenset(f.type for f in fillers)


__all__ = ["Cast", "Filler", "all_types", "find_cast", "same_filler"]
