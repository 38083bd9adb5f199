"""Datelines at the beginning of a paragraph: parted from the sentence that they open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khronika.model.reports import PassageRole
from khronika.reading.datelines import (
    NAME_WORD,
    NO_PLACES,
    ORGANISATION,
    PLACE,
    TIME,
    Stamp,
    is_place,
)
from khronika.reading.dates import ENTRY, FullDate, full_dates
from khronika.reading.drafts import Draft
from khronika.text.gazetteer import LARGE, PlaceKind, gazetteer
from khronika.text.gazetteer import Place as Known

BEFORE = re.compile(
    rf"(?P<open>\(?)(?P<place>{PLACE})(?:,\s*(?P<country>{PLACE}))?"
    r"(?:\s*[,(]\s*|\s+[-–—]+\s+|\s+)"
)
BEHIND = re.compile(rf",\s*(?P<place>{PLACE})(?=\s*[-–—(])")
AGENCY = re.compile(r"\s*,?\s*\((?P<agency>[^()\d]{2,60})\)")
CLOSING = re.compile(r"\s*(?:\)\s*[-–—:.]*|[-–—]+|[.:])(?:\s+|$)")
DASH = re.compile(r"\s*[-–—:]{1,2}\s+")
_UPPER = r"[A-ZА-ЯЁІЇЄҐ][A-ZА-ЯЁІЇЄҐ'’.-]"
_REST = r"(?:,\s*(?P<rest>[^()\n.–—:]{2,30}?))?"
_DATED = r"(?:,\s*(?P<rest>[^()\n–—:]{2,30}?))?"
WITH_AGENCY = re.compile(
    rf"(?P<place>{_UPPER}[A-ZА-ЯЁІЇЄҐ'’. -]{{1,39}}|{PLACE}){_DATED}"
    r"\s*\((?P<agency>[^\W\d_a-z][^()\d]{1,40})\)\s*[-–—]{1,2}\s+"
)
IN_CAPITALS = re.compile(
    rf"(?P<place>{_UPPER}+(?: [A-ZА-ЯЁІЇЄҐ'’.-]+){{0,3}}){_DATED}\s*[–—-]{{1,2}}\s+(?=\S)"
)
IN_BRACKETS = re.compile(rf"\((?P<place>{PLACE})(?:,\s*{PLACE})?\)\s*[-–—]{{1,2}}\s+")
AGENCY_ALONE = re.compile(r"\((?P<agency>[A-ZА-Я][\w .]{1,30})\)\s*[-–—]{1,2}\s+")
CITY = re.compile(rf"(?P<place>{NAME_WORD}(?: {NAME_WORD}){{0,2}}){_REST}(?:\s+[–—-]{{1,2}}|:)\s+")
FORMS = (WITH_AGENCY, IN_CAPITALS, IN_BRACKETS, AGENCY_ALONE, CITY)
HEAD = 200  # characters in which a dateline ends
FIRST = 60  # characters in which its date begins
MOST = 40  # passages whose beginnings are looked at
LEAST = 20  # characters of the sentence behind it
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A dateline at the start of a paragraph: where it ends, and what it gives."""

    end: int
    stamp: Stamp | None = None
    place: Place | None = None
    agency: Place | None = None


def split_openings(drafts: list[Draft]) -> list[Draft]:
    """Part the dateline at the start of a paragraph from the sentence behind it."""
    found: list[Draft] = []
    lone = _lone_date(drafts)
    for index, draft in enumerate(drafts):
        head = None
        if index < MOST and draft.role in (None, PassageRole.BODY):
            head = opening(draft.text, draft.start, dated_alone=index == lone)
        if head is not None and head.end < draft.end:
            found.append(_parted(draft, head.end))
        found.append(draft)
    return found


def _parted(draft: Draft, end: int) -> Draft:
    """Take the dateline off a paragraph, and make it a passage of its own."""
    prefix = draft.text[: end - draft.start].rstrip()
    taken = Draft(
        start=draft.start,
        end=draft.start + len(prefix),
        gap=draft.gap,
        text=prefix,
        role=PassageRole.DATELINE,
    )
    draft.text = draft.text[end - draft.start :].lstrip()
    draft.start = draft.end - len(draft.text)
    draft.gap = 0
    return taken


def _lone_date(drafts: Sequence[Draft]) -> int:
    """The first paragraph, if it alone begins with a date: several are a chronicle."""
    dated = [
        index
        for index, draft in enumerate(drafts)
        if draft.role in (None, PassageRole.BODY, PassageRole.LIST_ITEM, PassageRole.TABLE_ROW)
        and (first := next(full_dates(draft.text[:HEAD]), None))
        and first.start == 0
    ]
    body = next((i for i, d in enumerate(drafts) if d.role in (None, PassageRole.BODY)), -1)
    return body if dated == [body] else -1


def opening(text: str, at: int, *, dated_alone: bool = False) -> Opening | None:
    """The dateline that a paragraph opens with: '(Place, date)', 'PLACE, date (Agency) --'."""
    head = text[:HEAD]
    return _dated(head, at, alone=dated_alone) or _undated(text, head, at)


def opens(draft: Draft) -> Opening | None:
    """What a passage that was parted from its paragraph as a dateline says."""
    if draft.role is not PassageRole.DATELINE:
        return None
    return opening(f"{draft.text} {'x' * 2 * LEAST}", draft.start, dated_alone=True)


def _dated(head: str, at: int, *, alone: bool) -> Opening | None:
    first = next(full_dates(head), None)
    if first is None or first.start > FIRST:
        return None
    before, place = head[: first.start], None
    if before.strip(" ("):
        match = BEFORE.fullmatch(before)
        if match is None or not is_place(match["place"]):
            return None
        place = _moved(match.span("place"), at)
    after = timed.end() if (timed := TIME.match(head, first.end)) else first.end
    behind = None if place else BEHIND.match(head, after)
    if behind and is_place(behind["place"]):
        place, after = _moved(behind.span("place"), at), behind.end()
    agency = AGENCY.match(head, after)
    after = agency.end() if agency else after
    alone = alone and bool(DASH.match(head, after))
    closing = CLOSING.match(head, after)
    if closing is None or not (place or agency or before.startswith("(") or alone):
        return None
    there = FullDate(at + first.start, at + first.end, first.edtf)
    stamp = Stamp(there, updated=False, labelled=False, place=place)
    name = _moved(agency.span("agency"), at) if agency else None
    return Opening(end=at + closing.end(), stamp=stamp, place=place, agency=name)


def _undated(text: str, head: str, at: int) -> Opening | None:
    """'KYIV, 3 March (Agency) -', 'MANILA, Philippines --', '(Nairobi) –', '(AGENCY) --'."""
    for form in FORMS:
        match = form.match(head)
        if match is not None and len(text) > match.end() + LEAST:
            found = _without_date(form, match, at)
            if found is not None:
                return found
    return None


def _without_date(form: re.Pattern[str], match: re.Match[str], at: int) -> Opening | None:
    named = {key: value for key, value in match.groupdict().items() if value}
    place, agency = named.get("place", ""), named.get("agency", "")
    if agency.lower() in NO_PLACES or (place and not is_place(place)):
        return None
    end = at + match.end()
    if agency:
        there = _moved(match.span("place"), at) if place else None
        return Opening(end=end, place=there, agency=_moved(match.span("agency"), at))
    known = gazetteer().places(place)
    if form is CITY and not _is_city(known, named.get("rest", "")):
        return None
    if form is not CITY and ORGANISATION.search(place):
        return Opening(end=end, agency=_moved(match.span("place"), at))
    # 'THE EXAMPLE -' says whose it is rather than where it was written.
    return Opening(end=end, place=_moved(match.span("place"), at) if known else None)


def _is_city(known: Sequence[Known], rest: str) -> bool:
    """True for a large city, and for any city with its country, region or day behind it."""
    if not known or known[0].kind is not PlaceKind.CITY:
        return False
    if not rest:
        return known[0].population >= LARGE
    parts = [part.strip() for part in rest.split(",")]
    return any(gazetteer().places(part) or ENTRY.fullmatch(part) for part in parts)


def _moved(span: Place, at: int) -> Place:
    return span[0] + at, span[1] + at
