"""Contradictions: what tellings of one incident say that cannot all hold, side by side."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.choosing import LONGEST, MOST_VALUES, incidents_of, ruled_of
from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_
from khronika.web.page import page
from khronika.web.paging import paging
from khronika.workflows.browsing.contradictions import (
    SORTS,
    Entry,
    Found,
    by_date,
    chosen,
    clash_rows,
    entries,
)

SIZE = 10
SORTED = {"added": N_("newest in the record"), "date": N_("date of the incident")}


def contradictions(request: Request) -> Response:
    """List the contradictions that an address chooses."""
    seat, asked = desk_of(request), request.query_params
    attributes, kinds = _several(request, "attribute"), _several(request, "kind")
    sort = asked.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    found = _found(seat, attributes, kinds, sort)
    shown = paging(request, SIZE).of(len(found.entries))
    some = found.entries[shown.offset : shown.offset + shown.size]
    return page(
        request,
        "incidents/contradictions.html",
        found=found,
        attributes=attributes,
        kinds=kinds,
        sort=sort,
        sorts=SORTED,
        paging=shown,
        rows=clash_rows(seat.store, some, ruled_of(seat), seat.session.unveiled),
    )


def _several(request: Request, name: str) -> tuple[str, ...]:
    values = (each for each in request.query_params.getlist(name) if 0 < len(each) <= LONGEST)
    return tuple(dict.fromkeys(values))[:MOST_VALUES]


def entries_of(seat: Seat) -> tuple[Entry, ...]:
    """Every contradiction, those whose reports came last first."""
    incidents = incidents_of(seat)
    return seat.once("contradictions", lambda: entries(seat.store, incidents))


def _found(seat: Seat, attributes: tuple[str, ...], kinds: tuple[str, ...], sort: str) -> Found:
    every, incidents = entries_of(seat), incidents_of(seat)

    def find() -> Found:
        ordered = every if sort == "added" else by_date(every, incidents)
        return chosen(ordered, attributes, kinds)

    return seat.once(("contradictions", attributes, kinds, sort), find)


ROUTES = (Route("/contradictions", contradictions, name="contradictions"),)
