"""The command that adds: reports, and what others made of them or know of people."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from khronika.cli.building import (
    added_words,
    codebook_option,
    many,
    progressing,
    summed_up,
    why_uncoded,
    writable,
)
from khronika.cli.language_model import (
    Chosen,
    asked_plain,
    asking_of,
    model_options,
    say_after,
    say_before,
)
from khronika.cli.options import Edtf, json_option, record_option
from khronika.cli.terminal import note, one_line, print_json

if TYPE_CHECKING:
    from khronika.ingest.captures import Capture, Given, Refusal
    from khronika.workflows.record import Record
    from khronika.workflows.rows import Added, Imported, Judged, Refused


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


COMMANDS: tuple[click.Command, ...] = (add,)
