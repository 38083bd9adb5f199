"""Rulings as they are kept, and which of them still stand."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from khronika.model.links import Ruling
from khronika.model.plain import from_plain
from khronika.publish.selection import standing
from khronika.store import schema
from khronika.store.store import Store

TRUTH = ("accept", "reject")
IDENTITY = ("same", "different", "left")  # left: it cannot be told, and is not asked again
CODING = ("correct", "add")
SORTS = (
    dict.fromkeys(TRUTH, "truth")
    | dict.fromkeys(IDENTITY, "identity")
    | {"correct": "correct", "add": "add", "sensitive": "sensitive"}
)
RULED = ("ruled", "reviewed")  # entries of the journal that bring rulings
LOST = ("withdrawn", "redacted", "rebuilt")  # and those after which some may be gone or others
LAST = "SELECT max(seq) FROM journal WHERE what = ?"
FEW = 50  # rulings that are taken in one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """All rulings, oldest first, and ways to find them."""

    all: tuple[Ruling, ...] = ()
    by_id: Mapping[str, Ruling] = field(default_factory=dict)
    about: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)  # by each id they name
    of_report: Mapping[str, tuple[Ruling, ...]] = field(default_factory=dict)
    last: int = 0  # the entry of the journal as of which they were read

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


def verdicts_of(store: Store) -> dict[str, Ruling]:
    """The accept or reject that stands for each act; it must not be changed."""
    found = rulings_of(store)
    return store.remembered.at("verdicts", found.last, lambda _: standing(found.all))


def rulings_of(store: Store) -> Rulings:
    """Every ruling, with ways to find them; what was read is read once."""
    with store.reading() as connection:
        last = last_entry(connection, (*RULED, *LOST))
        return store.remembered.at("rulings", last, lambda known: _rulings(connection, last, known))


def last_entry(connection: Connection, verbs: Sequence[str]) -> int:
    """The last entry of the journal that has one of some verbs; 0 if there is none."""
    found = (connection.exec_driver_sql(LAST, (verb,)).scalar() for verb in verbs)
    return max((each or 0 for each in found), default=0)


def _rulings(connection: Connection, last: int, known: Rulings | None) -> Rulings:
    """What was known with what came since; everything anew where something was taken away."""
    if known is None or known.last > last or last_entry(connection, LOST) > known.last:
        known = Rulings()
    row, held = schema.ruling.c, schema.held.c
    kept = (held.subject == row.id) & (held.part == "ruling") & (held.seq > known.last)
    asked = select(schema.ruling).join(schema.held, kept).order_by(row.time, held.seq)
    fresh = [_ruling(each) for each in connection.execute(asked)]
    if known.all and len(fresh) <= FEW:
        for each in fresh:
            known = with_ruling(known, each)
        return replace(known, last=last)
    ordered = sorted((*known.all, *fresh), key=lambda ruling: ruling.time)
    return replace(found_in(superseded(ordered)), last=last)


def _ruling(row: Any) -> Ruling:
    plain = {**row._mapping, "ids": json.loads(row.ids)}
    said = plain.pop("said")
    return from_plain(plain | (json.loads(said) if said else {}), Ruling)


def found_in(rulings: Sequence[Ruling]) -> Rulings:
    """Rulings with ways to find them."""
    about: dict[str, list[Ruling]] = defaultdict(list)
    of_report: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        for each in dict.fromkeys(ruling.ids):
            about[each].append(ruling)
        if ruling.report:
            of_report[ruling.report].append(ruling)
    return Rulings(
        all=tuple(rulings),
        by_id={ruling.id: ruling for ruling in rulings},
        about={each: tuple(found) for each, found in about.items()},
        of_report={each: tuple(found) for each, found in of_report.items()},
    )


def with_ruling(found: Rulings, ruling: Ruling) -> Rulings:
    """Rulings and one more; the same as if all were looked at, without looking at all."""
    if ruling.verb == "retract" or (found.all and ruling.time < found.all[-1].time):
        ordered = sorted((*found.all, ruling), key=lambda each: each.time)
        return replace(found_in(superseded(ordered)), last=found.last)
    near = {each.id: each for one in ruling.ids for each in found.about.get(one, ())}
    fresh = {
        each.id: replace(each, superseded_by=ruling.id)
        for each in near.values()
        if each.superseded_by is None and each.verb in SORTS and _replaces(ruling, each)
    }
    every = (fresh.get(each.id, each) for each in found.all) if fresh else found.all
    about, of_report = dict(found.about), dict(found.of_report)
    for one in {one for each in (ruling, *fresh.values()) for one in each.ids}:
        about[one] = tuple(fresh.get(each.id, each) for each in about.get(one, ()))
    for one in dict.fromkeys(ruling.ids):
        about[one] = (*about[one], ruling)
    for report in {each.report for each in (ruling, *fresh.values()) if each.report}:
        of_report[report] = tuple(fresh.get(e.id, e) for e in of_report.get(report, ()))
    if ruling.report:
        of_report[ruling.report] = (*of_report[ruling.report], ruling)
    return Rulings(
        all=(*every, ruling),
        by_id={**found.by_id, **fresh, ruling.id: ruling},
        about=about,
        of_report=of_report,
        last=found.last,
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
