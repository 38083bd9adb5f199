"""Tables of how often people were caught: told from tables of lists, and reported."""

import json
import math
import re

import pytest

from khronika.estimation import (
    CaptureTable,
    FrequencyTable,
    TableError,
    Verdict,
    report_frequencies,
    tables_from_counts,
)
from khronika.estimation.frequency_report import ASSUMPTIONS
from khronika.estimation.wording import LANGUAGES, Words

OFTEN = {1: 90, 2: 20, 3: 3}


def only(text: str) -> CaptureTable | FrequencyTable:
    (one,) = tables_from_counts(text).values()
    return one


@pytest.mark.parametrize(
    "text",
    [
        "times,count\n1,90\n2,20\n3,3\n",
        "count;times\n90;1\n20;2\n3;3\n",
        "\ufefftimes\tpeople\n1\t90\n2\t20\n3\t3\n",
        "k,n\n1,90\n2,20\n3,3\n",
        "arrests,freq\n1,90\n2,20\n3,3\n",
        "people,frequency\n90,1\n20,2\n3,3\n",
        "aantal,personen\n1,90\n2,20\n3,3\n",
        "times,count\n3,3\n1,40\n1,50\n2,20\n4,0\n",
    ],
)
def test_a_table_of_frequencies_is_known_by_its_columns(text: str) -> None:
    found = only(text)
    assert isinstance(found, FrequencyTable)
    assert dict(zip(found.times, found.people, strict=True)) == OFTEN


def test_people_who_were_all_caught_once_are_known_by_the_name_of_the_column() -> None:
    assert only("times,count\n1,90\n") == FrequencyTable.from_counts({1: 90})


@pytest.mark.parametrize(
    "text",
    ["press,count\n1,90\n", "press,police,count\n1,0,4\n0,1,5\n", "press,count\n1,4\n1,5\n"],
)
def test_columns_of_0_and_1_are_lists(text: str) -> None:
    assert isinstance(only(text), CaptureTable)


def test_columns_that_divide_the_people_give_a_table_each_or_are_added_up() -> None:
    text = "region,sex,times,count\nn,f,1,9\nn,m,1,4\nn,m,2,3\ns,f,1,5\ns,f,3,2\n"
    parts = tables_from_counts(text, ["region"], sum_over=["sex"])
    assert parts == {
        "region n": FrequencyTable.from_counts({1: 13, 2: 3}, scope="region n"),
        "region s": FrequencyTable.from_counts({1: 5, 3: 2}, scope="region s"),
    }
    whole = tables_from_counts(text, sum_over=["region", "sex"])
    assert whole == {"": FrequencyTable.from_counts({1: 18, 2: 3, 3: 2})}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("times,count\n0,5\n1,4\n", "caught no times"),
        ("times,count\n-1,5\n", "no whole number"),
        ("times,count\nnan,5\n", "no whole number"),
        ("times,count\ntwice,5\n", "no whole number"),
        ("times,count\n1.5,5\n", "no whole number"),
        ("times,count\n1,1e300\n", "no whole number"),
        ("times,count\n2,-3\n", "no whole number"),
        ("times,count\n99999999,3\n", "more than 1,000,000 times"),
        ("times,count\n1,9999999999\n2,9999999999\n", "more than 10,000,000,000 people"),
        ("times,count\n" + "9" * 1_000_000 + ",3\n", "is no CSV"),
        ("times,count\n1,2,3\n", "Line 2 has 3 columns"),
        ("region,count\nnorth,5\nsouth,3\n", "no 0 and no 1"),
        ("region,times,count\nn,1,9\n", "no 0 and no 1"),
    ],
)
def test_what_is_no_such_table_is_refused_by_name(text: str, told: str) -> None:
    with pytest.raises(TableError, match=re.escape(told)) as error:
        tables_from_counts(text)
    assert error.value.remedy
    assert len(str(error.value)) < 1_000


def test_the_bound_is_told_and_no_more() -> None:
    # Saturated from three times on, the bound is n + f1^2 / 2 f2.
    found = report_frequencies(FrequencyTable.from_counts(OFTEN))
    assert found.documented == 113
    assert found.verdict is Verdict.LOWER_BOUND_ONLY
    assert found.decision.rule == "no-lists"
    bound = found.estimates["chao"]
    assert bound.estimate == pytest.approx(113 + 90**2 / 40, rel=1e-4)
    assert found.range is not None
    assert bound.interval is not None
    assert found.range == (bound.interval.lower, math.inf)
    assert found.estimates["poisson2"].verdict is Verdict.RANGE_ONLY
    for method in ("loglinear", "dga", "lcmcr", "stepwise"):
        assert found.estimates[method].decision.rule == "needs-lists"
        assert found.estimates[method].estimate is None
    assert found.text().startswith("At least 113 people are documented.\nOnly a lower bound: ")


@pytest.mark.parametrize(
    "counts", [{1: 40}, {}, {1: 1}, {1: 10_000_000_000}], ids=["once", "nobody", "one", "many"]
)
def test_people_caught_once_alone_bear_no_bound(counts: dict[int, int]) -> None:
    found = report_frequencies(FrequencyTable.from_counts(counts or {1: 0}))
    assert found.verdict is Verdict.REFUSED
    assert found.range is None
    assert all(one.interval is None for one in found.families)
    for language in LANGUAGES:
        assert found.text(language)


@pytest.mark.parametrize(
    "counts",
    [
        {2: 5},
        {1: 90, 3: 3},
        {1: 3, 1_000_000: 1},
        {5: 7, 6: 9},
        {1: 5_000_000, 2: 4_000_000, 3: 900_000},
        dict.fromkeys(range(1, 5000), 1),
        {1: 1, 2: 1},
    ],
    ids=["no singles", "no doubles", "far", "often", "many", "long", "two"],
)
def test_odd_frequencies_end_in_a_report(counts: dict[int, int]) -> None:
    found = report_frequencies(FrequencyTable.from_counts(counts))
    assert found.range is None or found.range.lower >= found.documented
    for language in LANGUAGES:
        assert max(map(len, found.text(language).splitlines())) <= 80
    assert json.loads(found.as_json())["documented"] == sum(counts.values())


def test_the_report_is_json_and_the_same_each_time() -> None:
    one, other = (report_frequencies(FrequencyTable.from_counts(OFTEN)) for _ in range(2))
    assert one.as_json() == other.as_json()
    data = json.loads(one.as_json())
    assert data["range"]["upper_is"] == "unbounded"
    assert data["table"]["recorded"][1] == {"times": 2, "people": 20}
    assert data["estimates"][2]["decision"]["rule"] == "needs-lists"


def test_a_report_has_no_english_in_another_language() -> None:
    found = report_frequencies(FrequencyTable.from_counts(OFTEN))
    for language in ("ru", "uk"):
        text, _ = found.text(language).split("SHA-256")
        assert not re.findall(r"[A-Za-z]{2,}", text)


def test_what_a_method_assumes_is_the_same_in_the_result_and_in_the_text() -> None:
    for method, said in ASSUMPTIONS.items():
        assert Words("en").say(f"often.{method}") == said
