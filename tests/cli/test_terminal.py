import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.cli.terminal import STEERING, json_line, one_line, safe, short


@given(st.text())
def test_nothing_that_steers_reaches_the_screen(text: str) -> None:
    assert not STEERING.search(safe(text))
    assert "\n" not in one_line(text)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_json_says_the_same_on_one_safe_line(text: str) -> None:
    line = json_line({"text": text})
    assert json.loads(line) == {"text": text}
    assert not STEERING.search(line)
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\tb", "a b"),
        ("left\u202eright", "left\\u202eright"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_steering_is_spelt_out(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_long_text_is_cut_at_a_word() -> None:
    assert short("one two three four", 12) == "one two …"
    assert len(short("x" * 50, 12)) <= 12
