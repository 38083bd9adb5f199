"""One report from bytes to kept parts: extract, read, code. Runs in worker processes, too."""

import json
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing import parent_process
from typing import Any

from khronika.coding.listed import ListCoder
from khronika.ingest.captures import Refusal
from khronika.model.acts import Coding
from khronika.model.ids import canonical
from khronika.model.plain import from_plain, to_plain
from khronika.model.reports import LIST, Extracted, Report
from khronika.store.derive import grouped, rows
from khronika.text.redaction import BLOCK
from khronika.workflows.forgetting import without_blocks
from khronika.workflows.parts import Coder, Extracting, Steps
from khronika.workflows.sources import Source, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Bytes to prepare, and every source that they came from."""

    id: str
    data: bytes = field(repr=False)
    sources: tuple[Source, ...]
    given: bytes | None = field(default=None, repr=False)  # a coding that a person made


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The kept parts of one report, and what the summary says of it."""

    id: str
    parts: dict[str, bytes] = field(repr=False)
    rows: Mapping[str, list[dict[str, Any]]] = field(repr=False)
    language: str
    acts: int
    coder: str = ""  # what coded it
    fault: str = ""  # why a coder gave up
    given: bool = False  # a person coded it
    settled: bool = False  # a person coded it, or it is a list: a language model has no say


class Bench:
    """Where reports are prepared: the steps, an extractor, and the coders that were asked for."""

    def __init__(self, steps: Steps, extractor: Extracting) -> None:
        self._steps = steps
        self._extractor = extractor
        self._coder = cache(steps.coder_for)

    def prepare(self, items: Sequence[Item]) -> list[Prepared | Refusal]:
        """Prepare several reports; those of one language are coded together."""
        outcomes: dict[str, Prepared | Refusal] = {}
        read: dict[str, tuple[Item, Extracted, Report]] = {}
        for item in items:
            found = self._read(item)
            if isinstance(found, Refusal):
                outcomes[item.id] = found
            else:
                read[item.id] = (item, *found)
        codings = self.code([report for item, _, report in read.values() if not item.given])
        for item, extracted, report in read.values():
            coding, fault = _given(item.given) or codings[report.id]
            parts = {
                "bytes": item.data,
                **self.parts(item.sources, extracted, report),
                **coding_part(coding),
            }
            outcomes[item.id] = Prepared(
                id=item.id,
                parts=parts,
                rows=grouped(rows(item.id, parts.get)),
                language=report.language.value,
                acts=len(coding.acts) if coding else 0,
                coder=coding.coder if coding else "",
                fault=fault,
                given=item.given is not None,
                settled=item.given is not None or report.media_type == LIST,
            )
        return [outcomes[item.id] for item in items]

    def again(self, kept: bytes, text: bytes, given: bytes | None = None) -> Prepared:
        """Read and code a kept report anew, from its text and what its format said.

        Args:
            kept: the kept part "report".
            text: the preserved text.
            given: the coding that a person made, which then stays as it is.
        """
        data = json.loads(kept)
        extracted: Extracted = from_plain({**data["extracted"], "text": text.decode()}, Extracted)
        sources = tuple(from_plain(each, Source) for each in data["sources"])
        report = self._steps.read(extracted)
        coding, fault = _given(given) or self.code([report])[report.id]
        part = coding_part(coding)
        if BLOCK in report.text and coding is not None:
            part = {"coding": canonical(without_blocks(to_plain(coding)))}
        parts = {**self.parts(sources, extracted, report), **part}
        return Prepared(
            id=report.id,
            parts=parts,
            rows=grouped(rows(report.id, parts.get)),
            language=report.language.value,
            acts=len(coding.acts) if coding else 0,
            coder=coding.coder if coding else "",
            fault=fault,
            given=given is not None,
            settled=given is not None or report.media_type == LIST,
        )

    def parts(
        self, sources: Sequence[Source], extracted: Extracted, report: Report
    ) -> dict[str, bytes]:
        """The kept parts "text" and "report"."""
        kept = {
            "sources": to_plain(sources),
            "extracted": _without_text(extracted),
            "reading": _without_text(report),
            "facts": to_plain(self._steps.facts(report)),
        }
        return {"text": report.text.encode(), "report": canonical(kept)}

    def code(self, reports: Sequence[Report]) -> dict[str, tuple[Coding | None, str]]:
        """Each report's coding, or None with the reason if a coder gave up."""
        by_coder: dict[str, list[Report]] = {}
        found: dict[str, tuple[Coding | None, str]] = {report.id: (None, "") for report in reports}
        for report in reports:
            key = LIST if report.media_type == LIST else report.language.value
            by_coder.setdefault(key, []).append(report)
        for key, those in by_coder.items():
            coder = ListCoder() if key == LIST else self._coder(key)
            if coder is not None:
                found |= self._code(coder, those)
        return found

    def _code(
        self, coder: Coder, reports: Sequence[Report]
    ) -> dict[str, tuple[Coding | None, str]]:
        try:
            codings = coder.code(reports, self._steps.codebook)
        except Exception as error:  # noqa: BLE001  one odd report must not cost the others theirs
            if len(reports) == 1:
                return {reports[0].id: (None, f"the coder failed ({type(error).__name__})")}
            return {
                key: value for each in reports for key, value in self._code(coder, [each]).items()
            }
        return {coding.report_id: (_each_once(coding), "") for coding in codings}

    def _read(self, item: Item) -> tuple[Extracted, Report] | Refusal:
        capture = joined(item.sources).capture(item.data)
        try:
            extracted = self._extractor.extract(capture)
            if isinstance(extracted, Refusal):
                return extracted
            report = self._steps.read(extracted)
            report.text.encode()
        except Exception as error:  # noqa: BLE001  hostile input must not stop the batch
            return Refusal(
                name=capture.name,
                problem=f"It could not be read ({type(error).__name__}).",
                remedy="convert it to plain text and add that; please report the fault.",
            )
        return extracted, report


def coding_part(coding: Coding | None) -> dict[str, bytes]:
    """The kept part "coding", or nothing."""
    return {} if coding is None else {"coding": canonical(to_plain(coding))}


def _given(coding: bytes | None) -> tuple[Coding, str] | None:
    return None if coding is None else (from_plain(json.loads(coding), Coding), "")


def _without_text(value: Extracted | Report) -> dict[str, Any]:
    return {key: data for key, data in to_plain(value).items() if key != "text"}


def _each_once(coding: Coding) -> Coding:
    acts = {act.id: act for act in reversed(coding.acts)}
    if len(acts) == len(coding.acts):
        return coding
    return replace(coding, acts=tuple(reversed(acts.values())))


_bench: list[Bench] = []  # of a worker process: made once, used for every batch


def start_worker(steps: Steps) -> None:
    """Make a worker process ready; it ends when the process that started it does."""
    os.environ["OMP_NUM_THREADS"] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()
    stack = ExitStack()
    _bench.append(Bench(steps, stack.enter_context(steps.extractor())))


def prepare_in_worker(items: Sequence[Item]) -> list[Prepared | Refusal]:
    """`Bench.prepare` in a worker process."""
    return _bench[0].prepare(items)


def again_in_worker(kept: Sequence[tuple[bytes, bytes, bytes | None]]) -> list[Prepared]:
    """`Bench.again` in a worker process."""
    return [_bench[0].again(*each) for each in kept]


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
