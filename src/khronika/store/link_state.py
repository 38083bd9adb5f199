"""What linking keeps between runs, in SQL: a cache beside the record that may be lost.

No kept file holds it and `verify` does not compare it: whoever finds that it does not fit the links
links everything anew. The tables stand in a migration. Statements are plain SQL on the driver's
connection, since a report asks some hundred times for a few rows each.
"""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection

from khronika.model.state import Edge, Node, Seat, StateChanges
from khronika.store import due
from khronika.store.due import Due

T = TypeVar("T")

CHUNK = 512  # values in one list
TABLES = ("link_node", "link_key", "link_edge", "link_seat")

NODE = "SELECT id, space, name, home, data FROM link_node"
EDGE = "SELECT one, other, data FROM link_edge"
SEAT = "SELECT space, report, idx, node, data FROM link_seat"
PARTED = (
    "SELECT edge.one, edge.other, edge.data FROM link_edge AS edge"
    " JOIN link_node AS one ON one.id = edge.one JOIN link_node AS other ON other.id = edge.other"
    " WHERE one.space = ? AND one.home <> other.home AND edge.data LIKE '[1,%'"
)
PUT_NODE = (
    "INSERT INTO link_node (id, space, name, home, data, keys) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET"
    " space = excluded.space, name = excluded.name, home = excluded.home, data = excluded.data,"
    " keys = coalesce(excluded.keys, keys)"
)
PUT_KEYS = "UPDATE link_node SET keys = ? WHERE id = ?"
MARK = "INSERT OR IGNORE INTO queue_due (sort, thing) VALUES (?, ?)"
DROP_EDGE = "DELETE FROM link_edge WHERE one = ? AND other = ?"
DROP_SEAT = "DELETE FROM link_seat WHERE space = ? AND report = ? AND idx = ?"
PUT_EDGE = "INSERT OR REPLACE INTO link_edge (one, other, data) VALUES (?, ?, ?)"
PUT_SEAT = (
    "INSERT OR REPLACE INTO link_seat (space, report, idx, node, data) VALUES (?, ?, ?, ?, ?)"
)


class LinkState:
    """The protocol `khronika.linking.state.State` in the tables of a record.

    What it writes becomes part of the record, or not, with the transaction that it is used in.
    """

    def __init__(self, connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._raw = raw
        self._last: int = raw.execute("SELECT last FROM link_mark").fetchone()[0]
        asked = "SELECT count(*) FROM queue_due WHERE sort IN (?, ?)"
        self._whole = bool(raw.execute(asked, (Due.ALL, Due.LINKS)).fetchone()[0])

    def named(self, space: str, names: Collection[str]) -> Mapping[str, Node]:
        """Nodes by name."""
        rows = self._in(f"{NODE} WHERE space = ? AND name IN", names, space)
        return {row[2]: Node(*row) for row in rows}

    def nodes(self, ids: Collection[int]) -> Mapping[int, Node]:
        """Nodes by id."""
        return {row[0]: Node(*row) for row in self._in(f"{NODE} WHERE id IN", ids)}

    def at_home(self, homes: Collection[int]) -> Mapping[int, Sequence[int]]:
        """For each home the ids of its nodes, ascending."""
        found: dict[int, list[int]] = defaultdict(list)
        for home, number in self._in("SELECT home, id FROM link_node WHERE home IN", homes):
            found[home].append(number)
        return {home: sorted(ids) for home, ids in found.items()}

    def holders(self, keys: Collection[int], most: int) -> Mapping[int, Sequence[int]]:
        """For each key the ids of its nodes, ascending; at most so many."""
        ask = self._raw.cursor().execute
        asked = "SELECT node FROM link_key WHERE key = ? ORDER BY node LIMIT ?"
        found = ((key, ask(asked, (key, most)).fetchall()) for key in sorted(set(keys)))
        return {key: [node for (node,) in rows] for key, rows in found if rows}

    def edges(self, ids: Collection[int]) -> Sequence[Edge]:
        """Every edge that has one of these nodes at either end, each once."""
        rows = self._in(f"{EDGE} WHERE one IN", ids) + self._in(f"{EDGE} WHERE other IN", ids)
        return [Edge(*row) for row in {row[:2]: row for row in rows}.values()]

    def parted(self, space: str) -> Iterator[Edge]:
        """Every edge that may join its ends, nodes of a space, and has not; in any order."""
        for row in self._raw.execute(PARTED, (space,)):
            yield Edge(*row)

    def seats(self, space: str, reports: Collection[str]) -> Sequence[Seat]:
        """Everything of some reports in a space, by report and index."""
        rows = self._in(f"{SEAT} WHERE space = ? AND report IN", reports, space)
        return [Seat(*row) for row in sorted(rows)]

    def seats_of(self, nodes: Collection[int]) -> Sequence[Seat]:
        """Everything that some nodes are, by space, report and index."""
        return [Seat(*row) for row in sorted(self._in(f"{SEAT} WHERE node IN", nodes))]

    def fresh(self) -> int:
        """An id that no node has or had."""
        self._last += 1
        return self._last

    def write(self, changes: StateChanges) -> None:
        """Write it; what is written is what is read from now on."""
        touched = () if self._whole else _touched(changes)
        self._mark(touched)
        self._forget(changes.nodes_gone)
        rekeyed = self._rekey(changes.keys) if changes.keys else {}
        nodes = [
            (n.id, n.space, n.name, n.home, n.data, rekeyed.pop(n.id, None))
            for n in changes.nodes.values()
        ]
        self._many(PUT_NODE, nodes)
        self._many(PUT_KEYS, [(keys, node) for node, keys in rekeyed.items()])
        self._many(DROP_EDGE, changes.edges_gone)
        self._many(PUT_EDGE, [(e.one, e.other, e.data) for e in changes.edges.values()])
        self._many(DROP_SEAT, changes.seats_gone)
        self._many(PUT_SEAT, [(s.space, s.report, s.index, s.node, s.data) for s in changes.seats])
        if nodes:
            self._raw.execute("UPDATE link_mark SET last = ?", (self._last,))
        self._mark(touched)

    def _mark(self, nodes: Collection[int]) -> None:
        """Say that pairs which clusters are part of may have changed."""
        if nodes:
            homes = self._in("SELECT home FROM link_node WHERE id IN", nodes)
            self._many(MARK, {(Due.HOME, str(home)) for (home,) in homes})

    def _many(self, statement: str, rows: Collection[tuple[Any, ...]]) -> None:
        if rows:
            self._raw.executemany(statement, rows)

    def clear(self) -> None:
        """Drop everything; ids that were given are not given again."""
        for table in TABLES:
            self._raw.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
        self._many(MARK, [(Due.LINKS, "")])
        self._whole = True

    def _rekey(self, fresh: Mapping[int, Iterable[int]]) -> dict[int, bytes]:
        """Bring the look-up to the keys that nodes have from now on; those as nodes keep them."""
        before = dict(self._in("SELECT id, keys FROM link_node WHERE id IN", fresh))
        gone: list[tuple[int, int]] = []
        more: list[tuple[int, int]] = []
        packed = {}
        for node, keys in fresh.items():
            there, wanted = set(_unpacked(before.get(node))), set(keys)
            gone += ((key, node) for key in there - wanted)
            more += ((key, node) for key in wanted - there)
            packed[node] = array("q", sorted(wanted)).tobytes()
        self._unkey(gone)
        more.sort()  # neighbours lie on one page
        self._many("INSERT OR IGNORE INTO link_key (key, node) VALUES (?, ?)", more)
        return packed

    def _unkey(self, pairs: list[tuple[int, int]]) -> None:
        self._many("DELETE FROM link_key WHERE key = ? AND node = ?", sorted(pairs))

    def _forget(self, nodes: Collection[int]) -> None:
        if not nodes:
            return
        rows = self._in("SELECT id, keys FROM link_node WHERE id IN", nodes)
        self._unkey([(key, node) for node, keys in rows for key in _unpacked(keys)])
        ids = [(node,) for node in nodes]
        for gone in ("link_edge WHERE one", "link_edge WHERE other", "link_seat WHERE node"):
            self._raw.executemany(f"DELETE FROM {gone} = ?", ids)  # noqa: S608  names of our own
        self._raw.executemany("DELETE FROM link_node WHERE id = ?", ids)

    def _in(self, asked: str, values: Iterable[Any], *first: Any) -> list[Any]:
        """The rows that a select ending in IN gives for a list of any length."""
        every = list(dict.fromkeys(values))
        found: list[Any] = []
        for start in range(0, len(every), CHUNK):
            some = every[start : start + CHUNK]
            size = 1 << (len(some) - 1).bit_length()  # few lengths, so that statements are reused
            some += some[-1:] * (size - len(some))
            marks = ", ".join("?" * size)
            found += self._raw.execute(f"{asked} ({marks})", (*first, *some)).fetchall()
        return found


def _touched(changes: StateChanges) -> set[int]:
    pairs = (*changes.edges, *changes.edges_gone)
    return {*changes.nodes, *changes.nodes_gone, *(end for pair in pairs for end in pair)}


def _unpacked(keys: bytes | None) -> Iterable[int]:
    return array("q", keys) if keys else ()


def fits(connection: Connection, seq: int, engine: str) -> bool:
    """True if what is there was left by this engine at this entry of the journal."""
    row = connection.exec_driver_sql("SELECT seq, engine FROM link_mark").one()
    return seq > 0 and tuple(row) == (seq, engine)


def mark(connection: Connection, seq: int, engine: str) -> None:
    """Say of which entry of the journal the state is, and by whom."""
    connection.exec_driver_sql("UPDATE link_mark SET seq = ?, engine = ?", (seq, engine))


def parts(connection: Connection) -> int:
    """How many kept parts the links had when they were last written whole."""
    return int(connection.exec_driver_sql("SELECT parts FROM link_mark").scalar_one())


def note_parts(connection: Connection, number: int) -> None:
    """Keep how many parts the links have now that they were written whole."""
    connection.exec_driver_sql("UPDATE link_mark SET parts = ?", (number,))


def clear(connection: Connection) -> None:
    """Drop all of it. Ids that were given are not given again."""
    for table in TABLES:
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608  names of our own
    mark(connection, 0, "")
    due.mark(connection, Due.LINKS)
