"""FollowTheMoney entities, one JSON object a line, and reviewers' judgements beside them.

Reports are documents, actors persons and bodies, incidents events; a link says who took which part
in which event, with the quotation that says so. Contact data is never in it. Groups and people who
are only described ("two men") are no entities: nothing could tell them from others of that name.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from khronika.model.acts import Act, ActorType, Coding, Involvement, Modality, Role
from khronika.model.ids import short_id
from khronika.model.links import Actor, Incident, Links
from khronika.model.reports import Report
from khronika.publish.folder import ExportError, whole_folder
from khronika.publish.ftm_values import (
    alpha3,
    dates,
    is_company,
    is_name,
    printed,
    web_address,
)
from khronika.publish.jsonl import one_line
from khronika.publish.masks import MASK
from khronika.publish.nomenklatura import edges
from khronika.publish.showing import Names, Showing, show
from khronika.publish.values import Plain
from khronika.publish.view import ExportOptions, RecordView
from khronika.publish.wording import is_alleged

ENTITIES = "entities.ftm.json"
RESOLVER = "resolver.ijson"
NAMES = frozenset({ENTITIES, RESOLVER})
LONGEST_NAME = 384  # characters; FollowTheMoney takes no longer one
SCHEMATA = {
    ActorType.PERSON: "Person",
    ActorType.ORGANISATION: "Organization",
    ActorType.AUTHORITY: "PublicBody",
    ActorType.COUNTRY: "PublicBody",
}
DOERS = frozenset({Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR})
ALLEGED = "alleged perpetrator"


def write(view: RecordView, folder: Path, options: ExportOptions) -> None:
    """Write the record as FollowTheMoney entities into `folder`.

    Args:
        view: the record, narrowed to what is exported.
        folder: made whole or not at all; an earlier export there is replaced.
        options: what was asked for by name.

    Raises:
        ExportError: contact data was asked for, the folder holds other things, or the disk refused.
    """
    if options.contacts:
        raise ExportError(
            "A FollowTheMoney export holds no contact data.",
            remedy="leave --contacts out, or take another format.",
        )
    with whole_folder(folder, NAMES, overwrite=options.overwrite) as draft:
        with (draft / ENTITIES).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(one_line(entity) + "\n" for entity in entities(view))
        with (draft / RESOLVER).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in edges(view.rulings()))


def entities(view: RecordView) -> Iterator[Plain]:
    """Every entity: documents with their links, then events, actors and what documents them."""
    links = view.links()
    masks = view.masks()
    passing = _Passing(links, Names(masks))
    for report, coding in view.coded_reports():
        showing = show(report, contacts=False, masks=masks)
        yield passing.document(report, showing)
        if coding is not None:
            passing.note(coding, showing)
            yield from passing.links(report, coding, showing)
    shown = [a for a in sorted(links.actors, key=lambda a: a.id) if passing.may_show(a)]
    there = {actor.id for actor in shown}
    for incident in sorted(links.incidents, key=lambda i: i.id):
        yield passing.event(incident, there)
    for actor in shown:
        yield passing.actor(actor)
        for report_id in actor.reports:
            yield _entity(
                short_id("doc_", [actor.id, report_id]),
                "Documentation",
                document=[report_id],
                entity=[actor.id],
                role=["named in the report"],
            )


@dataclass(slots=True)
class _Passing:
    """What is known of all reports that passed so far."""

    all: Links = field(repr=False)
    names: Names
    actor_of: dict[tuple[str, int], str] = field(default_factory=dict, repr=False)
    incident_of: dict[str, str] = field(default_factory=dict)
    nameable: set[str] = field(default_factory=set)
    involved: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)  # publisher, address

    def __post_init__(self) -> None:
        for actor in self.all.actors:
            self.actor_of |= dict.fromkeys(actor.members, actor.id)
            if actor.type in SCHEMATA and any(map(is_name, actor.names)):
                self.nameable.add(actor.id)
        for incident in self.all.incidents:
            self.incident_of |= dict.fromkeys(incident.acts, incident.id)

    def note(self, coding: Coding, showing: Showing) -> None:
        """Remember which names a report shows."""
        for member in coding.cast:
            for name in (member.name, *member.forms):
                self.names.note(name, showing)

    def document(self, report: Report, showing: Showing) -> Plain:
        """A report."""
        publisher = showing.say(report.publisher.value)
        address = web_address(showing.say(report.url.value))
        self.sources[report.id] = publisher, address
        published, *_ = dates(report.published.value)
        return _entity(
            report.id,
            "Document",
            fileName=[showing.say(report.name)],
            title=[showing.say(report.title.value)],
            mimeType=[report.media_type],
            language=[alpha3(report.language.value)],
            publisher=[publisher],
            publishedAt=[published],
            sourceUrl=[address],
        )

    def links(self, report: Report, coding: Coding, showing: Showing) -> Iterator[Plain]:
        """Who took which part in which event, by each act of one report."""
        for act in sorted(coding.acts, key=lambda a: a.id):
            actors = {
                at: None if one.cast is None else self.actor_of.get((report.id, one.cast))
                for at, one in enumerate(act.involvements)
            }
            for at, actor in actors.items():
                name = showing.say(act.involvements[at].name)
                if actor is not None and actor in self.nameable and MASK not in name:
                    yield self._link(act, at, actors, showing)

    def _link(self, act: Act, at: int, actors: dict[int, str | None], showing: Showing) -> Plain:
        one, actor = act.involvements[at], actors[at] or ""
        event = self.incident_of.get(act.id, act.id)
        role = _role(act, one, actors)
        self.involved.setdefault(event, defaultdict(set))[role].add(actor)
        publisher, address = self.sources[act.report_id]
        day, first, last = dates(act.when.edtf)
        return _entity(
            short_id("lnk_", [act.id, at, one.role.value]),
            "UnknownLink",
            subject=[actor],
            object=[event],
            role=[role],
            status=[act.modality.value],
            date=[day],
            startDate=[first],
            endDate=[last],
            summary=[showing.quote(act.quote)["exact"]],
            description=[_stands(act, one, showing)],
            recordId=[act.id],
            proof=[act.report_id],
            publisher=[publisher],
            sourceUrl=[address],
        )

    def event(self, incident: Incident, there: set[str]) -> Plain:
        """An incident."""
        roles = self.involved.get(incident.id, {})
        makers = roles.get(Role.INTERVENER.value, set())
        others = {a for role, found in roles.items() if role != Role.SOURCE.value for a in found}
        day, first, last = dates(incident.when)
        victims = [name for name in incident.victims if self.names.may_show(name)]
        told = {self.sources[r] for r in incident.reports if r in self.sources}
        where = ", ".join(incident.where)
        name = ", ".join(filter(None, (incident.kind, " and ".join(victims[:3]), where, day)))
        return _entity(
            incident.id,
            "Event",
            name=[name[:LONGEST_NAME]],
            keywords=[incident.kind],
            summary=[] if incident.modality is Modality.OCCURRED else [incident.modality.value],
            description=[printed(incident.when)],
            notes=list(_notes(incident)),
            date=[day],
            startDate=[first],
            endDate=[last],
            location=list(incident.where),
            country=[code.lower() for code in incident.countries],
            organizer=sorted(makers & there),
            involved=sorted((others - makers) & there),
            proof=list(incident.reports),
            publisher=sorted({publisher for publisher, _ in told}),
            sourceUrl=sorted({address for _, address in told}),
        )

    def may_show(self, actor: Actor) -> bool:
        """True of an actor with a name that is shown."""
        return actor.id in self.nameable and bool(self._names(actor))

    def actor(self, actor: Actor) -> Plain:
        """A person or body: every name, the countries, in which roles the reports tell of them."""
        first, *others = self._names(actor)
        company = actor.type is ActorType.ORGANISATION and is_company(actor.names)
        return _entity(
            actor.id,
            "Company" if company else SCHEMATA[actor.type],
            name=[first],
            alias=others,
            country=[code.lower() for code in actor.countries],
        )

    def _names(self, actor: Actor) -> list[str]:
        """The names that are shown, the caption first."""
        hidden = actor.id in self.names.masks.actors
        found = () if hidden else dict.fromkeys((actor.caption, *actor.names))
        return [
            name
            for name in found
            if is_name(name)
            and len(name) <= LONGEST_NAME
            and MASK not in name
            and self.names.may_show(name)
        ]


def _role(act: Act, one: Involvement, actors: dict[int, str | None]) -> str:
    if one.role in DOERS:
        return ALLEGED if is_alleged(act, one, actors) else Role.PERPETRATOR.value
    return one.role.value


def _stands(act: Act, one: Involvement, showing: Showing) -> str:
    """Where it stands: '"Quill" at 20 to 25, quoted at 0 to 60 of the text of rpt_...'."""
    if one.anchor is None:
        who = showing.say(one.basis)
    else:
        who = f'"{showing.quote(one.anchor)["exact"]}" at {one.anchor.start} to {one.anchor.end}'
    return f"{who}; quoted at {act.quote.start} to {act.quote.end} of the text of {act.report_id}"


def _notes(incident: Incident) -> Iterator[str]:
    sources = incident.independent_sources
    yield f"{sources} independent source{'' if sources == 1 else 's'}"
    for one in incident.contradictions:
        yield f"the reports contradict each other: {one.attribute}"


def _entity(id_: str, schema: str, **properties: Sequence[str]) -> Plain:
    told = {key: [v for v in dict.fromkeys(values) if v] for key, values in properties.items()}
    return {
        "id": id_,
        "schema": schema,
        "properties": {key: found for key, found in told.items() if found},
    }
