"""The lines of a text, each with its place, its indentation and the blank lines before it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A visible line: `text` is `[start, end)` without the white space around it.

    `gap` counts the blank lines before it; the first line of a text has at least one.
    """

    start: int
    end: int
    indent: int
    gap: int
    text: str = field(repr=False)


def lines(text: str, borders: Iterable[int] = ()) -> list[Line]:
    """The visible lines of `text`, cut also at `borders` (where a format says a part begins)."""
    found: list[Line] = []
    gap = 1
    for start, end, broken in _pieces(text, borders):
        piece = text[start:end]
        inner = piece.strip()
        if inner:
            lead = len(piece) - len(piece.lstrip())
            at = start + lead
            indent = len(piece[:lead].expandtabs(TAB))
            found.append(Line(at, at + len(inner), indent, gap, inner))
            gap = 0
        elif broken:
            gap += 1
    return found


def _pieces(text: str, borders: Iterable[int]) -> list[tuple[int, int, bool]]:
    """Cut at line breaks and borders; the flag says that a line break ends the piece."""
    cuts = sorted({b for b in borders if 0 < b < len(text)})
    pieces: list[tuple[int, int, bool]] = []
    start, next_cut = 0, 0
    ends = [(m.start(), m.end()) for m in BREAK.finditer(text)]
    ends.append((len(text), len(text)))
    for end, after in ends:
        while next_cut < len(cuts) and cuts[next_cut] <= end:
            pieces.append((start, cuts[next_cut], False))
            start = cuts[next_cut]
            next_cut += 1
        pieces.append((start, end, True))
        start = after
        while next_cut < len(cuts) and cuts[next_cut] <= start:
            next_cut += 1
    return pieces


def blocks(every: Sequence[Line]) -> list[list[Line]]:
    """Lines between blank lines."""
    found: list[list[Line]] = []
    for line in every:
        if line.gap or not found:
            found.append([])
        found[-1].append(line)
    return found
