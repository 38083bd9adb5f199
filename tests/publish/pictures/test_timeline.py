import random
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from khronika.publish.pictures import DARK, ENGLISH, LIGHT, Look, Theme, png
from khronika.publish.pictures.axis import axis_of
from khronika.publish.pictures.fonts import wide
from khronika.publish.pictures.timeline import Line, Mark, Told, timeline


def mark(first: str, last: str | None = None, kind: str = "Arrest", label: str = "") -> Mark:
    ends = [date.fromisoformat(each) if each else None for each in (first, last or first)]
    return Mark(first=ends[0], last=ends[1], kind=kind, label=label)


def told(*marks: Mark, undated: int = 0) -> Told:
    ordered = sorted(marks, key=lambda each: str(each.first or each.last))
    lines = [Line(when=str(each.first), kind=each.kind, where=each.label) for each in ordered]
    return Told(
        marks=marks,
        lines=tuple(lines),
        last=lines[-1].when if lines else "",
        dated=sum(each.number for each in marks),
        undated=undated,
    )


def some(count: int, days: int) -> list[Mark]:
    chance = random.Random(7)
    found = []
    for _ in range(count):
        first = date(2001, 1, 1) + timedelta(days=chance.randrange(days))
        last = first + timedelta(days=chance.choice([0, 0, 30, 365]))
        kind = f"kind {chance.randrange(12)}"
        found.append(Mark(first=first, last=last, kind=kind, label="Some place"))
    return found


def test_marks_are_rows_in_the_order_of_time() -> None:
    marks = (mark("2023-03-01", kind="Fine"), mark("2021-01-02", label="Here"))
    made = timeline(told(*marks, undated=2), Look(), ENGLISH)
    assert made.rows == (("2021-01-02", "Arrest", "Here"), ("2023-03-01", "Fine", ""))
    assert "2 incidents (the first: 2021-01-02; the last: 2023-03-01)." in made.summary
    assert "2 more have no date." in made.summary


def test_a_vague_date_is_a_span_with_a_hollow_sign() -> None:
    exact = timeline(told(mark("2023-03-01"), mark("2023-09-01")), Look(), ENGLISH).svg
    vague = timeline(
        told(mark("2023-03-01", "2023-06-30"), mark("2023-09-01")), Look(), ENGLISH
    ).svg
    assert 'fill-opacity="0.4"' not in exact
    assert vague.count('fill-opacity="0.4"') == 1
    assert vague.count("<circle") == exact.count("<circle")


@pytest.mark.parametrize(("first", "last"), [(None, date(2020, 1, 1)), (date(2020, 1, 1), None)])
def test_an_open_date_reaches_the_edge(first: date | None, last: date | None) -> None:
    open_ = Mark(first=first, last=last, kind="Arrest")
    made = timeline(told(open_, mark("2019-01-01"), mark("2021-01-01")), Look(), ENGLISH)
    assert png(made.svg)
    assert made.svg.count('fill-opacity="0.4"') == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [362, 1112])
@pytest.mark.parametrize(
    "marks",
    [
        [],
        [mark("2023-03-01")],
        [mark("0001-01-01"), mark("9999-12-31")],
        [mark("0001-01-01", "9999-12-31")],
        [Mark(first=None, last=None, kind="Arrest")],
        [mark("2023-03-01", kind="</svg>\x00\u202e", label="منظمة حقوق " * 200)],
    ],
)
def test_odd_data_are_drawn_too(marks: list[Mark], width: int, theme: Theme) -> None:
    made = timeline(told(*marks), Look(theme=theme, width=width), ENGLISH)
    ElementTree.fromstring(made.svg)
    assert png(made.svg).startswith(b"\x89PNG")


@pytest.mark.parametrize("count", [1, 20, 300, 10_000])
def test_many_marks_make_a_bounded_picture(count: int) -> None:
    made = timeline(told(*some(count, 8000)), Look(width=362), ENGLISH)
    assert len(made.rows) == count
    assert len(made.svg) < 150_000


def test_the_same_marks_give_the_same_bytes() -> None:
    marks = some(200, 900)
    drawn = [timeline(told(*each), Look(), ENGLISH).svg for each in (marks, marks[::-1])]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("days", [0, 3, 40, 200, 900, 9000, 400_000])
@pytest.mark.parametrize("room", [300, 1000])
def test_the_names_below_an_axis_never_touch(days: int, room: int) -> None:
    start = date(2001, 2, 3)
    axis = axis_of(start, start + timedelta(days=days), 10, 10 + room)
    ticks = axis.ticks(ENGLISH)
    assert ticks
    for (x, said), (other, next_said) in pairwise(ticks):
        assert x + wide(said, 12.5) / 2 < other - wide(next_said, 12.5) / 2


def test_a_mark_may_stand_for_many() -> None:
    many = [
        Mark(first=date(2020, 1, 1) + timedelta(days=n), last=None, kind="Arrest", number=n)
        for n in range(1, 40)
    ]
    made = timeline(told(*many), Look(), ENGLISH)
    assert "780 incidents" in made.summary
    assert "A larger sign stands for several." in made.summary
