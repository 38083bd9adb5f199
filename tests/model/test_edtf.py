from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.model import edtf
from khronika.model.edtf import EdtfError, Precision

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))

BOUNDS = [
    ("2018-07-05", "2018-07-05", "2018-07-05"),
    ("2018-07-05~", "2018-07-05", "2018-07-05"),
    ("2017-10", "2017-10-01", "2017-10-31"),
    ("2016-02?", "2016-02-01", "2016-02-29"),
    ("2006", "2006-01-01", "2006-12-31"),
    ("201X", "2010-01-01", "2019-12-31"),
    ("2006-XX", "2006-01-01", "2006-12-31"),
    ("2006-05-XX", "2006-05-01", "2006-05-31"),
    ("2018-21", "2018-03-01", "2018-05-31"),
    ("2018-24", "2018-12-01", "2019-02-28"),
    ("2014-01-27T12:30", "2014-01-27", "2014-01-27"),
    ("2014-01-27T12:30:00+03:00", "2014-01-27", "2014-01-27"),
    ("../2006", None, "2006-12-31"),
    ("2006/..", "2006-01-01", None),
    ("2006/", "2006-01-01", None),
    ("2012/2014-11-27", "2012-01-01", "2014-11-27"),
    ("../..", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), BOUNDS)
def test_bounds_are_the_first_and_last_day_that_a_date_allows(
    text: str, first: str | None, last: str | None
) -> None:
    expected = tuple(day and date.fromisoformat(day) for day in (first, last))
    assert edtf.bounds(text) == expected


@pytest.mark.parametrize(
    "text",
    ["2018-02-30", "2018-13", "2018-7-5", "18", "5 July", "2018-20", "2018-25", "2018/2017",
     "2018-07-05T25:00", "20X8", "2018-07-05/x", "0000", "1/2/3", "201X-05"],
)  # fmt: skip
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    assert not edtf.is_valid(text)
    with pytest.raises(EdtfError, match="is not a date"):
        edtf.bounds(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-07-05", Precision.DAY),
        ("2018-07-05T10:00", Precision.MINUTE),
        ("2018-07%", Precision.MONTH),
        ("2018-22", Precision.SEASON),
        ("2018", Precision.YEAR),
        ("2018-XX", Precision.YEAR),
        ("201X", Precision.DECADE),
        ("../2018", Precision.INTERVAL),
        ("../..", Precision.UNKNOWN),
        ("", Precision.UNKNOWN),
    ],
)
def test_precision(text: str, expected: Precision) -> None:
    assert edtf.precision(text) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2018-07", "2018-07-05", "2018-07-05"),
        ("2018-07", "2018-07-05T10:00", "2018-07-05T10:00"),
        ("../2006", "2004/..", "2004/2006"),
        ("2018-07", "2018-08", ""),
        ("", "2018-08~", "2018-08~"),
        ("2018-06-20/2018-07-10", "2018-07", "2018-07-01/2018-07-10"),
    ],
)
def test_intersection(one: str, other: str, expected: str) -> None:
    assert edtf.intersection(one, other) == expected


def test_hull_holds_both_dates_and_an_open_end_stays_open() -> None:
    assert edtf.hull("2018-07-05", "2018-09") == "2018-07-05/2018-09-30"
    assert edtf.hull("2018-07-05", "../2006") == "../2018-07-05"
    assert edtf.hull("", "2006") == ""


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2018-07-05", "2018-07-05", "2018-07-05"),
        ("2018-07-01", "2018-07-31", "2018-07"),
        ("2018-01-01", "2018-12-31", "2018"),
        ("2011-01-01", "2012-12-31", "2011/2012"),
        (None, "2006-12-31", "../2006"),
        ("2012-01-01", None, "2012/.."),
        (None, None, ""),
    ],
)
def test_between_writes_the_shortest_form(
    start: str | None, end: str | None, expected: str
) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (start, end))
    assert edtf.between(first, last) == expected


def test_between_refuses_an_end_before_its_start() -> None:
    with pytest.raises(EdtfError):
        edtf.between(date(2018, 2, 1), date(2018, 1, 1))


def test_shift_keeps_how_fine_a_date_is() -> None:
    assert edtf.shift("2018-03-31", months=-1) == "2018-02-28"
    assert edtf.shift("2018-03-31", days=1) == "2018-04-01"
    assert edtf.shift("2018-01", months=-1) == "2017-12"
    assert edtf.shift("2018", years=-2) == "2016"
    assert edtf.shift("2018-07-01/2018-07-03", days=7) == "2018-07-08/2018-07-10"
    with pytest.raises(EdtfError):
        edtf.shift("9999-12-31", days=1)


@given(start=days, end=days)
def test_bounds_invert_between(start: date, end: date) -> None:
    first, last = sorted((start, end))
    assert edtf.bounds(edtf.between(first, last)) == (first, last)


@given(one=days, other=days)
def test_dates_are_disjoint_exactly_where_they_share_nothing(one: date, other: date) -> None:
    a, b = one.isoformat(), other.isoformat()
    assert edtf.disjoint(a, b) == (edtf.intersection(a, b) == "") == (one != other)


@given(text=st.text(max_size=60))
def test_any_text_is_either_a_date_or_refused(text: str) -> None:
    assert edtf.is_valid(text) in (True, False)
