"""Who is named in one report: members, where they are named, what they are called."""

import re
from collections import defaultdict
from collections.abc import Sequence

from khronika.coding.slavic.declension import NameForms
from khronika.coding.slavic.members import Member, join_organisations, join_people
from khronika.coding.slavic.names import Naming, people_in, surnames_in
from khronika.coding.slavic.organisations import organisations_in
from khronika.coding.slavic.phrases import Phrases
from khronika.coding.slavic.words import ParsedReport, ParsedUnit, Word
from khronika.model.acts import ActorType

PUBLISHER = re.compile(r"(?P<noun>[^\W\d_]+) *[«\"](?P<name>[^«»\"]{2,60})")
# Nouns that take up an organisation of any sort.
BODILY = frozenset("организация объединение нко издание редакция движение".split())


class Roster:
    """The members of one report; `at` says who is named by a word, `roles` who is called what."""

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
        self.members: list[Member] = [*people, *join_organisations(bodies, phrases)]
        self._add_publisher()
        self.at: dict[tuple[int, int], int] = {
            (naming.unit, i): index
            for index, member in enumerate(self.members)
            for naming in member.namings
            for i in range(naming.first, naming.last)
        }
        self.roles: dict[str, list[int]] = defaultdict(list)
        self._describe()

    def _add_publisher(self) -> None:
        """'Комитет «Живая нить»' above a release: whom 'комитет' means in it."""
        known = self._parsed.report.publisher
        found = PUBLISHER.search(known.value)
        if known.anchor is None or found is None:
            return
        name, noun = found["name"].strip(), found["noun"].lower().replace("ё", "е")
        if all(m.name != name for m in self.members) and noun in self._phrases.tongue.organisation:
            member = Member(
                name=name, type=ActorType.ORGANISATION, gender="", namings=[], roles=[], noun=noun
            )
            self.members.append(member)
            self._publisher = len(self.members) - 1

    def _surnames(self, namings: Sequence[Naming], forms: NameForms) -> list[Naming]:
        """Family names alone that the parser took for something else."""
        taken = {(n.unit, i) for n in namings for i in range(n.first, n.last)}
        known = {n.family for n in namings if n.given and n.family}
        units = self._parsed.units if known else ()
        return [n for unit in units for n in surnames_in(unit, known, taken, forms)]

    def behind(self, unit: int, word: Word) -> int | None:
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
            index = self.at.get((unit, at))
            if index is not None:
                person = self.members[index].type is ActorType.PERSON
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
        index = self.at.get((unit, name.i))
        top = name
        while top.head is not None and self.at.get((unit, top.head.i)) == index:
            top = top.head
        below = top.head is word and top.rel in ("appos", "nmod", "flat:name", "flat", "conj")
        behind = name.i == word.i + 1 and word.number != "Plur"
        across = top.head is not None and top.head.head is word and top.case == word.case
        if not (below or behind or across):
            return False
        naming = next(
            n
            for n in self.members[index or 0].namings
            if n.unit == unit and n.first <= name.i < n.last
        )
        if word.lemma in self._phrases.tongue.words["kin"] and naming.case == "Gen":
            return word.case == "Gen" and top.rel == "appos"
        return _same_case(word.case, naming.case)

    def _is_its_name(self, word: Word, words: Sequence[Word], at: int) -> bool:
        """False for the genitive in 'Совет Европы', which is no name of a council."""
        quoted = words[at - 1].text in '«"'
        return quoted or words[at].text.isupper() or word.case == words[at].case != ""

    def _after_comma(self, unit: int, word: Word) -> int | None:
        """'муж юриста, Дмитрий Лис': an apposition set off by commas."""
        for child in word.children:
            if child.rel == "appos" and child.i > word.i:
                index = self.at.get((unit, child.i))
                if index is not None and self.members[index].type is ActorType.PERSON:
                    return index
        return None

    def _describe(self) -> None:
        """Which members are called what: 'юриста Анну Лис', 'Анна Лис, юрист'."""
        for unit in self._parsed.units:
            for word in unit.words:
                if word.pos != "NOUN" or self.at.get((unit.index, word.i)) is not None:
                    continue
                index = self.behind(unit.index, word)
                if index is None:
                    index = self._before_comma(unit, word)
                if index is None or self.members[index].type is not ActorType.PERSON:
                    continue
                member = self.members[index]
                if word.lemma not in member.roles and word.number != "Plur":
                    member.roles.append(word.lemma)
                    self.roles[word.lemma].append(index)

    def _before_comma(self, unit: ParsedUnit, word: Word) -> int | None:
        head = word.head
        if word.rel != "appos" or head is None or head.i > word.i:
            return None
        if self._phrases.type_of(word) is not ActorType.PERSON:
            return None
        return self.at.get((unit.index, head.i))

    def told_before(self, index: int, unit: int, word: Word) -> bool:
        """True if a member was named before a word."""
        return any((n.unit, n.first) < (unit, word.i) for n in self.members[index].namings)

    def last_body(self, unit: int, word: Word) -> int | None:
        """The organisation named last before 'организация', 'центр': of that very noun if any."""
        best: tuple[int, int, int] | None = None
        for index, member in enumerate(self.members):
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
        named = own is not None and self.members[own].noun == word.lemma
        return own if named else None


def _same_case(one: str, other: str) -> bool:
    """True if two words may stand in one case; accusative and genitive are one for people."""
    return one == other or not one or not other or {one, other} <= {"Gen", "Acc"}
