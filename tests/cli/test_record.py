"""The commands on a small record of toy reports: added, looked at, ruled on, exported, verified."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from khronika.cli.main import main
from khronika.workflows.record import Record
from workflows.toys import TEXTS, captures, toy_parts

SRC = Path(__file__).parents[2] / "src"


@pytest.fixture(autouse=True)
def _toys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khronika.workflows.record.real_parts", lambda *_: toy_parts())
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("KHRONIKA_RECORD", raising=False)
    monkeypatch.delenv("KHRONIKA_REVIEWER", raising=False)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record"
    with Record.create(path, toy_parts()) as made:
        made.add(captures())
    return path


class Told:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Khronika:
    def __init__(self, capsys: pytest.CaptureFixture[str], record: Path) -> None:
        self.capsys, self.record = capsys, record

    def __call__(self, *arguments: str) -> Told:
        with pytest.raises(SystemExit) as ended:
            main(["--record", str(self.record), *arguments])
        told = self.capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Told(ended.value.code, told.out, told.err)


@pytest.fixture
def khronika(capsys: pytest.CaptureFixture[str], record: Path) -> Khronika:
    return Khronika(capsys, record)


UNREAD = "Reports in ru are kept uncoded: install khronika[russian], then run `khronika recode`.\n"


def test_adding_a_folder_makes_a_record_and_sums_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    khronika = Khronika(capsys, tmp_path / "new")
    first = khronika("add", str(folder))
    assert first.status == 0
    assert first.err in ("", UNREAD)  # the toy coder reads no Russian
    assert first.out.startswith("4 reports read in ")
    assert "3 coded, 1 kept uncoded (ru)" in first.out
    assert "4 reports, 4 acts, 2 incidents, 2 actors, 0 contradictions" in first.out
    again = khronika("add", str(folder), "--json")
    assert again.json == [{"added": 0, "known": 4, "refused": [], "uncoded": {}}]


def test_a_refused_input_is_named_with_a_remedy_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.txt").write_text(TEXTS["a.txt"])
    (tmp_path / "empty.txt").write_text("")
    khronika = Khronika(capsys, tmp_path / "new")
    told = khronika("add", str(tmp_path / "good.txt"), str(tmp_path / "empty.txt"))
    assert told.status == 1
    assert "Refused: " in told.err
    assert "What to do: " in told.err
    assert "1 report read" in told.out


LOOKS = [
    ("incidents",), ("acts",), ("actors",), ("reports",), ("timeline",), ("conflicts",),
    ("appeals",), ("registers",), ("figures",), ("journal",), ("summary",), ("search", "late"),
]  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_every_look_prints_tables_and_json_lines(khronika: Khronika, look: tuple[str, ...]) -> None:
    table = khronika(*look)
    lines = khronika(*look, "--json")
    assert (table.status, lines.status) == (0, 0)
    assert bool(lines.json) == ("Nothing found" not in table.err)
    assert all(len(line) <= 120 for line in table.out.splitlines())
    assert all(line == line.rstrip() for line in table.out.splitlines())


def test_json_has_the_shape_of_the_interchange_format(khronika: Khronika) -> None:
    act = khronika("acts", "--json").json[0]
    assert {"id", "report", "kind", "quote", "involvements", "when", "incident"} <= act.keys()
    incident = khronika("incidents", "--json").json[0]
    assert {"id", "kind", "acts", "independent_sources", "contradictions"} <= incident.keys()


def test_filters_narrow(khronika: Khronika) -> None:
    assert {a["kind"] for a in khronika("acts", "--kind", "fine", "--json").json} == {"fine"}
    found = khronika("acts", "--actor", "lark", "--since", "2021", "--json").json
    assert [a["involvements"][0]["name"] for a in found] == ["Ada Lark", "Ada Lark"]
    assert len(khronika("acts", "--limit", "1", "--json").json) == 1
    assert khronika("acts", "--until", "1999", "--json").json == []


def test_a_table_says_what_it_leaves_out(
    khronika: Khronika, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khronika.cli.looks.MOST_ROWS", 2)
    told = khronika("acts")
    assert len(told.out.splitlines()) == 3
    assert "--limit 0" in told.err
    assert len(khronika("acts", "--limit", "0").out.splitlines()) == 5


def test_an_unknown_kind_is_told_what_is_near(khronika: Khronika) -> None:
    told = khronika("incidents", "--kind", "arest")
    assert told.status == 2
    assert "Did you mean 'arrest'" in told.err


def test_a_kind_that_is_known_but_not_told_finds_nothing(khronika: Khronika) -> None:
    told = khronika("incidents", "--kind", "search")
    assert (told.status, told.out, told.err) == (0, "", "Nothing found.\n")


def test_show_prints_each_sort_of_thing_whole(khronika: Khronika) -> None:
    incident = khronika("incidents", "--kind", "arrest", "--json").json[0]
    told = khronika("show", incident["id"], "--why")
    assert told.status == 0
    assert "4 March 2021" in told.out
    assert "2 reports" in told.out
    assert "«Ada Lark was arrested on 2021-03-04.»" in told.out
    act = khronika("show", incident["acts"][0])
    assert "victim:       Ada Lark" in act.out
    actor = khronika("actors", "--name", "finch", "--json").json[0]
    assert "Bela Finch" in khronika("show", actor["id"]).out
    report = khronika("reports", "--json").json[0]
    assert "sha256" in khronika("show", report["id"], "--text").out
    assert khronika("show", incident["id"], "--json").json[0]["tellings"]


def test_the_beginning_of_an_id_is_enough(khronika: Khronika) -> None:
    incident = khronika("incidents", "--json").json[0]
    assert khronika("show", incident["id"][:12]).status == 0


def test_an_unknown_id_is_a_problem_with_a_remedy(khronika: Khronika) -> None:
    told = khronika("show", "inc_0000000000000000")
    assert told.status in (1, 2)
    assert told.out == ""
    assert "What to do: " in told.err


def test_search_marks_what_it_found(khronika: Khronika) -> None:
    told = khronika("search", '"case files"')
    assert "«case files»" in told.out.replace("» «", " ")


def test_a_rejected_act_leaves_looks_and_exports(khronika: Khronika, tmp_path: Path) -> None:
    act = khronika("acts", "--kind", "fine", "--json").json[0]["id"]
    ruled = khronika("reject", act, "--why", "misread", "--reviewer", "me")
    assert ruled.status == 0
    assert ruled.out.startswith("rul_")
    assert act not in [a["id"] for a in khronika("acts", "--json").json]
    assert khronika("export", str(tmp_path / "out")).status == 0
    assert act not in (tmp_path / "out" / "acts.jsonl").read_text()


def test_rulings_print_json(khronika: Khronika) -> None:
    ids = [actor["id"] for actor in khronika("actors", "--json").json]
    ruled = khronika("different", *ids, "--why", "two people", "--reviewer", "me", "--json")
    assert ruled.status == 0, ruled.err
    assert ruled.json[0]["verb"] == "different"


def test_withdrawing_asks_unless_told(khronika: Khronika, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    report = khronika("reports", "--json").json[0]["id"]
    assert khronika("withdraw", report, "--why", "asked to").status == 130
    told = khronika("withdraw", report, "--why", "asked to", "--yes")
    assert (told.status, told.err) == (0, "")
    assert report not in [r["id"] for r in khronika("reports", "--json").json]
    assert khronika("verify").status == 0


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_is_written_whole(khronika: Khronika, tmp_path: Path, form: str) -> None:
    told = khronika("export", str(tmp_path / "out"), "--format", form)
    assert told.status == 0, told.err
    assert (tmp_path / "out" / f"acts.{form}").exists()


def test_a_folder_with_other_things_is_no_export(khronika: Khronika, tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("years")
    told = khronika("export", str(tmp_path))
    assert told.status == 2
    assert "is a record" in told.err or "other things" in told.err


def test_exporting_contacts_warns(khronika: Khronika, tmp_path: Path) -> None:
    assert "contact data" in khronika("export", str(tmp_path / "out"), "--contacts").err


def test_verify_passes_and_names_what_fails(khronika: Khronika) -> None:
    told = khronika("verify")
    assert told.status == 0, told.out
    assert " 0 failed" in told.out
    kept = max((khronika.record / "kept").rglob("*"), key=lambda p: p.is_file())
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b"x")
    broken = khronika("verify")
    assert broken.status == 3
    assert "failed" in broken.out


def test_rebuild_and_recode_give_the_same_record(khronika: Khronika) -> None:
    before = khronika("incidents", "--json").out
    assert khronika("rebuild").status == 0
    assert khronika("recode").status == 0
    assert khronika("incidents", "--json").out == before


def test_no_record_is_a_problem_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Khronika(capsys, tmp_path / "none")("incidents")
    assert told.status == 2
    assert "What to do: " in told.err
    assert not (tmp_path / "none").exists()


def test_the_record_may_be_named_after_the_command_or_in_the_environment(
    khronika: Khronika,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    record = str(khronika.record)
    assert Khronika(capsys, tmp_path / "none")("summary", "--record", record).status == 0
    monkeypatch.setenv("KHRONIKA_RECORD", record)
    with pytest.raises(SystemExit) as ended:
        main(["summary"])
    assert ended.value.code == 0


def run(record: Path, *arguments: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    script = "from khronika.cli.main import main; main()"
    command = [sys.executable, "-c", script, "--record", str(record), *arguments]
    if shell:
        command = ["sh", "-c", '"$@" ' + shell, "sh", *command]
    return subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_look_loads_no_parser(record: Path) -> None:
    script = (
        "import sys; from khronika.cli.main import main\n"
        f"try: main(['incidents', '--record', {str(record)!r}])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'trafilatura', 'lxml', 'httpx'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_piped_output_has_no_colours_and_a_closed_pipe_is_no_failure(record: Path) -> None:
    piped = run(record, "timeline")
    assert piped.returncode == 0
    assert "\x1b" not in piped.stdout
    closed = run(record, "journal", "--json", shell="| head -n 1")
    assert closed.returncode == 0
    assert len(closed.stdout.splitlines()) == 1
    assert closed.stderr == ""


def test_the_demonstration_builds_prints_and_says_what_is_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = tmp_path / "package" / "demo" / "reports"
    samples.mkdir(parents=True)
    for name, text in TEXTS.items():
        (samples / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("khronika.workflows.demo.files", lambda _: tmp_path / "package")
    told = Khronika(capsys, tmp_path / "unused")("demo", str(tmp_path / "demo"))
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith("4 reports read in ")
    assert "2021  4 Mar  arrest  Ada Lark" in told.out
    assert "khronika show inc_" in told.out
    assert "khronika verify" in told.out
    again = Khronika(capsys, tmp_path / "unused")("demo", str(tmp_path / "demo"))
    assert "4 already known" in again.out


def test_without_samples_the_demonstration_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khronika.workflows.demo.files", lambda _: tmp_path)
    told = Khronika(capsys, tmp_path / "unused")("demo", str(tmp_path / "demo"))
    assert told.status == 1
    assert "What to do: " in told.err
