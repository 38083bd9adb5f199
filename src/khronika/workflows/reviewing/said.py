"""What is said now of what a ruling is about."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.reviewing.scoring import Coded, coded_of, said_of

act = schema.act


def coded_in(store: Store, report: str) -> dict[str, Coded]:
    """What the queue keeps of the acts of a report, by id.

    What a reviewer corrected shows in the parts; what is said is what the coder said of it, so that
    a correction does not make an act wait again, and another coding does.
    """
    coding = store.coding(report)
    if coding is None:
        return {}
    found = {each["id"]: coded_of(each) for each in json.loads(coding).get("acts", ())}
    own = store.part(report, "coding")
    if own is not None and own != coding:
        for each in json.loads(own).get("acts", ()):
            if each["id"] in found:
                found[each["id"]] = found[each["id"]][0], coded_of(each)[1]
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
        for report in sorted({str(report) for _, report in homes})
        for each, (_, said) in coded_in(store, report).items()
        if each in wanted
    }
    with store.reading() as connection:
        return found | said_of(connection, [each for each in ids if each.startswith("inc_")])
