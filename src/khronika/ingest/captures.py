"""What ingest yields: one report's bytes, or a refusal that says why and what to do."""

from dataclasses import dataclass, field

from khronika.errors import KhronikaError
from khronika.model.reports import Known, Origin

MEGABYTE = 1024 * 1024
GIVEN = "given by whoever added it"


class RefusedError(KhronikaError):
    """One item cannot be read; the rest of the batch goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One report as received: its bytes, unchanged, and what its container said of its origin.

    `declared` is the encoding that the container named (a server's header), if any.
    """

    name: str
    data: bytes = field(repr=False)
    media_type: str
    origin: Origin
    declared: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One item that was not read: what happened, then what to do about it."""

    name: str
    problem: str
    remedy: str

    @classmethod
    def of(cls, name: str, error: KhronikaError) -> "Refusal":
        """The refusal of `name` that an error explains."""
        return cls(name=name, problem=error.problem, remedy=error.remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What whoever adds the reports says of them; empty for nothing."""

    publisher: str = ""
    published: str = ""  # EDTF
    url: str = ""
    place: str = ""

    def known(self, field_name: str) -> Known | None:
        """The given value with its basis, or None."""
        value = getattr(self, field_name, "")
        return Known(value=value, basis=GIVEN) if value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one item may cost. Sizes in bytes; `ratio` is unpacked over packed.

    The first group bounds what is read, the second what an archive may hold, the third what a
    parser may take for one item.
    """

    report_bytes: int = 64 * MEGABYTE
    container_bytes: int = 64 * 1024 * MEGABYTE

    unpacked_bytes: int = 16 * 1024 * MEGABYTE
    ratio: int = 200
    members: int = 100_000
    nesting: int = 3

    text_bytes: int = 64 * MEGABYTE
    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 5
    wall_seconds: float = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a container or a page says of a report's origin, each value with its basis."""

    url: Known | None = None
    title: Known | None = None
    publisher: Known | None = None
    published: Known | None = None
    place: Known | None = None


NO_FACTS = Facts()
FACTS = ("url", "title", "publisher", "published", "place")


def facts_on(basis: str, **values: str) -> Facts:
    """Facts that all stand on one basis; empty values are left out."""
    return Facts(**{k: Known(value=v, basis=basis) for k, v in values.items() if v})


def origin_of(name: str, *sayings: Given | Facts | Origin) -> Origin:
    """Join what several say of a report: of each value, the first that is known is kept."""
    return Origin(name=name, **{key: _first(key, sayings) for key in FACTS})


def _first(key: str, sayings: tuple[Given | Facts | Origin, ...]) -> Known:
    unknown = Known()
    for saying in sayings:
        value = _said(key, saying)
        if value is not None and value.value:
            return value
        if value is not None and value.basis and not unknown.basis:
            unknown = value
    return unknown


def _said(key: str, saying: Given | Facts | Origin) -> Known | None:
    if isinstance(saying, Given):
        return saying.known(key)
    value: Known | None = getattr(saying, key)
    return value
