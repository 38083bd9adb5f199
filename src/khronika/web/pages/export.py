"""Export: the record in one file to save, made as the command line makes it."""

import math

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from khronika.publish import FORMATS, ExportOptions
from khronika.web.desk import Seat, desk_of
from khronika.web.forms import Form
from khronika.web.language import N_
from khronika.web.page import form_of, page, redirect
from khronika.web.pages.watching import asks_to_watch, watched
from khronika.workflows.browsing.exporting import Choice, Holds, holds, make

SANDBOX = "default-src 'none'; sandbox"
SOON = 1.0  # seconds that the page waits for a small export, so that it is there at once
LABELS = {
    "jsonl": N_("JSON lines, with every quotation and its place: for programs, and to check"),
    "csv": N_("CSV tables: for spreadsheets"),
    "ftm": N_("FollowTheMoney entities: for Aleph and other tools of investigators"),
}


def export(request: Request) -> Response:
    """What to export, and how far the export is that was asked for."""
    seat = desk_of(request)
    if request.method != "POST":
        return _form(request, seat, Choice(form="jsonl"))
    form = form_of(request)
    choice = choice_of(form)
    if choice is None:
        return _form(request, seat, Choice(form="jsonl"), wrong=form.one("at_least"), status=400)
    making = desk_of(request).desk.making
    making.start(lambda tell: make(seat.record, choice, tell), choice)
    making.wait(SOON)
    return redirect(request, request.app.state.addresses.url("export", watch="yes") + "#made")


def file(request: Request) -> Response:
    """The file, to be saved."""
    making = desk_of(request).desk.making
    last, pieces = making.last, making.pieces()
    if last is None or pieces is None:
        raise HTTPException(404)
    headers = {
        "Content-Disposition": f'attachment; filename="khronika-{last.choice.form}.zip"',
        "Content-Length": str(last.size),
        "Content-Security-Policy": SANDBOX,
    }
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


def discard(request: Request) -> Response:
    """Let go of the file."""
    desk_of(request).desk.making.discard()
    return redirect(request, request.app.state.addresses.url("export"))


def choice_of(form: Form) -> Choice | None:
    """What a form asks for; None if it makes no sense."""
    at_least = _share(form.one("at_least"))
    if at_least is None or form.one("format") not in FORMATS:
        return None
    options = ExportOptions(contacts=form.one("contacts") == "on")
    return Choice(
        form=form.one("format"),
        at_least=at_least,
        sensitive=form.one("sensitive") == "on",
        options=options,
    )


def _share(given: str) -> float | None:
    """A share as people write it: "0.9", "0,9", "90%"."""
    plain = given.strip().replace(",", ".")
    percent = plain.endswith("%")
    try:
        found = float(plain.rstrip("% ") or "0")
    except ValueError:
        return None
    found = found / 100 if percent else found
    return found if math.isfinite(found) and 0 <= found <= 1 else None


def _form(
    request: Request, seat: Seat, choice: Choice, *, wrong: str = "", status: int = 200
) -> Response:
    counted: Holds = seat.once(("export", "holds"), lambda: holds(seat.store))
    made = desk_of(request).desk.making.last
    watching = asks_to_watch(request) and made is not None and not made.ended
    answer = page(
        request,
        "export/export.html",
        watching=watching,
        status=status,
        choice=choice,
        formats=[(form, LABELS.get(form, form)) for form in FORMATS],
        holds=counted,
        wrong=wrong,
        refused=status == 400,
        made=made,
    )
    return watched(answer) if watching else answer


ROUTES = (
    Route("/export", export, methods=["GET", "POST"], name="export"),
    Route("/export/file", file, name="export_file"),
    Route("/export/discard", discard, methods=["POST"], name="export_discard"),
)
