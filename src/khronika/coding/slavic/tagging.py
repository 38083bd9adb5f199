"""Parts of speech by the dictionary and the words beside, for a language without a tagger.

What a form may be stays open here (`Tagged.readings`); phrases and clauses settle its case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khronika.coding.slavic.cutting import Token
from khronika.coding.slavic.grammar import Grammar
from khronika.coding.slavic.morphology import Morphology, Reading
from khronika.coding.slavic.words import Word, plain

Shape = tuple[str, str, str]
PROPER = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn"})
SELDOM = frozenset({"Infr", "Dist", "Arch", "alt", "Slng", "rare"})
POSSESSIVE = frozenset("його її їх".split())
DEMONSTRATIVE = frozenset(
    "цей той такий весь увесь сам свій мій твій наш ваш їхній кожний кожен жоден інший ніякий "
    "якийсь один самий всякий".split()
)
TENSES = {"past": "Past", "pres": "Pres", "futr": "Fut"}
PASSIVE = "pssv"


@dataclass(eq=False, slots=True)
class Tagged:
    """A word and what its form may be, as the chosen part of speech."""

    word: Word
    readings: list[Reading]

    @property
    def shapes(self) -> set[Shape]:
        """Case, number and gender of every reading."""
        found = {shape for reading in self.readings for shape in _shapes(reading)}
        people = self.word.animate and ("Gen", "Plur", "") not in found
        if people and ("Nom", "Plur", "") in found:  # 'бачу поліцейських', never 'поліцейські'
            found.discard(("Acc", "Plur", ""))
        return found


def _shapes(reading: Reading) -> Iterator[Shape]:
    plural = reading.number == "Plur"
    if reading.case:
        yield reading.case, "Plur" if plural else "Sing", "" if plural else reading.gender
    elif "Fixd" in reading.marks:
        for case in ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc"):
            yield case, "Sing", reading.gender


def normal(text: str) -> str:
    """A form as the dictionary writes it."""
    return text.replace("’", "'").replace("ʼ", "'")


class Tagger:
    """Tags the words of one sentence after another."""

    def __init__(self, morphology: Morphology, grammar: Grammar) -> None:
        self._morphology = morphology
        self._grammar = grammar
        self._prepositions = {p for p in grammar.prepositions if " " not in p}

    def sentence(self, tokens: Sequence[Token], first: int, index: int) -> list[Tagged]:
        """The words of a sentence, numbered from `first` on."""
        found: list[Tagged] = []
        for at, token in enumerate(tokens):
            following = tokens[at + 1][2] if at + 1 < len(tokens) else ""
            found.append(self._one(token, first + at, index, found, following))
        self._adjectives(found)
        return found

    def _one(
        self, token: Token, at: int, sentence: int, before: Sequence[Tagged], following: str
    ) -> Tagged:
        start, end, text = token
        text = normal(text)
        opening = not any(t.word.pos != "PUNCT" for t in before)
        readings = self._readings(text, opening=opening)
        if plain(text) == "мати" and _is_mother(before, following):
            readings = [MOTHER]
        pos = self._pos(text, readings, before, following)
        kept = [r for r in readings if r.pos in SHAPES.get(pos, ())] or (
            list(readings) if pos in ("NOUN", "PROPN") else []
        )
        if plain(text) in POSSESSIVE:  # as a pronoun it is never a subject
            kept = [r for r in kept if r.lemma != plain(text) and r.case != "Nom"]
        lemma = kept[0].lemma if kept else plain(text)
        word = Word(
            i=at,
            text=text,
            start=start,
            end=end,
            lemma=lemma,
            lemmas=frozenset({r.lemma for r in readings} | {plain(text)}),
            cases=frozenset(r.case for r in kept if r.case),
            pos=pos,
            animate=any(r.animate for r in kept),
            sentence=sentence,
        )
        if pos == "VERB":
            self._conjugate(word, kept)
        if pos in ("ADJ", "NOUN") and any(PASSIVE in r.marks and r.pos == "ADJF" for r in kept):
            self._participle(word)
        return Tagged(word, kept)

    def _readings(self, text: str, *, opening: bool) -> list[Reading]:
        readings = [
            r
            for r in self._morphology.readings(text)
            if r.case != "Voc" and not (text[:1].islower() and r.marks & PROPER and r.known)
        ]
        if opening and text[:1].isupper():
            common = [r for r in readings if r.known and not r.marks & PROPER]
            readings = common + [r for r in readings if r not in common]
        if any(r.pos == "NOUN" and r.known for r in readings):
            readings = [r for r in readings if r.pos != "ADJF" or not _possessed(r, text)]
        usual = [r for r in readings if not r.marks & SELDOM]
        return usual or readings or [r for r in self._morphology.readings(text) if r.case != "Voc"]

    def _pos(
        self, text: str, readings: Sequence[Reading], before: Sequence[Tagged], following: str
    ) -> str:
        low = plain(text)
        closed = self._closed(low, text)
        if closed:
            return closed
        if text[:1].isupper():
            readings = [r for r in readings if r.known or r.pos != "VERB"] or readings
        shapes = {r.pos for r in readings}
        if low in POSSESSIVE or "NPRO" in shapes or "NUMR" in shapes:
            return self._pronominal(low, shapes, {r.lemma for r in readings}, following)
        if shapes & {"VERB", "GRND"} and self._is_verb(readings, before):
            return "VERB"
        if "ADVB" in shapes and not _behind_preposition(before):
            return "ADV"
        return _nominal(text, readings, opening=not before)

    def _closed(self, low: str, text: str) -> str:
        words = self._grammar.words
        if not any(c.isalnum() for c in text):
            return "PUNCT"
        if text[0].isdigit():
            return "NUM"
        for pos, names in (
            ("ADP", self._prepositions),
            ("CCONJ", words["and"] | words["but"]),
            ("SCONJ", words["that"] | words["when"]),
            ("PART", words["particles"]),
            ("ADV", words["where"] | words["adverbs"]),
            ("NUM", words["quantities"]),
        ):
            if low in names:
                return pos
        return ""

    def _pronominal(self, low: str, shapes: set[str], lemmas: set[str], following: str) -> str:
        if lemmas & self._grammar.words["relative"] and low not in POSSESSIVE:
            return "PRON"
        if "NUMR" in shapes:
            return "NUM"
        if lemmas & DEMONSTRATIVE:
            nominal = {r.pos for r in self._morphology.readings(normal(following))}
            return "DET" if nominal & {"NOUN", "ADJF", "NUMR"} else "PRON"
        return "PRON"

    def _is_verb(self, readings: Sequence[Reading], before: Sequence[Tagged]) -> bool:
        others = {r.pos for r in readings} - {"VERB", "GRND"}
        if not others & {"NOUN", "ADJF"}:
            return True
        if any(r.lemma in self._grammar.words["nouns"] for r in readings if r.pos == "NOUN"):
            return False
        verbs = [r for r in readings if r.pos in ("VERB", "GRND")]
        if all("impr" in r.marks for r in verbs):
            return False
        last = before[-1].word if before else None
        return last is None or last.pos not in ("ADP", "ADJ", "DET", "NUM")

    def _conjugate(self, word: Word, readings: Sequence[Reading]) -> None:
        marks = frozenset().union(*(r.marks for r in readings))
        reading = readings[0]
        low = word.lower
        word.form, word.mood, word.animate = "Fin", "Ind", False
        word.number = "Plur" if reading.number == "Plur" else "Sing"
        word.gender = reading.gender
        word.tense = next((TENSES[m] for m in ("past", "pres", "futr") if m in marks), "")
        word.aspect = "Perf" if "perf" in reading.marks else "Imp"
        if any(r.pos == "GRND" for r in readings):
            word.form, word.lemma = "Conv", self._of_gerund(low) or word.lemma
        elif "Impe" in marks and low.endswith(("но", "то")):
            word.form, word.voice, word.short, word.tense = "Part", "Pass", True, "Past"
            word.number = word.gender = ""
        elif low.endswith(("ти", "тись", "тися")) and not word.tense:
            word.form = "Inf"
        elif "impr" in marks and not word.tense:
            word.mood = "Imp"
        if word.lemma.endswith("сь"):
            word.lemma = word.lemma[:-2] + "ся"

    def _of_gerund(self, low: str) -> str:
        """The infinitive of 'затримавши', 'погрожуючи'."""
        if low == "судячи":  # 'судячи з ухвали': nobody is tried
            return low
        base = low.removesuffix("сь")
        tail = "ся" if base != low else ""
        if base.endswith("вши"):
            return base[:-3] + "ти" + tail
        found = self._morphology.readings(base[:-2] + "ть") if base.endswith("чи") else ()
        return next((r.lemma + tail for r in found if r.pos == "VERB"), "")

    def _participle(self, word: Word) -> None:
        """A passive participle bears the infinitive of its verb."""
        if word.pos != "ADJ":
            return
        stem = word.lemma.removesuffix("ий")
        found = self._morphology.readings(stem + "о")
        verb = next((r for r in found if r.pos == "VERB" and "Impe" in r.marks), None)
        if verb is not None:
            word.form, word.voice = "Part", "Pass"
            word.lemma = verb.lemma

    def _adjectives(self, words: Sequence[Tagged]) -> None:
        """'військові' before no noun are people; 'затриманий' before one is a participle."""
        for at, tagged in enumerate(words):
            word = tagged.word
            if word.pos not in ("NOUN", "ADJ"):
                continue
            every = self._morphology.readings(word.text)
            if not {r.pos for r in every} >= {"NOUN", "ADJF"}:
                continue
            adjectives = [r for r in every if r.pos == "ADJF" and r.case != "Voc"]
            nouns = [r for r in every if r.pos == "NOUN" and r.case != "Voc"]
            behind = words[at - 1].word.pos == "ADP" if at else False
            town = behind and word.capital and word.pos == "NOUN" and nouns[0].known
            if town and not _regional(words[at + 1 : at + 2]):
                continue
            if _agrees_behind(adjectives, words[at + 1 : at + 3]):
                tagged.readings, word.pos = adjectives, "ADJ"
                word.lemma = adjectives[0].lemma
                self._participle(word)
            elif word.pos == "ADJ" and any(r.animate for r in nouns):
                tagged.readings, word.pos = nouns, "NOUN"
                word.form = word.voice = ""
                word.lemma, word.animate = nouns[0].lemma, True
            word.cases = frozenset(r.case for r in tagged.readings if r.case)


SHAPES = {
    "NOUN": ("NOUN",), "PROPN": ("NOUN", "ADJF"), "ADJ": ("ADJF",), "VERB": ("VERB", "GRND"),
    "PRON": ("NPRO",), "DET": ("NPRO", "ADJF", "NUMR"), "NUM": ("NUMR",), "ADV": ("ADVB", "PRED"),
}  # fmt: skip


def _nominal(text: str, readings: Sequence[Reading], *, opening: bool) -> str:
    """The part of speech of what is no verb."""
    shapes = {r.pos for r in readings}
    nouns = [r for r in readings if r.pos == "NOUN"]
    if text[:1].isupper() and not opening and (not nouns or any(r.marks & PROPER for r in nouns)):
        known = any(r.known and r.pos == "ADJF" for r in readings) and not nouns
        return "ADJ" if known else "PROPN"
    if nouns and ("ADJF" not in shapes or readings[0].pos == "NOUN" or text[:1].isupper()):
        return "NOUN"
    if "ADJF" in shapes:
        return "ADJ"
    if shapes & {"PRED", "ADVB"}:
        return "ADV"
    return "PROPN" if text[:1].isupper() else "NOUN" if nouns else "X"


def _regional(behind: Sequence[Tagged]) -> bool:
    return any(t.word.lemma in REGIONS for t in behind)


REGIONS = frozenset("район область край округ республіка губернія".split())
MOTHER = Reading(lemma="мати", pos="NOUN", case="Nom", gender="Fem", animate=True)


def _is_mother(before: Sequence[Tagged], following: str) -> bool:
    """True of 'мати' as a noun: behind a possessive, or before a name or a genitive."""
    last = before[-1].word if before else None
    own = last is not None and (last.lower in POSSESSIVE or last.text == ",")
    opening = last is None or last.pos == "PUNCT"
    genitive = following.endswith(("ого", "ої", "их")) or following[:1].isupper()
    return own or (opening and genitive)


def _possessed(reading: Reading, text: str) -> bool:
    """'братів' as 'the brother's', which is seldom meant."""
    return reading.lemma.endswith(("ів", "їв", "ин", "їн")) and reading.lemma == text.lower()


def _behind_preposition(before: Sequence[Tagged]) -> bool:
    return bool(before) and before[-1].word.pos == "ADP"


def _agrees_behind(adjectives: Sequence[Reading], behind: Sequence[Tagged]) -> bool:
    """True if a noun right behind, or behind one more adjective, agrees with an adjective."""
    for tagged in behind:
        if tagged.word.pos in ("NOUN", "PROPN") or tagged.word.pos == "ADJ":
            mine = {
                (r.case, r.number == "Plur", "" if r.number == "Plur" else r.gender)
                for r in adjectives
            }
            theirs = {(c, n == "Plur", g) for c, n, g in tagged.shapes}
            if not mine & theirs:
                return False
            if tagged.word.pos != "ADJ":
                return True
        else:
            return False
    return False
