"""What linking's look-ups cost in a large record: `python benchmarks/link_state.py [NODES ...]`.

Fills the tables in which linking looks things up with NODES names (10,000, 100,000 and 1,000,000 by
default; 20 keys each, four names a key) and one edge and one seat each, then lets reports come one
by one: each looks up 300 keys and what they lead to, and writes 150 new names with 400 keys, edges
and seats, in a transaction of its own. Prints milliseconds, the median and the 95th percentile, and
the median of CPU time.
"""

import random
import sqlite3
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from khronika.model.state import Edge, Node, Seat, StateChanges
from khronika.store.link_state import LinkState
from khronika.store.store import Store
from khronika.workflows.parts import bare_chance

T = TypeVar("T")

KEYS = 20  # of each name
SHARE = 4  # names that have one key
REPORTS = 200
ASKED, FRESH, MADE = 300, 150, 400  # keys looked up; names and keys put by one report
STEP = 0x9E3779B97F4A7C15  # scatters keys evenly
STRIDE = 7919  # keys of one name are so many numbers apart
DATA = '{"country":"XX","gender":"f","names":["Ada Lark","A. Lark"]}'
FOUND = '{"weight":12.5,"why":["the same surname","the same given name"]}'


Times = tuple[float, float]  # by the wall and by the processor


def now() -> Times:
    """What both clocks say, in milliseconds."""
    return 1000 * time.perf_counter(), 1000 * time.process_time()


def since(start: Times) -> Times:
    """How long it took by both clocks."""
    wall, spent = now()
    return wall - start[0], spent - start[1]


def key(number: int) -> int:
    """The key with this number, as a hash would scatter it."""
    return (number * STEP % 2**64) - 2**63


def numbers(node: int, count: int) -> Iterator[int]:
    """The numbers of a name's keys, of so many keys."""
    return ((node * KEYS // SHARE + step * STRIDE) % count for step in range(KEYS))


def holders(number: int, count: int) -> Iterator[int]:
    """The names that have the key with this number: the inverse of `numbers`."""
    every = KEYS // SHARE
    for step in range(KEYS):
        if (number - step * STRIDE) % every == 0:
            yield (number - step * STRIDE) % count // every or count // every


def fill(path: Path, nodes: int) -> None:
    """Put the names of a record that is there already."""
    raw = sqlite3.connect(path / "record.db")
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA cache_size = -65536")
    count = nodes * KEYS // SHARE
    raw.executemany(
        "INSERT INTO link_node VALUES (?, 'person', ?, ?, ?, ?)",
        (
            (
                n,
                f"name {n:x}",
                n - n % 3 or 1,
                DATA,
                packed(key(each) for each in numbers(n, count)),
            )
            for n in range(1, nodes + 1)
        ),
    )
    scattered = sorted(range(count), key=key)
    raw.executemany(
        "INSERT INTO link_key VALUES (?, ?)",
        ((key(number), n) for number in scattered for n in sorted(holders(number, count))),
    )
    raw.executemany(
        "INSERT INTO link_edge VALUES (?, ?, ?)",
        ((n, n + 1 + n % 5, FOUND) for n in range(1, nodes + 1)),
    )
    raw.executemany(
        "INSERT INTO link_seat VALUES ('cast', ?, ?, ?, '')",
        ((f"rpt_{n // 5:016x}", n % 5, n) for n in range(1, nodes + 1)),
    )
    raw.execute("UPDATE link_mark SET last = ?", (nodes,))
    raw.commit()
    raw.close()


def packed(keys: Iterable[int]) -> bytes:
    """Keys as a name keeps them."""
    return array("q", sorted(set(keys))).tobytes()


def one_report(state: LinkState, nodes: int, number: int, took: dict[str, list[Times]]) -> None:
    """Look up and write what one report does."""
    rng = random.Random(number)
    count = nodes * KEYS // SHARE

    def timed(name: str, work: Callable[[], T]) -> T:
        start = now()
        found = work()
        took.setdefault(name, []).append(since(start))
        return found

    keys = [key(rng.randrange(2 * count)) for _ in range(ASKED)]
    names = [f"name {rng.randrange(nodes):x}" for _ in range(FRESH)]
    held = timed("holders", lambda: state.holders(keys, 50))
    near = sorted({node for found in held.values() for node in found})[:FRESH]
    timed("named", lambda: state.named("person", names))
    timed("nodes", lambda: state.nodes(near))
    timed("at_home", lambda: state.at_home(near))
    timed("edges", lambda: state.edges(near))
    timed("seats_of", lambda: state.seats_of(near))
    changes = StateChanges()
    for at in range(FRESH):
        n, one = state.fresh(), near[at % len(near)]
        few = MADE * (at + 1) // FRESH - MADE * at // FRESH
        changes.nodes[n] = Node(n, "person", f"fresh {number} {at}", n, DATA)
        changes.keys[n] = tuple(key(rng.randrange(count)) for _ in range(few))
        changes.seats.append(Seat("cast", f"rpt_new{number}", at, n))
        changes.edges[one, n] = Edge(one, n, FOUND)
    timed("write", lambda: state.write(changes))


def measure(nodes: int) -> None:
    """Print what a report costs in a record of so many names."""
    took: dict[str, list[Times]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record"
        Store.create(path, bare_chance()).close()
        start = time.perf_counter()
        fill(path, nodes)
        made = time.perf_counter() - start
        size = (path / "record.db").stat().st_size / 2**20
        store = Store.open(path)
        for number in range(REPORTS):
            start = now()
            with store.engine.begin() as connection:
                one_report(LinkState(connection), nodes, number, took)
                written = now()
            took.setdefault("commit", []).append(since(written))
            took.setdefault("all", []).append(since(start))
        store.close()
    print(f"{nodes:,} names, {nodes * KEYS:,} keys, {size:.0f} MB, filled in {made:.0f} s")
    for name, times in took.items():
        wall, spent = (sorted(each) for each in zip(*times, strict=True))
        half, most = len(times) // 2, len(times) * 19 // 20
        print(f"  {name:<10} {wall[half]:7.2f} {wall[most]:7.2f} ms, CPU {spent[half]:7.2f} ms")


def main() -> None:
    """Print the tables."""
    for nodes in [int(each) for each in sys.argv[1:]] or [10_000, 100_000, 1_000_000]:
        measure(nodes)


if __name__ == "__main__":
    main()
