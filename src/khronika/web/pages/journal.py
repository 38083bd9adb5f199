"""The journal: what happened to the record, by whom, when; its seals; and checking all of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.web.desk import Seat, desk_of
from khronika.web.language import N_, Language
from khronika.web.page import page, redirect
from khronika.web.pages.watching import asks_to_watch, watched
from khronika.web.paging import paging
from khronika.workflows.browsing.journal import (
    EntryRow,
    Wanted,
    entries,
    fitting,
    last_seal,
    reviewers,
    sorts,
)
from khronika.workflows.verify import verify_record

LONGEST = 200  # characters of a filter
MOST_IDS = 8  # of a ruling that are named
WHAT = {
    "created": N_("The record was created"),
    "codebook": N_("A codebook was kept"),
    "added": N_("A report was added"),
    "seen again": N_("The same report came from another source"),
    "read again": N_("A report was read again, as more became known of it"),
    "recoded": N_("A report was coded anew"),
    "coded by hand": N_("A report was coded by hand"),
    "answered": N_("A language model answered on a report"),
    "linked": N_("Actors and incidents were linked"),
    "unlinked": N_("Links were taken apart"),
    "ruled": N_("A reviewer ruled"),
    "reviewed": N_("A reviewer ruled, and no link changed"),
    "corrected": N_("Rulings were applied to the coding of a report"),
    "rebuilt": N_("The tables were made again from the kept files"),
    "redacted": N_("Somebody was taken out of a report"),
    "withdrawn": N_("Something was withdrawn"),
    "sealed": N_("The journal was sealed"),
}
VERBS = {
    "accept": N_("accepted"),
    "reject": N_("rejected"),
    "same": N_("held to be the same"),
    "different": N_("held to be different"),
    "left": N_("left undecided"),
    "correct": N_("corrected"),
    "add": N_("added an act"),
    "sensitive": N_("marked as sensitive"),
    "note": N_("noted"),
    "retract": N_("took a ruling back"),
}
NOTES = {
    "acts": N_("acts: %(value)s"),
    "coder": N_("coder: %(value)s"),
    "fault": N_("the coder gave up: %(value)s"),
    "reports": N_("reports: %(value)s"),
    "changed": N_("changed: %(value)s"),
    "actors": N_("actors: %(value)s"),
    "incidents": N_("incidents: %(value)s"),
    "codebook": N_("codebook: %(value)s"),
    "erased": N_("erased: %(value)s"),
}
LEADS = {"rpt_": "report", "act_": "act", "inc_": "incident"}
ACTORS = ("per_", "org_", "grp_", "aut_", "cty_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that an entry names: its id, and the page that shows it, if there is one."""

    id: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry in words."""

    row: EntryRow
    what: str
    notes: tuple[str, ...]
    verb: str
    things: tuple[Thing, ...]
    more: int


def journal(request: Request) -> Response:
    """The entries, the newest first; and how far a check is."""
    seat = desk_of(request)
    wanted = _wanted(request)
    known = seat.once(("journal", wanted), lambda: fitting(seat.store, wanted))
    shown = paging(request).of(known.total)
    check = desk_of(request).desk.checking.last
    rows = entries(seat.store, wanted, known, offset=shown.offset, size=shown.size)
    watching = asks_to_watch(request) and check is not None and not check.ended
    answer = page(
        request,
        "journal/journal.html",
        watching=watching,
        wanted=wanted,
        rows=[_told(request, row, seat.language) for row in rows],
        paging=shown,
        sorts=[(what, _what(what, seat.language), many) for what, many in _sorts(seat)],
        reviewers=seat.once(("journal", "reviewers"), lambda: reviewers(seat.store)),
        seal=seat.once(("journal", "seal"), lambda: last_seal(seat.store)),
        check=check,
        since=0 if check is None else seat.desk.state() - check.state,
    )
    return watched(answer) if watching else answer


def verify(request: Request) -> Response:
    """Begin to check the whole record; the journal's page says how far that is."""
    seat = desk_of(request)
    store = seat.store
    desk_of(request).desk.checking.start(lambda tell: verify_record(store, tell), seat.desk.state())
    return redirect(request, request.app.state.addresses.url("journal", watch="yes") + "#check")


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    return Wanted(
        what=query.get("what", "").strip()[:LONGEST],
        subject=query.get("subject", "").strip()[:LONGEST],
        reviewer=query.get("reviewer", "")[:LONGEST],
    )


def _sorts(seat: Seat) -> tuple[tuple[str, int], ...]:
    return seat.once(("journal", "sorts"), lambda: sorts(seat.store))


def _what(what: str, language: Language) -> str:
    return language.say(WHAT[what]) if what in WHAT else what


def _told(request: Request, row: EntryRow, language: Language) -> Told:
    ids = row.ruled.ids if row.ruled else tuple(_ids(row.notes))
    verb = row.ruled.verb if row.ruled else str(row.notes.get("verb", ""))
    return Told(
        row=row,
        what=_what(row.what, language),
        notes=tuple(_notes(row.notes, language)),
        verb=language.say(VERBS[verb]) if verb in VERBS else verb,
        things=tuple(Thing(id=each, path=_path(request, each)) for each in ids[:MOST_IDS]),
        more=max(0, len(ids) - MOST_IDS),
    )


def _ids(notes: Mapping[str, Any]) -> list[str]:
    found = notes.get("ids", ())
    return [str(each) for each in found] if isinstance(found, list) else []


def _notes(notes: Mapping[str, Any], language: Language) -> Iterator[str]:
    if notes.get("coded") is False:
        yield language.say(N_("kept uncoded"))
    for name, words in NOTES.items():
        value = notes.get(name)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if name == "codebook":
            value = str(value or "")[:12]
        if value not in (None, ""):
            said = language.number(value) if isinstance(value, int) else str(value)
            yield language.say(words, value=said)


def _path(request: Request, some_id: str) -> str:
    addresses = request.app.state.addresses
    name = "actor" if some_id.startswith(ACTORS) else LEADS.get(some_id[:4], "")
    return addresses.url(name, id=some_id) if name and addresses.has(name) else ""


ROUTES = (
    Route("/journal", journal, name="journal"),
    Route("/journal/verify", verify, methods=["POST"], name="verify"),
)
