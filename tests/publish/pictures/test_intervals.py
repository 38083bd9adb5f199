import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.publish.pictures import DARK, ENGLISH, LIGHT, Look, png
from khronika.publish.pictures.intervals import Methods, Row, Says, intervals, two_digits

HOSTILE = "\x00</text><script>alert(1)</script>\u202e\ud800 & \"'" + "ы" * 5000
NUMBER = Row(method="one", says=Says.NUMBER, estimate=150.4, lower=120.0, upper=200.0)
OPEN = Row(method="two", says=Says.NUMBER, estimate=150.0, lower=120.0, upper=math.inf)
RANGE = Row(method="three", says=Says.RANGE, estimate=150.0, lower=110.0, upper=190.0)
BOUND = Row(method="four", says=Says.AT_LEAST, estimate=140.0, lower=120.0, upper=170.0)
NOTHING = Row(method="five", says=Says.NOTHING, because="Lists A and B share nobody.")
ALL = (NUMBER, OPEN, RANGE, BOUND, NOTHING)


def methods(*rows: Row, documented: int = 100) -> Methods:
    return Methods(documented=documented, rows=rows)


def words_of(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_table_begins_with_what_is_documented() -> None:
    made = intervals(methods(*ALL), Look(), ENGLISH)
    assert made.rows[0][:4] == ("On the lists", "100", "100", "100")
    assert made.rows[1] == ("one", "150", "120", "200", "number with its interval", "")
    assert made.rows[2][3] == "unknown"
    assert made.rows[5] == ("five", "", "", "", "no number", "Lists A and B share nobody.")


def test_the_summary_says_all_in_two_digits() -> None:
    made = intervals(methods(*ALL), Look(), ENGLISH)
    assert made.summary.startswith("People documented: 100; there were at least so many.")
    assert "one: 150 (120 – 200)." in made.summary
    assert "two: 150 (120 or more)." in made.summary
    assert "three: 110 – 190." in made.summary
    assert "four: at least 140." in made.summary
    assert "five: no number (Lists A and B share nobody)." in made.summary


def test_a_range_gives_no_single_number() -> None:
    assert "150" not in intervals(methods(RANGE), Look(), ENGLISH).summary


def test_near_numbers_have_an_even_scale_far_ones_a_logarithmic_one() -> None:
    near = words_of(intervals(methods(NUMBER), Look(), ENGLISH).svg)
    far = words_of(intervals(methods(replace(NUMBER, upper=90_000.0)), Look(), ENGLISH).svg)
    assert {"120", "140", "160"} <= set(near)
    assert {"1,000", "10,000"} <= set(far)


def test_kinds_differ_in_more_than_colour() -> None:
    drawn = {says: intervals(methods(row), Look(), ENGLISH).svg for says, row in
             ((row.says, row) for row in (NUMBER, RANGE, BOUND))}  # fmt: skip
    assert "stroke-dasharray" in drawn[Says.AT_LEAST]
    assert "stroke-dasharray" not in drawn[Says.NUMBER]
    assert "stroke-dasharray" not in drawn[Says.RANGE]
    assert "<circle" in drawn[Says.NUMBER]
    assert "<circle" not in drawn[Says.RANGE]


@given(
    st.floats(min_value=0, max_value=1e15),
    st.integers(min_value=0, max_value=10**6),
)
def test_rounding_never_falls_under_what_is_documented(number: float, documented: int) -> None:
    assert two_digits(max(number, documented), documented) >= documented


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [362, 1112])
@pytest.mark.parametrize(
    "shown",
    [
        methods(),
        methods(NOTHING),
        methods(*ALL),
        methods(*ALL, documented=0),
        methods(replace(NUMBER, estimate=1e17, upper=1e18)),
        methods(Row(method="bare", says=Says.NUMBER)),
        methods(*ALL * 12),
    ],
)
def test_nothing_little_and_much_are_drawn(shown: Methods, width: int, theme: object) -> None:
    look = replace(Look(width=width), theme=theme)  # type: ignore[arg-type]
    assert png(intervals(shown, look, ENGLISH).svg)[:4] == b"\x89PNG"


def test_hostile_words_are_words() -> None:
    row = Row(method=HOSTILE, says=Says.NOTHING, because=HOSTILE)
    made = intervals(methods(row), Look(), ENGLISH)
    assert "<script" not in made.svg
    assert ElementTree.fromstring(made.svg).tag.endswith("svg")


def test_ends_are_rounded_outward() -> None:
    row = Row(method="one", says=Says.NUMBER, estimate=10356.5, lower=8461.4, upper=17033.5)
    made = intervals(methods(row, documented=4400), Look(), ENGLISH)
    assert "one: 10,000 (8,400 – 18,000)." in made.summary
    made = intervals(methods(replace(row, says=Says.AT_LEAST), documented=4400), Look(), ENGLISH)
    assert "one: at least 10,000." in made.summary
