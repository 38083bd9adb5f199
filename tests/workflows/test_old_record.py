from pathlib import Path

import pytest

from khronika.evidence.verdict import exit_status
from khronika.store.errors import OldLinksError
from khronika.workflows.record import Record
from store.test_links import as_first_version
from workflows.toys import captures, toy_parts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Record.create(tmp_path / "record", toy_parts()) as made:
        made.add(captures("a.txt", "b.txt"))
    as_first_version(tmp_path / "record")
    return tmp_path / "record"


def test_a_record_that_an_earlier_version_linked_says_what_to_do(path: Path) -> None:
    with Record.open(path, toy_parts()) as record:
        for look in (record.incidents, record.actors, record.view, record.summary):
            with pytest.raises(OldLinksError, match="khronika rebuild"):
                look()
        assert exit_status(record.verify()) == 4
        record.rebuild()
        assert [row.caption for row in record.actors()] == ["Ada Lark", "Bela Finch"]
        assert len(record.incidents()) == 2
        assert exit_status(record.verify()) == 0


def test_adding_to_a_record_that_an_earlier_version_linked_links_it_anew(path: Path) -> None:
    with Record.open(path, toy_parts()) as record:
        record.add(captures("c.txt"))
        assert len(record.incidents()) == 2
        assert exit_status(record.verify()) == 0


def test_rulings_of_an_earlier_version_are_read(tmp_path: Path) -> None:
    path = tmp_path / "record"
    with Record.create(path, toy_parts()) as made:
        made.add(captures("a.txt", "b.txt"))
        act = made.acts()[0].act.id
        ruling = made.rule("accept", [act], why="seen", reviewer="R").ruling
    as_first_version(path)
    with Record.open(path, toy_parts()) as record:
        record.rebuild()
        assert record.rulings().all == (ruling,)
        assert exit_status(record.verify()) == 0
