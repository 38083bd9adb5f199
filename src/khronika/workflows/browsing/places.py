"""Places of incidents: countries and places with their numbers, and one of them whole."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from khronika.model.anchors import Anchor
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.text.lemmas import folded
from khronika.workflows.browsing.quoted import QuotedAct, quoted_acts

act, location = schema.act, schema.location
incident, told = schema.incident, schema.incident_act

PRINTED = "printed-"  # before the words of a name that stands for no certain place
LAST = "\U0010ffff"  # sorts behind every letter
NAMES = 40  # names as printed that are quoted
TELLINGS = 6  # of an incident that are told
MEANT = 12  # names of which is told what else they stand for
MOST_MEANT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A country or a place with what is told there.

    Attributes:
        key: of its page: an ISO 3166 code, a number of the gazetteer, or the printed words.
        name: the place's; of a country nothing, its code says it.
        country: ISO 3166 alpha-2, "" where it is not known.
        incidents: told there.
        acts: tellings.
        certain: whether the gazetteer knows which place it is.
    """

    key: str
    name: str = ""
    country: str = ""
    incidents: int = 0
    acts: int = 0
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """Every country and place of a record, each with the most incidents first."""

    countries: tuple[PlaceLine, ...] = ()
    places: tuple[PlaceLine, ...] = ()
    placed: int = 0  # incidents with a place
    without: int = 0  # and without one

    def of_country(self, code: str) -> tuple[PlaceLine, ...]:
        """The places of a country; "" for those whose country is not known."""
        return tuple(place for place in self.places if place.country == code)

    def line(self, key: str) -> PlaceLine | None:
        """A country or place by its key."""
        return next((each for each in (*self.countries, *self.places) if each.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A name as reports print it, how many acts have it so, and one of them."""

    name: str
    acts: int
    act: QuotedAct
    elsewhere: tuple[PlaceLine, ...] = ()  # other places for which the same name stands

    @property
    def anchor(self) -> Anchor:
        """Where the name stands in the report of that act."""
        return next(each.anchor for each in self.act.row.act.where if each.name == self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An incident at a place, with the tellings that place it there."""

    id: str
    kind: str
    modality: str
    when: str
    sources: int
    tellings: tuple[QuotedAct, ...]
    more: int = 0  # tellings that are not among these


def atlas(store: Store) -> Atlas:
    """Countries and places with their numbers; it goes through all places of a record once.

    An incident is at every place that a telling of it gives; in a country only if it is one of the
    incident's, which leaves out where somebody denied it.
    """
    with store.reading() as connection:
        groups, lands = _groups(connection), _lands(connection)
        every = connection.execute(select(func.count()).select_from(incident)).scalar() or 0
    places: dict[str, _Sum] = defaultdict(_Sum)
    countries: dict[str, _Sum] = defaultdict(_Sum)
    placed: set[str] = set()
    for group in groups:
        places[place_key(group)].add(group.homes, group.place or group.name, group.country)
        land = lands.get(group.country, set())
        countries[group.country].add({act: of for act, of in group.homes.items() if of in land})
        placed.update(group.homes.values())
    return Atlas(
        countries=_ranked(
            replace(each.line(code), country=code)
            for code, each in countries.items()
            if code and each.acts
        ),
        places=_ranked(each.line(key) for key, each in places.items()),
        placed=len(placed),
        without=every - len(placed),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The acts that place something alike, with their incidents."""

    name: str
    place: str
    folded: str
    country: str
    geonameid: int | None
    homes: Mapping[str, str]


def _groups(connection: Connection) -> list[_Group]:
    """All places by what is said of them: plain scans, which cost less than a join."""
    homes: dict[str, str] = dict(_bare(connection, "SELECT act_id, incident_id FROM incident_act"))
    found: dict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)
    asked = "SELECT act_id, name, place, folded, country, geonameid FROM location"
    for by, *alike in _bare(connection, asked):
        if by in homes:  # what reviewers rejected has no incident
            found[tuple(alike)][by] = homes[by]
    names = ("name", "place", "folded", "country", "geonameid")
    return [
        _Group(homes=acts, **dict(zip(names, alike, strict=True))) for alike, acts in found.items()
    ]


def _lands(connection: Connection) -> dict[str, set[str]]:
    """The incidents of each country."""
    read = cache(json.loads)
    found: dict[str, set[str]] = defaultdict(set)
    for of, countries in _bare(connection, "SELECT id, countries FROM incident"):
        for each in read(countries):
            found[each].add(of)
    return found


def _bare(connection: Connection, asked: str) -> Iterable[Any]:
    """Rows as the driver gives them: of hundreds of thousands, naming their columns is felt."""
    driver = connection.connection.driver_connection
    assert driver is not None
    rows: Iterable[Any] = driver.execute(asked)
    return rows


class _Sum:
    """What is told of one country or place; it is called as most tellings that name it have it."""

    def __init__(self) -> None:
        self.incidents: set[str] = set()
        self.acts: set[str] = set()
        self.names: Counter[tuple[str, str]] = Counter()

    def add(self, homes: Mapping[str, str], name: str = "", country: str = "") -> None:
        self.incidents.update(homes.values())
        self.acts.update(homes)
        if name:
            self.names[name, country] += len(homes)

    def line(self, key: str) -> PlaceLine:
        called = max(self.names.items(), key=lambda n: (n[1], n[0]), default=(("", ""), 0))
        name, country = called[0]
        return PlaceLine(
            key=key,
            name=name,
            country=country,
            incidents=len(self.incidents),
            acts=len(self.acts),
            certain=bool(country) or not key.startswith(PRINTED),
        )


def _ranked(found: Iterable[PlaceLine]) -> tuple[PlaceLine, ...]:
    return tuple(sorted(found, key=lambda each: (-each.incidents, each.name, each.key)))


def place_key(row: Any) -> str:
    """The key of a row of locations."""
    if row.geonameid is not None:
        return str(row.geonameid)
    return PRINTED + "-".join(row.folded.split())


def _at(key: str) -> ColumnElement[bool]:
    """A condition on `location`: it is the country or place with this key."""
    if len(key) == 2 and key.isascii() and key.isalpha():
        return location.c.country == key.upper()
    if key.isascii() and key.isdigit() and len(key) < 12:
        return location.c.geonameid == int(key)
    said = key.removeprefix(PRINTED).replace("-", " ")
    return (location.c.folded == f" {said} ") & location.c.geonameid.is_(None)


def incidents_at(store: Store, key: str) -> tuple[str, ...]:
    """The incidents at a place, the earliest first, those without a date last."""
    joined = location.join(told, told.c.act_id == location.c.act_id)
    joined = joined.join(incident, incident.c.id == told.c.incident_id)
    order = (incident.c.undated, incident.c.when_from, incident.c.when_to, incident.c.id)
    asked = select(incident.c.id).select_from(joined).where(_at(key)).order_by(*order)
    if len(key) == 2:
        asked = asked.where(incident.c.countries.contains(f'"{key.upper()}"', autoescape=True))
    return tuple(dict.fromkeys(str(row.id) for row in store.all(asked)))


def scenes(store: Store, key: str, ids: Sequence[str]) -> tuple[Scene, ...]:
    """Some incidents with the tellings that place them there, in this order."""
    acts: dict[str, list[str]] = defaultdict(list)
    heads: dict[str, Any] = {}
    with store.reading() as connection:
        for some in in_chunks(ids):
            # Whether a row is of the place is seen here: asked for in SQL, it may be looked for
            # through all rows of a country.
            for row in connection.execute(_of_incidents(some)):
                if _is_at(key, row) and row.act_id not in acts[row.incident_id]:
                    acts[row.incident_id].append(row.act_id)
            for row in connection.execute(select(incident).where(incident.c.id.in_(some))):
                heads[row.id] = row
    rows = quoted_acts(store, [a for each in ids for a in acts[each][:TELLINGS]])
    return tuple(
        Scene(
            id=each,
            kind=heads[each].kind,
            modality=heads[each].modality,
            when=heads[each].when_edtf,
            sources=heads[each].independent_sources,
            tellings=tuple(rows[a] for a in acts[each] if a in rows),
            more=max(0, len(acts[each]) - TELLINGS),
        )
        for each in ids
        if each in heads
    )


def _of_incidents(ids: Sequence[str]) -> Any:
    columns = (location.c.country, location.c.geonameid, location.c.folded)
    joined = told.join(location, location.c.act_id == told.c.act_id)
    asked = select(told.c.incident_id, told.c.act_id, *columns).select_from(joined)
    return asked.where(told.c.incident_id.in_(ids)).order_by(told.c.act_id)


def _is_at(key: str, row: Any) -> bool:
    if len(key) == 2:
        return bool(row.country == key.upper())
    return place_key(row) == key


def printed(store: Store, key: str, known: Atlas) -> tuple[Printed, ...]:
    """The names as printed of a place, the most frequent first, and what else they stand for."""
    joined = location.join(told, told.c.act_id == location.c.act_id)
    columns = (location.c.name, func.count().label("acts"), func.min(location.c.act_id).label("by"))
    asked = select(*columns).select_from(joined).where(_at(key)).group_by(location.c.name)
    with store.reading() as connection:
        rows = connection.execute(asked).all()
        best = sorted(rows, key=lambda row: (-row.acts, row.name))[:NAMES]
        meant = _meanings(connection, [row.name for row in best], key, known)
    found = quoted_acts(store, [row.by for row in best])
    return tuple(
        Printed(name=row.name, acts=row.acts, act=found[row.by], elsewhere=meant.get(row.name, ()))
        for row in best
        if row.by in found
    )


def _meanings(
    connection: Any, names: Sequence[str], key: str, known: Atlas
) -> dict[str, tuple[PlaceLine, ...]]:
    """The other places for which some printed names stand."""
    if len(key) == 2:
        return {}
    lines = {each.key: each for each in known.places}
    columns = (location.c.name, location.c.folded, location.c.geonameid)
    found: dict[str, tuple[PlaceLine, ...]] = {}
    for name in names[:MEANT]:
        begins = folded(name)
        these = location.c.folded.between(begins, f"{begins}{LAST}")
        rows = connection.execute(select(*columns).distinct().where(these).limit(MOST_MEANT))
        keys = {place_key(row) for row in rows if row.name == name} - {key}
        found[name] = tuple(lines[each] for each in sorted(keys) if each in lines)
    return found
