import pytest

from linking.builders import Story, actor_of, linked


def two(one: str, other: str) -> bool:
    """True if two reports' people of these names are one actor."""
    first, second = Story("one"), Story("two")
    first.member(one)
    second.member(other)
    links = linked(first, second)
    return actor_of(links, first, one).id == actor_of(links, second, other).id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yaraslava Kudzinovich", "Ярослава Кудинович"),
        ("Henadz Bialou", "Gennady Belov"),
        ("Timur Akylbekov", "Timur AKYLBEKOV"),
        ("Lebedinskaya Marfa Ilyinichna", "Marfa Lebedinskaya"),
        ("M. Lebedinskaya", "Marfa Lebedinskaya"),
        ("Nguyễn Văn Thược", "Nguyen Van Thuoc"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    assert two(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marfa Lebedinskaya", "Marfa Lebedinsky"),
        ("Marfa Lebedinskaya", "Daria Lebedinskaya"),
        ("Timur Akylbekov", "Timur Akylbayev"),
        ("Tran Thi Hong Van", "Tran Thi Hang Van"),
        ("Lebedinskaya Marfa Ilyinichna", "Lebedinskaya Marfa Petrovna"),
        ("Lebedinskaya", "Marfa Lebedinskaya"),
    ],
)
def test_names_that_are_nearly_alike_stay_two_people(one: str, other: str) -> None:
    assert not two(one, other)


def test_a_slip_within_one_report_is_one_person_only_with_the_same_organisation() -> None:
    for organisation, expected in (("Harbour Watch", True), ("Lantern Club", False)):
        story = Story("one")
        story.member("Anton Garidin")
        story.member("Anton Gadirin")
        story.tie("Anton Garidin", "director", "Harbour Watch")
        story.tie("Anton Gadirin", "head", organisation)
        links = linked(story)
        same = actor_of(links, story, "Anton Garidin") == actor_of(links, story, "Anton Gadirin")
        assert same is expected


def test_an_ambiguous_initial_joins_nobody() -> None:
    stories = [Story(name) for name in ("one", "two", "three")]
    for story, name in zip(stories, ("M. Orlan", "Marfa Orlan", "Maksim Orlan"), strict=True):
        story.member(name)
    links = linked(*stories)
    assert len(links.actors) == 3


def test_a_ministry_belongs_to_the_country_its_report_is_about() -> None:
    first, second, third = (
        Story("a", country="KG"),
        Story("b", country="KG"),
        Story("c", country="KZ"),
    )
    for story, name in ((first, "Ministry of Justice"), (second, "the Justice Ministry"),
                        (third, "Justice Ministry")):  # fmt: skip
        story.body(name)
    links = linked(first, second, third)
    assert len(links.actors) == 2
    assert actor_of(links, first, "Ministry of Justice").reports == ("rpt_a", "rpt_b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Colony No. 6", "Colony No. 2"),
        ("Lipsk Regional Court", "Lipsk City Court"),
        ("police", "police"),
        ("court", "Lipsk Regional Court"),
    ],
)
def test_other_bodies_stay_apart(one: str, other: str) -> None:
    first, second = Story("one"), Story("two")
    first.body(one)
    second.body(other)
    assert len(linked(first, second).actors) == 2


def test_the_reason_is_told_in_words() -> None:
    first, second = Story("one"), Story("two")
    first.member("Henadz Bialou")
    second.member("Gennady Belov")
    (actor,) = linked(first, second).actors
    assert actor.why == ("the same name in another spelling",)
    assert actor.names == ("Gennady Belov", "Henadz Bialou")
