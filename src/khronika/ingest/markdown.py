"""Reading Markdown: its text without the marks, its front matter as facts."""

import html
import re
from collections.abc import Iterator

from khronika.ingest.captures import Facts, facts_on
from khronika.ingest.days import day_or_edtf
from khronika.ingest.layout import Layout, Parsed
from khronika.model.reports import PassageRole as Role

BASIS = "front matter"
FIELDS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "source_url", "canonical_url"),
    "publisher": ("publisher", "organisation", "organization", "site"),
    "published": ("published", "date", "publish_date", "date_published"),
    "place": ("place", "dateline"),
}
FRONT_LINE = re.compile(r"([A-Za-z][\w-]{0,60})[ \t]*[:=][ \t]*(.*)")
MOST_FRONT = 200  # lines

HEADING = re.compile(r" {0,3}(?:#{1,6}[ \t]+|#{2,6}(?=[^#\s]))(.*?)[ \t]*#*[ \t]*")
UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
RULE = re.compile(r" {0,3}(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
ITEM = re.compile(r"[ \t]*(?:[-*+•][ \t]+|(?=\d{1,9}[.)][ \t]))(.*)")
QUOTE = re.compile(r" {0,3}> ?(.*)")
FENCE = re.compile(r" {0,3}(?:```|~~~)")
NOTE = re.compile(r" {0,3}\[\^[^\]\n]{1,40}\]:[ \t]*")
REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+.*")
TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
CAPTION = re.compile(r"[ \t]*!\[[^\]\n]{0,1000}\]\([^()\n]{0,2000}\)[ \t]*")


def read_markdown(text: str) -> Parsed:
    """The text that a reader of the rendered page sees, block by block."""
    facts, lines = _front_matter(text.splitlines())
    layout = Layout()
    for role, block in _blocks(_without_scripts(lines)):
        shown = inline("\n".join(block))
        layout.block(shown, role)
    return Parsed(text=layout.text(), hints=layout.hints(), facts=facts)


def _front_matter(lines: list[str]) -> tuple[Facts, list[str]]:
    if not lines or lines[0].lstrip("\ufeff").rstrip() not in {"---", "+++"}:
        return Facts(), lines
    fence = lines[0].lstrip("\ufeff").rstrip()
    ends = (i for i, line in enumerate(lines[1:MOST_FRONT], 1) if line.rstrip() in {fence, "..."})
    end = next(ends, None)
    if end is None:
        return Facts(), lines
    found: dict[str, str] = {}
    for line in lines[1:end]:
        if (match := FRONT_LINE.fullmatch(line)) and match[2].strip():
            found.setdefault(match[1].lower(), match[2].strip().strip("\"'"))
    return _facts(found), lines[end + 1 :]


def _facts(found: dict[str, str]) -> Facts:
    values = {
        key: next((found[name] for name in names if name in found), "")
        for key, names in FIELDS.items()
    }
    # 'published: true' is how some sites mark a draft, and no date.
    dates = (day_or_edtf(found[name]) for name in FIELDS["published"] if name in found)
    values["published"] = next(filter(None, dates), "")
    return facts_on(BASIS, **values)


def _without_scripts(lines: list[str]) -> Iterator[str]:
    """Leave out scripts, styles and comments, which may run over many lines."""
    until = ""
    for line in lines:
        shown = []
        rest = line
        while rest:
            if until:
                _, found, rest = _partition(rest, until)
                until = "" if found else until
                continue
            opening = OPENING.search(rest)
            if not opening:
                shown.append(rest)
                break
            shown.append(rest[: opening.start()])
            until = "-->" if opening[0] == "<!--" else f"</{opening[1].lower()}"
            rest = rest[opening.end() :]
        yield "".join(shown)


OPENING = re.compile(r"<!--|<(script|style)\b", re.I)


def _partition(line: str, until: str) -> tuple[str, bool, str]:
    at = line.lower().find(until)
    if at < 0:
        return line, False, ""
    end = at + len(until) if until == "-->" else line.find(">", at) + 1
    return line[:at], True, line[end:] if end else ""


def _blocks(lines: Iterator[str]) -> Iterator[tuple[Role | None, list[str]]]:
    block: list[str] = []
    role: Role | None = None
    fenced = False
    for line in lines:
        if FENCE.match(line):
            fenced = not fenced
            yield role, block
            block, role = [], None
            continue
        if fenced:
            block.append(line)
            continue
        kind, rest = _line_kind(line, block, role)
        if kind == "more":
            block.append(rest)
            continue
        if kind == "underline":
            yield Role.HEADLINE, block
            block, role = [], None
            continue
        yield role, block
        block, role = ([rest], KINDS[kind]) if kind in KINDS else ([], None)
    yield role, block


KINDS: dict[str, Role | None] = {
    "heading": Role.HEADLINE,
    "item": Role.LIST_ITEM,
    "quote": Role.QUOTATION,
    "row": Role.TABLE_ROW,
    "note": Role.FOOTNOTE,
    "caption": Role.CAPTION,
    "text": None,
}


def _line_kind(line: str, block: list[str], role: Role | None) -> tuple[str, str]:
    """What a line begins, or "more" if it goes on with the block before; and its text."""
    if not line.strip() or (REFERENCE.fullmatch(line) and not NOTE.match(line)):
        return "end", ""
    if role is None and block and UNDERLINE.fullmatch(line):
        return "underline", ""
    if RULE.fullmatch(line) or ("|" in line and TABLE_RULE.fullmatch(line)):
        return "end", ""
    for kind, pattern in (("heading", HEADING), ("item", ITEM), ("caption", CAPTION)):
        if found := pattern.fullmatch(line):
            return kind, found[1] if found.re.groups else line
    if found := QUOTE.fullmatch(line):
        return ("more" if role is Role.QUOTATION else "quote"), found[1]
    if found := NOTE.match(line):
        return "note", line
    if line.lstrip().startswith("|") and line.rstrip().endswith("|"):
        return "row", _cells(line)
    goes_on = block and role is not Role.HEADLINE and role is not Role.TABLE_ROW
    return ("more" if goes_on else "text"), line


def _cells(line: str) -> str:
    return "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))


# Each pattern is bounded or stops at its own opening sign, so a hostile line stays linear.
LINK = re.compile(
    r"!?\[([^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\[\]\n]{0,200}\])"
)
AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,2000}>")
STRONG = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|~~")
STAR = re.compile(r"(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])")
UNDERSCORE = re.compile(r"(?<![\w_])_(?=[^\s_])|(?<=[^\s_])_(?![\w_])")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def inline(text: str) -> str:
    """A block's text without the marks for links, emphasis and tags."""
    if not MARKS.search(text):
        return text
    text = LINK.sub(r"\1", text)
    text = TAG.sub("", AUTOLINK.sub(r"\1", text))
    text = STRONG.sub("", text)
    for pattern in (STAR, UNDERSCORE):
        if len(pattern.findall(text)) % 2 == 0:  # an odd one is a mark of its own: a footnote
            text = pattern.sub("", text)
    return html.unescape(ESCAPE.sub(r"\1", text.replace("`", "")))


MARKS = re.compile(r"[\[<*_`\\&~]")
