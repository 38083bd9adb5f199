"""A small record of incidents: told twice, denied, contradicted, undated, in a chain, hostile."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from khronika.codebook.model import Codebook
from khronika.model.acts import (
    Act,
    ActorType,
    CastMember,
    Coding,
    Involvement,
    Mention,
    MentionForm,
    Modality,
    Role,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id, short_id
from khronika.model.links import Actor, Contradiction, Incident, Links, Ruling, Told
from khronika.model.reports import Report
from khronika.workflows.parts import Parts
from khronika.workflows.record import Record
from workflows.browsing.samples import MAIL, NASTY, a_read
from workflows.toys import a_capture, toy_parts

SENTENCE = re.compile(
    r"(?:(?P<denier>[A-Z]\w+ [A-Z]\w+) denied that )?"
    r"(?P<doer>Masked men|Guards|Police|masked men) (?P<what>arrested|freed|beat) "
    r"(?P<victim>[A-Z]\w+ [A-Z]\w+)"
    r"(?: in (?P<place>[A-Z]\w+))?(?: on (?P<date>\d{4}(?:-\d\d){0,2}))?"
    r"(?:, (?P<source>[A-Z]\w+ [A-Z]\w+) said)?[.,]"
)
KINDS = {"arrested": "arrest", "freed": "release", "beat": "assault"}
COUNTRIES = {"Orlev": "UA", "Velm": "KZ"}

TEXTS = {
    "bell.txt": (
        "In short.\n"
        f"Masked men arrested Ada Lark in Orlev on 2021-03-04, Bela Finch said. {MAIL}\n"
        f"CONTACT {MAIL}"
    ),
    "post.txt": "Masked men arrested Ada Lark in Orlev on 2021-03-05.",
    "gazette.txt": "Police freed Ada Lark in Velm on 2021-04-01.",
    "denial.txt": "Colonel Reed denied that masked men arrested Ada Lark in Orlev.",
    "undated.txt": "Masked men beat Cyr Dove.",
    "old.txt": "Guards beat Dot Wren on 2019.",
    "nasty.txt": f"{NASTY}\nGuards arrested Eve Rook in Velm on 2020-12-31, {NASTY}",
}
PUBLISHED = {"bell.txt": "2021-03-05", "post.txt": "2021-03-07", "gazette.txt": "2021-04-02"}
PUBLISHERS = {
    "bell.txt": "The Bell",
    "post.txt": "Evening Post",
    "gazette.txt": "Court Gazette",
    "denial.txt": "Evening Post",
    "nasty.txt": NASTY,
}


class ChronicleCoder:
    name = "chronicle 1"

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        return [_coding(report) for report in reports]


def _coding(report: Report) -> Coding:
    cast: dict[str, tuple[int, ActorType, list[Mention]]] = {}
    acts = tuple(_act(report, found, cast) for found in SENTENCE.finditer(report.text))
    members = tuple(
        CastMember(index=index, name=name, type=type_, mentions=tuple(mentions))
        for name, (index, type_, mentions) in cast.items()
    )
    return Coding(
        report_id=report.id, coder=ChronicleCoder.name, codebook="toy", acts=acts, cast=members
    )


def _act(report: Report, found: re.Match[str], cast: dict[str, Any]) -> Act:
    kind = KINDS[found["what"]]

    def at(name: str) -> Anchor:
        return Anchor.cut(report.text, *found.span(name))

    def who(name: str, role: Role, type_: ActorType) -> Involvement:
        index, _, mentions = cast.setdefault(found[name], (len(cast), type_, []))
        mentions.append(Mention(anchor=at(name), form=MentionForm.NAME))
        return Involvement(role=role, name=found[name], type=type_, anchor=at(name), cast=index)

    involved = [
        who("victim", Role.VICTIM, ActorType.PERSON),
        Involvement(
            role=Role.ALLEGED_PERPETRATOR,
            name=found["doer"],
            type=ActorType.GROUP,
            anchor=at("doer"),
        ),
    ]
    involved += [
        who(name, Role.SOURCE, ActorType.PERSON) for name in ("source", "denier") if found[name]
    ]
    return Act(
        id=act_id(report.id, kind, found.span(), found.span("what")),
        report_id=report.id,
        kind=kind,
        modality=Modality.DENIED if found["denier"] else Modality.OCCURRED,
        quote=Anchor.cut(report.text, *found.span()),
        trigger=at("what"),
        involvements=tuple(involved),
        when=When(edtf=found["date"], anchor=at("date"), basis="stated")
        if found["date"]
        else When(basis="no date near it"),
        where=(Where(name=found["place"], anchor=at("place"), country=COUNTRIES[found["place"]]),)
        if found["place"]
        else (),
    )


def _link(
    facts: Sequence[Any], codings: Sequence[Coding], rulings: Sequence[Ruling], book: Codebook
) -> Links:
    people: dict[str, list[tuple[str, int]]] = {}
    told: dict[tuple[str, str], list[Act]] = {}
    rejected = {each for ruling in rulings if ruling.verb == "reject" for each in ruling.ids}
    for coding in codings:
        for member in coding.cast:
            people.setdefault(member.name, []).append((coding.report_id, member.index))
        for act in coding.acts:
            if act.id not in rejected:
                told.setdefault((act.kind, act.involvements[0].name), []).append(act)
    actors = [
        Actor(
            id=short_id("per_", min(members)),
            type=ActorType.PERSON,
            names=(name,),
            caption=name,
            members=tuple(sorted(members)),
        )
        for name, members in people.items()
    ]
    incidents = [_incident(kind, acts, min(people[name])) for (kind, name), acts in told.items()]
    return Links(
        actors=tuple(sorted(actors, key=lambda each: each.id)),
        incidents=tuple(sorted(incidents, key=lambda each: each.id)),
    )


def _incident(kind: str, acts: Sequence[Act], victim: tuple[str, int]) -> Incident:
    dates = sorted({act.when.edtf for act in acts if act.when.edtf})
    places = {where.name: where.country for act in acts for where in act.where}
    return Incident(
        id=short_id("inc_", min(act.id for act in acts)),
        kind=kind,
        acts=tuple(sorted(act.id for act in acts)),
        modality=Modality.OCCURRED,
        when=dates[0] if dates else "",
        where=tuple(sorted(places)),
        countries=tuple(sorted(set(places.values()))),
        victim_members=(victim,),
        focal_members=(victim,),
        reports=tuple(sorted({act.report_id for act in acts})),
        independent_sources=min(2, len({act.report_id for act in acts})),
        contradictions=tuple(_contradictions(acts, dates)),
        why=("the same people",) if len(acts) > 1 else (),
    )


def _contradictions(acts: Sequence[Act], dates: Sequence[str]) -> Iterator[Contradiction]:
    denied = tuple(act.id for act in acts if act.modality is Modality.DENIED)
    if denied:
        others = tuple(act.id for act in acts if act.id not in denied)
        sides = (Told(value="occurred", acts=others), Told(value="denied", acts=denied))
        yield Contradiction(attribute="occurrence", values=sides)
    if len(dates) > 1:
        yield Contradiction(
            attribute="when",
            values=tuple(
                Told(value=date, acts=tuple(a.id for a in acts if a.when.edtf == date))
                for date in dates
            ),
        )


def _coder_for(_language: str) -> ChronicleCoder:
    return ChronicleCoder()


def parts() -> Parts:
    """Steps that find what the sentences above tell."""
    made = toy_parts()
    steps = replace(made.steps, read=a_read, coder_for=_coder_for)
    return replace(made, steps=steps, link=_link)


def a_chronicle(path: Path) -> Record:
    """The record with every sample."""
    record = Record.create(path, parts())
    captures = []
    for name, text in TEXTS.items():
        known = {"publisher": PUBLISHERS.get(name, ""), "published": PUBLISHED.get(name, "")}
        captures.append(a_capture(name, text, **{key: each for key, each in known.items() if each}))
    record.add(captures)
    return record


def many_tellings(path: Path, number: int) -> Record:
    """A record with one incident that very many reports tell."""
    record = Record.create(path, parts())
    record.add(
        [
            a_capture(
                f"{n}.txt", f"Report {n}.\nGuards beat Dot Wren in Velm on 2020-05-{n % 28 + 1:02}."
            )
            for n in range(number)
        ]
    )
    return record
