"""Rows of the record as JSON data, in the shapes of the interchange format."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from khronika.model.links import Actor
from khronika.publish import values
from khronika.publish.showing import VERBATIM, Names
from khronika.workflows.rows import (
    ActorWhy,
    ActRow,
    AppealRow,
    ConflictRow,
    CopyRow,
    DesignationRow,
    Excerpt,
    FigureRow,
    Hit,
    IncidentRow,
    IncidentWhy,
    NearActor,
    NearIncident,
    ReportRow,
    Shown,
    ShownAct,
    ShownActor,
    ShownIncident,
    Unsure,
)

if TYPE_CHECKING:
    from khronika.linking.explained import Near

Plain = dict[str, Any]
EVERY_NAME = Names()  # it hides none: what is looked at stays in the record


def report(row: ReportRow) -> Plain:
    """A report without its text."""
    return {
        "id": row.id,
        "name": row.name,
        "publisher": row.publisher or None,
        "published": row.published or None,
        "place": row.place or None,
        "language": row.language or None,
        "media_type": row.media_type,
        "coded": row.coded,
        "acts": row.acts,
        "copy_of": row.copy_of or None,
        "flags": list(row.flags),
    }


def about(row: ReportRow) -> Plain:
    """A report as an act names it."""
    return {
        "id": row.id,
        "name": row.name,
        "publisher": row.publisher or None,
        "published": row.published or None,
    }


def act(row: ActRow) -> Plain:
    """An act as `acts.jsonl` has it."""
    around = values.Around(
        report=about(row.report),
        actors=row.actors,
        incident=row.incident,
        coder=row.coder,
        codebook=row.codebook,
        ruling=row.ruling,
    )
    return values.act(row.act, around, VERBATIM)


def incident(row: IncidentRow) -> Plain:
    """An incident as `incidents.jsonl` has it."""
    return values.incident(row.incident, EVERY_NAME)


def actor(one: Actor) -> Plain:
    """An actor as `actors.jsonl` has it, without former ids."""
    return values.actor(one, [], EVERY_NAME)


def conflict(row: ConflictRow) -> Plain:
    """A contradiction with its incident and the tellings that it names."""
    return {
        "incident": row.incident.id,
        "kind": row.incident.kind,
        "when": row.incident.when or None,
        **values.contradiction(row.contradiction, EVERY_NAME),
        "tellings": [act(telling) for telling in row.tellings],
    }


def appeal(row: AppealRow) -> Plain:
    """An appeal as `appeals.jsonl` has it, with its report."""
    return values.appeal(row.appeal, VERBATIM) | {"report": about(row.report)}


def designation(row: DesignationRow) -> Plain:
    """An entry of a register as `registers.jsonl` has it, with its report."""
    return values.designation(row.designation, VERBATIM) | {"report": about(row.report)}


def figure(row: FigureRow) -> Plain:
    """A figure as `figures.jsonl` has it."""
    return values.figure(row.figure, about(row.report), VERBATIM)


def hit(row: Hit) -> Plain:
    """A passage that a search found; `marks` are ranges of `text`."""
    return {
        "report": about(row.report),
        "role": row.role,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "marks": [list(mark) for mark in row.marks],
        "acts": list(row.acts),
    }


def copied(row: CopyRow) -> Plain:
    """How another report and the one shown repeat each other, and where, in code points."""
    return {
        "report": about(row.report),
        "relation": row.relation,
        "original": "the other" if row.from_it else "this",
        "share": row.share,
        "passages": [
            {
                "start": each.one.start,
                "end": each.one.end,
                "other_start": each.other.start,
                "other_end": each.other.end,
                "words": each.words,
            }
            for each in row.passages
        ],
    }


def shown(thing: Shown, *, why: bool) -> Plain:
    """One thing whole."""
    from khronika.model.plain import to_plain

    match thing:
        case ShownAct():
            made = act(thing.row)
            made["coded"] = None if thing.coded is None else to_plain(thing.coded)
        case ShownIncident():
            made = values.incident(thing.incident, EVERY_NAME)
            made["tellings"] = [shown(telling, why=why) for telling in thing.tellings]
        case ShownActor():
            made = actor(thing.actor)
            made["acts"] = [act(row) for row in thing.acts]
            made["listed"] = list(thing.listed)
        case _:
            made = report(thing.row)
            made["told"] = [act(row) for row in thing.acts]
            made["origins"] = list(thing.origins)
            made["copies"] = [copied(row) for row in thing.copies]
    made["rulings"] = [to_plain(each) for each in thing.rulings]
    return made | (_reasons(thing) if why else {})


def _reasons(thing: Shown) -> Plain:
    """Why it was coded or joined so; of an act, the path of each filler and what was left."""
    said: Plain = {"why": list(thing.why)}
    if isinstance(thing, ShownIncident) and thing.explained is not None:
        said["explained"] = _incident_why(thing.explained)
    if isinstance(thing, ShownActor) and thing.explained is not None:
        said["explained"] = _actor_why(thing.explained)
    if isinstance(thing, ShownAct):
        one = thing.row.act
        said["rule"], said["evidence"] = one.rule, list(one.evidence)
        said["paths"] = [list(each.path) for each in one.involvements]
        said["left"] = [asdict(each) for each in thing.left]
    return said


def _incident_why(found: IncidentWhy) -> Plain:
    return {
        "links": [asdict(link) for link in found.links],
        "sources": [asdict(source) for source in found.sources],
        "near": [near_incident(each) for each in found.near],
        "quotes": {act: row.act.quote.exact for act, row in sorted(found.acts.items())},
    }


def near_incident(each: NearIncident) -> Plain:
    """An incident that was near another, what speaks for it and against it."""
    return {"incident": each.id, **_near(each.near), "act": act(each.row)}


def _actor_why(found: ActorWhy) -> Plain:
    return {
        "members": [{"report": about(row), "alone": alone} for row, alone in found.members],
        "spellings": [
            {**asdict(row.spelling), "quote": _excerpt(row.excerpt)} for row in found.spellings
        ],
        "links": [asdict(link) for link in found.links],
        "near": [near_actor(each) for each in found.near],
    }


def near_actor(each: NearActor) -> Plain:
    """An actor that was near another, what speaks for it and against it."""
    quotes = [_excerpt(each.one), _excerpt(each.other)]
    return {"actor": each.id, "caption": each.caption, **_near(each.near), "quotes": quotes}


def _near(near: "Near") -> Plain:
    return {
        "one": near.one,
        "other": near.other,
        "band": near.band.value,
        "weight": near.weight,
        "for": [asdict(each) for each in near.evidence],
        "against": {"says": near.against, "part": near.part or None, "of": list(near.pair)},
    }


def _excerpt(excerpt: Excerpt | None) -> Plain | None:
    if excerpt is None:
        return None
    words = {"before": excerpt.before, "exact": excerpt.exact, "after": excerpt.after}
    return {"report": about(excerpt.report), **words}


def unsure(found: Unsure) -> Iterator[Plain]:
    """What a person should decide, an object each."""
    for one, actor_ in found.actors:
        yield {"sort": "actor", "of": one, **near_actor(actor_)}
    for one, each in found.incidents:
        quote = found.acts[each.near.one].act.quote.exact
        yield {"sort": "incident", "of": one, **near_incident(each), "quote": quote}
    for ruling, gone in found.waiting:
        ids = {"ruling": ruling.id, "verb": ruling.verb, "ids": list(ruling.ids)}
        yield {"sort": "waiting", **ids, "gone": list(gone)}
