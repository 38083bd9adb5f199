"""What of the review queue is marked as due, and when."""

from pathlib import Path

import pytest

from khronika.store import due, schema
from khronika.store.changes import Change
from khronika.store.due import Due
from khronika.store.store import Chance, Store

CHANCE = Chance(now=lambda: "2030-01-01T00:00:00Z", salt=lambda: "0" * 32)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "record", CHANCE)


def wanted(store: Store) -> dict[Due, frozenset[str]]:
    with store.reading() as connection:
        return dict(due.due(connection))


def clear(store: Store) -> None:
    with store.engine.begin() as connection:
        due.done(connection)


def test_a_new_record_is_due_and_stays_so_without_the_step_that_keeps_the_queue(
    store: Store,
) -> None:
    assert wanted(store) == {Due.ALL: frozenset({""})}
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="noted")])
    assert store.queue_is_due()


def test_what_is_written_says_what_may_have_changed(store: Store) -> None:
    clear(store)
    ruling = b'{"id":"rul_1","verb":"accept","ids":["act_1"],"reviewer":"R","time":"","why":"x"}'
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="ruled", subject="rul_1", parts={"ruling": ruling})])
        assert wanted(store) == {Due.RULED: frozenset({"act_1"})}
        writer.commit([Change(what="withdrawn", subject="rpt_1", erased=("bytes",))])
        assert wanted(store)[Due.REPORT] == frozenset({"rpt_1"})
        writer.commit([Change(what="codebook", subject="codebook", parts={"codebook": b"{}"})])
        assert Due.LINKS in wanted(store)


def test_a_ruling_that_goes_marks_what_it_named(store: Store) -> None:
    ruling = b'{"id":"rul_1","verb":"accept","ids":["act_1"],"reviewer":"R","time":"","why":"x"}'
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="ruled", subject="rul_1", parts={"ruling": ruling})])
        clear(store)
        writer.commit([Change(what="withdrawn", subject="rul_1", erased=("ruling",))])
    assert wanted(store) == {Due.RULED: frozenset({"act_1"})}


def test_the_step_is_told_what_is_due_once_and_nothing_stays_due(tmp_path: Path) -> None:
    told = []
    Store.create(tmp_path / "record", CHANCE)
    store = Store.open(tmp_path / "record", lambda _store, _pen, wanted: told.append(wanted))
    for _ in range(2):
        with store.writing(CHANCE) as writer:
            writer.seal()
    assert told == [{Due.ALL: frozenset({""})}]
    assert not store.queue_is_due()


def test_a_step_that_fails_leaves_it_due(tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    Store.create(tmp_path / "record", CHANCE)
    store = Store.open(tmp_path / "record", fail)
    with pytest.raises(RuntimeError), store.writing(CHANCE):
        pass
    assert store.queue_is_due()


def test_the_migration_makes_the_tables_of_the_queue(store: Store) -> None:
    with store.reading() as connection:
        for table in (schema.queue, schema.queue_about, schema.queue_due):
            rows = connection.exec_driver_sql(f"PRAGMA table_info({table.name})").all()
            assert [row[1] for row in rows] == [column.name for column in table.columns]
            indices = {row[1] for row in connection.exec_driver_sql(
                f"PRAGMA index_list({table.name})"
            )}  # fmt: skip
            assert {index.name for index in table.indexes} <= indices
