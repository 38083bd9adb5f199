"""Which Cyrillic encoding: by how often letters stand in Russian, Ukrainian and Belarusian."""

import re
from itertools import pairwise
from math import log

# Rounded shares, in per mille, of the lower-case letters of running text in the three languages.
SHARES = {
    "о": 95, "а": 90, "е": 75, "и": 65, "н": 65, "т": 57, "с": 50, "р": 46, "в": 46, "л": 40,
    "к": 35, "м": 31, "д": 31, "п": 28, "у": 29, "я": 22, "ы": 16, "ь": 17, "г": 16, "з": 19,
    "б": 16, "ч": 14, "й": 12, "х": 11, "ж": 9, "ш": 7, "ю": 7, "ц": 6, "щ": 4, "э": 4,
    "ф": 3, "ё": 1, "ъ": 1, "і": 30, "ї": 5, "є": 4, "ґ": 0.3, "ў": 5,
}  # fmt: skip
CANDIDATES = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
RARE = log(0.02)
SIGN = log(0.002)  # a sign where a letter is expected
WORDS = re.compile(rb"[\x80-\xff]{2,}")
LOGS = {letter: log(share) for letter, share in SHARES.items()}
ENOUGH = 4  # bytes in words of high bytes


def cyrillic_encoding(sample: bytes) -> str:
    """The encoding that makes the sample's words likeliest, or "" if they are not Cyrillic.

    In Cyrillic text high bytes stand in runs (words); in Western text nearly always alone.
    """
    high = sum(byte > 127 for byte in sample)
    runs = WORDS.findall(sample)
    together = sum(map(len, runs))
    if together < ENOUGH or together < 0.7 * high:
        return ""
    found = {name: _likelihood(runs, name) for name in CANDIDATES}
    best = max(CANDIDATES, key=lambda name: found[name])
    return best if found[best] > LEAST else ""


LEAST = 1.5  # mean log share of a byte; running text has about 3.5, chance below 0


def _likelihood(runs: list[bytes], name: str) -> float:
    total, count = 0.0, 0
    for run in runs[:800]:
        word = run.decode(name, errors="replace")
        total += sum(LOGS.get(letter, _odd(letter)) for letter in word.lower())
        total += _cases(word)
        count += len(word)
    return total / count


def _odd(letter: str) -> float:
    return RARE if letter.isalpha() and "\u0400" <= letter <= "\u04ff" else SIGN


def _cases(word: str) -> float:
    """A capital after a small letter ('пРИВЕТ') is what the wrong one of two encodings shows."""
    wrong = sum(a.islower() and b.isupper() for a, b in pairwise(word))
    return 3.0 * SIGN * wrong
