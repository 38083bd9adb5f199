from collections.abc import Iterator
from dataclasses import replace

import pytest

from khronika.workflows.browsing.pictures import (
    marks,
    month_counts,
    neighbours,
    whereabouts,
)
from khronika.workflows.record import Record
from khronika.workflows.rows import Filters
from workflows.toys import captures, toy_parts


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("pictures")
    with Record.at(folder / "record", toy_parts()) as made:
        made.add(captures())
        yield made


def test_incidents_are_counted_by_month_and_kind(record: Record) -> None:
    found = month_counts(record.store)
    assert sum(each.number for each in found) == len(record.incidents())
    dated = [each for each in found if each.first]
    assert [(each.first, each.last, each.number) for each in dated] == [
        ("2021-03", "2021-03", 1),
        ("2021-05", "2021-05", 1),
    ]


def test_filters_narrow_what_is_counted(record: Record) -> None:
    kind = marks(record.store).dated[0].kind
    filters = Filters(kind=(kind,))
    assert sum(each.number for each in month_counts(record.store, filters)) == len(
        record.incidents(kind=kind)
    )
    assert month_counts(record.store, replace(filters, until="1990")) == ()
    assert marks(record.store, Filters(until="1990")).dated == ()


def test_marks_are_in_the_order_of_time(record: Record) -> None:
    found = marks(record.store)
    assert [each.first for each in found.dated] == sorted(each.first for each in found.dated)
    assert len(found.dated) + found.undated == len(record.incidents())


def test_what_is_nowhere_is_counted(record: Record) -> None:
    found = whereabouts(record.store)
    assert found.incidents == len(record.incidents())
    assert found.nowhere == found.incidents - sum(
        bool(row.incident.countries) for row in record.incidents()
    )


def test_who_has_a_part_in_the_same_incidents(record: Record) -> None:
    for actor in record.actors():
        found = neighbours(record.store, actor.id)
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
    assert neighbours(record.store, asked) is None
