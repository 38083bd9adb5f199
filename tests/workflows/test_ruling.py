from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khronika.codebook.model import Codebook
from khronika.linking import ContradictoryRulingsError
from khronika.linking.rulings import standing
from khronika.model.acts import Coding
from khronika.model.ids import incident_id
from khronika.model.links import Links, Ruling
from khronika.workflows.record import Record
from khronika.workflows.rows import ShownAct, ShownIncident
from khronika.workflows.ruling import RulingError
from khronika.workflows.rulings import kept_rulings
from khronika.workflows.showing import NoSuchThingError, SeveralThingsError
from workflows.toys import a_capture, captures, toy_link, toy_parts


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", toy_parts()) as made:
        made.add(captures())
        yield made


def test_a_rejected_act_leaves_the_incidents(record: Record) -> None:
    [incident] = record.incidents(kind="fine")
    first, second = (row.act.id for row in incident.tellings)
    result = record.rule("reject", [first], why="a namesake", reviewer="R")
    assert result.ruling.ids == (first,)
    [left] = record.incidents(kind="fine")
    assert left.incident.acts == (second,)
    assert first not in [row.act.id for row in record.acts()]
    assert [hit.acts for hit in record.search("finch kind:fine")] == [(second,)]
    assert first not in [act for hit in record.search("finch") for act in hit.acts]
    assert isinstance(record.show(first), ShownAct)


def test_rejecting_an_incident_rejects_its_acts(record: Record) -> None:
    [incident] = record.incidents(kind="fine")
    record.rule("reject", [incident.incident.id], why="withdrawn by the paper", reviewer="R")
    assert record.incidents(kind="fine") == []
    assert record.summary().acts == 2


def test_a_later_ruling_supersedes(record: Record) -> None:
    act = record.acts(kind="arrest")[0].act.id
    first = record.rule("reject", [act], why="a mistake", reviewer="R")
    second = record.rule("accept", [act], why="seen the file", reviewer="S")
    assert second.superseded == (first.ruling.id,)
    assert record.acts(kind="arrest")[0].ruling == second.ruling


def test_rulings_survive_recoding_and_rebuilding(record: Record) -> None:
    act = record.acts(kind="arrest")[0].act.id
    record.rule("reject", [act], why="a mistake", reviewer="R")
    record.recode()
    record.rebuild()
    assert act not in [row.act.id for row in record.acts()]


def test_a_ruling_whose_act_is_gone_is_queued(tmp_path: Path) -> None:
    path = tmp_path / "record"
    parts = toy_parts()
    with Record.create(path, parts) as record:
        record.add([a_capture("a.txt", "Ada Lark was fined on 2020-01-01.")])
        act = record.acts()[0].act.id
        record.rule("accept", [act], why="seen", reviewer="R")
    silent = replace(parts, steps=replace(parts.steps, coder_for=no_coder))
    with Record.open(path, silent) as record:
        done = record.recode()
        assert [(ruling.verb, gone) for ruling, gone in done.queued] == [("accept", (act,))]
        assert len(kept_rulings(record._store)) == 1
    with Record.open(path, parts) as record:
        assert record.recode().queued == ()
        assert record.acts()[0].ruling is not None


def no_coder(_language: str) -> None:
    return None


def test_a_ruling_needs_a_reason_and_things_of_one_sort(record: Record) -> None:
    act = record.acts()[0].act.id
    actor = record.actors()[0].id
    with pytest.raises(RulingError, match="reason"):
        record.rule("accept", [act], why="", reviewer="R")
    with pytest.raises(RulingError, match="neither"):
        record.rule("reject", [actor], why="x", reviewer="R")
    with pytest.raises(RulingError, match="two"):
        record.rule("same", [actor, act], why="x", reviewer="R")
    with pytest.raises(NoSuchThingError):
        record.rule("accept", ["act_0000"], why="x", reviewer="R")
    with pytest.raises(SeveralThingsError):
        record.show("act_")


def test_a_ruling_that_contradicts_others_is_not_kept(tmp_path: Path) -> None:
    parts = toy_parts()

    def strict_link(
        facts: Sequence[Any], codings: Sequence[Coding], rulings: Sequence[Ruling], book: Codebook
    ) -> Links:
        standing(rulings)
        return toy_link(facts, codings, rulings, book)

    with Record.create(tmp_path / "record", replace(parts, link=strict_link)) as record:
        record.add([*captures(), a_capture("g.txt", "Cleo Wren was fined on 2020-02-02.")])
        one, other, third = (row.incident.id for row in record.incidents())
        record.rule("same", [one, other], why="one day", reviewer="R")
        before = record.journal()
        with pytest.raises(ContradictoryRulingsError):
            record.rule("different", [one, other, third], why="two days", reviewer="R")
        assert record.journal() == before
        result = record.rule("different", [one, other], why="two days", reviewer="R")
        assert len(result.superseded) == 1


def test_former_ids_lead_to_what_is_there(record: Record) -> None:
    [incident] = record.incidents(kind="fine")
    last = incident.incident.acts[-1]
    shown = record.show(incident_id(last))
    assert isinstance(shown, ShownIncident)
    assert shown.incident == incident.incident
