"""Words of an expression of time, by the group of a pattern that holds them, as its parts."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from khronika.text.dates.expressions import FIRST_QUARTER, DateExpression, Kind, Modifier
from khronika.text.dates.words import Word

BESIDE = {"l": "last", "x": "next", "h": "this", "e": "same"}

YEARS = {-1: "last", 0: "this", 1: "next"}  # 'торік', 'цьогоріч'
QUARTERS = 4
LAST_DAY = 31

Groups = dict[str, Word]
Build = Callable[[Groups, int, int], DateExpression | None]


def _value(groups: Groups, name: str) -> Any:
    word = groups.get(name)
    return None if word is None else word.value


def _year(groups: Groups) -> dict[str, Any]:
    """The year that a date states, or beside which year it stands."""
    year = _value(groups, "Y")
    if year is not None and groups["Y"].letter == "y":
        year += 2000 if year < 70 else 1900
    by = groups.get("by")
    if by is None:
        return {"year": year, "beside": ""}
    beside = YEARS[int(_value(groups, "by"))] if by.letter == "a" else BESIDE[by.letter]
    return {"year": year, "beside": beside}


def calendar_date(groups: Groups, start: int, end: int) -> DateExpression:
    """'Tuesday, 14 March 2023', 'the twelfth of May', 'March of the same year', 'last May'."""
    part = _value(groups, "p")
    return DateExpression(
        start=start,
        end=end,
        kind=Kind.DATE,
        month=_value(groups, "M"),
        day=_value(groups, "d"),
        weekday=_value(groups, "W"),
        season=_value(groups, "S"),
        part=part or "",
        **_year(groups),
    )


def numeric(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'2021-12-05T10:00', '05.12.2021', '12/5/2021', '12.2021'."""
    text = str(_value(groups, "N"))
    day, _, clock = text.partition("T")
    parts = [int(part) for part in re.split(r"[./-]", day)]
    common: dict[str, Any] = {"start": start, "end": end, "kind": Kind.DATE, "clock": clock[:5]}
    common["weekday"] = _value(groups, "W")
    if len(parts) == 2:
        return DateExpression(month=parts[0], year=parts[1], **common)
    if re.match(r"\d{4}", day):
        year, month, day_number = parts
        return DateExpression(year=year, month=month, day=day_number, **common)
    first, second, year = parts
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not (first and second) or max(first, second) > 31 or min(first, second) > 12:
        return None
    if "." not in day and first <= 12 < second:
        return DateExpression(year=year, month=first, day=second, **common)
    either = "." not in day and first <= 12 and second <= 12 and first != second
    return DateExpression(year=year, month=second, day=first, either=either, **common)


def first_in_custody(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'her first week in custody', 'his first four nights in detention': from the arrest."""
    amount, unit = length(groups)
    if _value(groups, "o") != 1:
        return None
    return DateExpression(
        start=start, end=end, kind=Kind.EVENT, amount=amount, unit=unit, beside="custody"
    )


def year_told(_groups: Groups, start: int, end: int) -> DateExpression:
    """'during the year': the one that is spoken of."""
    return DateExpression(start=start, end=end, kind=Kind.NARRATIVE, amount=0, unit="year")


def exactly(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'three weeks later to the day'."""
    amount, unit = length(groups)
    if groups["exact"].value != "day" or amount is None or unit not in ("week", "fortnight"):
        return None
    days = amount * (7 if unit == "week" else 14) * (-1 if groups["L"].letter == "B" else 1)
    return DateExpression(start=start, end=end, kind=Kind.NARRATIVE, amount=days, unit="day")


def beside_report(groups: Groups, start: int, end: int) -> DateExpression:
    """'last May', 'this autumn': the nearest one, and not of last year as 'May last year'."""
    return replace(calendar_date(groups, start, end), unit="nearest")


def feast(groups: Groups, start: int, end: int) -> DateExpression:
    """'Easter Sunday 2021', 'Good Friday'."""
    return replace(calendar_date(groups, start, end), easter=_value(groups, "H"))


def impossible(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'32 May 2021': misprinted, to be flagged."""
    day = int(_value(groups, "d"))
    return calendar_date(groups, start, end) if LAST_DAY < day < 100 else None


def weekday(groups: Groups, start: int, end: int) -> DateExpression:
    """'last Tuesday', 'on Saturday night', 'the following Friday'."""
    by = groups.get("r")
    if by and by.letter in "XV":
        amount = 1 if by.letter == "X" else -1
        return DateExpression(
            start=start, end=end, kind=Kind.NARRATIVE, weekday=_value(groups, "W"), amount=amount,
            unit="weekday",
        )  # fmt: skip
    return DateExpression(
        start=start, end=end, kind=Kind.WEEKDAY, weekday=_value(groups, "W"),
        beside=BESIDE[by.letter] if by else "", part=_value(groups, "p") or "",
    )  # fmt: skip


def relative_day(groups: Groups, start: int, end: int) -> DateExpression:
    """'yesterday', 'this morning'."""
    return DateExpression(
        start=start, end=end, kind=Kind.DAY, amount=_value(groups, "q") or 0,
        part=_value(groups, "p") or "",
    )  # fmt: skip


def holiday(groups: Groups, start: int, end: int) -> DateExpression:
    """'Human Rights Day 2019'."""
    month, day = str(_value(groups, "H")).split("-")
    made = calendar_date(groups, start, end)
    return replace(made, month=int(month), day=int(day))


def length(groups: Groups) -> tuple[int | None, str]:
    """How many units: a missing number before a plural is vague, '0' in a table too."""
    unit = groups["u"]
    number = _value(groups, "n")
    name = {"p": "day", "j": "year"}.get(unit.letter) or str(unit.value)
    if number == 0:
        return None, name
    return (1 if number is None else int(number)), name


def offset(kind: Kind, sign: int) -> Build:
    """'three days ago', 'eight days earlier', 'for 41 days': some units, before or after."""

    def build(groups: Groups, start: int, end: int) -> DateExpression:
        amount, unit = length(groups)
        backwards = groups["L"].letter in "B<" if "L" in groups else False
        signed = None if amount is None else amount * (-1 if backwards else sign)
        return DateExpression(start=start, end=end, kind=kind, amount=signed, unit=unit)

    return build


def narrative_unit(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the following week', 'the previous day', 'that evening', 'the same month'."""
    _, unit = length(groups)
    amount = {"X": 1, "x": 1, "V": -1, "e": 0}[groups["r"].letter]
    part = str(groups["u"].value) if groups["u"].letter == "p" else ""
    if unit in ("minute", "hour"):
        return None
    beside = "calendar" if unit == "week" and amount else ""
    return DateExpression(
        start=start, end=end, kind=Kind.NARRATIVE, amount=amount, unit=unit, part=part,
        beside=beside,
    )  # fmt: skip


def edge_of_period(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the beginning of the year', 'the end of the month': of the report's own."""
    _, unit = length(groups)
    if unit not in ("year", "month"):
        return None
    modifier = {"E": Modifier.EARLY, "D": Modifier.MID, "G": Modifier.LATE}[groups["E"].letter]
    return DateExpression(
        start=start, end=end, kind=Kind.PERIOD, unit=unit, beside="this", modifier=modifier
    )


def weekend(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'at the weekend', 'over the weekend': the one before."""
    if groups["u"].value != "weekend":
        return None
    return DateExpression(start=start, end=end, kind=Kind.PERIOD, unit="weekend", beside="last")


def year_beside(groups: Groups, start: int, end: int) -> DateExpression:
    """'торік', 'цьогоріч': last year, this year, as one word."""
    beside = YEARS[int(_value(groups, "a"))]
    return DateExpression(start=start, end=end, kind=Kind.PERIOD, unit="year", beside=beside)


def period(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'last week', 'this year', 'next month'; 'next day' goes on from what was told."""
    _, unit = length(groups)
    beside = BESIDE[groups["r"].letter]
    if unit == "day" and beside == "next":
        return DateExpression(start=start, end=end, kind=Kind.NARRATIVE, amount=1, unit="day")
    if unit in ("minute", "hour", "day", "night", "decade"):
        return None
    return DateExpression(start=start, end=end, kind=Kind.PERIOD, unit=unit, beside=beside)


def day_range(groups: Groups, start: int, end: int) -> DateExpression:
    """'3 to 5 May 2018', 'May 3-5', 'March to May 2020'."""
    last = calendar_date(groups, start, end)
    first = replace(last, day=_value(groups, "d1"), weekday=None)
    if "M1" in groups:
        first = replace(first, month=_value(groups, "M1"))
        over = last.year is not None and int(_value(groups, "M1")) > (last.month or 0)
        first = replace(first, year=last.year - 1) if over and last.year else first
        if "by" in groups and groups["by"].start < groups["M1"].start:  # 'last May and June'
            first, last = replace(first, unit="nearest"), replace(last, unit="nearest")
    return DateExpression(start=start, end=end, kind=Kind.INTERVAL, first=first, last=last)


def year_range(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'2011-2012', '2011/12'; '2021-09' is a month."""
    year, other = int(_value(groups, "Y1")), int(_value(groups, "Y2"))
    bare = "bare" in groups  # 'the 2011-2012 season'
    point = DateExpression(start=start, end=end, kind=Kind.DATE, year=year, bare=bare)
    if other < 100 and other != year % 100 + 1:
        return replace(point, month=other) if other <= 12 else None
    other = other if other >= 100 else year // 100 * 100 + other
    if not year < other <= year + 100:
        return None
    return DateExpression(
        start=start, end=end, kind=Kind.INTERVAL, first=point, last=replace(point, year=other),
        bare=bare,
    )  # fmt: skip


def year_alone(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'in 2012'; without a preposition ('the 2012 law') it is marked bare."""
    bare = "bare" in groups
    year = int(_value(groups, "Y"))
    if bare and not 1900 <= year < 2100:
        return None
    return DateExpression(start=start, end=end, kind=Kind.DATE, year=year, bare=bare)


def decade(groups: Groups, start: int, end: int) -> DateExpression:
    """'the 1990s'."""
    return DateExpression(
        start=start, end=end, kind=Kind.DATE, year=int(_value(groups, "C")), decade=True
    )


def clock(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'at 12:30', 'at 6 a.m.', 'at nine in the evening'."""
    time = str(_value(groups, "T") or "")
    if "h" in groups:
        hour = int(_value(groups, "h"))
        time = f"{hour}:00" if 1 <= hour <= 24 else ""
    return DateExpression(
        start=start, end=end, kind=Kind.CLOCK, clock=_by_half_day(time.zfill(5)[:5], groups)
    )


def _by_half_day(time: str, groups: Groups) -> str:
    """A time of day by the clock of 24 hours: '09:30' p.m. is 21:30."""
    hour, colon, minutes = time.partition(":")
    letter = groups["O"].letter if "O" in groups else ""
    late = letter == "m" or _value(groups, "p") in ("afternoon", "evening", "night")
    early = letter == "I" or _value(groups, "p") == "morning"
    if not colon:
        return ""
    if "h" in groups and not (late or early):
        return ""  # 'nine o'clock' is either
    shifted = int(hour) % 12 + (12 if late else 0) if late or early else int(hour)
    return f"{shifted:02}:{minutes}"


def quarter(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'the third quarter of 2022': a season of EDTF, from 33 on."""
    number = int(_value(groups, "o"))
    if groups["u"].value != "quarter" or number > QUARTERS:
        return None
    return DateExpression(
        start=start, end=end, kind=Kind.DATE, season=FIRST_QUARTER + number - 1, **_year(groups)
    )


def plain(kind: Kind) -> Build:
    """An expression that says no more than its kind."""

    def build(_groups: Groups, start: int, end: int) -> DateExpression:
        return DateExpression(start=start, end=end, kind=kind)

    return build
