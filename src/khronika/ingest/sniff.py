"""What some bytes are: told by their content first, by their name second."""

import re
import zlib

from khronika.ingest.captures import RefusedError
from khronika.ingest.decode import decode

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
XML = "application/xml"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
MAIL = "message/rfc822"
MBOX = "application/mbox"
FEED = "application/feed+xml"  # RSS and Atom alike
FEED_ENTRY = "application/vnd.khronika.entry+xml"
WARC = "application/warc"
WACZ = "application/wacz"
ZIP = "application/zip"
CSV = "text/csv"
JSON_LINES = "application/jsonl"
ROW = "application/vnd.khronika.row+json"

CONTAINERS = frozenset({MBOX, FEED, WARC, WACZ, ZIP, CSV, JSON_LINES})
HEAD = 16_384  # bytes that a kind is told by

SAVE_AS_TEXT = "save it as plain text, docx or odt and add that."
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file",
     "open it, remove the password if it has one, and save it as docx or odt."),
    (b"{\\rtf", "a rich-text (RTF) file", SAVE_AS_TEXT),
    (b"\x89PNG", "a picture", "add its text; pictures are not read."),
    (b"\xff\xd8\xff", "a picture", "add its text; pictures are not read."),
    (b"GIF8", "a picture", "add its text; pictures are not read."),
    (b"II*\x00", "a picture", "add its text; pictures are not read."),
    (b"MM\x00*", "a picture", "add its text; pictures are not read."),
    (b"Rar!", "a RAR archive", "unpack it and add the folder."),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and add the folder."),
    (b"\xfd7zXZ", "an xz archive", "unpack it and add the folder."),
    (b"BZh", "a bzip2 archive", "unpack it and add the folder."),
    (b"(\xb5/\xfd", "a zstandard archive", "unpack it and add the folder."),
    (b"%!PS", "a PostScript file", "convert it to PDF and add that."),
    (b"SQLite format 3", "a database", "export the reports as CSV and add that."),
)  # fmt: skip
GZIP = b"\x1f\x8b"
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b\x1a")


def sniff(head: bytes, name: str) -> str:
    """The media type of what begins with `head`; a zip is told apart by `zip_kind`.

    Raises:
        RefusedError: the file is empty or of a kind that is not read.
    """
    if not head:
        raise RefusedError(f"{name} is empty.", remedy="check the file; add it when it has text.")
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return ZIP
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(GZIP):
        return _gzip_kind(head, name)
    if head.startswith(b"WARC/1."):
        return WARC
    for signature, what, remedy in SIGNATURES:
        if head.startswith(signature):
            raise RefusedError(f"{name} is {what}.", remedy=remedy)
    if head[257:262] == b"ustar":
        raise RefusedError(f"{name} is a tar archive.", remedy="unpack it and add the folder.")
    return _text_kind(head[:HEAD], name)


def _gzip_kind(head: bytes, name: str) -> str:
    try:
        start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
    except zlib.error:
        start = b""
    if start.startswith(b"WARC/1."):
        return WARC
    raise RefusedError(
        f"{name} is a gzip archive of something other than web pages.",
        remedy="unpack it and add the folder.",
    )


def _text_kind(head: bytes, name: str) -> str:
    # A sample may end within a character, which must not look like a broken one.
    text = decode(head).text
    if _is_binary(text):
        raise RefusedError(
            f"{name} is a binary file, not a text.",
            remedy="add a text, page or document made from it; see the list of formats.",
        )
    return _by_content(text.lstrip("\ufeff \t\r\n"), name.lower()) or _by_name(name.lower())


def _is_binary(text: str) -> bool:
    odd = sum(ord(c) in CONTROLS or c == "\ufffd" for c in text)
    return odd * 10 > len(text)


FEEDS = re.compile(r"<(?:rss|feed|rdf:rdf|channel)[\s>]", re.I)
PAGES = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
FRAGMENT = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|table|article|section|main|figure|blockquote|span|img|header|a)"
    r"(?:\s[^<>]{0,2000})?>",
    re.I,
)
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[\w-]{1,60}[ \t]*:|#|\r?\n)")
MAIL_HEADERS = re.compile(
    r"^(?:received|return-path|message-id|mime-version|delivered-to|dkim-signature)[ \t]*:",
    re.I | re.M,
)
HEADER_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]")
MBOX_LINE = re.compile(r"From \S{1,200} [^\r\n]{0,100}\d\d:\d\d[^\r\n]{0,60}\r?\n[A-Za-z-]{1,60}:")
COLUMNS = {"text", "title", "url", "published", "publisher"}


def _by_content(text: str, name: str) -> str:
    start = text[:2048]
    if MBOX_LINE.match(text):
        return MBOX
    if HEADER_LINE.match(text) and MAIL_HEADERS.search(_header_block(text)):
        return MAIL
    if start.startswith("<"):
        return _markup_kind(start, name)
    if FRONT_MATTER.match(start):
        return MARKDOWN
    return _table_kind(start)


def _header_block(text: str) -> str:
    return re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]


def _markup_kind(start: str, name: str) -> str:
    page, feed = PAGES.search(start), FEEDS.search(start)
    if feed and (not page or feed.start() < page.start()) and not name.endswith((".md", ".htm")):
        return FEED
    if page:
        return HTML
    if start.startswith("<?xml"):
        return XML
    # Markdown may begin with a tag too, so for fragments the name is heard first.
    return "" if name.endswith(MARKDOWN_NAMES) or not FRAGMENT.match(start) else HTML


def _table_kind(start: str) -> str:
    line = start.splitlines()[0].lower() if start else ""
    cells = {cell.strip(' "\t') for cell in re.split(r"[,;\t|]", line)}
    if "text" in cells and len(cells & COLUMNS) > 1:
        return CSV
    return JSON_LINES if re.match(r'\[?\s*\{\s*"[^"\n]{1,80}"\s*:', start) else ""


MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
NAMES = (
    (MARKDOWN_NAMES, MARKDOWN),
    ((".html", ".htm", ".xhtml"), HTML),
    ((".csv", ".tsv"), CSV),
    ((".eml",), MAIL),
    ((".mbox", ".mbx"), MBOX),
)


def _by_name(name: str) -> str:
    return next((kind for endings, kind in NAMES if name.endswith(endings)), TEXT)
