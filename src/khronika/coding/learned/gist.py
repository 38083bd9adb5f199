"""The gist of a report: which violations it is mainly about, whom they befell, where and when.

Each choice has its probability and the words that it stands on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from khronika.coding.learned.features import Features
from khronika.coding.learned.kinds import FAMILIES
from khronika.coding.learned.model import Linear, models
from khronika.coding.learned.people import people
from khronika.coding.learned.places import Atlas, Candidate
from khronika.coding.learned.story import doers, story
from khronika.coding.learned.times import PARTS, Calendar, Moment
from khronika.model.acts import Coding
from khronika.model.anchors import Anchor
from khronika.model.reports import Report
from khronika.text.gazetteer import PlaceKind

# The violations and perpetrators of indicator 16.10.1 of the Sustainable Development Goals:
# killings and attacks of journalists, trade unionists and human rights defenders.
VIOLATIONS = {
    "killing": ("killing",),
    "kidnapping": ("kidnapping",),
    "enforced disappearance": ("disappearance",),
    "torture": ("torture", "assault"),
    "arbitrary detention": ("detention", "court"),
    "other": ("soft", "assault"),
}
# The least probability at which a value is given, chosen by cross-validation; where two are about
# as good, the higher one, as a wrong date is worse than a missing one.
LEAST = {
    "violation": 0.28,
    "victim": 0.25,
    "city": 0.3,
    "country": 0.28,
    "region": 0.4,
    "year": 0.25,
    "month": 0.65,
    "day": 0.3,
}


Each = TypeVar("Each", Candidate, Moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing chosen: its value, how probable it is, the words that it stands on.

    `act` is the id of the act that tells it, where one does.
    """

    value: str = field(repr=False)
    probability: float
    anchor: Anchor | None
    act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What a report is mainly about.

    `doer` is a sort of perpetrator, never a person. `country` is an ISO 3166 code; `city` and
    `region` are as printed; `year`, `month` and `day` are EDTF of that precision.
    """

    violations: tuple[Choice, ...] = ()
    victims: tuple[Choice, ...] = ()
    doer: Choice | None = None
    country: Choice | None = None
    region: Choice | None = None
    city: Choice | None = None
    year: Choice | None = None
    month: Choice | None = None
    day: Choice | None = None


def gist_of(report: Report, coding: Coding, learned: Mapping[str, Linear] | None = None) -> Gist:
    """Judge what a report is mainly about.

    Args:
        report: as read.
        coding: what the coder found in it.
        learned: the models; those that come with the package if None.

    Returns:
        The choices; what is too doubtful is left out.
    """
    learned = models() if learned is None else learned
    told = story(report, coding)
    atlas, calendar = Atlas(report, coding), Calendar(report, coding)
    country = _best(atlas.countries(), learned["country"], LEAST["country"])
    places = {
        kind: _best(atlas.towns(PlaceKind(kind)), learned[kind], LEAST[kind])
        for kind in ("city", "region")
    }
    days = {part: _best(calendar.moments(part), learned[part], LEAST[part]) for part in PARTS}
    return Gist(
        violations=tuple(_violations(told, learned["violation"], report, coding)),
        victims=tuple(_victims(report, coding, learned["victim"])),
        doer=_doer(told, coding, learned["doer"], report),
        country=_place(country, report),
        region=_place(places["region"], report),
        city=_place(places["city"], report),
        year=_time(days["year"], report),
        month=_time(days["month"], report),
        day=_time(days["day"], report),
    )


def _best(found: Sequence[Each], model: Linear, least: float = 0.0) -> tuple[Each, float] | None:
    """The most probable candidate, if it is probable enough."""
    judged = [(each, model.yes(each.features)) for each in found]
    first = max(judged, key=lambda pair: pair[1], default=None)
    return first if first is not None and first[1] >= least else None


def _violations(told: Features, model: Linear, report: Report, coding: Coding) -> Iterator[Choice]:
    probable = model.each(told)
    chosen = [name for name, value in probable.items() if value >= LEAST["violation"]]
    for name in chosen or [max(probable, key=lambda each: probable[each])]:
        if name not in VIOLATIONS:
            continue
        act = next((a for a in coding.acts if FAMILIES.get(a.kind) in VIOLATIONS[name]), None)
        anchor = act.trigger if act is not None else _reason(told, model, name, report)
        yield Choice(
            value=name, probability=probable[name], anchor=anchor, act=act.id if act else ""
        )


def _doer(told: Features, coding: Coding, model: Linear, report: Report) -> Choice | None:
    told.join(doers(coding))
    probable = model.one(told)
    name = max(probable, key=lambda each: probable[each])
    if name == "none":
        return None
    return Choice(value=name, probability=probable[name], anchor=_reason(told, model, name, report))


def _reason(told: Features, model: Linear, outcome: str, report: Report) -> Anchor | None:
    """The words of the report that speak most for an outcome."""
    column = model.outcomes.index(outcome)
    parts = model.parts(told)
    speaking = [(parts[name][column], name) for name in told.spans if name in parts]
    if not speaking or max(speaking)[0] <= 0:
        return None
    span = told.spans[max(speaking)[1]]
    return Anchor.cut(report.text, span.start, span.end)


def _victims(report: Report, coding: Coding, model: Linear) -> Iterable[Choice]:
    for member, features in people(report, coding):
        probability = model.yes(features)
        if probability >= LEAST["victim"] and member.mentions:
            anchor = member.mentions[0].anchor
            yield Choice(value=member.name, probability=probability, anchor=anchor)


def _place(found: tuple[Candidate, float] | None, report: Report) -> Choice | None:
    if found is None:
        return None
    each, probability = found
    anchor = Anchor.cut(report.text, each.span.start, each.span.end)
    return Choice(value=each.name, probability=probability, anchor=anchor)


def _time(found: tuple[Moment, float] | None, report: Report) -> Choice | None:
    if found is None:
        return None
    each, probability = found
    anchor = Anchor.cut(report.text, *_ends(each)) if each.span is not None else None
    value = "-".join(f"{part:02}" for part in each.day)
    return Choice(value=value, probability=probability, anchor=anchor)


def _ends(moment: Moment) -> tuple[int, int]:
    assert moment.span is not None
    return moment.span.start, moment.span.end
