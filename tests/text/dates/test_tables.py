"""Expressions of time in three languages, each line of a table a test.

A line of `english.txt`, `russian.txt` or `ukrainian.txt` holds a text, the words of it that say
when (several parted by `;`), the date that they mean, and the flag or the reason where there is
one. A line in square brackets says what is known: the report's date, the date told before, the
order of numeric dates.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.text.dates import Context, find_dates, resolve

TABLES = {"en": "english", "ru": "russian", "uk": "ukrainian"}
KNOWN = re.compile(
    r"\[(?:undated|report (?P<published>[\d-]+)(?:, told (?P<told>[\d-]+))?"
    r"(?:, (?P<first>day|month) first)?)\]"
)
FEWEST = 120


def rows(language: str) -> Iterator[tuple[Context, tuple[str, str, str, str]]]:
    """What is known and the four cells of each line of a language's table."""
    table = Path(__file__).parent / f"{TABLES[language]}.txt"
    context = Context()
    for line in table.read_text(encoding="utf-8").splitlines():
        if known := KNOWN.fullmatch(line):
            context = Context(
                published=known["published"] or "",
                previous=known["told"] or "",
                day_first=known["first"] == "day" if known["first"] else None,
                future=False,
            )
        elif line.strip() and not line.startswith("#"):
            text, words, date, note = (*(cell.strip() for cell in line.split("|")), "", "", "")[:4]
            yield context, (text, words, date, note)


CASES = [(language, *row) for language in TABLES for row in rows(language)]


@pytest.mark.parametrize(
    ("language", "context", "row"), CASES, ids=[f"{c[0]}-{c[2][0]}" for c in CASES]
)
def test_the_words_are_found_and_mean_the_date(
    language: str, context: Context, row: tuple[str, str, str, str]
) -> None:
    text, words, date, note = row
    found = find_dates(text, language)
    printed = "; ".join(text[each.start : each.end] for each in found)
    assert printed.lower() == words.lower()
    resolved = [resolve(each, context) for each in found]
    assert "; ".join(each.edtf for each in resolved) == date
    if note:
        assert note in (*resolved[0].flags, resolved[0].basis)


@pytest.mark.parametrize("language", TABLES)
def test_each_language_has_a_table_that_tells_something(language: str) -> None:
    assert len({row[0] for _, row in rows(language)}) >= FEWEST
