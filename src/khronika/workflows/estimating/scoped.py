"""Which tellings count, in which part of a record, and who is left out for which reason."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from khronika.estimation.table import Excluded
from khronika.model.acts import ActorType, Modality
from khronika.model.edtf import EdtfError, bounds
from khronika.workflows.estimating.question import By, Question, QuestionError
from khronika.workflows.estimating.tellings import Sighting, Told

# Reasons, from the first that is asked to the last: a person is left out for the last one that
# any telling of theirs came to.
_NOT_DONE = "told only as attempted, threatened, planned, possible or denied"
_ONE_NAME = "known by one word of a name, so that nobody can look for them on another list"
_WHEN_UNKNOWN = "of no date that lies wholly within the period"
_YEAR_UNKNOWN = "of no date that lies within one year"
_WHERE_UNKNOWN = "where the country is not known"
_ELSEWHERE = "in another country"
_BEFORE_AFTER = "before or after the period"
_SEVERAL = "in more than one country"
NO_PUBLISHER = "told only by reports whose publisher is not known"
LEFT_OUT = "told only by publishers that were left out"
_ORDER = (
    *(_NOT_DONE, _ONE_NAME, _ELSEWHERE, _WHERE_UNKNOWN, _SEVERAL, _BEFORE_AFTER, _WHEN_UNKNOWN),
    *(_YEAR_UNKNOWN, NO_PUBLISHER, LEFT_OUT),
)
_UNNAMED = "victims told of without a name (each telling counts, since nobody can be recognised)"
_GROUPS = "tellings of groups, organisations or authorities, which are no persons"


@dataclass(frozen=True, slots=True)
class Scoped:
    """What counts.

    Attributes:
        parts: by value of what a record is divided by ("" if it is not) the tellings that count.
        excluded: who is left out, and why.
    """

    parts: dict[str, tuple[Sighting, ...]]
    excluded: tuple[Excluded, ...]


def scoped(told: Told, asked: Question, *, lists: Callable[[Sighting], str]) -> Scoped:
    """Take what counts of what is told.

    Args:
        told: everything of the kinds asked for.
        asked: the question.
        lists: what is wrong with who publishes a telling, or "".
    """
    scope = _Scope(asked)
    parts: dict[str, list[Sighting]] = defaultdict(list)
    reasons: dict[tuple[str, str], int] = {}
    others = {_UNNAMED: 0, _GROUPS: 0}
    for each in told.sightings:
        if (sort := _no_person(each)) is not None:
            others[sort] += 1
            continue
        person = each.actor, each.kind if asked.by is By.KIND else ""
        reason = _why_not(each, told) or scope.why_not(each) or lists(each)
        if reason:
            reasons[person] = max(reasons.get(person, -1), _ORDER.index(reason))
        else:
            reasons[person] = len(_ORDER)
            parts[scope.part(each)].append(each)
    return Scoped({part: tuple(parts[part]) for part in sorted(parts)}, _left(reasons, others))


def _left(reasons: dict[tuple[str, str], int], others: dict[str, int]) -> tuple[Excluded, ...]:
    people = (
        Excluded(people=number, reason=_ORDER[place])
        for place in range(len(_ORDER))
        if (number := sum(found == place for found in reasons.values()))
    )
    rest = (Excluded(people=number, reason=reason) for reason, number in others.items() if number)
    return (*people, *rest)


def _no_person(each: Sighting) -> str | None:
    if each.type is ActorType.PERSON:
        return None if each.actor else _UNNAMED
    return _UNNAMED if each.type is ActorType.GROUP else _GROUPS


def _why_not(each: Sighting, told: Told) -> str:
    if each.modality is not Modality.OCCURRED:
        return _NOT_DONE
    return _ONE_NAME if each.actor in told.nameless else ""


@dataclass
class _Scope:
    """Place and period of a question."""

    asked: Question

    @cached_property
    def _period(self) -> tuple[str, str]:
        """First and last day, ISO 8601, "" where it is open."""
        return _day(self.asked.since, end=False), _day(self.asked.until, end=True)

    def why_not(self, each: Sighting) -> str:
        """Why a telling is not in scope, or nothing."""
        return next(filter(None, (*self._place(each), *self._time(each))), "")

    def part(self, each: Sighting) -> str:
        """The part that a telling in scope is in."""
        match self.asked.by:
            case By.KIND:
                return each.kind
            case By.COUNTRY:
                return each.countries[0]
            case By.YEAR:
                return each.first[:4]
            case _:
                return ""

    def _place(self, each: Sighting) -> Iterator[str]:
        country, divided = self.asked.country, self.asked.by is By.COUNTRY
        if (country or divided) and not each.countries:
            yield _WHERE_UNKNOWN
        elif country and country not in each.countries:
            yield _ELSEWHERE
        elif divided and len(each.countries) > 1:
            yield _SEVERAL

    def _time(self, each: Sighting) -> Iterator[str]:
        start, end = self._period
        if (start and each.last and each.last < start) or (end and each.first > end):
            yield _BEFORE_AFTER
        elif (start and each.first < start) or (end and (not each.last or each.last > end)):
            yield _WHEN_UNKNOWN
        elif self.asked.by is By.YEAR and not _one_year(each):
            yield _YEAR_UNKNOWN


def _one_year(each: Sighting) -> bool:
    return bool(each.first) and each.first[:4] == each.last[:4]


def _day(when: str, *, end: bool) -> str:
    """The first or last day of a date, ISO 8601; "" for none."""
    try:
        found = bounds(when)[1 if end else 0] if when else None
    except EdtfError as problem:
        raise QuestionError(
            f"{when!r} is no date", remedy="Write it as 2018-07-05, 2017-10 or 2006."
        ) from problem
    return found.isoformat() if found else ""


def people_of(sightings: Iterable[Sighting]) -> frozenset[str]:
    """Who is told of."""
    return frozenset(each.actor for each in sightings)
