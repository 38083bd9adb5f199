"""Rulings as they are kept, and which of them still stand."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from khronika.model.links import Ruling
from khronika.store import schema
from khronika.store.store import Store

TRUTH = ("accept", "reject")
IDENTITY = ("same", "different", "left")  # left: it cannot be told, and is not asked again
OPPOSITES = dict.fromkeys(TRUTH, "truth") | dict.fromkeys(IDENTITY, "identity")


def kept_rulings(store: Store) -> tuple[Ruling, ...]:
    """Every ruling, oldest first, each saying which later one supersedes it."""
    row, held = schema.ruling.c, schema.held.c
    kept = (held.subject == row.id) & (held.part == "ruling")
    asked = select(schema.ruling).join(schema.held, kept).order_by(row.time, held.seq)
    return superseded(
        [
            Ruling(
                id=each.id,
                verb=each.verb,
                ids=tuple(json.loads(each.ids)),
                reviewer=each.reviewer,
                time=each.time,
                why=each.why,
            )
            for each in store.all(asked)
        ]
    )


def superseded(ordered: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Mark each ruling that a later one on the same things, of the same sort, replaces.

    Rulings come from the oldest to the latest. An accept or reject stands until another one names
    the same act; a later ruling that names only some of its acts replaces it for those alone, so it
    still stands for the rest.
    """
    named: dict[str, list[int]] = defaultdict(list)
    for at, ruling in enumerate(ordered):
        for each in set(ruling.ids):
            named[each].append(at)
    marked = []
    for at, ruling in enumerate(ordered):
        places = named[ruling.ids[0]] if ruling.ids else []
        later = (ordered[place] for place in places[bisect_right(places, at) :])
        by = next((each for each in later if _replaces(each, ruling)), None)
        marked.append(replace(ruling, superseded_by=by.id if by else None))
    return tuple(marked)


def _replaces(later: Ruling, ruling: Ruling) -> bool:
    if OPPOSITES[later.verb] != OPPOSITES[ruling.verb]:
        return False
    if OPPOSITES[ruling.verb] == "truth":
        return set(ruling.ids) <= set(later.ids)
    return set(ruling.ids) == set(later.ids)
