"""A small record by hand: invented people, one report with contact data, one not coded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.model.acts import (
    Act,
    ActorType,
    Affiliation,
    Appeal,
    CastMember,
    Coding,
    Count,
    Designation,
    Figure,
    Involvement,
    Listed,
    Mention,
    MentionForm,
    Modality,
    Role,
    Signatory,
    When,
    Where,
)
from khronika.model.anchors import Anchor, Span
from khronika.model.ids import act_id, report_id, sha256
from khronika.model.links import Actor, Contradiction, Copy, Incident, Links, Ruling, Told
from khronika.model.reports import (
    Contact,
    ContactKind,
    Known,
    Passage,
    PassageRole,
    Report,
)
from khronika.publish.masks import NONE, Masks

TEXT = (
    "Lawyer held in Velmora\n\n"
    "On 5 May 2021 police detained Odessa Quill, a lawyer, in Velmora\u2028for =SUM(A1) leaflets.\n"
    "Press contact: Tamsin Vey, tamsin@quill.example, +00 555 0199.\n"
    "Write to tamsin@quill.example for more.\n"
)
PLAIN = "Звіт без кодування.\n"


def anchor(text: str, words: str) -> Anchor:
    start = text.index(words)
    return Anchor.cut(text, start, start + len(words))


def a_report(
    text: str = TEXT, name: str = "held.txt", contacts: tuple[Contact, ...] = ()
) -> Report:
    digest = sha256(text.encode())
    return Report(
        id=report_id(digest),
        name=name,
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        text=text,
        language=Known(value="en", basis="letters and words"),
        title=Known(),
        publisher=Known(value="Velmora Watch", basis="given by whoever added it"),
        published=Known(value="2021-05-06", basis="given by whoever added it"),
        place=Known(basis="not stated"),
        url=Known(),
        passages=(Passage(span=Span(0, len(text.rstrip())), role=PassageRole.BODY),),
        contacts=contacts,
    )


def contact(kind: ContactKind, words: str, text: str = TEXT) -> Contact:
    return Contact(kind=kind, anchor=anchor(text, words))


CONTACTS = (
    contact(ContactKind.OWNER, "Tamsin Vey"),
    contact(ContactKind.EMAIL, "tamsin@quill.example"),
    contact(ContactKind.PHONE, "+00 555 0199"),
)


def an_act(report: Report, kind: str = "arrest", **changes: object) -> Act:
    quote = anchor(report.text, "On 5 May 2021 police detained Odessa Quill, a lawyer, in Velmora")
    trigger = anchor(report.text, "detained")
    given: dict[str, object] = {
        "id": act_id(report.id, kind, (quote.start, quote.end), (trigger.start, trigger.end)),
        "report_id": report.id,
        "kind": kind,
        "modality": Modality.OCCURRED,
        "quote": quote,
        "trigger": trigger,
        "involvements": (
            Involvement(
                role=Role.VICTIM,
                name="Odessa Quill",
                type=ActorType.PERSON,
                anchor=anchor(report.text, "Odessa Quill"),
                cast=0,
                count=Count(least=1, most=1),
            ),
            Involvement(
                role=Role.PERPETRATOR,
                name="police",
                type=ActorType.AUTHORITY,
                anchor=anchor(report.text, "police"),
            ),
            Involvement(
                role=Role.SOURCE,
                name="Velmora Watch",
                type=ActorType.ORGANISATION,
                anchor=None,
                basis="the report's publisher",
            ),
        ),
        "when": When(
            edtf="2021-05-05", anchor=anchor(report.text, "On 5 May 2021"), basis="stated"
        ),
        "where": (
            Where(name="Velmora", anchor=anchor(report.text, "Velmora"), place="", country=""),
        ),
        "reason": anchor(report.text, "=SUM(A1) leaflets"),
        "listed": Listed(stated=3, named=1),
        "confidence": 0.8,
    }
    return Act(**(given | changes))  # type: ignore[arg-type]


def a_coding(report: Report, *acts: Act) -> Coding:
    told = acts[0].id if acts else ""
    return Coding(
        report_id=report.id,
        coder="en-rules 1.0",
        codebook="0" * 64,
        acts=acts,
        cast=(
            CastMember(
                index=0,
                name="Odessa Quill",
                type=ActorType.PERSON,
                forms=("Quill",),
                mentions=(
                    Mention(anchor=anchor(report.text, "Odessa Quill"), form=MentionForm.NAME),
                ),
            ),
            CastMember(index=1, name="Tamsin Vey", type=ActorType.PERSON),
        ),
        figures=(
            Figure(
                report_id=report.id,
                value=5,
                approximate=False,
                least=5,
                most=5,
                what="days",
                said_by=("Tamsin Vey",),
                anchor=anchor(report.text, "5 May"),
            ),
        ),
        affiliations=(
            Affiliation(
                person="Tamsin Vey",
                role="press contact",
                organisation="Velmora Watch",
                anchor=anchor(report.text, "Press contact: Tamsin Vey"),
            ),
        ),
        appeals=(
            Appeal(
                act_id=told,
                kind="open-letter",
                signatories=(
                    Signatory(name="Odessa Quill", anchor=anchor(report.text, "Odessa Quill")),
                ),
                demands=(anchor(report.text, "Write to tamsin@quill.example"),),
                response="tamsin@quill.example answered",
            ),
        ),
        designations=(
            Designation(
                register="list of harmful societies",
                authority="ministry",
                organisation="Velmora Watch",
                designation="listed",
                when="2020",
                reason="",
                act_id=told,
            ),
        ),
    )


@dataclass
class HandMadeView:
    """A view of values that a test wrote down."""

    pairs: list[tuple[Report, Coding | None]]
    found: Links = field(default_factory=Links)
    ruled: tuple[Ruling, ...] = ()
    former: Mapping[str, Sequence[str]] = field(default_factory=dict)
    masked: Masks = NONE

    def coded_reports(self) -> Iterator[tuple[Report, Coding | None]]:
        yield from sorted(self.pairs, key=lambda pair: pair[0].id)

    def links(self) -> Links:
        return self.found

    def rulings(self) -> Iterable[Ruling]:
        return self.ruled

    def masks(self) -> Masks:
        return self.masked

    def former_ids(self) -> Mapping[str, Sequence[str]]:
        return self.former


def a_view() -> HandMadeView:
    held = a_report(contacts=CONTACTS)
    plain = a_report(PLAIN, name="plain.txt")
    act = an_act(held)
    links = Links(
        actors=(
            Actor(
                id="per_1",
                type=ActorType.PERSON,
                names=("Odessa Quill", "Quill"),
                caption="Odessa Quill",
                roles=("victim",),
                reports=(held.id,),
                mentions=2,
                members=((held.id, 0),),
            ),
            Actor(
                id="per_2",
                type=ActorType.PERSON,
                names=("Tamsin Vey",),
                caption="Tamsin Vey",
                members=((held.id, 1),),
            ),
        ),
        incidents=(
            Incident(
                id="inc_1",
                kind="arrest",
                acts=(act.id,),
                modality=Modality.OCCURRED,
                when="2021-05-05",
                where=("Velmora",),
                victims=("Odessa Quill",),
                perpetrators=("police",),
                reports=(held.id,),
                contradictions=(
                    Contradiction(
                        attribute="victim_count",
                        values=(Told(value="1", acts=(act.id,)), Told(value="2", acts=(act.id,))),
                    ),
                ),
            ),
        ),
        copies=(Copy(report=plain.id, original=held.id, relation="copy", share=0.9),),
    )
    ruling = Ruling(
        id="rul_1",
        verb="accept",
        ids=(act.id,),
        reviewer="a reviewer",
        time="2026-01-01T00:00:00Z",
        why="read it",
    )
    return HandMadeView(
        [(held, a_coding(held, act)), (plain, None)], links, (ruling,), {"per_1": ["per_0"]}
    )
