"""Publisher, date, place and title of a report: given, printed on the page, or in its metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from khronika.model.anchors import Anchor
from khronika.model.reports import Extracted, Known, PassageRole
from khronika.reading.datelines import PAGE_CHANGED, Stamp, stamps
from khronika.reading.dates import FullDate, full_dates, read_by_order, yearless, years_of
from khronika.reading.drafts import Draft
from khronika.reading.masthead import GENRE
from khronika.reading.openings import opens
from khronika.reading.publisher import find_publisher
from khronika.reading.sayings import said_stamps, titled
from khronika.text.dates import day_first
from khronika.text.gazetteer import PlaceKind, gazetteer

GIVEN = "given by"
DATELINE = "dateline"
TOP = 8  # passages at the top in which a place may stand by itself
HEAD = 30  # passages from the beginning in which a page dates itself
MONTH = len("2022-03")
LINE_WORDS = 14  # of a line above the running text
FOOT = 14  # passages from the end in which a letter or a note dates itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of a report's origin."""

    title: Known
    publisher: Known
    published: Known
    place: Known


def find_origin(text: str, drafts: list[Draft], extracted: Extracted) -> Found:
    """Whoever added the report is believed first, then the page itself, then its metadata."""
    origin = extracted.origin
    best, basis = _best_stamp(drafts)
    publisher = find_publisher(text, drafts)  # first: it marks the masthead, which is no title
    return Found(
        title=_title(text, drafts, origin.title),
        publisher=origin.publisher if origin.publisher.value else publisher,
        published=_chosen_date(origin.published, _published(text, best, basis)),
        place=_chosen(origin.place, _place(text, drafts, best)),
    )


def _chosen(given: Known, printed: Known) -> Known:
    if given.value and given.basis.startswith(GIVEN):
        return given
    if printed.value or not given.value:
        return printed
    return given


def _chosen_date(given: Known, printed: Known) -> Known:
    """A dateline outweighs metadata; a date at the end of the text, or a mere month, does not."""
    weak = not printed.basis.startswith(DATELINE) or given.value.startswith(printed.value)
    return given if given.value and weak else _chosen(given, printed)


def _title(text: str, drafts: list[Draft], given: Known) -> Known:
    headlines = [d for d in drafts if d.role is PassageRole.HEADLINE and not d.masthead]
    if given.value:
        wanted = given.value.casefold()
        named = [d for d in headlines if " ".join(d.text.split()).casefold() == wanted]
        return (
            replace(given, anchor=Anchor.cut(text, named[0].start, named[0].end))
            if named
            else given
        )
    for draft in [d for d in headlines if _tells(d.text)] or headlines:
        anchor = Anchor.cut(text, draft.start, draft.end)
        return Known(value=" ".join(draft.text.split()), anchor=anchor, basis="first headline")
    return Known(basis="the text has no headline")


def _tells(headline: str) -> bool:
    """False for 'Press summary no. 12', 'Open letter', 'Nairobi': they say what, not what of."""
    genre = GENRE.match(headline)
    bare = genre is not None and not re.search(r"[^\W\d_]{4}", headline[genre.end() :])
    return not bare and not gazetteer().places(headline)


def _published(text: str, stamp: Stamp | None, basis: str) -> Known:
    if stamp is None:
        return Known(basis=basis)
    anchor = Anchor.cut(text, stamp.date.start, stamp.date.end)
    if stamp.date.edtf:
        return Known(value=stamp.date.edtf, anchor=anchor, basis=basis)
    read = read_by_order(anchor.exact, day_first=day_first(text))
    if read:
        return Known(value=read, anchor=anchor, basis=f"{basis}, in the order of the other dates")
    return Known(anchor=anchor, basis="the page's date cannot be read as one day")


def _best_stamp(drafts: list[Draft]) -> tuple[Stamp | None, str]:
    """The date by which a text dates itself, and where it does so."""
    unread: Stamp | None = None
    for found, basis in (
        (_head_stamps(drafts), DATELINE),
        (said_stamps(drafts), "sentence that dates the text"),
        (_yearless_stamps(drafts), f"{DATELINE}, with the year of the masthead"),
        (_foot_stamps(drafts), "date at the end"),
    ):
        stamp = _preferred(found)
        if stamp and stamp.date.edtf:
            return stamp, basis
        unread = unread or stamp
    return unread, DATELINE if unread else "the text gives no date of its own"


def _preferred(found: list[Stamp]) -> Stamp | None:
    """A date the page says it was made on, else an unlabelled one, else that of an update."""
    for wanted in (
        [s for s in found if s.labelled and not s.updated],
        [s for s in found if not s.labelled],
        found,
    ):
        readable = [s for s in wanted if s.date.edtf]
        if readable:
            return next((s for s in readable if len(s.date.edtf) > MONTH), readable[0])
    return found[0] if found else None


def _head_stamps(drafts: list[Draft]) -> list[Stamp]:
    """Datelines before and at the beginning of the running text."""
    found: list[Stamp] = []
    last = max((i for i, d in enumerate(drafts) if _runs(d)), default=len(drafts))
    running = 0
    looked = 0
    for index, draft in enumerate(drafts):
        looked += draft.role is not PassageRole.BOILERPLATE
        if looked > HEAD:
            break
        if draft.role is PassageRole.DATELINE and (index < last or not running):
            found += _stamps_of(draft)
        elif draft.role in (PassageRole.HEADLINE, PassageRole.BYLINE, PassageRole.TABLE_ROW):
            found += titled(draft) or _labelled_row(draft) or _byline_date(draft)
        elif _runs(draft):
            running += 1
            if running > 1 or found:
                break
    return found


def _yearless_stamps(drafts: list[Draft]) -> list[Stamp]:
    """'Nairobi, Wednesday 5 May' under a masthead that prints one year, by its weekday if any."""
    body = next((i for i, d in enumerate(drafts) if _runs(d)), len(drafts))
    head = [d for d in drafts[: min(body, TOP)] if d.words <= LINE_WORDS]
    years = frozenset(year for each in head for year in years_of(each.text))
    return [
        Stamp(
            FullDate(each.start + day.start, each.start + day.end, day.edtf),
            updated=False, labelled=False,
        )
        for each in head
        if (day := yearless(each.text, years)) is not None
    ]  # fmt: skip


def _runs(draft: Draft) -> bool:
    """True for running text, and for the items of a list."""
    return draft.role is PassageRole.LIST_ITEM or (
        draft.role is PassageRole.BODY and draft.words > 12
    )


def _stamps_of(draft: Draft) -> list[Stamp]:
    found = stamps(draft.text, draft.start)
    if found:
        return found
    head = opens(draft)
    return [head.stamp] if head and head.stamp else []


def _byline_date(draft: Draft) -> list[Stamp]:
    """'By Mira Okello in Nairobi on 5 May 2021'."""
    if draft.role is not PassageRole.BYLINE:
        return []
    dates = list(full_dates(draft.text))
    if len(dates) != 1 or PAGE_CHANGED.search(draft.text):
        return []
    there = FullDate(draft.start + dates[0].start, draft.start + dates[0].end, dates[0].edtf)
    return [Stamp(there, updated=False, labelled=False)]


def _labelled_row(draft: Draft) -> list[Stamp]:
    return [s for s in stamps(draft.text, draft.start) if s.labelled]


def _foot_stamps(drafts: list[Draft]) -> list[Stamp]:
    """A date that stands alone at the end: a letter, a statement, a note."""
    found: list[Stamp] = []
    for draft in drafts[-FOOT:]:
        if draft.role is PassageRole.DATELINE and not PAGE_CHANGED.search(draft.text):
            found += [s for s in _stamps_of(draft) if s.labelled or len(s.date.edtf) != MONTH]
    return found


def _place(text: str, drafts: list[Draft], stamp: Stamp | None) -> Known:
    for span in _places(drafts, stamp):
        value = text[span[0] : span[1]]
        shown = value.title() if value.isupper() and len(value) > 3 else value
        return Known(value=shown, anchor=Anchor.cut(text, *span), basis="dateline")
    return Known(basis="no dateline names a place")


def _places(drafts: list[Draft], stamp: Stamp | None) -> Iterator[tuple[int, int]]:
    if stamp is not None and stamp.place:
        yield stamp.place
    for draft in drafts[:HEAD]:
        head = opens(draft)
        if head and head.place:
            yield head.place
    for index, draft in enumerate(drafts[:TOP]):
        if draft.role is PassageRole.BYLINE:
            yield from _city(draft, draft.text.rfind(",") + 1)
        elif index and _is_alone(drafts, index):
            yield from _city(draft, 0)


def _is_alone(drafts: list[Draft], index: int) -> bool:
    """A line right under the masthead or right above the date may be the place."""
    draft, above, below = drafts[index], drafts[index - 1], drafts[index + 1 : index + 2]
    if draft.role is not PassageRole.HEADLINE or draft.words > 3:
        return False
    dated = below and below[0].role is PassageRole.DATELINE and below[0].gap == 0
    return bool(dated) or (draft.gap == 0 and above.masthead)


def _city(draft: Draft, start: int) -> Iterator[tuple[int, int]]:
    name = draft.text[start:].strip(" .")
    places = gazetteer().places(name) if name else ()
    if places and places[0].kind is PlaceKind.CITY:
        at = draft.start + draft.text.index(name, start)
        yield at, at + len(name)
