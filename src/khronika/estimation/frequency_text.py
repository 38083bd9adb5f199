"""A report on how often people were caught as plain text, in the languages of the house."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from khronika.estimation.report_layout import lines, paragraph, tabled
from khronika.estimation.report_text import assumed, headlines, named, notes, side
from khronika.estimation.results import Verdict
from khronika.estimation.wording import Words

if TYPE_CHECKING:
    from khronika.estimation.frequency_report import FrequencyReport

MOST_TIMES = 30  # rows of the table; people recorded more often are added up in the last


def frequencies_text(report: "FrequencyReport", language: str = "en") -> str:
    """The report in words and tables, with a newline at the end.

    Raises:
        EstimationError: for a language in which no report is written.
    """
    words = Words(language)
    parts = (
        _opening(report, words),
        _times(report, words),
        _side(report, words),
        assumed(report, words, "often"),
        notes(report, words),
        _made(report, words),
    )
    written = ["\n".join(part) for part in map(list, parts) if part]
    return "\n\n".join(written) + "\n"


def _opening(report: "FrequencyReport", words: Words) -> Iterator[str]:
    yield words.counted("documented", report.documented)
    if report.table.scope:
        yield paragraph(words.say("scope", scope=report.table.scope))
    yield from headlines(report, words, "often.headline")
    remedy = f"rr.{report.decision.rule}"
    if words.has(remedy):
        yield from lines(words.say("remedy", remedy=words.say(remedy)))
    if report.range is not None:
        yield from lines(words.say("often.caution", level=f"{report.families[0].level:.0%}"))


def _times(report: "FrequencyReport", words: Words) -> Iterator[str]:
    yield words.say("often.h.times")
    pairs = list(zip(report.table.times, report.table.people, strict=True))
    rows = [[words.value(times), words.value(people)] for times, people in pairs[:MOST_TIMES]]
    rest = pairs[MOST_TIMES:]
    if rest:
        rows.append([f"{words.value(rest[0][0])}+", words.value(sum(people for _, people in rest))])
    yield from tabled([words.say("often.c.times"), words.say("c.people")], rows)


def _side(report: "FrequencyReport", words: Words) -> Iterator[str]:
    yield from side(report, words)
    if report.verdict is Verdict.LOWER_BOUND_ONLY:
        yield from lines(words.say("often.no_quote"), by=2)


def _made(report: "FrequencyReport", words: Words) -> Iterator[str]:
    yield words.say("h.made")
    for key, value in (
        ("table", report.provenance.table),
        ("versions", named(report.provenance.versions)),
    ):
        yield from lines(f"{words.say(f'made.{key}')}: {value}", by=2)
