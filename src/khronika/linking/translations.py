"""Translations: reports in two languages that name the same people and numbers in the same order.

No dictionary is asked. What a translation keeps is names, which sound alike in both scripts, and
numbers; what two reports of one event do not share is all of them, and their order.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from khronika.text.phonetics import coarse
from khronika.text.shingles import Hashes, hash_each, mixed_pairs, pack, unpack

_MOST_SIGNS = 300  # of one report, the first of them
_MOST_KEYS = 24
_MOST_LOOKED_AT = 3000
_NUMBER, _FIRST, _REST = 1 << 63, 1 << 62, (1 << 62) - 1
NEAR = 7  # days between a report and its translation
_LENGTHS = 1.8  # how many times as many words one may have
_LEAST_NAMES = 4  # that both have
_LEAST_SIGNS = 8
_NAMES_SHARE = 0.7  # of the names of the text that has fewer
_NUMBERS_SHARE = 0.6
_MANY_NUMBERS = 15  # a report full of figures is known by them
_FIGURES_SHARE = 0.85
_IN_ORDER = 0.8

_CAPITAL = r"[^\W\d_a-zа-яёіїєґў][^\W\d_]{2,40}"
_SIGN = re.compile(
    rf"(\d{{1,3}}(?:[ \u00a0.,]\d{{3}}){{1,4}}(?!\d)|\d+(?:[.,]\d+)?)|(?<!\w)({_CAPITAL})"
)
_INSIDE = re.compile(r"[^\W_],?[ \u00a0\n][«“„\"(]?$")  # before a word that begins no sentence


def signs_of(text: str) -> str:
    """The names and numbers of a text in its order, packed: what a translation keeps of it."""
    found: dict[tuple[str, int], None] = {}
    for match in islice(_SIGN.finditer(text), _MOST_LOOKED_AT):
        if match[1]:
            found[_plain(match[1]), _NUMBER] = None
        elif len(sound := coarse(match[2])) > 2:
            inside = _INSIDE.search(text, max(0, match.start() - 4), match.start())
            found[sound, 0 if inside else _FIRST] = None
    kept = list(found)[:_MOST_SIGNS]
    hashes = hash_each([sound for sound, _ in kept]).tolist()
    return pack([h & _REST | flag for h, (_, flag) in zip(hashes, kept, strict=True)])


def _plain(number: str) -> str:
    """'369 200' and '369,200' are one number, and so are '3,5' and '3.5'."""
    parts = re.split(r"[ \u00a0.,]", number)
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])
    return "".join(parts) if grouped else "p".join(parts)


def translation_keys(signs: str, day: int) -> Hashes:
    """What a report is looked up by among those of other languages: two numbers in a row, a week.

    Weeks overlap by half, so that reports of neighbouring days share one.

    Args:
        signs: as `signs_of` gives them.
        day: when it was published, as a number.
    """
    values = unpack(signs)
    numbers = values[values >= np.uint64(_NUMBER)]
    pairs = mixed_pairs(numbers[:-1], numbers[1:])[: _MOST_KEYS // 2]
    weeks = [2 * ((day + half * NEAR) // (2 * NEAR)) + half for half in (0, 1)]
    told = np.repeat(np.array(weeks, dtype=np.uint64), len(pairs))
    return mixed_pairs(np.tile(pairs, 2), told)


@dataclass(frozen=True, slots=True)
class Signed:
    """A report as translations are compared: its signs by place, and how many words it has."""

    names: dict[int, int]  # where each stands, by sound
    inside: frozenset[int]  # the names that begin no sentence
    numbers: dict[int, int]
    words: int

    @classmethod
    def of(cls, signs: str, words: int) -> "Signed":
        """Read packed signs."""
        names: dict[int, int] = {}
        numbers: dict[int, int] = {}
        inside = set()
        for place, value in enumerate(unpack(signs).tolist()):
            if value & _NUMBER:
                numbers[value] = place
                continue
            names.setdefault(value & _REST, place)
            if not value & _FIRST:
                inside.add(value & _REST)
        return cls(names, frozenset(inside), numbers, words)


def translated(one: Signed, other: Signed) -> float:
    """How much of the signs of the one with fewer the other has, 0 if they are no translations.

    The caller knows that they are in two languages and of neighbouring days.
    """
    if max(one.words, other.words) > _LENGTHS * min(one.words, other.words):
        return 0.0
    names = max(_share(a.inside, b.names) for a, b in ((one, other), (other, one)))
    both = one.names.keys() & other.names.keys()
    numbers = one.numbers.keys() & other.numbers.keys()
    if len(both) < _LEAST_NAMES or len(both) + len(numbers) < _LEAST_SIGNS:
        return 0.0
    counted = len(numbers) / max(1, min(len(one.numbers), len(other.numbers)))
    told = names >= _NAMES_SHARE and counted >= _NUMBERS_SHARE
    figures = len(numbers) >= _MANY_NUMBERS and counted >= _FIGURES_SHARE
    if not (told or figures):
        return 0.0
    places = sorted(
        [(one.names[each], other.names[each]) for each in both]
        + [(one.numbers[each], other.numbers[each]) for each in numbers]
    )
    in_order = _longest_rise([there for _, there in places]) / len(places)
    return round(max(names, counted), 3) if in_order >= _IN_ORDER else 0.0


def _share(some: frozenset[int], others: dict[int, int]) -> float:
    return len(some & others.keys()) / len(some) if some else 0.0


def _longest_rise(values: Sequence[int]) -> int:
    """The length of the longest subsequence that rises."""
    tails: list[int] = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
    return len(tails)
