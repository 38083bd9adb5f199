"""Hangs the noun phrases of a clause: on each other by case and place, on the verb by role."""

from collections.abc import Sequence

from khronika.coding.slavic.chunking import Phrase
from khronika.coding.slavic.grammar import Grammar
from khronika.coding.slavic.tagging import Tagged
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.words import Word

QUOTES = frozenset('«»"„“”')
SPEECHLESS = frozenset({"Nom", "Gen", "Dat", "Acc", "Ins", "Loc"})
DEVERBAL = ("ння", "ття", "ция", "ція", "тва")


class Attacher:
    """Hangs phrases of one language."""

    def __init__(self, grammar: Grammar, tongue: Tongue) -> None:
        self._grammar, self._tongue = grammar, tongue
        self.has_object = False  # the clause in hand has an object for sure

    # --- phrases on phrases -----------------------------------------------------------------------

    def chain(
        self, words: Sequence[Tagged], phrases: Sequence[Phrase], verbs: Sequence[Word]
    ) -> None:
        """Genitives, names behind their descriptions, lists: what needs no verb."""
        self.has_object = any(_sure_object(p) for p in phrases)
        for at in range(1, len(phrases)):
            before, phrase = phrases[at - 1], phrases[at]
            gap = [t.word for t in words[before.last : phrase.first]]
            if all(w.text in QUOTES for w in gap):
                capital = bool(gap) and words[phrase.first].word.capital
                if not self._behind(before, phrase, phrases):
                    self._beside(before, phrase, quoted=capital, verbs=verbs)
        self._astray(phrases)
        for at in range(1, len(phrases)):
            before, phrase = phrases[at - 1], phrases[at]
            if phrase.head.head is not None:
                continue
            gap = [t.word for t in words[before.last : phrase.first] if t.word.text not in QUOTES]
            joined = [w.lower for w in gap]
            following = phrases[at + 1] if at + 1 < len(phrases) else None
            if len(gap) == 1 and gap[0].lower in self._grammar.words["and"]:
                self._joined(before, phrase, phrases, gap[0])
            elif joined == [","]:
                self._listed(before, phrase, following, phrases)

    def _beside(
        self, before: Phrase, phrase: Phrase, *, quoted: bool, verbs: Sequence[Word]
    ) -> None:
        head, noun = phrase.head, before.head
        if quoted and noun.pos in ("NOUN", "PROPN") and not phrase.preposition:
            head.head, head.rel = noun, "appos"
        elif phrase.date or phrase.preposition:
            month = phrase.date and noun.lemma in self._grammar.words["months"]
            if month or _eventive(noun, self._grammar):
                head.head, head.rel = noun, "nmod"
        elif head.entity == "PER" and _describes(before, self._tongue):
            self._name(before, phrase)
        elif self._takes_genitive(before, phrase, verbs):
            _genitive(phrase, noun)

    def _behind(self, before: Phrase, phrase: Phrase, phrases: Sequence[Phrase]) -> bool:
        """'директорку ліцею Галину Лис': the name is the director's, not the school's."""
        if phrase.head.entity != "PER" or before.head.rel != "nmod" or phrase.preposition:
            return False
        if _describes(before, self._tongue):
            return False
        for other in _upwards(before, phrases)[1:]:
            shared = (other.cases & phrase.cases) - {"Gen"}
            if _describes(other, self._tongue) and shared and other.genders & phrase.genders:
                _share(other, phrase)
                phrase.head.head, phrase.head.rel = other.head, "appos"
                return True
        return False

    def _name(self, before: Phrase, phrase: Phrase) -> None:
        """A person's name behind a noun for people: 'адвокат Іван Лис', 'дружина Івана Лиса'."""
        shared = before.cases & phrase.cases
        one = shared and before.genders & phrase.genders and not self._of_kin(before, phrase)
        if not one and "Gen" in phrase.cases:
            _genitive(phrase, before.head)
        elif shared:
            _share(before, phrase)
            phrase.head.head, phrase.head.rel = before.head, "appos"

    def _astray(self, phrases: Sequence[Phrase]) -> None:
        """'підконтрольний Росії районний суд': an adjective parted from its noun."""
        for at, phrase in enumerate(phrases):
            if phrase.head.pos != "ADJ" or phrase.head.head is not None or phrase.preposition:
                continue
            for other in phrases[at + 1 : at + 3]:
                noun = other.head.pos in ("NOUN", "PROPN") and not other.preposition
                if noun and phrase.shapes & other.shapes and other.head.head is None:
                    other.shapes &= phrase.shapes
                    phrase.shapes = set(other.shapes)
                    phrase.head.head, phrase.head.rel = other.head, "amod"
                    break

    def _of_kin(self, before: Phrase, phrase: Phrase) -> bool:
        """'дружина Івана': a relative's name in the genitive is whose relative it is."""
        kin = before.head.lemma in self._tongue.words["kin"]
        return kin and "Nom" in before.cases and "Nom" not in phrase.cases

    def _takes_genitive(self, before: Phrase, phrase: Phrase, verbs: Sequence[Word]) -> bool:
        noun, head = before.head, phrase.head
        if "Gen" not in phrase.cases or noun.pos not in ("NOUN", "PROPN", "ADJ") or phrase.governed:
            return False
        if noun.entity in ("PER", "LOC") or head.pos == "PRON":
            return False
        if (noun.pos == "ADJ" and noun.form != "Part") or self._timed(before, phrase):
            return False
        if "Acc" in phrase.cases and before.preposition and self._objected(before, phrase, verbs):
            return False
        subject = any(v.i == before.head.i - 1 - len(before.modifiers) for v in verbs)
        person = head.animate and "Nom" in before.cases and "Acc" not in before.cases
        telling = any(v.lemma in self._tongue.say | self._grammar.words["bare"] for v in verbs)
        if subject and person and not telling and noun.lemma not in self._tongue.words["kin"]:
            return noun.lemma in self._tongue.staff
        return True

    def _timed(self, before: Phrase, phrase: Phrase) -> bool:
        """'У суботу колеги': a day takes no genitive, but that of a year or a month."""
        times = self._grammar.words["times"] | self._grammar.words["months"]
        return before.head.lemma in times and phrase.head.lemma not in times

    def _objected(self, before: Phrase, phrase: Phrase, verbs: Sequence[Word]) -> bool:
        """'оголосили в розшук письменника', 'у ТЦК затримання заперечують': it is the object."""
        verb = verbs[0] if verbs else None
        if verb is None or verb.lemma.endswith("ся"):
            return False
        put = before.head.lemma in self._grammar.words["put"] and not self.has_object
        if put and phrase.head.animate:
            return True
        telling = self._tongue.say - self._tongue.deny | self._grammar.words["bare"]
        return verb.lemma not in telling and phrase.head.i + 1 == verb.i

    def _joined(
        self, before: Phrase, phrase: Phrase, phrases: Sequence[Phrase], sign: Word
    ) -> None:
        """'A та B': the nearest phrase up the chain that shares a case."""
        for other in _upwards(before, phrases):
            if other.head.rel == "appos":
                continue
            alike = (
                other.head.animate == phrase.head.animate or other.head.entity == phrase.head.entity
            )
            if (
                other.cases & phrase.cases
                and phrase.preposition in ("", other.preposition)
                and alike
            ):
                _share(other, phrase)
                phrase.head.head, phrase.head.rel = other.head, "conj"
                other.joined.append(phrase.head)
                sign.head, sign.rel = phrase.head, "cc"
                return

    def _listed(
        self, before: Phrase, phrase: Phrase, following: Phrase | None, phrases: Sequence[Phrase]
    ) -> None:
        """'A, матір B' is one person; 'вчителя A, будівельника B' are two."""
        head = phrase.head
        if phrase.preposition or phrase.date or head.pos == "PRON":
            return
        if head.entity == "PER" and _upwards(before, phrases)[-1].preposition:
            return  # 'За словами адвоката, Івана Лиса побили'
        titled = (
            following is not None and following.head.head is head and following.head.entity == "PER"
        )
        named = before.head.entity == "PER" or before.head.rel == "appos"
        named = named or before.head.pos == "PRON"
        person = head.animate and head.entity != "PER"
        for other in _upwards(before, phrases):
            if other.date or not other.cases & phrase.cases:
                continue
            described = named and person and not titled and other is before
            naming = (
                head.entity == "PER"
                and _describes(other, self._tongue)
                and not _named(other, phrases)
            )
            if described or naming:
                _share(other, phrase)
                head.head, head.rel = other.head, "appos"
                return
            if other.head.animate and head.animate and other.head.rel != "appos":
                _share(other, phrase)
                head.head, head.rel = other.head, "conj"
                other.joined.append(head)
                return

    # --- phrases on the verb ----------------------------------------------------------------------

    def fill(self, verb: Word, phrases: Sequence[Phrase], *, negated: bool) -> None:
        """Give each free phrase of a clause its case and relation to the verb."""
        free = [p for p in phrases if p.head.head is None and p.head is not verb]
        bare = [p for p in free if not p.preposition and not self._temporal(p)]
        for phrase in free:
            if phrase not in bare:
                person = phrase.preposition in ("у", "в") and phrase.head.animate
                person = person or phrase.head.pos == "PRON"
                order = ("Gen", "Loc") if person else ("Loc",)
                phrase.settle(_first(phrase.cases, (*order, "Acc", "Gen", "Ins", "Dat")))
                phrase.head.head, phrase.head.rel = verb, "obl"
        subject = self._subject(verb, bare)
        if subject is not None:
            subject.settle("Nom")
            passive = verb.form == "Part" and verb.voice == "Pass"
            subject.head.head = verb
            subject.head.rel = "nsubj:pass" if passive else "nsubj"
        taken = False
        for phrase in sorted((p for p in bare if p is not subject), key=_certainty):
            taken = self._complement(verb, phrase, taken=taken, negated=negated) or taken

    def spread(self, phrases: Sequence[Phrase]) -> None:
        """Names and what is coordinated stand in the case of what they hang on."""
        by_head = {p.head.i: p for p in phrases}
        for phrase in phrases:
            if phrase.case:
                continue
            above = by_head.get(phrase.head.head.i) if phrase.head.head is not None else None
            beside = above is not None and phrase.head.rel in ("appos", "conj")
            case = above.case if beside and above is not None else ""
            if case not in phrase.cases:
                order = ("Loc", "Acc", "Gen", "Ins", "Dat", "Nom")
                case = _first(phrase.cases, order if phrase.preposition else ("Nom", *order))
            phrase.settle(case)

    def verbless(self, phrases: Sequence[Phrase]) -> None:
        """A headline or a list item: the first phrase bears the rest."""
        free = [p for p in phrases if p.head.head is None]
        for at, phrase in enumerate(free):
            order = ("Loc", "Acc", "Gen", "Ins") if phrase.preposition else ("Nom", "Acc", "Gen")
            phrase.settle(_first(phrase.cases, order) or _first(phrase.cases, ("Dat", "Ins")))
            if at:
                phrase.head.head = free[0].head
                phrase.head.rel = "nmod" if phrase.preposition or phrase.date else "parataxis"

    def _temporal(self, phrase: Phrase) -> bool:
        lemma = phrase.head.lemma
        return phrase.date or lemma in self._grammar.words["times"] | self._grammar.words["months"]

    def _subject(self, verb: Word, bare: Sequence[Phrase]) -> Phrase | None:
        if verb.form in ("Inf", "Conv") or (verb.form == "Part" and not verb.number):
            return None
        fitting = [p for p in bare if "Nom" in p.cases and _agrees(verb, p)]
        sure = [p for p in fitting if "Acc" not in p.cases or (p.governed and p.head.animate)]
        if sure:
            return max(
                sure, key=lambda p: (p.head.animate, p.head.i < verb.i, -abs(p.head.i - verb.i))
            )
        intransitive = verb.lemma.endswith("ся") or verb.lemma in self._grammar.words["bare"]
        if verb.number == "Plur" and not intransitive:
            others = sum("Acc" in p.cases for p in bare)
            fitting = [p for p in fitting if p.head.i < verb.i and others > 1]
        elif not intransitive and len(fitting) == 1 and fitting[0].head.i > verb.i and verb.gender:
            fitting = fitting if _agrees_in_gender(verb, fitting[0]) else []
        return min(fitting, key=lambda p: p.head.i) if fitting else None

    def _complement(self, verb: Word, phrase: Phrase, *, taken: bool, negated: bool) -> bool:
        """Hang one phrase; True if it is the object."""
        cases, head = phrase.cases, phrase.head
        head.head = verb
        wants_genitive = verb.lemma in self._grammar.words["genitive"] or negated
        intransitive = verb.lemma.endswith("ся") or verb.lemma in self._grammar.words["bare"]
        passive = verb.form == "Part" and verb.number != ""
        if "Gen" in cases and wants_genitive and not (cases & {"Ins"}):
            phrase.settle("Gen")
            head.rel = "obj"
            return True
        if "Acc" in cases and not taken and not intransitive and not passive:
            phrase.settle("Acc")
            head.rel = "obj"
            return True
        for case, rel in (("Dat", "iobj"), ("Ins", "obl"), ("Acc", "obl"), ("Gen", "obl")):
            if case in cases:
                phrase.settle(case)
                head.rel = rel
                return False
        phrase.settle(_first(cases, ("Nom", "Loc")))
        head.rel = "parataxis"
        return False


def _sure_object(phrase: Phrase) -> bool:
    """True of a phrase that only an object is: 'заяву', 'обшук' behind nothing."""
    bare = not phrase.preposition and not phrase.date
    cases = phrase.cases
    return bare and "Acc" in cases and "Gen" not in cases and phrase.head.pos in ("NOUN", "PROPN")


def _upwards(phrase: Phrase, phrases: Sequence[Phrase]) -> list[Phrase]:
    """A phrase and those that it hangs on, nearest first."""
    by_head = {p.head.i: p for p in phrases}
    found, at = [phrase], phrase.head.head
    while at is not None and len(found) < 12:
        if at.i in by_head and by_head[at.i] not in found:
            found.append(by_head[at.i])
        at = at.head
    return found


def _named(other: Phrase, phrases: Sequence[Phrase]) -> bool:
    return any(p.head.head is other.head and p.head.rel == "appos" for p in phrases)


def _describes(phrase: Phrase, tongue: Tongue) -> bool:
    """True of a common noun for a person."""
    head = phrase.head
    bodies = tongue.authority | tongue.organisation
    return (
        head.pos in ("NOUN", "ADJ")
        and head.animate
        and head.entity != "PER"
        and head.lemma not in bodies
    )


def _eventive(noun: Word, grammar: Grammar) -> bool:
    """True of a noun that takes phrases with prepositions: 'обшук у квартирі', 'скарга до суду'."""
    if noun.pos != "NOUN" or noun.entity:
        return False
    return noun.lemma in grammar.words["taking"] or noun.lemma.endswith(DEVERBAL)


def _genitive(phrase: Phrase, noun: Word) -> None:
    phrase.settle("Gen")
    phrase.shapes = {s for s in phrase.shapes if s[0] == "Gen"} or phrase.shapes
    phrase.head.head, phrase.head.rel = noun, "nmod"


def _share(one: Phrase, other: Phrase) -> None:
    """Leave two phrases that stand for one, or side by side, the cases that both may have."""
    shared = one.cases & other.cases
    for phrase in (one, other):
        if not phrase.governed:
            phrase.shapes = {s for s in phrase.shapes if s[0] in shared} or phrase.shapes


def _agrees(verb: Word, phrase: Phrase) -> bool:
    head = phrase.head
    if head.pos == "PRON" and head.lemma in ("я", "ти", "ми", "ви"):
        return True
    if phrase.governed:
        return verb.number == "Plur" or verb.gender in ("Neut", "")
    plural = phrase.plural and any(s[:2] == ("Nom", "Plur") for s in phrase.shapes)
    if verb.number == "Plur":
        return plural or bool(phrase.joined)
    single = any(s[:2] == ("Nom", "Sing") for s in phrase.shapes)
    return single and _agrees_in_gender(verb, phrase)


def _agrees_in_gender(verb: Word, phrase: Phrase) -> bool:
    genders = {g for c, n, g in phrase.shapes if c == "Nom" and n == "Sing"}
    return not verb.gender or not genders - {""} or verb.gender in genders


def _certainty(phrase: Phrase) -> tuple[bool, bool, int]:
    """People whose case is the accusative first, then things."""
    return "Acc" not in phrase.cases, not phrase.head.animate, phrase.head.i


def _first(cases: set[str], order: Sequence[str]) -> str:
    return next((case for case in order if case in cases), "")
