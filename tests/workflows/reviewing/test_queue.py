"""The review queue: what is in it, in what order, and that it is the same however it was made."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khronika.codebook.model import Codebook
from khronika.model.acts import Coding, When
from khronika.model.reports import Report
from khronika.review.priority import Sort
from khronika.store.lock import writer_lock
from khronika.workflows.record import Record
from khronika.workflows.reviewing.errors import NoSuchItemError
from khronika.workflows.reviewing.rows import Asked, QueueRow
from khronika.workflows.ruling import Verb
from store.test_links import as_first_version
from workflows.toys import ToyCoder, a_capture, linking_parts, toy_parts

TEXTS = {
    "a.txt": "M Orlan was arrested on 2021-03-03.",
    "b.txt": "Marfa Orlan was arrested on 2021-03-09.",
    "c.txt": "Maksim Orlan was arrested on 2021-03-19.",
    "d.txt": "Anton Garidin was fined on 2021-04-01.\nHe did not pay.",
    "e.txt": "Anton Garidin was fined on 2021-05-01.",
}
TABLES = ("queue", "queue_about")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", linking_parts()) as made:
        made.add([a_capture(name, text) for name, text in TEXTS.items()])
        yield made


def raw(record: Record) -> sqlite3.Connection:
    return sqlite3.connect(record.path / "record.db")


def rows(record: Record) -> dict[str, list[Any]]:
    """The tables of the queue; numbers of clusters are linking's own and differ."""
    connection = raw(record)
    found = {
        table: sorted(
            row
            for row in connection.execute(f"SELECT * FROM {table}")
            if not str(row[0]).startswith("home:")
        )
        for table in TABLES
    }
    connection.close()
    return found


def made_anew(record: Record) -> dict[str, list[Any]]:
    connection = raw(record)
    connection.execute("INSERT OR IGNORE INTO queue_due VALUES ('all', '')")
    connection.commit()
    connection.close()
    record.review_queue()
    return rows(record)


def acts(record: Record) -> list[QueueRow]:
    return record.review_queue(Asked(sort=("act",)))


def pairs(record: Record) -> list[QueueRow]:
    return record.review_queue(Asked(sort=("actors", "incidents")))


def test_every_act_waits_with_its_quotation_and_reasons(record: Record) -> None:
    found = acts(record)
    assert {row.texts[0] for row in found} == {text.split("\n")[0] for text in TEXTS.values()}
    assert all(row.open and row.reasons and row.report is not None for row in found)
    assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)
    assert record.review_counts().total == len(record.review_queue(limit=None))
    assert record.review_counts().by_kind["arrest"] >= 3


def test_pairs_that_may_be_one_wait_until_they_are_ruled_on(record: Record) -> None:
    first, second = pairs(record)
    assert {first.sort, second.sort} == {Sort.ACTORS}
    verbs: tuple[Verb, ...] = ("left", "different")
    for verb in verbs:
        result = record.rule(verb, first.about, why="read both", reviewer="R")
        assert first.id not in {row.id for row in pairs(record)}
        record.retract(result.ruling.id, why="too soon", reviewer="R")
        assert pairs(record) == [first, second]
    record.rule("same", first.about, why="one person", reviewer="R")
    assert first.id not in {row.id for row in record.review_queue(Asked(closed=True))}


def test_an_act_leaves_when_it_is_ruled_on_or_set_aside(record: Record) -> None:
    one, two, three, *_ = acts(record)
    record.rule("accept", one.about, why="read", reviewer="R")
    record.rule("reject", two.about, why="read", reviewer="R")
    aside = record.rule("left", three.about, why="not now", reviewer="R")
    left = {row.id for row in acts(record)}
    assert left.isdisjoint({one.id, two.id, three.id})
    assert {one.id, two.id} <= {row.id for row in record.review_queue(Asked(closed=True))}
    record.retract(aside.ruling.id, why="now", reviewer="R")
    assert three.id in {row.id for row in acts(record)}


def test_a_ruling_whose_act_is_gone_comes_first_of_all(record: Record) -> None:
    one, two, *_ = acts(record)
    record.rule("accept", [one.id, two.id], why="read", reviewer="R")
    assert one.report is not None
    record.withdraw(one.report.id, why="asked to")
    first = record.review_queue()[0]
    assert first.sort is Sort.RULING
    item = record.review_item(first.id)
    assert item.gone == (one.id,)
    assert item.ruling is not None
    assert [telling.row.act.id for telling in item.tellings] == [two.id]


def test_the_queue_is_the_same_however_it_was_made(record: Record) -> None:
    def the_same() -> None:
        assert rows(record) == made_anew(record)

    the_same()
    one, two, *_ = acts(record)
    record.rule("accept", one.about, why="read", reviewer="R")
    record.rule("left", two.about, why="later", reviewer="R")
    the_same()
    first, _ = pairs(record)
    record.rule("same", first.about, why="one person", reviewer="R")
    the_same()
    record.add([a_capture("f.txt", "Marfa Orlan was fined on 2020-01-01.")])
    the_same()
    assert two.report is not None
    record.withdraw(two.report.id, why="asked to")
    the_same()
    record.recode()
    the_same()
    before = rows(record)
    record.rebuild()
    assert rows(record) == before


def test_a_rebuilt_record_has_the_same_queue(record: Record) -> None:
    one, *_ = acts(record)
    record.rule("accept", one.about, why="read", reviewer="R")
    before = rows(record)
    assert any("~" in row[0] for row in before["queue"])
    record.rebuild()
    assert rows(record) == before
    assert made_anew(record) == before
    assert record.review_item(pairs(record)[0].id).pair is not None


def test_pages_follow_each_other_without_gap(record: Record) -> None:
    everything = [row.id for row in record.review_queue(limit=None)]
    found: list[str] = []
    while page := record.review_queue(after=found[-1] if found else "", limit=2):
        found += [row.id for row in page]
    assert found == everything


def test_filters_narrow_the_queue(record: Record) -> None:
    assert {row.kind for row in record.review_queue(Asked(kind=("fine",)))} == {"fine"}
    [act] = [row for row in acts(record) if "Marfa" in row.texts[0]]
    assert act.report is not None
    assert record.review_queue(Asked(report=act.report.id)) == [act]
    [actor] = record.actors(name="Marfa Orlan")
    found = record.review_queue(Asked(actor=actor.id))
    assert {row.sort for row in found} == {Sort.ACT, Sort.ACTORS}
    assert record.review_queue(Asked(kind=("no-such",), actor="x'); --")) == []
    assert record.review_counts(Asked(kind=("no-such",))).total == 0


def test_an_item_shows_the_quotation_among_its_neighbours(record: Record) -> None:
    [row] = [row for row in acts(record) if "2021-04-01" in row.texts[0]]
    item = record.review_item(row.id)
    assert item.act is not None
    told, after = item.context
    assert "".join(piece.text for piece in told.pieces) == TEXTS["d.txt"].split("\n")[0]
    assert "".join(piece.text for piece in after.pieces) == "He did not pay."
    labels = {piece.text: set(piece.labels) for piece in told.pieces}
    assert labels["Anton Garidin"] == {"quote", "victim"}
    assert labels["fined"] == {"quote", "act"}
    assert labels["2021-04-01"] == {"quote", "when"}
    assert set(item.versions) == {row.id}
    assert item.left == record.review_counts().total


def test_next_and_previous_walk_the_queue_even_from_what_was_ruled_on(record: Record) -> None:
    order = [row.id for row in acts(record)]
    asked = Asked(sort=("act",))
    assert record.review_item(order[0], asked).previous == ""
    assert record.review_item(order[0], asked).next == order[1]
    assert record.review_item(order[-1], asked).next == ""
    record.rule("accept", [order[1]], why="read", reviewer="R")
    item = record.review_item(order[1], asked)
    assert (item.previous, item.next) == (order[0], order[2])
    assert not item.row.open
    assert [ruling.verb for ruling in item.rulings] == ["accept"]


def test_a_pair_shows_both_sides_with_the_evidence(record: Record) -> None:
    item = record.review_item(pairs(record)[0].id)
    assert item.pair is not None
    assert item.pair.actor is not None
    assert item.pair.actor.near.evidence
    assert {item.pair.one, item.pair.actor.id} == set(item.row.about)
    assert len(item.pair.excerpts) == 2
    assert sorted(item.pair.captions) == sorted(item.row.texts)
    assert set(item.versions) == set(item.row.about)


@pytest.mark.parametrize("asked", ["", "act_0", "x" * 5000, "'; DROP TABLE queue; --", "\x00"])
def test_an_item_that_is_not_there_is_refused_plainly(record: Record, asked: str) -> None:
    with pytest.raises(NoSuchItemError):
        record.review_item(asked)
    assert record.review_queue(after=asked)


def test_an_empty_record_has_an_empty_queue(tmp_path: Path) -> None:
    with Record.create(tmp_path / "empty", toy_parts()) as record:
        assert record.review_queue() == []
        assert record.review_counts().total == 0


def test_a_queue_that_is_behind_is_shown_as_it_is_while_another_writes(record: Record) -> None:
    connection = raw(record)
    connection.execute("INSERT INTO queue_due VALUES ('all', '')")
    connection.execute("DELETE FROM queue")
    connection.commit()
    connection.close()
    with writer_lock(record.path):
        assert record.review_queue() == []
    assert len(acts(record)) == len(TEXTS)


def test_the_queue_is_brought_up_after_a_record_of_an_earlier_version_is_opened(
    record: Record,
) -> None:
    before = rows(record)
    as_first_version(record.path)
    with Record.open(record.path, linking_parts()) as again:
        again.rebuild()
        assert rows(again) == before


def test_what_waits_holds_no_words_of_reports(record: Record) -> None:
    assert "Orlan" not in repr(rows(record))


class Otherwise(ToyCoder):
    """Says nothing of dates."""

    name = "toy 2"

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        return [
            replace(coding, acts=tuple(replace(act, when=When()) for act in coding.acts))
            for coding in super().code(reports, codebook)
        ]


@pytest.mark.parametrize("verb", ["accept", "left"])
def test_an_act_waits_again_if_another_coding_says_something_else(
    record: Record, verb: Verb
) -> None:
    one = acts(record)[0]
    record.rule(verb, one.about, why="read", reviewer="R")
    record.recode()
    assert one.id not in {row.id for row in acts(record)}
    steps = replace(record.parts.steps, coder_for=lambda _: Otherwise())
    record.use(replace(record.parts, steps=steps))
    record.recode()
    assert one.id in {row.id for row in acts(record)}
    record.rule(verb, one.about, why="read again", reviewer="R")
    assert one.id not in {row.id for row in acts(record)}
    assert rows(record) == made_anew(record)
