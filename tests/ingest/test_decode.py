import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.builders import RUSSIAN, SENTENCE, UKRAINIAN
from khronika.ingest.decode import NULS, REPLACED, decode

WESTERN = "À Velmora, la police a arrêté l’éditeur du journal « Lanterna » – déjà condamné."


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_utf8_text_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@given(text=st.text(min_size=1, alphabet="Velmora пйтраЖЇ ’“”\r\n\t.,1–"))
def test_marked_text_comes_back_unchanged(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding)).text == text


@given(data=st.binary())
def test_any_bytes_decode_to_text_that_can_be_written(data: bytes) -> None:
    text = decode(data).text
    assert "\x00" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"])
@pytest.mark.parametrize("length", [40, 80, None])
def test_russian_encodings_are_told_apart(encoding: str, length: int | None) -> None:
    decoded = decode(RUSSIAN[:length].encode(encoding))
    assert (decoded.text, decoded.encoding) == (RUSSIAN[:length], encoding)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u"])
def test_ukrainian_encodings_are_told_apart(encoding: str) -> None:
    assert decode(UKRAINIAN.encode(encoding)).text == UKRAINIAN


def test_capitals_do_not_mislead() -> None:
    text = "СРОЧНО: ОБЫСК В РЕДАКЦИИ ЛАНТЕРНЫ. " + RUSSIAN[:60]
    assert decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize(
    "text", [WESTERN, "“They took the archive,” the editor said – “all of it.”", "Señor Añón"]
)
def test_western_text_with_typographic_signs(text: str) -> None:
    decoded = decode(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "cp1252")


def test_declared_encoding_is_believed_if_the_bytes_agree() -> None:
    polish = "Policja w Velmorze przeszukała siedzibę tygodnika; zażądała też haseł."
    assert decode(polish.encode("cp1250"), "windows-1250").text == polish


def test_declared_encoding_is_not_believed_against_the_bytes() -> None:
    assert decode(RUSSIAN.encode(), "windows-1251").text == RUSSIAN
    assert decode(RUSSIAN.encode("cp1251"), "koi8-r").encoding == "cp1251"
    assert decode(SENTENCE.encode(), "no-such-encoding").text == SENTENCE


def test_line_ends_and_blanks_are_kept() -> None:
    text = "one\r\n\r\n two \t\rthree\n"
    assert decode(text.encode()).text == text


def test_broken_utf8_is_replaced_and_said_so() -> None:
    decoded = decode(RUSSIAN.encode() + b"\xd0" + RUSSIAN.encode())
    assert decoded.text == RUSSIAN + "\ufffd" + RUSSIAN
    assert decoded.flags == (REPLACED,)


def test_nul_characters_are_replaced_and_said_so() -> None:
    decoded = decode(b"Lanterna\x00 was searched in the morning of the third.")
    assert decoded.text.startswith("Lanterna\ufffd was")
    assert decoded.flags == (NULS,)


def test_lone_surrogates_cannot_come_out() -> None:
    decoded = decode(b"\xff\xfe" + "A".encode("utf-16-le") + b"\x00\xd8" + "B".encode("utf-16-le"))
    assert decoded.text == "A\ufffdB"
    assert decoded.flags == (REPLACED,)
