"""Contact blocks of a report: who can be reached, and how."""

import re

from khronika.model.anchors import Anchor
from khronika.model.reports import Contact, ContactKind, PassageRole
from khronika.reading.drafts import Draft
from khronika.reading.phrases import names, pattern
from khronika.reading.shapes import ends_sentence, words
from khronika.text.contacts import contacts

LEAD = pattern("", "contact_leads", r"\s*:?")
CUE = pattern(r"(?<!\w)", "contact_cues", r"(?!\w)")
SECRET = pattern("", "secret", r"(?!\w).{0,60}")
REDACTED = re.compile(r"\[email[\s\u00a0]?protected\]", re.IGNORECASE)
NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\.?\s+)?[^\W\d_a-zа-яёіїєґ][\w'’.-]*(?:[ \t]+(?:(?:al|el|de|van"
    r"|der|von|bin|ibn|da|del)[\s-])?[^\W\d_a-zа-яёіїєґ][\w'’.-]*){1,3}"
)
TITLE_WORDS = names("title_words")
STREET = pattern(r"(?<!\w)", "streets", r"(?!\w)\.?")
ADDRESS = pattern("", "addresses")
LONGEST_NOTE = 60  # words of a paragraph that can still be a contact note
LONGEST_LINE = 70


def mark_contacts(text: str, drafts: list[Draft]) -> tuple[Contact, ...]:
    """Give contact blocks their role; return every address, number, handle and owner."""
    _roles(text, drafts)
    found: dict[tuple[int, int], Contact] = {}
    for draft in drafts:
        block = draft.role is PassageRole.CONTACT
        for contact in contacts(text, draft.start, draft.end, called=block):
            if block or contact.kind is not ContactKind.HANDLE:
                found[contact.anchor.start, contact.anchor.end] = contact
        if block:
            for contact in (*_owners(text, draft), *_addresses(text, draft)):
                found.setdefault((contact.anchor.start, contact.anchor.end), contact)
    return tuple(found[key] for key in sorted(found))


def _roles(text: str, drafts: list[Draft]) -> None:
    for index, draft in enumerate(drafts):
        if _is_secret(draft):
            _claim_block(drafts, index)
        elif _may_be_contact(draft) and _holds_data(text, draft):
            draft.role = PassageRole.CONTACT
            _claim_neighbours(drafts, index, -1)
            _claim_neighbours(drafts, index, 1)
    for index, draft in enumerate(drafts):
        if _is_lead(draft):
            _claim_led(drafts, index)


def _is_secret(draft: Draft) -> bool:
    return draft.words <= 14 and bool(SECRET.fullmatch(draft.text.strip("[](){}*-– .:")))


def _claim_block(drafts: list[Draft], index: int) -> None:
    """A block 'not for publication' is contact data to its end, whatever it says."""
    drafts[index].role = PassageRole.CONTACT
    for below, draft in enumerate(drafts[index + 1 :]):
        if draft.gap > (below == 0):
            break
        draft.role = PassageRole.CONTACT


def _may_be_contact(draft: Draft) -> bool:
    return draft.role not in (PassageRole.FOOTNOTE, PassageRole.REPEAT, PassageRole.CONTACT) and (
        draft.words <= LONGEST_NOTE and len(draft.text) <= 600
    )


def _holds_data(text: str, draft: Draft) -> bool:
    found = contacts(text, draft.start, draft.end)
    if not found and not REDACTED.search(draft.text):
        return bool(
            draft.words <= 8
            and contacts(text, draft.start, draft.end, called=True)
            and CUE.search(draft.text)
        )
    if draft.role is PassageRole.BOILERPLATE and not any(
        c.kind is not ContactKind.HANDLE for c in found
    ):
        return False
    return draft.words <= 10 or bool(CUE.search(draft.text))


def _is_lead(draft: Draft) -> bool:
    return (
        draft.words <= 22
        and draft.role in (PassageRole.BODY, PassageRole.HEADLINE, PassageRole.CONTACT)
        and bool(LEAD.fullmatch(draft.text))
        and (draft.text.endswith(":") or draft.words <= 4)
    )


def _claim_neighbours(drafts: list[Draft], index: int, step: int) -> None:
    """Short lines right above and below an address belong to it: name, title, organisation."""
    for count in range(1, 8):
        at = index + step * count
        if not 0 <= at < len(drafts) or (drafts[at] if step > 0 else drafts[at + 1]).gap:
            return
        draft = drafts[at]
        if not _is_card_line(draft):
            return
        if draft.role is not PassageRole.BOILERPLATE:
            draft.role = PassageRole.CONTACT


def _is_card_line(draft: Draft) -> bool:
    if draft.role in (PassageRole.DATELINE, PassageRole.CAPTION, PassageRole.TABLE_ROW):
        return False
    return len(draft.text) <= LONGEST_LINE and draft.words <= 9 and not ends_sentence(draft.text)


def _claim_led(drafts: list[Draft], index: int) -> None:
    """'For further information, please contact:' and the card behind it, if there is one."""
    follower = drafts[index + 1] if index + 1 < len(drafts) else None
    if follower is None:
        if drafts[index].text.endswith(":"):
            drafts[index].role = PassageRole.CONTACT
        return
    reach = drafts[index + 1 : index + 10]
    if any(d.role is PassageRole.CONTACT for d in reach[:4]) or not follower.words:
        drafts[index].role = PassageRole.CONTACT
        for draft in reach:
            if draft.role is PassageRole.CONTACT:
                continue
            if not _is_card_line(draft) or draft.role is PassageRole.BOILERPLATE:
                break
            draft.role = PassageRole.CONTACT
    elif drafts[index].text.endswith(":") and drafts[index].words >= 3:
        drafts[index].role = PassageRole.CONTACT


FIRST_NAME = re.compile(
    r"\b(?P<name>[^\W\d_a-zа-яёіїєґ][^\W\d_]{1,20}) (?:can be|may be|is) (?:reached|contacted"
    r"|available)\b"
)


def _owners(text: str, draft: Draft) -> list[Contact]:
    found = [
        Contact(kind=ContactKind.OWNER, anchor=Anchor.cut(text, *match.span("name")))
        for match in FIRST_NAME.finditer(text, draft.start, draft.end)
    ]
    for match in NAME.finditer(text, draft.start, draft.end):
        name = match.group().strip(" .-")
        parts = words(name.lower())
        if len(parts) >= 2 and not TITLE_WORDS & set(parts) and not STREET.search(name):
            end = match.start() + len(match.group().rstrip(" .-"))
            found.append(
                Contact(kind=ContactKind.OWNER, anchor=Anchor.cut(text, match.start(), end))
            )
    return found


def _addresses(text: str, draft: Draft) -> list[Contact]:
    return [
        Contact(kind=ContactKind.ADDRESS, anchor=Anchor.cut(text, *_trimmed(text, *m.span())))
        for m in ADDRESS.finditer(text, draft.start, draft.end)
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start + 1 and text[end - 1] in " .,;":
        end -= 1
    return start, end
