"""Verifying: every digest, anchor, link of the journal's chain and row, recomputed."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection

from khronika.evidence.journal import check
from khronika.evidence.seal import check_seals
from khronika.evidence.verdict import Finding, Verdict
from khronika.model.ids import report_id, sha256
from khronika.store.audit import (
    Key,
    database_findings,
    derived_tally,
    expected_parts,
    failed,
    held_findings,
    row_faults,
    total_findings,
)
from khronika.store.database import right_schema_text, schema_of, schema_text
from khronika.store.derive import rows
from khronika.store.errors import DamagedRecordError
from khronika.store.store import CODINGS, Store
from khronika.store.writer import Reader


def verify_record(
    store: Store, progress: Callable[[int, int], None] | None = None
) -> Iterator[Finding]:
    """Check the whole record against its journal and its kept files.

    Args:
        store: the record.
        progress: told how many subjects are done, and of how many.

    Yields:
        One finding for the journal, for each kept file that is wrong, for each report, ruling and
        tombstone, and for the tables. Use `khronika.evidence.verdict.exit_status` on all of them.
    """
    schema_of(store.engine)
    entries = list(store.entries())
    yield from check(entries)
    yield from check_seals(entries)
    try:
        expected = expected_parts(entries)
    except ValueError:
        yield failed("journal", "journal", "an entry cannot be read")
        return
    if schema_text(store.engine) != right_schema_text():
        yield failed("record.db", "database", "its tables are not those of this version")
    with store.reading() as connection:
        yield from database_findings(connection)
        yield from held_findings(connection, expected)
        yield from _files(store, connection)
        yield from _subjects(store, connection, expected, progress)
    yield from _links(store)


def _files(store: Store, connection: Connection) -> Iterator[Finding]:
    held = {row[0] for row in connection.exec_driver_sql("SELECT digest FROM held")}
    there = set()
    for digest in store.files.digests():
        there.add(digest)
        if digest not in held:
            yield failed(digest[:16], "file", "no entry of the journal accounts for this kept file")
            continue
        if sha256(store.files.path(digest).read_bytes()) != digest:
            yield failed(digest[:16], "file", "the kept file is not what its name says")
    for digest in sorted(held - there):
        yield failed(digest[:16], "file", "the kept file is missing")


def _subjects(
    store: Store,
    connection: Connection,
    expected: dict[Key, tuple[int, str]],
    progress: Callable[[int, int], None] | None,
) -> Iterator[Finding]:
    totals: Counter[str] = Counter()
    subjects = sorted({subject for subject, _ in expected})
    for done, subject in enumerate(subjects, start=1):
        faults = list(_faults(store, connection, subject, totals))
        if faults:
            yield from (failed(subject, name, detail) for name, detail in faults)
        else:
            yield Finding(subject=subject, check=_sort(subject), verdict=Verdict.PASSED)
        if progress is not None:
            progress(done, len(subjects))
    yield from total_findings(connection, totals)


def _faults(
    store: Store, connection: Connection, subject: str, totals: Counter[str]
) -> Iterator[tuple[str, str]]:
    part = Reader(connection, store.files, subject)
    try:
        derived = derived_tally(rows(subject, part, part.names))
        anchors = list(_anchor_faults(part)) if subject.startswith("rpt_") else []
    except DamagedRecordError as error:
        yield "file", error.problem
        return
    except (ValueError, KeyError, TypeError) as error:
        yield "file", f"its kept parts cannot be understood ({type(error).__name__})"
        return
    totals.update(derived.counts)
    for table in row_faults(connection, subject, derived):
        yield "rows", f"its rows in the table '{table}' are not those of its kept files"
    for detail in anchors:
        yield "anchor", detail
    data = part("bytes") if subject.startswith("rpt_") else None
    if data is not None and report_id(sha256(data)) != subject:
        yield "bytes", "its bytes are those of another report"


def _anchor_faults(part: Callable[[str], bytes | None]) -> Iterator[str]:
    kept, data = part("report"), part("text")
    if kept is None or data is None:
        return
    text = data.decode()
    found = [json.loads(kept)["reading"]]
    found += [json.loads(coded) for each in CODINGS if (coded := part(each)) is not None]
    for start, end, exact in _anchors(found):
        if text[start:end] != exact:
            yield f"what is quoted at {start} to {end} does not stand there"


def _anchors(value: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(value, dict):
        if {"exact", "start", "end"} <= value.keys():
            yield value["start"], value["end"], value["exact"]
        for inner in value.values():
            yield from _anchors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _anchors(inner)


def _links(store: Store) -> Iterator[Finding]:
    if store.links_are_stale():
        yield Finding(
            subject="links",
            check="links",
            verdict=Verdict.UNCHECKED,
            detail="an interrupted run left them behind the reports; run `khronika rebuild`",
        )


def _sort(subject: str) -> str:
    names = {"rpt_": "report", "rul_": "ruling", "link": "links", "code": "codebook"}
    return names.get(subject[:4], "withdrawal")
