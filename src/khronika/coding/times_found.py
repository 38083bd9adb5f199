"""The expressions of time of a report, each with what it means and what it hangs on."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from khronika.coding.parsed import ParsedReport, sentence_of
from khronika.coding.times_clauses import (
    APART,
    auxiliaries,
    clause_verb,
    governor,
    is_coming,
    is_present,
    is_verb,
)
from khronika.coding.times_dated import Dated, is_day
from khronika.coding.times_doubt import flagged
from khronika.coding.times_events import Told, from_event
from khronika.model import edtf
from khronika.model.edtf import Precision
from khronika.model.reports import PassageRole
from khronika.text.dates import (
    Context,
    DateExpression,
    Kind,
    Modifier,
    Resolved,
    day_first,
    find_dates,
    resolve,
)

SHORT = 8  # words of a heading
ASKING = frozenset(("ask", "apply", "petition", "beg", "plead"))  # 'asked for asylum in May'
BORN = re.compile(r"\b(?:b\.|born(?: on)?|d\.?o\.?b\.?|date of birth)\s*:?\s*$", re.IGNORECASE)
DEICTIC = frozenset((Kind.DAY, Kind.WEEKDAY, Kind.AGO, Kind.PERIOD))
SPELLS = frozenset(("hour", "day", "week", "weekend", "month", "course", "date", "moment"))
# 'Born in 1980', 'a law passed in 2012' say nothing of the year that the telling is in.
ASIDE = frozenset(("acl", "relcl", "advcl", "pcomp"))
_LIFE = """
    bear found establish graduate study marry join work serve create launch start begin
"""
LIFE = frozenset(_LIFE.split())


def read_dates(parsed: ParsedReport) -> tuple[tuple[Dated, ...], ...]:
    """Every unit's expressions, each resolved with what was told before it."""
    report = parsed.report
    language = (report.language.value or "en")[:2]
    found = [find_dates(each.text, language) for each in parsed.units]
    stated = _stated_years(found)
    context = Context(
        published=report.published.value,
        day_first=day_first(report.text),
        year=None if report.published.value else _frame_year(found),
    )
    units: list[tuple[Dated, ...]] = []
    headed = _under_years(parsed)
    for each, expressions, year in zip(parsed.units, found, headed, strict=True):
        if each.unit.role is PassageRole.HEADLINE or _is_heading(each.text):
            context = replace(context, previous="", previous_core="")
        around = replace(context, published="", year=year, previous="") if year else context
        made, after = _resolve_unit(each.doc, expressions, around, stated)
        context = context if year else after
        units.append(made)
    return flagged(parsed, _with_events(parsed, units))


HEADING = re.compile(r"(?:in |the year |year )?((?:19|20)\d\d)\s?[:.–—-]?", re.IGNORECASE)
FEWEST_YEARS = 2  # a number by itself may be anything; two that rise are headings


def _under_years(parsed: ParsedReport) -> list[int | None]:
    """The year in whose heading's section each unit of a chronology stands."""
    found = [HEADING.fullmatch(unit.text.strip()) for unit in parsed.units]
    years = [int(match[1]) for match in found if match]
    if len(set(years)) < FEWEST_YEARS or sorted(years) != years:
        return [None] * len(found)
    headed: list[int | None] = []
    year: int | None = None
    for unit, match in zip(parsed.units, found, strict=True):
        if match:
            year = int(match[1])
        elif unit.unit.role is PassageRole.HEADLINE and not unit.text[:1].isdigit():
            year = None  # another section
        headed.append(None if match else year)
    return headed


def _with_events(
    parsed: ParsedReport, units: list[tuple[Dated, ...]]
) -> tuple[tuple[Dated, ...], ...]:
    """The expressions with those resolved that reckon from an act dated elsewhere."""
    told = [each for index, unit in enumerate(units) for each in _told(index, unit)]
    return tuple(
        tuple(
            replace(
                dated,
                resolved=from_event(
                    dated.expression, parsed.units[index].doc, (index, dated.first), told
                ),
            )
            if dated.expression.kind is Kind.EVENT
            else dated
            for dated in unit
        )
        for index, unit in enumerate(units)
    )


def _told(index: int, unit: tuple[Dated, ...]) -> Iterator[Told]:
    for dated in unit:
        day = dated.resolved.edtf.split("T")[0]
        if dated.hangs_on is None or dated.tight or not is_day(day):
            continue
        verb = clause_verb(dated.hangs_on)
        words = frozenset(t.lemma_.lower() for t in sentence_of(verb) if t.is_alpha)
        yield Told(day.rstrip("~?%"), (index, dated.first), verb.lemma_.lower(), words)


def _stated_years(found: list[tuple[DateExpression, ...]]) -> dict[tuple[int, int], int]:
    """The year of each day and month that the report states with one year only."""
    years: dict[tuple[int, int], set[int]] = {}
    for each in (e for expressions in found for e in expressions):
        if each.year is not None and each.month and each.day and not each.either:
            years.setdefault((each.month, each.day), set()).add(each.year)
    return {day: next(iter(only)) for day, only in years.items() if len(only) == 1}


def _frame_year(found: list[tuple[DateExpression, ...]]) -> int | None:
    """The year that an undated report is about: 'In 2024 ...', before any other year."""
    for each in (e for expressions in found for e in expressions):
        if each.year is not None and each.kind is Kind.DATE and not each.bare:
            alone = each.month is None and each.season is None and not each.decade
            return each.year if alone and each.modifier is Modifier.NONE else None
    return None


def _resolve_unit(
    doc: Doc,
    expressions: tuple[DateExpression, ...],
    context: Context,
    stated: dict[tuple[int, int], int],
) -> tuple[tuple[Dated, ...], Context]:
    made: list[Dated] = []
    told = ""  # in this unit: a year does not go on from another paragraph
    for each in expressions:
        span = doc.char_span(each.start, each.end, alignment_mode="expand")
        if span is None or BORN.search(doc.text, max(0, each.start - 24), each.start):
            continue  # when somebody was born is when nothing else was
        dated = _hung(each, span)
        year = stated.get((each.month or 0, each.day or 0)) if each.year is None else None
        known = dated.expression
        known = replace(known, year=year) if year and not each.beside else known
        here = _here(known, dated.hangs_on, context, told)
        entry = bool(made) and _dates_entry(made[0])
        if (entry or dated.first == 0) and here.future and is_present(dated.hangs_on):
            here = replace(here, future=False)  # the present of a chronicle
        if known.kind in DEICTIC and entry:
            here = replace(here, published=made[0].resolved.edtf)
        resolved = resolve(known, here)
        dated = replace(_within(dated, made), resolved=resolved)
        made.append(dated)
        if _is_told(known, resolved) and not dated.tight:
            told = told if _is_aside(dated) else resolved.edtf
            aside = _is_aside(dated) or _is_pluperfect(dated)
            if not (aside and _is_coarser(resolved.edtf, context.previous)):
                context = replace(context, previous=resolved.edtf, previous_core=resolved.core)
    return tuple(made), context


def _hung(expression: DateExpression, span: Span) -> Dated:
    """An expression with the word that it hangs on, not yet resolved."""
    above, through = governor(span)
    if above is not None and above.dep_ == "pobj" and above.head.lower_ == "since":
        # 'since the disputed 2011 election': the stretch since then, in the verb's clause
        expression = replace(expression, modifier=Modifier.SINCE, bare=False)
        above, through = above.head.head, ""
    while above is not None and above.lemma_ in SPELLS and through == "of" and above.head != above:
        above, through = _above(above)  # 'in the first hours of 12 March'
    if above is not None and above.lower_ == "dated" and above.dep_ in ("acl", "amod"):
        above, through = above.head, "of"  # 'a letter dated 3 March'
    if _is_adverb(expression, span):
        expression = replace(expression, kind=Kind.NARRATIVE)
    tight = expression.bare or (above is not None and _belongs(above, through))
    return Dated(expression, Resolved(), span.start, span.end, above, tight=tight)


def _is_adverb(expression: DateExpression, span: Span) -> bool:
    """True for 'freed the day before': its last word governs nothing and joins no clause."""
    word = span[-1]
    if expression.kind is not Kind.EVENT or word.lower_ not in ("before", "after", "earlier"):
        return False
    return word.dep_ not in ("mark", "prep") and not any(True for _ in word.children)


def _above(noun: Token) -> tuple[Token, str]:
    """The word that a noun depends on, and the preposition between."""
    if noun.head.pos_ in ("ADP", "SCONJ") and noun.head.head != noun.head:
        return noun.head.head, noun.head.lower_
    return noun.head, ""


def _within(dated: Dated, made: list[Dated]) -> Dated:
    """An expression that hangs on a word of another: 'for a month in 2018' dates the verb.

    'Within hours of the vote on 12 March' does not: the date is the vote's.
    """
    above = dated.hangs_on
    for each in made if above is not None else ():
        if above is not None and each.first <= above.i < each.last:
            if each.expression.kind is Kind.DURATION:
                return replace(dated, hangs_on=each.hangs_on, tight=each.tight)
            if each.expression.kind is Kind.EVENT:
                return replace(dated, tight=True)
    return dated


def _belongs(noun: Token, through: str) -> bool:
    """True if a date is of its noun alone: 'a law of 2012', 'after the vote on 12 March'."""
    if is_verb(noun):
        return False
    asked = noun.head.lower_ == "for" and noun.head.head.lemma_ in ASKING
    apart = noun.dep_ == "pobj" and noun.head.lower_ in APART
    return through in ("of", "from") or (apart and not asked)


def _here(expression: DateExpression, above: Token | None, context: Context, told: str) -> Context:
    """What is known where an expression stands."""
    here = replace(context, future=None if above is None else is_to_come(clause_verb(above)))
    if expression.kind in (Kind.DATE, Kind.INTERVAL) and expression.beside != "same":
        return replace(here, previous=told)
    if expression.kind is not Kind.NARRATIVE:
        return here
    if expression.unit == "year":
        year = f"{context.year:04}" if context.year else ""
        return replace(here, previous=context.previous or year)
    coarse = edtf.precision(context.previous) < Precision.MONTH and "/" not in context.previous
    if coarse and expression.unit in ("day", "week", "weekday"):
        return replace(here, previous="")
    return here


def is_to_come(verb: Token) -> bool | None:
    """True of what is to come, False of what is past, None where the words leave it open."""
    if not is_verb(verb):
        return None
    if is_coming(verb):
        return True
    return False if verb.tag_ in ("VBD", "VBN") else None


def _is_aside(dated: Dated) -> bool:
    """True if a date is told beside the telling, or as one of somebody's life."""
    if dated.hangs_on is None:
        return False
    verb = clause_verb(dated.hangs_on)
    return verb.dep_ in ASIDE or verb.lemma_ in LIFE


def _dates_entry(first: Dated) -> bool:
    """True for the day that a paragraph opens with: 'this morning' of a diary is of that day."""
    plain = first.expression.kind is Kind.DATE and first.expression.modifier is Modifier.NONE
    return plain and first.first == 0 and is_day(first.resolved.edtf)


def _is_heading(text: str) -> bool:
    """True for '3. THE JUDGMENT', which a page may have as an item of a list."""
    return text.isupper() and len(text.split()) <= SHORT and not text.endswith(".")


def _is_coarser(found: str, than: str) -> bool:
    """True for 2021 in 'on 4 May they withdrew the passport that they had issued in 2021'."""
    return is_day(than) and edtf.precision(found) < Precision.DAY


def _is_pluperfect(dated: Dated) -> bool:
    """True if a date is of what had happened before the telling."""
    verb = clause_verb(dated.hangs_on) if dated.hangs_on is not None else None
    return verb is not None and "had" in auxiliaries(verb)


def _is_told(expression: DateExpression, resolved: Resolved) -> bool:
    """True if a telling can go on from this date."""
    return bool(resolved.edtf) and expression.modifier not in (
        Modifier.SINCE,
        Modifier.BEFORE,
        Modifier.UNTIL,
        Modifier.BY,
    )
