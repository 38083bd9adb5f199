"""What pictures are made of: counts of incidents by month, country and place, marks in time.

Whatever concerns incidents is counted in their columns (`facets.Incidents`), so that a picture
shows what the filters of a page choose.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, func, select

from khronika.model.links import Ruling
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.browsing.facets import FAR, NONE, Column, Incidents, Mask
from khronika.workflows.browsing.neighbours import incidents_with, rejected_by

MOST_MARKS = 2500  # incidents; of more, near ones of a kind are one mark
GRAINS = 400  # into so many stretches of time
LISTED = 300  # incidents that are named

incident, told, act = schema.incident, schema.incident_act, schema.act
location = schema.location


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """So many incidents of a kind between two months, 'YYYY-MM', '' where that end is unknown."""

    first: str
    last: str
    kind: str
    number: int


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Located:
    """Where incidents were, as places of GeoNames; `column` has their numbers.

    Attributes:
        column: numbers of places, as text.
        names: name and country of each.
        basis: what `Incidents` has, of the incidents that were there then.
    """

    column: Column
    names: Mapping[str, tuple[str, str]]
    basis: tuple[int, ...] = ()


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
    """Incidents of a kind on a line of time, mostly one; a day that is open is None."""

    kind: str
    first: date | None
    last: date | None
    place: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An incident as a row of a table; its date is EDTF."""

    edtf: str
    kind: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Incidents in the order of time.

    Attributes:
        marks: what is drawn.
        lines: the first 300 of them.
        last: the latest, None if there is none.
        dated: how many have a date.
        undated: how many have none.
    """

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    last: Line | None
    dated: int
    undated: int


def month_counts(incidents: Incidents, kept: Mask) -> tuple[MonthCount, ...]:
    """The incidents that are kept, by the months of their dates and by kind."""
    kinds = incidents.columns["kind"]
    table = np.stack((_months(incidents.first, 0), _months(incidents.last, FAR), _of(kinds)))
    found, counts = np.unique(table[:, kept], axis=1, return_counts=True)
    return tuple(
        MonthCount(first=_month(first), last=_month(last), kind=kinds.values[kind], number=number)
        for first, last, kind, number in np.vstack((found, counts)).T.tolist()
    )


def _months(days: NDArray[Any], unknown: int) -> NDArray[np.int64]:
    """Months from year 0 of days as ordinals; -1 where they are unknown."""
    known = (days != unknown) & (days > 0)
    epoch = date(1970, 1, 1).toordinal()
    since = (np.where(known, days, epoch) - epoch).astype("datetime64[D]")
    months = since.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(known, months, -1)


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}" if number >= 0 else ""


def _of(column: Column) -> NDArray[np.int32]:
    """The first value of each incident, by its code; every incident has one."""
    _, first = np.unique(column.at, return_index=True)
    return column.codes[first]


def located_in(store: Store, incidents: Incidents, rulings: Mapping[str, Ruling]) -> Located:
    """Which places of GeoNames the acts of each incident name, but for acts that are rejected."""
    with store.reading() as connection:
        last = connection.execute(select(func.max(schema.journal.c.seq))).scalar() or 0

    def read(known: Located | None) -> Located:
        fits = known is not None and known.basis == incidents.basis
        return known if known is not None and fits else _located(store, incidents)

    found = store.remembered.at("located", last, read)
    rejected = rejected_by(rulings)
    return _without(store, incidents, found, rejected) if rejected else found


def _located(store: Store, incidents: Incidents) -> Located:
    names = select(
        location.c.geonameid, func.min(location.c.place), func.min(location.c.country)
    ).group_by(location.c.geonameid)
    with store.reading() as connection:
        known = {str(of): (place, country) for of, place, country in connection.execute(names)}
        pairs = _pairs(incidents, connection.execute(_named_places().distinct()))
    return Located(column=Column.of(pairs), names=known, basis=incidents.basis)


def _named_places() -> Select[Any]:
    """From incidents to the places that their acts name."""
    return (
        select(told.c.incident_id, location.c.geonameid)
        .select_from(location)
        .join(told, told.c.act_id == location.c.act_id)
        .where(location.c.geonameid.is_not(None))
    )


def _pairs(incidents: Incidents, rows: Iterable[Any]) -> list[tuple[int, str]]:
    position = incidents.position
    return [(position[of], str(geonameid)) for of, geonameid in rows if of in position]


def _without(
    store: Store, incidents: Incidents, located: Located, rejected: Sequence[str]
) -> Located:
    """The same where the incidents of some acts are read anew, without these."""
    found: list[Any] = []
    with store.reading() as connection:
        touched: set[str] = set()
        for some in in_chunks(rejected):
            asked = select(told.c.incident_id).where(told.c.act_id.in_(some))
            touched |= set(connection.execute(asked).scalars())
        for some in in_chunks(sorted(touched)):
            asked = _named_places().add_columns(told.c.act_id)
            found += connection.execute(asked.where(told.c.incident_id.in_(some)))
    gone = set(rejected)
    pairs = set(_pairs(incidents, (row[:2] for row in found if row[2] not in gone)))
    column, left = located.column, ~incidents.mask(touched)[located.column.at]
    whole = zip(column.at[left].tolist(), column.codes[left].tolist(), strict=True)
    kept = [(at, column.values[code]) for at, code in whole]
    return replace(located, column=Column.of([*kept, *sorted(pairs)]))


def whereabouts(incidents: Incidents, located: Located, kept: Mask) -> Whereabouts:
    """The incidents that are kept, by country and place; one in two countries counts in both."""
    countries = dict(incidents.columns["country"].counted(kept))
    nowhere = countries.pop(NONE, 0)
    places = [
        PlaceCount(geonameid=int(of), name=name, country=country, number=number)
        for of, number in located.column.counted(kept)
        for name, country in [located.names[of]]
    ]
    return Whereabouts(
        countries=tuple(sorted(countries.items(), key=lambda each: (-each[1], each[0]))),
        places=tuple(sorted(places, key=lambda each: (-each.number, each.geonameid))),
        incidents=int(kept.sum()),
        nowhere=nowhere,
    )


def marks(store: Store, incidents: Incidents, kept: Mask) -> Marks:
    """The incidents that are kept, on a line of time."""
    positions = np.flatnonzero(kept & ~incidents.undated)
    whole = len(positions) <= MOST_MARKS
    named = positions if whole else positions[:LISTED]
    places = _places(incidents, named)
    listed = [*positions[:LISTED], *positions[-1:]]
    dates = _dates(store, [incidents.ids[at] for at in listed])
    kinds, codes = incidents.columns["kind"].values, _of(incidents.columns["kind"])

    def line(at: int) -> Line:
        of = incidents.ids[at]
        place = places.get(at, "")
        return Line(edtf=dates.get(of, ""), kind=kinds[codes[at]], place=place)

    return Marks(
        marks=(
            tuple(
                Mark(
                    kind=kinds[codes[at]],
                    first=_day(int(incidents.first[at]), 0),
                    last=_day(int(incidents.last[at]), FAR),
                    place=places.get(at, ""),
                )
                for at in positions.tolist()
            )
            if whole
            else _coarse(incidents, positions)
        ),
        lines=tuple(line(at) for at in positions[:LISTED].tolist()),
        last=line(int(positions[-1])) if len(positions) else None,
        dated=len(positions),
        undated=int((kept & incidents.undated).sum()),
    )


def marks_of(store: Store, actor: str, rulings: Mapping[str, Ruling]) -> Marks:
    """The incidents that an actor has a part in; telling of one is no part in it.

    They are found by the database: an actor's page need not wait for the columns of all others.
    """
    rows: list[Any] = []
    places: dict[str, str] = {}
    with store.reading() as connection:
        for some in in_chunks(incidents_with(connection, actor, rejected_by(rulings))):
            rows += connection.execute(select(incident).where(incident.c.id.in_(some)))
            for of, place in connection.execute(_places_of(some)):
                places.setdefault(of, place)
    rows.sort(key=lambda row: (row.when_from, row.when_to, row.id))
    dated = [row for row in rows if not row.undated]
    lines = [Line(edtf=row.when_edtf, kind=row.kind, place=places.get(row.id, "")) for row in dated]
    return Marks(
        marks=tuple(
            Mark(
                kind=row.kind,
                first=_iso(row.when_from),
                last=_iso(row.when_to),
                place=places.get(row.id, ""),
            )
            for row in dated
        ),
        lines=tuple(lines[:LISTED]),
        last=lines[-1] if lines else None,
        dated=len(dated),
        undated=len(rows) - len(dated),
    )


def _places_of(incidents: Sequence[str]) -> Select[Any]:
    """The places of some incidents as the gazetteer has them, else as printed."""
    place = func.coalesce(func.nullif(location.c.place, ""), location.c.name)
    return (
        select(told.c.incident_id, place)
        .join(location, location.c.act_id == told.c.act_id)
        .where(told.c.incident_id.in_(incidents))
        .order_by(told.c.incident_id, told.c.idx, location.c.idx)
    )


def _iso(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


def _coarse(incidents: Incidents, positions: NDArray[np.intp]) -> tuple[Mark, ...]:
    """Marks that stand for several incidents: of a kind, in the same stretch of time."""
    first, last = incidents.first[positions], incidents.last[positions]
    ends = np.concatenate((first[first > 0], last[last < FAR]))
    grain = max(1, int(ends.max() - ends.min()) // GRAINS)
    exact = first == last
    middles = np.where(first == 0, last, np.where(last == FAR, first, (first + last) // 2))
    codes = _of(incidents.columns["kind"])[positions]
    table = np.stack((middles // grain, exact, codes))
    found, counts = np.unique(table, axis=1, return_counts=True)
    kinds = incidents.columns["kind"].values
    made = []
    for stretch, is_exact, kind, number in np.vstack((found, counts)).T.tolist():
        day = min(max(1, stretch * grain + grain // 2), date.max.toordinal() - 1)
        made.append(
            Mark(
                kind=kinds[kind],
                first=date.fromordinal(day),
                last=date.fromordinal(day if is_exact else day + 1),
                number=number,
            )
        )
    return tuple(made)


def _day(ordinal: int, unknown: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal != unknown and ordinal > 0 else None


def _places(incidents: Incidents, positions: NDArray[np.intp]) -> dict[int, str]:
    """The first place of some incidents."""
    column = incidents.columns["place"]
    wanted = np.zeros(len(incidents.ids), dtype=np.bool_)
    wanted[positions] = True
    found: dict[int, str] = {}
    for at, code in zip(column.at.tolist(), column.codes.tolist(), strict=True):
        if wanted[at] and column.values[code] != NONE:
            found.setdefault(at, column.values[code])
    return found


def _dates(store: Store, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    with store.reading() as connection:
        for some in in_chunks(ids):
            asked = select(incident.c.id, incident.c.when_edtf).where(incident.c.id.in_(some))
            found |= {row[0]: row[1] for row in connection.execute(asked)}
    return found
