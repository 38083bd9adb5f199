"""Marks names of people, places and organisations by the dictionary, the gazetteer and signs."""

from collections.abc import Sequence

from khronika.coding.slavic.declension import NameForms
from khronika.coding.slavic.grammar import Grammar
from khronika.coding.slavic.tagging import PROPER, REGIONS, Tagged
from khronika.coding.slavic.tongue import Tongue
from khronika.text.gazetteer import Gazetteer

PERSONAL = frozenset({"Name", "Patr", "Surn"})
LOCATING = frozenset("в у на до з із зі під біля близько через із-під по коло поблизу".split())
STEM = 4  # letters that forms of one family name share at least


class Entities:
    """Marks the names of one report, sentence by sentence."""

    def __init__(
        self, grammar: Grammar, tongue: Tongue, table: Gazetteer, forms: NameForms
    ) -> None:
        self._grammar, self._tongue, self._table = grammar, tongue, table
        self._forms = forms

    def mark(self, sentences: Sequence[Sequence[Tagged]]) -> None:
        """Set `entity` of every word that is part of a name."""
        for sentence in sentences:
            for at in range(len(sentence)):
                self._acronym(sentence, at)
            for at in range(len(sentence)):
                self._sure(sentence, at)
            self._extend(sentence)
        known = {t.word.lower[:STEM] for s in sentences for t in s if _family(t)}
        for sentence in sentences:
            for at in range(len(sentence)):
                self._likely(sentence, at, known)
            self._extend(sentence)
            for at in range(len(sentence)):
                self._region(sentence, at)
        for sentence in sentences:
            for tagged in sentence:
                _proper(tagged, self._forms)

    def _acronym(self, sentence: Sequence[Tagged], at: int) -> None:
        word = sentence[at].word
        letters = [c for c in word.text if c.isalpha()]
        if len(letters) < 2 or not all(c.isupper() for c in letters) or len(letters) > 8:
            return
        shouted = sum(t.word.text.isupper() for t in sentence if len(t.word.text) > 3) > 2
        if shouted or word.lower in self._grammar.words["facilities"]:
            return
        word.entity = "LOC" if word.lower in self._grammar.words["places"] else "ORG"
        word.pos = "PROPN"
        word.lemma = word.lower
        before = sentence[at - 1].word if at else None
        if word.entity == "LOC" and before is not None and before.entity == "ORG":
            word.entity = "ORG"

    def _sure(self, sentence: Sequence[Tagged], at: int) -> None:
        """Given names and patronymics that the dictionary knows; towns behind a preposition."""
        tagged = sentence[at]
        word = tagged.word
        if not _capital(word.text) or word.entity or word.pos == "VERB":
            return
        marks = {m for r in tagged.readings if r.known for m in r.marks}
        common = any(r.known and not r.marks & PROPER for r in tagged.readings)
        named = bool(marks & {"Name", "Patr"})
        opening = not any(t.word.pos != "PUNCT" for t in sentence[:at])
        if (named and not (common and opening and not _beside_capital(sentence, at))) or (
            "Surn" in marks and not common and not self._place(tagged)
        ):
            word.entity = "PER"

    def _extend(self, sentence: Sequence[Tagged]) -> None:
        """What stands in capitals beside a person's name is part of it."""
        for at in range(1, len(sentence)):
            word, before = sentence[at].word, sentence[at - 1].word
            if before.entity == "PER" and not word.entity and _capital(word.text):
                common = word.pos in ("ADP", "CCONJ", "SCONJ", "VERB", "PUNCT")
                if not common:
                    word.entity = "PER"
        for at in range(len(sentence) - 1, 0, -1):
            word, before = sentence[at].word, sentence[at - 1].word
            if word.entity != "PER" or before.entity or not _capital(before.text):
                continue
            patronymic = any("Patr" in r.marks for r in sentence[at].readings)
            unknown = not any(r.known and not r.marks & PROPER for r in sentence[at - 1].readings)
            if (unknown or patronymic) and before.pos in ("PROPN", "NOUN", "X"):
                before.entity = "PER"

    def _likely(self, sentence: Sequence[Tagged], at: int, known: set[str]) -> None:
        tagged = sentence[at]
        word = tagged.word
        if word.entity or not _capital(word.text) or word.pos not in ("NOUN", "PROPN", "X"):
            return
        if word.lemma in self._tongue.authority | self._tongue.organisation:
            return
        before = sentence[at - 1] if at else None
        common = any(r.known and not r.marks & PROPER and r.animate for r in tagged.readings)
        opening = before is None or before.word.pos == "PUNCT"
        if opening and any(r.known and not r.marks & PROPER for r in tagged.readings):
            if self._place(tagged) and any("Geox" in r.marks for r in tagged.readings):
                word.entity = "LOC"
            elif word.lower[:STEM] in known and len(word.text) > STEM and not common:
                word.entity = "PER"
            return
        if word.lower[:STEM] in known and len(word.text) > STEM and not self._located(before):
            word.entity = "PER"
        elif self._place(tagged) or (self._located(before) and not self._known(tagged)):
            word.entity = "LOC"
        elif before is not None and self._titles(before):
            word.entity = "PER"

    def _titles(self, before: Tagged) -> bool:
        """True of a common noun for one person: 'журналіста', 'адвокатка', 'пан'."""
        word = before.word
        bodies = self._tongue.authority | self._tongue.organisation
        return word.pos == "NOUN" and word.animate and word.lemma not in bodies

    def _located(self, before: Tagged | None) -> bool:
        if before is None:
            return False
        facility = before.word.lemma in self._tongue.facility
        return before.word.lower in LOCATING or (facility and before.word.pos == "NOUN")

    def _known(self, tagged: Tagged) -> bool:
        return any(r.known for r in tagged.readings)

    def _place(self, tagged: Tagged) -> bool:
        names = [tagged.word.text, *dict.fromkeys(r.lemma for r in tagged.readings)]
        return any(self._table.places(name) for name in names[:4])

    def _region(self, sentence: Sequence[Tagged], at: int) -> None:
        """'Білогірському районі', 'Херсонської області': both words are the name."""
        word = sentence[at].word
        if not _capital(word.text) or word.entity or word.pos not in ("ADJ", "PROPN", "NOUN"):
            return
        if at + 1 < len(sentence):
            following = sentence[at + 1].word
            adjective = any(r.pos == "ADJF" for r in sentence[at].readings)
            regional = following.lemma in REGIONS and following.lower == following.text
            if adjective and regional:
                word.pos = "ADJ"
                word.entity = following.entity = "LOC"


def _capital(text: str) -> bool:
    return text[:1].isupper() and not (len(text) > 1 and text.isupper())


def _family(tagged: Tagged) -> bool:
    """True of the word of a person's name that is no given name."""
    given = any(r.known and r.marks & {"Name", "Patr"} for r in tagged.readings)
    return tagged.word.entity == "PER" and not given and len(tagged.word.text) > STEM


def _beside_capital(sentence: Sequence[Tagged], at: int) -> bool:
    return any(
        0 <= near < len(sentence) and _capital(sentence[near].word.text)
        for near in (at - 1, at + 1)
    )


def _proper(tagged: Tagged, forms: NameForms) -> None:
    """A word of a person's name is a proper noun, and reads as names do."""
    word = tagged.word
    if word.entity != "PER":
        return
    readings = [r for r in forms.readings(word.text) if r.number != "Plur"]
    names = [r for r in readings if r.marks & PERSONAL and r.known]
    moving = [r for r in names if "Fixd" not in r.marks]
    names = moving if any(r.given for r in moving) else names
    if names and all("Fixd" in r.marks and r.gender == "Fem" for r in names):
        names += [r for r in readings if (r.gender, r.case) == ("Masc", "Nom")]
    tagged.readings = names or [r for r in readings if r.marks & PERSONAL] or tagged.readings
    word.pos, word.animate = "PROPN", True
    word.form = word.voice = word.tense = word.mood = ""
    word.lemma = tagged.readings[0].lemma if tagged.readings else word.lower
    word.cases = frozenset(r.case for r in tagged.readings if r.case)
