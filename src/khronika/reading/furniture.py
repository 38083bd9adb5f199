"""Page furniture: menus, buttons, copyright lines, lists of other headlines. Never coded."""

import re

from khronika.reading.phrases import any_of, pattern

LONGEST = 260
_BUTTON = any_of("buttons")
BUTTONS = re.compile(
    rf"[\[(<«‹<\s]*{_BUTTON}(?:[\])>»›\s|/·•,:;]+{_BUTTON})*[\])>»›\s:.…!,0-9kMGБB]*",
    re.IGNORECASE,
)
STARTS = pattern("", "furniture_starts")
YEAR = re.compile(r"(?:1[89]|20)\d\d")
PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|of|из|з)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
RIGHTS = re.compile(
    r"all rights reserved|все права защищены|(?:в|у)сі права захищен|tous droits r[ée]serv[ée]s",
    re.IGNORECASE,
)
OTHERS = pattern(r"[\s*#>•–-]*", "heads_of_others", r"\s*[:.…»>]*\s*")
OTHERS_INLINE = re.compile(
    r"(?:(?:read|watch|see|also) (?:also|more|next|read)|also|read|watch|more|related"
    r"(?: (?:news|stor(?:y|ies)|articles?|coverage))?|more on this(?: story)?"
    r"|читайте (?:также|ещё|еще|також)|смотрите также|дивіться також|по теме|за темою)"
    r"\s*(?:[:|»>]|\s[–—-]\s)\s*\S",
    re.IGNORECASE,
)
TRAIL = re.compile(r"\s*(?:[>»›→]|::|\s/\s|\s\\\s)\s*")
GAP = re.compile(r"\s{3,}")
FIRST_STEP = re.compile(
    r"home(?: ?page)?|main(?: page)?|start|index|you are here:?.*|главная(?: страница)?"
    r"|головна(?: сторінка)?|accueil",
    re.IGNORECASE,
)


CODE = re.compile(
    r"(?=\S*\d)(?=\S*[A-ZА-Я])\S{0,30}[/_]\S{1,30}|-?\s*ends?\s*-?|#{2,}|\*\s?\*\s?\*|(?:конец|кінець)\.?",
    re.IGNORECASE,
)


def is_furniture(text: str) -> bool:
    """True if a line is part of the page, not of the report."""
    if len(text) > LONGEST:
        return bool(RIGHTS.search(text[-200:])) and text.lstrip().startswith(("©", "Copyright"))
    return bool(
        CODE.fullmatch(text)
        or BUTTONS.fullmatch(text)
        or STARTS.match(text.lstrip("[(<«‹>•*-–— "))
        or (STARTS.match(text) and len(text) < 160)
        or (PAGE_NUMBER.fullmatch(text) and not YEAR.fullmatch(text))
        or (RIGHTS.search(text) and len(text) < 200)
        or is_trail(text)
        or is_button_row(text)
    )


def is_button_row(text: str) -> bool:
    """True for '[ Share ]  [ Print ]  [ Download PDF, 2.4 MB ]'."""
    parts = re.findall(r"\[[^\[\]\n]{1,40}\]", text[:LONGEST])
    return len(parts) >= 2 and not re.sub(r"\[[^\[\]\n]{1,40}\]", "", text).strip(" |·•")


def is_trail(text: str) -> bool:
    """True for breadcrumbs: 'Home > News > Asia', 'Agency / Media centre / Press releases'."""
    if len(text) > 200 or "\n" in text or text.startswith(">") or text.endswith("."):
        return False
    steps = [GAP.split(s.strip())[0] for s in TRAIL.split(text) if s.strip()]
    if len(steps) < 2 or any(len(s.split()) > 7 for s in steps):
        return False
    if FIRST_STEP.fullmatch(steps[0]) or len(steps) >= 5:
        return True
    return bool(re.search(r"\s[>»›→]\s", text)) or (
        len(steps) >= 3 and bool(re.search(r"\s[/\\]\s", text))
    )


def heads_others(text: str) -> bool:
    """True for the line above a list of other reports' headlines."""
    return len(text) < 80 and bool(OTHERS.fullmatch(text))


def tells_of_others(text: str) -> bool:
    """True for one line that points to another report: 'Read also: ...'."""
    return len(text) < LONGEST and bool(OTHERS_INLINE.match(text)) and not text.endswith(".")
