"""Options that ask a language model, and what is said before and after."""

import os
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from khronika.cli.options import StringType
from khronika.cli.terminal import note, one_line

if TYPE_CHECKING:
    from khronika.workflows.asking import Asked, Asking, Budget

F = TypeVar("F", bound=Callable[..., Any])
UNITS = ("tokens", "requests", "reports")
LIMIT = re.compile(r"([0-9][0-9,_]{0,14}) ?([a-z]+)")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the options say; without an address and a model, no model is asked."""

    llm: str | None = None
    llm_model: str | None = None
    llm_only: bool = False
    budget: tuple[tuple[str, int], ...] = ()
    send_reports_to: str = ""
    llm_at_once: int = 1
    llm_seconds: int = 300


class Limit(StringType):
    """A number of tokens, requests or reports."""

    name = "limit"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The unit and the number."""
        found = LIMIT.fullmatch(str(value).strip().lower())
        unit = found[2] if found else ""
        unit = unit if unit.endswith("s") else unit + "s"
        if found is None or unit not in UNITS:
            self.fail(f"{value!r} is no limit. Write '200000 tokens' or '50 reports'.", param, ctx)
        return unit, int(re.sub(r"[,_]", "", found[1]))


class ModelName(StringType):
    """The name of a model as its server knows it."""

    name = "name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it can be one."""
        if not value.strip() or len(value) > LONGEST_NAME or not value.isprintable():
            self.fail("That is no name of a model.", param, ctx)
        return value.strip()


OPTIONS: tuple[Callable[[F], F], ...] = (
    click.option(
        "--llm",
        metavar="URL",
        help="Ask a language model behind this OpenAI-compatible address, too.",
    ),
    click.option(
        "--llm-model",
        type=ModelName(),
        help="The model's name there; alone, it takes the answers that the record keeps.",
    ),
    click.option(
        "--llm-only/--vote",
        default=False,
        help="Code by the model alone, or let rules and model vote.  [default: vote]",
    ),
    click.option(
        "--budget",
        type=Limit(),
        multiple=True,
        help="The most to spend on the model: '200000 tokens', '50 reports', '80 requests'"
        " (repeatable).  [default: 1000000 tokens]",
    ),
    click.option(
        "--send-reports-to",
        default="",
        metavar="HOST",
        help="Allow report texts to be sent to this other machine.",
    ),
    click.option(
        "--llm-at-once",
        type=click.IntRange(1, 16),
        default=1,
        show_default=True,
        help="Reports to ask about at the same time.",
    ),
    click.option(
        "--llm-seconds",
        type=click.IntRange(1, 3600),
        default=300,
        show_default=True,
        help="How long one answer may take.",
    ),
)


def model_options(command: F) -> F:
    """Give a command the options, and hand it one `chosen` made of them."""
    names = Chosen.__dataclass_fields__

    @wraps(command)
    def choosing(**given: Any) -> Any:
        values = {name: given.pop(name) for name in names}
        return command(chosen=Chosen(**values), **given)

    wrapped: Any = choosing
    for option in reversed(OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


def asking_of(chosen: Chosen) -> "Asking | None":
    """The questions that the options ask for, or None.

    Raises:
        UsageError: the options do not go together.
        ModelAddressError: the address or key is none.
        ConsentError: nobody has allowed the reports to be sent there.
    """
    if not chosen.llm_model:
        if chosen.llm or chosen.llm_only or chosen.budget or chosen.send_reports_to:
            raise click.UsageError("Name the model: --llm URL --llm-model NAME.")
        return None
    from khronika.workflows.asking import Asking

    return Asking(
        transport=_server(chosen, chosen.llm_model) if chosen.llm else None,
        model=chosen.llm_model,
        only=chosen.llm_only,
        budget=_budget(chosen),
        at_once=chosen.llm_at_once,
    )


def _server(chosen: Chosen, model: str) -> Any:
    from khronika.workflows.model_address import address_of, check_consent, key_from
    from khronika.workflows.model_server import ModelServer

    address = address_of(chosen.llm or "")
    check_consent(address, chosen.send_reports_to)
    return ModelServer(
        address=address, model=model, key=key_from(os.environ), seconds=chosen.llm_seconds
    )


def _budget(chosen: Chosen) -> "Budget":
    from khronika.workflows.asking import Budget

    return Budget(**dict(chosen.budget))


def say_before(asking: "Asking | None") -> None:
    """Say on stderr what is sent where, and what it may cost."""
    if asking is None:
        return
    model = one_line(asking.model)
    server = asking.transport
    if server is None:
        note(f"Nothing is sent: only what the model {model} answered before counts.")
        return
    address = server.address  # type: ignore[attr-defined]
    where = "this machine" if address.loopback else "another machine"
    note(
        f"Report texts, marked contact data blacked out, are sent to {address.host} ({where}),"
        f" model {model}, at most {asking.budget.words()}."
    )


def asked_plain(asking: "Asking | None") -> dict[str, Any]:
    """What asking came to, for programs."""
    if asking is None:
        return {}
    asked = asdict(asking.asked())
    counted = {key: dict(asked[key]) for key in ("dropped", "failures")}
    return {"model": {**asked, **counted, "name": asking.model}}


def say_after(asking: "Asking | None") -> bool:
    """Say on stderr what it came to; true if every report was answered."""
    if asking is None:
        return True
    asked = asking.asked()
    for line in _after(asked):
        note(line)
    return not asked.unanswered


def _after(asked: "Asked") -> "list[str]":
    lines = [
        f"The model answered about {asked.reports:,} reports ({asked.from_kept:,} from answers"
        f" kept before): {asked.requests:,} requests, {asked.tokens:,} tokens."
    ]
    if asked.dropped:
        lines.append("Left out: " + "; ".join(f"{n:,} {what}" for what, n in asked.dropped) + ".")
    lines += [f"Not answered ({n:,} times): {what}" for what, n in asked.failures]
    if asked.stopped:
        lines.append(f"Asking stopped: {asked.stopped}\n  What to do: {asked.remedy}")
    if asked.unanswered:
        lines.append(
            f"{asked.unanswered:,} reports are without the model's say."
            " `khronika recode` with the same model goes on with them."
        )
    return lines
