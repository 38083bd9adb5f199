"""What is marked as sensitive leaves exports at once; every name is invented."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from khronika.evidence.verdict import exit_status
from khronika.publish import ftm, jsonl, tables
from khronika.publish.view import ExportOptions
from khronika.review.words import words_near
from khronika.workflows.record import Record
from khronika.workflows.ruling import RulingError
from workflows.toys import captures, every_byte, toy_parts

SAID: dict[str, Any] = {"why": "the family asks for it", "reviewer": "R"}
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or Path(__file__).parents[3] / "shared")
WRITERS = {"jsonl": jsonl.write, "csv": tables.write, "ftm": ftm.write}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", toy_parts()) as made:
        made.add(captures())
        yield made


def exported(record: Record, folder: Path, form: str = "jsonl", **asked: bool) -> bytes:
    WRITERS[form](record.view(**asked), folder, ExportOptions(overwrite=True))
    return b"\n".join(every_byte(folder).values())


def lines(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text().splitlines()]


def test_a_sensitive_act_is_in_no_export_unless_asked_for(record: Record, tmp_path: Path) -> None:
    before = exported(record, tmp_path / "before")
    [incident] = record.incidents(kind="fine")
    act = incident.tellings[0].act
    record.mark_sensitive([act.id], **SAID)
    for form in WRITERS:
        assert act.id.encode() not in exported(record, tmp_path / form, form)
    [row] = [each for each in lines(tmp_path / "jsonl", "incidents") if each["kind"] == "fine"]
    assert row["acts"] == [incident.tellings[1].act.id]
    told = (tmp_path / "jsonl" / "texts" / f"{act.report_id}.txt").read_text()
    assert "Bela Finch was fined" not in told
    assert exported(record, tmp_path / "asked", sensitive=True) == before
    assert [each.act.id for each in record.acts(kind="fine")] != []
    assert exit_status(record.verify()) == 0


def test_no_name_of_a_sensitive_actor_is_in_an_export(record: Record, tmp_path: Path) -> None:
    [actor] = record.actors(name="Bela")
    ruling = record.mark_sensitive([actor.id], **SAID).ruling
    for form in WRITERS:
        data = exported(record, tmp_path / form, form)
        assert b"Bela" not in data
        assert b"Finch" not in data
        assert b"Ada Lark" in data
    [row] = [each for each in lines(tmp_path / "jsonl", "actors") if each["id"] == actor.id]
    assert (row["names"], set(row["caption"])) == ([], {"\u2588"})
    assert b"Bela Finch" in exported(record, tmp_path / "asked", sensitive=True)
    record.retract(ruling.id, **SAID)
    assert b"Bela Finch" in exported(record, tmp_path / "again")


def test_sensitive_words_are_masked_where_they_stand(record: Record, tmp_path: Path) -> None:
    report = next(row.id for row in record.reports() if row.name == "a.txt")
    text = "Ada Lark was arrested on 2021-03-04.\nShe had come home late."
    record.mark_sensitive([report], [words_near(text, "come home late")], **SAID)
    data = exported(record, tmp_path / "jsonl")
    assert b"come home late" not in data
    assert "She had \u2588\u2588\u2588\u2588".encode() in data
    assert b"Ada Lark was arrested" in data


def test_an_export_with_masks_passes_its_own_check(record: Record, tmp_path: Path) -> None:
    tool = SHARED / "tools" / "check_export.py"
    if not tool.is_file():
        pytest.skip("the shared folder is not here")
    [actor] = record.actors(name="Bela")
    act = record.acts(kind="arrest")[0].act.id
    record.mark_sensitive([actor.id, act], **SAID)
    exported(record, tmp_path / "jsonl")
    ended = subprocess.run(
        [sys.executable, str(tool), str(tmp_path / "jsonl")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout


def test_only_acts_actors_and_words_are_sensitive(record: Record) -> None:
    [row] = record.incidents(kind="arrest")
    for ids in ([], [row.tellings[0].report.id]):
        with pytest.raises(RulingError):
            record.mark_sensitive(ids, **SAID)
    with pytest.raises(RulingError):
        record.note([], "what of it", reviewer="R")


def test_an_incident_stands_for_its_acts(record: Record) -> None:
    [row] = record.incidents(kind="fine")
    ruling = record.mark_sensitive([row.incident.id], **SAID).ruling
    assert set(ruling.ids) == set(row.incident.acts)


def test_marks_go_with_what_is_withdrawn(record: Record, tmp_path: Path) -> None:
    report = next(row.id for row in record.reports() if row.name == "a.txt")
    text = "Ada Lark was arrested on 2021-03-04.\nShe had come home late."
    record.mark_sensitive([report], [words_near(text, "come home late")], **SAID)
    [actor] = record.actors(name="Bela")
    record.mark_sensitive([actor.id], why="Bela Finch asks for it", reviewer="R")
    record.withdraw(actor.id, why="asked for")
    record.withdraw(report, why="asked for")
    assert record.rulings().all == ()
    assert exit_status(record.verify()) == 0
    exported(record, tmp_path / "out")
    record.close()
    for data in every_byte(tmp_path / "record").values():
        assert b"come home late" not in data
        assert b"Bela" not in data
