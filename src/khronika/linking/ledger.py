"""Links as they stand after some changes: the changes replayed, and what follows from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from khronika.codebook.model import Kind
from khronika.linking.incidents import happening_of
from khronika.linking.relations import relations
from khronika.model.links import (
    Actor,
    ActorMember,
    Copy,
    Incident,
    LinkChanges,
    Links,
    Place,
)


class Ledger:
    """All links by id."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._members: dict[Place, ActorMember] = {}
        self._incidents: dict[str, Incident] = {}
        self._copies: dict[tuple[str, str], Copy] = {}

    def apply(self, changes: LinkChanges) -> None:
        """Replay what changed."""
        if changes.whole:
            self.__init__()  # type: ignore[misc]
        _drop(self._actors, changes.actors_gone)
        _drop(self._incidents, changes.incidents_gone)
        _drop(self._members, changes.members_gone)
        _drop(self._copies, changes.copies_gone)
        self._actors.update((actor.id, actor) for actor in changes.actors)
        self._incidents.update((incident.id, incident) for incident in changes.incidents)
        self._members.update(((m.report, m.cast), m) for m in changes.members)
        self._copies.update(((c.report, c.original), c) for c in changes.copies)

    def links(self, kinds: Mapping[str, Kind]) -> Links:
        """All links, with all that follows from them."""
        actors = self._whole_actors()
        captions = {a.id: a.caption for a in actors}
        related = relations(
            [happening_of(i, self._ids(i.focal_members)) for i in self._incidents.values()], kinds
        )
        incidents = [
            replace(
                each,
                victims=self._captions(each.victim_members, captions),
                perpetrators=self._captions(each.perpetrator_members, captions),
                related=related.get(each.id, ()),
            )
            for _, each in sorted(self._incidents.items())
        ]
        copies = tuple(copy for _, copy in sorted(self._copies.items()))
        return Links(actors=actors, incidents=tuple(incidents), copies=copies)

    def _whole_actors(self) -> tuple[Actor, ...]:
        members: dict[str, list[ActorMember]] = defaultdict(list)
        for _, member in sorted(self._members.items()):
            members[member.actor].append(member)
        return tuple(
            replace(
                actor,
                reports=tuple(dict.fromkeys(m.report for m in members[name])),
                members=tuple((m.report, m.cast) for m in members[name]),
                former_ids=tuple(sorted({m.alone for m in members[name]} - {name, ""})),
            )
            for name, actor in sorted(self._actors.items())
        )

    def _ids(self, places: Iterable[Place]) -> frozenset[str]:
        return frozenset(self._members[place].actor for place in places)

    def _captions(self, places: Iterable[Place], captions: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(sorted({captions[actor] for actor in self._ids(places)}))


def _drop(held: dict, gone: Iterable) -> None:  # type: ignore[type-arg]
    for each in gone:
        held.pop(each, None)
