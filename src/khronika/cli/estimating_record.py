"""`khronika estimate` on a record: its options, what was counted, and what stands behind a cell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khronika.cli.columns import Table, paragraph
from khronika.cli.looks import check_kinds, opened
from khronika.cli.options import Country, Edtf, Kind

if TYPE_CHECKING:
    from khronika.estimation.wording import Words
    from khronika.workflows.estimating.draws import Linkage, LinkageTables
    from khronika.workflows.estimating.question import Question
    from khronika.workflows.estimating.tables import PartTable, RecordTables

F = TypeVar("F", bound=Callable[..., Any])
Plain = dict[str, Any]

PARTS = ("kind", "country", "year")
DRAWS = 20  # as `khronika.workflows.estimating.draws`, which is not wanted for --help

OPTIONS: tuple[Callable[[F], F], ...] = (
    click.option(
        "--kind",
        type=Kind(),
        multiple=True,
        help="Of a record: what was done to them (repeatable; several are one violation).",
    ),
    click.option("--country", type=Country(), help="Of a record: where it was done."),
    click.option("--since", type=Edtf(), help="Of a record: wholly on or after this."),
    click.option("--until", type=Edtf(), help="Of a record: wholly on or before this."),
    click.option(
        "--without",
        multiple=True,
        metavar="PUBLISHER",
        help="Of a record: leave this publisher's list out (repeatable).",
    ),
    click.option(
        "--one-list",
        "one_list",
        multiple=True,
        metavar="A;B",
        help="Of a record: these publishers are one list (repeatable).",
    ),
    click.option(
        "--small",
        type=click.IntRange(min=0),
        default=0,
        help="Of a record: put publishers of fewer people than this together as one list.",
    ),
    click.option(
        "--draws",
        type=click.IntRange(0, 1000),
        default=DRAWS,
        show_default=True,
        help="Of a record: how often who is who is drawn again; 0 takes linking as certain.",
    ),
    click.option("--cells", is_flag=True, help="Of a record: which acts stand behind each cell."),
)
_NAMES = ("kind", "country", "since", "until", "without", "one_list", "small")


def record_options(command: F) -> F:
    """Give a command the options on records, and hand it one `asked` made of most of them.

    The command takes `asked`, a `Question` that divides nothing yet (see `divided`), and as they
    are `draws` and `cells`.
    """

    @wraps(command)
    def with_question(**given: Any) -> Any:
        from khronika.workflows.estimating.question import Question

        chosen = {name: given.pop(name) for name in _NAMES}
        together = tuple(tuple(each.split(";")) for each in chosen.pop("one_list"))
        meant = {name: value for name, value in chosen.items() if value is not None}
        return command(asked=Question(**meant, together=together), **given)

    wrapped: Any = with_question
    for option in reversed(OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


def divided(asked: "Question", by: Sequence[str]) -> "Question":
    """The question with what to divide a record by, as `--by` named it."""
    from khronika.workflows.estimating.question import By

    if not by:
        return asked
    if len(by) > 1 or by[0] not in PARTS:
        raise click.UsageError(f"A record is divided by one of {', '.join(PARTS)}.")
    return replace(asked, by=By(by[0]))


def asks(asked: "Question") -> bool:
    """True if any option on records was given."""
    from khronika.workflows.estimating.question import Question

    return asked != Question()


def counted(
    record: Path, asked: "Question", *, draws: int, seed: int | None
) -> "tuple[RecordTables, Linkage | None]":
    """Count the persons of a record; asked for no kind, each kind by itself.

    Args:
        record: its folder.
        asked: whom to count.
        draws: how often who is who is drawn again.
        seed: of the draws.
    """
    from khronika.workflows.estimating.question import By

    if not asked.kind and asked.by is By.WHOLE:
        asked = replace(asked, by=By.KIND)
    with opened(record) as held:
        found = held.captures(asked)
        linkage = held.drawn(found, draws=draws, seed=seed) if draws and found.parts else None
    if not found.parts and not found.excluded and not found.nobody:
        check_kinds(asked.kind)
    return found, linkage


def print_counted(found: "RecordTables", linkage: "Linkage | None", language: str = "en") -> None:
    """Print what was counted, which publishers are which list, and who is left out."""
    from khronika.estimation.wording import Words

    words = Words(language)
    for line in _counted(found, words):
        click.echo(line)
    for line in _lists(found, words):
        click.echo(line)
    left = [*((each.people, each.reason) for each in found.excluded), *found.nobody]
    if left:
        click.echo(words.say("p.left out"))
    for number, why in left:
        first = f"  {words.value(number):>7}  "
        click.echo(paragraph(words.known(why), first=first, indent=" " * 11))
    for line in _linkage(found, linkage, words):
        click.echo(line)
    for said in found.notes:
        click.echo(paragraph(words.note(said)))


def _counted(found: "RecordTables", words: "Words") -> Iterator[str]:
    from khronika.workflows.estimating.tables import fewer_lists

    if not found.parts:
        yield paragraph(words.say("p.nobody", scope=words.scope(found.question.scope())))
    for part in found.parts if len(found.parts) == 1 else ():
        table = part.table
        people = words.counted("p.people", table.n)
        lists = words.counted("p.lists", len(table.lists))
        scope = words.scope(table.scope)
        yield paragraph(
            words.say("p.counted", people=people, lists=lists, scope=scope), indent="  "
        )
    if (small := fewer_lists(found)) is not None:
        yield paragraph(words.say("p.small", small=str(small)))


def _lists(found: "RecordTables", words: "Words") -> Iterator[str]:
    merged = [each for each in found.lists if each.why]
    if merged:
        yield words.say("p.one list")
    for each in merged:
        why = "; ".join(map(words.note, each.why[:4])) + ("; ..." if len(each.why) > 4 else "")
        yield paragraph(f"{each.name}: {why}", first="  ", indent="    ")
    for how, number in found.repeated.items():
        yield paragraph(words.counted("p.repeated", number, how=words.known(how)), indent="  ")


def _linkage(found: "RecordTables", linkage: "Linkage | None", words: "Words") -> Iterator[str]:
    yield paragraph(words.say("p.linked", linkage=words.linkage(found.linkage)))
    if linkage is None:
        return
    number = max((len(each.draws) for each in linkage.parts.values()), default=0)
    yield paragraph(
        words.say(
            "p.unsure",
            pairs=words.counted("p.pairs", linkage.unsure),
            names=words.counted("p.names", linkage.namesakes),
            times=words.counted("p.times", number),
            seed=str(linkage.seed),
        )
    )
    moved = {part: tables for part, tables in linkage.parts.items() if _moves(tables)}
    if number and not moved:
        yield paragraph(words.say("p.unmoved"), first="  ")
    for part, tables in moved.items():
        said = f"{part}: {_moved(tables, words)}" if part else _moved(tables, words)
        yield paragraph(said, first="  ", indent="    ")


def _moves(tables: "LinkageTables") -> bool:
    """True if the draws, or a step of linking to either side, are not all one table."""
    return len({each.digest for each in (*tables.draws, tables.stricter, tables.looser)}) > 1


def _moved(tables: "LinkageTables", words: "Words") -> str:
    people = [each.n for each in tables.draws]
    low, high = min(people), max(people)
    return words.say(
        "p.moved",
        people=words.say("p.span", low=low, high=high) if low < high else low,
        tables=str(tables.distinct),
        stricter=tables.stricter.n,
        looser=tables.looser.n,
    )


def print_cells(parts: "Sequence[PartTable]", language: str = "en") -> None:
    """Print for each combination of lists how many people it has, and ids of their acts."""
    from khronika.estimation.wording import Words

    words = Words(language)
    people, lists, acts = (words.say(f"c.{one}") for one in ("people", "pair", "acts"))
    for part in parts:
        if part.part:
            click.echo(part.part)
        table = Table(people, lists, acts, flexible=(lists, acts))
        for cell in part.cells:
            table.add(words.value(cell.people), " + ".join(cell.lists), " ".join(cell.acts))
        table.show()


def plain_counted(found: "RecordTables", linkage: "Linkage | None", *, cells: bool) -> Plain:
    """What was counted as JSON data; ids of acts and reports of each cell if `cells`."""
    return {
        "lists": [
            {
                "name": each.name,
                "publishers": list(each.publishers),
                "why": [str(why) for why in each.why],
            }
            for each in found.lists
        ],
        "repeated": dict(found.repeated),
        "excluded": [{"people": each.people, "reason": each.reason} for each in found.excluded],
        "nobody": [{"tellings": number, "reason": why} for number, why in found.nobody],
        "linkage": {"by": found.linkage, **(_plain_linkage(linkage) if linkage else {})},
        "notes": [str(note) for note in found.notes],
        "parts": [plain_part(part, cells=cells) for part in found.parts],
    }


def plain_part(part: "PartTable", *, cells: bool) -> Plain:
    """One table as JSON data."""
    return {
        "part": part.part,
        "scope": part.table.scope,
        "documented": part.table.n,
        "lists": list(part.table.lists),
        "table": part.table.digest,
        "cells": [
            {"lists": list(cell.lists), "people": cell.people}
            | ({"acts": list(cell.acts), "reports": list(cell.reports)} if cells else {})
            for cell in part.cells
        ],
    }


def _plain_linkage(linkage: "Linkage") -> Plain:
    return {
        "seed": linkage.seed,
        "unsure": linkage.unsure,
        "namesakes": linkage.namesakes,
        "parts": {
            part: {
                "draws": [{"documented": t.n, "table": t.digest} for t in each.draws],
                "stricter": {"documented": each.stricter.n, "table": each.stricter.digest},
                "looser": {"documented": each.looser.n, "table": each.looser.digest},
            }
            for part, each in linkage.parts.items()
        },
    }
