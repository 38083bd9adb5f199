import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.evidence.verdict import exit_status
from khronika.workflows.record import Record
from khronika.workflows.rows import ShownReport
from khronika.workflows.showing import NoSuchThingError
from khronika.workflows.withdraw import WithdrawalError
from workflows.toys import TEXTS, a_capture, captures, every_byte, toy_parts


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", toy_parts()) as made:
        made.add(captures())
        yield made


def traces(record: Record, words: str) -> list[str]:
    """The files of a record that hold some words in any encoding, whatever the case."""
    spelled = {unicodedata.normalize(form, words) for form in ("NFC", "NFD", "NFKC")}
    cases = {each for word in spelled for each in (word, word.lower(), word.upper())}
    sought = [
        each.encode(encoding, "ignore")
        for each in cases
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")
    ]
    return [
        name
        for name, data in every_byte(record.path).items()
        if any(each and each in data for each in sought)
    ]


def report_named(record: Record, name: str) -> str:
    return next(row.id for row in record.reports() if row.name == name)


def test_no_byte_of_a_withdrawn_report_stays(record: Record) -> None:
    record.search("case files")  # the index was read before, too
    for words in ("case files", "Nothing else", "c.txt"):
        assert traces(record, words)
    record.withdraw(report_named(record, "c.txt"), why="the witness asked for it")
    record.close()
    for words in ("case files", "Nothing else", "nothing", "files", "c.txt"):
        assert traces(record, words) == [], words
    assert exit_status(record.verify()) == 0


def test_a_withdrawn_report_does_not_come_back(record: Record) -> None:
    gone = report_named(record, "c.txt")
    record.withdraw(gone, why="asked for")
    added = record.add(captures("c.txt", "a.txt"))
    assert (added.added, added.known) == (0, 1)
    assert "withdrawn" in added.refused[0].problem
    with pytest.raises(NoSuchThingError, match="withdrawn"):
        record.show(gone)


def test_incidents_forget_a_withdrawn_report(record: Record) -> None:
    record.withdraw(report_named(record, "a.txt"), why="asked for")
    told = [row.report.name for each in record.incidents() for row in each.tellings]
    assert sorted(told) == ["b.txt", "b.txt", "c.txt"]


def test_no_byte_of_a_withdrawn_person_stays(record: Record) -> None:
    record.add(
        [
            a_capture("case-ada_lark.txt", "About ADA LARK:\nAda Lark was fined on 2022-01-01."),
            a_capture("e.txt", "Write to ada.lark@example.org.\nOr call (Lark’s) sister."),
            a_capture("f.txt", "Larkspur grows here.", url="https://example.org/ada-lark"),
        ]
    )
    [person] = record.actors(name="Ada Lark")
    record.rule("accept", [record.acts(actor="Ada Lark")[0].act.id], why="Ada Lark", reviewer="R")
    record.withdraw(person.id, why="Ada Lark asked for it")
    record.close()
    for words in ("Ada Lark", "ada_lark", "ada.lark", "ada-lark"):
        assert traces(record, words) == [], words
    assert exit_status(record.verify()) == 0
    assert record.search("larkspur")


def test_what_is_told_of_others_stays(record: Record) -> None:
    [person] = record.actors(name="Ada Lark")
    record.withdraw(person.id, why="asked for")
    assert [actor.caption for actor in record.actors()] == ["Bela Finch"]
    rows = record.acts()
    assert {row.report.name for row in rows} == {"b.txt", "c.txt"}
    assert all(row.act.involvements[0].name == "Bela Finch" for row in rows)
    shown = record.show(report_named(record, "b.txt"))
    assert isinstance(shown, ShownReport)
    assert shown.report.text.startswith("███ ████ was arrested on 2021-03-04.\nBela Finch")


def test_recoding_does_not_bring_a_person_back(record: Record) -> None:
    [person] = record.actors(name="Ada Lark")
    record.withdraw(person.id, why="asked for")
    before = [row.act.id for row in record.acts()]
    record.recode()
    record.rebuild()
    assert [row.act.id for row in record.acts()] == before
    assert [actor.caption for actor in record.actors()] == ["Bela Finch"]
    assert exit_status(record.verify()) == 0


def test_the_same_bytes_do_not_bring_a_person_back(record: Record) -> None:
    [person] = record.actors(name="Ada Lark")
    record.withdraw(person.id, why="asked for")
    added = record.add([a_capture("other.txt", TEXTS["a.txt"])])
    assert (added.added, added.known) == (0, 1)
    assert traces(record, "Ada Lark") == []


def test_a_withdrawal_needs_a_reason_and_a_report_or_person(record: Record) -> None:
    with pytest.raises(WithdrawalError, match="reason"):
        record.withdraw(report_named(record, "a.txt"), why=" ")
    with pytest.raises(WithdrawalError, match="neither"):
        record.withdraw(record.acts()[0].act.id, why="asked for")
