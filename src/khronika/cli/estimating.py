"""`khronika estimate`: how many people no list has, by every method, and what speaks against it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from khronika.cli.building import Step, progressing
from khronika.cli.estimating_parts import print_parts
from khronika.cli.estimating_record import (
    asks,
    counted,
    divided,
    plain_counted,
    print_cells,
    print_counted,
    record_options,
)
from khronika.cli.options import json_option, record_option
from khronika.cli.terminal import json_line, note, safe

if TYPE_CHECKING:
    from khronika.estimation import CaptureTable, FrequencyReport, FrequencyTable, Report, Sum
    from khronika.estimation.report import Progress
    from khronika.workflows.estimating.draws import Linkage
    from khronika.workflows.estimating.question import Question
    from khronika.workflows.estimating.tables import PartTable

    Reported: TypeAlias = Report | FrequencyReport

Plain = dict[str, Any]

LANGUAGES = ("en", "ru", "uk")  # as `khronika.estimation.wording`, which is not wanted for --help


@click.command()
@click.argument(
    "table", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option(
    "--by",
    metavar="COLUMN",
    multiple=True,
    help="A report for each value of a column of TABLE (repeatable), or of a record for each kind,"
    " country or year; then their sum.",
)
@click.option(
    "--sum-over",
    metavar="COLUMN",
    multiple=True,
    help="Add up the values of a column of TABLE that is no list (repeatable).",
)
@click.option(
    "--seed", type=click.IntRange(min=0), help="Of the random draws; the same gives the same."
)
@click.option("--quick", is_flag=True, help="Draw less: faster, and rougher at the ends.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of the report.",
)
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for pictures of the overlap and of the intervals.",
)
@record_options
@record_option
@json_option
def estimate(
    table: Path | None,
    by: tuple[str, ...],
    sum_over: tuple[str, ...],
    record: Path,
    asked: "Question",
    draws: int,
    *,
    cells: bool,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Estimate how many people are on no list, from how lists of people overlap.

    TABLE is a CSV file with a column of 0 and 1 for each list and a column `count`: how many
    people are on exactly those lists. Without TABLE the lists are those of the record: its
    publishers, after those that repeat each other are one.

    A TABLE with two columns, `times` and `count`, says how many people were recorded once, twice
    and so on; without lists it allows a lower bound.

    All methods are run and shown; nobody chooses one. A report that refuses to give a number is
    an answer, too, and exits 0.
    """
    how = How(**wanted)
    if table is not None:
        if asks(asked) or cells:
            raise click.UsageError("Options 'of a record' go without TABLE.")
        made = {name: Part(one) for name, one in _read(table, by, sum_over).items()}
        before: Plain = {}
    elif sum_over:
        raise click.UsageError("Option '--sum-over' goes with TABLE.")
    else:
        found, linkage = counted(record, divided(asked, by), draws=draws, seed=how.seed)
        made = {part.part: _linked(part, linkage) for part in found.parts}
        before = plain_counted(found, linkage, cells=cells)
        if not as_json:
            print_counted(found, linkage, how.language)
            click.echo("")
            if cells:
                print_cells(found.parts, how.language)
    reports = _reports(made, how)
    together = _added(reports, how) if len(reports) > 1 and _apart(made) else None
    if as_json:
        _print_json(reports, together, before)
    else:
        _print_text(reports, together, how.language, short=table is None and len(reports) > 1)
    if how.pictures is not None:
        _draw(reports, how.pictures, how.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to estimate, and what to make of it."""

    seed: int | None
    quick: bool
    language: str
    pictures: Path | None


@dataclass(frozen=True, slots=True)
class Part:
    """One table, and the same people linked otherwise."""

    table: "CaptureTable | FrequencyTable"
    others: "Sequence[tuple[str, CaptureTable]]" = ()
    linkages: "Sequence[CaptureTable]" = ()


def _linked(part: "PartTable", linkage: "Linkage | None") -> Part:
    """The table of a part of a record, with those one step of linking to either side."""
    if linkage is None or part.part not in linkage.parts:
        return Part(part.table)
    steps = linkage.parts[part.part]
    others = (("stricter", steps.stricter), ("looser", steps.looser))
    return Part(part.table, others, steps.draws)


def _read(
    path: Path, by: tuple[str, ...], sum_over: tuple[str, ...]
) -> "Mapping[str, CaptureTable] | Mapping[str, FrequencyTable]":
    """The table, or one for each value of the columns; by the words for its part."""
    from khronika.estimation import tables_from_counts

    return tables_from_counts(path, by, sum_over=sum_over)


def _reports(parts: "Mapping[str, Part]", how: How) -> "dict[str, Reported]":
    from khronika.estimation import SEED, FrequencyTable, report, report_frequencies

    made: dict[str, Reported] = {}
    for place, (name, part) in enumerate(parts.items()):
        if isinstance(part.table, FrequencyTable):
            made[name] = report_frequencies(part.table)
            continue
        said = f"{name} ({place + 1} of {len(parts)})" if name else ""
        with _told(said) as progress:
            made[name] = report(
                part.table,
                seed=SEED if how.seed is None else how.seed,
                quick=how.quick,
                others=part.others,
                linkages=part.linkages,
                progress=progress,
            )
    return made


@contextmanager
def _told(name: str) -> "Iterator[Progress]":
    """What to tell how far a report is: a bar on stderr, where that is a terminal."""
    with progressing(name or "estimating") as tell:
        yield lambda step, done, steps: tell(Step(f"{name}: {step}" if name else step, done, steps))


def _apart(parts: "Mapping[str, Part]") -> bool:
    """True where nobody is in two parts, so that they may be added up."""
    from khronika.estimation import CaptureTable

    tables = [one.table for one in parts.values() if isinstance(one.table, CaptureTable)]
    people = [one for table in tables for cell in table.people for one in set(cell)]
    return len(people) == len(set(people))


def _added(reports: "Mapping[str, Reported]", how: How) -> "Sum | None":
    """The sum of the parts; of lower bounds without lists there is none."""
    from khronika.estimation import SEED, Report, add_up

    lists = {name: one for name, one in reports.items() if isinstance(one, Report)}
    if len(lists) < len(reports):
        return None
    return add_up(lists, seed=SEED if how.seed is None else how.seed)


def _print_text(
    reports: "Mapping[str, Reported]", together: "Sum | None", language: str, *, short: bool
) -> None:
    """The reports; `short` has of refused ones no more than a line."""
    from khronika.estimation.wording import Words

    words = Words(language)
    if short:
        print_parts(reports, language)
    for name, one in reports.items():
        if short and one.range is None:
            continue
        if name:
            click.echo(safe(words.say("by.stratum", what=name)))
            click.echo("")
        click.echo(safe(one.text(language)))
    if together is not None:
        click.echo(safe(together.text(language)))


def _print_json(reports: "Mapping[str, Reported]", together: "Sum | None", before: Plain) -> None:
    """A line for what a record counted, if it is one, a line for each report, one for the sum."""
    if before:
        click.echo(json_line({"counted": before}))
    for name, one in reports.items():
        part = {"stratum": name} if name else {}
        click.echo(json_line({**part, **one.as_dict()}))
    if together is not None:
        click.echo(json_line({"sum": together.as_dict()}))


def _draw(reports: "Mapping[str, Reported]", folder: Path, language: str) -> None:
    from khronika.web import language as interface
    from khronika.web.pages.pictures import words_of
    from khronika.workflows.estimate_pictures import estimate_pictures, save_pictures

    words = words_of(interface.language(language))
    for place, (name, one) in enumerate(reports.items()):
        here = folder / f"{place + 1:02}" if name else folder
        pictures = estimate_pictures(
            one.table, one.families, words=words, language=language, decision=one.decision
        )
        made = save_pictures(pictures, here)
        note(f"{len(made)} files in {here}{f': {name}' if name else ''}")


COMMANDS = (estimate,)
