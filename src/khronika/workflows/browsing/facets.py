"""All incidents of one state of the record as columns of numbers, to filter and count them.

A record of 100,000 acts is read once in less than a second; after that every choice of filters is
counted, for every facet, in a few thousandths of one, whatever is chosen.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.link_parts import LINKS
from khronika.store.store import Store
from khronika.text.lemmas import words
from khronika.workflows.filtering import day

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]

incident, told, report = schema.incident, schema.incident_act, schema.report

NONE = "-"  # the value of what is not known: no place, no year
SEVERAL_SOURCES = 4  # so many independent sources and more are one value
YEARS = 6  # a date that allows more years than so many is of no year
FAR = 3_700_000  # days; after the year 9999
FACETS = (
    *("kind", "modality", "country", "place", "year", "month", "publisher", "sources"),
    *("contradiction", "reviewed"),
)
SORTS = ("date", "newest-date", "added", "sources", "told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is chosen: within one facet any value will do, every facet must hold.

    Attributes:
        kind: ids of kinds; likewise the other facets, `NONE` for what is not known.
        sources: "1", "2", "3" or "4+" independent sources.
        contradiction: "yes" or "no"; so `reviewed`.
        actor: the id of an actor, or words of a name.
        within: words of a place.
        since: EDTF; what ended before it is left out. What has no date is left out too.
        until: EDTF; what began after it is left out. What has no date is left out too.
    """

    kind: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    contradiction: tuple[str, ...] = ()
    reviewed: tuple[str, ...] = ()
    actor: str = field(default="", repr=False)
    within: str = ""
    since: str = ""
    until: str = ""

    @property
    def anything(self) -> bool:
        """True if something is chosen."""
        return any(getattr(self, each.name) for each in fields(self))

    def of(self, facet: str) -> tuple[str, ...]:
        """What is chosen of one facet."""
        found: tuple[str, ...] = getattr(self, facet)
        return found


@dataclass(frozen=True, eq=False)
class Column:
    """One facet of all incidents, each of which may have several values or none.

    Attributes:
        values: what there is, by code.
        at: positions of incidents, and
        codes: at the same place, a value that the incident there has.
    """

    values: tuple[str, ...]
    at: Numbers = field(repr=False)
    codes: Numbers = field(repr=False)

    @cached_property
    def _codes(self) -> Mapping[str, int]:
        return {value: n for n, value in enumerate(self.values)}

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, str]]) -> Self:
        """From positions and values."""
        known: dict[str, int] = {}
        at: list[int] = []
        codes: list[int] = []
        for position, value in pairs:
            at.append(position)
            codes.append(known.setdefault(value, len(known)))
        return cls(tuple(known), np.array(at, dtype=np.int32), np.array(codes, dtype=np.int32))

    def having(self, chosen: Sequence[str], among: int) -> Mask:
        """Which of so many incidents have one of some values."""
        wanted = np.zeros(len(self.values) + 1, dtype=np.bool_)
        wanted[[self._codes[value] for value in chosen if value in self._codes]] = True
        found = np.zeros(among, dtype=np.bool_)
        found[self.at[wanted[self.codes]]] = True
        return found

    def counted(self, kept: Mask) -> list[tuple[str, int]]:
        """How many of the incidents that are kept have each value, those with none left out."""
        counts = np.bincount(self.codes[kept[self.at]], minlength=len(self.values))
        return [(self.values[n], int(counts[n])) for n in np.flatnonzero(counts)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What some choice leaves: the incidents, and of each facet the values with their numbers.

    A facet's own choice does not narrow its numbers, so that each says what choosing it would add.
    """

    kept: Mask
    total: int
    facets: Mapping[str, list[tuple[str, int]]]


@dataclass(frozen=True, eq=False)
class Incidents:
    """Every incident in the order of time, those without a date last, by its position there."""

    ids: tuple[str, ...]
    columns: Mapping[str, Column]
    first: Numbers = field(repr=False)  # days as ordinals, 0 where open
    last: Numbers = field(repr=False)  # likewise, far ahead where open
    undated: Mask = field(repr=False)
    added: Numbers = field(repr=False)
    sources: Numbers = field(repr=False)
    told: Numbers = field(repr=False)
    folded_places: Mapping[str, str] = field(default_factory=dict, repr=False)
    basis: tuple[int, ...] = ()  # entries of the journal that it follows from

    def ruled_on(self, ids: Iterable[str]) -> "Incidents":
        """The same, saying of some that a reviewer has ruled on them."""
        codes = np.zeros(len(self.ids), dtype=np.int32)
        codes[[self.position[each] for each in ids if each in self.position]] = 1
        column = Column(("no", "yes"), np.arange(len(codes), dtype=np.int32), codes)
        return replace(self, columns={**self.columns, "reviewed": column})

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where each incident stands."""
        return {each: n for n, each in enumerate(self.ids)}

    @cached_property
    def _orders(self) -> Mapping[str, Numbers]:
        """The positions in each order; of what is alike, the later comes first."""
        dated = len(self.ids) - int(self.undated.sum())
        whole = np.arange(len(self.ids))
        late = np.concatenate((whole[:dated][::-1], whole[dated:]))  # undated last both ways
        rank = np.empty_like(late)
        rank[late] = whole
        return {
            "newest-date": late.astype(np.int32),
            "added": np.lexsort((rank, -self.added)).astype(np.int32),
            "sources": np.lexsort((rank, -self.told, -self.sources)).astype(np.int32),
            "told": np.lexsort((rank, -self.sources, -self.told)).astype(np.int32),
        }

    def chosen(self, choice: Choice, named: Mask | None = None) -> Counted:
        """The incidents that fit a choice, and the numbers of each facet.

        Args:
            choice: what must hold.
            named: which have the actor that is asked for, where one is.
        """
        base = self._narrowed(choice, named)
        masks = {
            facet: self.columns[facet].having(choice.of(facet), len(self.ids))
            for facet in FACETS
            if choice.of(facet)
        }
        kept = base.copy()
        for mask in masks.values():
            kept &= mask
        return Counted(
            kept=kept,
            total=int(kept.sum()),
            facets={
                facet: self.columns[facet].counted(self._without(facet, base, masks, kept))
                for facet in FACETS
            },
        )

    def kept(self, choice: Choice, named: Mask | None = None) -> Mask:
        """The incidents that fit a choice, uncounted."""
        found = self._narrowed(choice, named)
        for facet in FACETS:
            if choice.of(facet):
                found &= self.columns[facet].having(choice.of(facet), len(self.ids))
        return found

    def _without(self, facet: str, base: Mask, masks: Mapping[str, Mask], kept: Mask) -> Mask:
        if facet not in masks:
            return kept
        found = base.copy()
        for other, mask in masks.items():
            if other != facet:
                found &= mask
        return found

    def _narrowed(self, choice: Choice, named: Mask | None) -> Mask:
        found = np.ones(len(self.ids), dtype=np.bool_) if named is None else named.copy()
        if choice.within:
            places = self._places(choice.within)
            found &= self.columns["place"].having(places, len(self.ids))
        if choice.since or choice.until:
            found &= ~self.undated
        if since := day(choice.since, end=False):
            found &= self.last >= date.fromisoformat(since).toordinal()
        if until := day(choice.until, end=True):
            found &= self.first <= date.fromisoformat(until).toordinal()
        return found

    def _places(self, asked: str) -> list[str]:
        """The places with every word that is asked for, from the word's beginning."""
        given = [f" {word}" for word, _, _ in words(asked)]
        every = self.folded_places.items()
        return [name for name, said in every if given and all(word in said for word in given)]

    def mask(self, ids: Iterable[str]) -> Mask:
        """Which incidents are among some."""
        found = np.zeros(len(self.ids), dtype=np.bool_)
        found[[self.position[each] for each in ids if each in self.position]] = True
        return found

    def ordered(self, kept: Mask, sort: str, offset: int, limit: int) -> tuple[str, ...]:
        """The ids of some of the incidents that are kept, in an order."""
        if sort in self._orders:
            order = self._orders[sort]
            found = order[kept[order]]
        else:
            found = np.flatnonzero(kept).astype(np.int32)
        return tuple(self.ids[n] for n in found[offset : offset + limit])


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
        return replace(_Reader(connection).read(), basis=basis)


def _basis(connection: Connection) -> tuple[int, ...]:
    held, entry = schema.held.c, schema.journal.c
    links = select(func.max(held.seq), func.count()).where(held.subject == LINKS)
    last, number = connection.execute(links).one()
    reports = (
        connection.execute(select(func.max(entry.seq)).where(entry.what == each)).scalar()
        for each in REPORTS
    )
    return last or 0, number, *(each or 0 for each in reports)


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
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
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
        publishers = self._publishers()
        places, folded_places = self._places()
        added = self._added()
        reports = [_listed(row[6]) for row in rows]
        listed = lru_cache(maxsize=None)(_listed)  # countries are few
        return Incidents(
            ids=tuple(row[0] for row in rows),
            columns={
                "kind": Column.of((n, row[1]) for n, row in enumerate(rows)),
                "modality": Column.of((n, row[2]) for n, row in enumerate(rows)),
                "place": places,
                "country": Column.of(_each((listed(row[5]) or (NONE,)) for row in rows)),
                "year": Column.of(_each(years_of(row[3], row[4]) for row in rows)),
                "month": Column.of((n, month_of(row[3], row[4])) for n, row in enumerate(rows)),
                "publisher": Column.of(
                    _each(
                        dict.fromkeys(publishers.get(of, NONE) for of in found) for found in reports
                    )
                ),
                "sources": Column.of((n, _few(row[7])) for n, row in enumerate(rows)),
                "contradiction": self._flagged(self._contradicted()),
                "reviewed": self._flagged(()),
            },
            first=np.array([_ordinal(row[3], 0) for row in rows], dtype=np.int32),
            last=np.array([_ordinal(row[4], FAR) for row in rows], dtype=np.int32),
            undated=np.array([bool(row[8]) for row in rows], dtype=np.bool_),
            added=np.array(
                [max((added.get(of, 0) for of in found), default=0) for found in reports],
                dtype=np.int32,
            ),
            sources=np.array([row[7] for row in rows], dtype=np.int32),
            told=self._told(),
            folded_places=folded_places,
        )

    def _places(self) -> tuple[Column, dict[str, str]]:
        """Where the tellings say it was, as the gazetteer has it; and all words of each place."""
        at = schema.location
        place = func.coalesce(func.nullif(at.c.place, ""), at.c.name)
        asked = select(told.c.incident_id, place, at.c.folded).join(
            at, at.c.act_id == told.c.act_id
        )
        found: dict[int, dict[str, None]] = {}
        said: dict[str, set[str]] = {}
        for of, name, words_of_it in self._connection.execute(asked):
            if of in self._position:
                found.setdefault(self._position[of], {})[name] = None
                said.setdefault(name, set()).add(words_of_it)
        pairs = _each(found.get(n, (NONE,)) for n in range(len(self._rows)))
        return Column.of(pairs), {name: "/".join(sorted(each)) for name, each in said.items()}

    def _publishers(self) -> dict[str, str]:
        rows = self._connection.execute(select(report.c.id, report.c.publisher))
        return {of: publisher or NONE for of, publisher in rows}

    def _added(self) -> dict[str, int]:
        """The entry of the journal that brought each report."""
        held = schema.held.c
        asked = select(held.subject, held.seq).where(held.part == "bytes")
        return dict(self._connection.execute(asked).all())

    def _told(self) -> Numbers:
        """How many acts tell each incident."""
        asked = select(told.c.incident_id, func.count()).group_by(told.c.incident_id)
        found = np.zeros(len(self._rows), dtype=np.int32)
        for of, number in self._connection.execute(asked):
            if of in self._position:
                found[self._position[of]] = number
        return found

    def _contradicted(self) -> Iterable[str]:
        asked = select(schema.contradiction.c.incident_id).distinct()
        return self._connection.execute(asked).scalars()

    def _flagged(self, ids: Iterable[str]) -> Column:
        codes = np.zeros(len(self._rows), dtype=np.int32)
        codes[[self._position[each] for each in ids if each in self._position]] = 1
        return Column(("no", "yes"), np.arange(len(codes), dtype=np.int32), codes)


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


def _each(found: Iterable[Iterable[str]]) -> Iterable[tuple[int, str]]:
    return ((n, value) for n, values in enumerate(found) for value in values)


def _listed(data: str) -> tuple[str, ...]:
    return tuple(json.loads(data)) if data != "[]" else ()


def _ordinal(when: str, unknown: int) -> int:
    return date.fromisoformat(when).toordinal() if when else unknown
