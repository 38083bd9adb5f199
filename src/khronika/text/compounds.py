"""Words of a name that belong together, and words that a hyphen or a slip ran together.

`Abd al-Rahman`, `Abdel Rahman` and `Abdurrahman` are one word; the particle of `van der Berg` and
`bin Salman` goes with the word behind it; `Heydar oglu` is a father's name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from khronika.text.phonetics import plain

_PARTICLES = frozenset(
    "al el ul bin ibn bint ben de da di van von der den la le du dos das della ter zu af av dit e "
    "y ould wuld as ad".split()
)
_BOUND = frozenset("an ar ash ath at az adh ed ud id ur us".split())  # articles before a hyphen
_FIRST = frozenset({"al", "el"})  # particles that a name may begin with, in capitals, too
_HYPHENS = re.compile(r"[-‐‑–]")
_RUN_TOGETHER = re.compile(r"(?<=[a-zа-яё]{4})(?=[A-ZА-ЯЁ][a-zа-яё]{3})")
_SERVANT = re.compile(r"abd(?:ul|el|al|ol|oul|ur|us|il)?")
_SURNAME = re.compile(r".*(?:[oei][vw]a?|ina?|ff)")
# `Abdurrahman`, `Abdul Rahman` and `Abdirahman` are one; a surname in -ov is not.
_SERVANT_OF = re.compile(
    r"abd(?:(?:ou|[aeiou])(?:l|(?P<sun>[rszntd])(?=(?P=sun))|(?<=[ueio])(?=[^aeiou]))|(?=[^uio]))"
    r"(?P<god>[a-z]{2,}(?<!ov|ev|va))"
)
_FAITH = re.compile(r"(?:[aeiu]d)?d(?:i|ee|ie|y)ne?")
_OF_FAITH = re.compile(r"(?P<stem>[a-z]{3,}?)(?:ou|[aeiu])?(?:l|d)?d(?:i|ee|ie|y)ne?")
_ARTICLES = frozenset("al el ul ad ed ud id".split())
_GOD = frozenset({"allah", "ullah", "ollah", "elah"})
_CHILD = re.compile(r"(?:[ou]?g[hl]?l[uyi]|uly|uulu|[kqg][iy]z[iy])")
_FATHER_OF = {"abu": "abu", "abou": "abu", "umm": "umm", "oum": "umm"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A written word, and what is known of it from its neighbours."""

    text: str = field(repr=False)
    key: str = field(default="", repr=False)  # what it is compared as, if not as written
    prefix: str = ""
    hyphened: bool = False
    fathers: bool = False


def compounded(raw: Sequence[str]) -> list[Piece]:
    """Join what belongs together and cut what a hyphen joins.

    Args:
        raw: the written words of a name without titles.
    """
    parts = [part for word in raw for part in _cut(word)]
    pieces = list(_with_particles(parts))
    found: list[Piece] = []
    for piece in pieces:
        joined = _joined(found[-1], piece) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(piece)
    return [_canonical(piece) for piece in found]


def _cut(word: str) -> Iterator[tuple[str, bool]]:
    """A word's parts, each with whether a hyphen stands before it."""
    if "." in word:
        yield word, False
        return
    if len(word) > 4 and word.startswith("ال"):  # the Arabic article
        word = word[2:]
    first = True
    for part in _HYPHENS.split(word):
        for run in _RUN_TOGETHER.split(part):
            if plain(run):
                yield run, not first
                first = False


def _with_particles(parts: Sequence[tuple[str, bool]]) -> Iterator[Piece]:
    held: list[str] = []
    for index, (text, hyphened) in enumerate(parts):
        bound = index + 1 < len(parts) and parts[index + 1][1]
        if index + 1 < len(parts) and _is_particle(text, bound=bound, first=not index):
            held.append(plain(text))
            continue
        yield Piece(text, prefix=" ".join(held), hyphened=hyphened and not held)
        held = []


def _is_particle(text: str, *, bound: bool, first: bool) -> bool:
    word = plain(text)
    if bound and word in _BOUND:
        return True
    if word not in _PARTICLES or "." in text:
        return False
    small = text[:1].islower()
    return small or (len(text) > 1 and (bound or not first or word in _FIRST))


def _joined(before: Piece, piece: Piece) -> Piece | None:
    """One piece of two, where the second goes with the first."""
    one, other = plain(before.key or before.text), plain(piece.text)
    if "." in before.text or "." in piece.text or before.fathers:
        return None
    key = ""
    if _CHILD.fullmatch(other) and not piece.prefix:
        child = "qizi" if "z" in other else "oglu"
        return Piece(before.text, one + child, before.prefix, fathers=True)
    if one == "bd" and other.isascii():  # Arabic letters
        return Piece(f"{before.text} {piece.text}", "bdl" + other, before.prefix)
    if len(other) < 3 or len(one) < 3:
        return None
    if _SERVANT.fullmatch(one) and not _SURNAME.fullmatch(other):
        key = "abdul" + other
    elif _FAITH.fullmatch(other) and (piece.prefix in _ARTICLES or len(other) > 4):
        key = one.rstrip("aeiou") + "uddin"
    elif other in _GOD:
        key = one.rstrip("aeiou") + "ullah"
    elif one in _FATHER_OF and not piece.prefix:
        key = _FATHER_OF[one] + other
    return Piece(f"{before.text} {piece.text}", key, before.prefix) if key else None


def _canonical(piece: Piece) -> Piece:
    if piece.fathers:
        return piece
    key = canonical(plain(piece.key or piece.text))
    if key == plain(piece.text) and not piece.key:
        return piece
    return Piece(piece.text, key, piece.prefix, piece.hyphened)


@lru_cache(maxsize=65536)
def canonical(key: str) -> str:
    """`abdurrahman` and `nureddin` in the one form that all their spellings share.

    Args:
        key: a word in lower-case Latin letters.
    """
    if key.startswith("abd") and (found := _SERVANT_OF.fullmatch(key)):
        return "abdul" + found["god"]
    if "dd" in key and (found := _OF_FAITH.fullmatch(key)):
        return found["stem"] + "din"
    return key
