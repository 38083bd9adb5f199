"""Codings with what reviewers said of them, kept beside what the coder found."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from khronika.model.acts import Coding
from khronika.model.ids import canonical
from khronika.model.links import Ruling
from khronika.model.plain import from_plain, to_plain
from khronika.review.apply import apply
from khronika.store.changes import Change
from khronika.store.store import Store
from khronika.text.redaction import BLOCK
from khronika.workflows.forgetting import without_blocks
from khronika.workflows.rulings import CODING, Rulings

CORRECTED = "corrected"  # the kept part, and the verb of the journal


@dataclass(frozen=True, slots=True)
class Effective:
    """What reports tell by their coders and by the rulings that stand."""

    store: Store
    rulings: Rulings

    def change(self, change: Change) -> Change:
        """A change of a report with what its corrections make of the new coding."""
        subject = change.subject
        touched = {"coding", "text"} & {*change.parts, *change.erased}
        has = subject.startswith("rpt_") and self.store.digest(subject, CORRECTED) is not None
        ruled = self.rulings.of_report.get(subject, ())
        if not touched or not (has or ruled):
            return change
        text = None if "text" in change.erased else self._part(change, "text")
        coding = None if "coding" in change.erased else self._part(change, "coding")
        made = None if text is None else corrected(subject, text, coding, ruled)
        return _with(change, made, has=has)

    def anew(self, report: str) -> Change | None:
        """What the rulings make of the coding that is kept, if that is not what is kept of it."""
        has = self.store.digest(report, CORRECTED) is not None
        ruled = self.rulings.of_report.get(report, ())
        text = self.store.part(report, "text") if has or ruled else None
        if text is None:
            return None
        made = corrected(report, text, self.store.part(report, "coding"), ruled)
        if made == self.store.part(report, CORRECTED):
            return None
        return _with(Change(what=CORRECTED, subject=report), made, has=has)

    def _part(self, change: Change, part: str) -> bytes | None:
        return change.parts.get(part) or self.store.part(change.subject, part)


def corrections(
    store: Store, before: Rulings, after: Sequence[Ruling], ruling: Ruling
) -> list[Change]:
    """What a new ruling changes of codings; nothing for most rulings.

    Args:
        store: the record.
        before: the rulings that were kept.
        after: all rulings, the new one included, each with what supersedes it.
        ruling: the new one.
    """
    if ruling.verb not in {*CODING, "retract"}:
        return []
    turned = [r for r in after if r.verb in CODING and _turned(before.by_id.get(r.id), r)]
    found = []
    for report in sorted({each.report for each in turned}):
        text, has = store.part(report, "text"), store.digest(report, CORRECTED) is not None
        if text is None:
            continue
        ruled = [each for each in after if each.report == report]
        made = corrected(report, text, store.part(report, "coding"), ruled)
        notes = {"ruling": ruling.id}
        bare = Change(what=CORRECTED, subject=report, notes=notes)
        if has or made is not None:
            found.append(_with(bare, made, has=has))
    return found


def corrected(
    report: str, text: bytes, coding: bytes | None, rulings: Iterable[Ruling]
) -> bytes | None:
    """The kept part "corrected", or None where the rulings say nothing of the report's acts."""
    before = None if coding is None else from_plain(json.loads(coding), Coding)
    told = text.decode()
    after = apply(before, report, told, rulings)
    if after is None or after is before:
        return None
    made = canonical(to_plain(after))
    return canonical(without_blocks(json.loads(made))) if BLOCK.encode() in made else made


def fresh_codings(store: Store, changes: Iterable[Change]) -> Mapping[str, bytes | None]:
    """What reports will tell once some changes are written, where these change it."""
    return {
        change.subject: change.parts.get(CORRECTED) or store.part(change.subject, "coding")
        for change in changes
        if change.what == CORRECTED
    }


def _turned(before: Ruling | None, now: Ruling) -> bool:
    return before is None or (before.superseded_by is None) != (now.superseded_by is None)


def _with(change: Change, made: bytes | None, *, has: bool) -> Change:
    if made is not None:
        return replace(change, parts={**change.parts, CORRECTED: made}, rows=None)
    if has:
        return replace(change, erased=(*change.erased, CORRECTED), rows=None)
    return change
