"""What a line looks like by itself: a list item, a table row, a note, the end of a sentence."""

import re

MARKER = re.compile(
    r"(?:[-–—•·▪◦●■□‣⁃∙+]|\*(?!\*)|\(?\d{1,3}[.)]|\(?[a-zа-яґєії]{1,2}\)|\([ivxlc]{1,6}\)"
    r"|[ivxlc]{1,6}[.)]"
    r"|[A-ZА-Я]\)|[A-ZА-Я]\.(?=\s{2,}))(?:\s+|(?<=[•·▪◦●■□‣⁃∙])(?=\w))",
)
ASKED = re.compile(r"(?:Q|A|В|О|П|Question|Answer|Вопрос|Ответ)\d{0,2}\s?[:.]\s")
SPEAKER = re.compile(rf"{ASKED.pattern}|[-–—]\s")
SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
NOTE = re.compile(rf"(?:[{SUPERSCRIPT}]{{1,3}}|\[\d{{1,3}}\]|[†‡§]|\*{{1,3}}(?![*\w]))\s*(?=\S)")
TABLE_RULE = re.compile(r"[\s|+:=_*~·—–-]{3,}")
ROW = re.compile(r"\t|\s\|\s|^\||\S {3,}\S")
GAP = re.compile(r"\S {3,}(?=\S)")
LABEL = re.compile(r"[^\W\d_][\w ./'’-]{0,30}:(?:\t| {2,})\s*\S")
SENTENCE_END = re.compile(r"[.!?…。։؟](?:[\"'”’»)\]*†‡" + SUPERSCRIPT + r"]|\[\d{1,3}\]){0,6}$")
ENDING = re.compile(r"[.!?…:;。։؟](?:[\"'”’»)\]*†‡" + SUPERSCRIPT + r"]|\[\d{1,3}\]){0,6}$")
ADDRESS = re.compile(r"(?:https?://|www\.|\S{1,64}@)\S", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")


def ends_sentence(text: str) -> bool:
    """True if the text ends like a sentence; the marks of notes may follow the full stop."""
    return bool(SENTENCE_END.search(text[-12:]))


def ends_clause(text: str) -> bool:
    """True if the text ends like a sentence, or with a colon or a semicolon."""
    return bool(ENDING.search(text[-12:]))


def starts_low(text: str) -> bool:
    """True if the text begins like the rest of a sentence: a small letter, or a comma."""
    inner = text.lstrip("\"'“”‘’«»„(")
    return bool(inner) and (inner[0].islower() or text[0] in ",;.") and not ADDRESS.match(inner)


def is_item(text: str) -> bool:
    """True if the line begins with the marker of a list."""
    return bool(MARKER.match(text))


def is_rule(text: str) -> bool:
    """True if the line is drawn, not written: dashes, stars, equals signs."""
    return bool(TABLE_RULE.fullmatch(text[:400])) and len(text) < 400


def cells(text: str) -> list[str]:
    """The cells of a table row: by pipes, tabs, or three blanks and more."""
    return [cell for cell in re.split(r"\t+|\s*\|\s*| {3,}", text.strip("[]| ")) if cell.strip()]


def is_row(text: str) -> bool:
    """True if the line is a table's: pipes, tabs or wide gaps part it into cells."""
    if text.count("|") >= 2 or "\t" in text:
        return len(cells(text)) >= 2
    marker = MARKER.match(text)
    inner = text[marker.end() :] if marker else text
    return bool(LABEL.match(inner)) or len(GAP.split(inner)) >= 2


def words(text: str) -> list[str]:
    """The words of a text, without punctuation."""
    return WORD.findall(text)


def is_note(text: str) -> bool:
    """True if the line begins with the mark of a note."""
    return bool(NOTE.match(text))
