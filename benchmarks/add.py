"""How fast `khronika add` is beside the bare spaCy pipeline over the same texts, in one run.

    python benchmarks/add.py [ARTICLES]

Reads ARTICLES real web articles (default 400) of the shared data, else the bundled reports, again
and again with other names. Prints reports a second of the bare pipeline, its loading left out, and
of the whole of `add` (ingest, read, code, link, store), with the start-up of its processes and
without, for one process and two; and the ratio of the processor time of both, which other load on
the machine disturbs least.
"""

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from corpus import articles
from khronika.coding.english import english_parser
from khronika.ingest.captures import Capture, Refusal
from khronika.ingest.extract import Extractor
from khronika.ingest.sources import read_sources
from khronika.model.reports import CODED_ROLES, Extracted, Origin
from khronika.reading import read
from khronika.text.units import units
from khronika.workflows.build import Effort
from khronika.workflows.record import Record


def texts_of(sources: Sequence[Path]) -> list[list[str]]:
    """The stretches of text that the coder parses, by report: both sides get the same."""
    found = []
    with Extractor() as extractor:
        for capture in read_sources([str(s) for s in sources]):
            extracted = extractor.extract(capture) if isinstance(capture, Capture) else capture
            if isinstance(extracted, Extracted):
                report = read(extracted)
                if report.language.value == "en":
                    found.append([u.mapped.text for u in units(report, CODED_ROLES)])
    return found


def bare(texts: list[list[str]]) -> tuple[float, float]:
    """Seconds and processor seconds that the bare pipeline takes over all texts, once loaded."""
    parser = english_parser()
    start, spent = time.perf_counter(), time.process_time()
    for _ in parser.pipe([t for each in texts for t in each], batch_size=64):
        pass
    return time.perf_counter() - start, time.process_time() - spent


def bare_in(texts: list[list[str]], processes: int) -> tuple[float, float]:
    """Seconds and processor seconds over all texts with some processes, each with its own part."""
    parts = [texts[i::processes] for i in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        took = pool.map(bare, parts, chunksize=1)
    return max(wall for wall, _ in took), sum(spent for _, spent in took)


def add(captures: Iterable[Capture | Refusal], processes: int) -> tuple[float, float]:
    """Seconds and processor seconds that the whole of `add` takes."""
    with tempfile.TemporaryDirectory() as folder:
        record = Record.create(Path(folder) / "record")
        start, spent = time.perf_counter(), _processor()
        record.add(captures, effort=Effort(processes=processes))
        return time.perf_counter() - start, _processor() - spent


def start_up(processes: int) -> tuple[float, float]:
    """What `add` takes for reports of one short line: next to nothing but its start."""
    lines = (f"Nobody was arrested on day {number}.".encode() for number in range(16 * processes))
    return add(
        [
            Capture(name=f"{n}.txt", data=line, media_type="text/plain", origin=Origin(name=str(n)))
            for n, line in enumerate(lines)
        ],
        processes,
    )


def _processor() -> float:
    """Processor seconds of this process and of all that it started and that have ended."""
    return sum(os.times()[:4])


def main() -> None:
    """Print the table."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as folder:
        sources = articles(Path(folder), wanted)
        texts = texts_of(sources)
        words = sum(len(t.split()) for each in texts for t in each)
        print(f"{len(texts)} English reports of {wanted}, {words} words")
        print(f"{'':>9} {'':>7} {'with start-up':>14} {'without':>14} {'processor':>10}")
        print(f"processes {'bare/s':>7} {'add/s':>7} {'ratio':>6} {'add/s':>7} {'ratio':>6} ratio")
        for processes in (1, 2):
            alone, alone_spent = bare_in(texts, processes)
            whole, spent = add(read_sources([str(s) for s in sources]), processes)
            start, start_spent = start_up(processes)
            rates = [len(texts) / seconds for seconds in (alone, whole, whole - start)]
            print(
                f"{processes:>9} {rates[0]:>7.1f} {rates[1]:>7.1f} {rates[1] / rates[0]:>6.2f}"
                f" {rates[2]:>7.1f} {rates[2] / rates[0]:>6.2f}"
                f" {alone_spent / (spent - start_spent):>5.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
