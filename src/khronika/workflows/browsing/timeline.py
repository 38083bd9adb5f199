"""Incidents in the order of time, by year and month: what periods there are, what is in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from khronika.model.edtf import month_bounds
from khronika.workflows.browsing.facets import FAR, Incidents, Mask, Numbers

UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of time and how many incidents begin in it.

    Attributes:
        key: "2023", "2023-05", "2023-05-14"; `UNDATED`.
        number: of incidents.
    """

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Days:
    """Where each incident stands in time: the first day that it allows, else the last."""

    begin: Numbers
    undated: Mask

    @classmethod
    def of(cls, incidents: Incidents) -> "Days":
        """Read off the columns."""
        open_start = incidents.first == 0
        begin = np.where(
            open_start, np.where(incidents.last == FAR, 0, incidents.last), incidents.first
        )
        return cls(begin.astype(np.int32), incidents.undated)


def years(incidents: Incidents, kept: Mask) -> tuple[Period, ...]:
    """The years in which incidents begin, in order; those without a date last."""
    return _periods(incidents, kept, 4)


def months(incidents: Incidents, kept: Mask, year: str) -> tuple[Period, ...]:
    """The months of a year in which incidents begin."""
    found = _periods(incidents, kept & within(incidents, year), 7)
    return tuple(each for each in found if each.key != UNDATED)


EPOCH = date(1970, 1, 1).toordinal()


def _periods(incidents: Incidents, kept: Mask, letters: int) -> tuple[Period, ...]:
    """Periods by the first letters of their days: 4 of a year, 7 of a month."""
    days = Days.of(incidents)
    began = (days.begin[kept & ~days.undated].astype(np.int64) - EPOCH).astype("datetime64[D]")
    unit = "datetime64[Y]" if letters == 4 else "datetime64[M]"
    values, counts = np.unique(began.astype(unit), return_counts=True)
    periods = [
        Period(key=str(value), number=number)
        for value, number in zip(values, counts.tolist(), strict=True)
    ]
    if undated := int((kept & days.undated).sum()):
        periods.append(Period(key=UNDATED, number=undated))
    return tuple(periods)


def within(incidents: Incidents, period: str) -> Mask:
    """Which incidents begin in a year or month; `UNDATED` for those without a date.

    Anything else is no period, and nothing is in it.
    """
    days = Days.of(incidents)
    if period == UNDATED:
        return days.undated
    edges = _edges(period)
    if edges is None:
        return np.zeros(len(incidents.ids), dtype=np.bool_)
    first, last = edges
    return ~days.undated & (days.begin >= first) & (days.begin <= last)


def chronicle(incidents: Incidents, kept: Mask, offset: int, limit: int) -> tuple[str, ...]:
    """The ids of some of the incidents that are kept, by the day they begin, undated last."""
    days = Days.of(incidents)
    found = np.flatnonzero(kept)
    order = found[np.lexsort((incidents.last[found], days.begin[found], days.undated[found]))]
    return tuple(incidents.ids[n] for n in order[offset : offset + limit])


def _edges(period: str) -> tuple[int, int] | None:
    year, _, month = period.partition("-")
    if len(year) != 4 or not year.isascii() or not year.isdigit() or year == "0000":
        return None
    if not month:
        return date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal()
    if len(month) != 2 or not month.isascii() or not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    first, last = month_bounds(int(year), int(month))
    return first.toordinal(), last.toordinal()


def beside(periods: Sequence[Period], key: str) -> tuple[str, str]:
    """The periods before and behind one; "" where there is none."""
    keys = [each.key for each in periods]
    if key not in keys:
        return "", ""
    at = keys.index(key)
    return keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""
