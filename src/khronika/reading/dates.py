"""Full dates as pages print them: the only ones that can date a report."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from khronika.reading.phrases import lines

MONTHS: dict[str, int] = {}
for _names in lines("months"):
    for _number, _name in enumerate(_names.split(), 1):
        MONTHS.setdefault(_name, _number)

_MONTH = r"(?P<{0}>" + "|".join(sorted(MONTHS, key=lambda m: (-len(m), m))) + r")\b\.?"
_WEEKDAY = (
    r"(?:(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|понедельник|вторник|сред[аы]|четверг|пятниц[аы]|суббот[аы]|воскресенье"
    r"|понеділок|вівторок|середа|четвер|п.ятниця|субота|неділя|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b\.?,?\s+)?"
)
YEAR = re.compile(r"(?:19|20)\d\d|\d\.[01]\d\.[012]\d|[^\W\d][ .-]{1,2}['’]?[012]\d\b")
_NUMBER = r"(?:st|nd|rd|th|er|º|-?го)?\.?"
_OF = r"(?:of\s+|day\s+of\s+|de\s+)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_ERA = r"(?:\s*(?:года|году|року|г\.|р\.))?"
THIS_CENTURY = 2000  # a year of two digits is of this century
ROMAN = {name: i for i, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
DATE = re.compile(
    r"(?<![\w./-])(?:" + _WEEKDAY + r"(?:"
    + r"(?P<d1>\d{1,2})" + _NUMBER + r"\s+" + _OF + _MONTH.format("m1")
    + r",?\s+(?:del?\s+)?" + _YEAR.format("y1") + _ERA
    + r"|" + _MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?"
    + r",?\s+(?:del?\s+)?" + _YEAR.format("y2")
    + r"|(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.\s?" + _YEAR.format("y3")
    + r"|(?P<d4>\d{1,2})\s?[/-]\s?(?P<m4>\d{1,2})\s?[/-]\s?" + _YEAR.format("y4")
    + r"|(?P<d7>\d{1,2})[ .-](?P<m7>" + "|".join(ROMAN) + r")[ .-]" + _YEAR.format("y7")
    + r"|(?P<d8>\d\d)\.(?P<m8>\d\d)\.(?P<y8>[012]\d)"
    + r"|(?P<d9>\d{1,2})[ -]" + _MONTH.format("m9") + r"[ -]['’]?"
    + r"(?P<y9>[012]\d)(?!\d|:|\s?[ap]\.?m)"
    + r"|" + _YEAR.format("y5") + r"[-./](?P<m5>\d{2})[-./](?P<d5>\d{2})(?:T[\d:]{5,8}\S{0,6})?"
    + r"|(?P<d6>\d{1,2})-" + _MONTH.format("m6") + r"-" + _YEAR.format("y6")
    + r"))(?![\w/-]|\.\d)",
    re.IGNORECASE,
)  # fmt: skip
MONTH = re.compile(
    r"(?<![\w./-])(?<!\d )" + _MONTH.format("m") + r",?\s+(?:de\s+)?" + _YEAR.format("y") + _ERA,
    re.IGNORECASE,
)
_ANY_MONTH = _MONTH.format("m").replace("?P<m>", "?:")
PRINTED_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d|\d)")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARLESS = re.compile(
    r"(?:[^\W\d_][\w'’ -]{1,40}[,·|–-]\s*)?(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?"
    r"(?P<date>(?P<d1>\d{1,2})" + _NUMBER + r"\s+" + _OF + _MONTH.format("m1")
    + r"|" + _MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)\.?",
    re.IGNORECASE,
)  # fmt: skip
ENTRY = re.compile(
    r"(?:" + _WEEKDAY + r"(?:(?:early|mid|late|end of|начало|середина|конец|початок|кінець)[ -])?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?(?:\s*[-–—/]\s*\d{1,2})?\.?\s+(?:of\s+)?)?" + _ANY_MONTH
    + r"(?:\s+\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s+(?:19|20)\d\d)?(?:\s*(?:года|году|року|г\.|р\.))?"
    r"|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d(?:\s*(?:год|рік))?"
    r"|(?:spring|summer|autumn|fall|winter|весна|лето|осень|зима|літо|осінь)\s+(?:19|20)\d\d)"
    r"\s*[:.–—-]?",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FullDate:
    """A date to the day and where it stands; `edtf` is empty where it cannot be read."""

    start: int
    end: int
    edtf: str


def full_dates(text: str) -> Iterator[FullDate]:
    """Every full date in a short text; one that cannot be read has an empty value."""
    if YEAR.search(text) is None:
        return
    for match in DATE.finditer(text):
        yield FullDate(match.start(), match.end(), _edtf(match))


def read_by_order(printed: str, *, day_first: bool | None) -> str:
    """'04/05/2021' where the text's other dates show which of the two is the day."""
    parts = re.findall(r"\d+", printed)
    if day_first is None or len(parts) != 3:
        return ""
    day, month = (parts[0], parts[1]) if day_first else (parts[1], parts[0])
    return f"{parts[2]}-{int(month):02}-{int(day):02}"


def months(text: str) -> Iterator[FullDate]:
    """Every month with its year that is no part of a full date; a bulletin may have no more."""
    if YEAR.search(text) is None:
        return
    for match in MONTH.finditer(text):
        edtf = f"{match['y']}-{MONTHS[match['m'].lower()]:02}"
        yield FullDate(match.start(), match.end(), edtf)


def years_of(text: str) -> Iterator[int]:
    """The years that a short text prints."""
    return (int(match.group()) for match in PRINTED_YEAR.finditer(text))


def yearless(line: str, years: frozenset[int]) -> FullDate | None:
    """'Nairobi, Wednesday 5 May', a whole line, in the one year of `years` that it can be of."""
    match = YEARLESS.fullmatch(line.strip())
    if match is None or line != line.strip():
        return None
    number, name = match["d1"] or match["d2"], match["m1"] or match["m2"]
    weekday = match["weekday"]
    fitting = []
    for year in years:
        try:
            day = date(year, MONTHS[name.lower()], int(number))
        except ValueError:
            continue
        if weekday is None or WEEKDAYS[day.weekday()] == weekday.lower():
            fitting.append(day)
    if len(fitting) != 1 or (weekday is None and len(years) > 1):
        return None
    return FullDate(*match.span("date"), fitting[0].isoformat())


def _edtf(match: re.Match[str]) -> str:
    groups = {k[0]: v for k, v in match.groupdict().items() if v}
    printed = groups["m"]
    month = MONTHS.get(printed.lower()) or ROMAN.get(printed.upper()) or int(printed)
    year, day = int(groups["y"]), int(groups["d"])
    year += THIS_CENTURY if year < 100 else 0
    if match["d4"] and month != day and month <= 12 and day <= 12:
        return ""  # 04/05/2021: April or May
    if match["d4"] and month > 12:
        month, day = day, month
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
