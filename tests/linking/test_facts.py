from khronika.linking import ReportFacts
from khronika.linking.facts import facts_of
from khronika.model.anchors import Span
from khronika.model.plain import from_plain, to_plain
from khronika.model.reports import Known, Passage, PassageRole, Report
from khronika.text.shingles import hash_words, unpack

TEXT = (
    "Officers of the Harbour Guard Service (HGS) searched the rooms of Severny Veter "
    '("Northern Wind") in Belarus on 3 May, Daily Lantern reports. According to Quay Monitor, '
    "two Belarusian lawyers were held.\n\nSubscribe to our letter."
)


def a_report(text: str = TEXT) -> Report:
    cut = text.find("\n\n")
    passages = (
        Passage(span=Span(0, cut), role=PassageRole.BODY),
        Passage(span=Span(cut + 2, len(text)), role=PassageRole.BOILERPLATE),
    )
    known = Known(value="Lipsk News")
    return Report(
        id="rpt_1", name="1.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8",
        text=text, language=Known(value="en"), title=Known(), publisher=known,
        published=Known(value="2023-05-04"), place=Known(), url=Known(), passages=passages,
    )  # fmt: skip


def test_facts_hold_names_beside_each_other_sources_and_countries() -> None:
    facts = facts_of(a_report())
    assert ("Severny Veter", "Northern Wind") in facts.beside
    assert any(short == "HGS" for _, short in facts.beside)
    assert "Daily Lantern" in facts.sources
    assert "Quay Monitor" in facts.sources
    assert facts.countries == (("BY", 2),)
    marks = {mark & 0xFFFFFFFF for mark in unpack(facts.marks).tolist()}
    assert {value >> 32 for value in hash_words(["3", "Veter"])} <= marks


def test_furniture_counts_for_nothing() -> None:
    assert facts_of(a_report()).words == facts_of(a_report(TEXT + " Twice.")).words


def test_facts_survive_a_file() -> None:
    facts = facts_of(a_report())
    assert from_plain(to_plain(facts), ReportFacts) == facts
