"""Commands that build, check and share the record: add, rebuild, recode, verify, export."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from khronika.cli.columns import Table
from khronika.cli.language_model import (
    Chosen,
    asked_plain,
    asking_of,
    model_options,
    say_after,
    say_before,
)
from khronika.cli.options import Edtf, json_option, record_option
from khronika.cli.terminal import note, one_line, print_json, progress

if TYPE_CHECKING:
    from khronika.ingest.captures import Capture, Given, Refusal
    from khronika.workflows.asking import Asking
    from khronika.workflows.record import Record
    from khronika.workflows.rows import Added, Imported, Judged, Refused, Summary

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


def captured(
    reports: tuple[str, ...], given: "Given", *, private_addresses: bool
) -> "Iterator[Capture | Refusal]":
    """What was named, one report after the other."""
    from datetime import UTC, datetime

    from khronika.ingest.fetch import Fetch
    from khronika.ingest.sources import read_sources

    fetch = Fetch(now=lambda: datetime.now(UTC), allow_private=private_addresses)
    return read_sources(reports, given, None, fetch)


@click.command()
@click.argument("reports", nargs=-1, metavar="REPORTS...")
@click.option(
    "--acts",
    "acts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Acts that somebody coded by hand, in the form of acts.jsonl (repeatable).",
)
@click.option(
    "--actors",
    "lists",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A list of people and bodies for reference, as FollowTheMoney entities (repeatable).",
)
@click.option(
    "--judgements",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Who is one and who is not, as nomenklatura's resolver writes it (repeatable).",
)
@click.option(
    "--reviewer",
    envvar="KHRONIKA_REVIEWER",
    default="",
    help="Who coded them. Default: $KHRONIKA_REVIEWER, else nobody is named.",
)
@click.option("--publisher", default="", help="Who published them, where the text does not say.")
@click.option("--published", type=Edtf(), default="", help="When they were published (EDTF).")
@click.option("--url", default="", help="Where they were published.")
@click.option("--place", default="", help="The place that they report from.")
@click.option("--private-addresses", is_flag=True, help="Fetch from private networks, too.")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="Processes to work in. Default: at most two."
)
@codebook_option
@model_options
@json_option
@record_option
def add(
    reports: tuple[str, ...],
    processes: int | None,
    codebooks: tuple[Path, ...],
    chosen: Chosen,
    record: Path,
    *,
    private_addresses: bool,
    as_json: bool,
    **more: Any,
) -> None:
    """Add REPORTS to the record: files, folders, patterns, addresses, feeds, archives, - for stdin.

    The record is made if there is none. Adding the same bytes again adds nothing; a run that was
    stopped goes on where it was. Only addresses that you name are fetched. With --acts, what
    somebody coded by hand takes the place of what the coder finds; it may be given alone.
    """
    acts, reviewer, lists = more.pop("acts"), more.pop("reviewer"), more.pop("lists")
    judgements = more.pop("judgements")
    if not (reports or acts or lists or judgements):
        raise click.UsageError("Name reports to add, or --acts, --actors, --judgements.")
    captures = _captures(reports, lists, more, private_addresses=private_addresses)
    started, asking = monotonic(), asking_of(chosen)
    say_before(asking)
    with writable(record, codebooks, asking, make=bool(reports or lists)) as held:
        added = _add_reports(held, captures, processes) if reports or lists else None
        imported = _add_acts(held, acts, reviewer) if acts else None
        judged = [held.add_judgements(path) for path in judgements]
        found = held.summary()
    refused = [r for each in (added, imported, *judged) if each for r in each.refused]
    for refusal in refused:
        note(f"Refused: {one_line(refusal.name)}: {one_line(refusal.problem)}")
        note(f"  What to do: {one_line(refusal.remedy)}")
    whole = say_after(asking)
    if as_json:
        print_json([{**_added_plain(added, imported, judged, refused), **asked_plain(asking)}])
    else:
        if added:
            click.echo(added_words(added, monotonic() - started, record))
            for line in why_uncoded(added) if asking is None else ():
                note(line)
        if imported:
            click.echo(imported_words(imported))
        for each in judged:
            click.echo(judged_words(each))
        click.echo(summed_up(found))
    raise SystemExit(0 if whole and not refused else 1)


def _captures(
    reports: tuple[str, ...],
    lists: tuple[Path, ...],
    given: dict[str, str],
    *,
    private_addresses: bool,
) -> "Iterator[Capture | Refusal]":
    from khronika.ingest.captures import Given
    from khronika.ingest.lists import list_pieces

    said = Given(**given)
    if reports:
        yield from captured(reports, said, private_addresses=private_addresses)
    for path in lists:
        yield from list_pieces(path, said)


def _add_reports(
    held: "Record", captures: "Iterator[Capture | Refusal]", processes: int | None
) -> "Added":
    from khronika.workflows.build import Effort

    with progressing("reading ") as tell:
        return held.add(captures, effort=Effort(processes=processes or 0), progress=tell)


def _add_acts(held: "Record", files: tuple[Path, ...], reviewer: str) -> "Imported":
    with progressing("placing ") as tell:
        return held.add_acts(files, by=reviewer, progress=tell)


def _added_plain(
    added: "Added | None",
    imported: "Imported | None",
    judged: "Sequence[Judged]",
    refusals: "Sequence[Refused]",
) -> dict[str, Any]:
    refused = [{"name": r.name, "problem": r.problem, "remedy": r.remedy} for r in refusals]
    found: dict[str, Any] = {"refused": refused}
    if added:
        uncoded = dict(added.uncoded)
        found |= {"added": added.added, "known": added.known, "uncoded": uncoded}
    if imported:
        known = ("reports", "acts", "unchanged")
        found["coded_by_hand"] = {key: getattr(imported, key) for key in known}
    if judged:
        verbs = ("same", "different", "known", "undecided")
        found["judged"] = {key: sum(getattr(each, key) for each in judged) for key in verbs}
    return found


def imported_words(imported: "Imported") -> str:
    """'12 acts of 3 reports coded by hand, 1 report as before'."""
    said = f"{many(imported.acts, 'act')} of {many(imported.reports, 'report')} coded by hand"
    known = f", {many(imported.unchanged, 'report')} as before" if imported.unchanged else ""
    return said + known


def judged_words(judged: "Judged") -> str:
    """'3 rulings same, 2 different; 1 known already, 4 judgements undecided'."""
    said = f"{many(judged.same, 'ruling')} same, {judged.different:,} different"
    return f"{said}; {judged.known:,} known already, {judged.undecided:,} judgements undecided"


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
    "--overwrite", is_flag=True, help="Write into a folder that holds other things; they stay."
)
@record_option
def export(
    folder: Path, form: str, at_least: float, record: Path, *, contacts: bool, overwrite: bool
) -> None:
    """Write the record into FOLDER for others: whole or not at all.

    An earlier export there is replaced. Rejected acts are left out. An export names people: it is
    not a public edition.
    """
    from khronika.publish import FORMATS, ExportOptions
    from khronika.workflows.record import Record

    options = ExportOptions(contacts=contacts, overwrite=overwrite)
    with Record.open(record) as held:
        FORMATS[form](held.view(at_least), folder, options)
    click.echo(f"{form} export written: {folder}")
    if contacts:
        note("This export holds contact data. Share it only with those who need it.")


COMMANDS: tuple[click.Command, ...] = (add, rebuild, recode, verify, export)
