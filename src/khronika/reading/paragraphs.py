"""Put the lines of hard-wrapped paragraphs together again, and leave all others apart."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from khronika.reading.lines import Line, blocks
from khronika.reading.shapes import (
    LABEL,
    NOTE,
    SPEAKER,
    ends_clause,
    ends_sentence,
    is_item,
    is_row,
    is_rule,
    starts_low,
)

SHORTEST = 40  # a wrapped line is longer than this
LONGEST = 130  # a line longer than this was not wrapped by hand or by mail
NEARLY = 0.9  # a line that its next word would bring beyond this share of the width is full


def paragraphs(every: Sequence[Line]) -> list[list[Line]]:
    """Group lines to paragraphs; a line that is no part of a wrapped paragraph stands alone."""
    width = _page_width(every)
    found: list[list[Line]] = []
    for block in blocks(every):
        own = _block_width(block) or width
        found.append([block[0]])
        for one, other in pairwise(block):
            if _goes_on(found[-1][0], one, other, own):
                found[-1].append(other)
            else:
                found.append([other])
    return found


def _soft(one: Line, other: Line) -> bool:
    """True if the line break between the two stands inside a sentence."""
    return (
        SHORTEST <= len(one.text) <= LONGEST
        and not ends_clause(one.text)
        and starts_low(other.text)
        and not _starts_anew(other.text)
    )


def _page_width(every: Sequence[Line]) -> int:
    """The width to which a text is wrapped, or 0 if it is not: breaks inside sentences tell."""
    full = [len(one.text) for one, other in pairwise(every) if not other.gap and _soft(one, other)]
    short = all(len(line.text) <= LONGEST for line in every)
    return max(full) if len(full) >= (1 if short else 3) else 0


def _block_width(block: Sequence[Line]) -> int:
    if any(_soft(one, other) for one, other in pairwise(block)):
        return max((len(line.text) for line in block if len(line.text) <= LONGEST), default=0)
    return 0


def _starts_anew(text: str) -> bool:
    return bool(is_item(text) or SPEAKER.match(text) or NOTE.match(text) or is_rule(text))


def _goes_on(first: Line, one: Line, other: Line, width: int) -> bool:
    """True if `other` continues the paragraph that began with `first` and now ends with `one`."""
    if other.text.startswith(">") and one.text.startswith(">"):
        first, one, other = map(_unquoted, (first, one, other))
    if not one.text or is_rule(one.text) or other.text[:1] in (">", ""):
        return False
    if one.text.isupper() and not other.text.isupper() and abs(other.indent - one.indent) >= 4:
        return False
    if LABEL.match(first.text) and other.indent >= first.indent + 4 and not is_row(other.text):
        return True
    if _starts_anew(other.text) or is_row(other.text) or is_row(one.text):
        return False
    if ends_sentence(one.text) and not starts_low(other.text):
        return _is_full(one, other, width) and other.indent <= one.indent
    if other.indent >= one.indent + 2 and not is_item(first.text):
        return starts_low(other.text) and not ends_clause(one.text)
    if starts_low(other.text):
        return not ends_sentence(one.text) or _is_full(one, other, width)
    return not one.text.endswith(":") and _is_full(one, other, width)


def _unquoted(line: Line) -> Line:
    """A line of quoted mail without the signs before it."""
    return replace(line, text=line.text.lstrip("> "))


def _is_full(one: Line, other: Line, width: int) -> bool:
    """True if the next word would not have found room on the line."""
    if not width or len(one.text) > LONGEST:
        return False
    word = other.text[:40].split(maxsplit=1)[0]
    return len(one.text) + 1 + len(word) > width * NEARLY
