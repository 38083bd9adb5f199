"""What every form of review sends along, and where it leads once a ruling is kept."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from khronika.model.acts import Role
from khronika.model.links import Ruling
from khronika.web.desk import Seat
from khronika.web.forms import Form
from khronika.web.language import N_
from khronika.web.page import local
from khronika.web.urls import query
from khronika.workflows.browsing.acts import Value
from khronika.workflows.former import current_id
from khronika.workflows.linked import captions_by_id, incidents_by_id
from khronika.workflows.looking import Look
from khronika.workflows.rows import ActRow

LONGEST_NAME = 100
LONGEST_WHY = 2000
MOST_SEEN = 200  # things whose versions one form carries
MOST_RULED = 500  # rulings that a session remembers, to undo
MOST_NAMED = 3
OTHERS = frozenset({"act_", "inc_", "rpt_", "rul_"})  # ids that are no actor's
FILTERS = ("kind", "sort", "report", "actor")
MOST_FILTERS = 80  # values of all filters together

REASONS = {
    "accept": N_("The quotation says so."),
    "reject": N_("The report does not tell this."),
    "same": N_("Both tell of the same."),
    "different": N_("They are not the same."),
    "part": N_("They are not the same."),
    "left": N_("It cannot be told from what the reports say."),
    "sensitive": N_("Publishing it may do harm."),
    "correct": N_("The report says so."),
    "add": N_("The report tells this."),
    "retract": N_("Taken back in review."),
}
CHOICES = (
    N_("The quotation tells no such act."),
    N_("It tells another kind of act."),
    N_("It did not happen: it is denied, planned or only possible."),
    N_("Others did it, or it was done to others."),
    N_("It repeats what is told elsewhere."),
    N_("The text around it settles it."),
    N_("Another source confirms it."),
)


def asked_of(request: Request) -> dict[str, list[str]]:
    """The filters of the queue in an address, within bounds."""
    found = {name: request.query_params.getlist(name)[:MOST_FILTERS] for name in FILTERS}
    return {
        name: [each[:100] for each in values if each] for name, values in found.items() if values
    }


def item_path(item: str, asked: dict[str, list[str]], **more: str) -> str:
    """The address of an item, the filters kept."""
    return f"/review/{quote(item, safe='~')}{query({**asked, **more})}"


def next_path(item: str, asked: dict[str, list[str]], ruling: Ruling) -> str:
    """Where a ruling leads: to the next item, or to the queue where there is none."""
    if item:
        return item_path(item, asked, done=ruling.id)
    return f"/review{query({**asked, 'done': ruling.id})}"


def with_done(path: str, ruling: Ruling) -> str:
    """An address that says which ruling led there, in place of an earlier one."""
    bare, _, rest = path.partition("?")
    kept = [each for each in rest.split("&") if each and not each.startswith("done=")]
    return f"{bare}?{'&'.join([*kept, f'done={ruling.id}'])}"


def back_of(form: Form, default: str = "/review") -> str:
    """The page of ours that a form came from."""
    return local(form.one("back"), default)


def reviewer_of(seat: Seat, form: Form) -> str:
    """Who rules: as the session has it, or as the form names them for the first time."""
    if not seat.session.reviewer:
        seat.session.reviewer = " ".join(form.one("reviewer").split())[:LONGEST_NAME]
    return seat.session.reviewer


def why_of(seat: Seat, form: Form, verb: str) -> str:
    """The reason: typed, chosen, or the usual one."""
    typed = " ".join(form.one("why").split())[:LONGEST_WHY]
    chosen = form.one("because")[:LONGEST_WHY].strip()
    return typed or chosen or seat.language.say(REASONS.get(verb, ""))


def seen_in(form: Form) -> dict[str, str]:
    """The version of each thing that a form was made from, by id."""
    pairs = (each.partition("=") for each in form.all("seen")[:MOST_SEEN])
    return {id_: version for id_, _, version in pairs if id_ and version}


def seen_now(seat: Seat, ids: Sequence[str]) -> dict[str, str]:
    """The versions of some things as they are now."""
    return {each: seat.record.version(each) for each in dict.fromkeys(ids)}


def remember(seat: Seat, ruling: Ruling) -> None:
    """Keep a ruling's id, so that its reviewer can take it back."""
    seat.session.ruled.append(ruling.id)
    del seat.session.ruled[:-MOST_RULED]


def last_ruled(seat: Seat) -> str:
    """The latest ruling of this session that was not taken back."""
    return seat.session.ruled[-1] if seat.session.ruled else ""


def done_in(seat: Seat, request: Request) -> dict[str, Any]:
    """What a page says of the ruling that led to it, and which one can be taken back."""
    asked = request.query_params.get("done", "")[:60]
    done = seat.record.rulings().by_id.get(asked) if asked else None
    return {
        "done": done,
        "done_with": described(seat, done) if done else "",
        "last": last_ruled(seat),
    }


def described(seat: Seat, ruling: Ruling) -> str:
    """What a ruling is on, in a few words: 'Arrest: A. Lark', 'A. Lark, B. Finch'."""
    found = seat.record.rulings().by_id.get(ruling.ids[0]) if ruling.verb == "retract" else None
    ids = (found or ruling).ids[:MOST_NAMED]
    names = [*_of_acts(seat, ids), *_of_incidents(seat, ids), *_of_actors(seat, ids)]
    return "; ".join(dict.fromkeys(names))


def _of_acts(seat: Seat, ids: Sequence[str]) -> list[str]:
    acts = Look(seat.store).bare(each for each in ids if each.startswith("act_"))
    return [_said(seat, act.kind, [one.name for one in act.in_role(Role.VICTIM)]) for act in acts]


def _of_incidents(seat: Seat, ids: Sequence[str]) -> list[str]:
    now = [current_id(seat.store, each) or each for each in ids if each.startswith("inc_")]
    with seat.store.reading() as connection:
        found = incidents_by_id(connection, now)
    return [_said(seat, each.kind, each.victims) for each in found]


def _of_actors(seat: Seat, ids: Sequence[str]) -> list[str]:
    now = [current_id(seat.store, each) or each for each in ids if each[:4] not in OTHERS]
    with seat.store.reading() as connection:
        return list(captions_by_id(connection, now).values())


def _said(seat: Seat, kind: str, names: Sequence[str]) -> str:
    kinds = seat.desk.kinds
    label = seat.language.say(kinds[kind].label) if kind in kinds else kind
    return f"{label}: {', '.join(names[:MOST_NAMED])}" if names else label


def summary_of(row: ActRow, values: Sequence[Value]) -> list[tuple[str, str]]:
    """An act in a few lines, attribute by attribute: what somebody saw."""
    lines = [("kind", row.act.kind), ("modality", row.act.modality.value)]
    lines += [(each.attribute, each.said or each.exact) for each in values]
    return lines
