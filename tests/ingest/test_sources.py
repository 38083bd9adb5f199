import io
import os
from pathlib import Path

import pytest

from ingest.builders import SENTENCE, captures, read_all, refusals
from khronika.ingest.captures import GIVEN, Capture, Given, Limits, Refusal
from khronika.ingest.sources import read_sources
from khronika.model.reports import Extracted, Known


def test_a_folder_is_read_by_name_and_below(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden", "Thumbs.db"):
        (tmp_path / name).write_text(f"{name}: {SENTENCE}")
    assert [c.name for c in captures(tmp_path)] == ["a.txt", "b.txt", "c.txt"]


def test_a_file_has_one_name_however_it_is_come_upon(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "c.txt"
    file.write_text(SENTENCE)
    assert captures(tmp_path) == captures(file) == captures(tmp_path / "s*" / "*.txt")


def test_nothing_is_read_ahead(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(SENTENCE + name)
    found = read_sources([tmp_path])
    next(found)
    (tmp_path / "b.txt").write_text("changed meanwhile")
    second = next(found)
    assert isinstance(second, Capture)
    assert second.data == b"changed meanwhile"


def test_a_record_inside_a_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "khronika-record" / "kept").mkdir(parents=True)
    (tmp_path / "khronika-record" / "record.db").write_text("database")
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert [c.name for c in captures(tmp_path)] == ["a.txt"]


def test_standard_input() -> None:
    found = list(read_sources(["-"], stdin=io.BytesIO(SENTENCE.encode())))
    assert [c.data for c in found if isinstance(c, Capture)] == [SENTENCE.encode()]


def test_standard_input_over_the_limit() -> None:
    limits = Limits(container_bytes=10)
    (refusal,) = read_sources(["-"], None, limits, stdin=io.BytesIO(SENTENCE.encode()))
    assert isinstance(refusal, Refusal)
    assert "limit" in refusal.problem


def test_what_was_given_is_known_on_that_basis(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    given = Given(publisher="Velmora Watch", published="2021-03-04", place="Velmora")
    origin = captures(tmp_path, given=given)[0].origin
    assert origin.publisher == Known(value="Velmora Watch", basis=GIVEN)
    assert origin.published == Known(value="2021-03-04", basis=GIVEN)
    assert origin.url == Known()


def test_the_time_of_a_file_is_no_date(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    os.utime(tmp_path / "a.txt", (0, 86_400))
    assert captures(tmp_path)[0].origin.published == Known()


def test_the_rest_goes_on_after_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "c.txt").write_text(SENTENCE)
    found = list(read_all(tmp_path))
    assert [type(one) for one in found] == [Refusal, Refusal, Extracted]
    empty, binary = found[:2]
    assert isinstance(empty, Refusal)
    assert isinstance(binary, Refusal)
    assert (empty.name, empty.problem) == ("a.txt", "a.txt is empty.")
    assert "binary" in binary.problem
    assert binary.remedy


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"SQLite format 3\x00", "database"),
    ],
)
def test_known_kinds_that_are_not_read_are_named(start: bytes, word: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(start + b"\x00" * 100)
    (refusal,) = refusals(tmp_path)
    assert word in refusal.problem
    assert refusal.remedy


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 2000)
    (refusal,) = refusals(tmp_path, limits=Limits(report_bytes=1000))
    assert "limit" in refusal.problem


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert "no file" in refusals(tmp_path / "none.txt")[0].problem
    assert "no file" in refusals(tmp_path / "*.doc")[0].problem


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "leads to no file" in refusals(tmp_path)[0].problem


def test_folders_that_link_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(captures(tmp_path)) == 1


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "device or pipe" in refusals(tmp_path)[0].problem


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "a.txt").chmod(0)
    assert "may not be read" in refusals(tmp_path)[0].problem


def test_an_address_without_leave_to_fetch() -> None:
    assert "not fetched" in refusals("https://velmora.example/")[0].problem
