"""Rulings that correct an act, add one, mark what is sensitive, note something, or take back."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction
from khronika.model.ids import act_id
from khronika.model.links import Ruling
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.parts import Parts
from khronika.workflows.relink import bring_up
from khronika.workflows.rows import RulingResult
from khronika.workflows.ruling import PATIENCE, Reason, bare, made, needed, result_of, ruled
from khronika.workflows.rulings import kept_rulings, superseded
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
    ruling = replace(bare("correct", (found,), reason), report=home, correction=correction)
    return _keep(store, ruling, reason, parts)


def add_act(
    store: Store, report: str, act: AddedAct, *, reason: Reason, parts: Parts
) -> RulingResult:
    """Add an act that no coder found in a report; it stays whatever a coder finds later."""
    home = whole_id(store, report)
    quote, trigger = act.quote, act.trigger
    made_id = act_id(home, act.kind, (quote.start, quote.end), (trigger.start, trigger.end))
    ruling = replace(bare("add", (made_id,), reason), report=home, added=act)
    return _keep(store, ruling, reason, parts)


def mark_sensitive(
    store: Store, ids: Sequence[str], words: Sequence[Anchor], *, reason: Reason, parts: Parts
) -> RulingResult:
    """Keep acts, actors or words of a report out of what is published unless asked for by name.

    Args:
        store: the record.
        ids: of acts and actors; of one report if words are given.
        words: quotations of that report.
        reason: who rules, and why.
        parts: the steps.
    """
    whole = sorted({whole_id(store, each) for each in ids})
    home = whole[0] if words else ""
    ruling = replace(bare("sensitive", whole, reason), report=home, words=tuple(sorted(words)))
    return _keep(store, ruling, reason, parts)


def note(store: Store, ids: Sequence[str], *, reason: Reason, parts: Parts) -> RulingResult:
    """Keep words (the reason) with acts, incidents, actors or reports."""
    whole = sorted({whole_id(store, each) for each in ids})
    return _keep(store, bare("note", whole, reason), reason, parts)


def retract(store: Store, ruling: str, *, reason: Reason, parts: Parts) -> RulingResult:
    """Take back a ruling: what it had replaced stands again. Both stay in the journal."""
    return _keep(store, bare("retract", (whole_id(store, ruling),), reason), reason, parts)


def _report_of(store: Store, act: str) -> str:
    table = schema.act.c
    return str(store.all(select(table.report_id).where(table.id == act))[0].report_id)


def _keep(store: Store, ruling: Ruling, reason: Reason, parts: Parts) -> RulingResult:
    needed(reason)
    with store.writing(parts.chance, patience=PATIENCE) as writer:
        check_versions(store, reason.expect)
        full = made(store, parts, ruling)
        rulings = superseded((*kept_rulings(store), full))
        bring_up(store, writer, parts, rulings, first=[ruled(full)])
    return result_of(store, full)
