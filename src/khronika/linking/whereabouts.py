"""Whether two acts were at one place: the same, one in the other, unknown, doubtful or another."""

from enum import IntEnum

from khronika.linking.spots import Spot, SpotSort
from khronika.linking.tellings import Telling


class Apart(IntEnum):
    """How sure it is that two acts were at different places."""

    NO = 0  # the same, one in the other, or nothing is known
    DOUBTFUL = 1  # other names, but which of them lies in which no gazetteer says
    SURE = 2  # two towns, two countries


def same_spot(one: Spot, other: Spot) -> bool:
    """True if two places are one, or one lies in the other by name."""
    if one.place is not None and one.place == other.place:
        return True
    return bool(one.words) and not one.words.isdisjoint(other.words)


def places_apart(one: Telling, other: Telling) -> Apart:
    """How sure it is that no place of one can be a place of the other."""
    if one.places is other.places or not (one.places and other.places):
        return Apart.NO
    if one.lands and other.lands and one.lands.isdisjoint(other.lands):
        return Apart.SURE
    if not (one.spots and other.spots):
        return Apart.NO
    return min(_spots_apart(a, b) for a in one.spots for b in other.spots)


def _spots_apart(one: Spot, other: Spot) -> Apart:
    if same_spot(one, other):
        return Apart.NO
    sorts = {one.sort, other.sort}
    if sorts == {SpotSort.TOWN}:
        return Apart.SURE
    if SpotSort.SITE in sorts:  # a street, a prison: in which town it stands is not said
        return Apart.DOUBTFUL if sorts == {SpotSort.SITE} else Apart.NO
    return Apart.DOUBTFUL
