"""What a reviewer should see first, and why: from what is known of an item, and nothing else.

Points of several reasons add up, so that the place of an item can be explained reason by reason.
The numbers are a judgement, not a measurement: what they must keep is that a ruling that waits
comes first, then what tellings contradict, and that of two acts the more severe, the less sure and
the less corroborated one comes sooner.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Sort(StrEnum):
    """What an item of the queue is."""

    RULING = "ruling"  # names what is not there now
    CONTRADICTION = "contradiction"  # of the tellings of an incident
    INCIDENTS = "incidents"  # two that may be one
    ACTORS = "actors"  # two that may be one
    ACT = "act"


class Code(StrEnum):
    """Why an item has its place."""

    WAITING = "waiting"
    CONTRADICTED = "contradicted"
    NEAR = "near"
    UNCERTAIN = "uncertain"
    UNCERTAIN_PARTS = "uncertain-parts"
    SEVERE = "severe"
    UNCORROBORATED = "uncorroborated"


# What a reason says, its values by name; whoever shows it in another language translates these.
SAYINGS: Final[Mapping[Code, str]] = {
    Code.WAITING: "A ruling names what is not in the record now: {gone}.",
    Code.CONTRADICTED: "Tellings of the incident contradict each other: {attributes}.",
    Code.NEAR: "Too near to be left, not near enough to be joined.",
    Code.UNCERTAIN: "The coder is not sure that the report tells this: {confidence}.",
    Code.UNCERTAIN_PARTS: "The coder is not sure of parts of it: {parts}.",
    Code.SEVERE: "Severity of the kind of act: {severity} of 5.",
    Code.UNCORROBORATED: "Only one independent source tells it.",
}

FIRST: Final = 1000  # above all that other reasons can come to
DISAGREE, EACH, MANY = 350, 30, 4  # of an incident; its acts have a fourth of it
NEAR: Final = 200
UNCERTAIN: Final = 300
PARTS: Final = 120
SEVERE: Final = 160
ALONE: Final = 60
SEVEREST: Final = 5
DOUBTFUL: Final = 0.6  # a part that is less sure is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason, with the values that go into its saying, and what it adds to the score."""

    code: Code
    points: int
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> str:
        """The reason in English."""
        return SAYINGS[self.code].format(**self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """The place of an item in the queue: the higher the score, the sooner."""

    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFacts:
    """What is known of an act.

    Attributes:
        confidence: that the report tells it.
        parts: what its coder says of its fillers, date and places: a label and a probability.
        severity: of its kind, 1 to 5.
        sources: how many independent ones tell of its incident.
        contradicted: the attributes in which tellings of its incident contradict each other.
    """

    confidence: float
    parts: tuple[tuple[str, float], ...] = ()
    severity: int = 1
    sources: int = 1
    contradicted: tuple[str, ...] = ()


def of_act(facts: ActFacts) -> Priority:
    """The place of an act."""
    return _sum(
        (
            _doubt(facts.confidence),
            _doubtful_parts(facts),
            _contradicted(facts.contradicted, 4),
            _severe(facts.severity),
            _alone(facts.sources),
        )
    )


def of_contradictions(attributes: tuple[str, ...], severity: int, sources: int) -> Priority:
    """The place of an incident whose tellings contradict each other in some attributes."""
    return _sum((_contradicted(attributes, 1), _severe(severity), _alone(sources)))


def of_pair(weight: float, severity: int = 1) -> Priority:
    """The place of two that may be one; `weight` is the log2 of what speaks for it."""
    near = NEAR + round(10 * max(0.0, min(10.0, weight)))
    return _sum((Reason(code=Code.NEAR, points=near), _severe(severity)))


def of_waiting(gone: Iterable[str]) -> Priority:
    """The place of a ruling that names what is not there."""
    values = {"gone": ", ".join(sorted(gone))}
    return _sum((Reason(code=Code.WAITING, points=FIRST, values=values),))


def doubt(chance: float) -> float:
    """How little a probability tells: 1 at even odds, 0 where it is certain either way."""
    return 1.0 - abs(2.0 * min(1.0, max(0.0, chance)) - 1.0)


def _doubt(confidence: float) -> Reason | None:
    points = round(UNCERTAIN * doubt(confidence))
    return _reason(Code.UNCERTAIN, points, {"confidence": f"{confidence:.2f}"})


def _doubtful_parts(facts: ActFacts) -> Reason | None:
    """Parts that are less sure; one that is right if its act is, is no doubt of its own."""
    parts = [(label, _given(chance, facts.confidence)) for label, chance in facts.parts]
    found = [(label, chance) for label, chance in parts if chance < DOUBTFUL]
    if not found:
        return None
    points = round(PARTS * max(doubt(chance) for _, chance in found))
    return _reason(
        Code.UNCERTAIN_PARTS, points, {"parts": ", ".join(sorted({label for label, _ in found}))}
    )


def _given(chance: float, of_act: float) -> float:
    return min(1.0, chance / of_act) if of_act > 0 else 0.0


def _contradicted(attributes: tuple[str, ...], share: int) -> Reason | None:
    if not attributes:
        return None
    points = (DISAGREE + EACH * min(MANY, len(set(attributes)))) // share
    return _reason(Code.CONTRADICTED, points, {"attributes": ", ".join(sorted(set(attributes)))})


def _severe(severity: int) -> Reason | None:
    points = SEVERE * (min(SEVEREST, max(1, severity)) - 1) // (SEVEREST - 1)
    return _reason(Code.SEVERE, points, {"severity": str(severity)})


def _alone(sources: int) -> Reason | None:
    return _reason(Code.UNCORROBORATED, ALONE if sources <= 1 else 0, {})


def _reason(code: Code, points: int, values: Mapping[str, str]) -> Reason | None:
    return Reason(code=code, points=points, values=values) if points > 0 else None


def _sum(reasons: Iterable[Reason | None]) -> Priority:
    found = [reason for reason in reasons if reason is not None]
    found.sort(key=lambda each: (-each.points, each.code))
    return Priority(score=sum(each.points for each in found), reasons=tuple(found))
