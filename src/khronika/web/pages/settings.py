"""Settings of a session: who reviews, in which language, how it looks. Nothing is kept on disk."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.desk import desk_of
from khronika.web.language import LANGUAGES
from khronika.web.page import form_of, local, page, redirect

LONGEST_NAME = 100
THEMES = ("", "light", "dark")


def settings(request: Request) -> Response:
    """Show the settings, or take new ones."""
    session = desk_of(request).session
    if request.method != "POST":
        back = local(request.query_params.get("back", ""))
        return page(request, "settings.html", back=back)
    form = form_of(request)
    session.reviewer = " ".join(form.one("reviewer").split())[:LONGEST_NAME]
    if form.one("language") in ("", *LANGUAGES):
        session.language = form.one("language")
    if form.one("theme") in THEMES:
        session.theme = form.one("theme")
    session.keys = form.one("keys") == "on"
    return redirect(request, local(form.one("back")))


ROUTES = (Route("/settings", settings, methods=["GET", "POST"], name="settings"),)
