"""What linking derives from many codings: actors, incidents, copies, contradictions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from khronika.model.acts import ActorType, Modality
from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction

Place = tuple[str, int]  # report id, cast index


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Why two things are held to be one: what speaks for it, weighed.

    Attributes:
        one: an act's id, or a name as written.
        other: the act's id, or the name, that it was joined to.
        weight: log2 of how much likelier the agreement is if they are one; 0 for a ruling.
        why: the evidence in words, strongest first.
    """

    one: str = field(repr=False)
    other: str = field(repr=False)
    weight: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, organisation, authority, group or country, resolved across reports."""

    id: str
    type: ActorType
    names: tuple[str, ...] = field(repr=False)  # every form as written
    caption: str = field(repr=False)
    countries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    mentions: int = 0
    members: tuple[tuple[str, int], ...] = ()  # (report id, cast index) of each member
    why: tuple[str, ...] = ()  # in words: why these are held to be one
    joins: tuple[Join, ...] = ()
    former_ids: tuple[str, ...] = ()  # what other members alone would be called; they lead here


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One side of a contradiction: a value and the acts that tell it."""

    value: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two or more tellings of one incident that cannot all hold."""

    attribute: str
    values: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How another incident relates: it came before, after, as a part, as a consequence."""

    incident: str
    relation: str  # before | after | part_of | consequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Acts of one or several reports judged to be the same occurrence."""

    id: str
    kind: str
    acts: tuple[str, ...]
    modality: Modality
    when: str  # EDTF: what all tellings allow, or the earliest telling's where they conflict
    where: tuple[str, ...]
    countries: tuple[str, ...] = ()
    victims: tuple[str, ...] = field(default=(), repr=False)  # captions
    perpetrators: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    independent_sources: int = 1
    contradictions: tuple[Contradiction, ...] = ()
    related: tuple[Relation, ...] = ()
    why: tuple[str, ...] = ()  # in words: why these acts are held to be one
    joins: tuple[Join, ...] = ()
    # One member of each actor: captions are looked up through them, so that a name that changes
    # changes no incident. `focal` are those whose chain of incidents this one is in.
    victim_members: tuple[Place, ...] = ()
    perpetrator_members: tuple[Place, ...] = ()
    focal_members: tuple[Place, ...] = ()
    counted: bool = False  # of several people, counted or told as a group


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One report copies another, wholly or in part; `original` is the earlier or the fuller."""

    report: str
    original: str
    relation: str  # copy | quotation | translation | template
    share: float  # of the copy's words (names, of a translation) that stand in the original


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Everything linking derived; a pure function of codings and rulings."""

    actors: tuple[Actor, ...] = ()
    incidents: tuple[Incident, ...] = ()
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMember:
    """Where one cast member belongs; `alone` is what its actor would be called without others."""

    report: str
    cast: int
    actor: str
    alone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChanges:
    """What one linking changed; replayed in order, these give all links.

    Attributes:
        whole: everything before is void.
        actors: new or changed, without `members`, `reports` and `former_ids`: see `members`.
        actors_gone: ids that are no more.
        members: where cast members belong from now on.
        members_gone: cast members that are no more.
        incidents: new or changed, without `victims`, `perpetrators` and `related`, which follow
            from their members.
        incidents_gone: ids that are no more.
        copies: new or changed.
        copies_gone: (report, original) pairs that are no more.
    """

    whole: bool = False
    actors: tuple[Actor, ...] = ()
    actors_gone: tuple[str, ...] = ()
    members: tuple[ActorMember, ...] = ()
    members_gone: tuple[Place, ...] = ()
    incidents: tuple[Incident, ...] = ()
    incidents_gone: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    copies_gone: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a reviewer decided on acts, incidents, actors or reports; it outweighs a machine.

    Attributes:
        id: made of all the rest.
        verb: accept, reject, same, different, left; correct, add, sensitive, note, retract.
        ids: what it is about: of `correct` and `add` one act, of `retract` one ruling.
        reviewer: who ruled.
        time: RFC 3339, UTC.
        why: the reason; of a note, its words.
        report: the report that `correction`, `added` and `words` quote.
        correction: of `correct`.
        added: of `add`.
        words: of `sensitive`: the words of `report` that are.
        seen: by id of an act or incident that is ruled on, what was said of it then, as a digest.
        superseded_by: the later ruling that takes its place, or takes it back.
    """

    id: str
    verb: str
    ids: tuple[str, ...]
    reviewer: str
    time: str
    why: str = field(repr=False)
    report: str = ""
    correction: Correction | None = None
    added: AddedAct | None = None
    words: tuple[Anchor, ...] = ()
    seen: Mapping[str, str] = field(default_factory=dict)
    superseded_by: str | None = None
