"""The words that names of bodies are made of: concepts, countries and places, in many languages."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from rapidfuzz.distance import JaroWinkler

from khronika.text.gazetteer import Place, PlaceKind, gazetteer
from khronika.text.phonetics import plain, skeleton

COUNTRY_MARK = "@"  # stands before the code of a country that several words name
_STEM = 3  # letters by which stems are looked up
_SPELT_OUT = 5  # letters from which a Cyrillic stem holds for its romanisation too
_LARGE = 50_000  # inhabitants of a place whose names in several languages are one
_GREAT = 1_000_000  # the same of a place whose names sound otherwise
_SOUNDS_LIKE = 0.88
_ENDS = "ий|ій|ый|и|і|ая|а|ую|у|ою|ой|ої|ай|ое|е|ого|аго|ага|ому|аму|им|ім|ым|ом|ие|их|іх|ими|ія"
_ADJECTIVE = re.compile(rf"(?:ов|ев|ен|ін|ин)?[сц]ь?к(?:{_ENDS})$")
_ADJECTIVE_END = re.compile(rf"([сц]ь?к)(?:{_ENDS})$")
_ADJECTIVE_SPELT = re.compile(r"sk(?:iy|yy|yi|ii|y|i|aya|aia|oye|oe|o[hg]o)$")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff'\-]+")
_CYRILLIC = frozenset("RU UA BY KZ KG TJ TM UZ BG RS MK MD GE AM AZ MN LV LT EE".split())
_CASE = re.compile(r"(?:ой|ою|ом|ем|ей|ею|ах|ям|ів|[аяыиіуюейь])$")
_ARABIC_ARTICLE = re.compile(r"^(?:[وبل]?ال|لل|ل)")
_CLOSED = re.compile(r"([оеє])([бвгдзклмнпрст])$")
_CLOSING = {"о": "і", "е": "і", "є": "ї"}
_CASES = (
    (re.compile(r"(?:ыми|ими|ого|его|ому|ему|ым|им)$"), 4),
    (re.compile(r"(?:ами|ями|ом|ем|ём|ою|ею)$"), 6),
)
_SUFFIX = re.compile(
    r"sk(?:iy|yy|yi|ii|y|i|aya|aia|a|oye|oe|e|o[hg]o|a[hg]a|omu|im|ym|oy|oi|uyu|u)?$"
)
_OBLIQUE = re.compile(r"(?:[oea]go|[oia]ho|ago|omu|emu)$")
# Names of cities whose adjectives are made from another stem.
_STEMS = {"москов": "москва", "московськ": "москва", "маскоўск": "москва", "маскоў": "москва"}
_ENDINGS = ("", "а", "о", "ь", "я", "е", "ы", "и", "і", "у")


@lru_cache(maxsize=2)
def _data(name: str) -> dict[str, Any]:
    text = resources.files("khronika.text").joinpath(f"data/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def lists() -> Mapping[str, frozenset[str]]:
    """The lists of words by name; see `body_words.toml`."""
    told = _data("body_words")["words"]
    return {
        name: frozenset(f for w in words.split() for f in _as_read(w))
        for name, words in told.items()
    }


def _as_read(word: str) -> tuple[str, ...]:
    """A word of a list as names hold it: `*outlet` stands for its sound, and as an acronym."""
    return (word, "*" + stem_of(word[1:])) if word.startswith("*") else (word,)


Stems = tuple[dict[str, str], dict[str, tuple[tuple[str, str], ...]]]


def _table(entries: Iterable[tuple[str, str]]) -> Stems:
    """Whole words, and stems by their first letters, longest first."""
    whole: dict[str, str] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for value, told in entries:
        for entry in told.split():
            for form in _forms(entry.replace("ё", "е")):
                if form.endswith("|"):
                    whole.setdefault(form[:-1], value)
                else:
                    stems.setdefault(form[:_STEM], []).append((form, value))
    ordered = {k: tuple(sorted(v, key=lambda x: (-len(x[0]), x))) for k, v in stems.items()}
    return whole, ordered


def _forms(entry: str) -> tuple[str, ...]:
    bare = entry.rstrip("|")
    if bare.isascii():
        return (entry,)
    spelt = plain(bare)
    return (entry, spelt + entry[len(bare) :]) if len(spelt) >= _SPELT_OUT else (entry,)


@lru_cache(maxsize=1)
def _concept_table() -> Stems:
    data = _data("body_words")
    return _table([*data["compounds"].items(), *data["concepts"].items()])


@lru_cache(maxsize=1)
def _country_table() -> Stems:
    return _table(_data("body_countries")["countries"].items())


def _found(word: str, table: Stems) -> str:
    whole, stems = table
    if word in whole:
        return whole[word]
    return next((c for stem, c in stems.get(word[:_STEM], ()) if word.startswith(stem)), "")


def _looked_up(word: str, table: Stems) -> str:
    folded = word.casefold().replace("ё", "е")
    found = _found(folded, table)
    if found or folded.isascii():
        return found
    if folded[:1] > "\u036f":
        return _found(_ARABIC_ARTICLE.sub("", folded), table) if folded[:1] > "\u05ff" else ""
    return _found(_without_accents(folded), table)


def _without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ł", "l"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=65536)
def concepts_of(word: str) -> tuple[str, ...]:
    """The concepts that a word stands for in any of the languages, none if it is a proper word."""
    return tuple(_looked_up(word, _concept_table()).split())


@lru_cache(maxsize=65536)
def country_of(word: str) -> str:
    """ISO 3166 alpha-2 of the country that a word names or is an adjective of; "" if none."""
    if word.startswith(COUNTRY_MARK):
        return word[1:].upper()
    return _looked_up(word, _country_table())


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], Mapping[str, str]]:
    said = dict(_data("body_words")["phrases"])
    for code, names in _data("body_countries")["phrases"].items():
        said |= dict.fromkeys(names, COUNTRY_MARK + code)
    ordered = sorted(said, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE), said


def with_phrases(text: str) -> str:
    """A name with words that mean something together replaced by what they mean."""
    pattern, said = _phrases()
    return pattern.sub(lambda m: said.get(m.group().casefold(), m.group()), text)


@lru_cache(maxsize=65536)
def place_of(word: str) -> str:
    """The sound of the usual name of the large town or region that a word names, "" if none."""
    folded = word.casefold()
    if _ADJECTIVE_SPELT.search(folded):
        return ""
    for name in _place_names(folded):
        for place in gazetteer().places(name)[:1]:
            sound = "".join(skeleton(part) for part in place.name.split())
            if _is_known(place, skeleton(name), sound, as_written=name == folded):
                return sound
    return ""


def _is_known(place: Place, spoken: str, sound: str, *, as_written: bool) -> bool:
    """False for small places, and for what only once was the name of one."""
    alike = JaroWinkler.similarity(spoken, sound) >= _SOUNDS_LIKE
    if place.kind is PlaceKind.REGION:
        return as_written or alike
    if place.kind is not PlaceKind.CITY:
        return False
    if not as_written:  # the adjective of a place far away is not made so
        alike = alike and (place.country in _CYRILLIC or place.population >= _GREAT)
        alike = alike and abs(len(spoken) - len(sound)) < 3
    return place.population >= (_LARGE if alike else _GREAT)


def _place_names(folded: str) -> tuple[str, ...]:
    """What may be the name of the place: the word itself, or what it is a case or adjective of."""
    if folded.isascii() or not _CYRILLIC_WORD.fullmatch(folded):
        return (folded,)
    if not _ADJECTIVE.search(folded):
        bare = _CASE.sub("", folded)
        closed = _CLOSED.sub(lambda m: _CLOSING[m[1]] + m[2], bare)  # Києва: Київ
        return tuple(dict.fromkeys((folded, *(bare + end for end in _ENDINGS), closed)))
    short = _ADJECTIVE_END.sub(r"\1", folded)
    bare = re.sub(r"[сц]ь?к$", "", short)
    stems = [bare, bare + "с", bare + "ц"]
    if trimmed := _ADJECTIVE.sub("", folded):
        stems.append(trimmed)
    known = [_STEMS[s] for s in (short, *stems) if s in _STEMS]
    tried = [short.replace("ьк", "к"), short]
    tried += [s + end for s in stems if len(s) > 2 for end in _ENDINGS]
    return tuple(dict.fromkeys((*known, *tried)))


@lru_cache(maxsize=65536)
def stem_of(word: str) -> str:
    """The sound of a proper word without the ending of an adjective: `Leninsky` as `Lenin`."""
    spelt = plain(nominative(word))
    for pattern in (_SUFFIX, _OBLIQUE):
        short = pattern.sub("", spelt)
        if 3 <= len(short) < len(spelt):
            return skeleton(short)
    return skeleton(spelt)


def nominative(word: str) -> str:
    """A longer Cyrillic word without the ending of a case that adds a consonant: `Мемориалом`."""
    if word.isascii():
        return word
    for ending, least in _CASES:
        short = ending.sub("", word)
        if len(word) > len(short) >= least:
            return short
    return word


_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10", "перв": "1", "втор": "2",
    "трет": "3", "четверт": "4", "пят": "5", "шест": "6", "седьм": "7", "восьм": "8",
    "девят": "9", "десят": "10", "перш": "1", "друг": "2", "четвер": "4", "п'ят": "5",
    "шост": "6", "сьом": "7", "дев'ят": "9",
}  # fmt: skip
_ORDINAL_END = re.compile(r"(?:ый|ий|ой|ая|ое|ого|его|ому|ему|ом|ем|ую|ья|ье|ьего|ьей|а|е|я|ого)$")


@lru_cache(maxsize=65536)
def ordinal_of(word: str) -> str:
    """The number that an ordinal stands for, as digits: `second` is "2"; "" for other words."""
    folded = word.casefold()
    return _ORDINALS.get(folded) or _ORDINALS.get(_ORDINAL_END.sub("", folded), "")
