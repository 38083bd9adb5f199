"""The set phrases of pages and letters: lists in `phrases.toml`, a regular expression a line."""

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def _lists() -> dict[str, str]:
    data = resources.files("khronika.reading").joinpath("phrases.toml").read_text("utf-8")
    return tomllib.loads(data)


def lines(name: str) -> tuple[str, ...]:
    """The list's lines, in its order."""
    return tuple(line for line in _lists()[name].split("\n") if line)


def any_of(name: str) -> str:
    """One of the list's phrases, as a group that captures nothing and knows no case."""
    return "(?i:" + "|".join(lines(name)) + ")"


def names(name: str) -> frozenset[str]:
    """The list's plain words."""
    return frozenset(lines(name))


def pattern(before: str, name: str, after: str = "") -> re.Pattern[str]:
    """A pattern of one list: what stands before it, one of its phrases, what stands behind."""
    return re.compile(before + any_of(name) + after, re.IGNORECASE)
