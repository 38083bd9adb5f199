"""Tables for people: as wide as the screen, wrapped between words, never cut."""

import re
import unicodedata
from collections.abc import Sequence

import click

from khronika.cli.terminal import safe, styling, width

GAP = 2
OPEN, CLOSE = "\ue000", "\ue001"  # set off a range until it is printed
LONGEST_WORD = 24  # a longer word may be broken to fit
_BLANKS = re.compile(r"[ \t\r\n]+")  # a no-break space keeps "14 Mar 2023" on one line


def cells(text: str) -> int:
    """The columns that a text takes on the screen: none for a combining mark, two for wide ones."""
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if letter < "\u0300":
        return 1
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wrap(text: str, room: int) -> list[str]:
    """A text in lines of at most `room` columns, parted between words where that is possible."""
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cells(joined) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, room)
        lines += whole
    return [part.replace("\u00a0", " ") for part in (*lines, line)]


def _pieces(word: str, room: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and cells(pieces[-1]) + _cells(letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def paragraph(text: str, *, first: str = "", indent: str = "") -> str:
    """A text wrapped to the screen, its first line behind `first`, the others behind `indent`."""
    room = max(width() - max(cells(first), cells(indent)), 20)
    lines = wrap(safe(_BLANKS.sub(" ", text).strip()), room)
    return _lit("\n".join(f"{indent if n else first}{line}" for n, line in enumerate(lines)))


def marked(text: str, marks: Sequence[tuple[int, int]], around: int | None = None) -> str:
    """A text with some ranges set off, for `paragraph`.

    Args:
        text: as it stands in a report.
        marks: ranges of it; those that overlap an earlier one are left out.
        around: keep so many letters before the first mark and after the last; None for all.
    """
    text = text.replace(OPEN, "\ufffd").replace(CLOSE, "\ufffd")
    parts, at = [], 0
    for start, end in sorted(marks):
        if start >= at:
            parts += [text[at:start], OPEN, text[start:end], CLOSE]
            at = end
    if around is None or not parts:
        return "".join([*parts, text[at:]])
    parts[0] = _tail(parts[0], around)
    return "".join([*parts, _head(text[at:], around)])


def _tail(text: str, length: int) -> str:
    return text if len(text) <= length else "… " + text[-length:].partition(" ")[2]


def _head(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rpartition(" ")[0] + " …"


def _lit(text: str) -> str:
    """What is set off, in bold; between «» where there are no weights."""
    if styling():
        return text.replace(OPEN, "\x1b[1m").replace(CLOSE, "\x1b[0m")
    return text.replace(OPEN, "«").replace(CLOSE, "»")


class Table:
    """Rows for people: columns parted by two blanks; flexible ones are wrapped, others are not."""

    def __init__(
        self, *columns: str, flexible: Sequence[str] = (), dim: Sequence[str] = ()
    ) -> None:
        """Name the columns, those that may be wrapped, and those that matter less."""
        self._columns = columns
        self._flexible = [n for n, name in enumerate(columns) if name in flexible]
        self._dim = {n for n, name in enumerate(columns) if name in dim}
        self._rows: list[list[str]] = []

    def add(self, *cells: str) -> None:
        """Add a row, a cell a column."""
        self._rows.append([safe(_BLANKS.sub(" ", cell).strip()) for cell in cells])

    def show(self, *, header: bool = True) -> None:
        """Print the table; nothing if it has no rows."""
        if not self._rows:
            return
        every = [list(self._columns), *self._rows] if header else self._rows
        room = self._widths(every)
        for number, row in enumerate(every):
            for line in self._lines(row, room, bold=header and number == 0):
                click.echo(line)

    def _lines(self, row: list[str], room: list[int], *, bold: bool) -> list[str]:
        wrapped = [
            wrap(cell, room[n] if n in self._flexible else cells(cell))
            for n, cell in enumerate(row)
        ]
        lines = []
        for at in range(max(map(len, wrapped))):
            line, owed = "", 0
            for n, cell in enumerate(wrapped):
                words = cell[at] if at < len(cell) else ""
                if words:
                    line += " " * owed + self._styled(words, n, bold=bold)
                    owed = 0
                owed += room[n] - cells(words) + GAP
            lines.append(line)
        return lines

    def _styled(self, words: str, column: int, *, bold: bool) -> str:
        if not styling():
            return words
        if bold:
            return click.style(words, bold=True)
        return click.style(words, dim=True) if column in self._dim else words

    def _widths(self, every: list[list[str]]) -> list[int]:
        """What each column needs; if that is too much, flexible ones share what there is."""
        needs = [max(cells(row[n]) for row in every) for n in range(len(self._columns))]
        room = width() - sum(needs) - GAP * (len(needs) - 1)
        if room >= 0 or not self._flexible:
            return needs
        least = {
            n: min(needs[n], LONGEST_WORD, max(_longest_word(row[n]) for row in every))
            for n in self._flexible
        }
        spare = room + sum(needs[n] - least[n] for n in self._flexible)
        wants = sum(needs[n] - least[n] for n in self._flexible)
        for n in self._flexible:
            more = (needs[n] - least[n]) * max(spare, 0) // wants if wants else 0
            needs[n] = max(least[n] + more, 1)
        return needs


def _longest_word(text: str) -> int:
    return max(map(cells, text.split(" ")), default=0)
