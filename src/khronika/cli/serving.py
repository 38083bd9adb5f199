"""The command that opens the record in a browser on this machine."""

from pathlib import Path

import click

from khronika.cli.options import record_option
from khronika.cli.rulings import reviewer_option
from khronika.cli.terminal import note


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="An address of this machine alone: 127.0.0.1 or ::1.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port. Default: any that is free.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "ru", "uk"]),
    default=None,
    help="Language of the pages. Default: what the browser prefers.",
)
@reviewer_option
@record_option
def serve(host: str, port: int, language: str | None, reviewer: str, record: Path) -> None:
    """Open the record in a browser on this machine, to read, check and review it.

    Prints the address; whoever has it can read the record and rule on it, so do not pass it on.
    Nothing is served to other machines, and nothing is asked of them. Ctrl+C ends it.
    """
    from khronika.cli.looks import opened
    from khronika.web.security import Settings
    from khronika.web.server import refuse_others
    from khronika.web.server import serve as serve_record

    refuse_others(host)
    settings = Settings(host=host, port=port, reviewer=reviewer, language=language or "")
    with opened(record) as held:
        serve_record(held, settings, _ready)


def _ready(address: str) -> None:
    click.echo(address)
    note("Open this address in a browser on this machine. Ctrl+C ends it.")


COMMANDS = (serve,)
