"""Who publishes a report, by what the page says of itself; a name merely told of is none."""

import re
from collections.abc import Callable, Iterator, Sequence

from khronika.model.anchors import Anchor
from khronika.model.reports import Known, PassageRole
from khronika.reading.datelines import ORGANISATION
from khronika.reading.drafts import Draft
from khronika.reading.masthead import Place, cased_as_name, letterhead, masthead
from khronika.reading.openings import opens
from khronika.reading.phrases import pattern

_CAP = r"[^\W\d_a-zа-яёіїєґ][\w'’.&/-]*"
_NAME = rf"{_CAP}(?:\s+(?:{_CAP}|of|for|on|in|and|the|&|de|des|du|la|against|to)){{0,9}}"
_YEARS = r"(?:(?:19|20)\d\d(?:\s*[-–—/]\s*(?:(?:19|20)?\d\d|present))?)"
_DEEDS = (
    r"(?:calls?|urges?|appeals?|express\w*|condemns?|demands?|requests?|announces?|declares?"
    r"|protests?|welcomes?)"
)
_PAPERS = (
    r"(?:resolution|decision|statement|declaration|opinion|judgment|recommendation|press release)"
)
HOLDER = re.compile(
    rf"(?:©|\(c\)|copyright(?:\s*(?:©|\(c\)))?)\s*,?\s*(?:by\s+)?(?:{_YEARS}\s*,?\s*)?(?:by\s+)?"
    rf"(?P<name>[^\W\d_][^\n.|©,;]{{1,80}}?)\s*(?:{_YEARS}\s*)?"
    r"(?:[.,;|]|all rights|все права|всі права|усі права|$)",
    re.IGNORECASE,
)
RESERVED = re.compile(r"(?:19|20)\d\d|rights reserved|права", re.IGNORECASE)
SAID = (
    re.compile(
        r"(?:^|\b[Tt]his\s(?:\w+\s){0,3})(?:was\s|has\s)?(?i:originally|first)\s+"
        r"(?:appeared|published|posted|ran)\s+(?:in|on|by|at)\s+(?:the\s+)?"
        rf"(?P<name>{_NAME})"
    ),
    re.compile(
        rf"(?P<name>{_CAP}(?:[ ](?:of[ ])?{_CAP}){{0,4}}?)['’]s?\s+(?:{_CAP}\s+){{0,3}}"
        r"(?i:service)\s+(?:reports?|reported|writes|has learned)\b"
    ),
    re.compile(
        rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?:The\s+|At\s+)?(?P<name>{_NAME})\s+hereby\s+{_DEEDS}\b"
    ),
    re.compile(
        r"(?:^|(?<=\n))(?:Source|Publisher|Published by|Издатель|Источник|Джерело|Видавець)\s*:\s*"
        rf"(?P<name>{_NAME})"
    ),
    re.compile(
        r"(?:^|[.!?]\s)We, (?:the )?(?:\w+ members of |members of |staff of )?(?:the )?"
        rf"(?P<name>{_NAME}),"
    ),
    re.compile(
        r"\b[Tt]his\s(?:\w+\s){1,3}(?:was|is)\s(?:compiled|published|issued|produced"
        r"|prepared)\s+by\s+"
        rf"(?:the\s+)?(?P<name>{_NAME})"
    ),
)
OFFICES = (
    r"(?:(?:executive |general |acting |deputy )*(?:director|secretary(?: general)?|president"
    r"|chair(?:person|man|woman)?"
    r"|coordinator|spokes\w+|editor(?:-in-chief)?|head|secretariat|convenor"
    r"|on behalf)(?: of)?(?: the)?[,:]?|for(?: the)?:?)"
)
SIGNED = re.compile(rf"(?:.{{0,60}},\s)?(?i:{OFFICES})\s+(?:[Tt]he )?(?P<name>{_NAME})\.?$")
DASHED = re.compile(rf"[–—-]{{1,2}}\s*(?:[Tt]he )?(?P<name>{_NAME})\.?$")
SPEAKS = re.compile(
    rf"(?:The )?(?P<name>{_NAME})(?:\s\([^()]{{2,20}}\))?,?\s(?:is (?:\w+ )?(?:concerned"
    rf"|alarmed|appalled|outraged"
    rf"|dismayed|saddened|shocked)|(?:strongly |firmly )?{_DEEDS}|denounces|deplores"
    rf"|has learned)\b"
)
OWN_PAPER = re.compile(
    r"(?:press|media|joint|public)?\s?(?:release|statement|communiqu[eé]|declaration|alert"
    r"|advisory|urgent (?:appeal|action))\b"
    r"|comunicado|communiqué|for immediate release|пресс-релиз|заявление|заява|прес-реліз",
    re.IGNORECASE,
)
MAKER = re.compile(
    r"(?i:(?:compiled|published|issued|produced|edited|prepared|released)(?: jointly)? by:?"
    r"|published in|(?:a |the )?(?:(?:joint|press|public|open|urgent|collective)\s){0,2}"
    r"(?:statement|report|briefing|publication|communiqu[eé]|declaration|resolution|letter"
    r"|release|submission"
    r"|appeal|bulletin|newsletter|project|initiative|newspaper|magazine|programme)"
    r" (?:of|by|from)|from\s*:)\s+(?:the )?"
    rf"(?P<name>{_NAME})"
)
TITLED_BY = re.compile(rf"(?P<name>{_NAME}) {_PAPERS}\b")
# "Press statement - Almaty": what sort of paper it is, not whose.
NO_MAKERS = frozenset(("press", "joint", "public", "media", "official", "final", "open", "urgent"))
ABOUT = re.compile(
    rf"(?i:about (?:the )?)(?P<name>{_NAME})\s*:?$"
    rf"|(?:The )?(?P<self>{_NAME})(?: \([^()\n]{{2,20}}\))?"
    r"(?:, (?:founded|based|established|registered)[^.,]{3,60},)? is an? (?:[\w-]+,? ){0,5}?"
    r"(?:organi[sz]ation|network|association|foundation|charity|coalition|institute|centre"
    r"|center|group|NGO"
    r"|non-profit|nonprofit|newspaper|site|magazine|platform|agency|outlet|project|bulletin"
    r"|initiative|service"
    r"|union|federation|collective|watchdog|medium|station)\b"
)
TITLES = (PassageRole.HEADLINE, PassageRole.DATELINE, PassageRole.BYLINE)
SIGNING = 8  # passages at the end in which a letter is signed
ENDING = 5  # passages at the end in which an organisation tells who it is
TOLD = re.compile(
    r"\b(?:told|telling|tells|wrote to|in an interview (?:with|to)|speaking to|spoke to|informed)"
    rf"\s+(?P<name>{_CAP}(?:\s+{_CAP}){{0,4}})"
)
LINKING = re.compile(r"\s+(?:of|for|on|in|and|the|to|de)$")
WORLD_MEDIA = pattern("", "world_media", r"\b")
MEDIUM = pattern(r"\b", "media", r"\b")
SMALL = frozenset({"of", "for", "on", "in", "and", "the", "de", "des", "du", "la", "to", "against"})
READ = 4000  # characters of a passage that are looked at
MOST_WORDS = 7


def find_publisher(text: str, drafts: Sequence[Draft]) -> Known:
    """The publisher as printed, with what it stands on; empty with the reason if unsaid."""
    for finder, basis in FINDERS:
        place = next(finder(drafts), None)
        if place is not None:
            anchor = Anchor.cut(text, *place)
            return Known(value=_shown(anchor.exact), anchor=anchor, basis=basis)
    return Known(basis="the text does not say who publishes it")


def _shown(name: str) -> str:
    """Letterheads in capitals are shown as names are written elsewhere."""
    words = name.split()
    if not name.isupper() or len(words) < 2:
        return " ".join(words)
    shown = (w.lower() if i and w.lower() in SMALL else w.capitalize() for i, w in enumerate(words))
    return " ".join(shown)


def _at(draft: Draft, match: re.Match[str]) -> Place:
    name = LINKING.sub("", match["name"]).rstrip(".")
    start = draft.start + match.start("name")
    return start, start + len(name)


def _maker(drafts: Sequence[Draft]) -> Iterator[Place]:
    """'compiled by the Example Trust' near the top; 'Example Parliament resolution of <date>'."""
    for index, draft in enumerate(drafts):
        if draft.words > 16 or draft.role is PassageRole.LIST_ITEM:
            continue
        match = MAKER.match(draft.text) if index < 10 or draft.words <= 10 else None
        if match is None and index < 6 and draft.role in TITLES:
            match = TITLED_BY.match(draft.text)
            match = match if match and match["name"].casefold() not in NO_MAKERS else None
        if match and (draft.role is PassageRole.DATELINE or ORGANISATION.search(match["name"])):
            yield _at(draft, match)


def _about(drafts: Sequence[Draft]) -> Iterator[Place]:
    """'About Example Watch', 'Example Watch is an independent network ...' at the end."""
    for index, draft in enumerate(drafts):
        heading = draft.role is PassageRole.HEADLINE and index > 1
        if draft.role is PassageRole.REPEAT or not (heading or index >= len(drafts) - ENDING):
            continue
        match = ABOUT.match(draft.text[:READ])
        if match and match["name"] and heading and ORGANISATION.search(match["name"]):
            yield _at(draft, match)
        elif match and match["self"] and index > 1:
            yield draft.start + match.start("self"), draft.start + match.end("self")


def _said(drafts: Sequence[Draft]) -> Iterator[Place]:
    for said in SAID:
        for draft in drafts:
            if draft.role is PassageRole.REPEAT:
                continue
            match = said.search(draft.text[:READ])
            if match and not _is_person(match["name"]):
                yield _at(draft, match)


def _is_person(name: str) -> bool:
    return (
        len(name.split()) in (2, 3)
        and not ORGANISATION.search(name)
        and "/" not in name
        and not name.isupper()
    )


def _holder(drafts: Sequence[Draft]) -> Iterator[Place]:
    for draft in reversed(drafts):
        if draft.role is PassageRole.BOILERPLATE and RESERVED.search(draft.text):
            match = HOLDER.search(draft.text[:400])
            if match and match["name"][0].isupper():
                yield _at(draft, match)


def _agency(drafts: Sequence[Draft]) -> Iterator[Place]:
    for draft in drafts[:20]:
        head = opens(draft)
        if head and head.agency:
            yield head.agency


def _signature(drafts: Sequence[Draft]) -> Iterator[Place]:
    """An organisation's line in a contact block that the text names too."""
    for draft in drafts:
        if (
            draft.role is PassageRole.CONTACT
            and draft.words <= MOST_WORDS
            and ORGANISATION.search(draft.text)
            and cased_as_name(draft.text)
            and any(d.role is not PassageRole.CONTACT and draft.text in d.text for d in drafts)
        ):
            yield draft.start, draft.end


def _signed(drafts: Sequence[Draft]) -> Iterator[Place]:
    """'Mira Okello, Director, Example Watch', '-- Example Watch': who signs at the end."""
    for draft in reversed(drafts[-SIGNING:]):
        if draft.words > 14 or draft.role in (PassageRole.REPEAT, PassageRole.FOOTNOTE):
            continue
        match = SIGNED.match(draft.text) or DASHED.match(draft.text)
        if match and ORGANISATION.search(match["name"]):
            yield _at(draft, match)


def _speaks(drafts: Sequence[Draft]) -> Iterator[Place]:
    """Who condemns or calls in the first sentence of what says that it is a press release."""
    if not any(OWN_PAPER.match(draft.text) and draft.words <= 12 for draft in drafts[:8]):
        return
    first = next((d for d in drafts if d.role is PassageRole.BODY and d.words > 8), None)
    match = SPEAKS.match(first.text[:READ]) if first else None
    if first and match and ORGANISATION.search(match["name"]):
        yield _at(first, match)


def _is_local_medium(name: str) -> bool:
    """A medium that calls itself by its bare name; the world's media are quoted by all others."""
    words = name.split()
    if len(words) < 2 or words[0] == "The" or WORLD_MEDIA.match(name):
        return False
    return bool(MEDIUM.search(f"{words[0]} {words[-1]}"))


def _told(drafts: Sequence[Draft]) -> Iterator[Place]:
    """The one medium that the people in the report told, where the page has no other name."""
    found: dict[str, Place] = {}
    for draft in drafts:
        if draft.role is PassageRole.BODY:
            for match in TOLD.finditer(draft.text[:READ]):
                if _is_local_medium(match["name"]):
                    found.setdefault(match["name"], _at(draft, match))
    if len(found) == 1:
        yield from found.values()


FINDERS: tuple[tuple[Callable[[Sequence[Draft]], Iterator[Place]], str], ...] = (
    (_maker, "line that says who made it"),
    (masthead, "masthead"),
    (_said, "said of itself"),
    (_holder, "holder of the copyright"),
    (_about, "what it says about itself"),
    (_agency, "agency in the dateline"),
    (letterhead, "letterhead"),
    (_signature, "line of the contact block"),
    (_signed, "signature"),
    (_speaks, "who speaks in the press release"),
    (_told, "the medium that people told"),
)
