"""Which passages of one text stand in another, worked out from the two when asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from khronika.model.anchors import Span
from khronika.text.shingles import SIZE, read_words, runs

_LEAST = 8  # words; what is shorter is a stock phrase
_GAP = 6  # words that may differ inside a passage that goes on
_MOST_PLACES = 8  # of one run of words in the other text that are looked at
_LONGEST = 1 << 20  # letters of each text that are read
_MOST = 500  # passages


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage of one text that stands in the other.

    Attributes:
        one: where it stands in the one, in code points.
        other: where in the other.
        words: how many words of it are the same in both.
    """

    one: Span
    other: Span
    words: int


@dataclass(slots=True)
class _Passage:
    """Places of words: where a passage begins and ends in each text, and its shared words."""

    start: int
    there: int
    end: int
    there_end: int
    words: int


def spans_shared(one: str, other: str) -> tuple[Shared, ...]:
    """The passages of one text that stand in another, as they do or with some words changed.

    Args:
        one: the text whose passages are asked for: a copy.
        other: the text that they may stand in: its original.

    Returns:
        By place in `one`, none overlapping there; each at least eight words long. Linear in the
        texts' lengths. Of texts beyond a million letters only the beginning is compared.
    """
    firsts, seconds = read_words(one[:_LONGEST]), read_words(other[:_LONGEST])
    passages = _passages(runs(firsts).tolist(), runs(seconds).tolist())
    found = (
        Shared(
            Span(int(firsts.starts[p.start]), int(firsts.ends[p.end - 1])),
            Span(int(seconds.starts[p.there]), int(seconds.ends[p.there_end - 1])),
            p.words,
        )
        for p in passages
        if p.words >= _LEAST
    )
    return tuple(sorted(found, key=lambda s: s.one.start)[:_MOST])


def _passages(ones: list[int], others: list[int]) -> Iterator[_Passage]:
    """Runs of shared shingles that go on in both texts, a few words apart at most."""
    places = _places(frozenset(ones), others)
    held: _Passage | None = None
    for at, value in enumerate(ones):
        here = places.get(value)
        if here is None:
            continue
        if held and at - held.end <= _GAP:
            on = next((place for place in here if _goes_on(held, place)), None)
            if on is not None:
                _extend(held, at, on)
                continue
        if held and at < held.end:
            continue  # words that the passage holds already, found elsewhere
        if held:
            yield held
        held = _Passage(at, here[0], at + SIZE, here[0] + SIZE, SIZE)
    if held:
        yield held


def _places(wanted: frozenset[int], others: list[int]) -> dict[int, list[int]]:
    """Where the wanted shingles stand, the first few places of each."""
    places: dict[int, list[int]] = {}
    for at, value in enumerate(others):
        if value in wanted:
            held = places.setdefault(value, [])
            if len(held) < _MOST_PLACES:
                held.append(at)
    return places


def _goes_on(passage: _Passage, place: int) -> bool:
    return passage.there_end - SIZE < place <= passage.there_end + _GAP


def _extend(passage: _Passage, at: int, place: int) -> None:
    fresh = min(SIZE, at + SIZE - passage.end, place + SIZE - passage.there_end)
    passage.words += max(0, fresh)
    passage.end, passage.there_end = at + SIZE, place + SIZE


def share_of(text: str, passages: tuple[Shared, ...]) -> float:
    """How much of a text's words shared passages cover."""
    words = read_words(text[:_LONGEST])
    if not len(words):
        return 0.0
    covered = np.zeros(len(words), dtype=bool)
    for passage in passages:
        covered |= (words.starts >= passage.one.start) & (words.ends <= passage.one.end)
    return float(covered.mean())
