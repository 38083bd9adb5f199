"""One record on disk: its folder, its tables, its kept files, and the pen that writes them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, Row, func, select

from khronika.evidence.journal import Entry
from khronika.store import due, link_state, schema
from khronika.store.changes import Change
from khronika.store.database import SCHEMA, engine_for, migrate, said_plainly, schema_of
from khronika.store.errors import NoRecordError, RecordExistsError
from khronika.store.files import KeptFiles
from khronika.store.link_parts import LAST, LINKS, part_name
from khronika.store.lock import ERASING, WRITING, writer_lock
from khronika.store.remembered import Remembered
from khronika.store.writer import Writer, append, last_linked

DATABASE = "record.db"
CODINGS = ("coding", "corrected")  # the latter, where there is one, holds what reviewers corrected
# Entries after which links may no longer be what reports and rulings say.
CHANGES_LINKS = (
    *(
        "added",
        "read again",
        "recoded",
        "coded by hand",
        "corrected",
        "ruled",
        "withdrawn",
        "redacted",
    ),
    "codebook",
)


# Brings the review queue to what the tables say: told what changed, with a pen of its own.
KeepQueue = Callable[["Store", Connection, Mapping[due.Due, frozenset[str]]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What only the outside can give: the time (RFC 3339, UTC) and salts (32 hex digits)."""

    now: Callable[[], str]
    salt: Callable[[], str]


class Store:
    """A record: `record.db` and `kept/`. Reading is free; writing goes through `writing`."""

    def __init__(self, path: Path, engine: Engine, keep_queue: KeepQueue | None = None) -> None:
        self.path = path
        self.engine = engine
        self.files = KeptFiles(path)
        self.remembered = Remembered()
        self._keep_queue = keep_queue

    @classmethod
    def open(cls, path: Path, keep_queue: KeepQueue | None = None) -> Self:
        """Open a record that is there.

        Args:
            path: its folder.
            keep_queue: the step that brings the review queue up after each writing; without it
                that is left to whoever opens the record with one.

        Raises:
            NoRecordError: the folder is none.
            NewerRecordError: a later version of Khronika wrote it.
        """
        if not (path / DATABASE).is_file():
            raise NoRecordError(
                f"{path} is no record: it holds no {DATABASE}.",
                remedy="name the record with --record, or make one with `khronika add`.",
            )
        engine = engine_for(path / DATABASE)
        if schema_of(engine) != SCHEMA:
            with writer_lock(path), said_plainly():
                migrate(engine)
        return cls(path, engine, keep_queue)

    @classmethod
    def create(cls, path: Path, chance: Chance, keep_queue: KeepQueue | None = None) -> Self:
        """Make a record where nothing is, or in an empty folder; else as `open`.

        Raises:
            RecordExistsError: something lies there already.
        """
        if path.exists() and (not path.is_dir() or _holds_other_things(path)):
            raise RecordExistsError(
                f"{path} is not empty.",
                remedy="choose another folder, or open the record that is there.",
            )
        path.mkdir(parents=True, exist_ok=True)
        with writer_lock(path):
            growing = path / f"{DATABASE}.new"  # a kill leaves no database without its schema
            for rest in path.glob(f"{DATABASE}.new*"):
                rest.unlink()
            engine = engine_for(growing)
            with said_plainly():
                migrate(engine)
                with engine.begin() as connection:
                    append(connection, chance.now(), Change(what="created"), {})
                with engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
            growing.replace(path / DATABASE)
            (path / "kept").mkdir(exist_ok=True)
        return cls.open(path, keep_queue)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the tables, whatever is written meanwhile."""
        with said_plainly(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def linking(self, engine: str) -> Iterator[link_state.LinkState | None]:
        """What linking keeps, to look things up in; None where it is not that of the links."""
        with self.reading() as connection:
            fits = link_state.fits(connection, last_linked(connection), engine)
            yield link_state.LinkState(connection) if fits else None

    @contextmanager
    def writing(
        self, chance: Chance, *, erasing: bool = False, patience: float = 0.0
    ) -> Iterator[Writer]:
        """The record's only pen; what a writer that was cut off left is cleared away first.

        Args:
            chance: the time and salts.
            erasing: no byte of what goes may stay.
            patience: seconds to wait while another holds it.

        Raises:
            RecordBusyError: another process holds it.
        """
        mark = ERASING if erasing else WRITING
        with writer_lock(self.path, mark, patience) as left, said_plainly():
            writer = Writer(self.engine, self.files, chance.now, chance.salt)
            if left:
                writer.recover()
            if left == ERASING:
                self.erase_traces()
            yield writer
            writer.tidy()
            self._bring_up_queue()
            writer.seal()  # last: whoever remembers what holds at an entry sees that all is done
            self.files.clear_partial()

    def _bring_up_queue(self) -> None:
        if self._keep_queue is None:
            return
        with self.reading() as connection:
            wanted = due.due(connection)
        if wanted:
            with self.engine.begin() as connection:
                self._keep_queue(self, connection, wanted)
                due.done(connection)

    def last_entry(self) -> int:
        """The number of the last entry of the journal; 0 if there is none."""
        with self.reading() as connection:
            return connection.execute(select(func.max(schema.journal.c.seq))).scalar() or 0

    def queue_is_due(self) -> bool:
        """True if the review queue may not be what the tables say."""
        with self.reading() as connection:
            return due.is_due(connection)

    def entries(self) -> Iterator[Entry]:
        """The journal, from its first entry."""
        with self.reading() as connection:
            for row in connection.execute(select(schema.journal).order_by(schema.journal.c.seq)):
                yield Entry(**row._mapping)

    def part(self, subject: str, part: str) -> bytes | None:
        """The bytes of one kept part, or None."""
        digest = self.digest(subject, part)
        return None if digest is None else self.files.read(digest)

    def digest(self, subject: str, part: str) -> str | None:
        """The digest of one kept part, or None; its file is not read."""
        held = schema.held
        asked = select(held.c.digest).where(held.c.subject == subject, held.c.part == part)
        with self.reading() as connection:
            return connection.execute(asked).scalar()

    def coding(self, report: str) -> bytes | None:
        """What a report tells, with what reviewers corrected; None where nobody coded it."""
        held = schema.held
        asked = select(held.c.digest).where(held.c.subject == report, held.c.part.in_(CODINGS))
        with self.reading() as connection:
            digest = connection.execute(asked.order_by(held.c.part.desc()).limit(1)).scalar()
        return None if digest is None else self.files.read(digest)

    def coded(self) -> list[str]:
        """Every report that has a coding, by id."""
        held = schema.held.c
        asked = select(held.subject).where(held.part.in_(CODINGS)).distinct()
        return [row.subject for row in self.all(asked.order_by(held.subject))]

    def codings(self) -> Iterator[tuple[str, bytes]]:
        """Each report that has a coding, and what `coding` says of it, by id."""
        held = schema.held
        asked = select(held.c.subject, held.c.digest).where(held.c.part.in_(CODINGS))
        rows = self.all(asked.order_by(held.c.subject, held.c.part))
        for subject, digest in {row.subject: row.digest for row in rows}.items():
            yield subject, self.files.read(digest)

    def facts(self) -> Iterator[str]:
        """What linking wants to know of each report, as JSON, by report id."""
        asked = select(schema.facts.c.data).order_by(schema.facts.c.report_id)
        for row in self.all(asked):
            yield row.data

    def links_are_stale(self) -> bool:
        """True if reports or rulings came, went or changed after the last linking."""
        if self.links_are_of_before():
            return True
        what, seq = schema.journal.c.what, schema.journal.c.seq
        with self.reading() as connection:
            linked = connection.execute(select(func.max(seq)).where(what == "linked")).scalar()
            changed = connection.execute(
                select(func.max(seq)).where(what.in_(CHANGES_LINKS))
            ).scalar()
        return (changed or 0) > (linked or 0)

    def changed_since_linked(self) -> list[str]:
        """The reports, rulings and whatever else came, went or changed after the last linking."""
        entries = schema.journal.c
        last = select(func.max(entries.seq)).where(entries.what == "linked").scalar_subquery()
        asked = select(entries.payload).where(
            entries.what.in_(CHANGES_LINKS), entries.seq > func.coalesce(last, 0)
        )
        found = (json.loads(row.payload).get("subject", "") for row in self.all(asked))
        return sorted({subject for subject in found if subject})

    def links_are_of_before(self) -> bool:
        """True if an earlier version linked, which kept links in another form."""
        held = schema.held.c
        others = (held.part < part_name(0)) | (held.part > part_name(LAST))
        asked = select(held.part).where(held.subject == LINKS, others).limit(1)
        return bool(self.all(asked))

    def parts_of(self, subject: str) -> list[str]:
        """The names of the parts that a subject has, sorted."""
        held = schema.held.c
        asked = select(held.part).where(held.subject == subject).order_by(held.part)
        return [row.part for row in self.all(asked)]

    def subjects(self, part: str, *, by_entry: bool = False) -> list[str]:
        """Every subject that has a part of this name: sorted, or by the entry that set it."""
        held = schema.held.c
        order = held.seq if by_entry else held.subject
        asked = select(held.subject).where(held.part == part).order_by(order)
        return [row.subject for row in self.all(asked)]

    def parts(self, part: str) -> Iterator[tuple[str, bytes]]:
        """Each subject that has a part of this name, and its bytes, by subject."""
        held = schema.held
        asked = select(held.c.subject, held.c.digest).where(held.c.part == part)
        for row in self.all(asked.order_by(held.c.subject)):
            yield row.subject, self.files.read(row.digest)

    def all(self, statement: object) -> Sequence[Row[tuple[object, ...]]]:
        """Every row that a select gives."""
        with self.reading() as connection:
            return connection.execute(statement).all()  # type: ignore[call-overload, no-any-return]

    def erase_traces(self) -> None:
        """Leave no byte of deleted rows in the database, its log or its index."""
        with said_plainly(), self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("INSERT INTO search(search) VALUES ('optimize')")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _holds_other_things(path: Path) -> bool:
    ours = {"writer.lock", f"{DATABASE}.new", f"{DATABASE}.new-wal", f"{DATABASE}.new-shm"}
    return any(entry.name not in ours for entry in path.iterdir())
