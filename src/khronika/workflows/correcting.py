"""Rulings that correct an act, add one, mark what is sensitive, note something, or take back."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from khronika.model.acts import Coding, Role
from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction, Filler
from khronika.model.ids import act_id
from khronika.model.links import Ruling
from khronika.model.plain import from_plain
from khronika.review.casting import Casting
from khronika.review.checked import check_quotations, checked_act, checked_correction
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.parts import Parts
from khronika.workflows.relink import codebook_of
from khronika.workflows.rows import RulingResult
from khronika.workflows.ruling import (
    PATIENCE,
    Reason,
    RulingError,
    acts_of,
    bare,
    keep,
    made,
    needed,
    result_of,
)
from khronika.workflows.showing import whole_id
from khronika.workflows.versions import check_versions


def correct(
    store: Store, act: str, correction: Correction, *, reason: Reason, parts: Parts
) -> RulingResult:
    """Say of an act what is so in place of what its coder said.

    Args:
        store: the record.
        act: its id.
        correction: what is so; it outweighs any coder, now and later.
        reason: who rules, and why.
        parts: the steps.
    """
    found = whole_id(store, act)
    home = _report_of(store, found)
    said = checked_correction(correction, _text(store, home), _kinds(store, parts))
    said = replace(said, fillers=_typed(store, home, said.fillers))
    ruling = replace(bare("correct", (found,), reason), report=home, correction=said)
    return _keep(store, ruling, reason, parts)


def add_act(
    store: Store, report: str, act: AddedAct, *, reason: Reason, parts: Parts
) -> RulingResult:
    """Add an act that no coder found in a report; it stays whatever a coder finds later."""
    home = _one_report(whole_id(store, report))
    said = checked_act(act, _text(store, home), _kinds(store, parts))
    said = replace(said, fillers=_typed(store, home, said.fillers))
    quote, trigger = said.quote, said.trigger
    made_id = act_id(home, said.kind, (quote.start, quote.end), (trigger.start, trigger.end))
    ruling = replace(bare("add", (made_id,), reason), report=home, added=said)
    return _keep(store, ruling, reason, parts)


def mark_sensitive(
    store: Store, ids: Sequence[str], words: Sequence[Anchor], *, reason: Reason, parts: Parts
) -> RulingResult:
    """Keep acts, actors or words of a report out of what is published unless asked for by name.

    Args:
        store: the record.
        ids: of acts and actors; an incident stands for all of its acts; one report if words are
            given.
        words: quotations of that report.
        reason: who rules, and why.
        parts: the steps.
    """
    named = [whole_id(store, each) for each in ids]
    told = acts_of(store, [each for each in named if each.startswith("inc_")])
    whole = sorted({*told, *(each for each in named if not each.startswith("inc_"))})
    if words and len(whole) == 1:
        check_quotations(words, _text(store, _one_report(whole[0])))
    elif words or not whole or any(each[:4] in {"rpt_", "rul_"} for each in whole):
        raise RulingError(
            "What is sensitive is an act, an actor, or words of one report.",
            remedy="give the ids of acts or actors, or one report and words of it.",
        )
    home = whole[0] if words else ""
    ruling = replace(bare("sensitive", whole, reason), report=home, words=tuple(sorted(words)))
    return _keep(store, ruling, reason, parts)


def note(store: Store, ids: Sequence[str], *, reason: Reason, parts: Parts) -> RulingResult:
    """Keep words (the reason) with acts, incidents, actors or reports."""
    whole = sorted({whole_id(store, each) for each in ids})
    if not whole:
        raise RulingError("A note is on something.", remedy="give an id.")
    return _keep(store, bare("note", whole, reason), reason, parts)


def retract(store: Store, ruling: str, *, reason: Reason, parts: Parts) -> RulingResult:
    """Take back a ruling: what it had replaced stands again. Both stay in the journal."""
    return _keep(store, bare("retract", (whole_id(store, ruling),), reason), reason, parts)


def _typed(
    store: Store, report: str, fillers: Mapping[Role, tuple[Filler, ...]]
) -> dict[Role, tuple[Filler, ...]]:
    """The fillers; who is not in the cast, and of no stated type, is what the name says."""
    from khronika.coding.given.actor_types import actor_type  # noqa: PLC0415 - as few need it

    own = store.part(report, "coding")
    casting = Casting.of(None if own is None else from_plain(json.loads(own), Coding))
    return {
        role: tuple(
            replace(each, type=actor_type(each.name))
            if each.type is None and casting.found(each) is None
            else each
            for each in them
        )
        for role, them in fillers.items()
    }


def _one_report(found: str) -> str:
    if not found.startswith("rpt_"):
        raise RulingError(f"{found} is no report.", remedy="give an id that begins with rpt_.")
    return found


def _text(store: Store, report: str) -> str:
    text = store.part(report, "text")
    assert text is not None
    return text.decode()


def _kinds(store: Store, parts: Parts) -> Collection[str]:
    return codebook_of(store, parts).kinds.keys()


def _report_of(store: Store, act: str) -> str:
    table = schema.act.c
    return str(store.all(select(table.report_id).where(table.id == act))[0].report_id)


def _keep(store: Store, ruling: Ruling, reason: Reason, parts: Parts) -> RulingResult:
    needed(reason)
    with store.writing(parts.chance, patience=PATIENCE) as writer:
        check_versions(store, reason.expect)
        full = made(store, parts, ruling)
        keep(store, writer, parts, full)
    return result_of(store, full)
