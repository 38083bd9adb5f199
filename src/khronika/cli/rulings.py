"""Commands by which a person rules: what they decide outweighs the machine and survives."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from khronika.cli.options import json_option, record_option
from khronika.cli.terminal import note, print_json

if TYPE_CHECKING:
    from khronika.workflows.rows import RulingResult
    from khronika.workflows.ruling import Verb

NAMES = {"left": "leave"}  # of the commands, where that is not the verb
why_option = click.option(
    "--why", required=True, help="The reason, for whoever reads the journal later."
)
reviewer_option = click.option(
    "--reviewer",
    envvar="KHRONIKA_REVIEWER",
    default="",
    help="Who rules. Default: $KHRONIKA_REVIEWER, else nobody is named.",
)


def _ruling(verb: "Verb", least: int, doc: str) -> click.Command:
    """A command that lays down one sort of ruling."""

    @click.command(NAMES.get(verb, verb), help=doc)
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @why_option
    @reviewer_option
    @json_option
    @record_option
    def rule(ids: tuple[str, ...], why: str, reviewer: str, record: Path, *, as_json: bool) -> None:
        if len(set(ids)) < least:
            raise click.UsageError(f"`{NAMES.get(verb, verb)}` needs {least} different ids.")
        _rule(record, verb, ids, why=said(why), reviewer=reviewer, as_json=as_json)

    return rule


def said(why: str) -> str:
    """The reason, which must say something."""
    if not why.strip():
        raise click.UsageError("--why is empty. Say the reason in a few words.")
    return why.strip()


def _rule(
    record: Path, verb: "Verb", ids: tuple[str, ...], *, why: str, reviewer: str, as_json: bool
) -> None:
    from khronika.cli.looks import opened

    with opened(record) as held:
        result = held.rule(verb, ids, why=why, reviewer=reviewer)
    tell_ruling(result, as_json=as_json)


def tell_ruling(result: "RulingResult", *, as_json: bool) -> None:
    """Print what became of a ruling."""
    ruling = result.ruling
    if as_json:
        print_json(
            [
                {
                    "id": ruling.id,
                    "verb": ruling.verb,
                    "ids": list(ruling.ids),
                    "superseded": list(result.superseded),
                    "queued": list(result.queued),
                }
            ]
        )
        return
    click.echo(f"{ruling.id}  {ruling.verb} {' '.join(ruling.ids)}")
    for one in result.superseded:
        note(f"It replaces the earlier ruling {one}.")
    for one in result.queued:
        note(f"{one} is not in the record now; the ruling waits for it.")


_MAKERS: tuple[tuple["Verb", int, str], ...] = (
    ("accept", 1, "Accept acts: they are as coded, whatever the coder's confidence."),
    ("reject", 1, "Reject acts: they leave incidents and exports, and stay in the journal."),
    ("same", 2, "Rule that acts, incidents or actors are one and the same."),
    ("different", 2, "Rule that acts, incidents or actors are not the same."),
    ("left", 2, "Leave incidents or actors as they are: it cannot be told, do not ask again."),
)


@click.command()
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="At most so many actors, and so many incidents; 0 lists all.",
)
@json_option
@record_option
def unsure(limit: int, record: Path, *, as_json: bool) -> None:
    """List what a person should decide: who may be one, and what may be one incident.

    The most telling first, each with both quotations and the commands that decide it. What was
    ruled on is not asked again.
    """
    from khronika.cli.explaining import asked
    from khronika.cli.looks import opened
    from khronika.cli.plain import unsure as plainly

    with opened(record) as held:
        found = held.unsure(limit or None)
    if as_json:
        print_json(plainly(found))
        return
    lines = list(asked(found))
    for line in lines:
        click.echo(line)
    if not lines:
        note("Nothing is unsure.")


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@why_option
@click.option("--yes", is_flag=True, help="Do not ask; it cannot be undone.")
@record_option
def withdraw(ids: tuple[str, ...], why: str, record: Path, *, yes: bool) -> None:
    """Take reports or people out of the record: erased from every file, a tombstone remains.

    Do not name the person in --why: the reason stays in the journal. It cannot be undone; copies
    and exports made before are not reached.
    """
    from khronika.cli.looks import opened

    reason = said(why)
    if not yes:
        click.confirm(f"Erase {' '.join(ids)} for good?", abort=True, err=True)
    with opened(record) as held:
        for one in ids:
            click.echo(f"{held.withdraw(one, why=reason)} withdrawn")


COMMANDS: tuple[click.Command, ...] = (*(_ruling(*maker) for maker in _MAKERS), unsure, withdraw)
