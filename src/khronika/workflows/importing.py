"""Adding acts that somebody coded by hand: they take the place of what a coder found."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import select

from khronika.coding.given import (
    BY_HAND,
    GivenAct,
    GivenError,
    act_of_line,
    coding_of_given,
)
from khronika.ingest.captures import Limits
from khronika.model.ids import canonical, report_id, sha256
from khronika.model.plain import to_plain
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.store import Store
from khronika.store.writer import Writer
from khronika.workflows.effective import Effective
from khronika.workflows.parts import Parts
from khronika.workflows.relink import keep_codebook, relink_if_stale
from khronika.workflows.rows import Imported, Refused
from khronika.workflows.rulings import rulings_of
from khronika.workflows.view import kept_report

LONGEST_LINE = 4_000_000  # bytes
AT_ONCE = 32  # reports that become part of the record at once
CODED_BY_HAND = "coded by hand"
MARK = f'"coder":"{BY_HAND}"'.encode()  # in a kept coding; a quotation's marks are escaped there
NOT_HERE = "add the report, or name it as `khronika reports` does: by name or id."


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """How far an import is: reports done, of how many."""

    stage: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of one of the files."""

    file: int
    offset: int
    number: int


def given_coding(store: Store, report: str) -> bytes | None:
    """The kept coding of a report if a person made it, else None."""
    data = store.part(report, "coding")
    return data if data is not None and MARK in data else None


def add_acts(
    store: Store,
    files: Sequence[Path],
    parts: Parts,
    *,
    by: str = "",
    progress: Callable[[Placing], None] | None = None,
) -> Imported:
    """Add acts of reports that the record holds, then link anew if anything changed.

    The lines of a report, from all files, are its coding from then on; no coder overrules them.

    Args:
        store: the record.
        files: in the form of acts.jsonl, or shorter; see `khronika.coding.given`.
        parts: the steps.
        by: who coded them, "" for nobody named.
        progress: told how far it is.

    Returns:
        What became of them. Each line that was refused, or taken in part, says why.
    """
    with store.writing(parts.chance) as writer:
        keep_codebook(store, writer, parts.steps.codebook)
        effective = Effective(store, rulings_of(store))
        importing = _Importing(
            store, writer, parts, tuple(files), by, progress or _silent, effective
        )
        done = importing.run()
        importing.progress(Placing(stage="linking"))
        relink_if_stale(store, writer, parts)
    return done


@dataclass(slots=True)
class _Importing:
    """One run: the files are gone through once for the reports, then report by report."""

    store: Store
    writer: Writer
    parts: Parts
    files: tuple[Path, ...]
    by: str
    progress: Callable[[Placing], None]
    effective: Effective
    refused: list[tuple[int, int, Refused]] = field(default_factory=list)

    def run(self) -> Imported:
        found = self._by_report()
        reports = acts = unchanged = 0
        changes: list[Change] = []
        for done, (report, places) in enumerate(sorted(found.items()), start=1):
            change = self._change(report, places)
            if change is None:
                unchanged += 1
            elif change.parts:
                reports, acts = reports + 1, acts + change.notes["acts"]
                changes.append(change)
            if len(changes) >= AT_ONCE or done == len(found):
                self.writer.commit(changes)
                changes.clear()
            self.progress(Placing(stage="placing", done=done, total=len(found)))
        refused = (each for _, _, each in sorted(self.refused, key=lambda r: r[:2]))
        return Imported(reports=reports, acts=acts, unchanged=unchanged, refused=tuple(refused))

    def _by_report(self) -> dict[str, list[_Place]]:
        """The lines of each report, without keeping what they say."""
        names = _Names(self.store)
        found: dict[str, list[_Place]] = {}
        for file, path in enumerate(self.files):
            for place, data in _lines(path, file):
                try:
                    found.setdefault(names.report(_object(data)), []).append(place)
                except GivenError as error:
                    self._refuse(place, error.problem, error.remedy)
        return found

    def _change(self, report: str, places: Sequence[_Place]) -> Change | None:
        """The coding that lines make; without parts if none could go in, None if it is there."""
        given, origin = self._given(report, places)
        told = kept_report(self.store, report)
        coding, faults = coding_of_given(told, given, self.parts.steps.codebook, self.by)
        for fault in faults:
            self._refuse(origin[fault.line], fault.problem, fault.remedy)
        if not coding.acts:
            return Change(what=CODED_BY_HAND)
        written = canonical(to_plain(coding))
        if self.store.part(report, "coding") == written:
            return None
        notes = {"acts": len(coding.acts), "coded": True, "coder": coding.coder}
        change = Change(what=CODED_BY_HAND, subject=report, parts={"coding": written}, notes=notes)
        return self.effective.change(change)

    def _given(
        self, report: str, places: Sequence[_Place]
    ) -> tuple[list[GivenAct], dict[int, _Place]]:
        """The lines of a report as read, numbered by their order in all files."""
        found: list[GivenAct] = []
        origin = dict(enumerate(places))
        taken = _ids_elsewhere(self.store, report)
        for number, place in origin.items():
            data = _object(_line_at(self.files[place.file], place.offset))
            try:
                act = act_of_line(data, number)
            except GivenError as error:
                self._refuse(place, error.problem, error.remedy)
                continue
            known = _said(data).get("id") == report and not taken(act.id)
            found.append(act if known else replace(act, id=""))
        return found, origin

    def _refuse(self, place: _Place, problem: str, remedy: str) -> None:
        name = f"{self.files[place.file].name}, line {place.number}"
        told = Refused(name=name, problem=problem, remedy=remedy)
        self.refused.append((place.file, place.number, told))


class _Names:
    """Reports by all that a line may call them: id, name, name without folder or ending, path."""

    def __init__(self, store: Store) -> None:
        report = schema.report
        self._ids: dict[str, set[str]] = {}
        for row in store.all(select(report.c.id, report.c.name)):
            path = PurePath(row.name.replace("\\", "/"))
            for name in {row.id, row.name, path.name, path.stem}:
                self._ids.setdefault(name, set()).add(row.id)

    def report(self, data: Mapping[str, Any]) -> str:
        """The id of the report that a line is about.

        Raises:
            GivenError: the record holds none of that name, or several.
        """
        said = _said(data)
        names = [said[key] for key in ("id", "name") if isinstance(said.get(key), str)]
        if not names:
            raise GivenError(
                "It names no report.", remedy='write {"report": "NAME", ...}, the name of its file.'
            )
        for name in names:
            found = self._of(name)
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise GivenError(
                    "Several reports of the record have the name that it gives.",
                    remedy="name the report by its id; `khronika reports` shows it.",
                )
        raise GivenError("The record holds no report of that name.", remedy=NOT_HERE)

    def _of(self, name: str) -> set[str]:
        path = PurePath(name.replace("\\", "/"))
        for each in (name, path.name, path.stem):
            if each in self._ids:
                return self._ids[each]
        return self._ids.get(_id_of_file(name), set())


def _id_of_file(name: str) -> str:
    """The id of the report that a file's bytes make, "" where there is no such file."""
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > Limits().report_bytes:
            return ""
        return report_id(sha256(path.read_bytes()))
    except (OSError, ValueError):
        return ""


def _said(data: Mapping[str, Any]) -> Mapping[str, Any]:
    said = data.get("report")
    return said if isinstance(said, dict) else {"name": said}


def _ids_elsewhere(store: Store, report: str) -> Callable[[str], bool]:
    """Whether an id is that of an act of another report."""

    def taken(act: str) -> bool:
        asked = select(schema.act.c.report_id).where(schema.act.c.id == act)
        return bool(act) and any(row.report_id != report for row in store.all(asked))

    return taken


def _lines(path: Path, file: int) -> Iterator[tuple[_Place, bytes]]:
    """The lines of a file that hold anything, and where they begin."""
    offset, number = 0, 1
    with path.open("rb") as lines:
        while data := lines.readline(LONGEST_LINE):  # a longer one comes in pieces, no JSON
            if data.strip():
                yield _Place(file, offset, number), data
            offset += len(data)
            number += data.endswith(b"\n")


def _line_at(path: Path, offset: int) -> bytes:
    with path.open("rb") as lines:
        lines.seek(offset)
        return lines.readline(LONGEST_LINE)


def _object(data: bytes) -> Mapping[str, Any]:
    """The JSON object of a line.

    Raises:
        GivenError: it is none, or holds what is no text.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise GivenError(
            "It is no JSON.", remedy="write one JSON object on each line, in UTF-8."
        ) from error
    if not isinstance(found, dict):
        raise GivenError("It is no JSON object.", remedy="write it as {...} on one line.")
    return found


def _silent(_placing: Placing) -> None:
    pass
