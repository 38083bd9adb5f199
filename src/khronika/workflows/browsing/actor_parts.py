"""The parts of one actor in incidents, and who appears there with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from khronika.model.acts import Role
from khronika.publish.wording import DOERS, is_alleged
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.browsing.quoted import QuotedAct, quoted_acts
from khronika.workflows.browsing.roles import common, common_roles
from khronika.workflows.rows import ActRow

actor, member, incident = schema.actor, schema.member, schema.incident
act, involvement, told = schema.act, schema.involvement, schema.incident_act

NEAREST = 400  # incidents that are gone through for who appears with whom
TELLINGS = 6  # of an incident that are told
WITH = 20  # others that are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The actor's part in one act."""

    act: str
    incident: str
    role: str
    kind: str
    when_from: str
    when_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """All parts of an actor.

    Attributes:
        parts: by incident.
        incidents: by role, "" for any, in the order of time.
    """

    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    incidents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[tuple[str, int], ...]:
        """How many incidents it has each role in."""
        known = self.incidents
        return tuple((role.value, len(known[role.value])) for role in Role if role.value in known)

    @property
    def dated(self) -> int:
        """How many incidents with a date it has a part in, other than that of telling it."""
        return sum(
            any((part.when_from or part.when_to) and part.role != Role.SOURCE for part in found)
            for found in self.parts.values()
        )

    def incidents_as(self, role: str = "") -> tuple[str, ...]:
        """The incidents in which it has a role, or any."""
        return self.incidents.get(role, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A telling of an incident that has the actor in a role; `alleged` as the wording has it."""

    row: ActRow
    quote: str = field(repr=False)  # of the act, with what is hidden left hidden
    roles: tuple[tuple[str, bool], ...]  # role, and whether it is only alleged


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An incident in which the actor has a part."""

    id: str
    kind: str
    modality: str
    when: str
    roles: tuple[tuple[str, bool], ...]
    sources: int
    tellings: tuple[Telling, ...]
    more: int = 0  # tellings that are not among these


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another actor with a part in the same incidents."""

    id: str
    type: str
    caption: str = field(repr=False)
    incidents: tuple[str, ...] = ()
    own: tuple[str, ...] = ()  # this actor's roles in them
    roles: tuple[str, ...] = ()  # the other's


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who appears with an actor, the most often first.

    `of` is how many incidents it has a part in, `read` how many of them were gone through: the
    latest; `others` how many appear in these.
    """

    beside: tuple[Beside, ...] = ()
    of: int = 0
    read: int = 0
    others: int = 0


def taken_by(store: Store, of: str) -> Taken:
    """Every part that an actor has in an act, the earliest first, those without a date last.

    It costs some hundredths of a second where an actor has thousands of them.
    """
    same = (involvement.c.act_id == act.c.id) & (involvement.c.cast == member.c.cast)
    joined = member.join(act, act.c.report_id == member.c.report_id)
    joined = joined.join(told, told.c.act_id == act.c.id).join(involvement, same)
    columns = (
        *(act.c.id, told.c.incident_id, involvement.c.role, act.c.kind),
        *(act.c.when_from, act.c.when_to),
    )
    asked = select(*columns).select_from(joined).where(member.c.actor_id == of)
    with store.reading() as connection:
        rows = connection.execute(asked).all()
    parts = (
        Part(act=a, incident=i, role=role, kind=kind, when_from=first, when_to=last)
        for a, i, role, kind, first, last in rows
    )
    acts: dict[str, list[Part]] = defaultdict(list)
    incidents: dict[str, dict[str, None]] = defaultdict(dict)
    for part in sorted(parts, key=_earliest):
        acts[part.incident].append(part)
        for role in ("", common(part.role)):
            incidents[role][part.incident] = None
    return Taken(
        parts={each: tuple(found) for each, found in acts.items()},
        incidents={role: tuple(found) for role, found in incidents.items()},
    )


def _earliest(part: Part) -> tuple[bool, str, str, str, str]:
    first = part.when_from or part.when_to
    return not first, first, part.when_to, part.incident, part.act


def episodes(store: Store, of: str, taken: Taken, ids: Sequence[str]) -> tuple[Episode, ...]:
    """Some incidents with tellings that have the actor, each of its roles among them."""
    acts = {each: _some(taken.parts[each]) for each in ids}
    rows = quoted_acts(store, [a for each in acts.values() for a in each])
    heads = {
        str(row.id): row for some in in_chunks(ids) for row in store.all(_incident_heads(some))
    }
    told_by = {each: tuple(_telling(rows[a], of) for a in acts[each] if a in rows) for each in ids}
    return tuple(
        _episode(heads[each], told_by[each], len({part.act for part in taken.parts[each]}))
        for each in ids
        if each in heads
    )


def _some(parts: Sequence[Part]) -> tuple[str, ...]:
    """The acts of some parts: one for each role, then the others, as many as are shown."""
    by_role = {common(part.role): part.act for part in reversed(parts)}
    first = sorted(by_role.values(), key=[part.act for part in parts].index)
    return tuple(dict.fromkeys((*first, *(part.act for part in parts))))[:TELLINGS]


def _telling(one: QuotedAct, of: str) -> Telling:
    return Telling(row=one.row, quote=one.quote, roles=roles_told(one.row, of))


def _incident_heads(ids: Sequence[str]) -> Any:
    columns = (
        *(incident.c.id, incident.c.kind, incident.c.modality, incident.c.when_edtf),
        incident.c.independent_sources,
    )
    return select(*columns).where(incident.c.id.in_(ids))


def _episode(row: Any, found: tuple[Telling, ...], every: int) -> Episode:
    roles = dict.fromkeys(pair for telling in found for pair in telling.roles)
    return Episode(
        id=row.id,
        kind=row.kind,
        modality=row.modality,
        when=row.when_edtf,
        roles=tuple(roles),
        sources=row.independent_sources,
        tellings=found,
        more=every - len(found),
    )


def roles_told(row: ActRow, of: str) -> tuple[tuple[str, bool], ...]:
    """The roles that an actor has in one act; of a doer, whether it is only alleged."""
    ids = dict(enumerate(row.actors))
    found: dict[tuple[str, bool], None] = {}
    for n, one in enumerate(row.act.involvements):
        if ids.get(n) == of:
            alleged = one.role in DOERS and is_alleged(row.act, one, ids)
            role = Role.PERPETRATOR if one.role in DOERS else one.role
            found[role.value, alleged] = None
    return tuple(found)


def company(store: Store, of: str, taken: Taken) -> Company:
    """Who appears with an actor, in the latest incidents in which it has a part.

    A part is any role but that of telling it.
    """
    own = {each: _roles(taken.parts[each]) for each in taken.incidents_as()}
    own = {each: roles for each, roles in own.items() if roles}
    every = tuple(own)
    read = every[-NEAREST:]
    shared: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for some in in_chunks(read):
        for row in store.all(_others(of, some)):
            shared[str(row.actor_id)][str(row.incident_id)].add(common(str(row.role)))
    ordered = sorted(shared, key=lambda other: (-len(shared[other]), other))
    with store.reading() as connection:
        called = _captions(connection, ordered[:WITH])
    beside = tuple(_beside(other, called[other], shared[other], own) for other in called)
    ranked = sorted(beside, key=lambda each: (-len(each.incidents), each.caption, each.id))
    return Company(beside=tuple(ranked), of=len(every), read=len(read), others=len(shared))


def _roles(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset(common(part.role) for part in parts if part.role != Role.SOURCE)


def _others(of: str, incidents: Sequence[str]) -> Any:
    same = (member.c.report_id == act.c.report_id) & (member.c.cast == involvement.c.cast)
    joined = told.join(act, act.c.id == told.c.act_id)
    joined = joined.join(involvement, involvement.c.act_id == told.c.act_id).join(member, same)
    asked = select(told.c.incident_id, involvement.c.role, member.c.actor_id).select_from(joined)
    mine = told.c.incident_id.in_(incidents) & (involvement.c.role != Role.SOURCE.value)
    return asked.where(mine, member.c.actor_id != of)


def _captions(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    asked = select(actor.c.id, actor.c.type, actor.c.caption).where(actor.c.id.in_(ids))
    rows = {row.id: (row.type, row.caption) for row in connection.execute(asked)}
    return {each: rows[each] for each in ids if each in rows}


def _beside(
    other: str,
    called: tuple[str, str],
    shared: Mapping[str, set[str]],
    own: Mapping[str, frozenset[str]],
) -> Beside:
    return Beside(
        id=other,
        type=called[0],
        caption=called[1],
        incidents=tuple(sorted(shared)),
        own=common_roles(role for each in shared for role in own[each]),
        roles=common_roles(role for roles in shared.values() for role in roles),
    )
