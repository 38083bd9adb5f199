"""Find the expressions of time in a text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from khronika.text.dates.compounding import letter_of
from khronika.text.dates.expressions import DateExpression, Kind
from khronika.text.dates.grammar import COMPOUNDS, POINTS, Pattern
from khronika.text.dates.words import Vocabulary, Word, vocabulary, words_of

LONGEST_TEXT = 200_000  # code points of one stretch; what lies beyond is not read
# The letters that a pattern of POINTS can begin with.
STARTERS = frozenset("tdoWNMJlxheSHqnujpLXVviraQTYCEDGZ59=%s")
EVERY, STREET, COUNTED = "876"  # letters
NUMBERING = "№#"
_SLASHED = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)")


def find_dates(text: str, language: str) -> tuple[DateExpression, ...]:
    """Every expression of time of a text, in order, none overlapping.

    Args:
        text: running text of one passage; only its first 200,000 code points are read.
        language: ISO 639-1; a language without a table of words gives none.
    """
    table = vocabulary(language)
    if table is None:
        return ()
    text = text[:LONGEST_TEXT]
    words = _points(text, words_of(text, table), table)
    letters = _letters(words)
    for pattern in _for(COMPOUNDS, table):
        if pattern.letters.search(letters) is not None:
            words = _compound(words, pattern, letters)
            letters = _letters(words)
    found = (word.value for word in words if isinstance(word.value, DateExpression))
    return tuple(found)


def day_first(text: str) -> bool | None:
    """Whether a report writes 5/12/2021 day first, as its dates that leave no doubt show."""
    votes = {
        int(a) > 12 for a, b in _SLASHED.findall(text[:LONGEST_TEXT]) if max(int(a), int(b)) > 12
    }
    return votes.pop() if len(votes) == 1 else None


def _for(patterns: Sequence[Pattern], table: Vocabulary) -> list[Pattern]:
    wanted = "month first" if table.month_first else "other"
    return [pattern for pattern in patterns if pattern.only in ("", wanted)]


def _points(text: str, words: list[Word], table: Vocabulary) -> list[Word]:
    """Words with every date that stands for itself as one; the longest reading wins."""
    letters = _letters(words)
    patterns = _for(POINTS, table)
    made: list[Word] = []
    index = 0
    while index < len(words):
        starts = letters[index] in STARTERS
        found = _longest(text, words, letters, index, patterns) if starts else None
        if found is None:
            made.append(words[index])
            index += 1
        else:
            known = found[0] if table.month_first else replace(found[0], either=False)
            made.append(Word(letter_of(known), known.start, known.end, known))
            index = found[1]
    return made


def _longest(
    text: str, words: Sequence[Word], letters: str, index: int, patterns: Sequence[Pattern]
) -> tuple[DateExpression, int] | None:
    best: tuple[DateExpression, int] | None = None
    for pattern in patterns:
        match = pattern.letters.match(letters, index)
        if match is None or (best is not None and match.end() <= best[1]):
            continue
        made = pattern.read(words, match)
        if made is not None and _is_date(text, made, letters, match.span()):
            best = made, match.end()
    return best


def _is_date(text: str, made: DateExpression, letters: str, at: tuple[int, int]) -> bool:
    """False for a name that holds a weekday ('Sunday Times') and a numbered paper ('No. 2017')."""
    index, end = at
    before = text[max(0, made.start - 5) : made.start].rstrip()
    above = letters[index - 1] if index else ""
    if above == "n" and made.kind is Kind.WEEKDAY:
        return False  # 'on a Sunday' may be any
    if above == EVERY and made.kind is not Kind.DURATION:
        return False  # 'every Sunday' is no one day
    if made.day is not None and made.year is None and STREET in (above, letters[end : end + 1]):
        return False  # '9 May Street'
    if made.bare:
        after = text[made.end : made.end + 1]
        if letters[end : end + 1] == COUNTED:
            return False  # '2014 roubles'
        return after not in ("/", "-") and not before.endswith(("/", "No.", "No", *NUMBERING, "-"))
    if made.kind is Kind.WEEKDAY and not made.beside and text[made.start].isupper():
        name = re.match(r" [A-Z][a-z]", text[made.end : made.end + 3]) is not None
        # 'the Friday Herald', 'Black Friday Sale': a name goes on, or an article or name is before
        opened = index == 0 or letters[index - 1] in "tn." or before[-1:].isupper()
        return not (name and opened)
    return True


def _letters(words: Sequence[Word]) -> str:
    return "".join([word.letter for word in words])


def _compound(words: list[Word], pattern: Pattern, letters: str) -> list[Word]:
    made: list[Word] = []
    at = 0
    for match in pattern.letters.finditer(letters):
        expression = pattern.read(words, match)
        if expression is None:
            continue
        made += words[at : match.start()]
        made.append(Word(letter_of(expression), expression.start, expression.end, expression))
        at = match.end()
    return made + words[at:]
