"""`khronika add` with what others made: acts coded by hand, lists, judgements."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khronika.cli.main import main

NOTE = (
    "Norvale, 14 March 2023\n\n"
    "Police in Norvale detained the lawyer Mira Tallow on 13 March 2023.\n"
)
ACT = {"report": "note.txt", "kind": "arrest", "quote": "detained the lawyer Mira Tallow"}
SEAT = {"id": "s-1", "schema": "Person", "properties": {"name": ["Mira Tallow"]}}
OTHER = {"id": "s-2", "schema": "Person", "properties": {"name": ["Ada Lark"]}}

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KHRONIKA_RECORD", "record")
    monkeypatch.delenv("KHRONIKA_REVIEWER", raising=False)
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    put("acts.jsonl", {**ACT, "victims": ["Mira Tallow"]})
    put("bad.jsonl", {**ACT, "quote": "freed the lawyer"})
    put("seats.ftm.json", SEAT, OTHER)
    put("resolver.ijson", ["s-1", "s-2", "negative", None, "ines", "2024-05-06T07:08:09"])


def put(name: str, *lines: Any) -> None:
    Path(name).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


@pytest.fixture
def khronika(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        told = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, told.out, told.err

    return run


def test_acts_come_with_their_reports_or_after_them(khronika: Run) -> None:
    status, out, _ = khronika("add", "note.txt", "--acts", "acts.jsonl", "--reviewer", "Ines")
    assert status == 0
    assert "1 act of 1 report coded by hand" in out
    status, out, _ = khronika("add", "--acts", "acts.jsonl", "--reviewer", "Ines")
    assert status == 0
    assert "0 acts of 0 reports coded by hand, 1 report as before" in out
    _, out, _ = khronika("acts", "--json")
    assert [json.loads(line)["coder"] for line in out.splitlines()] == ["by hand"]


def test_a_refused_line_is_named_and_leaves_exit_code_1(khronika: Run) -> None:
    khronika("add", "note.txt")
    status, _, err = khronika("add", "--acts", "bad.jsonl")
    assert status == 1
    assert "bad.jsonl, line 1: Its quotation does not stand in the report." in err
    assert "What to do: copy the words" in err


def test_recoding_says_what_it_left_alone(khronika: Run) -> None:
    khronika("add", "note.txt", "--acts", "acts.jsonl")
    _, out, err = khronika("recode")
    assert "0 reports coded anew" in out
    assert "1 report coded by hand: the coding stays as it is." in err


def test_who_coded_it_is_in_no_output(khronika: Run) -> None:
    khronika("add", "note.txt", "--acts", "acts.jsonl", "--reviewer", "Ines Okoro")
    khronika("export", "out")
    every = "".join(p.read_text(encoding="utf-8") for p in Path("out").rglob("*.jsonl"))
    _, journal, _ = khronika("journal")
    assert "Okoro" not in every + journal


def test_a_list_and_judgements_on_it(khronika: Run) -> None:
    khronika("add", "note.txt")
    status, out, _ = khronika("add", "--actors", "seats.ftm.json")
    assert status == 0
    assert "2 listed for reference" in out
    _, out, _ = khronika("actors", "--json")
    assert "Ada Lark" not in out
    _, out, _ = khronika("actors", "--listed", "--json")
    assert "Ada Lark" in out
    status, out, _ = khronika("add", "--judgements", "resolver.ijson")
    assert status == 0
    assert "0 rulings same, 1 different; 0 known already, 0 judgements undecided" in out


def test_as_json(khronika: Run) -> None:
    status, out, _ = khronika(
        *("add", "note.txt", "--acts", "acts.jsonl", "--actors", "seats.ftm.json"),
        *("--judgements", "resolver.ijson", "--json"),
    )
    assert status == 0
    told = json.loads(out)
    assert told["coded_by_hand"] == {"reports": 1, "acts": 1, "unchanged": 0}
    assert told["judged"] == {"same": 0, "different": 1, "known": 0, "undecided": 0}


def test_nothing_to_add_is_a_mistake(khronika: Run) -> None:
    status, _, err = khronika("add")
    assert status == 2
    assert "--acts" in err


def test_acts_make_no_record(khronika: Run) -> None:
    status, _, err = khronika("add", "--acts", "acts.jsonl")
    assert status == 2
    assert "no record" in err
