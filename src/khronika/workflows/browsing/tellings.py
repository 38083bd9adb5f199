"""Acts and reports as their tables have them: quick to read, without the kept files."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from khronika.model.acts import Act, ActorType, Count, Involvement, Modality, Role, When, Where
from khronika.model.anchors import Anchor
from khronika.model.links import Ruling
from khronika.model.plain import from_plain
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.workflows.rows import ActRow, ReportRow

act, report, member = schema.act, schema.report, schema.member

By = dict[str, list[Any]]


def report_rows(connection: Connection, ids: Iterable[str]) -> dict[str, ReportRow]:
    """Reports without their text, by id."""
    found: dict[str, ReportRow] = {}
    for these in in_chunks(list(dict.fromkeys(ids))):
        counts = _acts_of(connection, these)
        copies = _copies_of(connection, these)
        for row in connection.execute(select(report).where(report.c.id.in_(these))):
            found[row.id] = ReportRow(
                id=row.id,
                name=row.name,
                publisher=row.publisher,
                published=row.published,
                place=row.place,
                language=row.language,
                media_type=row.media_type,
                coded=bool(row.coded),
                acts=counts.get(row.id, 0),
                copy_of=copies.get(row.id, ""),
                flags=tuple(json.loads(row.flags)),
            )
    return found


def _acts_of(connection: Connection, reports: Sequence[str]) -> dict[str, int]:
    counted = select(act.c.report_id, func.count()).where(act.c.report_id.in_(reports))
    rows = connection.execute(counted.group_by(act.c.report_id))
    return {row[0]: row[1] for row in rows}


def _copies_of(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    copy = schema.copy
    whole = copy.c.report_id.in_(reports) & (copy.c.relation == "copy")
    first = select(copy.c.report_id, func.min(copy.c.original)).where(whole)
    rows = connection.execute(first.group_by(copy.c.report_id))
    return {row[0]: row[1] for row in rows}


def act_rows(
    connection: Connection,
    ids: Iterable[str],
    rulings: Mapping[str, Ruling],
    known: Mapping[str, ReportRow] | None = None,
) -> dict[str, ActRow]:
    """Acts with the reports that tell them, by id; those that are not there are left out.

    What an act keeps only for its explanation (paths, evidence) is left out, too.

    Args:
        connection: to the record.
        ids: of acts.
        rulings: the accept or reject that stands, by act.
        known: rows of reports that were read before.
    """
    found: dict[str, ActRow] = {}
    for these in in_chunks(list(dict.fromkeys(ids))):
        rows = connection.execute(select(act).where(act.c.id.in_(these))).all()
        reports = {row.report_id for row in rows}
        homes = dict(known or {})
        homes |= report_rows(connection, reports - homes.keys())
        around = _Around(connection, these)
        for row in rows:
            found[row.id] = ActRow(
                act=_act(row, around),
                report=homes[row.report_id],
                actors=tuple(each.actor_id for each in around.involved[row.id]),
                incident=around.incidents.get(row.id),
                ruling=rulings.get(row.id),
            )
    return found


class _Around:
    """What belongs to some acts, by act."""

    def __init__(self, connection: Connection, acts: Sequence[str]) -> None:
        self.involved: By = defaultdict(list)
        self.places: By = defaultdict(list)
        involved, location, told = schema.involvement, schema.location, schema.incident_act
        mine = involved.c.act_id.in_(acts)
        same = (member.c.report_id == act.c.report_id) & (member.c.cast == involved.c.cast)
        who = (
            select(involved, member.c.actor_id)
            .join(act, act.c.id == involved.c.act_id)
            .outerjoin(member, same)
            .where(mine)
            .order_by(involved.c.act_id, involved.c.idx)
        )
        for row in connection.execute(who):
            self.involved[row.act_id].append(row)
        where = select(location).where(location.c.act_id.in_(acts))
        for row in connection.execute(where.order_by(location.c.act_id, location.c.idx)):
            self.places[row.act_id].append(row)
        links = select(told.c.act_id, told.c.incident_id).where(told.c.act_id.in_(acts))
        self.incidents = {row.act_id: row.incident_id for row in connection.execute(links)}


def _act(row: Any, around: _Around) -> Act:
    quote = Anchor(start=row.quote_start, end=row.quote_end, exact=row.quote)
    return Act(
        id=row.id,
        report_id=row.report_id,
        kind=row.kind,
        modality=Modality(row.modality),
        quote=quote,
        trigger=_inside(quote, row.trigger_start, row.trigger_end),
        involvements=tuple(_involvement(each) for each in around.involved[row.id]),
        when=_when(row),
        where=tuple(_where(each) for each in around.places[row.id]),
        what=_started(row, "what"),
        reason=_started(row, "reason"),
        penalty=_started(row, "penalty"),
        response=_started(row, "response"),
        demands=tuple(from_plain(each, Anchor) for each in json.loads(row.demands or "[]")),
        rule=row.rule,
        confidence=row.confidence,
    )


def _inside(quote: Anchor, start: int, end: int) -> Anchor:
    exact = quote.exact[start - quote.start : end - quote.start]
    return Anchor(start=start, end=end, exact=exact)


def _placed(row: Any) -> Anchor | None:
    return None if row.start is None else Anchor(start=row.start, end=row.end, exact=row.exact)


def _started(row: Any, name: str) -> Anchor | None:
    exact, start = getattr(row, name), getattr(row, f"{name}_start")
    return None if start is None else Anchor(start=start, end=start + len(exact), exact=exact)


def _involvement(row: Any) -> Involvement:
    counted = row.count_about is not None
    count = Count(least=row.count_least, most=row.count_most, approximate=bool(row.count_about))
    return Involvement(
        role=Role(row.role),
        name=row.name,
        type=ActorType(row.type),
        anchor=_placed(row),
        basis=row.basis,
        cast=row.cast,
        count=count if counted else None,
        age=row.age,
    )


def _when(row: Any) -> When:
    anchor = None
    if row.when_start is not None:
        anchor = Anchor(start=row.when_start, end=row.when_end, exact=row.when_exact)
    flags = tuple(json.loads(row.when_flags or "[]"))
    return When(edtf=row.when_edtf, anchor=anchor, basis=row.when_basis, flags=flags)


def _where(row: Any) -> Where:
    return Where(
        name=row.name,
        anchor=Anchor(start=row.start, end=row.end, exact=row.exact),
        place=row.place,
        country=row.country,
        geonameid=row.geonameid,
    )
