"""Searching the passages of a record, with filters by what is told there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, or_, select

from khronika.model.links import Ruling
from khronika.store import schema
from khronika.store.ask import Query, SearchError, parse
from khronika.store.search import expression, marks, matches, tagged
from khronika.store.store import Store
from khronika.store.tags import tag, times_asked
from khronika.text.lemmas import words
from khronika.workflows.browsing.tellings import report_rows
from khronika.workflows.filtering import (
    act_conditions,
    actor_ids,
    day,
    is_id,
    report_conditions,
    stands,
)
from khronika.workflows.looking import Look
from khronika.workflows.recalibrating import learned
from khronika.workflows.rows import Filters, Hit, ReportRow

act, passage, report = schema.act, schema.passage, schema.report

MOST = 20
FEW = 300  # reports of one actor that a search names one by one


def search(
    store: Store,
    query: str,
    filters: Filters | None = None,
    *,
    skip: int = 0,
    rulings: Mapping[str, Ruling] | None = None,
) -> list[Hit]:
    """Passages that hold what is sought, the best first.

    Args:
        store: the record.
        query: words, "phrases", prefixes*, AND, OR, NOT or -word, (groups), and filters such as
            `kind:arrest actor:"Ada Lark" time:2018..2019`.
        filters: further filters; a passage passes if it tells an act that does.
        skip: so many of the best are left out, for later pages.
        rulings: the accept or reject that stands, by act; looked up if they are not given.

    Raises:
        SearchError: the query cannot be understood.
    """
    asked = parse(query)
    wanted = learned(store).filters(_with(asked, filters or Filters()))
    languages = asked.filters.get("language", ())
    standing = stands(wanted, rulings if rulings is not None else Look(store).rulings)
    with store.reading() as connection:
        found = matches(
            connection,
            _expression(connection, asked, wanted, languages),
            _conditions(wanted, languages, standing),
            wanted.limit or MOST,
            skip,
        )
        reports = report_rows(connection, [row.report_id for row in found])
    told = _told(store, list(reports), standing)
    return [_hit(reports[row.report_id], asked, row, told) for row in found]


def _with(asked: Query, filters: Filters) -> Filters:
    """The filters given as arguments, with those that stand in the query."""
    said = asked.filters
    if len(said.get("time", ())) > 1:
        raise SearchError("There are two times.", remedy="write one: time:2018..2019")
    since, until = _times(said["time"][0]) if "time" in said else ("", "")
    single = {
        name: said[name][-1]
        for name in ("actor", "place", "country", "publisher", "report")
        if name in said
    }
    return replace(
        filters,
        kind=(*filters.kind, *said.get("kind", ())),
        modality=(*filters.modality, *said.get("modality", ())),
        role=(*filters.role, *said.get("role", ())),
        since=since or filters.since,
        until=until or filters.until,
        **single,  # type: ignore[arg-type]
    )


def _expression(
    connection: Connection, asked: Query, filters: Filters, languages: Sequence[str]
) -> str | None:
    """The words sought, and the tags that what the filters let through must have."""
    found = [expression(asked.term)] if asked.term else []
    for name, values in (
        ("kind", filters.kind),
        ("modality", filters.modality),
        ("role", filters.role),
        ("country", (filters.country,) if filters.country else ()),
        ("report", (filters.report,) if filters.report else ()),
        ("language", languages),
    ):
        if values:
            found.append(tagged(tag(name, value) for value in values))
    for name, value in (("publisher", filters.publisher), ("place", filters.place)):
        found += [tagged([f"{name}0{word}"], prefix=True) for word, _, _ in words(value)]
    if filters.since or filters.until:
        first, last = day(filters.since, end=False), day(filters.until, end=True)
        found.append(tagged(times_asked(first, last)))
    if filters.actor and (actor := _actor(connection, filters.actor)):
        found.append(actor)
    return " AND ".join(found) or None


def _actor(connection: Connection, asked: str) -> str:
    """The tags of passages that may tell of an actor; "" if it is in too many reports to say."""
    member = schema.member
    of = [asked] if is_id(asked) else actor_ids(asked)
    reports = select(member.c.report_id).where(member.c.actor_id.in_(of))
    ids = [row.report_id for row in connection.execute(reports.distinct().limit(FEW + 1))]
    if len(ids) > FEW:
        return ""
    anywhere = [tagged(tag("report", each) for each in ids)] if ids else []
    if not is_id(asked):
        said = (tagged([f"actor0{word}"], prefix=True) for word, _, _ in words(asked))
        anywhere.append(f"({' AND '.join(said)})")
    return f"({' OR '.join(anywhere)})" if anywhere else tagged([tag("report", "none")])


def _times(text: str) -> tuple[str, str]:
    since, dots, until = text.partition("..")
    return (since, until) if dots else (text, text)


def _conditions(
    filters: Filters, languages: Sequence[str], standing: Sequence[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    found = report_conditions(filters)
    if languages:
        found.append(report.c.language.in_(languages))
    wanted = [*act_conditions(filters), *standing]
    asked = act_conditions(replace(filters, since="", until="", report="", publisher=""))
    if asked or filters.at_least > 0:
        found.append(_tells(wanted))
    elif _dated(filters):  # of what happened then, or of a report from then that dates no act there
        dated = _tells([or_(act.c.when_from != "", act.c.when_to != ""), *standing])
        found.append(or_(_tells(wanted), ~dated & _published(filters)))
    return found


def _dated(filters: Filters) -> bool:
    return bool(filters.since or filters.until)


def _tells(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    there = (act.c.report_id == passage.c.report_id) & (act.c.quote_start < passage.c.end)
    asked = select(act.c.id).where(there, act.c.quote_end > passage.c.start, *conditions)
    return exists(asked.correlate(passage, report))


def _published(filters: Filters) -> ColumnElement[bool]:
    found = report.c.published != ""
    if start := day(filters.since, end=False):
        found &= (report.c.published_to >= start) | (report.c.published_to == "")
    if end := day(filters.until, end=True):
        found &= (report.c.published_from <= end) | (report.c.published_from == "")
    return found


def _told(
    store: Store, reports: Sequence[str], standing: Sequence[ColumnElement[bool]]
) -> list[Row[Any]]:
    columns = (act.c.report_id, act.c.id, act.c.quote_start, act.c.quote_end)
    asked = select(*columns).where(act.c.report_id.in_(reports), *standing)
    return list(store.all(asked.order_by(act.c.quote_start, act.c.id)))


def _hit(shown: ReportRow, asked: Query, row: Row[Any], told: Sequence[Row[Any]]) -> Hit:
    return Hit(
        report=shown,
        role=row.role,
        start=row.start,
        end=row.end,
        text=row.text,
        marks=marks(asked.term, row.text, shown.language) if asked.term else (),
        acts=tuple(
            each.id
            for each in told
            if each.report_id == row.report_id
            and each.quote_start < row.end
            and each.quote_end > row.start
        ),
    )
