from khronika.model.reports import CODED_ROLES
from khronika.text.units import units
from reading.builders import a_report, quoted, role_of

BODY = "Two men who shared his cell have told the lawyer that they washed him with their drinking"


def parsed(text: str) -> list[str]:
    return [unit.mapped.text for unit in units(a_report(text), CODED_ROLES)]


def test_a_sentence_goes_on_behind_the_note_that_cuts_it() -> None:
    text = f"{BODY}\n\n¹ Told by telephone on 14 June.\n\nwater¹ before he died.\n"
    assert [role for role, _ in quoted(a_report(text))] == ["body", "footnote", "body"]
    assert a_report(text).passages[2].continues == 0
    assert parsed(text) == [f"{BODY} water before he died."]


def test_a_sentence_goes_on_behind_the_foot_of_a_page() -> None:
    text = f"{BODY}\n\n- 12 -\n\nwater before he died.\n"
    assert parsed(text) == [f"{BODY} water before he died."]


def test_several_notes_in_a_row_are_notes_each() -> None:
    text = f"{BODY}\n¹ Told by telephone.\n² <https://lake.example/a>\n\nwater¹ before² he died.\n"
    assert [role for role, _ in quoted(a_report(text))] == ["body", "footnote", "footnote", "body"]


def test_marks_are_hidden_from_the_parser_and_stay_in_the_text() -> None:
    text = "He was held.¹ She was freed[2] and fined.\n\n¹ By letter.\n\n[2] By telephone.\n"
    assert parsed(text) == ["He was held. She was freed and fined."]
    assert a_report(text).text == text


def test_a_star_is_a_note_where_a_word_has_one() -> None:
    text = "Lake experts* voiced alarm at the arrest.\n\n* The experts: Mira Okello and others.\n"
    assert role_of(text, "The experts:") == "footnote"
    assert role_of("He was held.\n\n* The experts met.\n", "experts") == "list item"


def test_units_of_measure_are_no_marks() -> None:
    text = "They were held in a cell of 12 m² for nine days."
    assert a_report(text).passages[0].set_aside == ()
