"""People by the lists that saw them: the table that every estimate is made from.

A *list* is a source that observed on its own; a *history* says which lists have a person; a *cell*
is a history with the number of people who have it. The cell of those on no list is the unknown.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from khronika.estimation.errors import TableError
from khronika.estimation.reading_counts import CountSource, RawCells, read_cells, write_cells
from khronika.estimation.reading_records import Gathered, Record, gather

Histories = NDArray[np.bool_]
Counts = NDArray[np.int64]

MOST_LISTS = 62  # a history is one whole number
MOST_DENSE = 16  # lists whose every history can be written out


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """People left out of a table, and why.

    Attributes:
        people: how many.
        reason: in words.
    """

    people: int
    reason: str


@dataclass(frozen=True, kw_only=True, eq=False)
class CaptureTable:
    """How many people each combination of lists has.

    Built by `from_counts` or `from_records`; the constructor wants cells in order
    (`tidy` puts any cells in order).

    Attributes:
        lists: their names, one each.
        histories: cells x lists, True where the list has the people of the cell. No cell twice,
            none empty of lists, ordered by `keys`.
        counts: people of each cell, at least 1.
        people: ids of the people of each cell, if the table was made of records; else empty.
        scope: what was counted: kind, place, period; in words, empty if unsaid.
        linkage: what told that two mentions are one person: a run of linking and its threshold.
        excluded: who was left out.
    """

    lists: tuple[str, ...]
    histories: Histories = field(repr=False)
    counts: Counts = field(repr=False)
    people: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    scope: str = ""
    linkage: str = ""
    excluded: tuple[Excluded, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no table."""
        _check_lists(self.lists)
        _check_cells(self.histories, self.counts, len(self.lists))

    @classmethod
    def from_counts(
        cls,
        source: CountSource,
        *,
        lists: Sequence[str] | None = None,
        sum_over: Sequence[str] = (),
        scope: str = "",
    ) -> "CaptureTable":
        """Read a table of counts.

        Args:
            source: the path of a CSV file (commas, semicolons or tabs) or CSV text, with a header:
                a column of 0 and 1 for each list, and one of people named `count`, `n`, `freq` or
                `people` (else the last); or rows, as mappings or as a header and sequences; or a
                mapping from histories, "101" or (1, 0, 1), to people. Rows that repeat are added
                up; combinations without a row have nobody.
            lists: names of the lists, where `source` is a mapping; else they are L1, L2, ...
            sum_over: columns that divide the people, to be added up. Other columns that are no
                list are refused: `strata_from_counts` reads a table for each part.
            scope: what was counted: kind, place, period.

        Raises:
            TableError: for anything else, and for people in the row of those on no list.
        """
        return _of_cells(read_cells(source, sum_over=sum_over, lists=lists), scope)

    @classmethod
    def from_records(
        cls,
        rows: Iterable[Record],
        lists: Sequence[str] | None = None,
        *,
        person: str = "id",
        scope: str = "",
        linkage: str = "",
    ) -> "CaptureTable":
        """Count people by the lists that they are on, and keep their ids with each cell.

        Args:
            rows: a person each: a mapping from list to 0, 1 or bool with the id under `person`,
                or a pair of an id and the lists. A person in many rows is on the lists of all.
            lists: names of the lists to count, in order; None takes all that the rows name.
            person: the key of the id. Rows without one are people of their own, and then no ids
                are kept.
            scope: what was counted: kind, place, period.
            linkage: what told that two mentions are one person.

        Returns:
            The table; people on none of the lists are among its `excluded`.

        Raises:
            TableError: for rows that say of no person what lists they are on.
        """
        made = _of_people(gather(rows, lists, person=person))
        return replace(made, scope=scope, linkage=linkage)

    def to_counts(self) -> str:
        """CSV text that `from_counts` reads: a 0/1 column a list, then `count`; without ids."""
        return write_cells(self.lists, self.histories, self.counts)

    @property
    def n(self) -> int:
        """How many people are documented."""
        return int(self.counts.sum())

    @cached_property
    def keys(self) -> Counts:
        """Each history as a whole number: list j is the bit j."""
        return history_keys(self.histories)

    @cached_property
    def frequencies(self) -> Counts:
        """How many people are on exactly 1, 2, ... lists; one number a list."""
        times = self.histories.sum(axis=1)
        return np.bincount(times, weights=self.counts, minlength=len(self.lists) + 1)[1:].astype(
            np.int64
        )

    @cached_property
    def sizes(self) -> Counts:
        """How many people each list has."""
        return self.counts @ self.histories.astype(np.int64)

    @cached_property
    def overlap(self) -> Counts:
        """People that two lists share, lists x lists; the diagonal has the sizes."""
        on = self.histories.astype(np.int64)
        return (on * self.counts[:, None]).T @ on

    @cached_property
    def dense(self) -> Counts:
        """Counts of all 2^J - 1 histories in the order of their keys, from 1; zeros written out.

        Raises:
            TableError: for more than 16 lists.
        """
        if len(self.lists) > MOST_DENSE:
            raise TableError(
                f"{len(self.lists)} lists have too many combinations to write out",
                remedy=f"Merge or leave out lists until at most {MOST_DENSE} are left.",
            )
        cells = np.zeros(2 ** len(self.lists) - 1, dtype=np.int64)
        cells[self.keys - 1] = self.counts
        return cells

    @cached_property
    def digest(self) -> str:
        """SHA-256 of lists and cells; the order of lists and rows does not matter."""
        order = sorted(range(len(self.lists)), key=self.lists.__getitem__)
        rows = sorted(
            ("".join("01"[int(self.histories[cell, j])] for j in order), int(count))
            for cell, count in enumerate(self.counts)
        )
        said = json.dumps([[self.lists[j] for j in order], rows], ensure_ascii=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def take(self, lists: Sequence[int]) -> "CaptureTable":
        """The table of some lists in an order of one's own; people on none of them fall out."""
        chosen = list(lists)
        return tidy(
            tuple(self.lists[j] for j in chosen),
            self.histories[:, chosen],
            self.counts,
            people=self.people,
            like=self,
        )

    def merge(self, lists: Sequence[int], name: str = "") -> "CaptureTable":
        """The table with some lists made one, which has who any of them has; put first of them."""
        first, gone = min(lists), set(lists)
        kept = [j for j in range(len(self.lists)) if j == first or j not in gone]
        histories = self.histories.copy()
        histories[:, first] = self.histories[:, list(lists)].any(axis=1)
        names = list(self.lists)
        names[first] = name or "+".join(self.lists[j] for j in lists)
        return tidy(
            tuple(names[j] for j in kept),
            histories[:, kept],
            self.counts,
            people=self.people,
            like=self,
        )

    def active(self) -> "CaptureTable":
        """The table without the lists that have nobody."""
        return self.take([j for j in range(len(self.lists)) if self.sizes[j]])

    def in_order(self) -> tuple["CaptureTable", tuple[int, ...]]:
        """The table with its lists in an order that names and columns do not decide, and the order.

        Random draws are made on this table, so the same people give the same draws however their
        lists are named or ordered. Lists that the counts cannot tell apart keep their order.
        """
        order = _order(self.histories, self.counts)
        return self.take(order), order

    def index(self, name: str) -> int:
        """The place of a list.

        Raises:
            TableError: if there is none of this name.
        """
        if name not in self.lists:
            raise TableError(
                f"The table has no list '{name}'",
                remedy=f"Its lists are: {', '.join(self.lists)}.",
            )
        return self.lists.index(name)


def as_table(given: object) -> CaptureTable:
    """What was given, if it is a table.

    Raises:
        TableError: for anything else, such as a path.
    """
    if isinstance(given, CaptureTable):
        return given
    raise TableError(
        f"A {type(given).__name__} is no table of people by lists",
        remedy="Read one with `CaptureTable.from_counts(path)`, or make one with"
        " `CaptureTable.from_records(rows)`.",
    )


def tidy(
    lists: Sequence[str],
    histories: Histories,
    counts: Counts,
    *,
    people: Sequence[Sequence[str]] = (),
    like: CaptureTable | None = None,
) -> CaptureTable:
    """A table from cells in any order, cells that repeat, and cells of nobody.

    Args:
        lists: their names.
        histories: cells x lists.
        counts: people of each cell.
        people: their ids, a group each cell, or nothing.
        like: a table whose scope, linkage and exclusions hold here too.
    """
    _check_lists(tuple(lists))
    histories = np.asarray(histories, dtype=np.bool_).reshape(-1, len(lists))
    keys = history_keys(histories)
    kept = (keys > 0) & (np.asarray(counts) > 0)
    found, where = np.unique(keys[kept], return_inverse=True)
    sums = np.zeros(len(found), dtype=np.int64)
    np.add.at(sums, where, np.asarray(counts, dtype=np.int64)[kept])
    rows = np.zeros((len(found), len(lists)), dtype=np.bool_)
    rows[where] = histories[kept]
    table = CaptureTable(
        lists=tuple(lists),
        histories=rows,
        counts=sums,
        people=_grouped(people, kept, where, len(found)),
    )
    if like is None:
        return table
    return replace(table, scope=like.scope, linkage=like.linkage, excluded=like.excluded)


def _of_cells(cells: RawCells, scope: str) -> CaptureTable:
    return replace(tidy(cells.lists, cells.histories, cells.counts), scope=scope)


def _of_people(gathered: Gathered) -> CaptureTable:
    _check_lists(gathered.lists)
    order = list(gathered.cells)
    histories = np.zeros((len(order), len(gathered.lists)), dtype=np.bool_)
    for cell, on in enumerate(order):
        histories[cell, list(on)] = True
    table = tidy(
        gathered.lists,
        histories,
        np.array([gathered.cells[on] for on in order], dtype=np.int64),
        people=[gathered.ids[on] for on in order] if gathered.ids else (),
    )
    gone = Excluded(people=gathered.unlisted, reason="on none of the lists")
    return replace(table, excluded=(gone,) if gone.people else ())


def history_keys(histories: Histories) -> Counts:
    """Histories as whole numbers: list j is the bit j."""
    bits = np.left_shift(np.int64(1), np.arange(histories.shape[1], dtype=np.int64))
    keys: Counts = histories.astype(np.int64) @ bits
    return keys


def _grouped(
    people: Sequence[Sequence[str]], kept: NDArray[np.bool_], where: Counts, cells: int
) -> tuple[tuple[str, ...], ...]:
    if not people:
        return ()
    groups: list[list[str]] = [[] for _ in range(cells)]
    held = [ids for ids, keep in zip(people, kept, strict=True) if keep]
    for cell, ids in zip(where, held, strict=True):
        groups[cell].extend(ids)
    return tuple(tuple(sorted(group)) for group in groups)


def _order(histories: Histories, counts: Counts) -> tuple[int, ...]:
    """Lists by what the counts tell of them: the largest first, then by whom they stand beside.

    Each round stirs into the sign of a list the signs of the lists in its cells, with the counts:
    colour refinement, with 64-bit hashes for colours.
    """
    on = histories.astype(np.uint64)
    sizes = on.T @ counts.astype(np.uint64)
    signs = _stirred(sizes)
    for _ in range(histories.shape[1]):
        cells = _stirred(_stirred(counts.astype(np.uint64)) + on @ signs)
        finer = _stirred(signs + on.T @ cells)
        if len(np.unique(finer)) == len(np.unique(signs)):
            break
        signs = finer
    return tuple(int(j) for j in np.lexsort((signs, -sizes.astype(np.int64))))


def _stirred(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The mixing step of SplitMix64 (Steele, Lea, Flood 2014); overflow is meant."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _check_lists(lists: tuple[str, ...]) -> None:
    if not lists or len(lists) > MOST_LISTS:
        raise TableError(
            f"A table has 1 to {MOST_LISTS} lists; this one has {len(lists)}",
            remedy="Give a column of 0 and 1 for each list; merge lists that belong together.",
        )
    if len(set(lists)) != len(lists) or not all(lists):
        raise TableError(
            "Two lists have one name, or a list has none",
            remedy="Give each list a name of its own.",
        )


def _check_cells(histories: Histories, counts: Counts, width: int) -> None:
    right = histories.shape == (len(counts), width) and histories.dtype == np.bool_
    keys = history_keys(histories) if right else np.zeros(1, dtype=np.int64)
    if not right or (np.diff(keys) <= 0).any() or (keys < 1).any() or (counts < 1).any():
        raise TableError(
            "The cells of a table are not in order, or one is empty",
            remedy="Make the table with `tidy`, `from_counts` or `from_records`.",
        )
