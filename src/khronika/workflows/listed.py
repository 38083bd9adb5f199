"""Lists of people and bodies that the record holds for reference: who is in them, who is not."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, func, select

from khronika.coding.listed import Listed, entries
from khronika.model.ids import canonical
from khronika.model.links import Actor, Links
from khronika.model.reports import LIST
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.text.redaction import BLOCK

TOLD = ("born", "died", "position", "listed in", "wikidata")


def lists_of(store: Store) -> frozenset[str]:
    """The ids of the pieces of lists."""
    report = schema.report
    asked = select(report.c.id).where(report.c.media_type == LIST)
    return frozenset(row.id for row in store.all(asked))


def is_told() -> ColumnElement[bool]:
    """A condition on `actor`: some report tells of it, not only lists.

    It is looked up row by row, by index, so that a look at the first few stays cheap.
    """
    member, report = schema.member, schema.report
    told = select(member.c.cast).join(report, report.c.id == member.c.report_id)
    mine = told.where(member.c.actor_id == schema.actor.c.id, report.c.media_type != LIST)
    return mine.correlate(schema.actor).exists()


def pieces_and_entries(connection: Connection) -> tuple[int, int]:
    """How many pieces of lists there are, and how many entries they have."""
    report, cast = schema.report, schema.cast_member
    pieces = select(report.c.id).where(report.c.media_type == LIST)
    ids = list(connection.execute(pieces).scalars())
    if not ids:
        return 0, 0
    entries = select(func.count()).select_from(cast).where(cast.c.report_id.in_(pieces))
    return len(ids), connection.execute(entries).scalar() or 0


def without_lists(links: Links, lists: frozenset[str]) -> Links:
    """Links without the actors that only lists name, and without the lists in the others."""
    if not lists:
        return links
    left = (_without(actor, lists) for actor in links.actors)
    return replace(links, actors=tuple(actor for actor in left if actor.members))


def _without(actor: Actor, lists: frozenset[str]) -> Actor:
    members = tuple(member for member in actor.members if member[0] not in lists)
    if len(members) == len(actor.members):
        return actor
    reports = tuple(report for report in actor.reports if report not in lists)
    return replace(actor, members=members, reports=reports)


def listings(store: Store, members: Sequence[tuple[str, int]]) -> Iterator[str]:
    """What lists say of an actor: 'mps.json: Person, position Member of Parliament; id Q1'."""
    lists = _lists_among(store, sorted({report for report, _ in members}))
    for report, index in members:
        text = store.part(report, "text") if report in lists else None
        if text is None:
            continue
        told = text.decode()
        name = told.partition(", entities ")[0]
        for one in entries(told):
            if one.index == index:
                yield f"{name}: {_said(one)}"


def _lists_among(store: Store, reports: Sequence[str]) -> set[str]:
    report = schema.report
    found: set[str] = set()
    for some in in_chunks(reports):
        these = report.c.id.in_(some)
        asked = select(report.c.id).where(these, report.c.media_type == LIST)
        found |= {row.id for row in store.all(asked)}
    return found


def _said(one: Listed) -> str:
    known = (f"{key} {value}" for key in TOLD for value in one.values(key))
    return f"{', '.join((one.schema, *known))}; id {one.id}"


def struck(store: Store, report: str, casts: set[int]) -> Change:
    """A piece of a list without some of its entities: every letter of their lines a block."""
    text, kept, coding = (store.part(report, part) for part in ("text", "report", "coding"))
    assert text is not None
    assert kept is not None
    head, *lines = text.decode().split("\n")
    left = [BLOCK * len(line) if n in casts else line for n, line in enumerate(lines)]
    fresh = {"text": "\n".join([head, *left]).encode(), "report": kept}
    if coding is not None:
        data = json.loads(coding)
        data["cast"] = [each for each in data.get("cast", ()) if each["index"] not in casts]
        fresh["coding"] = canonical(data)
    return Change(what="redacted", subject=report, parts=fresh, erased=("bytes",))
