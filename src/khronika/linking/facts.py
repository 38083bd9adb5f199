"""What linking needs to know of a report beside its coding: small, made once, kept with it."""

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from khronika.model.reports import PassageRole, Report
from khronika.text.bodies import country_of
from khronika.text.shingles import Words, pack, pairs_before, read_words, sampled

_MOST_NAMES = 24  # names and sources kept of one report
_MOST_MARKS = 400  # numbers and names kept of one report

_NAME_LETTERS = 3
_HALF = np.uint64(32)
_HIGH_HALF = np.uint64(0xFFFFFFFF00000000)

_UNREAD = frozenset({PassageRole.BOILERPLATE, PassageRole.REPEAT, PassageRole.CONTACT})
# Bounded, so that text without blanks stays linear.
_CAPITAL = r"[^\W\d_a-zа-яёіїєґў][\w’'.\-]{0,40}"
_JOINED = r"(?:(?:of|for|the|and|de|von|van|в|и|по|на|з|та|і) ){0,2}"
_NAME = rf"(?<!\w){_CAPITAL}(?: {_JOINED}{_CAPITAL}){{0,7}}"
_BESIDE = re.compile(rf"({_NAME})[»”\"]? \((?:[“«\"„]({_NAME})[»”\"]|([^\W\d_a-zа-яё]{{2,8}}))\)")
# "X reports", "according to X", "first published by X"; whether X publishes, linking knows
_SAYS = r"reports|reported|writes|wrote|сообщает|передаёт|передает|пишет|повідомляє|пише"
_BEFORE = re.compile(rf"({_NAME}),? (?:{_SAYS})\b")
_SAID_BY = (
    r"[Aa]s reported by|[Aa]ccording to|citing|republished from|reposted from|via|courtesy of"
    r"|[Ss]ource:|(?:originally|first) (?:appeared|published|posted|ran)(?: \w{1,20})? (?:in|by|on)"
    r"|[Сс]о ссылкой на|[Пп]о данным|[Зз]а даними|з посиланням на|як повідомляє|как сообщает"
    r"|Источник:|Джерело:"
)
_AFTER = re.compile(rf"\b(?:{_SAID_BY}) (?:the |an? )?[“«\"„]?({_NAME})")
_CAPITAL_WORD = r"[^\W\d_a-zа-яёіїєґў][\w’'\-]{2,40}"
_COUNTRY_WORD = re.compile(rf"\b{_CAPITAL_WORD}|\b[а-яёіїєґў]{{4,40}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """One report as linking sees it.

    Attributes:
        id: the report's id.
        name: the name that it was added under.
        publisher: who published it, "" if unknown.
        published: when, EDTF, "" if unknown.
        language: BCP 47, "" if unknown.
        words: how many words its own text has, furniture and repeats left out.
        shingles: sampled runs of three words, packed.
        marks: its numbers and names, packed: of each, a hash of the two words before it in the
            high half and of itself in the low half. What a template's bulletins differ in.
        beside: (name, the other name in brackets behind it) as written.
        sources: whom it says that it repeats, as written.
        countries: ISO 3166 alpha-2 and how often its text names or means them, most first.
    """

    id: str
    name: str
    publisher: str = ""
    published: str = ""
    language: str = ""
    words: int = 0
    shingles: str = field(default="", repr=False)
    marks: str = field(default="", repr=False)
    beside: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    sources: tuple[str, ...] = field(default=(), repr=False)
    countries: tuple[tuple[str, int], ...] = ()


def facts_of(report: Report) -> ReportFacts:
    """What linking needs to know of a report; a pure function of the report as read."""
    text = _own_text(report)
    words = read_words(text)
    return ReportFacts(
        id=report.id,
        name=report.name,
        publisher=report.publisher.value,
        published=report.published.value,
        language=report.language.value,
        words=len(words),
        shingles=pack(sampled(words)),
        marks=_marks(words),
        beside=_beside(text),
        sources=_sources(text),
        countries=_countries(text),
    )


def _own_text(report: Report) -> str:
    """The passages that are the report's own, with a gap between them that no shingle spans."""
    if not report.passages:
        return report.text
    return "\n\n".join(
        report.text[p.span.start : p.span.end] for p in report.passages if p.role not in _UNREAD
    )


def _marks(words: Words) -> str:
    """Numbers, and capitalised words that do not begin a sentence, each with what stands before."""
    long = words.ends - words.starts >= _NAME_LETTERS
    at = np.flatnonzero(words.digits | (words.capital & words.after_word & long))[:_MOST_MARKS]
    before = pairs_before(words)[at] & _HIGH_HALF
    return pack(before | (words.hashes[at] >> _HALF))


def _beside(text: str) -> tuple[tuple[str, str], ...]:
    found = {(m[1], m[2] or m[3]) for m in _BESIDE.finditer(text)}
    return tuple(sorted(found)[:_MOST_NAMES])


def _sources(text: str) -> tuple[str, ...]:
    found = {m[1].rstrip(".") for pattern in (_BEFORE, _AFTER) for m in pattern.finditer(text)}
    return tuple(sorted(found)[:_MOST_NAMES])


def _countries(text: str) -> tuple[tuple[str, int], ...]:
    counted = Counter(code for m in _COUNTRY_WORD.finditer(text) if (code := country_of(m.group())))
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
