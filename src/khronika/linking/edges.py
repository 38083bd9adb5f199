"""What may join two acts, told from the two alone: the edge between them, or none.

An edge is a pure function of its two tellings, so that edges can be kept and only those of new acts
be made. What becomes of edges is `grouping`'s to say.
"""

from dataclasses import dataclass
from enum import StrEnum

from khronika.linking.agreement import Agreement, agreement, enough, is_about, retold
from khronika.linking.tellings import Telling
from khronika.linking.vetoes import GAP, crowd_a_day_apart, vetoed
from khronika.model.acts import Modality

BESIDE = "the same crowd, told of in another incident too"


class EdgeSort(StrEnum):
    """How an edge joins: in this order, each sort after the one before."""

    AGAIN = "again"  # one report's own words, repeated
    TIMED = "timed"  # two dated acts that agree enough
    BESIDE = "beside"  # a crowd a day apart, of which both reports tell another incident too
    CLEAR = "clear"  # enough, but one has no date: joins only what leads clearly
    DENIAL = "denial"  # one may deny what the other tells
    MUTE = "mute"  # one says nothing of whom, in the same report as the other


@dataclass(frozen=True, slots=True)
class Edge:
    """What may join two acts: their ids, the lesser first, and what speaks for it."""

    one: str
    other: str
    sort: EdgeSort
    agreed: Agreement


def edges(one: Telling, other: Telling) -> Edge | None:
    """The edge between two acts, the same whichever comes first; None if nothing may join them."""
    if other.id < one.id:
        one, other = other, one
    if one.report == other.report and retold(one, other):
        again = Agreement(0.0, ("told again in the same words",))
        return Edge(one.id, other.id, EdgeSort.AGAIN, again)
    if not vetoed(one, other):
        found = _agreeing(one, other)
        if found or not mute_beside(one, other):
            return found
        return Edge(one.id, other.id, EdgeSort.MUTE, agreement(one, other))
    if one.report != other.report and crowd_a_day_apart(one, other) and _told_beside(one, other):
        return Edge(one.id, other.id, EdgeSort.BESIDE, Agreement(0.0, (BESIDE,)))
    if mute_beside(one, other):
        return Edge(one.id, other.id, EdgeSort.MUTE, Agreement(0.0, ()))
    return None


def _agreeing(one: Telling, other: Telling) -> Edge | None:
    denial = is_denial(one, other)
    agreed = agreement(one, other)
    own = denial and one.report == other.report  # a report denies what it tells itself
    if not own and not enough(one, other, agreed):
        return None
    if denial:
        return Edge(one.id, other.id, EdgeSort.DENIAL, agreed)
    timed = one.dated and other.dated
    return Edge(one.id, other.id, EdgeSort.TIMED if timed else EdgeSort.CLEAR, agreed)


def is_denial(one: Telling, other: Telling) -> bool:
    """True if one of the two denies and the other does not."""
    return (one.modality is Modality.DENIED) != (other.modality is Modality.DENIED)


def mute_beside(one: Telling, other: Telling) -> bool:
    """True if one of the two says nothing of whom, in the other's report and of its sort."""
    return (
        one.report == other.report
        and one.kind == other.kind
        and one.modality is other.modality
        and is_about(one) != is_about(other)
    )


def _told_beside(one: Telling, other: Telling) -> bool:
    """True if both reports tell something else of the same crowd, as near in time as this.

    Two reports that tell of the same arrest of volunteers mean the same release of volunteers.
    """
    crowd = one.crowd & other.crowd
    theirs = [(kind, word, day) for kind, word, day in other.beside if word in crowd]
    return any(
        kind == their_kind != one.kind and word == their_word and abs(day - their_day) <= GAP
        for kind, word, day in one.beside
        for their_kind, their_word, their_day in theirs
    )
