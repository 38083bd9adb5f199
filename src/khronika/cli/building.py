"""Commands that build, check and share the record: rebuild, recode, verify, export."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khronika.cli.columns import Table
from khronika.cli.language_model import (
    Chosen,
    asking_of,
    model_options,
    say_after,
    say_before,
)
from khronika.cli.options import json_option, record_option
from khronika.cli.terminal import note, print_json, progress

if TYPE_CHECKING:
    from khronika.workflows.asking import Asking
    from khronika.workflows.record import Record
    from khronika.workflows.rows import Added, Summary

codebook_option = click.option(
    "--codebook",
    "codebooks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A codebook file of your own that adds or replaces kinds (repeatable).",
)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a long run is; `total` is 0 if nobody knows."""

    stage: str
    done: int
    total: int = 0


@contextmanager
def progressing(words: str) -> Iterator[Callable[[Any], None]]:
    """What to tell how far a long run is; shown as a bar where stderr is a terminal."""
    bar = progress()
    if bar is None:
        yield lambda _step: None
        return
    with bar:
        task = bar.add_task(words, total=None)
        yield lambda step: bar.update(
            task,
            completed=step.done,
            total=getattr(step, "total", 0) or None,
            description=f"{step.stage} ",
        )


@contextmanager
def writable(
    path: Path,
    codebooks: tuple[Path, ...] | None,
    asking: "Asking | None" = None,
    *,
    make: bool = False,
) -> "Iterator[Record]":
    """The record to change, with the codebook files that were named; made if there is none.

    With no files it keeps to its own codebook, with None it goes back to the bundled one.
    """
    from khronika.workflows.record import Record

    with (Record.at if make else Record.open)(path) as record:
        use_codebook(record, codebooks, asking)
        yield record


def use_codebook(
    record: "Record", codebooks: tuple[Path, ...] | None, asking: "Asking | None" = None
) -> None:
    """Code with the files that were named, else with the record's own; None for the bundled."""
    from khronika.codebook import load
    from khronika.workflows.parts import real_parts

    if codebooks or codebooks is None:
        record.use(real_parts(load(codebooks or ()), asking))
        return
    own = record.own_codebook()
    if own is not None:
        note(
            f"Coding with the record's own codebook ({own.digest[:12]}), as nothing else was named."
            " `khronika recode --codebook FILE` changes it, `khronika recode --bundled` leaves it."
        )
    if own is not None or asking is not None:
        record.use(real_parts(own, asking))


def many(number: int, one: str, more: str = "") -> str:
    """'1 report', '3 reports'."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def added_words(added: "Added", seconds: float, record: Path) -> str:
    """'26 reports read in 8 s: 23 coded, 3 kept uncoded (uk)      record: khronika-demo'."""
    parts = [f"{many(added.added, 'report')} read in {seconds:.0f} s"]
    uncoded = sum(n for _, n in added.uncoded)
    if uncoded:
        tongues = ", ".join(language or "unknown language" for language, _ in added.uncoded)
        parts.append(f"{added.added - uncoded} coded, {uncoded} kept uncoded ({tongues})")
    if added.known:
        parts.append(f"{added.known:,} already known")
    if added.refused:
        parts.append(f"{len(added.refused):,} refused")
    return f"{': '.join(parts[:2])}{''.join(f', {p}' for p in parts[2:])}      record: {record}"


def why_uncoded(added: "Added") -> list[str]:
    """'Reports in ru are kept uncoded: install khronika[russian], then ...'."""
    from khronika.workflows.parts import remedy

    return [
        f"Reports in {language} are kept uncoded: {said}."
        for language, _ in added.uncoded
        if "install" in (said := remedy(language))
    ]


def summed_up(found: "Summary") -> str:
    """'26 reports, 141 acts, 88 incidents, 97 actors, 5 contradictions'."""
    parts = [
        many(found.reports, "report"),
        many(found.acts, "act"),
        many(found.incidents, "incident"),
        many(found.actors, "actor"),
        many(found.contradictions, "contradiction"),
    ]
    if found.listed:
        parts.append(f"{found.listed:,} listed for reference")
    return ", ".join(parts)


@click.command()
@record_option
def rebuild(record: Path) -> None:
    """Make the tables again from the kept files and the journal; nothing is derived anew."""
    from khronika.workflows.record import Record

    with Record.open(record) as held:
        held.rebuild()
        click.echo(summed_up(held.summary()))


@click.command()
@codebook_option
@click.option("--bundled", is_flag=True, help="Go back to the bundled codebook.")
@model_options
@record_option
def recode(codebooks: tuple[Path, ...], chosen: Chosen, record: Path, *, bundled: bool) -> None:
    """Read and code every report anew with this version's coder and codebook.

    A record that was made with a codebook of your own keeps to it unless you name another. Rulings
    survive. What was coded before stays in the journal.
    """
    if bundled and codebooks:
        raise click.UsageError("--bundled and --codebook exclude each other.")
    asking = asking_of(chosen)
    say_before(asking)
    with writable(record, None if bundled else codebooks, asking) as held:
        with progressing("coding ") as tell:
            done = held.recode(progress=lambda at, of: tell(Step("coding", at, of)))
        click.echo(
            f"{many(done.reports - done.given, 'report')} coded anew, {done.changed} changed"
        )
        if done.given:
            note(f"{many(done.given, 'report')} coded by hand: the coding stays as it is.")
        click.echo(summed_up(held.summary()))
    for ruling, gone in done.queued:
        note(f"The ruling {ruling.id} waits: {' '.join(gone)} is not found any more.")
    raise SystemExit(0 if say_after(asking) else 1)


@click.command()
@json_option
@record_option
def verify(record: Path, *, as_json: bool) -> None:
    """Recompute every digest, anchor and link of the journal's chain, and name what fails.

    Exits 0 if everything passed, 3 if anything failed, 4 if something could not be checked.
    """
    from khronika.evidence.verdict import Verdict, exit_status
    from khronika.workflows.record import Record

    with Record.open(record) as held, progressing("checking ") as tell:
        findings = list(held.verify(lambda at, of: tell(Step("checking", at, of))))
    if as_json:
        print_json(asdict(finding) for finding in findings)
        raise SystemExit(exit_status(findings))
    table = Table("verdict", "check", "subject", "detail", flexible=("detail",))
    for finding in findings:
        if finding.verdict is not Verdict.PASSED:
            table.add(finding.verdict.value, finding.check, finding.subject, finding.detail)
    table.show()
    counts = {v: sum(f.verdict is v for f in findings) for v in Verdict}
    said = ", ".join(f"{number:,} {verdict.value}" for verdict, number in counts.items())
    click.echo(f"{many(len(findings), 'check')}: {said}")
    raise SystemExit(exit_status(findings))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "ftm"]),
    default="jsonl",
    show_default=True,
    help="JSON lines with every anchor, CSV files for spreadsheets, or FollowTheMoney entities.",
)
@click.option("--contacts", is_flag=True, help="Include contact data, which is masked otherwise.")
@click.option(
    "--at-least",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out what is less probable, acts, names, dates, places, unless accepted; 0 to 1.",
)
@click.option(
    "--sensitive", is_flag=True, help="Include what was marked as sensitive, left out otherwise."
)
@click.option(
    "--overwrite", is_flag=True, help="Write into a folder that holds other things; they stay."
)
@record_option
def export(
    folder: Path,
    form: str,
    at_least: float,
    record: Path,
    *,
    contacts: bool,
    sensitive: bool,
    overwrite: bool,
) -> None:
    """Write the record into FOLDER for others: whole or not at all.

    An earlier export there is replaced. Rejected acts are left out. An export names people: it is
    not a public edition.
    """
    from khronika.publish import FORMATS, ExportOptions
    from khronika.workflows.record import Record

    options = ExportOptions(contacts=contacts, overwrite=overwrite)
    with Record.open(record) as held:
        FORMATS[form](held.view(at_least, sensitive=sensitive), folder, options)
    click.echo(f"{form} export written: {folder}")
    if contacts:
        note("This export holds contact data. Share it only with those who need it.")
    if sensitive:
        note("This export shows what is sensitive. Share it only with those who need it.")


COMMANDS: tuple[click.Command, ...] = (rebuild, recode, verify, export)
