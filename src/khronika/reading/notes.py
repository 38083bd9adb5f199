"""Notes and their marks: set aside for the parser, never taken out of the text."""

import re

from khronika.model.anchors import Span
from khronika.model.reports import CODED_ROLES, PassageRole
from khronika.reading.drafts import Draft
from khronika.reading.shapes import SUPERSCRIPT, ends_clause, is_note, starts_low

UNITS = ("m", "km", "cm", "mm", "м", "км", "см", "ft", "CO", "co", "x")
MARK = re.compile(rf"[{SUPERSCRIPT}]{{1,4}}|\[\d{{1,3}}\]|[*†‡]{{1,3}}")
BETWEEN = frozenset({PassageRole.FOOTNOTE, PassageRole.BOILERPLATE, PassageRole.CAPTION})
LONG_ENOUGH = 50  # a line cut in two by a note was going to be longer than a heading


def find_notes(drafts: list[Draft]) -> None:
    """Mark paragraphs that are notes; a star needs a star behind a word to answer to."""
    marked = {m.group() for d in drafts for m in _marks(d)}
    for draft in drafts:
        sign = MARK.match(draft.text)
        if sign is None or not is_note(draft.text) or draft.role is PassageRole.BOILERPLATE:
            continue
        if sign.group()[0] in SUPERSCRIPT or sign.group() in marked:
            draft.role = PassageRole.FOOTNOTE


def _marks(draft: Draft) -> list[re.Match[str]]:
    """The marks of notes behind words of a passage."""
    found = []
    text = draft.text
    for match in MARK.finditer(text):
        at, end = match.span()
        if at == 0 or text[at - 1].isspace() or text[at - 1] in "([*/":
            continue
        if end < len(text) and (text[end].isalnum() or text[end] in "*"):
            continue
        if match.group()[0] in "²³" and _is_unit(text[max(0, at - 6) : at]):
            continue
        if match.group()[0] == "*" and "*" in text[max(0, at - 80) : at]:
            continue  # emphasis: *so*
        found.append(match)
    return found


def _is_unit(before: str) -> bool:
    last = re.search(r"[^\W\d_]+$", before)
    return bool(last and last.group() in UNITS)


def set_marks_aside(drafts: list[Draft]) -> None:
    """Hide the marks of notes from the parser."""
    for draft in drafts:
        if draft.role in CODED_ROLES:
            for match in _marks(draft):
                draft.set_aside.append(Span(draft.start + match.start(), draft.start + match.end()))


def join_sentences(drafts: list[Draft]) -> None:
    """Let a sentence that notes cut in two go on behind them."""
    for index, draft in enumerate(drafts):
        if draft.role is not PassageRole.BODY or ends_clause(draft.text):
            continue
        after = index + 1
        while after < len(drafts) and drafts[after].role in BETWEEN:
            after += 1
        if after in (index + 1, len(drafts)):
            continue
        follower = drafts[after]
        if starts_low(follower.text) and follower.role in CODED_ROLES:
            follower.role = PassageRole.BODY
            follower.continues = index
        elif follower.role is PassageRole.BODY and len(draft.text) > LONG_ENOUGH:
            follower.continues = index
