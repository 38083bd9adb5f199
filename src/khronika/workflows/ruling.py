"""A reviewer's rulings: kept, journalled, applied."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import select

from khronika.errors import KhronikaError
from khronika.model.ids import canonical, short_id
from khronika.model.links import Ruling
from khronika.model.plain import to_plain
from khronika.publish.selection import standing as verdicts
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.chunks import in_chunks
from khronika.store.store import CHANGES_LINKS, Store
from khronika.store.writer import Writer
from khronika.workflows.effective import corrections
from khronika.workflows.parts import Parts
from khronika.workflows.relink import bring_up
from khronika.workflows.reviewing.said import said_now
from khronika.workflows.rows import RulingResult
from khronika.workflows.rulings import (
    IDENTITY,
    TRUTH,
    Rulings,
    kept_rulings,
    last_entry,
    rulings_of,
    with_ruling,
)
from khronika.workflows.showing import whole_id
from khronika.workflows.versions import check_versions

Verb = Literal["accept", "reject", "same", "different", "left"]

ALONE = ("act_", "inc_")  # of these one may be left by itself: it is looked at, and set aside
DECIDES = (*TRUTH, *IDENTITY, "correct")  # what is decided waits again if something else is said
NAMED = frozenset({"per_", "org_"})  # actors that are known beyond their report
REVIEWED = "reviewed"  # the verb of the journal for a ruling that no link follows from
MOVES = (*CHANGES_LINKS, "linked", "unlinked", "rebuilt")  # entries that bring or take ids
COLUMNS: Mapping[str, tuple[Any, ...]] = {
    "act_": (schema.act.c.id,),
    "inc_": (schema.incident_act.c.alone,),
    "rpt_": (schema.report.c.id,),
    "rul_": (schema.ruling.c.id,),
}
ACTOR_COLUMNS = (schema.actor.c.id, schema.member.c.alone)
LONGEST, LONGEST_NAME = 10_000, 200  # characters of a reason or note, of a reviewer's name
PATIENCE = 10.0  # seconds that a ruling waits for another one to be written


class RulingError(KhronikaError):
    """A ruling that cannot be meant."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Who rules and why, and what was seen of the things that are ruled on.

    Attributes:
        why: the reason; it is kept with the ruling and goes when what it is about is withdrawn.
        reviewer: who rules, "" for nobody named.
        expect: by id the version that the reviewer saw; see `versions.version`.
    """

    why: str = field(repr=False)
    reviewer: str = ""
    expect: Mapping[str, str] = field(default_factory=dict)


def rule(
    store: Store, verb: Verb, ids: Sequence[str], *, reason: Reason, parts: Parts
) -> RulingResult:
    """Keep a ruling and link anew by it.

    Args:
        store: the record.
        verb: accept or reject acts (an incident stands for all of its acts); or hold actors, or
            incidents, to be the same or different; or leave them, not to be asked again.
        ids: what the ruling is about; the beginning of an id is enough. Former ids of one thing
            tell its parts, to hold them apart.
        reason: who rules, and why.
        parts: the steps.

    Raises:
        RulingError: the ids do not fit the verb, or there is no reason.
        StaleError: something is not what the reviewer saw; nothing is kept.
        ContradictoryRulingsError: earlier rulings say otherwise; nothing is kept.
    """
    needed(reason)
    with store.writing(parts.chance, patience=PATIENCE) as writer:
        check_versions(store, reason.expect)
        whole = _meant(store, verb, list(dict.fromkeys(ids)))
        about = acts_of(store, whole) if verb in TRUTH else _things(verb, whole)
        ruling = made(store, parts, bare(verb, about, reason))
        keep(store, writer, parts, ruling)
    return result_of(store, ruling)


def keep(store: Store, writer: Writer, parts: Parts, ruling: Ruling) -> None:
    """Keep a ruling with all that follows from it, in one transaction.

    Links are brought up to date only where something that they follow from changes.

    Raises:
        ContradictoryRulingsError: earlier rulings say otherwise; nothing is kept.
    """
    before = rulings_of(store)
    after = with_ruling(before, ruling).all
    changes = corrections(store, before, after, ruling)
    if changes or store.links_are_stale() or moves_links(before, ruling):
        bring_up(store, writer, parts, after, first=[ruled(ruling), *changes])
    else:
        writer.commit([ruled(ruling, REVIEWED)])


def moves_links(before: Rulings, ruling: Ruling) -> bool:
    """Whether a new ruling can change what is linked."""
    if ruling.verb in IDENTITY:
        return len(ruling.ids) > 1
    if ruling.verb == "retract":
        taken = before.by_id.get(ruling.ids[0])
        return taken is None or taken.verb in {*TRUTH, *IDENTITY, "retract"}
    if ruling.verb not in TRUTH:
        return False
    told = verdicts(each for one in ruling.ids for each in before.about.get(one, ()))
    rejected = {each for each, by in told.items() if by.verb == "reject"}
    return any((each in rejected) != (ruling.verb == "reject") for each in ruling.ids)


def needed(reason: Reason) -> None:
    """Refuse a ruling without a reason, or with a very long one.

    Raises:
        RulingError: there is none, or too much of it.
    """
    if len(reason.why) > LONGEST or len(reason.reviewer) > LONGEST_NAME:
        raise RulingError(
            f"A reason has at most {LONGEST} characters, a name at most {LONGEST_NAME}.",
            remedy="say it shorter, or keep it beside the record and say where it is.",
        )
    if not reason.why.strip():
        raise RulingError("A ruling needs a reason.", remedy="give it with --why.")


def bare(verb: str, ids: Sequence[str], reason: Reason) -> Ruling:
    """A ruling that has no id and time yet."""
    return Ruling(
        id="", verb=verb, ids=tuple(ids), reviewer=reason.reviewer, time="", why=reason.why.strip()
    )


def made(store: Store, parts: Parts, ruling: Ruling) -> Ruling:
    """A ruling with its time, which is not before that of any other, and its id."""
    before = kept_rulings(store)
    time = max(parts.chance.now(), before[-1].time if before else "")
    seen = said_now(store, ruling.ids) if ruling.verb in DECIDES else {}
    timed = replace(ruling, id="", time=time, seen=seen)
    plain = {key: value for key, value in to_plain(timed).items() if key != "id"}
    return replace(timed, id=short_id("rul_", plain))


def ruled(ruling: Ruling, what: str = "ruled") -> Change:
    """What the journal says of a ruling."""
    notes = {"verb": ruling.verb, "ids": list(ruling.ids)}
    written = canonical(to_plain(ruling))
    return Change(what=what, subject=ruling.id, parts={"ruling": written}, notes=notes)


def _meant(store: Store, verb: Verb, ids: Sequence[str]) -> list[str]:
    """What ids stand for now; to hold parts of one thing apart, what they stood for alone."""
    whole = [whole_id(store, each) for each in ids]
    if verb != "different" or len(set(whole)) == len(whole):
        return whole
    known = set(present(store, ids))
    return [each if each in known else now for each, now in zip(ids, whole, strict=True)]


def acts_of(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    """The acts that some ids stand for: themselves, or those of an incident.

    Raises:
        RulingError: one is neither an act nor an incident.
    """
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
    if verb == "left" and len(ids) == 1 and ids[0].startswith(ALONE):
        return tuple(ids)
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


def result_of(store: Store, ruling: Ruling) -> RulingResult:
    """What became of a ruling that was kept."""
    found = rulings_of(store)
    gone = set(ruling.ids) - set(present(store, ruling.ids))
    return RulingResult(
        ruling=found.by_id[ruling.id],
        superseded=tuple(each.id for each in found.all if each.superseded_by == ruling.id),
        queued=tuple(each for each in ruling.ids if each in gone),
    )


def queued(store: Store) -> list[tuple[Ruling, tuple[str, ...]]]:
    """Rulings that name what is not there now, and what that is; they apply again if it returns."""
    return gone_from(store, rulings_of(store).standing())


def gone_from(store: Store, rulings: Sequence[Ruling]) -> list[tuple[Ruling, tuple[str, ...]]]:
    """Those of some rulings that name what is not there now, and what that is."""
    known = _presence(store, {each for ruling in rulings for each in ruling.ids})
    return [
        (ruling, gone)
        for ruling in rulings
        if (gone := tuple(each for each in ruling.ids if not known[each]))
    ]


def _presence(store: Store, ids: Collection[str]) -> Mapping[str, bool]:
    """Of some ids whether they lead anywhere; what was looked up holds until something moves."""
    with store.reading() as connection:
        moved = last_entry(connection, MOVES)
    known = store.remembered.at("presence", moved, _nothing)
    unknown = sorted(set(ids) - known.keys())
    if unknown:
        there = set(present(store, unknown))
        known |= {each: each in there for each in unknown}
    return known


def _nothing(_before: dict[str, bool] | None) -> dict[str, bool]:
    return {}


def present(store: Store, ids: Sequence[str]) -> list[str]:
    """Those of some ids that lead anywhere: to an act, or to what an act or member alone is."""
    sorts: dict[str, list[str]] = {}
    for each in ids:
        sorts.setdefault(each[:4], []).append(each)
    return [
        row.id
        for sort, those in sorts.items()
        for some in in_chunks(those)
        for column in COLUMNS.get(sort, ACTOR_COLUMNS)
        for row in store.all(select(column.label("id")).where(column.in_(some)))
    ]
