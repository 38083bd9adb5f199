"""Which tellings count, in which part of a record, and who is left out for which reason."""

from collections import Counter, defaultdict
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
_UNNAMED = "tellings of people without a name, whom nobody can recognise on another list"
_GROUPS = "tellings of organisations or authorities, which are no persons"


_NEVER = "~"  # after all dates

Person = tuple[str, str]  # the actor, and the kind if kinds are counted by themselves


@dataclass(frozen=True, slots=True)
class Scoped:
    """What counts.

    Attributes:
        parts: by value of what a record is divided by ("" if it is not) the tellings that count.
        excluded: who is left out, and why.
        nobody: tellings of no identified person, how many and why: one of "three drivers" may be
            of the same three as another, so that nobody can say how many people these are.
        several: persons to whom it happened in several parts.
    """

    parts: dict[str, tuple[Sighting, ...]]
    excluded: tuple[Excluded, ...]
    nobody: tuple[tuple[int, str], ...] = ()
    several: int = 0


def scoped(told: Told, asked: Question, *, lists: Callable[[Sighting], str]) -> Scoped:
    """Take what counts of what is told.

    Args:
        told: everything of the kinds asked for.
        asked: the question.
        lists: what is wrong with whose observation a telling is, or "".
    """
    scope = _Scope(asked)
    kept: dict[Person, list[Sighting]] = defaultdict(list)
    reasons: dict[Person, str] = {}
    others = {_UNNAMED: 0, _GROUPS: 0}
    for each in told.sightings:
        if (sort := _no_person(each)) is not None:
            others[sort] += 1
            continue
        person = each.actor, each.kind if asked.by is By.KIND else ""
        if reason := _why_not(each, told) or scope.why_not(each) or lists(each):
            reasons[person] = max(reasons.get(person, _ORDER[0]), reason, key=_ORDER.index)
        else:
            kept[person].append(each)
    parts: dict[str, list[Sighting]] = defaultdict(list)
    reasons = {person: reason for person, reason in reasons.items() if person not in kept}
    several = sum(kinds > 1 for kinds in Counter(actor for actor, _ in kept).values())
    for person, sightings in kept.items():
        found = scope.parts(sightings)
        several += len(found) > 1
        if found:
            parts[found[0]] += sightings
        else:
            reasons[person] = scope.unknown(sightings)
    divided = {part: tuple(parts[part]) for part in sorted(parts)}
    nobody = tuple((number, reason) for reason, number in others.items() if number)
    return Scoped(divided, _left(Counter(reasons.values())), nobody, several)


def _left(reasons: Counter[str]) -> tuple[Excluded, ...]:
    return tuple(
        Excluded(people=number, reason=reason) for reason in _ORDER if (number := reasons[reason])
    )


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
        start, end = _day(self.asked.since, end=False), _day(self.asked.until, end=True)
        if start and end and end < start:
            raise QuestionError(
                f"Nothing is both since {self.asked.since} and until {self.asked.until}",
                remedy="Give the earlier date with --since.",
            )
        return start, end

    def why_not(self, each: Sighting) -> str:
        """Why a telling is not in scope, or nothing."""
        return next(filter(None, (*self._place(each), *self._time(each))), "")

    def parts(self, sightings: Iterable[Sighting]) -> list[str]:
        """The parts that one person's tellings are in, that of the earliest first."""
        found = {(each.first or _NEVER, part) for each in sightings for part in self._part(each)}
        return list(dict.fromkeys(part for _, part in sorted(found)))

    def unknown(self, sightings: Iterable[Sighting]) -> str:
        """Why a person is in no part."""
        if self.asked.by is By.YEAR:
            return _YEAR_UNKNOWN
        return _SEVERAL if any(each.countries for each in sightings) else _WHERE_UNKNOWN

    def _part(self, each: Sighting) -> Iterator[str]:
        """The part that a telling in scope is in, if that is one."""
        match self.asked.by:
            case By.KIND:
                yield each.kind
            case By.COUNTRY:
                yield from each.countries if len(each.countries) == 1 else ()
            case By.YEAR:
                yield from (each.first[:4],) if _one_year(each) else ()
            case _:
                yield ""

    def _place(self, each: Sighting) -> Iterator[str]:
        country = self.asked.country
        if country and not each.countries:
            yield _WHERE_UNKNOWN
        elif country and country not in each.countries:
            yield _ELSEWHERE

    def _time(self, each: Sighting) -> Iterator[str]:
        start, end = self._period
        if (start and each.last and each.last < start) or (end and each.first > end):
            yield _BEFORE_AFTER
        elif (start and each.first < start) or (end and (not each.last or each.last > end)):
            yield _WHEN_UNKNOWN


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
