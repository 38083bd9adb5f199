"""Attributed quantities: 'about 66,000 citizens are hiding abroad, officials say'."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from khronika.coding.attribution import speakers
from khronika.coding.details import subtree_span
from khronika.coding.parsed import ParsedUnit
from khronika.coding.telling import Reader
from khronika.model.acts import Figure

DIGITS = re.compile(r"\d{1,3}(?:[,\u00a0 .]\d{3})+|\d+")
ABOUT = frozenset(
    "about around some roughly approximately nearly almost approx estimated circa close".split()
)
LEAST = frozenset({"least", "over", "than", "exceeding", "minimum"})
MOST = frozenset({"most", "under", "maximum"})
SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
# What is measured rather than counted: dates, terms, sums, ages, clock times.
MEASURES = frozenset(
    "year month week day hour minute second time percent % kilometre kilometer km metre "
    "meter mile january february march april may june july august september october "
    "november december article page point paragraph section number no. euro dollar rouble "
    "ruble pound tenge lira morning evening afternoon night a.m. p.m. part".split()
)


def figures_of(reader: Reader) -> tuple[Figure, ...]:
    """Every counted plural in the running text of a report, with who gives it."""
    return tuple(
        figure
        for unit in reader.parsed.units
        for token in _numbers(unit.doc)
        if (figure := _figure(unit, token, reader)) is not None
    )


def _numbers(doc: Doc) -> Iterator[Token]:
    """The tokens that look like a number, found without making an object of every token."""
    for i in doc.to_array("LIKE_NUM").nonzero()[0]:
        yield doc[int(i)]


def _figure(unit: ParsedUnit, token: Token, reader: Reader) -> Figure | None:
    value = number(token)
    if value is None or value < 2:
        return None
    noun = _counted(token)
    if noun is None:
        return None
    before = [t.lower_ for t in unit.doc[max(0, token.i - 3) : token.i]]
    about = any(word in ABOUT for word in before)
    least = value if any(w in LEAST for w in before) or not _at_most(before) else None
    most = None if any(w in LEAST for w in before) else value
    start, end = subtree_span(noun)
    start = min(start, token.idx)
    end = max(end, token.idx + len(token))
    said = tuple(f.name for f in speakers(unit, noun, reader.cast))
    return Figure(
        report_id=reader.parsed.report.id,
        value=value,
        approximate=about,
        least=least,
        most=most,
        what=_what(unit, noun, token),
        said_by=said,
        anchor=reader.parsed.anchor(unit.index, start, end),
    )


def _at_most(before: list[str]) -> bool:
    return any(word in MOST for word in before)


def number(token: Token) -> int | None:
    """The value of a number token: '66,000', 'seven', 'forty-one'; None for dates and ordinals."""
    text = token.lower_
    if DIGITS.fullmatch(text):
        value = int(re.sub(r"\D", "", text)) if len(text) < 14 else None
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if value is not None and following is not None:
            value *= SCALE.get(following.lower_, 1)
        return value
    if text in SMALL:
        return SMALL[text]
    tens, _, ones = text.partition("-")
    if tens in SMALL and ones in SMALL:
        return SMALL[tens] + SMALL[ones]
    return None


def _counted(token: Token) -> Token | None:
    """The plural noun that the number counts."""
    for above in _steps(token):
        if (
            above.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT")
            or above.lemma_.lower() in MEASURES
        ):
            return None
        if above.tag_ in ("NNS", "NNPS"):
            return above
    return None


def _steps(token: Token) -> Iterator[Token]:
    if token.dep_ in ("nummod", "compound", "quantmod"):
        yield token.head
        if token.head.dep_ in ("nummod", "compound", "quantmod"):
            yield token.head.head
    elif token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr"):
        for child in token.children:  # 'four of the teachers'
            if child.lower_ == "of":
                yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _what(unit: ParsedUnit, noun: Token, number_token: Token) -> str:
    start, end = subtree_span(noun)
    words = unit.text[start:end]
    stated = number_token.text
    return words.split(stated, 1)[-1].strip() if stated in words else words
