"""Actors: everyone whom reports name, narrowed and sorted, a page at a time."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.model.acts import ActorType
from khronika.text.lemmas import folded
from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_
from khronika.web.page import page
from khronika.web.paging import Paging, paging
from khronika.workflows.browsing import actors as reading
from khronika.workflows.browsing.actors import SORTS, ActorLine, Asked

TYPES = tuple(each.value for each in ActorType)
ROLES = ("victim", "alleged-perpetrator", "intervener", "addressee", "signatory", "source")
LEAST = (2, 3, 5, 10, 50)  # reports
LONGEST = 200
SORTED = {"mentions": N_("most mentioned"), "name": N_("name")}


def actors(request: Request) -> Response:
    """List the actors that an address asks for."""
    seat = desk_of(request)
    listed = seat.once("lists", lambda: reading.has_lists(seat.store))
    asked = replace(asked_for(request), told=listed)
    rows, shown, more = _page(seat, asked, paging(request))
    return page(
        request,
        "actors/list.html",
        asked=asked,
        rows=rows,
        paging=shown,
        more=more,
        letters=seat.once("letters of actors", lambda: reading.letters(seat.store)),
        countries=_countries(seat),
        types=TYPES,
        roles=ROLES,
        least=LEAST,
        sorts=SORTED,
    )


def asked_for(request: Request) -> Asked:
    """What an address asks for; what is odd in it is left out."""
    given = request.query_params
    reports, country = given.get("reports", ""), given.get("country", "").upper()
    letter = folded(given.get("letter", "")[:1]).strip()[:1]
    return Asked(
        type=_one_of(given.get("type", ""), TYPES),
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        role=_one_of(given.get("role", ""), ROLES),
        name=given.get("name", "").strip()[:LONGEST],
        reports=int(reports) if reports in map(str, LEAST) else 0,
        letter=letter,
        sort="name" if letter else _one_of(given.get("sort", ""), SORTS) or SORTS[0],
    )


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""


def _page(seat: Seat, asked: Asked, given: Paging) -> tuple[tuple[ActorLine, ...], Paging, bool]:
    """The rows of a page, which page it is, and whether there are more than are counted."""
    total = seat.once(
        ("actors", replace(asked, sort="name")), lambda: reading.actors_in_all(seat.store, asked)
    )
    if not total.more:
        shown = given.of(total.number)
        return reading.actor_lines(seat.store, asked, shown.offset, shown.size), shown, False
    found = reading.actor_lines(seat.store, asked, given.offset, given.size + 1)
    shown = Paging(number=given.number, size=given.size, more=len(found) > given.size)
    return found[: given.size], shown, True


def _countries(seat: Seat) -> list[tuple[str, str]]:
    """Countries by their names in the language of the session."""
    codes = seat.once("countries of actors", lambda: reading.countries_of_actors(seat.store))
    return sorted((seat.language.country(each), each) for each in codes)


ROUTES = (Route("/actors", actors, name="actors"),)
