"""All incidents of one state of the record as columns of numbers, to filter and count them.

A record of 100,000 acts is read once in less than a second; after that every choice of filters is
counted, for every facet, in a few thousandths of one, whatever is chosen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from khronika.text.lemmas import words
from khronika.workflows.filtering import day

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]

NONE = "-"  # the value of what is not known: no place, no year
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
        every = list(pairs)
        return cls._of([value for _, value in every], np.array([at for at, _ in every]))

    @classmethod
    def of_one(cls, values: Sequence[str]) -> Self:
        """From the one value of each position in turn."""
        return cls._of(values, np.arange(len(values)))

    @classmethod
    def _of(cls, values: Sequence[str], at: NDArray[Any]) -> Self:
        known = {value: n for n, value in enumerate(dict.fromkeys(values))}
        codes = np.array([known[value] for value in values], dtype=np.int32)
        return cls(tuple(known), at.astype(np.int32), codes)

    @classmethod
    def of_each(cls, found: Sequence[Collection[str]]) -> Self:
        """From the values of each position in turn."""
        values = [value for some in found for value in some]
        return cls._of(values, np.repeat(np.arange(len(found)), [len(some) for some in found]))

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
    reports: Mapping[str, tuple[str, int]] = field(default_factory=dict, repr=False)
    basis: tuple[int, ...] = ()  # entries of the journal that it follows from, of reports last

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
