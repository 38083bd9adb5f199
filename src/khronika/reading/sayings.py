"""Sentences and headings in which a text dates itself."""

import re
from collections.abc import Sequence

from khronika.model.reports import PassageRole
from khronika.reading.datelines import Stamp
from khronika.reading.dates import FullDate, full_dates
from khronika.reading.drafts import Draft
from khronika.reading.masthead import PAPER

_SAYING = (
    r"\b(?:originally|first)\s+(?:appeared|published|posted|issued|released)\b.{0,160}?"
    r"\b(?:of|on|in|dated)\s+",
    r"\b(?:this|the present)\s(?:\w+\s){1,3}(?:was|is|has been)\s(?:first\s)?"
    r"(?:published|issued|released|adopted|made|posted|sent|drawn up|finali[sz]ed|completed"
    r"|written)"
    r"\s(?:\w+\s){0,4}?on\s+(?:the\s)?",
    r"\b(?:list|report|page|document|bulletin|information|data|figures|statement|account|text)\b"
    r"[^.]{0,60}\s(?:is|are|was|were)\s(?:correct|accurate|current|up to date"
    r"|(?:last )?(?:checked|updated|compiled|closed|verified))\s(?:\w+\s){0,3}?(?:of|at|on"
    r"|to)\s(?:the\s)?",
    r"^(?:done|made|adopted|signed|issued|given|dated|fait|hecho)\s(?:at|in|this|à|en"
    r"|on)\b[^.]{0,60}",
    r"(?:^|[.!?]\s+)(?:last )?(?:updated|revised)(?: on)?\s(?:the\s)?",
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|at the time of writing"
    r"|сегодня|сьогодні|сёння|hoy|aujourd['’]hui)\b,?\s*[(–—-]?\s?(?:on |the |el |le )?",
)
SAYING = re.compile("(?:" + "|".join(_SAYING) + ")$", re.IGNORECASE | re.DOTALL)
HINT = re.compile(
    r"\b(?:originally|first|updated|revised|today"
    r"|(?:this|the|all)\s(?:\w+\s){1,6}(?:is|are|was|were|has been)"
    r"|tonight"
    r"|this (?:morning|afternoon|evening)|time of writing|сегодня|сьогодні|сёння|hoy"
    r"|aujourd['’]hui)\b"
    r"|^(?:done|made|adopted|signed|issued|given|dated|fait|hecho)\b",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"\b(?:resolution|decision|statement|declaration|opinion|communiqu[eé]|judgment|press release"
    r"|recommendation|order|ruling|open letter|bulletin|newsletter|заявление|резолюция|заява"
    r"|резолюція)"
    r"\s+(?:of|from|dated|от|від)\s+$",
    re.IGNORECASE,
)
LONGEST = 1500  # characters of a passage that may say when the report was made
BEFORE = 240  # characters before a date that are looked at


def said_stamps(drafts: Sequence[Draft]) -> list[Stamp]:
    """The date in 'This article first appeared on 7 May 2014', or 'today, 7 May 2014'."""
    found: list[Stamp] = []
    for draft in drafts:
        text = draft.text[:LONGEST]
        if draft.role is PassageRole.REPEAT or not HINT.search(text):
            continue
        found += [
            _stamp(draft, each)
            for each in full_dates(text)
            if SAYING.search(text[max(0, each.start - BEFORE) : each.start])
        ]
    return found


def titled(draft: Draft) -> list[Stamp]:
    """The date of 'Example Parliament resolution of 18 January 2024', and of its like."""
    return [
        _stamp(draft, each)
        for each in full_dates(draft.text)
        if TITLED.search(draft.text[: each.start])
        or (each.end >= len(draft.text.rstrip(" .)")) and PAPER.match(draft.text))
    ]


def _stamp(draft: Draft, date: FullDate) -> Stamp:
    there = FullDate(draft.start + date.start, draft.start + date.end, date.edtf)
    return Stamp(there, updated=False, labelled=True)
