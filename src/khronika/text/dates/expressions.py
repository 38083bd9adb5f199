"""What an expression of time says by itself, before anything is known of the report."""

from dataclasses import dataclass
from enum import StrEnum

FIRST_QUARTER = 33  # of a year, among EDTF's seasons


class Kind(StrEnum):
    """What an expression of time needs to become a date."""

    DATE = "date"  # parts of a calendar date: '5 July 2018', 'in May', '2012', 'summer 2016'
    WEEKDAY = "weekday"  # 'on Tuesday', 'last Tuesday'
    DAY = "day"  # days from the report's own date: 'yesterday', 'this morning'
    AGO = "ago"  # 'three days ago'
    PERIOD = "period"  # a calendar unit beside the report's own: 'last week', 'this year'
    WINDOW = "window"  # units up to the report's date: 'within the last year'
    NARRATIVE = "narrative"  # from the date told before: 'three days later', 'the same evening'
    EVENT = "event"  # from something that is not a date: 'two days after (his arrest)'
    INTERVAL = "interval"  # 'from 3 to 5 May', '2011-2012', 'between May and July'
    OFFSET = "offset"  # from a date that stands beside it: 'three days after 5 May'
    DURATION = "duration"  # 'for 41 days': never a date
    CLOCK = "clock"  # a time of day alone: 'at half past six'
    FOREIGN = "foreign"  # another calendar's date without its Gregorian equivalent
    VAGUE = "vague"  # 'in recent years'


class Modifier(StrEnum):
    """What a word before a date does to it."""

    NONE = ""
    SINCE = "since"
    BEFORE = "before"
    AFTER = "after"
    BY = "by"
    UNTIL = "until"
    AROUND = "around"
    EARLY = "early"
    MID = "mid"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression:
    """An expression of time at `[start, end)` of a text, with the parts that it states.

    `weekday` counts from Monday = 0; `season` is EDTF's 21 to 24, or 33 to 36 for a quarter.
    `beside` places a year, weekday or unit next to the report's own ("last", "this", "next") or the
    narrative's ("same"). `amount` and `unit` measure an offset, negative before; an `amount` of
    None is vague ("several days"). `first` and `last` are the ends of an interval; `first` is also
    what an offset starts from. `either` marks a numeric date whose day and month may be the other
    way round. `cut` takes some days, or months (`cut_months`), of a longer date, counted from 1, or
    back from its end from -1. `easter` counts days from Easter Sunday. `bare` marks a year or month
    without a preposition ("the 2012 law").
    """

    start: int
    end: int
    kind: Kind
    modifier: Modifier = Modifier.NONE
    year: int | None = None
    decade: bool = False
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: int | None = None
    clock: str = ""
    part: str = ""
    beside: str = ""
    amount: int | None = 0
    unit: str = ""
    first: "DateExpression | None" = None
    last: "DateExpression | None" = None
    either: bool = False
    cut: tuple[int, int] = (0, 0)
    cut_months: bool = False
    easter: int | None = None
    bare: bool = False

    @property
    def has_year(self) -> bool:
        """True if the expression states its own year."""
        if self.kind in (Kind.INTERVAL, Kind.OFFSET):
            return any(end is not None and end.has_year for end in (self.first, self.last))
        return self.year is not None

    @property
    def is_day(self) -> bool:
        """True if it names one day, though perhaps not its year."""
        return self.day is not None or self.kind in (Kind.WEEKDAY, Kind.DAY)
