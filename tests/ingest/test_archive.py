import io
import struct
import zipfile
from pathlib import Path

import pytest

from ingest.builders import SENTENCE, a_zip, captures, read_all, refusals
from khronika.ingest.captures import MEGABYTE, Limits, Refusal
from khronika.model.reports import Extracted


def write(folder: Path, data: bytes) -> Path:
    (folder / "reports.zip").write_bytes(data)
    return folder / "reports.zip"


def test_each_file_of_an_archive_is_a_report(tmp_path: Path) -> None:
    inner = a_zip({"c.txt": b"third report"})
    members = {
        "b.txt": b"second report",
        "2020/a.txt": b"first report",
        "in.zip": inner,
        "__MACOSX/b.txt": b"x",
        ".DS_Store": b"x",
    }
    found = captures(write(tmp_path, a_zip(members)))
    assert [(c.name, c.data) for c in found] == [
        ("reports.zip/2020/a.txt", b"first report"),
        ("reports.zip/b.txt", b"second report"),
        ("reports.zip/in.zip/c.txt", b"third report"),
    ]


def test_containers_within_an_archive(tmp_path: Path) -> None:
    line = b"From a@velmora.example Thu Mar  4 23:30:00 2021\nMessage-ID: <1>\n\n"
    members = {
        "a.csv": f"text,url\n{SENTENCE},\n".encode(),
        "b.mbox": line + SENTENCE.encode() + b"\n\n" + line + SENTENCE.encode(),
        "c.xml": f"<rss><channel><item><title>{SENTENCE}</title></item></channel></rss>".encode(),
        "d.jsonl": b'{"text": "%s"}\n' % SENTENCE.encode(),
        "e.csv": b"a,b\n1,2\n",
    }
    found = list(read_all(write(tmp_path, a_zip(members))))
    assert [one.origin.name for one in found if isinstance(one, Extracted)] == [
        "reports.zip/a.csv#1",
        "reports.zip/b.mbox#1",
        "reports.zip/b.mbox#2",
        "reports.zip/c.xml#1",
        "reports.zip/d.jsonl#1",
    ]
    assert {one.text for one in found if isinstance(one, Extracted)} == {SENTENCE}
    assert [one.name for one in found if isinstance(one, Refusal)] == ["reports.zip/e.csv"]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    data = a_zip({"a.txt": b"", "b.txt": SENTENCE.encode(), "../c.txt": b"out", "/d.txt": b"out"})
    path = write(tmp_path, data)
    assert len(refusals(path)) == 3
    assert sum("leads out" in r.problem for r in refusals(path)) == 2


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 cut off", a_zip({"a.txt": b"some words"})[:-30], b"PK\x05\x06"],
)
def test_a_broken_archive(data: bytes, tmp_path: Path) -> None:
    assert "broken zip" in refusals(write(tmp_path, data))[0].problem


def test_an_archive_of_nothing(tmp_path: Path) -> None:
    assert "no files" in refusals(write(tmp_path, a_zip({})))[0].problem


def test_a_bomb_by_its_ratio(tmp_path: Path) -> None:
    path = write(tmp_path, a_zip({"a.txt": b"a" * (11 * MEGABYTE)}))
    assert "bomb" in refusals(path)[0].problem


def test_a_bomb_by_its_size(tmp_path: Path) -> None:
    path = write(tmp_path, a_zip({"a.txt": b"one two three " * 10}))
    assert "bomb" in refusals(path, limits=Limits(unpacked_bytes=100))[0].problem


def test_a_bomb_by_its_number_of_files(tmp_path: Path) -> None:
    path = write(tmp_path, a_zip({f"{n}.txt": b"x" for n in range(50)}))
    assert "lists more than 20" in refusals(path, limits=Limits(members=20))[0].problem


def test_a_bomb_that_nests(tmp_path: Path) -> None:
    data = b"deep inside"
    for _ in range(6):
        data = a_zip({"in.zip" if data.startswith(b"PK") else "a.txt": data})
    (refusal,) = refusals(write(tmp_path, data))
    assert "archive within 3 archives" in refusal.problem


def test_files_that_share_their_bytes(tmp_path: Path) -> None:
    data = bytearray(a_zip({"a.txt": b"first report", "b.txt": b"second report"}))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    struct.pack_into("<I", data, second + 42, 4)  # the second is said to begin within the first
    (refusal,) = refusals(write(tmp_path, bytes(data)))
    assert "overlap" in refusal.problem


def test_an_encrypted_file(tmp_path: Path) -> None:
    data = bytearray(a_zip({"a.txt": b"first report"}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refusals(write(tmp_path, bytes(data)))[0].problem


def test_damaged_content_is_found(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", "first report")
    data = target.getvalue().replace(b"first report", b"wrong report")
    assert "cannot be unpacked" in refusals(write(tmp_path, data))[0].problem


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("EncryptedPackage", "encrypted"),
    ],
)
def test_other_kinds_that_are_zips_inside(member: str, what: str, tmp_path: Path) -> None:
    assert what in refusals(write(tmp_path, a_zip({member: b"<x/>"})))[0].problem
