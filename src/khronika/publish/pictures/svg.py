"""SVG as text: elements with attributes only, since a page allows no styles of its own.

Whatever comes from a record is cleaned of signs that XML forbids or that turn lines about, cut to a
length, and escaped.
"""

import re
import unicodedata
from collections.abc import Iterable

from khronika.publish.pictures.fonts import ARABIC, FALLBACKS
from khronika.publish.pictures.look import Look

LONGEST = 300  # code points of one label
LONGEST_SUMMARY = 4000
_ARABIC = re.compile("[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefe]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_INSTEAD = {"Cf": "", "Cc": " ", "Cs": " ", "Co": " ", "Cn": " ", "Zl": " ", "Zp": " "}


def clean(said: str, most: int = LONGEST) -> str:
    """A label without signs that are no letters: controls, turns of direction, halves of pairs."""
    kept = (_INSTEAD.get(unicodedata.category(c), c) for c in said[:most])
    return " ".join("".join(kept).split())


def escape(said: str) -> str:
    """Text as XML writes it."""
    return "".join(_NAMED.get(c, c) for c in said)


def num(value: float) -> str:
    """A number in as few signs as it needs."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def element(name: str, *inside: str, **attributes: str | float | None) -> str:
    """An element; `font_size=12` is written `font-size="12"`, None is left out."""
    said = "".join(
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def text(
    said: str,
    x: float,
    y: float,
    size: float = 13,
    **attributes: str | float | None,
) -> str:
    """A line of text at a place; `text_anchor` says which end of it stands there."""
    line = clean(said)
    if _ARABIC.search(line):
        attributes.setdefault("font_family", f"'{ARABIC}', {FALLBACKS}")
    if is_rtl(line):
        line = f"\u2067{line}\u2069"
    return element("text", escape(line), x=x, y=y, font_size=size, **attributes)


def is_rtl(said: str) -> bool:
    """True if the first letter that has a direction is written from right to left."""
    for letter in said:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def document(
    look: Look, height: float, title: str, summary: str, body: Iterable[str], defs: str = ""
) -> str:
    """The whole picture on its paper, with its title and summary for who cannot see it."""
    width = look.width
    return element(
        "svg",
        element("title", escape(clean(title))),
        element("desc", escape(clean(summary, most=LONGEST_SUMMARY))),
        element("defs", defs) if defs else "",
        element("rect", width=width, height=height, fill=look.theme.paper),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {num(width)} {num(height)}",
        role="img",
        font_family=FALLBACKS,
        fill=look.theme.ink,
    )
