"""Filters as conditions of SQL, portable between SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from khronika.errors import KhronikaError
from khronika.model import edtf
from khronika.model.links import Ruling
from khronika.store import actor_traits, schema
from khronika.text.lemmas import words
from khronika.workflows.rows import Filters

act, report, involvement = schema.act, schema.report, schema.involvement
location, member, actor = schema.location, schema.member, schema.actor
incident, told, contradiction = schema.incident, schema.incident_act, schema.contradiction


BUSY = 2000  # cast members
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


def act_ids(
    filters: Filters, rulings: Mapping[str, Ruling], *, dated: bool, busy: bool = False
) -> Select[Any]:
    """Selects `act.id` and `act.report_id` of the acts that pass, the earliest first.

    Args:
        filters: what must hold.
        rulings: those that stand, by act.
        dated: those with a date, or those without; two selects, so that an index gives the first.
        busy: the actor is in so many reports that going through all acts finds the first soonest.
    """
    asked = select(act.c.id, act.c.report_id).join(report, report.c.id == act.c.report_id)
    has_date = (act.c.when_from != "") | (act.c.when_to != "")
    asked = asked.where(has_date if dated else ~has_date)
    passes = _passes(filters, busy=busy)
    asked = asked.where(*passes, *stands(filters, rulings)).order_by(
        act.c.when_from, act.c.when_to, report.c.published, act.c.report_id,
        act.c.quote_start, act.c.id,
    )  # fmt: skip
    return asked.limit(filters.limit)


def incident_ids(filters: Filters, rulings: Mapping[str, Ruling]) -> Select[Any]:
    """Selects `incident.id` of those of which a telling passes, the earliest first."""
    order = (incident.c.undated, incident.c.when_from, incident.c.when_to, incident.c.id)
    asked = select(incident.c.id).order_by(*order)
    conditions = _passes(filters)
    if conditions or filters.at_least > 0:  # else each has an act that nobody rejected
        passing = _told().where(*conditions, *stands(filters, rulings))
        asked = asked.where(incident.c.id.in_(passing))
    if filters.contradicted:
        against = contradiction.c.incident_id == incident.c.id
        asked = asked.where(exists(select(contradiction.c.idx).where(against)))
    return asked.limit(filters.limit)


def passing_acts(
    filters: Filters, rulings: Mapping[str, Ruling], incidents: Sequence[str]
) -> Select[Any]:
    """Selects `act.id` of those acts of some incidents that pass."""
    asked = _told(act.c.id).where(*_passes(filters), *stands(filters, rulings))
    return asked.where(told.c.incident_id.in_(incidents))


def _told(column: ColumnElement[Any] = told.c.incident_id) -> Select[Any]:
    asked = select(column).select_from(told).join(act, act.c.id == told.c.act_id)
    return asked.join(report, report.c.id == act.c.report_id)


def _passes(filters: Filters, *, busy: bool = False) -> list[ColumnElement[bool]]:
    """What an act must fulfil, and what the database begins at where an actor is asked for."""
    found = act_conditions(filters)
    if not filters.actor:
        return found
    homes = select(member.c.report_id).where(member.c.actor_id.in_(_called(filters.actor)))
    if is_id(filters.actor):
        return found if busy else [act.c.report_id.in_(homes), *found]
    loose = involvement.c.cast.is_(None) & has_words(involvement.c.folded, filters.actor)
    alone = select(involvement.c.act_id).where(loose)
    return [or_(act.c.report_id.in_(homes), act.c.id.in_(alone)), *found]


def is_busy(actor: str) -> Select[Any]:
    """Selects a row if an actor is in very many reports."""
    return select(member.c.cast).where(member.c.actor_id == actor).offset(BUSY).limit(1)


def stands(filters: Filters, rulings: Mapping[str, Ruling]) -> list[ColumnElement[bool]]:
    """Acts that nobody rejected, and that are as sure as asked or accepted."""
    rejected = [each for each, ruling in rulings.items() if ruling.verb == "reject"]
    accepted = [each for each, ruling in rulings.items() if ruling.verb == "accept"]
    found: list[ColumnElement[bool]] = [act.c.id.not_in(rejected)] if rejected else []
    if filters.at_least > 0:
        found.append(or_(act.c.confidence >= threshold(filters), act.c.id.in_(accepted)))
    return found


def threshold(filters: Filters) -> ColumnElement[float] | float:
    """The least that the coder of an act's report must say."""
    if not filters.at_least_of:
        return filters.at_least
    own = report.alias("own")
    coder = select(own.c.coder).where(own.c.id == act.c.report_id).correlate(act).scalar_subquery()
    return case(dict(filters.at_least_of), value=coder, else_=filters.at_least)


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
    return and_(*(column.like(f"% {word}%") for word in words_of(asked)))


def words_of(asked: str) -> list[str]:
    """The folded words of what is asked for.

    Raises:
        FilterError: there are none.
    """
    given = [word for word, _, _ in words(asked)]
    if not given:
        raise FilterError(f"There is no word in {asked!r}.", remedy="give a name or part of one.")
    return given


def _involved(filters: Filters) -> ColumnElement[bool]:
    within = [involvement.c.act_id == act.c.id]
    if filters.role:
        within.append(involvement.c.role.in_(filters.role))
    if filters.actor:
        resolved = (
            select(member.c.actor_id)
            .where(member.c.report_id == act.c.report_id, member.c.cast == involvement.c.cast)
            .correlate(act, involvement)
            .scalar_subquery()
        )
        known = resolved.in_(_called(filters.actor))
        if is_id(filters.actor):
            within.append(known)
        else:
            within.append(or_(known, has_words(involvement.c.folded, filters.actor)))
    return exists(select(involvement.c.idx).where(*within).correlate(act))


def _called(asked: str) -> Select[Any] | list[str]:
    """The ids of the actors that are asked for; of a name they are found once, not for each act."""
    return [asked] if is_id(asked) else actor_ids(asked)


def actor_ids(name: str) -> Select[Any]:
    """Selects `actor.id` of those that have every word of a name, from the word's beginning."""
    given = [actor_traits.having(actor_traits.word(word)) for word in words_of(name)]
    return select(actor.c.id).where(*(actor.c.id.in_(each) for each in given))


def _placed(filters: Filters) -> ColumnElement[bool]:
    within = [location.c.act_id == act.c.id]
    if filters.country:
        # As an expression: by the index of countries each act would go through the whole country.
        within.append(func.coalesce(location.c.country, "") == filters.country.upper())
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
