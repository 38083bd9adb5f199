"""Sample files, made where they are needed; every name in them is invented."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from khronika.ingest.captures import Capture, Given, Limits, Refusal
from khronika.ingest.extract import Extractor, extract
from khronika.ingest.sources import read_sources
from khronika.model.reports import Extracted, Origin, PassageRole

SENTENCE = "Police in Velmora searched the office of the weekly Lanterna on 3 March 2021."
RUSSIAN = (
    'Третьего марта сотрудники полиции провели обыск в редакции еженедельника "Лантерна". '
    "Изъяты компьютеры и архив. Главный редактор Вельмира Тосткина отказалась давать показания."
)
UKRAINIAN = (
    'Третього березня співробітники поліції провели обшук у редакції тижневика "Лантерна". '
    "Вилучено комп'ютери й архів, їх досі не повернули."
)


def a_capture(data: bytes, media_type: str, name: str = "report") -> Capture:
    return Capture(name=name, data=data, media_type=media_type, origin=Origin(name=name))


def text_of(data: bytes, media_type: str) -> Extracted:
    return extract(a_capture(data, media_type))


def role_texts(found: Extracted, role: PassageRole) -> list[str]:
    return [found.text[h.span.start : h.span.end] for h in found.hints if h.role is role]


def a_zip(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def captures(
    *paths: str | Path, given: Given | None = None, limits: Limits | None = None
) -> list[Capture]:
    found = list(read_sources(paths, given, limits))
    assert all(isinstance(one, Capture) for one in found), found
    return [one for one in found if isinstance(one, Capture)]


def refusals(*paths: str | Path, limits: Limits | None = None) -> list[Refusal]:
    return [one for one in read_sources(paths, None, limits) if isinstance(one, Refusal)]


def read_all(*paths: str | Path, given: Given | None = None) -> Iterator[Extracted | Refusal]:
    with Extractor() as extractor:
        for one in read_sources(paths, given):
            yield one if isinstance(one, Refusal) else extractor.extract(one)


def texts(*paths: str | Path) -> list[Extracted]:
    found = list(read_all(*paths))
    assert not any(isinstance(one, Refusal) for one in found), found
    return [one for one in found if isinstance(one, Extracted)]


def a_pdf(pages: list[list[str]], *, size: int = 11, password: bool = False) -> bytes:
    """A PDF of lines in Helvetica, written by hand."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -{size + 3} Td" for line in lines)
        stream = f"BT /F1 {size} Tf 72 720 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _written(objects, password=password)


def _written(objects: list[bytes], *, password: bool) -> bytes:
    data = b"%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)]" % (
        b"o" * 32,
        b"u" * 32,
    )
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, locked if password else b"", len(data))
    )


ODT_KIND = b"application/vnd.oasis.opendocument.text"


def an_odt(body: str, **parts: bytes) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "draw")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>"
        '<style:style style:name="P1" style:parent-style-name="Quotations"/>'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return a_zip({"mimetype": ODT_KIND, "content.xml": content.encode(), **parts})
