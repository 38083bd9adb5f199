"""What becomes of rulings when a report or a person is withdrawn: they hold words of reports."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from khronika.model.acts import Role
from khronika.model.ids import canonical
from khronika.model.links import Ruling
from khronika.model.plain import from_plain
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.store import Store
from khronika.workflows.effective import Effective
from khronika.workflows.forgetting import redact_plain
from khronika.workflows.rulings import Rulings, found_in, kept_rulings, superseded


def rulings_on_report(store: Store, report: str) -> Iterator[Change]:
    """Rulings that quote a report, or that are on nothing but what it alone tells, go with it."""
    gone = _ids_of(store, report)
    for ruling in kept_rulings(store):  # what takes back a ruling comes after it
        if ruling.report == report or set(ruling.ids) <= gone:
            gone.add(ruling.id)
            yield Change(what="withdrawn", subject=ruling.id, erased=("ruling",))


def _ids_of(store: Store, report: str) -> set[str]:
    act, member, told = schema.act.c, schema.member.c, schema.incident_act.c
    acts = [row.id for row in store.all(select(act.id).where(act.report_id == report))]
    alone = select(member.alone).where(member.report_id == report)
    asked = select(told.alone).join(schema.act, act.id == told.act_id)
    incidents = store.all(asked.where(act.report_id == report))
    return {report, *acts, *(row.alone for row in store.all(alone)), *(r.alone for r in incidents)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """A person taken out of rulings, and of what they make of codings.

    Attributes:
        store: the record.
        person: the id of the actor.
        everywhere: matches her name in any report.
        at_home: matches it in the reports that tell of her.
        homes: these reports.
        texts: of the reports that are redacted, as they will be.
    """

    store: Store
    person: str
    everywhere: re.Pattern[str] = field(repr=False)
    at_home: re.Pattern[str] = field(repr=False)
    homes: frozenset[str]
    texts: Mapping[str, str] = field(repr=False)

    def changes(self, redacted: list[Change]) -> Iterator[Change]:
        """Changes of reports with the corrections that are left of them, and those of rulings."""
        left, changed = self._rulings()
        effective = Effective(self.store, left)
        for change in redacted:
            yield effective.change(change)
        done = {change.subject for change in redacted}
        for report in sorted(self._reports({each.subject for each in changed}) - done):
            anew = effective.anew(report)
            if anew is not None:
                yield anew
        yield from changed

    def _reports(self, rulings: set[str]) -> set[str]:
        return {r.report for r in kept_rulings(self.store) if r.id in rulings and r.report}

    def _rulings(self) -> tuple[Rulings, list[Change]]:
        """The rulings as they will be, and what changes."""
        changed: list[Change] = []
        left: list[Ruling] = []
        gone: set[str] = {self.person}
        for ruling in kept_rulings(self.store):
            data = self.store.part(ruling.id, "ruling")
            assert data is not None
            plain = json.loads(data)
            if not gone.isdisjoint(plain["ids"]) or self._is_hers_alone(plain):
                gone.add(ruling.id)
                changed.append(Change(what="withdrawn", subject=ruling.id, erased=("ruling",)))
                continue
            clean = canonical(redact_plain(plain, self._text(ruling.report), self._pattern(plain)))
            left.append(from_plain(json.loads(clean), Ruling))
            if clean != data:
                parts = {"ruling": clean}
                changed.append(Change(what="redacted", subject=ruling.id, parts=parts))
        return found_in(superseded(left)), changed

    def _text(self, report: str) -> str:
        if report in self.texts:
            return self.texts[report]
        data = self.store.part(report, "text") if report else None
        return "" if data is None else data.decode()

    def _pattern(self, plain: Mapping[str, Any]) -> re.Pattern[str]:
        return self.at_home if plain.get("report") in self.homes else self.everywhere

    def _is_hers_alone(self, plain: Mapping[str, Any]) -> bool:
        """Whether a ruling adds an act that was done to nobody but her."""
        victims = plain.get("added", {}).get("fillers", {}).get(Role.VICTIM.value, ())
        pattern = self._pattern(plain)
        return bool(victims) and all(pattern.search(each["name"]) for each in victims)
