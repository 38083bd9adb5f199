"""Words of a text with their places, folded, and their lemmas: what full-text search compares."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import simplemma

LEMMATISED = ("en", "ru", "uk")
# Letters, digits and the marks that combine with them; a single class, so hostile input is linear.
WORD = re.compile(r"[^\W_]+")


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of `text` folded, with its half-open range of code points."""
    for found in WORD.finditer(text):
        yield fold(found.group()), found.start(), found.end()


def folded(text: str) -> str:
    """The folded words of a text with a blank between, before and after: for `LIKE '% word %'`."""
    return "".join([" ", *(f"{word} " for word, _, _ in words(text))])


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One spelling for case, compatibility forms, accents and `ё`."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    if not plain.isascii():
        plain = "".join(c for c in plain if not _is_accent(c))
        plain = unicodedata.normalize("NFC", plain).replace("ё", "е")
    return plain


def _is_accent(character: str) -> bool:
    # U+0306 makes й of и, U+0308 ї of і: letters of their own in Cyrillic, so they stay.
    return unicodedata.combining(character) > 0 and character not in "\u0306\u0308"


@lru_cache(maxsize=262144)
def lemma(folded: str, language: str) -> str:
    """The dictionary form of a folded word, itself folded; the word where none is known."""
    if language not in LEMMATISED or folded.isdigit():
        return folded
    return fold(simplemma.lemmatize(folded, lang=language))


def lemmas_asked(folded: str) -> tuple[str, ...]:
    """The lemmas that a word of a query may stand for, whichever language it is in."""
    languages = ("ru", "uk") if "\u0400" <= folded[:1] <= "\u04ff" else ("en",)
    return tuple(sorted({lemma(folded, language) for language in languages}))
