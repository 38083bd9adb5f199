"""Former ids: what an actor or incident was called before others joined it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from khronika.model.acts import ActorType
from khronika.model.links import Links
from khronika.store import schema
from khronika.store.store import Store


def former_ids(links: Links) -> Mapping[str, Sequence[str]]:
    """Ids that lead to an actor, by the actor's id; countries, which everyone names, have none."""
    return {
        actor.id: actor.former_ids for actor in links.actors if actor.type is not ActorType.COUNTRY
    }


def current_id(store: Store, asked: str) -> str | None:
    """What the thing that once had this id is called now, or None."""
    told, member = schema.incident_act, schema.member
    if asked.startswith("inc_"):
        found = select(told.c.incident_id.label("id")).where(told.c.alone == asked)
    else:
        found = select(member.c.actor_id.label("id")).where(member.c.alone == asked)
    rows = store.all(found.limit(1)) if asked else ()
    return str(rows[0].id) if rows else None
