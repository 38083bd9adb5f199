import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.builders import SENTENCE, a_pdf, a_zip, captures, refusals, texts
from khronika.ingest.sniff import HTML, PDF
from khronika.model.reports import Known

PAGE = f"<html><head><title>T</title></head><body><p>{SENTENCE}</p></body></html>".encode()


def a_warc(*pages: tuple[str, str, bytes, str], packed: bool = True) -> bytes:
    """Records of (status, content type, body, content encoding)."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    for number, (status, kind, body, coding) in enumerate(pages):
        headers = [("Content-Type", kind), ("Last-Modified", "Thu, 04 Mar 2021 00:00:00 GMT")]
        headers += [("Content-Encoding", coding)] if coding else []
        record = writer.create_warc_record(
            f"https://velmora.example/{number}",
            "response",
            payload=io.BytesIO(body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        )
        writer.write_record(record)
        record.raw_stream.close()
    return target.getvalue()


PAGES = (
    ("200 OK", "text/html; charset=utf-8", PAGE, ""),
    ("404 Not Found", "text/html", PAGE, ""),
    ("200 OK", "image/png", b"\x89PNG\r\n", ""),
    ("200 OK", "text/css", b"p {color: red}", ""),
    ("200 OK", "application/pdf", a_pdf([["Statement of the editor"]]), ""),
    ("200 OK", "text/html", gzip.compress(PAGE, mtime=0), "gzip"),
    ("200 OK", "text/html", b"", ""),
)


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_is_a_report(packed: bool, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(a_warc(*PAGES, packed=packed))
    found = captures(tmp_path)
    assert [(c.name, c.media_type) for c in found] == [
        ("a.bin#1", HTML),
        ("a.bin#2", PDF),
        ("a.bin#3", HTML),
    ]
    assert found[0].data == PAGE == found[2].data
    basis = "record of the web archive"
    assert found[0].origin.url == Known(value="https://velmora.example/0", basis=basis)


def test_the_texts_of_the_pages(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(a_warc(*PAGES))
    found = texts(tmp_path)
    assert [e.text for e in found] == [SENTENCE, "Statement of the editor", SENTENCE]
    assert {e.origin.published for e in found} == {Known()}  # a server's date is no day of a report


def test_a_packed_web_archive(tmp_path: Path) -> None:
    members = {
        "datapackage.json": b"{}",
        "archive/data.warc.gz": a_warc(PAGES[0]),
        "pages/pages.jsonl": b"{}",
        "indexes/index.cdx": b"x",
    }
    (tmp_path / "a.wacz").write_bytes(a_zip(members))
    found = texts(tmp_path)
    assert [(e.origin.name, e.text) for e in found] == [("a.wacz/archive/data.warc.gz#1", SENTENCE)]


def test_an_archive_without_pages(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(a_warc(PAGES[1], packed=False))
    assert "no page" in refusals(tmp_path)[0].problem


def test_an_archive_that_breaks_off(tmp_path: Path) -> None:
    whole = a_warc(PAGES[0], PAGES[4], packed=False)
    (tmp_path / "a.warc").write_bytes(whole[: whole.index(b"%PDF") + 30])
    refusals(tmp_path)


def test_leaving_an_archive_early_leaves_no_process(tmp_path: Path) -> None:
    from khronika.ingest.sources import read_sources

    (tmp_path / "a.warc").write_bytes(a_warc(*PAGES))
    found = read_sources([tmp_path])
    next(found)
    found.close()  # type: ignore[attr-defined]  # a generator; warnings of open pipes would fail
