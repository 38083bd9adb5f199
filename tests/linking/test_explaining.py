"""Why things are one, and what kept near ones apart."""

from khronika.linking.explained import Band, Near
from khronika.linking.near_acts import ExplainedActs, explain_acts
from khronika.linking.near_names import ExplainedNames, explain_names
from khronika.model.acts import ActorType
from linking.builders import Story, actor_of, incident_of
from linking.test_engine import World, one_by_one


def acts_of(world: World, act: str) -> ExplainedActs:
    incident = incident_of(world.links, act)
    return explain_acts(world.state, incident.acts, incident.joins)


def names_of(world: World, story: Story, name: str) -> ExplainedNames:
    actor = actor_of(world.links, story, name)
    return explain_names(world.state, actor.members[-1], actor.joins)


def only(near: tuple[Near, ...]) -> Near:
    (each,) = near
    return each


def two_stories(when: str, name: str = "Marfa Orlan", where: str = "") -> tuple[World, str, str]:
    first, second = Story("one"), Story("two")
    one = first.act("arrest", ["Marfa Orlan"], "2021-03-03", where="Lipsk")
    other = second.act("arrest", [name], when, where=where)
    return one_by_one([first, second]), one, other


def test_each_reason_for_one_incident_is_weighed() -> None:
    world, one, other = two_stories("2021-03-03", where="Lipsk")
    found = acts_of(world, one)
    (link,) = found.links
    assert {link.one, link.other} == {one, other}
    told = {each.says: each.weight for each in link.evidence}
    assert told["the same people or organisations"] == 4.0
    assert told["the same day"] == 2.0
    assert sum(told.values()) == link.weight
    assert [len(source.reports) for source in found.sources] == [1, 1]
    assert found.near == ()


def test_another_day_keeps_two_incidents_apart_and_is_said() -> None:
    world, one, other = two_stories("2021-03-19")
    near = only(acts_of(world, one).near)
    assert (near.id, near.part, near.band) == (other, "time", Band.LEAVE)
    assert near.against == "another time"
    assert set(near.pair) == {one, other}


def test_what_falls_a_little_short_is_asked() -> None:
    world, one, other = two_stories("2021-03", name="Orlan")
    near = only(acts_of(world, other).near)
    assert (near.other, near.band) == (one, Band.ASK)
    assert near.against.startswith("too little speaks for it")


def test_strangers_are_not_near() -> None:
    world, one, _ = two_stories("2021-03-03", name="Anton Garidin", where="Lipsk")
    assert acts_of(world, one).near == ()


def test_each_spelling_stands_with_its_place_and_what_joins_it() -> None:
    first, second = Story("one"), Story("two")
    first.member("Henadz Bialou")
    second.member("Gennady Belov")
    world = one_by_one([first, second])
    found = names_of(world, first, "Henadz Bialou")
    assert [s.names for s in found.spellings] == [("Gennady Belov",), ("Henadz Bialou",)]
    assert {s.report for s in found.spellings} == {first.id, second.id}
    (link,) = found.links
    assert {link.one, link.other} == {"Gennady Belov", "Henadz Bialou"}
    assert link.weight > 5
    assert any(each.values[0] for each in link.evidence)


def test_another_patronymic_keeps_two_people_apart_and_is_said() -> None:
    first, second = Story("one"), Story("two")
    first.member("Marfa Ilyinichna Orlan")
    second.member("Marfa Petrovna Orlan")
    world = one_by_one([first, second])
    near = only(names_of(world, first, "Marfa Ilyinichna Orlan").near)
    assert near.against == "another patronymic"
    assert near.band is Band.LEAVE
    assert near.id == actor_of(world.links, second, "Marfa Petrovna Orlan").id


def test_an_initial_that_fits_two_is_asked() -> None:
    told = [Story(name) for name in ("one", "two", "three")]
    for story, name in zip(told, ("M. Orlan", "Marfa Orlan", "Maksim Orlan"), strict=True):
        story.member(name)
    world = one_by_one(told)
    near = names_of(world, told[0], "M. Orlan").near
    assert {each.other for each in near} == {"Maksim Orlan", "Marfa Orlan"}
    assert {(each.against, each.band) for each in near} == {("others fit it as well", Band.ASK)}


def test_a_described_body_is_explained_with_the_named_one() -> None:
    first, second = Story("one"), Story("two")
    for story, court in ((first, "a regional court"), (second, "Lipsk Regional Court")):
        story.member(court, ActorType.AUTHORITY)
        story.act("sentence", ["Marfa Orlan"], "2021-03-03", by=[court])
    world = one_by_one([second, first])
    found = names_of(world, first, "a regional court")
    assert len(found.spellings) == 2
    (link,) = found.links
    assert link.evidence[0].says == "told to have done the same in one incident"
