"""Rulings that could not be kept: another came first, or somebody else is writing."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from khronika.errors import KhronikaError
from khronika.model.links import Ruling
from khronika.web.desk import Seat
from khronika.web.forms import Form
from khronika.web.page import page
from khronika.web.pages.review_ruled import seen_in, seen_now, summary_of
from khronika.workflows.browsing.acts import Showings, act_rows, values_of
from khronika.workflows.rows import ActRow

LEFT_OUT = frozenset({"csrf", "seen"})
LONGEST_SAW = 6000
MOST_LINES = 80

Lines = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One attribute as it was seen, as it is now, and as the form has it."""

    attribute: str
    saw: str
    now: str
    wrote: str

    @property
    def changed(self) -> bool:
        """Whether it is another now than what was seen."""
        return self.saw != self.now


def saw_of(lines: Sequence[tuple[str, str]]) -> str:
    """What somebody sees of an act, for a form to carry."""
    said = json.dumps(lines[:MOST_LINES], ensure_ascii=False, separators=(",", ":"))
    return said if len(said) <= LONGEST_SAW else ""


def saw_in(form: Form) -> Lines:
    """What somebody saw, as the form brings it back; nothing if it is not of that form."""
    try:
        plain = json.loads(form.one("saw")[:LONGEST_SAW] or "[]")
    except ValueError:
        return []
    if not isinstance(plain, list):
        return []
    pairs = [each for each in plain[:MOST_LINES] if isinstance(each, list) and len(each) == 2]
    return [(str(name)[:60], str(said)[:600]) for name, said in pairs]


def stale(request: Request, seat: Seat, form: Form, wrote: Lines, ids: Sequence[str]) -> Response:
    """Both versions side by side; nothing was kept, and nothing that was typed is lost.

    Args:
        request: the one that was refused.
        seat: where it is answered.
        form: as it was sent.
        wrote: what it would have made of the act, attribute by attribute.
        ids: what is another now.
    """
    rows = act_rows(seat.store, [each for each in ids if each.startswith("act_")])
    now = _now(seat, rows[0]) if len(rows) == 1 else []
    latest = _latest(seat, ids)
    fresh = {**seen_in(form), **seen_now(seat, ids)}
    return page(
        request,
        "review/stale.html",
        status=409,
        sides=_sides(saw_in(form), now, wrote),
        rows=rows,
        latest=latest,
        fresh=fresh,
        carried=carried(form),
        wrote=wrote,
        verb=form.one("verb")[:20],
        why=form.one("why")[:2000],
        leave=request.url.path,
        action=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        gone=[each for each in ids if each.startswith("act_") and not rows],
    )


def busy(request: Request, form: Form, error: KhronikaError) -> Response:
    """Somebody else is writing: the form is kept, to be sent again."""
    return page(
        request,
        "review/busy.html",
        status=503,
        error=error,
        carried=carried(form, leave=frozenset({"csrf"})),
        action=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    )


def carried(form: Form, leave: frozenset[str] = LEFT_OUT) -> list[tuple[str, str]]:
    """The fields of a form, to be sent again."""
    return [(name, value) for name, value in form.pairs() if name not in leave]


def _now(seat: Seat, row: ActRow) -> Lines:
    showing = Showings(seat.store, frozenset(seat.session.unveiled)).of(row.report.id)
    return summary_of(row, list(values_of(row, showing)))


def _latest(seat: Seat, ids: Sequence[str]) -> list[Ruling]:
    about = seat.record.rulings().about
    found = {each.id: each for id_ in ids for each in about.get(id_, ())}
    return sorted(found.values(), key=lambda each: each.time, reverse=True)[:3]


def _sides(saw: Lines, now: Lines, wrote: Lines) -> list[Side]:
    names = list(dict.fromkeys(name for name, _ in (*saw, *now, *wrote)))
    return [
        Side(attribute=name, saw=_of(saw, name), now=_of(now, name), wrote=_of(wrote, name))
        for name in names
    ]


def _of(lines: Lines, name: str) -> str:
    return "; ".join(said for each, said in lines if each == name)
