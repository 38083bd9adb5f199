"""Read a report: verbatim passages with their roles, language, origin, contact data."""

from khronika.model.anchors import Span
from khronika.model.reports import LIST, Extracted, Passage, PassageRole, Report
from khronika.reading.contacts import mark_contacts
from khronika.reading.drafts import Draft
from khronika.reading.lines import lines
from khronika.reading.listed import read_listed
from khronika.reading.notes import find_notes, join_sentences, set_marks_aside
from khronika.reading.openings import split_openings
from khronika.reading.origin import find_origin
from khronika.reading.paragraphs import paragraphs
from khronika.reading.pastes import part_pastes
from khronika.reading.repeats import mark_repeats
from khronika.reading.roles import assign, set_signs_aside
from khronika.reading.timelines import join_entries
from khronika.text.language import language_of


def read(extracted: Extracted) -> Report:
    """Cut a report into passages and find what is known of it, altering nothing.

    Args:
        extracted: the preserved text with what its format and its container said.

    Returns:
        The report; its passages cover every visible character of the text once, in order.
    """
    if extracted.media_type == LIST:
        return read_listed(extracted)
    text = extracted.text
    drafts = _drafts(extracted)
    drafts = join_entries(text, drafts)
    find_notes(drafts)
    assign(drafts, extracted.hints)
    drafts = split_openings(drafts)
    drafts = part_pastes(text, drafts)
    contacts = mark_contacts(text, drafts)
    join_sentences(drafts)
    mark_repeats(drafts)
    set_marks_aside(drafts)
    set_signs_aside(drafts)
    found = find_origin(text, drafts, extracted)
    return Report(
        id=extracted.id,
        name=extracted.origin.name,
        sha256=extracted.sha256,
        media_type=extracted.media_type,
        encoding=extracted.encoding,
        text=text,
        language=language_of(_prose(drafts)),
        title=found.title,
        publisher=found.publisher,
        published=found.published,
        place=found.place,
        url=extracted.origin.url,
        passages=tuple(map(_passage, drafts)),
        contacts=contacts,
        flags=extracted.flags,
    )


def _drafts(extracted: Extracted) -> list[Draft]:
    text = extracted.text
    borders = [edge for hint in extracted.hints for edge in (hint.span.start, hint.span.end)]
    return [
        Draft(
            start=group[0].start,
            end=group[-1].end,
            gap=group[0].gap,
            text=text[group[0].start : group[-1].end],
        )
        for group in paragraphs(lines(text, borders))
    ]


def _prose(drafts: list[Draft]) -> str:
    """What the language is read from: prose if there is enough of it, else everything."""
    body = " ".join(d.text for d in drafts if d.role is PassageRole.BODY)
    return body if len(body) >= 200 else " ".join(d.text for d in drafts)


def _passage(draft: Draft) -> Passage:
    assert draft.role is not None
    return Passage(
        span=Span(draft.start, draft.end),
        role=draft.role,
        repeat_of=draft.repeat_of,
        continues=draft.continues,
        set_aside=tuple(sorted(draft.set_aside)),
    )
