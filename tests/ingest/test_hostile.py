"""Whatever a file holds, it is read or refused, and the next one is read."""

import random
from collections.abc import Iterator

import pytest

from ingest.builders import SENTENCE, a_capture, a_pdf, a_zip, an_odt
from khronika.ingest import sniff
from khronika.ingest.captures import Limits, Refusal
from khronika.ingest.extract import Extractor
from khronika.model.reports import Extracted

PAGE = f"<html><body><p>{SENTENCE}</p></body></html>".encode()
WARC = (
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://velmora.example/\r\n"
    b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(PAGE), PAGE)
)
SAMPLES = {
    sniff.TEXT: SENTENCE.encode(),
    sniff.HTML: PAGE,
    sniff.MARKDOWN: f"---\ntitle: x\n---\n# T\n\n{SENTENCE} [a](b)\n".encode(),
    sniff.PDF: a_pdf([[SENTENCE], ["more"]]),
    sniff.DOCX: a_zip({"word/document.xml": f"<d><p><t>{SENTENCE}</t></p></d>".encode()}),
    sniff.ODT: an_odt(f"<text:p>{SENTENCE}</text:p>"),
    sniff.MAIL: f"Message-ID: <1>\nSubject: x\n\n{SENTENCE}".encode(),
    sniff.FEED_ENTRY: f"<item><description>{SENTENCE}</description></item>".encode(),
    sniff.ROW: b'{"columns":{"text":"%s"},"text_column":"text"}' % SENTENCE.encode(),
    sniff.WARC: WARC,
}


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(Limits(wall_seconds=10)) as made:
        yield made


@pytest.mark.parametrize("media_type", SAMPLES)
def test_a_sample_is_read(media_type: str, extractor: Extractor) -> None:
    found = extractor.extract(a_capture(SAMPLES[media_type], media_type))
    assert isinstance(found, Extracted), found
    assert SENTENCE in found.text
    for hint in found.hints:
        assert 0 <= hint.span.start < hint.span.end <= len(found.text)


@pytest.mark.parametrize("media_type", SAMPLES)
def test_damaged_files_are_read_or_refused(media_type: str, extractor: Extractor) -> None:
    chance = random.Random(media_type)
    for _ in range(25):
        data = bytearray(SAMPLES[media_type])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        data = data[: chance.randint(1, len(data))] if chance.random() < 0.3 else data
        found = extractor.extract(a_capture(bytes(data), media_type))
        if isinstance(found, Refusal):
            assert found.remedy
        else:
            found.text.encode("utf-8")


@pytest.mark.parametrize("media_type", SAMPLES)
def test_files_that_are_not_what_they_say(media_type: str, extractor: Extractor) -> None:
    for data in SAMPLES.values():
        extractor.extract(a_capture(data, media_type))
    after = extractor.extract(a_capture(PAGE, sniff.HTML))
    assert isinstance(after, Extracted)


@pytest.mark.parametrize("media_type", [sniff.TEXT, sniff.HTML, sniff.MARKDOWN, sniff.MAIL])
@pytest.mark.parametrize(
    "piece", ["a", "a ", "&", "<", "> ", "<p>", "=?", "\t", "|", "<table><tr>"]
)
def test_a_megabyte_on_one_line(media_type: str, piece: str, extractor: Extractor) -> None:
    data = (piece * (1_000_000 // len(piece))).encode()
    found = extractor.extract(a_capture(data, media_type))
    assert isinstance(found, Extracted | Refusal)


def test_errors_never_quote_a_report(extractor: Extractor) -> None:
    secret = b'{"columns": {"name": "Orsolo Tenn"}, "text_column": "text"}'
    found = extractor.extract(a_capture(secret, sniff.ROW))
    assert isinstance(found, Refusal)
    assert "Tenn" not in repr(found)
    assert SENTENCE not in repr(a_capture(PAGE, sniff.HTML))
