"""The steps that workflows put together, as arguments with the real ones as the default."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from khronika.codebook.model import Codebook
from khronika.ingest.captures import Capture, Refusal
from khronika.model.acts import Coding
from khronika.model.links import Links, Ruling
from khronika.model.reports import Extracted, Report
from khronika.store.store import Chance

if TYPE_CHECKING:  # it stands on what stands on this
    from khronika.workflows.asking import Asking


class Coder(Protocol):
    """Finds acts in reports; `name` holds its version and is kept with what it found."""

    @property
    def name(self) -> str:
        """What each coding says of its coder."""
        ...

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        """One coding a report, in order."""
        ...


class Extracting(Protocol):
    """Turns a capture's bytes into text, where hostile bytes can do no harm."""

    def extract(self, capture: Capture) -> Extracted | Refusal:
        """The text, or why there is none."""
        ...


Link = Callable[[Sequence[Any], Sequence[Coding], Sequence[Ruling], Codebook], Links]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What happens to one report by itself; a worker process is handed these.

    Attributes:
        extractor: makes what extracts; closed when the work is done.
        read: text to a report with passages.
        coder_for: the coder of a language, or None where there is none.
        facts: what linking wants to know of a report without its text.
        codebook: the kinds of act.
    """

    extractor: Callable[[], AbstractContextManager[Extracting]]
    read: Callable[[Extracted], Report]
    coder_for: Callable[[str], Coder | None]
    facts: Callable[[Report], Any]
    codebook: Codebook


def now() -> str:
    """The time, as the journal writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def salt() -> str:
    """Random hexadecimal digits."""
    return secrets.token_hex(16)


def bare_chance() -> Chance:
    """The clock and the salts alone, for who makes an empty record."""
    return Chance(now=now, salt=salt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All that workflows are made of. `facts_type` is the class that `steps.facts` returns.

    `engine` names what keeps links up to date, with its version; "" links everything by `link`.
    `asking`, where there is one, asks a language model about each report that is coded.
    """

    steps: Steps
    link: Link
    facts_type: type[Any] | None
    chance: Chance = field(default_factory=bare_chance)
    asking: "Asking | None" = None
    engine: str = ""


def remedy(language: str) -> str:
    """What lets reports in a language be coded that are kept uncoded here."""
    from khronika.coding.coder import remedy_for  # noqa: PLC0415 - as below

    return remedy_for(language)


def no_coder(_language: str) -> None:
    """No coder by rule for any language: a language model codes alone."""


def real_parts(codebook: Codebook | None = None, asking: "Asking | None" = None) -> Parts:
    """The bundled steps, with the bundled codebook if none is given."""
    # Late, because linking, coding and reading are not wanted by who only looks at a record.
    from khronika import coding, linking, reading  # noqa: PLC0415
    from khronika.codebook import load  # noqa: PLC0415
    from khronika.ingest.extract import Extractor  # noqa: PLC0415

    steps = Steps(
        extractor=Extractor,
        read=reading.read,
        coder_for=no_coder if asking is not None and asking.only else coding.coder_for,
        facts=linking.facts_of,
        codebook=codebook if codebook is not None else load(),
    )
    return Parts(
        steps=steps,
        link=linking.link,
        facts_type=linking.ReportFacts,
        asking=asking,
        engine=linking.ENGINE,
    )
