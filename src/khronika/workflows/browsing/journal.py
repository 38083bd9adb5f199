"""The journal in pages, the newest entry first; its seals; and checking the whole record."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select

from khronika.evidence.journal import Entry
from khronika.evidence.seal import SEALED, Seal, seal_in
from khronika.store import schema
from khronika.store.store import Store

journal, held, ruling = schema.journal, schema.held, schema.ruling
KEPT = 1000  # numbers of entries of a list that are kept
SUBJECT = re.compile(r"[a-z]{3,10}(?:_[0-9a-f]{4,64})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries; each that is given must hold.

    Attributes:
        what: of one sort, such as "added".
        subject: that name this id: a report, a ruling, or an act or actor that was ruled on.
        reviewer: rulings of this reviewer.
    """

    what: str = ""
    subject: str = ""
    reviewer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What a reviewer decided in one entry."""

    verb: str
    ids: tuple[str, ...]
    reviewer: str = field(repr=False)
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry of the journal.

    Attributes:
        number: its place, from 1.
        time: RFC 3339, UTC.
        what: its sort.
        subject: the id it is about, "" for the record as a whole.
        notes: what else it says: counts, ids, names of coders.
        digest: that the next entry is chained to.
        name: of the report it is about, if that is still there.
        ruled: of a ruling that is still there.
        seal: of an entry that seals.
    """

    number: int
    time: str
    what: str
    subject: str
    notes: Mapping[str, Any]
    digest: str
    name: str = field(default="", repr=False)
    ruled: Ruled | None = None
    seal: Seal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """How many entries fit, and the numbers of the newest of them.

    It spares going through the whole journal for each page of the same list; see `fitting`.
    """

    total: int
    newest: tuple[int, ...] = ()


def fitting(store: Store, wanted: Wanted) -> Fitting:
    """Count entries, and look up the newest."""
    conditions = _conditions(wanted)
    counted = select(func.count()).select_from(journal).where(*conditions)
    newest = select(journal.c.seq).where(*conditions).order_by(journal.c.seq.desc()).limit(KEPT)
    with store.reading() as connection:
        total = connection.execute(counted).scalar() or 0
        numbers = connection.execute(newest).scalars() if conditions else ()
        return Fitting(total=total, newest=tuple(numbers))


def entries(
    store: Store, wanted: Wanted, known: Fitting, *, offset: int, size: int
) -> tuple[EntryRow, ...]:
    """A page of entries, the newest first."""
    asked = select(journal).order_by(journal.c.seq.desc())
    if known.newest and offset + size <= KEPT:
        asked = asked.where(journal.c.seq.in_(known.newest[offset : offset + size]))
    else:
        asked = asked.where(*_conditions(wanted)).limit(size).offset(offset)
    with store.reading() as connection:
        rows = connection.execute(asked).all()
        found = [Entry(**row._mapping) for row in rows]
        told = [_payload(entry) for entry in found]
        subjects = {str(each.get("subject", "")) for each in told}
        report = schema.report
        named = select(report.c.id, report.c.name).where(report.c.id.in_(sorted(subjects)))
        names = {row.id: row.name for row in connection.execute(named)}
        rulings = {
            row.id: Ruled(
                verb=row.verb, ids=tuple(json.loads(row.ids)), reviewer=row.reviewer, why=row.why
            )
            for row in connection.execute(select(ruling).where(ruling.c.id.in_(sorted(subjects))))
        }
    return tuple(
        _row(entry, payload, names, rulings) for entry, payload in zip(found, told, strict=True)
    )


def _payload(entry: Entry) -> Mapping[str, Any]:
    try:
        return entry.read()
    except ValueError:  # verify says so
        return {}


def _row(
    entry: Entry, payload: Mapping[str, Any], names: Mapping[str, str], rulings: Mapping[str, Ruled]
) -> EntryRow:
    subject = str(payload.get("subject", ""))
    return EntryRow(
        number=entry.seq,
        time=entry.time,
        what=entry.what,
        subject=subject,
        notes={key: value for key, value in payload.items() if key != "subject"},
        digest=entry.digest,
        name=names.get(subject, ""),
        ruled=rulings.get(subject),
        seal=_seal(entry),
    )


def _seal(entry: Entry) -> Seal | None:
    try:
        return seal_in(entry)
    except (ValueError, KeyError, TypeError):  # verify says so
        return None


def sorts(store: Store) -> tuple[tuple[str, int], ...]:
    """The sorts of entries there are, with how many."""
    asked = select(journal.c.what, func.count()).group_by(journal.c.what).order_by(journal.c.what)
    return tuple((row[0], row[1]) for row in store.all(asked))  # type: ignore[misc]


def reviewers(store: Store) -> tuple[str, ...]:
    """Who ruled."""
    asked = select(ruling.c.reviewer).distinct().order_by(ruling.c.reviewer)
    return tuple(row.reviewer for row in store.all(asked))


def last_seal(store: Store) -> EntryRow | None:
    """The entry that sealed last."""
    wanted = Wanted(what=SEALED)
    found = entries(store, wanted, Fitting(total=0), offset=0, size=1)
    return found[0] if found else None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.what:
        found.append(journal.c.what == wanted.what)
    if wanted.reviewer:
        kept = (held.c.subject == ruling.c.id) & (held.c.part == "ruling")
        mine = select(held.c.seq).join(ruling, kept).where(ruling.c.reviewer == wanted.reviewer)
        found.append(journal.c.seq.in_(mine))
    if wanted.subject:
        # A payload is canonical JSON: an id stands in it between quotation marks, whole.
        subject = wanted.subject if SUBJECT.fullmatch(wanted.subject) else "-"
        found.append(journal.c.payload.contains(f'"{subject}"', autoescape=True))
    return found
