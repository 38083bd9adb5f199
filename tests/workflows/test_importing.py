"""Acts coded by hand, in a record: placed, kept through recoding, exported and back unchanged."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khronika.codebook.model import Codebook, Kind
from khronika.evidence.verdict import exit_status
from khronika.model.acts import Modality
from khronika.model.corrections import Correction
from khronika.publish import jsonl
from khronika.publish.view import ExportOptions
from khronika.workflows.importing import CODED_BY_HAND
from khronika.workflows.parts import Parts, real_parts
from khronika.workflows.record import Record
from khronika.workflows.rows import ActRow
from workflows.toys import a_capture, captures, toy_parts

FINED = {"report": "c", "kind": "fine", "quote": "Bela Finch was fined", "victims": ["Bela Finch"]}
HELD = {"report": "d.txt", "kind": "arrest", "quote": "был задержан", "victims": ["Цезарь Дрозд"]}


@pytest.fixture
def parts() -> Parts:
    toys = toy_parts()
    kinds = {
        name: Kind(
            id=name,
            label=name,
            group="x",
            definition="",
            is_not="",
            esf="",
            plover="",
            rights=(),
        )
        for name in ("arrest", "fine")
    }
    codebook = Codebook(kinds=kinds, classes={}, digest="toy")
    return replace(toys, steps=replace(toys.steps, codebook=codebook))


@pytest.fixture
def record(tmp_path: Path, parts: Parts) -> Record:
    made = Record.create(tmp_path / "record", parts)
    made.add(captures())
    return made


def acts_of(record: Record, name: str) -> list[ActRow]:
    return [row for row in record.acts() if row.report.name == name]


def written(folder: Path, *lines: Any, name: str = "acts.jsonl") -> Path:
    path = folder / name
    told = (each if isinstance(each, str) else json.dumps(each) for each in lines)
    path.write_text("\n".join(told), encoding="utf-8")
    return path


def test_it_takes_the_place_of_the_coder_s(record: Record, tmp_path: Path) -> None:
    done = record.add_acts([written(tmp_path, FINED, HELD)], by="Reviewer One")
    assert (done.reports, done.acts, done.refused) == (2, 2, ())
    coded = {(row.report.name, row.coder) for row in record.acts()}
    assert coded == {
        ("a.txt", "toy 1"),
        ("b.txt", "toy 1"),
        ("c.txt", "by hand"),
        ("d.txt", "by hand"),
    }
    assert exit_status(record.verify()) == 0


def test_the_journal_says_so_without_a_name(record: Record, tmp_path: Path) -> None:
    record.add_acts([written(tmp_path, FINED)], by="Reviewer One")
    entries = [entry for entry in record.journal() if entry.what == CODED_BY_HAND]
    assert len(entries) == 1
    assert "Finch" not in str(entries)
    assert "Reviewer" not in str(entries)


def test_the_same_file_again_changes_nothing(record: Record, tmp_path: Path) -> None:
    path = written(tmp_path, FINED, HELD)
    record.add_acts([path])
    before = len(record.journal())
    done = record.add_acts([path])
    assert (done.reports, done.acts, done.unchanged) == (0, 0, 2)
    assert len(record.journal()) == before


def test_recoding_leaves_it_alone(record: Record, tmp_path: Path) -> None:
    record.add_acts([written(tmp_path, FINED)])
    before = acts_of(record, "c.txt")
    done = record.recode()
    assert done.given == 1
    assert acts_of(record, "c.txt") == before
    record.rebuild()
    assert acts_of(record, "c.txt") == before


def test_another_source_of_the_report_leaves_it_alone(record: Record, tmp_path: Path) -> None:
    record.add_acts([written(tmp_path, FINED)])
    [known] = captures("c.txt")
    text = known.data.decode()  # type: ignore[union-attr]
    record.add([a_capture("c.txt", text, publisher="Velmora Watch")])
    assert {row.coder for row in acts_of(record, "c.txt")} == {"by hand"}
    assert {row.publisher for row in [r for r in record.reports() if r.name == "c.txt"]} == {
        "Velmora Watch"
    }


def test_a_line_that_cannot_go_in_is_named_and_the_rest_goes_in(
    record: Record, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        {**FINED, "report": "nowhere.txt"},
        "{not json",
        {**FINED, "quote": "Bela Finch was feted"},
        "",
        "[1]",
        FINED,
        '{"report": "c", "kind": "fine", "quote": "\\ud800"}',
        {"kind": "fine", "quote": "x"},
    )
    done = record.add_acts([path])
    assert (done.reports, done.acts) == (1, 1)
    assert [each.name for each in done.refused] == [
        f"acts.jsonl, line {n}" for n in (1, 2, 3, 5, 7, 8)
    ]
    assert not any("Finch" in f"{each.problem}{each.remedy}" for each in done.refused)


def test_lines_that_all_fail_leave_the_coder_s_coding(record: Record, tmp_path: Path) -> None:
    before = record.acts()
    done = record.add_acts([written(tmp_path, {**FINED, "quote": "Bela Finch was feted"})])
    assert (done.reports, len(done.refused)) == (0, 1)
    assert record.acts() == before


def test_a_report_can_be_named_by_path_id_and_stem(record: Record, tmp_path: Path) -> None:
    [row] = [r for r in record.reports() if r.name == "c.txt"]
    for name in ("c", "c.txt", "some/folder/c.txt", row.id, {"id": row.id}, {"name": "c.txt"}):
        path = written(tmp_path, {**FINED, "report": name})
        assert not record.add_acts([path]).refused


def test_a_file_s_bytes_tell_which_report_it_is(record: Record, tmp_path: Path) -> None:
    copy = tmp_path / "renamed.txt"
    [known] = captures("c.txt")
    copy.write_bytes(known.data)  # type: ignore[union-attr]
    assert not record.add_acts([written(tmp_path, {**FINED, "report": str(copy)})]).refused


def test_an_id_of_another_report_s_act_is_not_taken(record: Record, tmp_path: Path) -> None:
    [other] = acts_of(record, "a.txt")
    [row] = [r for r in record.reports() if r.name == "c.txt"]
    line = {**FINED, "report": {"id": row.id}, "id": other.act.id}
    record.add_acts([written(tmp_path, line)])
    [act] = acts_of(record, "c.txt")
    assert act.act.id != other.act.id


def test_links_are_the_same_as_when_all_is_linked_anew(tmp_path: Path) -> None:
    told = "Ada Lark was arrested on 4 March 2021 in Norvale. Bela Finch was there, too."
    with Record.create(tmp_path / "record", real_parts()) as record:
        record.add([a_capture("one.txt", told), a_capture("two.txt", f"{told}\n\nSo it was.")])
        lines = [
            {"report": name, "kind": "arrest", "quote": "Ada Lark was arrested", "victims": [who]}
            for name, who in (("one", "Ada Lark"), ("two", "Ada Lark"))
        ]
        record.add_acts([written(tmp_path, *lines)])
        record.add_acts([written(tmp_path, {**lines[1], "victims": ["Bela Finch"]})])
        before = (record.incidents(), record.actors())
        record.recode()
        assert (record.incidents(), record.actors()) == before
        assert {row.coder for row in record.acts()} == {"by hand"}


def test_what_was_exported_comes_back_unchanged(tmp_path: Path) -> None:
    text = (
        "Norvale, 14 March 2023\n\nPolice in Norvale detained the lawyer Mira Tallow on 13 March"
        " 2023 and searched her office. A court fined her colleague Jonas Reed 500 euros on 14"
        " March 2023. She will appeal, said her sister Ada Tallow.\n"
    )
    real = real_parts()
    with Record.create(tmp_path / "one", real) as one:
        one.add([a_capture("tallow.txt", text)])
        jsonl.write(one.view(), tmp_path / "first", ExportOptions())
    with Record.create(tmp_path / "other", real) as other:
        other.add([a_capture("tallow.txt", text)])
        done = other.add_acts([tmp_path / "first" / "acts.jsonl"])
        assert done.acts
        assert not done.refused
        jsonl.write(other.view(), tmp_path / "second", ExportOptions())
    assert told(tmp_path / "second") == told(tmp_path / "first")


def told(folder: Path) -> list[dict[str, Any]]:
    """The acts of an export, but for who coded them and what linking calls their actors."""
    lines = (folder / "acts.jsonl").read_text(encoding="utf-8").splitlines()
    acts = [json.loads(line) for line in lines]
    for act in acts:
        del act["coder"]
        for each in act["involvements"]:
            del each["actor"]
    return acts


def test_rulings_outweigh_what_was_coded_by_hand(record: Record, tmp_path: Path) -> None:
    [row] = acts_of(record, "c.txt")
    said = Correction(modality=Modality.DENIED)
    record.correct(row.act.id, said, why="read again", reviewer="R")
    record.add_acts([written(tmp_path, FINED)], by="Reviewer One")
    [row] = acts_of(record, "c.txt")
    record.correct(row.act.id, said, why="read again", reviewer="R")
    [row] = acts_of(record, "c.txt")
    assert (row.coder, row.act.modality) == ("by hand", Modality.DENIED)
    record.recode()
    [row] = acts_of(record, "c.txt")
    assert (row.coder, row.act.modality) == ("by hand", Modality.DENIED)
    assert exit_status(record.verify()) == 0
