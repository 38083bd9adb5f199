"""Names of organisations and public bodies: read, and compare with a reason in words.

`Ministry of Justice`, `Justice Ministry` and `Министерство юстиции` hold the same concepts; what
is no concept is compared by its sound. Another number (`colony No. 6`), country or proper word is
another body. Which country `the Justice Ministry` belongs to, only its report can say.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from rapidfuzz.distance import JaroWinkler

from khronika.text.likeness import Likeness, Verdict
from khronika.text.phonetics import classes, plain, skeleton

_LONGEST = 24  # words of a body's name that are looked at
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*", re.UNICODE)
_NUMBER = re.compile(r"\d+")
_ASIDE = re.compile(r"\(([^()]{1,60})\)")
_ACRONYM = re.compile(r"[^\W\d_a-zа-яё]{2,8}(?:-\d+)?")
_QUOTED = re.compile(r"[\"«“„]([^\"«»“”„]{2,60})[\"»”]")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name as read.

    `words` are concepts (`justice`) and skeletons of proper words (`*lipsk`), `sounds` skeletons
    of all of them, for names that are carried over and not translated; `country` is what the name
    itself says; `public` the list's body it is; `acronyms` those that stand beside it.
    """

    words: frozenset[str] = field(repr=False)
    sounds: frozenset[str] = field(default=frozenset(), repr=False)
    order: tuple[str, ...] = field(default=(), repr=False)
    numbers: tuple[str, ...] = ()
    country: str = ""
    public: str = ""
    acronyms: frozenset[str] = frozenset()
    initials: str = ""
    capital: bool = False  # a proper word begins with a capital

    @property
    def proper(self) -> frozenset[str]:
        """The words that are no concepts."""
        return frozenset(w for w in self.words if w.startswith("*"))

    @property
    def long(self) -> bool:
        """True if it is more than an acronym."""
        return len(self.words - {f"*{a}" for a in self.acronyms}) > 1

    @property
    def generic(self) -> bool:
        """True if it is a common noun (`the police`, `a court`), local to its report."""
        if self.public or self.acronyms or self.numbers or self.capital:
            return False
        concepts = self.words - self.proper
        if self.country and len(concepts) > 1:
            return False
        return len(concepts) < 2 or concepts <= _lists()["generic"]

    @property
    def official(self) -> bool:
        """True if it is an organ of some state."""
        return bool(self.words & _lists()["official"]) or self.public in _national()


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = resources.files("khronika.text").joinpath("data/bodies.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _data()["words"].items()}


@lru_cache(maxsize=1)
def _national() -> frozenset[str]:
    """Bodies that several states have under one name."""
    return frozenset(body["names"][0] for body in _data()["body"] if body.get("national"))


@lru_cache(maxsize=2)
def _stems(table: str) -> tuple[dict[str, str], dict[str, tuple[tuple[str, str], ...]]]:
    """Whole words, and stems by their first three letters, longest first."""
    whole: dict[str, str] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for concept, entries in _data()[table].items():
        for entry in entries:
            if entry.endswith("|"):
                whole[entry[:-1]] = concept
            else:
                stems.setdefault(entry[:3], []).append((entry, concept))
    ordered = {k: tuple(sorted(v, key=lambda x: (-len(x[0]), x))) for k, v in stems.items()}
    return whole, ordered


def _concept(word: str, table: str) -> str:
    whole, stems = _stems(table)
    if word in whole:
        return whole[word]
    return next((c for stem, c in stems.get(word[:3], ()) if word.startswith(stem)), "")


@lru_cache(maxsize=65536)
def country_of(word: str) -> str:
    """ISO 3166 alpha-2 of the country that a word names or is an adjective of; "" if none."""
    return _concept(word.casefold(), "countries")


@lru_cache(maxsize=65536)
def read_body(text: str) -> BodyName:
    """Read the name of an organisation or public body.

    Args:
        text: a name as written, in any script, perhaps with its acronym in brackets.

    Returns:
        The name as read; without words if there are none.
    """
    acronyms = {
        plain(a) for aside in _ASIDE.findall(text) if _ACRONYM.fullmatch(a := aside.strip())
    }
    bare = _ASIDE.sub(" ", text)
    pieces = [m.group().removesuffix("'s").removesuffix("’s") for m in _WORD.finditer(bare)]
    pieces = _without_people(pieces[:_LONGEST])
    if len(pieces) == 1 and _ACRONYM.fullmatch(pieces[0]):
        acronyms.add(plain(pieces[0]))
    order, sounds, country, numbers = _read_words(pieces)
    public, home = _public_body(bare, pieces, official=bool(set(order) & _lists()["official"]))
    if not public:
        public, home = next(
            (found for a in sorted(acronyms) if (found := _public().get(a))), ("", "")
        )
    return BodyName(
        words=frozenset(order),
        sounds=sounds,
        order=order,
        numbers=numbers,
        country=country or home,
        public=public,
        acronyms=frozenset(acronyms),
        initials=_initials(pieces),
        capital=_has_capital(pieces),
    )


def _without_people(pieces: list[str]) -> list[str]:
    """`officers of the KGB` as the KGB: the body answers for them."""
    people = _lists()["people_of"]
    while len(pieces) > 1 and pieces[0].casefold() in people | {"the", "of"}:
        pieces = pieces[1:]
    return pieces


def _read_words(
    pieces: list[str],
) -> tuple[tuple[str, ...], frozenset[str], str, tuple[str, ...]]:
    order: list[str] = []
    sounds: set[str] = set()
    country, numbers = "", []
    skip = _lists()["passed_over"]
    for piece in pieces:
        numbers += [n.lstrip("0") or "0" for n in _NUMBER.findall(piece)]
        word = _NUMBER.sub("", piece).strip("-.'’").casefold()
        if not word or word in skip or word in {"no", "№", "th", "st", "nd", "rd", "й", "я"}:
            continue
        found = country_of(word)
        if found:
            country = country or found
            continue
        sound = plain(word) if len(word) <= 3 or _ACRONYM.fullmatch(piece) else skeleton(word)
        sounds.add(sound)
        order.append(_concept(word, "concepts") or "*" + sound)
    return tuple(order), frozenset(sounds), country, tuple(sorted(set(numbers)))


def _has_capital(pieces: list[str]) -> bool:
    """True if a proper word begins with a capital; in Cyrillic the first word's is enough."""
    skip = _lists()["passed_over"]
    proper = [
        p
        for p in pieces
        if (w := p.casefold()) not in skip and not _concept(w, "concepts") and not country_of(w)
    ]
    cyrillic = bool(pieces) and pieces[0][:1].isupper() and "а" <= pieces[0][:1].casefold() <= "ў"
    return any(p[:1].isupper() for p in proper) or (cyrillic and bool(proper))


def _initials(pieces: list[str]) -> str:
    skip = _lists()["passed_over"]
    return "".join(plain(p)[:1] for p in pieces if p.casefold() not in skip)


@lru_cache(maxsize=1)
def _public() -> dict[str, tuple[str, str]]:
    found = {}
    for body in _data()["body"]:
        for name in body["names"]:
            found[_folded(name)] = (body["names"][0], body.get("country", ""))
    return found


def _folded(text: str) -> str:
    skip = _lists()["passed_over"]
    words = [w for w in (m.group().casefold() for m in _WORD.finditer(text)) if w not in skip]
    return "".join(plain(w) for w in words) or plain(text)


def _public_body(bare: str, pieces: list[str], *, official: bool) -> tuple[str, str]:
    """The list's body that a name is; a country beside the name of no state's is a chapter's."""
    known = _public()
    for text in (bare, " ".join(pieces)):
        if found := known.get(_folded(text)):
            return found
    found = known.get(_folded(" ".join(p for p in pieces if not country_of(p))))
    return found if found and (found[1] or official) else ("", "")


def names_in(text: str) -> tuple[str, ...]:
    """A name and the other name that stands in brackets behind it, if there is one.

    Args:
        text: a name as written: `Severny Veter (Northern Wind)`.
    """
    asides = [a.strip(" \"'«»“”„") for a in _ASIDE.findall(text)]
    names = [a for a in asides if a and not _ACRONYM.fullmatch(a) and not country_of(a)]
    return (text, *names)


@lru_cache(maxsize=65536)
def compare_bodies(one: str, other: str) -> Verdict:
    """Compare two names of organisations or bodies as written.

    Args:
        one: a name in any script.
        other: another.

    Returns:
        The likeness and what it rests on; symmetric. Bodies that differ in a country that only one
        name tells are LIKELY at best: the caller knows the reports' countries.
    """
    return compare_read_bodies(read_body(one), read_body(other))


def compare_read_bodies(one: BodyName, other: BodyName) -> Verdict:
    """Compare two names as read; see `compare_bodies`."""
    if one.numbers != other.numbers:
        return Verdict(Likeness.DIFFERENT, "another number")
    if one.country and other.country and one.country != other.country:
        return Verdict(Likeness.DIFFERENT, "of another country")
    if one.public and one.public == other.public:
        return Verdict(Likeness.SAME, "two names of one public body")
    if one.public and other.public:
        return Verdict(Likeness.DIFFERENT, "two public bodies")
    if one.acronyms & other.acronyms and not (one.long and other.long):
        return Verdict(Likeness.SAME, "the same acronym")
    return _compare_words(one, other)


def _compare_words(one: BodyName, other: BodyName) -> Verdict:
    if one.words and (one.sounds == other.sounds or _same_words(one.words, other.words)):
        if one.country != other.country and not one.official:
            return Verdict(Likeness.DIFFERENT, "one is a chapter of a country")
        return Verdict(Likeness.SAME, "the same words")
    for a, b in ((one, other), (other, one)):
        if len(a.initials) >= 3 and a.initials in b.acronyms and len(b.words) <= 1:
            return Verdict(Likeness.LIKELY, "an acronym of the name's words")
    short, long = sorted((one, other), key=lambda b: (len(b.words), sorted(b.words)))
    rest = long.words - short.words
    spare = _lists()["generic"] - _lists()["official"]
    if short.words and short.words < long.words and short.proper and rest <= spare:
        same_front = long.order[: len(short.order)] == short.order
        if same_front and one.country == other.country:
            return Verdict(Likeness.PARTIAL, "the front of the longer name")
    return Verdict(Likeness.DIFFERENT, "other words")


def _same_words(ones: frozenset[str], others: frozenset[str]) -> bool:
    if ones == others:
        return True
    left, right = sorted(ones - others), sorted(others - ones)
    if len(left) != len(right) or not all(w.startswith("*") for w in left + right):
        return False
    return all(_alike(a, b) for a, b in zip(left, right, strict=True))


def _alike(one: str, other: str) -> bool:
    longest = min(len(one), len(other)) > 5
    return longest and classes(one) == classes(other) and JaroWinkler.similarity(one, other) >= 0.85
