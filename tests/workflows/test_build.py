from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from khronika.ingest.captures import Refusal
from khronika.publish import jsonl
from khronika.publish.view import ExportOptions
from khronika.workflows.build import Effort
from khronika.workflows.record import Record
from khronika.workflows.rows import ShownReport
from workflows.toys import TEXTS, a_capture, captures, every_byte, toy_parts


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", toy_parts()) as made:
        yield made


def exported(record: Record, folder: Path) -> dict[str, bytes]:
    jsonl.write(record.view(), folder, ExportOptions())
    return every_byte(folder)


def test_reports_become_acts_and_incidents(record: Record) -> None:
    added = record.add(captures())
    assert (added.added, added.known, added.refused) == (4, 0, ())
    assert added.uncoded == (("ru", 1),)
    summary = record.summary()
    assert (summary.reports, summary.coded, summary.acts, summary.incidents) == (4, 3, 4, 2)


def test_the_same_bytes_are_one_report_with_two_origins(record: Record) -> None:
    record.add([a_capture("z.txt", TEXTS["a.txt"]), a_capture("a.txt", TEXTS["a.txt"])])
    [row] = record.reports()
    assert row.name == "a.txt"
    shown = record.show(row.id)
    assert isinstance(shown, ShownReport)
    assert shown.origins == ("a.txt", "z.txt")


def test_adding_again_changes_nothing(record: Record) -> None:
    record.add(captures())
    before = record.journal()
    again = record.add(captures())
    assert (again.added, again.known) == (0, 4)
    assert record.journal() == before


def test_what_a_second_origin_says_is_read(record: Record) -> None:
    record.add([a_capture("b.txt", TEXTS["a.txt"])])
    record.add([a_capture("a.txt", TEXTS["a.txt"], publisher="The Bell")])
    [row] = record.reports(publisher="bell")
    assert row.name == "a.txt"


def test_one_by_one_in_any_order_gives_the_same_export(tmp_path: Path) -> None:
    exports = []
    for number, order in enumerate([sorted(TEXTS), *list(permutations(TEXTS))[5::7]]):
        with Record.create(tmp_path / f"record{number}", toy_parts()) as record:
            if number == 0:
                record.add(captures())
            for name in order:
                record.add(captures(name))
            exports.append(exported(record, tmp_path / f"export{number}"))
    assert all(each == exports[0] for each in exports)


def test_rebuild_gives_the_same_export(record: Record, tmp_path: Path) -> None:
    record.add(captures())
    before = exported(record, tmp_path / "before")
    record.rebuild()
    assert exported(record, tmp_path / "after") == before


def test_recode_gives_the_same_export(record: Record, tmp_path: Path) -> None:
    record.add(captures())
    before = exported(record, tmp_path / "before")
    done = record.recode()
    assert (done.reports, done.changed, done.queued) == (4, 0, ())
    assert exported(record, tmp_path / "after") == before


def test_worker_processes_give_the_same_export(tmp_path: Path) -> None:
    many = [
        a_capture(f"{n}.txt", f"Ada Lark was fined on 2021-03-{n % 28 + 1:02}.\nNumber {n}.")
        for n in range(30)
    ]
    exports = []
    for batch, small in ((4, 0), (40, 100)):
        with Record.create(tmp_path / f"record{batch}", toy_parts()) as record:
            added = record.add(many, effort=Effort(processes=1, batch=batch, small=small))
            assert added.added == 30
            exports.append(exported(record, tmp_path / f"export{batch}"))
    assert exports[0] == exports[1]


def test_a_report_that_ends_its_process_is_refused_alone(record: Record) -> None:
    fatal = a_capture("fatal.txt", "die, process")
    added = record.add([*captures(), fatal], effort=Effort(processes=1, small=0))
    assert added.added == 4
    assert [each.name for each in added.refused] == ["fatal.txt"]


def test_what_was_refused_is_told_and_the_rest_goes_on(record: Record) -> None:
    broken = Refusal(name="x.pdf", problem="It is encrypted.", remedy="save it without a password.")
    added = record.add([broken, a_capture("empty.txt", ""), *captures()])
    assert [each.name for each in added.refused] == ["x.pdf", "empty.txt"]
    assert added.added == 4


def test_a_report_that_the_coder_fails_on_is_kept_uncoded(record: Record) -> None:
    added = record.add([a_capture("odd.txt", "This will crash the coder."), *captures("a.txt")])
    assert added.added == 2
    assert added.uncoded == (("en", 1),)


def test_the_journal_holds_no_personal_text(record: Record) -> None:
    record.add(captures())
    written = " ".join(entry.payload for entry in record._store.entries())
    for word in ("Ada", "Lark", "Finch", "a.txt", "arrested"):
        assert word not in written
