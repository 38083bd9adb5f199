"""Rows narrowed to what is as sure as asked: the rest is shown as unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from khronika.model.acts import Role
from khronika.model.links import Incident
from khronika.publish.selection import narrowed, stays
from khronika.workflows.rows import ActRow

DOERS = (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR)


def sure_row(row: ActRow, at_least: float) -> ActRow:
    """An act without what is less sure, unless a reviewer accepted it."""
    if at_least <= 0 or row.ruling is not None:
        return row
    involved = zip(row.act.involvements, row.actors, strict=True)
    return replace(
        row,
        act=narrowed(row.act, at_least),
        actors=tuple(actor for each, actor in involved if stays(each, at_least)),
    )


def sure_incident(
    incident: Incident, tellings: Iterable[ActRow], captions: Mapping[str, str]
) -> Incident:
    """An incident with only what tellings say that were narrowed.

    Args:
        incident: as linked from all that is told.
        tellings: those of its acts that are sure enough, narrowed.
        captions: of the actors in them, by id.
    """
    rows = tuple(tellings)
    acts = {row.act.id for row in rows}
    reports = {row.report.id for row in rows}
    places = {name for row in rows for w in row.act.where for name in (w.name, w.place)}
    against = (
        replace(c, values=tuple(v for v in c.values if set(v.acts) <= _sayers(rows, c.attribute)))
        for c in incident.contradictions
    )
    return replace(
        incident,
        acts=tuple(a for a in incident.acts if a in acts),
        when=incident.when if any(row.act.when.edtf for row in rows) else "",
        where=tuple(name for name in incident.where if name in places),
        victims=_named(incident.victims, rows, (Role.VICTIM,), captions),
        perpetrators=_named(incident.perpetrators, rows, DOERS, captions),
        reports=tuple(r for r in incident.reports if r in reports),
        independent_sources=min(incident.independent_sources, len(reports)),
        contradictions=tuple(c for c in against if len(c.values) > 1),
    )


def _sayers(rows: tuple[ActRow, ...], attribute: str) -> set[str]:
    """The acts that still say something of what tellings contradict each other in."""
    return {row.act.id for row in rows if _says(row, attribute)}


def _says(row: ActRow, attribute: str) -> bool:
    if attribute == "when":
        return bool(row.act.when.edtf)
    if attribute == "where":
        return bool(row.act.where)
    if attribute.startswith("victim"):
        return bool(row.act.in_role(Role.VICTIM))
    return bool(row.act.in_role(*DOERS)) if attribute.startswith("perpetrator") else True


def _named(
    names: tuple[str, ...],
    rows: tuple[ActRow, ...],
    roles: tuple[Role, ...],
    captions: Mapping[str, str],
) -> tuple[str, ...]:
    """The names of an incident that a telling which is sure enough still has."""
    there = {
        name
        for row in rows
        for each, actor in zip(row.act.involvements, row.actors, strict=True)
        if each.role in roles
        for name in (each.name, captions.get(actor or "", ""))
    }
    return tuple(name for name in names if name in there)
