"""Timelines whose dates stand on lines of their own: each date and its entry are one passage."""

import re

from khronika.model.reports import PassageRole
from khronika.reading.dates import ENTRY, full_dates
from khronika.reading.drafts import Draft
from khronika.reading.shapes import is_item, is_row

FEWEST = 3  # dates on lines of their own that make a timeline
LONGEST_DATE = 50
YEAR = re.compile(r"(?:19|20)\d\d\s?[:.]?")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DAY = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}|{MONTH})\b", re.IGNORECASE)
HEAD = 6  # passages at the top where a lone date may be that of the report


def join_entries(text: str, drafts: list[Draft]) -> list[Draft]:
    """Put the date of an entry and the paragraph under it together."""
    _list_under_years(drafts)
    heads = [
        i
        for i, draft in enumerate(drafts[:-1])
        if _is_date(draft) and _is_entry(drafts[i + 1]) and not _is_year(draft, drafts[i + 1])
    ]
    if heads and heads[0] < HEAD and _dates_report(drafts, heads):
        heads = heads[1:]
    if len(heads) < FEWEST:
        return drafts
    first, found = set(heads), []
    for index, draft in enumerate(drafts):
        if index - 1 in first:
            continue
        if index in first:
            draft.end = drafts[index + 1].end
            draft.text = text[draft.start : draft.end]
            draft.role = PassageRole.LIST_ITEM
        found.append(draft)
    return found


def _is_date(draft: Draft) -> bool:
    return len(draft.text) <= LONGEST_DATE and bool(ENTRY.fullmatch(draft.text))


def _list_under_years(drafts: list[Draft]) -> None:
    """'19 May. ...' under the heading '2014' is an entry of a list, however short."""
    years = [d for d in drafts if YEAR.fullmatch(d.text)]
    if len(years) < 2 or years[0] is drafts[-1]:
        return
    for draft in drafts[drafts.index(years[0]) + 1 :]:
        if DAY.match(draft.text) and not YEAR.fullmatch(draft.text):
            draft.role = PassageRole.LIST_ITEM


def _is_year(draft: Draft, after: Draft) -> bool:
    """'2014' over '19 May. Officers ...' is the heading of a year, whose entries have their own."""
    return bool(YEAR.fullmatch(draft.text)) and bool(DAY.match(after.text))


def _is_entry(draft: Draft) -> bool:
    return not (_is_date(draft) or is_item(draft.text) or is_row(draft.text)) and draft.gap <= 2


def _dates_report(drafts: list[Draft], heads: list[int]) -> bool:
    """The first of the dates is the report's own if no other is later."""
    days = [next((d.edtf for d in full_dates(drafts[i].text)), "") for i in heads]
    return bool(days[0]) and days[0] > max(days[1:], default="")
