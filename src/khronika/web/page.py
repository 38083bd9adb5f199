"""Answers to requests: a page, a redirect, a problem said in words."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from khronika.errors import KhronikaError
from khronika.store.errors import RecordBusyError
from khronika.web.desk import desk_of
from khronika.web.forms import Form
from khronika.web.rendering import environment
from khronika.web.urls import with_query
from khronika.workflows.showing import NoSuchThingError, SeveralThingsError


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page made from a template.

    Args:
        request: what it answers.
        template: its file below `templates`.
        status: of HTTP.
        values: what the template names.
    """
    seat = desk_of(request)
    kinds = seat.desk.kinds

    def kind_label(kind: str) -> str:
        return seat.language.say(kinds[kind].label) if kind in kinds else kind

    made = environment(seat.language).get_template(template)
    said = made.render(
        request=request,
        path=request.url.path,
        session=seat.session,
        url=request.app.state.addresses.url,
        with_query=partial(with_query, request),
        kind_label=kind_label,
        area=request.url.path.split("/")[1],
        **values,
    )
    return HTMLResponse(said, status_code=status)


def redirect(_request: Request, path: str) -> Response:
    """Go on to another page of ours, by GET."""
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))  # another host's
    return RedirectResponse(path, status_code=303)


def local(path: str, default: str = "/") -> str:
    """A path that came from outside, if it leads to a page of ours."""
    odd = not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable()
    return default if odd or len(path) > 2000 else path


def form_of(request: Request) -> Form:
    """The fields of the form that was sent."""
    form: Form = request.state.form
    return form


def problem(request: Request, error: Exception) -> Response:
    """A problem in words, with its remedy."""
    assert isinstance(error, KhronikaError)
    return page(request, "error.html", status=status_of(error), error=error)


def status_of(error: KhronikaError) -> int:
    """The status of HTTP that fits a problem."""
    if isinstance(error, NoSuchThingError):
        return 404
    if isinstance(error, SeveralThingsError):
        return 300
    if isinstance(error, RecordBusyError):
        return 503
    return 400 if error.exit_status == 2 else 500
