"""Registers: official lists as histories of who was listed, excluded or refused."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.desk import desk_of
from khronika.web.language import N_
from khronika.web.page import page
from khronika.web.paging import paging
from khronika.workflows.browsing import registers as reading
from khronika.workflows.browsing.registers import SORTS
from khronika.workflows.showing import NoSuchThingError

SIZE = 50
DESIGNATIONS = {
    "listed": N_("listed"),
    "excluded": N_("excluded"),
    "refused": N_("refused"),
}
SORTED = {"date": N_("By date"), "organisation": N_("By organisation")}


def registers(request: Request) -> Response:
    """List the registers that reports tell of."""
    seat = desk_of(request)
    return page(
        request,
        "registers/list.html",
        rows=seat.once("registers", lambda: reading.registers(seat.store)),
        designations=DESIGNATIONS,
    )


def register(request: Request) -> Response:
    """Show the history of a register, by date or by organisation."""
    seat, key = desk_of(request), request.path_params["key"]
    lines = seat.once("registers", lambda: reading.registers(seat.store))
    line = next((each for each in lines if each.key == key), None)
    if line is None:
        raise NoSuchThingError(
            "No report tells of such a register.", remedy="go on from the list of registers."
        )
    sort = request.query_params.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    acts = seat.once(
        ("register", line.key, sort), lambda: reading.entry_ids(seat.store, line, sort)
    )
    shown = paging(request, SIZE).of(len(acts))
    found = reading.entries(seat.store, acts[shown.offset : shown.offset + shown.size])
    return page(
        request,
        "registers/register.html",
        line=line,
        entries=found,
        groups=reading.by_organisation(found) if sort == "organisation" else (),
        sort=sort,
        sorts=SORTED,
        designations=DESIGNATIONS,
        paging=shown,
    )


ROUTES = (
    Route("/registers", registers, name="registers"),
    Route("/registers/{key}", register, name="register"),
)
