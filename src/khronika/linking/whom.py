"""Whom two acts are about: the same people, people who may be the same, or others.

Actors are compared first. Where two reports name actors that linking did not join, their names may
still agree (`Zarak` is a whole name, but no proof); where one report names nobody, whom it tells of
otherwise speaks for him.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from khronika.linking.kinds import family
from khronika.linking.spots import number_mark
from khronika.linking.tellings import Telling
from khronika.model.acts import Modality
from khronika.text.bodies import read_body
from khronika.text.likeness import Likeness, compare_people

# Concepts of `text.crowds` that fit whoever it is.
_ANYBODY = frozenset({"citizen", "member"})
_NAMESAKE = {Likeness.SAME: 2.6, Likeness.LIKELY: 2.4, Likeness.NEAR: 2.2}
_PARTIAL = 1.8
# By the weight of two names of which one is a word of the other: a rare surname, a common one.
_PARTIALLY = ((0.0, _PARTIAL), (-3.0, 1.5), (-math.inf, 1.0))
_STORY = 1.2  # a report that tells of a person elsewhere, and names nobody here
_MENTIONED = 1.8  # a report that names a person in the same words, in no role or another
_BESIDE = 0.8
_ONCE = 0.4  # two people of one name are seldom both killed
_BODY_WORDS = 2  # of a name that may stand in a longer one
_NUMBER = 1.2
_MANY = 10  # people, whose number is seldom the same by chance
_FAR_APART = 3  # times one number is another


@dataclass(frozen=True, slots=True)
class Whom:
    """What speaks for two acts being about the same; `apart` if they cannot be."""

    weight: float = 0.0
    why: str = ""
    apart: bool = False


_NOTHING = Whom()
_UNKNOWN = Whom(0.4)
_APART = Whom(apart=True)


def whom(one: Telling, other: Telling) -> Whom:
    """Compare those to whom it is done, or who do it if it is an intervention."""
    common = one.who & other.who
    if common:
        share = len(common) / len(one.who | other.who)
        if one.makes:  # an organisation appeals often: that it does again says less
            return Whom(2 + share, "made by the same")
        return Whom(3 + share, "the same people or organisations")
    if one.who and other.who:
        return _named(one, other)
    if one.who or other.who:
        return _named_and_not(one, other) if one.who else _named_and_not(other, one)
    return _unnamed(one, other)


def _named(one: Telling, other: Telling) -> Whom:
    """Both name somebody, and nobody is known to be the same."""
    denied = Modality.DENIED in (one.modality, other.modality)
    if denied and (one.crowd or other.crowd):
        return _NOTHING
    if one.report == other.report:  # which tells its own people apart
        return _NOTHING if denied and _denies_nothing(one, other) else _APART
    likeness = _alike(one.names, other.names)
    if likeness:
        once = _ONCE if one.kind == other.kind == "killing" else 0.0
        return Whom(likeness + once, "people of one name")
    if one.crowd and other.crowd and one.least and other.least:  # some of many, as examples
        found = _crowds(one, other)
        if not found.apart:
            return Whom(min(found.weight, 1.0), found.why)
    beside = one.who & other.mentioned or other.who & one.mentioned
    if beside and not (_told_apart(one, other) or _told_apart(other, one)):
        return Whom(_BESIDE, "people named where the other is told")
    return _APART


def _denies_nothing(one: Telling, other: Telling) -> bool:
    """True if a report tells nothing of those in a denial that it might deny: it means others."""
    denial, told = (one, other) if one.modality is Modality.DENIED else (other, one)
    kind = family(denial.kind)
    return not any(family(k) == kind and actor in denial.who for k, actor in told.told)


def _alike(names: Sequence[str], others: Sequence[str]) -> float:
    """What the names of two people or bodies say for their being one; 0 if they are others."""
    return max((_likeness(a, b) for a in names for b in others), default=0.0)


@lru_cache(maxsize=65536)
def _likeness(one: str, other: str) -> float:
    found = compare_people(one, other)
    if found.likeness is Likeness.DIFFERENT:
        return _PARTIAL if _one_body(one, other) else 0.0
    if found.likeness is not Likeness.PARTIAL:
        return _NAMESAKE[found.likeness]
    weight = found.weight or 0.0
    if weight < 0 and " " in one.strip() and " " in other.strip():  # a close surname
        return 0.0
    return next(gained for least, gained in _PARTIALLY if weight >= least)


def _one_body(one: str, other: str) -> bool:
    """True if one name of a body says all that the other says: `Quiet Quay (Tikhaya Pristan)`."""
    first, second = read_body(one), read_body(other)
    if first.generic or second.generic or min(len(first.words), len(second.words)) < _BODY_WORDS:
        return False
    return first.words <= second.words or second.words <= first.words


def _named_and_not(named: Telling, other: Telling) -> Whom:
    """One names somebody, the other nobody."""
    if _other_sorts(named, other) or _other_lone(named, other) or _part(named, other):
        return _APART
    found = _described(named, other)
    told = not named.who.isdisjoint(other.story | other.mentioned) and not _told_apart(named, other)
    if not told or named.report == other.report:
        return found
    if named.who & other.mentioned:
        return Whom(found.weight + _MENTIONED, found.why or "people named where the other is told")
    story = _STORY / 2 if _is_unknown(other.crowd) else _STORY  # it is about something else
    return Whom(found.weight + story, found.why or "people of whom the other report tells")


def _described(named: Telling, other: Telling) -> Whom:
    """What the words for those unnamed say of them."""
    if not named.callings.isdisjoint(other.crowd - _ANYBODY):
        sole = "a person who is told to be that"
        return Whom(1.5, sole if other.lone else "people who are told to be of that crowd")
    if named.crowd and other.crowd:
        found = _crowds(named, other)
        return Whom() if found.apart else found
    if _is_unknown(other.crowd) and named.report != other.report:
        return _UNKNOWN
    if other.lone or not other.crowd:
        return _NOTHING
    return _NOTHING if named.sorts.isdisjoint(other.sorts) else _UNKNOWN


def _is_unknown(crowd: frozenset[str]) -> bool:
    """True if a description's words are all unknown: it may be of anybody or anything."""
    return bool(crowd) and all(word.startswith("*") for word in crowd)


def _told_apart(named: Telling, other: Telling) -> bool:
    """True if the other report tells elsewhere that it was done to one of those named."""
    return any((named.kind, actor) in other.told for actor in named.who)


def _part(named: Telling, other: Telling) -> bool:
    """True for some who are named, and more of whom they may be some.

    Another report may have names for a few of many; the same report would say so.
    """
    if named.crowd or named.locals or (named.least or 1) > 1:
        return False
    few = len(named.who) if named.report == other.report else 1
    if len(named.who) > few or (other.least or 1) <= few:
        return False
    swapped = named.who & other.mentioned and named.doer_crowd & other.crowd
    return not swapped  # `four men set upon her`, read as if it was done to them


def _unnamed(one: Telling, other: Telling) -> Whom:
    if one.crowd and other.crowd:
        return _crowds(one, other)
    if same_number(one, other) and one.report != other.report:
        return Whom(_NUMBER, "the same number of people")
    return _NOTHING


def same_number(one: Telling, other: Telling) -> bool:
    """True if both tell of as many, ten or more, if only in their words."""
    if one.least and other.least:
        return one.least == other.least >= _MANY
    counted, told = (one, other) if one.least else (other, one)
    return (counted.least or 0) >= _MANY and number_mark(counted.least or 0) in told.marks


def _crowds(one: Telling, other: Telling) -> Whom:
    """Both are about people who are only described."""
    common = one.crowd & other.crowd
    if common - _ANYBODY:
        return Whom(1.0 + _counts_meet(one, other), "the same sort of people")
    if common:
        return Whom(0.7 + _counts_meet(one, other), "people")
    if is_vague(one.crowd) or is_vague(other.crowd):
        near = one.report == other.report
        return _APART if near else Whom(0.3 + _counts_meet(one, other), "people")
    unknown = _is_unknown(one.crowd) != _is_unknown(other.crowd) and one.report != other.report
    denied = Modality.DENIED in (one.modality, other.modality)
    return _NOTHING if unknown or denied else _APART


def is_vague(crowd: frozenset[str]) -> bool:
    """True for `people`, who may be anybody."""
    return crowd <= _ANYBODY


def _counts_meet(one: Telling, other: Telling) -> float:
    """The same number of people; the greater, the less by chance."""
    if one.least is None or other.least is None:
        return 0.0
    if one.least != other.least:
        few, many = sorted((one.least, other.least))
        return -0.4 if many >= _FAR_APART * few and not (one.loose or other.loose) else 0.0
    if one.loose and other.loose and one.least >= 100:
        return 2.0  # "hundreds of them": one claim about many
    return 0.9 if one.least >= 10 else 0.4


def _other_sorts(one: Telling, other: Telling) -> bool:
    """True for people here and organisations there: a flat's owner, and an office."""
    if one.report != other.report:
        return False
    return bool(one.sorts and other.sorts) and one.sorts.isdisjoint(other.sorts)


def _other_lone(named: Telling, lone: Telling) -> bool:
    """True for a person and somebody whom the same report describes as something else."""
    if named.report != lone.report or not lone.lone or not named.callings:
        return False
    return lone.crowd.isdisjoint(named.callings)
