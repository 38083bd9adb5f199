"""The sum of reports on parts as plain text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from khronika.estimation.report_layout import lines, short, span, tabled
from khronika.estimation.report_text import caution, headlines, side
from khronika.estimation.wording import Words

if TYPE_CHECKING:
    from khronika.estimation.report_sum import Sum


def sum_text(one: "Sum", language: str = "en") -> str:
    """The sum of parts in words and tables, with a newline at the end.

    Raises:
        EstimationError: for a language in which no report is written.
    """
    words = Words(language)
    written = ["\n".join(part) for part in (_sum_opening(one, words), side(one, words),
                                            _parts(one, words))]  # fmt: skip
    return "\n\n".join(written) + "\n"


def _sum_opening(one: "Sum", words: Words) -> Iterator[str]:
    yield words.say("by.total")
    yield ""
    yield words.counted("documented", one.documented)
    yield from headlines(one, words)
    yield from caution(one, words)
    yield from lines(words.say("by.sum"))


def _parts(one: "Sum", words: Words) -> Iterator[str]:
    yield words.say("h.parts")
    heads = [words.say(f"c.{name}") for name in ("part", "documented", "low", "high", "verdict")]
    rows = [
        [
            short(name),
            words.value(documented),
            *span(ends, words),
            words.say(f"verdict.{verdict}"),
        ]
        for name, (documented, ends, verdict) in one.parts.items()
    ]
    yield from tabled(heads, rows, left=(0, 4))
