"""A small record with people, bodies, an appeal and a register; every name is invented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khronika import linking
from khronika.codebook.model import Codebook
from khronika.model.acts import (
    Act,
    ActorType,
    Affiliation,
    Appeal,
    CastMember,
    Coding,
    Count,
    Designation,
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
from khronika.model.ids import act_id
from khronika.model.reports import Report
from khronika.workflows.parts import Parts
from khronika.workflows.record import Record
from workflows.browsing.samples import NASTY, a_read
from workflows.toys import a_capture, toy_parts

SIGNED = 148
POLICE = "Norvale police"
TEXTS = {
    "arrest.txt": (
        f"{POLICE} arrested Marfa Orlan in Norvale on 13 March 2023, Maksim Orlan said.\n"
        "Marfa Orlan is the editor of the Lantern.\n"
    ),
    "again.txt": (
        f"Marfa Orlan was arrested by {POLICE} in Norvale on 13 March 2023.\n"
        "Marfa Orlan is the editor of the Lantern.\n"
    ),
    "other.txt": "A report speaks of Марфа Орлан and nobody else.\n",
    "letter.txt": (
        "On 2 April 2023 148 bodies asked the Ministry of Light to release Marfa Orlan: "
        + ", ".join(f"Body {n}" for n in range(SIGNED))
        + ".\nThe ministry did not answer.\n"
    ),
    "plan.txt": "Friends of Marfa Orlan will hand a petition to the Ministry of Light.\n",
    "register.txt": (
        "On 5 May 2023 the Ministry of Light put the Lantern on the list of unwanted bodies for"
        " printing lies.\n"
    ),
    "again-register.txt": (
        "The Lantern was struck off the list of unwanted bodies on 7 July 2023, in Norvale.\n"
    ),
    "nasty.txt": f"{NASTY} was arrested in {NASTY} on 1 May 2023.\n",
}
PUBLISHED = {"arrest.txt": "2023-03-14", "again.txt": "2023-03-15", "nasty.txt": "2023-05-02"}


@dataclass(frozen=True, slots=True)
class Telling:
    """Makes what a coder finds out of the words of one report."""

    report: Report

    def words(self, exact: str, nth: int = 0) -> Anchor:
        """Where some words stand, for the nth time."""
        start = -1
        for _ in range(nth + 1):
            start = self.report.text.index(exact, start + 1)
        return Anchor.cut(self.report.text, start, start + len(exact))

    def line(self, number: int = 0) -> Anchor:
        """One line of it."""
        return self.words(self.report.text.split("\n")[number])

    def act(self, kind: str, trigger: str, **given: object) -> Act:
        """An act of its first line."""
        quote, said = self.line(), self.words(trigger)
        spans = (quote.start, quote.end), (said.start, said.end)
        whole = {"modality": Modality.OCCURRED, **given}
        return Act(
            id=act_id(self.report.id, kind, *spans),
            report_id=self.report.id,
            kind=kind,
            quote=quote,
            trigger=said,
            **whole,  # type: ignore[arg-type]
        )

    def cast(self, index: int, name: str, type_: ActorType, country: str = "") -> CastMember:
        """Somebody whom it names, each time it does."""
        many = self.report.text.count(name)
        anchors = (self.words(name, n) for n in range(many))
        mentions = tuple(Mention(anchor=each, form=MentionForm.NAME) for each in anchors)
        return CastMember(index=index, name=name, type=type_, mentions=mentions, country=country)

    def one(self, role: Role, member: CastMember) -> Involvement:
        """That one in a role."""
        return Involvement(
            role=role,
            name=member.name,
            type=member.type,
            anchor=member.mentions[0].anchor,
            cast=member.index,
        )

    def when(self, edtf: str, exact: str) -> When:
        """A date that it states."""
        return When(edtf=edtf, anchor=self.words(exact), basis="stated")

    def coding(self, *acts: Act, **given: object) -> Coding:
        """All that is found."""
        return Coding(
            report_id=self.report.id,
            coder="society 1",
            codebook="toy",
            acts=acts,
            **given,  # type: ignore[arg-type]
        )


def _norvale(told: Telling) -> Where:
    at = (
        told.words("Norvale", 1) if told.report.text.count("Norvale") > 1 else told.words("Norvale")
    )
    return Where(name="Norvale", anchor=at, place="Norvale", country="KZ", geonameid=700001)


def _arrest(told: Telling) -> Coding:
    marfa = told.cast(0, "Marfa Orlan", ActorType.PERSON)
    police = told.cast(1, POLICE, ActorType.AUTHORITY, "KZ")
    cast, involved = (
        [marfa, police],
        [
            told.one(Role.VICTIM, marfa),
            told.one(Role.PERPETRATOR, police),
        ],
    )
    if "Maksim Orlan" in told.report.text:
        maksim = told.cast(2, "Maksim Orlan", ActorType.PERSON)
        cast.append(maksim)
        involved.append(told.one(Role.SOURCE, maksim))
    arrest = told.act(
        "arrest",
        "arrested",
        involvements=tuple(involved),
        when=told.when("2023-03-13", "13 March 2023"),
        where=(_norvale(told),),
    )
    editor = Affiliation(
        person="Marfa Orlan", role="editor", organisation="Lantern", anchor=told.line(1)
    )
    return told.coding(arrest, cast=tuple(cast), affiliations=(editor,))


def _named(told: Telling) -> Coding:
    return told.coding(cast=(told.cast(0, "Марфа Орлан", ActorType.PERSON),))


def _letter(told: Telling) -> Coding:
    ministry = told.cast(0, "Ministry of Light", ActorType.AUTHORITY, "KZ")
    body = told.cast(1, "Body 147", ActorType.ORGANISATION)
    appeal = told.act(
        "appeal",
        "asked",
        involvements=(told.one(Role.ADDRESSEE, ministry), told.one(Role.SIGNATORY, body)),
        when=told.when("2023-04-02", "2 April 2023"),
        demands=(told.words("release Marfa Orlan"),),
        response=told.words("did not answer"),
    )
    signatories = tuple(
        Signatory(
            name=f"Body {n}",
            anchor=told.words(f"Body {n}{'.' if n == SIGNED - 1 else ','}"),
            country="LT" if n % 2 else "",
        )
        for n in range(SIGNED)
    )
    whole = Appeal(
        act_id=appeal.id,
        kind="appeal",
        signatories=signatories,
        signatory_count=Count(least=150, most=150),
        signatory_countries=("LT",),
        addressees=("Ministry of Light",),
        demands=appeal.demands,
        delivered="2023-04-02",
        response="did not answer",
    )
    return told.coding(appeal, cast=(ministry, body), appeals=(whole,))


def _plan(told: Telling) -> Coding:
    ministry = told.cast(0, "Ministry of Light", ActorType.AUTHORITY, "KZ")
    petition = told.act(
        "appeal",
        "petition",
        modality=Modality.PLANNED,
        involvements=(told.one(Role.ADDRESSEE, ministry),),
    )
    whole = Appeal(act_id=petition.id, kind="petition", addressees=("Ministry of Light",))
    return told.coding(petition, cast=(ministry,), appeals=(whole,))


def _register(told: Telling) -> Coding:
    lantern = told.cast(0, "Lantern", ActorType.ORGANISATION)
    listed = "put" in told.report.text
    exact, day = ("5 May 2023", "2023-05-05") if listed else ("7 July 2023", "2023-07-07")
    act = told.act(
        "designation",
        "put" if listed else "struck off",
        involvements=(told.one(Role.VICTIM, lantern),),
        when=told.when(day, exact),
        reason=told.words("printing lies") if listed else None,
        where=() if listed else (_printed(told),),
    )
    entry = Designation(
        register="unwanted bodies" if listed else "Unwanted Bodies",
        authority="Ministry of Light" if listed else "",
        organisation="Lantern",
        designation="listed" if listed else "excluded",
        when=day,
        reason="printing lies" if listed else "",
        act_id=act.id,
    )
    return told.coding(act, cast=(lantern,), designations=(entry,))


def _printed(told: Telling) -> Where:
    """The same name, of which nobody can say which place it is."""
    return Where(name="Norvale", anchor=told.words("Norvale"))


def _nasty(told: Telling) -> Coding:
    who = replace(told.cast(0, NASTY, ActorType.PERSON), description=NASTY)
    arrest = told.act(
        "arrest",
        "arrested",
        involvements=(told.one(Role.VICTIM, who), told.one(Role.SOURCE, who)),
        when=told.when("2023-05-01", "1 May 2023"),
        where=(Where(name=NASTY, anchor=told.words(NASTY, 1)),),
        reason=told.words(NASTY),
        demands=(told.words(NASTY),),
        response=told.words(NASTY),
    )
    appeal = Appeal(
        act_id=arrest.id,
        kind="appeal",
        signatories=(Signatory(name=NASTY, anchor=told.words(NASTY), country="<b"),),
        signatory_countries=("<i",),
        addressees=(NASTY,),
        demands=arrest.demands,
        delivered="2023-05-01",
        response=NASTY,
    )
    entry = Designation(
        register=NASTY,
        authority=NASTY,
        organisation=NASTY,
        designation=NASTY,
        when="2023-05-01",
        reason=NASTY,
        act_id=arrest.id,
    )
    tie = Affiliation(person=NASTY, role=NASTY, organisation=NASTY, anchor=told.words(NASTY))
    return told.coding(
        arrest, cast=(who,), appeals=(appeal,), designations=(entry,), affiliations=(tie,)
    )


CODED: dict[str, Callable[[Telling], Coding]] = {
    "arrest.txt": _arrest,
    "again.txt": _arrest,
    "other.txt": _named,
    "letter.txt": _letter,
    "plan.txt": _plan,
    "register.txt": _register,
    "again-register.txt": _register,
    "nasty.txt": _nasty,
}


class Coder:
    """Codes the samples as they are written here."""

    name = "society 1"

    def code(self, reports: Sequence[Report], _codebook: Codebook) -> list[Coding]:
        """Each report by its name."""
        return [CODED[report.name](Telling(report)) for report in reports]


def coder_for(_language: str) -> Coder:
    """The one coder for all languages."""
    return Coder()


def parts() -> Parts:
    """Toy steps with that coder, and real linking."""
    toys = toy_parts()
    steps = replace(
        toys.steps, read=a_read, coder_for=coder_for, facts=linking.facts_of
    )  # fmt: skip
    return replace(
        toys,
        link=linking.link,
        facts_type=linking.ReportFacts,
        engine=linking.ENGINE,
        steps=steps,
    )


def a_society(path: Path) -> Record:
    """The record."""
    record = Record.create(path, parts())
    record.add(
        [
            a_capture(name, text, publisher="The Bell", published=PUBLISHED.get(name, "2023-08"))
            for name, text in TEXTS.items()
        ]
    )
    return record
