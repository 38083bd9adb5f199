"""Web archives (WARC, ISO 28500): each page that was kept is a report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from khronika.ingest import sniff
from khronika.ingest.captures import MEGABYTE, Facts, RefusedError, facts_on
from khronika.ingest.layout import Parsed

BASIS = "record of the web archive"
KINDS = WarcRecordType.response | WarcRecordType.resource
OK = 200
MOST_UNPACKED = 64 * MEGABYTE  # of one response that came compressed
# What servers call the kinds that are reports; scripts, styles, pictures and data are none.
REPORTS = (
    "text/html", "application/xhtml", "application/pdf", "text/plain", "text/markdown",
    "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml",
    "application/vnd.oasis.opendocument.text", "application/octet-stream",
)  # fmt: skip
KEPT = frozenset({sniff.HTML, sniff.PDF, sniff.DOCX, sniff.ODT, sniff.TEXT, sniff.MARKDOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One kept page: its body as the server meant it, and what the record says."""

    data: bytes = field(repr=False)
    media_type: str
    declared: str
    facts: Facts


def pages(stream: BinaryIO, most: int, tick: Callable[[], None]) -> Iterator[Page]:
    """Every report in an archive; `tick` is called at each record, kept or passed over."""
    records = ArchiveIterator(
        stream,
        record_types=KINDS,
        parse_http=True,
        auto_decode="all",
        max_content_length=most,
        quirks_mode=True,
        fsspec_args=False,
    )
    try:
        for record in records:
            tick()
            page = _page(record, most)
            if page is not None:
                yield page
    except (OSError, ValueError, EOFError):
        raise RefusedError(
            "the web archive is broken.", remedy="fetch it again; what was read of it is kept."
        ) from None


def _page(record: Any, most: int) -> Page | None:
    if record.is_http and record.http_headers is not None:
        if record.http_headers.status_code != OK:
            return None
        said = str(record.http_content_type or "").lower()
    else:
        said = str(record.headers.get("Content-Type", "")).split(";")[0].strip().lower()
    if said and not said.startswith(REPORTS):
        return None
    data = record.reader.read(most + 1)
    media_type = _kind(data, said, most)
    if media_type not in KEPT:
        return None
    return Page(
        data=data,
        media_type=media_type,
        declared=str(record.http_charset or "") if record.is_http else "",
        facts=facts_on(BASIS, url=str(record.headers.get("WARC-Target-URI", "")).strip("<>")),
    )


def _kind(data: bytes, said: str, most: int) -> str:
    if not data or len(data) > most:
        return ""
    try:
        found = sniff.sniff(data[: sniff.HEAD], "page.html" if "html" in said else "page")
    except RefusedError:
        return ""
    return _packed_kind(data) if found == sniff.ZIP else found


def _packed_kind(data: bytes) -> str:
    import zipfile

    from khronika.ingest.archive import zip_kind

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return zip_kind(archive, "the file")
    except (zipfile.BadZipFile, ValueError, OSError, RefusedError):
        return ""


def read_record(data: bytes) -> Parsed:
    """The report in one kept response, as `fetch` keeps what an address answered.

    Raises:
        RefusedError: it holds none.
    """
    from khronika.ingest.formats import parse

    for page in pages(BytesIO(data), MOST_UNPACKED, _nothing):
        parsed = parse(page.data, page.media_type, page.declared)
        return replace(parsed, facts=_joined(page.facts, parsed.facts))
    raise RefusedError(
        "the address gave no page or document that is read here.",
        remedy="open it in a browser, save the page and add the file.",
    )


def _nothing() -> None:
    return None


def _joined(record: Facts, page: Facts) -> Facts:
    """What the page says of itself, and the address that the record knows for certain."""
    return replace(page, url=record.url or page.url)
