"""One actor: its names where they stand, its affiliations, why it is one."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from anyascii import anyascii
from sqlalchemy import Row, or_, select

from khronika.model.links import Join
from khronika.model.plain import from_plain
from khronika.model.reports import LIST
from khronika.store import actor_traits as traits
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.read_links import actor_of
from khronika.store.store import Store
from khronika.workflows.browsing.veil import NOTHING, veils
from khronika.workflows.explaining import Quoting, near_actors
from khronika.workflows.listed import listings
from khronika.workflows.rows import NearActor, ReportRow

if TYPE_CHECKING:  # linking is not wanted by who does not ask why
    from khronika.linking.explained import Link

actor, member, mention = schema.actor, schema.member, schema.mention
report = schema.report

READ = 2000  # members whose mentions are read for spellings and affiliations
SPELLINGS = 200  # that are quoted
STATED = 120  # affiliations that are told
AROUND = 60  # code points of context
FORMER = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an actor is called, what it is, and why its spellings are one."""

    id: str
    type: str
    caption: str = field(repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)
    countries: tuple[str, ...] = ()
    reports: int = 0
    mentions: int = 0
    former: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelt:
    """A name as it stands in reports, and where it stands first.

    Attributes:
        name: as written.
        script: ISO 15924, "" where it has no letters.
        latin: in Latin letters, "" where it has them.
        mentions: how often it stands so.
        reports: in how many reports.
        home: the report of the earliest of them; none where no report that was read has it.
        start: where it stands there, and
        end: up to where.
        exact: the words, with
        before: what stands before, and
        after: after them.
    """

    name: str = field(repr=False)
    script: str
    latin: str = field(default="", repr=False)
    mentions: int = 0
    reports: int = 0
    home: ReportRow | None = None
    start: int = 0
    end: int = 0
    exact: str = field(default="", repr=False)
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The words of a report that state an affiliation."""

    report: ReportRow
    exact: str = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A role of a person in an organisation, with every report that states it.

    `other` is the organisation where the actor is the person, else the person; `actor` its id,
    where it is known.
    """

    role: str
    other: str = field(repr=False)
    actor: str
    told: tuple[Stated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why names are one actor, and which near ones are not; None where linking kept nothing."""

    links: "tuple[Link, ...]" = ()
    near: tuple[NearActor, ...] = ()


def head(store: Store, asked: str) -> Head | None:
    """An actor by its id, or None."""
    joined = actor.outerjoin(traits.tally, traits.tally.c.actor_id == actor.c.id)
    columns = (
        *(actor.c.id, actor.c.type, actor.c.caption, actor.c.names, actor.c.countries),
        *(actor.c.joins, actor.c.mentions, traits.tally.c.reports),
    )
    alone = select(member.c.alone).where(member.c.actor_id == asked, member.c.alone != asked)
    with store.reading() as connection:
        found = select(*columns).select_from(joined).where(actor.c.id == asked)
        row = connection.execute(found).one_or_none()
        if row is None:
            return None
        former = connection.execute(alone.distinct().limit(FORMER)).scalars().all()
    return Head(
        id=row.id,
        type=row.type,
        caption=row.caption,
        names=tuple(json.loads(row.names)),
        countries=tuple(json.loads(row.countries)),
        reports=row.reports or 0,
        mentions=row.mentions,
        joins=tuple(from_plain(each, Join) for each in json.loads(row.joins)),
        former=tuple(sorted(each for each in former if each)) if row.type != "country" else (),
    )


def spellings(store: Store, of: Head, most: int = SPELLINGS) -> tuple[Spelt, ...]:
    """The actor's names as written, the most frequent first, each where it first stands."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in store.all(_named(of.id)):
        found[row.exact].append(row)
    ordered = sorted(found, key=lambda name: (-len(found[name]), name))
    ordered += [name for name in of.names if name not in found]
    first = {name: min(rows, key=_place) for name, rows in found.items()}
    quoted = [first[name] for name in ordered[:most] if name in first]
    around = _quoted(store, quoted)
    return tuple(_spelt(name, found.get(name, ()), around.get(name)) for name in ordered[:most])


def _named(of: str) -> Any:
    """Selects the names that stand in the first of an actor's reports."""
    some = select(member.c.report_id, member.c.cast).where(member.c.actor_id == of)
    mine = some.limit(READ).subquery("mine")
    same = (mention.c.report_id == mine.c.report_id) & (mention.c.cast == mine.c.cast)
    columns = (mention.c.exact, mention.c.report_id, mention.c.start, mention.c.end)
    asked = select(*columns, report.c.published_from).select_from(mine.join(mention, same))
    asked = asked.join(report, report.c.id == mention.c.report_id)
    return asked.where(mention.c.form == "name", report.c.media_type != LIST)


def _place(row: Any) -> tuple[bool, str, str, int]:
    return not row.published_from, row.published_from, row.report_id, row.start


Quoted = tuple[ReportRow, Any, str, str, str]  # report, row, words, before, after


def _quoted(store: Store, rows: Sequence[Any]) -> dict[str, Quoted]:
    """By name: where it stands and what stands around it, with what is hidden left hidden."""
    homes = report_lines(store, [row.report_id for row in rows])
    hidden = veils(store, list(homes))
    texts: dict[str, str] = {}
    found: dict[str, Quoted] = {}
    for row in rows:
        if row.report_id not in texts:
            data = store.part(row.report_id, "text")
            texts[row.report_id] = data.decode() if data is not None else ""
        text, veil = texts[row.report_id], hidden.get(row.report_id, NOTHING)
        start, end = max(0, row.start - AROUND), row.end + AROUND
        pieces = (
            veil.over(text[row.start : row.end], row.start),
            veil.over(text[start : row.start], start),
            veil.over(text[row.end : end], row.end),
        )
        found[row.exact] = (homes[row.report_id], row, *pieces)
    return found


def _spelt(name: str, rows: Sequence[Any], quoted: Quoted | None) -> Spelt:
    script = script_of(name)
    known = Spelt(
        name=name,
        script=script,
        latin=anyascii(name) if script not in ("", "Latn") else "",
        mentions=len(rows),
        reports=len({row.report_id for row in rows}),
    )
    if quoted is None:
        return known
    home, row, exact, before, after = quoted
    return Spelt(
        name=known.name,
        script=known.script,
        latin=known.latin,
        mentions=known.mentions,
        reports=known.reports,
        home=home,
        start=row.start,
        end=row.end,
        exact=exact,
        before=before,
        after=after,
    )


SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek",
    "GEORGIAN": "Geor", "ARMENIAN": "Armn", "CJK": "Hani", "HANGUL": "Hang", "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan", "DEVANAGARI": "Deva", "THAI": "Thai", "MYANMAR": "Mymr",
    "ETHIOPIC": "Ethi", "KHMER": "Khmr", "LAO": "Laoo", "TIBETAN": "Tibt",
    "BENGALI": "Beng",  # codespell:ignore beng
    "TAMIL": "Taml", "TELUGU": "Telu", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "SINHALA": "Sinh",
    "MONGOLIAN": "Mong", "THAANA": "Thaa", "SYRIAC": "Syrc",
}  # fmt: skip


def script_of(name: str) -> str:
    """The script of the first letter that has one of those we name: ISO 15924, else ""."""
    for letter in name:
        if letter.isalpha():
            first = unicodedata.name(letter, "").partition(" ")[0]
            return SCRIPTS.get(first, "Zyyy")
    return ""


def report_lines(store: Store, ids: Iterable[str]) -> dict[str, ReportRow]:
    """Some reports as a link to them needs them, by id."""
    columns = (
        *(report.c.id, report.c.name, report.c.publisher, report.c.published),
        *(report.c.language, report.c.media_type),
    )
    found: dict[str, ReportRow] = {}
    for some in in_chunks(list(dict.fromkeys(ids))):
        for row in store.all(select(*columns).where(report.c.id.in_(some))):
            found[str(row.id)] = ReportRow(**row._mapping)
    return found


def affiliations(store: Store, of: Head) -> tuple[Tie, ...]:
    """What reports state of its affiliations: a person's roles, an organisation's people."""
    stated = schema.affiliation
    mine = select(member.c.report_id).where(member.c.actor_id == of.id).limit(READ)
    names = list(of.names[:400])
    named = or_(stated.c.person.in_(names), stated.c.organisation.in_(names))
    rows = store.all(select(stated).where(stated.c.report_id.in_(mine), named).limit(STATED))
    homes = report_lines(store, [str(row.report_id) for row in rows])
    hidden = veils(store, list(homes))
    others = _actors_named(store, of, rows)
    found: dict[tuple[str, str, str], list[Stated]] = defaultdict(list)
    for row in rows:
        veil = hidden.get(row.report_id, NOTHING)
        other = row.organisation if row.person in of.names else row.person
        key = (row.role, veil.say(other), others.get((row.report_id, other), ""))
        exact = veil.over(row.exact, row.start)
        home = homes[row.report_id]
        found[key].append(Stated(report=home, exact=exact, start=row.start, end=row.end))
    ties = (
        Tie(role=role, other=other, actor=id_, told=tuple(sorted(told_, key=_by_date)))
        for (role, other, id_), told_ in found.items()
    )
    return tuple(sorted(ties, key=lambda tie: (-len(tie.told), tie.other, tie.role)))


def _by_date(one: Stated) -> tuple[str, str, int]:
    return one.report.published, one.report.id, one.start


def _actors_named(store: Store, of: Head, rows: Sequence[Any]) -> dict[tuple[str, str], str]:
    """The actors that some reports call by the names that affiliations give."""
    cast = schema.cast_member
    same = (member.c.report_id == cast.c.report_id) & (member.c.cast == cast.c.idx)
    names = sorted({name for row in rows for name in (row.person, row.organisation) if name})
    asked = select(cast.c.report_id, cast.c.name, member.c.actor_id).join(member, same)
    these = cast.c.report_id.in_({row.report_id for row in rows}) & cast.c.name.in_(names)
    found = store.all(asked.where(these, member.c.actor_id != of.id))
    return {(str(row.report_id), str(row.name)): str(row.actor_id) for row in found}


def lists_that_name(store: Store, of: str, most: int = 20) -> tuple[str, ...]:
    """What lists that were added for reference say of an actor."""
    asked = select(member.c.report_id, member.c.cast).join(
        report, report.c.id == member.c.report_id
    )
    rows = store.all(asked.where(member.c.actor_id == of, report.c.media_type == LIST).limit(most))
    return tuple(listings(store, [(str(row.report_id), int(str(row.cast))) for row in rows]))


def reasons(store: Store, of: str, engine: str) -> Reasons | None:
    """Why the names of an actor are one, and what kept the nearest others apart.

    Returns:
        None where linking kept nothing that fits the links; linking anew makes it.
    """
    from khronika.linking.near_names import REST, explain_names  # noqa: PLC0415  only why wants it

    first = select(member.c.report_id, member.c.cast).where(member.c.actor_id == of).limit(1)
    rows = store.all(select(actor).where(actor.c.id == of))
    members = store.all(first)
    if not rows or not members:
        return Reasons()
    one = (str(members[0].report_id), int(str(members[0].cast)))
    with store.linking(engine) as state:
        if state is None:
            return None
        found = explain_names(state, one, actor_of(rows[0]).joins)
    near = near_actors(store, Quoting(store), found.near)
    return Reasons(links=tuple(_bare(link, REST) for link in found.links), near=near)


def _bare(link: "Link", rest: str) -> "Link":
    """A join with what is said of these two names alone."""
    return replace(link, evidence=tuple(each for each in link.evidence if each.says != rest))
