"""The overview: what the record holds, what is new in it, what waits for a person."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.publish.pictures import Picture
from khronika.web.choosing import ruled_of
from khronika.web.desk import Seat, desk_of
from khronika.web.page import page
from khronika.web.pages.contradictions import entries_of
from khronika.web.pages.pictures import MAKERS, picture_of
from khronika.web.rendering import SORTS
from khronika.workflows.browsing.contradictions import ClashRow, clash_rows
from khronika.workflows.browsing.overview import newest_reports, publishers
from khronika.workflows.reviewing.rows import QueueCounts
from khronika.workflows.rows import Summary

CLASHES = 4


def overview(request: Request) -> Response:
    """Show what the record holds."""
    seat = desk_of(request)
    summary: Summary = seat.once("summary", seat.record.summary)
    return page(
        request,
        "incidents/overview.html",
        summary=summary,
        publishers=seat.once("publishers", lambda: publishers(seat.store)),
        pictures=_pictures(request) if summary.incidents else {},
        clashes=_clashes(seat),
        waiting=_waiting(seat),
        sorts=SORTS,
        newest=seat.once("newest reports", lambda: newest_reports(seat.store)),
    )


def _pictures(request: Request) -> dict[str, Picture]:
    return {name: picture_of(request, name) for name in ("months", "map") if name in MAKERS}


def _clashes(seat: Seat) -> tuple[ClashRow, ...]:
    some = entries_of(seat)[:CLASHES]
    return seat.once("newest contradictions", lambda: clash_rows(seat.store, some, ruled_of(seat)))


def _waiting(seat: Seat) -> QueueCounts:
    return seat.record.review_counts()  # which remembers them, and makes a queue that is due


ROUTES = (Route("/", overview, name="overview"),)
