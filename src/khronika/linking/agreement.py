"""How much speaks for two acts being one occurrence."""

from dataclasses import dataclass
from functools import lru_cache
from math import inf

from khronika.linking.tellings import EVER, Telling, sketch_of
from khronika.linking.vetoes import days_between, denies, names_other_days
from khronika.linking.whereabouts import same_spot
from khronika.linking.whom import whom
from khronika.model.acts import Modality

_STALE = 400  # days; what is told without a date is seldom older than this
_AGES_APART = 200  # days between reports that tell the same without a date


@dataclass(frozen=True, slots=True)
class Agreement:
    """What speaks for two acts being one: a weight, and the reasons in words.

    `people` is what of the weight those whom the acts are about give.
    """

    weight: float
    why: tuple[str, ...]
    people: float = 0.0


# How much dates that meet speak for one occurrence, by the days that the vaguer one allows.
_SPANS = (
    (0, 2.0, "the same day"),
    (7, 1.5, "the same days"),
    (31, 1.2, "the same month"),
    (EVER, 0.6, "dates that allow it"),
)
_ENOUGH = 3.4  # a named person and the same time; or a crowd, the same day and place
_ENOUGH_TOLD = 3.0  # in reports that tell of the same people
_ENOUGH_CLEAR = 2.6  # without a date, in reports of the same days: only what leads clearly joins
_ENOUGH_CLEAR_TOLD = 2.2
_SAME_DAY = 1.2
_OTHER_DAY = 1.8
_SAME_STORY = 0.8
_SAME_NEWS = 0.8
_SAME_WEEKS = 0.5
_SOON = 31  # days within which what is told is denied
_WEEKS = 14  # days within which what happened is news
_NEWS = 3  # days between reports of the same news
_ENOUGH_WITHIN = 1.3
_ENOUGH_DENIED = 2.0  # a denial has no day, and seldom says more than it must


def agreement(one: Telling, other: Telling) -> Agreement:
    """Weigh what speaks for two acts that no veto parts."""
    people, *others = weighed(one, other)
    weight = sum((gained for gained, _ in others), people[0])
    why = [reason for _, reason in (people, *others) if reason]
    if denies(one, other):
        why.append("one denies what the other tells")
    return Agreement(weight, _held(tuple(why)), people[0])


def weighed(one: Telling, other: Telling) -> list[tuple[float, str]]:
    """What each part of two acts gains, whom they are about first, and the reason in words."""
    found = whom(one, other)
    ways = (_time, _place, _words, _doers, _penalty, _story)
    return [(found.weight, found.why), *(weigh(one, other) for weigh in ways)]


@lru_cache(maxsize=4096)
def _held(why: tuple[str, ...]) -> tuple[str, ...]:
    """The same reasons, held once for all the pairs that have them."""
    return why


def _doers(one: Telling, other: Telling) -> tuple[float, str]:
    for denial, told in ((one, other), (other, one)):
        accused = {str(d) for d in told.doers | told.doer_locals}
        if denial.modality is Modality.DENIED and denial.tellers & accused:
            return 0.8, "denied by the accused"
    if one.doers & other.doers or one.doer_locals & other.doer_locals:
        return 0.8, "by the same"
    if one.doer_crowd & other.doer_crowd:
        return 0.4, "by the same sort of people"
    if one.doer_homes & other.doer_homes:
        return 0.4, "by those of the same country"
    return 0.0, ""


def _penalty(one: Telling, other: Telling) -> tuple[float, str]:
    same = one.penalty.amounts and one.penalty == other.penalty
    return (0.8, "the same penalty") if same else (0.0, "")


def _story(one: Telling, other: Telling) -> tuple[float, str]:
    """Two reports that tell of the same people, or of as much within days, tell one story."""
    if one.report == other.report or one.who & other.who:
        return 0.0, ""
    gained = 0.0 if one.story.isdisjoint(other.story) else _SAME_STORY
    reason = "reports of the same people" if gained else ""
    news = _news(one, other)
    return gained + news, reason or ("told in the same days" if news else "")


def _news(one: Telling, other: Telling) -> float:
    """How much it speaks for one thing, told without a date, that it was told within days."""
    if (one.dated and other.dated) or denies(one, other):
        return 0.0
    if not (one.published and other.published):
        return 0.0
    if one.dated or other.dated:
        return _SAME_WEEKS if _just_before(one, other, _WEEKS) else 0.0
    apart = abs(one.published - other.published)
    return _SAME_NEWS if apart <= _NEWS else _SAME_WEEKS if apart <= _WEEKS else 0.0


def enough(one: Telling, other: Telling, agreed: Agreement) -> bool:
    """True if that much agreement makes two acts one; within a report and its copies, less."""
    return agreed.weight >= asked(one, other, agreed)


def asked(one: Telling, other: Telling, agreed: Agreement) -> float:
    """How much agreement makes two acts one."""
    within = one.origin == other.origin and (
        agreed.people > 0 or not (is_about(one) or is_about(other))
    )
    if denies(one, other) and one.report != other.report:
        return _ENOUGH_DENIED if agreed.people > 0 else inf
    if within:
        return _ENOUGH_WITHIN
    if agreed.people <= 0 or _doubtful(one, other):
        return _ENOUGH
    undated = not (one.dated and other.dated)
    if not one.story.isdisjoint(other.story):
        return _ENOUGH_CLEAR_TOLD if undated else _ENOUGH_TOLD
    return _ENOUGH_CLEAR if undated and _news(one, other) else _ENOUGH


def _doubtful(one: Telling, other: Telling) -> bool:
    """True if what is told of time speaks against the two."""
    return _from_other_times(one, other) or names_other_days(one, other)


def is_about(telling: Telling) -> bool:
    """True if an act says anything of whom it is about."""
    return bool(telling.who or telling.crowd)


def retold(one: Telling, other: Telling) -> bool:
    """True if a report repeats its own words elsewhere: whoever says it the second time."""
    if one.report != other.report or one.kind != other.kind or one.modality is not other.modality:
        return False
    apart = one.end <= other.start or other.end <= one.start
    return apart and days_between(one, other) == 0 and same_words(one, other)


def _time(one: Telling, other: Telling) -> tuple[float, str]:
    if not (one.dated and other.dated):
        if denies(one, other):
            soon = _just_before(one, other, _SOON)
            return (0.6, "denied soon after") if soon else (_stale(one, other), "")
        if names_other_days(one, other):
            return -_OTHER_DAY, ""
        if not one.days.isdisjoint(other.days):
            return _SAME_DAY, "a day that both name"
        return _stale(one, other), ""
    gap = days_between(one, other)
    if gap:
        return 0.6, "dates a little apart"
    span = max(one.last - one.first, other.last - other.first)
    return next((gained, reason) for most, gained, reason in _SPANS if span <= most)


def _stale(one: Telling, other: Telling) -> float:
    return -0.8 if _from_other_times(one, other) else 0.0


def _just_before(one: Telling, other: Telling, most: int) -> bool:
    """True if the report of the one without a date came out soon after the day of the other."""
    dated, undated = (one, other) if one.dated else (other, one)
    return dated.dated and 0 <= undated.published - dated.last <= most


def _from_other_times(one: Telling, other: Telling) -> bool:
    """True if what is told without a date is told long after, or long before, the other."""
    if one.report == other.report:
        return False
    if not (one.published and other.published):
        known = max(one, other, key=lambda t: t.published)
        return known.dated and known.published > 0 and known.last < known.published - _STALE
    if not (one.dated or other.dated):
        return abs(one.published - other.published) > _AGES_APART
    dated, undated = (one, other) if one.dated else (other, one)
    return dated.last < undated.published - _STALE or dated.first > undated.published


def _place(one: Telling, other: Telling) -> tuple[float, str]:
    if any(same_spot(a, b) for a in one.places for b in other.places):
        return 1.0, "the same place"
    gained, reason = _country(one, other)
    marked = _marked(one, other) if one.report != other.report else 0
    if marked and not one.who & other.who:
        return gained + (0.8 if marked == 1 else 1.3), "the same names in what is told"
    return gained, reason


def _marked(one: Telling, other: Telling) -> int:
    """How many names and numbers two quotes share, places among them."""
    firsts = one.marks.union(*(s.words for s in one.spots))
    shared = firsts & (other.marks | _spot_words(other))
    return sum(not mark.startswith("#") for mark in shared)


def _spot_words(telling: Telling) -> frozenset[str]:
    return frozenset().union(*(s.words for s in telling.spots))


def _country(one: Telling, other: Telling) -> tuple[float, str]:
    homes = [{s.country for s in t.places} - {""} or {t.home} for t in (one, other)]
    if homes[0] & homes[1] - {""}:
        return 0.3, "the same country"
    return 0.0, ""


def _words(one: Telling, other: Telling) -> tuple[float, str]:
    if one.report == other.report and one.start < other.end and other.start < one.end:
        return 0.0, ""  # two acts of one sentence share its words, whatever they are
    return (3.0, "told in the same words") if same_words(one, other) else (0.0, "")


def same_words(one: Telling, other: Telling) -> bool:
    """True if much of the shorter quote's runs of three words stand in the other quote."""
    least = min(len(one.sketch), len(other.sketch)) // 8
    if least < 3:
        return False
    firsts, seconds = set(sketch_of(one)), set(sketch_of(other))
    both = len(firsts & seconds)
    if both < 2:
        return False
    union = sorted(firsts | seconds)[: max(len(firsts), len(seconds))]
    return sum(h in firsts and h in seconds for h in union) >= 0.4 * least
