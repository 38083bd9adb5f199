"""Contradictions: which there are, by attribute and kind, and each with what its sides say."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from khronika.model.links import Contradiction, Told
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.browsing.facets import Incidents
from khronika.workflows.browsing.incident import Clash, Side
from khronika.workflows.browsing.incidents import Face, faces
from khronika.workflows.browsing.quoting import shown_tellings
from khronika.workflows.browsing.tellings import act_rows
from khronika.workflows.browsing.veil import veils
from khronika.workflows.rows import ActRow

SORTS = ("added", "date")
SIDE = 2  # tellings of a side that a list shows

contradiction, incident = schema.contradiction, schema.incident


@dataclass(frozen=True, slots=True)
class Entry:
    """One contradiction, by its incident and its place there."""

    incident: str
    idx: int
    attribute: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The contradictions that fit a choice, and how many there are of each attribute and kind.

    A facet's own choice does not narrow its numbers.
    """

    entries: tuple[Entry, ...]
    attributes: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashRow:
    """A contradiction as a list shows it."""

    face: Face
    clash: Clash


def entries(store: Store, incidents: Incidents) -> tuple[Entry, ...]:
    """Every contradiction, those whose reports came last first."""
    asked = select(
        contradiction.c.incident_id, contradiction.c.idx, contradiction.c.attribute, incident.c.kind
    ).join(incident, incident.c.id == contradiction.c.incident_id)
    position, added = incidents.position, incidents.added
    with store.reading() as connection:
        rows = [Entry(*row) for row in connection.execute(asked) if row[0] in position]
    return tuple(sorted(rows, key=lambda e: (-int(added[position[e.incident]]), e.incident, e.idx)))


def by_date(every: Sequence[Entry], incidents: Incidents) -> tuple[Entry, ...]:
    """The same in the order of time."""
    position = incidents.position
    return tuple(sorted(every, key=lambda each: (position[each.incident], each.idx)))


def chosen(every: Sequence[Entry], attributes: Collection[str], kinds: Collection[str]) -> Found:
    """Those of some attributes and kinds; of all, where none is named."""
    of_attribute = [each for each in every if not attributes or each.attribute in attributes]
    of_kind = [each for each in every if not kinds or each.kind in kinds]
    return Found(
        entries=tuple(each for each in of_attribute if not kinds or each.kind in kinds),
        attributes=_counted(each.attribute for each in of_kind),
        kinds=_counted(each.kind for each in of_attribute),
    )


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda each: (-each[1], each[0])))


def clash_rows(
    store: Store,
    some: Sequence[Entry],
    ruled: Mapping[str, Collection[str]],
    shown: Collection[str] = (),
) -> tuple[ClashRow, ...]:
    """Some contradictions with their incidents and what each side says, in this order."""
    known = {face.id: face for face in faces(store, _unique(some), ruled, shown)}
    with store.reading() as connection:
        told = _told(connection, _unique(some))
        wanted = [
            act
            for each in some
            if (each.incident, each.idx) in told
            for side in told[each.incident, each.idx].values
            for act in side.acts[:SIDE]
        ]
        rows = act_rows(connection, wanted, {})
    hidden = veils(store, sorted({row.report.id for row in rows.values()}), shown)
    quotes = {one.row.act.id: one for one in shown_tellings(store, _rows(rows), hidden)}
    return tuple(
        ClashRow(
            face=known[each.incident],
            clash=Clash(
                attribute=each.attribute,
                sides=tuple(
                    Side(
                        value=side.value,
                        tellings=tuple(quotes[act] for act in side.acts[:SIDE] if act in quotes),
                        more=max(0, len(side.acts) - SIDE),
                    )
                    for side in told[each.incident, each.idx].values
                ),
            ),
        )
        for each in some
        if each.incident in known and (each.incident, each.idx) in told
    )


def _rows(rows: Mapping[str, ActRow]) -> list[ActRow]:
    return list(rows.values())


def _unique(some: Sequence[Entry]) -> list[str]:
    return list(dict.fromkeys(each.incident for each in some))


def _told(connection: Connection, incidents: Sequence[str]) -> dict[tuple[str, int], Contradiction]:
    found: dict[tuple[str, int], Contradiction] = {}
    for these in in_chunks(incidents):
        asked = select(contradiction).where(contradiction.c.incident_id.in_(these))
        for row in connection.execute(asked):
            sides = tuple(
                Told(value=each["value"], acts=tuple(each["acts"])) for each in json.loads(row.told)
            )
            found[row.incident_id, row.idx] = Contradiction(attribute=row.attribute, values=sides)
    return found
