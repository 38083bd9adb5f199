"""The reports of a record in pages: filtered, sorted, counted."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from khronika.model.reports import LIST
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.browsing.tellings import report_rows
from khronika.workflows.filtering import has_words
from khronika.workflows.rows import ReportRow

report, act, copy, journal = schema.report, schema.act, schema.copy, schema.journal

CHANGES = (  # entries after which the reports are others
    *("added", "seen again", "read again", "recoded", "coded by hand", "withdrawn", "redacted"),
    "rebuilt",
)
SORTS = ("newest", "oldest", "publisher", "name", "acts")
STATES = ("coded", "uncoded")
REPEATING = ("copies", "originals")
MOST_PUBLISHERS = 300  # that a filter offers
UNDATED = "none"
KEPT = 2000  # ids of a list that are kept in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which reports; each that is given must hold.

    Attributes:
        name: words of the file's name or of the title.
        publisher: words of the publisher's name.
        language: ISO 639-1; "none" for those of which it is not known.
        state: "coded" or "uncoded".
        month: "2024-03", a year, or "none" for reports without a date.
        copies: "copies" for what copies another report, "originals" for the others.
        sort: one of `SORTS`.
    """

    name: str = field(default="", repr=False)
    publisher: str = ""
    language: str = ""
    state: str = ""
    month: str = ""
    copies: str = ""
    sort: str = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What a record's reports can be narrowed by, each with how many reports it has."""

    languages: tuple[tuple[str, int], ...] = ()
    uncoded: tuple[tuple[str, int], ...] = ()  # by language
    months: tuple[tuple[str, int], ...] = ()  # the latest first; "" for no date
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """How many reports there are, and the ids of the first of them, with blanks between them.

    It spares going through all reports for each page of the same list; see `ordered`.
    """

    total: int
    first: str


def ordered(store: Store, wanted: Wanted) -> Ordered:
    """Count reports, and put the first in order."""
    counted = select(func.count()).select_from(report).where(*_conditions(wanted))
    asked = _ordered(wanted).where(*_conditions(wanted)).limit(KEPT)
    with store.reading() as connection:
        total = connection.execute(counted).scalar() or 0
        return Ordered(total=total, first=" ".join(connection.execute(asked).scalars()))


def listed(
    store: Store, wanted: Wanted, known: Ordered, *, offset: int, size: int
) -> tuple[tuple[ReportRow, str], ...]:
    """A page of reports, each with its title."""
    with store.reading() as connection:
        if offset + size <= KEPT:
            ids = known.first.split()[offset : offset + size]
        else:
            asked = _ordered(wanted).where(*_conditions(wanted)).limit(size).offset(offset)
            ids = list(connection.execute(asked).scalars())
        rows = report_rows(connection, ids)
        named = connection.execute(select(report.c.id, report.c.title).where(report.c.id.in_(ids)))
        titles = {row.id: row.title for row in named}
    return tuple((rows[each], titles[each]) for each in ids if each in rows)


def facets(store: Store) -> Facets:
    """What the reports can be narrowed by; counted again only when reports came or changed."""
    entry = journal.c.seq
    asked = select(func.max(entry)).where(journal.c.what.in_(CHANGES))
    with store.reading() as connection:
        last = connection.execute(asked).scalar() or 0
        return store.remembered.at("facets of reports", last, lambda _: _facets(connection))


def copied(store: Store) -> int:
    """How many reports copy another."""
    asked = select(func.count(copy.c.report_id.distinct())).where(copy.c.relation == "copy")
    with store.reading() as connection:
        return connection.execute(asked).scalar() or 0


def _facets(connection: Connection) -> Facets:
    def counted(column: Any, *conditions: Any) -> tuple[tuple[str, int], ...]:
        asked = select(column, func.count()).where(*_conditions(Wanted()), *conditions)
        found = connection.execute(asked.group_by(column)).all()
        return tuple((row[0], row[1]) for row in found)

    publishers = (
        select(report.c.publisher)
        .where(report.c.publisher != "")
        .group_by(report.c.publisher)
        .order_by(func.count().desc(), report.c.publisher)
        .limit(MOST_PUBLISHERS)
    )
    return Facets(
        languages=tuple(sorted(counted(report.c.language), key=lambda each: -each[1])),
        uncoded=counted(report.c.language, report.c.coded == 0),
        months=tuple(sorted(counted(func.substr(report.c.published_from, 1, 7)), reverse=True)),
        publishers=tuple(connection.execute(publishers).scalars()),
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [report.c.media_type != LIST]
    if wanted.publisher:
        found.append(has_words(report.c.publisher_folded, wanted.publisher))
    found += [_called(word) for word in wanted.name.split()[:10]]
    if wanted.language:
        found.append(report.c.language == ("" if wanted.language == "none" else wanted.language))
    if wanted.state:
        found.append(report.c.coded == int(wanted.state == "coded"))
    if wanted.month == UNDATED:
        found.append((report.c.published_from == "") & (report.c.published_to == ""))
    elif wanted.month:  # what may lie in it
        first, last = f"{wanted.month}-01"[:10], f"{wanted.month}-99"
        found += [
            (report.c.published_from != "") | (report.c.published_to != ""),
            report.c.published_from <= last,
            (report.c.published_to >= first[: len(wanted.month)]) | (report.c.published_to == ""),
        ]
    if wanted.copies:
        mine = (copy.c.report_id == report.c.id) & (copy.c.relation == "copy")
        copied = exists(select(copy.c.original).where(mine).correlate(report))
        found.append(copied if wanted.copies == "copies" else ~copied)
    return found


def _called(word: str) -> ColumnElement[bool]:
    """True of reports with a word in their name or title, in the cases that people write it."""
    cases = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    columns = (report.c.name, report.c.title)
    return or_(*(each.contains(case, autoescape=True) for case in cases for each in columns))


def _ordered(wanted: Wanted) -> Select[Any]:
    asked = select(report.c.id)
    first, name, of = report.c.published_from, report.c.name, report.c.id
    match wanted.sort:
        case "oldest":  # what has no date comes last
            return asked.order_by(first == "", first, name, of)
        case "publisher":
            return asked.order_by(report.c.publisher == "", report.c.publisher, first, name, of)
        case "name":
            return asked.order_by(name, of)
        case "acts":
            told = select(act.c.report_id, func.count().label("acts")).group_by(act.c.report_id)
            most = told.subquery("told")
            asked = asked.outerjoin(most, most.c.report_id == of)
            return asked.order_by(func.coalesce(most.c.acts, 0).desc(), name, of)
        case _:
            return asked.order_by(first.desc(), name, of)
