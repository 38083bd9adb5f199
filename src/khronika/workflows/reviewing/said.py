"""What is said now of what a ruling is about."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import CODINGS, Store
from khronika.workflows.reviewing.scoring import Coded, coded_of, said_of

act, held = schema.act, schema.held


def coded_in(store: Store, reports: Sequence[str]) -> dict[str, Coded]:
    """What the queue keeps of the acts of some reports, by id.

    What a reviewer corrected shows in the parts; what is said is what the coder said of it, so that
    a correction does not make an act wait again, and another coding does.
    """
    found: dict[str, Coded] = {}
    for some in in_chunks(reports):
        asked = select(held.c.digest).where(held.c.subject.in_(some), held.c.part.in_(CODINGS))
        for row in store.all(asked.order_by(held.c.subject, held.c.part)):  # corrected ones later
            for each in json.loads(store.files.read(str(row.digest))).get("acts", ()):
                parts, said = coded_of(each)
                before = found.get(each["id"])
                found[each["id"]] = parts, before[1] if before else said
    return found


def said_now(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """What is said of acts, and what the tellings of incidents contradict each other in, by id."""
    acts = [each for each in ids if each.startswith("act_")]
    homes = [
        (row.id, row.report_id)
        for some in in_chunks(acts)
        for row in store.all(select(act.c.id, act.c.report_id).where(act.c.id.in_(some)))
    ]
    wanted = {str(one) for one, _ in homes}
    found = {
        each: said
        for each, (_, said) in coded_in(store, sorted({str(at) for _, at in homes})).items()
        if each in wanted
    }
    with store.reading() as connection:
        return found | said_of(connection, [each for each in ids if each.startswith("inc_")])
