"""Finds where a unit tells an act of the codebook: the word that sets it off, and its way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khronika.coding.slavic.cast import Cast
from khronika.coding.slavic.clauses import (
    Arguments,
    arguments,
    clause,
    clause_verb,
    conjuncts,
    negated,
)
from khronika.coding.slavic.lexicon import Entry, Lexicon, matches
from khronika.coding.slavic.modality import is_denial, is_untrue
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.words import ParsedUnit, Word
from khronika.model.reports import PassageRole

FRAGMENTS = frozenset({PassageRole.HEADLINE, PassageRole.LIST_ITEM, PassageRole.TABLE_ROW})
WIDE = 25  # words between a trigger and the rest of its pattern
REFLEXIVE = ("ся", "сь")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A trigger with the way that it fits. `verb` governs a nominal trigger, if any does."""

    unit: int
    head: Word
    entry: Entry
    matched: tuple[Word, ...]
    arguments: Arguments
    verb: Word | None = None

    @property
    def nominal(self) -> bool:
        """True of a trigger that is a noun."""
        return self.entry.rule.split("/")[1] == "noun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Finds triggers in the units of one report."""

    lexicon: Lexicon
    tongue: Tongue
    cast: Cast

    def find(self, unit: ParsedUnit) -> Iterator[Candidate]:
        """Every trigger of a unit, at most one kind a word, in the order of the text."""
        taken: set[int] = set()
        for word in unit.words:
            if word.i in taken or word.entity == "PER":
                continue
            found = self._phrase(unit, word) or self._verb(unit, word) or self._noun(unit, word)
            if found is not None:
                taken.update(w.i for w in found.matched)
                yield found

    # --- verbs ------------------------------------------------------------------------------------

    def _verb(self, unit: ParsedUnit, word: Word) -> Candidate | None:
        if not _used_as_verb(word):
            return None
        for key, reflexive in _keys(word):
            found = self._of_entries(
                unit, word, self.lexicon.verbs.get(key, ()), reflexive=reflexive
            )
            if found is not None:
                return found
        return None

    def _of_entries(
        self, unit: ParsedUnit, word: Word, entries: Sequence[Entry], *, reflexive: bool
    ) -> Candidate | None:
        args: Arguments | None = None
        for entry in entries:
            rest = self._rest(unit, word, entry)
            if rest is None:
                continue
            args = args or arguments(word)
            if reflexive and not args.passive:
                args = _as_passive(args)
            if self._allowed(unit, word, entry, args, rest):
                return Candidate(
                    unit=unit.index, head=word, entry=entry, matched=(word, *rest), arguments=args
                )
        return None

    def _rest(self, unit: ParsedUnit, word: Word, entry: Entry) -> list[Word] | None:
        """The words of the clause that meet the rest of the pattern, each the nearest."""
        if not entry.rest:
            return []
        sentence = unit.sentence_of(word).words
        first = sentence[0].i
        inside = [w for w in clause(word) if w is not word and abs(w.i - word.i) <= WIDE]
        window = [
            w for w in sentence[max(0, word.i - first - 3) : word.i - first + 7] if w is not word
        ]
        return _matched(word, inside, entry) or _matched(word, window, entry)

    # --- nouns ------------------------------------------------------------------------------------

    def _noun(self, unit: ParsedUnit, word: Word) -> Candidate | None:
        if word.pos not in ("NOUN", "PROPN") or word.entity == "ORG":
            return None
        for entry in self.lexicon.nouns.get(word.lemma, ()):
            around = [w for w in word.below() if w is not word and abs(w.i - word.i) <= 6]
            rest = _matched(word, around, entry) if entry.rest else []
            if rest is None:
                continue
            verb = self._governor(word)
            args = arguments(verb) if verb is not None else Arguments()
            if not self._words_allow(unit, word, entry) or not self._told(unit, word, entry, verb):
                continue
            return Candidate(
                unit=unit.index,
                head=word,
                entry=entry,
                matched=(*rest, word),
                arguments=args,
                verb=verb,
            )
        return None

    def _governor(self, word: Word) -> Word | None:
        """The verb that a nominal trigger is an argument of, through 'случаи', 'серия', 'и'."""
        child = word
        for above in word.above():
            if above.is_verb:
                return above
            linked = child.rel in ("nmod", "conj", "appos", "obl", "nsubj", "obj", "nsubj:pass")
            container = above.lemma in self.tongue.words["containers"] or child.rel == "conj"
            if not linked or not container:
                return above if child.rel in ("nsubj", "obl") and above.short else None
            child = above
        return None

    def _told(self, unit: ParsedUnit, word: Word, entry: Entry, verb: Word | None) -> bool:
        """True if a noun tells an act rather than alludes to one known already."""
        if any(above.lemma in self.tongue.words["statistics"] for above in word.above()):
            return False
        if unit.unit.role in FRAGMENTS and entry.way.eventive:
            return True
        sentence = unit.sentence_of(word).words
        if is_untrue(sentence, self.tongue) and is_denial(word, sentence, self.tongue):
            return True
        if any(above.lemma in self.tongue.deny for above in word.above()):
            return True
        if _preposition(word) in self.tongue.circumstance:
            return bool(entry.way.eventive and _dated(word))
        if verb is not None and self._governs(word, verb):
            return True
        caption = unit.unit.role is PassageRole.CAPTION
        return bool(
            entry.way.eventive and not caption and (_dated(word) or _full(word) or _counted(word))
        )

    def _governs(self, word: Word, verb: Word) -> bool:
        """True of a verb with which a noun tells an act: done, denied, threatened, faced."""
        if verb.lemma in self.tongue.threaten and word.case == "Ins":
            return True
        if verb.lemma in self.tongue.words["face"] and word.rel == "nsubj":
            return True
        return self._supports(word, verb) or verb.lemma in self.tongue.deny

    def _supports(self, word: Word, verb: Word) -> bool:
        top = word
        while top.head is not None and top.head is not verb:
            top = top.head
        if top.rel in ("obl", "nmod") and top.preposition():
            return verb.lemma in self.tongue.words["with_preposition"]
        return (
            verb.lemma in self.tongue.support
            or verb.lemma.removesuffix("ся") in self.tongue.support
        )

    # --- phrases ----------------------------------------------------------------------------------

    def _phrase(self, unit: ParsedUnit, word: Word) -> Candidate | None:
        for key in dict.fromkeys((word.lower, word.lemma)):
            for entry in self.lexicon.phrases.get(key, ()):
                run = _run(unit, word, entry)
                if run is None:
                    continue
                verb = clause_verb(word)
                args = arguments(verb) if verb.is_verb else Arguments()
                if self._allowed(unit, verb, entry, args, run):
                    return Candidate(
                        unit=unit.index,
                        head=word,
                        entry=entry,
                        matched=(word, *run),
                        arguments=args,
                        verb=verb if verb.is_verb else None,
                    )
        return None

    # --- conditions -------------------------------------------------------------------------------

    def _allowed(
        self, unit: ParsedUnit, word: Word, entry: Entry, args: Arguments, matched: Sequence[Word]
    ) -> bool:
        way = entry.way
        if (way.passive_only and not args.passive) or (way.active_only and args.passive):
            return False
        if way.negated and not negated(word):
            return False
        objects = [o for o in args.object if o not in matched] or args.object
        whom = objects or not self._only_threatened(word)
        if way.object_is and whom and not self._is(unit, objects, way.object_is):
            return False
        if way.object_not and self._is(unit, objects, way.object_not):
            return False
        if way.subject_is and not (args.subject and self._is(unit, args.subject, way.subject_is)):
            return False
        if way.subject_not and self._is(unit, args.subject, way.subject_not):
            return False
        return self._words_allow(unit, word, entry)

    def _only_threatened(self, word: Word) -> bool:
        """'угрожали убить': whom, the threat says."""
        head = word.head
        return word.form == "Inf" and head is not None and head.lemma in self.tongue.threaten

    def _is(self, unit: ParsedUnit, heads: Sequence[Word], names: Sequence[str]) -> bool:
        """True if one of the phrases is one of the classes or words."""
        wanted = set(names)
        return any(
            self.lexicon.one_of(word, names) or bool(self.cast.classes(unit.index, word) & wanted)
            for head in heads
            for word in conjuncts(head)
        )

    def _words_allow(self, unit: ParsedUnit, word: Word, entry: Entry) -> bool:
        way = entry.way
        if way.sentence:
            sentence = unit.sentence_of(word).words
            if not any(self.lexicon.one_of(w, way.sentence) for w in sentence):
                return False
        if not way.clause and not way.unless:
            return True
        near = clause(clause_verb(word)) + list(word.below())
        if way.clause and not any(self.lexicon.one_of(w, way.clause) for w in near):
            return False
        return not any(self.lexicon.one_of(w, way.unless) for w in near)


def _keys(word: Word) -> Iterator[tuple[str, bool]]:
    """The lemmas that a verb is looked up by; of a reflexive also the verb that it is of."""
    yield word.lemma, False
    if word.lemma.endswith(REFLEXIVE) and word.child("xcomp") is None:
        yield word.lemma[:-2], True


def _as_passive(args: Arguments) -> Arguments:
    return Arguments(
        subject=args.instrumental,
        object=args.subject,
        indirect=args.indirect,
        instrumental=args.instrumental,
        preps=args.preps,
        passive=True,
        own=args.own,
    )


def _used_as_verb(word: Word) -> bool:
    """A verb of a clause; a participle only with words of its own: 'задержанный в мае активист'."""
    if not word.is_verb:
        return False
    if word.form != "Part" or word.short:
        return True
    if word.rel not in ("acl", "amod", "acl:relcl", "conj", "appos"):
        return False
    return word.head is not None and any(
        c.rel in ("obl", "obj", "iobj", "nmod", "advmod", "obl:agent") for c in word.children
    )


def _matched(word: Word, there: Sequence[Word], entry: Entry) -> list[Word] | None:
    """For each element of a pattern the nearest word that meets it, or None."""
    found: list[Word] = []
    for alternatives in entry.rest:
        fitting = [
            w
            for w in there
            if w not in found and matches(w, alternatives) and _hangs(w, word, found)
        ]
        if not fitting:
            return None
        found.append(min(fitting, key=lambda w: (abs(w.i - word.i), w.i)))
    return found


def _hangs(word: Word, trigger: Word, found: Sequence[Word]) -> bool:
    """A preposition counts only where its noun hangs on the trigger: 'осудить нападение на'."""
    if word.pos != "ADP" or word.head is None:
        return True
    above = word.head.head
    near = above is not None and above.animate and above.head is trigger
    return near or above is trigger or above in found or word.head in found


def _run(unit: ParsedUnit, word: Word, entry: Entry) -> list[Word] | None:
    """The words right behind a word that meet the rest of a phrase."""
    found: list[Word] = []
    for at, alternatives in enumerate(entry.rest, start=word.i + 1):
        if at >= len(unit.words) or not matches(unit.words[at], alternatives):
            return None
        found.append(unit.words[at])
    return found


def _preposition(word: Word) -> str:
    top = word
    while top.rel == "conj" and top.head is not None:
        top = top.head
    return top.preposition()


def _dated(word: Word) -> bool:
    """True if a date hangs on a noun: 'арест 5 мая'."""
    return any(
        w.text.isdigit() and len(w.text) in (1, 2, 4) and w.rel != "nummod" for w in word.below()
    )


def _counted(word: Word) -> bool:
    """'Задержание трех пенсионеров обошлось без наручников': new people, so a new telling."""
    of = [c for c in word.children if c.rel == "nmod" and c.case == "Gen"]
    return word.rel == "nsubj" and any(c.child("nummod", "nummod:gov") is not None for c in of)


def _full(word: Word) -> bool:
    """'задержание полицией активиста': both sides named."""
    cases = {c.case for c in word.children if c.rel in ("nmod", "obl")}
    return {"Gen", "Ins"} <= cases
