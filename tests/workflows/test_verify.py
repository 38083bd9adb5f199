import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.evidence.verdict import Verdict, exit_status
from khronika.store import schema
from khronika.store.errors import DamagedRecordError, NewerRecordError, NoRecordError
from khronika.workflows.record import Record
from workflows.toys import captures, toy_parts


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("verify") / "record"
    with Record.create(path, toy_parts()) as made:
        made.add(captures())
        [incident, *_] = made.incidents()
        made.rule("accept", [incident.incident.id], why="confirmed by phone", reviewer="R")
        made.withdraw(made.reports()[-1].id, why="asked for")
    return path


@pytest.fixture
def record(template: Path, tmp_path: Path) -> Iterator[Record]:
    shutil.copytree(template, tmp_path / "record")
    with Record.open(tmp_path / "record", toy_parts()) as copied:
        yield copied


def status(record: Record) -> int:
    try:
        return exit_status(record.verify())
    except (DamagedRecordError, NewerRecordError, NoRecordError):
        return 3


def test_a_whole_record_passes(record: Record) -> None:
    findings = list(record.verify())
    assert {each.verdict for each in findings} == {Verdict.PASSED}
    assert exit_status(findings) == 0


def test_a_flipped_bit_of_any_kept_file_is_found(record: Record) -> None:
    for path in sorted((record.path / "kept").rglob("*")):
        if not path.is_file():
            continue
        whole = path.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            for bit in (0, 6):
                path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
                assert status(record) == 3, (path, at)
        path.write_bytes(whole)
    assert status(record) == 0


def test_a_missing_or_a_stray_kept_file_is_found(record: Record) -> None:
    [path, *_] = (each for each in sorted((record.path / "kept").rglob("*")) if each.is_file())
    whole = path.read_bytes()
    path.unlink()
    assert status(record) == 3
    path.write_bytes(whole)
    (record.path / "kept" / "notes.txt").write_text("mine")
    assert status(record) == 3


def flips(value: object) -> Iterator[object]:
    if isinstance(value, str):
        yield value + "x"
        if value:
            yield chr(ord(value[0]) ^ 1) + value[1:]
    elif isinstance(value, int):
        yield from (value ^ 1, value ^ 1 << 10)
    elif isinstance(value, float):
        yield value + 0.25
    else:
        yield from (0, "x")


@pytest.mark.parametrize("table", [*schema.metadata.tables, "alembic_version"])
def test_a_changed_value_in_any_row_is_found(record: Record, table: str) -> None:
    raw = sqlite3.connect(record.path / "record.db")
    raw.isolation_level = None
    raw.execute("PRAGMA foreign_keys=OFF")
    names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    for row in raw.execute(f"SELECT rowid, * FROM {table} LIMIT 1").fetchall():
        for name, value in zip(names, row[1:], strict=True):
            for changed in flips(value):
                if table == "search_text" and name == "id":
                    continue
                try:
                    raw.execute(f'UPDATE {table} SET "{name}"=? WHERE rowid=?', (changed, row[0]))
                except (sqlite3.IntegrityError, sqlite3.OperationalError):  # a trigger reads JSON
                    continue
                assert status(record) in {2, 3}, (table, name, value, changed)
                where = changed if name == "seq" and table == "journal" else row[0]
                raw.execute(f'UPDATE {table} SET "{name}"=? WHERE rowid=?', (value, where))
    raw.close()
    assert status(record) == 0


@pytest.mark.parametrize("table", [table.name for table in schema.metadata.sorted_tables])
def test_a_row_that_is_gone_or_put_in_is_found(record: Record, table: str) -> None:
    raw = sqlite3.connect(record.path / "record.db")
    raw.execute("PRAGMA foreign_keys=OFF")
    if not raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
        pytest.skip("no rows of this sort in the record")
    raw.execute(f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    if table != "journal":  # the end of the journal is held by a seal outside of the record
        raw.commit()
        assert status(record) == 3
    raw.close()


def test_an_entry_cut_out_of_the_journal_is_found(record: Record) -> None:
    raw = sqlite3.connect(record.path / "record.db")
    raw.execute("DELETE FROM journal WHERE seq = 2")
    raw.commit()
    raw.close()
    assert status(record) == 3


def test_rebuild_mends_the_tables(record: Record) -> None:
    raw = sqlite3.connect(record.path / "record.db")
    raw.execute("UPDATE act SET kind = 'killing'")
    raw.execute("DELETE FROM passage WHERE idx = 0")
    raw.commit()
    raw.close()
    assert status(record) == 3
    record.rebuild()
    assert status(record) == 0
