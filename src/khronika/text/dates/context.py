"""What a date is resolved with and what comes of it."""

from dataclasses import dataclass

STATED = "stated"
FROM_REPORT = "relative to the report's date"
FROM_NARRATIVE = "relative to the date told before"
YEAR_OF_REPORT = "year from the report's date"
YEAR_OF_NARRATIVE = "year from the date told before"
NO_REPORT_DATE = "the report has no date"
NO_YEAR = "no year is known"
NOTHING_BEFORE = "no date was told before"
NO_DATE = "no date"

AFTER_REPORT = "after the report's date"
NO_SUCH_DAY = "no such day"
WRONG_WEEKDAY = "another day of the week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known where an expression stands.

    `published` is the report's own date and `previous` the last date told before, as EDTF or "".
    `previous_core` is the narrower stretch that the words of `previous` allow ("mid-May").
    `year` is the year that the narrative or title speaks of. `day_first` says how numeric dates
    are written, None if unknown. `future` is true where the verb speaks of what is to come, None
    where there is no verb to tell.
    """

    published: str = ""
    previous: str = ""
    previous_core: str = ""
    year: int | None = None
    day_first: bool | None = None
    future: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A date and how it was found.

    `start` is the date before "since" or "after" made a stretch of it. `core` is the narrower
    stretch that the words allow, for reckoning from it. Without a date `basis` says why.
    """

    edtf: str = ""
    basis: str = ""
    flags: tuple[str, ...] = ()
    start: str = ""
    core: str = ""
