"""The command `khronika`: parse, call one workflow, print, exit."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from khronika import __version__
from khronika.cli import (
    adding,
    building,
    correcting,
    demo,
    estimating,
    looks,
    reviewing,
    rulings,
    serving,
    shell,
    showing,
)  # fmt: skip
from khronika.cli.codebook import codebook
from khronika.cli.options import nearest
from khronika.cli.terminal import note
from khronika.errors import KhronikaError

STOPPED = 130  # 128 + SIGINT, as shells have it
SECTIONS = (
    ("Build", ("demo", "add", "rebuild", "recode")),
    (
        "Look",
        (
            "incidents", "acts", "actors", "reports", "timeline", "conflicts", "appeals",
            "registers", "figures", "search", "show", "summary", "estimate", "serve",
        ),
    ),
    (
        "Rule",
        (
            "review", "unsure", "accept", "reject", "correct", "same", "different", "leave", "note",
            "sensitive", "undo", "withdraw",
        ),
    ),
    ("Keep and share", ("export", "verify", "journal")),
    ("Other", ("codebook", "completion")),
)  # fmt: skip


class ReaderGoneError(Exception):
    """Whoever reads our output (`head`) has seen enough."""


class Commands(click.Group):
    """The commands in the order of the work, with a suggestion for a mistyped one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of `SECTIONS`."""
        return [name for _, names in SECTIONS for name in names if name in self.commands]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands in sections."""
        for title, names in SECTIONS:
            rows = [(n, self.commands[n].get_short_help_str(200)) for n in names]
            with formatter.section(title):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a closed pipe is no failure, which click would make of it."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one is near."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            ctx.fail(f"There is no command {name!r}.{nearest(name, self.commands)}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="khronika")
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    envvar="KHRONIKA_RECORD",
    help="The record: a folder. Default: ./khronika-record.",
)
@click.option("--verbose", is_flag=True, help="Show where an error arose.")
def cli(record: Path | None, *, verbose: bool) -> None:
    """Turn reports about human-rights violations into a record that can be checked.

    Exits 0 if all is done, 1 if some input was refused, 2 on a mistake in the command, 3 if
    something failed verification, 4 if something could not be verified.
    """


for _command in (
    *adding.COMMANDS, *building.COMMANDS, *correcting.COMMANDS, *demo.COMMANDS,
    *estimating.COMMANDS, *looks.COMMANDS, *reviewing.COMMANDS, *rulings.COMMANDS,
    *serving.COMMANDS, *shell.COMMANDS, showing.show, codebook,
):  # fmt: skip
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit; problems go to stderr, with a remedy and without a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    end = given.index("--") if "--" in given else len(given)
    verbose = "--verbose" in given[:end]  # wherever it stands, as people add it at the end
    given = [word for word in given[:end] if word != "--verbose"] + given[end:]
    sys.exit(_run(given, verbose=verbose))


def _run(given: list[str], *, verbose: bool) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal in a narrow locale must not stop the work
            stream.reconfigure(errors="backslashreplace")
    try:
        status = cli.main(given, prog_name="khronika", standalone_mode=False)
    except ReaderGoneError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        note("Stopped. What was finished is kept; run the same command to go on.")
        return STOPPED
    except click.ClickException as mistake:
        mistake.show()
        return mistake.exit_code
    except Exception as error:  # noqa: BLE001  the last place that can turn it into words
        return _explained(error, verbose=verbose)
    return status if isinstance(status, int) else 0


def _explained(error: Exception, *, verbose: bool) -> int:
    if verbose:
        traceback.print_exception(error)
    if isinstance(error, KhronikaError):
        note(f"Error: {error.problem}\nWhat to do: {error.remedy}")
        return error.exit_status
    if isinstance(error, OSError):
        note(f"Error: {error.strerror or type(error).__name__}: {error.filename or ''}")
        note("What to do: check that the file is there and that you may read and write it.")
        return 1
    # its text may hold words of a report
    note(f"Error: Khronika failed ({type(error).__name__}); this is a fault in Khronika.")
    note("What to do: run it again with --verbose and report what it says, without names.")
    return 1
