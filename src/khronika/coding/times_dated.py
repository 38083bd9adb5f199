"""An expression of time where it stands in a report."""

from dataclasses import dataclass

from spacy.tokens import Token

from khronika.model import edtf
from khronika.text.dates import DateExpression, Kind, Modifier, Resolved

# Kinds that say nothing of when: the telling goes on through them.
TIMELESS = frozenset((Kind.DURATION, Kind.CLOCK))


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression of time in a unit: what it means and the word that it hangs on.

    `tight` marks one that belongs to its noun alone: 'a law of 2012', 'the 2018 protest'.
    """

    expression: DateExpression
    resolved: Resolved
    first: int  # token
    last: int
    hangs_on: Token | None
    tight: bool

    @property
    def timeless(self) -> bool:
        """True if it neither dates an act nor stops an earlier date from going on."""
        small = self.expression.unit in ("hour", "minute") and not self.resolved.edtf
        until = self.expression.modifier is Modifier.UNTIL
        return self.expression.kind in TIMELESS or small or until


def is_brief(found: str, days: int = 2) -> bool:
    """True for a stretch of so few days: a day or a night, unless more are said."""
    start, end = edtf.bounds(found)
    return start is not None and end is not None and (end - start).days < days


def is_day(found: str) -> bool:
    """True for a date to the day."""
    start, end = edtf.bounds(found)
    return start is not None and start == end
