"""Actors and incidents as they are shown: with captions, members, former ids and relations."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from khronika.codebook.model import Kind
from khronika.model.links import Actor, Incident
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.read_links import actor_of, bare_incidents, by_id, ids_in, places_of
from khronika.workflows.chains import Chains

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
    for ids in ids_in(connection, schema.incident):
        yield from _incidents(connection, ids, chains)


def actors_by_id(connection: Connection, ids: Sequence[str]) -> list[Actor]:
    """The actors with these ids that there are, in this order, with all their members."""
    return [each for some in in_chunks(ids) for each in _actors(connection, some)]


def every_actor(connection: Connection) -> Iterator[Actor]:
    """All actors by id; only a few are in memory at a time."""
    for ids in ids_in(connection, actor):
        yield from _actors(connection, ids)


def captions_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """What some actors are called."""
    asked = select(actor.c.id, actor.c.caption)
    return {
        row.id: row.caption
        for some in in_chunks(ids)
        for row in connection.execute(asked.where(actor.c.id.in_(some)))
    }


def _incidents(
    connection: Connection, ids: Sequence[str], chains: Chains | None
) -> Iterator[Incident]:
    captions = _captions(connection, ids)
    related = chains.related(ids) if chains is not None else {}
    for each in bare_incidents(connection, ids):
        yield replace(
            each,
            victims=tuple(sorted(captions.get((each.id, "victim"), ()))),
            perpetrators=tuple(sorted(captions.get((each.id, "perpetrator"), ()))),
            related=related.get(each.id, ()),
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
    rows = by_id(connection, actor, ids)
    members = places_of(connection, ids)
    for each in ids:
        if each in rows:
            found = members.get(each, [])
            yield replace(
                actor_of(rows[each]),
                reports=tuple(dict.fromkeys(report for report, _, _ in found)),
                members=tuple((report, cast) for report, cast, _ in found),
                former_ids=tuple(sorted({alone for _, _, alone in found} - {each, ""})),
            )
