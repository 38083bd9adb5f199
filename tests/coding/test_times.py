from dataclasses import replace

import pytest

from coding.reports import a_parse, a_report, english, the_word
from coding.time_cases import CASES
from khronika.coding.parsed import parse
from khronika.coding.times import Times
from khronika.model.acts import When
from khronika.model.reports import PassageRole


def the_when(text: str, trigger: str, published: str = "2023-03-17") -> When:
    """The date of the act that the first such word of the last such paragraph tells."""
    parsed = a_parse(text, published=published)
    unit, token = the_word(parsed, trigger)
    return Times(parsed).of(unit, token)


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_when(line: str) -> None:
    text, trigger, expected = (part.strip() for part in line.rsplit("|", 2))
    when = the_when(text, trigger)
    assert when.edtf == expected
    assert when.edtf or when.basis


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("On Tuesday an officer told her that she would be killed.", "killed", "2023-03-14"),
        ("Men stopped him on 3 March. “Next time you die,” said the eldest.", "die", "2023-03-03"),
        ("An officer told her that she would be killed.", "killed", ""),
    ],
)
def test_what_is_threatened_is_of_the_day_of_the_threat(
    text: str, trigger: str, expected: str
) -> None:
    parsed = a_parse(text, published="2023-03-17")
    unit, token = the_word(parsed, trigger)
    assert Times(parsed).of_saying(unit, token).edtf == expected


def test_the_anchor_quotes_the_words_that_say_when() -> None:
    when = the_when("Officers  searched the flat\non 5 July 2018.", "searched")
    assert when.anchor is not None
    assert when.anchor.exact == "5 July 2018"
    assert when.basis == "stated"


def test_a_report_without_a_date_leaves_relative_dates_open_and_says_so() -> None:
    when = the_when("Officers searched the flat on Tuesday.", "searched", published="")
    assert (when.edtf, when.basis) == ("", "the report has no date")


def test_a_year_that_is_years_off_is_kept_as_printed_and_flagged() -> None:
    text = (
        "On 10 March 2018, a press conference was held.\n\n"
        "On 8 March 2023, officers searched the flat. On 9 March 2023, they came back."
    )
    when = the_when(text, "held")
    assert when.edtf == "2018-03-10"
    assert when.flags == ("years from every other date around it",)
    assert the_when(text, "searched").flags == ()


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A court freed him on 28 March 2014, and another upheld it on 12 March 2014.", "upheld"),
        ("1 | A. N. | arrested 24.06.2020 | sentenced 15.12.2019", "sentenced"),
        (
            "2.3.2020 Police arrest him.\n\n1.2.2020 A judge frees him.\n\n3.4.2020 He flees.",
            "frees",
        ),
    ],
)
def test_a_date_before_the_one_that_it_follows_is_flagged(text: str, trigger: str) -> None:
    role = PassageRole.TABLE_ROW if "|" in text else PassageRole.BODY
    parsed = a_parse(text, published="2023-03-17", role=role)
    unit, token = the_word(parsed, trigger)
    assert Times(parsed).of(unit, token).flags == ("before the date that it follows",)


def test_dates_in_order_are_not_flagged() -> None:
    text = "He was freed on 12 March 2014 and left on 28 March 2014, he told us on 1 May 2013."
    assert the_when(text, "left").flags == ()


def test_a_day_and_month_take_the_year_that_the_report_states_for_them() -> None:
    text = "Rally on 27 March.\n\nOn 27 March 2023, people will hold the rally."
    assert the_when(text, "Rally").edtf == "2023-03-27"


def test_a_report_about_a_year_grounds_its_months() -> None:
    text = "In 2021 the ministry closed 40 offices.\n\nIn mid-May officers raided a newsroom."
    assert the_when(text, "raided", published="").edtf == "2021-05"
    other = "In May 2021 the ministry closed 40 offices.\n\nIn January officers raided a newsroom."
    assert the_when(other, "raided", published="").edtf == ""


def test_a_paragraph_that_opens_with_while_goes_on_from_the_one_before() -> None:
    text = "On Tuesday officers searched her flat.\n\nWhile they did, others beat her son."
    assert the_when(text, "beat").edtf == "2023-03-14"


def test_dates_as_headings_date_the_paragraphs_below() -> None:
    text = "2 May 2021\n\nPolice raid a newsroom.\n\n9 May 2021\n\nPolice free the editor."
    assert the_when(text, "raid").edtf == "2021-05-02"
    assert the_when(text, "free").edtf == "2021-05-09"


def test_one_date_alone_dates_nothing_below() -> None:
    assert the_when("2 May 2021\n\nPolice raid a newsroom.", "raid").edtf == ""


def test_a_log_of_hours_is_of_the_day_of_the_report() -> None:
    text = "10:40 Police enter the square.\n\n11:15 Two men were beaten."
    assert the_when(text, "beaten").edtf == "2023-03-17"


def test_a_list_takes_the_date_of_the_sentence_that_opens_it() -> None:
    report = a_report("On 5 May 2021 these were arrested:\n\nA. N., who was beaten\n\nB. O., fined")
    items = tuple(
        replace(each, role=PassageRole.LIST_ITEM) if index else each
        for index, each in enumerate(report.passages)
    )
    (parsed,) = parse([replace(report, passages=items)], english())
    unit, token = the_word(parsed, "fined")
    assert Times(parsed).of(unit, token).edtf == "2021-05-05"


def test_what_the_report_itself_does_has_the_date_of_the_report() -> None:
    times = Times(a_parse("We call on you.", published="2023-03-17"))
    assert times.of_report().edtf == "2023-03-17"
