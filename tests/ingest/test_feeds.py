from pathlib import Path

import pytest

from ingest.builders import RUSSIAN, SENTENCE, captures, read_all, refusals, role_texts, texts
from khronika.ingest.captures import Refusal
from khronika.model.reports import Known, PassageRole

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Velmora Watch</title><link>https://velmora.example/</link>
<lastBuildDate>Fri, 05 Mar 2021 10:00:00 +0000</lastBuildDate>
<item><title>Office&nbsp;searched</title><link>https://velmora.example/1</link>
<pubDate>Thu, 04 Mar 2021 23:30:00 +0200</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>{SENTENCE}</p><ul><li>Tenn</li></ul>]]></content:encoded></item>
<item><title>Second</title><guid>https://velmora.example/2</guid>
<description>&lt;p&gt;Other &amp;amp; more text.&lt;/p&gt;</description></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Velmora Watch</title>
<entry><title type="html">Office &lt;b&gt;searched&lt;/b&gt;</title>
<link rel="self" href="https://velmora.example/self"/><link href="https://velmora.example/1"/>
<published>2021-03-04T23:30:00+02:00</published><updated>2022-01-01T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{SENTENCE}</p></div></content>
</entry><entry><title>Second</title><updated>2022-01-01T00:00:00Z</updated>
<summary>Other text.</summary></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_each_entry_is_a_report_with_its_origin(feed: str, tmp_path: Path) -> None:
    (tmp_path / "news.xml").write_text(feed)
    first, second = texts(tmp_path)
    assert first.origin.name == "news.xml#1"
    assert SENTENCE in first.text
    assert role_texts(first, PassageRole.HEADLINE)[0].replace("\xa0", " ") == "Office searched"
    basis = "entry of the feed"
    assert first.origin.url == Known(value="https://velmora.example/1", basis=basis)
    assert first.origin.published == Known(value="2021-03-04", basis=basis)
    assert first.origin.publisher == Known(value="Velmora Watch", basis="title of the feed")
    assert second.text.startswith("Second\n\nOther ")
    assert second.origin.published == Known()  # when it was changed is not when it was published


def test_an_entry_is_the_same_bytes_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ATOM)
    (tmp_path / "b.xml").write_text(ATOM.replace("Velmora Watch</title>", "Other</title>", 1))
    found = captures(tmp_path)
    assert [c.data for c in found[:2]] == [c.data for c in found[2:]]


def test_a_feed_in_another_encoding(tmp_path: Path) -> None:
    feed = RSS.replace("utf-8", "windows-1251").replace(SENTENCE, RUSSIAN)
    (tmp_path / "a.xml").write_text(feed, encoding="cp1251")
    assert RUSSIAN in texts(tmp_path)[0].text


def test_a_feed_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<rss><channel><title>Velmora</title></channel></rss>")
    assert "no entries" in refusals(tmp_path)[0].problem


def test_a_broken_feed_gives_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS[: RSS.index("<item><title>Second")])
    assert SENTENCE in texts(tmp_path)[0].text


def test_a_feed_that_multiplies_itself(tmp_path: Path) -> None:
    lolz = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    feed = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{lolz}]>'
        f"<rss><channel><item><title>&e11;</title><description>{SENTENCE}</description></item>"
        "</channel></rss>"
    )
    (tmp_path / "a.xml").write_text(feed)
    for found in read_all(tmp_path):
        assert isinstance(found, Refusal) or len(found.text) < 500
