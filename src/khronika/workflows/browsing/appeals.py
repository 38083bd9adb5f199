"""Appeals: open letters, petitions and calls; who signed, to whom, for what, what came of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, select

from khronika.model.acts import Count, Modality, Role, Signatory
from khronika.model.anchors import Anchor
from khronika.model.plain import from_plain
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.browsing.quoted import QuotedAct, quoted_acts
from khronika.workflows.browsing.tellings import act_rows, report_rows
from khronika.workflows.browsing.veil import NOTHING, Veil, veils
from khronika.workflows.rows import ActRow, ReportRow

appeal, act, told = schema.appeal, schema.act, schema.incident_act

COMING = (Modality.PLANNED.value, Modality.THREATENED.value, Modality.POSSIBLE.value)
STATES = ("past", "planned")
OTHERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLine:
    """One appeal in a list."""

    act: str
    kind: str
    modality: str
    delivered: str
    addressees: tuple[str, ...] = field(default=(), repr=False)
    signed_by: tuple[str, ...] = field(default=(), repr=False)  # the first that are named
    named: int = 0
    stated: Count | None = None
    demands: tuple[Anchor, ...] = ()
    response: str = field(default="", repr=False)
    tellings: int = 1
    report: ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """To whom an appeal goes, with the words where the report has them."""

    name: str = field(repr=False)
    actor: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One who signed; `actor` where the cast of the report has it."""

    name: str = field(repr=False)
    country: str = ""
    anchor: Anchor
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAppeal:
    """An appeal whole.

    Attributes:
        row: its act with the report that tells it.
        incident: of that act.
        state: "past" or "planned".
        signed: by name, as the report lists them.
        stated: how many signed, as the report states it.
        countries: of the signatories, as the report lists them.
        addressees: to whom.
        demands: each as quoted.
        delivered: EDTF.
        response: the report's words, "" for none told.
        others: the other tellings of the same incident.
        authors: who speaks, where nobody is named as having signed.
    """

    row: ActRow
    incident: str | None
    kind: str
    state: str
    quote: str = field(repr=False)
    signed: tuple[Signed, ...] = ()
    stated: Count | None = None
    countries: tuple[str, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    demands: tuple[Anchor, ...] = ()
    delivered: str = ""
    response: str = field(default="", repr=False)
    others: tuple[QuotedAct, ...] = ()
    authors: tuple[Addressee, ...] = ()


def appeals_in_all(store: Store, state: str = "") -> int:
    """How many appeals there are: past, planned or all."""
    asked = _asked(state).order_by(None).subquery()
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(asked)).scalar() or 0


def appeal_lines(store: Store, state: str, offset: int, limit: int) -> tuple[AppealLine, ...]:
    """Some appeals, the latest first, those without a date last."""
    with store.reading() as connection:
        rows = connection.execute(_asked(state).offset(offset).limit(limit)).all()
        homes = report_rows(connection, [row.report_id for row in rows])
        often = _tellings(connection, [row.act_id for row in rows])
    hidden = veils(store, list(homes))
    return tuple(
        _line(row, homes[row.report_id], often.get(row.act_id, 1), hidden[row.report_id])
        for row in rows
    )


def _asked(state: str) -> Select[Any]:
    """Selects appeals whose act is in an incident: what a reviewer rejected is in none."""
    joined = appeal.join(act, act.c.id == appeal.c.act_id).join(
        told, told.c.act_id == appeal.c.act_id
    )
    asked = select(appeal, act.c.modality).select_from(joined)
    if state == "planned":
        asked = asked.where(act.c.modality.in_(COMING))
    elif state == "past":
        asked = asked.where(act.c.modality.not_in(COMING))
    return asked.order_by(appeal.c.delivered.desc(), appeal.c.act_id.desc())


def _tellings(connection: Connection, acts: Sequence[str]) -> dict[str, int]:
    """How many acts tell the incident of each act."""
    mine, every = told.alias("mine"), told.alias("every")
    found: dict[str, int] = {}
    for some in in_chunks(acts):
        joined = mine.join(every, every.c.incident_id == mine.c.incident_id)
        asked = select(mine.c.act_id, func.count()).select_from(joined)
        these = asked.where(mine.c.act_id.in_(some)).group_by(mine.c.act_id)
        found |= {of: number for of, number in connection.execute(these)}  # noqa: C416  typed so
    return found


def _line(row: Any, home: ReportRow, tellings: int, veil: Veil) -> AppealLine:
    signed = json.loads(row.signatories)
    return AppealLine(
        act=row.act_id,
        kind=row.kind,
        modality=row.modality,
        delivered=row.delivered,
        addressees=tuple(veil.say(each) for each in json.loads(row.addressees)),
        signed_by=tuple(veil.say(each["name"]) for each in signed[:3]),
        named=len(signed),
        stated=_count(row),
        demands=_demands(row, veil),
        response=veil.say(row.response),
        tellings=tellings,
        report=home,
    )


def _count(row: Any) -> Count | None:
    if row.count_least is None and row.count_most is None:
        return None
    return Count(least=row.count_least, most=row.count_most, approximate=bool(row.count_about))


def _demands(row: Any, veil: Veil) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(start=one["start"], end=one["end"], exact=veil.over(one["exact"], one["start"]))
        for one in json.loads(row.demands)
    )


def shown_appeal(store: Store, asked: str) -> ShownAppeal | None:
    """The appeal that an act tells, whole; None where there is none."""
    with store.reading() as connection:
        found = select(appeal).where(appeal.c.act_id == asked)
        row = connection.execute(found.order_by(appeal.c.report_id, appeal.c.idx)).first()
        acts = act_rows(connection, [asked], {})
        if row is None or asked not in acts:
            return None
        one = acts[asked]
        others = _others(connection, one)
        actors = _cast(connection, row.report_id)
    veil = veils(store, [row.report_id]).get(row.report_id, NOTHING)
    signatories = (from_plain(each, Signatory) for each in json.loads(row.signatories))
    return ShownAppeal(
        row=one,
        incident=one.incident,
        kind=row.kind,
        state="planned" if one.act.modality.value in COMING else "past",
        quote=veil.over(one.act.quote.exact, one.act.quote.start),
        signed=tuple(_signed(each, actors, veil) for each in signatories),
        stated=_count(row),
        countries=tuple(json.loads(row.signatory_countries)),
        addressees=tuple(_addressee(one, name, veil) for name in json.loads(row.addressees)),
        demands=_demands(row, veil),
        delivered=row.delivered,
        response=veil.say(row.response),
        others=tuple(sorted(quoted_acts(store, others).values(), key=_by_date)),
        authors=_authors(one, veil),
    )


def _others(connection: Connection, one: ActRow) -> list[str]:
    """The other acts that tell the same incident."""
    if one.incident is None:
        return []
    asked = select(told.c.act_id).where(told.c.incident_id == one.incident).limit(OTHERS)
    return [row.act_id for row in connection.execute(asked) if row.act_id != one.act.id]


def _by_date(one: QuotedAct) -> tuple[str, str]:
    return one.row.report.published, one.row.act.id


def _cast(connection: Connection, report: str) -> dict[str, str]:
    """The actors of a report by the names that it gives them."""
    cast, member = schema.cast_member, schema.member
    same = (member.c.report_id == cast.c.report_id) & (member.c.cast == cast.c.idx)
    asked = select(cast.c.name, cast.c.forms, member.c.actor_id).join(member, same)
    found: dict[str, str] = {}
    for row in connection.execute(asked.where(cast.c.report_id == report)):
        for name in (*json.loads(row.forms), row.name):
            found[name] = row.actor_id
    return found


def _signed(one: Signatory, actors: dict[str, str], veil: Veil) -> Signed:
    return Signed(
        name=veil.say(one.name),
        country=one.country,
        anchor=one.anchor,
        actor=actors.get(one.name, ""),
    )


def _addressee(row: ActRow, name: str, veil: Veil) -> Addressee:
    for n, one in enumerate(row.act.involvements):
        if one.role is Role.ADDRESSEE and one.name == name:
            return Addressee(name=veil.say(name), actor=row.actors[n] or "", anchor=one.anchor)
    return Addressee(name=veil.say(name))


def _authors(row: ActRow, veil: Veil) -> tuple[Addressee, ...]:
    """Who makes the appeal, by the act itself."""
    pairs = zip(row.act.involvements, row.actors, strict=True)
    return tuple(
        Addressee(name=veil.say(one.name), actor=actor or "", anchor=one.anchor)
        for one, actor in pairs
        if one.role in (Role.SIGNATORY, Role.INTERVENER)
    )
