"""What is kept of a text to find its copies: sampled shingles, and its numbers and names.

Bulletins of one template share their shingles; what they differ in are the numbers and names that
stand in the same places. So each of these is kept with what stands before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from khronika.text.shingles import (
    ALL_UNDER,
    KEPT_BELOW,
    Hashes,
    Words,
    mixed_pairs,
    packed,
    read_words,
    runs,
)

_MOST_MARKS = 400  # numbers and names kept of one text
_NAME_LETTERS = 3
_HALF = np.uint64(32)
_HIGH_HALF = np.uint64(0xFFFFFFFF00000000)
_BLOCK = 1 << 16  # letters that are read at once
_GAP = "\n\n"
_LONGEST = 1 << 22  # letters of a text that are read: a bound on memory

_Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of one text.

    Attributes:
        words: how many it has.
        shingles: sampled runs of three words in the order of the text, packed.
        marks: its numbers and names, packed: of each, a hash of the two words before it in the
            high half and of itself in the low half.
    """

    words: int
    shingles: str = field(repr=False)
    marks: str = field(repr=False)


def fingerprint(text: str) -> Fingerprint:
    """What is kept of a text; the same on every machine.

    Of a text beyond four million letters only the beginning is read.
    """
    return _of_block([text[:_LONGEST]])[0]


def fingerprints(texts: Sequence[str]) -> Iterator[Fingerprint]:
    """What is kept of each of many texts: as `fingerprint`, several times as fast."""
    block, size = [], 0
    for text in texts:
        block.append(text[:_LONGEST])
        size += len(text)
        if size > _BLOCK:
            yield from _of_block(block)
            block, size = [], 0
    if block:
        yield from _of_block(block)


def _of_block(texts: Sequence[str]) -> list[Fingerprint]:
    """All the texts as one, with a gap between them that nothing spans."""
    words = read_words(_GAP.join(texts))
    starts = np.cumsum([0, *(len(text) + len(_GAP) for text in texts)])
    bounds = np.searchsorted(words.starts, starts)
    counts = np.diff(bounds)
    owner = np.repeat(np.arange(len(texts)), counts)
    shingles = packed(*_sampled(words, owner, counts), len(texts), len(words))
    marks = packed(*_marks(words, owner, bounds), len(texts), _MOST_MARKS)
    return list(map(Fingerprint, counts.tolist(), shingles, marks))


def _sampled(words: Words, owner: _Index, counts: _Index) -> tuple[Hashes, _Index]:
    """The shingles that are kept, in the order of the texts, and whose each is."""
    every = runs(words)
    of = owner[: len(every)]
    kept = of == owner[len(owner) - len(every) :]
    kept &= (every < KEPT_BELOW) | (counts < ALL_UNDER)[of]
    return every[kept], of[kept]


def _marks(words: Words, owner: _Index, bounds: _Index) -> tuple[Hashes, _Index]:
    """Numbers, and capitalised words that do not begin a sentence, each with what stands before."""
    long = words.ends - words.starts >= _NAME_LETTERS
    at = np.flatnonzero(words.digits | (words.capital & words.after_word & long))
    of = owner[at]
    place = at - bounds[of]
    one, two = (
        np.where(place >= n, words.hashes[np.maximum(at - n, 0)], np.uint64(0)) for n in (1, 2)
    )
    return (mixed_pairs(two, one) & _HIGH_HALF) | (words.hashes[at] >> _HALF), of
