"""Where a quotation stands: exactly, or but for white space, quotation marks and dashes."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from khronika.coding.llm.lines import Line
from khronika.text.lemmas import fold, lemma
from khronika.text.mapped import INVISIBLE, PLAIN
from khronika.text.redaction import BLOCK

DASHES = {"–": "-", "—": "-", "−": "-"}
ELLIPSIS = re.compile(r"^(?:\.\.\.|…)\s*|\s*(?:\.\.\.|…)$")
WORD = re.compile(r"[^\W_]+")
CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
LONGEST_NAME = 200
SHORTEST_STEM = 4  # letters that two forms of a word that no dictionary knows must share
LONGEST_ENDING = 3
MOST = 50  # places at which a name is looked up
# Scripts that set no blank between words: Thai, Lao, Burmese, Khmer, kana, Han.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """`[start, end)` of the text of the line at `index`."""

    index: int
    start: int
    end: int

    def within(self, other: "Place") -> bool:
        """True if it lies wholly inside another."""
        return self.index == other.index and other.start <= self.start and self.end <= other.end


def find(words: str, lines: Sequence[Line], first: int = -1) -> Place | None:
    """The first place where words stand as whole words, in the line at `first` if they do there.

    Words that were blacked out stand nowhere.
    """
    order = sorted(range(len(lines)), key=lambda i: (i != first, i))
    return next((place for i in order for place in places(words, lines[i].text, i)), None)


def within(words: str, lines: Sequence[Line], outer: Place) -> Place | None:
    """The first place inside another where words stand."""
    text = lines[outer.index].text
    return next((p for p in places(words, text, outer.index) if p.within(outer)), None)


def find_inflected(words: str, lines: Sequence[Line], first: int = -1) -> Place | None:
    """Where the words of a name stand in another case: 'Министерство' for 'Министерством'.

    Only Cyrillic names are looked up so: their languages decline them.
    """
    order = sorted(range(len(lines)), key=lambda i: (i != first, i))
    found = (place for i in order for place in inflected(words, lines[i].text, i))
    return next(found, None)


def inflected(words: str, text: str, index: int) -> Iterator[Place]:
    """Where the words of a Cyrillic name stand in another case in the text of a line."""
    wanted = WORD.findall(words[:LONGEST_NAME])
    if not wanted or not all(CYRILLIC.fullmatch(word) or word.isdigit() for word in wanted):
        return
    found = _words(text)
    for at in range(len(found) - len(wanted) + 1):
        run = found[at : at + len(wanted)]
        if all(_one_word(a, b[0]) for a, b in zip(wanted, run, strict=True)) and all(
            len(text[a[2] : b[1]].strip()) <= 1 for a, b in itertools.pairwise(run)
        ):
            yield Place(index, run[0][1], run[-1][2])


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple((m.group(), m.start(), m.end()) for m in WORD.finditer(text))


@lru_cache(maxsize=65536)
def _one_word(asked: str, stands: str) -> bool:
    """True for two forms of one word, as far as its letters tell."""
    if asked[:1].isupper() != stands[:1].isupper():
        return False
    one, other = asked.casefold(), stands.casefold()
    if one == other:
        return True
    if any(lemma(fold(one), each) == lemma(fold(other), each) for each in ("ru", "uk")):
        return True
    shared = _shared(one, other)
    endings = max(len(one), len(other)) - shared
    return shared >= SHORTEST_STEM and endings <= LONGEST_ENDING


def _shared(one: str, other: str) -> int:
    """Letters that two words begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def everywhere(words: str, lines: Sequence[Line]) -> list[Place]:
    """Each place where a name stands, declined or not, in the order of the text."""
    found = (
        place
        for i, line in enumerate(lines)
        for place in sorted(
            {*places(words, line.text, i), *inflected(words, line.text, i)},
        )
    )
    return [place for place, _ in zip(found, range(MOST), strict=False)]


def places(words: str, text: str, index: int) -> Iterator[Place]:
    """Where words stand in the text of a line: exactly, else but for how they are set."""
    wanted = ELLIPSIS.sub("", words.strip())
    if not wanted or BLOCK in wanted or not any(c.isalnum() for c in wanted):
        return
    exact = list(_exact(wanted, text))
    if exact:
        yield from (Place(index, start, start + len(wanted)) for start in exact)
        return
    plain, at = _folded(text)
    sought, _ = _folded(wanted)
    for start in _exact(sought, plain):
        yield Place(index, at[start], at[start + len(sought) - 1] + 1)


def _exact(wanted: str, text: str) -> Iterator[int]:
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        if not _glued(text, start) and not _glued(text, start + len(wanted)):
            yield start
        start = text.find(wanted, start + 1)


def _glued(text: str, at: int) -> bool:
    """True if a word goes on from before `at` to behind it."""
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isalnum() and UNSPACED.search(pair) is None


@lru_cache(maxsize=1024)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Plain marks, single blanks, nothing invisible; and where each character came from."""
    letters: list[str] = []
    at: list[int] = []
    for offset, letter in enumerate(text):
        plain = DASHES.get(letter) or PLAIN.get(letter, letter)
        if plain in INVISIBLE or (plain.isspace() and (not letters or letters[-1] == " ")):
            continue
        letters.append(" " if plain.isspace() else plain)
        at.append(offset)
    while letters and letters[-1] == " ":
        letters.pop()
        at.pop()
    return "".join(letters), tuple(at)
