"""Incidents as a list shows them: what, when, to whom, allegedly by whom, with a quotation."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from khronika.model.acts import Act, ActorType, Count, Involvement, Modality, Role
from khronika.model.anchors import Anchor
from khronika.publish.wording import DOERS, is_alleged
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.text.amounts import number_of
from khronika.workflows.browsing.veil import NOTHING, Veil, veils
from khronika.workflows.rows import ActRow, ReportRow

FIRST = 12  # tellings of an incident that a list looks at
QUOTE = 240  # letters of a quotation in a list

told, incident, act, report = schema.incident_act, schema.incident, schema.act, schema.report
location = schema.location
involvement, member, actor = schema.involvement, schema.member, schema.actor
against = schema.contradiction

COLUMNS = (
    *(incident.c.id, incident.c.kind, incident.c.modality, incident.c.when_edtf),
    *(incident.c.countries, incident.c.reports, incident.c.independent_sources),
)
ACT = (
    *(act.c.id, act.c.report_id, act.c.kind, act.c.modality),
    *(act.c.quote, act.c.quote_start, act.c.quote_end),
)
REPORT = (report.c.name, report.c.publisher, report.c.published, report.c.language)
INVOLVED = (
    *(involvement.c.act_id, involvement.c.role, involvement.c.name, involvement.c.type),
    *(involvement.c.cast, involvement.c.count_least, involvement.c.count_most),
    involvement.c.count_about,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody with a part in an incident.

    Attributes:
        name: the actor's caption, or the words of a telling.
        actor: the id, None for one that is told there only ("four masked men").
        alleged: of a perpetrator: no court, and not the actor itself, is who tells it.
        count: how many these are.
    """

    name: str = field(repr=False)
    actor: str | None = None
    alleged: bool = False
    count: Count | None = None

    @property
    def many(self) -> str:
        """'4', '5+'; "" for one, and where the name says it already."""
        if self.count is None or (self.count.least, self.count.most) == (1, 1):
            return ""
        first = self.name.casefold().partition(" ")[0]
        said = any(letter.isdigit() for letter in self.name) or number_of(first) is not None
        if self.count.least is None or said:
            return ""
        return str(self.count.least) + ("" if self.count.least == self.count.most else "+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """An incident as a line of a list.

    Attributes:
        id: the incident.
        kind: of the codebook.
        modality: as linking holds it.
        when: EDTF.
        where: places, as the gazetteer has them, else as printed.
        countries: ISO 3166 alpha-2.
        victims: to whom it is told to have been done; of an appeal, to whom it is addressed.
        doers: who is told to have done it, most of them alleged to.
        reports: how many tell it.
        sources: how many of them are independent.
        contradictions: the attributes in which tellings contradict each other.
        rulings: verbs of the rulings on its first tellings.
        report: the one that is quoted.
        quotation: its words, shortened, contact data veiled.
    """

    id: str
    kind: str
    modality: Modality
    when: str
    where: tuple[str, ...]
    countries: tuple[str, ...]
    victims: tuple[Who, ...]
    doers: tuple[Who, ...]
    reports: int
    sources: int
    contradictions: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    report: ReportRow | None = None
    quotation: str = field(default="", repr=False)


def faces(
    store: Store,
    ids: Sequence[str],
    ruled: Mapping[str, Collection[str]],
    shown: Collection[str] = (),
) -> tuple[Face, ...]:
    """Some incidents as lines of a list, in this order; those that there are not are left out.

    Args:
        store: the record.
        ids: of incidents; as many as a page has.
        ruled: the verbs of the rulings that stand, by act.
        shown: ids of reports of which somebody asked to see everything.
    """
    with store.reading() as connection:
        read = _Reading(connection, ids)
    hidden = veils(store, sorted(read.reports), shown)
    return tuple(_face(read, read.rows[each], ruled, hidden) for each in ids if each in read.rows)


def _face(
    read: "_Reading", row: Any, ruled: Mapping[str, Collection[str]], hidden: Mapping[str, Veil]
) -> Face:
    tellings = read.tellings.get(row.id, [])
    modality = Modality(row.modality)
    telling = quoted(tellings, modality)
    return Face(
        id=row.id,
        kind=row.kind,
        modality=modality,
        when=row.when_edtf,
        where=tuple(read.places.get(row.id, ())),
        countries=tuple(json.loads(row.countries)),
        victims=victims(tellings, read.captions, hidden),
        doers=doers(tellings, read.captions, hidden),
        reports=len(json.loads(row.reports)),
        sources=row.independent_sources,
        contradictions=tuple(read.against.get(row.id, ())),
        rulings=_verbs((each.act.id for each in tellings), ruled),
        report=telling.report if telling else None,
        quotation=_quotation(telling, hidden),
    )


class _Reading:
    """What the lines of a list need of some incidents, read with a handful of narrow queries."""

    def __init__(self, connection: Connection, ids: Sequence[str]) -> None:
        self._connection = connection
        self.captions: dict[str, str] = {}
        self.reports: dict[str, ReportRow] = {}
        self.rows = {
            row.id: row
            for some in in_chunks(ids)
            for row in connection.execute(select(*COLUMNS).where(incident.c.id.in_(some)))
        }
        self.against: dict[str, dict[str, None]] = defaultdict(dict)
        self.tellings: dict[str, list[ActRow]] = defaultdict(list)
        self.places: dict[str, dict[str, None]] = defaultdict(dict)
        for some in in_chunks(ids):
            self._contradicted(some)
            self._told(some)
            self._placed(some)

    def _contradicted(self, ids: Sequence[str]) -> None:
        these = against.c.incident_id.in_(ids)
        asked = select(against.c.incident_id, against.c.attribute).where(these)
        for of, attribute in self._connection.execute(asked.order_by(against.c.idx)):
            self.against[of][attribute] = None

    def _told(self, ids: Sequence[str]) -> None:
        asked = (
            select(told.c.incident_id, *ACT, *REPORT)
            .join(act, act.c.id == told.c.act_id)
            .join(report, report.c.id == act.c.report_id)
            .where(told.c.incident_id.in_(ids), told.c.idx < FIRST)
            .order_by(told.c.incident_id, told.c.idx)
        )
        rows = self._connection.execute(asked).all()
        involved = self._involved([row.id for row in rows])
        for row in rows:
            self.tellings[row.incident_id].append(self._row(row, involved.get(row.id, ())))

    def _placed(self, ids: Sequence[str]) -> None:
        asked = (
            select(told.c.incident_id, location.c.place, location.c.name)
            .join(location, location.c.act_id == told.c.act_id)
            .where(told.c.incident_id.in_(ids), told.c.idx < FIRST)
            .order_by(told.c.incident_id, told.c.idx, location.c.idx)
        )
        for of, place, name in self._connection.execute(asked):
            self.places[of][place or name] = None

    def _row(self, row: Any, involved: Sequence[tuple[Involvement, str | None]]) -> ActRow:
        if row.report_id not in self.reports:
            self.reports[row.report_id] = ReportRow(
                id=row.report_id,
                name=row.name,
                publisher=row.publisher,
                published=row.published,
                language=row.language,
            )
        quote = Anchor(start=row.quote_start, end=row.quote_end, exact=row.quote)
        return ActRow(
            act=Act(
                id=row.id,
                report_id=row.report_id,
                kind=row.kind,
                modality=Modality(row.modality),
                quote=quote,
                trigger=quote,
                involvements=tuple(one for one, _ in involved),
            ),
            report=self.reports[row.report_id],
            actors=tuple(actor for _, actor in involved),
            incident=row.incident_id,
        )

    def _involved(self, acts: Sequence[str]) -> dict[str, list[tuple[Involvement, str | None]]]:
        found: dict[str, list[tuple[Involvement, str | None]]] = defaultdict(list)
        known = (member.c.report_id == act.c.report_id) & (member.c.cast == involvement.c.cast)
        asked = (
            select(*INVOLVED, member.c.actor_id, actor.c.caption)
            .join(act, act.c.id == involvement.c.act_id)
            .outerjoin(member, known)
            .outerjoin(actor, actor.c.id == member.c.actor_id)
            .order_by(involvement.c.act_id, involvement.c.idx)
        )
        for some in in_chunks(acts):
            for row in self._connection.execute(asked.where(involvement.c.act_id.in_(some))):
                found[row.act_id].append((_involvement(row), row.actor_id))
                if row.actor_id:
                    self.captions[row.actor_id] = row.caption
        return found


def _involvement(row: Any) -> Involvement:
    counted = row.count_least is not None or row.count_most is not None
    return Involvement(
        role=Role(row.role),
        name=row.name,
        type=ActorType(row.type),
        anchor=None,
        cast=row.cast,
        count=Count(least=row.count_least, most=row.count_most, approximate=bool(row.count_about))
        if counted
        else None,
    )


def quoted(tellings: Sequence[ActRow], modality: Modality) -> ActRow | None:
    """The telling that stands for an incident: of its modality, the earliest published."""
    if not tellings:
        return None
    return min(
        tellings,
        key=lambda row: (row.act.modality is not modality, row.report.published or "9", row.act.id),
    )


def _quotation(telling: ActRow | None, hidden: Mapping[str, Veil]) -> str:
    if telling is None:
        return ""
    return shortened(telling.act.quote, hidden.get(telling.report.id, NOTHING), QUOTE)


def shortened(quote: Anchor, veil: Veil, most: int) -> str:
    """Words of a report, at most so many letters of them, contact data veiled."""
    words = " ".join(veil.over(quote.exact, quote.start).split())
    if len(words) <= most:
        return words
    cut = words.rfind(" ", most // 2, most)
    return f"{words[: cut if cut > 0 else most]} …"


def _verbs(acts: Iterable[str], ruled: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    return tuple(sorted({verb for act in acts for verb in ruled.get(act, ())}))


def inside(one: Involvement) -> str:
    """A name inside a sentence: 'Four men' as 'four men'; groups are described, not named."""
    first, _, rest = one.name.partition(" ")
    described = one.type is ActorType.GROUP and first.istitle() and rest == rest.lower()
    return f"{first.lower()}{one.name[len(first) :]}" if described else one.name


def victims(
    tellings: Sequence[ActRow], captions: Mapping[str, str], hidden: Mapping[str, Veil]
) -> tuple[Who, ...]:
    """To whom it is told to have been done; where nobody is, to whom it is addressed."""
    found = _people(tellings, (Role.VICTIM,), captions, hidden)
    return found or _people(tellings, (Role.ADDRESSEE,), captions, hidden)


def doers(
    tellings: Sequence[ActRow], captions: Mapping[str, str], hidden: Mapping[str, Veil]
) -> tuple[Who, ...]:
    """Who is told to have done it by those that do not deny it."""
    telling = [row for row in tellings if row.act.modality is not Modality.DENIED]
    return _people(telling, DOERS, captions, hidden)


def _people(
    tellings: Sequence[ActRow],
    roles: tuple[Role, ...],
    captions: Mapping[str, str],
    hidden: Mapping[str, Veil],
) -> tuple[Who, ...]:
    """Each of them once, the most told first; once not alleged is not alleged."""
    said: dict[str, list[tuple[ActRow, Involvement, str | None]]] = defaultdict(list)
    for row in tellings:
        veil = hidden.get(row.report.id, NOTHING)
        for one, actor in zip(row.act.involvements, row.actors, strict=True):
            if one.role in roles:
                said[actor or veil.say(one.name).casefold()].append((row, one, actor))
    found = []
    for group in sorted(said.values(), key=len, reverse=True):
        row, one, actor = group[0]
        name = captions.get(actor or "") or inside(one)
        found.append(
            Who(
                name=hidden.get(row.report.id, NOTHING).say(name),
                actor=actor,
                alleged=all(is_alleged(r.act, i, dict(enumerate(r.actors))) for r, i, _ in group)
                if roles == DOERS
                else False,
                count=one.count,
            )
        )
    return tuple(found)
