"""Actors and incidents from their rows, without reading all the links."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, select

from khronika.codebook.model import Kind
from khronika.model.acts import ActorType, Modality
from khronika.model.links import Actor, Contradiction, Incident, Join, Told
from khronika.model.plain import from_plain
from khronika.store import schema
from khronika.workflows.chains import Chains

T = TypeVar("T")

CHUNK = 500  # ids in one query

member, actor, involved = schema.member, schema.actor, schema.incident_actor


def incidents_by_id(
    connection: Connection, ids: Sequence[str], kinds: Mapping[str, Kind] | None = None
) -> list[Incident]:
    """The incidents with these ids that there are, in this order.

    Args:
        connection: to the record.
        ids: of incidents.
        kinds: the codebook's, for how incidents relate; without them that is left out.
    """
    chains = None if kinds is None else Chains(connection, kinds)
    return [each for some in in_chunks(ids) for each in _incidents(connection, some, chains)]


def every_incident(connection: Connection, kinds: Mapping[str, Kind]) -> Iterator[Incident]:
    """All incidents by id, with how they relate; only a few are in memory at a time."""
    chains = Chains(connection, kinds)
    for ids in _pages(connection, schema.incident):
        yield from _incidents(connection, ids, chains)


def every_actor(connection: Connection) -> Iterator[Actor]:
    """All actors by id; only a few are in memory at a time."""
    for ids in _pages(connection, actor):
        yield from actors_by_id(connection, ids)


def actors_by_id(connection: Connection, ids: Sequence[str]) -> list[Actor]:
    """The actors with these ids that there are, in this order, with all their members."""
    return [each for some in in_chunks(ids) for each in _actors(connection, some)]


def captions_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """What some actors are called."""
    asked = select(actor.c.id, actor.c.caption)
    return {
        row.id: row.caption
        for some in in_chunks(ids)
        for row in connection.execute(asked.where(actor.c.id.in_(some)))
    }


def in_chunks(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many ids at a time as one query takes."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _pages(connection: Connection, table: Table) -> Iterator[list[str]]:
    last = ""
    while True:
        asked = select(table.c.id).where(table.c.id > last).order_by(table.c.id).limit(CHUNK)
        ids = list(connection.execute(asked).scalars())
        if not ids:
            return
        yield ids
        last = ids[-1]


def _incidents(
    connection: Connection, ids: Sequence[str], chains: Chains | None
) -> Iterator[Incident]:
    acts = _children(connection, schema.incident_act, ids)
    against = _children(connection, schema.contradiction, ids)
    members = _children(connection, involved, ids)
    captions = _captions(connection, ids)
    related = chains.related(ids) if chains is not None else {}
    rows = _by_id(connection, schema.incident, ids)
    for each in ids:
        if (row := rows.get(each)) is None:
            continue
        places = {
            role: tuple((m.report_id, m.cast) for m in found)
            for role, found in groupby(members.get(each, ()), lambda m: m.role)
        }
        yield Incident(
            id=row.id,
            kind=row.kind,
            acts=tuple(one.act_id for one in acts.get(each, ())),
            modality=Modality(row.modality),
            when=row.when_edtf,
            where=_list(row.places),
            countries=_list(row.countries),
            victims=tuple(sorted(captions.get((each, "victim"), ()))),
            perpetrators=tuple(sorted(captions.get((each, "perpetrator"), ()))),
            reports=_list(row.reports),
            independent_sources=row.independent_sources,
            contradictions=tuple(_contradiction(one) for one in against.get(each, ())),
            related=related.get(each, ()),
            why=_list(row.why),
            joins=_joins(row.joins),
            victim_members=places.get("victim", ()),
            perpetrator_members=places.get("perpetrator", ()),
            focal_members=places.get("focal", ()),
            counted=bool(row.counted),
        )


def _captions(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], set[str]]:
    """What those are called who had a role in some incidents, by incident and role."""
    asked = (
        select(involved.c.incident_id, involved.c.role, actor.c.caption)
        .join(member, _same_member())
        .join(actor, actor.c.id == member.c.actor_id)
        .where(involved.c.incident_id.in_(ids), involved.c.role != "focal")
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in connection.execute(asked):
        found[row.incident_id, row.role].add(row.caption)
    return found


def _same_member() -> Any:
    return (member.c.report_id == involved.c.report_id) & (member.c.cast == involved.c.cast)


def _actors(connection: Connection, ids: Sequence[str]) -> Iterator[Actor]:
    rows = _by_id(connection, actor, ids)
    members = _members(connection, ids)
    for each in ids:
        if (row := rows.get(each)) is None:
            continue
        found = members.get(each, ())
        yield Actor(
            id=row.id,
            type=ActorType(row.type),
            names=_list(row.names),
            caption=row.caption,
            countries=_list(row.countries),
            roles=_list(row.roles),
            reports=tuple(dict.fromkeys(one.report_id for one in found)),
            mentions=row.mentions,
            members=tuple((one.report_id, one.cast) for one in found),
            why=_list(row.why),
            joins=_joins(row.joins),
            former_ids=tuple(sorted({one.alone for one in found} - {each, ""})),
        )


def _members(connection: Connection, ids: Sequence[str]) -> Mapping[str, Sequence[Any]]:
    asked = select(member).where(member.c.actor_id.in_(ids))
    return _grouped(
        connection, asked.order_by(member.c.actor_id, member.c.report_id, member.c.cast), "actor_id"
    )


def _children(
    connection: Connection, table: Table, ids: Sequence[str]
) -> Mapping[str, Sequence[Any]]:
    keys = ("incident_id", "idx", "role", "report_id", "cast")
    order = [table.c[key] for key in keys if key in table.c]
    asked = select(table).where(table.c.incident_id.in_(ids)).order_by(*order)
    return _grouped(connection, asked, "incident_id")


def _grouped(connection: Connection, asked: Select[Any], key: str) -> Mapping[str, Sequence[Any]]:
    rows = connection.execute(asked)
    return {parent: list(found) for parent, found in groupby(rows, lambda row: getattr(row, key))}


def _by_id(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, Any]:
    return {row.id: row for row in connection.execute(select(table).where(table.c.id.in_(ids)))}


def _contradiction(row: Any) -> Contradiction:
    told = tuple(
        Told(value=each["value"], acts=tuple(each["acts"])) for each in json.loads(row.told)
    )
    return Contradiction(attribute=row.attribute, values=told)


def _joins(data: str) -> tuple[Join, ...]:
    return tuple(from_plain(each, Join) for each in json.loads(data))


def _list(data: str) -> tuple[str, ...]:
    return tuple(json.loads(data))
