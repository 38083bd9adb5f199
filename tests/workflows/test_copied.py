"""A report is shown with those that repeat it, and the words that both have."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from khronika.cli import plain
from khronika.cli.showing import show
from khronika.linking import ReportFacts, facts_of
from khronika.linking.copies import copies
from khronika.model.links import Links
from khronika.workflows.parts import Parts
from khronika.workflows.record import Record
from khronika.workflows.rows import ShownReport
from workflows.toys import a_capture, toy_parts

RAID = (
    "Nine officers broke the door of the print shop at six in the morning and took away two "
    "presses, the ledger and the owner, who was led out in handcuffs before his neighbours and "
    "driven to the station in an unmarked van without being shown a warrant by anyone."
)
OTHER = (
    "The harbour council met on Thursday to talk about the price of berths, which has doubled "
    "since the spring, and put off a vote until the treasurer is back from a visit to the northern "
    "ports. Fishermen outside the hall said that they had heard the same in March and would wait "
    "no longer. The mayor spoke of patience, of dredging that must be paid, and of a bridge. "
)


def linked_copies(facts: Sequence[ReportFacts], *_: object) -> Links:
    return Links(copies=copies(facts))


@pytest.fixture
def record(tmp_path: Path) -> Path:
    parts: Parts = toy_parts()
    parts = replace(parts, steps=replace(parts.steps, facts=facts_of), link=linked_copies,
                    facts_type=ReportFacts)  # fmt: skip
    with Record.create(tmp_path / "record", parts) as made:
        made.add([
            a_capture("a.txt", f"{RAID} {OTHER}", published="2024-03-01", publisher="Quay Monitor"),
            a_capture("b.txt", f"Reposted. {RAID} {OTHER}", published="2024-03-02"),
            a_capture("c.txt", f"{OTHER[::-1]} {OTHER[60::-1]} {RAID}", published="2024-03-03"),
        ])  # fmt: skip
    return tmp_path / "record"


def shown(record: Path, name: str) -> ShownReport:
    with Record.open(record) as held:
        found = next(row.id for row in held.reports() if row.name == name)
        thing = held.show(found)
        assert isinstance(thing, ShownReport)
        return thing


def test_a_report_is_shown_with_those_that_repeat_it(record: Path) -> None:
    copy, quoting = shown(record, "a.txt").copies
    assert (copy.report.name, copy.relation, copy.from_it) == ("b.txt", "copy", False)
    assert (quoting.report.name, quoting.relation, quoting.from_it) == ("c.txt", "quotation", False)
    assert quoting.begins == "Nine officers broke the door of the print shop at six in …"


def test_the_passages_stand_in_both_texts(record: Path) -> None:
    quoting, original = shown(record, "c.txt"), shown(record, "a.txt")
    row = next(row for row in quoting.copies if row.report.name == "a.txt")
    (passage,) = row.passages
    text = quoting.report.text[passage.one.start : passage.one.end]
    assert text == original.report.text[passage.other.start : passage.other.end] == RAID[:-1]
    told = plain.shown(quoting, why=False)["copies"]
    assert {each["original"] for each in told} == {"the other"}
    assert told[0]["passages"][0]["words"] == passage.words


def test_the_command_says_who_repeats_whom(
    record: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    show.main([shown(record, "b.txt").row.id, "--record", str(record)], standalone_mode=False)
    told = " ".join(capsys.readouterr().out.split())
    assert "copy of: Quay Monitor, 1 March 2024, a.txt" in told
    assert "quoted by: unknown publisher, 3 March 2024, c.txt" in told
