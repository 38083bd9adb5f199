"""The role of every passage: page furniture first, body last, so that prose is never lost."""

import re
from collections.abc import Sequence

from khronika.model.anchors import Span
from khronika.model.reports import Hint, PassageRole
from khronika.reading.captions import is_byline, is_caption
from khronika.reading.datelines import POST, stamps
from khronika.reading.drafts import Draft
from khronika.reading.furniture import heads_others, is_furniture, tells_of_others
from khronika.reading.shapes import (
    ASKED,
    cells,
    ends_clause,
    ends_sentence,
    is_item,
    is_row,
    is_rule,
    starts_low,
    words,
)

FOOT = 14  # passages at the end among which a letter is dated
SKIPPED = (PassageRole.BOILERPLATE, PassageRole.FOOTNOTE)
LONGEST_HEADLINE = 200
MOST_HEADLINE_WORDS = 26
MOST_HEADING_WORDS = 16


def assign(drafts: list[Draft], hints: Sequence[Hint]) -> None:
    """Give every draft a role."""
    for draft in drafts:
        draft.words = len(words(draft.text[:3000]))
        draft.listed = is_item(draft.text) or is_row(draft.text)
    _from_hints(drafts, hints)
    _datelines(drafts)
    _furniture(drafts)
    _lists_of_others(drafts)
    for index, draft in enumerate(drafts):
        if draft.open:
            draft.role = _by_shape(draft, drafts, index)


def _from_hints(drafts: list[Draft], hints: Sequence[Hint]) -> None:
    """What the format says counts where it covers most of the passage; nothing said is body."""
    ordered = sorted(hints, key=lambda hint: (hint.span.start, -hint.span.end))
    first = 0
    for draft in drafts:
        while first < len(ordered) and ordered[first].span.end <= draft.start:
            first += 1
        best: Hint | None = None
        for hint in ordered[first : first + 12]:
            if hint.span.start >= draft.end:
                break
            shared = min(hint.span.end, draft.end) - max(hint.span.start, draft.start)
            if shared * 2 > draft.end - draft.start and (
                best is None or len(hint.span) < len(best.span)
            ):
                best = hint
        if best is not None and best.role is not PassageRole.BODY:
            draft.role = best.role


def _furniture(drafts: list[Draft]) -> None:
    for draft in drafts:
        if draft.open and (
            is_furniture(draft.text) or tells_of_others(draft.text) or is_rule(draft.text)
        ):
            draft.role = PassageRole.BOILERPLATE


def _lists_of_others(drafts: list[Draft]) -> None:
    """'Related news' and the headlines right under it; real prose under it is the article's."""
    listing = False
    for index, draft in enumerate(drafts):
        if heads_others(draft.text):
            listing = _lists_headlines(drafts, index)
            draft.role = PassageRole.BOILERPLATE
        elif listing and draft.open and _is_other_headline(draft):
            draft.role = PassageRole.BOILERPLATE
        elif draft.role is not PassageRole.BOILERPLATE:
            listing = False


def _lists_headlines(drafts: list[Draft], index: int) -> bool:
    return index + 1 < len(drafts) and _is_other_headline(drafts[index + 1])


def _is_other_headline(draft: Draft) -> bool:
    text = draft.text
    if is_item(text):
        return len(text) < 160
    return len(text) < 140 and draft.words <= 20 and not ends_sentence(text.rstrip("!?"))


def _datelines(drafts: list[Draft]) -> None:
    told = 0
    for index, draft in enumerate(drafts):
        told += draft.words > 25 or (draft.words >= 8 and ends_sentence(draft.text))
        in_zone = told <= 1 or index >= len(drafts) - FOOT
        if (
            draft.open
            and in_zone
            and stamps(draft.text, draft.start)
            and not _is_post(draft, index)
        ):
            draft.role = PassageRole.DATELINE
            draft.masthead = index < 3


def _is_post(draft: Draft, index: int) -> bool:
    """A post of a network set into the page; the first lines may be those of a post itself."""
    return index > 3 and bool(POST.search(draft.text))


def _by_shape(draft: Draft, drafts: list[Draft], index: int) -> PassageRole:
    text = draft.text
    if is_caption(text):
        return PassageRole.CAPTION
    if text.startswith(">"):
        return PassageRole.QUOTATION
    if is_byline(text) and (draft.words <= 8 or (index < 14 and not _after_body(drafts, index))):
        return PassageRole.BYLINE
    if _is_flat_table(text) or (is_row(text) and not _is_column_heading(text)):
        return PassageRole.TABLE_ROW
    if is_item(text):
        return PassageRole.LIST_ITEM
    if _is_headline(draft, drafts, index):
        return PassageRole.HEADLINE
    return PassageRole.BODY


def _after_body(drafts: list[Draft], index: int) -> bool:
    return any(each.role is PassageRole.BODY for each in drafts[:index])


def _is_column_heading(text: str) -> bool:
    """'[ no. | name | charge ]' is a row too; 'GEORGIA   -   Observer beaten' is a heading."""
    return len(cells(text)) < 2


ADDRESSEE = re.compile(
    r"(?:To|Dear|Attn|Attention|Cc)\b:?\s+(?:the\s|[^\W\d_a-z])|Кому:|Голові |Президенту "
)


def _is_flat_table(text: str) -> bool:
    """A table whose lines an export ran together: many names and numbers, no sentence."""
    parts = text.split()
    if not 15 <= len(parts) <= 400 or ends_clause(text):
        return False
    numbers = sum(part[0].isdigit() for part in parts)
    small = sum(part[0].islower() for part in parts)
    return numbers >= 4 and small * 4 < len(parts)


def _is_headline(draft: Draft, drafts: list[Draft], index: int) -> bool:
    """A short line without a full stop that something follows and that leads no list in."""
    text = draft.text
    most = MOST_HEADLINE_WORDS if index < 8 else MOST_HEADING_WORDS
    if len(text) > LONGEST_HEADLINE or not 0 < draft.words <= most:
        return False
    follower = next((d for d in drafts[index + 1 : index + 12] if d.role not in SKIPPED), None)
    if follower is None or (not text[:1].strip("\"'“”‘’«»„([¿¡#").isupper() and text[0].islower()):
        return False
    if (
        ADDRESSEE.match(text)
        or ASKED.match(text)
        or (starts_low(follower.text) and not is_item(follower.text))
    ):
        return False
    if text.isupper():
        return not text.endswith((",", ";"))
    if ends_clause(text) and not text.endswith((":", "?", "!", "…", "”", '"', "’", "»")):
        return False
    if text.endswith((",", ";")) or _is_speech(text, drafts, index):
        return False
    if text.endswith(":"):
        return draft.words <= 4 and not follower.listed
    return not follower.listed or (draft.gap > 0 and follower.gap > 0 and draft.words > 3)


def _is_speech(text: str, drafts: list[Draft], index: int) -> bool:
    """A quotation that ends a sentence is body, unless the page opens with it."""
    if text.endswith(("?", "!", "…", "”", '"', "’", "»")):
        return ends_sentence(text) and _after_body(drafts, index) and not text.isupper()
    return False


QUOTE_SIGN = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def set_signs_aside(drafts: list[Draft]) -> None:
    """The '>' of quoted mail and the '#' of a Markdown heading are no words of a sentence."""
    for draft in drafts:
        if draft.role is PassageRole.QUOTATION and draft.text.startswith(">"):
            for match in QUOTE_SIGN.finditer(draft.text):
                draft.set_aside.append(Span(draft.start + match.start(), draft.start + match.end()))
        elif draft.role is PassageRole.HEADLINE and draft.text.startswith("#"):
            width = len(draft.text) - len(draft.text.lstrip("# "))
            if width < len(draft.text):
                draft.set_aside.append(Span(draft.start, draft.start + width))
