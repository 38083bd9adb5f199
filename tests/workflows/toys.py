"""Toy steps: small, fast, and importable by worker processes."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from khronika import linking
from khronika.codebook.model import Codebook
from khronika.ingest.captures import Capture, Refusal
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
)
from khronika.model.anchors import Anchor, Span
from khronika.model.ids import act_id, report_id, sha256, short_id
from khronika.model.links import Actor, Incident, Links, Ruling
from khronika.model.reports import Extracted, Known, Origin, Passage, PassageRole, Report
from khronika.store.store import Chance
from khronika.workflows.parts import Parts, Steps

SENTENCE = re.compile(r"(\w+ \w+) was (arrested|fined) on (\d{4}-\d\d-\d\d)\.")
KINDS = {"arrested": "arrest", "fined": "fine"}


class ToyExtractor:
    def extract(self, capture: Capture) -> Extracted | Refusal:
        if not capture.data:
            return Refusal(name=capture.name, problem="It is empty.", remedy="leave it out.")
        if capture.data.startswith(b"die"):
            import os

            os._exit(9)
        digest = sha256(capture.data)
        return Extracted(
            id=report_id(digest),
            sha256=digest,
            media_type=capture.media_type,
            encoding="utf-8",
            text=capture.data.decode(),
            origin=capture.origin,
        )


@contextmanager
def toy_extractor() -> Iterator[ToyExtractor]:
    yield ToyExtractor()


def toy_read(extracted: Extracted) -> Report:
    text = extracted.text
    passages = tuple(
        Passage(span=Span(*found.span()), role=PassageRole.BODY)
        for found in re.finditer(r"[^\n]+", text)
    )
    russian = bool(re.search("[а-я]", text))
    return Report(
        id=extracted.id,
        name=extracted.origin.name,
        sha256=extracted.sha256,
        media_type=extracted.media_type,
        encoding=extracted.encoding,
        text=text,
        language=Known(value="ru" if russian else "en", basis="its letters"),
        title=Known(),
        publisher=extracted.origin.publisher,
        published=extracted.origin.published,
        place=Known(),
        url=extracted.origin.url,
        passages=passages,
    )


class ToyCoder:
    name = "toy 1"

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        return [self._one(report) for report in reports]

    def _one(self, report: Report) -> Coding:
        acts: list[Act] = []
        cast: dict[str, list[Mention]] = {}
        if "crash the coder" in report.text:
            raise RuntimeError
        for found in SENTENCE.finditer(report.text):
            name = found.group(1)
            who = Anchor.cut(report.text, *found.span(1))
            mention = Mention(anchor=who, form=MentionForm.NAME)
            cast.setdefault(name, []).append(mention)
            index = list(cast).index(name)
            trigger = Anchor.cut(report.text, *found.span(2))
            acts.append(
                Act(
                    id=act_id(report.id, KINDS[found.group(2)], found.span(), found.span(2)),
                    report_id=report.id,
                    kind=KINDS[found.group(2)],
                    modality=Modality.OCCURRED,
                    quote=Anchor.cut(report.text, *found.span()),
                    trigger=trigger,
                    involvements=(
                        Involvement(
                            role=Role.VICTIM,
                            name=name,
                            type=ActorType.PERSON,
                            anchor=who,
                            cast=index,
                        ),
                    ),
                    when=When(
                        edtf=found.group(3),
                        anchor=Anchor.cut(report.text, *found.span(3)),
                        basis="stated",
                    ),
                )
            )
        members = tuple(
            CastMember(index=index, name=name, type=ActorType.PERSON, mentions=tuple(mentions))
            for index, (name, mentions) in enumerate(cast.items())
        )
        return Coding(
            report_id=report.id, coder=self.name, codebook="toy", acts=tuple(acts), cast=members
        )


def toy_coder_for(language: str) -> ToyCoder | None:
    return ToyCoder() if language == "en" else None


def toy_facts(report: Report) -> dict[str, Any]:
    return {"id": report.id, "publisher": report.publisher.value}


def toy_link(
    facts: Sequence[dict[str, Any]],
    codings: Sequence[Coding],
    rulings: Sequence[Ruling],
    codebook: Codebook,
) -> Links:
    people: dict[str, list[tuple[str, int]]] = {}
    told: dict[tuple[str, str, str], list[Act]] = {}
    for coding in codings:
        for member in coding.cast:
            people.setdefault(member.name, []).append((coding.report_id, member.index))
        for act in coding.acts:
            name = act.involvements[0].name
            told.setdefault((act.kind, act.when.edtf, name), []).append(act)
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
    incidents = [
        Incident(
            id=short_id("inc_", min(act.id for act in acts)),
            kind=kind,
            acts=tuple(sorted(act.id for act in acts)),
            modality=Modality.OCCURRED,
            when=when,
            where=(),
            victims=(name,),
            victim_members=(min(people[name]),),
            focal_members=(min(people[name]),),
            reports=tuple(sorted({act.report_id for act in acts})),
        )
        for (kind, when, name), acts in told.items()
    ]
    return Links(
        actors=tuple(sorted(actors, key=lambda each: each.id)),
        incidents=tuple(sorted(incidents, key=lambda each: each.id)),
    )


def toy_parts() -> Parts:
    """Toy steps with a clock that stands still; salts count up."""
    count = iter(range(10**9))
    return Parts(
        steps=Steps(
            extractor=toy_extractor,
            read=toy_read,
            coder_for=toy_coder_for,
            facts=toy_facts,
            codebook=Codebook(kinds={}, classes={"people": frozenset({"man"})}, digest="toy"),
        ),
        link=toy_link,
        facts_type=None,
        chance=Chance(now=lambda: "2030-01-02T03:04:05Z", salt=lambda: f"{next(count):032x}"),
    )


def linking_parts() -> Parts:
    """The toy steps, but for linking, which is the real one."""
    toys = toy_parts()
    return replace(
        toys, link=linking.link, facts_type=linking.ReportFacts, engine=linking.ENGINE,
        steps=replace(toys.steps, facts=linking.facts_of),
    )  # fmt: skip


def a_capture(name: str, text: str, **origin: str) -> Capture:
    """A capture of a plain text, with what whoever added it says."""
    known = {key: Known(value=value, basis="given") for key, value in origin.items()}
    return Capture(
        name=name,
        data=text.encode(),
        media_type="text/plain",
        origin=Origin(name=name, **known),
    )


TEXTS = {
    "a.txt": "Ada Lark was arrested on 2021-03-04.\nShe had come home late.",
    "b.txt": "Ada Lark was arrested on 2021-03-04.\nBela Finch was fined on 2021-05-06.",
    "c.txt": "Bela Finch was fined on 2021-05-06.\nNothing else is known of the case files.",
    "d.txt": "Цезарь Дрозд был задержан.\nДела изъяты.",
}


def captures(*names: str) -> list[Capture | Refusal]:
    """The toy reports, all of them if none is named."""
    return [a_capture(name, TEXTS[name]) for name in names or TEXTS]


def every_byte(record: Path) -> dict[str, bytes]:
    """Each file of a record and what it holds."""
    return {
        str(path.relative_to(record)): path.read_bytes()
        for path in sorted(record.rglob("*"))
        if path.is_file()
    }
