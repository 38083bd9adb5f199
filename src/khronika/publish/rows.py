"""The record as rows of named tables: what every export format is written from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from khronika.model.acts import Act, Coding
from khronika.model.links import Links, Ruling
from khronika.model.reports import Report
from khronika.publish import values
from khronika.publish.selection import spoken
from khronika.publish.showing import Names, Showing, show
from khronika.publish.values import Plain
from khronika.publish.view import ExportOptions, RecordView

Table = Literal[
    "texts", "reports", "acts", "incidents", "actors", "appeals", "registers", "figures"
]


@dataclass(frozen=True, slots=True)
class Linked:
    """What links and rulings say of acts, cast members and reports, to look up."""

    actors: dict[tuple[str, int], str] = field(repr=False)
    incidents: dict[str, str]
    copies: dict[str, str]
    rulings: dict[str, Ruling] = field(repr=False)


def rows(view: RecordView, options: ExportOptions) -> Iterator[tuple[Table, Plain]]:
    """Every row of an export, with the table it belongs to.

    Args:
        view: the record, narrowed to what is exported.
        options: what was asked for by name.

    Yields:
        Rows report by report (in the order of their ids; within one, acts by id, figures by
        place), then incidents and actors by id. `texts` rows hold `id` and `text`.
    """
    links = view.links()
    linked = _look_up(links, view)
    masks = view.masks()
    names = Names(masks)
    for report, coding in view.coded_reports():
        showing = show(report, contacts=options.contacts, masks=masks)
        yield "texts", {"id": report.id, "text": showing.text}
        yield "reports", _report(report, coding, linked, options, showing)
        if coding is not None:
            for member in coding.cast:
                for name in (member.name, *member.forms):
                    names.note(name, showing)
            yield from _coded(report, coding, linked, showing)
    for incident in sorted(links.incidents, key=lambda i: i.id):
        yield "incidents", values.incident(incident, names)
    former = view.former_ids()
    for actor in sorted(links.actors, key=lambda a: a.id):
        yield "actors", values.actor(actor, sorted(former.get(actor.id, ())), names)


def _look_up(links: Links, view: RecordView) -> Linked:
    return Linked(
        {member: actor.id for actor in links.actors for member in actor.members},
        {act: incident.id for incident in links.incidents for act in incident.acts},
        {copy.report: copy.original for copy in links.copies if copy.relation == "copy"},
        spoken(tuple(view.rulings())),
    )


def _report(
    report: Report, coding: Coding | None, linked: Linked, options: ExportOptions, showing: Showing
) -> Plain:
    known = {
        name: getattr(report, name) for name in ("language", "publisher", "published", "place")
    }
    row: Plain = {
        "id": report.id,
        "name": showing.say(report.name),
        "sha256": report.sha256,
        "media_type": report.media_type,
        **{name: showing.say(one.value) or None for name, one in known.items()},
        "origin": {name: values.standing_on(one, showing) for name, one in known.items()},
        "passages": [values.passage(one) for one in report.passages],
        "affiliations": [values.affiliation(a, showing) for a in coding.affiliations]
        if coding
        else [],
        "coded": coding is not None,
        "copy_of": linked.copies.get(report.id),
    }
    if options.contacts:
        row["contacts"] = [
            {"kind": contact.kind.value, **showing.quote(contact.anchor)}
            for contact in report.contacts
        ]
    return row


def _coded(
    report: Report, coding: Coding, linked: Linked, showing: Showing
) -> Iterator[tuple[Table, Plain]]:
    for act in sorted(coding.acts, key=lambda a: a.id):
        yield "acts", _act(act, report, coding, linked, showing)
    for appeal in sorted(coding.appeals, key=lambda a: a.act_id):
        yield "appeals", values.appeal(appeal, showing)
    for entry in sorted(coding.designations, key=lambda d: (d.act_id, d.organisation)):
        yield "registers", values.designation(entry, showing)
    about = {"id": report.id, "name": showing.say(report.name)}
    for figure in sorted(coding.figures, key=lambda f: (f.anchor, f.value)):
        yield "figures", values.figure(figure, about, showing)


def _act(act: Act, report: Report, coding: Coding, linked: Linked, showing: Showing) -> Plain:
    around = values.Around(
        report={
            "id": report.id,
            "name": showing.say(report.name),
            "publisher": showing.say(report.publisher.value) or None,
            "published": report.published.value or None,
        },
        actors=[
            None if one.cast is None else linked.actors.get((report.id, one.cast))
            for one in act.involvements
        ],
        incident=linked.incidents.get(act.id),
        coder=coding.coder,
        codebook=coding.codebook,
        ruling=linked.rulings.get(act.id),
    )
    return values.act(act, around, showing)
