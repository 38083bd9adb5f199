"""What a record holds, at a glance: publishers, and the newest reports."""

import json

from sqlalchemy import func, select

from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.browsing.tellings import report_rows
from khronika.workflows.rows import ReportRow

NEWEST = 6
SPARE = 60  # entries of the journal that are looked at for them; some reports were withdrawn


def publishers(store: Store) -> int:
    """How many publishers the reports have, as far as they are known."""
    report = schema.report.c
    asked = select(func.count(report.publisher.distinct())).where(report.publisher != "")
    with store.reading() as connection:
        return connection.execute(asked).scalar() or 0


def newest_reports(store: Store) -> tuple[ReportRow, ...]:
    """The reports that were added last, the latest first."""
    entry = schema.journal.c
    asked = select(entry.payload).where(entry.what == "added").order_by(entry.seq.desc())
    with store.reading() as connection:
        payloads = connection.execute(asked.limit(SPARE)).scalars()
        ids = list(dict.fromkeys(json.loads(each).get("subject", "") for each in payloads))
        rows = report_rows(connection, ids)
    return tuple(rows[each] for each in ids if each in rows)[:NEWEST]
