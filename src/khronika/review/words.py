"""Words that a reviewer chose in a report, by their place or as typed, as an exact quotation."""

import re

from khronika.errors import KhronikaError
from khronika.model.anchors import Anchor

LONGEST = 600  # code points of a quotation that a person chooses
SHOWN = 60  # code points of what was typed that a message repeats


class WordsError(KhronikaError):
    """Words that do not stand in the report, or in no one place."""

    exit_status = 2


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The quotation at a place that was chosen, without blanks around it.

    Args:
        text: the report's.
        start: where it begins, in code points.
        end: behind its last code point.

    Raises:
        WordsError: nothing visible stands there, or it is too long.
    """
    chosen = text[max(start, 0) : max(end, 0)]
    first = max(start, 0) + len(chosen) - len(chosen.lstrip())
    words = chosen.strip()
    if start < 0 or end > len(text) or not words:
        raise WordsError(
            "No words of the report stand at the place that was chosen.",
            remedy="choose words of the report's text, or type them as they stand there.",
        )
    if len(words) > LONGEST:
        raise WordsError(
            f"A quotation has at most {LONGEST} characters; this one has {len(words)}.",
            remedy="choose the clause or sentence alone.",
        )
    return Anchor.cut(text, first, first + len(words))


def words_near(text: str, words: str, near: int | None = None) -> Anchor:
    """The quotation of words that were typed, where they stand nearest to a place.

    Blanks and line ends may be typed as any blank; every other character must be as it stands.

    Args:
        text: the report's.
        words: as typed.
        near: a place in the text, in code points; without one the words must stand there once.

    Raises:
        WordsError: they stand nowhere, or in several places of which none is nearest.
    """
    typed = words.split()
    if not typed or len(words) > 2 * LONGEST:
        raise WordsError(
            "No words were given, or too many.",
            remedy="type words exactly as they stand in the report.",
        )
    found = _places(text, typed)
    if not found:
        raise WordsError(
            f"'{_shown(words)}' does not stand in the report.",
            remedy="type the words as they stand there, with the same endings and capitals.",
        )
    found.sort(key=lambda place: _distance(place, near))
    if len(found) > 1 and _distance(found[0], near) == _distance(found[1], near):
        raise WordsError(
            f"'{_shown(words)}' stands in several places of the report.",
            remedy="type more of the words around it, or choose them in the text.",
        )
    return anchor_at(text, *found[0])


def _places(text: str, typed: list[str]) -> list[tuple[int, int]]:
    """Where words follow each other with nothing but blanks between them."""
    pattern = re.compile(r"\s+".join(map(re.escape, typed)))
    return [found.span() for found in pattern.finditer(text)]


def _distance(place: tuple[int, int], near: int | None) -> int:
    if near is None:
        return 0
    start, end = place
    return max(start - near, near - end + 1, 0)


def _shown(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}..."
