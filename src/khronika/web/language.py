"""The interface in a language: messages by gettext, dates, numbers and names by CLDR."""

import gettext
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from khronika.model.edtf import EdtfError, Precision, bounds, precision

LANGUAGES = {"en": "English", "ru": "Русский", "uk": "Українська"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ug", "ur"})


def N_(message: str) -> str:  # noqa: N802  as gettext's tools know it
    """Mark a message for translation where it is written; it is translated where it is shown."""
    return message


SEASONS = {
    "21": N_("spring %(year)s"),
    "22": N_("summer %(year)s"),
    "23": N_("autumn %(year)s"),
    "24": N_("winter %(year)s"),
}


class Language:
    """One language of the interface."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
        self.locale = Locale.parse("en_GB" if code == "en" else code)
        self.catalogue = catalogue(code)
        self.date: Callable[[str], str] = lru_cache(maxsize=20_000)(self._date)
        self.number: Callable[[int], str] = lru_cache(maxsize=5000)(self._number)
        self.instant: Callable[[str], str] = lru_cache(maxsize=5000)(self._instant)

    def say(self, message: str, **values: object) -> str:
        """A message in this language, with its values."""
        said = self.catalogue.gettext(message)
        return said % values if values else said

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166 alpha-2 code; the code where none is known."""
        return str(self.locale.territories.get(code.upper(), code))

    def language(self, code: str) -> str:
        """The name of a language by its ISO 639-1 code."""
        return str(self.locale.languages.get(code, code))

    def month(self, year: int, month: int) -> str:
        """'March 2023'."""
        return str(format_skeleton("yMMMM", datetime(year, month, 1), locale=self.locale))  # noqa: DTZ001

    def day(self, when: date) -> str:
        """'14 March 2023'."""
        return str(format_date(when, "long", locale=self.locale))

    def percent(self, share: float) -> str:
        """'83%'."""
        return str(format_percent(share, locale=self.locale))

    def _number(self, number: int) -> str:
        return str(format_decimal(number, locale=self.locale))

    def _instant(self, rfc3339: str) -> str:
        try:
            moment = datetime.fromisoformat(rfc3339.replace("Z", "+00:00"))
        except ValueError:
            return rfc3339
        return f"{format_datetime(moment, 'medium', locale=self.locale)} UTC"

    def _date(self, edtf: str) -> str:
        """A date in words: 'March 2023', 'between 14 and 17 March 2023'; '' if unknown."""
        try:
            first, last = bounds(edtf)
            kind = precision(edtf)
        except EdtfError:
            return edtf
        if first is None or last is None:
            return self._open(edtf, first, last)
        match kind:
            case Precision.MINUTE | Precision.DAY:
                return self.day(first)
            case Precision.MONTH:
                return self.month(first.year, first.month)
            case Precision.SEASON:
                return self.say(SEASONS[edtf[5:7]], year=first.year)
            case Precision.YEAR:
                return str(first.year)
            case Precision.DECADE:
                return self.say("%(first)s to %(last)s", first=first.year, last=last.year)
            case _:
                return self._between(edtf, first, last)

    def _open(self, edtf: str, first: date | None, last: date | None) -> str:
        if first is None and last is None:
            return ""
        written = edtf.strip("./")
        edge = self._date(written) if written and "/" not in written else str(first or last)
        return self.say("by %(date)s", date=edge) if last else self.say("since %(date)s", date=edge)

    def _between(self, edtf: str, first: date, last: date) -> str:
        starts, _, ends = edtf.partition("/")
        fine = len(starts) >= 10 and len(ends) >= 10
        one, other = (self.day(first), self.day(last)) if fine else map(self._date, (starts, ends))
        return self.say("between %(first)s and %(last)s", first=one, last=other)


@cache
def language(code: str) -> Language:
    """A language of the interface, English for one that there is not."""
    return Language(code if code in LANGUAGES else "en")


def preferred(accepted: str) -> str:
    """The language that fits best what a browser accepts, by its header."""
    weighed: list[tuple[float, str]] = []
    for at, each in enumerate(accepted[:500].split(",")):
        tag, _, rest = each.strip().partition(";")
        weight = _weight(rest.strip())
        code = tag.partition("-")[0].lower()
        if weight > 0 and code in LANGUAGES:
            weighed.append((weight - at / 1000, code))
    return max(weighed)[1] if weighed else "en"


def _weight(said: str) -> float:
    try:
        return float(said.removeprefix("q=")) if said.startswith("q=") else 1.0
    except ValueError:
        return 0.0


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The messages of a language; those of English are the messages themselves."""
    source = files("khronika.web") / "locale" / code / "khronika.po"
    if not source.is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
