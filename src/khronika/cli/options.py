"""Options that several commands share, and what they are checked against."""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from khronika.model.acts import Modality, Role
from khronika.model.edtf import EdtfError, bounds

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    StringType = click.ParamType[str]
else:
    StringType = click.ParamType  # generic only since click 8.4

DEFAULT_RECORD = "khronika-record"


def nearest(word: str, known: Iterable[str]) -> str:
    """' Did you mean 'arrest'?', or nothing."""
    found = difflib.get_close_matches(word.casefold(), sorted(known), n=2, cutoff=0.6)
    return f" Did you mean {' or '.join(repr(one) for one in found)}?" if found else ""


class Kind(StringType):
    """The id of a kind of act, completed from the codebook."""

    name = "kind"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The kinds of the bundled codebook."""
        from khronika.codebook import load

        kinds = load().kinds
        return [CompletionItem(k, help=kinds[k].label) for k in kinds if k.startswith(incomplete)]


class Edtf(StringType):
    """A date in EDTF."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as given, if it is one."""
        try:
            bounds(value)
        except EdtfError as problem:
            self.fail(f"{problem.problem} Write it as 2018-07-05, 2017-10 or 2006.", param, ctx)
        return value


class Country(StringType):
    """An ISO 3166 alpha-2 code."""

    name = "country"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code in capitals."""
        code = value.strip().upper()
        if len(code) != 2 or not (code.isascii() and code.isalpha()):
            self.fail(f"{value!r} is no country code. Use two letters: BY, KZ, UA.", param, ctx)
        return code


def chosen_record(ctx: click.Context, _param: click.Parameter | None, value: Path | None) -> Path:
    """The record named by the command, else by what stands before it, else by the environment."""
    given = value or ctx.find_root().params.get("record") or Path(DEFAULT_RECORD)
    return Path(given)


record_option = click.option(
    "--record",
    type=click.Path(path_type=Path),
    callback=chosen_record,
    help="The record: a folder. Default: $KHRONIKA_RECORD, else ./khronika-record.",
)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object a line, for programs."
)

limit_option = click.option(
    "--limit", type=click.IntRange(min=0), help="Show at most so many; 0 shows all."
)

FILTERS: tuple[Callable[[F], F], ...] = (
    click.option("--kind", type=Kind(), multiple=True, help="Kind of act (repeatable)."),
    click.option(
        "--modality",
        type=click.Choice([m.value for m in Modality]),
        multiple=True,
        help="Whether it is told as done, attempted, denied ... (repeatable).",
    ),
    click.option("--actor", help="Who is involved: an actor's id, or words of a name."),
    click.option(
        "--role",
        type=click.Choice([r.value for r in Role]),
        multiple=True,
        help="The part that the actor plays (repeatable).",
    ),
    click.option("--place", help="Words of the place's name."),
    click.option("--country", type=Country(), help="Country of the place: KZ, UA ..."),
    click.option("--publisher", help="Words of the publisher's name."),
    click.option("--since", type=Edtf(), help="Not wholly before this date (2018, 2018-07-05)."),
    click.option("--until", type=Edtf(), help="Not wholly after this date."),
    click.option(
        "--at-least",
        type=click.FloatRange(0, 1),
        default=0.0,
        help="Only what is so probable, 0 to 1; less sure names, dates and places are left out.",
    ),
    limit_option,
)


def filter_options(command: F) -> F:
    """Give a command the filters, and hand it one `filters` made of them.

    Options of the command's own that are named as a filter (`--report`) go into it, too.
    """
    from khronika.workflows.rows import Filters

    names = {field.name for field in fields(Filters)}

    @wraps(command)
    def filtered(**given: Any) -> Any:
        chosen = {name: given.pop(name) for name in list(given) if name in names}
        made = {name: value for name, value in chosen.items() if value is not None}
        return command(filters=Filters(**made), **given)

    wrapped: Any = filtered
    for option in reversed(FILTERS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]
