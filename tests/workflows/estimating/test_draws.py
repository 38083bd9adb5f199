"""Linkage carried through: who is who is drawn by how sure linking is, and rulings stand."""

from pathlib import Path

import numpy as np
import pytest

from khronika.workflows.estimating.draws import Linkage
from khronika.workflows.estimating.question import Question
from khronika.workflows.record import Record
from workflows.estimating.invented import a_record, arrested, lists_of_people

ARREST = Question(kind=("arrest",))
# Of the two M Orlan may be either; the two Annas may be one; of the rest linking is sure.
UNSURE = [
    ("Heron Record", "Marfa Orlan", "2021-03-04"),
    ("Plover Committee", "M Orlan", "2021-03-09"),
    ("Curlew Dispatch", "Maksim Orlan", "2021-03-19"),
    ("Heron Record", "Gottfried Ravensworthy", "2021-03-04"),
    ("Plover Committee", "Gottfried Ravensworthy", "2021-03-04"),
]


def drawn(record: Record, draws: int = 40, seed: int = 5) -> Linkage:
    found = record.drawn(record.captures(ARREST), draws=draws, seed=seed)
    assert found is not None
    return found


@pytest.fixture
def record(tmp_path: Path) -> Record:
    reports = [
        (f"{n}.txt", arrested(who, day, manner=n), {"publisher": publisher, "published": day})
        for n, (publisher, who, day) in enumerate(UNSURE)
    ]
    return a_record(tmp_path / "record", reports)


def test_of_two_who_may_be_meant_each_is_drawn(record: Record) -> None:
    assert record.captures(ARREST).parts[0].table.n == 4
    linkage = drawn(record)
    assert linkage.unsure == 2
    [tables] = linkage.parts.values()
    assert {table.n for table in tables.draws} == {3}
    assert tables.distinct == 2  # with the one, with the other
    assert tables.looser.n == 3


def test_the_same_seed_draws_the_same_tables(record: Record) -> None:
    first, again, other = drawn(record), drawn(record), drawn(record, seed=6)
    digests = [[t.digest for t in one.parts[""].draws] for one in (first, again, other)]
    assert digests[0] == digests[1] != digests[2]


def test_what_a_reviewer_ruled_holds_in_every_draw(record: Record) -> None:
    ids = {actor.caption: actor.id for actor in record.actors(name="Orlan")}
    for other in ("Marfa Orlan", "Maksim Orlan"):
        record.rule("different", [ids["M Orlan"], ids[other]], why="read both", reviewer="R")
    linkage = drawn(record)
    assert linkage.unsure == 0
    assert {table.n for table in linkage.parts[""].draws} == {4}
    assert linkage.parts[""].looser.n == 4


def test_what_linking_is_sure_of_is_never_parted(tmp_path: Path) -> None:
    told = {"Heron Record": range(8), "Plover Committee": range(4, 12)}
    with a_record(tmp_path / "record", lists_of_people(told)) as record:
        linkage = drawn(record, draws=10)
        table = record.captures(ARREST).parts[0].table
    assert {each.digest for each in linkage.parts[""].draws} == {table.digest}
    assert linkage.parts[""].stricter.digest == linkage.parts[""].looser.digest == table.digest


def test_common_names_may_be_of_two(tmp_path: Path) -> None:
    reports = [
        (f"{n}.txt", arrested("Ivan Ivanov", day, manner=n), {"publisher": publisher})
        for n, (publisher, day) in enumerate(
            (("Heron Record", "2019-03-04"), ("Plover Committee", "2021-07-09"))
        )
    ]
    with a_record(tmp_path / "record", reports) as record:
        linkage = drawn(record, draws=200)
        assert record.captures(ARREST).parts[0].table.n == 1
    assert linkage.namesakes == 1
    people = np.array([table.n for table in linkage.parts[""].draws])
    assert set(people.tolist()) == {1, 2}
    assert (people == 1).mean() == pytest.approx(0.95, abs=0.05)
    assert linkage.parts[""].stricter.n == 2


def test_an_initial_that_fits_one_is_mostly_but_not_always_theirs(tmp_path: Path) -> None:
    reports = [
        (f"{n}.txt", arrested(who, "2021-03-04", manner=n), {"publisher": publisher})
        for n, (publisher, who) in enumerate(
            (("Heron Record", "Anna Petrova"), ("Plover Committee", "A Petrova"))
        )
    ]
    with a_record(tmp_path / "record", reports) as record:
        linkage = drawn(record, draws=200)
    tables = linkage.parts[""]
    people = np.array([table.n for table in tables.draws])
    assert (people == 1).mean() == pytest.approx(0.84, abs=0.08)
    assert tables.distinct == 2
    assert (tables.stricter.n, tables.looser.n) == (2, 1)
