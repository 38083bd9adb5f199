"""Registers: official lists as histories of who was listed, excluded or refused, by whose word."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from khronika.model.acts import Role
from khronika.model.anchors import Anchor
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.text.lemmas import words
from khronika.workflows.browsing.tellings import act_rows
from khronika.workflows.browsing.veil import NOTHING, Veil, veils
from khronika.workflows.rows import ActRow

designation, told = schema.designation, schema.incident_act

SORTS = ("date", "organisation")
UNNAMED = "-"
Clash = tuple[str, tuple[str, ...]]  # an attribute, and the values that cannot all hold


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """A register with its numbers.

    Attributes:
        key: of its page.
        name: as the reports have it most often.
        authorities: who keeps it, as told.
        counts: how many tellings of each designation.
        organisations: how many are named.
        first: EDTF of the earliest entry, and
        last: of the latest; "" where none has a date.
    """

    key: str
    name: str
    authorities: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    organisations: int = 0
    entries: int = 0
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a register as one report tells it.

    Attributes:
        row: the act with its report.
        quote: its quotation, with what is hidden left hidden.
        organisation: as printed.
        actor: its id, where it is known.
        designation: listed, excluded or refused.
        when: EDTF.
        reason: as quoted, with where it stands; `said` where only the words are known.
        authority: who keeps the register, as told.
        against: attributes in which the tellings of the incident contradict each other, each with
            the values told.
    """

    row: ActRow
    quote: str = field(repr=False)
    organisation: str = field(repr=False)
    actor: str
    designation: str
    when: str
    reason: Anchor | None = None
    said: str = field(default="", repr=False)
    authority: str = ""
    against: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An organisation's history on a register, the earliest first."""

    name: str = field(repr=False)
    actor: str
    entries: tuple[Entry, ...]


def registers(store: Store) -> tuple[RegisterLine, ...]:
    """Every register, that of the most entries first."""
    by_key: dict[str, list[Any]] = defaultdict(list)
    for row in store.all(_stands()):
        by_key[register_key(str(row.register))].append(row)
    found = (_line(key, rows) for key, rows in by_key.items())
    return tuple(sorted(found, key=lambda each: (-each.entries, each.name)))


def register_key(name: str) -> str:
    """What stands in the address of a register's page: its words."""
    return "-".join(word for word, _, _ in words(name)) or UNNAMED


def _stands() -> Any:
    """Selects entries whose act is in an incident: what a reviewer rejected is in none."""
    joined = designation.join(told, told.c.act_id == designation.c.act_id)
    return select(designation).select_from(joined)


def _line(key: str, rows: Sequence[Any]) -> RegisterLine:
    names = Counter(row.register for row in rows)
    authorities = Counter(row.authority for row in rows if row.authority)
    dates = sorted(row.when_edtf for row in rows if row.when_edtf)
    return RegisterLine(
        key=key,
        name=max(names, key=lambda name: (names[name], name)),
        authorities=tuple(name for name, _ in authorities.most_common(5)),
        counts=tuple(sorted(Counter(row.designation for row in rows).items())),
        organisations=len({row.organisation.casefold() for row in rows}),
        entries=len(rows),
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
    )


def entry_ids(store: Store, line: RegisterLine, sort: str = "date") -> tuple[str, ...]:
    """The acts that tell the entries of a register: the earliest first, or by organisation."""
    rows = [row for row in store.all(_stands()) if register_key(str(row.register)) == line.key]
    rows.sort(key=lambda row: (not row.when_edtf, str(row.when_edtf), str(row.act_id)))
    if sort == "organisation":
        rows.sort(key=lambda row: str(row.organisation).casefold())
    return tuple(dict.fromkeys(str(row.act_id) for row in rows))


def entries(store: Store, acts: Sequence[str]) -> tuple[Entry, ...]:
    """Some entries with what stands behind them, in this order."""
    known: dict[str, list[Any]] = defaultdict(list)
    with store.reading() as connection:
        for some in in_chunks(list(dict.fromkeys(acts))):
            asked = select(designation).where(designation.c.act_id.in_(some))
            for row in connection.execute(asked.order_by(designation.c.report_id)):
                known[row.act_id].append(row)
        rows = act_rows(connection, acts, {})
        against = _against(connection, [row.incident for row in rows.values() if row.incident])
    hidden = veils(store, sorted({row.report.id for row in rows.values()}))
    found = []
    for each in dict.fromkeys(acts):
        if each in rows:
            one = rows[each]
            veil = hidden.get(one.report.id, NOTHING)
            found += [_entry(row, one, veil, against) for row in known[each]]
    return tuple(found)


def _against(connection: Connection, incidents: Sequence[str]) -> dict[str, tuple[Clash, ...]]:
    """The attributes in which tellings contradict each other, by act."""
    table = schema.contradiction
    found: dict[str, list[Clash]] = defaultdict(list)
    for some in in_chunks(sorted(set(incidents))):
        asked = select(table.c.attribute, table.c.told).where(table.c.incident_id.in_(some))
        for row in connection.execute(asked.order_by(table.c.incident_id, table.c.idx)):
            sides = json.loads(row.told)
            values = tuple(str(side["value"]) for side in sides)
            for one in dict.fromkeys(act for side in sides for act in side["acts"]):
                found[one].append((row.attribute, values))
    return {one: tuple(clashes) for one, clashes in found.items()}


def _entry(row: Any, one: ActRow, veil: Veil, against: dict[str, tuple[Clash, ...]]) -> Entry:
    reason = one.act.reason
    if reason is not None:
        exact = veil.over(reason.exact, reason.start)
        reason = Anchor(start=reason.start, end=reason.end, exact=exact)
    return Entry(
        row=one,
        quote=veil.over(one.act.quote.exact, one.act.quote.start),
        organisation=veil.say(row.organisation),
        actor=_actor_named(one, row.organisation),
        designation=row.designation,
        when=row.when_edtf,
        reason=reason,
        said="" if reason else veil.say(row.reason),
        authority=veil.say(row.authority),
        against=against.get(one.act.id, ()),
    )


def _actor_named(row: ActRow, name: str) -> str:
    """The actor of the act that has this name; else the only one that it was done to."""
    pairs = list(zip(row.act.involvements, row.actors, strict=True))
    for one, actor in pairs:
        if one.name == name and actor:
            return actor
    done_to = {actor for one, actor in pairs if one.role is Role.VICTIM and actor}
    return done_to.pop() if len(done_to) == 1 else ""


def by_organisation(found: Iterable[Entry]) -> tuple[Listed, ...]:
    """Entries by organisation, by name: one that is known by its actor, another by its name."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for each in found:
        groups[each.actor or each.organisation.casefold()].append(each)
    listed = (
        Listed(
            name=max((each.organisation for each in several), key=len),
            actor=several[0].actor,
            entries=tuple(several),
        )
        for several in groups.values()
    )
    return tuple(sorted(listed, key=_by_name))


def _by_name(one: Listed) -> tuple[str, bool, str, str]:
    first = one.entries[0].when
    return one.name.casefold(), not first, first, one.actor
