"""The days that an act's words name, whatever date it was given: `9 October`, `05.03.2021`."""

import re
from datetime import date
from itertools import islice

_MOST = 12  # days of one quote
_MONTHS = (
    "jan(?:uary)?|январ[яь]|січня",
    "feb(?:ruary)?|феврал[яь]|лютого",
    "mar(?:ch)?|марта?|березня",
    "apr(?:il)?|апрел[яь]|квітня",
    "may|ма[яй]|травня",
    "june?|июн[яь]|червня",
    "july?|июл[яь]|липня",
    "aug(?:ust)?|августа?|серпня",
    "sept?(?:ember)?|сентябр[яь]|вересня",
    "oct(?:ober)?|октябр[яь]|жовтня",
    "nov(?:ember)?|ноябр[яь]|листопада",
    "dec(?:ember)?|декабр[яь]|грудня",
)
_ANY = "|".join(_MONTHS)
_NUMBER = tuple(re.compile(rf"(?:{month})$", re.IGNORECASE) for month in _MONTHS)
_DAY = re.compile(
    rf"\b(?P<a>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<m>{_ANY})\b"
    rf"|\b(?P<n>{_ANY})\.? (?P<b>\d\d?)(?:st|nd|rd|th)?\b"
    r"|\b(?P<c>\d\d?)\.(?P<o>\d\d?)\.(?:\d\d){1,2}\b|\b\d{4}-(?P<p>\d\d)-(?P<d>\d\d)\b",
    re.IGNORECASE,
)


def told_days(quote: str) -> frozenset[int]:
    """The days that a quote names, as months times a hundred and days."""
    return frozenset(_day(match) for match in islice(_DAY.finditer(quote), _MOST))


def _day(match: re.Match[str]) -> int:
    day = match["a"] or match["b"] or match["c"] or match["d"]
    digits = match["o"] or match["p"]
    name = match["m"] or match["n"]
    month = int(digits) if digits else next(n for n, m in enumerate(_NUMBER, 1) if m.match(name))
    return 100 * month + int(day)


def told_day(ordinal: int) -> int:
    """A day as `told_days` has it, without its year."""
    day = date.fromordinal(ordinal)
    return 100 * day.month + day.day
