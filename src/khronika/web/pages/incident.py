"""One incident: every value that is told, by whom, in which words; why its tellings are one."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.codebook.model import Kind
from khronika.model.links import Incident, Ruling
from khronika.web.choosing import ruled_of, standing_of
from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_, language
from khronika.web.page import page, redirect
from khronika.web.paging import paging
from khronika.workflows.browsing.incident import (
    Step,
    Telling,
    attributes,
    bare_incident,
    chain,
    clashes,
    moved,
    read_telling,
    veils_of,
)
from khronika.workflows.browsing.incidents import faces, shortened
from khronika.workflows.browsing.quoting import shown_tellings
from khronika.workflows.browsing.veil import NOTHING, Veil, veils
from khronika.workflows.browsing.why import near_ones, why_one
from khronika.workflows.chains import kept_kinds
from khronika.workflows.rows import ActRow, IncidentWhy
from khronika.workflows.rulings import rulings_of
from khronika.workflows.showing import NoSuchThingError, whole_id

SIZE = 25  # tellings of a page
MOST = 12  # joins, sources and near incidents that are told
BRIEF = 160  # letters of a quotation in an explanation
PARTS = {
    "when": N_("When"),
    "where": N_("Where"),
    "victim": N_("To whom"),
    "perpetrator": N_("By whom"),
    "intervener": N_("Who intervened"),
    "addressee": N_("Addressed to"),
    "victim_count": N_("How many"),
    "age": N_("Age"),
    "what": N_("What"),
    "reason": N_("Reason given"),
    "penalty": N_("Penalty"),
    "demands": N_("Demands"),
    "response": N_("Response"),
    "source": N_("Who says so"),
    "kind": N_("Kind of act"),
    "modality": N_("Whether it happened"),
}
VERBS = {
    "accept": N_("accepted"),
    "reject": N_("rejected"),
    "same": N_("held to be the same"),
    "different": N_("held to be different"),
    "left": N_("left undecided"),
    "correct": N_("corrected"),
    "add": N_("added"),
    "sensitive": N_("marked as sensitive"),
    "note": N_("note"),
    "retract": N_("taken back"),
}
RELATIONS = {
    "cause": N_("may have led to this incident"),
    "effect": N_("may be a consequence of this incident"),
    "whole": N_("this incident is a part of it"),
    "part": N_("a part of this incident"),
    "earlier": N_("earlier"),
    "later": N_("later"),
}
WEIGHTS = (  # log2 of how much likelier an agreement is of one thing than of two
    (6.0, N_("speaks very strongly for it")),
    (3.0, N_("speaks strongly for it")),
    (1.0, N_("speaks for it")),
    (0.0, N_("hardly matters")),
    (-1.0, N_("speaks a little against it")),
    (-1e9, N_("speaks against it")),
)


def incident(request: Request) -> Response:
    """Show one incident."""
    seat, asked = desk_of(request), str(request.path_params["id"])
    found = seat.once(("incident", asked), lambda: bare_incident(seat.store, asked))
    if found is None:
        return _elsewhere(request, seat, asked)
    telling = _telling(seat, found)
    hidden = veils_of(seat.store, telling, seat.session.unveiled)
    shown = paging(request, SIZE).of(len(telling.rows))
    against = {each.attribute for each in found.contradictions}
    rows = list(telling.rows.values())[shown.offset : shown.offset + shown.size]
    return page(
        request,
        "incidents/incident.html",
        incident=found,
        face=faces(seat.store, [asked], ruled_of(seat), seat.session.unveiled)[0],
        attributes=attributes(telling, hidden, against),
        clashes=clashes(seat.store, telling, hidden, found.contradictions),
        tellings=shown_tellings(seat.store, rows, hidden),
        paging=shown,
        chain=_chain(seat, found),
        relations=RELATIONS,
        ruled=_ruled(seat, telling),
        judged=ruled_of(seat),
        why=_why(seat, telling),
        brief=_brief(hidden),
        reports={row.report.id: row.report for row in telling.rows.values()},
        most=MOST,
        weigh=weigh,
        is_country=is_country,
        parts=PARTS,
        verbs=VERBS,
    )


def near(request: Request) -> Response:
    """Show the incidents that were near one and not joined to it."""
    seat, asked = desk_of(request), str(request.path_params["id"])
    found = seat.once(("incident", asked), lambda: bare_incident(seat.store, asked))
    if found is None:
        return _elsewhere(request, seat, asked, "/near")
    rulings, engine = standing_of(seat), seat.record.parts.engine
    telling = _telling(seat, found)
    why = seat.once(("near", asked), lambda: near_ones(seat.store, telling, engine, rulings))
    reports = sorted({row.report.id for row in why.acts.values()}) if why else []
    return page(
        request,
        "incidents/near.html",
        incident=found,
        face=faces(seat.store, [asked], ruled_of(seat), seat.session.unveiled)[0],
        why=why,
        brief=_brief(veils(seat.store, reports, seat.session.unveiled)),
        weigh=weigh,
    )


def _brief(hidden: Mapping[str, Veil]) -> Callable[[ActRow], str]:
    """What shortens the quotation of an act that an explanation names, contact data veiled."""
    return lambda row: shortened(row.act.quote, hidden.get(row.report.id, NOTHING), BRIEF)


def _elsewhere(request: Request, seat: Seat, asked: str, more: str = "") -> Response:
    """To what the incident is called now, or to the one that begins so."""
    now = moved(seat.store, asked)
    if now is None and asked.startswith("inc_"):
        now = whole_id(seat.store, asked)
    if now is None or not now.startswith("inc_") or now == asked:
        raise NoSuchThingError(
            "The record holds no incident with that id.",
            remedy="open the list of incidents; a ruling may have joined or parted it.",
        )
    return redirect(request, f"/incidents/{now}{more}")


def kinds_of(seat: Seat) -> Mapping[str, Kind]:
    """What commonly follows what."""
    return seat.once("kinds", lambda: kept_kinds(seat.store))


def _chain(seat: Seat, found: Incident) -> tuple[Step, ...]:
    ruled = ruled_of(seat)
    return seat.once(("chain", found.id), lambda: chain(seat.store, found, kinds_of(seat), ruled))


def _telling(seat: Seat, found: Incident) -> Telling:
    rulings = standing_of(seat)
    return seat.once(("telling", found.id), lambda: read_telling(seat.store, found, rulings))


def _why(seat: Seat, telling: Telling) -> IncidentWhy | None:
    engine = seat.record.parts.engine
    return seat.once(("why", telling.incident.id), lambda: why_one(seat.store, telling, engine))


def _ruled(seat: Seat, telling: Telling) -> tuple[Ruling, ...]:
    """The rulings on an incident and its tellings, the latest first; each once."""
    known = rulings_of(seat.store).about
    about = (telling.incident.id, *telling.incident.acts)
    found = {ruling.id: ruling for each in about for ruling in known.get(each, ())}
    return tuple(sorted(found.values(), key=lambda r: (r.time, r.id), reverse=True))


def is_country(name: str, code: str) -> bool:
    """True for a place that is the country itself; the gazetteer names it in English."""
    return language("en").country(code).casefold() == name.casefold()


def weigh(weight: float) -> str:
    """A weight in words, to be translated."""
    return next(words for least, words in WEIGHTS if weight >= least)


ROUTES = (
    Route("/incidents/{id}", incident, name="incident"),
    Route("/incidents/{id}/near", near, name="incident_near"),
)
