"""How quick pages are on a large record: several readers ask for every kind of page.

    python benchmarks/web.py RECORD [--seconds 60] [--clients 8] [--pause 0.5] [--ruling 50]

Starts `khronika serve` on the record, gathers addresses by following links and from the tables,
and lets the clients ask for them in any order: first without a pause (what the machine can bear),
then with a reader's pause. With --ruling every so many requests send a form that rules on an act;
give it a copy of the record then. "floor" is a style sheet of the same server: what a page could
cost at least, and how much else the machine had to do meanwhile.
"""

import argparse
import http.client
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from lxml import html

START = "import sys; from khronika.cli.main import main; sys.exit(main())"
ID = re.compile(r"^(?:rpt|act|inc|per|org|grp|cty|rul)_[\w~]+$|^\d+$")
FLOOR = "/static/base.css"
PER_SORT = 12  # pages that are opened to gather addresses from
IDS = 600  # of each sort of thing
SETTLED = 60  # seconds to wait for that at most
QUIET = 20  # milliseconds of the processor in a second
ALONE = 40  # requests of each sort that one reader makes
FIRST = (
    *("/", "/incidents", "/timeline", "/contradictions", "/actors", "/places", "/appeals"),
    *("/registers", "/reports", "/review", "/journal", "/search", "/export"),
)
TABLES = {
    "/incidents/{}": "SELECT id FROM incident",
    "/reports/{}": "SELECT id FROM report",
    "/acts/{}": "SELECT id FROM act",
    "/actors/{}": "SELECT id FROM actor",
    "/appeals/{}": "SELECT act_id FROM appeal",
}
WORDS = (
    "detained", "court", "lawyer", '"flat was searched"', "police prison", "interview OR leaflet",
    "kind:torture", "country:KZ court", "time:2020..2022 arrest", "zzyzx", "neighbours candles",
)  # fmt: skip
VERBS = ("accept", "reject")


@dataclass(frozen=True, slots=True)
class Took:
    """One answer."""

    page: str
    milliseconds: float
    size: int
    status: int


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the cookie of a session."""

    host: str
    port: int
    cookie: str
    process: int

    def spent(self) -> float:
        """Milliseconds of the processor that it has taken (Linux only)."""
        tasks = Path(f"/proc/{self.process}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in tasks) / 1e6

    def connect(self) -> http.client.HTTPConnection:
        """A connection that is kept open."""
        return http.client.HTTPConnection(self.host, self.port, timeout=60)

    def get(self, connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
        """What a page answers."""
        connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def post(
        self, connection: http.client.HTTPConnection, path: str, fields: Sequence[tuple[str, str]]
    ) -> tuple[int, bytes]:
        """What a form answers."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()


@contextmanager
def serving(record: Path) -> Iterator[Server]:
    """The server, in a process of its own."""
    command = (sys.executable, "-c", START, "serve", "--record", str(record), "--reviewer", "Bench")
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        if address.hostname is None or address.port is None:
            raise SystemExit("the server did not start")
        connection = http.client.HTTPConnection(address.hostname, address.port)
        connection.request("GET", f"{address.path}?{address.query}")
        cookie = connection.getresponse().headers["Set-Cookie"].partition(";")[0]
        yield Server(address.hostname, address.port, cookie, process.pid)
    finally:
        process.terminate()
        process.wait()


def settle(server: Server) -> None:
    """Wait until the server has nothing to do: it reads ahead when it starts."""
    end, before = time.perf_counter() + SETTLED, 0.0
    while time.perf_counter() < end and server.spent() - before > QUIET:
        before = server.spent()
        time.sleep(1)


def page_of(path: str) -> str:
    """What sort of page an address is: names of things left out, and "?" for any filter."""
    parts = urlsplit(path)
    first, *rest = parts.path.strip("/").split("/")
    if path == FLOOR:
        return "floor"
    named = ["*" if ID.match(each) or first in {"places", "registers"} else each for each in rest]
    asked = {name for name, value in parse_qsl(parts.query) if value}
    return "/" + "/".join((first, *named)) + ("?" if asked else "")


def gather(server: Server, record: Path, seed: int) -> dict[str, list[str]]:
    """Addresses of every sort of page."""
    rng = random.Random(seed)
    found = _linked(server, rng)
    for path, asked in TABLES.items():
        area = path.split("/")[1]
        if any(page.startswith(f"/{area}") for page in found):
            ids = _ids(record, asked, rng)
            found[page_of(path.format("act_0"))] = [path.format(each) for each in ids]
    if "/search" in found or "/search?" in found:
        found["/search?"] = [f"/search?q={quote(word)}" for word in WORDS]
    return found | {"floor": [FLOOR]}


def _linked(server: Server, rng: random.Random) -> dict[str, list[str]]:
    """Addresses that pages lead to, by sort."""
    connection, seen = server.connect(), set(FIRST)
    waiting, found, opened = [*FIRST], defaultdict[str, list[str]](list), defaultdict[str, int](int)
    for path in FIRST:
        found[page_of(path)].append(path)
    while waiting:
        path = waiting.pop(rng.randrange(len(waiting)))
        page = page_of(path)
        if opened[page] >= PER_SORT:
            continue
        opened[page] += 1
        status, body = server.get(connection, path)
        if status >= 400:
            print(f"  {status} for {path}")
            found[page].remove(path)
            continue
        if not body.lstrip().lower().startswith(b"<!doctype html"):
            continue
        for link in _links(body, path):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
                found[page_of(link)].append(link)
    return {page: rng.sample(all_, min(len(all_), IDS)) for page, all_ in found.items() if all_}


def _links(body: bytes, path: str) -> list[str]:
    found = []
    tree = html.fromstring(body)
    for target in tree.xpath("//a/@href | //img/@src"):
        parts = urlsplit(urljoin(f"http://here{path}", target))
        if parts.netloc == "here" and not parts.path.startswith("/export/"):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def _ids(record: Path, asked: str, rng: random.Random) -> list[str]:
    with sqlite3.connect(f"file:{record}/record.db?mode=ro", uri=True) as database:
        ids = [row[0] for row in database.execute(asked)]
    return rng.sample(ids, min(len(ids), IDS))


@dataclass(slots=True)
class Load:
    """What clients do until the time is over."""

    server: Server
    pages: Mapping[str, Sequence[str]]
    end: float
    pause: float
    ruling: int
    took: list[Took] = field(default_factory=list)
    strange: dict[str, int] = field(default_factory=dict)

    def client(self, number: int) -> None:
        """One reader."""
        rng, connection = random.Random(number), self.server.connect()
        names = sorted(self.pages)
        time.sleep(rng.random() * self.pause)
        asked = 0
        while time.perf_counter() < self.end:
            asked += 1
            if self.ruling and asked % self.ruling == 0:
                self._rule(connection, rng)
            else:
                page = rng.choice(names)
                path = rng.choice(self.pages[page])
                self._timed(page, path, partial(self.server.get, connection, path))
            if self.pause:
                time.sleep(self.pause * (0.5 + rng.random()))

    def _rule(self, connection: http.client.HTTPConnection, rng: random.Random) -> None:
        """Open an act and send the form that accepts or rejects it."""
        path = rng.choice(self.pages["/acts/*"])
        _, body = self.server.get(connection, path)
        verb = rng.choice(VERBS)
        for form in html.fromstring(body).forms:
            buttons = form.xpath(f".//button[@value='{verb}'] | .//input[@value='{verb}']")
            if form.method == "POST" and (buttons or f"/{verb}" in (form.action or "")):
                fields = [(name, value) for name, value in form.form_values() if name != "verb"]
                fields = [(name, value or "seen in a benchmark") for name, value in fields]
                fields += [(each.get("name"), verb) for each in buttons[:1] if each.get("name")]
                target = urlsplit(urljoin(f"http://here{path}", form.action or path)).path
                send = partial(self.server.post, connection, target, fields)
                self._timed("ruling (POST)", target, send)
                return

    def _timed(self, page: str, path: str, ask: Callable[[], tuple[int, bytes]]) -> None:
        begun = time.perf_counter()
        status, body = ask()
        spent = 1000 * (time.perf_counter() - begun)
        self.took.append(Took(page, spent, len(body), status))
        if status >= 400:
            self.strange[f"{status} {path}"] = self.strange.get(f"{status} {path}", 0) + 1


def load(server: Server, pages: Mapping[str, Sequence[str]], options: argparse.Namespace,
         pause: float) -> Load:  # fmt: skip
    """Let the clients ask; what they met."""
    end = time.perf_counter() + options.seconds
    found = Load(server, pages, end, pause, options.ruling)
    clients = [
        threading.Thread(target=found.client, args=(number,)) for number in range(options.clients)
    ]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    return found


def alone(server: Server, pages: Mapping[str, Sequence[str]], seed: int) -> None:
    """Print what each sort of page costs one reader, by the wall and the server's processor."""
    rng, connection = random.Random(seed), server.connect()
    print(f"  {'page':<34} {'asked':>6} {'p50':>8} {'p95':>8} {'max':>8} ms {'CPU':>8} ms")
    rows = []
    for page, paths in pages.items():
        times, before = [], server.spent()
        for path in rng.sample(list(paths), min(len(paths), ALONE)):
            begun = time.perf_counter()
            status, body = server.get(connection, path)
            times.append(Took(page, 1000 * (time.perf_counter() - begun), len(body), status))
        rows.append((page, times, (server.spent() - before) / len(times)))
    for page, times, spent in sorted(rows, key=lambda each: -each[2]):
        print(
            f"  {page:<34} {len(times):>6} {_at(times, 0.5):>8.1f} {_at(times, 0.95):>8.1f}"
            f" {_at(times, 1):>8.1f}    {spent:>8.1f}"
        )


def told(found: Load, seconds: float) -> None:
    """Print the table."""
    by_page = defaultdict[str, list[Took]](list)
    for each in found.took:
        by_page[each.page].append(each)
    print(f"  {'page':<34} {'asked':>6} {'p50':>8} {'p95':>8} {'max':>8} ms {'bytes':>9}")
    for page, times in sorted(by_page.items(), key=lambda each: -_at(each[1], 0.95)):
        sizes = sorted(each.size for each in times)
        print(
            f"  {page:<34} {len(times):>6} {_at(times, 0.5):>8.1f} {_at(times, 0.95):>8.1f}"
            f" {_at(times, 1):>8.1f}    {sizes[len(sizes) // 2]:>9,}"
        )
    print(
        f"  {'all':<34} {len(found.took):>6} {_at(found.took, 0.5):>8.1f}"
        f" {_at(found.took, 0.95):>8.1f} {_at(found.took, 1):>8.1f}"
        f"    {len(found.took) / seconds:.0f} a second"
    )
    for what, times in sorted(found.strange.items())[:10]:
        print(f"  {times} times {what}")


def _at(times: Sequence[Took], share: float) -> float:
    spent = sorted(each.milliseconds for each in times)
    return spent[min(len(spent) - 1, int(share * len(spent)))]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("record", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0.5)
    parser.add_argument("--ruling", type=int, default=0)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    options = parser.parse_args()
    with serving(options.record) as server:
        settle(server)
        begun = time.perf_counter()
        pages = gather(server, options.record, seed=5)
        spent = time.perf_counter() - begun
        print(f"{sum(map(len, pages.values()))} addresses of {len(pages)} sorts in {spent:.0f} s")
        if options.only:
            pages = {page: paths for page, paths in pages.items()
                     if options.only in page or page == "floor"}  # fmt: skip
        print("one reader")
        alone(server, pages, seed=6)
        for pause in (0.0, options.pause):
            words = f"{pause} s of pause" if pause else "no pause"
            print(f"{options.clients} clients, {words}")
            told(load(server, pages, options, pause), options.seconds)


if __name__ == "__main__":
    main()
