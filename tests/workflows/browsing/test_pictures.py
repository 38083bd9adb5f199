from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from khronika.publish.selection import standing
from khronika.store import schema
from khronika.workflows.browsing.columns import every_incident, read_incidents
from khronika.workflows.browsing.facets import Choice, Incidents
from khronika.workflows.browsing.pictures import (
    located_in,
    marks,
    marks_of,
    month_counts,
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
    located = located_in(record.store, every, {})
    found = whereabouts(every, located, every.kept(ALL))
    assert found.incidents == len(record.incidents())
    assert found.nowhere == found.incidents - sum(
        bool(row.incident.countries) for row in record.incidents()
    )


def place(act: str, geonameid: int | None, idx: int = 0) -> dict[str, object]:
    return {
        "act_id": act,
        "idx": idx,
        "name": "X",
        "exact": "X",
        "start": 0,
        "end": 1,
        "place": f"Place {geonameid}",
        "country": "KZ",
        "geonameid": geonameid,
    }


def test_places_are_those_of_acts_that_nobody_rejected(tmp_path: Path) -> None:
    with Record.at(tmp_path / "record", toy_parts()) as record:
        record.add(captures())
        of = {row.act.id: row.incident for row in record.acts()}
        shared = next(each for each in of.values() if list(of.values()).count(each) > 1)
        twice = [act for act, incident in of.items() if incident == shared]
        other = next(act for act, incident in of.items() if incident != shared)
        with record.store.engine.begin() as connection:
            rows = [place(twice[0], 1), place(twice[1], 2), place(other, 2), place(other, None, 1)]
            connection.execute(insert(schema.location), rows)

        def counted() -> dict[int, int]:
            every = every_incident(record.store)
            rulings = standing(kept_rulings(record.store))
            located = located_in(record.store, every, rulings)
            found = whereabouts(every, located, every.kept(ALL))
            return {each.geonameid: each.number for each in found.places}

        assert counted() == {1: 1, 2: 2}
        record.rule("reject", [twice[1]], why="not this one", reviewer="R. Viewer")
        assert counted() == {1: 1, 2: 1}
