"""What rulings teach of coders, where it is shown, filtered, exported and explained."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khronika.codebook.model import Codebook
from khronika.model.acts import Coding, When
from khronika.model.corrections import Correction
from khronika.model.reports import Report
from khronika.publish import FORMATS, ExportOptions
from khronika.review.recalibrate import LEAST
from khronika.workflows.parts import Parts
from khronika.workflows.record import Record
from khronika.workflows.reviewing.rows import Asked
from khronika.workflows.rows import ActRow, ShownAct
from workflows.toys import ToyCoder, a_capture, toy_parts

PEOPLE = [f"Person{chr(65 + n // 26)}{chr(97 + n % 26)} Lark" for n in range(60)]


class Modest(ToyCoder):
    """Gives arrests 0.4 and fines 0.6, and a date a little less."""

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        return [
            replace(
                coding,
                acts=tuple(
                    replace(
                        act,
                        confidence=chance,
                        rule=f"{act.kind}/verb/toy",
                        when=replace(act.when, confidence=chance - 0.1),
                    )
                    for act in coding.acts
                    for chance in [0.4 if act.kind == "arrest" else 0.6]
                ),
            )
            for coding in super().code(reports, codebook)
        ]


def modest_for(_language: str) -> Modest:
    return Modest()


def modest_parts() -> Parts:
    toys = toy_parts()
    return replace(toys, steps=replace(toys.steps, coder_for=modest_for))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", modest_parts()) as made:
        told = [
            f"{name} was {('arrested', 'fined')[n % 2]} on 2021-03-{1 + n % 28:02}."
            for n, name in enumerate(PEOPLE)
        ]
        made.add([a_capture(f"{n}.txt", "\n".join(told[n::3])) for n in range(3)])
        yield made


def accept(record: Record, number: int = 25) -> list[str]:
    acts = [row.act.id for row in record.acts(kind="arrest") if row.ruling is None][:number]
    for act in acts:
        record.rule("accept", [act], why="as told", reviewer="R")
    return acts


def unruled(record: Record, **filters: Any) -> list[ActRow]:
    return [row for row in record.acts(kind="arrest", **filters) if row.ruling is None]


def test_rulings_raise_what_is_shown_of_a_coder_that_is_too_modest(record: Record) -> None:
    accept(record, LEAST - 1)
    assert {row.act.confidence for row in record.acts(kind="arrest")} == {0.4}
    accept(record, 3)
    [(act, date)] = {
        (row.act.confidence, row.act.when.confidence) for row in record.acts(kind="arrest")
    }
    assert 0.5 < act < 0.95
    assert date is not None
    assert date == pytest.approx(act * 0.3 / 0.4, abs=0.001)


def test_a_threshold_means_what_is_shown(record: Record) -> None:
    assert unruled(record, at_least=0.5) == []
    accept(record)
    [edge] = {row.act.confidence for row in unruled(record)}
    assert edge > 0.5
    assert len(unruled(record, at_least=edge)) == 5
    assert unruled(record, at_least=edge + 0.001) == []
    assert len(record.incidents(kind="arrest", at_least=edge)) == 30
    assert len(record.incidents(kind="arrest", at_least=edge + 0.001)) == 25
    assert len(record.search("arrested", at_least=edge, limit=99)) == 30
    assert len(record.search("arrested", at_least=edge + 0.001, limit=99)) == 25


def test_an_export_holds_what_is_shown(record: Record, tmp_path: Path) -> None:
    accept(record)
    shown = {row.act.id: row.act.confidence for row in record.acts()}
    FORMATS["jsonl"](record.view(), tmp_path / "all", ExportOptions())
    lines = (tmp_path / "all" / "acts.jsonl").read_text("utf-8").splitlines()
    assert {each["id"]: each["confidence"] for each in map(json.loads, lines)} == shown
    FORMATS["jsonl"](record.view(0.5), tmp_path / "sure", ExportOptions())
    lines = (tmp_path / "sure" / "acts.jsonl").read_text("utf-8").splitlines()
    sure = {act for act, chance in shown.items() if chance >= 0.5}
    assert len(sure) == 60
    assert {json.loads(line)["id"] for line in lines} == sure


def test_why_says_both_numbers_and_how_many_rulings(record: Record) -> None:
    accept(record)
    act = unruled(record)[0].act.id
    shown = record.show(act)
    assert isinstance(shown, ShownAct)
    assert any("coder itself said 0.40; 25 rulings" in line for line in shown.why)
    sureness = record.review_item(act).sureness
    assert sureness is not None
    assert (sureness.coder, sureness.rulings) == (0.4, 25)
    assert sureness.expected == shown.row.act.confidence


def test_the_order_of_rulings_does_not_matter_and_taking_back_undoes(record: Record) -> None:
    accepted = accept(record)
    before = [row.act for row in record.acts(kind="arrest")]
    for ruling in record.rulings().standing("accept"):
        record.retract(ruling.id, why="again", reviewer="R")
    assert {row.act.confidence for row in record.acts(kind="arrest")} == {0.4}
    for act in reversed(accepted):
        record.rule("accept", [act], why="read again", reviewer="R")
    assert [row.act for row in record.acts(kind="arrest")] == before


def test_forms_and_the_queue_keep_to_what_coders_say(record: Record) -> None:
    asked = Asked(kind=("fine",))
    act = record.acts(kind="fine")[0].act.id
    version, queue = record.version(act), record.review_queue(asked)
    accept(record)
    assert record.version(act) == version
    assert record.review_queue(asked) == queue


def test_a_ruling_on_many_acts_counts_once(record: Record) -> None:
    acts = [row.act.id for row in record.acts(kind="arrest")]
    record.rule("accept", acts, why="as told", reviewer="R")
    assert {row.act.confidence for row in record.acts(kind="arrest")} == {0.4}


def test_what_a_person_corrected_teaches_nothing_of_the_coder(record: Record) -> None:
    one, *_ = accept(record, LEAST)
    record.correct(one, Correction(when=When()), why="no date", reviewer="R")
    assert {row.act.confidence for row in unruled(record)} == {0.4}


def test_a_way_that_is_often_rejected_is_told_with_what_to_do(record: Record) -> None:
    assert record.often_rejected() == ()
    for row in record.acts(kind="fine")[:5]:
        record.rule("reject", [row.act.id], why="not told", reviewer="R")
    accept(record, 5)
    [way] = record.often_rejected()
    assert (way.ruled.rule, way.ruled.rejected) == ("fine/verb/toy", 5)
    told = {row.rule: row.remedy for row in record.rules()}
    assert told == {"fine/verb/toy": way.remedy, "arrest/verb/toy": ""}
