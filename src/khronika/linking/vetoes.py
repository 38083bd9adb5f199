"""What speaks against two acts being one occurrence, and is never outvoted."""

from khronika.linking.kinds import family
from khronika.linking.tellings import DECISIONS, Telling
from khronika.linking.whereabouts import Apart, places_apart, same_spot
from khronika.linking.whom import same_number, whom
from khronika.model.acts import Modality

GAP = 2  # days by which two tellers of one thing may differ
_SLIP_GAP = 31  # days within which digits may have changed places
_SURE = 1.5  # weights of whom two acts are about, see `whom`
_LIKELY = 1.0
_NARROW = 7  # days; a date that allows more is no close date
_TOLD = frozenset({Modality.OCCURRED, Modality.PLANNED})
# Kinds that happen to one person or body once, whatever day is told.
_ONCE = frozenset({"killing", "founding", "citizenship-stripping", "exclusion-from-register"})
# Kinds of which one teller may name where it began, another where it ended.
_MOVING = frozenset({"exile", "deportation"})
# Kinds of which a person may meet several at once, told apart by what they are for.
_SEVERAL = frozenset({"charge", "restrictive-law", "ban", "report-published", "founding"})


def vetoed(one: Telling, other: Telling) -> bool:
    """True if the two cannot be one occurrence."""
    return any(test(one, other) for _, test in _TESTS)


def veto(one: Telling, other: Telling) -> str:
    """What alone keeps the two apart: "kind", "people", "time" ...; "" if nothing does."""
    return next((name for name, test in _TESTS if test(one, other)), "")


def unlike(one: Telling, other: Telling) -> bool:
    """True if the two cannot be one occurrence, whatever is said of time, place and people."""
    return (
        family(one.kind) != family(other.kind)
        or not _modalities_agree(one, other)
        or _other_stage(one, other)
    )


def other_people(one: Telling, other: Telling) -> bool:
    """True if whom the one is about speaks against the other; see `vetoed`."""
    return _other_people(one, other)


def denies(one: Telling, other: Telling) -> bool:
    """True if one of the two denies."""
    return Modality.DENIED in (one.modality, other.modality)


def _other_stage(one: Telling, other: Telling) -> bool:
    """True for a decision and the decision on appeal against it."""
    return one.kind in DECISIONS and one.appealed != other.appealed and not denies(one, other)


def _other_matter(one: Telling, other: Telling) -> bool:
    """True for another term, another charge, another time."""
    if denies(one, other):
        return False
    if one.dated and other.dated and one.report != other.report:
        return False
    if one.penalty.disagrees(other.penalty):
        return True
    if one.kind in _SEVERAL and one.about and other.about and one.about.isdisjoint(other.about):
        return True
    undated = not (one.dated and other.dated)
    if one.report != other.report or not undated:
        return False
    return one.again != other.again or names_other_days(one, other)


def names_the_day(one: Telling, other: Telling) -> bool:
    """True if the words of one name the day of the other, of about the same time."""
    near = days_between(one, other) <= _SLIP_GAP
    return near and not one.days.isdisjoint(other.days)


def names_other_days(one: Telling, other: Telling) -> bool:
    """True if one has no date, and its words name days, none of them the other's."""
    if one.dated and other.dated:
        return False
    return bool(one.days and other.days) and one.days.isdisjoint(other.days)


def _other_sides(one: Telling, other: Telling) -> bool:
    """True for appeals to others, and for two numbers that one report gives of two crowds."""
    if one.makes and _other_addressees(one, other):
        return True
    if one.report != other.report or one.who & other.who or denies(one, other):
        return False
    counted = one.least is not None and other.least is not None and not (one.loose or other.loose)
    if not counted or one.least == other.least:
        return False
    two_counts = one.dated and other.dated and one.tellers != other.tellers
    return not two_counts


def _other_addressees(one: Telling, other: Telling) -> bool:
    if one.doer_homes and other.doer_homes and one.doer_homes.isdisjoint(other.doer_homes):
        return True
    firsts = one.doers | one.doer_locals, one.doer_crowd
    seconds = other.doers | other.doer_locals, other.doer_crowd
    if not any(firsts) or not any(seconds):
        return False
    return firsts[0].isdisjoint(seconds[0]) and firsts[1].isdisjoint(seconds[1])


def _kinds_agree(one: Telling, other: Telling) -> bool:
    if one.kind == other.kind:
        return True
    if family(one.kind) != family(other.kind):
        return False
    return denies(one, other) or _told_as(one, other)


def _told_as(one: Telling, other: Telling) -> bool:
    """True if two reports tell of one person and day what each calls by another name.

    A report that tells both of the person means two things by them.
    """
    people = one.who & other.who & one.story & other.story
    if not people or one.report == other.report or days_between(one, other):
        return False
    if not (one.dated and other.dated) or max(one.last - one.first, other.last - other.first) > GAP:
        return False
    return not any((one.kind, a) in other.told or (other.kind, a) in one.told for a in people)


def _modalities_agree(one: Telling, other: Telling) -> bool:
    first, second = one.modality, other.modality
    if first is second:
        return True
    if Modality.DENIED in (first, second):
        return bool({first, second} & {Modality.OCCURRED, Modality.ATTEMPTED})
    return {first, second} <= _TOLD and one.report != other.report


def _other_people(one: Telling, other: Telling) -> bool:
    """True if the two are about others; see `whom`."""
    return whom(one, other).apart


def days_between(one: Telling, other: Telling) -> int:
    """How many days lie between what the two allow; 0 if they share one."""
    return max(one.first - other.last, other.first - one.last, 0)


def _other_time(one: Telling, other: Telling) -> bool:
    gap = days_between(one, other)
    if gap == 0:
        return not denies(one, other) and _one_of_many_days(one, other)
    if denies(one, other):  # it may be the day of the denial
        return False
    if one.kind in _ONCE and one.who & other.who and one.report != other.report:
        return False
    if one.report == other.report or not (_same_people(one, other) or _same_scene(one, other)):
        return True
    narrow = max(one.last - one.first, other.last - other.first) <= _NARROW
    if narrow and (gap <= GAP or names_the_day(one, other)):
        return False
    if Modality.PLANNED in (one.modality, other.modality):
        return gap > 14
    return not (gap <= _SLIP_GAP and digits_swapped(one.edtf, other.edtf))


def crowd_a_day_apart(one: Telling, other: Telling) -> bool:
    """True if nothing but a day or two parts what two reports tell of a crowd."""
    if one.crowd.isdisjoint(other.crowd) or not 0 < days_between(one, other) <= GAP:
        return False
    narrow = max(one.last - one.first, other.last - other.first) <= _NARROW
    same_sort = one.kind == other.kind and one.modality is other.modality
    return narrow and same_sort and not _other_people(one, other) and not places_apart(one, other)


def _one_of_many_days(one: Telling, other: Telling) -> bool:
    """True for what is said of a crowd over a year, and of a crowd in a day or a month."""
    if one.who & other.who or not (one.dated and other.dated) or same_number(one, other):
        return False
    short, long = sorted((one.last - one.first, other.last - other.first))
    return long > 60 and long > 4 * short


def digits_swapped(one: str, other: str) -> bool:
    """True if two dates differ by two digits of the day that changed places: 12 and 21."""
    first, second = one[:10], other[:10]
    if len(first) != 10 or len(second) != 10 or first[:8] != second[:8]:
        return False
    return first != second and first[8:] == second[:7:-1]


def _same_people(one: Telling, other: Telling) -> bool:
    """True if the two are about the same people, known as such or by all that is told of them."""
    return bool(one.who & other.who) or whom(one, other).weight >= _SURE


def _same_scene(one: Telling, other: Telling) -> bool:
    """True if people of the same sort were at the same printed place: enough for a day's doubt."""
    if not any(same_spot(a, b) for a in one.places for b in other.places):
        return False
    return not one.crowd.isdisjoint(other.crowd) or whom(one, other).weight >= _LIKELY


def _other_place(one: Telling, other: Telling) -> bool:
    """True if the two were at different places, as far as tellers of one thing may differ."""
    apart = places_apart(one, other)
    if apart is Apart.NO or one.kind in _MOVING:
        return False
    close = one.dated and other.dated and days_between(one, other) <= GAP
    narrow = close and max(one.last - one.first, other.last - other.first) <= _NARROW
    if apart is Apart.DOUBTFUL and one.report != other.report and _same_people(one, other):
        return not narrow
    return one.report == other.report or one.who.isdisjoint(other.who) or not narrow


def _other_kind(one: Telling, other: Telling) -> bool:
    return not _kinds_agree(one, other)


def _other_modality(one: Telling, other: Telling) -> bool:
    return not _modalities_agree(one, other)


_TESTS = (
    ("kind", _other_kind),
    ("modality", _other_modality),
    ("people", _other_people),
    ("time", _other_time),
    ("place", _other_place),
    ("stage", _other_stage),
    ("sides", _other_sides),
    ("matter", _other_matter),
)
