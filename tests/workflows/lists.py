"""A record that holds a report and a list of people and bodies."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from khronika.ingest.captures import Given
from khronika.ingest.lists import list_pieces
from khronika.workflows.parts import Parts
from khronika.workflows.record import Record
from workflows.toys import a_capture


def a_listed_record(
    folder: Path, parts: Parts, text: str, lines: Iterable[Mapping[str, Any]]
) -> Record:
    made = Record.create(folder / "record", parts)
    made.add([a_capture("note.txt", text)])
    path = folder / "seats.ftm.json"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    made.add(list_pieces(path, Given()))
    return made
