"""What pictures are made of: counts of incidents by month, country and place, marks, neighbours.

Everything is counted by the database; nothing of a report is read.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from khronika.publish.selection import standing
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.filtering import incident_ids, stands
from khronika.workflows.rows import Filters
from khronika.workflows.rulings import kept_rulings

MOST_MARKS = 20_000
MOST_NEIGHBOURS = 39
IN_AN_ACT = ("victim", "perpetrator", "alleged-perpetrator", "intervener", "addressee", "signatory")

incident, told, act = schema.incident, schema.incident_act, schema.act
location, involvement, member = schema.location, schema.involvement, schema.member
EVERYTHING = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """So many incidents of a kind between two months, 'YYYY-MM', '' where that end is unknown."""

    first: str
    last: str
    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """So many incidents at a place of GeoNames."""

    geonameid: int
    name: str
    country: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Incidents by country (ISO 3166 alpha-2) and by place, and how many are nowhere."""

    countries: tuple[tuple[str, int], ...]
    places: tuple[PlaceCount, ...]
    incidents: int
    nowhere: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An incident on a line of time; `first` and `last` are ISO days, '' where open."""

    id: str
    kind: str
    modality: str
    edtf: str
    first: str
    last: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Incidents in the order of time, and how many have no date."""

    dated: tuple[Mark, ...]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An actor who has a part in some of the same incidents."""

    id: str
    caption: str = field(repr=False)
    type: str
    shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """An actor, who appears with it in incidents, and who of these with one another.

    Attributes:
        centre: the actor; `shared` is the number of its incidents.
        others: those with most shared incidents, at most 39.
        ties: pairs of ids, and the number of incidents both have a part in.
        left: how many more actors there are.
    """

    centre: Neighbour
    others: tuple[Neighbour, ...]
    ties: tuple[tuple[str, str, int], ...]
    left: int


def month_counts(store: Store, filters: Filters = EVERYTHING) -> tuple[MonthCount, ...]:
    """Incidents by the months of their dates and by kind."""
    first, last = func.substr(incident.c.when_from, 1, 7), func.substr(incident.c.when_to, 1, 7)
    asked = select(first, last, incident.c.kind, func.count()).group_by(
        first, last, incident.c.kind
    )
    asked = _narrowed(asked, store, filters).order_by(first, last, incident.c.kind)
    return tuple(
        MonthCount(first=one, last=other, kind=kind, number=number)
        for one, other, kind, number in _rows(store, asked)
    )


def whereabouts(store: Store, filters: Filters = EVERYTHING) -> Whereabouts:
    """Incidents by country and place. One that was in two countries counts in both."""
    by_countries = select(incident.c.countries, func.count()).group_by(incident.c.countries)
    countries: Counter[str] = Counter()
    total = nowhere = 0
    for found, number in _rows(store, _narrowed(by_countries, store, filters)):
        total += number
        codes = json.loads(found)
        nowhere += 0 if codes else number
        countries.update(dict.fromkeys(codes, number))
    return Whereabouts(
        countries=tuple(sorted(countries.items(), key=lambda each: (-each[1], each[0]))),
        places=_places(store, filters),
        incidents=total,
        nowhere=nowhere,
    )


def _places(store: Store, filters: Filters) -> tuple[PlaceCount, ...]:
    number = func.count(told.c.incident_id.distinct())
    asked = (
        select(location.c.geonameid, func.min(location.c.place), location.c.country, number)
        .select_from(location)
        .join(told, told.c.act_id == location.c.act_id)
        .join(act, act.c.id == location.c.act_id)
        .join(incident, incident.c.id == told.c.incident_id)
        .where(location.c.geonameid.is_not(None), *stands(filters, _rulings(store)))
        .group_by(location.c.geonameid, location.c.country)
        .order_by(number.desc(), location.c.geonameid)
    )
    return tuple(
        PlaceCount(geonameid=of, name=name, country=country, number=count)
        for of, name, country, count in _rows(store, _narrowed(asked, store, filters))
    )


def marks(store: Store, filters: Filters = EVERYTHING) -> Marks:
    """Incidents in the order of time, at most 20,000."""
    columns = (incident.c.id, incident.c.kind, incident.c.modality, incident.c.when_edtf)
    asked = (
        select(*columns, incident.c.when_from, incident.c.when_to, incident.c.places)
        .where(incident.c.undated == 0)
        .order_by(incident.c.when_from, incident.c.when_to, incident.c.id)
        .limit(MOST_MARKS)
    )
    without = select(func.count()).select_from(incident).where(incident.c.undated == 1)
    return Marks(
        dated=tuple(
            Mark(
                id=of,
                kind=kind,
                modality=modality,
                edtf=edtf,
                first=first,
                last=last,
                places=tuple(json.loads(places)),
            )
            for of, kind, modality, edtf, first, last, places in _rows(
                store, _narrowed(asked, store, filters)
            )
        ),
        undated=_rows(store, _narrowed(without, store, filters))[0][0],
    )


def neighbours(store: Store, actor: str) -> Neighbours | None:
    """Who has a part in the same incidents as an actor; None where there is no such actor.

    A part is any role but that of telling it. Who appears with whom is counted, nobody is ranked
    by it beyond which of very many are drawn.
    """
    with store.reading() as connection:
        found = connection.execute(_named().where(schema.actor.c.id == actor)).all()
        if not found:
            return None
        rejected = _rejected(store)
        incidents = _incidents_of(connection, actor, rejected)
        parts = _parts_in(connection, incidents, rejected)
        shared = Counter(who for _, who in parts)
        shared.pop(actor, None)
        ranked = sorted(shared, key=lambda each: (-shared[each], each))
        drawn = ranked[:MOST_NEIGHBOURS]
        named = {row[0]: row for row in connection.execute(_named_among(drawn))}
    own = found[0]
    return Neighbours(
        centre=Neighbour(id=own[0], caption=own[1], type=own[2], shared=len(incidents)),
        others=tuple(
            Neighbour(id=each, caption=named[each][1], type=named[each][2], shared=shared[each])
            for each in drawn
            if each in named
        ),
        ties=_ties(parts, {actor, *drawn}),
        left=len(ranked) - len(drawn),
    )


def _named() -> Select[Any]:
    return select(schema.actor.c.id, schema.actor.c.caption, schema.actor.c.type)


def _named_among(ids: Sequence[str]) -> Select[Any]:
    return _named().where(schema.actor.c.id.in_(ids))


def _has_part(rejected: Sequence[str]) -> ColumnElement[bool]:
    return and_(involvement.c.role.in_(IN_AN_ACT), act.c.id.not_in(rejected))


def _tellings(columns: Sequence[ColumnElement[Any]], rejected: Sequence[str]) -> Select[Any]:
    """From members to the incidents that they have a part in."""
    return (
        select(*columns)
        .select_from(member)
        .join(act, act.c.report_id == member.c.report_id)
        .join(
            involvement,
            (involvement.c.act_id == act.c.id) & (involvement.c.cast == member.c.cast),
        )
        .join(told, told.c.act_id == act.c.id)
        .where(_has_part(rejected))
        .distinct()
    )


def _incidents_of(connection: Connection, actor: str, rejected: Sequence[str]) -> list[str]:
    asked = _tellings([told.c.incident_id], rejected).where(member.c.actor_id == actor)
    return sorted(connection.execute(asked).scalars())


def _parts_in(
    connection: Connection, incidents: Sequence[str], rejected: Sequence[str]
) -> list[tuple[str, str]]:
    """Pairs of incident and actor with a part in it."""
    found: list[tuple[str, str]] = []
    for start in range(0, len(incidents), 400):
        asked = (
            select(told.c.incident_id, member.c.actor_id)
            .select_from(told)
            .join(act, act.c.id == told.c.act_id)
            .join(involvement, involvement.c.act_id == act.c.id)
            .join(
                member,
                (member.c.report_id == act.c.report_id) & (member.c.cast == involvement.c.cast),
            )
            .where(told.c.incident_id.in_(incidents[start : start + 400]), _has_part(rejected))
            .distinct()
        )
        found += [(row[0], row[1]) for row in connection.execute(asked)]
    return found


def _ties(parts: Sequence[tuple[str, str]], among: set[str]) -> tuple[tuple[str, str, int], ...]:
    together: dict[str, list[str]] = {}
    for of, who in parts:
        if who in among:
            together.setdefault(of, []).append(who)
    counted: Counter[tuple[str, str]] = Counter()
    for people in together.values():
        people.sort()
        counted.update((a, b) for at, a in enumerate(people) for b in people[at + 1 :])
    return tuple((a, b, number) for (a, b), number in sorted(counted.items()))


def _rulings(store: Store) -> dict[str, Any]:
    return standing(kept_rulings(store))


def _rejected(store: Store) -> list[str]:
    return sorted(act for act, ruling in _rulings(store).items() if ruling.verb == "reject")


def _narrowed(asked: Select[Any], store: Store, filters: Filters) -> Select[Any]:
    """Only the incidents that pass."""
    if filters == EVERYTHING:
        return asked
    passing = incident_ids(filters, _rulings(store)).order_by(None)
    return asked.where(incident.c.id.in_(passing))


def _rows(store: Store, asked: Select[Any]) -> Sequence[Any]:
    with store.reading() as connection:
        return connection.execute(asked).all()
