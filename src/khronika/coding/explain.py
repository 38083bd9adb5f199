"""What the coder considered and left: other ways of the codebook, and what refused each of them.

A way is tried alone, then without one of its restrictions after the other: the restriction without
which it fits is the one that decided. So nothing here knows how the ways are matched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from spacy.tokens import Token

from khronika.codebook.model import Way
from khronika.coding.lexicon import Entry, Lexicon, hyphenated, set_off
from khronika.coding.locating import Locator
from khronika.coding.modality import judge
from khronika.coding.negation import negation
from khronika.coding.parsed import ParsedUnit, sentence_of
from khronika.coding.paths import References
from khronika.coding.telling import Reader
from khronika.coding.triggers import Candidate, find_triggers
from khronika.model.acts import Act, Considered

# What a way says of its fillers; all its other fields restrict where it fits.
FILLS = frozenset(
    "verbs nouns phrases subject object indirect prepositions of by possessor compound owner "
    "modality language own".split()
)
RESTRICTIONS = tuple(f for f in fields(Way) if f.name not in FILLS)
REFUSING = frozenset({"object_not", "subject_not", "unless"})  # the lists that forbid
MOST = 8  # refusals that are told
SHOWN = 5  # words of a list


def considered(act: Act, unit: ParsedUnit, head: Token, reader: Reader) -> tuple[Considered, ...]:
    """Other readings of the sentence of an act, and why each was left.

    Args:
        act: the act as coded.
        unit: where its trigger stands.
        head: its trigger.
        reader: what the coder knows of the report.

    Returns:
        Those of the trigger itself first, at most `MOST`; then whom else its pronouns might mean.
    """
    own = [c for c in readings(unit, head, reader) if c.rule != act.rule and c.field != "pattern"]
    sentence = sentence_of(head)
    others = [
        c
        for token in set_off(unit.doc, reader.lexicon.first)
        if sentence.start <= token.i < sentence.end and token.i != head.i
        for c in readings(unit, token, reader)
        if c.field not in ("", "pattern", "grammar")
    ]
    return (*tuple(_each_once([*own, *others]))[:MOST], *antecedents(act, reader))


def _each_once(found: Sequence[Considered]) -> Iterator[Considered]:
    """One reading a kind and reason, the first of several."""
    seen: set[tuple[str, str, str]] = set()
    for one in found:
        key = (one.kind, one.word, one.because)
        if key not in seen:
            seen.add(key)
            yield one


def readings(unit: ParsedUnit, token: Token, reader: Reader) -> Iterator[Considered]:
    """Every way of the codebook that a word could set off, and what became of it."""
    for entry in entries_of(token, reader.lexicon):
        trial = _Trial(unit, token, entry, reader)
        field, because = trial.verdict()
        yield Considered(
            rule=entry.rule, kind=entry.kind.id, word=token.text, field=field, because=because
        )


def antecedents(act: Act, reader: Reader) -> Iterator[Considered]:
    """Whom else the pronouns of an act might mean: those of the same sort named since."""
    locator = Locator(reader.parsed)
    references = References(reader.cast.members, locator)
    for one in act.involvements:
        found = locator.token(one.anchor) if one.anchor is not None else None
        if one.anchor is None or found is None:
            continue
        others = references.others(one.anchor, one.cast, found[1])
        if others:
            names = ", ".join(f"'{member.name}'" for member in others[:SHOWN])
            because = f"'{one.name}' was taken; named nearer: {names}"
            yield Considered(
                rule="",
                kind=one.role.value,
                word=found[1].text,
                field="antecedent",
                because=because,
            )


def traced(kind: str, reader: Reader) -> Iterator[Considered]:
    """Every word of a report that could set off a kind, and what became of each of its ways.

    Where there is none, one reading says which words stand there instead.
    """
    found = False
    for unit in reader.parsed.units:
        for token in set_off(unit.doc, reader.lexicon.first):
            for each in readings(unit, token, reader):
                if each.kind == kind:
                    found = True
                    yield each
    if not found:
        words = (t for u in reader.parsed.units for t in u.doc if t.pos_ in ("VERB", "NOUN"))
        there = ", ".join(f"'{t.lemma_.lower()}'" for t in words)
        because = f"no word here sets off a way of it; the verbs and nouns are {there or 'none'}"
        yield Considered(rule="", kind=kind, word="", field="trigger", because=because)


def entries_of(token: Token, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The ways that the form of a word may set off, the more specific first."""
    forms = dict.fromkeys((hyphenated(token), token.lower_))
    tables = (lexicon.phrases, lexicon.verbs, lexicon.nouns)
    return tuple(e for table in tables for form in forms for e in table.get(form, ()))


class _Trial:
    """One way tried on one word."""

    def __init__(self, unit: ParsedUnit, token: Token, entry: Entry, reader: Reader) -> None:
        self._unit, self._token, self._entry, self._reader = unit, token, entry, reader

    def verdict(self) -> tuple[str, str]:
        """What refused the way, and why in words; "" and what became of it if nothing did."""
        found = self._fits(self._entry)
        if found is not None:
            return _told(found)
        for name in self._restricted():
            if (free := self._fits(self._without(name))) is not None:
                return name, self._words(name, free)
        bare = self._without(*self._restricted())
        if self._fits(bare) is not None:
            names = ", ".join(self._needed())
            return "several", f"several of its restrictions are not met ({names})"
        if self._entry.rest and self._fits(replace(bare, rest=())) is not None:
            return "pattern", f"the words of '{_pattern(self._entry)}' do not stand together here"
        return "grammar", f"it is not used so here (read as {self._token.tag_})"

    def _needed(self) -> list[str]:
        """Restrictions that all have to go before the way fits."""
        names = self._restricted()
        for name in list(names):
            fewer = [n for n in names if n != name]
            if self._fits(self._without(*fewer)) is not None:
                names = fewer
        return names

    def _fits(self, entry: Entry) -> Candidate | None:
        forms = dict.fromkeys((hyphenated(self._token), self._token.lower_))
        one = dict.fromkeys(forms, (entry,))
        sort = entry.rule.split("/")[1]
        lexicon = replace(
            self._reader.lexicon,
            verbs=one if sort == "verb" else {},
            nouns=one if sort == "noun" else {},
            phrases=one if sort == "phrase" else {},
            first=frozenset(forms),
        )
        there = find_triggers(self._unit, lexicon, self._reader.cast)
        return next((c for c in there if self._token in c.matched), None)

    def _restricted(self) -> list[str]:
        way, verbal = self._entry.way, self._entry.rule.split("/")[1] != "noun"
        names = [f.name for f in RESTRICTIONS if not (verbal and f.name == "eventive")]
        return [name for name in names if getattr(way, name) != _free(name)]

    def _without(self, *names: str) -> Entry:
        free: dict[str, Any] = {name: _free(name) for name in names}
        return replace(self._entry, way=replace(self._entry.way, **free))

    def _words(self, name: str, free: Candidate) -> str:
        wanted = getattr(self._entry.way, name)
        if name in REFUSING:
            word = next((w for w in wanted if self._fits(self._lacking(name, w))), "")
            side = {"object_not": "object", "subject_not": "subject"}.get(name, "clause")
            return f"'{word}' forbids it in the {side}" if word else f"'{name}' forbids it"
        if name in ("object_is", "subject_is"):
            return _filler(name.removesuffix("_is"), free, wanted)
        if name in ("clause", "sentence"):
            return f"the {name} has none of the words that must stand there ({_some(wanted)})"
        return SAID.get(name, f"its restriction '{name}' is not met")

    def _lacking(self, name: str, word: str) -> Entry:
        kept = tuple(w for w in getattr(self._entry.way, name) if w != word)
        lacking: dict[str, Any] = {name: kept}
        return replace(self._entry, way=replace(self._entry.way, **lacking))


SAID = {
    "negated": "it is not negated, as it must be",
    "passive_only": "it is active, and must be passive",
    "active_only": "it is passive, and must be active",
    "eventive": "a noun that only tells an act where a verb says that it happened",
}


def _free(name: str) -> object:
    """The value of a field of a way that restricts nothing."""
    return True if name == "eventive" else DEFAULTS[name]


DEFAULTS = {f.name: f.default for f in RESTRICTIONS}


def _filler(side: str, free: Candidate, wanted: Sequence[str]) -> str:
    there = getattr(free.arguments, side)
    said = " ".join(t.text for t in there)
    which = f"its {side} '{said}' is" if there else f"it has no {side} here, which must be"
    return f"{which} {'none' if there else 'one'} of: {_some(wanted)}"


def _some(words: Sequence[str]) -> str:
    more = len(words) - SHOWN
    return ", ".join(words[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _pattern(entry: Entry) -> str:
    """A pattern as the codebook has it."""
    return entry.rule.split("/", 2)[2]


def _told(found: Candidate) -> tuple[str, str]:
    """What became of a way that fits."""
    if negation(found.head) is not None:
        return "untold", "it is negated"
    if judge(found.head) is None:
        return "untold", "it is asked for, supposed or only alluded to"
    return "", "it fits too, but another way of the codebook is tried first"
