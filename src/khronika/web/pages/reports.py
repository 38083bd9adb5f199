"""Reports: which there are, from whom, of when, and which no coder reads."""

import re

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_
from khronika.web.page import page
from khronika.web.paging import paging
from khronika.workflows.browsing.reports import (
    REPEATING,
    SORTS,
    STATES,
    Facets,
    Wanted,
    copied,
    facets,
    listed,
    ordered,
)
from khronika.workflows.parts import remedy

LONGEST = 200  # characters of a filter
MONTH = re.compile(r"\d{4}(?:-\d\d)?|none")
SORT_LABELS = {
    "newest": N_("newest first"),
    "oldest": N_("oldest first"),
    "publisher": N_("publisher"),
    "name": N_("name of the file"),
    "acts": N_("most acts"),
}


def reports(request: Request) -> Response:
    """The list."""
    seat = desk_of(request)
    wanted = wanted_of(request.query_params)
    known = seat.once(("reports", wanted), lambda: ordered(seat.store, wanted))
    shown = paging(request).of(known.total)
    found = facets(seat.store)
    return page(
        request,
        "reports/list.html",
        wanted=wanted,
        rows=listed(seat.store, wanted, known, offset=shown.offset, size=shown.size),
        paging=shown,
        facets=found,
        copies=seat.once(("reports", "copies"), lambda: copied(seat.store)),
        uncoded=_uncoded(seat, found),
        sorts=SORT_LABELS,
    )


def wanted_of(query: QueryParams) -> Wanted:
    """What an address asks for; what makes no sense is left out."""

    def given(name: str) -> str:
        return " ".join(query.get(name, "").split())[:LONGEST]

    def one_of(name: str, known: tuple[str, ...], default: str = "") -> str:
        return given(name) if given(name) in known else default

    publisher = given("publisher")
    return Wanted(
        name=given("name"),
        publisher=publisher if any(each.isalnum() for each in publisher) else "",
        language=given("language")[:10],
        state=one_of("state", STATES),
        month=given("month") if MONTH.fullmatch(given("month")) else "",
        copies=one_of("copies", REPEATING),
        sort=one_of("sort", SORTS, "newest"),
    )


def _uncoded(seat: Seat, found: Facets) -> list[tuple[str, int, str]]:
    """Each language with reports that are not coded: how many, and what lets them be coded."""
    return [
        (language, number, seat.once(("remedy", language), lambda of=language: remedy(of)))  # type: ignore[misc]
        for language, number in found.uncoded
    ]


ROUTES = (Route("/reports", reports, name="reports"),)
