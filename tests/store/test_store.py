import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from khronika.errors import KhronikaError
from khronika.model.ids import sha256
from khronika.store import database, schema
from khronika.store.changes import Change
from khronika.store.errors import (
    DamagedRecordError,
    NewerRecordError,
    NoRecordError,
    RecordBusyError,
    RecordExistsError,
    StorageError,
)
from khronika.store.files import KeptFiles
from khronika.store.store import Chance, Store

CHANCE = Chance(now=lambda: "2030-01-01T00:00:00Z", salt=lambda: "ab" * 16)
NOTE = Change(what="noted", subject="note", parts={"words": b"kept words"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "record", CHANCE)
    yield made
    made.close()


def test_a_part_is_kept_under_its_digest(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([NOTE])
    assert store.part("note", "words") == b"kept words"
    digest = sha256(b"kept words")
    assert (store.path / "kept" / digest[:2] / digest[2:]).read_bytes() == b"kept words"
    assert list(store.files.digests()) == [digest]
    assert not (store.path / "partial").exists()


def test_a_part_that_is_replaced_or_erased_leaves_no_file(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([NOTE])
        writer.commit([Change(what="noted", subject="note", parts={"words": b"others"})])
        assert list(store.files.digests()) == [sha256(b"others")]
        writer.commit([Change(what="gone", subject="note", erased=("words",))])
    assert list(store.files.digests()) == []
    assert [entry.what for entry in store.entries()] == [
        "created",
        "noted",
        "noted",
        "gone",
        "sealed",
    ]


def test_bytes_that_two_subjects_share_stay_until_both_are_gone(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([NOTE, Change(what="noted", subject="other", parts={"words": b"kept words"})])
        writer.commit([Change(what="gone", subject="note", erased=("words",))])
        assert store.part("other", "words") == b"kept words"


def test_what_a_writer_that_was_cut_off_left_is_cleared_away(store: Store) -> None:
    def is_cut_off() -> None:
        with store.writing(CHANCE) as writer:
            writer.commit([NOTE])
            store.files.put([b"an orphan"])
            store.files.partial.mkdir(exist_ok=True)
            (store.files.partial / "half").write_bytes(b"ha")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        is_cut_off()
    with store.writing(CHANCE):
        assert list(store.files.digests()) == [sha256(b"kept words")]
    assert not store.files.partial.exists()


def test_a_commit_that_fails_leaves_the_record_as_it_was(store: Store) -> None:
    broken = Change(what="added", subject="rpt_x", parts={"report": b"{}", "text": b""})
    with pytest.raises(KeyError), store.writing(CHANCE) as writer:
        writer.commit([NOTE, broken])
    assert store.part("note", "words") is None
    assert [entry.what for entry in store.entries()] == ["created"]


def test_there_is_one_writer_at_a_time(store: Store) -> None:
    again = Store.open(store.path)
    refused = pytest.raises(RecordBusyError, match="What to do")
    with store.writing(CHANCE), refused, again.writing(CHANCE):
        pass
    with again.writing(CHANCE) as writer:
        writer.commit([NOTE])
    again.close()


def test_a_writer_in_another_process_is_waited_for(store: Store) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom khronika.store.lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(store.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(RecordBusyError), store.writing(CHANCE):
        pass
    other.communicate("")
    with store.writing(CHANCE) as writer:
        writer.commit([NOTE])


def test_a_reader_sees_one_state_while_another_writes(store: Store) -> None:
    counted = select(schema.journal.c.seq)
    with store.reading() as connection:
        before = connection.execute(counted).all()
        with store.writing(CHANCE) as writer:
            writer.commit([NOTE])
        assert connection.execute(counted).all() == before
    assert len(store.all(counted)) == len(before) + 2


def test_a_folder_that_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoRecordError, match="What to do"):
        Store.open(tmp_path)
    (tmp_path / "record.db").write_bytes(b"this is no database at all, whatever it is named")
    with pytest.raises(KhronikaError, match="What to do"):
        Store.open(tmp_path)
    sqlite3.connect(tmp_path / "other.db").close()


def test_an_error_of_the_database_tells_no_row(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="noted", subject="note", notes={"n": "secret"})])
    raw = sqlite3.connect(store.path / "record.db")
    raw.execute("UPDATE journal SET payload = CAST(x'73656372657480' AS TEXT)")
    raw.commit()
    raw.close()
    with pytest.raises(DamagedRecordError) as caught:
        list(store.entries())
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_another_database_is_no_record(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "record.db")
    other.execute("CREATE TABLE mine (id)")
    other.close()
    with pytest.raises(NoRecordError):
        Store.open(tmp_path)


def test_a_record_is_not_made_where_something_lies(tmp_path: Path, store: Store) -> None:
    with pytest.raises(RecordExistsError):
        Store.create(store.path, CHANCE)
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordExistsError):
        Store.create(tmp_path / "file", CHANCE)
    with pytest.raises(RecordExistsError):
        Store.create(tmp_path, CHANCE)


def test_a_record_of_a_later_version_is_refused(store: Store) -> None:
    raw = sqlite3.connect(store.path / "record.db")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    with pytest.raises(NewerRecordError, match="9999"):
        Store.open(store.path)


def test_the_last_migration_is_the_schema_that_is_known() -> None:
    folder = Path(database.__file__).parent / "migrations" / "versions"
    names = sorted(path.stem[:4] for path in folder.glob("0*.py"))
    assert (*names,) == database.KNOWN
    assert names[-1] == database.SCHEMA


def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    with store.reading() as connection:
        for table in schema.metadata.sorted_tables:
            rows = connection.exec_driver_sql(f"PRAGMA table_info({table.name})").all()
            assert [row[1] for row in rows] == [column.name for column in table.columns]
            keys = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table.name})").all()
            assert len(keys) == len(table.foreign_keys)


def test_no_migration_is_missing(store: Store) -> None:
    ours = set(schema.metadata.tables)

    def is_ours(_thing: object, name: str | None, kind: str, *_: object) -> bool:
        return kind != "table" or name in ours

    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, schema.metadata) == []


def test_the_database_is_durable_and_wipes_what_it_deletes(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with store.reading() as connection:
        for pragma, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_kept_file_that_was_changed_is_not_handed_out(store: Store) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([NOTE])
    path = store.files.path(sha256(b"kept words"))
    path.write_bytes(b"other words")
    with pytest.raises(DamagedRecordError, match="What to do"):
        store.part("note", "words")
    path.unlink()
    with pytest.raises(DamagedRecordError, match="missing"):
        store.part("note", "words")


def test_a_full_disk_leaves_the_record_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing(CHANCE) as writer:
        writer.commit([NOTE])

    def full(_handle: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("khronika.store.files.os.fsync", full)
        with pytest.raises(StorageError, match="No space left") as caught:
            KeptFiles(store.path).put([b"more"])
    assert "What to do" in str(caught.value)
    with store.writing(CHANCE) as writer:
        writer.commit([Change(what="noted", subject="more", parts={"words": b"more"})])
    assert store.part("more", "words") == b"more"


def test_a_full_database_leaves_the_record_as_it_was(store: Store) -> None:
    big = Change(what="noted", subject="big", parts={"words": b"x"}, notes={"n": "y" * 4_000_000})

    def fill() -> None:
        with store.writing(CHANCE) as writer:
            with store.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA max_page_count = 100")
            writer.commit([big])

    with pytest.raises(StorageError, match="What to do"):
        fill()
    assert store.part("big", "words") is None
    again = Store.open(store.path)
    with again.writing(CHANCE) as writer:
        writer.commit([NOTE])
        assert list(again.files.digests()) == [sha256(b"kept words")]
    again.close()
