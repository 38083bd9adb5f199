"""The words of a body's name as they are read: split, legal forms and people left out, numbers."""

import re
from functools import lru_cache

from khronika.text.body_words import (
    concepts_of,
    country_of,
    lists,
    ordinal_of,
    place_of,
    with_phrases,
)
from khronika.text.phonetics import plain

_LONGEST = 24  # words of a body's name that are looked at
_WORD = re.compile(r"@?[^\W_]+(?:['.\-/][^\W_]+)*")
NUMBER = re.compile(r"\d+")
ASIDE = re.compile(r"\(([^()]{1,60})\)")
_QUOTES = re.compile(r"[«»“”„\"]")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ARTICLE = re.compile(r"^(?:al|an|ad|ar|as|ash|at|az|el|ul|аль|ан|аш|ас|ад)-(?=\w{3})|^[ld]'", re.I)
_LINKS = frozenset(("e", "i", "ul", "ur", "us", "un", "ud", "de", "la", "al", "el"))
_LONG = 6  # letters of a word that is no acronym
_SHORT = 3


def pieces_of(text: str, *, meant: bool = False) -> list[str]:
    """The words of a name; what phrases mean in their stead where `meant`."""
    bare = _QUOTES.sub(" ", ASIDE.sub(" ", text))
    found = _WORD.findall(with_phrases(bare) if meant else bare)[:_LONGEST]
    found = [p for piece in found for p in _parts(piece.removesuffix("'s").rstrip("."))]
    return _without_forms(_in_small_letters(found))


def _in_small_letters(pieces: list[str]) -> list[str]:
    """A name all in capitals as it would stand elsewhere, short words left as they are."""
    letters = [p for p in pieces if p[:1].isalpha()]
    if len(letters) < 2 or max(map(len, letters)) < _LONG or not all(p.isupper() for p in letters):
        return pieces
    return [p.capitalize() if len(p) > _SHORT else p for p in pieces]


def _parts(piece: str) -> list[str]:
    """`Social-Democratic` as two words, unless it is one in a list or a place."""
    if "-" not in piece or any(c.isdigit() for c in piece) or _ARTICLE.match(piece):
        return [piece]
    parts = [part for part in piece.split("-") if part not in _LINKS]
    whole = concepts_of(piece) or country_of(piece) or not all(len(p) > 2 for p in parts)
    return [piece] if whole or place_of(piece) else parts


def _without_forms(pieces: list[str]) -> list[str]:
    """Legal forms left out, where anything else remains."""
    kept = [piece for piece in pieces if piece.casefold() not in lists()["dropped"]]
    ends = (0, len(kept) - 1)
    at_ends = lists()["dropped_ends"]
    kept = [p for place, p in enumerate(kept) if place not in ends or p.casefold() not in at_ends]
    return kept or pieces


def without_people(pieces: list[str]) -> list[str]:
    """`officers of the KGB` as the KGB: the body answers for them."""
    people = lists()["people_of"]
    while len(pieces) > 1 and (pieces[0].casefold() in people or pieces[0] in ("the", "of", "The")):
        pieces = pieces[1:]
    return pieces


@lru_cache(maxsize=65536)
def word_of(piece: str) -> str:
    """A word as it is looked up: small letters, no number, no article before it."""
    word = NUMBER.sub("", piece).strip("-.'/").casefold()
    return _ARTICLE.sub("", word)


def said_number(piece: str, before: list[str]) -> list[str]:
    """A number in Roman figures behind a word, or told as a word."""
    low = piece.casefold()
    if low in ROMAN:
        return [ROMAN[low]] if before and piece.isupper() else []
    told = ordinal_of(piece)
    return [told] if told else []


def beside_country(pieces: list[str]) -> frozenset[tuple[tuple[str, ...], int]]:
    """Where a republic, or behind its name a federation, is only part of a country's name."""
    small = lists()["passed_over"]
    content = [place for place, piece in enumerate(pieces) if word_of(piece) not in small]
    known = [bool(country_of(word_of(pieces[place]))) for place in content]
    behind = {place for order, place in enumerate(content) if order and known[order - 1]}
    before = {place for order, place in enumerate(content) if any(known[order + 1 : order + 2])}
    republics = {(("republic",), place) for place in behind | before}
    return frozenset(republics | {(("federation",), place) for place in behind})


def initials_of(pieces: list[str]) -> frozenset[str]:
    """What a name may be abbreviated to: with its small words or without."""
    words = [w for p in pieces for w in p.split("-") if w[:1].isalpha()]
    content = [w for w in words if len(w) > 2 and w.casefold() not in ("and", "for", "the", "del")]
    capitals = [w for w in words if w[:1].isupper()]
    found = {"".join(plain(w[0]) for w in chosen) for chosen in (words, content, capitals)}
    return frozenset(each for each in found if len(each) >= 3)
