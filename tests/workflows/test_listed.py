"""Lists for reference in a record: they name people, accuse nobody, and stay out of exports."""

from pathlib import Path

import pytest

from khronika.evidence.verdict import exit_status
from khronika.model.links import Actor
from khronika.publish import ftm, jsonl
from khronika.publish.view import ExportOptions
from khronika.workflows.parts import Parts, real_parts
from khronika.workflows.record import Record
from khronika.workflows.rows import ShownActor
from workflows.lists import a_listed_record
from workflows.test_importing import told
from workflows.toys import a_capture

TEXT = (
    "Norvale, 14 March 2023\n\nPolice in Norvale detained the lawyer Mira Tallow on 13 March 2023."
    " Jonas Reed was fined 500 euros by a court in Norvale on 14 March 2023.\n"
)
LINES = (
    {"id": "Q1", "schema": "Person", "properties": {"name": ["Mira Tallow"],
     "alias": ["Міра Тэлоў"], "birthDate": ["1970"], "topics": ["role.pep"]}},
    {"id": "Q2", "schema": "Person", "properties": {"name": ["Jonas Reed"], "birthDate": ["1950"]}},
    {"id": "Q3", "schema": "Person", "properties": {"name": ["Reed Jonas"], "birthDate": ["1980"]}},
    {"id": "Q4", "schema": "Person", "properties": {"name": ["Ada Lark"]}},
)  # fmt: skip


@pytest.fixture(scope="module")
def parts() -> Parts:
    return real_parts()


@pytest.fixture
def record(tmp_path: Path, parts: Parts) -> Record:
    return a_listed_record(tmp_path, parts, TEXT, LINES)


def the_actor(record: Record, name: str, *, listed: bool = False) -> Actor:
    [found] = record.actors(name=name, listed=listed)
    return found


def shown(record: Record, name: str, *, listed: bool = False) -> ShownActor:
    thing = record.show(the_actor(record, name, listed=listed).id)
    assert isinstance(thing, ShownActor)
    return thing


def test_someone_of_a_report_is_found_in_the_list(record: Record) -> None:
    mira = shown(record, "Tallow")
    assert "Міра Тэлоў" in mira.actor.names
    assert mira.listed == ("seats.ftm.json: Person, born 1970, listed in role.pep; id Q1",)
    assert {"perpetrator", "alleged-perpetrator"}.isdisjoint(mira.actor.roles)


def test_a_name_that_the_list_has_twice_says_nothing(record: Record) -> None:
    assert not shown(record, "Reed").listed
    assert len(record.actors(name="Reed", listed=True)) == 3


def test_who_only_stands_in_a_list_is_not_shown_unless_asked_for(record: Record) -> None:
    assert not record.actors(name="Lark")
    assert the_actor(record, "Lark", listed=True).caption == "Ada Lark"
    assert [row.name for row in record.reports()] == ["note.txt"]
    assert len(record.reports(listed=True)) == 2
    summary = record.summary()
    assert (summary.reports, summary.listed) == (1, 4)


def test_everything_else_works_as_with_reports(record: Record) -> None:
    assert exit_status(record.verify()) == 0
    before = record.actors(listed=True)
    assert record.recode().changed == 0
    record.rebuild()
    assert record.actors(listed=True) == before
    assert exit_status(record.verify()) == 0


@pytest.mark.parametrize("write", [jsonl.write, ftm.write])
def test_an_export_leaves_lists_out(record: Record, tmp_path: Path, write: object) -> None:
    write(record.view(), tmp_path / "out", ExportOptions())  # type: ignore[operator]
    every = "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert "Mira Tallow" in every
    assert "Lark" not in every
    assert "seats" not in every


def test_a_list_changes_no_act(record: Record, tmp_path: Path, parts: Parts) -> None:
    with Record.create(tmp_path / "bare", parts) as bare:
        bare.add([a_capture("note.txt", TEXT)])
        jsonl.write(bare.view(), tmp_path / "one", ExportOptions())
    jsonl.write(record.view(), tmp_path / "other", ExportOptions())
    assert told(tmp_path / "one") == told(tmp_path / "other")


def test_a_withdrawn_person_s_line_goes_whole(record: Record) -> None:
    mira = the_actor(record, "Tallow")
    record.withdraw(mira.id, why="asked for it")
    assert not record.actors(name="Tallow", listed=True)
    for row in record.reports(listed=True):
        text = record.show(row.id).report.text  # type: ignore[union-attr]
        assert "Tallow" not in text
        assert "Q1" not in text
    assert the_actor(record, "Lark", listed=True).caption == "Ada Lark"
    assert exit_status(record.verify()) == 0
    record.recode()
    assert not record.actors(name="Tallow", listed=True)
    assert the_actor(record, "Lark", listed=True).caption == "Ada Lark"


def test_a_list_is_withdrawn_like_a_report(record: Record) -> None:
    [piece] = [row for row in record.reports(listed=True) if row.name != "note.txt"]
    record.withdraw(piece.id, why="an old list")
    assert not record.actors(name="Lark", listed=True)
    assert the_actor(record, "Tallow").names == ("Mira Tallow",)
