"""One report: its text with everything marked that was read from it, and where it came from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.model.anchors import Span
from khronika.model.links import Ruling
from khronika.model.reports import Known
from khronika.publish.selection import standing
from khronika.text.overlap import Shared
from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_, Language
from khronika.web.page import form_of, local, page, redirect
from khronika.web.pages.report_text import WORDS, Sheet, parts_of
from khronika.workflows.browsing import report as reading
from khronika.workflows.browsing.texts import Mark, Sort, page_of
from khronika.workflows.browsing.veil import Veil, veils
from khronika.workflows.parts import remedy
from khronika.workflows.rulings import kept_rulings, rulings_of
from khronika.workflows.showing import whole_id

FACTS = {
    "title": N_("Title"),
    "publisher": N_("Publisher"),
    "published": N_("Date"),
    "place": N_("Place"),
    "language": N_("Language"),
    "url": N_("Address"),
}
RELATIONS = {
    "copy": (N_("This report copies it"), N_("It copies this report")),
    "quotation": (N_("This report quotes it"), N_("It quotes this report")),
    "translation": (N_("This report translates it"), N_("It translates this report")),
    "template": (N_("Both follow one template"), N_("Both follow one template")),
}
LEGEND = (
    *(Sort.ACT, Sort.TRIGGER, Sort.NAME, Sort.SOURCE, Sort.WHEN, Sort.WHERE, Sort.DETAIL),
    Sort.FIGURE,
)
SANDBOX = "default-src 'none'; sandbox"
MOST_SHARED = 50  # passages that are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for of one report: a page, words of it, an act, a report beside it."""

    number: int
    span: Span | None = None
    act: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something known of a report, and what it stands on."""

    name: str
    label: str
    value: str
    quoted: str = field(default="", repr=False)
    span: Span | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that two reports share: how many, how they begin, where they stand in each."""

    words: int
    begins: str = field(repr=False)
    here: Span
    there: Span


def report(request: Request) -> Response:
    """The page of one report."""
    seat = desk_of(request)
    of = _id(seat, request)
    if of != request.path_params["id"]:
        return redirect(request, request.app.state.addresses.url("report", id=of))
    store = seat.store
    text = reading.text_of(store, of)
    spans = seat.once(("pages", of), lambda: reading.page_spans(store, of, text))
    asked = _asked(seat, request, of, spans)
    copies = seat.once(("copies", of), lambda: reading.copies(store, of))
    beside = next((each for each in copies if each.report.id == asked.beside), None)
    shared = _shared(seat, of, text, asked.beside) if beside is not None else ()
    veil = veils(store, [of], seat.session.unveiled)[of]
    opened = _Opened(of=of, text=text, span=spans[asked.number - 1], veil=veil)
    marks = [*reading.marks_shared(shared), *_asked_mark(asked)]
    return page(
        request,
        "reports/report.html",
        **_head(seat, opened),
        **_sheet(seat, opened, asked, marks),
        copies=copies,
        relations=RELATIONS,
        beside=beside,
        shared=_passages(shared, text, veil),
        shared_more=max(0, len(shared) - MOST_SHARED),
        asked=asked,
        pages=len(spans),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A report that is open at one page: its id and text, where the page stands, what is hidden."""

    of: str
    text: str = field(repr=False)
    span: Span
    veil: Veil


def _head(seat: Seat, opened: _Opened) -> dict[str, Any]:
    """What the page says of the report as a whole."""
    of, veil = opened.of, opened.veil
    head = _known(seat, of)
    return {
        "of": of,
        "head": head,
        "title": veil.say(head.facts["title"].value or head.row.name) or of,
        "facts": _facts(head.facts, veil, seat.language),
        "remedy": "" if head.row.coded else _remedy(seat, head.row.language),
        "hidden": bool(veil),
        "unveiled": of in seat.session.unveiled,
        "say": veil.say,
    }


def _sheet(seat: Seat, opened: _Opened, asked: Asked, marks: Sequence[Mark]) -> dict[str, Any]:
    """The text that the page shows, with what was read from it."""
    store, of, span = seat.store, opened.of, opened.span
    told = reading.told_on(store, of, span, standing_rulings(seat))
    sheet = Sheet(
        text=reading.veiled(opened.text, span, opened.veil),
        span=span,
        told=told,
        facts=_known(seat, of).facts,
        more=marks,
        act=asked.act,
        ruled=_ruled(seat, told),
    )
    slices = reading.slices_on(store, of, span)
    return {
        "told": told,
        "parts": parts_of(sheet, slices, opened.veil, seat.language),
        "legend": [(sort.value, WORDS[sort]) for sort in LEGEND],
    }


def _known(seat: Seat, of: str) -> reading.Head:
    return seat.once(("head", of), lambda: reading.head(seat.store, of))


def _shared(seat: Seat, of: str, text: str, other: str) -> tuple[Shared, ...]:
    return seat.once(("shared", of, other), lambda: reading.shared(seat.store, text, other))


def veil_or_unveil(request: Request) -> Response:
    """Show a report's contact data in this session, or hide them again."""
    seat = desk_of(request)
    of, form = _id(seat, request), form_of(request)
    if form.one("show") == "yes":
        seat.session.unveiled.add(of)
    else:
        seat.session.unveiled.discard(of)
    home = request.app.state.addresses.url("report", id=of)
    return redirect(request, local(form.one("back"), home))


def original(request: Request) -> Response:
    """The bytes as they were received, to be saved and never shown by the browser."""
    seat = desk_of(request)
    of = _id(seat, request)
    data = seat.store.part(of, "bytes")
    if data is None:
        raise HTTPException(404)
    return _file(data, f"{of}.bin")


def text(request: Request) -> Response:
    """The preserved text, to be saved; contact data stand in it."""
    seat = desk_of(request)
    of = _id(seat, request)
    return _file(reading.text_of(seat.store, of).encode(), f"{of}.txt")


def _file(data: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SANDBOX,
    }
    return Response(data, media_type="application/octet-stream", headers=headers)


def _id(seat: Seat, request: Request) -> str:
    """The whole id of the report that an address names."""
    asked = request.path_params["id"]
    found = whole_id(seat.store, asked) if asked.startswith("rpt_") else ""
    if not found.startswith("rpt_"):
        raise HTTPException(404)
    return found


def standing_rulings(seat: Seat) -> Mapping[str, Ruling]:
    """The accept or reject that stands, by act."""
    return seat.once(("standing rulings",), lambda: standing(kept_rulings(seat.store)))


def _ruled(seat: Seat, told: reading.Told) -> dict[str, tuple[str, ...]]:
    """The verbs of the rulings that stand, by act."""
    about = rulings_of(seat.store).about
    return {
        row.act.id: tuple(r.verb for r in about[row.act.id] if r.superseded_by is None)
        for _, row in told.acts
        if row.act.id in about
    }


def _remedy(seat: Seat, language: str) -> str:
    return seat.once(("remedy", language), lambda: remedy(language))


def _asked(seat: Seat, request: Request, of: str, spans: Sequence[Span]) -> Asked:
    """What an address asks for; what is not there is passed over."""
    query = request.query_params
    number = _number(query.get("page", ""))
    act = query.get("act", "")
    span = _span(_number(query.get("from", "")), _number(query.get("to", "")), spans[-1].end)
    place = span.start if span else None
    if act:
        told = reading.place_of_act(seat.store, of, act)
        act = act if told else ""
        place = told.start if told and place is None else place
    passage = _number(query.get("passage", ""))
    if place is None and passage is not None:
        place = reading.passage_start(seat.store, of, passage)
    if number is None:
        number = page_of(spans, place) if place is not None else 1
    beside = query.get("beside", "")
    return Asked(number=min(max(number, 1), len(spans)), span=span, act=act, beside=beside)


def _span(start: int | None, end: int | None, length: int) -> Span | None:
    if start is None or end is None:
        return None
    return Span(start, min(end, length)) if start < min(end, length) else None


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _asked_mark(asked: Asked) -> Collection[Mark]:
    return [Mark(span=asked.span, sort=Sort.ASKED)] if asked.span else []


def _facts(facts: Mapping[str, Known], veil: Veil, language: Language) -> list[Fact]:
    return [
        Fact(
            name=name,
            label=language.say(label),
            value=veil.say(facts[name].value),
            quoted=veil.over(anchor.exact, anchor.start) if anchor else "",
            span=anchor.span if anchor else None,
            basis=veil.say(facts[name].basis),
        )
        for name, label in FACTS.items()
        for anchor in [facts[name].anchor]
        if facts[name].value or facts[name].basis
    ]


def _passages(shared: Sequence[Shared], text: str, veil: Veil) -> list[Passage]:
    def begins(span: Span) -> str:
        words = veil.over(text[span.start : span.start + 120], span.start)
        return " ".join(words[: len(span)].split())

    return [
        Passage(words=each.words, begins=begins(each.one), here=each.one, there=each.other)
        for each in shared[:MOST_SHARED]
    ]


ROUTES = (
    Route("/reports/{id}", report, name="report"),
    Route("/reports/{id}/veil", veil_or_unveil, methods=["POST"], name="report_veil"),
    Route("/reports/{id}/original", original, name="report_original"),
    Route("/reports/{id}/text", text, name="report_text"),
)
