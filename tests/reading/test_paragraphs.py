"""Which lines are one passage."""

from reading.builders import a_report, quoted

WRAPPED = """\
Officers of the district police took the teacher Anwar Belhadj
from his home before dawn. His sister told a lawyer that nobody
has said where he is held.
"""


def said(text: str) -> list[str]:
    return [words for _, words in quoted(a_report(text))]


def test_a_hard_wrapped_paragraph_is_one_passage() -> None:
    assert said(WRAPPED) == [" ".join(WRAPPED.split())]


def test_two_wrapped_paragraphs_are_two_passages() -> None:
    other = WRAPPED.replace("dawn", "noon").replace("lawyer", "judge")
    assert len(said(f"{WRAPPED}\n{other}")) == 2


def test_an_indented_first_line_begins_a_paragraph() -> None:
    text = "".join(
        f"    The {n} officer of the district police took the teacher\n"
        "from his home before dawn and drove him off to a house that\n"
        "nobody knows.\n"
        for n in ("first", "second")
    )
    assert len(said(text)) == 2


def test_a_letter_indented_as_a_whole_is_joined() -> None:
    text = "".join(f"        {line}\n" for line in WRAPPED.splitlines())
    assert said(text) == [" ".join(WRAPPED.split())]


def test_a_text_with_one_paragraph_a_line_is_one_passage_a_line() -> None:
    lines = [
        "Officers of the district police took the teacher Anwar Belhadj from his home before dawn.",
        "His sister told a lawyer that nobody has said where he is held or why he was taken away.",
        "“We go on asking,” she said.",
    ]
    assert said("\n".join(lines)) == lines


def test_each_line_of_a_list_is_a_passage_and_its_wrapped_lines_belong_to_it() -> None:
    text = """\
We ask you

 1. to raise these cases in every meeting with the people of
    the district and the lake;
 2. to issue visas;
    a) at once;
    b) without a fee.
"""
    assert said(text) == [
        "We ask you",
        "1. to raise these cases in every meeting with the people of the district and the lake;",
        "2. to issue visas;",
        "a) at once;",
        "b) without a fee.",
    ]


def test_addressees_under_each_other_stay_apart() -> None:
    text = """\
To the Commissioner for the Lake
To the Rapporteur on the situation of teachers in the district of the lake
To the Minister for Schools

Dear Sirs,

Officers of the district police took the teacher from his home before dawn.
"""
    assert len(said(text)) == 5


def test_a_label_and_what_hangs_under_it_are_one_row() -> None:
    text = """\
Court:      Lake District Court, Judge Mira Okello presiding
            (the judge and the accused are not related)
Observed:   6 November 2021
"""
    assert len(said(text)) == 2


def test_questions_and_answers_of_an_interview_stay_apart() -> None:
    text = "Q: What was done to him?\nA: They took him from his home.\nQ: Where is he?\n"
    assert len(said(text)) == 3


def test_a_date_on_its_own_line_belongs_to_its_entry() -> None:
    text = """\
Chronology of the case of Anwar Belhadj

12 May 2021
Officers take him from his home.

14 May 2021
His sister asks for him at the station.

June 2021
He is seen in a prison hospital.
"""
    assert quoted(a_report(text))[1:] == [
        ("list item", "12 May 2021 Officers take him from his home."),
        ("list item", "14 May 2021 His sister asks for him at the station."),
        ("list item", "June 2021 He is seen in a prison hospital."),
    ]
    assert a_report(text).published.value == ""


def test_the_date_of_a_report_above_a_timeline_is_no_entry() -> None:
    text = """\
Chronology
30 August 2021

12 May 2021
Officers take him from his home.

14 May 2021
His sister asks for him at the station.

June 2021
He is seen in a prison hospital.
"""
    assert a_report(text).published.value == "2021-08-30"


def test_an_address_of_the_net_is_no_rest_of_a_sentence() -> None:
    text = "Tel: +44 20 5550 0101\nmira@lake.example\nwww.lake.example\n"
    assert len(said(text)) == 3
