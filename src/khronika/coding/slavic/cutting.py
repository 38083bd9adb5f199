"""Cuts a text into sentences and words by signs alone, for a language without a tokeniser."""

import re
from collections.abc import Iterator

Token = tuple[int, int, str]

TOKEN = re.compile(
    r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*(?:-\d+)?"
    r"|\d+(?:[.,:/]\d+)*(?:-[^\W\d_]+)?"
    r"|\.{2,}|\S"
)
LONGEST_SENTENCE = 150  # words
CLOSING = frozenset("»\"”)]'")
OPENING = frozenset('«"„“([—–-•*')
ABBREVIATED = frozenset(
    "м с смт р рр ст ч п пп вул просп пл бул обл р-н тис млн млрд грн коп о год хв ім проф акад "
    "доц св див напр тел кв буд стор ред упоряд гр т д н е нар".split()
)


def sentences(text: str) -> Iterator[list[Token]]:
    """The words of each sentence with their places; a very long sentence is cut."""
    tokens = [(m.start(), m.end(), m.group()) for m in TOKEN.finditer(text)]
    found: list[Token] = []
    for at, token in enumerate(tokens):
        found.append(token)
        if _ends(tokens, at) or len(found) >= LONGEST_SENTENCE:
            yield found
            found = []
    if found:
        yield found


def _ends(tokens: list[Token], at: int) -> bool:
    """True if a sentence ends with the token at a place."""
    if at + 1 >= len(tokens):
        return True
    sign = at
    while sign > 0 and tokens[sign][2] in CLOSING:
        sign -= 1
    following = tokens[at + 1]
    if tokens[sign][2][0] not in ".!?…" or following[2] in CLOSING:
        return False
    if tokens[at][1] == following[0] or not _opens(following[2]):
        return False
    if following[2] in "—–-":  # '«...!» — сказала вона'
        behind = tokens[at + 2][2] if at + 2 < len(tokens) else ""
        return sign == at and behind[:1].isupper()
    return tokens[sign][2] != "." or not _abbreviated(tokens, sign)


def _opens(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text in OPENING


def _abbreviated(tokens: list[Token], dot: int) -> bool:
    """True of the dot of an initial or an abbreviation."""
    before = tokens[dot - 1] if dot else (0, 0, "")
    if before[1] != tokens[dot][0]:
        return False
    word = before[2]
    following = tokens[dot + 1][2] if dot + 1 < len(tokens) else ""
    if len(word) == 1 and word.isupper():
        return True
    year = word in ("р", "рр") and following[:1].isupper()  # '5 мая 2021 р. Полиция'
    return word.lower() in ABBREVIATED and not year
