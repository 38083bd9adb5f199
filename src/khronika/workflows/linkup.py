"""Bringing links up to date: what came, went or was ruled since the last linking, and no more."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from khronika.codebook.model import Codebook
from khronika.model.acts import Coding
from khronika.model.links import LinkChanges, Place, Ruling
from khronika.model.plain import from_plain
from khronika.publish.selection import select as selected
from khronika.publish.selection import standing as verdicts
from khronika.store import schema
from khronika.store.changes import Change
from khronika.store.chunks import in_chunks
from khronika.store.link_parts import LINKS
from khronika.store.store import Store
from khronika.workflows.recalibrating import Learned, learned
from khronika.workflows.rulings import superseded

if TYPE_CHECKING:  # late, because linking is not wanted by who only looks at a record
    from khronika.linking import Rulings
    from khronika.linking.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One linking: of what record, by which rulings and codebook.

    `first` are the subjects of what is journalled in the same transaction, before it; `fresh` are
    the codings that this changes.
    """

    store: Store
    rulings: Sequence[Ruling]
    codebook: Codebook
    facts_type: type[Any]
    first: frozenset[str] = frozenset()
    fresh: Mapping[str, bytes | None] = field(default_factory=dict, repr=False)

    def change(self, state: "State", *, there: bool) -> Change:
        """What the journal says of it, and what changed.

        Args:
            state: what linking keeps between runs.
            there: it fits the links that are kept; else it is empty.

        Raises:
            ContradictoryRulingsError: the rulings cannot all be obeyed.
        """
        changed = sorted({*self.store.changed_since_linked(), *self.first}) if there else []
        fresh = {ruling.id for ruling in self.rulings}
        lost = any(each.startswith("rul_") and each not in fresh for each in changed)
        whole = not there or lost or "codebook" in changed
        notes: dict[str, Any] = {}
        if whole:
            if there:
                state.clear()
            pieces: Iterable[LinkChanges] = self._anew(state, notes)
        else:
            pieces = [self._update(state, changed)]
            notes["actors"] = len(pieces[0].actors)
            notes["incidents"] = len(pieces[0].incidents)
        return Change(what="linked", subject=LINKS, links=pieces, notes=notes)

    def _anew(self, state: "State", notes: dict[str, Any]) -> Iterator[LinkChanges]:
        """Everything; `notes` say how much once all of it was taken."""
        from khronika.linking import link_anew  # noqa: PLC0415 - as above

        facts = self._facts(self.store.subjects("report"))
        codings = Codings(self.store, verdicts(self.rulings), fresh=self.fresh)
        actors: set[str] = set()
        incidents: set[str] = set()
        first = True
        for changes in link_anew(state, facts, codings, self.rulings, self.codebook):
            actors = (actors | {a.id for a in changes.actors}) - set(changes.actors_gone)
            incidents |= {i.id for i in changes.incidents}
            incidents -= set(changes.incidents_gone)
            yield replace(changes, whole=first)
            first = False
        if first:
            yield LinkChanges(whole=True)
        notes |= {"actors": len(actors), "incidents": len(incidents)}

    def _update(self, state: "State", changed: Collection[str]) -> LinkChanges:
        from khronika.linking import (  # noqa: PLC0415 - as above
            ContradictoryRulingsError,
            Engine,
            interventions_of,
            standing,
        )

        ruled = standing(self.rulings)
        before = standing(superseded([r for r in self.rulings if r.id not in changed]))
        reports = {each for each in changed if each.startswith("rpt_")}
        reports |= self._reports_of(ruled.rejected ^ before.rejected)
        present = {each for each in reports if self.store.digest(each, "report") is not None}
        facts = self._facts(sorted(present))
        codings = Codings(self.store, verdicts(self.rulings), fresh=self.fresh)
        coded = {coding.report_id: coding for coding in codings.of(sorted(present))}
        engine = Engine(state, interventions_of(self.codebook), codings.of)
        found = engine.update(
            [(each, coded.get(each.id)) for each in facts],
            removed=reports - present,
            rulings=self._rulings(ruled, before, facts, coded),
        )
        if engine.unmet and any(each.startswith("rul_") for each in self.first):
            raise ContradictoryRulingsError(
                "Earlier rulings join what this one holds apart, or hold apart what it joins.",
                remedy="see `khronika journal` for them, and rule again on one of their pairs.",
            )
        return found

    def _rulings(
        self, ruled: Any, before: Any, facts: Sequence[Any], coded: Mapping[str, Coding]
    ) -> "Rulings | None":
        """The rulings that are new or taken back, and those on what the reports bring."""
        from khronika.linking import places_of_ids, rulings_of  # noqa: PLC0415

        ids = ruled.ids() | before.ids()
        if not ids:
            return None
        came = places_of_ids(coded.values(), facts, ids)
        gone = coded.keys()
        held = {i: p for i, p in self._places(ids).items() if _report(p) not in gone}
        named: dict[str, Place | str] = {**held, **came}
        now = rulings_of(ruled, named)
        old = rulings_of(before, named)
        turned = now.single ^ old.single
        again = tuple(sorted(p for i in turned if isinstance(p := named.get(i), tuple)))
        moved = {*again, *(p for p in came.values() if isinstance(p, tuple))}
        members = _since(now.members, old.members, moved)
        acts = _since(now.acts, old.acts, {a for a in came.values() if isinstance(a, str)})
        return replace(now, members=members, acts=acts, again=again)

    def _facts(self, reports: Sequence[str]) -> list[Any]:
        """What linking wants to know of some reports, by id."""
        table = schema.facts
        rows = [
            row
            for some in in_chunks(reports)
            for row in self.store.all(select(table.c.data).where(table.c.report_id.in_(some)))
        ]
        return [from_plain(json.loads(row.data), self.facts_type) for row in rows]

    def _reports_of(self, acts: Collection[str]) -> set[str]:
        act = schema.act.c
        return {
            row.report_id
            for some in in_chunks(sorted(acts))
            for row in self.store.all(select(act.report_id).where(act.id.in_(some)))
        }

    def _places(self, ids: Collection[str]) -> dict[str, Place | str]:
        """What ids of actors, incidents and acts mean: a cast member or an act."""
        member, told = schema.member.c, schema.incident_act.c
        found: dict[str, Place | str] = {each: each for each in ids if each.startswith("act_")}
        for some in in_chunks(sorted(ids)):
            asked = select(member.alone, member.report_id, member.cast)
            rows = self.store.all(asked.where(member.alone.in_(some)))
            found |= {row.alone: (row.report_id, row.cast) for row in rows}
            rows = self.store.all(select(told.alone, told.act_id).where(told.alone.in_(some)))
            found |= {row.alone: row.act_id for row in rows}
        return found


class Codings(Sequence[Coding]):
    """The codings that are kept, read one by one whenever they are gone through.

    Args:
        store: the record.
        ruled: the accept or reject that stands for each act; rejected acts are left out.
        at_least: least confidence of an act that nobody accepted.
        fresh: codings that take the place of those that are kept, by report.
    """

    def __init__(
        self,
        store: Store,
        ruled: dict[str, Ruling],
        at_least: float = 0.0,
        fresh: Mapping[str, bytes | None] | None = None,
    ) -> None:
        self._store = store
        self._fresh = fresh or {}
        self._ruled = ruled
        self._at_least = at_least

    @cached_property
    def _subjects(self) -> list[str]:
        coded = {*self._store.coded(), *self._fresh}
        return sorted(coded - {report for report, data in self._fresh.items() if data is None})

    def __len__(self) -> int:
        return len(self._subjects)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return next(self.of([self._subjects[index]]))

    def __iter__(self) -> Iterator[Coding]:
        if self._fresh:
            yield from self.of(self._subjects)
            return
        for _, data in self._store.codings():
            yield self._read(data)

    def of(self, reports: Iterable[str]) -> Iterator[Coding]:
        """The codings of some reports, as far as there are any."""
        for report in reports:
            fresh = report in self._fresh
            data = self._fresh[report] if fresh else self._store.coding(report)
            if data is not None:
                yield self._read(data)

    def _read(self, data: bytes) -> Coding:
        coding = from_plain(json.loads(data), Coding)
        if self._at_least > 0:
            coding = self._learned.coding(coding)
        return selected(coding, self._ruled, self._at_least)

    @cached_property
    def _learned(self) -> Learned:
        return learned(self._store)


def _since(now: Mapping[Any, str], old: Mapping[Any, str], came: set[Any]) -> dict[Any, str]:
    """Pairs of which something else is ruled now, or of which one has just come."""
    fresh = {
        pair: verb
        for pair, verb in now.items()
        if old.get(pair) != verb or not came.isdisjoint(pair)
    }
    return fresh | {pair: "" for pair in old if pair not in now}


def _report(place: Place | str) -> str:
    return place[0] if isinstance(place, tuple) else ""
