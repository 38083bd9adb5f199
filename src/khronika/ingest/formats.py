"""From one report's bytes to its text: which parser reads which media type."""

import json
from collections.abc import Callable
from dataclasses import replace

from khronika.ingest import sniff
from khronika.ingest.captures import RefusedError
from khronika.ingest.decode import decode
from khronika.ingest.layout import Parsed
from khronika.ingest.sniff import FRAGMENT, PAGES
from khronika.model.reports import LIST


def parse(data: bytes, media_type: str, declared: str = "") -> Parsed:
    """Read one report.

    Args:
        data: its bytes.
        media_type: what `sniff` found it to be.
        declared: the encoding its container named.

    Raises:
        RefusedError: the bytes are broken, encrypted or of a kind that is not read.
    """
    if media_type not in PARSERS:
        raise RefusedError(
            f"nothing here reads {media_type}.", remedy="convert it to text, HTML, PDF or docx."
        )
    return PARSERS[media_type](data, declared)


def plain(data: bytes, declared: str = "") -> Parsed:
    """Plain text: decoded, not altered."""
    decoded = decode(data, declared)
    return Parsed(text=decoded.text, encoding=decoded.encoding, flags=decoded.flags)


def _markdown(data: bytes, declared: str) -> Parsed:
    from khronika.ingest.markdown import read_markdown

    decoded = decode(data, declared)
    parsed = read_markdown(decoded.text)
    return replace(parsed, encoding=decoded.encoding, flags=decoded.flags + parsed.flags)


def _html(data: bytes, declared: str) -> Parsed:
    from khronika.ingest.page import declared_charset, read_page

    decoded = decode(data, declared or declared_charset(data))
    parsed = read_page(decoded.text)
    return replace(parsed, encoding=decoded.encoding, flags=decoded.flags + parsed.flags)


def _xml(data: bytes, declared: str) -> Parsed:
    parsed = _html(data, declared)
    return replace(parsed, flags=(*parsed.flags, "XML of no known kind, read as a page"))


def _row(data: bytes, _declared: str) -> Parsed:
    """A table's row, kept as JSON: `{"columns": {name: cell}, "text_column": name}`."""
    row = json.loads(data)
    column = row["text_column"]
    text = row["columns"][column]
    start = text[:2048].lstrip()
    if PAGES.match(start) or (FRAGMENT.match(start) and "</" in text):
        from khronika.ingest.page import read_page

        return replace(read_page(text), encoding="utf-8")
    clean = decode(text.encode("utf-8", errors="replace"))
    return Parsed(text=clean.text, encoding="utf-8", flags=clean.flags)


def _list(data: bytes, _declared: str) -> Parsed:
    from khronika.ingest.lists import read_list

    return read_list(data)


def _pdf(data: bytes, _declared: str) -> Parsed:
    from khronika.ingest.pdf import read_pdf

    return read_pdf(data)


def _docx(data: bytes, _declared: str) -> Parsed:
    from khronika.ingest.docx import read_docx

    return read_docx(data)


def _odt(data: bytes, _declared: str) -> Parsed:
    from khronika.ingest.odt import read_odt

    return read_odt(data)


def _mail(data: bytes, _declared: str) -> Parsed:
    from khronika.ingest.mail import read_mail

    return read_mail(data)


def _feed_entry(data: bytes, _declared: str) -> Parsed:
    from khronika.ingest.feeds import read_entry

    return read_entry(data)


def _record(data: bytes, _declared: str) -> Parsed:
    from khronika.ingest.webarchive import read_record

    return read_record(data)


PARSERS: dict[str, Callable[[bytes, str], Parsed]] = {
    sniff.TEXT: plain,
    sniff.MARKDOWN: _markdown,
    sniff.HTML: _html,
    sniff.XML: _xml,
    sniff.ROW: _row,
    sniff.PDF: _pdf,
    sniff.DOCX: _docx,
    sniff.ODT: _odt,
    sniff.MAIL: _mail,
    sniff.FEED_ENTRY: _feed_entry,
    sniff.WARC: _record,
    LIST: _list,
}
