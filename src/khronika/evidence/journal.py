"""The journal: entries that only grow, each chained by SHA-256 to the one before."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from khronika.evidence.verdict import Finding, Verdict
from khronika.model.ids import canonical, sha256

ORIGIN = "0" * 64  # what the first entry is chained to


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened to the record.

    `payload` is canonical JSON of ids, counts and salted digests; never personal text. `digest` is
    that of all the rest, `previous` that of the entry before.
    """

    seq: int
    time: str  # RFC 3339, UTC
    what: str
    payload: str
    previous: str
    digest: str

    def read(self) -> dict[str, Any]:
        """The payload as data."""
        data = json.loads(self.payload)
        if not isinstance(data, dict):
            raise ValueError("a payload is a JSON object")
        return data


def chain(last: Entry | None, *, time: str, what: str, payload: Mapping[str, Any]) -> Entry:
    """The entry that follows `last`, or the first one."""
    seq = last.seq + 1 if last else 1
    previous = last.digest if last else ORIGIN
    written = canonical(payload).decode()
    digest = _digest(seq, time, what, written, previous)
    return Entry(seq=seq, time=time, what=what, payload=written, previous=previous, digest=digest)


def check(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Recompute the chain: a finding for every entry that does not stand, or one that all do."""
    previous, seq, broken = ORIGIN, 0, False
    for entry in entries:
        seq += 1
        detail = _fault(entry, seq, previous)
        if detail:
            broken = True
            yield Finding(
                subject=f"journal {entry.seq}",
                check="journal",
                verdict=Verdict.FAILED,
                detail=detail,
            )
        previous = entry.digest
    if not seq:
        yield Finding(
            subject="journal", check="journal", verdict=Verdict.FAILED, detail="it is empty"
        )
    elif not broken:
        yield Finding(subject="journal", check="journal", verdict=Verdict.PASSED)


def _fault(entry: Entry, seq: int, previous: str) -> str:
    if entry.seq != seq:
        return f"entry {seq} is missing"
    if entry.previous != previous:
        return "it is not chained to the entry before"
    found = _digest(entry.seq, entry.time, entry.what, entry.payload, entry.previous)
    return "" if found == entry.digest else "its digest is not that of its content"


def _digest(seq: int, time: str, what: str, payload: str, previous: str) -> str:
    return sha256(canonical([seq, time, what, payload, previous]))
