"""`khronika estimate` on a record in parts: a line for each, since most bear no estimate."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from khronika.cli.columns import Table

if TYPE_CHECKING:
    from khronika.estimation.frequency_report import FrequencyReport
    from khronika.estimation.report_values import Report
    from khronika.estimation.results import Interval
    from khronika.estimation.wording import Words


def print_parts(reports: "Mapping[str, Report | FrequencyReport]", language: str) -> None:
    """Print a line for each part: what is documented, the range, the verdict and its reason."""
    from khronika.estimation.report_text import because
    from khronika.estimation.wording import Words

    words = Words(language)
    part, *columns = (words.say(f"c.{one}") for one in ("part", "documented", "low", "high"))
    verdict = words.say("c.verdict")
    table = Table(part, *columns, verdict, "", flexible=(part, ""))
    for name, one in reports.items():
        table.add(
            name,
            words.value(one.documented),
            *_ends(one.range, words),
            words.say(f"verdict.{one.verdict}"),
            because(one.decision, words),
        )
    table.show()
    click.echo("")


def _ends(found: "Interval | None", words: "Words") -> tuple[str, str]:
    if found is None:
        return "-", "-"
    upper = "-" if found.upper == float("inf") else words.value(round(found.upper))
    return words.value(round(found.lower)), upper
