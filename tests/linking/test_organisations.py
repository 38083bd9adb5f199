"""Organisations and public bodies across reports: what joins them and what keeps them apart."""

from itertools import permutations

import pytest

from khronika.linking.members import Member
from khronika.linking.organisations import body_nodes, keys, node_keys
from khronika.model.acts import ActorType
from khronika.text.bodies import read_body
from linking.builders import Story, actor_of, linked


def told(*bodies: tuple[str, str]) -> int:
    """How many bodies there are if reports about these countries tell of these names."""
    stories = []
    for number, (name, country) in enumerate(bodies):
        story = Story(f"r{number}", country=country)
        story.body(name)
        stories.append(story)
    return len(linked(*stories).actors)


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        ("Supreme Court", "Верховный суд", "KZ"),
        ("Security Service", "СБУ", "UA"),
        ("Interior Ministry", "МВД", "KG"),
        ("National Security Committee", "КНБ", "KZ"),
        ("Lipsk Regional Court", "Липский областной суд", "BY"),
        ("УФСБ по Самарской области", "FSB Directorate for Samara Region", "RU"),
        ("Правозащитный центр «Зарница»", "Zarnitsa", ""),
        ("Open River Foundation", "Фонд «Открытая река»", ""),
        ("Union of Journalists", "Union of Journalists of Kazakhstan", "KZ"),
    ],
)
def test_one_body_under_two_names(one: str, other: str, country: str) -> None:
    assert told((one, country), (other, country)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Supreme Court", "KZ"), ("Supreme Court", "UZ")),
        (("Security Service", "UA"), ("Security Service", "AM")),
        (("District Court", "BY"), ("District Court", "BY")),
        (("СИЗО-1", "RU"), ("СИЗО-1", "RU")),
        (("HRO", "BY"), ("HRO", "KE")),
        (("HRO", ""), ("HRO", "")),
        (("Amnesty International", "TR"), ("Amnesty International Turkey", "TR")),
        (("FSB", "RU"), ("УФСБ по Самарской области", "RU")),
        (("Lantern University", ""), ("Lantern University Press", "")),
        (("Kapsha Workers' Union", ""), ("Independent Kapsha Workers' Union", "")),
        (("Fanar", ""), ("Fannar", "")),
        (("Union of Journalists", "KZ"), ("Union of Journalists", "KG")),
    ],
)
def test_two_bodies_under_one_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert told(one, other) == 2


def test_letters_that_a_report_spells_out_stand_for_the_body_beyond_it() -> None:
    first, second, third = (Story(n, country="KE") for n in ("one", "two", "three"))
    first.body("Harbour Rights Observers")
    first.body("HRO")
    second.body("Harbour Rights Observers")
    third.body("HRO")
    links = linked(first, second, third)
    assert len(links.actors) == 1
    assert actor_of(links, third, "HRO").reports == ("rpt_one", "rpt_three", "rpt_two")


def test_letters_that_fit_two_bodies_of_a_report_stand_for_neither() -> None:
    story = Story("one", country="KE")
    for name in ("Harbour Rights Observers", "Highland Rights Office", "HRO"):
        story.body(name)
    assert len(linked(story).actors) == 3


def test_a_name_without_what_it_is_joins_only_where_one_body_bears_it() -> None:
    assert told(("Zarnitsa", ""), ("Zarnitsa Youth Union", "")) == 1
    several = (("Zarnitsa", ""), ("Zarnitsa Youth Union", ""), ("Zarnitsa Women's Media Group", ""))
    assert told(*several) == 3


def test_the_order_of_reports_makes_no_difference() -> None:
    names = (("Zarnitsa", ""), ("Zarnitsa Youth Union", ""), ("Зарница", ""), ("Zarnitsa News", ""))
    assert len({told(*order) for order in permutations(names)}) == 1


def test_bodies_are_looked_up_by_country_and_by_words_of_their_own() -> None:
    ministry = read_body("Ministry of Justice"), read_body("Минюст")
    here, there = (set(keys((name,), "KZ")) for name in ministry)
    assert here & there
    assert here.isdisjoint(keys((ministry[0],), "UZ"))
    short, long = (keys((read_body(n),), "") for n in ("Zarnitsa", "Зарница Youth Union"))
    assert set(short) & set(long)


def test_a_common_noun_is_looked_up_by_nothing() -> None:
    member = Member(
        report="r", index=0, type=ActorType.AUTHORITY, names=("district court",), named=True,
        context="BY",
    )  # fmt: skip
    (node,) = body_nodes([member], {}, frozenset())
    assert node_keys(node) == ()
