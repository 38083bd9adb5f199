"""`khronika demo`: a record of the bundled reports, printed so that a newcomer sees the point."""

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from time import monotonic
from typing import TYPE_CHECKING

import click

from khronika.cli.columns import paragraph
from khronika.cli.terminal import one_line, short

if TYPE_CHECKING:
    from khronika.workflows.record import Record
    from khronika.workflows.rows import IncidentRow, ReportRow

MOST_INCIDENTS = 22  # what one reads in a minute
MOST_CONFLICTS = 5
MOST_QUOTED = 100  # letters


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--record", type=click.Path(path_type=Path), help="The same as FOLDER.")
@click.pass_context
def demo(ctx: click.Context, folder: Path | None, record: Path | None) -> None:
    """Build a record from the bundled sample reports in FOLDER, print it, say what to try next.

    FOLDER is khronika-demo if neither it nor --record is given. KHRONIKA_RECORD does not choose it:
    invented people never come into a record of real ones unasked.
    """
    _build(folder or record or _asked_before(ctx) or Path("khronika-demo"))


def _asked_before(ctx: click.Context) -> Path | None:
    """What `khronika --record FOLDER demo` names."""
    root = ctx.find_root()
    if root.get_parameter_source("record") is not click.core.ParameterSource.COMMANDLINE:
        return None
    named: Path | None = root.params["record"]
    return named


def _build(folder: Path) -> None:
    from khronika.cli.building import added_words, progressing, summed_up
    from khronika.workflows.demo import build_demo

    started = monotonic()
    with progressing("reading ") as tell:
        built = build_demo(folder, progress=tell)
    with built.record as record:
        click.echo(added_words(built.added, monotonic() - started, folder))
        click.echo(summed_up(record.summary()))
        click.echo("Every person, local organisation and medium in these reports is invented.\n")
        _tell(record, folder)


def _tell(record: "Record", folder: Path) -> None:
    from khronika.cli.chronicle import timeline
    from khronika.cli.looks import print_conflicts
    from khronika.workflows.demo import telling_most

    rows = record.timeline()
    shown = telling_most(rows, MOST_INCIDENTS)
    click.echo(f"{len(shown)} of {len(rows)} incidents; the others: khronika timeline\n")
    timeline(shown)
    if conflicts := record.conflicts():
        click.echo("")
        print_conflicts(conflicts[:MOST_CONFLICTS])
        if (left := len(conflicts) - MOST_CONFLICTS) > 0:
            click.echo(f"  and {left} more: khronika conflicts")
    reports = record.reports()
    if shown:
        best = max(shown, key=_shows_most)
        _say_what_it_stands_on(best, {report.id: report for report in reports})
    _say_what_is_uncoded(reports)
    _say_next(folder, shown, record)


def _shows_most(row: "IncidentRow") -> tuple[bool, bool, int, str]:
    """An incident that a copy tells too, that is disputed, that many tell."""
    copied = any(told.report.copy_of for told in row.tellings)
    incident = row.incident
    return copied, bool(incident.contradictions), len(incident.reports), incident.id


def _say_what_it_stands_on(row: "IncidentRow", reports: "dict[str, ReportRow]") -> None:
    """The words of each report that tell one incident, and which report only copies another."""
    from khronika.cli.chronicle import shortened
    from khronika.publish.wording import listing, spoken

    incident = row.incident
    whom = f" of {listing(incident.victims)}" if incident.victims else ""
    head = f"What one line stands on: {incident.kind}{whom}  [{shortened(incident.id)}]"
    click.echo("\n" + paragraph(head, indent="  "))
    for told in row.tellings:
        of = told.report
        date = f", {spoken(of.published)}" if of.published else ", undated"
        said = f"{of.publisher or of.name}{date}: "
        original = reports.get(of.copy_of)
        if original is None:
            said += f"“{short(told.act.quote.exact, MOST_QUOTED)}”"
        else:
            said += f"copies {original.publisher or original.name}, so it adds no source"
        click.echo(paragraph(said, first="  - ", indent="    "))


def _say_what_is_uncoded(reports: "Sequence[ReportRow]") -> None:
    uncoded = [report for report in reports if not report.coded]
    if not uncoded:
        return
    from khronika.workflows.parts import remedy

    click.echo("\nNot coded: no coder reads their language yet. They are kept and can be searched.")
    for language in sorted({report.language for report in uncoded}):
        said = remedy(language)
        if "install" in said:
            click.echo(paragraph(f"{language}: {said}", first="  ", indent="    "))
    for report in uncoded:
        said = ", ".join(filter(None, (report.publisher, report.published)))
        line = f"{report.language or '??'}  {report.name}{f' ({said})' if said else ''}"
        click.echo(paragraph(line, first="  - ", indent="    "))


def _say_next(folder: Path, rows: "Sequence[IncidentRow]", record: "Record") -> None:
    """Name commands that work on this very record."""
    click.echo(f"\nNext:\n  export KHRONIKA_RECORD={quote(str(folder))}")
    click.echo("  khronika serve      # read and review it in a browser on this machine")
    if rows:
        told = max(rows, key=lambda row: (row.incident.independent_sources, row.incident.id))
        click.echo(f"  khronika show {told.incident.id}")
    people = [actor for actor in record.actors(type="person") if actor.roles or actor.reports]
    if people:
        known = max(people, key=lambda actor: (len(actor.reports), actor.mentions, actor.id))
        click.echo(f"  khronika timeline --actor {known.id}      # {one_line(known.caption)}")
    click.echo("  khronika search '\"case files\"'      # words in this order; also: Гришкевич")
    click.echo("  khronika export khronika-export\n  khronika verify")


COMMANDS: tuple[click.Command, ...] = (demo,)
