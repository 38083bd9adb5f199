"""How incidents relate, computed when it is asked for: from the chain of each focal actor."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from khronika.codebook.model import Kind
from khronika.linking.relations import LONGEST_CHAIN, Happening, relations
from khronika.linking.tellings import EVER
from khronika.model.acts import Modality
from khronika.model.links import Relation
from khronika.store import schema
from khronika.store.store import Store

CHUNK = 500  # ids in one query
FOCAL = "focal"
DENIED = Modality.DENIED.value

act, incident, told = schema.act, schema.incident, schema.incident_act
involved, member = schema.incident_actor, schema.member


def kept_kinds(store: Store) -> dict[str, Kind]:
    """The kinds of the kept codebook as far as relations go: what commonly follows what."""
    kept = store.part("codebook", "codebook")
    kinds = json.loads(kept)["kinds"] if kept is not None else {}
    return {name: _kind(name, tuple(each.get("follows", ()))) for name, each in kinds.items()}


def _kind(name: str, follows: tuple[str, ...]) -> Kind:
    return Kind(
        id=name,
        label=name,
        group="",
        definition="",
        is_not="",
        esf="",
        plover="",
        rights=(),
        follows=follows,
    )


class Chains:
    """Relates incidents, some at a time; remembers who has too many for a chain."""

    def __init__(self, connection: Connection, kinds: Mapping[str, Kind]) -> None:
        self._connection = connection
        self._kinds = kinds
        self._crowded: set[str] = set()  # actors of more incidents than are put in order

    def related(self, ids: Sequence[str]) -> dict[str, tuple[Relation, ...]]:
        """The relations of some incidents, by id; those of none are left out."""
        actors = {actor for found in self._focal(ids).values() for actor in found}
        chains = self._incidents(actors)
        wanted = sorted({each for chain in chains.values() for each in chain})
        focal = self._focal(wanted)
        there = sorted({actor for found in focal.values() for actor in found})
        numbers = {actor: number for number, actor in enumerate(there)}
        happenings = [
            _happening(row, days, frozenset(numbers[actor] for actor in focal[row.id]))
            for row, days in self._dated(wanted)
        ]
        crowded = frozenset(numbers[actor] for actor in self._crowded & numbers.keys())
        found = relations(happenings, self._kinds, crowded)
        return {each: found[each] for each in ids if each in found}

    def _incidents(self, actors: set[str]) -> dict[str, set[str]]:
        """The incidents that are not denied of each actor that has not too many."""
        asked = (
            select(member.c.actor_id, involved.c.incident_id)
            .join(involved, _same_member())
            .join(incident, incident.c.id == involved.c.incident_id)
            .where(involved.c.role == FOCAL, incident.c.modality != DENIED)
        )
        found: dict[str, set[str]] = defaultdict(set)
        for some in _chunks(sorted(actors - self._crowded)):
            for row in self._connection.execute(asked.where(member.c.actor_id.in_(some))):
                if len(found[row.actor_id]) <= LONGEST_CHAIN:
                    found[row.actor_id].add(row.incident_id)
        self._crowded |= {actor for actor, chain in found.items() if len(chain) > LONGEST_CHAIN}
        return {actor: chain for actor, chain in found.items() if actor not in self._crowded}

    def _focal(self, ids: Sequence[str]) -> dict[str, set[str]]:
        """The actors that some incidents are about, by incident."""
        asked = select(involved.c.incident_id, member.c.actor_id).join(member, _same_member())
        found: dict[str, set[str]] = defaultdict(set)
        for some in _chunks(ids):
            these = involved.c.incident_id.in_(some) & (involved.c.role == FOCAL)
            for row in self._connection.execute(asked.where(these)):
                found[row.incident_id].add(row.actor_id)
        return found

    def _dated(self, ids: Sequence[str]) -> Iterator[tuple[Any, tuple[int, int]]]:
        """The rows of some incidents, with their bounds in days."""
        days = self._days(ids)
        for some in _chunks(ids):
            for row in self._connection.execute(select(incident).where(incident.c.id.in_(some))):
                yield row, days[row.id]

    def _days(self, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        """What all tellings of an incident allow; where they conflict, the whole stretch."""
        asked = select(told.c.incident_id, act.c.modality, act.c.when_from, act.c.when_to)
        found: dict[str, list[Any]] = defaultdict(list)
        for some in _chunks(ids):
            these = asked.join(act, act.c.id == told.c.act_id).where(told.c.incident_id.in_(some))
            for row in self._connection.execute(these):
                found[row.incident_id].append(row)
        return {each: _stretch(found[each]) for each in ids}


def _happening(row: Any, days: tuple[int, int], who: frozenset[int]) -> Happening:
    first, last = days
    return Happening(
        id=row.id,
        kind=row.kind,
        modality=Modality(row.modality),
        who=who,
        first=first,
        last=last,
        dated=first > 0 and last < EVER,
        reports=frozenset(json.loads(row.reports)),
        counted=bool(row.counted),
    )


def _stretch(rows: Sequence[Any]) -> tuple[int, int]:
    said = [row for row in rows if row.modality != DENIED] or rows
    firsts = [_day(row.when_from, 0) for row in said]
    lasts = [_day(row.when_to, EVER) for row in said]
    first, last = max(firsts, default=0), min(lasts, default=EVER)
    return (first, last) if first <= last else (min(firsts), max(lasts))


def _day(iso: str, unknown: int) -> int:
    return date.fromisoformat(iso).toordinal() if iso else unknown


def _same_member() -> Any:
    return (member.c.report_id == involved.c.report_id) & (member.c.cast == involved.c.cast)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
