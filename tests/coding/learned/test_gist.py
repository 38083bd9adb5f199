"""What a report is mainly about: every choice stands on words of the report."""

from dataclasses import fields

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.coding.learned.gist import Choice, Gist, gist_of
from khronika.model.acts import Coding
from khronika.model.reports import Report

STORY = """Gunmen kidnap the editor of a weekly in Lagos, Nigeria.

Tunde Varro, editor of the weekly Lantern, was kidnapped by gunmen in Lagos on 3 March 2020.

Varro was abducted on his way home. His wife said that the kidnappers had demanded a ransom.

Nigeria's journalists have held a protest in Lagos."""


def coded(text: str, published: str = "2020-03-05") -> tuple[Report, Coding]:
    report = a_report(text, published=published)
    return report, EnglishCoder(english()).code([report], load())[0]


def choices(gist: Gist) -> list[Choice]:
    found: list[Choice] = []
    for each in fields(gist):
        value = getattr(gist, each.name)
        found += value if isinstance(value, tuple) else [value] if value is not None else []
    return found


def test_it_says_what_a_report_is_mainly_about() -> None:
    gist = gist_of(*coded(STORY))
    assert "kidnapping" in [each.value for each in gist.violations]
    assert [each.value for each in gist.victims] == ["Tunde Varro"]
    assert gist.country is not None
    assert gist.country.value == "NG"
    assert gist.year is not None
    assert gist.year.value == "2020"


def test_every_choice_quotes_the_report() -> None:
    report, coding = coded(STORY)
    found = choices(gist_of(report, coding))
    assert all(0 <= each.probability <= 1 for each in found)
    for each in found:
        assert each.anchor is not None or each.value == "2020"
        assert each.anchor is None or each.anchor.stands_in(report.text)


def test_a_violation_names_the_act_that_tells_it() -> None:
    report, coding = coded(STORY)
    gist = gist_of(report, coding)
    acts = {act.id: act for act in coding.acts}
    kidnapping = next(each for each in gist.violations if each.value == "kidnapping")
    assert acts[kidnapping.act].kind == "kidnapping"


def test_a_report_of_nothing_has_hardly_a_gist() -> None:
    report, coding = coded("The bridge will be painted green.", published="")
    gist = gist_of(report, coding)
    assert not gist.victims
    assert gist.country is None
    assert gist.year is None


def test_personal_text_does_not_show_in_a_repr() -> None:
    assert "Varro" not in repr(gist_of(*coded(STORY)))


def test_the_same_report_has_the_same_gist() -> None:
    report, coding = coded(STORY)
    assert gist_of(report, coding) == gist_of(report, coding)
