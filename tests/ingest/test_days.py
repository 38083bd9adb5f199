import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.ingest import days, fetch
from khronika.ingest.days import day, day_or_edtf


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04T23:30:00+02:00", "2021-03-04"),
        ("2021-03-04 23:30:00 UTC", "2021-03-04"),
        ("2021-03-04T21:30:00.000Z", "2021-03-04"),
        ("20210304", "2021-03-04"),
        ("20210304T213000Z", "2021-03-04"),
        ("2021-03", "2021-03"),
        ("2021", "2021"),
        ("2021/03/04", "2021-03-04"),
        ("04.03.2021", "2021-03-04"),
        ("4.3.2021", "2021-03-04"),
        ("04/03/2021", ""),
        ("04/04/2021", "2021-04-04"),
        ("23/03/2021", "2021-03-23"),
        ("03/23/2021", "2021-03-23"),
        ("23/23/2021", ""),
        ("4 March 2021", "2021-03-04"),
        ("Mar. 4, 2021", "2021-03-04"),
        ("Thu, 04 Mar 2021 23:30:00 +0200", "2021-03-04"),
        ("Thu, 04 Mar 2021 23:30:00 GMT", "2021-03-04"),
        ("2021-02-31", ""),
        ("2021-13", ""),
        ("0000-00-00", ""),
        ("0001-01-01", ""),
        ("true", ""),
        ("today", ""),
        ("", ""),
        ("4 Smarch 2021", ""),
        ("1614886200", ""),
    ],
)
def test_days_as_metadata_writes_them(printed: str, edtf: str) -> None:
    assert day(printed) == edtf


@pytest.mark.parametrize(
    ("written", "edtf"),
    [("2021-03~", "2021-03~"), ("../2021", "../2021"), ("4 March 2021", "2021-03-04"), ("no", "")],
)
def test_people_may_write_edtf(written: str, edtf: str) -> None:
    assert day_or_edtf(written) == edtf


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_none(printed: str) -> None:
    assert day(printed) == "" or day(printed)[:4].isdigit()


@pytest.mark.parametrize("module", [days, fetch])
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
