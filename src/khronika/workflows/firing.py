"""Which ways of the codebook fire in a record, and what reviewers made of what they found."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from khronika.publish.selection import standing
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.recalibrating import learned
from khronika.workflows.rows import RuleRow
from khronika.workflows.rulings import kept_rulings


def rules(store: Store, kinds: Sequence[str] = ()) -> list[RuleRow]:
    """The ways that found the acts of a record, the most rejected first, then the busiest.

    Args:
        store: the record.
        kinds: only ways of these; of all if empty.
    """
    act = schema.act
    asked = select(act.c.id, act.c.kind, act.c.rule, act.c.report_id, act.c.confidence)
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in store.all(asked.where(act.c.kind.in_(kinds)) if kinds else asked):
        found[row.rule, row.kind].append(row)
    ruled = {each: ruling.verb for each, ruling in standing(kept_rulings(store)).items()}
    remedies = {(way.ruled.rule, way.ruled.kind): way.remedy for way in learned(store).rejected}
    rows = (
        replace(_row(rule, kind, acts, ruled), remedy=remedies.get((rule, kind), ""))
        for (rule, kind), acts in found.items()
    )
    return sorted(rows, key=lambda row: (-row.rejected, -row.acts, row.rule, row.kind))


def _row(rule: str, kind: str, acts: Sequence[Any], ruled: dict[str, str]) -> RuleRow:
    verbs = [ruled.get(act.id, "") for act in acts]
    return RuleRow(
        rule=rule,
        kind=kind,
        acts=len(acts),
        reports=len({act.report_id for act in acts}),
        accepted=verbs.count("accept"),
        rejected=verbs.count("reject"),
        confidence=round(sum(act.confidence for act in acts) / len(acts), 3),
    )
