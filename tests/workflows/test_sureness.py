"""`at_least` in every look: acts, incidents, search and the export keep what is that sure."""

from dataclasses import replace
from pathlib import Path

import pytest

from khronika.ingest.captures import Given
from khronika.ingest.sources import read_sources
from khronika.model.links import Contradiction, Told
from khronika.workflows.record import Record
from khronika.workflows.sureness import sure_incident, sure_row

TEXT = """Velmora Watch
5 June 2023

On 3 June 2023 police in Velmora arrested the teacher Odessa Quill. She was beaten, her lawyer said.

Two days later a court fined Pavel Dorn 300 tenge. Some strangers had been watching the flat.
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("sureness")
    (folder / "a.txt").write_text(TEXT)
    made = Record.create(folder / "record")
    made.add(read_sources([str(folder / "a.txt")], Given()))
    return made


def test_acts_below_are_left_out_and_their_doubtful_parts_too(record: Record) -> None:
    every = record.acts()
    level = sorted(row.act.confidence for row in every)[len(every) // 2]
    kept = record.acts(at_least=level)
    assert {r.act.id for r in kept} == {r.act.id for r in every if r.act.confidence >= level}
    for row in kept:
        assert len(row.actors) == len(row.act.involvements)
        parts = [i for i in row.act.involvements if i.role.value != "source"]
        assert all(part.confidence is None or part.confidence >= level for part in parts)


def test_an_incident_says_nothing_that_its_sure_tellings_do_not(record: Record) -> None:
    level = max(row.act.confidence for row in record.acts())
    rows = record.incidents(at_least=level)
    assert 0 < len(rows) < len(record.incidents())
    for row in rows:
        names = {i.name for telling in row.tellings for i in telling.act.involvements}
        assert set(row.incident.victims) <= names
        assert row.incident.acts == tuple(telling.act.id for telling in row.tellings)


def test_a_search_finds_passages_that_tell_a_sure_act(record: Record) -> None:
    every = record.acts()
    level = max(row.act.confidence for row in every)
    sure = {row.act.id for row in every if row.act.confidence >= level}
    hits = record.search("Velmora OR fined OR beaten", at_least=level)
    assert {act for hit in hits for act in hit.acts} == sure
    assert all(hit.acts for hit in hits)
    assert record.search("Velmora OR fined OR beaten", at_least=1.0) == []


def test_accepting_makes_sure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with Record.create(tmp_path / "record") as made:
        made.add(read_sources([str(tmp_path / "a.txt")], Given()))
        first = made.acts()[0]
        made.rule("accept", [first.act.id], why="read it", reviewer="R")
        [kept] = made.acts(at_least=1.0)
        assert kept.act == first.act
        view = made.view(1.0)
        [coding] = [c for _, c in view.coded_reports() if c]
        assert coding.acts == (first.act,)


def test_a_contradiction_in_what_is_less_sure_is_none(record: Record) -> None:
    [row] = [r for r in record.incidents() if r.incident.kind == "arrest"]
    [telling] = row.tellings
    other = replace(telling, act=replace(telling.act, id="act_other"))
    told = tuple(Told(value=v, acts=(r.act.id,)) for v, r in (("1", telling), ("2", other)))
    incident = replace(
        row.incident,
        acts=(telling.act.id, "act_other"),
        contradictions=(Contradiction(attribute="when", values=told),),
    )
    both = (telling, other)
    assert sure_incident(incident, both, {}).contradictions == incident.contradictions
    unsure = tuple(sure_row(each, 0.999) for each in both)
    assert sure_incident(incident, unsure, {}).contradictions == ()
