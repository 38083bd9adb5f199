"""What a record tells of persons to whom something was done: one row a report, act and person."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from khronika.model.acts import ActorType, Modality, Role
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.text.names import read_name

_act, _incident, _told = schema.act, schema.incident, schema.incident_act
_involved, _member, _actor = schema.involvement, schema.member, schema.actor
_report = schema.report
_NEVER = "~"  # after all dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One report tells that something was done to one person.

    Kind, time and countries are those of the incident, so that every telling of one occurrence is
    in the same part of a record.

    Attributes:
        act: id of the act.
        report: id of its report.
        cast: index of the person in the report's cast, None for one told of only there.
        actor: id of who it is after linking; "" for one told of only there.
        type: what the actor is.
        incident: id of the incident.
        kind: of the incident.
        modality: of the act: what this report says.
        first: its first day, ISO 8601; "" if unknown.
        last: its last day.
        countries: ISO 3166 codes of its places.
        publisher: of the report, as printed; "" if unknown.
        published: EDTF.
        start: of the words that tell it.
        end: of them.
    """

    act: str
    report: str
    cast: int | None
    actor: str
    type: ActorType
    incident: str
    kind: str
    modality: Modality
    first: str
    last: str
    countries: tuple[str, ...]
    publisher: str
    published: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that a record tells of some kinds.

    Attributes:
        sightings: by incident, act and person; one for each publisher of the same bytes.
        firsts: by report whose bytes several published, the publisher that did so first.
        voices: by act the names of those who are quoted for it.
        nameless: persons of whom no full name is told anywhere: actor ids.
    """

    sightings: tuple[Sighting, ...]
    voices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    nameless: frozenset[str] = frozenset()
    firsts: Mapping[str, str] = field(default_factory=dict)


def told_of(connection: Connection, kinds: Sequence[str], without: Collection[str] = ()) -> Told:
    """Whom something of some kinds was done to, as each report tells it.

    Args:
        connection: to the record.
        kinds: ids of kinds; all if none.
        without: kinds that are left out.
    """
    rows = connection.execute(_asked(kinds))
    bare = [_sighting(row) for row in rows if row.kind not in without]
    published = _published(connection)
    found = tuple(
        replace(each, publisher=publisher)
        for each in bare
        for publisher in published.get(each.report, (each.publisher,))
    )
    acts = sorted({each.act for each in found})
    actors = sorted({each.actor for each in found if each.type is ActorType.PERSON and each.actor})
    firsts = {report: publishers[0] for report, publishers in published.items()}
    return Told(found, _voices(connection, acts), _nameless(connection, actors), firsts)


def _published(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Of reports whose bytes came from several publishers, all of them, the first first."""
    origin = schema.origin.c
    several = (
        select(origin.report_id)
        .where(origin.publisher != "")
        .group_by(origin.report_id)
        .having(func.count(origin.publisher.distinct()) > 1)
    )
    asked = select(origin.report_id, origin.publisher, origin.published)
    found: dict[str, list[tuple[str, str]]] = {}
    for row in connection.execute(asked.where(origin.report_id.in_(several))):
        if row.publisher:
            told = row.published or _NEVER, row.publisher
            found.setdefault(row.report_id, []).append(told)
    return {
        report: tuple(dict.fromkeys(publisher for _, publisher in sorted(told)))
        for report, told in found.items()
    }


def _asked(kinds: Sequence[str]) -> Select[Any]:
    of_kinds: list[ColumnElement[bool]] = [_incident.c.kind.in_(kinds)] if kinds else []
    suffered = (_involved.c.act_id == _act.c.id) & (_involved.c.role == Role.VICTIM.value)
    same = (_member.c.report_id == _act.c.report_id) & (_member.c.cast == _involved.c.cast)
    return (
        select(
            _act.c.id.label("act"), _act.c.report_id, _act.c.modality, _act.c.quote_start,
            _act.c.quote_end, _involved.c.cast, _involved.c.type, _member.c.actor_id,
            _actor.c.type.label("actor_type"), _incident.c.id.label("incident"), _incident.c.kind,
            _incident.c.when_from, _incident.c.when_to, _incident.c.countries,
            _report.c.publisher, _report.c.published,
        )
        .select_from(_incident)
        .join(_told, _told.c.incident_id == _incident.c.id)
        .join(_act, _act.c.id == _told.c.act_id)
        .join(_report, _report.c.id == _act.c.report_id)
        .join(_involved, suffered)
        .outerjoin(_member, same)
        .outerjoin(_actor, _actor.c.id == _member.c.actor_id)
        .where(*of_kinds)
        .order_by(_incident.c.id, _act.c.id, _involved.c.idx)
    )  # fmt: skip


def _sighting(row: Any) -> Sighting:
    return Sighting(
        act=row.act,
        report=row.report_id,
        cast=row.cast,
        actor=row.actor_id or "",
        type=ActorType(row.actor_type or row.type),
        incident=row.incident,
        kind=row.kind,
        modality=Modality(row.modality),
        first=row.when_from,
        last=row.when_to,
        countries=tuple(json.loads(row.countries)),
        publisher=row.publisher,
        published=row.published,
        start=row.quote_start,
        end=row.quote_end,
    )


def _voices(connection: Connection, acts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    asked = select(_involved.c.act_id, _involved.c.name).where(
        _involved.c.role == Role.SOURCE.value
    )
    found: dict[str, tuple[str, ...]] = {}
    for some in in_chunks(acts):
        rows = connection.execute(
            asked.where(_involved.c.act_id.in_(some)).order_by(_involved.c.act_id, _involved.c.idx)
        )
        for row in rows:
            found[row.act_id] = (*found.get(row.act_id, ()), row.name)
    return found


def _nameless(connection: Connection, actors: Sequence[str]) -> frozenset[str]:
    """Those of whom one word alone is told: nobody can find them on another list."""
    return frozenset(_without_full(_names(connection, actors)))


def _names(connection: Connection, actors: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    asked = select(_actor.c.id, _actor.c.names)
    for some in in_chunks(actors):
        for row in connection.execute(asked.where(_actor.c.id.in_(some))):
            yield row.id, json.loads(row.names)


def _without_full(names: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    for actor, told in names:
        if not any(read_name(name).full for name in told):
            yield actor
