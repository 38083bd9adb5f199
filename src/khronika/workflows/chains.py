"""How incidents relate, computed when it is asked for: from the chain of each focal actor."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, select

from khronika.codebook.model import Kind
from khronika.linking.incidents import happening_of
from khronika.linking.relations import LONGEST_CHAIN, relations
from khronika.model.acts import Modality
from khronika.model.links import Incident, Relation
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store

BUSY = 500  # members
FOCAL = "focal"
DENIED = Modality.DENIED.value

incident, involved, member = schema.incident, schema.incident_actor, schema.member


def kept_kinds(store: Store) -> dict[str, Kind]:
    """The kinds of the kept codebook as far as relations go: what commonly follows what."""
    kept = store.part("codebook", "codebook")
    return dict(_kinds(kept)) if kept is not None else {}


@lru_cache(maxsize=4)
def _kinds(kept: bytes) -> Mapping[str, Kind]:
    kinds = json.loads(kept)["kinds"]
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
        happenings = [
            happening_of(_bare(row), frozenset(focal[row.id])) for row in self._rows(wanted)
        ]
        found = relations(happenings, self._kinds, frozenset(self._crowded))
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
        for some in self._few_or_one(sorted(actors - self._crowded)):
            these = asked.where(member.c.actor_id.in_(some)).distinct()
            if len(some) == 1:
                these = these.limit(LONGEST_CHAIN + 1)
            for row in self._connection.execute(these):
                found[row.actor_id].add(row.incident_id)
        self._crowded |= {actor for actor, chain in found.items() if len(chain) > LONGEST_CHAIN}
        return {actor: chain for actor, chain in found.items() if actor not in self._crowded}

    def _few_or_one(self, actors: Sequence[str]) -> Iterator[Sequence[str]]:
        """Actors in groups; each that has very many members by itself."""
        number = func.count()
        asked = select(member.c.actor_id).group_by(member.c.actor_id).having(number > BUSY)
        for some in in_chunks(actors):
            busy = set(self._connection.execute(asked.where(member.c.actor_id.in_(some))).scalars())
            yield from ([each] for each in sorted(busy))
            if rest := [each for each in some if each not in busy]:
                yield rest

    def _focal(self, ids: Sequence[str]) -> dict[str, set[str]]:
        """The actors that some incidents are about, by incident."""
        asked = select(involved.c.incident_id, member.c.actor_id).join(member, _same_member())
        found: dict[str, set[str]] = defaultdict(set)
        for some in in_chunks(ids):
            these = involved.c.incident_id.in_(some) & (involved.c.role == FOCAL)
            for row in self._connection.execute(asked.where(these)):
                found[row.incident_id].add(row.actor_id)
        return found

    def _rows(self, ids: Sequence[str]) -> Iterator[Any]:
        for some in in_chunks(ids):
            yield from self._connection.execute(select(incident).where(incident.c.id.in_(some)))


def _bare(row: Any) -> Incident:
    """An incident as far as relations go."""
    return Incident(
        id=row.id,
        kind=row.kind,
        acts=(),
        modality=Modality(row.modality),
        when=row.when_edtf,
        where=(),
        reports=tuple(json.loads(row.reports)),
        counted=bool(row.counted),
    )


def _same_member() -> Any:
    return (member.c.report_id == involved.c.report_id) & (member.c.cast == involved.c.cast)
