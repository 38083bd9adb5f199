"""A record made of the sample reports that come with Khronika."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from khronika.errors import KhronikaError
from khronika.model.acts import Involvement, Modality, Role
from khronika.model.edtf import bounds
from khronika.workflows.build import Progress
from khronika.workflows.record import Record
from khronika.workflows.rows import Added, IncidentRow

SAMPLES = "reports"  # a folder of the package khronika.demo
NAME = re.compile(r"(?!(?:His|Her|Their|Its|The)\b)[^\W\d_a-z]\S*(?: \S+){1,6}")  # "Ada Lark"


class DemoError(KhronikaError):
    """The demonstration cannot be built."""


@dataclass(frozen=True, slots=True)
class Demo:
    """The open record, and what became of the samples."""

    record: Record
    added: Added


def build_demo(folder: Path, progress: Callable[[Progress], None] | None = None) -> Demo:
    """Add the bundled sample reports to a record at `folder`, made if there is none.

    Args:
        folder: the record.
        progress: told how far it is.

    Returns:
        The open record, which the caller closes, and what became of the samples.

    Raises:
        DemoError: this copy of Khronika has no samples.
    """
    from khronika.ingest.sources import read_sources  # noqa: PLC0415  loads the parsers

    samples = files("khronika").joinpath("demo", SAMPLES)
    if not samples.is_dir():
        raise DemoError(
            "This copy of Khronika has no sample reports.",
            remedy="install the wheel anew, or add reports of your own: khronika add FOLDER.",
        )
    with as_file(samples) as folder_of_samples:
        record = Record.at(folder)
        try:
            added = record.add(read_sources([folder_of_samples]), progress=progress)
        except BaseException:
            record.close()
            raise
    return Demo(record, added)


def telling_most(rows: Sequence[IncidentRow], most: int) -> list[IncidentRow]:
    """The incidents that show most of what a record is for, in the order given.

    Contradicted, denied, corroborated and dated ones with named victims come first; each further
    one about the same people weighs less, so that no single story fills the page.
    """
    chosen: dict[str, IncidentRow] = {}
    about: Counter[str] = Counter()
    left = {row.incident.id: row for row in rows if _is_worth_it(row)}
    while left and len(chosen) < most:
        best = max(
            left.values(), key=lambda row: (_weight(row) - about[_about(row)], row.incident.id)
        )
        about[_about(best)] += 1
        chosen[best.incident.id] = left.pop(best.incident.id)
    return [row for row in rows if row.incident.id in chosen]


def _is_worth_it(row: IncidentRow) -> bool:
    """Somebody is named; and it has a date, or is told by several, or is disputed."""
    known = row.incident.when or row.incident.independent_sources > 1
    return _is_disputed(row) or bool(_names_someone(row) and known)


def _weight(row: IncidentRow) -> int:
    incident = row.incident
    first, last = bounds(incident.when)
    return (
        4 * _is_disputed(row)
        + 3 * (incident.independent_sources - 1)
        + 2 * (first is not None and first == last)
        + (first is not None)
        + bool(incident.perpetrators)
        + bool(incident.where)
        + (incident.modality is not Modality.OCCURRED)
    )


def _is_disputed(row: IncidentRow) -> bool:
    return bool(row.incident.contradictions)


def _about(row: IncidentRow) -> str:
    named = [one.name for one in _to_whom(row) if NAME.fullmatch(one.name)]
    return min(row.incident.victims or named or [""])


def _names_someone(row: IncidentRow) -> bool:
    return any(NAME.fullmatch(one.name) for one in _to_whom(row))


def _to_whom(row: IncidentRow) -> list[Involvement]:
    roles = (Role.VICTIM, Role.INTERVENER)
    return [one for telling in row.tellings for one in telling.act.in_role(*roles)]
