import pytest

from ingest.builders import RUSSIAN, SENTENCE
from khronika.ingest import sniff

FEED = "<?xml version='1.0'?><rss version='2.0'><channel>"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (SENTENCE, "a", sniff.TEXT),
        (SENTENCE, "a.md", sniff.MARKDOWN),
        ("---\ntitle: x\n---\n" + SENTENCE, "a.txt", sniff.MARKDOWN),
        ("---\n" + SENTENCE, "a.txt", sniff.TEXT),
        ("<!DOCTYPE HTML><html>", "a.txt", sniff.HTML),
        ("<?xml version='1.0'?><html xmlns='x'>", "a", sniff.HTML),
        (f"<p>{SENTENCE}</p>", "a", sniff.HTML),
        (f"<p>{SENTENCE}</p>", "a.md", sniff.MARKDOWN),
        (f"<a id='x'></a>\n## {SENTENCE}", "a.md", sniff.MARKDOWN),
        (f"<3 {SENTENCE}", "a", sniff.TEXT),
        (SENTENCE, "a.html", sniff.HTML),
        (FEED, "a.txt", sniff.FEED),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "a", sniff.FEED),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "a", sniff.FEED),
        ("<?xml version='1.0'?><TEI>", "a.xml", sniff.XML),
        ("Received: by x\r\nSubject: y\r\n\r\nz", "a.txt", sniff.MAIL),
        ("To: the President\nFrom: the editors\n\nWe call on you", "a.txt", sniff.TEXT),
        ("Subject: y\n\nz", "a.eml", sniff.MAIL),
        ("From a@b.example Thu Mar  4 23:30:00 2021\nSubject: x\n\ny", "a", sniff.MBOX),
        ("From Velmora we hear at 10:30\nthat", "a", sniff.TEXT),
        ("title,text\na,b", "a.txt", sniff.CSV),
        ("a,b\n1,2", "a.csv", sniff.CSV),
        ('{"text": "x"}\n', "a.json", sniff.JSON_LINES),
        ('[\n {"text": "x"}]', "a.json", sniff.JSON_LINES),
        ("{curly} words", "a", sniff.TEXT),
        ("[1] A note", "a", sniff.TEXT),
        ("%PDF-1.7", "a.txt", sniff.PDF),
        ("WARC/1.0\r\n", "a", sniff.WARC),
        ("PK\x03\x04", "a", sniff.ZIP),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_kinds_are_told_by_content_first(text: str, name: str, kind: str, encoding: str) -> None:
    if encoding == "utf-8-sig" and kind in {sniff.WARC, sniff.ZIP}:
        pytest.skip("no text, so no mark")
    assert sniff.sniff(text.encode(encoding), name) == kind


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_encoding_is_text(encoding: str) -> None:
    assert sniff.sniff((RUSSIAN * 200).encode(encoding)[: sniff.HEAD], "a") == sniff.TEXT


def test_a_sample_may_end_within_a_character() -> None:
    for length in range(100, 110):
        assert sniff.sniff(RUSSIAN.encode()[:length], "a") == sniff.TEXT
