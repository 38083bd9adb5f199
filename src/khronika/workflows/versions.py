"""What a person saw of a thing when ruling on it, so that a form that is out of date is refused."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from khronika.errors import KhronikaError
from khronika.model.ids import canonical, sha256
from khronika.model.links import Ruling
from khronika.model.plain import to_plain
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.looking import Look
from khronika.workflows.rulings import rulings_of

DIGITS = 20  # of a version


class StaleError(KhronikaError):
    """What was ruled on has changed since it was looked at."""

    exit_status = 2

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(
            f"Changed since you looked: {', '.join(ids)}.",
            remedy="look at it as it is now, and rule again if you still would.",
        )
        self.ids = tuple(ids)


def version(store: Store, thing: str) -> str:
    """What an act, incident, actor or report is now, with the rulings on it, as a short digest.

    It changes if what is coded of the act, the acts of the incident, the names of the actor or the
    acts of the report change, or a ruling on it comes or goes. It says nothing by itself.
    """
    said, about = _now(store, thing)
    ruled = sorted(each.id for each in _on(store, about) if each.superseded_by is None)
    return sha256(canonical({"is": said, "ruled": ruled}))[:DIGITS]


def rulings_on(store: Store, thing: str) -> tuple[Ruling, ...]:
    """All rulings on an act, incident, actor or report or on a part of it, the oldest first."""
    return _on(store, _now(store, thing)[1])


def _on(store: Store, about: Iterable[str]) -> tuple[Ruling, ...]:
    found = rulings_of(store).about
    ruled = {each.id: each for one in about for each in found.get(one, ())}
    return tuple(sorted(ruled.values(), key=lambda each: (each.time, each.id)))


def check_versions(store: Store, expect: Mapping[str, str] | None) -> None:
    """Compare what somebody saw with what is there.

    Args:
        store: the record.
        expect: by id the version that was seen.

    Raises:
        StaleError: one of them is another now.
    """
    stale = [each for each, seen in (expect or {}).items() if version(store, each) != seen]
    if stale:
        raise StaleError(stale)


def _now(store: Store, thing: str) -> tuple[Any, set[str]]:
    """What a thing is now, and the ids by which rulings name it."""
    member, told = schema.member.c, schema.incident_act.c
    if thing.startswith("act_"):
        return [to_plain(act) for act in Look(store).bare([thing])], {thing}
    if thing.startswith("inc_"):
        found = store.all(select(told.act_id, told.alone).where(told.incident_id == thing))
        acts = sorted(row.act_id for row in found)
        return acts, {thing, *acts, *(row.alone for row in found)}
    if thing.startswith("rpt_"):
        act = schema.act.c
        found = store.all(select(act.id).where(act.report_id == thing))
        acts = sorted(row.id for row in found)
        return acts, {thing, *acts, *_rulings_of_report(store, thing)}
    found = store.all(select(schema.member).where(member.actor_id == thing))
    members = sorted([row.report_id, row.cast, row.alone] for row in found)
    return members, {thing, *(row.alone for row in found)}


def _rulings_of_report(store: Store, report: str) -> set[str]:
    found = rulings_of(store).of_report.get(report, ())
    return {each for ruling in found for each in ruling.ids}
