"""Rows of the queue, from what the tables say and the priority that follows."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from khronika.model.ids import canonical
from khronika.review.priority import (
    ActFacts,
    Code,
    Priority,
    Reason,
    Sort,
    of_act,
    of_contradictions,
    of_waiting,
)
from khronika.review.said import said_of_act, said_of_contradictions
from khronika.store import schema
from khronika.store.chunks import in_chunks

Row = dict[str, Any]
Parts = tuple[tuple[str, float], ...]  # a label and a probability each
Coded = tuple[Parts, str]  # and what it says, as a digest

act, told, incident = schema.act, schema.incident_act, schema.incident
contradiction, report = schema.contradiction, schema.report


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What rows need beyond the tables of acts and incidents.

    Attributes:
        severities: of kinds that are more severe than the least.
        seen: what was said of acts, and of contradictions by incident, when somebody ruled on them;
            "" where that is not known.
    """

    severities: Mapping[str, int]
    seen: Mapping[str, Collection[str]] = field(default_factory=dict)

    def open(self, thing: str, said: str) -> bool:
        """True if nobody ruled on a thing that says this."""
        return thing not in self.seen or not (not said or {"", said} & set(self.seen[thing]))


def coded_of(plain: Mapping[str, Any]) -> Coded:
    """What the queue keeps of an act as it is kept."""
    return parts_of(plain), said_of_act(plain)


def parts_of(plain: Mapping[str, Any]) -> Parts:
    """What a kept act says of its parts."""
    when = plain.get("when", {})
    found = [(each["role"], each.get("confidence")) for each in plain.get("involvements", ())]
    found.append(("when", when.get("confidence") if when.get("edtf") else None))
    found += [("where", each.get("confidence")) for each in plain.get("where", ())]
    return tuple((label, chance) for label, chance in found if chance is not None)


def act_rows(
    connection: Connection, coded: Mapping[str, Coded], known: Known, by_hand: str
) -> Iterator[Row]:
    """The rows of some acts.

    Args:
        connection: to the record.
        coded: by act, what its coder says of its parts, and what it says in all.
        known: see there.
        by_hand: what a coding says of its coder where a person made it; nobody is asked to review
            what a person coded.
    """
    asked = (
        select(
            *(act.c.id, act.c.kind, act.c.report_id, act.c.confidence, report.c.coder),
            *(told.c.incident_id, incident.c.independent_sources),
        )
        .join(report, report.c.id == act.c.report_id)
        .outerjoin(told, told.c.act_id == act.c.id)
        .outerjoin(incident, incident.c.id == told.c.incident_id)
    )
    for some in in_chunks(sorted(coded)):
        rows = connection.execute(asked.where(act.c.id.in_(some))).all()
        against = attributes_of(connection, [row.incident_id for row in rows if row.incident_id])
        for row in rows:
            parts, said = coded[row.id]
            facts = ActFacts(
                confidence=row.confidence,
                parts=parts,
                severity=known.severities.get(row.kind, 1),
                sources=row.independent_sources or 1,
                contradicted=against.get(row.incident_id, ()),
            )
            yield {
                **_ranked(row.id, Sort.ACT, of_act(facts), about=[row.id]),
                "kind": row.kind,
                "report_id": row.report_id,
                "parts": _packed(parts),
                "said": said,
                "open": int(known.open(row.id, said) and row.coder != by_hand),
            }


def contradiction_rows(
    connection: Connection, incidents: Sequence[str], known: Known
) -> Iterator[Row]:
    """A row of each incident whose tellings contradict each other."""
    against = attributes_of(connection, incidents)
    said = said_of(connection, sorted(against))
    for some in in_chunks(sorted(against)):
        for row in connection.execute(select(incident).where(incident.c.id.in_(some))):
            severity = known.severities.get(row.kind, 1)
            priority = of_contradictions(against[row.id], severity, row.independent_sources)
            yield {
                **_ranked(row.id, Sort.CONTRADICTION, priority, about=[row.id]),
                "kind": row.kind,
                "texts": _packed(against[row.id]),
                "said": said[row.id],
                "open": int(known.open(row.id, said[row.id])),
            }


def pair_row(sort: Sort, ids: Sequence[str], priority: Priority, *, kind: str, open_: bool) -> Row:
    """The row of two that may be one."""
    found = _ranked("~".join(ids), sort, priority, about=ids)
    return {**found, "kind": kind, "open": int(open_)}


def waiting_row(ruling: str, verb: str, gone: Iterable[str], ids: Sequence[str]) -> Row:
    """The row of a ruling that names what is not there."""
    found = _ranked(ruling, Sort.RULING, of_waiting(gone), about=ids)
    return {**found, "texts": _packed((verb,)), "open": 1}


def attributes_of(connection: Connection, incidents: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """In what the tellings of some incidents contradict each other, by incident."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    asked = select(contradiction.c.incident_id, contradiction.c.attribute)
    for some in in_chunks(sorted(set(incidents))):
        for row in connection.execute(asked.where(contradiction.c.incident_id.in_(some))):
            found[row.incident_id].append(row.attribute)
    return {each: tuple(sorted(set(attributes))) for each, attributes in found.items()}


def said_of(connection: Connection, incidents: Sequence[str]) -> dict[str, str]:
    """What the tellings of some incidents contradict each other in, as a digest, by incident."""
    found: defaultdict[str, list[tuple[str, list[list[str]]]]] = defaultdict(list)
    for some in in_chunks(sorted(set(incidents))):
        asked = select(contradiction).where(contradiction.c.incident_id.in_(some))
        for row in connection.execute(asked):
            sides = [each["acts"] for each in json.loads(row.told)]
            found[row.incident_id].append((row.attribute, sides))
    return {each: said_of_contradictions(told) for each, told in found.items()}


def reasons_in(packed: str) -> tuple[Reason, ...]:
    """The reasons that a row holds."""
    return tuple(
        Reason(code=Code(code), points=points, values=values)
        for code, points, values in json.loads(packed)
    )


def _ranked(item: str, sort: Sort, priority: Priority, *, about: Sequence[str]) -> Row:
    reasons = [[each.code, each.points, dict(each.values)] for each in priority.reasons]
    return {
        "id": item,
        "sort": sort.value,
        "kind": "",
        "report_id": "",
        "about": _packed(about),
        "reasons": _packed(reasons),
        "parts": "",
        "texts": "[]",
        "data": "",
        "said": "",
        "rank": -priority.score,
    }


def _packed(value: Iterable[Any]) -> str:
    return canonical(list(value)).decode()
