"""What reaches the screen: nothing a report says can steer it, and only data goes to stdout."""

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

PIPED_WIDTH = 120
NARROWEST = 60
MOST_ROWS = 500  # a table holds no more unless --limit asks for it

# C0 and C1 but for the newline, line and paragraph separators, and marks that turn the direction
# of writing: "\x1b[2J", "\u202e"
STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def safe(text: str) -> str:
    """A text from a report for the screen: a tab becomes a blank, other steering is spelt out."""
    return STEERING.sub(_spelt, text)


def _spelt(match: re.Match[str]) -> str:
    letter = match[0]
    if letter == "\t":
        return " "
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def one_line(text: str) -> str:
    """A text on one line, white space folded, safe for the screen."""
    return safe(" ".join(text.split()))


def short(text: str, width: int) -> str:
    """A text on one line, cut at a word if it is longer than `width`."""
    return textwrap.shorten(one_line(text), width, placeholder=" …") or one_line(text)[:width]


def json_line(value: Any) -> str:
    """A value as JSON on one line, with nothing in it that steers a terminal."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def print_json(values: Iterable[Any]) -> None:
    """Print one JSON object a line."""
    for value in values:
        click.echo(json_line(value))


def note(text: str) -> None:
    """Say something that is not data, on stderr."""
    click.echo(safe(text), err=True)


def width() -> int:
    """The columns there are; a fixed number where the output is piped."""
    if sys.stdout.isatty():
        return max(NARROWEST, shutil.get_terminal_size().columns)
    given = os.environ.get("COLUMNS", "")
    return max(NARROWEST, int(given)) if given.isdecimal() and given else PIPED_WIDTH


def errors_console() -> "Console":
    """A console on stderr without markup; no colours where NO_COLOR is set."""
    from rich.console import Console

    return Console(stderr=True, markup=False, emoji=False, highlight=False)


def styling() -> bool:
    """True if colours and weights may be used: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def progress() -> "Progress | None":
    """A progress bar on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        return None
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=errors_console(),
        transient=True,
    )
