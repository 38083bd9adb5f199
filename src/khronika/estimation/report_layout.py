"""How a report is set as plain text: paragraphs and tables, 80 columns wide."""

import math
import textwrap
from collections.abc import Iterator, Sequence

from khronika.estimation.results import Interval
from khronika.estimation.wording import Words

WIDTH = 80
GAP = "  "
NAME_WIDTH = 28  # of a list, in a table


def short(text: str, width: int = NAME_WIDTH) -> str:
    """A text on one line, cut where it is longer than `width`."""
    folded = " ".join(text.split())
    return folded if len(folded) <= width else f"{folded[: width - 1]}…"


def capital(text: str) -> str:
    """A text with a capital first."""
    return text[:1].upper() + text[1:]


def paragraph(text: str, by: int = 0) -> str:
    """A text in lines of 80; if it stands `by` blanks in, its later lines two more."""
    hanging = " " * (by + 2 if by else 0)
    return textwrap.fill(
        " ".join(text.split(" ")), WIDTH, initial_indent=" " * by, subsequent_indent=hanging
    )


def lines(text: str, by: int = 0) -> list[str]:
    """The lines of a paragraph."""
    return paragraph(text, by).split("\n")


def tabled(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    left: Sequence[int] = (),
    columns: int | None = None,
) -> Iterator[str]:
    """Rows under heads, numbers to the right, words to the left, two blanks in."""
    kept = len(heads) if columns is None else columns
    every = [list(row)[:kept] for row in (heads, *rows)]
    widths = [max(len(row[place]) for row in every) for place in range(kept)]
    for row in every:
        cells = [
            cell.ljust(widths[place]) if place in left else cell.rjust(widths[place])
            for place, cell in enumerate(row)
        ]
        yield f"  {GAP.join(cells)}".rstrip()


def span(ends: Interval | None, words: Words) -> tuple[str, str]:
    """Both ends of an interval for a table."""
    if ends is None:
        return words.say("unknown"), words.say("unknown")
    return people(ends.lower, words), people(ends.upper, words)


def people(number: float | None, words: Words) -> str:
    """A number of people for a table; a dash where there is none or no end."""
    if number is None or not math.isfinite(number):
        return words.say("unknown")
    return words.value(round(number))
