"""Features of each year, month and day that a report names: is it when the main thing was?"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from khronika.coding.learned.features import Features
from khronika.coding.learned.kinds import GRAVE, family
from khronika.coding.learned.sentences import Sentences
from khronika.coding.learned.story import heading
from khronika.model.acts import Act, Coding, Role
from khronika.model.anchors import Span
from khronika.model.reports import Report
from khronika.text.dates import Context, DateExpression, find_dates, resolve

DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
FIRST_YEAR = 1800
PARTS = ("year", "month", "day")

Day = tuple[int, ...]  # (year,), (year, month) or (year, month, day)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as precise as it is asked for; `span` is None for the report's own date."""

    day: Day
    span: Span | None
    features: Features


@dataclass(frozen=True, slots=True)
class _Told:
    day: Day
    span: Span
    expression: DateExpression


class Calendar:
    """The dates that a report names, and the acts told beside them."""

    def __init__(self, report: Report, coding: Coding) -> None:
        self.report, self.coding = report, coding
        self.sentences = Sentences(report, coding)
        self.published = _day(report.published.value)
        self._told = tuple(_told(report))

    def moments(self, part: str) -> list[Moment]:
        """Each year, month or day: of an expression, of an act, or of the report itself."""
        size = PARTS.index(part) + 1
        found: dict[Day, Moment] = {}
        for told in self._told:
            if len(told.day) >= size:
                moment = _at(found, told.day[:size], told.span)
                self._name(told, moment.features)
        for act in self.coding.acts:
            day = _day(act.when.edtf)
            if len(day) >= size and not (size == 3 and "/" in act.when.edtf):
                anchor = act.when.anchor or act.trigger
                self._act(act, _at(found, day[:size], anchor.span).features)
        if len(self.published) >= size and (size < 3 or self.published in found):
            _at(found, self.published[:size], None).features.put("the report's own", 1.0)
        _compare(list(found.values()), self.published, len(self._told), len(self.report.text))
        return list(found.values())

    def _name(self, told: _Told, found: Features) -> None:
        start, length = told.span.start, max(1, len(self.report.text))
        weight = math.exp(-3 * start / length)
        found.add("named")
        found.add("early", weight)
        if start < heading(self.report) + 600:
            found.put("in lead", 1.0)
        if len(told.day) == len(PARTS):
            found.put("with a day", 1.0)
        found.put(f"as {told.expression.kind.value}", 1.0)
        if told.expression.year is not None:
            found.put("with its year", 1.0)
        for act in self.sentences.acts(start):
            found.add(f"beside {family(act) or 'none'}", weight)
            if any(each.cast is not None for each in act.in_role(Role.VICTIM)):
                found.add("beside a victim", weight)

    def _act(self, act: Act, found: Features) -> None:
        weight = math.exp(-3 * act.trigger.start / max(1, len(self.report.text)))
        found.add("of an act")
        found.add(f"of {family(act) or 'none'}", weight)
        if family(act) in GRAVE:
            found.add("of a grave act", weight)


def _told(report: Report) -> Iterator[_Told]:
    context = Context(published=report.published.value)
    for expression in find_dates(report.text, "en"):
        resolved = resolve(expression, context)
        day = _day(resolved.start or resolved.edtf)
        if not day:
            continue
        yield _Told(day, Span(expression.start, expression.end), expression)
        if resolved.edtf and "/" not in resolved.edtf:
            context = Context(published=report.published.value, previous=resolved.edtf)


def _day(edtf: str) -> Day:
    """The first day, month or year of an EDTF value, as far as it is known; () if none is."""
    found = DATE.match(edtf.split("/", maxsplit=1)[0])
    if found is None or int(found[1]) <= FIRST_YEAR:
        return ()
    if found[2] is None or not 1 <= int(found[2]) <= 12:
        return (int(found[1]),)
    known = (int(found[1]), int(found[2]))
    return known if found[3] is None else (*known, int(found[3]))


def _at(found: dict[Day, Moment], day: Day, span: Span | None) -> Moment:
    return found.setdefault(day, Moment(day, span, Features()))


def _compare(found: list[Moment], published: Day, told: int, length: int) -> None:
    weight = [m.features.values["of a grave act"] + m.features.values["named"] / 10 for m in found]
    for number, moment in enumerate(found):
        features, named = moment.features, moment.features.values["named"]
        features.damp("the report's own", "in lead")
        _distance(moment.day, published, features)
        features.put("most", float(weight[number] == max(weight)))
        features.put("first", float(number == 0))
        features.put("share", named / max(1, told))
        features.put("rivals", math.log1p(len(found)))
        features.put("only", float(len(found) == 1))
        features.put("length", math.log(max(1, length) / 3000))
        features.put("bias", 1.0)


def _distance(day: Day, published: Day, found: Features) -> None:
    if not published:
        return
    years = published[0] - day[0]
    for name, low, high in (("same", 0, 0), ("next", 1, 1), ("few", 2, 4), ("many", 5, 9999)):
        found.put(f"{name} years before", float(low <= years <= high))
    found.put("after the report", float(years < 0))
    if len(day) > 1 and len(published) > 1:
        months = 12 * years + published[1] - day[1]
        for name, low, high in (("same", 0, 0), ("next", 1, 1), ("few", 2, 6), ("many", 7, 99999)):
            found.put(f"{name} months before", float(low <= months <= high))
