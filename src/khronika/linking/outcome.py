"""What one change did to links: actors, members, incidents and copies, new, changed and gone."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from khronika.linking import alike, repeats
from khronika.linking.acting import Acting, Told
from khronika.linking.casting import Moves
from khronika.linking.describing import described_as
from khronika.linking.facts import ReportFacts
from khronika.linking.forms import Form, actor_id_of, form_in
from khronika.linking.incidents import as_incident
from khronika.linking.members import member_id
from khronika.linking.repeats import Repeats
from khronika.linking.seats import member_in
from khronika.linking.sources import Sources
from khronika.linking.state import Edge, Node, Seat, State
from khronika.linking.tellings import Telling
from khronika.model.acts import ActorType, Modality
from khronika.model.ids import incident_id
from khronika.model.links import Actor, ActorMember, Incident, Join, LinkChanges, Place

_REASONS = 4
_JOINS = 60  # joins of one actor or incident that are told


class Outcome:
    """Compares what was with what is."""

    def __init__(
        self, state: State, moves: Moves, acts: Acting, described: Mapping[int, int]
    ) -> None:
        self._state = state
        self._moves = moves
        self._acts = acts
        self._described = described  # whom a body was described as before, 0 for nobody

    def changes(self, gone: Repeats, came: Repeats) -> LinkChanges:
        """All that changed.

        Args:
            gone: what reports that went took with them.
            came: what reports that came brought.
        """
        actors, actors_gone, members = self._actors()
        incidents, incidents_gone = self._incidents()
        seated = {(seat.report, seat.index) for seat in self._moves.seated}
        left = {(seat.report, seat.index) for seat in self._moves.left} - seated
        return LinkChanges(
            actors=actors,
            actors_gone=actors_gone,
            members=members,
            members_gone=tuple(sorted(left)),
            incidents=incidents,
            incidents_gone=incidents_gone,
            copies=tuple(copy for _, copy in sorted(came.found.items())),
            copies_gone=tuple(sorted(gone.gone - came.found.keys())),
        )

    def _actors(self) -> tuple[tuple[Actor, ...], tuple[str, ...], tuple[ActorMember, ...]]:
        before = self._moves.before
        now = self._state.nodes({*before, *self._described, *self._described.values()})
        was = {node.home for node in before.values() if node}
        at_home, as_whom = self._at_home(was | {node.home for node in now.values()})
        nodes = self._state.nodes(_all(at_home))
        old = _joined(
            _clusters_before(before, {n: node.home for n, node in nodes.items()}),
            {**as_whom, **self._described},
        )
        held = {n: node for n, node in {**nodes, **before}.items() if node}
        forms = {n: form_in(node) for n, node in held.items()}
        old_ids = {
            n: told for ids in old.values() for told in (_actor_id(ids, forms),) for n in ids
        }
        now_forms = {n: form_in(node) for n, node in nodes.items()}
        edges = self._inside(at_home)
        actors, members = [], []
        seats = self._seats_moved(at_home, now_forms, old_ids)
        for home, ids in at_home.items():
            actor = _actor({n: now_forms[n] for n in ids}, edges[home])
            actors.append(actor)
            members += [_member(seat, actor) for n in ids for seat in seats[n]]
        current = {actor.id for actor in actors}
        return (
            tuple(sorted(actors, key=lambda a: a.id)),
            tuple(sorted(set(old_ids.values()) - current)),
            tuple(sorted(members, key=lambda m: (m.report, m.cast))),
        )

    def _at_home(self, homes: Collection[int]) -> tuple[dict[int, list[int]], dict[int, int]]:
        """Clusters as actors: with those that are described as one of theirs, and who those are."""
        found: dict[int, list[int]] = {}
        as_whom: dict[int, int] = {}
        missing = set(homes)
        while missing:
            fresh = {home: list(ids) for home, ids in self._state.at_home(missing).items()}
            found |= fresh
            as_whom |= described_as(self._state, _all(fresh))
            ends = self._state.nodes({*as_whom, *as_whom.values()})
            missing = {node.home for node in ends.values()} - found.keys()
        return _joined(found, as_whom), as_whom

    def _inside(self, at_home: Mapping[int, Sequence[int]]) -> dict[int, list[Edge]]:
        """The edges within each cluster of several."""
        home_of = {n: home for home, ids in at_home.items() if len(ids) > 1 for n in ids}
        found: dict[int, list[Edge]] = defaultdict(list)
        for edge in self._state.edges(home_of) if home_of else ():
            if home_of.get(edge.one, 0) == home_of.get(edge.other, -1):
                found[home_of[edge.one]].append(edge)
        return found

    def _seats_moved(
        self,
        at_home: Mapping[int, Sequence[int]],
        forms: Mapping[int, Form],
        old_ids: Mapping[int, str],
    ) -> dict[int, list[Seat]]:
        """The seats whose actor is called otherwise now, and those that are new, by node."""
        renamed = {
            n
            for ids in at_home.values()
            for told in (_actor_id(ids, forms),)
            for n in ids
            if n in old_ids and old_ids[n] != told
        }
        found: dict[int, list[Seat]] = defaultdict(list)
        for seat in self._state.seats_of(renamed) if renamed else ():
            found[seat.node].append(seat)
        for seat in self._moves.seated:
            if seat.node not in renamed:
                found[seat.node].append(seat)
        return found

    def _incidents(self) -> tuple[tuple[Incident, ...], tuple[str, ...]]:
        turns = self._acts.turns
        now = self._state.nodes(turns.before.keys() | turns.settled)
        homes = {n.home for n in turns.before.values()} | {n.home for n in now.values()}
        at_home = self._state.at_home(homes)
        names = {n: node.name for n, node in turns.before.items()}
        names |= {n: node.name for n, node in self._state.nodes(_all(at_home)).items()}
        homes_now = {n: home for home, ids in at_home.items() for n in ids}
        old = _clusters_before(turns.before, homes_now)
        was = {incident_id(min(names[n] for n in ids)) for ids in old.values()}
        told = self._acts.told(_all(at_home))
        facts, sources = self._sources(told.values())
        incidents = []
        for ids in at_home.values():
            group = [told[n] for n in ids]
            tellings = [each.telling for each in group]
            joins = self._joins(tellings)
            why = {join.one: join.why for join in joins}
            incident = as_incident(tellings, why, facts, sources)
            incidents.append(_with_members(replace(incident, joins=joins), group))
        ids_now = {incident.id for incident in incidents}
        return tuple(sorted(incidents, key=lambda i: i.id)), tuple(sorted(was - ids_now))

    def _sources(self, told: Iterable[Told]) -> tuple[dict[str, ReportFacts], Sources]:
        """What the reports of some acts are, and which of them copy each other."""
        reports = self._state.named(repeats.SPACE, {each.telling.report for each in told})
        facts = {name: repeats.facts_in(node) for name, node in reports.items()}
        found = repeats.copies_among(self._state, {node.id for node in reports.values()})
        return facts, Sources(facts, found)

    def _joins(self, tellings: Collection[Telling]) -> tuple[Join, ...]:
        found = (self._acts.turns.joins.get(telling.id) for telling in tellings)
        made = [replace(join, weight=round(join.weight, 3)) for join in found if join is not None]
        return tuple(sorted(made, key=lambda j: (j.one, j.other))[:_JOINS])


def _all(at_home: Mapping[int, Sequence[int]]) -> set[int]:
    return {n for ids in at_home.values() for n in ids}


def _clusters_before(
    before: Mapping[int, Node | None], now: Mapping[int, int]
) -> dict[int, list[int]]:
    """The clusters as they were, by home: what did not change is where it is now."""
    old: dict[int, list[int]] = defaultdict(list)
    for number, node in before.items():
        if node is not None:
            old[node.home].append(number)
    for number, home in now.items():
        if number not in before:
            old[home].append(number)
    return dict(old)


def _joined(clusters: dict[int, list[int]], as_whom: Mapping[int, int]) -> dict[int, list[int]]:
    """Clusters by home, those of described bodies put to those of the named ones."""
    home_of = {n: home for home, ids in clusters.items() for n in ids}
    found = dict(clusters)
    for poor, rich in sorted(as_whom.items()):
        home = home_of.get(rich)
        if home is not None and home_of.get(poor) == poor != home:
            found[home] = [*found[home], *found.pop(poor)]
    return found


def _actor_id(ids: Iterable[int], forms: Mapping[int, Form]) -> str:
    return actor_id_of([forms[n] for n in ids])


def _actor(forms: Mapping[int, Form], edges: Iterable[Edge]) -> Actor:
    """The actor that some forms make, without members."""
    held = list(forms.values())
    types = _sum(form.types for form in held)
    fullest = _sum(form.fullest for form in held)
    names = {number: form.first for number, form in forms.items()}
    joins = tuple(
        Join(one=one, other=other, weight=round(weight, 3), why=(why,))
        for weight, one, other, why in alike.reasons(edges, names)
    )
    return Actor(
        id=actor_id_of(held),
        type=ActorType(max(types, key=lambda t: (types[t], t))),
        names=tuple(sorted({name for form in held for name in form.names})),
        caption=max(fullest, key=lambda name: (fullest[name], len(name.split()), name)),
        countries=tuple(sorted({c for form in held for c in form.countries})),
        roles=tuple(sorted({role for form in held for role in form.roles})),
        mentions=sum(form.mentions for form in held),
        why=tuple(sorted({reason for join in joins for reason in join.why})[:_REASONS]),
        joins=joins[:_JOINS],
    )


def _sum(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in counts:
        found.update(each)
    return found


def _member(seat: Seat, actor: Actor) -> ActorMember:
    member, _ = member_in(seat)
    if member.type is ActorType.PERSON and actor.id.startswith("org_"):  # taken for a body
        member = replace(member, type=ActorType.ORGANISATION)
    alone = "" if member.type is ActorType.COUNTRY else member_id(member)
    return ActorMember(report=seat.report, cast=seat.index, actor=actor.id, alone=alone)


def _with_members(incident: Incident, group: Sequence[Told]) -> Incident:
    """An incident with one member of each of its actors; denials say nothing of who it was."""
    told = [each for each in group if each.telling.modality is not Modality.DENIED] or group

    def of(role: str) -> tuple[Place, ...]:
        found: dict[int, Place] = {}
        for each in told:
            for actor in getattr(each.telling, role):
                place = (each.telling.report, each.places[actor])
                found[actor] = min(found.get(actor, place), place)
        return tuple(sorted(found.values()))

    return replace(
        incident,
        victim_members=of("victims"),
        perpetrator_members=of("perpetrators"),
        focal_members=of("who"),
        counted=any((each.telling.least or 0) > 2 for each in told),
    )
