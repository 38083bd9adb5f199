"""An invented record: short reports of invented publishers on invented people, really linked.

A report tells of each person in one sentence: who, what, where, when. The coder reads just that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

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
from khronika.model.ids import act_id
from khronika.model.reports import Report
from khronika.workflows.build import Effort
from khronika.workflows.record import Record
from workflows.toys import a_capture, linking_parts

WHO = r"((?:[A-Z]\w*)(?: [A-Z]\w*)?|[Tt]hree drivers|the Tern Society)"
SENTENCE = re.compile(
    rf"(?:^|(?<=\.\s))(?:[A-Z][^.\n]*?, )??{WHO}"
    r" (was|was nearly|was reportedly not) (arrested|fined)"
    r"(?: in (\w+) \((\w\w)\))?(?: (?:on|in) (\d{4}(?:-\d\d(?:-\d\d)?)?))?"
    r"(?:, says ([A-Z][\w ]+))?(?:, [a-z][^.\n]*)?\."
)
KINDS = {"arrested": "arrest", "fined": "fine"}
SURELY = {
    "was": Modality.OCCURRED,
    "was nearly": Modality.ATTEMPTED,
    "was reportedly not": Modality.DENIED,
}

# Names far from each other, so that linking is sure of them.
GIVEN = (
    *("Abelard", "Bettina", "Casimir", "Dorothea", "Eustace", "Florence", "Gottfried", "Henrietta"),
    *("Isidore", "Jocasta", "Konstantin", "Leocadia", "Maximilian", "Nicolette", "Octavian"),
    *("Philippa", "Quentin", "Rosalind", "Sebastian", "Theodora", "Ulrich", "Veronique"),
    *("Wolfgang", "Xanthippe", "Yolanda", "Zacharias"),
)
FAMILY = (
    *("Brackwater", "Crannogate", "Dunlinfoot", "Emberholt", "Fallowmere", "Gritstone"),
    *("Hawthwaite", "Inglesmoor", "Juniperby", "Kestrelham", "Larkspindle", "Mossgarth"),
    *("Nettlecombe", "Ospreydale", "Plovermead", "Quillhampton", "Ravensworthy", "Sparrowick"),
)


def name(number: int) -> str:
    """The name of one of 468 invented people."""
    family = (number % len(GIVEN) + number // len(GIVEN)) % len(FAMILY)
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[family]}"


# What each publisher's sentences have of their own, so that nobody seems to copy.
MANNERS = (
    (
        "Before the market of the old town had opened and the first trams ran, ",
        ", while two grey vans without plates stood at the corner of the bakers' lane",
    ),
    (
        "As a neighbour from the upper floor remembers the hour, the dog and the coats, ",
        ", and for nine days nobody at the desk would say which paragraph was meant",
    ),
    (
        "After weeks in which the family slept at the house of an uncle by the river, ",
        ", the third such visit to that street since the bridge was closed to carts",
    ),
    (
        "Without a warrant that any lawyer of the district bar has been shown so far, ",
        ", which a cousin learnt at the gate when she brought soap and a woollen blanket",
    ),
    (
        "On the road home from a funeral beyond the hills, where snow still lay, ",
        ", as a driver wrote to our office in a short note that says nothing else",
    ),
    (
        "Some time between the last bell of the school and supper, ",
        ", with a bandaged hand and without the insulin that doctors had prescribed",
    ),
    (
        "In front of the pupils of a choir who had come to sing carols, ",
        ", although the court of the upper district had lifted the order in autumn",
    ),
    (
        "Once the radio had read out the names of those it called guilty, ",
        ", as anyone could see from the windows of the tailor's shop across the yard",
    ),
)


def arrested(
    who: str, day: str = "2021-03-04", place: str = "Velmora (BY)", manner: int = 0
) -> str:
    """A sentence that tells of an arrest, in the manner of one of five publishers."""
    before, behind = MANNERS[manner]
    return f"{before}{who} was arrested in {place} on {day}{behind}."


class Reader:
    """Codes the sentences that `SENTENCE` describes."""

    name = "reader of invented reports 1"

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        return [_coding(report) for report in reports]


def reader_for(_language: str) -> Reader:
    return Reader()


def _coding(report: Report) -> Coding:
    cast: dict[str, list[Mention]] = {}
    acts = tuple(_act(report, found, cast) for found in SENTENCE.finditer(report.text))
    members = tuple(
        CastMember(
            index=index,
            name=who,
            type=_type(who),
            mentions=tuple(mentions),
        )
        for index, (who, mentions) in enumerate(cast.items())
    )
    return Coding(report_id=report.id, coder=Reader.name, codebook="1", acts=acts, cast=members)


def _type(who: str) -> ActorType:
    if who.lower().startswith("three"):
        return ActorType.GROUP
    return ActorType.ORGANISATION if who.startswith("the ") else ActorType.PERSON


def _act(report: Report, found: "re.Match[str]", cast: dict[str, list[Mention]]) -> Act:
    who, surely, done, place, country, day, voice = found.groups()
    anchor = Anchor.cut(report.text, *found.span(1))
    form = MentionForm.NAME if _type(who) is not ActorType.GROUP else MentionForm.DESCRIPTION
    cast.setdefault(who, []).append(Mention(anchor=anchor, form=form))
    victim = Involvement(
        role=Role.VICTIM, name=who, type=_type(who), anchor=anchor, cast=list(cast).index(who)
    )
    voices: tuple[Involvement, ...] = ()
    if voice:
        spoken = Anchor.cut(report.text, *found.span(7))
        voices = (
            Involvement(role=Role.SOURCE, name=voice, type=ActorType.ORGANISATION, anchor=spoken),
        )
    where: tuple[Where, ...] = ()
    if place:
        printed = Anchor.cut(report.text, *found.span(4))
        where = (Where(name=place, anchor=printed, place=place, country=country),)
    when = When()
    if day:
        when = When(edtf=day, anchor=Anchor.cut(report.text, *found.span(6)), basis="stated")
    kind = KINDS[done]
    return Act(
        id=act_id(report.id, kind, found.span(), found.span(3)),
        report_id=report.id,
        kind=kind,
        modality=SURELY[surely],
        quote=Anchor.cut(report.text, *found.span()),
        trigger=Anchor.cut(report.text, *found.span(3)),
        involvements=(victim, *voices),
        when=when,
        where=where,
    )


def a_record(folder: Path, reports: Iterable[tuple[str, str, Mapping[str, str]]]) -> Record:
    """A record of reports: name, text, and what is known of each (publisher, published)."""
    toys = linking_parts()
    steps = replace(toys.steps, coder_for=reader_for)
    record = Record.create(folder, replace(toys, steps=steps))
    captures = [a_capture(called, text, **known) for called, text, known in reports]
    record.add(captures, effort=Effort(small=len(captures) + 1))
    return record


def lists_of_people(
    told: Mapping[str, Iterable[int]], *, day: str = "2021-03-04", together: int = 1
) -> list[tuple[str, str, Mapping[str, str]]]:
    """Reports of each publisher on the people of its list, some in each."""
    return [
        (
            f"{publisher}-{some[0]}.txt",
            "\n".join(arrested(name(number), day, manner=manner % len(MANNERS)) for number in some),
            {"publisher": publisher, "published": f"2021-03-{5 + manner:02}"},
        )
        for manner, (publisher, numbers) in enumerate(told.items())
        for some in _by(together, list(numbers))
    ]


def _by(size: int, numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]
