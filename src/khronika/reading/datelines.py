"""Lines that say when and where a report was made."""

import re
from dataclasses import dataclass

from khronika.reading.dates import FullDate, full_dates, months
from khronika.reading.phrases import any_of, names, pattern
from khronika.text.gazetteer import PlaceKind, gazetteer

MADE = any_of("made")
UPDATED = any_of("updated")
OTHER_LABEL = re.compile(r"[^\W\d_][\w '’-]{1,40}:\s*$")
NOISE = re.compile(
    r"\b\d+ (?:min(?:ute)?s?(?: read)?|comments?|views|shares)\b"
    r"|\b(?:covers|covering|for the (?:week|month|period))\b[^|·•;]{0,40}",
    re.IGNORECASE,
)
WEAK = pattern("", "weakly_made")
EVENT = pattern(r"\b", "events", r"\b")
PAPERS = pattern(r"\b", "papers", r"\b")
TIME = re.compile(
    r"(?:,?\s*(?:\bat|в|о|об|à|a las)?\s*\b(?:\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?\b)?"
    r"|\d{1,2}\s?[ap]\.?m\.?\b|\d{4}\s?(?:hrs|hours|h)\b)"
    r"(?:\s*\(?(?:[A-Z]{2,4}|МСК|мск|local time)(?:[+-]\d{1,2})?\)?(?!\w))?(?:\s*[+-]\d{4})?)",
)
POST = re.compile(r"\(@\w{2,30}\)")  # a post of a network set into the page
PAGE_CHANGED = re.compile(
    r"\b(?:page|site|website|web ?page|file|страниц\w*|сайт\w*|сторінк\w*)\b|last modified"
    r"|©|copyright|\(c\)|rights reserved|accessed|retrieved|дата обращения"
    r"|\b(?:photos?|photograph\w*|pictures?|image|screenshot|screen grab|video still|footage"
    r"|фото|світлина)\b",
    re.IGNORECASE,
)
TELLS = re.compile(
    r"\s*:\s*[^\W\d]\S*\s+\S+\s+\S|\s*:\s*\d+\s+[^\W\d]"
)  # '5 May 2021: Teacher taken away'
LOOSE_END = re.compile(
    r"\b(?:on|in|since|before|after|until|till|from|by|to|between|and|с|до|по|после|на|з"
    r"|після)\s*$",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*(?:[|·•»›>/,;()\[\]*]|\s[-–—]+\s|^[-–—]+\s|\s[-–—]+$|\t|\s{2,})\s*")
STRONG = re.compile(
    rf"(?:{UPDATED}|{any_of('strongly_made')})(?: on)?\s*[:–—-]?\s*$", re.IGNORECASE
)
SENTENCE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|been|be)\b|[.!?]$", re.IGNORECASE)
ORGANISATION = pattern(r"\b", "organisations", r"\b")
NO_PLACES = names("no_places")
SMALL = frozenset({"of", "the", "for", "and", "de", "by", "in"})
LONGEST_LINE = 240
NAME_WORD = r"[^\W\d_a-zа-яёіїєґў][\w'’.-]*"
_JOINED = r"(?:(?:de|la|el|al|am|an|do|da|dos|upon|on|na|sur)[ -])?"
PLACE = rf"{NAME_WORD}(?:[ /-]{_JOINED}{NAME_WORD}){{0,4}}"
LABEL_BEFORE = re.compile(
    rf"(?:^|(?<=\W))(?:(?P<updated>{UPDATED})|(?P<made>{MADE}))(?:\s+on)?\s*"
    rf"(?:[:\-–—]?|:\s*(?-i:{PLACE}),)\s*$",  # 'Published: Example, 5 May 2021'
    re.IGNORECASE,
)
BEFORE_DATE = re.compile(
    rf"(?:^|[,;:|·–—(]\s*|\s-\s|\b(?:in|at|à"
    rf"|en)\s+)(?P<place>{PLACE})(?:,\s*(?P<rest>{PLACE}))?,?"
    r"(?:\s+(?:le|el|on|den))?$"
)
PUBLISHED_IN = re.compile(r"\b(?:published|appeared|printed|posted) in\b", re.IGNORECASE)
PLACELESS = re.compile(
    rf"(?:^|(?<=\W))(?:{any_of('updated')}|{any_of('placeless')})(?:\s+on)?\s*[:–—-]?\s*$",
    re.IGNORECASE,
)
AFTER_DATE = re.compile(
    rf"(?:\s*,\s*|\s+[–—|·•/-]\s+)(?P<place>{PLACE})(?:,\s*(?P<rest>{PLACE}))?\s*$"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that a line or an opening gives a report; offsets are those of the text."""

    date: FullDate
    updated: bool
    labelled: bool
    place: tuple[int, int] | None = None


def stamps(line: str, at: int) -> list[Stamp]:
    """The dates of a line that says nothing else than when, where and by whom; else none."""
    if len(line) > LONGEST_LINE or PAGE_CHANGED.search(line):
        return []
    dates = list(full_dates(line)) or list(months(line))
    if not dates or not _says_no_more(line, dates):
        return []
    found = []
    for index, each in enumerate(dates):
        before = line[dates[index - 1].end if index else 0 : each.start]
        label = LABEL_BEFORE.search(before)
        if label is None and not _is_free(before):
            continue
        there = FullDate(at + each.start, at + each.end, each.edtf)
        place = _place_beside(line, each, at) if index == 0 else None
        found.append(Stamp(there, bool(label and label["updated"]), _is_label(label), place))
    return found


def _is_label(label: re.Match[str] | None) -> bool:
    """False for a mere 'of': what is of a date may be a bulletin or a massacre."""
    return label is not None and not WEAK.fullmatch(label.group().strip(" :–—-"))


def _is_free(before: str) -> bool:
    """True if no label, or that of a document, stands before a date: not 'Arrested: 5 May'."""
    if LOOSE_END.search(before):
        return False
    label = OTHER_LABEL.search(before)
    return label is None or bool(PAPERS.search(label.group()))


def _says_no_more(line: str, dates: list[FullDate]) -> bool:
    rest, at = [], 0
    for each in dates:
        before = LABEL_BEFORE.sub("", line[at : each.start])
        if LOOSE_END.search(before):
            return False
        rest.append(before)
        at = each.end
    rest.append(line[at:])
    if TELLS.match(rest[-1]) or (not line[: dates[0].start].strip() and _tells(rest[-1])):
        return False
    left = NOISE.sub(" ", TIME.sub(" ", " | ".join(rest)))
    pieces = [p.strip(" .:-–—\"'“”") for p in SEPARATOR.split(left)]
    pieces = [p for p in pieces if p]
    if sum(len(p.split()) for p in pieces) > 14:
        return False
    if STRONG.search(line[: dates[0].start]) and not any(map(SENTENCE.search, pieces)):
        return True
    return all(map(_name_like, pieces)) and not any(map(EVENT.search, pieces))


def _tells(rest: str) -> bool:
    """True if what stands behind a date is a sentence: an entry of a chronicle."""
    words = rest.strip(" \t:–—-|").split()
    low = [word for word in words if word[0].islower() and word not in SMALL]
    return len(words) >= 3 and bool(low) and rest.rstrip()[-1] in ".!?…"


def _name_like(piece: str) -> bool:
    words = piece.split()
    if len(words) <= 3 and PAPERS.search(piece):
        return True
    low = [w for w in words if w[0].islower() and w not in SMALL]
    return len(words) <= 8 and len(low) <= max(1, len(words) // 3) and low[:1] != words[:1]


def _place_beside(line: str, date: FullDate, at: int) -> tuple[int, int] | None:
    """'Example, 17 March', 'Example | 17 March', '17 March, Example': the place by the date."""
    before = PLACELESS.sub("", line[: date.start]).rstrip(" –—-|·:•/(")
    if PUBLISHED_IN.search(before):
        return None
    match = BEFORE_DATE.search(before) if before else None
    if match is None:
        match = AFTER_DATE.match(line, date.end)
    if match is None:
        return None
    for name in ("place", "rest"):
        if match[name] and _may_be_seat(match[name]):
            return at + match.start(name), at + match.end(name)
    return None


def _may_be_seat(name: str) -> bool:
    """True for a place from which one writes: no organisation, and no whole country."""
    if not is_place(name) or ORGANISATION.search(name):
        return False
    known = gazetteer().places(name)
    return not known or known[0].kind is not PlaceKind.COUNTRY or len(known) > 1


def is_place(name: str) -> bool:
    """True if a name at the head of a paragraph may be a place: no 'Update', no sentence."""
    last = name.rsplit(maxsplit=1)[-1]
    sentence = last.endswith(".") and last.count(".") == 1 and len(last) > 3
    return name.lower() not in NO_PLACES and len(name) > 2 and not sentence
