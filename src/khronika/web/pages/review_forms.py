"""The forms that correct an act or add one that was missed, and the words they stand on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.codebook.model import Kind
from khronika.errors import KhronikaError
from khronika.model.anchors import Span
from khronika.model.corrections import Correction
from khronika.model.links import Ruling
from khronika.store import schema
from khronika.store.errors import RecordBusyError
from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_
from khronika.web.page import form_of, local, page, redirect
from khronika.web.pages.review_checked import (
    LONGEST_QUOTE,
    Checked,
    added_of,
    checked,
    correction_of,
)
from khronika.web.pages.review_draft import (
    MODALITIES,
    MOST_FILLERS,
    MOST_PLACES,
    ROLES,
    TYPES,
    Chosen,
    Draft,
    FillerDraft,
    PlaceDraft,
    draft_from,
    draft_of,
    span_of,
)
from khronika.web.pages.review_refused import LONGEST_SAW, busy, saw_of, stale
from khronika.web.pages.review_ruled import (
    remember,
    reviewer_of,
    seen_in,
    summary_of,
    why_of,
    with_done,
)
from khronika.workflows.browsing.acts import Showings, act_rows, values_of
from khronika.workflows.browsing.words import (
    PASSAGES,
    passage_at,
    passages,
    spans_of,
    to_stop,
)
from khronika.workflows.looking import Look
from khronika.workflows.rows import ActRow
from khronika.workflows.showing import NoSuchThingError
from khronika.workflows.versions import StaleError

BESIDE = 40  # code points around words that stand in several places
GROUPS = {
    "interventions": N_("interventions"),
    "intimidation": N_("intimidation"),
    "law and institutions": N_("law and institutions"),
    "life, body, liberty": N_("life, body, liberty"),
    "movement and protection": N_("movement and protection"),
    "organisations and media": N_("organisations and media"),
    "proceedings against persons": N_("proceedings against persons"),
}
NEAR = 2  # passages before and behind the quotation whose text a form shows


def correct(request: Request) -> Response:
    """Say what an act is in place of what was coded."""
    seat, asked = desk_of(request), str(request.path_params["item"])
    rows = act_rows(seat.store, [asked])
    if not rows:
        raise no_such(asked)
    row = rows[0]
    form = form_of(request)
    if request.method != "POST":
        draft = draft_of(row.act, seat.record.version(row.act.id))
        return _form(request, seat, draft, row)
    draft = replace(draft_from(form), report=row.report.id, act=row.act.id)
    return _step(request, seat, draft, row)


def add(request: Request) -> Response:
    """Add an act that no coder found."""
    seat, form = desk_of(request), form_of(request)
    sent = request.method == "POST"
    params = request.query_params
    report = (form.one("report") if sent else params.get("report", ""))[:100]
    text = _text(seat, report)
    if sent:
        return _step(request, seat, replace(draft_from(form), report=report, act=""), None)
    at = span_of(f"{params.get('start', '')}-{params.get('end', '')}")
    if at is not None and at.end <= len(text):
        chosen = Chosen(words=text[at.start : at.end], at=at)
        return _words(request, seat, Draft(report=report, quote=chosen), None, "quote")
    near = params.get("near", "")
    here = int(near) if near.isascii() and near.isdigit() and len(near) < 10 else 0
    first = passage_at(spans_of(seat.store, report), here)
    return _words(request, seat, Draft(report=report), None, "quote", first)


def no_such(asked: str) -> NoSuchThingError:
    """No act has that id."""
    return NoSuchThingError(
        f"Nothing in the record has the id {asked[:40]}.",
        remedy="look for it among the reports; its report may have been withdrawn or coded anew.",
    )


def _text(seat: Seat, report: str) -> str:
    data = seat.store.part(report, "text") if report.startswith("rpt_") else None
    if data is None:
        raise no_such(report)
    return data.decode()


def _step(request: Request, seat: Seat, draft: Draft, row: ActRow | None) -> Response:
    """What the button that was pressed asks for."""
    form = form_of(request)
    verb, _, rest = form.one("do").partition(":")
    if form.one("pick"):
        return _picked(request, seat, draft, row)
    if verb == "words" and draft.slot(rest) is not None:
        return _words(request, seat, draft, row, rest)
    if verb == "go" and draft.slot(form.one("choosing")) is not None:
        first = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 7 else 0
        return _words(request, seat, draft, row, form.one("choosing"), first)
    if verb == "again" and draft.slot(form.one("choosing")) is not None:
        return _words(request, seat, draft, row, form.one("choosing"), form.number("passage"))
    if verb == "at":
        slot, _, said = rest.partition(":")
        return _form(request, seat, _with(seat, draft, slot, span_of(said)), row)
    if verb == "save":
        return _save(request, seat, draft, row)
    return _form(request, seat, _edited(draft, verb, rest), row, tell=verb in {"check", "look"})


def _edited(draft: Draft, verb: str, rest: str) -> Draft:
    if verb == "drop":
        return draft.without(rest)
    if verb == "look":
        return draft.asking(rest)
    if verb == "add-filler" and len(draft.fillers) < MOST_FILLERS:
        role = rest if rest in ROLES else ROLES[0]
        return replace(draft, fillers=(*draft.fillers, FillerDraft(role=role)))
    if verb == "add-place" and len(draft.places) < MOST_PLACES:
        return replace(draft, places=(*draft.places, PlaceDraft()))
    return draft


def _with(seat: Seat, draft: Draft, slot: str, at: Span | None) -> Draft:
    text = _text(seat, draft.report)
    if at is None or at.end > len(text) or draft.slot(slot) is None:
        return draft
    return draft.with_words(slot, Chosen(words=text[at.start : at.end], at=at))


def _picked(request: Request, seat: Seat, draft: Draft, row: ActRow | None) -> Response:
    """A word was chosen: the first one, or the last one after it."""
    form = form_of(request)
    slot, word = form.one("choosing"), span_of(form.one("pick"))
    if word is None or draft.slot(slot) is None:
        return _form(request, seat, draft, row)
    first = span_of(form.one("first"))
    if first is None:
        return _words(request, seat, draft, row, slot, form.number("passage"))
    whole = Span(min(first.start, word.start), max(first.end, word.end))
    if slot == "quote":
        whole = to_stop(_text(seat, draft.report), whole)
    return _form(request, seat, _with(seat, draft, slot, whole), row)


def _words(
    request: Request,
    seat: Seat,
    draft: Draft,
    row: ActRow | None,
    slot: str,
    first: int | None = None,
) -> Response:
    """The page on which words are chosen, one button each; `first` is the first passage shown."""
    form = form_of(request)
    chosen = span_of(form.one("first")) or span_of(form.one("pick"))
    if form.one("do") == "again":
        chosen = None
    spans = spans_of(seat.store, draft.report)
    shown = Showings(seat.store, frozenset(seat.session.unveiled)).of(draft.report)
    known = draft.slot(slot)
    near = (known.at if known else None) or draft.quote.at
    here = passage_at(spans, near.start if near else 0) - 1  # who is meant stands before, often
    at = max(0, here) if first is None else first
    return page(
        request,
        "review/words.html",
        **_common(request, seat, draft, row),
        slot=slot,
        chosen=chosen,
        near=near if near and len(near) <= LONGEST_QUOTE else None,
        found=passages(spans, shown.text, at),
        step=PASSAGES,
    )


def _form(
    request: Request,
    seat: Seat,
    draft: Draft,
    row: ActRow | None,
    *,
    tell: bool = True,
    error: KhronikaError | None = None,
) -> Response:
    """The form, with what is wrong in it so far."""
    kinds = seat.desk.kinds
    text = _text(seat, draft.report)
    found = checked(draft, text, kinds)
    sent = request.method == "POST" and tell
    shown = Showings(seat.store, frozenset(seat.session.unveiled)).of(draft.report)
    window = _window(seat, found.draft)
    return page(
        request,
        "review/form.html",
        status=400 if error else 200,
        **_common(request, seat, found.draft, row),
        found=found,
        tell=sent,
        unnamed=form_of(request).one("do") == "save" and not seat.session.reviewer,
        error=error,
        leave=_then(request, draft),
        group_label=lambda group: seat.language.say(GROUPS.get(str(group), str(group))),
        context=lambda span: _context(shown.text, span),
        groups=grouped(kinds),
        kind=kinds.get(draft.kind),
        roles=ROLES,
        types=TYPES,
        modalities=MODALITIES,
        names=_names(seat, draft.report),
        passage=shown.text[window.start : window.end],
        passage_start=window.start,
    )


def _common(request: Request, seat: Seat, draft: Draft, row: ActRow | None) -> dict[str, Any]:
    """What the form and the page of words both show and carry."""
    look = Look(seat.store)
    form = form_of(request)
    shown = Showings(seat.store, frozenset(seat.session.unveiled))
    saw = form.one("saw")[:LONGEST_SAW]
    if row is not None and request.method != "POST":
        lines = summary_of(row, list(values_of(row, shown.of(row.report.id))))
        saw = saw_of(lines)
    return {
        "draft": draft,
        "row": row,
        "report": row.report if row else look.report(draft.report),
        "action": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "saw": saw,
    }


def _context(text: str, span: Span) -> tuple[str, str, str]:
    before, after = text[max(0, span.start - BESIDE) : span.start], text[span.end :][:BESIDE]
    return before, text[span.start : span.end], after


def _then(request: Request, draft: Draft) -> str:
    """Where leaving the form leads, and keeping a ruling unless the queue goes on."""
    default = f"/acts/{draft.act}" if draft.act else f"/reports/{draft.report}"
    return local(request.query_params.get("then", ""), default)


def _window(seat: Seat, draft: Draft) -> Span:
    """The passages around the quotation, as one span."""
    spans = [span for _, span in spans_of(seat.store, draft.report)] or [Span(0, 1)]
    at = draft.quote.at.start if draft.quote.at else 0
    here = passage_at([("", span) for span in spans], at)
    near = spans[max(0, here - NEAR) : here + NEAR + 1]
    return Span(near[0].start, near[-1].end)


def _names(seat: Seat, report: str) -> list[str]:
    member = schema.cast_member.c
    asked = select(member.name).where(member.report_id == report).order_by(member.idx)
    return list(dict.fromkeys(row.name for row in seat.store.all(asked.limit(200))))


def grouped(kinds: Mapping[str, Kind]) -> list[tuple[str, list[Kind]]]:
    """The kinds of act by their group, both in the order of the codebook."""
    groups: dict[str, list[Kind]] = {}
    for kind in kinds.values():
        groups.setdefault(kind.group, []).append(kind)
    return list(groups.items())


def _save(request: Request, seat: Seat, draft: Draft, row: ActRow | None) -> Response:
    form = form_of(request)
    found = checked(draft, _text(seat, draft.report), seat.desk.kinds)
    name = reviewer_of(seat, form)
    if found.problems or not name:
        return _form(request, seat, draft, row)
    verb = "correct" if row else "add"
    try:
        ruling = _ruled(seat, found, row, name, why_of(seat, form, verb), seen_in(form))
    except StaleError as error:
        return stale(request, seat, form, _wrote(found), error.ids)
    except RecordBusyError as error:
        return busy(request, form, error)
    except KhronikaError as error:
        return _form(request, seat, draft, row, error=error)
    remember(seat, ruling)
    then = local(request.query_params.get("then", ""), f"/acts/{ruling.ids[0]}")
    return redirect(request, with_done(then, ruling))


def _ruled(
    seat: Seat,
    found: Checked,
    row: ActRow | None,
    name: str,
    why: str,
    expect: Mapping[str, str],
) -> Ruling:
    with seat.desk.ruling:
        if row is None:
            act = added_of(found)
            return seat.record.add_act(found.draft.report, act, why=why, reviewer=name).ruling
        said = correction_of(found, row.act)
        if said == Correction():
            return seat.record.rule(
                "accept", [row.act.id], why=why, reviewer=name, expect=expect
            ).ruling
        return seat.record.correct(row.act.id, said, why=why, reviewer=name, expect=expect).ruling


def _wrote(found: Checked) -> list[tuple[str, str]]:
    draft = found.draft
    return [
        ("kind", draft.kind),
        ("modality", draft.modality),
        *((one.role, one.name or one.chosen.words) for one in draft.fillers),
        ("when", draft.when),
        *(("where", place.chosen.words) for place in draft.places),
    ]


ROUTES = (
    Route("/review/add", add, methods=["GET", "POST"], name="review_add"),
    Route("/review/{item}/correct", correct, methods=["GET", "POST"], name="review_correct"),
)
