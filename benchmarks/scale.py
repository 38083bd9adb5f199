"""What a large record costs: throughput, memory, linking, search.

    python benchmarks/scale.py [REPORTS] [CHARACTERS]

Adds REPORTS different reports (default 2,000; real articles of the shared data with changed names,
each cut to about CHARACTERS of text, 0 for whole ones) in one `add`. Prints reports a second for
every tenth of them (every thousand from 10,000), the most memory that all processes held together
(read from /proc; Linux only), how long linking took, and how long searches take.
"""

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from corpus import varied
from khronika.ingest.captures import Capture
from khronika.model.reports import Origin
from khronika.workflows.build import Effort, Progress
from khronika.workflows.record import Record

MEGABYTE = 2**20
PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.5  # seconds between two looks at the memory
ROUNDS = 25
QUERIES = (
    "arrested",
    "journalist police",
    '"human rights"',
    "detain*",
    "court OR tribunal",
    "torture -police",
    "lawyer kind:arrest",
    "kind:killing since",
    "modality:alleged prison",
    "country:RU detained",
    "time:2012..2015 activist",
    "zzyzx",
)


class Memory(threading.Thread):
    """Watches what this process and all below it hold; shared pages are counted by their share."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._over = threading.Event()

    def run(self) -> None:
        """Look again and again."""
        while not self._over.wait(EVERY):
            self.most = max(self.most, sum(map(_held, family(os.getpid()))))

    def stop(self) -> None:
        """End the watch."""
        self._over.set()
        self.join()


def family(top: int) -> set[int]:
    """A process and all that it started, and that those started."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            parents[int(entry.name)] = int(fields[1])
    found = {top}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _held(pid: int) -> int:
    """Resident bytes of a process, pages shared with others divided among them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        return 0
    except OSError:
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        except OSError:
            return 0


class Clock:
    """Notes when how many reports were in, and when linking began."""

    def __init__(self) -> None:
        self.notes: list[tuple[float, int]] = [(time.perf_counter(), 0)]
        self.linking = 0.0

    def __call__(self, progress: Progress) -> None:
        """Note how far the run is."""
        if progress.stage == "linking":
            self.linking = time.perf_counter()
        else:
            self.notes.append((time.perf_counter(), progress.added))

    def when(self, number: int) -> float:
        """The time at which so many reports were in."""
        return next(moment for moment, added in self.notes if added >= number)


def captures(wanted: int, most: int) -> Iterator[Capture]:
    """The reports, made as they are asked for, so that they take no memory themselves."""
    for number, page in zip(range(wanted), varied(most), strict=False):
        kind, ending = ("text/html", "html") if page.startswith("<html>") else ("text/plain", "txt")
        name = f"{number:06}.{ending}"
        yield Capture(name=name, data=page.encode(), media_type=kind, origin=Origin(name=name))


def build(record: Record, wanted: int, most: int) -> None:
    """Add the reports and print what it took."""
    clock, memory = Clock(), Memory()
    memory.start()
    added = record.add(captures(wanted, most), effort=Effort(processes=2), progress=clock).added
    end = time.perf_counter()
    memory.stop()
    step = min(1000, max(100, added // 10))
    rates = [
        step / (clock.when(number) - clock.when(number - step))
        for number in range(2 * step, added + 1, step)
    ]
    print(f"{added} reports, {most or 'all'} characters each, reports/s by {step}")
    first = min(step, added)
    print(f"  first, with start-up   {first / (clock.when(first) - clock.when(0)):6.1f}")
    for number, rate in enumerate(rates, start=2):
        print(f"  up to {number * step:>6}           {rate:6.1f}")
    print(f"last / second {step}: {rates[-1] / rates[0]:.2f}" if rates else "")
    print(f"linking {end - clock.linking:.1f} s; all processes {memory.most / MEGABYTE:.0f} MB")


def on_disk(folder: Path) -> None:
    """Print what the files take."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            kind = path.relative_to(folder).parts[0]
            sizes[kind] = sizes.get(kind, 0) + path.stat().st_size
    print("on disk: " + ", ".join(f"{k} {v / MEGABYTE:.0f} MB" for k, v in sorted(sizes.items())))


def searches(record: Record) -> Sequence[float]:
    """Milliseconds of each search: words, phrases, prefixes, filters, names, and none found."""
    names = [actor.caption for actor in record.actors()[:2000]]
    rng = random.Random(7)
    asked = [*QUERIES * ROUNDS]
    for name in rng.sample(names, min(len(names), 3 * ROUNDS)):
        asked += [f'"{name.replace(chr(34), "")}"', f'actor:"{name.replace(chr(34), "")}" arrest']
    rng.shuffle(asked)
    took: dict[str, list[float]] = {}
    for query in asked:
        start = time.perf_counter()
        record.search(query)
        kind = query if query in QUERIES else "actor:" if "actor:" in query else '"name"'
        took.setdefault(kind, []).append(1000 * (time.perf_counter() - start))
    for kind, times in sorted(took.items()):
        times.sort()
        print(f"  {kind:<28} {times[len(times) // 2]:7.1f} {times[len(times) * 19 // 20]:7.1f} ms")
    return sorted(each for times in took.values() for each in times)


def main() -> None:
    """Print the tables."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record"
        with Record.create(path) as record:
            build(record, wanted, most)
        on_disk(path)
        with Record.open(path) as record:
            print("searches: median, 95th percentile")
            times = searches(record)
    p50, p95 = times[len(times) // 2], times[len(times) * 19 // 20]
    quick = sum(each < 50 for each in times) / len(times)
    print(f"  all {len(times):<24} {p50:7.1f} {p95:7.1f} ms; {quick:.1%} under 50 ms")


if __name__ == "__main__":
    main()
