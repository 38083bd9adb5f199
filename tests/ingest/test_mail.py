from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.builders import RUSSIAN, SENTENCE, a_pdf, captures, refusals, role_texts, text_of, texts
from khronika.ingest.captures import Limits
from khronika.ingest.sniff import MAIL, PDF
from khronika.model.reports import Known, PassageRole


def a_message(text: str = SENTENCE) -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Velmora Watch" <press@velmora.example>'
    message["To"] = "list@velmora.example"
    message["Subject"] = "Обыск: office searched"
    message["Date"] = "Thu, 4 Mar 2021 23:30:00 +0200"
    message["Message-ID"] = "<1@velmora.example>"
    message.set_content(text)
    return message


def test_a_message(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(a_message(f"{SENTENCE}\n\n-- \nVelmora Watch\n")))
    (found,) = texts(tmp_path)
    assert found.media_type == MAIL
    assert found.text == f"Обыск: office searched\n\n{SENTENCE}\n\nVelmora Watch"
    assert role_texts(found, PassageRole.HEADLINE) == ["Обыск: office searched"]
    assert role_texts(found, PassageRole.BOILERPLATE) == ["Velmora Watch"]
    basis = "header of the mail"
    assert found.origin.title == Known(value="Обыск: office searched", basis=basis)
    assert found.origin.published == Known(value="2021-03-04", basis=basis)
    assert found.origin.publisher == Known(value="Velmora Watch", basis=basis)


def test_a_message_of_two_kinds_of_text() -> None:
    message = a_message()
    message.add_alternative(f"<p>{SENTENCE}</p>", subtype="html")
    assert text_of(bytes(message), MAIL).text.count(SENTENCE) == 1


def test_a_message_whose_plain_text_says_nothing() -> None:
    message = a_message("See the page.")
    message.add_alternative(f"<p>{SENTENCE}</p><ul><li>Tenn</li></ul>", subtype="html")
    found = text_of(bytes(message), MAIL)
    assert SENTENCE in found.text
    assert role_texts(found, PassageRole.LIST_ITEM) == ["Tenn"]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8"])
def test_a_message_that_names_no_encoding(encoding: str) -> None:
    data = b"Message-ID: <1>\r\nSubject: " + RUSSIAN[:40].encode(encoding)
    found = text_of(data + b"\r\n\r\n" + RUSSIAN.encode(encoding), MAIL)
    assert found.text == f"{RUSSIAN[:40].strip()}\n\n{RUSSIAN}"


def test_attached_documents_are_reports_of_their_own(tmp_path: Path) -> None:
    message = a_message()
    message.add_attachment(
        a_pdf([["Statement of the editor"]]), "application", "pdf", filename="../state/ment.pdf"
    )
    message.add_attachment(b"\x89PNG\r\n", "image", "png", filename="a.png")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    letter, attached = texts(tmp_path)
    assert letter.flags == ("2 attached",)
    assert attached.origin.name == "a.eml/.._state_ment.pdf"
    assert (attached.media_type, attached.text) == (PDF, "Statement of the editor")


def test_a_mailbox_holds_many(tmp_path: Path) -> None:
    line = b"From press@velmora.example Thu Mar  4 23:30:00 2021\n"
    one, other = bytes(a_message()), bytes(a_message("From here on.\n\n>From there.\n"))
    (tmp_path / "box").write_bytes(line + one + b"\n" + line + other + b"\n")
    found = captures(tmp_path)
    assert [(c.name, c.media_type) for c in found] == [("box#1", MAIL), ("box#2", MAIL)]
    assert [c.data for c in found] == [one + b"\n", other + b"\n"]


def test_a_message_over_the_limit_does_not_stop_the_rest(tmp_path: Path) -> None:
    line = b"From a@velmora.example Thu Mar  4 23:30:00 2021\n"
    large = bytes(a_message("word " * 1000))
    (tmp_path / "box").write_bytes(line + large + b"\n" + line + bytes(a_message()))
    limits = Limits(report_bytes=2000)
    assert [r.name for r in refusals(tmp_path, limits=limits)] == ["box#1"]


@pytest.mark.parametrize(
    "head",
    [
        b"Date: no day\r\nFrom: ,,,<\r\nSubject: =?x?b?!!?=",
        b"Content-Type: multipart/mixed; boundary=a",
        b"Content-Type: text/plain; charset=no-such",
        b"Content-Transfer-Encoding: base64",
        b"From: \xff\xfe <x@y>\r\nTo: " + b"(" * 5000,
    ],
)
def test_broken_messages_do_no_harm(head: bytes) -> None:
    found = text_of(b"Message-ID: <1>\r\n" + head + b"\r\n\r\n" + SENTENCE.encode(), MAIL)
    assert found.origin.published.value == ""
