"""Rulings as they are kept, and which of them still stand."""

import json
from collections.abc import Sequence
from dataclasses import replace

from khronika.model.links import Ruling
from khronika.model.plain import from_plain
from khronika.store.store import Store

OPPOSITES = {"accept": "truth", "reject": "truth", "same": "identity", "different": "identity"}


def kept_rulings(store: Store) -> tuple[Ruling, ...]:
    """Every ruling, oldest first, each saying which later one supersedes it."""
    found = [from_plain(json.loads(data), Ruling) for _, data in store.parts("ruling")]
    kept = {subject: at for at, subject in enumerate(store.subjects("ruling", by_entry=True))}
    return superseded(sorted(found, key=lambda ruling: (ruling.time, kept[ruling.id])))


def superseded(ordered: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Mark each ruling that a later one on the same things, of the same sort, replaces.

    Rulings come from the oldest to the latest. An accept or reject stands until another one names
    the same act; a later ruling that names only some of its acts replaces it for those alone, so it
    still stands for the rest.
    """
    marked = []
    for at, ruling in enumerate(ordered):
        later = (each for each in ordered[at + 1 :] if _replaces(each, ruling))
        by = next(later, None)
        marked.append(replace(ruling, superseded_by=by.id if by else None))
    return tuple(marked)


def _replaces(later: Ruling, ruling: Ruling) -> bool:
    if OPPOSITES[later.verb] != OPPOSITES[ruling.verb]:
        return False
    if OPPOSITES[ruling.verb] == "truth":
        return set(ruling.ids) <= set(later.ids)
    return set(ruling.ids) == set(later.ids)
