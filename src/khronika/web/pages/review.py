"""Review: what waits, and one item a page with what can be ruled on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.errors import KhronikaError
from khronika.model.links import Contradiction, Incident, Ruling
from khronika.review.priority import Sort
from khronika.store.errors import RecordBusyError
from khronika.web.desk import Seat, desk_of
from khronika.web.forms import Form
from khronika.web.language import N_
from khronika.web.page import form_of, page, redirect
from khronika.web.pages.review_refused import busy, saw_of, stale
from khronika.web.pages.review_ruled import (
    CHOICES,
    asked_of,
    back_of,
    done_in,
    item_path,
    last_ruled,
    next_path,
    remember,
    reviewer_of,
    seen_in,
    summary_of,
    why_of,
    with_done,
)
from khronika.web.rendering import SORTS
from khronika.workflows.browsing.acts import (
    ActPage,
    Showings,
    Telling,
    act_rows,
    in_context,
    of_rows,
)
from khronika.workflows.former import current_id
from khronika.workflows.linked import incidents_by_id
from khronika.workflows.reviewing.errors import NoSuchItemError
from khronika.workflows.reviewing.paging import around, one
from khronika.workflows.reviewing.rows import Asked, QueueRow, ReviewItem
from khronika.workflows.rows import ActRow
from khronika.workflows.rulings import IDENTITY, TRUTH
from khronika.workflows.versions import StaleError

SHOWN = 20  # items of the queue that are listed
MOST_IDS = 50
VERBS = (*TRUTH, *IDENTITY, "sensitive", "note", "part")


class NothingPressedError(KhronikaError):
    """A form of review came without anything to rule."""

    exit_status = 2


class WordsMissingError(KhronikaError):
    """A note without words, or a ruling without a name."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page of an item shows besides the item.

    Attributes:
        act: of an item on one act, that act.
        sides: tellings by the id of their act: of a pair, of contradictions.
        seen: versions of what can be ruled on.
        saw: the act as a form carries it, to be compared later.
    """

    act: ActPage | None = None
    sides: dict[str, Telling] | None = None
    seen: dict[str, str] | None = None
    saw: str = ""


def asked_in(request: Request) -> Asked:
    """The filters of the queue as its workflows take them."""
    given = asked_of(request)
    return Asked(
        kind=tuple(given.get("kind", ())),
        sort=tuple(given.get("sort", ())),
        report=given.get("report", [""])[0],
        actor=given.get("actor", [""])[0],
    )


def queue(request: Request) -> Response:
    """What waits for a reviewer, the most pressing first."""
    seat, asked, given = desk_of(request), asked_in(request), asked_of(request)
    every = Asked(report=asked.report, actor=asked.actor)
    counted = seat.once(("review", "counts", every), lambda: seat.record.review_counts(every))
    after = request.query_params.get("after", "")[:200]
    rows = seat.record.review_queue(asked, after=after, limit=SHOWN)
    return page(
        request,
        "review/queue.html",
        counted=counted,
        rows=rows,
        asked=given,
        first=item_path(rows[0].id, given) if rows else "",
        item_path=lambda item: item_path(item, given),
        sorts=SORTS,
        incidents=_incidents(seat, rows),
        rejected=seat.once(("review", "rejected"), seat.record.often_rejected),
        more=len(rows) == SHOWN,
        here=f"/review{'?' + request.url.query if request.url.query else ''}",
        kinds=sorted(counted.by_kind.items(), key=lambda each: (-each[1], each[0])),
        **done_in(seat, request),
    )


def _incidents(seat: Seat, rows: Sequence[QueueRow]) -> dict[str, Incident]:
    """The incidents whose tellings contradict each other, to say of whom they tell."""
    ids = [row.id for row in rows if row.sort is Sort.CONTRADICTION]
    with seat.store.reading() as connection:
        return {each.id: each for each in incidents_by_id(connection, ids)}


def item(request: Request) -> Response:
    """One item of the queue."""
    asked = str(request.path_params["item"])
    if request.method == "POST":
        return _rule(request, asked)
    return _item(request, asked)


def _item(
    request: Request, asked: str, *, error: KhronikaError | None = None, status: int = 200
) -> Response:
    seat, given, form = desk_of(request), asked_of(request), form_of(request)
    try:
        found = _found(seat, asked, asked_in(request))
    except NoSuchItemError:
        if act_rows(seat.store, [asked]):
            return redirect(request, f"/acts/{asked}")
        if "done" in request.query_params:  # what was ruled took the item away
            return redirect(request, f"/review?{request.url.query}")
        raise
    shown = _shown(seat, found)
    return page(
        request,
        "review/item.html",
        status=status,
        item=found,
        shown=shown,
        asked=given,
        item_path=lambda each: item_path(each, given),
        here=item_path(asked, given),
        action=item_path(asked, given),
        values_of=lambda each: values_of(each, shown.sides or {}),
        choices=CHOICES,
        error=error,
        why=form.one("why")[:2000],
        **done_in(seat, request),
        ruled=len(seat.session.ruled),
    )


def _found(seat: Seat, asked: str, filters: Asked) -> ReviewItem:
    return seat.record.review_item(asked, filters)


def _shown(seat: Seat, found: ReviewItem) -> Shown:
    unveiled = frozenset(seat.session.unveiled)
    seen = dict(found.versions)
    if found.act is not None:
        act = of_rows(seat.store, found.act, [each.row for each in found.tellings], unveiled)
        told = len(found.incident.acts) - 1 if found.incident else 0
        act = replace(act, more=max(0, told - len(found.tellings)))
        return Shown(act=act, seen=seen, saw=saw_of(summary_of(act.row, act.values)))
    rows = [each.row for each in (found.pair.tellings if found.pair else found.tellings)]
    sides = _sides(seat, rows, unveiled, narrow=found.row.sort is not Sort.INCIDENTS)
    return Shown(sides=sides, seen=seen)


def _sides(
    seat: Seat, rows: Sequence[ActRow], unveiled: frozenset[str], *, narrow: bool
) -> dict[str, Telling]:
    showings = Showings(seat.store, unveiled)
    showings.learn(row.report.id for row in rows)
    return {
        row.act.id: Telling(row=row, text=in_context(seat.store, showings, row, narrow=narrow))
        for row in rows
    }


def _rule(request: Request, asked: str) -> Response:
    """Keep a ruling on an item and go on to the next one."""
    seat, form = desk_of(request), form_of(request)
    verb = form.one("verb")
    ids = form.all("id")[:MOST_IDS]
    try:
        row = one(seat.store, asked)
        before, after = around(seat.store, asked_in(request), row)
        ruling = ruled(seat, form, verb, ids or row.about)
    except StaleError as error:
        return stale(request, seat, form, [], error.ids)
    except RecordBusyError as error:
        return busy(request, form, error)
    except NoSuchItemError:
        raise
    except KhronikaError as error:
        return _item(request, asked, error=error, status=400)
    stays = verb in {"note", "sensitive"} or bool(form.one("stay"))
    stays = stays and _is_there(seat, asked)
    then = asked if stays else after or before
    return redirect(request, next_path(then, asked_of(request), ruling))


def _is_there(seat: Seat, item: str) -> bool:
    """Whether the queue knows an item, though it may not wait any more."""
    try:
        one(seat.store, item)
    except NoSuchItemError:
        return False
    return True


def ruled(seat: Seat, form: Form, verb: str, ids: Sequence[str]) -> Ruling:
    """Keep what a form rules.

    Raises:
        NothingPressedError: no button of the form was pressed.
        WordsMissingError: nobody is named, or a note says nothing.
        StaleError: what it rules on is another now.
    """
    if verb not in VERBS:
        raise NothingPressedError(
            "Nothing was ruled.", remedy="press one of the buttons, or its key."
        )
    name, why = _named(seat, form), why_of(seat, form, verb)
    if verb == "note" and not why:
        raise WordsMissingError(
            "A note needs words.", remedy="write them into the field, then press Note again."
        )
    expect = {id_: version for id_, version in seen_in(form).items() if id_ in ids}
    with seat.desk.ruling:
        kept = _kept(seat, verb, list(ids), name, why, expect)
    for each in kept:
        remember(seat, each)
    return kept[-1]


def _named(seat: Seat, form: Form) -> str:
    name = reviewer_of(seat, form)
    if not name:
        raise WordsMissingError(
            "A ruling is kept with who made it.", remedy="write your name, then rule again."
        )
    return name


def _kept(
    seat: Seat, verb: str, ids: list[str], name: str, why: str, expect: dict[str, str]
) -> list[Ruling]:
    record = seat.record
    if verb == "note":
        return [record.note(ids, why, reviewer=name).ruling]
    if verb == "sensitive":
        done = record.mark_sensitive(ids, why=why, reviewer=name, expect=expect)
        return [done.ruling]
    if verb == "part":
        return _parted(seat, ids, name, why, expect)
    return [record.rule(verb, ids, why=why, reviewer=name, expect=expect).ruling]  # type: ignore[arg-type]


def _parted(
    seat: Seat, ids: list[str], name: str, why: str, expect: dict[str, str]
) -> list[Ruling]:
    """Hold the first of some parts of one thing apart from each other that it is joined to."""
    kept: list[Ruling] = []
    for other in ids[1:]:
        if kept and home_of(seat, ids[0]) != home_of(seat, other):
            continue
        seen = {} if kept else expect
        done = seat.record.rule("different", [ids[0], other], why=why, reviewer=name, expect=seen)
        kept.append(done.ruling)
    if not kept:
        raise NothingPressedError("It stands alone already.", remedy="there is nothing to part.")
    return kept


def home_of(seat: Seat, part: str) -> str | None:
    """What an act, or what a member would be alone, belongs to now."""
    if part.startswith("act_"):
        return next((row.incident for row in act_rows(seat.store, [part])), None)
    return current_id(seat.store, part)


def undo(request: Request) -> Response:
    """Take back a ruling: the one that is named, or the latest of this session."""
    seat, form = desk_of(request), form_of(request)
    asked = form.one("ruling")[:60] or last_ruled(seat)
    back = back_of(form)
    known = seat.record.rulings().by_id.get(asked)
    if known is None or known.superseded_by:
        raise NothingPressedError(
            "There is no such ruling that still stands.",
            remedy="look at what was ruled on the page of the act, the incident or the actor.",
        )
    why = seat.language.say(N_("Taken back in review."))
    try:
        with seat.desk.ruling:
            done = seat.record.retract(asked, why=why, reviewer=_named(seat, form))
    except RecordBusyError as error:
        return busy(request, form, error)
    if asked in seat.session.ruled:
        seat.session.ruled.remove(asked)
    return redirect(request, with_done(_item_of(seat, asked, back), done.ruling))


def _item_of(seat: Seat, ruling: str, back: str) -> str:
    """Where what was ruled on can be ruled on again, if it is an item of the queue."""
    ids = seat.record.rulings().by_id[ruling].ids
    item = "~".join(sorted(ids))
    if not back.startswith("/review/") or back.startswith("/review/join/"):
        return back
    if not _is_there(seat, item):
        return back
    query = back.partition("?")[2]
    return f"{item_path(item, {})}?{query}" if query else item_path(item, {})


def name(request: Request) -> Response:
    """Take the reviewer's name, once a session."""
    seat, form = desk_of(request), form_of(request)
    reviewer_of(seat, form)
    return redirect(request, back_of(form))


def values_of(found: Contradiction, sides: dict[str, Telling]) -> list[tuple[str, list[Telling]]]:
    """Each value of a contradiction with the tellings that give it."""
    return [
        (told.value, [sides[act] for act in told.acts if act in sides]) for told in found.values
    ]


ROUTES = (
    Route("/review", queue, methods=["GET"], name="review"),
    Route("/review/undo", undo, methods=["POST"], name="review_undo"),
    Route("/review/name", name, methods=["POST"], name="review_name"),
    Route("/review/{item}", item, methods=["GET", "POST"], name="review_item"),
)
