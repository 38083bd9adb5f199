"""Values of the record as plain JSON data, in the shapes of the interchange format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from khronika.model.acts import (
    Act,
    Affiliation,
    Appeal,
    Count,
    Designation,
    Figure,
    Involvement,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.ids import short_id
from khronika.model.links import Actor, Contradiction, Incident, Ruling
from khronika.model.reports import Known, Passage
from khronika.publish.masks import MASK
from khronika.publish.showing import Names, Showing

Plain = dict[str, Any]


def quoted(anchor: Anchor | None, showing: Showing) -> Plain | None:
    """An anchor, or null."""
    return None if anchor is None else showing.quote(anchor)


def standing_on(known: Known, showing: Showing) -> Plain:
    """What a value of a report stands on: its quotation, else the basis in words."""
    if known.anchor is not None:
        return showing.quote(known.anchor)
    return {"basis": showing.say(known.basis)}


def passage(one: Passage) -> Plain:
    """A passage's role and range."""
    row: Plain = {"role": one.role.value, "start": one.span.start, "end": one.span.end}
    if one.repeat_of is not None:
        row["repeat_of"] = one.repeat_of
    return row


def affiliation(one: Affiliation, showing: Showing) -> Plain:
    """A person's role in an organisation, with its quotation."""
    return {
        "person": showing.say(one.person),
        "role": showing.say(one.role),
        "organisation": showing.say(one.organisation),
        **showing.quote(one.anchor),
    }


def count(one: Count | None) -> Plain | None:
    """How many; `approximate` only where it is so."""
    if one is None:
        return None
    row: Plain = {"least": one.least, "most": one.most}
    return row | ({"approximate": True} if one.approximate else {})


def involvement(one: Involvement, actor: str | None, showing: Showing) -> Plain:
    """An actor in a role, with the quotation or the basis."""
    row: Plain = {
        "role": one.role.value,
        "name": showing.say(one.name),
        "actor": actor,
        "count": count(one.count),
        "age": one.age,
        "basis": one.basis or None,
        "confidence": one.confidence,
    }
    return row | (quoted(one.anchor, showing) or {})


def when(one: When, showing: Showing) -> Plain:
    """A date, with the words that it stands on or why there is none."""
    row: Plain = {
        "edtf": one.edtf,
        "basis": one.basis,
        "flags": list(one.flags),
        "confidence": one.confidence,
    }
    return row | (quoted(one.anchor, showing) or {})


def where(one: Where, showing: Showing) -> Plain:
    """A place as printed, and which one it is if that is certain."""
    return {
        "name": showing.say(one.name),
        "place": one.place or None,
        "country": one.country or None,
        "geonameid": one.geonameid,
        "confidence": one.confidence,
        **showing.quote(one.anchor),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What an act does not say by itself.

    Attributes:
        report: id, name, publisher and date of the report.
        actors: ids of the actors of the act's involvements, in their order.
        incident: id of the incident.
        coder: name and version of the coder.
        codebook: digest of the codebook.
        ruling: the ruling that stands for the act.
    """

    report: Plain
    actors: Sequence[str | None]
    incident: str | None
    coder: str
    codebook: str
    ruling: Ruling | None


def act(one: Act, around: Around, showing: Showing) -> Plain:
    """An act with all that is known around it."""
    involved = zip(one.involvements, around.actors, strict=True)
    ruling = around.ruling
    return {
        "id": one.id,
        "report": around.report,
        "kind": one.kind,
        "modality": one.modality.value,
        "quote": showing.quote(one.quote),
        "involvements": [involvement(who, actor_id, showing) for who, actor_id in involved],
        "when": when(one.when, showing),
        "where": [where(place, showing) for place in one.where],
        "what": quoted(one.what, showing),
        "reason": quoted(one.reason, showing),
        "penalty": quoted(one.penalty, showing),
        "demands": [showing.quote(demand) for demand in one.demands],
        "response": quoted(one.response, showing),
        "listed": one.listed and {"stated": one.listed.stated, "named": one.listed.named},
        "incident": around.incident,
        "confidence": round(one.confidence, 4),
        "coder": around.coder,
        "codebook": around.codebook,
        # the reviewer's name and reason may be personal: they stay in the record
        "ruling": ruling and {"id": ruling.id, "verb": ruling.verb},
    }


def appeal(one: Appeal, showing: Showing) -> Plain:
    """An open letter, petition or call."""
    return {
        "id": short_id("apl_", {"act": one.act_id}),
        "act": one.act_id,
        "kind": one.kind,
        "signatories": [
            {"name": showing.say(s.name), "country": s.country or None, **showing.quote(s.anchor)}
            for s in one.signatories
        ],
        "signatory_count": count(one.signatory_count),
        "signatory_countries": list(one.signatory_countries),
        "addressees": [showing.say(name) for name in one.addressees],
        "demands": [showing.quote(demand) for demand in one.demands],
        "delivered": one.delivered or None,
        "response": showing.say(one.response) or None,
    }


def designation(one: Designation, showing: Showing) -> Plain:
    """One entry in the history of an official list."""
    return {
        "register": showing.say(one.register),
        "authority": showing.say(one.authority),
        "organisation": showing.say(one.organisation),
        "designation": one.designation,
        "when": one.when or None,
        "reason": showing.say(one.reason) or None,
        "act": one.act_id,
    }


def figure(one: Figure, report: Plain, showing: Showing) -> Plain:
    """An attributed quantity."""
    return {
        "report": report,
        "value": one.value,
        "approximate": one.approximate,
        "least": one.least,
        "most": one.most,
        "what": showing.say(one.what),
        "said_by": [showing.say(name) for name in one.said_by],
        **showing.quote(one.anchor),
    }


def incident(one: Incident, names: Names) -> Plain:
    """Acts judged to be one occurrence."""
    return {
        "id": one.id,
        "kind": one.kind,
        "acts": list(one.acts),
        "modality": one.modality.value,
        "when": one.when or None,
        "where": list(one.where),
        "victims": [names.say(name) for name in one.victims],
        "perpetrators": [names.say(name) for name in one.perpetrators],
        "reports": list(one.reports),
        "independent_sources": one.independent_sources,
        "contradictions": [contradiction(c, names) for c in one.contradictions],
        "related": [{"incident": r.incident, "relation": r.relation} for r in one.related],
    }


def contradiction(one: Contradiction, names: Names) -> Plain:
    """Tellings that cannot all hold."""
    values = [{"value": names.say(told.value), "acts": list(told.acts)} for told in one.values]
    return {"attribute": one.attribute, "values": values}


def actor(one: Actor, former: list[str], names: Names) -> Plain:
    """A person, organisation, authority, group or country across reports."""
    hidden = one.id in names.masks.actors
    return {
        "id": one.id,
        "type": one.type.value,
        "names": [name for name in one.names if not hidden and names.may_show(name)],
        "caption": MASK * len(one.caption) if hidden else names.say(one.caption),
        "countries": list(one.countries),
        "roles": list(one.roles),
        "reports": list(one.reports),
        "mentions": one.mentions,
        "former_ids": former,
    }
