"""Capture tables from tellings, and which acts and reports stand behind each cell."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from khronika.estimation.table import CaptureTable, Excluded, tidy
from khronika.workflows.estimating.tellings import Sighting

Unit = Callable[[Sighting], str]
Seen = Sequence[tuple[Sighting, str]]  # each telling with its list


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The people who are on the same lists, and where a reader finds them.

    Attributes:
        lists: on which they are.
        people: how many.
        actors: their ids, but for those that were marked as sensitive.
        acts: ids of the acts that tell of them, but for sensitive ones.
        reports: ids of the reports of these acts.
    """

    lists: tuple[str, ...]
    people: int
    actors: tuple[str, ...] = field(default=(), repr=False)
    acts: tuple[str, ...] = field(default=(), repr=False)
    reports: tuple[str, ...] = field(default=(), repr=False)


def table_of(
    seen: Seen, unit: Unit, *, scope: str, linkage: str, excluded: tuple[Excluded, ...] = ()
) -> CaptureTable:
    """Count people by the lists that have them.

    Args:
        seen: tellings with their lists, at least one.
        unit: who a telling is about.
        scope: what is counted, in words.
        linkage: what told that two mentions are one person.
        excluded: who is left out.
    """
    lists = tuple(sorted({name for _, name in seen}))
    place = {name: at for at, name in enumerate(lists)}
    on: dict[str, set[int]] = defaultdict(set)
    for each, name in seen:
        on[unit(each)].add(place[name])
    people = sorted(on)
    histories = np.zeros((len(people), len(lists)), dtype=np.bool_)
    for row, one in enumerate(people):
        histories[row, sorted(on[one])] = True
    counts = np.ones(len(people), dtype=np.int64)
    bare = tidy(lists, histories, counts, people=[(one,) for one in people])
    return CaptureTable(
        lists=bare.lists,
        histories=bare.histories,
        counts=bare.counts,
        people=bare.people,
        scope=scope,
        linkage=linkage,
        excluded=excluded,
    )


def cells_of(
    table: CaptureTable, seen: Seen, *, hidden_acts: Collection[str], hidden: Collection[str]
) -> tuple[Cell, ...]:
    """Each cell with the ids behind it; what was marked as sensitive is counted, not named.

    Args:
        table: as `table_of` made it of `seen`, by actor.
        seen: tellings with their lists.
        hidden_acts: ids of sensitive acts.
        hidden: ids of sensitive actors.
    """
    told: dict[str, list[Sighting]] = defaultdict(list)
    for each, _ in seen:
        if each.actor not in hidden and each.act not in hidden_acts:
            told[each.actor].append(each)
    rows = zip(table.histories, table.counts, table.people, strict=True)
    return tuple(
        _cell([table.lists[j] for j in np.flatnonzero(history)], int(count), people, told)
        for history, count, people in rows
    )


def _cell(
    lists: Iterable[str], count: int, people: Sequence[str], told: Mapping[str, list[Sighting]]
) -> Cell:
    open_to_all = [one for one in people if one in told]
    acts = [each for one in open_to_all for each in told[one]]
    return Cell(
        lists=tuple(lists),
        people=count,
        actors=tuple(open_to_all),
        acts=tuple(sorted({each.act for each in acts})),
        reports=tuple(sorted({each.report for each in acts})),
    )
