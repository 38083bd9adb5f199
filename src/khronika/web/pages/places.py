"""Places: countries and places with what is told there, and one of them whole."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.desk import Seat, desk_of
from khronika.web.page import page
from khronika.web.pages.pictures import MAKERS, picture_of
from khronika.web.paging import paging
from khronika.workflows.browsing import places as reading
from khronika.workflows.browsing.places import Atlas, PlaceLine
from khronika.workflows.showing import NoSuchThingError

SIZE = 15
FIRST = 60  # places of a country; the rest where it is asked for
SHOWN = 12  # places of a country that the list of all countries shows
LONGEST = 200


def atlas_of(seat: Seat) -> Atlas:
    """Every country and place, read once for each state of the record."""
    return seat.once("atlas", lambda: reading.atlas(seat.store))


def places(request: Request) -> Response:
    """List the countries with their places, and the names that stand for no certain place."""
    seat = desk_of(request)
    known = atlas_of(seat)
    unknown = known.of_country("")
    shown = paging(request, 100).of(len(unknown))
    return page(
        request,
        "places/list.html",
        atlas=known,
        countries=seat.once("places by country", lambda: _by_country(known)),
        shown=SHOWN,
        unknown=unknown[shown.offset : shown.offset + shown.size],
        paging=shown,
        map=picture_of(request, "map", {}) if "map" in MAKERS and known.countries else None,
    )


def _by_country(known: Atlas) -> tuple[tuple[PlaceLine, tuple[PlaceLine, ...]], ...]:
    places: dict[str, list[PlaceLine]] = {}
    for each in known.places:
        places.setdefault(each.country, []).append(each)
    return tuple((line, tuple(places.get(line.key, ()))) for line in known.countries)


def place(request: Request) -> Response:
    """Show a country or a place: incidents there, names as printed, what was ambiguous."""
    seat, key = desk_of(request), request.path_params["key"][:LONGEST]
    known = atlas_of(seat)
    line = known.line(key.upper() if len(key) == 2 else key)
    if line is None:
        raise NoSuchThingError(
            "No incident of the record is at that place.",
            remedy="go on from the list of places, or search for its name.",
        )
    ids = seat.once(("at", line.key), lambda: reading.incidents_at(seat.store, line.key))
    shown = paging(request, SIZE).of(len(ids))
    whole = len(line.key) == 2
    places = known.of_country(line.key) if whole else ()
    return page(
        request,
        "places/place.html",
        line=line,
        whole=whole,
        places=places[: None if request.query_params.get("show") == "all" else FIRST],
        all_places=len(places),
        scenes=reading.scenes(seat.store, line.key, ids[shown.offset :][: shown.size]),
        printed=()
        if whole
        else seat.once(("printed", line.key), lambda: reading.printed(seat.store, line.key, known)),
        paging=shown,
    )


ROUTES = (
    Route("/places", places, name="places"),
    Route("/places/{key}", place, name="place"),
)
