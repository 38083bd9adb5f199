"""Captions, credits and bylines."""

import re

from khronika.reading.phrases import any_of, pattern

_CAPTION = pattern("", "captions", r"\s*(?:[:/©—–-]\s*\S|\(?\s*(?:©|courtesy|by\b))")
_CREDIT = re.compile(r"(?:[©]\s*[^\n]{2,80}|\((?:photo|фото|image)[^()\n]{0,80}\))", re.IGNORECASE)
_CREDIT_INSIDE = re.compile(
    r"(?:(?:©|\b(?:photo|credit|photo credit|image|фото|photograph|picture)s?\s*(?:by|:|courtesy)"
    r"|/\s?(?:AFP|AP|Reuters|EPA|Getty)|Getty Images)\s*[^.\n]{0,60}[.)]?"
    r"|[(\[](?:(?:file |handout )?(?:photo|image|picture)\b[^()\[\]]{0,60}"
    r"|source\s?:[^()\[\]]{2,60}|AP Photo\b[^()]{0,50}|AFP|AP|PA|EPA|Reuters|Xinhua"
    r"|Associated Press|Getty Images|via [^()]{2,40}"
    r"|[^()]{2,40}/\s?(?:AFP|AP|PA|EPA|Reuters|Getty Images|dpa|TASS|ТАСС))[)\]])$",
    re.IGNORECASE,
)
_BYLINE = re.compile(any_of("bylines") + r"\s*:?\s+(?=our |the |[^\W\d_a-zа-я])[^\n]{2,100}")


def is_caption(text: str) -> bool:
    """True for 'Photo: ...', '© Name' alone, and a short line that ends in a credit."""
    if len(text) > 400:
        return False
    return bool(
        _CAPTION.match(text.lstrip("([*_ "))
        or (len(text) < 100 and _CREDIT.fullmatch(text))
        or (len(text) < 320 and _CREDIT_INSIDE.search(text[-120:]))
    )


def is_byline(text: str) -> bool:
    """True for 'By our Middle East desk', 'Text: Name'."""
    return len(text) < 110 and not text.endswith((".", ":")) and bool(_BYLINE.fullmatch(text))
