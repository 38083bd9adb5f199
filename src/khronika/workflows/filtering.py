"""Filters as conditions of SQL, portable between SQLite and PostgreSQL."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from khronika.errors import KhronikaError
from khronika.model import edtf
from khronika.store import schema
from khronika.text.lemmas import words
from khronika.workflows.rows import Filters

act, report, involvement = schema.act, schema.report, schema.involvement
location, member, actor = schema.location, schema.member, schema.actor


SEVERAL = ("kind", "modality", "role")


class FilterError(KhronikaError):
    """A filter that cannot be meant."""

    exit_status = 2


def filters_from(given: Mapping[str, Any]) -> Filters:
    """Filters from names and values; a single word may stand where several can.

    Raises:
        FilterError: there is no such filter.
    """
    names = {each.name for each in fields(Filters)}
    if unknown := sorted(given.keys() - names):
        raise FilterError(
            f"There is no filter '{unknown[0]}'.", remedy=f"use one of {', '.join(sorted(names))}."
        )
    several = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in given.items()
        if name in SEVERAL
    }
    return Filters(**{**given, **several})


def act_ids(filters: Filters) -> Select[Any]:
    """Selects `act.id` and `act.report_id` of the acts that pass, the earliest first."""
    asked = select(act.c.id, act.c.report_id).join(report, report.c.id == act.c.report_id)
    for condition in act_conditions(filters):
        asked = asked.where(condition)
    undated = (act.c.when_from == "") & (act.c.when_to == "")
    return asked.order_by(
        undated, act.c.when_from, act.c.when_to, report.c.published, act.c.report_id,
        act.c.quote_start, act.c.id,
    )  # fmt: skip


def act_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What an act must fulfil."""
    found: list[ColumnElement[bool]] = []
    if filters.kind:
        found.append(act.c.kind.in_(filters.kind))
    if filters.modality:
        found.append(act.c.modality.in_(filters.modality))
    if filters.actor or filters.role:
        found.append(_involved(filters))
    if filters.place or filters.country:
        found.append(_placed(filters))
    found += _dated(filters)
    return found + report_conditions(filters)


def report_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What the report of an act, or of a passage, must fulfil."""
    found: list[ColumnElement[bool]] = []
    if filters.report:
        found.append(report.c.id == filters.report)
    if filters.publisher:
        found.append(has_words(report.c.publisher_folded, filters.publisher))
    return found


def has_words(column: ColumnElement[Any], asked: str) -> ColumnElement[bool]:
    """True where a folded column holds every word that is asked for, from the word's beginning."""
    given = [word for word, _, _ in words(asked)]
    if not given:
        raise FilterError(f"There is no word in {asked!r}.", remedy="give a name or part of one.")
    return and_(*(column.like(f"% {word}%") for word in given))


def _involved(filters: Filters) -> ColumnElement[bool]:
    within = [involvement.c.act_id == act.c.id]
    if filters.role:
        within.append(involvement.c.role.in_(filters.role))
    if filters.actor:
        resolved = (
            select(member.c.actor_id)
            .join(actor, actor.c.id == member.c.actor_id)
            .where(member.c.report_id == act.c.report_id, member.c.cast == involvement.c.cast)
            .correlate(act, involvement)
        )
        if is_id(filters.actor):
            within.append(exists(resolved.where(actor.c.id == filters.actor)))
        else:
            named = exists(resolved.where(has_words(actor.c.folded, filters.actor)))
            within.append(or_(named, has_words(involvement.c.folded, filters.actor)))
    return exists(select(involvement.c.idx).where(*within).correlate(act))


def _placed(filters: Filters) -> ColumnElement[bool]:
    within = [location.c.act_id == act.c.id]
    if filters.country:
        within.append(location.c.country == filters.country.upper())
    if filters.place:
        within.append(has_words(location.c.folded, filters.place))
    return exists(select(location.c.idx).where(*within).correlate(act))


def _dated(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    first, last = act.c.when_from, act.c.when_to
    if filters.since or filters.until:
        found.append((first != "") | (last != ""))
    if start := day(filters.since, end=False):
        found.append((last >= start) | (last == ""))
    if end := day(filters.until, end=True):
        found.append((first <= end) | (first == ""))
    return found


def day(when: str, *, end: bool) -> str:
    """The first or last day of a date in EDTF, as ISO 8601; "" for none.

    Raises:
        EdtfError: it is no date.
    """
    found = edtf.bounds(when)[1 if end else 0]
    return found.isoformat() if found else ""


def is_id(asked: str) -> bool:
    """True for what looks like an actor's id."""
    return asked[:4] in {"per_", "org_", "grp_", "cty_", "aut_"}
