"""Making the tables again, and deriving everything anew."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from khronika.model.links import Ruling
from khronika.store.audit import expected_parts, held_findings
from khronika.store.changes import Change
from khronika.store.errors import DamagedRecordError
from khronika.store.store import Store
from khronika.store.writer import Writer
from khronika.workflows.build import Effort, asked
from khronika.workflows.effective import Effective
from khronika.workflows.forgetting import ANSWERS
from khronika.workflows.importing import given_coding
from khronika.workflows.parts import Parts
from khronika.workflows.pool import Pool
from khronika.workflows.prepare import Bench, Prepared, again_in_worker
from khronika.workflows.relink import keep_codebook, relink, relink_if_stale
from khronika.workflows.ruling import queued
from khronika.workflows.rulings import rulings_of

Done = Callable[[int, int], None]
Kept = tuple[bytes, bytes, bytes | None]  # report, text, the coding that a person made


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoded:
    """What deriving anew did; `queued` are rulings that name acts which are gone.

    `given` reports were coded by hand: they were read anew, and their coding stays.
    """

    reports: int
    changed: int
    given: int = 0
    queued: tuple[tuple[Ruling, tuple[str, ...]], ...] = ()


def rebuild_record(store: Store, parts: Parts) -> int:
    """Make every table again from the kept files and the journal; the number of subjects.

    Raises:
        DamagedRecordError: a kept file or the list of them is not what the journal says.
    """
    with store.writing(parts.chance) as writer:
        expected = expected_parts(store.entries())
        with store.reading() as connection:
            fault = next(held_findings(connection, expected), None)
        if fault is not None:
            raise DamagedRecordError(
                f"The tables cannot be made again: {fault.subject}: {fault.detail}.",
                remedy="restore the record from a copy that `khronika verify` passes.",
            )
        subjects = sorted({subject for subject, _ in expected})
        writer.rebuild(subjects)
        relink_if_stale(store, writer, parts)
    return len(subjects)


def recode_record(
    store: Store, parts: Parts, *, effort: Effort | None = None, progress: Done | None = None
) -> Recoded:
    """Read, code and link every report anew; rulings stay, and apply where their acts are found.

    A run that is killed goes on with the rest when it is run again.
    """
    effort = effort or Effort()
    reports = store.subjects("report")
    changed = 0
    with store.writing(parts.chance) as writer:
        keep_codebook(store, writer, parts.steps.codebook)
        done = given = 0
        effective = Effective(store, rulings_of(store))
        for batch in _again(store, reports, parts, effort):
            for group in asked(store, parts, batch):
                changes = (_changed(effective, each) for each in group)
                fresh = [change for change in changes if change is not None]
                if fresh:
                    writer.commit(fresh)
                given += sum(each.given for each in group)
                changed += sum(change.what == "recoded" for change in fresh)
                done += len(group)
                if progress is not None:
                    progress(done, len(reports))
        _conclude(store, writer, parts, reports=len(reports), changed=changed)
    waiting = tuple(queued(store))
    return Recoded(reports=len(reports), changed=changed, given=given, queued=waiting)


def _conclude(store: Store, writer: Writer, parts: Parts, *, reports: int, changed: int) -> None:
    notes = {"codebook": parts.steps.codebook.digest, "reports": reports, "changed": changed}
    writer.commit([Change(what="recoded", notes=notes)])
    relink(store, writer, parts)


def _again(
    store: Store, reports: Sequence[str], parts: Parts, effort: Effort
) -> Iterator[list[Prepared]]:
    if len(reports) <= effort.small:
        with parts.steps.extractor() as extractor:
            bench = Bench(parts.steps, extractor)
            for subject in reports:
                yield [bench.again(*_kept(store, subject))]
        return
    pool = Pool[Kept, Prepared](parts.steps, effort.workers(), again_in_worker, _broken)
    with closing(pool):
        source = iter(reports)
        batches = iter(lambda: [_kept(store, each) for each in islice(source, effort.batch)], [])
        for _, outcomes in pool.run(batches):
            yield outcomes


def _kept(store: Store, subject: str) -> Kept:
    report, text = store.part(subject, "report"), store.part(subject, "text")
    assert report is not None
    assert text is not None
    return report, text, given_coding(store, subject)


def _changed(effective: Effective, each: Prepared) -> Change | None:
    store = effective.store
    if each.fault:
        return _answered(store, each)  # a coder that gave up leaves what there was
    same = all(store.part(each.id, part) == data for part, data in each.parts.items())
    if same and ("coding" in each.parts or not store.digest(each.id, "coding")):
        return effective.anew(each.id)
    notes: dict[str, Any] = {"acts": each.acts, "coded": "coding" in each.parts}
    notes |= {"coder": each.coder} if each.coder else {}
    erased = () if "coding" in each.parts else ("coding",)
    change = Change(
        what="recoded",
        subject=each.id,
        parts=each.parts,
        erased=erased,
        rows=each.rows,
        notes=notes,
    )
    return effective.change(change)


def _answered(store: Store, each: Prepared) -> Change | None:
    """What a language model answered so far, kept for the next run."""
    answers = each.parts.get(ANSWERS)
    if answers is None or store.part(each.id, ANSWERS) == answers:
        return None
    return Change(what="answered", subject=each.id, parts={ANSWERS: answers})


def _broken(_kept: Kept) -> Prepared:
    raise DamagedRecordError(
        "Deriving a report anew ended the process that did it.",
        remedy="please report the fault; the record is as it was before that report.",
    )
