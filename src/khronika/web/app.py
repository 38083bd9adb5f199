"""The application: every page, behind the guard."""

from importlib.resources import files
from types import ModuleType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.errors import KhronikaError
from khronika.web.desk import Desk
from khronika.web.language import LANGUAGES, language
from khronika.web.page import page, problem
from khronika.web.pages import act, pictures, review, review_forms, review_join
from khronika.web.pages import actor as actor_page
from khronika.web.pages import actors as actors_page
from khronika.web.pages import appeals as appeals_page
from khronika.web.pages import contradictions as contradictions_page
from khronika.web.pages import export as export_page
from khronika.web.pages import incident as incident_page
from khronika.web.pages import incidents as incidents_page
from khronika.web.pages import journal as journal_page
from khronika.web.pages import overview as overview_page
from khronika.web.pages import places as places_page
from khronika.web.pages import registers as registers_page
from khronika.web.pages import report as report_page
from khronika.web.pages import reports as reports_page
from khronika.web.pages import search as search_page
from khronika.web.pages import settings as settings_page
from khronika.web.pages import timeline as timeline_page
from khronika.web.rendering import warm
from khronika.web.security import Guard, Settings
from khronika.web.sessions import Sessions
from khronika.web.urls import Addresses
from khronika.workflows.browsing.exporting import clear_left
from khronika.workflows.record import Record

PAGES: tuple[ModuleType, ...] = (
    contradictions_page,
    export_page,
    incident_page,
    incidents_page,
    journal_page,
    overview_page,
    pictures,
    actors_page,
    actor_page,
    places_page,
    appeals_page,
    registers_page,
    report_page,
    reports_page,
    search_page,
    *(act, review_join, review_forms, review),  # an item of the queue may be called anything
    settings_page,
    timeline_page,
)
TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "png": "image/png",
}


def create_app(record: Record, settings: Settings) -> Guard:
    """The web application of one record.

    Args:
        record: what is shown and ruled on.
        settings: where it listens, and the key of its address.
    """
    static = _static()
    routes = [route for module in PAGES for route in module.ROUTES]

    def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in static:
            raise HTTPException(404)
        return Response(static[name], media_type=TYPES[name.rpartition(".")[2]])

    routes.append(Route("/static/{name}", asset, name="static"))
    sessions = Sessions(settings.key, reviewer=settings.reviewer, language=settings.language)
    app = Starlette(
        routes=routes,
        exception_handlers={
            KhronikaError: problem,
            HTTPException: _http_problem,
            Exception: _fault,
        },
    )
    app.state.desk = Desk(record, settings)
    app.state.sessions = sessions
    app.state.addresses = Addresses(routes)
    clear_left(record.path)
    for code in LANGUAGES:
        warm(language(code))
    return Guard(app, settings=settings, sessions=sessions)  # outermost: faults pass it, too


def _static() -> dict[str, bytes]:
    folder = files("khronika.web") / "static"
    return {
        each.name: each.read_bytes()
        for each in folder.iterdir()
        if each.name.rpartition(".")[2] in TYPES
    }


def _http_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    missing = error.status_code == 404
    return page(request, "error.html", status=error.status_code, error=None, missing=missing)


def _fault(request: Request, error: Exception) -> Response:  # noqa: ARG001  may hold personal text
    return page(request, "error.html", status=500, error=None, missing=False)
