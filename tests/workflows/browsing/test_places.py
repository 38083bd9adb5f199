"""Places, read from the tables: numbers, scenes, names as printed, what was ambiguous."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.store.store import Store
from khronika.workflows.browsing import places
from khronika.workflows.record import Record
from workflows.browsing.samples import NASTY
from workflows.browsing.society import a_society


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("places") / "record"
    with a_society(path) as made:
        yield made


@pytest.fixture(scope="module")
def store(record: Record) -> Store:
    return record.store


def test_the_atlas_counts_incidents_and_acts(store: Store) -> None:
    found = places.atlas(store)
    [kz] = found.countries
    assert (kz.key, kz.incidents, kz.acts) == ("KZ", 1, 2)
    assert {(each.name, each.certain) for each in found.places} == {
        ("Norvale", True),
        ("Norvale", False),
        (NASTY, False),
    }
    assert (found.placed, found.without) == (3, 3)
    assert [each.key for each in found.of_country("KZ")] == ["700001"]
    assert found.line("KZ") == kz
    assert found.line("") is None


@pytest.mark.parametrize("key", ["KZ", "kz", "700001"])
def test_scenes_hold_the_tellings_that_place_them_there(store: Store, key: str) -> None:
    [incident] = places.incidents_at(store, key)
    [scene] = places.scenes(store, key, [incident])
    assert (scene.kind, scene.when, len(scene.tellings)) == ("arrest", "2023-03-13", 2)
    assert all("Norvale" in each.quote for each in scene.tellings)


def test_a_printed_name_is_no_place_of_the_gazetteer(store: Store) -> None:
    [incident] = places.incidents_at(store, "printed-norvale")
    [scene] = places.scenes(store, "printed-norvale", [incident])
    assert scene.kind == "designation"
    known = places.atlas(store)
    [name] = places.printed(store, "printed-norvale", known)
    assert (name.name, name.acts, name.act.row.report.name) == (
        "Norvale",
        1,
        "again-register.txt",
    )
    assert [each.key for each in name.elsewhere] == ["700001"]
    [certain] = places.printed(store, "700001", known)
    assert [each.key for each in certain.elsewhere] == ["printed-norvale"]
    assert places.printed(store, "KZ", known)[0].elsewhere == ()


@pytest.mark.parametrize(
    "key", ["", "ZZ", "0", "9" * 30, "printed-", "printed", "%", "' OR 1=1 --"]
)
def test_no_odd_key_finds_a_place(store: Store, key: str) -> None:
    assert places.incidents_at(store, key) == ()
    assert places.scenes(store, key, ["inc_0"]) == ()
    assert places.printed(store, key, places.Atlas()) == ()


def test_an_empty_record_has_no_places(tmp_path: Path) -> None:
    with Record.create(tmp_path / "record") as record:
        assert places.atlas(record.store) == places.Atlas()
