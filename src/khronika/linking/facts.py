"""What linking needs to know of a report beside its coding: small, made once, kept with it."""

import re
from collections import Counter
from dataclasses import dataclass, field

from khronika.linking.cited import NAME, QUOTED, Cited, cited
from khronika.linking.translations import signs_of
from khronika.model.anchors import Span
from khronika.model.reports import PassageRole, Report
from khronika.text.bodies import country_of
from khronika.text.fingerprints import fingerprint

_MOST_NAMES = 24  # names in brackets kept of one report

_UNREAD = frozenset({PassageRole.BOILERPLATE, PassageRole.REPEAT, PassageRole.CONTACT})
_ACRONYM = r"([^\W\d_a-zа-яё]{2,8})"
_BESIDE = re.compile(rf"(?:{QUOTED}|({NAME})[»”\"]?) \((?:{QUOTED}|{_ACRONYM})\)")
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
        shingles: sampled runs of three words in the order of the text, packed.
        marks: its numbers and names, packed: of each, a hash of the two words before it in the
            high half and of itself in the low half. What a template's bulletins differ in.
        signs: hashes of its names' sounds and its numbers in order, packed: what translations keep.
        beside: (name, the other name in brackets behind it) as written.
        sources: whom it says that it repeats, as written.
        cited: the same, each with the range of its text that rests on it.
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
    signs: str = field(default="", repr=False)
    beside: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    sources: tuple[str, ...] = field(default=(), repr=False)
    cited: tuple[Cited, ...] = field(default=(), repr=False)
    countries: tuple[tuple[str, int], ...] = ()


def facts_of(report: Report) -> ReportFacts:
    """What linking needs to know of a report; a pure function of the report as read."""
    own = _own(report)
    rest = [p.span for p in report.passages if p.role is PassageRole.BOILERPLATE]
    text = "\n\n".join(report.text[span.start : span.end] for span in own)
    prints = fingerprint(text)
    said = cited(report.text, _own(report, without=PassageRole.CAPTION), rest, prints.words)
    return ReportFacts(
        id=report.id,
        name=report.name,
        publisher=report.publisher.value,
        published=report.published.value,
        language=report.language.value,
        words=prints.words,
        shingles=prints.shingles,
        marks=prints.marks,
        signs=signs_of(text),
        beside=_beside(text),
        sources=tuple(sorted({name for name, _, _ in said})),
        cited=said,
        countries=_countries(text),
    )


def _own(report: Report, without: PassageRole | None = None) -> list[Span]:
    """The passages that are the report's own, those of one role left out."""
    if not report.passages:
        return [Span(0, len(report.text))]
    return [p.span for p in report.passages if p.role not in _UNREAD and p.role is not without]


def _beside(text: str) -> tuple[tuple[str, str], ...]:
    found = {(m[1] or m[2], m[3] or m[4]) for m in _BESIDE.finditer(text)}
    return tuple(sorted(found)[:_MOST_NAMES])


def _countries(text: str) -> tuple[tuple[str, int], ...]:
    counted = Counter(code for m in _COUNTRY_WORD.finditer(text) if (code := country_of(m.group())))
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
