"""A chronology whose years are headings; doers that a telling leaves to the one before."""

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.model.acts import Act, Role
from khronika.model.reports import Extracted, Origin
from khronika.reading import read

SHEET = """DELTA DOCUMENTATION GROUP
Case sheet: Ramil Hasanov
Chronology, as of 2 March 2021

2014

19 May. Tax officers carry out an inspection of the office of Green Shore that lasts nine days.

2017

6 April. Men in plain clothes force Hasanov into a car.

21 December. Seven years in prison.
"""


def _acts(text: str) -> dict[str, Act]:
    extracted = Extracted(
        id="rpt_0000000000000000",
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        text=text,
        origin=Origin(name="sheet.txt"),
    )
    coding = EnglishCoder(english()).code([read(extracted)], load())[0]
    return {act.kind: act for act in coding.acts}


def test_days_under_the_heading_of_a_year_are_of_that_year() -> None:
    acts = _acts(SHEET)
    assert acts["inspection"].when.edtf == "2014-05-19"
    assert acts["kidnapping"].when.edtf == "2017-04-06"
    assert acts["sentence"].when.edtf == "2017-12-21"


def test_a_penalty_alone_is_of_whom_the_entry_before_tells() -> None:
    assert [v.name for v in _acts(SHEET)["sentence"].in_role(Role.VICTIM)] == ["Ramil Hasanov"]


def test_who_raids_also_arrests() -> None:
    text = "Police raided the office of Green Shore. Two cooks, Ana and Luis Oro, were arrested."
    coding = EnglishCoder(english()).code([a_report(text)], load())[0]
    arrest = next(act for act in coding.acts if act.kind == "arrest")
    assert [p.name for p in arrest.in_role(Role.PERPETRATOR)] == ["Police"]


def test_a_report_of_a_victim_makes_him_no_doer() -> None:
    text = "Guards beat Luis Oro in the cell. Police arrested Luis Oro. Luis Oro hit."
    coding = EnglishCoder(english()).code([a_report(text)], load())[0]
    doers = [p.name for act in coding.acts for p in act.in_role(Role.PERPETRATOR)]
    assert "Luis Oro" not in doers


def test_who_gives_her_name_in_the_first_person_tells_the_rest() -> None:
    text = (
        "My name in this paper is Amal. I was a pharmacist.\n\n"
        "On 6 May 2018 I was arrested at the checkpoint. They slapped me in the cell."
    )
    coding = EnglishCoder(english()).code([a_report(text)], load())[0]
    arrest = next(act for act in coding.acts if act.kind == "arrest")
    assert {v.name for v in arrest.in_role(Role.VICTIM, Role.SOURCE)} == {"Amal"}
