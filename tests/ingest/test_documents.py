import io
from pathlib import Path

import docx
import pytest

from ingest.builders import (
    SENTENCE,
    a_capture,
    a_pdf,
    a_zip,
    an_odt,
    read_all,
    refusals,
    role_texts,
    text_of,
    texts,
)
from khronika.ingest.captures import Refusal
from khronika.ingest.extract import Extractor
from khronika.ingest.sniff import DOCX, ODT, PDF
from khronika.model.reports import PassageRole

DAYS = ["They took the computers of the paper and", "its archive. Nothing was given back."]


def a_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Office searched"
    document.add_heading("Office searched", 1)
    document.add_paragraph(SENTENCE)
    document.add_paragraph("Orsolo Tenn", style="List Bullet")
    document.add_paragraph("Vanda Kirsh", style="List Number")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Tenn", "41"
    document.add_paragraph("They took everything.", style="Quote")
    document.add_paragraph("The office", style="Caption")
    document.sections[0].header.paragraphs[0].text = "Velmora Watch"
    document.sections[0].footer.paragraphs[0].text = "press@velmora.example"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_word_document(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(a_docx())
    (found,) = texts(tmp_path)
    assert found.media_type == DOCX
    assert found.text == (
        f"Velmora Watch\n\nOffice searched\n\n{SENTENCE}\n\nOrsolo Tenn\nVanda Kirsh\n\n"
        "Tenn\t41\n\nThey took everything.\n\nThe office\n\npress@velmora.example"
    )
    assert role_texts(found, PassageRole.HEADLINE) == ["Office searched"]
    assert role_texts(found, PassageRole.LIST_ITEM) == ["Orsolo Tenn", "Vanda Kirsh"]
    assert role_texts(found, PassageRole.TABLE_ROW) == ["Tenn\t41"]
    assert role_texts(found, PassageRole.QUOTATION) == ["They took everything."]
    assert role_texts(found, PassageRole.CAPTION) == ["The office"]
    assert role_texts(found, PassageRole.BOILERPLATE) == ["Velmora Watch", "press@velmora.example"]
    assert found.origin.title.value == "Office searched"
    assert found.origin.published.value == ""


def test_notes_and_changes_in_a_word_document() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:document {space}><w:body><w:p><w:r><w:t>They took</w:t><w:tab/></w:r>"
        "<w:del><w:r><w:delText>nothing</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>everything.</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    notes = (
        f'<w:footnotes {space}><w:footnote w:type="separator"><w:p/></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>Velmora Gazette.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    data = a_zip({"word/document.xml": body.encode(), "word/footnotes.xml": notes.encode()})
    found = text_of(data, DOCX)
    assert found.text == "They took\teverything.\n\nVelmora Gazette."
    assert role_texts(found, PassageRole.FOOTNOTE) == ["Velmora Gazette."]


BODY = (
    "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
    '<text:h text:outline-level="1">Office searched</text:h>'
    '<text:p>They<text:s text:c="2"/>took<text:tab/><text:span>all</text:span>'
    "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
    "<text:p>Velmora Gazette.</text:p></text:note-body></text:note> of it"
    "<office:annotation><text:p>unseen</text:p></office:annotation>.<text:line-break/>Yes.</text:p>"
    "<text:list><text:list-item><text:p>Orsolo Tenn</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Tenn</text:p></table:table-cell>"
    "<table:table-cell><text:p>41</text:p></table:table-cell></table:table-row></table:table>"
    '<text:p text:style-name="P1">They took everything.</text:p>'
)


def test_an_open_document(tmp_path: Path) -> None:
    (tmp_path / "a.odt").write_bytes(an_odt(BODY))
    (found,) = texts(tmp_path)
    assert found.media_type == ODT
    assert found.text == (
        "Office searched\n\nThey  took\tall¹ of it.\nYes.\n\nVelmora Gazette.\n\n"
        "Orsolo Tenn\n\nTenn\t41\n\nThey took everything."
    )
    assert role_texts(found, PassageRole.HEADLINE) == ["Office searched"]
    assert role_texts(found, PassageRole.FOOTNOTE) == ["Velmora Gazette."]
    assert role_texts(found, PassageRole.LIST_ITEM) == ["Orsolo Tenn"]
    assert role_texts(found, PassageRole.TABLE_ROW) == ["Tenn\t41"]
    assert role_texts(found, PassageRole.QUOTATION) == ["They took everything."]


def test_an_encrypted_open_document(tmp_path: Path) -> None:
    manifest = b"<manifest:encryption-data/>"
    data = an_odt("", **{"META-INF/manifest.xml": manifest})
    (tmp_path / "a.odt").write_bytes(data)
    (refusal,) = read_all(tmp_path)
    assert isinstance(refusal, Refusal)
    assert "encrypted" in refusal.problem


def test_entities_in_documents_are_not_expanded() -> None:
    lolz = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    kind = f'<!DOCTYPE x [<!ENTITY e0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{lolz}]>'
    body = f"<p>before &e11; &f; {SENTENCE}</p>"
    with Extractor() as extractor:
        for name, media_type in (("word/document.xml", DOCX), ("content.xml", ODT)):
            found = extractor.extract(a_capture(a_zip({name: (kind + body).encode()}), media_type))
            assert isinstance(found, Refusal) or len(found.text) < 200
            assert isinstance(found, Refusal) or "root" not in found.text


@pytest.mark.parametrize("media_type", [DOCX, ODT])
@pytest.mark.parametrize(
    "data", [a_zip({}), a_zip({"word/document.xml": b"", "content.xml": b""}), b"PK", b""]
)
def test_broken_documents_are_refused(data: bytes, media_type: str) -> None:
    with Extractor() as extractor:
        assert isinstance(extractor.extract(a_capture(data, media_type)), Refusal)


def test_an_open_document_of_another_kind(tmp_path: Path) -> None:
    sheet = b"application/vnd.oasis.opendocument.spreadsheet"
    (tmp_path / "a.ods").write_bytes(a_zip({"mimetype": sheet, "content.xml": b"<a/>"}))
    assert "another kind" in refusals(tmp_path)[0].problem


def test_pages_of_a_pdf_are_joined(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf([[SENTENCE], DAYS]))
    (found,) = texts(tmp_path)
    assert found.media_type == PDF
    assert found.text == f"{SENTENCE}\n\n" + "\n".join(DAYS)
    assert found.flags == ()


def test_paragraphs_of_a_pdf_are_told_by_their_spacing() -> None:
    found = text_of(a_pdf([[*DAYS, "", *DAYS]]), PDF)
    assert found.text == "\n\n".join(["\n".join(DAYS)] * 2)


def test_what_stands_on_every_page_is_furniture() -> None:
    ends = ("one", "two", "three", "four", "five")
    pages = [
        ["Velmora Watch", f"Day {end} of it.", f"{SENTENCE} {n}", f"Told by {end}.", f"Page {n}"]
        for n, end in enumerate(ends)
    ]
    found = text_of(a_pdf(pages), PDF)
    assert role_texts(found, PassageRole.BOILERPLATE)[:2] == ["Velmora Watch", "Page 0"]
    assert len(role_texts(found, PassageRole.BOILERPLATE)) == 10
    assert f"{SENTENCE} 3" in found.text


def test_a_paragraph_goes_on_over_the_foot_of_a_page() -> None:
    ends = ("one", "two", "three")
    pages = [["Velmora Watch", f"and {end} took", f"the {end} copies and", "1"] for end in ends]
    found = text_of(a_pdf(pages), PDF)
    assert "the one copies and\nand two took\nthe two copies and\nand three" in found.text


def test_a_pdf_without_a_text_layer_is_kept_and_said_to_have_none(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(a_pdf([[]]))
    (found,) = texts(tmp_path)
    assert (found.text, found.flags) == ("", ("no text layer",))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.4\nnothing that follows is one", "broken"),
        (a_pdf([[SENTENCE]])[:200], "broken"),
        (a_pdf([[SENTENCE]], password=True), "encrypted"),
    ],
)
def test_a_pdf_that_cannot_be_opened(data: bytes, word: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    (refusal,) = read_all(tmp_path)
    assert isinstance(refusal, Refusal)
    assert word in refusal.problem
    assert refusal.remedy
