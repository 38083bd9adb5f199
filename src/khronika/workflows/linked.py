"""Actors and incidents from their rows, without reading all the links."""

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, select

from khronika.model.acts import ActorType, Modality
from khronika.model.links import Actor, Contradiction, Incident, Relation, Told
from khronika.store import schema

CHUNK = 500  # ids in one query


def incidents_by_id(connection: Connection, ids: Sequence[str]) -> list[Incident]:
    """The incidents with these ids that there are, in this order."""
    acts = _children(connection, schema.incident_act, "incident_id", ids)
    against = _children(connection, schema.contradiction, "incident_id", ids)
    related = _children(connection, schema.relation, "incident_id", ids)
    found = {
        row.id: Incident(
            id=row.id,
            kind=row.kind,
            acts=tuple(each.act_id for each in acts.get(row.id, ())),
            modality=Modality(row.modality),
            when=row.when_edtf,
            where=_list(row.places),
            countries=_list(row.countries),
            victims=_list(row.victims),
            perpetrators=_list(row.perpetrators),
            reports=_list(row.reports),
            independent_sources=row.independent_sources,
            contradictions=tuple(_contradiction(each) for each in against.get(row.id, ())),
            related=tuple(
                Relation(incident=each.other, relation=each.relation)
                for each in related.get(row.id, ())
            ),
            why=_list(row.why),
        )
        for row in _rows(connection, schema.incident, "id", ids)
    }
    return [found[each] for each in ids if each in found]


def actors_by_id(connection: Connection, ids: Sequence[str]) -> list[Actor]:
    """The actors with these ids that there are, in this order."""
    members = _children(connection, schema.member, "actor_id", ids)
    found = {
        row.id: Actor(
            id=row.id,
            type=ActorType(row.type),
            names=_list(row.names),
            caption=row.caption,
            countries=_list(row.countries),
            roles=_list(row.roles),
            reports=_list(row.reports),
            mentions=row.mentions,
            members=tuple(sorted((each.report_id, each.cast) for each in members.get(row.id, ()))),
            why=_list(row.why),
        )
        for row in _rows(connection, schema.actor, "id", ids)
    }
    return [found[each] for each in ids if each in found]


def _contradiction(row: Any) -> Contradiction:
    told = tuple(
        Told(value=each["value"], acts=tuple(each["acts"])) for each in json.loads(row.told)
    )
    return Contradiction(attribute=row.attribute, values=told)


def _rows(connection: Connection, table: Table, key: str, ids: Sequence[str]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(ids), CHUNK):
        asked = select(table).where(table.c[key].in_(ids[start : start + CHUNK]))
        found += connection.execute(asked).all()
    return found


def _children(
    connection: Connection, table: Table, key: str, ids: Sequence[str]
) -> Mapping[str, list[Any]]:
    rows = _rows(connection, table, key, ids)
    rows.sort(key=lambda row: (getattr(row, key), getattr(row, "idx", 0)))
    return {parent: list(group) for parent, group in groupby(rows, lambda row: getattr(row, key))}


def _list(data: str) -> tuple[str, ...]:
    return tuple(json.loads(data))
