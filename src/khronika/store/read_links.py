"""Links from their rows: the inverse of `khronika.store.derive_links`."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, select

from khronika.model.acts import ActorType, Modality
from khronika.model.links import (
    Actor,
    ActorMember,
    Contradiction,
    Copy,
    Incident,
    Join,
    LinkChanges,
    Told,
)
from khronika.model.plain import from_plain
from khronika.store import schema

AT_ONCE = 500

actor, member, incident = schema.actor, schema.member, schema.incident


def all_links(connection: Connection) -> Iterator[LinkChanges]:
    """Everything that the tables hold, as changes that make it anew; a few hundred at a time."""
    yield LinkChanges(whole=True)
    for ids in ids_in(connection, actor):
        rows = by_id(connection, actor, ids)
        yield LinkChanges(actors=tuple(actor_of(rows[each]) for each in ids))
    for ids in ids_in(connection, actor):
        yield LinkChanges(members=tuple(members_of(connection, ids)))
    for ids in ids_in(connection, incident):
        yield LinkChanges(incidents=tuple(bare_incidents(connection, ids)))
    yield LinkChanges(copies=tuple(copies_in(connection)))


def ids_in(connection: Connection, table: Table) -> Iterator[list[str]]:
    """The ids of a table in order, some at a time."""
    last = ""
    while True:
        asked = select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
        ids = list(connection.execute(asked).scalars())
        if not ids:
            return
        yield ids
        last = ids[-1]


def by_id(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, Any]:
    """The rows with some ids, by id."""
    return {row.id: row for row in connection.execute(select(table).where(table.c.id.in_(ids)))}


def places_of(
    connection: Connection, actors: Sequence[str]
) -> dict[str, list[tuple[str, int, str]]]:
    """By actor its members, sorted: report, cast index, and what they would be called alone."""
    columns = (member.c.actor_id, member.c.report_id, member.c.cast, member.c.alone)
    asked = select(*columns).where(member.c.actor_id.in_(actors)).order_by(*columns[:3])
    found: dict[str, list[tuple[str, int, str]]] = {}
    for of, report, cast, alone in connection.execute(asked):
        found.setdefault(of, []).append((report, cast, alone))
    return found


def members_of(connection: Connection, actors: Sequence[str]) -> Iterator[ActorMember]:
    """The members of some actors, by actor, report and cast index."""
    for actor_id, found in places_of(connection, actors).items():
        for report, cast, alone in found:
            yield ActorMember(report=report, cast=cast, actor=actor_id, alone=alone)


def copies_in(connection: Connection) -> Iterator[Copy]:
    """Which report copies which, by report and original."""
    copy = schema.copy
    for row in connection.execute(select(copy).order_by(copy.c.report_id, copy.c.original)):
        yield Copy(
            report=row.report_id, original=row.original, relation=row.relation, share=row.share
        )


def actor_of(row: Any) -> Actor:
    """An actor without its members."""
    return Actor(
        id=row.id,
        type=ActorType(row.type),
        names=_list(row.names),
        caption=row.caption,
        countries=_list(row.countries),
        roles=_list(row.roles),
        mentions=row.mentions,
        why=_list(row.why),
        joins=_joins(row.joins),
    )


def bare_incidents(connection: Connection, ids: Sequence[str]) -> Iterator[Incident]:
    """Those of some incidents that there are, in this order, without captions and relations."""
    acts = _children(connection, schema.incident_act, ids)
    against = _children(connection, schema.contradiction, ids)
    involved = _children(connection, schema.incident_actor, ids)
    rows = by_id(connection, incident, ids)
    for each in ids:
        if each in rows:
            yield _incident(
                rows[each], acts.get(each, ()), against.get(each, ()), involved.get(each, ())
            )


def _incident(
    row: Any, acts: Iterable[Any], against: Iterable[Any], involved: Iterable[Any]
) -> Incident:
    places = {
        role: tuple((each.report_id, each.cast) for each in found)
        for role, found in groupby(involved, lambda each: each.role)
    }
    return Incident(
        id=row.id,
        kind=row.kind,
        acts=tuple(each.act_id for each in acts),
        modality=Modality(row.modality),
        when=row.when_edtf,
        where=_list(row.places),
        countries=_list(row.countries),
        reports=_list(row.reports),
        independent_sources=row.independent_sources,
        contradictions=tuple(_contradiction(each) for each in against),
        why=_list(row.why),
        joins=_joins(row.joins),
        victim_members=places.get("victim", ()),
        perpetrator_members=places.get("perpetrator", ()),
        focal_members=places.get("focal", ()),
        counted=bool(row.counted),
    )


def _children(
    connection: Connection, table: Table, ids: Sequence[str]
) -> Mapping[str, Sequence[Any]]:
    keys = ("incident_id", "idx", "role", "report_id", "cast")
    order = [table.c[key] for key in keys if key in table.c]
    asked = select(table).where(table.c.incident_id.in_(ids)).order_by(*order)
    rows = connection.execute(asked)
    return {parent: list(found) for parent, found in groupby(rows, lambda row: row.incident_id)}


def _contradiction(row: Any) -> Contradiction:
    told = tuple(
        Told(value=each["value"], acts=tuple(each["acts"])) for each in json.loads(row.told)
    )
    return Contradiction(attribute=row.attribute, values=told)


def _joins(data: str) -> tuple[Join, ...]:
    return tuple(from_plain(each, Join) for each in json.loads(data)) if data != "[]" else ()


def _list(data: str) -> tuple[str, ...]:
    return tuple(json.loads(data)) if data != "[]" else ()
