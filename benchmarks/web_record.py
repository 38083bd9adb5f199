"""Makes a record of invented reports to browse, and prints what it took.

    python benchmarks/web_record.py FOLDER [ACTS]

ACTS is 100,000 by default, of about 44,000 reports. No reading of language is done: the coder
knows what it invented. Everything else is as in any record: passages, search, links, journal.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from khronika.ingest.captures import Capture
from khronika.workflows.build import Effort, Progress
from khronika.workflows.parts import Parts, real_parts
from khronika.workflows.record import Record
from web_corpus import InventedCoder, Issue, PlainText, plan

ACTS = 100_000
AT_ONCE = 2000  # reports that are added, and then linked


def coder_for(_language: str, *, of: int) -> InventedCoder:
    """The coder of every language."""
    return InventedCoder(of)


def invented_parts(of: int) -> Parts:
    """The real steps, but for extraction and coding."""
    parts = real_parts()
    steps = replace(parts.steps, extractor=PlainText, coder_for=partial(coder_for, of=of))
    return replace(parts, steps=steps)


def captures(of: int, first: int, last: int) -> Iterator[Capture]:
    """The reports with these numbers."""
    return (Issue(number=number, of=of).capture() for number in range(first, last))


class Clock:
    """Tells now and then how far it is."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.stage = ""

    def __call__(self, progress: Progress) -> None:
        """Print every stage as it begins."""
        if progress.stage != self.stage:
            self.stage = progress.stage
            seconds = time.perf_counter() - self.begun
            print(f"  {seconds:7.1f} s  {progress.stage}", flush=True)


def make(folder: Path, acts: int) -> None:
    """Make the record; links follow every so many reports, as they do in use."""
    reports = len(plan(acts)[0])
    clock = Clock()
    with Record.create(folder, invented_parts(acts)) as record:
        for first in range(0, reports, AT_ONCE):
            some = captures(acts, first, min(first + AT_ONCE, reports))
            for each in record.add(some, effort=Effort(processes=1), progress=clock).refused:
                print(f"  {each.name}: {each.problem}")
    print(f"{reports} reports in {time.perf_counter() - clock.begun:.0f} s")


def main() -> None:
    """Make a record where the first argument says."""
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ACTS)


if __name__ == "__main__":
    main()
