"""A reviewer's rulings: kept, journalled, applied."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select

from khronika.errors import KhronikaError
from khronika.model.ids import canonical, short_id
from khronika.model.links import Ruling
from khronika.model.plain import to_plain
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.parts import Parts
from khronika.workflows.relink import bring_up
from khronika.workflows.rows import RulingResult
from khronika.workflows.rulings import TRUTH, kept_rulings, superseded
from khronika.workflows.showing import whole_id

Verb = Literal["accept", "reject", "same", "different", "left"]


NAMED = frozenset({"per_", "org_"})  # actors that are known beyond their report


class RulingError(KhronikaError):
    """A ruling that cannot be meant."""

    exit_status = 2


def rule(
    store: Store, verb: Verb, ids: Sequence[str], *, why: str, reviewer: str, parts: Parts
) -> RulingResult:
    """Keep a ruling and link anew by it.

    Args:
        store: the record.
        verb: accept or reject acts (an incident stands for all of its acts); or hold actors, or
            incidents, to be the same or different; or leave them, not to be asked again.
        ids: what the ruling is about; the beginning of an id is enough. Former ids of one thing
            tell its parts, to hold them apart.
        why: the reason; it is kept with the ruling and goes when what it is about is withdrawn.
        reviewer: who rules.
        parts: the steps.

    Raises:
        RulingError: the ids do not fit the verb, or there is no reason.
        ContradictoryRulingsError: earlier rulings say otherwise; nothing is kept.
    """
    if not why.strip():
        raise RulingError("A ruling needs a reason.", remedy="give it with --why.")
    whole = _meant(store, verb, list(dict.fromkeys(ids)))
    about = _acts(store, whole) if verb in TRUTH else _things(verb, whole)
    time = parts.chance.now()
    said = {"verb": verb, "ids": about, "reviewer": reviewer, "time": time, "why": why}
    ruling = Ruling(
        id=short_id("rul_", said),
        verb=verb,
        ids=about,
        reviewer=reviewer,
        time=time,
        why=why,
    )
    written = canonical(to_plain(ruling))
    notes = {"verb": verb, "ids": list(about)}
    ruled = Change(what="ruled", subject=ruling.id, parts={"ruling": written}, notes=notes)
    with store.writing(parts.chance) as writer:
        rulings = superseded((*kept_rulings(store), ruling))
        bring_up(store, writer, parts, rulings, first=[ruled])
    return _result(store, ruling)


def _meant(store: Store, verb: Verb, ids: Sequence[str]) -> list[str]:
    """What ids stand for now; to hold parts of one thing apart, what they stood for alone."""
    whole = [whole_id(store, each) for each in ids]
    if verb != "different" or len(set(whole)) == len(whole):
        return whole
    known = set(present(store, ids))
    return [each if each in known else now for each, now in zip(ids, whole, strict=True)]


def _acts(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for each in ids:
        if each.startswith("inc_"):
            told = schema.incident_act
            asked = select(told.c.act_id).where(told.c.incident_id == each).order_by(told.c.idx)
            found += [row.act_id for row in store.all(asked)]
        elif each.startswith("act_"):
            found.append(each)
        else:
            raise RulingError(
                f"{each} is neither an act nor an incident.",
                remedy="accept and reject take acts or incidents; for actors use same, different.",
            )
    return tuple(sorted(set(found)))


def _things(verb: Verb, ids: Sequence[str]) -> tuple[str, ...]:
    sorts = {"incident" if each.startswith("inc_") else _sort(each) for each in ids}
    if len(set(ids)) < 2 or len(sorts) != 1 or sorts <= {"report"}:
        raise RulingError(
            f"'{verb}' compares two or more things of one sort.",
            remedy="give the ids of two actors, two incidents or two acts; parts of one actor or "
            "incident have the ids that `khronika show ID --why` prints.",
        )
    prefixes = {each[:4] for each in ids}
    if sorts == {"actor"} and verb == "same" and (len(prefixes) > 1 or not prefixes <= NAMED):
        raise RulingError(
            "Only people can be one person, and only organisations one organisation.",
            remedy="give two ids that begin with per_, or two that begin with org_.",
        )
    return tuple(sorted(set(ids)))


def _sort(each: str) -> str:
    return {"act_": "act", "rpt_": "report", "rul_": "report"}.get(each[:4], "actor")


def _result(store: Store, ruling: Ruling) -> RulingResult:
    all_rulings = kept_rulings(store)
    queue = {each.id: gone for each, gone in queued(store)}
    return RulingResult(
        ruling=next(each for each in all_rulings if each.id == ruling.id),
        superseded=tuple(each.id for each in all_rulings if each.superseded_by == ruling.id),
        queued=queue.get(ruling.id, ()),
    )


def queued(store: Store) -> list[tuple[Ruling, tuple[str, ...]]]:
    """Rulings that name what is not there now, and what that is; they apply again if it returns."""
    rulings = [ruling for ruling in kept_rulings(store) if ruling.superseded_by is None]
    known = set(present(store, sorted({each for ruling in rulings for each in ruling.ids})))
    return [
        (ruling, gone)
        for ruling in rulings
        if (gone := tuple(each for each in ruling.ids if each not in known))
    ]


def present(store: Store, ids: Sequence[str]) -> list[str]:
    """Those of some ids that lead anywhere: to an act, or to what an act or member alone is."""
    columns = (
        schema.act.c.id,
        schema.actor.c.id,
        schema.member.c.alone,
        schema.incident_act.c.alone,
    )
    return [
        row.id
        for some in in_chunks(ids)
        for column in columns
        for row in store.all(select(column.label("id")).where(column.in_(some)))
    ]
