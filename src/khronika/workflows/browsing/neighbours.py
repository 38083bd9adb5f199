"""Who appears with whom: an actor, and who has a part in the same incidents."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from khronika.model.links import Ruling
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store

MOST_NEIGHBOURS = 39
IN_AN_ACT = ("victim", "perpetrator", "alleged-perpetrator", "intervener", "addressee", "signatory")

told, act = schema.incident_act, schema.act
involvement, member = schema.involvement, schema.member


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An actor who has a part in some of the same incidents."""

    id: str
    caption: str = field(repr=False)
    type: str
    shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """An actor, who appears with it in incidents, and who of these with one another.

    Attributes:
        centre: the actor; `shared` is the number of its incidents.
        others: those with most shared incidents, at most 39.
        ties: pairs of ids, and the number of incidents both have a part in.
        left: how many more actors there are.
    """

    centre: Neighbour
    others: tuple[Neighbour, ...]
    ties: tuple[tuple[str, str, int], ...]
    left: int


def neighbours(store: Store, actor: str, rulings: Mapping[str, Ruling]) -> Neighbours | None:
    """Who has a part in the same incidents as an actor; None where there is no such actor.

    A part is any role but that of telling it. Who appears with whom is counted, nobody is ranked
    by it beyond which of very many are drawn.
    """
    with store.reading() as connection:
        found = connection.execute(_named().where(schema.actor.c.id == actor)).all()
        if not found:
            return None
        rejected = rejected_by(rulings)
        incidents = incidents_with(connection, actor, rejected)
        parts = _parts_in(connection, incidents, rejected)
        shared = Counter(who for _, who in parts)
        shared.pop(actor, None)
        ranked = sorted(shared, key=lambda each: (-shared[each], each))
        drawn = ranked[:MOST_NEIGHBOURS]
        named = {row[0]: row for row in connection.execute(_named_among(drawn))}
    own = found[0]
    return Neighbours(
        centre=Neighbour(id=own[0], caption=own[1], type=own[2], shared=len(incidents)),
        others=tuple(
            Neighbour(id=each, caption=named[each][1], type=named[each][2], shared=shared[each])
            for each in drawn
            if each in named
        ),
        ties=_ties(parts, {actor, *drawn}),
        left=len(ranked) - len(drawn),
    )


def _named() -> Select[Any]:
    return select(schema.actor.c.id, schema.actor.c.caption, schema.actor.c.type)


def _named_among(ids: Sequence[str]) -> Select[Any]:
    return _named().where(schema.actor.c.id.in_(ids))


def _has_part(rejected: Sequence[str]) -> ColumnElement[bool]:
    return and_(involvement.c.role.in_(IN_AN_ACT), act.c.id.not_in(rejected))


def _tellings(columns: Sequence[ColumnElement[Any]], rejected: Sequence[str]) -> Select[Any]:
    """From members to the incidents that they have a part in."""
    return (
        select(*columns)
        .select_from(member)
        .join(act, act.c.report_id == member.c.report_id)
        .join(
            involvement,
            (involvement.c.act_id == act.c.id) & (involvement.c.cast == member.c.cast),
        )
        .join(told, told.c.act_id == act.c.id)
        .where(_has_part(rejected))
        .distinct()
    )


def incidents_with(connection: Connection, actor: str, rejected: Sequence[str]) -> list[str]:
    """The incidents that an actor has a part in, but for acts that are rejected."""
    asked = _tellings([told.c.incident_id], rejected).where(member.c.actor_id == actor)
    return sorted(connection.execute(asked).scalars())


def _parts_in(
    connection: Connection, incidents: Sequence[str], rejected: Sequence[str]
) -> list[tuple[str, str]]:
    """Pairs of incident and actor with a part in it."""
    found: list[tuple[str, str]] = []
    for some in in_chunks(incidents):
        asked = (
            select(told.c.incident_id, member.c.actor_id)
            .select_from(told)
            .join(act, act.c.id == told.c.act_id)
            .join(involvement, involvement.c.act_id == act.c.id)
            .join(
                member,
                (member.c.report_id == act.c.report_id) & (member.c.cast == involvement.c.cast),
            )
            .where(told.c.incident_id.in_(some), _has_part(rejected))
            .distinct()
        )
        found += [(row[0], row[1]) for row in connection.execute(asked)]
    return found


def _ties(parts: Sequence[tuple[str, str]], among: set[str]) -> tuple[tuple[str, str, int], ...]:
    together: dict[str, list[str]] = {}
    for of, who in parts:
        if who in among:
            together.setdefault(of, []).append(who)
    counted: Counter[tuple[str, str]] = Counter()
    for people in together.values():
        people.sort()
        counted.update((a, b) for at, a in enumerate(people) for b in people[at + 1 :])
    return tuple((a, b, number) for (a, b), number in sorted(counted.items()))


def rejected_by(rulings: Mapping[str, Ruling]) -> list[str]:
    """The acts that a standing ruling rejects."""
    return sorted(act for act, ruling in rulings.items() if ruling.verb == "reject")
