"""What a record holds, at a glance: the newest reports and contradictions."""

import json

from sqlalchemy import select

from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.browsing.tellings import report_rows
from khronika.workflows.rows import ReportRow

NEWEST = 6
SPARE = 60  # entries of the journal that are looked at for them; some reports were withdrawn


def newest_reports(store: Store) -> tuple[ReportRow, ...]:
    """The reports that were added last, the latest first."""
    entry = schema.journal.c
    asked = select(entry.payload).where(entry.what == "added").order_by(entry.seq.desc())
    with store.reading() as connection:
        payloads = connection.execute(asked.limit(SPARE)).scalars()
        ids = list(dict.fromkeys(json.loads(each).get("subject", "") for each in payloads))
        rows = report_rows(connection, ids)
    return tuple(rows[each] for each in ids if each in rows)[:NEWEST]
