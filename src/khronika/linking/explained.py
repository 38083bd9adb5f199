"""What an explanation is made of: the evidence for a join, and what kept near ones apart."""

from dataclasses import dataclass, field
from enum import StrEnum


class Band(StrEnum):
    """What is done with two things that may be one."""

    JOIN = "join"
    ASK = "ask"  # too near to be left, not near enough to be joined: a person decides
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One piece of evidence.

    Attributes:
        says: in words.
        weight: log2 of how much likelier it is to find that of one thing than of two.
        values: what stands on either side, where the evidence is about words.
    """

    says: str
    weight: float
    values: tuple[str, str] = field(default=("", ""), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two acts, or two spellings, are one.

    Attributes:
        one: an act's id, or a name as written.
        other: what it was joined to.
        weight: all evidence together; 0 where a ruling or the report's own words join.
        evidence: weightiest first.
    """

    one: str = field(repr=False)
    other: str = field(repr=False)
    weight: float
    evidence: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Something near that was not joined.

    Attributes:
        id: of an act of the other incident, or what the other actor's least member alone would be
            called; both lead to what it is now.
        one: an act's id of this incident, or a name as written of this actor.
        other: of the other one; where a third pair keeps them apart, that pair's is in `against`.
        evidence: what speaks for it, weightiest first.
        weight: all of it together.
        against: what speaks against it, in words.
        part: which part of an act speaks against it: "time", "place" ...; else "".
        pair: the two acts, or names, that speak against it.
        places: where the two names first stand: report, start, end; of acts nothing.
        band: whether it is asked or left.
    """

    id: str
    one: str = field(repr=False)
    other: str = field(repr=False)
    evidence: tuple[Weighed, ...]
    weight: float
    against: str
    part: str = ""
    pair: tuple[str, str] = field(default=("", ""), repr=False)
    places: tuple[tuple[str, int, int], ...] = ()
    band: Band = Band.LEAVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One form of an actor's name, with where it first stands.

    Attributes:
        names: as written.
        alone: what the actor would be called by this form alone: for `khronika different`.
        report: the report where it first stands.
        start: where in its text, and
        end: up to where; both 0 where the coder did not say.
        mentions: how often it is mentioned.
    """

    names: tuple[str, ...] = field(repr=False)
    alone: str
    report: str
    start: int
    end: int
    mentions: int
