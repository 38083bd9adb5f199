"""Rows as the record returns them, by hand: invented people and places."""

from khronika.model.acts import Act, ActorType, Count, Involvement, Modality, Role, When, Where
from khronika.model.anchors import Anchor
from khronika.model.ids import short_id
from khronika.model.links import Contradiction, Incident, Told
from khronika.workflows.rows import ActRow, IncidentRow, ReportRow

SAID = "On 14 March officers of the security service searched the flat of Odessa Quill in Velmora."


def somebody(
    role: Role,
    name: str,
    type: ActorType = ActorType.PERSON,  # noqa: A002  as the model calls it
    count: Count | None = None,
) -> Involvement:
    return Involvement(role=role, name=name, type=type, anchor=None, basis="by hand", count=count)


def a_report_row(name: str = "a.txt", publisher: str = "Velmora Watch") -> ReportRow:
    return ReportRow(
        id=short_id("rpt_", name),
        name=name,
        publisher=publisher,
        published="2023-03-15",
        language="en",
        coded=True,
        acts=1,
    )


def an_act_row(
    kind: str = "search",
    *involvements: Involvement,
    modality: Modality = Modality.OCCURRED,
    when: str = "2023-03-14",
    report: ReportRow | None = None,
    said: str = SAID,
) -> ActRow:
    home = report or a_report_row()
    involved = involvements or (
        somebody(Role.VICTIM, "Odessa Quill"),
        somebody(Role.PERPETRATOR, "the security service", ActorType.AUTHORITY),
    )
    quote = Anchor.cut(said, 0, len(said))
    act = Act(
        id=short_id("act_", [kind, home.id, modality, [i.name for i in involved]]),
        report_id=home.id,
        kind=kind,
        modality=modality,
        quote=quote,
        trigger=quote,
        involvements=involved,
        when=When(edtf=when, basis="by hand"),
        where=(Where(name="Velmora", anchor=quote),),
        confidence=0.8,
    )
    return ActRow(act=act, report=home, actors=(None,) * len(involved), coder="hand 1.0")


def an_incident_row(*tellings: ActRow, when: str = "2023-03-14", **more: object) -> IncidentRow:
    rows = tellings or (an_act_row(),)
    reports = tuple(dict.fromkeys(row.report.id for row in rows))
    given: dict[str, object] = {
        "id": short_id("inc_", [row.act.id for row in rows]),
        "kind": rows[0].act.kind,
        "acts": tuple(row.act.id for row in rows),
        "modality": rows[0].act.modality,
        "when": when,
        "where": ("Velmora",),
        "victims": tuple(i.name for i in rows[0].act.in_role(Role.VICTIM)),
        "perpetrators": tuple(i.name for i in rows[0].act.in_role(Role.PERPETRATOR)),
        "reports": reports,
        "independent_sources": len(reports),
    }
    incident = Incident(**(given | more))  # type: ignore[arg-type]
    return IncidentRow(incident=incident, tellings=rows)


def a_clash(one: ActRow, other: ActRow) -> Contradiction:
    return Contradiction(
        attribute="victim_count",
        values=(Told(value="7", acts=(one.act.id,)), Told(value="6", acts=(other.act.id,))),
    )
