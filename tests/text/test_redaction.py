import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.text.redaction import every_word, names_everywhere, names_pattern, redact


@pytest.mark.parametrize(
    ("form", "text", "left"),
    [
        ("Ada Lark", "Ada Lark sang.", "███ ████ sang."),
        ("Ada Lark", "ADA\nLARK, ada.lark@x.org, AdaLark", "███\n████, ████████@x.org, ███████"),
        ("Ada", "Ada, Adana and Canada", "███, Adana and Canada"),
        ("Larkin", "Larkin's and Larkins", "██████'s and ███████"),
        ("Анна Снегирёва", "Анну Снегирёву и Анна Снегирёва", "████ █████████ и ████ █████████"),
        ("Анна", "Анна и Анну, Ганна", "████ и ████, Ганна"),
        ("Снегирёва", "Снегирёву видели", "█████████ видели"),
        ("Zoë", "Zoe\u0308 and Zoë", "████ and ███"),
    ],
)
def test_a_name_becomes_blocks(form: str, text: str, left: str) -> None:
    pattern = names_pattern([form])
    assert pattern is not None
    assert redact(text, pattern) == left


def test_a_title_alone_is_no_name_elsewhere() -> None:
    forms = {"President Ada Lark", "President", "Lark", "the singer"}
    assert names_everywhere(forms) == {"President Ada Lark", "Lark"}
    assert every_word(forms) == {"President Ada Lark", "President", "Lark", "Ada"}
    assert names_everywhere({"the singer"}) == set()
    assert names_everywhere({"Lark"}) == {"Lark"}


def test_no_forms_match_nothing() -> None:
    assert names_pattern([]) is None
    assert names_pattern([" "]) is None


@given(form=st.text(min_size=1, max_size=20), text=st.text(max_size=80))
def test_length_and_blanks_stay(form: str, text: str) -> None:
    pattern = names_pattern([form])
    if pattern is not None:
        left = redact(text, pattern)
        assert len(left) == len(text)
        assert [c.isspace() for c in left] == [c.isspace() for c in text]
