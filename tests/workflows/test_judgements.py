"""Judgements of nomenklatura on entries of lists and on actors, kept as rulings."""

import json
from pathlib import Path
from typing import Any

import pytest

from khronika.evidence.verdict import exit_status
from khronika.ingest.captures import Given
from khronika.ingest.lists import list_pieces
from khronika.linking.members import id_of_member
from khronika.model.acts import ActorType
from khronika.publish import ftm
from khronika.publish.view import ExportOptions
from khronika.workflows.parts import Parts, real_parts
from khronika.workflows.record import Record
from workflows.lists import a_listed_record
from workflows.toys import a_capture

TEXT = (
    "Norvale, 14 March 2023\n\n"
    "Police in Norvale detained the lawyer Mira Tallow on 13 March 2023.\n"
)
LINES = (
    {"id": "a-1", "schema": "Person", "properties": {"name": ["Mira Tallow"]}},
    {"id": "a-2", "schema": "Person", "properties": {"name": ["M. Reed-Tallow"]}},
    {"id": "a-3", "schema": "Person", "properties": {"name": ["Ada Lark"]}},
    {"id": "a-4", "schema": "Person", "properties": {"name": ["Bela Finch"]}},
)
TIME = "2024-05-06T07:08:09.123456"


@pytest.fixture(scope="module")
def parts() -> Parts:
    return real_parts()


@pytest.fixture
def record(tmp_path: Path, parts: Parts) -> Record:
    return a_listed_record(tmp_path, parts, TEXT, LINES)


def a_file(folder: Path, *lines: Any) -> Path:
    path = folder / "resolver.ijson"
    told = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return path


def actors_named(record: Record, name: str) -> set[str]:
    return {actor.id for actor in record.actors(name=name, listed=True)}


def test_what_is_positive_through_a_canonical_id_is_one(record: Record, tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        ["NK-xyz", "a-1", "positive", None, "ines", TIME],
        ["NK-xyz", "a-2", "positive", None, "ines", TIME],
        ["a-3", "a-4", "unsure", None, "ines", TIME],
        ["a-3", "nobody-knows", "positive", None, "ines", TIME],
    )
    done = record.add_judgements(path)
    assert (done.same, done.different, done.undecided, done.refused) == (1, 0, 1, ())
    assert actors_named(record, "Reed-Tallow") == actors_named(record, "Mira")
    assert actors_named(record, "Lark") != actors_named(record, "Finch")
    assert exit_status(record.verify()) == 0


def test_what_is_negative_is_two(record: Record, tmp_path: Path) -> None:
    assert len(actors_named(record, "Mira")) == 1
    path = a_file(tmp_path, ["a-1", mira_of_the_report(record), "negative", None, "ines", TIME])
    done = record.add_judgements(path)
    assert (done.same, done.different) == (0, 1)
    assert len(actors_named(record, "Mira")) == 2


def mira_of_the_report(record: Record) -> str:
    """The id that the report's own Mira Tallow would have without the list."""
    [actor] = record.actors(name="Tallow")
    [note] = record.reports()
    start = TEXT.index("Mira Tallow")
    found = id_of_member(ActorType.PERSON, note.id, start, start + len("Mira Tallow"))
    assert found in {actor.id, *actor.former_ids}
    return found


def test_links_are_the_same_as_when_all_is_linked_anew(record: Record, tmp_path: Path) -> None:
    record.add_judgements(
        a_file(
            tmp_path,
            ["NK-xyz", "a-1", "positive", None, "ines", TIME],
            ["NK-xyz", "a-2", "positive", None, "ines", TIME],
            ["a-1", mira_of_the_report(record), "negative", None, "ines", TIME],
        )
    )
    before = record.actors(listed=True)
    assert len(before) > 3
    record.recode()
    assert record.actors(listed=True) == before


def test_a_ruling_of_a_reviewer_applies_at_once(record: Record) -> None:
    one, other = (actors_named(record, name).pop() for name in ("Lark", "Finch"))
    record.rule("same", [one, other], why="one passport", reviewer="ines")
    assert actors_named(record, "Lark") == actors_named(record, "Finch")
    before = record.actors(listed=True)
    record.recode()
    assert record.actors(listed=True) == before


def test_again_changes_nothing(record: Record, tmp_path: Path) -> None:
    path = a_file(tmp_path, ["a-1", "a-2", "positive", None, "ines", TIME])
    record.add_judgements(path)
    before = len(record.journal())
    done = record.add_judgements(path)
    assert (done.same, done.known) == (0, 1)
    assert len(record.journal()) == before


def test_what_an_export_writes_comes_back(record: Record, tmp_path: Path, parts: Parts) -> None:
    path = a_file(
        tmp_path,
        {"target": "a-1", "source": "a-2", "judgement": "positive", "created_at": TIME},
        {"target": "a-3", "source": "a-4", "judgement": "negative", "created_at": TIME},
    )
    record.add_judgements(path)
    ftm.write(record.view(), tmp_path / "out", ExportOptions())
    with Record.create(tmp_path / "other", parts) as other:
        other.add([a_capture("note.txt", TEXT)])
        other.add(list_pieces(tmp_path / "seats.ftm.json", Given()))
        done = other.add_judgements(tmp_path / "out" / ftm.RESOLVER)
        assert (done.same, done.different, done.refused) == (1, 1, ())
        assert actors_named(other, "Reed-Tallow") == actors_named(other, "Mira")


def test_a_table_of_judgements(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "judged.csv"
    path.write_text("left,right,judgement,user\na-1,a-2,positive,ines\n", encoding="utf-8")
    assert record.add_judgements(path).same == 1


def test_what_is_no_judgement_is_refused(record: Record, tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        ["a-1", "a-2", "positive", None, "ines", TIME],
        ["a-1"],
        "{broken",
        ["a-1", "a-1", "positive"],
        ["a-1", "a-2", "perhaps"],
        ["a-1", "a-2", "negative", None, "ines", TIME],
    )
    done = record.add_judgements(path)
    assert done.same == 1
    assert [each.name for each in done.refused] == [
        f"resolver.ijson, line {n}" for n in (2, 3, 4, 5, 6)
    ]
