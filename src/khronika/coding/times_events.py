"""Dates reckoned from an act that the report dates elsewhere: 'three days after his arrest'."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from khronika.coding.parsed import sentence_of
from khronika.model import edtf
from khronika.model.edtf import EdtfError
from khronika.text.dates import DateExpression, Resolved

FROM_EVENT = "relative to another act that the report dates"
NO_EVENT = "relative to something without a date"
DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "year": 12}
WEEKDAY = {"weekday": 0}  # 'the Sunday after'
STEM = 4  # letters that two forms of a word share at least: 'listed', 'listing'

# Words for one act; the first is what 'in custody' reckons from.
ALIKE = (
    frozenset(("arrest", "detain", "detention", "seize", "apprehend", "capture", "custody")),
    frozenset(("abduct", "abduction", "kidnap", "kidnapping", "disappear", "disappearance")),
    frozenset(("search", "raid", "storm")),
    frozenset(("release", "free", "liberation")),
    frozenset(("sentence", "convict", "conviction", "verdict", "ruling")),
    frozenset(("kill", "killing", "murder", "shoot", "die", "death")),
    frozenset(("vote", "election", "poll", "ballot")),
    frozenset(("flee", "flight", "escape", "leave", "departure")),
    frozenset(("attack", "assault", "beat", "beating")),
    frozenset(("close", "closure", "dissolve", "dissolution", "liquidate", "liquidation")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A day that the report gives, the word that it hangs on and the words of its clause."""

    day: str
    at: tuple[int, int]  # unit, token
    verb: str
    words: frozenset[str]


def from_event(
    expression: DateExpression, doc: Doc, at: tuple[int, int], told: Sequence[Told]
) -> Resolved:
    """The date of an expression that reckons from an act told elsewhere in the report.

    Args:
        expression: of the kind EVENT.
        doc: the unit that it stands in.
        at: its unit and first token.
        told: every day that the report gives, in order.
    """
    if not expression.amount or expression.unit not in DAYS | MONTHS | WEEKDAY:
        return Resolved(basis=NO_EVENT)
    day = (
        _custody(at, told) if expression.beside == "custody" else _named(expression, doc, at, told)
    )
    if not day:
        return Resolved(basis=NO_EVENT)
    if expression.weekday is not None:
        found = _weekday(day, expression.weekday, expression.amount)
        return Resolved(edtf=found, basis=FROM_EVENT, start=found)
    found = reckon(day, expression.amount, expression.unit)
    if expression.beside and found:  # 'during the week before': all of it
        days = DAYS.get(expression.unit, 0) * expression.amount
        months = MONTHS.get(expression.unit, 0) * expression.amount
        found = edtf.hull(day, edtf.shift(day, days=days, months=months))
    if not found:
        return Resolved(basis=NO_EVENT)
    return Resolved(edtf=found, basis=FROM_EVENT, start=found)


def _weekday(day: str, weekday: int, step: int) -> str:
    """The next such day of the week after a day, or the last before it."""
    start = edtf.bounds(day)[0]
    if start is None:
        return ""
    gap = (weekday - start.weekday()) * step % 7 or 7
    return edtf.shift(day, days=gap * step)


def reckon(day: str, amount: int, unit: str) -> str:
    """The date some units from a day, no finer than the unit; "" for another unit or no year."""
    try:
        if unit in DAYS:
            return edtf.shift(day, days=DAYS[unit] * amount)
        if unit in MONTHS:
            return edtf.shift(day[:7] if unit == "month" else day[:4], **{f"{unit}s": amount})
    except EdtfError:  # 'three thousand years after'
        return ""
    return ""


def _custody(at: tuple[int, int], told: Sequence[Told]) -> str:
    """The one day of an arrest that was told before; several leave it open whose it was."""
    days = {each.day for each in told if each.verb in ALIKE[0] and each.at < at}
    return days.pop() if len(days) == 1 else ""


def _named(expression: DateExpression, doc: Doc, at: tuple[int, int], told: Sequence[Told]) -> str:
    """The last day told before of an act that is named by the same or a like word."""
    event = _event(doc, expression.end)
    if event is None:
        return ""
    alike = next((group for group in ALIKE if event.lemma_.lower() in group), frozenset())
    days = [each.day for each in told if each.at < at and each.verb in alike]
    before = [each for each in told if each.at < (at[0], sentence_of(event).start)]
    days = days or [each.day for each in before if _speaks_of(each, event, alike)]
    return days[-1] if days else ""


def _event(doc: Doc, end: int) -> Token | None:
    """The word for the act behind 'three days after': 'his arrest', 'she was arrested'."""
    for token in doc:
        if token.idx < end or token.pos_ in ("DET", "PRON", "AUX", "ADJ", "ADP", "PART"):
            continue
        if token.pos_ == "PROPN" or token.dep_ in ("poss", "nsubj", "nsubjpass", "compound"):
            continue
        return token if token.pos_ in ("NOUN", "VERB") else None
    return None


def _speaks_of(told: Told, event: Token, alike: frozenset[str]) -> bool:
    word = event.lemma_.lower()
    stem = word[: max(STEM, len(word) - 3)]
    return any(
        each in alike or (len(each) >= STEM and each.startswith(stem)) for each in told.words
    )
