"""Word shingles: which passages of two texts are the same, at a few bytes a text.

Each run of three words is hashed (our own 64-bit hash, the same on every machine). Of longer texts
the least quarter of all possible hashes is kept, so that what two texts share is sampled in the
same places in both, and the least hashes of a quote are those that were kept of its report.

Copies differ in case, accents, line breaks, and how they part words at the end of a line: none of
these counts. All letters of a text are folded and hashed at once, in numpy.
"""

import re
import unicodedata
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SIZE = 3  # words a shingle
KEPT_OF = 4  # one hash in four
ALL_UNDER = 60  # words; of shorter texts every hash is kept
KEPT_BELOW = (1 << 64) // KEPT_OF

Hashes = NDArray[np.uint64]
_Flags = NDArray[np.bool_]
_Places = NDArray[np.int64]

_MADE = "2:"  # the number of the way in which words are folded and hashed
_LAST = 0x1FFFF  # the letters of living scripts are below
_NO_LETTER, _NOTHING = 0, 1  # what parts words, and what is in a word as if it were not there
_LONGEST = 64  # letters; those of a longer word count, but not their order
_BROKEN = re.compile(r"[-\u00ad\u2010](?<=\w.)[ \t]{0,3}\r?\n[ \t]{0,3}(?=\w)")
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_PLACES = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F),
           np.uint64(0x165667B19E3779F9))  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text, folded as copies differ.

    Attributes:
        hashes: of each word, in order.
        starts: where each begins in the text.
        ends: where each ends.
        capital: whether it begins with a capital.
        digits: whether it begins with a digit.
        after_word: whether one blank parts it from a word before it, no full stop or comma.
    """

    hashes: Hashes = field(repr=False)
    starts: _Places
    ends: _Places
    capital: _Flags
    digits: _Flags
    after_word: _Flags

    def __len__(self) -> int:
        return len(self.hashes)


def read_words(text: str) -> Words:
    """The words of a text: where they stand and the hash of each."""
    kept, folded, points = _folded(text)
    inside = np.empty(len(folded) + 2, dtype=bool)
    inside[0] = inside[-1] = False
    np.not_equal(folded, _NO_LETTER, out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    first, stop = edges[::2], edges[1::2]
    tables, heads = _tables(), folded[first]
    after = np.zeros(len(first), dtype=bool)
    np.equal(first[1:], stop[:-1] + 1, out=after[1:])
    after[1:] &= tables.blank[points[stop[:-1]]]
    return Words(
        hashes=_hashed(folded.compress(inside[1:-1]), stop - first),
        starts=first if kept is None else kept[first],
        ends=stop if kept is None else kept[stop - 1] + 1,
        capital=tables.capital[points[first]],
        digits=(heads >= 48) & (heads < 58),
        after_word=after,
    )


def _folded(text: str) -> tuple[_Places | None, NDArray[np.uint32], NDArray[np.uint32]]:
    """What each letter is folded to, and the letter; if some are nothing, where the others are."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(points) and points.max() > _LAST:
        points = np.minimum(points, np.uint32(_LAST))
    folded = _tables().fold.take(points)
    broken = [m.span() for m in _BROKEN.finditer(text)] if "\n" in text else []
    if not broken and not (folded == _NOTHING).any():
        return None, folded, points
    kept = folded != _NOTHING
    for start, end in broken:
        kept[start:end] = False
    places = np.flatnonzero(kept)
    return places, folded[places], points[places]


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """What each letter is folded to, which are capitals, which blanks; a multiplier a place."""

    fold: NDArray[np.uint32]
    capital: _Flags
    blank: _Flags
    places: Hashes


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    fold = np.zeros(_LAST + 1, dtype=np.uint32)
    capital, blank = np.zeros(_LAST + 1, dtype=bool), np.zeros(_LAST + 1, dtype=bool)
    for point in range(_LAST):
        letter = chr(point)
        if letter.isalnum():
            fold[point] = _fold(letter)
            capital[point] = letter.isupper() or letter.istitle()
        elif unicodedata.category(letter) in ("Mn", "Cf"):
            fold[point] = _NOTHING
        elif unicodedata.category(letter) == "Mc":
            fold[point] = point
        blank[point] = letter.isspace()
    places = np.cumprod(np.full(_LONGEST, _FIRST), dtype=np.uint64)
    return _Tables(fold, capital, blank, places)


def _fold(letter: str) -> int:
    """A letter without case and accents: `É` and `e` are one, `й` and `и`, `٣` and `3`."""
    if letter.isdecimal():
        return ord(str(unicodedata.decimal(letter)))
    if "\uac00" <= letter <= "\ud7a3":  # Hangul syllables are not a letter and its accents
        return ord(letter)
    return ord(unicodedata.normalize("NFKD", letter.lower())[0].lower())


def _hashed(letters: NDArray[np.uint32], lengths: _Places) -> Hashes:
    """A hash of each word from its letters, which stand one word after another."""
    if not len(lengths):
        return np.zeros(0, dtype=np.uint64)
    firsts = np.cumsum(lengths) - lengths
    place = np.arange(len(letters)) - np.repeat(firsts, lengths)
    if int(lengths.max()) > _LONGEST:
        place = np.minimum(place, _LONGEST - 1)
    return _mixed(np.add.reduceat(letters * _tables().places.take(place), firsts))


def _mixed(values: Hashes) -> Hashes:
    """Every bit of a value told in every bit of the hash.

    Source: Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    """
    values = (values ^ (values >> np.uint64(30))) * _FIRST
    values = (values ^ (values >> np.uint64(27))) * _SECOND
    return values ^ (values >> np.uint64(31))


def runs(words: Words) -> Hashes:
    """The hash of every run of three words, in the order of the text."""
    hashes = words.hashes
    if len(hashes) < SIZE:
        return np.zeros(0, dtype=np.uint64)
    one, two, three = _PLACES
    return _mixed(hashes[:-2] * one + hashes[1:-1] * two + hashes[2:] * three)


def mixed_pairs(ones: Hashes, others: Hashes) -> Hashes:
    """A hash of each pair of words; order counts."""
    return _mixed(ones * _PLACES[0] + others * _PLACES[1])


def sampled(words: Words) -> Hashes:
    """The shingles that are kept of a text, ascending: of a longer one, those below a bound."""
    every = runs(words)
    if len(words) >= ALL_UNDER:
        every = every[every < KEPT_BELOW]
    return _once(every)


def _once(hashes: Hashes) -> Hashes:
    ordered = np.sort(hashes)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] + np.uint64(1)))]


def words_of(text: str) -> list[str]:
    """The words of a text as written."""
    words = read_words(text)
    return [text[a:b] for a, b in zip(words.starts.tolist(), words.ends.tolist(), strict=True)]


def hash_each(words: Sequence[str]) -> Hashes:
    """The hash of each of some words, which hold letters and digits alone, in their order."""
    return read_words(" ".join(words)).hashes


def hash_words(words: Iterable[str]) -> list[int]:
    """The hash of every word, repeats left out, in ascending order."""
    return _ascending(read_words(" ".join(words)).hashes)


def shingles(words: Sequence[str]) -> list[int]:
    """The hash of every run of three words, repeats left out, in ascending order."""
    return _ascending(runs(read_words(" ".join(words))))


def sample(words: Sequence[str]) -> list[int]:
    """The shingles that are kept of a text: all of a short one, one in four of a longer one."""
    return _ascending(sampled(read_words(" ".join(words))))


def _ascending(hashes: Hashes) -> list[int]:
    return [int(value) for value in _once(hashes)]


def pack(hashes: Iterable[int] | Hashes) -> str:
    """Hashes as text for storing, eight bytes each, big end first, and how they were made."""
    values = hashes if isinstance(hashes, np.ndarray) else np.array(list(hashes), dtype=np.uint64)
    return _MADE + b2a_base64(values.astype(">u8").tobytes(), newline=False).decode("ascii")


def packed(hashes: Hashes, owner: NDArray[np.int64], texts: int, most: int) -> list[str]:
    """As `pack`, the first `most` hashes of each of many texts; `owner` tells whose each is."""
    data = hashes.astype(">u8").tobytes()
    bounds = np.searchsorted(owner, np.arange(texts + 1)).tolist()
    ends = (min(end, start + most) for start, end in pairwise(bounds))
    return [
        _MADE + b2a_base64(data[8 * start : 8 * end], newline=False).decode("ascii")
        for start, end in zip(bounds, ends, strict=False)
    ]


def unpack(kept: str) -> Hashes:
    """The inverse of `pack`; nothing, if the hashes were made in another way than today's."""
    data = a2b_base64(kept[len(_MADE) :]) if kept.startswith(_MADE) else b""
    return np.frombuffer(data, dtype=">u8").astype(np.uint64)
