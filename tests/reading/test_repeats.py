import pytest

from reading.builders import a_report, quoted, roles

ONE = "Officers of the district police took the teacher Anwar Belhadj from his home before dawn."
TWO = "His sister told a lawyer that nobody has said where he is held or why he was taken."
THREE = "The school has been shut since then, and its pupils have been told to stay at home."


def repeats(text: str) -> list[tuple[str, str]]:
    report = a_report(text)
    said = [words for _, words in quoted(report)]
    return [
        (said[index], said[passage.repeat_of])
        for index, passage in enumerate(report.passages)
        if passage.repeat_of is not None
    ]


def test_a_headline_told_twice_counts_once() -> None:
    head = "Teacher taken from home"
    assert repeats(f"{head}\n\n{head}\n\n{ONE}") == [(head, head)]


def test_a_cut_off_headline_repeats_its_fuller_form_below() -> None:
    full = "Teacher taken from home by police of the lake district ahead of the summit of ministers"
    cut = full[: full.index("inisters")]
    assert repeats(f"{cut}\n\n{full}\n\n{ONE}") == [(cut, full)]


def test_a_teaser_repeats_the_paragraph_that_goes_on() -> None:
    teaser = "Officers of the district police took the teacher Anwar …"
    assert repeats(f"Taken\n\n{teaser}\n\n{TWO}\n\n{ONE}") == [(teaser, ONE)]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n"])
def test_a_body_pasted_twice_counts_once(gap: str) -> None:
    text = gap.join([ONE, TWO, THREE, ONE, TWO, THREE])
    assert [later for later, _ in repeats(text)] == [ONE, TWO, THREE]


def test_blanks_do_not_hide_a_repeat() -> None:
    loose = ONE.replace(" ", "  ", 3)
    assert [first for _, first in repeats(f"{ONE}\n\n{TWO}\n\n{loose}")] == [ONE]


@pytest.mark.parametrize("second", [f"{ONE} {TWO} {THREE}", f"{ONE}\n{TWO} {THREE}"])
def test_a_paste_with_other_line_breaks_counts_once(second: str) -> None:
    found = repeats(f"{ONE}\n\n{TWO}\n\n{THREE}\n\n{second}")
    assert " ".join(later for later, _ in found) == f"{ONE} {TWO} {THREE}"


def test_a_paste_on_the_line_of_the_first_is_cut_out_of_it() -> None:
    end = "She will ask the court for his release."
    report = a_report(f"{ONE} {TWO} {ONE} {TWO} {end}")
    assert quoted(report) == [
        ("body", f"{ONE} {TWO}"),
        ("repeat", f"{ONE} {TWO}"),
        ("body", end),
    ]
    assert report.passages[1].repeat_of == 0


def test_a_pull_quote_repeats_the_body_that_it_is_taken_from() -> None:
    quote = "Nobody in this town will say where he is held. We will go on asking every day."
    body = (
        "“Nobody in this town will say where he is held”, said his sister at the school gate. "
        "“We will go on asking every day.”"
    )
    assert repeats(f"Taken\n\n{quote}\n\n{ONE}\n\n{body}\n\n{TWO}") == [(quote, body)]


def test_what_merely_resembles_is_no_repeat() -> None:
    head = "Police take teacher from home before dawn"
    assert roles(f"{head}\n\n{ONE}\n\n{TWO}") == ["headline", "body", "body"]


def test_short_entries_of_two_lists_are_no_repeats() -> None:
    text = "Detained:\n– in prison\n– one day\n\nSentenced:\n– in prison\n– one day\n"
    assert "repeat" not in roles(text)


def test_short_answers_are_no_repeats() -> None:
    text = "Q: Was he seen?\n\nA: No.\n\nQ: Was he charged?\n\nA: No.\n"
    assert roles(text) == ["body"] * 4
