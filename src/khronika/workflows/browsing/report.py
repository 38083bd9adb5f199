"""One report for its page: where it came from, a page of its text with marks, its copies."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from khronika.model.anchors import Anchor, Span
from khronika.model.links import Ruling
from khronika.model.plain import from_plain
from khronika.model.reports import Known
from khronika.store import schema
from khronika.store.store import Store
from khronika.text.overlap import Shared, spans_shared
from khronika.workflows.browsing.tellings import act_rows, report_rows
from khronika.workflows.browsing.texts import Block, Mark, Slice, Sort, pages, slices
from khronika.workflows.browsing.veil import Veil
from khronika.workflows.rows import ActRow, CopyRow, ReportRow

report, passage, act = schema.report, schema.passage, schema.act
MOST_ACTS = 150  # that a page tells of in its margin
MOST_MARKS = 3000  # names that a page marks
MOST_COPIES = 50
FACTS = ("title", "publisher", "published", "place", "language", "url")
RELATIONS = ("copy", "translation", "quotation", "template")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One time that a report's bytes came in."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of a report besides its text.

    Attributes:
        row: the report as lists show it.
        facts: title, publisher, date, place, language and address, each with what it stands on.
        sources: where the same bytes came from.
        sha256: of the bytes as received.
        text_sha256: of the text.
        has_bytes: whether the bytes are kept; a redacted report has only its text.
        encoding: of the bytes.
        length: of the text, in code points.
        coder: that coded it, "" if none did.
        codebook: digest of the codebook.
        contacts: how many stretches are contact data.
    """

    row: ReportRow
    facts: Mapping[str, Known]
    sources: tuple[Source, ...]
    sha256: str
    text_sha256: str
    has_bytes: bool
    encoding: str
    length: int
    coder: str
    codebook: str
    contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name or description as it stands in the text, and who it is held to be."""

    span: Span
    words: str = field(repr=False)
    name: str = field(repr=False)
    actor: str | None
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A figure or an affiliation, as the margin tells it."""

    span: Span
    sort: Sort
    what: str = field(repr=False)
    by: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands in one page of a report's text.

    Attributes:
        acts: told there, by place, each with its number in the report.
        names: by place.
        said: figures and affiliations, by place.
        more: acts that the page leaves out.
    """

    acts: tuple[tuple[int, ActRow], ...]
    names: tuple[Named, ...]
    said: tuple[Said, ...]
    more: int = 0


def head(store: Store, of: str) -> Head:
    """What is known of one report that is there."""
    kept = json.loads(store.part(of, "report") or b"{}")
    reading = kept.get("reading", {})
    with store.reading() as connection:
        row = connection.execute(select(report).where(report.c.id == of)).one()
        shown = report_rows(connection, [of])[of]
        origin, contact = schema.origin, schema.contact
        sources = connection.execute(
            select(origin.c.name, origin.c.url)
            .where(origin.c.report_id == of)
            .order_by(origin.c.idx)
        ).all()
        contacts = connection.execute(select(contact.c.idx).where(contact.c.report_id == of)).all()
    return Head(
        row=shown,
        facts={name: from_plain(reading.get(name, {}), Known) for name in FACTS},
        sources=tuple(Source(name=each.name, url=each.url) for each in sources),
        sha256=row.sha256,
        text_sha256=store.digest(of, "text") or "",
        has_bytes=store.digest(of, "bytes") is not None,
        encoding=row.encoding,
        length=row.length,
        coder=row.coder,
        codebook=row.codebook,
        contacts=len(contacts),
    )


def text_of(store: Store, of: str) -> str:
    """The preserved text of a report."""
    data = store.part(of, "text")
    return data.decode() if data is not None else ""


def page_spans(store: Store, of: str, text: str) -> tuple[Span, ...]:
    """Where each page of a report's text begins and ends."""
    asked = select(passage.c.start, passage.c.end).where(passage.c.report_id == of)
    rows = store.all(asked.order_by(passage.c.idx))
    return pages((Span(row.start, row.end) for row in rows), text)


def slices_on(store: Store, of: str, page: Span) -> tuple[Slice, ...]:
    """The passages that a page shows, whole or in part, and what stands between them."""
    here = (passage.c.report_id == of) & (passage.c.start < page.end) & (passage.c.end > page.start)
    columns = (passage.c.idx, passage.c.role, passage.c.start, passage.c.end, passage.c.repeat_of)
    return slices(
        (
            Block(
                span=Span(row.start, row.end),
                role=row.role,
                index=row.idx,
                repeat_of=row.repeat_of,
            )
            for row in store.all(select(*columns).where(here).order_by(passage.c.idx))
        ),
        page,
    )


def passage_start(store: Store, of: str, index: int) -> int | None:
    """Where a passage begins."""
    mine = (passage.c.report_id == of) & (passage.c.idx == index)
    found = store.all(select(passage.c.start).where(mine))
    return found[0].start if found else None


def told_on(store: Store, of: str, page: Span, rulings: Mapping[str, Ruling]) -> Told:
    """The acts, names, figures and affiliations of one page of a report's text."""
    every = select(act.c.id, act.c.quote_start, act.c.quote_end).where(act.c.report_id == of)
    with store.reading() as connection:
        known = report_rows(connection, [of])
        rows = connection.execute(every.order_by(act.c.quote_start, act.c.quote_end, act.c.id))
        here = [
            (number, row.id)
            for number, row in enumerate(rows, start=1)
            if row.quote_start < page.end and row.quote_end > page.start
        ]
        shown = here[:MOST_ACTS]
        found = act_rows(connection, [each for _, each in shown], rulings, known)
        return Told(
            acts=tuple((number, found[each]) for number, each in shown),
            names=tuple(_names(connection, of, page)),
            said=tuple(sorted(_said(connection, of, page), key=lambda each: each.span)),
            more=len(here) - len(shown),
        )


def _within(table: Any, of: str, page: Span) -> Any:
    return (table.c.report_id == of) & (table.c.start < page.end) & (table.c.end > page.start)


def _names(connection: Any, of: str, page: Span) -> list[Named]:
    mention, cast, member = schema.mention, schema.cast_member, schema.member
    asked = (
        select(mention, cast.c.name, cast.c.type, member.c.actor_id)
        .join(cast, (cast.c.report_id == of) & (cast.c.idx == mention.c.cast))
        .outerjoin(member, (member.c.report_id == of) & (member.c.cast == mention.c.cast))
        .where(_within(mention, of, page), mention.c.form != "pronoun")
        .order_by(mention.c.start, mention.c.end, mention.c.cast)
        .limit(MOST_MARKS)
    )
    return [
        Named(
            span=Span(row.start, row.end),
            words=row.exact,
            name=row.name,
            actor=row.actor_id,
            type=row.type,
        )
        for row in connection.execute(asked)
    ]


def _said(connection: Any, of: str, page: Span) -> list[Said]:
    figure, affiliation = schema.figure, schema.affiliation
    figures = connection.execute(select(figure).where(_within(figure, of, page)).limit(MOST_ACTS))
    found = [
        Said(
            span=Span(row.start, row.end),
            sort=Sort.FIGURE,
            what=f"{row.value:,} {row.what}".strip(),
            by=tuple(json.loads(row.said_by)),
        )
        for row in figures
    ]
    bonds = select(affiliation).where(_within(affiliation, of, page)).limit(MOST_ACTS)
    for row in connection.execute(bonds):
        said = ", ".join(filter(None, (row.person, row.role, row.organisation)))
        found.append(Said(span=Span(row.start, row.end), sort=Sort.AFFILIATION, what=said))
    return found


def marks_of(told: Told, facts: Mapping[str, Known]) -> list[Mark]:
    """Everything that a page marks in its text."""
    found = [mark for _, row in told.acts for mark in _marks_of_act(row)]
    found += [
        Mark(span=each.span, sort=Sort.NAME, key=each.actor or "", words=each.name)
        for each in told.names
    ]
    found += [Mark(span=each.span, sort=each.sort, words=each.what) for each in told.said]
    sorts = {"publisher": Sort.SOURCE, "published": Sort.WHEN, "place": Sort.WHERE}
    for name, sort in sorts.items():
        if (anchor := facts[name].anchor) is not None:
            found.append(Mark(span=anchor.span, sort=sort, key=name, words=facts[name].value))
    return found


def _marks_of_act(row: ActRow) -> list[Mark]:
    told = row.act
    found = [
        Mark(span=told.quote.span, sort=Sort.ACT, key=told.id),
        Mark(span=told.trigger.span, sort=Sort.TRIGGER, key=told.id),
    ]
    for one, actor in zip(told.involvements, row.actors, strict=True):
        if one.anchor is not None:
            sort = Sort.SOURCE if one.role.value == "source" else Sort.NAME
            key, words = actor or "", one.role.value
            found.append(Mark(span=one.anchor.span, sort=sort, key=key, words=words))
    if told.when.anchor is not None:
        words = told.when.edtf
        found.append(Mark(span=told.when.anchor.span, sort=Sort.WHEN, key=told.id, words=words))
    found += [
        Mark(span=where.anchor.span, sort=Sort.WHERE, key=told.id, words=where.place)
        for where in told.where
    ]
    for name in ("what", "reason", "penalty", "response"):
        anchor: Anchor | None = getattr(told, name)
        if anchor is not None:
            found.append(Mark(span=anchor.span, sort=Sort.DETAIL, key=told.id, words=name))
    for demand in told.demands:
        found.append(Mark(span=demand.span, sort=Sort.DETAIL, key=told.id, words="demands"))
    return found


def place_of_act(store: Store, of: str, asked: str) -> Span | None:
    """Where a report tells an act; None if it does not."""
    mine = (act.c.id == asked) & (act.c.report_id == of)
    found = store.all(select(act.c.quote_start, act.c.quote_end).where(mine))
    return Span(found[0].quote_start, found[0].quote_end) if found else None


def copies(store: Store, of: str) -> tuple[CopyRow, ...]:
    """The reports that one copies, quotes, translates or shares a template with, closest first.

    Which words they share is worked out when it is asked for: see `shared`.
    """
    copy = schema.copy
    mine = or_(copy.c.report_id == of, copy.c.original == of)
    rows = sorted(
        store.all(select(copy).where(mine)),
        key=lambda row: (RELATIONS.index(row.relation), -row.share, row.report_id, row.original),
    )[:MOST_COPIES]
    others = [row.original if row.report_id == of else row.report_id for row in rows]
    with store.reading() as connection:
        known = report_rows(connection, others)
    return tuple(
        CopyRow(
            report=known[other],
            relation=row.relation,
            from_it=other == row.original,
            share=row.share,
        )
        for row, other in zip(rows, others, strict=True)
        if other in known
    )


def shared(store: Store, text: str, other: str) -> tuple[Shared, ...]:
    """The words that a text has in common with another report, where they stand in both."""
    return spans_shared(text, text_of(store, other))


def marks_shared(found: Sequence[Shared]) -> list[Mark]:
    """Shared words as marks; `key` leads to the same words in the other report."""
    return [
        Mark(span=each.one, sort=Sort.SHARED, key=f"{each.other.start}-{each.other.end}")
        for each in found
    ]


def veiled(text: str, page: Span, veil: Veil, most: int = 200) -> str:
    """A page of a text, with blocks over what is hidden, also where that goes over its edges."""
    first = max(page.start - most, 0)
    around = veil.over(text[first : page.end + most], first)
    return around[page.start - first : page.end - first]
