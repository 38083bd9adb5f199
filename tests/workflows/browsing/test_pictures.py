from collections.abc import Iterator

import pytest

from khronika.publish.selection import standing
from khronika.workflows.browsing.facets import Choice, Incidents, read_incidents
from khronika.workflows.browsing.pictures import (
    marks,
    marks_of,
    month_counts,
    neighbours,
    read_located,
    whereabouts,
)
from khronika.workflows.record import Record
from khronika.workflows.rulings import kept_rulings
from workflows.toys import captures, toy_parts

ALL = Choice()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("pictures")
    with Record.at(folder / "record", toy_parts()) as made:
        made.add(captures())
        yield made


@pytest.fixture(scope="module")
def every(record: Record) -> Incidents:
    return read_incidents(record.store)


def test_incidents_are_counted_by_month_and_kind(record: Record, every: Incidents) -> None:
    found = month_counts(every, every.kept(ALL))
    assert sum(each.number for each in found) == len(record.incidents())
    assert [(each.first, each.last, each.number) for each in found if each.first] == [
        ("2021-03", "2021-03", 1),
        ("2021-05", "2021-05", 1),
    ]


def test_a_choice_narrows_what_is_counted(record: Record, every: Incidents) -> None:
    kind = record.incidents()[0].incident.kind
    kept = every.kept(Choice(kind=(kind,)))
    counted = sum(each.number for each in month_counts(every, kept))
    assert counted == len(record.incidents(kind=kind))
    nothing = every.kept(Choice(until="1990"))
    assert month_counts(every, nothing) == ()
    assert marks(record.store, every, nothing).marks == ()
    assert marks(record.store, every, nothing).last is None


def test_marks_are_in_the_order_of_time(record: Record, every: Incidents) -> None:
    found = marks(record.store, every, every.kept(ALL))
    assert [str(each.first) for each in found.marks] == ["2021-03-04", "2021-05-06"]
    assert [each.edtf for each in found.lines] == ["2021-03-04", "2021-05-06"]
    assert found.last == found.lines[-1]
    assert found.dated + found.undated == len(record.incidents())


def test_of_very_many_near_ones_are_one_mark(
    record: Record, every: Incidents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khronika.workflows.browsing.pictures.MOST_MARKS", 1)
    found = marks(record.store, every, every.kept(ALL))
    assert sum(each.number for each in found.marks) == found.dated == 2
    assert [each.edtf for each in found.lines] == ["2021-03-04", "2021-05-06"]


def test_marks_of_an_actor_are_those_of_its_incidents(record: Record) -> None:
    rulings = standing(kept_rulings(record.store))
    for actor in record.actors():
        found = marks_of(record.store, actor.id, rulings)
        assert found.dated + found.undated == len(record.incidents(actor=actor.id))


def test_what_is_nowhere_is_counted(record: Record, every: Incidents) -> None:
    located = read_located(record.store, every, {})
    found = whereabouts(every, located, every.kept(ALL))
    assert found.incidents == len(record.incidents())
    assert found.nowhere == found.incidents - sum(
        bool(row.incident.countries) for row in record.incidents()
    )


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
