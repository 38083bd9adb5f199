"""Corrections, added acts, notes and what takes them back; every name is invented."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khronika.evidence.verdict import exit_status
from khronika.model.acts import ActorType, Count, Modality, Role, When, Where
from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction, Filler
from khronika.review.checked import CorrectionError
from khronika.review.words import words_near
from khronika.store.store import Store
from khronika.workflows.reasons import former
from khronika.workflows.record import Record
from khronika.workflows.rows import ActRow, ShownAct
from khronika.workflows.ruling import RulingError, queued
from khronika.workflows.versions import StaleError
from workflows.toys import a_capture, captures, every_byte, toy_parts

SAID: dict[str, Any] = {"why": "read in the report", "reviewer": "R"}
TEXT = (
    "Ada Lark was arrested on 2021-03-04.\n"
    "The guards of Norvale beat her brother Ivo Wren on 5 March 2021.\n"
)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", toy_parts()) as made:
        made.add([a_capture("t.txt", TEXT), *captures()])
        yield made


def the_act(record: Record) -> ActRow:
    [row] = record.acts(kind="arrest", report=the_report(record))
    return row


def the_report(record: Record) -> str:
    return next(row.id for row in record.reports() if row.name == "t.txt")


def shown_act(record: Record, act: str) -> ShownAct:
    shown = record.show(act)
    assert isinstance(shown, ShownAct)
    return shown


def words(typed: str) -> Anchor:
    return words_near(TEXT, typed)


def a_beating() -> AddedAct:
    return AddedAct(
        kind="beating",
        quote=words("The guards of Norvale beat her brother Ivo Wren on 5 March 2021."),
        trigger=words("beat"),
        when=When(edtf="2021-03-05", anchor=words("5 March 2021")),
        where=(Where(name="Norvale", anchor=words("Norvale")),),
        fillers={
            Role.VICTIM: (Filler(name="Ivo Wren", words=words("Ivo Wren")),),
            Role.PERPETRATOR: (Filler(name="", words=words("The guards of Norvale")),),
        },
    )


def test_a_correction_outweighs_the_coder(record: Record) -> None:
    act = the_act(record).act.id
    said = Correction(
        kind="fine",
        modality=Modality.THREATENED,
        when=When(edtf="2021-03", basis="the report's title"),
        fillers={Role.VICTIM: (Filler(name="Ivo Wren", words=words("Ivo Wren")),)},
    )
    result = record.correct(act, said, **SAID)
    assert (result.queued, result.superseded) == ((), ())
    found = shown_act(record, act).row.act
    assert (found.id, found.kind, found.modality) == (act, "fine", Modality.THREATENED)
    assert (found.when.edtf, found.when.basis) == ("2021-03", "the report's title")
    [victim] = found.involvements
    assert (victim.name, victim.path, victim.confidence) == ("Ivo Wren", ("by a reviewer",), 1.0)
    assert [row.caption for row in record.actors(name="Ivo")] == ["Ivo Wren"]
    assert act in [row.act.id for row in record.acts(kind="fine", actor="Ivo Wren")]
    assert exit_status(record.verify()) == 0


def test_other_roles_and_attributes_stay_the_coders(record: Record) -> None:
    before = the_act(record).act
    record.correct(before.id, Correction(modality=Modality.DENIED), **SAID)
    after = the_act(record).act
    assert after.involvements == before.involvements
    assert (after.when, after.kind, after.modality) == (before.when, before.kind, Modality.DENIED)
    guards = (Filler(name="", words=words("guards of Norvale")),)
    record.correct(before.id, Correction(fillers={Role.PERPETRATOR: guards}), **SAID)
    after = the_act(record).act
    assert [one.name for one in after.in_role(Role.VICTIM)] == ["Ada Lark"]
    assert [one.name for one in after.in_role(Role.PERPETRATOR)] == ["guards of Norvale"]
    assert after.modality is Modality.DENIED


def test_an_added_act_is_one_like_any_other(record: Record) -> None:
    result = record.add_act(the_report(record), a_beating(), **SAID)
    [row] = record.acts(kind="beating")
    assert row.act.id == result.ruling.ids[0]
    assert [each.name for each in row.act.in_role(Role.VICTIM)] == ["Ivo Wren"]
    assert row.act.when.basis == "stated"
    assert row.incident is not None
    assert record.search('"ivo wren" kind:beating')
    assert exit_status(record.verify()) == 0


def test_what_people_said_survives_recoding_and_rebuilding(record: Record) -> None:
    act = the_act(record).act.id
    record.add_act(the_report(record), a_beating(), **SAID)
    record.correct(act, Correction(kind="fine"), **SAID)
    before = rows_of(record)
    record.rebuild()
    assert rows_of(record) == before
    record.recode()
    assert rows_of(record) == before
    assert exit_status(record.verify()) == 0


def rows_of(record: Record) -> list[ActRow]:
    return record.acts()


def test_taking_back_restores_what_stood(record: Record) -> None:
    act = the_act(record).act.id
    before, version = rows_of(record), record.version(act)
    first = record.correct(act, Correction(kind="fine"), **SAID)
    second = record.correct(act, Correction(kind="search", modality=Modality.DENIED), **SAID)
    assert second.superseded == (first.ruling.id,)
    record.retract(second.ruling.id, **SAID)
    assert shown_act(record, act).row.act.kind == "fine"
    back = record.retract(first.ruling.id, **SAID)
    assert (rows_of(record), record.version(act)) == (before, version)
    record.retract(back.ruling.id, **SAID)
    assert shown_act(record, act).row.act.kind == "fine"
    assert exit_status(record.verify()) == 0


def test_taking_back_an_added_act_takes_it_away(record: Record) -> None:
    before = rows_of(record)
    added = record.add_act(the_report(record), a_beating(), **SAID)
    record.retract(added.ruling.id, **SAID)
    assert rows_of(record) == before
    assert exit_status(record.verify()) == 0


def test_taking_back_a_rejection(record: Record) -> None:
    act = the_act(record).act.id
    before = rows_of(record)
    accepted = record.rule("accept", [act], **SAID)
    rejected = record.rule("reject", [act], **SAID)
    assert rejected.superseded == (accepted.ruling.id,)
    assert act not in [row.act.id for row in rows_of(record)]
    record.retract(rejected.ruling.id, **SAID)
    assert the_act(record).ruling == record.rulings().by_id[accepted.ruling.id]
    record.retract(accepted.ruling.id, **SAID)
    assert rows_of(record) == before


def test_a_stale_version_is_refused(record: Record) -> None:
    act = the_act(record).act.id
    seen = record.version(act)
    record.rule("accept", [act], expect={act: seen}, **SAID)
    assert record.version(act) != seen
    with pytest.raises(StaleError) as refused:
        record.correct(act, Correction(kind="fine"), expect={act: seen}, **SAID)
    assert refused.value.ids == (act,)
    assert the_act(record).act.kind == "arrest"
    record.correct(act, Correction(kind="fine"), expect={act: record.version(act)}, **SAID)


def test_versions_of_incidents_actors_and_reports_follow_what_they_hold(record: Record) -> None:
    row = the_act(record)
    things = (row.incident or "", row.actors[0] or "", row.report.id)
    before = [record.version(each) for each in things]
    assert [record.version(each) for each in things] == before
    record.note(things, "look again", reviewer="R")
    assert all(record.version(each) != old for each, old in zip(things, before, strict=True))


def test_a_correction_waits_for_an_act_that_is_gone(tmp_path: Path) -> None:
    path, parts = tmp_path / "record", toy_parts()
    with Record.create(path, parts) as record:
        record.add([a_capture("t.txt", TEXT)])
        act = record.acts()[0].act.id
        report = record.reports()[0].id
        record.correct(act, Correction(kind="fine"), **SAID)
        record.add_act(report, a_beating(), **SAID)
    silent = replace(parts, steps=replace(parts.steps, coder_for=lambda _language: None))
    with Record.open(path, silent) as record:
        done = record.recode()
        assert [(ruling.verb, gone) for ruling, gone in done.queued] == [("correct", (act,))]
        assert [row.act.kind for row in record.acts()] == ["beating"]
        assert [row.coder for row in record.acts()] == ["reviewers"]
        assert exit_status(record.verify()) == 0
    with Record.open(path, parts) as record:
        assert record.recode().queued == ()
        assert sorted(row.act.kind for row in record.acts()) == ["beating", "fine"]


def test_notes_stand_beside_each_other(record: Record) -> None:
    act = the_act(record).act.id
    record.note([act], "see the court file", reviewer="R")
    record.note([act], "asked the family", reviewer="S")
    notes = [each.why for each in record.rulings().standing("note")]
    assert notes == ["see the court file", "asked the family"]


def test_links_are_not_made_anew_for_what_changes_none(record: Record) -> None:
    act = the_act(record).act.id
    record.rule("accept", [act], **SAID)
    record.note([act], "seen", reviewer="R")
    assert [row.what for row in record.journal()][-4:] == ["reviewed", "sealed"] * 2
    record.rule("reject", [act], **SAID)
    assert [row.what for row in record.journal()][-3:] == ["ruled", "linked", "sealed"]
    assert exit_status(record.verify()) == 0


def test_what_cannot_be_said_is_refused(record: Record) -> None:
    act = the_act(record).act.id
    nowhere = Anchor(start=0, end=4, exact="Iris")
    for said in (
        Correction(),
        Correction(when=When(edtf="2021-03")),
        Correction(fillers={Role.VICTIM: (Filler(name="Iris"),)}),
        Correction(fillers={Role.VICTIM: (Filler(name="Iris", basis="a list", age=999),)}),
        Correction(fillers={Role.VICTIM: (Filler(name="I", basis="a", count=Count(least=0)),)}),
        Correction(
            fillers={Role.VICTIM: (Filler(name="I", basis="a", count=Count(least=3, most=2)),)}
        ),
        Correction(where=(Where(name="Norvale", anchor=words("Norvale"), country="xx"),)),
        Correction(fillers={Role.VICTIM: (Filler(name="Iris", words=nowhere),)}),
    ):
        with pytest.raises(CorrectionError):
            record.correct(act, said, **SAID)
    with pytest.raises(RulingError):
        record.correct(act, Correction(kind="fine"), why=" ", reviewer="R")
    with pytest.raises(RulingError):
        record.correct(act, Correction(kind="fine"), why="a" * 20_000, reviewer="R")
    with pytest.raises(RulingError):
        record.add_act(act, a_beating(), **SAID)
    assert record.rulings().all == ()


def test_nothing_of_a_withdrawn_report_stays_in_rulings(record: Record, tmp_path: Path) -> None:
    report, act = the_report(record), the_act(record).act.id
    added = record.add_act(report, a_beating(), **SAID)
    record.correct(act, Correction(kind="fine"), why="Ivo Wren told us", reviewer="R")
    record.note([report], "ask Ivo Wren", reviewer="R")
    record.retract(added.ruling.id, why="Ivo Wren denies it", reviewer="R")
    record.withdraw(report, why="asked for")
    record.close()
    for data in every_byte(tmp_path / "record").values():
        assert b"Ivo" not in data
    with Record.open(tmp_path / "record", toy_parts()) as again:
        assert exit_status(again.verify()) == 0


def test_a_withdrawn_person_is_gone_from_rulings(record: Record, tmp_path: Path) -> None:
    report, act = the_report(record), the_act(record).act.id
    record.add_act(report, a_beating(), **SAID)
    guards = (Filler(name="", words=words("guards of Norvale")),)
    fillers = {Role.PERPETRATOR: guards}
    record.correct(act, Correction(fillers=fillers), why="Ivo Wren told us", reviewer="R")
    [person] = record.actors(name="Ivo")
    record.withdraw(person.id, why="asked for")
    assert record.acts(kind="beating") == []
    assert [one.name for one in the_act(record).act.in_role(Role.PERPETRATOR)] == [
        "guards of Norvale"
    ]
    assert exit_status(record.verify()) == 0
    record.recode()
    assert record.acts(kind="beating") == []
    assert exit_status(record.verify()) == 0
    record.close()
    for data in every_byte(tmp_path / "record").values():
        assert b"Ivo" not in data


def test_two_at_once_lose_nothing(record: Record, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    acts = [row.act.id for row in record.acts()]

    def accept(act: str) -> None:
        with Record.open(tmp_path / "record", toy_parts()) as mine:
            mine.rule("accept", [act], **SAID)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(accept, acts))
    assert {row.ruling.verb for row in record.acts() if row.ruling} == {"accept"}
    assert len(record.rulings().all) == len(acts)
    assert queued(Store.open(tmp_path / "record")) == []


def test_who_was_added_is_one_in_all_corrections(record: Record) -> None:
    act = the_act(record).act.id
    record.add_act(the_report(record), a_beating(), **SAID)
    guards = (Filler(name="", words=words("The guards of Norvale")),)
    record.correct(act, Correction(fillers={Role.PERPETRATOR: guards}), **SAID)
    [first] = the_act(record).act.in_role(Role.PERPETRATOR)
    [second] = record.acts(kind="beating")[0].act.in_role(Role.PERPETRATOR)
    assert (first.cast, first.type) == (second.cast, second.type)
    assert first.type is not ActorType.PERSON


def test_what_the_coder_had_said_is_told(record: Record) -> None:
    act = the_act(record).act.id
    ivo = Filler(name="", words=words("Ivo Wren"))
    record.correct(act, Correction(kind="fine", fillers={Role.VICTIM: (ivo,)}), **SAID)
    shown = shown_act(record, act)
    assert list(former(shown.coded, shown.rulings)) == [
        "kind: arrest, by the coder, before a reviewer corrected it",
        "victim: Ada Lark, by the coder, before a reviewer corrected it",
    ]
    record.retract(shown.rulings[0].id, **SAID)
    again = shown_act(record, act)
    assert (again.coded, list(former(the_act(record).act, again.rulings))) == (None, [])
