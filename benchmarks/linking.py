"""How the cost of linking grows with the record, from 10,000 mentions to 1,000,000.

    python benchmarks/linking.py [MENTIONS...]

A record is grown in batches of 1,000 invented reports (five mentions and three acts each, every
incident told twice on average) up to each size. There it prints the cost of a report in a batch,
of one report alone, of a reviewer's ruling, and what of it finding copies takes: CPU time, and
the time on the clock with what the disk takes. Coding is no part of it.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from khronika.linking import ENGINE, Engine, Rulings, interventions_of, repeats
from khronika.linking.members import member_id, members_of
from khronika.linking.pool import Pool
from khronika.model.acts import ActorType, Coding
from khronika.model.links import LinkChanges
from khronika.store.changes import Change
from khronika.store.link_state import LinkState
from khronika.store.store import Store
from khronika.store.writer import Writer
from khronika.workflows.parts import bare_chance
from linking_corpus import codebook, coding, facts

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)  # mentions
MENTIONS = 5  # of a report
BATCH = 1000
SINGLES = 200
RULINGS = 20

Took = tuple[float, float]  # CPU seconds, and seconds on the clock


class Bench:
    """A record that grows; reports are numbered from 0."""

    def __init__(self, folder: Path) -> None:
        self.chance = bare_chance()
        self.store = Store.create(folder / "record", self.chance)
        self.reports = 0
        self.incidents: set[str] = set()

    def read(self, reports: Iterable[str]) -> list[Coding]:
        """Codings made again."""
        return [coding(int(report[4:])) for report in reports]

    def link(self, writer: Writer, numbers: Sequence[int], rulings: Rulings | None = None) -> Took:
        """Link some reports; the seconds that it took, without making them."""
        added = [(facts(n), coding(n)) for n in numbers]
        begun = now()

        def work(state: LinkState, _there: bool) -> list[Change]:  # noqa: FBT001
            engine = Engine(state, interventions_of(codebook()), self.read)
            found = engine.update(added, rulings=rulings)
            self.count(found)
            return [Change(what="linked", subject="links", links=[found])]

        writer.link(ENGINE, work)
        return since(begun)

    def count(self, found: LinkChanges) -> None:
        """Follow how many incidents there are."""
        self.incidents -= set(found.incidents_gone)
        self.incidents |= {incident.id for incident in found.incidents}

    def grow(self, writer: Writer, to: int) -> float:
        """Add batches; the seconds that a report took in the last ones."""
        took = []
        while self.reports < to:
            size = min(BATCH, to - self.reports)
            cpu, _ = self.link(writer, range(self.reports, self.reports + size))
            took.append(cpu / size)
            self.reports += size
        return statistics.median(took[-5:]) if took else 0.0

    def singles(self, writer: Writer) -> list[Took]:
        """Add reports one at a time."""
        took = [self.link(writer, [self.reports + n]) for n in range(SINGLES)]
        self.reports += SINGLES
        return took

    def rulings(self, writer: Writer) -> list[Took]:
        """Rule two people of two reports the same, then different."""
        took = []
        rng = Random(self.reports)
        for _ in range(RULINGS):
            one, other = (self.person(rng.randrange(self.reports)) for _ in range(2))
            pair = (min(one[1], other[1]), max(one[1], other[1]))
            ruled = Rulings(members={pair: "same"})
            took.append(self.link(writer, [], ruled))
            apart = Rulings(
                members={pair: "different"}, single=frozenset((one[0], other[0])), again=pair
            )
            took.append(self.link(writer, [], apart))
        return took

    def person(self, number: int) -> tuple[str, tuple[str, int]]:
        """A cast member of a report: the id that it alone would give, and where it is."""
        made = coding(number)
        found = [m for m in members_of(made, None, Pool()) if m.type is ActorType.PERSON]
        if not found:
            return self.person(number - 1)
        return member_id(found[0]), (found[0].report, found[0].index)

    def copies(self) -> list[Took]:
        """What finding the copies of one more report takes."""
        took = []
        with self.store.engine.begin() as connection:
            state = LinkState(connection)
            for n in range(SINGLES):
                report = facts(self.reports + n)
                begun = now()
                repeats.add(state, [report])
                took.append(since(begun))
            connection.rollback()
        return took


def sync() -> float:
    """What the disk takes to make sure of a little: each linking asks it three times."""
    took = []
    with tempfile.TemporaryFile() as file:
        for _ in range(30):
            file.write(b"x" * 4096)
            begun = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - begun)
    return statistics.median(took)


def now() -> Took:
    """CPU seconds and the clock."""
    return time.process_time(), time.perf_counter()


def since(begun: Took) -> Took:
    """What passed since."""
    cpu, clock = now()
    return cpu - begun[0], clock - begun[1]


def told(took: Sequence[Took]) -> str:
    """CPU at the median and at 95 %, and the clock at 95 %, in milliseconds."""
    cpu, clock = (sorted(each[way] for each in took) for way in (0, 1))
    at = min(int(0.95 * len(took)), len(took) - 1)
    return f"{1000 * cpu[len(cpu) // 2]:6.1f} {1000 * cpu[at]:6.1f} {1000 * clock[at]:6.1f}"


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]] or list(SIZES)
    print(
        f"making sure of a file takes this disk {1000 * sync():.1f} ms; each linking does it thrice"
    )
    print(f"{'':28} | {'batch':>7} | {'one report':>20} | {'its copies':>20} | {'ruling':>20} |")
    print(f"{'mentions':>9} {'reports':>8} {'incidents':>9} | {'CPU ms':>7} | "
          + f"{'CPU':>6} {'p95':>6} {'clock':>6} | " * 3
          + f"{'MB disk':>7} {'MB RSS':>7}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        with bench.store.writing(bench.chance) as writer:
            for size in sizes:
                each = bench.grow(writer, size // MENTIONS - SINGLES)
                one = bench.singles(writer)
                copied = bench.copies()
                ruled = bench.rulings(writer)
                disk = sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file()) >> 20
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
                print(f"{size:9,} {bench.reports:8,} {len(bench.incidents):9,} | "
                      f"{1000 * each:7.2f} | {told(one)} | {told(copied)} | {told(ruled)} | "
                      f"{disk:7,} {peak:7,}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
