"""Features of what is to be judged: named numbers, and where in the report each stands."""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from khronika.model.anchors import Span

BUCKETS = 1 << 18  # names are hashed, so the weights hold no word of any text
WORD = re.compile(r"[a-z']+")
STOP = frozenset(
    "the of to and in a that is was for on it with as by he his him has have had were are be at"
    " from not no which who whom this these those an or been they their them but she her hers i we"
    " our you your its will would about after said all one also there when more than into out up"
    " if what so can could over other some any such may".split()
)
ENDINGS = tuple(
    "ations ation ions ion ances ance ences ence ments ment ings ing edly ers ors ies ied ness ity"
    " ive ed es er or ly al s e y".split()
)
MOST_ENDINGS = 3
SHORTEST_STEM = 4


@dataclass(slots=True)
class Features:
    """Named numbers; `spans` says where in the report the first cause of one stands."""

    values: Counter[str] = field(default_factory=Counter)
    spans: dict[str, Span] = field(default_factory=dict)

    def add(self, name: str, value: float = 1.0, at: Span | None = None) -> None:
        """Add to a feature."""
        self.values[name] += value  # type: ignore[assignment]  # typeshed: counts are int
        if at is not None:
            self.spans.setdefault(name, at)

    def put(self, name: str, value: float) -> None:
        """Set a feature, whatever it was."""
        self.values[name] = value  # type: ignore[assignment]

    def most(self, name: str, value: float) -> None:
        """Raise a feature to a value."""
        self.put(name, max(self.values[name], value))

    def damp(self, *exempt: str) -> None:
        """Take the logarithm of all but some, as the tenth of a thing says little."""
        for name, value in self.values.items():
            if name not in exempt:
                self.put(name, math.log1p(value))

    def scale(self, factor: float) -> None:
        """Multiply every feature."""
        for name, value in self.values.items():
            self.put(name, value * factor)

    def join(self, other: "Features") -> None:
        """Add another's features."""
        for name, value in other.values.items():
            self.add(name, value, other.spans.get(name))


def bucket(name: str) -> int:
    """The bucket of a feature's name."""
    return zlib.crc32(name.encode()) & (BUCKETS - 1)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its usual endings: "kidnappers" and "kidnapped" are one.

    Crude, but the same wherever weights were made.
    """
    for _ in range(MOST_ENDINGS):
        ending = next((e for e in ENDINGS if _ends(word, e)), "")
        if not ending:
            break
        word = word.removesuffix(ending)
        if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "ls":
            word = word[:-1]
    return word


def _ends(word: str, ending: str) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM


def stems(text: str) -> Iterator[tuple[str, Span]]:
    """The stems of a text's words that mean something, with their places."""
    for found in WORD.finditer(text.lower()):
        word = found.group().strip("'")
        if len(word) > 2 and word not in STOP:
            yield stem(word), Span(*found.span())
