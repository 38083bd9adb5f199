"""What a person decides: the queue, and rulings on real links, whatever happens after them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from khronika.model.links import Actor
from khronika.workflows.record import Record
from khronika.workflows.ruling import RulingError
from workflows.toys import a_capture, linking_parts

TEXTS = {
    "a.txt": "M Orlan was arrested on 2021-03-03.",
    "b.txt": "Marfa Orlan was arrested on 2021-03-09.",
    "c.txt": "Maksim Orlan was arrested on 2021-03-19.",
    "d.txt": "Anton Garidin was fined on 2021-04-01.",
    "e.txt": "Anton Garidin was fined on 2021-05-01.",
}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", linking_parts()) as made:
        made.add([a_capture(name, text) for name, text in TEXTS.items()])
        yield made


def actors(record: Record, name: str) -> list[Actor]:
    return record.actors(name=name)


def one(record: Record, name: str) -> str:
    [actor] = [each for each in actors(record, name) if name in each.names]
    return actor.id


def parts_of(record: Record, name: str) -> list[str]:
    [actor] = actors(record, name)
    return [actor.id, *actor.former_ids]


def test_an_initial_that_fits_two_is_asked_until_it_is_ruled_on(record: Record) -> None:
    asked = record.unsure().actors
    assert {(near.near.one, near.near.other) for _, near in asked} | {
        (near.near.other, near.near.one) for _, near in asked
    } >= {("M Orlan", "Marfa Orlan"), ("M Orlan", "Maksim Orlan")}
    assert all(near.one and near.other for _, near in asked)
    for verb, (first, near) in zip(("left", "different"), asked, strict=True):
        record.rule(verb, [first, near.id], why="read both", reviewer="R")  # type: ignore[arg-type]
    assert record.unsure().actors == ()
    assert len(actors(record, "Orlan")) == 3


def test_the_same_holds_through_recoding_rebuilding_and_other_reports(record: Record) -> None:
    record.rule(
        "same", [one(record, "M Orlan"), one(record, "Marfa Orlan")], why="seen", reviewer="R"
    )
    assert len(actors(record, "Orlan")) == 2
    record.recode()
    record.rebuild()
    record.add([a_capture("0.txt", "Marfa Orlan was fined on 2020-01-01.")])
    record.withdraw(record.acts(kind="fine")[-1].report.id, why="asked to")
    [joined] = [actor for actor in actors(record, "Orlan") if len(actor.names) == 2]
    assert joined.names == ("M Orlan", "Marfa Orlan")
    assert len(joined.reports) == 3


def test_namesakes_are_parted_by_what_each_alone_would_be_called(record: Record) -> None:
    ids = parts_of(record, "Garidin")
    record.rule("different", ids, why="father and son", reviewer="R")
    assert len(actors(record, "Garidin")) == 2
    record.recode()
    assert len(actors(record, "Garidin")) == 2
    record.rule("same", ids, why="one after all", reviewer="R")
    assert len(actors(record, "Garidin")) == 1


def test_a_ruling_whose_thing_is_gone_waits_and_says_so(record: Record, tmp_path: Path) -> None:
    ids = parts_of(record, "Garidin")
    record.rule("different", ids, why="father and son", reviewer="R")
    parts = linking_parts()
    record.use(replace(parts, steps=replace(parts.steps, coder_for=lambda _: None)))
    record.recode()
    [(ruling, gone)] = record.unsure().waiting
    assert (ruling.verb, set(gone)) == ("different", set(ids))
    record.use(parts)
    record.recode()
    assert record.unsure().waiting == ()
    assert len(actors(record, "Garidin")) == 2


def test_only_named_actors_of_one_sort_are_the_same(record: Record) -> None:
    with pytest.raises(RulingError):
        record.rule("same", [one(record, "Marfa Orlan")] * 2, why="x", reviewer="R")
