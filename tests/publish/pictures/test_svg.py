from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.publish.pictures.fonts import advances, cut, font_files, wide
from khronika.publish.pictures.look import DARK, LIGHT, Theme
from khronika.publish.pictures.png import png
from khronika.publish.pictures.scale import steps
from khronika.publish.pictures.shapes import SHAPES, shape
from khronika.publish.pictures.svg import clean, element, is_rtl, num, text


@given(st.text(max_size=400))
def test_any_label_is_well_formed_and_short(said: str) -> None:
    root = ElementTree.fromstring(text(said, 1, 2))
    assert len(root.text or "") <= 302
    assert not list(root)


@given(st.text(max_size=80), st.floats(min_value=0, max_value=500))
def test_a_cut_line_fits(said: str, room: float) -> None:
    line = cut(clean(said), room, 12)
    assert line == "…" or wide(line, 12) <= room


@given(st.integers(min_value=0, max_value=10**9))
def test_steps_reach_the_top_in_a_few(most: int) -> None:
    found = steps(most, 4)
    assert found[0] == 0
    assert found[-1] >= most
    assert 2 <= len(found) <= 5


def test_letters_are_as_wide_as_the_font_says() -> None:
    assert wide("iiii", 10) < wide("WWWW", 10)
    assert wide("Задержание", 10) == pytest.approx(55, abs=8)
    assert wide("ı" * 3, 10) > 0
    assert (advances() >= 0).all()
    assert wide("xy", 10, bold=True) > wide("xy", 10)


def test_the_fonts_come_from_packages() -> None:
    assert [path.rsplit("/", 1)[-1] for path in font_files()] == [
        "Arimo[wght].ttf",
        "NotoSansArabic[wdth,wght].ttf",
    ]


def test_lines_from_right_to_left_are_kept_together() -> None:
    assert is_rtl("12 שלום")
    assert not is_rtl("abc שלום")
    assert "\u2067" in text("שלום", 0, 0)
    assert "Noto Sans Arabic" in text("منظمة", 0, 0)


def test_attributes_are_escaped_and_numbers_short() -> None:
    assert element("a", b_c='"<&', d=None, e=1.50) == '<a b-c="&quot;&lt;&amp;" e="1.5"/>'
    assert num(-0.001) == "0"


@pytest.mark.parametrize("name", SHAPES)
def test_every_sign_is_drawn(name: str) -> None:
    drawn = shape(name, 10, 10, 6, fill="#000")
    assert png(f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{drawn}</svg>')


def contrast(one: str, other: str) -> float:
    """Of two colours, by WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_words_and_marks_stand_out_from_the_paper(theme: Theme) -> None:
    for words in (theme.ink, theme.quiet):
        assert contrast(words, theme.paper) >= 4.5
    for marks in (*theme.fills, theme.rest, theme.accent):
        assert contrast(marks, theme.paper) >= 3
    for shade in (*theme.shades, theme.land):
        assert contrast(theme.ink, shade) >= 4.5
