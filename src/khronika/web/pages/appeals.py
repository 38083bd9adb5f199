"""Appeals: open letters, petitions and calls, and one of them whole."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.desk import desk_of
from khronika.web.page import page
from khronika.web.paging import paging
from khronika.workflows.browsing import appeals as reading
from khronika.workflows.browsing.appeals import STATES
from khronika.workflows.showing import NoSuchThingError

SIZE = 25


def appeals(request: Request) -> Response:
    """List the appeals, the latest first: past, planned or all."""
    seat, state = desk_of(request), request.query_params.get("state", "")
    state = state if state in STATES else ""
    counts = {
        each: seat.once(("appeals", each), partial(reading.appeals_in_all, seat.store, each))
        for each in ("", *STATES)
    }
    shown = paging(request, SIZE).of(counts[state])
    return page(
        request,
        "appeals/list.html",
        rows=reading.appeal_lines(seat.store, state, shown.offset, shown.size),
        counts=counts,
        state=state,
        paging=shown,
    )


def appeal(request: Request) -> Response:
    """Show an appeal: who signed, to whom, what is asked, when, what came of it."""
    shown = reading.shown_appeal(desk_of(request).store, request.path_params["act"])
    if shown is None:
        raise NoSuchThingError("No appeal has that id.", remedy="go on from the list of appeals.")
    return page(request, "appeals/appeal.html", shown=shown)


ROUTES = (
    Route("/appeals", appeals, name="appeals"),
    Route("/appeals/{act}", appeal, name="appeal"),
)
