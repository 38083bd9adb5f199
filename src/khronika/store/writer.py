"""Writing: kept files first, then the journal and every derived row in one transaction."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, delete, desc, func, insert, select

from khronika.evidence.digests import salted
from khronika.evidence.journal import Entry, chain
from khronika.evidence.seal import SEALED, seal
from khronika.model.links import LinkChanges
from khronika.store import due, link_state, schema
from khronika.store.apply_links import apply_links
from khronika.store.changes import Change
from khronika.store.chunks import in_chunks
from khronika.store.derive import grouped, rows
from khronika.store.due import Due
from khronika.store.files import KeptFiles
from khronika.store.link_parts import LAST, LINKS, number_of, part_name, pieces, written
from khronika.store.read_links import all_links

Derived = Mapping[str, list[dict[str, Any]]]
Linking = Callable[[link_state.LinkState, bool], Sequence[Change]]
Placed = dict[str, tuple[str, str]]  # by part name the digest and its salt
AT_ONCE = 5000  # rows; a bound on memory
PIECES = 8  # of links that are kept at once
COMPACTED = "compacted"
FEW = 1000  # changes of links that are not worth writing anew
TIMES = 4  # so many times the parts that links had when they were last written whole
IN_ORDER = tuple(schema.metadata.sorted_tables)  # parents before what refers to them


class Writer:
    """Holds the pen of one record. Each `commit` is whole or has not happened."""

    def __init__(
        self,
        engine: Engine,
        files: KeptFiles,
        now: Callable[[], str],
        salt: Callable[[], str],
    ) -> None:
        self._engine = engine
        self._files = files
        self._now = now
        self._salt = salt

    def commit(self, changes: Sequence[Change]) -> None:
        """Keep the parts, journal each change, derive the rows of every subject touched.

        Links that are written so make what linking keeps between runs void.
        """
        with self._engine.begin() as connection:
            if any(change.links for change in changes):
                link_state.clear(connection)
            gone = self._write(connection, changes)
        self._files.remove(gone)

    def link(self, engine: str, work: Linking) -> None:
        """Let linking look things up and change them, in one transaction with what it finds.

        Args:
            engine: what links, with its version; what another left is dropped.
            work: is given what linking kept, and whether that fits the links that are kept; if it
                does not, it is empty, and everything has to be linked. Returns what to commit.
        """
        with self._engine.begin() as connection:
            there = link_state.fits(connection, last_linked(connection), engine)
            if not there:
                link_state.clear(connection)
            changes = work(link_state.LinkState(connection), there)
            gone = self._write(connection, changes)
            link_state.mark(connection, last_linked(connection), engine)
        self._files.remove(gone)

    def _write(self, connection: Connection, changes: Sequence[Change]) -> list[str]:
        """Write it all; the digests of files that nothing names any longer."""
        contents = [data for change in changes for data in change.parts.values()]
        digests = iter(self._files.put(contents))
        dropped: set[str] = set()
        for change in changes:
            placed = {part: (next(digests), self._salt()) for part in change.parts}
            if change.links:
                change, more = self._link(connection, change)  # noqa: PLW2901
                placed |= more
            dropped |= _replaced(connection, change)
            entry = append(connection, self._now(), change, placed)
            _hold(connection, change.subject, placed, entry.seq)
        subjects = {each.subject: each.rows for each in changes if each.subject != LINKS}
        _mark(connection, subjects)
        for subject in subjects:
            forget(connection, subject)
        insert_rows(connection, self._rows(connection, subjects))
        due.mark(connection, Due.RULED, _ruled(connection, subjects))
        return _unheld(connection, dropped)

    def _link(self, connection: Connection, change: Change) -> tuple[Change, Placed]:
        """Keep what linking changed and bring the tables to it; older parts go if it is whole."""
        number, placed, known = _next_number(connection), Placed(), dict[str, str]()
        source = (piece for each in change.links for piece in pieces(each))
        while several := list(islice(source, PIECES)):
            if not placed and several[0].whole:
                known = _parts_of(connection, LINKS)
            digests = self._files.put(map(written, several))
            for piece, digest in zip(several, digests, strict=True):
                if change.what != COMPACTED:
                    apply_links(connection, piece)
                    _mark_links(connection, piece)
                placed[part_name(number + len(placed))] = digest, self._salt()
        if known or number == 1:
            link_state.note_parts(connection, len(placed))
        return replace(change, erased=(*change.erased, *sorted(known))), placed

    def tidy(self) -> None:
        """Write the kept links anew, once changes to them are many times what all of them take."""
        with self._engine.begin() as connection:
            parts = select(func.count()).where(schema.held.c.subject == LINKS)
            there, first = connection.execute(parts).scalar() or 0, link_state.parts(connection)
            if there - first < max(FEW, TIMES * first):
                return
            change = Change(what=COMPACTED, subject=LINKS, links=all_links(connection))
            gone = self._write(connection, [change])
        self._files.remove(gone)

    def seal(self) -> None:
        """Close what was written since the last seal, if anything was."""
        entries = schema.journal
        with self._engine.begin() as connection:
            last = select(func.max(entries.c.seq)).where(entries.c.what == SEALED)
            first = (connection.execute(last).scalar() or 0) + 1
            since = select(entries.c.digest).where(entries.c.seq >= first)
            digests = connection.execute(since.order_by(entries.c.seq)).scalars().all()
            if digests:
                made = seal(first, digests)
                notes = {"first": made.first, "last": made.last, "seal": made.digest}
                append(connection, self._now(), Change(what=SEALED, notes=notes), {})

    def rebuild(self, subjects: Iterable[str]) -> None:
        """Make every derived row again from the kept files, in one transaction."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            link_state.clear(connection)
            clear(connection)
            due.mark(connection, Due.ALL)
            insert_rows(connection, self._rows(connection, dict.fromkeys(subjects)))
            append(connection, self._now(), Change(what="rebuilt"), {})

    def _rows(
        self, connection: Connection, subjects: Mapping[str, Derived | None]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        for subject, ready in subjects.items():
            if ready is None:
                part = Reader(connection, self._files, subject)
                yield from rows(subject, part, part.names)
            else:
                yield from ((table, row) for table, found in ready.items() for row in found)

    def recover(self) -> None:
        """Clear away what a writer that was cut off left behind: files that no entry holds."""
        self._files.clear_partial()
        with self._engine.begin() as connection:
            known = set(connection.execute(select(schema.held.c.digest)).scalars())
        self._files.remove(digest for digest in list(self._files.digests()) if digest not in known)


def _mark(connection: Connection, subjects: Collection[str]) -> None:
    """Say what of the review queue changes with some subjects, while they are as they were."""
    due.mark(connection, Due.REPORT, (each for each in subjects if each.startswith("rpt_")))
    due.mark(connection, Due.RULED, _ruled(connection, subjects))
    if "codebook" in subjects:  # it says how severe a kind is
        due.mark(connection, Due.LINKS)


def _mark_links(connection: Connection, changes: LinkChanges) -> None:
    if changes.whole:
        due.mark(connection, Due.LINKS)
    due.mark(connection, Due.INCIDENT, (each.id for each in changes.incidents))
    due.mark(connection, Due.INCIDENT, changes.incidents_gone)


def _ruled(connection: Connection, subjects: Collection[str]) -> set[str]:
    """What rulings among some subjects name."""
    ids = [each for each in subjects if each.startswith("rul_")]
    table = schema.ruling.c
    found = (
        connection.execute(select(table.ids).where(table.id.in_(some))).scalars()
        for some in in_chunks(ids)
    )
    return {thing for several in found for each in several for thing in json.loads(each)}


def append(
    connection: Connection, time: str, change: Change, placed: Mapping[str, tuple[str, str]]
) -> Entry:
    """Write the entry of a change at the end of the journal."""
    latest = select(schema.journal).order_by(desc(schema.journal.c.seq)).limit(1)
    row = connection.execute(latest).one_or_none()
    payload: dict[str, Any] = dict(change.notes)
    if change.subject:
        payload["subject"] = change.subject
    if placed:
        payload["parts"] = {part: salted(salt, digest) for part, (digest, salt) in placed.items()}
    if change.erased:
        payload["erased"] = sorted(change.erased)
    last = Entry(**row._mapping) if row else None
    entry = chain(last, time=time, what=change.what, payload=payload)
    connection.execute(
        insert(schema.journal).values(
            seq=entry.seq,
            time=entry.time,
            what=entry.what,
            payload=entry.payload,
            previous=entry.previous,
            digest=entry.digest,
        )
    )
    return entry


class Reader:
    """Reads the kept parts of one subject by name."""

    def __init__(self, connection: Connection, files: KeptFiles, subject: str) -> None:
        self._files = files
        self._digests = _parts_of(connection, subject)

    @property
    def names(self) -> Collection[str]:
        """The names of its parts."""
        return self._digests.keys()

    def __call__(self, name: str) -> bytes | None:
        """The bytes of one part, or None."""
        return self._files.read(self._digests[name]) if name in self._digests else None


def _parts_of(connection: Connection, subject: str) -> dict[str, str]:
    held = schema.held
    asked = select(held.c.part, held.c.digest).where(held.c.subject == subject)
    return {row.part: row.digest for row in connection.execute(asked)}


def last_linked(connection: Connection) -> int:
    """The entry of the journal by which links were last written or taken away; 0 if none."""
    asked = "SELECT max(seq) FROM journal WHERE what IN ('linked', 'unlinked')"
    return connection.exec_driver_sql(asked).scalar() or 0


def _next_number(connection: Connection) -> int:
    held = schema.held.c
    last = select(func.max(held.part)).where(
        held.subject == LINKS, held.part >= part_name(0), held.part <= part_name(LAST)
    )
    found = connection.execute(last).scalar()
    return number_of(found) + 1 if found else 1


def insert_rows(connection: Connection, found: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Insert derived rows, many at a time, parents before what refers to them.

    Args:
        connection: to the record.
        found: tables' names and rows; what a row refers to comes before it.
    """
    source = iter(found)
    while several := list(islice(source, AT_ONCE)):
        tables = grouped(several)
        for table in IN_ORDER:
            if table.name in tables:
                connection.execute(insert(table), tables[table.name])


def forget(connection: Connection, subject: str) -> None:
    """Delete the derived rows of one subject; what hangs on a report or incident goes with it."""
    connection.execute(delete(schema.tombstone).where(schema.tombstone.c.subject == subject))
    if subject.startswith("rul_"):
        connection.execute(delete(schema.ruling).where(schema.ruling.c.id == subject))
    elif subject.startswith("rpt_"):
        connection.execute(
            delete(schema.search_text).where(schema.search_text.c.report_id == subject)
        )
        connection.execute(delete(schema.report).where(schema.report.c.id == subject))


def clear(connection: Connection) -> None:
    """Delete every derived row."""
    for table in reversed(IN_ORDER):
        if table in schema.DERIVED:
            connection.execute(delete(table))


def _replaced(connection: Connection, change: Change) -> set[str]:
    names = {*change.parts, *change.erased}
    if not names:
        return set()
    held = schema.held
    these = (held.c.subject == change.subject) & held.c.part.in_(names)
    digests = set(connection.execute(select(held.c.digest).where(these)).scalars())
    connection.execute(delete(held).where(these))
    return digests


def _hold(
    connection: Connection, subject: str, placed: Mapping[str, tuple[str, str]], seq: int
) -> None:
    found = [
        {"subject": subject, "part": part, "digest": digest, "salt": salt, "seq": seq}
        for part, (digest, salt) in placed.items()
    ]
    if found:
        connection.execute(insert(schema.held), found)


def _unheld(connection: Connection, digests: set[str]) -> list[str]:
    held = schema.held.c.digest
    return [
        digest
        for digest in sorted(digests)
        if connection.execute(select(held).where(held == digest).limit(1)).first() is None
    ]
