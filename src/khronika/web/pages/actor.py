"""One actor: names where they stand, parts in incidents, who appears with it, why it is one."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.model.links import Ruling
from khronika.publish.pictures import Picture
from khronika.web.desk import Seat, desk_of
from khronika.web.page import page, redirect
from khronika.web.pages.actors import ROLES
from khronika.web.pages.incident import VERBS, weigh
from khronika.web.pages.pictures import MAKERS, picture_of
from khronika.web.paging import paging
from khronika.workflows.browsing import actor as reading
from khronika.workflows.browsing import actor_parts as taking
from khronika.workflows.browsing.actor import Head, Reasons
from khronika.workflows.browsing.actor_parts import Taken
from khronika.workflows.filtering import is_id
from khronika.workflows.rulings import rulings_of
from khronika.workflows.showing import NoSuchThingError, whole_id

SIZE = 15
SHOWN = 12  # spellings, affiliations; the rest where it is asked for
DRAWN = 3  # incidents, or others, from which on a picture says more than a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture of an actor, with the parameters of its address."""

    name: str
    picture: Picture
    params: dict[str, str]


def actor(request: Request) -> Response:
    """Show an actor; a former id, or the beginning of one, leads to what it is now."""
    seat, asked = desk_of(request), request.path_params["id"]
    head = reading.head(seat.store, asked) if is_id(asked) else None
    if head is None:
        return _elsewhere(request, seat, asked)
    taken = seat.once(("parts of", head.id), lambda: taking.taken_by(seat.store, head.id))
    role = request.query_params.get("role", "")
    role = role if role in ROLES else ""
    incidents = taken.incidents_as(role)
    shown = paging(request, SIZE).of(len(incidents))
    some = incidents[shown.offset : shown.offset + shown.size]
    return page(
        request,
        "actors/actor.html",
        head=head,
        roles=taken.roles,
        role=role,
        incidents=len(taken.incidents_as()),
        episodes=taking.episodes(seat.store, head.id, taken, some),
        paging=shown,
        **_around(request, seat, head, taken),
    )


def _elsewhere(request: Request, seat: Seat, asked: str) -> Response:
    """Go on to what an id stands for now.

    Raises:
        NoSuchThingError: it is no actor's.
    """
    if is_id(asked):
        now = whole_id(seat.store, asked)
        if is_id(now):
            return redirect(request, request.app.state.addresses.url("actor", id=now))
    raise NoSuchThingError(
        "No actor has that id.", remedy="go on from the list of actors, or search for the name."
    )


def _around(request: Request, seat: Seat, head: Head, taken: Taken) -> dict[str, Any]:
    """What is told of an actor beside its parts in incidents."""
    ruled = _rulings(seat, head)
    store, asked = seat.store, request.query_params.get("show", "")
    every = asked == "all"
    ties = seat.once(("affiliations", head.id), lambda: reading.affiliations(store, head))
    company = seat.once(("company", head.id), lambda: taking.company(store, head.id, taken))
    return {
        "spellings": seat.once(
            ("spellings", head.id, every),
            lambda: reading.spellings(store, head, reading.SPELLINGS if every else SHOWN),
        ),
        "company": company,
        "affiliations": ties if every else ties[:SHOWN],
        "ties": len(ties),
        "listed": reading.lists_that_name(store, head.id),
        "near_asked": asked == "near",
        "why": _why(seat, head) if asked == "near" else None,
        "ruled": ruled,
        "verbs": VERBS,
        "weigh": weigh,
        "sensitive": any(each.verb == "sensitive" and each.superseded_by is None for each in ruled),
        "timeline": _picture(request, "timeline", head) if taken.dated >= DRAWN else None,
        "network": _picture(request, "network", head) if company.others >= DRAWN else None,
    }


def _why(seat: Seat, head: Head) -> Reasons | None:
    engine = seat.record.parts.engine
    return seat.once(("why", head.id), lambda: reading.reasons(seat.store, head.id, engine))


def _rulings(seat: Seat, head: Head) -> tuple[Ruling, ...]:
    """The rulings and notes on an actor by any of its ids, the latest first."""
    about = rulings_of(seat.store).about
    found = (ruling for each in (head.id, *head.former) for ruling in about.get(each, ()))
    once = {ruling.id: ruling for ruling in found}
    return tuple(sorted(once.values(), key=lambda each: (each.time, each.id), reverse=True))


def _picture(request: Request, name: str, head: Head) -> Shown | None:
    if name not in MAKERS:
        return None
    picture = picture_of(request, name, {"actor": [head.id]})
    return Shown(name=name, picture=picture, params={"actor": head.id})


ROUTES = (Route("/actors/{id}", actor, name="actor"),)
