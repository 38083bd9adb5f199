"""What `khronika show --why` says a report is mainly about."""

from dataclasses import replace

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.model.acts import Coding
from khronika.model.reports import Known, Report
from khronika.workflows.reasons import mainly

STORY = """Gunmen kidnap the editor of a weekly in Lagos, Nigeria.

Tunde Varro, editor of the weekly Lantern, was kidnapped by gunmen in Lagos on 3 March 2020.

Varro was abducted on his way home. His wife said that the kidnappers had demanded a ransom."""


def coded() -> tuple[Report, Coding]:
    report = a_report(STORY, published="2020-03-05")
    return report, EnglishCoder(english()).code([report], load())[0]


def test_it_names_the_violation_with_its_words_act_and_probability() -> None:
    report, coding = coded()
    [first, *_] = mainly(report, coding)
    assert first.startswith("mainly about 'kidnapping': “")
    assert "[act_" in first
    assert "probability 0." in first


def test_it_says_nothing_of_a_report_in_a_language_it_was_not_trained_on() -> None:
    report, coding = coded()
    assert not list(mainly(replace(report, language=Known(value="ru")), coding))


def test_it_says_nothing_of_a_report_without_acts() -> None:
    report, coding = coded()
    assert not list(mainly(report, replace(coding, acts=())))
