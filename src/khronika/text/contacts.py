"""E-mail addresses, telephone numbers and handles in a text: marked, never published."""

import re
from collections.abc import Iterator

from khronika.model.anchors import Anchor
from khronika.model.reports import Contact, ContactKind

MARKS = "_.+%'-"  # signs that the name before an @ may hold
_DOMAIN = re.compile(r"[^\W_](?:[\w-]{0,62}(?:\.[\w-]{1,63}){1,6})")
_SPELT = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:\[\s?(?:at|@|собака)\s?\]|\(\s?(?:at|@|собака)\s?\)"
    r"|\s(?:AT|собака)\s)\s?"
    r"[\w-]{1,63}(?:\s?(?:\.|\[\s?(?:dot|\.)\s?\]|\(\s?(?:dot|\.)\s?\)"
    r"|\sDOT\s)\s?[\w-]{1,63}){1,5}(?!\w)"
)
_NUMBER = re.compile(
    r"(?<![\w+.,/№#-])(?:\+|00(?=[1-9])|\(\+?\d)?[\d(][\d\s().\u00a0/‑–-]{4,24}\d(?![\w%])"
)
_CALL = re.compile(
    r"(?:\b(?:tel(?:ephone)?s?|phones?|mob(?:ile)?|cell|fax|call|ring|text|hotline|helpline"
    r"|what[s] ?app|signal|viber|sms|press|contact\w*"
    r"|reached (?:on|at)|t|m|p|ph)|тел(?:ефон\w*)?|моб\w*|факс|звоните|позвон\w*|горячая линия"
    r"|гаряча лінія|дзвон\w*|зателефон\w*|связ\w*)"
    r"\b\.?\s*(?:no\.?|number|number is|line|us|on|at|in [A-Z]\w+|\([^()\d]{1,20}\))?\s*[:.]?\s*$",
    re.IGNORECASE,
)
_AT_NAME = re.compile(r"(?<![\w@./])@[A-Za-z]\w{2,30}\b")
_CASED = re.compile(
    r"\b(?:signal|we ?chat|weixin|telegram|what[s] ?app|viber|threema|skype|tg)\b", re.IGNORECASE
)
_HANDLE_NAME = re.compile(
    r"(?:\s*\b(?:id|account|handle|user(?:name)?|channel|bot)\b)?\s*(?:[:–—]\s*|\s)(?:at\s+)?"
    r"(?P<name>@[\w.]{3,40}|(?:https?://)?t\.me/[\w+]{3,40}|[A-Za-z][A-Za-z0-9]*(?:[._-]"
    r"|\d)[A-Za-z0-9_.-]{0,40}[A-Za-z0-9])"
)
_NO_PHONE_BEFORE = re.compile(
    r"(?:\b(?:nos?|number|numbers|case|file|ref(?:erence)?|application|applications"
    r"|art(?:icle)?s?|account|iban|isbn|issn|doc(?:ument)?|paragraphs?"
    r"|pp?|pages?|section|law|decree|order|passport|id|inn|ogrn|reg(?:istration)?|docket"
    r"|resolution|euros?|dollars?|usd|eur|[$€£₽])"
    r"|№|дел[оа]|ст\.|стать\w*|справ\w*|закон\w*|указ\w*|приказ\w*|паспорт\w*|инн|огрн"
    r"|рег)\.?\s*(?:no\.?|№)?\s*[:.(]?\s*$",
    re.IGNORECASE,
)
_DATELIKE = re.compile(
    r"\(?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(?:19"
    r"|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)|\d{1,3}(?:[\s.,]\d{3})+)\)?"
)


def contacts(
    text: str, start: int = 0, end: int | None = None, *, called: bool = False
) -> list[Contact]:
    """E-mail addresses, telephone numbers and handles in `text[start:end]`, in order.

    Args:
        text: the text that anchors refer to.
        start: where to begin.
        end: where to stop; the end of the text if not given.
        called: the stretch is known to be a contact block, so that local numbers count.
    """
    stop = len(text) if end is None else end
    found = [(*place, 0, ContactKind.EMAIL) for place in _emails(text, start, stop)]
    found += [
        (*place, 1, ContactKind.HANDLE) for place in _handles(text, start, stop, called=called)
    ]
    found += [(*place, 2, ContactKind.PHONE) for place in _phones(text, start, stop, called=called)]
    kept: list[Contact] = []
    for first, last, _, kind in sorted(found, key=lambda each: (each[0], each[2])):
        if not kept or first >= kept[-1].anchor.end:
            kept.append(Contact(kind=kind, anchor=Anchor.cut(text, first, last)))
    return kept


def _emails(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    at = text.find("@", start, stop)
    while at >= 0:
        local = at
        while local > max(start, at - 64) and (
            text[local - 1].isalnum() or text[local - 1] in MARKS
        ):
            local -= 1
        domain = _DOMAIN.match(text, at + 1, min(stop, at + 256))
        if local < at and domain:
            yield local, at + 1 + len(domain.group().rstrip(".-"))
        at = text.find("@", at + 1, stop)
    if "(" in text[start:stop] or "[" in text[start:stop] or " AT " in text[start:stop]:
        for match in _SPELT.finditer(text, start, stop):
            yield match.span()


def _phones(text: str, start: int, stop: int, *, called: bool) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text, start, stop):
        found = match.group().rstrip(" (–-/.")
        digits = sum(map(str.isdigit, found))
        if not 6 <= digits <= 15 or "\n" in found or found.count("(") != found.count(")"):
            continue
        before = text[max(start, match.start() - 40) : match.start()]
        if _DATELIKE.fullmatch(found.strip()) or _NO_PHONE_BEFORE.search(before):
            continue
        international = found.startswith(("+", "(+")) or (found.startswith("00") and digits >= 9)
        grouped = len(re.findall(r"\d+", found)) >= 3
        if international or _CALL.search(before) or (called and grouped):
            yield match.start(), match.start() + len(found)


def _handles(text: str, start: int, stop: int, *, called: bool) -> Iterator[tuple[int, int]]:
    for match in _CASED.finditer(text, start, stop):
        named = _HANDLE_NAME.match(text, match.end(), min(stop, match.end() + 80))
        if named:
            yield match.start(), named.end("name")
    if called:
        for match in _AT_NAME.finditer(text, start, stop):
            yield match.span()
