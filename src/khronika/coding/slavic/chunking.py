"""Noun phrases by agreement: prepositions, adjectives and numbers before a noun, names whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from khronika.coding.slavic.grammar import Grammar
from khronika.coding.slavic.tagging import POSSESSIVE, Tagged
from khronika.coding.slavic.words import Word

Shape = tuple[str, str, str]
ANY: frozenset[str] = frozenset({"Nom", "Gen", "Dat", "Acc", "Ins"})
GOVERNED = frozenset({"Nom", "Acc"})
LONGEST_NAME = 6


@dataclass(eq=False, slots=True, kw_only=True)
class Phrase:
    """A noun phrase: tokens `[first, last)` of its sentence, its head and the cases it may be in.

    `governed`: a number puts the noun in the genitive ("п'ятеро чоловіків").
    """

    first: int
    last: int
    head: Word
    preposition: str = ""
    shapes: set[Shape] = field(default_factory=set)
    modifiers: list[Tagged] = field(default_factory=list)
    names: list[Word] = field(default_factory=list)
    numeral: Word | None = None
    governed: bool = False
    date: bool = False
    joined: list[Word] = field(default_factory=list)  # what is coordinated with the head
    case: str = ""

    @property
    def cases(self) -> set[str]:
        """The cases that the phrase may be in."""
        found = {case for case, _, _ in self.shapes}
        if self.governed:
            return (found - {"Gen"}) | set(GOVERNED)
        return found

    @property
    def plural(self) -> bool:
        """True if it may be more than one."""
        return self.governed or any(number == "Plur" for _, number, _ in self.shapes)

    @property
    def genders(self) -> set[str]:
        """The genders that its singular may have."""
        return {gender for _, number, gender in self.shapes if number != "Plur"}

    def settle(self, case: str) -> None:
        """Set the phrase in a case: the head, what agrees with it, the words of a name."""
        self.case = case
        own = "Gen" if self.governed and case in GOVERNED else case
        fitting = sorted(s for s in self.shapes if s[0] == own) or sorted(self.shapes)
        head = self.head
        head.case = own
        if fitting:
            head.number, head.gender = fitting[0][1], fitting[0][2]
        if self.governed or self.numeral is not None:
            head.number = "Plur"
        for tagged in self.modifiers:
            tagged.word.case, tagged.word.number = own, head.number
            tagged.word.gender = head.gender
        for word in self.names:
            word.case, word.number, word.gender = own, head.number, head.gender


class Chunker:
    """Finds the noun phrases of sentences, and joins what each consists of."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._longest = max(len(p.split()) for p in grammar.prepositions)

    def phrases(self, words: Sequence[Tagged]) -> list[Phrase]:
        """The noun phrases of a sentence in order, each with its parts hung on its head."""
        found: list[Phrase] = []
        at = 0
        while at < len(words):
            phrase = self._at(words, at)
            if phrase is None:
                at += 1
            else:
                found.append(phrase)
                at = phrase.last
        return found

    def _at(self, words: Sequence[Tagged], first: int) -> Phrase | None:
        preposition, at = self._preposition(words, first)
        dated = self._date(words, first, at, preposition)
        if dated is not None:
            return dated
        begin = at
        while at < len(words) and self._modifies(words, at):
            at += 1
        if at < len(words) and words[at].word.pos in ("NOUN", "PROPN", "PRON"):
            head = at - 1 if at > begin and words[at].word.pos == "PRON" else at
        elif at > begin and words[at - 1].word.pos in ("ADJ", "NUM", "DET"):
            head = at - 1
        else:
            return None
        return self._made(words, first, begin, head, preposition)

    def _preposition(self, words: Sequence[Tagged], first: int) -> tuple[str, int]:
        """The preposition that begins at a token, of several words if it can be."""
        for size in range(self._longest, 1, -1):
            run = " ".join(t.word.lower for t in words[first : first + size])
            if run in self._grammar.prepositions and len(words) > first + size:
                for tagged in words[first + 1 : first + size]:
                    tagged.word.head, tagged.word.rel = words[first].word, "fixed"
                    tagged.word.pos = "ADP"
                return run, first + size
        if words[first].word.pos == "ADP":
            return words[first].word.lower, first + 1
        return "", first

    def _modifies(self, words: Sequence[Tagged], at: int) -> bool:
        word = words[at].word
        if word.lower in POSSESSIVE and word.pos == "PRON":
            return _possesses(words, at)
        if word.pos in ("ADJ", "DET"):
            return True
        if word.pos == "NUM":
            return not (at + 1 < len(words) and self._dates(words, at))
        following = words[at + 1].word if at + 1 < len(words) else None
        near = word.lower in (
            "щонайменше",
            "понад",
            "близько",
            "приблизно",
            "майже",
            "більше",
            "дуже",
            "ще",
            "вже",
        )
        return near and following is not None and following.pos in ("NUM", "ADJ")

    def _dates(self, words: Sequence[Tagged], at: int) -> bool:
        """'5 травня', '2021 року', '24.08.2022': a number that dates."""
        text = words[at].word.text
        lemma = words[at + 1].word.lemma
        year = len(text) == 4 and text.isdigit() and lemma in ("рік", "року")
        return lemma in self._grammar.words["months"] or year or text.count(".") == 2

    def _date(
        self, words: Sequence[Tagged], first: int, at: int, preposition: str
    ) -> Phrase | None:
        """'5 травня 2021 року' as one phrase under its first number."""
        if at >= len(words) or words[at].word.pos != "NUM":
            return None
        head = words[at].word
        alone = head.text.count(".") == 2
        if not alone and not (at + 1 < len(words) and self._dates(words, at)):
            return None
        phrase = Phrase(first=first, last=at + 1, head=head, preposition=preposition)
        phrase.shapes, phrase.date = {("Gen", "Sing", "")}, True
        while phrase.last < len(words) and not alone:
            word = words[phrase.last].word
            year = word.text[:4].isdigit() and len(word.text) in (4, 7)
            if not year and word.lemma not in {"рік", "р"} | self._grammar.words["months"]:
                break
            word.head, word.rel = head, "flat"
            phrase.last += 1
        if preposition:
            words[first].word.head, words[first].word.rel = head, "case"
        return phrase

    def _made(
        self, words: Sequence[Tagged], first: int, begin: int, head: int, preposition: str
    ) -> Phrase:
        noun = words[head].word
        phrase = Phrase(first=first, last=head + 1, head=noun, preposition=preposition)
        phrase.shapes = words[head].shapes or {(c, "Sing", "") for c in (*ANY, "Loc")}
        if noun.entity == "PER":
            self._name(words, head, phrase)
        if noun.pos == "ADJ" and noun.form != "Part":
            noun.pos = "NOUN" if words[head].word.animate else "ADJ"
        for at in range(head - 1, begin - 1, -1):
            if not self._agree(words[at], phrase):
                return self._made(words, first, begin, at, preposition)
        allowed = self._grammar.prepositions.get(preposition)
        if allowed:
            kept = {s for s in phrase.shapes if s[0] in allowed}
            phrase.shapes = kept or phrase.shapes
        elif len({s[0] for s in phrase.shapes}) > 1:
            phrase.shapes = {s for s in phrase.shapes if s[0] != "Loc"}
        if preposition:
            case = words[first].word
            case.head, case.rel = noun, "case"
        return phrase

    def _name(self, words: Sequence[Tagged], head: int, phrase: Phrase) -> None:
        """The words of a person's name are one phrase; they share case and gender."""
        at = head + 1
        while at < len(words) and at - head < LONGEST_NAME:
            word = words[at].word
            dot = word.text == "." and len(words[at - 1].word.text) == 1
            if not dot and (word.entity != "PER" or _new_given(words, head, at)):
                break
            word.head, word.rel = phrase.head, "punct" if dot else "flat:name"
            if not dot:
                phrase.names.append(word)
                both = phrase.shapes & words[at].shapes
                phrase.shapes = both or phrase.shapes
            at += 1
        phrase.last = at

    def _agree(self, tagged: Tagged, phrase: Phrase) -> bool:
        """Hang a modifier on the head; False if the two cannot belong together."""
        word = tagged.word
        if word.pos in ("ADV", "ADP", "PART"):
            word.head, word.rel = phrase.numeral or phrase.head, "advmod"
            return True
        if word.pos == "NUM":
            self._number(tagged, phrase)
            return True
        if word.lower in POSSESSIVE:
            word.pos, word.head, word.rel = "DET", phrase.head, "det"
            word.lemma = word.lower
            return True
        shapes = tagged.shapes
        both = {
            s
            for s in phrase.shapes
            if any(s[:2] == m[:2] and (s[1] == "Plur" or s[2] == m[2] or not s[2]) for m in shapes)
        }
        if not both and shapes:
            return False
        phrase.shapes = both or phrase.shapes
        phrase.modifiers.append(tagged)
        if word.form == "Part":  # 'відкритий лист': no verb without words of its own
            word.form = word.voice = ""
            word.lemma = tagged.readings[0].lemma
        word.head, word.rel = phrase.head, "det" if word.pos in ("DET", "PRON") else "amod"
        return True

    def _number(self, tagged: Tagged, phrase: Phrase) -> None:
        word = tagged.word
        cases = {case for case, _, _ in tagged.shapes}
        genitive = any(s[0] == "Gen" and s[1] == "Plur" for s in phrase.shapes)
        one = word.lemma == "один"
        if one:
            phrase.modifiers.append(tagged)
        elif genitive and (not cases or cases & GOVERNED) and "Gen" not in cases:
            phrase.governed = True
            phrase.shapes = {s for s in phrase.shapes if s[1] == "Plur"}
        else:
            plural = {s for s in phrase.shapes if s[1] == "Plur" and (not cases or s[0] in cases)}
            phrase.shapes = plural or phrase.shapes
        phrase.numeral = word
        word.head, word.rel = phrase.head, "nummod:gov" if phrase.governed else "nummod"


def _new_given(words: Sequence[Tagged], head: int, at: int) -> bool:
    """True if a second given name begins another person's name."""
    full = [t for t in words[head:at] if len(t.word.text) > 1]
    given = any("Name" in r.marks and r.known for r in words[at].readings)
    family = any("Surn" in r.marks for r in words[at].readings)
    return len(full) >= 2 and given and not family


def _possesses(words: Sequence[Tagged], at: int) -> bool:
    """True of 'його квартиру', not of 'його затримали' or 'били його прикладом'."""
    near = at + 1
    while near < len(words) and words[near].word.pos in ("ADJ", "DET"):
        near += 1
    if near >= len(words) or words[near].word.pos not in ("NOUN", "PROPN"):
        return False
    cases = {case for case, _, _ in words[near].shapes}
    verb = words[at - 1].word if at else None
    behind_verb = verb is not None and verb.pos == "VERB" and verb.form != "Inf"
    if behind_verb and verb is not None and verb.form != "Inf":
        subject = "Nom" in cases and "Acc" not in cases
        return cases != {"Ins"} and not subject
    return words[near].word.entity != "PER"
