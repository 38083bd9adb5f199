"""A codebook compiled for look-up: from the form of a word to the ways it may set off."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from khronika.codebook.model import Codebook, Kind, Way
from khronika.text.english_forms import noun_forms, verb_forms

Alternatives = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of one way: the rest of its pattern, each element a set of alternatives."""

    kind: Kind
    way: Way
    rule: str  # "arrest/verb/take into custody": names the way in the record
    rest: tuple[Alternatives, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Ways by the lower-case form of the word that sets them off."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    phrases: Mapping[str, tuple[Entry, ...]]
    classes: Mapping[str, frozenset[str]]
    kinds: Mapping[str, Kind]
    first: frozenset[str]  # every form that sets a way off

    def one_of(self, token: Token, names: tuple[str, ...]) -> bool:
        """True if the token's lemma or form is in one of the classes, or is one of the names."""
        words = {token.lower_, token.lemma_.lower(), hyphenated(token)}
        return any(name in words or words & self.classes.get(name, _NONE) for name in names)


_NONE: frozenset[str] = frozenset()
FORMS = "khronika lower-case forms"
DETERMINERS = frozenset({"the", "a", "an", "her", "his", "their", "its"})


def compile_lexicon(codebook: Codebook) -> Lexicon:
    """Index every way of a codebook by every form of its first (for nouns, its last) word."""
    verbs: dict[str, list[Entry]] = defaultdict(list)
    nouns: dict[str, list[Entry]] = defaultdict(list)
    phrases: dict[str, list[Entry]] = defaultdict(list)
    for kind in codebook.kinds.values():
        for way in (way for way in kind.ways if way.language == "en"):
            for form, entry in _verb_entries(kind, way):
                verbs[form].append(entry)
            for form, entry in _noun_entries(kind, way):
                nouns[form].append(entry)
            for form, entry in _phrase_entries(kind, way):
                phrases[form].append(entry)
    return Lexicon(
        verbs=_frozen(verbs),
        nouns=_frozen(nouns),
        phrases=_frozen(phrases),
        classes=codebook.classes,
        kinds=codebook.kinds,
        first=frozenset((*verbs, *nouns, *phrases)),
    )


def _frozen(index: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    """The most specific first, so that 'hold hostage' is tried before 'hold'."""
    return {form: tuple(sorted(entries, key=_specificity)) for form, entries in index.items()}


def _specificity(entry: Entry) -> tuple[bool, int, bool, bool, bool, bool, str]:
    way = entry.way
    restricted = bool(way.object_is or way.subject_is or way.abroad)
    return (
        bool(way.after),  # these need more than their sentence: whatever else fits comes first
        -len(entry.rest),
        not way.own,
        not way.negated,
        not (way.clause or way.sentence or way.nearby),
        not restricted,
        entry.rule,
    )


def _alternatives(word: str) -> Alternatives:
    return frozenset(f for w in word.lower().split("|") for f in (w, *noun_forms(w)))


def _verb_entries(kind: Kind, way: Way) -> Iterator[tuple[str, Entry]]:
    for pattern in way.verbs:
        first, *rest = pattern.split()
        entry = _entry(kind, way, f"verb/{pattern}", rest)
        for form in sorted({f for lemma in _alternatives(first) for f in verb_forms(lemma)}):
            yield form, entry


def _noun_entries(kind: Kind, way: Way) -> Iterator[tuple[str, Entry]]:
    for pattern in way.nouns:
        *before, last = pattern.split()
        entry = _entry(kind, way, f"noun/{pattern}", before)
        for form in sorted({f for lemma in _alternatives(last) for f in noun_forms(lemma)}):
            yield form, entry


def _phrase_entries(kind: Kind, way: Way) -> Iterator[tuple[str, Entry]]:
    for pattern in way.phrases:
        first, *rest = pattern.split()
        entry = _entry(kind, way, f"phrase/{pattern}", rest)
        for form in sorted({f for w in _alternatives(first) for f in verb_forms(w) | {w}}):
            yield form, entry


def _entry(kind: Kind, way: Way, rule: str, rest: list[str]) -> Entry:
    alternatives = tuple(_alternatives(word) for word in rest)
    return Entry(kind=kind, way=way, rule=f"{kind.id}/{rule}", rest=alternatives)


def hyphenated(token: Token) -> str:
    """The word with hyphens that ends at a token: the tokeniser parts 'ill-treated' in three."""
    return _joined(token.doc)[token.i]


@lru_cache(maxsize=8)
def _joined(doc: Doc) -> list[str]:
    """`hyphenated` of every token: they are asked for many times."""
    tokens = list(doc)
    forms = doc.user_data[FORMS] = [token.lower_ for token in tokens]
    found = list(forms)
    for i in range(2, len(tokens)):
        hyphen = tokens[i - 1]
        if hyphen.orth_ == "-" and not hyphen.whitespace_ and not tokens[i - 2].whitespace_:
            found[i] = f"{found[i - 2]}-{found[i]}"
    return found


def set_off(doc: Doc, first: frozenset[str]) -> Iterator[Token]:
    """The tokens that may set off a way: a token object is made for no other."""
    joined, forms = _joined(doc), doc.user_data[FORMS]
    for i, form in enumerate(forms):
        if form in first or joined[i] in first:
            yield doc[i]


def words_of(tokens: list[Token]) -> set[str]:
    """Every word by which `matches` knows some tokens."""
    found: set[str] = set()
    for token in tokens:
        found.update((token.lower_, token.lemma_.lower(), hyphenated(token)))
    return found


def matches(token: Token, alternatives: Alternatives) -> bool:
    """True if the token is one of the alternatives, by lemma, form or with what a hyphen joins."""
    return (
        token.lower_ in alternatives
        or token.lemma_.lower() in alternatives
        or hyphenated(token) in alternatives
    )


def follow(tokens: list[Token], rest: tuple[Alternatives, ...]) -> list[Token] | None:
    """The tokens that meet each element of a pattern in order, or None."""
    found: list[Token] = []
    position = 0
    for alternatives in rest:
        while position < len(tokens) and not (
            matches(tokens[position], alternatives) and not _of_another(tokens[position], rest)
        ):
            position += 1
        if position == len(tokens):
            return None
        found.append(tokens[position])
        position += 1
    dangling = found and found[-1].tag_ == "TO" and found[-1].dep_ == "aux"
    return None if dangling else found  # 'had to escape to survive' says nowhere to


def _of_another(token: Token, rest: tuple[Alternatives, ...]) -> bool:
    """'asylum' in 'received asylum seekers': part of a noun that the pattern does not have."""
    head = token.head
    return (
        token.dep_ == "compound"
        and head.pos_ == "NOUN"
        and head.lower_ in HUMAN
        and not any(matches(head, alternatives) for alternatives in rest)
    )


HUMAN = frozenset(
    "seeker seekers worker workers leader leaders officer officers member members victim victims "
    "survivor survivors ballot organiser organisers organizer organizers fund funds "
    "release releases sector committee office department ministry minister".split()
)


def run_of(doc: Doc, start: int, rest: tuple[Alternatives, ...]) -> int | None:
    """The end of a run of words that starts at token `start`, or None if it does not go on so."""
    position = start + 1
    for alternatives in rest:
        filler = position < len(doc) and doc[position].lower_ in DETERMINERS
        if filler and not matches(doc[position], alternatives):
            position += 1
        if position >= len(doc) or not matches(doc[position], alternatives):
            return None
        position += 1
    return position
