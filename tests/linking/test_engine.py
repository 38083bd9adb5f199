"""The engine: whatever comes in whatever order, the links are those of linking all at once."""

import copy
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.linking import ContradictoryRulingsError
from khronika.linking.engine import Engine, Rulings
from khronika.linking.ledger import Ledger
from khronika.linking.link import interventions_of, places_of_ids, rulings_of
from khronika.linking.memory import MemoryState
from khronika.linking.rulings import Ruled, standing
from khronika.model.acts import ActorType, Coding, Count, Modality
from khronika.model.ids import incident_id
from khronika.model.links import Links, Place, Ruling
from khronika.workflows.linkup import _since
from khronika.workflows.rulings import superseded
from linking.builders import Story, a_codebook, actor_of, linked

BOOK = a_codebook()


class World:
    """A record that grows and shrinks report by report."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}
        self._ledger = Ledger()
        self.rulings: Sequence[Ruling] = ()
        self.ruled = Ruled()
        self.state = MemoryState()
        self._engine = Engine(self.state, interventions_of(BOOK), self._read)

    def _read(self, reports: Collection[str]) -> Iterator[Coding]:
        return (self._stories[r].coding for r in reports if r in self._stories)

    def add(self, *stories: Story) -> None:
        named = self._named()
        self._stories |= {story.id: story for story in stories}
        rulings = self._rulings(named, self.ruled, [s.id for s in stories])
        added = [(s.facts, s.coding) for s in stories]
        self._ledger.apply(self._engine.update(added, rulings=rulings))

    def remove(self, *stories: Story) -> None:
        named = self._named()
        for story in stories:
            del self._stories[story.id]
        rulings = self._rulings(named, self.ruled, ())
        self._ledger.apply(self._engine.update(removed=[s.id for s in stories], rulings=rulings))

    def rule(self, verb: str, *ids: str) -> bool:
        """Rule on actors or incidents; False, and nothing, if earlier rulings say otherwise."""
        made = Ruling(id=f"rul_{len(self.rulings):03}", verb=verb, ids=tuple(sorted(ids)),
                      reviewer="R", time="2024-01-01", why="seen")  # fmt: skip
        rulings = superseded([*self.rulings, made])
        kept = copy.deepcopy((self.state.__dict__, self._ledger))
        try:
            ruled = standing(rulings)
        except ContradictoryRulingsError:
            return False
        changes = self._engine.update(rulings=self._rulings(self._named(), ruled, ()))
        if self._engine.unmet:
            self.state.__dict__, self._ledger = kept
            return False
        self.rulings, self.ruled = rulings, ruled
        self._ledger.apply(changes)
        return True

    def _named(self) -> dict[str, Place | str]:
        """What the ids of rulings mean."""
        told = self._stories.values()
        every = {m.alone for m in self._ledger._members.values()}
        every |= {incident_id(act.id) for story in told for act in story.coding.acts}
        every |= {act.id for story in told for act in story.coding.acts}
        return places_of_ids((s.coding for s in told), (s.facts for s in told), every | self.ids)

    @property
    def ids(self) -> frozenset[str]:
        """All that rulings name."""
        return frozenset(each for ruling in self.rulings for each in ruling.ids)

    def _rulings(
        self, before: dict[str, Place | str], ruled: Ruled, came: Collection[str]
    ) -> Rulings:
        """What is ruled anew, and what is ruled on that which came: as `workflows.linkup` does."""
        named = self._named()
        now, old = rulings_of(ruled, named), rulings_of(self.ruled, named)
        turned = now.single ^ old.single
        again = tuple(sorted(p for i in turned if isinstance(p := named.get(i), tuple)))
        moved = {*again, *(p for p in named.values() if p[0] in came)}
        acts = {a for i, a in named.items() if isinstance(a, str) and before.get(i) != a}
        return replace(
            now, members=_since(now.members, old.members, moved),
            acts=_since(now.acts, old.acts, acts), again=again,
        )  # fmt: skip

    @property
    def links(self) -> Links:
        return self._ledger.links(BOOK.kinds)

    @property
    def at_once(self) -> Links:
        return linked(*self._stories.values(), rulings=self.rulings)


def alike(one: Links, other: Links) -> None:
    """Assert that two links are one, telling the first thing that differs."""
    for each, theirs in zip(one.actors, other.actors, strict=False):
        assert each == theirs
    for incident, its in zip(one.incidents, other.incidents, strict=False):
        assert incident == its
    assert one == other


def one_by_one(stories: Iterable[Story]) -> World:
    world = World()
    for story in stories:
        world.add(story)
    return world


PEOPLE = (
    "Marfa Lebedinskaya", "Marfa Ilyinichna Lebedinskaya", "Marfa Petrovna Lebedinskaya",
    "M. Lebedinskaya", "Марфа Лебединская", "Marfa Lebedinskaia", "Lebedinskaya", "Marfa",
    "Daria Lebedinskaya", "D. Lebedinskaya", "Anton Garidin", "Anton Gadirin", "A. Garidin",
)  # fmt: skip
BODIES = (
    "Lipsk Regional Court", "Regional Court", "a regional court", "Lipsk City Court",
    "Federal Tax Service", "FTS", "Harbour Watch", "Ministry of Justice",
)  # fmt: skip
CROWDS = ("volunteers", "teachers", "villagers")
DAYS = ("2021-03-03", "2021-03-04", "2021-03-14", "2021-03", "2021", "")
PLACES = ("Lipsk", "Sennaya street", "Orlavets", "")
TEXTS = (
    "",
    " ".join(f"first{n} told{n % 7} at{n % 3}" for n in range(60)),
    " ".join(f"second{n} said{n % 5} by{n % 4}" for n in range(60)),
)


class Told(NamedTuple):
    """An act of a report."""

    kind: str
    who: list[str]
    when: str
    where: str
    by: list[str]
    by_a: ActorType
    many: Count | None
    modality: Modality


class Draft(NamedTuple):
    """A report to be, readable where a test fails."""

    text: str
    publisher: str
    published: str
    country: str
    cast: list[str]
    acts: list[Told]

    def story(self, name: str) -> Story:
        story = Story(
            name, text=self.text, publisher=self.publisher, published=self.published,
            country=self.country,
        )  # fmt: skip
        for person in self.cast:
            story.member(person, ActorType.PERSON)
        for act in self.acts:
            for body in act.by:
                story.member(body, act.by_a)
            count = act.many if act.who else None
            story.act(act.kind, act.who, act.when, where=act.where, by=act.by, count=count,
                      modality=act.modality)  # fmt: skip
        return story


def some(values: Sequence[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


acts = st.builds(
    Told,
    kind=st.sampled_from(("arrest", "charge", "trial", "protest")),
    who=some((*PEOPLE, *CROWDS), 2),
    when=st.sampled_from(DAYS),
    where=st.sampled_from(PLACES),
    by=some(BODIES, 1),
    by_a=st.sampled_from((ActorType.AUTHORITY, ActorType.AUTHORITY, ActorType.PERSON)),
    many=st.sampled_from((None, None, Count(least=3, most=3), Count(least=14))),
    modality=st.sampled_from((Modality.OCCURRED, Modality.OCCURRED, Modality.DENIED)),
)
drafts = st.builds(
    Draft,
    text=st.sampled_from(TEXTS),
    publisher=st.sampled_from(("", "Harbour Watch", "Orlavets Herald")),
    published=st.sampled_from(("", "2021-03-05", "2021-04-01")),
    country=st.sampled_from(("BY", "BY", "KZ", "")),
    cast=some(PEOPLE, 2),
    acts=st.lists(acts, min_size=1, max_size=3),
)
worlds = st.lists(drafts, min_size=2, max_size=6)


def stories_of(drafts: Sequence[Draft]) -> list[Story]:
    return [draft.story(f"r{number}") for number, draft in enumerate(drafts)]


@settings(max_examples=60, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_one_by_one_in_any_order_is_all_at_once(drafts: list[Draft], chance: random.Random) -> None:
    told = stories_of(drafts)
    order = list(told)
    chance.shuffle(order)
    world = one_by_one(order)
    alike(world.links, linked(*told))


@settings(max_examples=40, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_what_is_taken_out_leaves_no_trace(drafts: list[Draft], chance: random.Random) -> None:
    told = stories_of(drafts)
    world = one_by_one(told)
    gone = chance.sample(told, chance.randint(1, len(told)))
    for story in gone:
        world.remove(story)
    alike(world.links, linked(*(s for s in told if s not in gone)))
    for story in gone:
        world.add(story)
    alike(world.links, linked(*told))


def test_a_bare_name_is_whoever_is_told_beside_the_same_people() -> None:
    first, second = Story("one"), Story("two")
    for name in ("Daria Lebedinskaya", "Marfa"):
        first.member(name)
    for name in ("Daria Lebedinskaya", "Marfa Orlan"):
        second.member(name)
    for order in ((first, second), (second, first)):
        links = one_by_one(order).links
        assert actor_of(links, first, "Marfa") == actor_of(links, second, "Marfa Orlan")


def test_who_is_told_by_many_says_nothing_of_who_is_beside() -> None:
    first, second = Story("one"), Story("two")
    for name in ("Daria Lebedinskaya", "Marfa"):
        first.member(name)
    for name in ("Daria Lebedinskaya", "Marfa Orlan"):
        second.member(name)
    world = one_by_one([first, second])
    others = [Story(f"more{n}") for n in range(4)]
    for story in others:
        story.member("Daria Lebedinskaya")
        world.add(story)
    marfa = actor_of(world.links, first, "Marfa")
    assert marfa != actor_of(world.links, second, "Marfa Orlan")
    world.remove(*others)
    marfa = actor_of(world.links, first, "Marfa")
    assert marfa == actor_of(world.links, second, "Marfa Orlan")


def test_a_name_that_elsewhere_is_an_organisations_is_one_until_that_goes() -> None:
    first, second = Story("one"), Story("two")
    first.member("Harbour Watch", ActorType.PERSON)
    second.member("Harbour Watch", ActorType.ORGANISATION)
    world = one_by_one([first, second])
    (actor,) = world.links.actors
    assert actor.id.startswith("org_")
    world.remove(second)
    (actor,) = world.links.actors
    assert actor.id.startswith("per_")


def test_a_described_body_is_the_named_one_as_long_as_a_report_names_it() -> None:
    first, second = Story("one"), Story("two")
    for story, court in ((first, "a regional court"), (second, "Lipsk Regional Court")):
        story.body(court)
        story.act("sentence", ["Marfa Orlan"], "2021-03-03", by=[court])
    world = one_by_one([second, first])
    named = actor_of(world.links, first, "a regional court")
    assert named == actor_of(world.links, second, "Lipsk Regional Court")
    world.remove(second)
    assert actor_of(world.links, first, "a regional court").names == ("a regional court",)


def test_a_report_that_is_told_anew_is_linked_as_it_is_now() -> None:
    first, second, again = Story("one"), Story("two"), Story("two")
    first.act("arrest", ["Marfa Orlan"], "2021-03-03")
    second.act("arrest", ["Marfa Orlan"], "2021-03-03")
    again.act("charge", ["Anton Garidin"], "2021-03-09")
    world = one_by_one([first, second])
    assert len(world.links.incidents) == 1
    world.add(again)
    alike(world.links, linked(first, again))


def where_ids_lead(world: World) -> dict[str, str]:
    """What everything that rulings name is called now."""
    links = world.links
    homes: dict[Place | str, str] = {p: a.id for a in links.actors for p in a.members}
    homes |= {act: incident.id for incident in links.incidents for act in incident.acts}
    return {name: homes[what] for name, what in world._named().items() if what in homes}


def obeyed(world: World) -> None:
    """Assert that no ruling is crossed; a person and a body are never one."""
    now = where_ids_lead(world)
    for one, other in world.ruled.different:
        assert one not in now or other not in now or now[one] != now[other]
    for one, other in world.ruled.same:
        if one in now and other in now and now[one][:3] == now[other][:3]:
            assert now[one] == now[other]


def ids_of(world: World, prefix: str) -> list[str]:
    if prefix == "inc_":
        return sorted(incident_id(a.id) for s in world._stories.values() for a in s.coding.acts)
    members = world._ledger._members.values()
    return sorted(m.alone for m in members if m.alone.startswith(prefix))


@settings(max_examples=40, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_no_ruling_is_ever_crossed(drafts: list[Draft], chance: random.Random) -> None:
    told = stories_of(drafts)
    world = World()
    for story in told:
        world.add(story)
        found = ids_of(world, chance.choice(("per_", "per_", "org_", "inc_")))
        if len(found) > 1:
            world.rule(chance.choice(("same", "different")), *chance.sample(found, 2))
        if chance.random() < 0.3:
            world.remove(story)
            obeyed(world)
            world.add(story)
        obeyed(world)
    alike(world.links, world.at_once)


def actors(world: World) -> int:
    return len(world.links.actors)


def namesakes() -> tuple[World, list[Story], list[str]]:
    """Four reports of one name, and what each member alone would be called."""
    told = [Story(name) for name in ("one", "two", "three", "four")]
    for story in told:
        story.member("Marfa Orlan")
    world = one_by_one(told)
    members = sorted(world._ledger._members.items())
    alone = {place[0]: member.alone for place, member in members}
    return world, told, [alone[story.id] for story in told]


def test_two_namesakes_spelt_alike_are_parted_and_the_rest_stays() -> None:
    world, (one, two, *_), ids = namesakes()
    assert actors(world) == 1
    assert world.rule("different", ids[0], ids[1])
    assert actor_of(world.links, one, "Marfa Orlan") != actor_of(world.links, two, "Marfa Orlan")
    assert actors(world) == 2
    obeyed(world)


def test_what_is_the_same_through_others_cannot_be_told_apart() -> None:
    world, _, ids = namesakes()
    assert world.rule("different", ids[0], ids[1])
    assert world.rule("different", ids[0], ids[2])
    assert not world.rule("same", *ids[:2], ids[3])
    assert world.rule("same", ids[1], ids[2])
    assert not world.rule("same", ids[0], ids[1], ids[2])
    obeyed(world)


def test_a_ruling_is_in_force_again_when_what_it_is_about_returns() -> None:
    world, told, ids = namesakes()
    assert world.rule("different", ids[0], ids[1])
    world.remove(told[1])
    assert actors(world) == 1
    world.add(told[1])
    assert actors(world) == 2
    obeyed(world)


def test_a_ruling_holds_for_an_actor_that_has_another_id_since() -> None:
    first, second = Story("m"), Story("n")
    first.member("Marfa Orlan")
    second.member("Masha Zorin")
    world = one_by_one([first, second])
    one, other = (actor.id for actor in world.links.actors)
    assert world.rule("same", one, other)
    older = Story("a")  # its id is less, so that its member names the actor from now on
    older.member("Marfa Orlan")
    world.add(older)
    (actor,) = world.links.actors
    assert {one, other} & set(actor.former_ids)
    assert len(actor.reports) == 3
    obeyed(world)


def test_a_later_ruling_on_the_same_two_replaces_the_earlier() -> None:
    world, _, ids = namesakes()
    assert world.rule("different", ids[0], ids[1])
    assert world.rule("same", ids[0], ids[1])
    assert actors(world) == 1
    alike(world.links, world.at_once)


def test_one_ruling_joins_incidents_whole() -> None:
    told = [Story(name) for name in ("one", "two", "three", "four")]
    days = ("2021-03-03", "2021-03-03", "2021-05-09", "2021-05-09")
    acts = [s.act("arrest", ["Marfa Orlan"], day) for s, day in zip(told, days, strict=True)]
    world = one_by_one(told)
    first, second = world.links.incidents
    assert world.rule("same", first.id, second.id)
    (incident,) = world.links.incidents
    assert set(incident.acts) == set(acts)
    assert world.rule("different", first.id, second.id)
    assert len(world.links.incidents) == 2
