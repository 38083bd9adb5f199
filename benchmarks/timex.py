"""Find and resolve the dates of a TempEval-3 folder, for comparison with other systems.

Usage: python benchmarks/timex.py GOLD_FOLDER SYSTEM_FOLDER

For each `.tml` file of the first folder writes one of the same name with our TIMEX3 tags, to be
scored with the task's own scorer: files at odd places of the sorted list are for tuning, those at
even places for the report, each in a folder of its own. The expressions and dates are those of the
English coder; what TimeML wants and a record does not ('now' as PRESENT_REF, a quarter that a
company reports on) is made of them here.
"""

import html
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from khronika.coding.english import english_parser
from khronika.coding.parsed import ParsedReport, parse
from khronika.coding.times_clauses import clause_verb
from khronika.coding.times_dated import Dated
from khronika.coding.times_found import is_to_come, read_dates
from khronika.model import edtf
from khronika.model.anchors import Span
from khronika.model.reports import Known, Passage, PassageRole, Report
from khronika.text.dates import Context, DateExpression, Kind, resolve

SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
PARTS = {"morning": "MO", "noon": "MI", "afternoon": "AF", "evening": "EV", "night": "NI"}
LETTERS = {"day": "D", "night": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
LETTERS |= {"decade": "DE", "fortnight": "W"}
LENGTHS = (Kind.DURATION, Kind.WINDOW)
# What TimeML calls a reference, and a record no date.
REFERENCES = {
    "PRESENT_REF": "now|currently|at present|nowadays|(?<=the )current|current(?= \\w+s\\b)",
    "PAST_REF": "recently|the past(?= *[.,;])|lately",
    "FUTURE_REF": "(?<=in )(?:the|the near) future|(?<=all )future|as soon as possible",
}
REFERENCE = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in REFERENCES.items()), re.IGNORECASE
)
# Quarters of a company's year, told by their number or beside the one told before.
QUARTER = re.compile(
    r"(?<!every )(?<!-to-)\b(?:(?:the|its|a) )?"
    r"(?:(?P<before>(?:comparable )?year-(?:earlier|ago)) )?"
    r"(?:fiscal |latest |current |recent |most recent |same )*"
    r"(?:(?P<number>first|second|third|fourth)[- ])?"
    r"(?P<unit>quarter|period)\b(?!-| of| point| cent)",
    re.IGNORECASE,
)
NUMBERS = ("first", "second", "third", "fourth")
LEADING = re.compile(
    r"(?:in|on|at|for|during|since|until|till|by|as of|as at|before|after|from|between|around|about"
    r"|within|throughout|ended|up to|prior to|over)\s+",
    re.IGNORECASE,
)
AHEAD = re.compile(r"(?:(?:earlier|later|early|late|sometime)\s+|(?:early|mid|late)-)$", re.I)
PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")


@dataclass(frozen=True, slots=True)
class Tag:
    """A TIMEX3 at `[start, end)` of a document's text."""

    start: int
    end: int
    value: str
    kind: str = "DATE"


def main() -> None:
    gold, system = (Path(argument) for argument in sys.argv[1:3])
    system.mkdir(parents=True, exist_ok=True)
    paths = sorted(gold.glob("*.tml"))
    reports = [_report(path) for path in paths]
    for path, parsed in zip(paths, parse(reports, english_parser()), strict=True):
        tagged = _marked(parsed.report.text, tags_of(parsed))
        (system / path.name).write_text(f"<TimeML><TEXT>{tagged}</TEXT></TimeML>", "utf-8")


def _report(path: Path) -> Report:
    """A document of TempEval-3 as a report, with its own date."""
    marked = path.read_text(encoding="utf-8", errors="replace")
    published = re.search(r'<TIMEX3[^>]*functionInDocument="CREATION_TIME"[^>]*>', marked)
    day = re.search(r'value="(\d{4}-\d{2}-\d{2})', published.group()) if published else None
    inside = re.search(r"<TEXT>(.*?)</TEXT>", marked, re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", "", inside.group(1) if inside else marked))
    body = [
        Passage(span=Span(*found.span()), role=PassageRole.BODY)
        for found in PARAGRAPH.finditer(text)
    ]
    return Report(
        id="rpt_0000000000000000", name=path.name, sha256="0" * 64, media_type="text/plain",
        encoding="utf-8", text=text, language=Known(value="en"), title=Known(), publisher=Known(),
        published=Known(value=day.group(1) if day else ""), place=Known(), url=Known(),
        passages=tuple(body),
    )  # fmt: skip


def _marked(text: str, tags: Sequence[Tag]) -> str:
    made, at = [], 0
    for number, tag in enumerate(tags):
        words = html.escape(text[tag.start : tag.end])
        made.append(html.escape(text[at : tag.start]))
        made.append(f'<TIMEX3 tid="t{number}" type="{tag.kind}" value="{tag.value}">{words}')
        made.append("</TIMEX3>")
        at = tag.end
    return "".join(made) + html.escape(text[at:])


def tags_of(parsed: ParsedReport) -> list[Tag]:
    """The tags of a document, in order, none overlapping."""
    dated = [
        tag
        for unit, found in enumerate(read_dates(parsed))
        for each in found
        for tag in _tags(parsed, unit, each)
    ]
    taken = {at for tag in dated for at in range(tag.start, tag.end)}
    text = parsed.report.text
    dated.extend(
        Tag(*found.span(), found.lastgroup or "")
        for found in REFERENCE.finditer(text)
        if taken.isdisjoint(range(*found.span()))
    )
    return _with_quarters(text, sorted(dated, key=lambda tag: tag.start), parsed.report)


def _tags(parsed: ParsedReport, unit: int, dated: Dated) -> Iterator[Tag]:
    """One tag an expression, two for an interval between dates that stand apart."""
    expression = dated.expression
    published = parsed.report.published.value
    coming = is_to_come(clause_verb(dated.hangs_on)) if dated.hangs_on is not None else None
    ends = (expression.first, expression.last)
    apart = [each for each in ends if each is not None and each.start > expression.start]
    parts = [each for each in ends if each is not None] if apart else [expression]
    if expression.kind is not Kind.INTERVAL:
        parts = [expression]
    for part in parts:
        found = dated.resolved.start or dated.resolved.edtf
        if part is not expression or not found:
            known = replace(part, year=part.year or _year(expression)) if apart else part
            resolved = resolve(known, Context(published=published, future=coming))
            found = resolved.start or resolved.edtf
        yield _tag(parsed, unit, part, found)


def _year(interval: DateExpression) -> int | None:
    return interval.last.year if interval.last is not None else None


def _tag(parsed: ParsedReport, unit: int, expression: DateExpression, found: str) -> Tag:
    text, mapped = parsed.report.text, parsed.units[unit].unit.mapped
    span = mapped.original(expression.start, expression.end)
    start = span.start
    while (leading := LEADING.match(text, start, span.end)) is not None:
        start = leading.end()
    ahead = AHEAD.search(text, max(0, start - 12), start)
    start = ahead.start() if ahead else start
    words = text[start : span.end].lower()
    return Tag(start, span.end, *timeml(expression, found, words, parsed.report.published.value))


def timeml(expression: DateExpression, found: str, words: str, published: str) -> tuple[str, str]:
    """Our value in TimeML's notation, and the type of the tag."""
    if expression.kind in LENGTHS:
        return _length(expression), "DURATION"
    if expression.kind is Kind.EVENT:
        return (_length(expression), "DURATION") if expression.amount else ("", "NONE")
    if expression.kind is Kind.VAGUE:
        return _vague(words)
    if expression.kind is Kind.CLOCK:
        return f"{published}T{expression.clock}", "TIME"
    value = as_date(found.rstrip("~?%"))
    if "half" in words and re.fullmatch(r"\d{4}", value):
        value += "-H2" if "second" in words or "last" in words else "-H1"
    part = PARTS.get(expression.part)
    if part and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return f"{value}T{part}", "TIME"
    return value, "TIME" if "T" in value else "DATE"


def _length(expression: DateExpression) -> str:
    amount = "X" if expression.amount is None else str(abs(expression.amount))
    small = {"hour": f"PT{amount}H", "minute": f"PT{amount}M"}.get(expression.unit)
    return small or f"P{amount}{LETTERS.get(expression.unit, 'D')}"


def _vague(words: str) -> tuple[str, str]:
    """'now' is the present; 'recent months' a length; 'soon' and 'the recent' nothing."""
    unit = next((letter for name, letter in LETTERS.items() if words.endswith(f"{name}s")), "")
    if unit:
        return f"PX{unit}", "DURATION"
    reference = REFERENCE.fullmatch(words)
    return (reference.lastgroup or "", "DATE") if reference else ("", "NONE")


def as_date(found: str) -> str:
    """EDTF as TimeML writes it: weeks, seasons and decades have their own forms."""
    first, slash, last = found.partition("/")
    if slash and first and last and "." not in found:
        return _stretch(found, first)
    if slash:
        return first if first != ".." else last
    if found[5:] in SEASONS:
        return f"{found[:5]}{SEASONS[found[5:]]}"
    return found[:3] if found.endswith("X") else found


def _stretch(found: str, first: str) -> str:
    """A week, weekend, quarter or half of a year by its name, else the first day."""
    start, end = edtf.bounds(found)
    assert start is not None
    assert end is not None
    if (end - start).days == 6:
        return week(start)
    if (end - start).days == 1 and start.weekday() == 5:
        return f"{week(start)}-WE"
    if re.fullmatch(r"\d{4}-\d{2}/\d{4}-\d{2}", found) and start.year == end.year:
        months = end.month - start.month + 1
        if months == 3 and start.month % 3 == 1:
            return f"{start.year}-Q{end.month // 3}"
        if months == 6 and start.month % 6 == 1:
            return f"{start.year}-H{end.month // 6}"
    return first


def week(start: date) -> str:
    year, number, _ = start.isocalendar()
    return f"{year}-W{number:02}"


def _with_quarters(text: str, tags: Sequence[Tag], report: Report) -> list[Tag]:
    """The quarters of a company's report: 'the quarter', 'a year earlier' beside one told."""
    start = edtf.bounds(report.published.value)[0]
    quarters = {found.start(): found for found in QUARTER.finditer(text)} if start else {}
    told = ""
    made: list[Tag] = []
    marks = sorted([*((tag.start, tag) for tag in tags), *quarters.items()], key=lambda m: m[0])
    for _, mark in marks:
        if isinstance(mark, Tag):
            tag = _beside_quarter(text, mark, told)
            told = tag.value if tag.value[4:6] == "-Q" and not told else told
        else:
            tag = _quarter(mark, told, start)
            told = tag.value if not mark["before"] else told
        if tag.value and tag.kind != "NONE":
            made = _kept(made, tag)
    return made


def _kept(made: list[Tag], tag: Tag) -> list[Tag]:
    """The tags with one more; of two that overlap the longer."""
    if made and tag.start < made[-1].end:
        longer = tag.end - tag.start > made[-1].end - made[-1].start
        return [*made[:-1], tag] if longer else made
    return [*made, tag]


def _beside_quarter(text: str, tag: Tag, told: str) -> Tag:
    words = text[tag.start : tag.end].lower()
    if told and words in ("a year earlier", "a year ago", "year-earlier", "a year before"):
        return replace(tag, value=f"{int(told[:4]) - 1}{told[4:]}", kind="DATE")
    return tag


def _quarter(found: re.Match[str], told: str, published: date | None) -> Tag:
    assert published is not None
    last = f"{published.year - (published.month < 4)}-Q{(published.month - 4) // 3 % 4 + 1}"
    if found["unit"].lower() == "period" and not found["before"]:
        return Tag(*found.span(), "")
    value = told or last
    if found["number"]:
        number = NUMBERS.index(found["number"].lower()) + 1
        value = f"{published.year - (number > (published.month + 2) // 3)}-Q{number}"
    if found["before"]:
        value = f"{int(value[:4]) - 1}{value[4:]}"
    return Tag(*found.span(), value)


if __name__ == "__main__":
    main()
