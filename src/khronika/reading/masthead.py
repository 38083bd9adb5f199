"""The name at the head of a page: a medium or an organisation, not what happened."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from khronika.model.reports import PassageRole
from khronika.reading.datelines import LABEL_BEFORE, ORGANISATION, TIME, stamps
from khronika.reading.dates import DATE
from khronika.reading.drafts import Draft
from khronika.reading.furniture import FIRST_STEP, is_trail
from khronika.reading.openings import opens
from khronika.reading.phrases import pattern
from khronika.reading.shapes import ends_sentence
from khronika.text.gazetteer import PlaceKind, gazetteer

GENRE = pattern("", "genres", r"\b")
BEHIND = (" of ", " for ", " in ", " on ", " against ", " (")
HEAD_WORD = pattern("", "organisations_of", r"\b")
TITLE_CASE = re.compile(r"\b(?:To|In|At|With|By|As|From|Over|After|Up)\b")
SECTION = pattern("", "sections")
VERBAL = pattern(r"\b", "verbal", r"\b")
PAPER = re.compile(
    r"(?:(?:joint|public|press|urgent|open|oral|written|collective)\s){0,2}(?:statement|report"
    r"|letter"
    r"|declaration|resolution|communiqu[eé]|release|appeal|bulletin|briefing|submission)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\bNo\.?\s*\d|№\s*\d")
COLUMNS = re.compile(r"\s{3,}|\t+|\s*[|·•»›>]\s*|\s[–—-]\s|\s/\s")
PART = re.compile(r"[^,]+(?:,\s+(?=and\b)[^,]+)?")
WHOLE = re.compile(r".+", re.DOTALL)
SHORT_FORM = re.compile(r"\s*\([^()]{1,31}\)$")
SMALL = frozenset({"of", "for", "on", "in", "and", "the", "de", "to", "at"})
OWN = re.compile(
    r"(?:\b(?:told|tell|tells|copyright|contact|we at|сообщил\w*|рассказал\w*)\b.{0,12}"
    r"|©.{0,12}|(?:19|20)\d\d\s+)$",
    re.IGNORECASE,
)
DATED = (PassageRole.DATELINE, PassageRole.BYLINE)
HEADINGS = (PassageRole.HEADLINE, PassageRole.BODY, PassageRole.TABLE_ROW)
SIGNED = (PassageRole.BOILERPLATE, PassageRole.CONTACT, PassageRole.CAPTION)
TOP = 6  # passages at the top among which a masthead stands
MOST_WORDS = 9
Place = tuple[int, int]


def masthead(drafts: Sequence[Draft]) -> Iterator[Place]:
    """The first line that names an organisation or a medium; its passage becomes a byline."""
    seen = 0
    for index, draft in enumerate(drafts):
        if seen >= TOP or (draft.role is PassageRole.BODY and draft.words > 12):
            return
        trail = is_trail(draft.text)
        if (draft.role is PassageRole.BOILERPLATE and not trail) or opens(draft):
            continue
        seen += 1
        places = [stamp.place for stamp in stamps(draft.text, draft.start)]
        for start, end in _columns(draft):
            if trail and start != draft.start:
                break
            name = draft.text[start - draft.start : end - draft.start]
            if (start, end) not in places and _is_name(name, drafts, index, seen):
                draft.masthead = True
                if draft.role in HEADINGS and _fills(name, draft, start):
                    draft.role = PassageRole.BYLINE
                yield start, start + len(SHORT_FORM.sub("", name))


def _fills(name: str, draft: Draft, start: int) -> bool:
    """False for 'What happened | The Example', a headline with the medium's name behind it."""
    return start == draft.start or len(name) * 2 > len(draft.text)


def _columns(draft: Draft) -> Iterator[Place]:
    """The parts of a line between wide gaps, bars, dashes and commas."""
    at = 0
    text = draft.text
    parts = PART if draft.role in DATED or _ends_in_place(text) else WHOLE
    for start, end in [*(m.span() for m in COLUMNS.finditer(text)), (len(text), len(text))]:
        for part in parts.finditer(text, at, start):
            inner = part.group().strip()
            if inner:
                lead = len(part.group()) - len(part.group().lstrip())
                first = draft.start + part.start() + lead
                yield first, first + len(inner)
        at = end


def _ends_in_place(text: str) -> bool:
    """'Example Watch, Nairobi': what a comma parts from the name is where it sits."""
    _, comma, last = text.rpartition(",")
    return bool(comma) and bool(gazetteer().places(last.strip(" .")))


def _is_name(name: str, drafts: Sequence[Draft], index: int, seen: int) -> bool:
    if not _may_be_name(name):
        return False
    headed = _is_headed(name)
    if not headed and (len(name.split()) > 5 or "," in name or TITLE_CASE.search(name)):
        return False
    alone = len(name) == len(drafts[index].text)
    points = 2 * headed + (seen == 1) + name.isupper()
    points += 2 * _named_again(name, drafts, index) + _followed(drafts, index) + (not alone)
    points += seen == 1 and _above_headline(drafts, index)
    points -= 3 * bool(VERBAL.search(name)) + 2 * _leads_prose(drafts, index)
    return points >= 3 and (seen <= 3 or points >= 5)


def _above_headline(drafts: Sequence[Draft], index: int) -> bool:
    """True if a longer headline stands between the line and the running text."""
    for draft in drafts[index + 1 : index + 5]:
        if draft.role is PassageRole.BODY:
            return False
        if draft.role is PassageRole.HEADLINE and draft.words > max(4, drafts[index].words):
            return True
    return False


def _is_headed(name: str) -> bool:
    """True if the word for an organisation is what the name is a name of."""
    return any(
        each.end() == len(name)
        or (each.start() == 0 and HEAD_WORD.match(name))
        or (each.start() and name[each.end() :].startswith(BEHIND))
        or "\u0400" <= each.group()[0] <= "\u04ff"
        for each in ORGANISATION.finditer(name)
    )


def _leads_prose(drafts: Sequence[Draft], index: int) -> bool:
    """A lone line right above running text is that text's headline."""
    draft = drafts[index]
    if draft.role is not PassageRole.HEADLINE or COLUMNS.search(draft.text):
        return False
    below = (d for d in drafts[index + 1 : index + 4] if d.role is not PassageRole.BOILERPLATE)
    following = next(below, None)
    return following is not None and following.role is PassageRole.BODY and not draft.text.isupper()


def _may_be_name(name: str) -> bool:
    words = name.split()
    if (
        not 1 <= len(words) <= MOST_WORDS
        or ends_sentence(name)
        or any(sign in name for sign in ":?!;")
    ):
        return False
    if (
        name[0] in "\"“„«'"
        or any(map(str.isdigit, name))
        or name.count("(") != name.count(")")
        or not cased_as_name(name)
    ):
        return False
    if any(place.kind is not PlaceKind.PEOPLE for place in gazetteer().places(name)):
        return False
    return not (
        GENRE.fullmatch(name)
        or PAPER.match(name)
        or SECTION.fullmatch(name)
        or FIRST_STEP.fullmatch(name)
        or DATE.search(name)
        or LABEL_BEFORE.fullmatch(name)
        or TIME.fullmatch(name)
    )


def cased_as_name(name: str) -> bool:
    """True if the words begin with capitals as in a name; Russian names need only the first."""
    words = name.split()
    small = sum(word[0].islower() and word not in SMALL for word in words)
    cyrillic = "\u0400" <= words[0][0] <= "\u04ff"
    return words[0][0].isupper() and (small == 0 or (cyrillic and len(words) <= 5))


def _named_again(name: str, drafts: Sequence[Draft], index: int) -> bool:
    """True if the text speaks of the name elsewhere as of itself."""
    pattern_of_name = re.compile(re.escape(name[:60]), re.IGNORECASE)
    for at, draft in enumerate(drafts):
        if at == index:
            continue
        found = pattern_of_name.search(draft.text[:4000])
        if found and (
            draft.role in SIGNED
            or OWN.search(draft.text[max(0, found.start() - 40) : found.start()])
        ):
            return True
    return False


def _followed(drafts: Sequence[Draft], index: int) -> int:
    """A genre, a number or a date in the line or right below it makes it a masthead."""
    own = drafts[index]
    points = int(
        own.role is PassageRole.DATELINE
        or bool(GENRE.search(own.text))
        or bool(NUMBERED.search(own.text))
    )
    below = drafts[index + 1 : index + 3]
    return points + any(
        draft.role is PassageRole.DATELINE or (draft.words <= 8 and bool(GENRE.match(draft.text)))
        for draft in below
    )


def letterhead(drafts: Sequence[Draft]) -> Iterator[Place]:
    """'EXAMPLE HOUSE' right above 'MEDIA ADVISORY', wherever it stands."""
    for one, other in pairwise(drafts):
        if (
            other.gap == 0
            and GENRE.fullmatch(other.text)
            and one.role in (*HEADINGS, PassageRole.BYLINE, PassageRole.DATELINE)
            and one.words <= MOST_WORDS
            and cased_as_name(one.text)
            and not one.text.endswith((":", "."))
            and not GENRE.fullmatch(one.text)
        ):
            yield one.start, one.end
