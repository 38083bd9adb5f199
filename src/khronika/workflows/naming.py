"""Every form of an actor's name, and what finds them in texts."""

import json
from collections.abc import Sequence

from sqlalchemy import select

from khronika.model.links import Actor
from khronika.store import schema
from khronika.store.store import Store


def forms_of(store: Store, actor: Actor) -> set[str]:
    """What an actor is called anywhere: its names, and those that its reports have of it."""
    forms = set(actor.names) | {actor.caption}
    for report, cast in actor.members:
        forms |= _forms(store, report, cast)
    return forms


def homes_of(actor: Actor) -> dict[str, set[int]]:
    """The reports that tell of an actor, each with its places in the cast."""
    found: dict[str, set[int]] = {}
    for report, cast in actor.members:
        found.setdefault(report, set()).add(cast)
    return found


def mentions_of(store: Store, actor: Actor, forms: Sequence[str]) -> list[tuple[str, int, int]]:
    """Where reports mention an actor in some forms: the report, and the range."""
    mention = schema.mention
    found = []
    for report, casts in sorted(homes_of(actor).items()):
        asked = select(mention.c.start, mention.c.end).where(
            mention.c.report_id == report,
            mention.c.cast.in_(sorted(casts)),
            mention.c.form.in_(forms),
        )
        found += [(report, row.start, row.end) for row in store.all(asked)]
    return found


def _forms(store: Store, report: str, cast: int) -> set[str]:
    member, mention = schema.cast_member, schema.mention
    named = select(member.c.name, member.c.forms).where(
        member.c.report_id == report, member.c.idx == cast
    )
    mentioned = select(mention.c.exact).where(
        mention.c.report_id == report, mention.c.cast == cast, mention.c.form == "name"
    )
    found = {row.exact for row in store.all(mentioned)}
    for row in store.all(named):
        found |= {row.name, *json.loads(row.forms)}
    return found
