"""The page of one act: what it stands on, what was ruled on it, where it belongs."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.errors import KhronikaError
from khronika.store.errors import RecordBusyError
from khronika.web.desk import desk_of
from khronika.web.page import form_of, page, redirect
from khronika.web.pages.review import ruled
from khronika.web.pages.review_forms import no_such
from khronika.web.pages.review_refused import busy, saw_of, stale
from khronika.web.pages.review_ruled import CHOICES, done_in, seen_now, summary_of
from khronika.workflows.browsing.acts import act_page
from khronika.workflows.reasons import former, reasons
from khronika.workflows.showing import coded_act, whole_id
from khronika.workflows.versions import StaleError


def act(request: Request) -> Response:
    """One act, whole."""
    return _shown(request, str(request.path_params["id"])[:60])


def rule(request: Request) -> Response:
    """Keep a ruling on an act and stay on its page."""
    seat, form = desk_of(request), form_of(request)
    asked = str(request.path_params["id"])[:60]
    try:
        kept = ruled(seat, form, form.one("verb"), [asked])
    except StaleError as error:
        return stale(request, seat, form, [], error.ids)
    except RecordBusyError as error:
        return busy(request, form, error)
    except KhronikaError as error:
        return _shown(request, asked, error=error, status=400)
    return redirect(request, f"/acts/{asked}?done={kept.id}")


def _shown(
    request: Request, asked: str, *, error: KhronikaError | None = None, status: int = 200
) -> Response:
    seat = desk_of(request)
    if not asked.startswith("act_"):
        raise no_such(asked)
    found = act_page(seat.store, asked, frozenset(seat.session.unveiled))
    if found is None:
        whole = whole_id(seat.store, asked)
        if whole == asked or not whole.startswith("act_"):
            raise no_such(asked)
        return redirect(request, f"/acts/{whole}")
    ruled_on = seat.record.rulings().about.get(asked, ())
    corrected = any(each.verb == "correct" for each in ruled_on)
    coded = coded_act(seat.store, found.row.report.id, asked) if corrected else None
    return page(
        request,
        "act/whole.html",
        status=status,
        act=found,
        why=[*reasons(found.row), *former(coded, ruled_on)],
        rulings=ruled_on,
        seen=seen_now(seat, [asked]),
        saw=saw_of(summary_of(found.row, found.values)),
        choices=CHOICES,
        typed=form_of(request).one("why")[:2000],
        error=error,
        **done_in(seat, request),
        here=f"/acts/{asked}",
    )


ROUTES = (
    Route("/acts/{id}", act, methods=["GET"], name="act"),
    Route("/acts/{id}/rule", rule, methods=["POST"], name="act_rule"),
)
