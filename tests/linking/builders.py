"""Builders of what linking takes: invented people and organisations, only what a test needs."""

from collections.abc import Iterable, Sequence

from khronika.codebook.model import Codebook, Kind
from khronika.linking import ReportFacts, link
from khronika.model.acts import (
    Act,
    ActorType,
    Affiliation,
    CastMember,
    Coding,
    Count,
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
from khronika.model.links import Actor, Incident, Links, Ruling
from khronika.text.shingles import pack, sample, words_of

PEOPLE = {"volunteers", "teachers", "associations", "villagers"}


def anchor(text: str, start: int = 0) -> Anchor:
    return Anchor(start, start + len(text), text)


def a_kind(name: str, *, intervention: bool = False, follows: tuple[str, ...] = ()) -> Kind:
    return Kind(
        id=name, label=name, group="g", definition="d", is_not="n", esf="", plover="", rights=(),
        intervention=intervention, follows=follows,
    )  # fmt: skip


def a_codebook() -> Codebook:
    kinds = (
        a_kind("arrest"),
        a_kind("charge", follows=("arrest",)),
        a_kind("trial", follows=("charge", "arrest")),
        a_kind("sentence", follows=("trial", "charge", "arrest")),
        a_kind("protest", intervention=True),
    )
    return Codebook(kinds={k.id: k for k in kinds}, classes={}, digest="d")


class Story:
    """One report under construction: its cast grows as its acts name people."""

    def __init__(self, name: str, *, text: str = "", publisher: str = "", published: str = "",
                 country: str = "BY", sources: tuple[str, ...] = ()) -> None:  # fmt: skip
        self.name = name
        self.id = f"rpt_{name}"
        words = words_of(text)
        self.facts = ReportFacts(
            id=self.id, name=name, publisher=publisher, published=published, language="en",
            words=len(words), shingles=pack(sample(words)), sources=sources,
            cited=tuple((source, 0, 10**6) for source in sources),
            countries=((country, 5),) if country else (),
        )  # fmt: skip
        self.cast: list[CastMember] = []
        self.acts: list[Act] = []
        self.affiliations: list[Affiliation] = []

    def member(self, name: str, kind: ActorType | None = None, **more: str) -> int:
        for each in self.cast:
            if each.name == name:
                return each.index
        kind = kind or (ActorType.GROUP if name.lower() == name else ActorType.PERSON)
        form = MentionForm.DESCRIPTION if kind is ActorType.GROUP else MentionForm.NAME
        index = len(self.cast)
        self.cast.append(
            CastMember(
                index=index, name=name, type=kind, gender=more.get("gender", ""),
                country=more.get("country", ""), description=more.get("description", ""),
                mentions=(Mention(anchor=anchor(name, 1000 * index), form=form),),
            )
        )  # fmt: skip
        return index

    def body(self, name: str, **more: str) -> int:
        return self.member(name, ActorType.AUTHORITY, **more)

    def tie(self, person: str, role: str, organisation: str) -> None:
        self.affiliations.append(
            Affiliation(person=person, role=role, organisation=organisation, anchor=anchor(person))
        )

    def act(
        self,
        kind: str,
        victims: Sequence[str] = (),
        when: str = "",
        *,
        where: str = "",
        modality: Modality = Modality.OCCURRED,
        count: Count | None = None,
        by: Sequence[str] = (),
        to: Sequence[str] = (),
        said_by: Sequence[str] = (),
        penalty: str = "",
        quote: str = "",
        at: int | None = None,
        age: int | None = None,
    ) -> str:
        order = len(self.acts)
        own = " ".join(f"{self.name}{order}{n}" for n in range(8))  # no words of another act
        told = anchor(quote or own, 100 * order if at is None else at)
        role = Role.INTERVENER if kind == "protest" else Role.VICTIM
        roles = [(role, v) for v in victims] + [(Role.PERPETRATOR, b) for b in by]
        roles += [(Role.ADDRESSEE, t) for t in to]
        roles += [(Role.SOURCE, s) for s in said_by]
        involvements = []
        for n, (part, name) in enumerate(roles):
            index = self.member(name)
            involvements.append(
                Involvement(
                    role=part, name=name, type=self.cast[index].type, anchor=anchor(name),
                    cast=index, count=count if n == 0 else None, age=age if n == 0 else None,
                )
            )  # fmt: skip
        made = Act(
            id=act_id(self.id, kind, (told.start, told.end), (told.start, order)),
            report_id=self.id, kind=kind, modality=modality, quote=told, trigger=told,
            involvements=tuple(involvements), when=When(edtf=when, basis="stated"),
            where=(Where(name=where, anchor=anchor(where)),) if where else (),
            penalty=anchor(penalty) if penalty else None,
        )  # fmt: skip
        self.acts.append(made)
        return made.id

    @property
    def coding(self) -> Coding:
        return Coding(
            report_id=self.id, coder="test", codebook="d", acts=tuple(self.acts),
            cast=tuple(self.cast), affiliations=tuple(self.affiliations),
        )  # fmt: skip


def linked(*stories: Story, rulings: Iterable[Ruling] = ()) -> Links:
    return link(
        [s.facts for s in stories], [s.coding for s in stories], list(rulings), a_codebook()
    )


def incident_of(links: Links, act: str) -> Incident:
    return next(i for i in links.incidents if act in i.acts)


def actor_of(links: Links, story: Story, name: str) -> Actor:
    index = next(m.index for m in story.cast if m.name == name)
    return next(a for a in links.actors if (story.id, index) in a.members)


def one_incident(links: Links, *acts: str) -> bool:
    return len({incident_of(links, act).id for act in acts}) == 1


def told_apart(links: Links, *acts: str) -> bool:
    return len({incident_of(links, act).id for act in acts}) == len(acts)
