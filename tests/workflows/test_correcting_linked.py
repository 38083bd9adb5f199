"""Corrections and the bundled steps: linked at once as if all were linked anew; names invented."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khronika.evidence.verdict import exit_status
from khronika.model.acts import Modality, Role
from khronika.model.corrections import AddedAct, Correction, Filler
from khronika.publish import jsonl
from khronika.publish.view import ExportOptions
from khronika.review.words import words_near
from khronika.store.store import Chance
from khronika.workflows.parts import Parts, real_parts
from khronika.workflows.record import Record
from workflows.toys import a_capture, every_byte

SAID: dict[str, Any] = {"why": "read in the report", "reviewer": "R"}
TEXTS = {
    "first.txt": "Lawyer detained in Norvale\n\n14 March 2023\n\n"
    "Police in Norvale detained the lawyer Mira Tallow on 13 March 2023 and searched her office."
    " A court fined her colleague Jonas Reed 500 euros on 14 March 2023.\n",
    "second.txt": "Norvale: lawyer held\n\n15 March 2023\n\n"
    "Mira Tallow was arrested by police in Norvale on 13 March 2023, her family said. Masked men"
    " had followed Jonas Reed home.\n",
}


@pytest.fixture(scope="module")
def parts() -> Parts:
    chance = Chance(now=lambda: "2030-01-02T03:04:05Z", salt=lambda: "0" * 32)
    return replace(real_parts(), chance=chance)


@pytest.fixture
def record(tmp_path: Path, parts: Parts) -> Iterator[Record]:
    with made(tmp_path / "record", parts, *TEXTS) as record:
        yield record


def made(path: Path, parts: Parts, *names: str) -> Record:
    record = Record.create(path, parts)
    for name in names:
        record.add([a_capture(name, TEXTS[name])])
    return record


def exported(record: Record, folder: Path) -> dict[str, bytes]:
    jsonl.write(record.view(), folder, ExportOptions(overwrite=True))
    return every_byte(folder)


def ruled(record: Record) -> None:
    """One of each sort, found by what they are about, whatever order reports came in."""
    reports = {row.name: row.id for row in record.reports()}
    [fine] = record.acts(kind="fine")
    text = TEXTS["first.txt"]
    victim = Filler(name="", words=words_near(text, "Mira Tallow"))
    record.correct(fine.act.id, Correction(fillers={Role.VICTIM: (victim,)}), **SAID)
    second = TEXTS["second.txt"]
    surveillance = AddedAct(
        kind="surveillance" if "surveillance" in record.parts.steps.codebook.kinds else "threat",
        quote=words_near(second, "Masked men had followed Jonas Reed home."),
        trigger=words_near(second, "followed"),
        fillers={
            Role.VICTIM: (Filler(name="", words=words_near(second, "Jonas Reed")),),
            Role.PERPETRATOR: (Filler(name="", words=words_near(second, "Masked men")),),
        },
    )
    record.add_act(reports["second.txt"], surveillance, **SAID)
    [arrest] = record.acts(kind="arrest", report=reports["second.txt"])
    record.correct(arrest.act.id, Correction(modality=Modality.ATTEMPTED), **SAID)


def test_links_are_those_of_linking_anew(record: Record, tmp_path: Path) -> None:
    ruled(record)
    told = exported(record, tmp_path / "told")
    record.rebuild()
    assert exported(record, tmp_path / "rebuilt") == told
    record.recode()
    assert exported(record, tmp_path / "recoded") == told
    assert exit_status(record.verify()) == 0


def test_the_order_of_reports_is_no_matter(record: Record, parts: Parts, tmp_path: Path) -> None:
    with made(tmp_path / "other", parts, *sorted(TEXTS, reverse=True)) as other:
        ruled(record)
        ruled(other)
        assert exported(other, tmp_path / "other-out") == exported(record, tmp_path / "out")


def test_who_was_added_is_an_actor_of_the_right_sort(record: Record) -> None:
    ruled(record)
    [row] = record.acts(
        report=next(r.id for r in record.reports() if r.name == "second.txt"),
        role=["perpetrator"],
        actor="masked",
    )
    [doer] = row.act.in_role(Role.PERPETRATOR)
    assert (doer.name, doer.type.value) == ("Masked men", "group")
    [person] = record.actors(name="Reed")
    assert len(person.reports) == 2
    fined = [row for row in record.acts(kind="fine") if person.id in row.actors]
    assert fined == []


def test_taking_all_back_restores_every_byte(record: Record, tmp_path: Path) -> None:
    before = exported(record, tmp_path / "before")
    ruled(record)
    assert exported(record, tmp_path / "ruled") != before
    for ruling in reversed(record.rulings().all):
        record.retract(ruling.id, **SAID)
    assert exported(record, tmp_path / "after") == before
    assert exit_status(record.verify()) == 0


@pytest.mark.parametrize("verb", ["same", "different"])
def test_taking_back_what_joins_or_parts(record: Record, tmp_path: Path, verb: Any) -> None:
    before = exported(record, tmp_path / "before")
    persons = record.actors(type="person")
    if verb == "same":
        ids = [person.id for person in persons[:2]]
    else:
        ids = list(next(person for person in persons if person.former_ids).former_ids)
        ids.append(next(person.id for person in persons if person.former_ids))
    ruling = record.rule(verb, ids, **SAID).ruling
    assert exported(record, tmp_path / "ruled") != before
    record.retract(ruling.id, **SAID)
    assert exported(record, tmp_path / "after") == before
    assert exit_status(record.verify()) == 0
