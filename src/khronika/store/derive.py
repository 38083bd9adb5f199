"""Rows of the tables from kept files: pure, so that `rebuild` and `verify` can repeat it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from khronika.model.acts import Coding
from khronika.model.links import Actor, Incident, Ruling
from khronika.model.plain import from_plain
from khronika.store.derive_coding import coding_rows
from khronika.store.derive_report import report_rows
from khronika.store.link_parts import actors_of, copies_of, incidents_of
from khronika.store.spans import first_and_last, packed
from khronika.text.lemmas import folded

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]
Part = Callable[[str], bytes | None]


def rows(subject: str, part: Part) -> Rows:
    """Every derived row of one subject: the table's name and the row.

    Args:
        subject: a report's or ruling's id, "links", "codebook", or what a tombstone stands for.
        part: the bytes of a kept part of the subject, or None.
    """
    grave = part("tombstone")
    if grave is not None:
        yield "tombstone", {"subject": subject, **json.loads(grave)}
    if subject.startswith("rpt_"):
        yield from _of_report(part)
    elif subject == "links":
        yield from links_rows(part)
    elif (ruling := part("ruling")) is not None:
        yield from _of_ruling(from_plain(json.loads(ruling), Ruling))


def _of_report(part: Part) -> Rows:
    kept, text = part("report"), part("text")
    if kept is None or text is None:
        return  # withdrawn
    coded = part("coding")
    coding = from_plain(json.loads(coded), Coding) if coded is not None else None
    yield from report_rows(json.loads(kept), text.decode(), coding)
    if coding is not None:
        yield from coding_rows(coding)


def links_rows(part: Part) -> Rows:
    """Actors and incidents with what belongs to them, and which report copies which."""
    for actor in actors_of(part):
        yield "actor", _actor_row(actor)
        for report, cast in actor.members:
            yield "member", {"report_id": report, "cast": cast, "actor_id": actor.id}
        for each in actor.former_ids:
            yield "former", {"id": each, "actor_id": actor.id}
    for incident in incidents_of(part):
        yield from _incident_rows(incident)
    for one in copies_of(part):
        yield (
            "copy",
            {
                "report_id": one.report,
                "original": one.original,
                "relation": one.relation,
                "share": float(one.share),
            },
        )


def _actor_row(actor: Actor) -> Row:
    return {
        "id": actor.id,
        "type": actor.type.value,
        "caption": actor.caption,
        "folded": folded(" / ".join(actor.names)),
        "names": packed(actor.names),
        "countries": packed(actor.countries),
        "roles": packed(actor.roles),
        "reports": packed(actor.reports),
        "why": packed(actor.why),
        "mentions": actor.mentions,
    }


def _incident_rows(incident: Incident) -> Rows:
    when_from, when_to = first_and_last(incident.when)
    yield (
        "incident",
        {
            "id": incident.id,
            "kind": incident.kind,
            "modality": incident.modality.value,
            "when_edtf": incident.when,
            "when_from": when_from,
            "when_to": when_to,
            "places": packed(incident.where),
            "countries": packed(incident.countries),
            "victims": packed(incident.victims),
            "perpetrators": packed(incident.perpetrators),
            "reports": packed(incident.reports),
            "why": packed(incident.why),
            "independent_sources": incident.independent_sources,
        },
    )
    for idx, act in enumerate(incident.acts):
        yield "incident_act", {"act_id": act, "incident_id": incident.id, "idx": idx}
    for idx, each in enumerate(incident.contradictions):
        told = [{"value": t.value, "acts": list(t.acts)} for t in each.values]
        row = {"incident_id": incident.id, "idx": idx, "attribute": each.attribute}
        yield "contradiction", {**row, "told": packed(told)}
    for idx, related in enumerate(incident.related):
        row = {"incident_id": incident.id, "idx": idx, "other": related.incident}
        yield "relation", {**row, "relation": related.relation}


def _of_ruling(ruling: Ruling) -> Rows:
    yield (
        "ruling",
        {
            "id": ruling.id,
            "verb": ruling.verb,
            "ids": packed(ruling.ids),
            "reviewer": ruling.reviewer,
            "time": ruling.time,
            "why": ruling.why,
        },
    )


def grouped(found: Iterable[tuple[str, Row]]) -> Mapping[str, list[Row]]:
    """Rows by table, in the order they came."""
    tables: dict[str, list[Row]] = {}
    for table, row in found:
        tables.setdefault(table, []).append(row)
    return tables
