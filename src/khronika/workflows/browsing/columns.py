"""Reads the columns of all incidents from tables, anew only when something changed them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np
from sqlalchemy import Connection, func, select

from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.link_parts import LINKS
from khronika.store.store import Store
from khronika.workflows.browsing.facets import FAR, NONE, Column, Incidents

SEVERAL_SOURCES = 4  # so many independent sources and more are one value
YEARS = 6  # a date that allows more years than so many is of no year

incident, told, report = schema.incident, schema.incident_act, schema.report

# Entries after which reports may be other ones; links are kept as parts of their own.
REPORTS = (
    *("added", "read again", "recoded", "coded by hand", "withdrawn", "redacted", "unlinked"),
    "codebook",
)


def every_incident(store: Store) -> Incidents:
    """Every incident as it is now, read once as long as nothing changes it."""
    with store.reading() as connection:
        last = connection.execute(select(func.max(schema.journal.c.seq))).scalar() or 0
    return store.remembered.at("incidents", last, lambda known: read_incidents(store, known))


def read_incidents(store: Store, known: Incidents | None = None) -> Incidents:
    """Read what can be filtered by of every incident.

    Args:
        store: the record.
        known: as they were read before; they are given back where nothing changed them since.
    """
    with store.reading() as connection:
        basis = _basis(connection)
        if known is not None and known.basis == basis:
            return known
        same = known is not None and known.basis[-1] == basis[-1]
        reports = known.reports if known is not None and same else _reports(connection)
        return replace(_Reader(connection, reports).read(), basis=basis)


def _basis(connection: Connection) -> tuple[int, ...]:
    held, entry = schema.held.c, schema.journal.c
    links = select(func.max(held.seq), func.count()).where(held.subject == LINKS)
    last, number = connection.execute(links).one()
    latest = select(func.max(entry.seq))
    corrected = connection.execute(latest.where(entry.what == "corrected")).scalar()
    reports = [
        connection.execute(latest.where(entry.what == each)).scalar() or 0 for each in REPORTS
    ]
    return last or 0, number, corrected or 0, max(reports)


def _reports(connection: Connection) -> dict[str, tuple[str, int]]:
    """Of each report its publisher, and the entry of the journal that brought it."""
    held = schema.held.c
    # Read in the order of the table: an index would lead to each row by itself.
    brought = held.part.concat("") == "bytes"
    added = dict(connection.execute(select(held.subject, held.seq).where(brought)).all())
    rows = connection.execute(select(report.c.id, report.c.publisher)).all()
    return {of: (publisher or NONE, added.get(of, 0)) for of, publisher in rows}


def ruled_incidents(store: Store, about: Iterable[str]) -> tuple[str, ...]:
    """The incidents that are among some ids, or of which a telling is."""
    ids = sorted(set(about))
    found = [each for each in ids if each.startswith("inc_")]
    acts = [each for each in ids if each.startswith("act_")]
    with store.reading() as connection:
        for some in in_chunks(acts):
            asked = select(told.c.incident_id).where(told.c.act_id.in_(some))
            found += connection.execute(asked).scalars()
    return tuple(sorted(set(found)))


class _Reader:
    def __init__(self, connection: Connection, reports: Mapping[str, tuple[str, int]]) -> None:
        self._connection = connection
        self._reports = reports
        order = (incident.c.undated, incident.c.when_from, incident.c.when_to, incident.c.id)
        columns = (
            *(incident.c.id, incident.c.kind, incident.c.modality, incident.c.when_from),
            *(incident.c.when_to, incident.c.countries, incident.c.reports),
            *(incident.c.independent_sources, incident.c.undated),
        )
        self._rows = connection.execute(select(*columns).order_by(*order)).all()
        self._position = {row[0]: n for n, row in enumerate(self._rows)}

    def read(self) -> Incidents:
        rows = self._rows
        homes = dict(self._connection.execute(select(told.c.act_id, told.c.incident_id)).all())
        places, folded_places = self._places(homes)
        number = Counter(homes.values())
        unknown = (NONE, 0)
        reports = [[self._reports.get(of, unknown) for of in _ids(row[6])] for row in rows]
        return Incidents(
            ids=tuple(row[0] for row in rows),
            columns={
                "kind": Column.of_one([row[1] for row in rows]),
                "modality": Column.of_one([row[2] for row in rows]),
                "place": places,
                "country": Column.of_each([_listed(row[5]) or (NONE,) for row in rows]),
                "year": Column.of_each([years_of(row[3], row[4]) for row in rows]),
                "month": Column.of_one([month_of(row[3], row[4]) for row in rows]),
                "publisher": Column.of_each(
                    [dict.fromkeys([publisher for publisher, _ in some]) for some in reports]
                ),
                "sources": Column.of_one([_few(row[7]) for row in rows]),
                "contradiction": self._flagged(self._contradicted()),
                "reviewed": self._flagged(()),
            },
            first=np.array([_ordinal(row[3], 0) for row in rows], dtype=np.int32),
            last=np.array([_ordinal(row[4], FAR) for row in rows], dtype=np.int32),
            undated=np.array([bool(row[8]) for row in rows], dtype=np.bool_),
            added=np.array(
                [max([added for _, added in some], default=0) for some in reports],
                dtype=np.int32,
            ),
            sources=np.array([row[7] for row in rows], dtype=np.int32),
            told=np.array([number[row[0]] for row in rows], dtype=np.int32),
            folded_places=folded_places,
            reports=self._reports,
        )

    def _places(self, homes: Mapping[str, str]) -> tuple[Column, dict[str, str]]:
        """Where the tellings say it was, as the gazetteer has it; and all words of each place."""
        at = schema.location
        place = func.coalesce(func.nullif(at.c.place, ""), at.c.name)
        rows = self._connection.execute(select(at.c.act_id, place, at.c.folded)).all()
        found: dict[str, dict[str, None]] = {}
        for act, name, _ in rows:
            if act in homes:
                found.setdefault(homes[act], {})[name] = None
        said: dict[str, list[str]] = {}
        for name, folded in sorted({(name, folded) for _, name, folded in rows}):
            said.setdefault(name, []).append(folded)
        column = Column.of_each([found.get(row[0], (NONE,)) for row in self._rows])
        return column, {name: "/".join(each) for name, each in said.items()}

    def _contradicted(self) -> Iterable[str]:
        asked = select(schema.contradiction.c.incident_id).distinct()
        return self._connection.execute(asked).scalars()

    def _flagged(self, ids: Iterable[str]) -> Column:
        codes = np.zeros(len(self._rows), dtype=np.int32)
        codes[[self._position[each] for each in ids if each in self._position]] = 1
        return Column(("no", "yes"), np.arange(len(codes), dtype=np.int32), codes)


@lru_cache(maxsize=50_000)
def years_of(first: str, last: str) -> tuple[str, ...]:
    """The years in which something may have been; `NONE` where they are open or too many."""
    if not first or not last:
        return (NONE,)
    start, end = int(first[:4]), int(last[:4])
    if end - start >= YEARS:
        return (NONE,)
    return tuple(f"{year:04}" for year in range(start, end + 1))


def month_of(first: str, last: str) -> str:
    """The one month in which something was; `NONE` where it may be another."""
    return first[:7] if first and first[:7] == last[:7] else NONE


def _few(sources: int) -> str:
    return str(sources) if sources < SEVERAL_SOURCES else f"{SEVERAL_SOURCES}+"


def _ids(data: str) -> list[str]:
    """The ids in a list of them as JSON; ids have no quotes in them."""
    return data[2:-2].split('","') if data != "[]" else []


@lru_cache(maxsize=50_000)
def _listed(data: str) -> tuple[str, ...]:
    return tuple(json.loads(data)) if data != "[]" else ()


@lru_cache(maxsize=50_000)
def _ordinal(when: str, unknown: int) -> int:
    return date.fromisoformat(when).toordinal() if when else unknown
