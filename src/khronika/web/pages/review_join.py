"""Joining and parting: an incident or an actor, what holds it together, and what is near it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.errors import KhronikaError
from khronika.store.errors import RecordBusyError
from khronika.web.desk import Seat, desk_of
from khronika.web.page import form_of, local, page, redirect
from khronika.web.pages.review import MOST_IDS, ruled
from khronika.web.pages.review_refused import busy, stale
from khronika.web.pages.review_ruled import asked_of, done_in, seen_now, with_done
from khronika.workflows.browsing.acts import Showings, Telling, in_context
from khronika.workflows.chains import kept_kinds
from khronika.workflows.explaining import why_actor, why_incident
from khronika.workflows.linked import actors_by_id, incidents_by_id
from khronika.workflows.looking import Look
from khronika.workflows.rows import ActorWhy, ActRow, IncidentWhy
from khronika.workflows.showing import whole_id
from khronika.workflows.versions import StaleError

MOST_TELLINGS = 40
MOST_SEEN = 60
MOST_NAME = 200  # code points of a name that is looked up
MOST_FOUND = 12


def join(request: Request) -> Response:
    """What can be joined to a thing or parted from it."""
    if request.method == "POST":
        return _rule(request, str(request.path_params["thing"]))
    return _shown(request, str(request.path_params["thing"]))


def _shown(
    request: Request, asked: str, *, error: KhronikaError | None = None, status: int = 200
) -> Response:
    seat = desk_of(request)
    thing = whole_id(seat.store, asked[:60])
    if thing.startswith("act_"):
        thing = next((row.incident for row in Look(seat.store).tellings([thing])), None) or thing
    given: dict[str, Any] = {
        "error": error,
        "status": status,
        "thing": thing,
        "then": local(request.query_params.get("then", ""), "/review"),
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        **done_in(seat, request),
        "asked": asked_of(request),
        "why": form_of(request).one("why")[:2000],
    }
    if thing.startswith("inc_"):
        return _incident(request, seat, thing, given)
    return _actor(request, seat, thing, given)


def _incident(request: Request, seat: Seat, thing: str, given: dict[str, Any]) -> Response:
    with seat.store.reading() as connection:
        [incident] = incidents_by_id(connection, [thing], kept_kinds(seat.store))
    why = seat.once(
        ("review", "why", thing),
        lambda: why_incident(seat.store, incident, seat.record.parts.engine),
    )
    why = why or IncidentWhy()
    showings = Showings(seat.store, frozenset(seat.session.unveiled))
    rows = Look(seat.store).tellings(incident.acts[:MOST_TELLINGS])
    near = tuple((each, _telling(seat, showings, each.row)) for each in why.near)
    ids = [thing, *(each.id for each in why.near)][:MOST_SEEN]
    return page(
        request,
        "review/join_incident.html",
        incident=incident,
        tellings=[_telling(seat, showings, row) for row in rows],
        links=why.links,
        acts=why.acts,
        near=near,
        seen=seen_now(seat, [*ids, *(row.act.id for row in rows)]),
        **given,
    )


def _telling(seat: Seat, showings: Showings, row: ActRow) -> Telling:
    return Telling(row=row, text=in_context(seat.store, showings, row, narrow=True))


def _actor(request: Request, seat: Seat, thing: str, given: dict[str, Any]) -> Response:
    with seat.store.reading() as connection:
        [actor] = actors_by_id(connection, [thing])
    why = seat.once(
        ("review", "why", thing),
        lambda: why_actor(seat.store, actor, seat.record.parts.engine),
    )
    why = why or ActorWhy()
    named = request.query_params.get("name", "")[:MOST_NAME].strip()
    try:
        found = seat.record.actors(name=named, limit=MOST_FOUND) if named else []
    except KhronikaError as error:  # a name of signs alone
        found, given["error"] = [], error
    return page(
        request,
        "review/join_actor.html",
        actor=actor,
        why_actor=why,
        named=named,
        found=[each for each in found if each.id != thing],
        seen=seen_now(seat, [thing, *(each.id for each in why.near)][:MOST_SEEN]),
        **given,
    )


def _rule(request: Request, thing: str) -> Response:
    seat, form = desk_of(request), form_of(request)
    other = form.one("other").strip()[:60]
    ids = list(form.all("id")[:MOST_IDS])
    try:
        ids += [whole_id(seat.store, other)] if other else []
        kept = ruled(seat, form, form.one("verb"), ids)
    except StaleError as error:
        return stale(request, seat, form, [], error.ids)
    except RecordBusyError as error:
        return busy(request, form, error)
    except KhronikaError as error:
        return _shown(request, thing, error=error, status=400)
    return redirect(request, with_done(local(form.one("then"), "/review"), kept))


ROUTES = (Route("/review/join/{thing}", join, methods=["GET", "POST"], name="review_join"),)
