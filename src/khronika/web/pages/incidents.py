"""Incidents: filtered by facets, sorted, a page at a time; the address says all of it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.choosing import (
    chips_of,
    chosen_by,
    facets_of,
    incidents_of,
    named_by,
    ruled_of,
)
from khronika.web.desk import desk_of
from khronika.web.language import N_
from khronika.web.page import page
from khronika.web.paging import SIZES, paging
from khronika.workflows.browsing.facets import SORTS
from khronika.workflows.browsing.incidents import faces

SIZE = 25
SORTED = {
    "date": N_("date, the earliest first"),
    "newest-date": N_("date, the latest first"),
    "added": N_("newest in the record"),
    "sources": N_("most independent sources"),
    "told": N_("most often told"),
}


def incidents(request: Request) -> Response:
    """List the incidents that an address chooses."""
    seat, asked = desk_of(request), chosen_by(request)
    every = incidents_of(seat)
    named = named_by(seat, every, asked.choice.actor)
    counted = every.chosen(asked.choice, named)
    sort = request.query_params.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    shown = paging(request, SIZE).of(counted.total)
    ids = every.ordered(counted.kept, sort, shown.offset, shown.size)
    return page(
        request,
        "incidents/list.html",
        every=len(every.ids),
        choosing=asked,
        facets=facets_of(seat, asked.choice, counted),
        chips=chips_of(seat, asked.choice),
        paging=shown,
        sizes=SIZES,
        sort=sort,
        sorts=SORTED,
        rows=faces(seat.store, ids, ruled_of(seat), seat.session.unveiled),
    )


ROUTES = (Route("/incidents", incidents, name="incidents"),)
