"""Former ids: what an actor or incident was called before others joined it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from khronika.linking.incidents import incident_id
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
    if asked.startswith("inc_"):
        told = schema.incident_act
        rows = store.all(select(told.c.act_id, told.c.incident_id))
        return next((r.incident_id for r in rows if incident_id(r.act_id) == asked), None)
    former = schema.former
    found = store.all(select(former.c.actor_id).where(former.c.id == asked).limit(1))
    return str(found[0].actor_id) if found else None
