"""Why acts are one incident and names one actor, and what kept near ones apart: for people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from khronika.model.anchors import Anchor
from khronika.model.links import Actor, Incident
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.former import current_id
from khronika.workflows.linked import captions_by_id
from khronika.workflows.looking import Look
from khronika.workflows.rows import (
    ActorWhy,
    Excerpt,
    IncidentWhy,
    NearActor,
    NearIncident,
    ReportRow,
    SpellingRow,
)

if TYPE_CHECKING:
    from khronika.linking.explained import Near, Spelling

Place = tuple[str, int, int]  # report, start, end
SPELLINGS = 40  # that are quoted
MEMBERS = 400  # that are told


def why_incident(store: Store, incident: Incident, engine: str) -> IncidentWhy | None:
    """Why the acts of an incident are one, with the rows of all acts that bear on it.

    Returns:
        None where linking kept nothing that fits the links; linking anew makes it.
    """
    from khronika.linking.near_acts import explain_acts  # noqa: PLC0415  only who asks why waits

    with store.linking(engine) as state:
        if state is None:
            return None
        found = explain_acts(state, incident.acts, incident.joins)
    named = {act for link in found.links for act in (link.one, link.other)}
    named |= {act for near in found.near for act in (near.one, near.other, *near.pair)}
    rows = {row.act.id: row for row in Look(store).tellings(sorted(named))}
    near = tuple(
        NearIncident(id=row.incident, row=row, near=each)
        for each in found.near
        if (row := rows.get(each.other)) is not None and row.incident is not None
    )
    return IncidentWhy(links=found.links, sources=found.sources, near=near, acts=rows)


def why_actor(store: Store, actor: Actor, engine: str) -> ActorWhy | None:
    """Why the names of an actor are one, each with a quotation.

    Returns:
        None where linking kept nothing that fits the links; linking anew makes it.
    """
    from khronika.linking.near_names import explain_names  # noqa: PLC0415  as above

    if not actor.members:
        return None
    with store.linking(engine) as state:
        if state is None:
            return None
        found = explain_names(state, actor.members[0], actor.joins)
    quoted = Quoting(store)
    return ActorWhy(
        members=_members(store, actor),
        spellings=tuple(
            SpellingRow(
                spelling=each,
                excerpt=quoted.at(_place(each)) if number < SPELLINGS else None,
            )
            for number, each in enumerate(found.spellings)
        ),
        links=found.links,
        near=near_actors(store, quoted, found.near),
    )


def _members(store: Store, actor: Actor) -> tuple[tuple[ReportRow, str], ...]:
    look, member = Look(store), schema.member.c
    asked = select(member.report_id, member.alone).where(member.actor_id == actor.id)
    rows = store.all(asked.order_by(member.report_id, member.cast).limit(MEMBERS))
    look.learn([row.report_id for row in rows])
    return tuple((look.report(row.report_id), row.alone) for row in rows)


def near_actors(store: Store, quoted: "Quoting", found: Iterable["Near"]) -> tuple[NearActor, ...]:
    """Near actors as they are called now, with quotations of both sides."""
    ids = {each.id: current_id(store, each.id) or each.id for each in found}
    with store.reading() as connection:
        captions = captions_by_id(connection, sorted(set(ids.values())))
    return tuple(
        NearActor(
            id=ids[each.id],
            caption=captions[ids[each.id]],
            near=each,
            one=quoted.at(each.places[0]),
            other=quoted.at(each.places[1]),
        )
        for each in found
        if ids[each.id] in captions
    )


class Quoting:
    """Cuts words out of reports, each report read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._look = Look(store)
        self._texts: dict[str, str] = {}

    def at(self, place: Place) -> Excerpt | None:
        """The words at a place in their context; None where the place is not known."""
        report, start, end = place
        if report not in self._texts:
            data = self._store.part(report, "text")
            self._texts[report] = data.decode() if data is not None else ""
        text = self._texts[report]
        if not start < end <= len(text):
            return None
        anchor = Anchor.cut(text, start, end)
        before, after = anchor.context(text)
        row = self._look.report(report)
        return Excerpt(report=row, exact=anchor.exact, before=before, after=after)


def _place(spelling: "Spelling") -> Place:
    return spelling.report, spelling.start, spelling.end
