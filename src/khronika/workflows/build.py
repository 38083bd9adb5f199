"""Adding reports: idempotent, resumable, the same record whatever the order they come in."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from khronika.ingest.captures import Capture, Refusal
from khronika.model.ids import canonical, report_id, sha256
from khronika.model.plain import from_plain, to_plain
from khronika.store.changes import Change
from khronika.store.store import Store
from khronika.store.writer import Writer
from khronika.workflows.effective import Effective
from khronika.workflows.importing import given_coding
from khronika.workflows.parts import Parts
from khronika.workflows.pool import Pool
from khronika.workflows.prepare import Bench, Item, Prepared, prepare_in_worker
from khronika.workflows.relink import keep_codebook, relink_if_stale
from khronika.workflows.rows import Added, Refused
from khronika.workflows.rulings import rulings_of
from khronika.workflows.sources import Source, joined, ordered

Outcome = Prepared | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much of the machine adding may use.

    Attributes:
        processes: worker processes; 0 for at most two, by the number of processors.
        batch: reports that a worker takes, and that become part of the record, at once.
        small: so many reports are not worth starting a process for.
    """

    processes: int = 0
    batch: int = 16
    small: int = 8

    def workers(self) -> int:
        """The number of worker processes."""
        return self.processes or min(2, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a long run is. `stage` is "reading" or "linking"."""

    stage: str
    done: int = 0
    added: int = 0
    known: int = 0
    refused: int = 0


Report = Callable[[Progress], None]


def add_reports(
    store: Store,
    captures: Iterable[Capture | Refusal],
    parts: Parts,
    *,
    effort: Effort | None = None,
    progress: Report | None = None,
) -> Added:
    """Add what is not there yet, then link anew if anything changed.

    A run that is killed at any moment has added whole batches or nothing of them; running it again
    goes on from there.

    Args:
        store: the record.
        captures: reports as received, and what could not be received.
        parts: the steps.
        effort: processes and sizes.
        progress: told how far the run is.

    Returns:
        What became of them. Each item that was refused says why.
    """
    with store.writing(parts.chance) as writer:
        keep_codebook(store, writer, parts.steps.codebook)
        adding = _Adding(store, writer, parts, effort or Effort(), progress or _silent)
        adding.run(captures)
        adding.tell("linking")
        relink_if_stale(store, writer, parts)
    return adding.summary()


@dataclass(slots=True)
class _Adding:
    """One run: what was seen so far, and what became of it."""

    store: Store
    writer: Writer
    parts: Parts
    effort: Effort
    progress: Report
    seen: set[str] = field(default_factory=set)  # ids given out to be prepared in this run
    later: list[tuple[str, Source]] = field(default_factory=list)  # known ones, seen once more
    refused: list[Refused] = field(default_factory=list)
    uncoded: Counter[str] = field(default_factory=Counter)
    added: int = 0
    known: int = 0

    def run(self, captures: Iterable[Capture | Refusal]) -> None:
        """Prepare and commit what is new; then join the sources of what was there."""
        fresh = self._fresh(captures)
        first = list(islice(fresh, self.effort.small + 1))
        if len(first) <= self.effort.small:
            self._inline(first)
        else:
            self._in_pool(chain(first, fresh))
        for known, source in self.later:
            self._see_again(known, source)

    def summary(self) -> Added:
        """What became of the batch."""
        return Added(
            added=self.added,
            known=self.known,
            refused=tuple(self.refused),
            uncoded=tuple(sorted(self.uncoded.items())),
        )

    def tell(self, stage: str = "reading") -> None:
        """Say how far the run is."""
        self.progress(
            Progress(
                stage=stage,
                done=self.added + self.known + len(self.refused),
                added=self.added,
                known=self.known,
                refused=len(self.refused),
            )
        )

    def _fresh(self, captures: Iterable[Capture | Refusal]) -> Iterator[Item]:
        for capture in captures:
            if isinstance(capture, Refusal):
                self._refuse(capture)
                continue
            found = report_id(sha256(capture.data))
            if found in self.seen or self._is_held(found):
                self.later.append((found, Source.of(capture)))
            elif self.store.part(found, "tombstone") is not None:
                self._refuse(_withdrawn(capture.name, found))
            else:
                self.seen.add(found)
                yield Item(id=found, data=capture.data, sources=(Source.of(capture),))

    def _is_held(self, report: str) -> bool:
        return self.store.digest(report, "report") is not None

    def _inline(self, items: Sequence[Item]) -> None:
        if items:
            with self.parts.steps.extractor() as extractor:
                bench = Bench(self.parts.steps, extractor)
                self._commit(items, bench.prepare(items))

    def _in_pool(self, items: Iterator[Item]) -> None:
        pool = Pool[Item, Outcome](
            self.parts.steps, self.effort.workers(), prepare_in_worker, _broken
        )
        with closing(pool):
            for batch, outcomes in pool.run(_batches(items, self.effort.batch)):
                self._commit(batch, outcomes)

    def _commit(self, items: Sequence[Item], outcomes: Sequence[Outcome]) -> None:
        prepared = []
        for item, outcome in zip(items, outcomes, strict=True):
            if isinstance(outcome, Refusal):
                self.seen.discard(item.id)
                self._refuse(outcome)
            else:
                prepared.append(outcome)
        for group in asked(self.store, self.parts, prepared):
            self.writer.commit([_change("added", each) for each in group])
            for each in group:
                self._count(each)
            self.tell()
        self.tell()

    def _count(self, each: Prepared) -> None:
        self.added += 1
        if "coding" not in each.parts:
            self.uncoded[each.language] += 1

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.append(
            Refused(name=refusal.name, problem=refusal.problem, remedy=refusal.remedy)
        )

    def _see_again(self, report: str, source: Source) -> None:
        """Add a source to a report; read it anew if that says more than was known before."""
        kept = self.store.part(report, "report")
        if kept is None:  # its first copy was refused in this run
            self._refuse(_same_refused(source.name))
            return
        self.known += 1
        self.tell()
        data = json.loads(kept)
        before = ordered(from_plain(each, Source) for each in data["sources"])
        after = ordered((*before, source))
        original = self.store.part(report, "bytes")
        if after == before or original is None:
            return
        if joined(after) == joined(before):
            data["sources"] = to_plain(after)
            self.writer.commit(
                [Change(what="seen again", subject=report, parts={"report": canonical(data)})]
            )
            return
        given = given_coding(self.store, report)
        effective = Effective(self.store, rulings_of(self.store))
        item = Item(id=report, data=original, sources=after, given=given)
        with self.parts.steps.extractor() as extractor:
            outcome = Bench(self.parts.steps, extractor).prepare([item])[0]
        if isinstance(outcome, Refusal):
            self._refuse(outcome)
        else:
            for group in asked(self.store, self.parts, [outcome]):
                again = (_change("read again", each) for each in group)
                self.writer.commit([effective.change(change) for change in again])


def asked(store: Store, parts: Parts, prepared: Sequence[Prepared]) -> Iterator[Sequence[Prepared]]:
    """What was prepared, with a language model's say where one is asked; each group is kept."""
    if parts.asking is not None:
        if settled := [each for each in prepared if each.settled]:
            yield settled
        open_ones = [each for each in prepared if not each.settled]
        yield from parts.asking.groups(store, parts.steps.codebook, open_ones)
    elif prepared:
        yield prepared


def _change(what: str, each: Prepared) -> Change:
    notes: dict[str, Any] = {"acts": each.acts, "coded": "coding" in each.parts}
    if each.coder:
        notes["coder"] = each.coder
    if each.fault:
        notes["fault"] = each.fault
    erased = () if "coding" in each.parts else ("coding",)
    return Change(
        what=what, subject=each.id, parts=each.parts, erased=erased, rows=each.rows, notes=notes
    )


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def _broken(item: Item) -> Outcome:
    return Refusal(
        name=joined(item.sources).name,
        problem="It ended the process that read it.",
        remedy="convert it to plain text and add that; please report the fault.",
    )


def _withdrawn(name: str, report: str) -> Refusal:
    return Refusal(
        name=name,
        problem=f"This report was withdrawn from the record ({report}).",
        remedy="leave it out; what was withdrawn cannot come back into the same record.",
    )


def _same_refused(name: str) -> Refusal:
    return Refusal(
        name=name,
        problem="It is the same as another file of this run that was refused.",
        remedy="see what is said of that one.",
    )


def _silent(_progress: Progress) -> None:
    pass
