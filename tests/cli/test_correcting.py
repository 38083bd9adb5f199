"""The commands by which a person corrects, notes, marks and takes back."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from khronika.cli.main import main
from khronika.ingest.captures import Capture
from khronika.model.reports import Origin
from khronika.workflows.record import Record

TEXT = (
    "Police in Norvale arrested the lawyer Mira Tallow on 13 March 2023. Her colleague Jonas Reed"
    " saw it. The lawyer was released in Springfield on the next day.\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("made") / "record"
    capture = Capture(
        name="a.txt", data=TEXT.encode(), media_type="text/plain", origin=Origin(name="a.txt")
    )
    with Record.create(path) as record:
        record.add([capture])
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "record"))


class Ended:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> "Run":
    return Run(path, capsys)


class Run:
    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self._capsys = path, capsys

    def __call__(self, *arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(["--record", str(self.path), *arguments])
        out, err = self._capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    def act(self, kind: str) -> str:
        found = self("acts", "--kind", kind, "--json").out.splitlines()
        return str(json.loads(found[0])["id"])


WHY: Sequence[str] = ("--why", "read in the report", "--reviewer", "R")


def test_a_correction_is_shown_with_what_it_replaced(run: Run) -> None:
    act = run.act("arrest")
    done = run(
        *("correct", act, "--victim", "Jonas Reed", "--no-perpetrator", "--modality", "attempted"),
        *("--when", "2023-03", "--when-basis", "the diary", *WHY),
    )
    assert (done.status, done.err) == (0, "")
    shown = run("show", act).out
    assert "victim:       Jonas Reed" in shown
    assert "perpetrator:" not in shown
    assert "March 2023 (the diary)" in shown
    assert "victim, was Mira Tallow" in " ".join(shown.split())
    assert "modality, was occurred" in " ".join(shown.split())
    plain = json.loads(run("show", act, "--json").out)
    assert plain["coded"]["modality"] == "occurred"
    assert [each["verb"] for each in plain["rulings"]] == ["correct"]


def test_undo_takes_it_back(run: Run) -> None:
    act = run.act("arrest")
    before = run("show", act).out
    ruling = run("correct", act, "--kind", "search", *WHY).out.split()[0]
    assert run("show", act).out != before
    done = run("undo", ruling, *WHY)
    assert done.status == 0
    assert f"It replaces the earlier ruling {ruling}." in done.err
    assert run("show", act).out == before
    run("correct", act, "--kind", "search", *WHY)
    assert run("undo", *WHY).status == 0
    assert run("show", act).out == before
    assert "no ruling to take back" in run("undo", *WHY).err


def test_a_note_and_a_mark_are_shown(run: Run) -> None:
    act = run.act("arrest")
    assert run("note", act, "--words", "ask her lawyer").status == 0
    assert run("sensitive", act, *WHY).status == 0
    shown = run("show", act).out
    assert "note:         ask her lawyer" in shown
    assert "sensitive:    read in the report (R, " in shown
    report = json.loads(run("reports", "--json").out.splitlines()[0])["id"]
    assert run("sensitive", report, "--words", "Her colleague", *WHY).status == 0


def test_an_export_holds_it_only_if_asked(run: Run, tmp_path: Path) -> None:
    act = run.act("arrest")
    run("sensitive", act, *WHY)
    run("export", str(tmp_path / "out"))
    assert act not in (tmp_path / "out" / "acts.jsonl").read_text()
    done = run("export", str(tmp_path / "out"), "--sensitive")
    assert "what is sensitive" in done.err
    assert act in (tmp_path / "out" / "acts.jsonl").read_text()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "The correction says nothing."),
        (("--kind", "arest"), "no kind 'arest'"),
        (("--victim", "Iris Vane"), "'Iris Vane' does not stand in the report."),
        (("--when", "2023-03"), "The date stands on nothing."),
        (("--when", "march"), "is not a date"),
        (("--no-when", "--when", "2023"), "contradict each other"),
        (("--victim", "Jonas Reed", "--no-victim"), "contradict each other"),
        (("--when-words", "13 March 2023"), "go with --when"),
        (("--where", "Springfield"), "Several places are called 'Springfield'"),
    ],
)
def test_what_cannot_be_meant_says_why(run: Run, arguments: tuple[str, ...], problem: str) -> None:
    done = run("correct", run.act("arrest"), *arguments, *WHY)
    assert done.status == 2
    assert problem in done.err
    assert "Traceback" not in done.err


def test_a_place_is_chosen_by_its_number(run: Run) -> None:
    act = run.act("arrest")
    told = run("correct", act, "--where", "Springfield", *WHY).err
    number = told.split("Springfield': ")[1].split()[0]
    assert run("correct", act, "--where", "Springfield", "--place", number, *WHY).status == 0
    [where] = json.loads(run("show", act, "--json").out)["where"]
    assert where["geonameid"] == int(number)


def test_a_reason_must_say_something(run: Run) -> None:
    act = run.act("arrest")
    assert run("correct", act, "--kind", "search", "--why", " ").status == 2
    assert run("correct", act, "--kind", "search").status == 2
    assert run("note", act, "--words", " ").status == 2
    assert run("undo", "rul_nothing", *WHY).status == 2
