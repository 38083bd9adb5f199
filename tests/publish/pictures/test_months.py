from dataclasses import replace
from xml.etree import ElementTree

import pytest

from khronika.publish.pictures import DARK, ENGLISH, LIGHT, Look, png
from khronika.publish.pictures.months import Tally, months

HOSTILE = "\x00</text><script>alert(1)</script>\u202e\ud800 & \"'" + "ы" * 5000


def tally(first: str, kind: str = "Arrest", number: int = 1, last: str | None = None) -> Tally:
    return Tally(first=first, last=first if last is None else last, kind=kind, number=number)


def test_each_month_is_a_bar_and_a_row() -> None:
    made = months([tally("2023-01", number=2), tally("2023-03")], Look(), ENGLISH)
    assert made.title == "Incidents by month and kind"
    assert made.columns == ("When", "Arrest", "Together")
    assert made.rows == (("January 2023", "2", "2"), ("March 2023", "1", "1"))
    assert "3 incidents (January 2023 – March 2023)." in made.summary
    assert "2 (January 2023)" in made.summary


def test_many_years_are_bars_of_years() -> None:
    made = months([tally("1999-01"), tally("2023-03")], Look(), ENGLISH)
    assert made.rows[0] == ("1999", "1", "1")


def test_a_few_years_are_bars_of_quarters() -> None:
    made = months([tally("2018-02"), tally("2023-12")], Look(), ENGLISH)
    assert made.rows == (("Jan to Mar 2018", "1", "1"), ("Oct to Dec 2023", "1", "1"))


def test_a_vague_date_stands_in_no_bar_and_is_counted_in_words() -> None:
    vague = [tally("2023-01", last="2023-02"), tally("", last="2023-02"), tally("2023-02")]
    made = months(vague, Look(), ENGLISH)
    assert made.rows == (("February 2023", "1", "1"),)
    assert "2 more incidents have no date, or one too vague" in made.summary


def test_a_date_that_is_vague_within_its_bar_counts() -> None:
    made = months([tally("2010-01", last="2010-11"), tally("2023-03")], Look(), ENGLISH)
    assert made.rows[0] == ("2010", "1", "1")


def test_rare_kinds_are_drawn_as_one() -> None:
    many = [tally("2023-01", kind=f"kind {n:02}", number=30 - n) for n in range(12)]
    made = months(many, Look(), ENGLISH)
    assert len(made.columns) == 10
    assert made.columns[-2] == "other kinds"
    assert made.rows[0][-2] == str(sum(30 - n for n in range(7, 12)))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [362, 1112])
@pytest.mark.parametrize("tallies", [[], [tally("2023-01")], [tally("", last="")]])
def test_nothing_and_one_are_drawn_too(tallies: list[Tally], width: int, theme: object) -> None:
    look = replace(Look(width=width), theme=theme)  # type: ignore[arg-type]
    made = months(tallies, look, ENGLISH)
    assert made.summary
    assert png(made.svg).startswith(b"\x89PNG")


def test_ten_thousand_counts_make_a_small_picture() -> None:
    many = [
        tally(f"{1900 + n % 120}-{n % 12 + 1:02}", kind=f"kind {n % 50}", number=n % 9)
        for n in range(10_000)
    ]
    made = months(many, Look(), ENGLISH)
    assert len(made.svg) < 60_000


def test_a_hostile_kind_is_text_and_cut() -> None:
    made = months([tally("2023-01", kind=HOSTILE)], Look(width=362), ENGLISH)
    root = ElementTree.fromstring(made.svg)
    assert not [each for each in root.iter() if each.tag.endswith("script")]
    assert len(made.svg) < 10_000
    assert png(made.svg)


def test_the_same_data_give_the_same_bytes() -> None:
    data = [tally(f"2023-{n:02}", kind=f"kind {n}", number=n) for n in range(1, 13)]
    one, other = (months(each, Look(), ENGLISH) for each in (data, data[::-1]))
    assert one.svg == other.svg
    assert png(one.svg) == png(other.svg)


def test_a_few_of_long_ago_share_a_bar() -> None:
    recent = [tally(f"2023-{n:02}", number=5) for n in range(1, 13)]
    made = months([tally("1998-05"), tally("2003-05", last="2003-08"), *recent], Look(), ENGLISH)
    assert made.title == "Incidents by month and kind"
    assert made.rows[0] == ("… – December 2022", "2", "2")
    assert made.rows[1] == ("January 2023", "5", "5")
    assert made.summary.startswith("62 incidents (May 1998 – December 2023).")
