"""Noun phrases: what they are, how many, and their nominative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khronika.coding.slavic.clauses import negated
from khronika.coding.slavic.morphology import Morphology, Reading
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.words import ParsedUnit, Word
from khronika.model.acts import ActorType, Count
from khronika.text.gazetteer import Gazetteer, PlaceKind

PEOPLE = {
    ActorType.PERSON: frozenset({"person", "people"}),
    ActorType.GROUP: frozenset({"group", "people"}),
    ActorType.ORGANISATION: frozenset({"organisation", "bodies"}),
    ActorType.AUTHORITY: frozenset({"authority"}),
    ActorType.COUNTRY: frozenset({"country"}),
}
NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0.,]\d{3})+|\d{1,9}")
CHAINED = ("nmod", "appos", "flat", "flat:foreign", "flat:name")
LONGEST_PHRASE = 12  # words of a description


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Reads noun phrases of one language."""

    tongue: Tongue
    morphology: Morphology
    table: Gazetteer

    def type_of(self, word: Word) -> ActorType | None:
        """What sort of actor the noun phrase headed by a word is; None for no actor."""
        lemma = word.lemma
        tongue = self.tongue
        if word.pos in ("NUM", "DET", "ADV") or lemma in tongue.many or lemma in tongue.loose:
            return self._counted_type(word)
        if lemma in OFFICIAL_IF and any(c.lemma in tongue.words["state"] for c in word.children):
            return ActorType.AUTHORITY
        for kind, lemmas in (
            (ActorType.AUTHORITY, tongue.person_authority | tongue.authority),
            (ActorType.ORGANISATION, tongue.organisation),
            (ActorType.GROUP, tongue.group),
        ):
            if lemma in lemmas:
                return kind
        if word.entity == "LOC" or self.country(word):
            return ActorType.COUNTRY if self.country(word) else None
        if lemma in tongue.things_animate:
            return None
        if self._is_human(word):
            many = word.number == "Plur" or self._is_counted(word)
            return ActorType.GROUP if many else ActorType.PERSON
        if word.entity == "ORG":
            return ActorType.ORGANISATION
        return None

    def _counted_type(self, word: Word) -> ActorType | None:
        """'двое', 'трое активистов', 'десятки людей'; None for 'три дня'."""
        counted = [
            c for c in word.children if c.rel in ("nmod", "nummod", "nummod:gov", "obl", "conj")
        ]
        if any(self.type_of(c) is not None for c in counted if c.rel != "conj"):
            return ActorType.GROUP
        collective = word.lemma in COLLECTIVE or word.lemma in self.tongue.many
        plural = word.number == "Plur" or word.lemma in COLLECTIVE
        return ActorType.GROUP if collective and plural and not counted else None

    def _is_human(self, word: Word) -> bool:
        readings = self.morphology.readings(word.text)
        if word.pos in ("NOUN", "PROPN"):
            nouns = [r for r in readings if r.pos == "NOUN" and r.lemma == word.lemma]
            if nouns:
                return nouns[0].animate
            return word.animate and self._nominal(word)
        return self._nominal(word)

    def _nominal(self, word: Word) -> bool:
        """'задержанные', 'пришедшие', 'раненый': a participle or adjective used as a noun."""
        adjectival = word.form == "Part" or word.pos in ("ADJ", "NOUN", "VERB")
        if (
            negated(word)
            or not adjectival
            or word.short
            or word.rel in ("amod", "acl", "root", "conj:amod")
        ):
            return False
        readings = self.morphology.readings(word.text)
        shaped = any(r.pos in ("PRTF", "ADJF") for r in readings)
        doing = word.rel in ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "conj")
        human = word.animate or word.form == "Part" or word.number == "Plur"
        return shaped and doing and human and not word.text[:1].isdigit()

    def country(self, word: Word) -> str:
        """The country that a capitalised noun names (ISO 3166 alpha-2), or ""."""
        if not word.capital or word.pos not in ("PROPN", "NOUN"):
            return ""
        for name in (word.lemma, word.text):
            found = [p for p in self.table.places(name) if p.kind is PlaceKind.COUNTRY]
            if len(found) == 1:
                return found[0].country
        return ""

    def count(self, word: Word) -> Count | None:
        """How many a phrase says: 'девять волонтеров', 'около сорока', 'не менее 15'."""
        numeral = next(
            (c for c in word.children if c.rel in ("nummod", "nummod:gov", "det:numgov")), None
        )
        numeral = numeral or (word if word.pos == "NUM" or word.lemma in COLLECTIVE else None)
        if word.lemma in self.tongue.loose and word.pos == "NOUN":
            least = self.tongue.loose[word.lemma]
            return Count(least=least, most=None, approximate=True)
        value = self._value_with_tens(numeral, word) if numeral is not None else None
        if numeral is None or value is None:
            return None
        least = any(
            c.lower in ("менее", "меньше", "менш", "менше") and c.child("advmod") is not None
            for c in (*numeral.children, *word.children)
        )
        near = {w.lemma for w in (*numeral.children, *word.children) if w.i < numeral.i}
        near |= {w.lower for w in (*numeral.children, *word.children) if w.i < numeral.i}
        about = bool(near & self.tongue.about)
        least = least or bool(near & self.tongue.least) or {"не", "менее"} <= near
        if least:
            return Count(least=value, most=None)
        return Count(least=value, most=value, approximate=about)

    def _value_with_tens(self, numeral: Word, word: Word) -> int | None:
        """'двадцать семь', 'сто пять': the numbers right before a numeral are added to it."""
        value = self.value(numeral)
        beside = {w.i: w for w in (*word.children, *numeral.children)}
        for at in (numeral.i - 1, numeral.i + 1):
            other = self.value(beside[at]) if at in beside else None
            if value is not None and other is not None and not numeral.text.isdigit():
                tens, ones = max(value, other), min(value, other)
                value = tens + ones if tens >= 20 > ones * 2 and tens % 10 == 0 else value
        return value

    def value(self, numeral: Word) -> int | None:
        """The number that a numeral says."""
        if NUMBER.fullmatch(numeral.text):
            return int(re.sub(r"\D", "", numeral.text))
        return self.tongue.numbers.get(numeral.lemma, self.tongue.numbers.get(numeral.lower))

    # --- the nominative ---------------------------------------------------------------------------

    def span(self, word: Word) -> list[Word]:
        """The words of a phrase: adjectives before, genitives and names behind; no clauses."""
        found = {word.i: word}
        queue = [word]
        while queue:
            for child in queue.pop().children:
                if self._belongs(child, word):
                    found[child.i] = child
                    queue.append(child)
        kept = [word]
        for direction in (-1, 1):
            at = word.i + direction
            while at in found:
                kept.append(found[at])
                at += direction
        kept.sort(key=lambda w: w.i)
        while (
            len(kept) > 1
            and kept[-1].pos in ("ADP", "PUNCT", "CCONJ")
            and kept[-1].text not in '»"'
        ):
            kept.pop()
        return kept[:LONGEST_PHRASE] if kept.index(word) < LONGEST_PHRASE else [word]

    def _belongs(self, child: Word, top: Word) -> bool:
        if child.rel in ("amod", "det") and child.i < (child.head or child).i:
            return child.lemma not in POINTING and not (child.form == "Part" and child.child("obl"))
        if child.rel in CHAINED:
            return child.case in ("Gen", "") or child.entity != "" or child.preposition() != ""
        if child.rel == "punct":
            return child.text in '«»"' and child.i > top.i
        return child.rel in ("case",) and child.head is not top

    def nominative(self, word: Word, unit: ParsedUnit, words: Sequence[Word] | None = None) -> str:
        """A phrase in the nominative: the head and what agrees with it; the rest as it stands."""
        words = list(words or self.span(word))
        plural = word.number == "Plur" or self._is_counted(word)
        head = self._nominative_of(word, plural=plural, gender=word.gender)
        said: list[str] = []
        for each in words:
            if each is word:
                said.append(head)
            elif each.head is word and each.rel in ("amod", "det"):
                said.append(self._nominative_of(each, plural=plural, gender=word.gender))
            else:
                said.append(each.text)
        first = words[0]
        opens = first is unit.sentences[first.sentence].words[0] or first.i == 0
        common = (
            first.pos not in ("PROPN", "NUM") and not first.entity and not first.text[1:2].isupper()
        )
        if opens and common:
            said[0] = said[0][:1].lower() + said[0][1:]
        return _joined(said, words, unit.text)

    def _is_counted(self, word: Word) -> bool:
        numeral = next((c for c in word.children if c.rel in ("nummod", "nummod:gov")), None)
        return numeral is not None and self.value(numeral) != 1

    def _nominative_of(self, word: Word, *, plural: bool, gender: str) -> str:
        reading = self._reading(word)
        if reading is None or (reading.case == "Nom" and (reading.number == "Plur") == plural):
            return word.text
        wanted = ["Nom", "Plur" if plural else "Sing"]
        if not plural and gender and reading.pos in ("ADJF", "PRTF"):
            wanted.append(gender)
        return self.morphology.inflected(word.text, reading, *wanted) or word.text

    def _reading(self, word: Word) -> Reading | None:
        shapes = ("NOUN", "ADJF", "PRTF", "NPRO")
        fitting = [r for r in self.morphology.readings(word.text) if r.pos in shapes]
        if not fitting:
            return None
        return max(
            fitting,
            key=lambda r: (
                r.lemma == word.lemma,
                r.case == word.case,
                r.number == word.number,
                r.gender == word.gender,
                r.score,
            ),
        )


OFFICIAL_IF = frozenset(("комитет", "комітет", "совет", "рада", "центр"))
COLLECTIVE = frozenset(
    "двое трое четверо пятеро шестеро семеро восьмеро девятеро десятеро оба обе один "
    "двоє троє четверо п'ятеро шестеро семеро восьмеро обидва обидві".split()
)
POINTING = frozenset(
    "этот тот который весь сам самый каждый такой цей той який увесь кожен".split()
)


def _joined(said: list[str], words: list[Word], text: str) -> str:
    """The words with the blanks that stand between them in the text."""
    made = said[0]
    for before, word, each in zip(words, words[1:], said[1:], strict=False):
        made += (" " if text[before.end : word.start] else "") + each
    return made
