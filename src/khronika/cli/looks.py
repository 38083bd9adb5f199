"""Commands that look at the record: tables for people, JSON lines for programs."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khronika.cli import chronicle, plain
from khronika.cli.chronicle import conflict, shortened
from khronika.cli.columns import Table, marked, paragraph
from khronika.cli.options import (
    Country,
    filter_options,
    json_option,
    limit_option,
    nearest,
    record_option,
)
from khronika.cli.terminal import (
    MOST_ROWS,
    note,
    one_line,
    print_json,
    short,
    styling,
)
from khronika.publish.wording import listing, spoken, tabled
from khronika.workflows.rows import Filters

if TYPE_CHECKING:
    from khronika.workflows.record import Record

T = TypeVar("T")
AROUND = 160  # letters of a passage that are shown before and after what was found


@contextmanager
def opened(path: Path) -> "Iterator[Record]":
    """The record, closed when the command is done."""
    from khronika.workflows.record import Record

    with Record.open(path) as record:
        yield record


def show_rows(
    rows: Iterable[T],
    plain: Callable[[T], Any],
    table: Callable[[Iterable[T]], None],
    *,
    as_json: bool,
    limit: int | None,
) -> None:
    """Print rows as JSON lines or as a table; say what a table leaves out."""
    most = limit or None
    if as_json:
        print_json(plain(row) for row in islice(rows, most))
        return
    few = MOST_ROWS if limit is None else most
    found = list(islice(rows, None if few is None else few + 1))
    cut = few is not None and len(found) > few
    table(found[:few])
    if not found:
        note("Nothing found.")
    elif cut and limit is None:
        note(f"These are the first {few}. Narrow the search, or see all with --limit 0.")


def bounded(filters: Filters, *, as_json: bool) -> Filters:
    """Filters that ask for no more than is shown, and for one more to know whether it is all."""
    return replace(filters, limit=one_more(filters.limit, as_json=as_json))


def one_more(limit: int | None, *, as_json: bool) -> int | None:
    """How many rows to ask for: one more than a table shows; None for all."""
    if as_json:
        return limit or None
    return None if limit == 0 else (limit or MOST_ROWS) + 1


def asked(filters: Filters) -> dict[str, Any]:
    """Filters by name, as the record takes them; those that were not given are left out."""
    every = {one.name: getattr(filters, one.name) for one in fields(filters)}
    return {name: value for name, value in every.items() if value or value == 0}


def look(name: str, filters: Filters, path: Path, *, as_json: bool) -> None:
    """Answer one of the looks that filters narrow."""
    shapes: dict[str, tuple[Callable[[Any], Any], Callable[[Any], None]]] = {
        "acts": (plain.act, chronicle.acts),
        "incidents": (plain.incident, chronicle.incidents),
        "timeline": (plain.incident, chronicle.timeline),
        "conflicts": (plain.conflict, print_conflicts),
    }
    with opened(path) as record:
        rows = getattr(record, name)(**asked(bounded(filters, as_json=as_json)))
        if not rows:
            check_kinds(filters.kind)
        show_rows(rows, *shapes[name], as_json=as_json, limit=filters.limit)


def check_kinds(kinds: Iterable[str]) -> None:
    """Refuse a kind of which nothing was found because it is mistyped."""
    if not kinds:
        return
    from khronika.codebook import load

    known = load().kinds
    for kind in kinds:
        if kind not in known:
            raise click.UsageError(
                f"Nothing found, and the bundled codebook has no kind {kind!r}."
                f"{nearest(kind, known)} `khronika codebook show` lists them."
            )


def print_conflicts(rows: Iterable[Any]) -> None:
    """Print what cannot both hold, each side with its words."""
    for number, row in enumerate(rows):
        if not number:
            click.echo("Cannot both hold")
        said, sides = conflict(row)
        head = f"{said}  [{shortened(row.incident.id)}]"
        click.echo(paragraph(head, first="  ", indent="  "))
        for side in sides:
            click.echo(paragraph(side, first="    - ", indent="      "))


@click.command()
@filter_options
@click.option("--contradicted", is_flag=True, help="Only those of which tellings contradict.")
@json_option
@record_option
def incidents(filters: Filters, record: Path, *, as_json: bool) -> None:
    """List incidents: what the reports tell, each occurrence once.

    "(!)" stands behind an incident of which reports say what cannot both hold.
    """
    look("incidents", filters, record, as_json=as_json)


@click.command()
@filter_options
@click.option("--report", default="", help="Only what this report tells: its id.")
@json_option
@record_option
def acts(filters: Filters, record: Path, *, as_json: bool) -> None:
    """List acts: each telling of each report."""
    look("acts", filters, record, as_json=as_json)


@click.command()
@filter_options
@json_option
@record_option
def timeline(filters: Filters, record: Path, *, as_json: bool) -> None:
    """Print what happened in the order of time, with how many reports tell it.

    --actor ID shows one person's chain of events.
    """
    look("timeline", filters, record, as_json=as_json)


@click.command()
@filter_options
@json_option
@record_option
def conflicts(filters: Filters, record: Path, *, as_json: bool) -> None:
    """List contradictions: what reports say of one incident that cannot both hold."""
    look("conflicts", filters, record, as_json=as_json)


@click.command()
@click.option("--name", default="", help="Words of a name, in any of its forms.")
@click.option(
    "--type",
    "kind",
    type=click.Choice(["person", "organisation", "authority", "group", "country"]),
    default=None,
    help="What the actor is.",
)
@click.option("--country", type=Country(), default=None, help="Country of the actor: KZ, UA ...")
@click.option("--listed", is_flag=True, help="Those, too, whom only a list for reference names.")
@limit_option
@json_option
@record_option
def actors(
    name: str,
    kind: str | None,
    country: str | None,
    limit: int | None,
    record: Path,
    *,
    listed: bool,
    as_json: bool,
) -> None:
    """List people, organisations, authorities and groups, resolved across reports."""
    with opened(record) as held:
        rows = held.actors(
            type=kind or "",
            name=name,
            country=country or "",
            limit=one_more(limit, as_json=as_json),
            listed=listed,
        )
        show_rows(rows, plain.actor, _actors, as_json=as_json, limit=limit)


def _actors(rows: Iterable[Any]) -> None:
    table = Table(
        "name", "type", "country", "also written", "in", "id",
        flexible=("name", "also written"), dim=("id",),
    )  # fmt: skip
    for actor in rows:
        others = [form for form in actor.names if form != actor.caption]
        table.add(
            actor.caption,
            actor.type.value,
            ", ".join(actor.countries),
            listing(others),
            f"{len(actor.reports)} report{'' if len(actor.reports) == 1 else 's'}",
            shortened(actor.id),
        )
    table.show()


@click.command()
@click.option("--publisher", default="", help="Words of the publisher's name.")
@click.option("--language", default="", help="Language: en, ru, uk ...")
@click.option("--uncoded", is_flag=True, help="Only reports that no coder reads yet.")
@click.option("--listed", is_flag=True, help="The pieces of lists for reference, too.")
@limit_option
@json_option
@record_option
def reports(
    publisher: str,
    language: str,
    limit: int | None,
    record: Path,
    *,
    uncoded: bool,
    listed: bool,
    as_json: bool,
) -> None:
    """List the reports of the record, with date, publisher and how much each tells."""
    with opened(record) as held:
        rows = held.reports(publisher=publisher, listed=listed)
        chosen = (
            row for row in rows if not (uncoded and row.coded) and language in ("", row.language)
        )
        show_rows(chosen, plain.report, _reports, as_json=as_json, limit=limit)


def _reports(rows: Iterable[Any]) -> None:
    table = Table(
        "published", "publisher", "name", "language", "acts", "notes", "id",
        flexible=("published", "publisher", "name", "notes"), dim=("id",),
    )  # fmt: skip
    for row in rows:
        notes = [f"copy of {shortened(row.copy_of)}"] if row.copy_of else []
        table.add(
            tabled(row.published) or "undated",
            row.publisher or "unknown",
            row.name,
            row.language,
            str(row.acts) if row.coded else "uncoded",
            ", ".join((*notes, *row.flags)),
            shortened(row.id),
        )
    table.show()


@click.command()
@limit_option
@json_option
@record_option
def appeals(limit: int | None, record: Path, *, as_json: bool) -> None:
    """List open letters, petitions and calls: who signed, to whom, what they demand."""
    with opened(record) as held:
        show_rows(held.appeals(), plain.appeal, _appeals, as_json=as_json, limit=limit)


def _appeals(rows: Iterable[Any]) -> None:
    for row in rows:
        appeal = row.appeal
        count = appeal.signatory_count
        many = count.least if count and count.least is not None else len(appeal.signatories)
        to = listing(appeal.addressees) or "no named addressee"
        told = row.report.publisher or row.report.name
        click.echo(one_line(f"{appeal.kind} to {to}  [{shortened(appeal.act_id)}]"))
        if many:
            lands = ", ".join(appeal.signatory_countries)
            names = listing(s.name for s in appeal.signatories)
            said = " ".join(filter(None, (f"{many} signed", lands and f"from {lands}")))
            click.echo(paragraph(": ".join(filter(None, (said, names))), first="  ", indent="    "))
        for demand in appeal.demands:
            said = f"demands: “{short(demand.exact, 300)}”"
            click.echo(paragraph(said, first="  ", indent="    "))
        if appeal.delivered:
            click.echo(f"  delivered {spoken(appeal.delivered)}")
        said = f"response: {appeal.response or 'none told'}"
        click.echo(paragraph(said, first="  ", indent="    "))
        click.echo(f"  told by {one_line(told)}")


@click.command()
@limit_option
@json_option
@record_option
def registers(limit: int | None, record: Path, *, as_json: bool) -> None:
    """List who was put on, kept off or struck from official lists."""
    with opened(record) as held:
        show_rows(held.registers(), plain.designation, _registers, as_json=as_json, limit=limit)


def _registers(rows: Iterable[Any]) -> None:
    table = Table(
        "when", "organisation", "was", "register", "authority", "reason given", "act",
        flexible=("when", "organisation", "register", "authority", "reason given"), dim=("act",),
    )  # fmt: skip
    for row in rows:
        entry = row.designation
        table.add(
            tabled(entry.when),
            entry.organisation,
            entry.designation,
            entry.register,
            entry.authority,
            short(entry.reason, 60) if entry.reason else "",
            shortened(entry.act_id),
        )
    table.show()


@click.command()
@limit_option
@json_option
@record_option
def figures(limit: int | None, record: Path, *, as_json: bool) -> None:
    """List quantities that reports give, and who gives them."""
    with opened(record) as held:
        show_rows(held.figures(), plain.figure, _figures, as_json=as_json, limit=limit)


def _figures(rows: Iterable[Any]) -> None:
    table = Table("figure", "of", "given by", "report", flexible=("of", "given by", "report"))
    for row in rows:
        figure = row.figure
        about = "about " if figure.approximate else ""
        given = ", ".join(figure.said_by) or row.report.publisher
        table.add(f"{about}{figure.value:,}", figure.what, given, row.report.name)
    table.show()


@click.command()
@click.argument("words", nargs=-1, required=True)
@filter_options
@json_option
@record_option
def search(words: tuple[str, ...], filters: Filters, record: Path, *, as_json: bool) -> None:
    """Search the reports' text for WORDS, in any of their forms.

    A phrase goes in double quotes ('"case files"'), a beginning of a word takes a star (deten*).
    """
    with opened(record) as held:
        hits = held.search(" ".join(words), **asked(bounded(filters, as_json=as_json)))
        show_rows(hits, plain.hit, _hits, as_json=as_json, limit=filters.limit)


def _hits(rows: Iterable[Any]) -> None:
    for row in rows:
        told = row.report.publisher or row.report.name
        date = spoken(row.report.published) or "undated"
        again = " (a repeat)" if row.role == "repeat" else ""
        click.secho(
            one_line(f"{told}, {date}{again}  [{shortened(row.report.id)}]"), bold=styling()
        )
        click.echo(paragraph(marked(row.text, row.marks, AROUND), first="  ", indent="  "))
        if row.acts:
            acts = " ".join(map(shortened, row.acts))
            click.echo(paragraph(f"told here: {acts}", first="  ", indent="    "))


@click.command()
@limit_option
@json_option
@record_option
def journal(limit: int | None, record: Path, *, as_json: bool) -> None:
    """Print the journal: everything that happened to the record, oldest first."""
    with opened(record) as held:
        show_rows(held.journal(), asdict, _journal, as_json=as_json, limit=limit)


def _journal(rows: Iterable[Any]) -> None:
    table = Table("number", "time", "what", "subject", "detail", flexible=("detail",))
    for row in rows:
        table.add(str(row.number), row.time, row.what, row.subject, row.detail)
    table.show()


@click.command()
@json_option
@record_option
def summary(record: Path, *, as_json: bool) -> None:
    """Say how much the record holds."""
    from khronika.cli.building import summed_up

    with opened(record) as held:
        found = held.summary()
    if as_json:
        print_json([{**asdict(found), "uncoded": dict(found.uncoded)}])
    else:
        click.echo(summed_up(found))


COMMANDS: tuple[click.Command, ...] = (
    incidents, acts, actors, reports, timeline, conflicts, appeals, registers, figures, search,
    journal, summary,
)  # fmt: skip
