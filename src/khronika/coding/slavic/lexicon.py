"""A codebook's ways in one Slavic language, compiled for look-up by lemma."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from khronika.codebook.model import Codebook, Kind, Way
from khronika.coding.slavic.morphology import Morphology
from khronika.coding.slavic.words import Word, plain

Alternatives = frozenset[str]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of one way: the rest of its pattern, each element a set of lemmas and forms."""

    kind: Kind
    way: Way
    rule: str  # "arrest/verb/взять под стражу": names the way in the record
    rest: tuple[Alternatives, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Ways by the lemma of the word that sets them off; phrases by lemma or form of the first."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    phrases: Mapping[str, tuple[Entry, ...]]
    classes: Mapping[str, frozenset[str]]

    def any_of(self, kind: str) -> Entry | None:
        """Some entry of a kind: for a telling that turns out to be of that kind."""
        every = (e for index in (self.verbs, self.nouns) for es in index.values() for e in es)
        return next((e for e in every if e.kind.id == kind), None)

    def one_of(self, word: Word, names: Sequence[str]) -> bool:
        """True if the word's lemma or form is in one of the classes, or is one of the names."""
        return any(
            name in (word.lemma, word.lower)
            or word.lemma in self.classes.get(name, NONE)
            or word.lower in self.classes.get(name, NONE)
            for name in names
        )


def matches(word: Word, alternatives: Alternatives) -> bool:
    """True if the word is one of some alternatives, by its lemma or its form."""
    return word.lemma in alternatives or word.lower in alternatives


def compile_lexicon(codebook: Codebook, language: str, morphology: Morphology) -> Lexicon:
    """Index every way of a language by every lemma of the word that sets it off."""
    verbs: dict[str, list[Entry]] = defaultdict(list)
    nouns: dict[str, list[Entry]] = defaultdict(list)
    phrases: dict[str, list[Entry]] = defaultdict(list)
    reader = _Patterns(morphology)
    for kind in codebook.kinds.values():
        for way in (way for way in kind.ways if way.language == language):
            for index, found in (
                (verbs, reader.verbs(kind, way)),
                (nouns, reader.nouns(kind, way)),
                (phrases, reader.phrases(kind, way)),
            ):
                for key, entry in found:
                    index[key].append(entry)
    return Lexicon(
        verbs=_frozen(verbs),
        nouns=_frozen(nouns),
        phrases=_frozen(phrases),
        classes=codebook.classes_in.get(language, {}),
    )


class _Patterns:
    """Reads the patterns of ways with the morphology of their language."""

    def __init__(self, morphology: Morphology) -> None:
        self._morphology = morphology

    def verbs(self, kind: Kind, way: Way) -> Iterator[tuple[str, Entry]]:
        for pattern in way.verbs:
            first, *rest = pattern.split()
            entry = self._entry(kind, way, f"verb/{pattern}", rest)
            for key in sorted(set(map(plain, first.split("|")))):
                yield key, entry

    def nouns(self, kind: Kind, way: Way) -> Iterator[tuple[str, Entry]]:
        for pattern in way.nouns:
            words = pattern.split()
            at = next((i for i, word in enumerate(words) if self._is_noun(word)), len(words) - 1)
            entry = self._entry(kind, way, f"noun/{pattern}", words[:at] + words[at + 1 :])
            for key in sorted(self._noun_lemmas(words[at])):
                yield key, entry

    def phrases(self, kind: Kind, way: Way) -> Iterator[tuple[str, Entry]]:
        for pattern in way.phrases:
            first, *rest = pattern.split()
            entry = self._entry(kind, way, f"phrase/{pattern}", rest)
            for key in sorted(set(map(plain, first.split("|")))):
                yield key, entry

    def _entry(self, kind: Kind, way: Way, rule: str, rest: Sequence[str]) -> Entry:
        alternatives = tuple(self._alternatives(word) for word in rest)
        return Entry(kind=kind, way=way, rule=f"{kind.id}/{rule}", rest=alternatives)

    def _alternatives(self, element: str) -> Alternatives:
        """Every lemma that the forms of an element may have, and the forms themselves."""
        found: set[str] = set()
        for word in element.split("|"):
            readings = self._morphology.readings(word)
            found |= {r.lemma for r in readings if r.score >= readings[0].score / 8}
            found.add(plain(word))
        return frozenset(found)

    def _is_noun(self, element: str) -> bool:
        readings = self._morphology.readings(element.split("|", maxsplit=1)[0])
        return bool(readings) and readings[0].pos == "NOUN"

    def _noun_lemmas(self, element: str) -> set[str]:
        found = set()
        for word in element.split("|"):
            nouns = [r for r in self._morphology.readings(word) if r.pos == "NOUN"]
            found |= {nouns[0].lemma} if nouns else {plain(word)}
        return found


def _frozen(index: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    """The most specific first, so that 'взять под стражу' is tried before 'взять'."""
    return {key: tuple(sorted(entries, key=_specificity)) for key, entries in index.items()}


def _specificity(entry: Entry) -> tuple[int, bool, bool, bool, bool, str]:
    way = entry.way
    restricted = bool(way.object_is or way.subject_is)
    return (
        -len(entry.rest),
        not way.own,
        not way.negated,
        not (way.clause or way.sentence),
        not restricted,
        entry.rule,
    )
