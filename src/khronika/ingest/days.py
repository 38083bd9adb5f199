"""Days as metadata writes them, as EDTF; what could be read two ways is no date."""

import re
from datetime import date
from email.utils import parsedate_tz

from khronika.model.edtf import is_valid

# 2018-07-12, 2018-07-12T09:30:00+03:00, 20180712, 2018-07, 2018; the day as printed, in its zone
ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ][\d:.,]{2,20}\s?(?:Z|UTC|[+-][\d:]{2,6})?)?"
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")  # 12.07.2018: always the day first
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
YMD_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:[T ][\d:.]{4,12})?")
NAMED = re.compile(
    r"(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})|([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 1800, 2100


def day(printed: str) -> str:
    """The EDTF of a date as metadata gives it, or "" if it is none or could be several.

    >>> day("Thu, 12 Jul 2018 23:30:00 +0300"), day("2018-07"), day("05/07/2018")
    ('2018-07-12', '2018-07', '')
    """
    printed = printed.strip()[:80]
    if found := ISO.fullmatch(printed):
        return _edtf(*found.groups())
    for pattern in (COMPACT, YMD_SLASHED):
        if found := pattern.fullmatch(printed):
            return _edtf(*found.groups())
    if found := DOTTED.fullmatch(printed):
        return _edtf(found[3], found[2], found[1])
    if found := SLASHED.fullmatch(printed):
        return _slashed(int(found[1]), int(found[2]), found[3])
    if found := NAMED.fullmatch(printed):
        return _named(found)
    parts = parsedate_tz(printed) if re.search(r"\d{4}", printed) else None
    return _edtf(parts[0], parts[1], parts[2]) if parts else ""


def day_or_edtf(written: str) -> str:
    """As `day`, and EDTF as it stands, for what people write who know it ('2018-07~')."""
    written = written.strip()
    return day(written) or (written if len(written) < 40 and is_valid(written) else "")


def _edtf(year: str | int, month: str | int | None = None, of: str | int | None = None) -> str:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return ""
    try:
        date(int(year), int(month or 1), int(of or 1))
    except ValueError:
        return ""
    return "-".join(f"{int(part):02}" for part in (year, month, of) if part is not None)


def _slashed(one: int, two: int, year: str) -> str:
    """Day first in most of the world, month first in some: a date only if one reading is left."""
    if one == two or one > 12:
        return _edtf(year, two, one)
    return _edtf(year, one, two) if two > 12 else ""


def _named(found: re.Match[str]) -> str:
    of, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    short = name.lower()[:3]
    return _edtf(year, MONTHS.index(short) + 1, of) if short in MONTHS else ""
