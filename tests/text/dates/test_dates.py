import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.model import edtf
from khronika.text.dates import Context, Resolved, day_first, find_dates, resolve

FRIDAY = Context(published="2023-03-17", previous="2023-03-14", future=False)


def the_date(text: str, context: Context = FRIDAY, language: str = "en") -> Resolved:
    (expression,) = find_dates(text, language)
    return resolve(expression, context)


@pytest.mark.parametrize(
    "text",
    ["on Tuesday", "yesterday", "today", "on 5 May", "in May", "last week", "three days ago",
     "last year", "three days later", "the same day", "in December of the same year"],
)  # fmt: skip
def test_without_a_date_of_the_report_relative_dates_stay_unresolved(text: str) -> None:
    resolved = the_date(text, Context())
    assert resolved.edtf == ""
    assert resolved.basis


def test_a_year_told_before_grounds_a_day_and_month() -> None:
    assert the_date("on 22 October", Context(year=2019)).edtf == "2019-10-22"
    assert the_date("on 22 October", Context(previous="2019-05-03")).edtf == "2019-10-22"
    assert the_date("on 2 February", Context(previous="2019-05-03")).edtf == ""
    old = Context(previous="2019-05-03", published="2023-03-17")
    assert the_date("on 2 February", old).edtf == "2020-02-02"


def test_in_an_old_narrative_a_day_and_month_go_on_from_the_date_told_before() -> None:
    old = Context(published="2023-03-17", previous="2015-04-02")
    assert the_date("on 9 May", old).edtf == "2015-05-09"
    assert the_date("on 9 May", FRIDAY).edtf == "2022-05-09"


def test_without_a_verb_a_day_soon_to_come_is_meant() -> None:
    heading = Context(published="2023-03-17")
    assert the_date("Rally on 27 March", heading).edtf == "2023-03-27"
    assert the_date("Rally on 27 July", heading).edtf == "2022-07-27"
    assert the_date("Rally on 27 March 2023", heading).flags == ()
    assert the_date("Rally on 27 March 2033", heading).flags == ("after the report's date",)


def test_what_is_to_come_looks_forward() -> None:
    coming = Context(published="2023-03-17", future=True)
    assert the_date("on Wednesday", coming).edtf == "2023-03-22"
    assert the_date("on 9 May", coming).edtf == "2023-05-09"
    assert the_date("in April", coming).edtf == "2023-04"
    assert the_date("on 9 May 2024", coming).flags == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("on 12 October 2032", "after the report's date"),
        ("on 31 April 2020", "no such day"),
        ("on Wednesday, 14 March 2023", "another day of the week"),
    ],
)
def test_a_date_that_cannot_be_right_is_kept_and_flagged(text: str, flag: str) -> None:
    resolved = the_date(text)
    assert resolved.edtf
    assert resolved.flags == (flag,)


def test_since_gives_the_stretch_and_its_start() -> None:
    resolved = the_date("since 2014")
    assert (resolved.edtf, resolved.start) == ("2014/2023-03-17", "2014")
    assert the_date("since 2014", Context()).edtf == "2014/.."


def test_a_numeric_date_is_read_as_the_report_writes_its_others() -> None:
    assert day_first("on 25/12/2019 and 3/4/2019") is True
    assert day_first("on 12/25/2019 and 3/4/2019") is False
    assert day_first("on 12/25/2019 and 25/12/2019") is None
    assert the_date("3/4/2019", Context(day_first=False)).edtf == "2019-03-04"
    assert the_date("3/4/2019", Context(day_first=True)).edtf == "2019-04-03"


def test_reckoning_from_mid_may_stays_in_may_and_from_may_may_leave_it() -> None:
    (middle,) = find_dates("in mid-May 2022", "en")
    told = resolve(middle, FRIDAY)
    context = Context(previous=told.edtf, previous_core=told.core)
    assert the_date("two days later", context).edtf == "2022-05"
    assert the_date("two days later", Context(previous="2022-05")).edtf == "2022-05-03/2022-06-02"


def test_a_report_dated_by_its_month_grounds_a_month_but_no_weekday() -> None:
    month = Context(published="2023-03")
    assert the_date("in February", month).edtf == "2023-02"
    assert the_date("on Tuesday", month).edtf == ""


def test_a_language_without_words_of_its_own_gives_nothing() -> None:
    assert find_dates("5 July 2018", "xx") == ()
    assert find_dates("5 July 2018", "../en") == ()


@given(text=st.text(alphabet=st.sampled_from("0123456789 .,/-()'MayTueslatw ofr12"), max_size=80))
def test_any_text_gives_ordered_spans_and_valid_dates(text: str) -> None:
    at = 0
    for each in find_dates(text, "en"):
        assert at <= each.start < each.end <= len(text)
        at = each.end
        assert edtf.is_valid(resolve(each, FRIDAY).edtf)


@pytest.mark.parametrize("unit", ["7", "of ", "3, ", "1.", "from May to ", "three days after "])
def test_a_megabyte_without_sense_is_read_to_its_bound(unit: str) -> None:
    found = find_dates(unit * (1_000_000 // len(unit)), "en")
    assert all(each.end <= 200_000 for each in found)
