"""Word shingles: which passages of two texts are the same, at a few bytes a text.

Each run of three words is hashed (our own 64-bit hash, the same on every machine); of longer texts
every fourth hash is kept, so that what two texts share is sampled in the same places in both.
"""

import base64
import hashlib
import re
import sys
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

SIZE = 3  # words a shingle
KEPT_OF = 4  # one hash in four
ALL_UNDER = 60  # words; of shorter texts every hash is kept

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> list[str]:
    """The words of a text, folded as copies differ: case and marks do not count."""
    return _WORD.findall(text.casefold())


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")


def hash_words(words: Iterable[str]) -> list[int]:
    """The hash of every word, repeats left out, in ascending order."""
    return sorted({_word_hash(word) for word in words})


def shingles(words: Sequence[str]) -> list[int]:
    """The hash of every run of three words, repeats left out, in ascending order."""
    hashes = [_word_hash(word) for word in words]
    return sorted({_mix(hashes[i : i + SIZE]) for i in range(len(hashes) - SIZE + 1)})


def _mix(hashes: Sequence[int]) -> int:
    """Order counts: an odd multiplier before each word, then the high bits folded into the low."""
    mixed = 0x9E3779B97F4A7C15
    for value in hashes:
        mixed = ((mixed ^ value) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        mixed ^= mixed >> 29
    return mixed


def sample(words: Sequence[str]) -> list[int]:
    """The shingles that are kept of a text: all of a short one, one in four of a longer one."""
    every = shingles(words)
    return every if len(words) < ALL_UNDER else [h for h in every if h % KEPT_OF == 0]


def pack(hashes: Iterable[int]) -> str:
    """Hashes as text for storing, eight bytes each, big end first."""
    packed = array("Q", hashes)
    _to_big(packed)
    return base64.b85encode(packed.tobytes()).decode("ascii")


def unpack(packed: str) -> array:  # type: ignore[type-arg]
    """The inverse of `pack`."""
    hashes = array("Q", base64.b85decode(packed))
    _to_big(hashes)
    return hashes


def _to_big(hashes: array) -> None:  # type: ignore[type-arg]
    if sys.byteorder == "little":
        hashes.byteswap()
