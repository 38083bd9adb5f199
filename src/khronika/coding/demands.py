"""Which units tell nothing: list items that are demands, and lines of headlines of other texts."""

import re

from khronika.coding.parsed import ParsedReport, ParsedUnit
from khronika.model.reports import PassageRole

# 'We demand', 'They called on the authorities to:', 'and ask', at the end of what leads a list in.
LEAD = re.compile(
    r"\b(?:ask|urge|call|demand|request|appeal|recommend|insist|implore|press)(?:s|ed|ing)?\b"
    r"[^.;]{0,120}$",
    re.IGNORECASE,
)
# The first words of a demand: 'release her', 'to release her', 'that she be released'.
ITEM = re.compile(r"^\W*(?:\(?\w{1,3}[.)]\s+)?(?:that\b|to\b|[a-z])")


def demanded_units(parsed: ParsedReport) -> frozenset[int]:
    """The indices of the list items that follow a lead-in which asks for something."""
    found: set[int] = set()
    asking = False
    for unit in parsed.units:
        if unit.unit.role is PassageRole.LIST_ITEM:
            if asking and _opens_as_demand(unit):
                found.add(unit.index)
            continue
        text = unit.doc.text.rstrip(" :-\u2013\u2014,")
        asking = bool(LEAD.search(text[-200:]))
    return frozenset(found)


def _opens_as_demand(unit: ParsedUnit) -> bool:
    first = next((t for t in unit.doc if t.is_alpha and len(t) > 1), None)
    if first is None:
        return False
    return bool(ITEM.match(unit.doc.text)) or first.tag_ in ("VB", "VBP") or first.lower_ == "that"


# 'Most read: Flood closes bridge | Court frees comedian': headlines of other texts.
ELSEWHERE = re.compile(
    r"^\W*(?:most (?:read|viewed|popular|shared)|read (?:also|more|next)|see also|related"
    r"(?: (?:news|stories|articles))?|also (?:read|in the news)|trending|more (?:news|stories|from)"
    r"|you may also like|editors'? picks?|latest (?:news|headlines)|in other news)\b[^.]{0,20}[:|]",
    re.IGNORECASE,
)


def elsewhere(unit: ParsedUnit) -> bool:
    """True of a line that only points to other texts."""
    return bool(ELSEWHERE.match(unit.text))
