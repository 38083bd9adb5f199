"""Words of a text as the letters of a small alphabet that the grammar of dates is written in."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khronika.text.dates.expressions import DateExpression

LETTERS = {
    "month": "M", "short_month": "J", "weekday": "W", "season": "S", "holiday": "H", "number": "n",
    "ordinal": "o", "unit": "u", "part": "p", "relative": "q", "foreign_month": "K",
    "of": "z", "the": "t", "in": "i", "over": "v", "last": "l", "next": "x", "this": "h",
    "same": "e", "following": "X", "previous": "V", "ago": "g", "later": "L", "earlier": "B",
    "before": "<", "after": ">", "since": "s", "until": "|", "by": "b", "around": "~",
    "between": "w", "and": "&", "from": "f", "to": "2", "early": "E", "mid": "D", "late": "G",
    "half": "F", "eve": "k", "recent": "r", "oclock": "O", "relative_year": "a",
    "custody": "c", "quarter": "Q", "vague": "r", "age": "!", "fall": "Z", "am": "I", "pm": "m",
    "onto": "@", "since_then": "=", "by_then": "%", "every": "8", "street": "7", "counted": "6",
    "decade_name": "9", "event": "+", "pronoun": "3", "feast": "5",
}  # fmt: skip
YEAR_UNIT = "j"  # the word "year": '2021 года', 'the same year'
UNKNOWN = " "
NUMBERED = {"month", "short_month", "weekday", "season", "number", "ordinal", "relative"}
NUMBERED |= {"relative_year", "fall", "feast", "decade_name"}
LONGEST = 5  # words of the longest entry

# Numbers with a thousands sign, a decimal part, a per cent or currency sign are amounts, no dates.
_TOKEN = re.compile(
    r"""(?P<iso>(?<![\d.-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?(?![\d-]))
      | (?P<ymd>(?<![\d./])\d{4}(?P<s1>[./])\d{1,2}(?P=s1)\d{1,2}(?![\d]))
      | (?P<dmy>(?<![\d./-])\d{1,2}(?P<s2>[./-])\d{1,2}(?P=s2)(?:\d{4}|\d{2})(?![\d/-]))
      | (?P<my>(?<![\d./])(?:0[1-9]|1[0-2])\.(?:19|20)\d{2}(?![\d.]))
      | (?P<amount>(?:[$€£¥]\ ?\d[\d.,]*)|\d+(?:\.\d+)?\ ?%
          |\d{1,3}(?:[,\ ]\d{3})+(?!\d)|\d+[.,]\d{3}(?!\d))
      | (?P<decade>(?:\d{3}0|['’]\d0)['’]?s\b|\d{3}0-(?:х|ті|е|их|тих)\b)
      | (?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)
          |(?<=\bat\ )(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d))
      | (?P<ordinal>\d{1,2}(?:st|nd|rd|th|-(?:го|е|ое|му|ого))\b)
      | (?P<yearth>(?:19|20)\d{2}-(?:го|м|му|й|ому|ого|ом|ий)\b)
      | (?P<number>\d+)
      | (?P<short>['’]\d{2}\b)
      | (?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)
      | (?P<mark>[^\s\w])""",
    re.VERBOSE,
)
MARKS = {"–": "-", "—": "-", "-": "-", "‑": "-", "/": "/", ",": ",", "(": "(", ")": ")", "[": "("}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark of a text as one letter of the grammar, with what it says."""

    letter: str
    start: int
    end: int
    value: "int | str | DateExpression | None" = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language: each run of words with its letter and value."""

    entries: Mapping[tuple[str, ...], tuple[str, int | str]]
    starters: Mapping[str, int]  # first word -> words of the longest entry that it begins
    capitals: bool
    month_first: bool


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The words of a language, or None if there is no table for it."""
    table = files("khronika.text") / "data" / f"dates-{language}.toml"
    if not re.fullmatch(r"[a-z]{2}", language) or not table.is_file():
        return None
    data = tomllib.loads(table.read_text(encoding="utf-8"))
    entries: dict[tuple[str, ...], tuple[str, int | str]] = {}
    for name, letter, value, form in _forms(data):
        for spelling in {form, form.replace("-", " ")}:
            words = tuple(_split(spelling.lower()))
            kind = YEAR_UNIT if (name, value) == ("unit", "year") else letter
            entries.setdefault(words, (kind, value))
    starters: dict[str, int] = {}
    for words in entries:
        starters[words[0]] = max(starters.get(words[0], 0), len(words))
    return Vocabulary(entries, starters, data["capitals"], data["month_first"])


def _forms(data: Mapping[str, object]) -> Iterator[tuple[str, str, int | str, str]]:
    for name, table in data.items():
        if not isinstance(table, dict):
            continue
        for key, forms in table.items():
            for form in forms:
                if name == "words":
                    yield key, LETTERS[key], key, form
                else:
                    yield name, LETTERS[name], int(key) if name in NUMBERED else key, form


def _split(text: str) -> list[str]:
    return [match.group() for match in _TOKEN.finditer(text)]


def words_of(text: str, vocabulary: Vocabulary) -> list[Word]:
    """Every word, number and mark of a text, runs of words that the vocabulary knows as one."""
    matches = list(_TOKEN.finditer(text))
    words: list[Word] = []
    index = 0
    starters = vocabulary.starters
    while index < len(matches):
        first = matches[index].group().lower().replace("’", "'")
        taken = _known(matches, index, vocabulary) if first in starters else None
        if taken is None:
            words.append(_single(matches[index]))
            index += 1
        else:
            words.append(taken[0])
            index = taken[1]
    return words


def _known(
    matches: Sequence[re.Match[str]], index: int, vocabulary: Vocabulary
) -> tuple[Word, int] | None:
    """The longest entry of the vocabulary that begins here, and where it ends."""
    longest = vocabulary.starters.get(matches[index].group().lower().replace("’", "'"), 0)
    for size in range(min(longest, LONGEST, len(matches) - index), 0, -1):
        run = matches[index : index + size]
        key = tuple(match.group().lower().replace("’", "'") for match in run)
        entry = vocabulary.entries.get(key)
        if entry is None or not _as_written(run[0].group(), entry[0], vocabulary):
            continue
        end = index + size
        if entry[0] in "JK" and end < len(matches) and matches[end].group() == ".":
            end += 1  # the point of an abbreviation
        return Word(entry[0], run[0].start(), run[-1].end(), entry[1]), end
    return None


def _as_written(first: str, letter: str, vocabulary: Vocabulary) -> bool:
    """False for a month, weekday or street without its capital: 'may', 'march', 'street'."""
    if letter == "K":
        return first[0].isupper() or not vocabulary.capitals
    return not vocabulary.capitals or letter not in "MJWH57" or first[0].isupper()


def _single(match: re.Match[str]) -> Word:
    start, end, text = match.start(), match.end(), match.group()
    kind = match.lastgroup
    if match["iso"] or match["ymd"] or match["dmy"] or match["my"]:
        return Word("N", start, end, text)
    if kind == "clock":
        return Word("T", start, end, text.replace(".", ":"))
    if kind == "decade":
        digits = "".join(c for c in text if c.isdigit())
        return Word("C", start, end, int(digits) if len(digits) == 4 else 1900 + int(digits))
    if kind == "ordinal":
        day = int(re.sub(r"\D", "", text))
        return Word("o" if 1 <= day <= 31 else UNKNOWN, start, end, day)
    if kind in ("number", "yearth"):
        return _number(text.partition("-")[0], start, end)
    if kind == "short":
        return Word("y", start, end, int(text[1:]))
    if kind == "mark":
        return Word(MARKS.get(text, "."), start, end)
    return Word(UNKNOWN, start, end)


def _number(text: str, start: int, end: int) -> Word:
    if len(text) <= 2 and 1 <= int(text) <= 31:
        return Word("d", start, end, int(text))
    if len(text) == 4 and 1800 <= int(text) < 2200:
        return Word("Y", start, end, int(text))
    return Word("n" if len(text) <= 4 else UNKNOWN, start, end, int(text[:9]))
