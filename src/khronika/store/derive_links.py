"""Rows of the tables that hold what linking found, from one change or from all that are kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from khronika.model.ids import incident_id
from khronika.model.links import Actor, ActorMember, Copy, Incident, LinkChanges, Place
from khronika.model.plain import to_plain
from khronika.store.link_parts import in_order, read
from khronika.store.spans import first_and_last, packed
from khronika.text.lemmas import folded

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]


def links_rows(part: Callable[[str], bytes | None], names: Iterable[str]) -> Rows:
    """The rows that all changes together make, each once.

    The latest change is read first: what it names, no earlier one decides. Rows that are referred
    to may come after those that refer to them.

    Args:
        part: the bytes of a kept part of the links.
        names: of all their parts.
    """
    decided = _Decided()
    for name in reversed(in_order(names)):
        data = part(name)
        assert data is not None
        changes = read(data)
        yield from change_rows(decided.fresh(changes))
        if changes.whole:
            return
        decided.add(changes)


@dataclass(slots=True)
class _Decided:
    """What later changes named."""

    ids: set[str] = field(default_factory=set)  # of actors and incidents
    members: set[Place] = field(default_factory=set)
    copies: set[tuple[str, str]] = field(default_factory=set)

    def fresh(self, changes: LinkChanges) -> LinkChanges:
        """What of an earlier change still holds."""
        return LinkChanges(
            actors=tuple(each for each in changes.actors if each.id not in self.ids),
            members=tuple(
                each for each in changes.members if (each.report, each.cast) not in self.members
            ),
            incidents=tuple(each for each in changes.incidents if each.id not in self.ids),
            copies=tuple(
                each for each in changes.copies if (each.report, each.original) not in self.copies
            ),
        )

    def add(self, changes: LinkChanges) -> None:
        """Take in what a change names."""
        self.ids.update(each.id for each in changes.actors)
        self.ids.update(each.id for each in changes.incidents)
        self.ids.update(changes.actors_gone, changes.incidents_gone)
        self.members.update((each.report, each.cast) for each in changes.members)
        self.members.update(changes.members_gone)
        self.copies.update((each.report, each.original) for each in changes.copies)
        self.copies.update(changes.copies_gone)


def change_rows(changes: LinkChanges) -> Rows:
    """The rows of what a change puts in, parents first."""
    for actor in changes.actors:
        yield "actor", _actor(actor)
    for member in changes.members:
        yield "member", _member(member)
    for incident in changes.incidents:
        yield from _incident(incident)
    for copy in changes.copies:
        yield "copy", _copy(copy)


def _actor(actor: Actor) -> Row:
    return {
        "id": actor.id,
        "type": actor.type.value,
        "caption": actor.caption,
        "folded": folded(" / ".join(actor.names)),
        "names": packed(actor.names),
        "countries": packed(actor.countries),
        "roles": packed(actor.roles),
        "why": packed(actor.why),
        "joins": packed(to_plain(actor.joins)),
        "mentions": actor.mentions,
        "sorted": folded(actor.caption).strip(),
        "rank": -actor.mentions,
    }


def _member(member: ActorMember) -> Row:
    return {
        "report_id": member.report,
        "cast": member.cast,
        "actor_id": member.actor,
        "alone": member.alone,
    }


def _incident(incident: Incident) -> Rows:
    when_from, when_to = first_and_last(incident.when)
    yield (
        "incident",
        {
            "id": incident.id,
            "kind": incident.kind,
            "modality": incident.modality.value,
            "when_edtf": incident.when,
            "when_from": when_from,
            "when_to": when_to,
            "places": packed(incident.where),
            "countries": packed(incident.countries),
            "reports": packed(incident.reports),
            "why": packed(incident.why),
            "joins": packed(to_plain(incident.joins)),
            "independent_sources": incident.independent_sources,
            "counted": int(incident.counted),
            "undated": int(not (when_from or when_to)),
        },
    )
    of = {"incident_id": incident.id}
    for idx, act in enumerate(incident.acts):
        yield "incident_act", {**of, "act_id": act, "idx": idx, "alone": incident_id(act)}
    for role, members in (
        ("victim", incident.victim_members),
        ("perpetrator", incident.perpetrator_members),
        ("focal", incident.focal_members),
    ):
        for report, cast in members:
            yield "incident_actor", {**of, "role": role, "report_id": report, "cast": cast}
    for idx, each in enumerate(incident.contradictions):
        told = [{"value": t.value, "acts": list(t.acts)} for t in each.values]
        yield "contradiction", {**of, "idx": idx, "attribute": each.attribute, "told": packed(told)}


def _copy(copy: Copy) -> Row:
    return {
        "report_id": copy.report,
        "original": copy.original,
        "relation": copy.relation,
        "share": float(copy.share),
    }
