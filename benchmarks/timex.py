"""Find and resolve the dates of a TempEval-3 folder, for comparison with other systems.

Usage: python benchmarks/timex.py GOLD_FOLDER SYSTEM_FOLDER

For each `.tml` file of the first folder writes one of the same name with our TIMEX3 tags, to be
scored with the task's own scorer. Works on plain text: tense is unknown, so nothing is taken for
what is to come.
"""

import html
import re
import sys
from datetime import date
from pathlib import Path

from khronika.model import edtf
from khronika.text.dates import Context, DateExpression, Kind, Modifier, find_dates, resolve

SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
PARTS = {"morning": "MO", "noon": "MI", "afternoon": "AF", "evening": "EV", "night": "NI"}
LETTERS = {"day": "D", "night": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
LETTERS |= {"decade": "DE", "fortnight": "W"}
REFERENCES = {"now": "PRESENT_REF", "currently": "PRESENT_REF", "soon": "FUTURE_REF"}
NOT_TOLD = (Modifier.SINCE, Modifier.BEFORE, Modifier.UNTIL, Modifier.BY)


def main() -> None:
    gold, system = (Path(argument) for argument in sys.argv[1:3])
    system.mkdir(parents=True, exist_ok=True)
    for path in sorted(gold.glob("*.tml")):
        marked = path.read_text(encoding="utf-8", errors="replace")
        published = re.search(r'<TIMEX3[^>]*functionInDocument="CREATION_TIME"[^>]*>', marked)
        day = re.search(r'value="(\d{4}-\d{2}-\d{2})', published.group()) if published else None
        inside = re.search(r"<TEXT>(.*?)</TEXT>", marked, re.DOTALL)
        text = html.unescape(re.sub(r"<[^>]+>", "", inside.group(1) if inside else marked))
        tagged = tag(text, day.group(1) if day else "")
        (system / path.name).write_text(f"<TimeML><TEXT>{tagged}</TEXT></TimeML>", "utf-8")


def tag(text: str, published: str) -> str:
    """The text with a TIMEX3 round every expression."""
    context = Context(published=published)
    made, at = [], 0
    for number, expression in enumerate(find_dates(text, "en")):
        resolved = resolve(expression, context)
        word = text[expression.start : expression.end].lower()
        value, kind = timeml(expression, resolved.start or resolved.edtf, published)
        value = REFERENCES.get(word, value)
        made.append(html.escape(text[at : expression.start]))
        words = html.escape(text[expression.start : expression.end])
        made.append(f'<TIMEX3 tid="t{number}" type="{kind}" value="{value}">{words}</TIMEX3>')
        at = expression.end
        if resolved.edtf and expression.modifier not in NOT_TOLD:
            context = Context(published=published, previous=resolved.edtf)
    return "".join(made) + html.escape(text[at:])


def timeml(expression: DateExpression, found: str, published: str) -> tuple[str, str]:
    """Our value in TimeML's notation, and the type of the tag."""
    if expression.kind in (Kind.DURATION, Kind.WINDOW):
        amount = "X" if expression.amount is None else str(abs(expression.amount))
        small = {"hour": f"PT{amount}H", "minute": f"PT{amount}M"}.get(expression.unit)
        return small or f"P{amount}{LETTERS.get(expression.unit, 'D')}", "DURATION"
    if expression.kind is Kind.VAGUE:
        return "PAST_REF", "DATE"
    if expression.kind is Kind.CLOCK:
        return f"{published}T{expression.clock}", "TIME"
    value = as_date(found.rstrip("~?%"))
    part = PARTS.get(expression.part)
    if part and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return f"{value}T{part}", "TIME"
    return value, "TIME" if "T" in value else "DATE"


def as_date(found: str) -> str:
    """EDTF as TimeML writes it: weeks, seasons and decades have their own forms."""
    first, slash, last = found.partition("/")
    if slash and first and last and "." not in found:
        start, end = edtf.bounds(found)
        assert start is not None
        assert end is not None
        if (end - start).days == 6:
            return week(start)
        return first
    if slash:
        return first if first != ".." else last
    if found[5:] in SEASONS:
        return f"{found[:5]}{SEASONS[found[5:]]}"
    return found[:3] if found.endswith("X") else found


def week(start: date) -> str:
    year, number, _ = start.isocalendar()
    return f"{year}-W{number:02}"


if __name__ == "__main__":
    main()
