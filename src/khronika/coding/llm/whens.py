"""The date of an act that a model told: resolved by our own grammar from the words it quoted."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from khronika.coding.llm.lines import Line
from khronika.coding.llm.quotes import Place
from khronika.model import edtf
from khronika.model.acts import When
from khronika.model.reports import Report
from khronika.text.dates import Context, DateExpression, Kind, Resolved, day_first, find_dates
from khronika.text.dates import resolve as resolve_date

NOT_SAID = "no date is said"
NOT_GROUNDED = "the words that were quoted for it give no date"
DISAGREE = "the model and the grammar of dates read its words differently"
NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
SHORTEST_MONTH = 3
FUTURE = frozenset({"threatened", "planned", "possible"})


@dataclass(frozen=True, slots=True)
class _Found:
    line: int
    expression: DateExpression
    resolved: Resolved


class Whens:
    """The expressions of time of a report's lines, each resolved with what was told before."""

    def __init__(self, report: Report, lines: Sequence[Line]) -> None:
        self._report = report
        self._lines = lines
        self._language = (report.language.value or "en")[:2]
        self._context = Context(published=report.published.value, day_first=day_first(report.text))
        self._before: dict[tuple[int, int], str] = {}
        self._found = tuple(self._read())

    def of(self, place: Place | None, claimed: str, *, modality: str) -> When:
        """The date that the words at a place give.

        Args:
            place: where the quoted expression of time stands, or None where none was quoted.
            claimed: what the model takes it for, as EDTF; it only ever takes a date away.
            modality: of the act; what is planned may lie ahead of the report.
        """
        if place is None:
            return When(basis=NOT_SAID)
        line = self._lines[place.index]
        anchor = line.anchor(self._report, place.start, place.end)
        resolved = self._resolved(place, ahead=modality in FUTURE)
        if not resolved.edtf:
            return When(anchor=anchor, basis=resolved.basis or NOT_GROUNDED)
        if claimed and edtf.disjoint(_days(resolved.edtf), _days(claimed)):
            return When(anchor=anchor, basis=DISAGREE)
        return When(edtf=resolved.edtf, anchor=anchor, basis=resolved.basis, flags=resolved.flags)

    def _resolved(self, place: Place, *, ahead: bool) -> Resolved:
        inside = [
            found
            for found in self._found
            if found.line == place.index
            and found.expression.start < place.end
            and place.start < found.expression.end
        ]
        if len(inside) == 1:
            expression = inside[0].expression
            return self._resolve(expression, place.index, ahead=ahead)
        if inside:
            return Resolved(basis=NOT_GROUNDED)
        words = self._lines[place.index].text[place.start : place.end]
        spelled = spelled_date(words, self._language)
        return Resolved(basis=NOT_GROUNDED) if spelled is None else self._resolve_bare(spelled)

    def _resolve(self, expression: DateExpression, line: int, *, ahead: bool) -> Resolved:
        before = self._before.get((line, expression.start), "")
        return resolve_date(expression, self._with(before, ahead=ahead))

    def _resolve_bare(self, expression: DateExpression) -> Resolved:
        return resolve_date(expression, self._context)

    def _with(self, previous: str, *, ahead: bool = False) -> Context:
        return Context(
            published=self._context.published,
            day_first=self._context.day_first,
            previous=previous,
            future=True if ahead else None,
        )

    def _read(self) -> Iterator[_Found]:
        previous = ""
        for index, line in enumerate(self._lines):
            for expression in find_dates(line.text, self._language):
                self._before[index, expression.start] = previous
                resolved = resolve_date(expression, self._with(previous))
                yield _Found(index, expression, resolved)
                if resolved.edtf and expression.kind in (Kind.DATE, Kind.WEEKDAY, Kind.DAY):
                    previous = resolved.edtf


def _days(found: str) -> str:
    """A date without its time of day."""
    return re.sub(r"T[^/]*", "", found)


def spelled_date(words: str, language: str) -> DateExpression | None:
    """A date in a language without a grammar of dates: its numbers and the name of its month.

    >>> spelled_date("14 marca 2019", "pl").month
    3
    """
    numbers = [int(found) for found in NUMBER.findall(words)]
    years = [n for n in numbers if 1900 <= n < 2100]
    days = [n for n in numbers if 1 <= n <= 31]
    months = {month for month, name in _months(language) if _holds(words, name)}
    if len(years) > 1 or len(days) > 1 or len(months) > 1 or len(years) + len(days) < len(numbers):
        return None
    if not months:
        alone = years and not days and not re.search(r"[^\W\d_]{4}", words)
        return _date(words, years[0], None, None) if alone else None
    return _date(words, years[0] if years else None, months.pop(), days[0] if days else None)


def _date(words: str, year: int | None, month: int | None, day: int | None) -> DateExpression:
    return DateExpression(start=0, end=len(words), kind=Kind.DATE, year=year, month=month, day=day)


def _holds(words: str, name: str) -> bool:
    return re.search(rf"(?<![^\W\d_]){re.escape(name)}", _plain(words)) is not None


@cache
def _months(language: str) -> tuple[tuple[int, str], ...]:
    """The names of the months in a language, as the CLDR has them, without doubtful short ones."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    found: dict[str, set[int]] = {}
    for context in ("format", "stand-alone"):
        for month, name in locale.months[context]["wide"].items():
            if len(name) >= SHORTEST_MONTH and not name[0].isdigit():
                found.setdefault(_plain(str(name)), set()).add(month)
    return tuple((months.copy().pop(), name) for name, months in found.items() if len(months) == 1)


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", words.casefold())
