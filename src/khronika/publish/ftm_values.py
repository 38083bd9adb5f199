"""Values as FollowTheMoney takes them: dates by prefix, languages by three letters."""

import re
from collections.abc import Iterable
from functools import cache

from babel.core import get_global

PREFIX = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
LEGAL_FORM = re.compile(
    r"\b(?:Ltd|Limited|LLC|LLP|Inc|Corp|GmbH|PLC|S\.?A\.?|N\.V\.|B\.V\.|JSC|OJSC|CJSC|LLP)\.?$"
    r"|(?:^|\s)(?:ООО|ОАО|ЗАО|ПАО|ТОО|ТзОВ|ТОВ|ПАТ|ПрАТ)(?=\s|$)"
)
WEB = re.compile(r"https?://\S{1,2000}")


def dates(edtf: str) -> tuple[str, str, str]:
    """A date, or a start and an end, as far as a prefix of a date can say it.

    "Some time between" is no start and no end: of `2017-03-02/2017-03-09` only 2017-03 is known.
    """
    if PREFIX.fullmatch(edtf):
        return edtf, "", ""
    first, slash, last = edtf.partition("/")
    if slash and PREFIX.fullmatch(first) and PREFIX.fullmatch(last):
        one, other = first.split("-"), last.split("-")
        same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
        whole = min(len(one), len(other)) if same is None else same
        return "-".join(one[:whole]), "", ""
    if slash and PREFIX.fullmatch(first) and last in ("..", ""):
        return "", first, ""
    if slash and PREFIX.fullmatch(last) and first in ("..", ""):
        return "", "", last
    return "", "", ""


def printed(edtf: str) -> str:
    """A date that no prefix says in full, in its own form."""
    return "" if not edtf or PREFIX.fullmatch(edtf) else f"when: {edtf} (EDTF)"


@cache
def alpha3(language: str) -> str:
    """The three letters of a language of ISO 639-1: en is eng; "" for one without."""
    aliases: dict[str, str] = get_global("language_aliases")  # type: ignore[assignment]
    found = [long for long, short in aliases.items() if short == language and len(long) == 3]
    found.sort(key=lambda long: (not long.startswith(language), long))  # zho, not chi
    return found[0] if found else language if len(language) == 3 else ""


def is_company(names: Iterable[str]) -> bool:
    """True if a name has the legal form of a company; nothing else makes a body one."""
    return any(LEGAL_FORM.search(name.strip()) for name in names)


def is_name(name: str) -> bool:
    """True of what is written as a name: with a capital, or in a script that has none."""
    letters = [c for c in name if c.isalpha()]
    return any(c.isupper() for c in letters) or (
        bool(letters) and all(c.lower() == c.upper() for c in letters)
    )


def web_address(address: str) -> str:
    """An address of the web, "" for any other."""
    return address if WEB.fullmatch(address) else ""
