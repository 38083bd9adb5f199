"""What the tables hold beside what the kept files say: the comparisons that `verify` makes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select
from sqlalchemy.exc import DatabaseError

from khronika.evidence.digests import salted
from khronika.evidence.journal import Entry
from khronika.evidence.verdict import Finding, Verdict
from khronika.model.ids import sha256
from khronika.store import schema

Key = tuple[str, str]  # subject and part
OF_ACT = {"involvement", "location"}
NAMES = {  # the number of a row in the index says nothing
    table.name: [c.name for c in table.c if c is not schema.search_text.c.id]
    for table in schema.DERIVED
}


def failed(subject: str, check: str, detail: str) -> Finding:
    """A finding that something does not hold."""
    return Finding(subject=subject, check=check, verdict=Verdict.FAILED, detail=detail)


def expected_parts(entries: Iterable[Entry]) -> dict[Key, tuple[int, str]]:
    """The parts that the record holds by its journal: each with its entry and salted digest."""
    found: dict[Key, tuple[int, str]] = {}
    for entry in entries:
        payload = entry.read()
        subject = payload.get("subject", "")
        for part in payload.get("erased", ()):
            found.pop((subject, part), None)
        for part, digest in payload.get("parts", {}).items():
            found[subject, part] = (entry.seq, digest)
    return found


def held_findings(
    connection: Connection, expected: Mapping[Key, tuple[int, str]]
) -> Iterator[Finding]:
    """Where the list of kept parts is not what the journal says."""
    rows = {(row.subject, row.part): row for row in connection.execute(select(schema.held))}
    for key in sorted(expected.keys() - rows.keys()):
        yield failed(key[0], "held", f"its part '{key[1]}' is not listed, though never withdrawn")
    for key, row in sorted(rows.items()):
        entry = expected.get(key)
        if entry is None:
            yield failed(key[0], "held", f"its part '{key[1]}' is in no entry of the journal")
        elif entry != (row.seq, salted(row.salt, row.digest)):
            yield failed(key[0], "held", f"its part '{key[1]}' is not the one in the journal")


class Tally:
    """Rows by table as a count and a sum of digests: the same for the same rows in any order."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._sums: Counter[str] = Counter()

    def add(self, table: Table, row: Mapping[str, Any]) -> None:
        """Take one row in."""
        written = repr(tuple(map(row.get, NAMES[table.name])))  # 1, 1.0, True and '1' differ
        self.counts[table.name] += 1
        self._sums[table.name] += int(sha256(written.encode()), 16)

    def differs(self, table: Table, other: "Tally") -> bool:
        """True if the rows of a table are not the other's."""
        name = table.name
        return (self.counts[name], self._sums[name]) != (other.counts[name], other._sums[name])


def derived_tally(found: Iterable[tuple[str, Mapping[str, Any]]]) -> Tally:
    """What the kept parts of a subject make."""
    tally = Tally()
    for table, row in found:
        tally.add(schema.metadata.tables[table], row)
    return tally


def row_faults(connection: Connection, subject: str, derived: Tally) -> list[str]:
    """The tables in which the rows of one subject are not what its kept files say."""
    stored, faults = Tally(), []
    for table in tables_of(subject):
        for row in connection.execute(_of_subject(table, subject)):
            stored.add(table, dict(row._mapping))
        if derived.differs(table, stored):
            faults.append(table.name)
    return faults


def tables_of(subject: str) -> tuple[Table, ...]:
    """The derived tables that hold rows of a subject."""
    if subject.startswith("rpt_"):
        return (*schema.OF_REPORT, schema.tombstone)
    if subject == "links":
        return schema.OF_LINKS
    return (schema.ruling, schema.tombstone) if subject.startswith("rul_") else (schema.tombstone,)


def total_findings(connection: Connection, derived: Mapping[str, int]) -> Iterator[Finding]:
    """Tables with rows that no kept file accounts for."""
    for table in schema.DERIVED:
        found = connection.execute(select(func.count()).select_from(table)).scalar()
        if found != derived.get(table.name, 0):
            detail = f"{found} rows, where the kept files make {derived.get(table.name, 0)}"
            yield failed(table.name, "rows", detail)


def database_findings(connection: Connection) -> Iterator[Finding]:
    """What SQLite itself finds wrong, in its pages, its references and the full-text index."""
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield failed("record.db", "database", "its pages or indices are damaged")
            break
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        yield failed("record.db", "database", "a row refers to one that is not there")
    try:
        connection.exec_driver_sql("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        yield failed("search", "database", "the full-text index is not that of the texts")


def _of_subject(table: Table, subject: str) -> Select[Any]:
    asked = select(table)
    if table.name in OF_ACT:
        return asked.join(schema.act).where(schema.act.c.report_id == subject)
    if table is schema.report or table is schema.ruling:
        return asked.where(table.c.id == subject)
    if table in schema.OF_REPORT:
        return asked.where(table.c.report_id == subject)
    if table is schema.tombstone:
        return asked.where(table.c.subject == subject)
    return asked
