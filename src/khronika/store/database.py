"""The SQLite database of a record: opened safely, brought to the schema of this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from khronika.store.errors import (
    DamagedRecordError,
    NewerRecordError,
    NoRecordError,
    RecordBusyError,
    StorageError,
)

SCHEMA = "0005"  # the last migration; a test holds it against the folder of migrations
KNOWN = ("0001", "0002", "0003", "0004", "0005")

OF_THE_DISK = (  # as SQLite says it
    "database or disk is full",
    "disk I/O error",
    "readonly database",
    "unable to open database file",
)
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",  # KiB: what one report changes stays in memory until it is written
    "PRAGMA wal_autocheckpoint=16384",  # pages, 64 MiB: pages that many reports change move once
)


def engine_for(path: Path) -> Engine:
    """An engine whose connections are durable, check foreign keys and wipe what they delete."""
    # Linking alone has some hundred statements, as lists of several lengths are looked up.
    engine = create_engine(f"sqlite:///{path}", connect_args={"cached_statements": 512})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the begin event below opens transactions
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def migrate(engine: Engine) -> None:
    """Bring a new or older database to this version's schema."""
    from alembic import command  # noqa: PLC0415  only a change of schema needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def schema_of(engine: Engine) -> str:
    """The schema that a database has.

    Raises:
        NoRecordError: it has none.
        NewerRecordError: a later version made it.
    """
    try:
        with engine.connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (DatabaseError, UnicodeDecodeError):
        if (Path(str(engine.url.database)).parent / "kept").is_dir():
            raise _damaged() from None
        raise NoRecordError(
            f"{engine.url.database} is no record.", remedy="name a folder that `khronika add` made."
        ) from None
    if found not in KNOWN:
        raise NewerRecordError(
            f"The record has schema {found}; this version of Khronika knows none after {SCHEMA}.",
            remedy="open it with the version that wrote it, or a later one.",
        )
    return str(found)


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn the database's own errors, which may quote rows, into ones that say what to do."""
    try:
        yield
    except DatabaseError as error:
        cause = str(error.orig)
        if "locked" in cause or "busy" in cause:
            raise RecordBusyError(
                "The record is in use by another process.",
                remedy="wait until it has ended, then run the same command again.",
            ) from None
        if reason := next((each for each in OF_THE_DISK if each in cause), ""):
            raise StorageError(
                f"The record could not be written: {reason}.",
                remedy="make room or restore access, then run the same command again;"
                " what was done so far is safe.",
            ) from None
        if isinstance(error, IntegrityError | ProgrammingError):
            raise
        raise _damaged() from None
    except UnicodeDecodeError:  # of a message or a row that is damaged
        raise _damaged() from None


def _damaged() -> DamagedRecordError:
    return DamagedRecordError(
        "The database of the record is damaged.",
        remedy="restore the record from a copy that `khronika verify` passes.",
    )


def schema_text(engine: Engine) -> frozenset[tuple[bytes | None, ...]]:
    """Every table, index and trigger of a database, as it is written there."""
    asked = "SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB),"
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"{asked} CAST(sql AS BLOB) FROM sqlite_master")
        return frozenset(tuple(row) for row in found)


@cache
def right_schema_text() -> frozenset[tuple[bytes | None, ...]]:
    """What `schema_text` must be."""
    engine = create_engine("sqlite://")
    migrate(engine)
    found = schema_text(engine)
    engine.dispose()
    return found
