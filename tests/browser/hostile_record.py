"""A record in which every field holds a payload: one report for each, coded by who knows it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from browser.payloads import PAYLOADS
from khronika.codebook.model import Codebook
from khronika.ingest.captures import Capture, Refusal
from khronika.model.acts import (
    Act,
    ActorType,
    Affiliation,
    Appeal,
    CastMember,
    Coding,
    Designation,
    Figure,
    Involvement,
    Mention,
    MentionForm,
    Modality,
    Role,
    Signatory,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction, Filler
from khronika.model.ids import act_id, report_id, sha256
from khronika.model.reports import Extracted, Known, Origin, Report
from khronika.workflows.build import Effort
from khronika.workflows.parts import Parts, real_parts
from khronika.workflows.record import Record
from khronika.workflows.ruling import Verb

BEGIN, END = "⟦", "⟧"  # around each payload in a text, so that its coder finds it again
# Of each act its kind, and at which payload of the text it begins.
KINDS = (("arrest", 1), ("forced-designation", 5), ("open-letter", 8))

SETS = 4  # of rulings, each with another part of the payloads


def text_of(number: int, payload: str) -> str:
    """A report that holds a payload wherever a name could stand."""
    said = f"{BEGIN}{payload}{END}"
    return (
        f"{said} in report {number}\n\n"
        f"{said} was arrested on 5 July 2018 in {said} by {said} over {said}.\n\n"
        f"{said} was listed as {said} on 6 July 2018 by {said}.\n\n"
        f"{said} wrote an open letter on 7 July 2018 to {said} for {said}.\n\n"
        f"Some 40 {said} were held, {said} says.\n"
    )


def capture(number: int, payload: str) -> Capture:
    """The same as received; its container, too, says nothing else."""

    def known(value: str) -> Known:
        return Known(value=value, basis=payload)

    origin = Origin(
        name=f"{payload[:900]} {number}.txt",
        url=known(payload),
        title=known(payload),
        publisher=known(payload),
        published=Known(value="2018-07-12", basis=payload),
        place=known(payload),
    )
    data = text_of(number, payload).encode()
    return Capture(name=origin.name, data=data, media_type="text/plain", origin=origin)


class PlainText:
    """Takes a capture's bytes for text."""

    def extract(self, capture: Capture) -> Extracted | Refusal:
        digest = sha256(capture.data)
        return Extracted(
            id=report_id(digest),
            sha256=digest,
            media_type="text/plain",
            encoding="utf-8",
            text=capture.data.decode(),
            origin=capture.origin,
            flags=(capture.origin.title.value,),
        )


@contextmanager
def plain_text() -> Iterator[PlainText]:
    yield PlainText()


@dataclass(frozen=True)
class HostileCoder:
    """Codes what stands between the marks; the rest of what it says is hostile, too."""

    name: str = "hostile 1.0"

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        return [self._code(report, codebook) for report in reports]

    def _code(self, report: Report, codebook: Codebook) -> Coding:
        found = _marked(report.text)
        said = found[0].exact
        acts = tuple(_act(report, kind, said, found[first : first + 4]) for kind, first in KINDS)
        cast = tuple(
            CastMember(
                index=at,
                name=said,
                type=sort,
                forms=(said,),
                description=said,
                mentions=(Mention(anchor=anchor, form=MentionForm.NAME),),
            )
            for at, (sort, anchor) in enumerate(zip(ActorType, found[1:], strict=False))
        )
        return Coding(
            report_id=report.id,
            coder=self.name,
            codebook=codebook.digest,
            acts=acts,
            cast=cast,
            figures=(_figure(report, said, found[-1]),),
            affiliations=(Affiliation(person=said, role=said, organisation=said, anchor=found[1]),),
            appeals=(_appeal(acts[2], said, found[8]),),
            designations=(_designation(acts[1], said),),
            given_by=said,
        )


def _marked(text: str) -> list[Anchor]:
    found, at = [], 0
    while (start := text.find(BEGIN, at)) >= 0:
        at = text.index(END, start)
        found.append(Anchor.cut(text, start + 1, at))
    return found


def _act(report: Report, kind: str, said: str, anchors: Sequence[Anchor]) -> Act:
    first, second, *more = anchors
    line = report.text.rfind("\n", 0, first.start) + 1
    quote = Anchor.cut(report.text, line, min(report.text.find("\n", line), line + 600))
    roles = (Role.VICTIM, Role.PERPETRATOR, Role.INTERVENER)
    return Act(
        id=act_id(report.id, kind, (quote.start, quote.end), (first.start, first.end)),
        report_id=report.id,
        kind=kind,
        modality=Modality.OCCURRED,
        quote=quote,
        trigger=first,
        involvements=tuple(
            Involvement(
                role=role, name=said, type=sort, anchor=second, cast=at, path=(said,), basis=said
            )
            for at, (role, sort) in enumerate(zip(roles, ActorType, strict=False))
        ),
        when=When(edtf="2018-07-05", basis=said, flags=(said,)),
        where=(Where(name=said, anchor=second, place=said, country="UA", path=(said,)),),
        what=second,
        reason=more[-1] if more else None,
        penalty=second,
        demands=tuple(more),
        response=second,
        rule=said[:200],
        confidence=0.5,
        evidence=(said,),
    )


def _figure(report: Report, said: str, anchor: Anchor) -> Figure:
    return Figure(
        report_id=report.id,
        value=40,
        approximate=True,
        least=None,
        most=None,
        what=said,
        said_by=(said,),
        anchor=anchor,
    )


def _appeal(act: Act, said: str, anchor: Anchor) -> Appeal:
    return Appeal(
        act_id=act.id,
        kind="open-letter",
        signatories=(Signatory(name=said, anchor=anchor, country=said[:2]),),
        signatory_countries=(said[:2],),
        addressees=(said,),
        demands=(anchor,),
        delivered="2018-07-07",
        response=said,
    )


def _designation(act: Act, said: str) -> Designation:
    return Designation(
        register=said,
        authority=said,
        organisation=said,
        designation="listed",
        when="2018-07-06",
        reason=said,
        act_id=act.id,
    )


def coder_for(_language: str) -> HostileCoder:
    """The coder of every language."""
    return HostileCoder()


def hostile_parts() -> Parts:
    """The real steps, but for the coder."""
    parts = real_parts()
    return replace(parts, steps=replace(parts.steps, extractor=plain_text, coder_for=coder_for))


def make(folder: Path) -> None:
    """Make the record, with rulings whose reviewers and reasons are payloads."""
    with Record.create(folder, hostile_parts()) as record:
        added = record.add(
            (capture(number, payload) for number, payload in enumerate(PAYLOADS)),
            effort=Effort(processes=1, small=len(PAYLOADS)),
        )
        assert not added.refused, added.refused[:3]
        assert added.added == len(PAYLOADS)
        _rule(record)


def _rule(record: Record) -> None:
    """One ruling of each sort, with a payload for whatever is typed into it."""
    rows = record.acts()
    for at in range(SETS):
        row, short = rows[2 * at], [p.replace("\x00", " ") for p in PAYLOADS[at::SETS]]
        said = " ".join(payload[:120].strip() for payload in short)[:1500].strip()
        by = short[at][:90].strip()
        verb: Verb = "accept" if at % 2 else "reject"
        record.rule(verb, [row.act.id], why=said, reviewer=by)
        record.note([row.act.id, row.report.id], said, reviewer=by)
        filler = Filler(name=said, basis=said)
        correction = Correction(
            modality=Modality.THREATENED, fillers={Role.VICTIM: (filler,), Role.SOURCE: (filler,)}
        )
        other = rows[2 * at + 1]
        record.correct(other.act.id, correction, why=said, reviewer=by)
        quote = other.act.quote
        added = AddedAct(
            kind="search", quote=quote, trigger=quote, fillers={Role.VICTIM: (filler,)}
        )
        record.add_act(other.report.id, added, why=said, reviewer=by)
        record.mark_sensitive([other.report.id], [quote], why=said, reviewer=by)


if __name__ == "__main__":
    import sys

    make(Path(sys.argv[1]))
