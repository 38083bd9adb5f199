"""Reading PDF: the text layer, line by line, with paragraphs told by their spacing."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from khronika.ingest.captures import RefusedError
from khronika.ingest.layout import Layout, Parsed
from khronika.model.reports import PassageRole as Role

NO_LAYER = "no text layer"
PASSWORD = 4  # FPDF_ERR_PASSWORD
MOST_PAGES = 5000
EDGES = 2  # lines at the head and foot of a page that may be furniture
DIGITS = re.compile(r"\d+")
# What PDFium gives for the hyphen of a word that was broken at the end of a line.
BROKEN_WORD = re.compile("[\ufffe\u0002]\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page; positions in points from the lower left corner."""

    text: str = field(repr=False)
    top: float
    bottom: float
    left: float
    size: float


def read_pdf(data: bytes) -> Parsed:
    """The text of all pages; empty, and flagged so, where the pages are pictures.

    Raises:
        RefusedError: the file is broken or wants a password.
    """
    document = _opened(data)
    try:
        pages = [_lines(document, number) for number in range(min(len(document), MOST_PAGES))]
        cut = len(document) > MOST_PAGES
    finally:
        document.close()
    if not any(pages):
        return Parsed(text="", flags=(NO_LAYER,))
    writer = _Writer(pages)
    for page in pages:
        writer.put(page)
    writer.end()
    flags = (f"only the first {MOST_PAGES} pages were read",) if cut else ()
    if not all(pages):
        flags = (*flags, "some pages have no text layer")
    return Parsed(text=writer.layout.text(), hints=writer.layout.hints(), flags=flags)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD or "assword" in str(error):
            raise RefusedError(
                "the PDF is encrypted.", remedy="open it with its password, save a copy without."
            ) from None
        raise RefusedError(
            "the PDF is broken.", remedy="fetch it again, or print it to a new PDF and add that."
        ) from None


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[Line]:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    try:
        layer = page.get_textpage()
        try:
            return list(_lines_of(layer))
        finally:
            layer.close()
    finally:
        page.close()


def _lines_of(layer: pypdfium2.PdfTextPage) -> Iterator[Line]:
    count = layer.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(layer, 0, count, buffer)
    # Indices are of UTF-16 units, as PDFium counts characters.
    units = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="surrogatepass")
    start = 0
    for line in re.split(r"(?<=\n)", units):
        text = line.encode("utf-16", "surrogatepass").decode("utf-16", errors="replace")
        shown = text.replace("\x00", "\ufffd").strip("\r\n")
        if shown.strip():
            lead = len(line) - len(line.lstrip())
            # The text leaves out characters without a meaning, so indices must be translated.
            first = max(0, pdfium.FPDFText_GetCharIndexFromTextIndex(layer, start + lead))
            left, bottom, _right, top = layer.get_charbox(first, loose=True)
            size = round(pdfium.FPDFText_GetFontSize(layer, first), 1)
            yield Line(text=shown, top=top, bottom=bottom, left=left, size=size)
        start += len(line)


def _furniture(pages: list[list[Line]]) -> frozenset[str]:
    """Lines at the edges of at least three pages, alike but for numbers: 'Page 3 of 9'."""
    seen = Counter(
        shape for page in pages for shape in {_shape(line) for line in _edges(page)} if shape
    )
    least = max(3, len(pages) // 3)
    return frozenset(shape for shape, count in seen.items() if count >= least)


def _edges(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: line.bottom)
    return ordered[:EDGES] + ordered[-EDGES:]


def _shape(line: Line) -> str:
    return DIGITS.sub("0", line.text.strip().lower())


class _Writer:
    """Joins lines to paragraphs; one that a page's foot and the next head break goes on."""

    def __init__(self, pages: list[list[Line]]) -> None:
        self.layout = Layout()
        self._furniture = _furniture(pages)
        sizes = Counter(line.size for page in pages for line in page for _ in line.text)
        self._usual = sizes.most_common(1)[0][0]
        self._open: list[Line] = []
        self._held: list[str] = []  # furniture that waits for the end of the paragraph it breaks

    def put(self, page: list[Line]) -> None:
        """Lay out one page, leaving its last paragraph open."""
        edges = {id(line) for line in _edges(page)}
        spacing = _spacing(page)
        first = True
        for line in page:
            if id(line) in edges and _shape(line) in self._furniture:
                self._held.append(line.text)
                continue
            if self._open and _begins(line, self._open[-1], math.inf if first else spacing):
                self.end()
            self._open.append(line)
            first = False

    def end(self) -> None:
        """Close the paragraph."""
        if self._open:
            text = "\n".join(line.text.rstrip() for line in self._open)
            large = all(line.size > 1.15 * self._usual for line in self._open)
            role = Role.HEADLINE if large and len(text) < 300 else None
            self.layout.block(BROKEN_WORD.sub("", text), role)
        for text in self._held:
            self.layout.block(text, Role.BOILERPLATE)
        self._open, self._held = [], []


def _spacing(lines: list[Line]) -> float:
    steps = [a.bottom - b.bottom for a, b in pairwise(lines)]
    return median([step for step in steps if step > 0] or [0.0])


ENDS = (".", "!", "?", ":", ";", "”", '"', "…")


def _begins(line: Line, before: Line, spacing: float) -> bool:
    """True if a paragraph begins here: more space than usual, another size, a new column.

    `spacing` is infinite between two pages, where places tell nothing.
    """
    step = before.bottom - line.bottom
    ended = before.text.rstrip().endswith(ENDS)
    if abs(line.size - before.size) > 0.15 * max(before.size, 1):
        return True
    low = line.text.lstrip()[:1].islower() or before.text.rstrip().endswith(",")
    if not ended and low and step < 4 * spacing + 1:
        return False
    if spacing == math.inf or step < -1 or (step > 1.35 * spacing and step > 1):
        return True
    return ended and line.left - before.left > 8
