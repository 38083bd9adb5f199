import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.cli.columns import Table, cells, marked, paragraph, wrap

WORDS = st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"]), max_size=60)


@given(WORDS, st.integers(2, 40))
def test_a_wrapped_text_loses_no_letter_and_fits(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells(line) <= room for line in lines)


def test_a_table_fits_its_width_and_cuts_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    table = Table("when", "what", "id", flexible=("what",))
    table.add("14\u00a0Mar\u00a02023", "somebody " * 20, "inc_1")
    table.show()
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].split() == ["when", "what", "id"]
    assert lines[1].startswith("14 Mar 2023  somebody")
    assert lines[1].endswith("inc_1")
    assert sum(line.count("somebody") for line in lines) == 20


def test_a_wide_letter_takes_two_columns_and_an_accent_none() -> None:
    assert (cells("中"), cells("e\u0301"), cells("Ы")) == (2, 1, 1)


def test_no_rows_print_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Table("when").show()
    assert capsys.readouterr().out == ""


def test_marks_stand_between_quotes_where_there_are_no_weights() -> None:
    assert paragraph(marked("she was held", [(8, 12)])) == "she was «held»"


def test_overlapping_marks_lose_no_letter() -> None:
    assert paragraph(marked("abcdef", [(1, 4), (2, 5)])) == "a«bcd»ef"


def test_a_long_passage_is_shown_around_its_marks() -> None:
    text = "before " * 50 + "held " + "after " * 50
    shown = paragraph(marked(text, [(350, 354)], 20))
    assert shown == "… before before «held» after after after …"


def test_a_paragraph_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = paragraph("word " * 30, first="  label: ", indent="         ").splitlines()
    assert lines[0].startswith("  label: word")
    assert all(line.startswith("         word") for line in lines[1:])
    assert all(len(line) <= 60 for line in lines)


def test_a_terminal_has_weights_unless_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert paragraph(marked("she was held", [(8, 12)])) == "she was \x1b[1mheld\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert paragraph(marked("she was held", [(8, 12)])) == "she was «held»"
