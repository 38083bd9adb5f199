"""One thing of the record, whole, with its quotations in their context."""

import json
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from khronika.errors import KhronikaError
from khronika.model.acts import Act
from khronika.model.anchors import Anchor
from khronika.model.plain import from_plain
from khronika.model.reports import Origin
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.chains import kept_kinds
from khronika.workflows.copied import copies_of
from khronika.workflows.explaining import why_actor, why_incident
from khronika.workflows.former import current_id
from khronika.workflows.linked import actors_by_id, incidents_by_id
from khronika.workflows.listed import listings
from khronika.workflows.looking import Look
from khronika.workflows.parts import Parts
from khronika.workflows.reasons import left, mainly, reasons
from khronika.workflows.rows import (
    ActRow,
    Filters,
    Quote,
    Shown,
    ShownAct,
    ShownActor,
    ShownIncident,
    ShownReport,
)
from khronika.workflows.versions import rulings_on
from khronika.workflows.view import kept_coding, kept_report


class NoSuchThingError(KhronikaError):
    """No report, act, incident or actor has that id."""

    exit_status = 2


class SeveralThingsError(KhronikaError):
    """The beginning of an id fits several things."""

    exit_status = 2


LAST = "\x7f"  # sorts behind every letter and digit of an id

TABLES = {
    "rpt_": schema.report,
    "act_": schema.act,
    "inc_": schema.incident,
    "rul_": schema.ruling,
}


def whole_id(store: Store, asked: str) -> str:
    """The id that begins so, or that a former id leads to.

    Raises:
        NoSuchThingError: nothing has it.
        SeveralThingsError: several have.
    """
    table = TABLES.get(asked[:4], schema.actor)
    begins = (table.c.id >= asked) & (table.c.id < f"{asked}{LAST}")
    found = [row.id for row in store.all(select(table.c.id).where(begins).limit(3))]
    if len(found) == 1 or asked in found:
        return asked if asked in found else str(found[0])
    if found:
        raise SeveralThingsError(
            f"Several ids begin with {asked}.", remedy=f"give more of it, such as {found[0]}."
        )
    now = current_id(store, asked)
    if now is not None:
        return now
    grave = select(schema.tombstone.c.what).where(schema.tombstone.c.subject == asked)
    if store.all(grave):
        raise NoSuchThingError(
            f"{asked} was withdrawn from the record.", remedy="see `khronika journal` for when."
        )
    raise NoSuchThingError(
        f"Nothing in the record has the id {asked}.",
        remedy="copy an id from `khronika incidents`, `acts`, `actors` or `reports`.",
    )


def show(store: Store, asked: str, parts: Parts | None = None) -> Shown:
    """One thing, whole: an act, incident, actor or report by its id or its beginning.

    Args:
        store: the record.
        asked: the id, or its beginning.
        parts: the steps, to say of an act which other readings the coder left.
    """
    found, look = whole_id(store, asked), Look(store)
    if found.startswith("rpt_"):
        report = _report(store, look, found, judged=parts is not None)
        return replace(report, rulings=rulings_on(store, found))
    if found.startswith("act_"):
        row = look.tellings([found])[0]
        return replace(_act(store, row), left=left(store, row, parts) if parts else ())
    if found.startswith("inc_"):
        incident = _incident(store, look, found, parts)
        return replace(incident, rulings=rulings_on(store, found))
    return replace(_actor(store, look, found, parts), rulings=rulings_on(store, found))


def _incident(store: Store, look: Look, found: str, parts: Parts | None) -> ShownIncident:
    with store.reading() as connection:
        [incident] = incidents_by_id(connection, [found], kept_kinds(store))
    return ShownIncident(
        incident=incident,
        tellings=tuple(_act(store, row) for row in look.tellings(incident.acts)),
        why=incident.why,
        explained=why_incident(store, incident, parts.engine) if parts else None,
    )


def _actor(store: Store, look: Look, found: str, parts: Parts | None) -> ShownActor:
    with store.reading() as connection:
        [actor] = actors_by_id(connection, [found])
    return ShownActor(
        actor=actor,
        acts=tuple(look.acts(Filters(actor=found))),
        listed=tuple(listings(store, actor.members)),
        why=actor.why,
        explained=why_actor(store, actor, parts.engine) if parts else None,
    )


def _report(store: Store, look: Look, found: str, *, judged: bool) -> ShownReport:
    kept = store.part(found, "report")
    assert kept is not None
    report, coding = kept_report(store, found, kept), kept_coding(store, found)
    acts = look.tellings([act.id for act in coding.acts]) if coding else ()
    bases = {
        "language": report.language,
        "publisher": report.publisher,
        "published": report.published,
        "place": report.place,
    }
    return ShownReport(
        row=look.report(found),
        report=report,
        cast=coding.cast if coding else (),
        acts=acts,
        copies=copies_of(store, look, found),
        origins=tuple(_told(each["origin"]) for each in json.loads(kept)["sources"]),
        why=(
            *(f"{key}: {each.basis}" for key, each in bases.items() if each.basis),
            *(mainly(report, coding) if judged and coding else ()),
        ),
    )


def _told(plain: object) -> str:
    origin = from_plain(plain, Origin)
    return f"{origin.name} <{origin.url.value}>" if origin.url.value else origin.name


def _act(store: Store, row: ActRow) -> ShownAct:
    data = store.part(row.report.id, "text")
    text = data.decode() if data is not None else ""
    quotes = tuple(
        Quote(label=label, anchor=anchor, before=before, after=after)
        for label, anchor in _anchors(row.act)
        for before, after in [anchor.context(text)]
    )
    found = rulings_on(store, row.act.id)
    corrected = any(each.correction and each.superseded_by is None for each in found)
    return ShownAct(
        row=row,
        quotes=quotes,
        why=tuple(reasons(row)),
        coded=coded_act(store, row.report.id, row.act.id) if corrected else None,
        rulings=found,
    )


def coded_act(store: Store, report: str, act: str) -> Act | None:
    """An act as its coder found it, whatever reviewers said of it; None if none found it."""
    data = store.part(report, "coding")
    acts = json.loads(data).get("acts", ()) if data is not None else ()
    return next((from_plain(each, Act) for each in acts if each["id"] == act), None)


def _anchors(act: Act) -> Iterator[tuple[str, Anchor]]:
    yield "quote", act.quote
    yield "act", act.trigger
    for involvement in act.involvements:
        if involvement.anchor:
            yield involvement.role.value, involvement.anchor
    if act.when.anchor:
        yield "when", act.when.anchor
    for where in act.where:
        yield "where", where.anchor
    for label in ("what", "reason", "penalty", "response"):
        anchor = getattr(act, label)
        if anchor is not None:
            yield label, anchor
    for demand in act.demands:
        yield "demand", demand
