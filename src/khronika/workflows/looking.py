"""Looking at a record: rows of what passes the filters, with the reports that tell it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Select, func, select

from khronika.codebook.model import Kind
from khronika.evidence.journal import Entry
from khronika.model.acts import Act, Appeal, Designation, Figure
from khronika.model.links import Actor, Incident, Ruling
from khronika.model.plain import from_plain
from khronika.model.reports import LIST
from khronika.store import actor_traits, schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.browsing.tellings import report_rows
from khronika.workflows.chains import kept_kinds
from khronika.workflows.filtering import (
    act_ids,
    actor_ids,
    incident_ids,
    is_busy,
    passing_acts,
    report_conditions,
)
from khronika.workflows.linked import actors_by_id, captions_by_id, incidents_by_id
from khronika.workflows.listed import is_told, pieces_and_entries
from khronika.workflows.recalibrating import Learned, learned
from khronika.workflows.rows import (
    ActRow,
    AppealRow,
    ConflictRow,
    DesignationRow,
    FigureRow,
    Filters,
    IncidentRow,
    JournalRow,
    LearnedFrom,
    ReportRow,
    Summary,
)
from khronika.workflows.rulings import verdicts_of
from khronika.workflows.sureness import sure_incident, sure_row

report, incident_act = schema.report, schema.incident_act


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What rows need of one report."""

    row: ReportRow
    coder: str
    codebook: str
    members: dict[int, str] = field(default_factory=dict)
    incidents: dict[str, str] = field(default_factory=dict)


class Look:
    """One look: what it reads of a report is kept until the look is over."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._known: dict[str, _Known] = {}
        self._acts: dict[str, dict[str, Act]] = {}

    @cached_property
    def rulings(self) -> dict[str, Ruling]:
        """The accept or reject that stands, by act."""
        return verdicts_of(self.store)

    @cached_property
    def learned(self) -> Learned:
        """What rulings teach of coders."""
        return learned(self.store)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """What commonly follows what."""
        return kept_kinds(self.store)

    def reports(self, filters: Filters, *, listed: bool = False) -> list[ReportRow]:
        """Reports, the earliest published first; `listed`: the pieces of lists, too."""
        asked = select(report.c.id).where(*report_conditions(filters))
        if not listed:
            asked = asked.where(report.c.media_type != LIST)
        asked = asked.order_by(report.c.published_from, report.c.name, report.c.id)
        if filters.limit is not None:
            asked = asked.limit(filters.limit)
        ids = [row.id for row in self.store.all(asked)]
        self.learn(ids)
        return [self.report(each) for each in ids]

    def acts(self, filters: Filters) -> list[ActRow]:
        """Acts that are not rejected, the earliest first, those without a date last."""
        filters = self.learned.filters(filters)
        busy = filters.limit is not None and bool(self.store.all(is_busy(filters.actor)))
        found = list(self.store.all(act_ids(filters, self.rulings, dated=True, busy=busy)))
        left = None if filters.limit is None else filters.limit - len(found)
        if left is None or left > 0:
            rest = replace(filters, limit=left)
            found += self.store.all(act_ids(rest, self.rulings, dated=False, busy=busy))
        self.learn([row.report_id for row in found])
        return [sure_row(self.act(row.id, row.report_id), filters.at_least) for row in found]

    def incidents(self, filters: Filters) -> list[IncidentRow]:
        """Incidents of which a telling passes, the earliest first, those without a date last."""
        filters = self.learned.filters(filters)
        with self.store.reading() as connection:
            ids = list(connection.execute(incident_ids(filters, self.rulings)).scalars())
            found = incidents_by_id(connection, ids, self.kinds)
        self.learn([of for each in found for of in each.reports])
        if filters.at_least > 0:
            passing = self._passing(filters, ids)
            return [self._sure(each, passing, filters.at_least) for each in found]
        return [IncidentRow(incident=each, tellings=self.tellings(each.acts)) for each in found]

    def _passing(self, filters: Filters, incidents: Sequence[str]) -> set[str]:
        """The acts of some incidents that pass."""
        return {
            row.id
            for some in in_chunks(incidents)
            for row in self.store.all(passing_acts(filters, self.rulings, some))
        }

    def _sure(self, incident: Incident, passing: set[str], at_least: float) -> IncidentRow:
        """An incident with its tellings that pass, and what of them is as sure as asked."""
        rows = self.tellings([act for act in incident.acts if act in passing])
        tellings = tuple(sure_row(row, at_least) for row in rows)
        ids = sorted({actor for row in tellings for actor in row.actors if actor})
        with self.store.reading() as connection:
            captions = captions_by_id(connection, ids)
        sure = sure_incident(incident, tellings, captions)
        return IncidentRow(incident=sure, tellings=tellings)

    def conflicts(self, filters: Filters) -> list[ConflictRow]:
        """Each contradiction of the incidents that pass."""
        return [
            ConflictRow(
                incident=row.incident,
                contradiction=each,
                tellings=self.tellings([act for told in each.values for act in told.acts]),
            )
            for row in self.incidents(replace(filters, contradicted=True))
            for each in row.incident.contradictions
        ]

    def actors(
        self,
        *,
        type: str = "",  # noqa: A002  DESIGN's word
        name: str = "",
        country: str = "",
        limit: int | None = None,
        listed: bool = False,
    ) -> list[Actor]:
        """Actors of a type, with a name or of a country, by caption.

        With `listed` those that only lists name are among them.
        """
        actor = schema.actor
        asked = select(actor.c.id).order_by(actor.c.caption, actor.c.id).limit(limit)
        if not listed:
            asked = asked.where(is_told())
        if type:
            asked = asked.where(actor.c.type == type)
        if name:
            asked = asked.where(actor.c.id.in_(actor_ids(name)))
        if country:
            of = actor_traits.having(actor_traits.country(country))
            asked = asked.where(actor.c.id.in_(of))
        with self.store.reading() as connection:
            ids = list(connection.execute(asked).scalars())
            return actors_by_id(connection, ids)

    def appeals(self) -> list[AppealRow]:
        """Open letters, petitions and calls."""
        return [
            AppealRow(appeal=from_plain(each, Appeal), report=self.report(of))
            for of, each in self._of_codings("appeal", "appeals")
            if not self._is_rejected(each["act_id"])
        ]

    def registers(self) -> list[DesignationRow]:
        """Entries of official lists."""
        return [
            DesignationRow(designation=from_plain(each, Designation), report=self.report(of))
            for of, each in self._of_codings("designation", "designations")
            if not self._is_rejected(each["act_id"])
        ]

    def figures(self) -> list[FigureRow]:
        """Attributed quantities."""
        return [
            FigureRow(figure=from_plain(each, Figure), report=self.report(of))
            for of, each in self._of_codings("figure", "figures")
        ]

    def summary(self) -> Summary:
        """How much the record holds."""
        with self.store.reading() as connection:

            def count(table: Any) -> int:
                return connection.execute(select(func.count()).select_from(table)).scalar() or 0

            uncoded = connection.execute(
                select(report.c.language, func.count())
                .where(report.c.coded == 0)
                .group_by(report.c.language)
                .order_by(report.c.language)
            ).all()
            pieces, listed = pieces_and_entries(connection)
            told = select(schema.actor.c.id).where(is_told()).subquery()
            reports, left = count(report) - pieces, sum(number for _, number in uncoded)
            return Summary(
                reports=reports,
                coded=reports - left,
                uncoded=tuple((language, number) for language, number in uncoded),
                acts=count(schema.act) - len(self._homes(self.rejected())),
                incidents=count(schema.incident),
                actors=count(told if listed else schema.actor),
                listed=listed,
                contradictions=count(schema.contradiction),
            )

    def report(self, of: str) -> ReportRow:
        """The row of one report."""
        self.learn([of])
        return self._known[of].row

    def act(self, act: str, of: str) -> ActRow:
        """The row of one act."""
        self.learn([of])
        value, known = self._acts_of(of)[act], self._known[of]
        expected = self.learned.of(known.coder)
        return ActRow(
            act=self.learned.act(value, known.coder),
            report=known.row,
            actors=tuple(
                None if each.cast is None else known.members.get(each.cast)
                for each in value.involvements
            ),
            incident=known.incidents.get(act),
            coder=known.coder,
            codebook=known.codebook,
            ruling=self.rulings.get(act),
            learned=LearnedFrom(coder=value.confidence, rulings=expected.rulings)
            if expected.rulings
            else None,
        )

    def tellings(self, acts: Iterable[str]) -> tuple[ActRow, ...]:
        """The rows of some acts, by the date of their report, then id."""
        homes = self._homes(sorted(set(acts)))
        self.learn([of for _, of in homes])
        found = [self.act(act, of) for act, of in homes]
        return tuple(sorted(found, key=lambda row: (row.report.published, row.act.id)))

    def bare(self, acts: Iterable[str]) -> tuple[Act, ...]:
        """Some acts without anything else, by report, then id."""
        homes = sorted(self._homes(sorted(set(acts))), key=lambda home: (home[1], home[0]))
        return tuple(self._acts_of(of)[act] for act, of in homes)

    def _homes(self, acts: Sequence[str]) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for some in in_chunks(acts):
            asked = select(schema.act.c.id, schema.act.c.report_id).where(schema.act.c.id.in_(some))
            found += [(row.id, row.report_id) for row in self.store.all(asked)]
        return found

    def rejected(self) -> list[str]:
        """The acts that a standing ruling rejects."""
        return [act for act, ruling in self.rulings.items() if ruling.verb == "reject"]

    def _is_rejected(self, act: str) -> bool:
        ruling = self.rulings.get(act)
        return ruling is not None and ruling.verb == "reject"

    def _acts_of(self, of: str) -> dict[str, Act]:
        if of not in self._acts:
            data = self.store.coding(of)
            acts = json.loads(data).get("acts", ()) if data is not None else ()
            self._acts[of] = {each["id"]: from_plain(each, Act) for each in acts}
        return self._acts[of]

    def _of_codings(self, table: str, key: str) -> Iterator[tuple[str, Any]]:
        asked = select(schema.metadata.tables[table].c.report_id).distinct()
        for of in sorted(row.report_id for row in self.store.all(asked)):
            data = self.store.coding(of)
            for each in json.loads(data).get(key, ()) if data is not None else ():
                yield of, each

    def learn(self, reports: Sequence[str]) -> None:
        """Read what rows need of some reports, many at once."""
        new = [each for each in dict.fromkeys(reports) if each not in self._known]
        for these in in_chunks(new):
            with self.store.reading() as connection:
                self._known |= _known(connection, these)


def _known(connection: Connection, these: Sequence[str]) -> dict[str, _Known]:
    act, member = schema.act, schema.member

    def rows(asked: Select[Any]) -> Sequence[Any]:
        return connection.execute(asked).all()

    coded = select(report.c.id, report.c.coder, report.c.codebook).where(report.c.id.in_(these))
    shown = report_rows(connection, these)
    found = {
        row.id: _Known(row=shown[row.id], coder=row.coder, codebook=row.codebook)
        for row in rows(coded)
    }
    for row in rows(select(member).where(member.c.report_id.in_(these))):
        found[row.report_id].members[row.cast] = row.actor_id
    told = select(act.c.report_id, act.c.id, incident_act.c.incident_id).join(
        incident_act, incident_act.c.act_id == act.c.id
    )
    for row in rows(told.where(act.c.report_id.in_(these))):
        found[row.report_id].incidents[row.id] = row.incident_id
    return found


def journal_row(entry: Entry) -> JournalRow:
    """An entry of the journal, its payload in words."""
    payload = entry.read()
    told = {key: value for key, value in payload.items() if key not in {"parts", "subject"}}
    return JournalRow(
        number=entry.seq,
        time=entry.time,
        what=entry.what,
        subject=payload.get("subject", ""),
        detail=", ".join(f"{key} {_said(value)}" for key, value in sorted(told.items())),
        digest=entry.digest,
    )


def _said(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
