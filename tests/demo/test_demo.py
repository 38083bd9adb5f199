"""The bundled reports and the demonstration made of them."""

import contextlib
import io
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from khronika import Record
from khronika.cli.main import main
from khronika.coding import coder_for

REPORTS = files("khronika").joinpath("demo", "reports")
NOT_CODED = "Not coded: "  # stands where an extra is missing
SECTIONS = (
    " incidents; the others: khronika timeline",
    "Cannot both hold",
    "What one line stands on: ",
    NOT_CODED,
    "Next:",
)


@dataclass(frozen=True)
class Built:
    """What building the demonstration twice printed, and where it is."""

    folder: Path
    first: str
    second: str


def run(*words: str) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit) as stopped:
        main(words)
    return int(stopped.value.code or 0), out.getvalue()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "100")
        patch.chdir(folder)
        first, second = run("demo"), run("demo")
    assert (first[0], second[0]) == (0, 0)
    return Built(folder / "khronika-demo", first[1], second[1])


def test_the_reports_are_many_and_of_several_formats() -> None:
    names = [each.name for each in REPORTS.iterdir()]
    assert len(names) >= 26
    assert {name.rpartition(".")[2] for name in names} == {"txt", "md", "html", "eml", "csv"}


def test_every_report_is_read_and_those_that_no_coder_reads_are_said_to_be_uncoded(
    built: Built,
) -> None:
    with Record.open(built.folder) as record:
        reports = record.reports()
    languages = [report.language for report in reports]
    assert languages.count("ru") >= 3
    assert languages.count("uk") >= 2
    assert set(languages) == {"en", "ru", "uk"}
    for report in reports:
        assert report.coded == (coder_for(report.language) is not None)
        assert report.coded or report.name in built.first


def test_one_report_has_no_date_and_one_is_a_copy(built: Built) -> None:
    with Record.open(built.folder) as record:
        reports = {report.name: report for report in record.reports()}
    assert reports["azerbaijan-02-residence-page.html"].published == ""
    copy = reports["belarus-03-wire-on-a-news-site.html"]
    assert copy.copy_of == reports["belarus-02-wire.txt"].id


def test_the_demonstration_has_its_sections_in_order(built: Built) -> None:
    read = all(coder_for(language) is not None for language in ("en", "ru", "uk"))
    sections = [each for each in SECTIONS if not (read and each == NOT_CODED)]
    assert (NOT_CODED in built.first) is not read
    places = [built.first.find(section) for section in sections]
    assert -1 not in places
    assert places == sorted(places)


def test_the_demonstration_fits_its_screen(built: Built) -> None:
    lines = built.first.splitlines()
    assert max(map(len, lines)) <= 100
    assert len(lines) <= 120


def test_the_demonstration_again_adds_nothing_and_says_the_same(built: Built) -> None:
    again = built.second.splitlines()
    assert again[0].startswith("0 reports read in ")
    assert again[1:] == built.first.splitlines()[1:]


def test_what_it_says_to_try_next_works(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHRONIKA_RECORD", str(built.folder))
    monkeypatch.chdir(tmp_path)
    _, _, named = built.first.partition("Next:\n")
    commands = re.findall(r"^  khronika ([^#\n]+)", named, re.MULTILINE)
    assert len(commands) == 6
    assert commands[0].strip() == "serve"  # which goes on until it is stopped: tests/cli tests it
    for command in commands[1:]:
        words = [word.strip("'") for word in re.findall(r"'[^']*'|\S+", command)]
        status, out = run(*words)
        assert status == 0, command
        assert out, command


def test_no_contact_data_leaves_the_record_unasked(built: Built, tmp_path: Path) -> None:
    status, _ = run("--record", str(built.folder), "export", str(tmp_path / "out"))
    assert status == 0
    written = "".join(
        path.read_text("utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert not re.search(r"\S@\S+\.example|7946 0\d\d\d|555 01\d\d|23125 \d", written)
