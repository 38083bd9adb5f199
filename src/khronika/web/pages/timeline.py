"""The timeline: incidents as a chronicle, a year or a month at a time, undated ones last."""

from collections.abc import Sequence
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.model.edtf import EdtfError, bounds
from khronika.web.choosing import (
    chips_of,
    chosen_by,
    facets_of,
    incidents_of,
    named_by,
    ruled_of,
)
from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_
from khronika.web.page import page
from khronika.web.pages.pictures import params_of, picture_of
from khronika.web.paging import paging
from khronika.workflows.browsing import timeline as time
from khronika.workflows.browsing.facets import Incidents, Mask
from khronika.workflows.browsing.incidents import Face, faces
from khronika.workflows.browsing.timeline import UNDATED, Period

SIZE = 25
FEW = 60  # incidents that are shown without choosing a period
ALL = "all"
OFFERED = frozenset({"year", "month"})  # the periods of the page take their place


def timeline(request: Request) -> Response:
    """Show the incidents of a period, in the order of time."""
    seat, asked = desk_of(request), chosen_by(request)
    every = incidents_of(seat)
    named = named_by(seat, every, asked.choice.actor)
    kept = every.kept(asked.choice, named)
    years = time.years(every, kept)
    period = _period(request, int(kept.sum()), years)
    counted = every.chosen(asked.choice, _inside(every, named, period))
    shown = paging(request, SIZE).of(counted.total)
    ids = time.chronicle(every, counted.kept, shown.offset, shown.size)
    rows = faces(seat.store, ids, ruled_of(seat), seat.session.unveiled)
    facets = facets_of(seat, asked.choice, counted)
    params = _params(request, period)
    return page(
        request,
        "incidents/timeline.html",
        picture=picture_of(request, "timeline", params) if period != UNDATED and rows else None,
        params=params,
        every=len(every.ids),
        choosing=asked,
        facets=tuple(each for each in facets if each.name not in OFFERED),
        chips=chips_of(seat, asked.choice),
        whole=int(kept.sum()) <= FEW,
        years=years,
        months=_months(every, kept, period),
        period=period,
        beside=time.beside(years, period[:4] if period != UNDATED else UNDATED),
        month_name=lambda key: _month(seat, key),
        title=_title(seat, period),
        paging=shown,
        groups=_groups(seat, rows),
    )


def _params(request: Request, period: str) -> dict[str, list[str]]:
    """What the picture shows: the same choice, in the same period."""
    params = params_of(request)
    if period not in (ALL, UNDATED) and not {"since", "until"} & params.keys():
        params |= {"since": [period], "until": [period]}
    return params


def _inside(every: Incidents, named: Mask | None, period: str) -> Mask | None:
    """What lies in a period and has the actor that is asked for."""
    if period == ALL:
        return named
    inside = time.within(every, period)
    return inside if named is None else inside & named


def _period(request: Request, total: int, years: Sequence[Period]) -> str:
    """What is asked for if anything is in it, all of few, else the latest year."""
    asked = request.query_params.get("period", "")
    keys = [each.key for each in years]
    if asked and (asked in keys or asked[:4] in keys):
        return asked[:7]
    if total <= FEW or not keys:
        return ALL
    dated = [key for key in keys if key != UNDATED]
    return dated[-1] if dated else UNDATED


def _months(every: Incidents, kept: Mask, period: str) -> tuple[Period, ...]:
    if period in (ALL, UNDATED):
        return ()
    return time.months(every, kept, period[:4])


def _title(seat: Seat, period: str) -> str:
    if period == ALL:
        return seat.language.say(N_("All years"))
    if period == UNDATED:
        return seat.language.say(N_("Without a date"))
    return seat.language.date(period)


def _month(seat: Seat, key: str) -> str:
    return str(seat.language.locale.months["stand-alone"]["abbreviated"][int(key[5:7])])


def _groups(seat: Seat, rows: Sequence[Face]) -> list[tuple[str, list[Face]]]:
    """Lines under the month in which they begin, or their year where no month is known."""
    return [(title, list(some)) for title, some in groupby(rows, lambda row: _heading(seat, row))]


def _heading(seat: Seat, row: Face) -> str:
    try:
        first, last = bounds(row.when)
    except EdtfError:
        first = last = None
    edge = first or last
    if edge is None:
        return seat.language.say(N_("Without a date"))
    whole = first and last and (first.month, first.day) == (1, 1) and last.year > first.year
    year = first and last and (first.month, last.month) == (1, 12) and first.day == 1
    if whole or year or first is None or last is None:
        return seat.language.say(N_("%(year)s, month unknown"), year=edge.year)
    return seat.language.month(edge.year, edge.month)


ROUTES = (Route("/timeline", timeline, name="timeline"),)
