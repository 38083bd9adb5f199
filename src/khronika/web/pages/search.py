"""Searching the text of the reports, in the language of the command line."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.errors import KhronikaError
from khronika.model.edtf import EdtfError
from khronika.store.ask import LONGEST, SearchError
from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_
from khronika.web.page import page
from khronika.web.pages.report import standing_rulings
from khronika.web.paging import Paging, paging
from khronika.workflows.browsing.found import Found, Window, found
from khronika.workflows.filtering import FilterError

FARTHEST = 2000  # hits; what comes behind is asked for by a narrower search
SIZE = 20
WAYS = (
    ("detained", N_("a word in any of its forms")),
    ('"case files"', N_("words one after the other, as written")),
    ("deten*", N_("words that begin so")),
    ("raid OR search", N_("one of them, or both")),
    ("raid -school", N_("without a word; NOT says the same")),
    ("(raid OR search) office", N_("parentheses say what belongs together")),
)
FILTERS = (
    ("kind:arrest", N_("tells an act of this kind, by its id in the codebook")),
    ("modality:denied", N_("occurred, attempted, threatened, planned, possible or denied")),
    ('actor:"ada lark"', N_("tells of somebody with this name, or this id")),
    ("role:victim", N_("somebody has this role")),
    ("place:brest", N_("tells of a place with this name")),
    ("country:KZ", N_("tells of a place in this country, ISO 3166")),
    ('publisher:"the bell"', N_("published by somebody with this name")),
    ("time:2023-03..2024", N_("tells of what happened then; one date or two")),
    ("language:ru", N_("written in this language, ISO 639-1")),
    ("report:rpt_…", N_("in this report alone")),
)


def search(request: Request) -> Response:
    """The form, and what was found."""
    seat = desk_of(request)
    query = request.query_params.get("q", "").strip()
    shown = paging(request, SIZE)
    hits: tuple[Found, ...] = ()
    refused: KhronikaError | None = None
    if query:
        try:
            hits, shown = _page_of(seat, query, shown)
        except (SearchError, FilterError, EdtfError) as error:
            refused = error
    return page(
        request,
        "search/search.html",
        status=400 if refused else 200,
        query=query[: LONGEST + 1],
        hits=hits,
        paging=shown,
        refused=refused,
        ways=WAYS,
        filters=FILTERS,
        most=FARTHEST,
    )


def _page_of(seat: Seat, query: str, shown: Paging) -> tuple[tuple[Found, ...], Paging]:
    number = min(shown.number, FARTHEST // shown.size)
    shown = Paging(number=number, size=shown.size)
    window = Window(skip=shown.offset, most=shown.size + 1, shown=seat.session.unveiled)
    hits = found(seat.store, query, window, standing_rulings(seat))
    more = len(hits) > shown.size and number < FARTHEST // shown.size
    return hits[: shown.size], Paging(number=number, size=shown.size, more=more)


ROUTES = (Route("/search", search, name="search"),)
