"""Actors in a list and one by one, read from the tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.store.store import Store
from khronika.workflows.browsing import actor as one
from khronika.workflows.browsing import actor_parts as parts
from khronika.workflows.browsing.actors import (
    ActorLine,
    Asked,
    actor_lines,
    actors_in_all,
    countries_of_actors,
    letters,
)
from khronika.workflows.record import Record
from workflows.browsing.samples import NASTY
from workflows.browsing.society import POLICE, a_society


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("actors") / "record"
    with a_society(path) as made:
        yield made


@pytest.fixture(scope="module")
def store(record: Record) -> Store:
    return record.store


def lines(store: Store, **asked: object) -> list[ActorLine]:
    return list(actor_lines(store, Asked(**asked), 0, 100))  # type: ignore[arg-type]


def captions(store: Store, **asked: object) -> list[str]:
    return [each.caption for each in lines(store, **asked)]


def id_of(store: Store, name: str) -> str:
    [found] = [each.id for each in lines(store) if each.caption == name]
    return found


def test_the_most_mentioned_come_first(store: Store) -> None:
    every = lines(store)
    assert every[0].caption == "Marfa Orlan"
    assert [each.mentions for each in every] == sorted((e.mentions for e in every), reverse=True)
    assert every[0].reports == 3
    assert {"victim"} <= set(every[0].roles)


def test_names_are_in_order_whatever_their_case(store: Store) -> None:
    found = captions(store, sort="name")
    assert found.index("Body 147") < found.index("Lantern") < found.index("Maksim Orlan")
    assert captions(store, sort="name", letter="l")[0] == "Lantern"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "orl mar"}, {"Marfa Orlan"}),
        ({"name": "ОРЛАН"}, {"Marfa Orlan"}),
        ({"name": "!?"}, set()),
        ({"name": "% _"}, set()),
        ({"type": "authority"}, {POLICE, "Ministry of Light"}),
        ({"country": "KZ", "role": "addressee"}, {"Ministry of Light"}),
        ({"role": "alleged-perpetrator"}, {POLICE}),
        ({"role": "perpetrator"}, {POLICE}),
        ({"reports": 3}, {"Marfa Orlan"}),
        ({"name": "orlan", "role": "source"}, {"Maksim Orlan"}),
        ({"name": "nobody"}, set()),
    ],
)
def test_actors_are_narrowed(store: Store, asked: dict[str, object], found: set[str]) -> None:
    assert set(captions(store, **asked)) == found
    for sort in ("name", "mentions"):
        total = actors_in_all(store, Asked(sort=sort, **asked))  # type: ignore[arg-type]
        assert (total.number, total.more) == (len(found), False)


def test_pages_hold_every_actor_once(store: Store) -> None:
    every = [each.id for each in lines(store, sort="name")]
    paged = [actor_lines(store, Asked(sort="name"), start, 2) for start in range(0, 20, 2)]
    assert [each.id for page in paged for each in page] == every
    assert actors_in_all(store, Asked()).number == len(every)


def test_letters_and_countries_are_those_there_are(store: Store) -> None:
    assert set("blmn") <= set(letters(store))
    assert list(letters(store)) == sorted(letters(store))
    assert countries_of_actors(store) == ("KZ",)


def test_no_role_calls_anybody_a_perpetrator_outright(store: Store) -> None:
    assert all("perpetrator" not in each.roles for each in lines(store))


def test_an_actor_by_its_id(store: Store) -> None:
    head = one.head(store, id_of(store, "Marfa Orlan"))
    assert head is not None
    assert (head.type, head.reports) == ("person", 3)
    assert head.former
    assert all(each != head.id for each in head.former)
    for asked in ("per_0", "", "' OR 1=1", NASTY):
        assert one.head(store, asked) is None


def test_spellings_stand_where_they_say(record: Record, store: Store) -> None:
    head = one.head(store, id_of(store, "Marfa Orlan"))
    assert head is not None
    found = {each.name: each for each in one.spellings(store, head)}
    assert set(found) == {"Marfa Orlan", "Марфа Орлан"}
    first, other = found["Marfa Orlan"], found["Марфа Орлан"]
    assert (first.script, first.latin, first.home and first.home.name) == ("Latn", "", "arrest.txt")
    assert (other.script, other.latin) == ("Cyrl", "Marfa Orlan")
    assert first.home is not None
    text = (record.store.part(first.home.id, "text") or b"").decode()
    assert text[first.start : first.end] == first.exact
    assert text[: first.start].endswith(first.before)


def test_parts_are_told_as_alleged_unless_the_doer_says_so(store: Store) -> None:
    police = id_of(store, POLICE)
    found = parts.taken_by(store, police)
    assert found.roles == (("alleged-perpetrator", 1),)
    [incident] = found.incidents_as()
    assert found.incidents_as("victim") == ()
    [episode] = parts.episodes(store, police, found, [incident])
    assert episode.roles == (("perpetrator", True),)
    assert len(episode.tellings) == 2
    assert all(POLICE in each.quote for each in episode.tellings)


def test_of_many_tellings_each_role_is_shown() -> None:
    roles = ["victim"] * 9 + ["source", "victim"]
    many = [
        parts.Part(act=f"a{n}", incident="i", role=role, kind="arrest", when_from="", when_to="")
        for n, role in enumerate(roles)
    ]
    assert parts._some(many) == ("a0", "a9", "a1", "a2", "a3", "a4")


def test_company_counts_incidents_with_both(store: Store) -> None:
    marfa = id_of(store, "Marfa Orlan")
    found = parts.company(store, marfa, parts.taken_by(store, marfa))
    assert {each.caption: each.roles for each in found.beside} == {POLICE: ("alleged-perpetrator",)}
    assert (found.of, found.read, found.others) == (1, 1, 1)
    assert all(each.own == ("victim",) for each in found.beside)


def test_affiliations_of_the_same_words_are_one(store: Store) -> None:
    head = one.head(store, id_of(store, "Marfa Orlan"))
    assert head is not None
    [tie] = one.affiliations(store, head)
    assert (tie.role, tie.other) == ("editor", "Lantern")
    assert [each.report.name for each in tie.told] == ["arrest.txt", "again.txt"]
    assert one.lists_that_name(store, head.id) == ()


def test_reasons_are_those_of_linking(record: Record, store: Store) -> None:
    found = one.reasons(store, id_of(store, "Marfa Orlan"), record.parts.engine)
    assert found is not None
    assert all(each.caption != "Marfa Orlan" for each in found.near)
    assert one.reasons(store, id_of(store, "Marfa Orlan"), "another engine") is None


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Mira", "Latn"),
        ("«Міра»", "Cyrl"),
        ("میرا", "Arab"),
        ("12", ""),
        ("𐎠", "Zyyy"),
        ("米", "Hani"),
    ],
)
def test_scripts_are_told_by_the_first_letter(name: str, script: str) -> None:
    assert one.script_of(name) == script
