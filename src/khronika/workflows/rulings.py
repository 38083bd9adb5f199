"""Rulings as they are kept, and which of them still stand."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, func, select

from khronika.model.links import Ruling
from khronika.model.plain import from_plain
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store

TRUTH = ("accept", "reject")
IDENTITY = ("same", "different", "left")  # left: it cannot be told, and is not asked again
CODING = ("correct", "add")
SORTS = (
    dict.fromkeys(TRUTH, "truth")
    | dict.fromkeys(IDENTITY, "identity")
    | {"correct": "correct", "add": "add", "sensitive": "sensitive"}
)
Key = tuple[str, int]  # a ruling's id, and the entry of the journal that set it


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """All rulings, oldest first, and ways to find them."""

    all: tuple[Ruling, ...] = ()
    by_id: Mapping[str, Ruling] = field(default_factory=dict)
    about: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)  # by each id they name
    of_report: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)
    bare: Mapping[Key, Ruling] = field(default_factory=dict, repr=False)  # as they were read

    def standing(self, *verbs: str) -> tuple[Ruling, ...]:
        """Those that stand, oldest first; of some verbs only if any are named."""
        return tuple(
            each
            for each in self.all
            if each.superseded_by is None and (not verbs or each.verb in verbs)
        )


def kept_rulings(store: Store) -> tuple[Ruling, ...]:
    """Every ruling, oldest first, each saying which later one supersedes it."""
    return rulings_of(store).all


def rulings_of(store: Store) -> Rulings:
    """Every ruling, with ways to find them; read once as long as nothing is written."""
    with store.reading() as connection:
        last = connection.execute(select(func.max(schema.journal.c.seq))).scalar() or 0
        return store.remembered.at("rulings", last, lambda known: _rulings(connection, known))


def _rulings(connection: Connection, known: Rulings | None) -> Rulings:
    row, held = schema.ruling.c, schema.held.c
    kept = (held.subject == row.id) & (held.part == "ruling")
    asked = select(row.id, held.seq).join(schema.held, kept).order_by(row.time, held.seq)
    keys: list[Key] = [(each.id, each.seq) for each in connection.execute(asked)]
    before = known.bare if known else {}
    if known and list(before) == keys:
        return known
    fresh = _read(connection, [each for each, seq in keys if (each, seq) not in before])
    bare = {key: before[key] if key in before else fresh[key[0]] for key in keys}
    return found_in(superseded(list(bare.values())), bare)


def _read(connection: Connection, ids: Sequence[str]) -> dict[str, Ruling]:
    table = schema.ruling
    return {
        row.id: _ruling(row)
        for some in in_chunks(ids)
        for row in connection.execute(select(table).where(table.c.id.in_(some)))
    }


def _ruling(row: Any) -> Ruling:
    plain = {**row._mapping, "ids": json.loads(row.ids)}
    said = plain.pop("said")
    return from_plain(plain | (json.loads(said) if said else {}), Ruling)


def found_in(
    rulings: tuple[Ruling, ...], bare: Mapping[Key, Ruling] = MappingProxyType({})
) -> Rulings:
    """Rulings with ways to find them."""
    about: dict[str, list[Ruling]] = defaultdict(list)
    of_report: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        for each in dict.fromkeys(ruling.ids):
            about[each].append(ruling)
        if ruling.report:
            of_report[ruling.report].append(ruling)
    return Rulings(
        all=rulings,
        by_id=MappingProxyType({ruling.id: ruling for ruling in rulings}),
        about=MappingProxyType({each: tuple(found) for each, found in about.items()}),
        of_report=MappingProxyType({each: tuple(found) for each, found in of_report.items()}),
        bare=bare,
    )


def superseded(ordered: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Mark each ruling that a later one on the same things, of the same sort, replaces.

    Rulings come from the oldest to the latest. An accept or reject stands until another one names
    the same act; a later ruling that names only some of its acts replaces it for those alone, so it
    still stands for the rest. A correction stands until later ones say all that it says. A ruling
    that is taken back replaces nothing, and what it had replaced stands again.
    """
    named: dict[str, list[int]] = defaultdict(list)
    for at, ruling in enumerate(ordered):
        for each in set(ruling.ids):
            named[each].append(at)
    taken_back = _taken_back(ordered)
    marked = []
    for at, ruling in enumerate(ordered):
        by = taken_back.get(ruling.id)
        if by is None and ruling.verb in SORTS:
            places = named[ruling.ids[0]] if ruling.ids else []
            later = (ordered[place] for place in places[bisect_right(places, at) :])
            standing = (each for each in later if each.id not in taken_back)
            by = next((each.id for each in standing if _replaces(each, ruling)), None)
        marked.append(ruling if by == ruling.superseded_by else replace(ruling, superseded_by=by))
    return tuple(marked)


def _taken_back(ordered: Sequence[Ruling]) -> dict[str, str]:
    """By ruling the one that takes it back; one that was itself taken back does not count."""
    found: dict[str, str] = {}
    for ruling in reversed(ordered):
        if ruling.verb == "retract" and ruling.id not in found:
            found |= dict.fromkeys(ruling.ids, ruling.id)
    return found


def _replaces(later: Ruling, ruling: Ruling) -> bool:
    if SORTS.get(later.verb) != SORTS[ruling.verb]:
        return False
    if ruling.verb in TRUTH:
        return set(ruling.ids) <= set(later.ids)
    if ruling.verb == "correct":
        assert ruling.correction is not None
        assert later.correction is not None
        return ruling.correction.attributes() <= later.correction.attributes()
    return set(ruling.ids) == set(later.ids) and ruling.words == later.words
