from collections.abc import Iterator

import pytest

from khronika.workflows.browsing.neighbours import neighbours
from khronika.workflows.record import Record
from workflows.toys import captures, toy_parts


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("neighbours")
    with Record.at(folder / "record", toy_parts()) as made:
        made.add(captures())
        yield made


def test_who_has_a_part_in_the_same_incidents(record: Record) -> None:
    for actor in record.actors():
        found = neighbours(record.store, actor.id, {})
        assert found is not None
        assert found.centre.caption == actor.caption
        ids = {found.centre.id, *(each.id for each in found.others)}
        assert all(one in ids and other in ids for one, other, _ in found.ties)
        with_centre = {
            other if one == actor.id else one: number
            for one, other, number in found.ties
            if actor.id in (one, other)
        }
        assert with_centre == {each.id: each.shared for each in found.others}


@pytest.mark.parametrize("asked", ["", "per_nobody", "\x00", "'; drop table act --"])
def test_who_is_not_there_has_no_neighbours(record: Record, asked: str) -> None:
    assert neighbours(record.store, asked, {}) is None
