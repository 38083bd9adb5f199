"""Commands by which a person corrects an act, notes something, marks it, or takes a ruling back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khronika.cli.options import Edtf, Kind, json_option, record_option
from khronika.cli.rulings import reviewer_option, said, tell_ruling, why_option
from khronika.model.acts import Modality, Role

if TYPE_CHECKING:
    from khronika.workflows.choosing import Typed
    from khronika.workflows.record import Record

F = TypeVar("F", bound=Callable[..., Any])

PEOPLE = {  # the option, its role, and what it asks for
    "victim": (Role.VICTIM, "To whom it was done"),
    "perpetrator": (Role.PERPETRATOR, "Who is said to have done it"),
    "suspected": (Role.ALLEGED_PERPETRATOR, "Who is only suspected"),
    "intervener": (Role.INTERVENER, "Who intervened"),
    "addressee": (Role.ADDRESSEE, "Whom it is addressed to"),
    "said-by": (Role.SOURCE, "Who tells it"),
}


def _people_options(command: F) -> F:
    """An option for who is in each role, and one for nobody."""
    for name, (_role, help_) in reversed(PEOPLE.items()):
        command = click.option(f"--no-{name}", is_flag=True, help=f"{help_}: nobody.")(command)
        command = click.option(
            f"--{name}",
            multiple=True,
            metavar="WORDS",
            help=f"{help_}, in the report's words; once for each.",
        )(command)
    return command


@click.command()
@click.argument("act", metavar="ACT")
@click.option("--kind", type=Kind(), help="The kind of act that it is.")
@click.option(
    "--modality", type=click.Choice([each.value for each in Modality]), help="Whether it happened."
)
@_people_options
@click.option("--when", type=Edtf(), help="The date: 2018-07-05, 2017-10, 2006.")
@click.option("--when-words", default="", metavar="WORDS", help="The report's words for it.")
@click.option("--when-basis", default="", metavar="TEXT", help="What else the date stands on.")
@click.option("--no-when", is_flag=True, help="The report gives no date.")
@click.option("--where", multiple=True, metavar="WORDS", help="The report's words for a place.")
@click.option("--no-where", is_flag=True, help="The report gives no place.")
@click.option(
    "--place",
    multiple=True,
    type=int,
    metavar="NUMBER",
    help="GeoNames' number of a place, if several are called so.",
)
@why_option
@reviewer_option
@json_option
@record_option
def correct(
    act: str, why: str, reviewer: str, record: Path, *, as_json: bool, **given: Any
) -> None:
    """Say of ACT what is so in place of what was coded.

    What is not named stays as it was. Words are quoted where they stand nearest to the act. A
    correction outweighs the coder for ever; `khronika undo` takes it back.
    """
    from khronika.cli.looks import opened

    typed = _typed(given)
    with opened(record) as held:
        result = held.correct(act, held.typed(act, typed), why=said(why), reviewer=reviewer)
    tell_ruling(result, as_json=as_json)


def _typed(given: dict[str, Any]) -> "Typed":
    from khronika.workflows.choosing import Typed

    people = {
        role: words
        for name, (role, _help) in PEOPLE.items()
        if (words := _words(given, name)) is not None
    }
    if given["no_when"] and given["when"]:
        raise click.UsageError("--when and --no-when contradict each other.")
    if not given["when"] and (given["when_words"] or given["when_basis"]):
        raise click.UsageError("--when-words and --when-basis go with --when.")
    return Typed(
        kind=given["kind"],
        modality=Modality(given["modality"]) if given["modality"] else None,
        people=people,
        when="" if given["no_when"] else given["when"],
        when_words=given["when_words"],
        when_basis=given["when_basis"],
        where=_words(given, "where"),
        places=given["place"],
    )


def _words(given: dict[str, Any], name: str) -> tuple[str, ...] | None:
    """The words that were given, none of them if it is nobody, None if neither was said."""
    key = name.replace("-", "_")
    if given[key] and given[f"no_{key}"]:
        raise click.UsageError(f"--{name} and --no-{name} contradict each other.")
    return tuple(given[key]) if given[key] or given[f"no_{key}"] else None


@click.command("note")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--words", required=True, metavar="TEXT", help="What is to be kept with it.")
@reviewer_option
@json_option
@record_option
def note_on(
    ids: tuple[str, ...], words: str, reviewer: str, record: Path, *, as_json: bool
) -> None:
    """Keep a note with acts, incidents, actors or reports; `khronika show` prints it.

    Notes are in no export.
    """
    from khronika.cli.looks import opened

    if not words.strip():
        raise click.UsageError("--words is empty.")
    with opened(record) as held:
        result = held.note(ids, words, reviewer=reviewer)
    tell_ruling(result, as_json=as_json)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--words",
    multiple=True,
    metavar="WORDS",
    help="Words of the one report that is named, as they stand there; once for each.",
)
@why_option
@reviewer_option
@json_option
@record_option
def sensitive(
    ids: tuple[str, ...],
    words: tuple[str, ...],
    why: str,
    reviewer: str,
    record: Path,
    *,
    as_json: bool,
) -> None:
    """Mark acts, actors, or words of a report as not to be published.

    Exports leave such acts out, and mask such words and every name of such actors, unless they are
    asked for with `export --sensitive`.
    """
    from khronika.cli.looks import opened

    with opened(record) as held:
        anchors = held.words(ids[0], words) if words else ()
        result = held.mark_sensitive(ids, anchors, why=said(why), reviewer=reviewer)
    tell_ruling(result, as_json=as_json)


@click.command()
@click.argument("ruling", metavar="[RULING]", default="")
@why_option
@reviewer_option
@json_option
@record_option
def undo(ruling: str, why: str, reviewer: str, record: Path, *, as_json: bool) -> None:
    """Take back RULING, or the last one: what it had replaced stands again.

    Both stay in the journal. To take back an undo, undo it by its id.
    """
    from khronika.cli.looks import opened

    with opened(record) as held:
        asked = ruling or _last(held)
        result = held.retract(asked, why=said(why), reviewer=reviewer)
    tell_ruling(result, as_json=as_json)


def _last(held: "Record") -> str:
    """The last ruling that stands and takes nothing back."""
    standing = [each.id for each in held.rulings().standing() if each.verb != "retract"]
    if not standing:
        raise click.UsageError("There is no ruling to take back.")
    return standing[-1]


COMMANDS: tuple[click.Command, ...] = (correct, note_on, sensitive, undo)
