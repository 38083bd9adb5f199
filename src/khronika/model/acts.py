"""Acts: one telling of one thing done, attempted, threatened, planned, possible, denied."""

from dataclasses import dataclass, field
from enum import StrEnum

from khronika.model.anchors import Anchor


class Modality(StrEnum):
    """Whether what is told happened."""

    OCCURRED = "occurred"
    ATTEMPTED = "attempted"
    THREATENED = "threatened"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Role(StrEnum):
    """An actor's part in an act."""

    VICTIM = "victim"
    PERPETRATOR = "perpetrator"
    ALLEGED_PERPETRATOR = "alleged-perpetrator"
    INTERVENER = "intervener"
    ADDRESSEE = "addressee"
    SIGNATORY = "signatory"
    SOURCE = "source"


class ActorType(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    AUTHORITY = "authority"
    GROUP = "group"
    COUNTRY = "country"


class MentionForm(StrEnum):
    """How an actor is mentioned."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many: bounds that the words give; "hundreds" is 100, about."""

    least: int | None = None
    most: int | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name, description or pronoun as it stands in the report."""

    anchor: Anchor
    form: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """One actor of one report: every mention that the coder holds to be the same.

    `name` is the fullest form in this report, `forms` all others as written. `gender` is "f", "m"
    or "". `country` is ISO 3166 alpha-2 where the report says it.
    """

    index: int
    name: str = field(repr=False)
    type: ActorType
    forms: tuple[str, ...] = field(default=(), repr=False)
    gender: str = ""
    country: str = ""
    description: str = ""  # "lawyer", "editor of the weekly ..."
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement:
    """An actor in a role of an act.

    `cast` is the index of the report's cast member, or None for one that is told only here ("four
    masked men"). Without an anchor there is a `basis` ("the report's publisher"). `path` says in
    words how it was found ("subject", "pronoun, last named 2 sentences before"); `confidence` is
    the probability that it is right, None where the coder gives none.
    """

    role: Role
    name: str = field(repr=False)
    type: ActorType
    anchor: Anchor | None
    basis: str = ""
    cast: int | None = None
    count: Count | None = None
    age: int | None = None
    path: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When an act was, as EDTF (ISO 8601-2), with the words it stands on.

    `edtf` is empty where nothing is known; `basis` says how it was found ("stated", "relative to
    the report's date", "carried on from the sentence before") or why there is none. `flags` name
    what cannot be right ("after the report's date"); the date is then kept as printed.
    `confidence` is the probability that a date is right, None where there is none.
    """

    edtf: str = ""
    anchor: Anchor | None = None
    basis: str = ""
    flags: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as printed (`name`), and which place of the gazetteer it is, if that is certain.

    `path` and `confidence` are as an involvement's.
    """

    name: str
    anchor: Anchor
    place: str = ""
    country: str = ""
    geonameid: int | None = None
    path: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list that names fewer than it states: '15 organisations, including ...'."""

    stated: int
    named: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One telling of one act. `quote` is the clause or sentence that tells it (at most 600).

    `confidence` is the probability that the report tells this act; `evidence` says in words what
    it was read from: the construction, what stands above it.
    """

    id: str
    report_id: str
    kind: str
    modality: Modality
    quote: Anchor
    trigger: Anchor
    involvements: tuple[Involvement, ...] = ()
    when: When = When()
    where: tuple[Where, ...] = ()
    what: Anchor | None = None
    reason: Anchor | None = None
    penalty: Anchor | None = None
    demands: tuple[Anchor, ...] = ()
    response: Anchor | None = None
    listed: Listed | None = None
    rule: str = ""  # which way of the codebook found it
    confidence: float = 0.5
    evidence: tuple[str, ...] = ()

    def in_role(self, *roles: Role) -> tuple[Involvement, ...]:
        """Those involved in one of `roles`, in the order of the text."""
        return tuple(i for i in self.involvements if i.role in roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An attributed quantity: 'about 66,000 citizens are hiding abroad, according to ...'."""

    report_id: str
    value: int
    approximate: bool
    least: int | None
    most: int | None
    what: str
    said_by: tuple[str, ...]
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """A person's role in an organisation, as one report states it."""

    person: str = field(repr=False)
    role: str
    organisation: str
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """One who signed: the name as printed, and the country where the report gives it (ISO)."""

    name: str
    anchor: Anchor
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """An open letter, petition or call, over the act that tells it."""

    act_id: str
    kind: str
    signatories: tuple[Signatory, ...] = ()
    signatory_count: Count | None = None
    signatory_countries: tuple[str, ...] = ()  # ISO 3166 alpha-2, as the report lists them
    addressees: tuple[str, ...] = ()
    demands: tuple[Anchor, ...] = ()
    delivered: str = ""  # EDTF
    response: str = ""  # what the report says of a response, or "" for nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """One entry in the history of an official list: who was listed, excluded or refused."""

    register: str
    authority: str
    organisation: str
    designation: str  # listed | excluded | refused
    when: str  # EDTF
    reason: str
    act_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What a coder found in one report, with a codebook: everything it says, nothing else.

    `given_by` names the person who coded it by hand, "" where nobody is named; no export shows it.
    """

    report_id: str
    coder: str  # "en-rules 1.0"
    codebook: str  # digest
    acts: tuple[Act, ...] = ()
    cast: tuple[CastMember, ...] = ()
    figures: tuple[Figure, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    designations: tuple[Designation, ...] = ()
    given_by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A reading of an act's sentence that a coder left.

    Attributes:
        rule: the way of the codebook, as an act names it.
        kind: its kind of act.
        word: the word that sets it off.
        field: the restriction that refused it, "" where none did; "pattern" for its other words,
            "grammar", "several", "untold" (negated, asked for), "trigger", "antecedent".
        because: why, in words.
    """

    rule: str
    kind: str
    word: str
    field: str
    because: str
