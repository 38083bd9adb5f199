"""What a look at the record asks for and returns: small frozen values, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from khronika.model.acts import Act, Appeal, CastMember, Considered, Designation, Figure
from khronika.model.anchors import Anchor
from khronika.model.links import Actor, Contradiction, Incident, Ruling
from khronika.model.reports import Report
from khronika.text.overlap import Shared

if TYPE_CHECKING:  # linking is not wanted by who only looks at a record
    from khronika.linking.explained import Link, Near, Spelling
    from khronika.linking.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to look for; each that is given must hold, several values of one are alternatives.

    Attributes:
        kind: ids of kinds in the codebook.
        modality: "occurred", "attempted", ...
        actor: id of an actor, or words of a name.
        role: roles in which the actor (or anyone, if none is given) must be.
        place: words of a place, as printed or as the gazetteer has it.
        country: ISO 3166 alpha-2.
        publisher: words of the publisher's name.
        report: id of a report.
        since: EDTF; what ended before it is left out. What has no date is left out too.
        until: EDTF; what began after it is left out. What has no date is left out too.
        at_least: least probability, 0 to 1: of acts, and of the names, dates and places that are
            shown of them. An accepted act is sure.
        at_least_of: the same threshold in the terms of single coders; see `recalibrating`.
        contradicted: only incidents of which tellings contradict each other.
        limit: at most so many.
    """

    kind: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    actor: str = field(default="", repr=False)
    role: tuple[str, ...] = ()
    place: str = ""
    country: str = ""
    publisher: str = ""
    report: str = ""
    since: str = ""
    until: str = ""
    at_least: float = 0.0
    at_least_of: tuple[tuple[str, float], ...] = ()
    contradicted: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report without its text."""

    id: str
    name: str
    publisher: str = ""
    published: str = ""  # EDTF
    place: str = ""
    language: str = ""
    media_type: str = ""
    coded: bool = False
    acts: int = 0
    copy_of: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """An act with the report that tells it; `actors` are ids, one an involvement, in order.

    `learned` is None where rulings taught nothing of the act's coder; else its probabilities are
    those that rulings let one expect.
    """

    act: Act
    report: ReportRow
    actors: tuple[str | None, ...] = ()
    incident: str | None = None
    coder: str = ""
    codebook: str = ""
    ruling: Ruling | None = None
    learned: "LearnedFrom | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedFrom:
    """What a coder said itself, and on how many rulings stands what is shown instead."""

    coder: float
    rulings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident with its tellings, by the date of the report, then id."""

    incident: Incident
    tellings: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """One contradiction of one incident, with the tellings it names."""

    incident: Incident
    contradiction: Contradiction
    tellings: tuple[ActRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """An appeal with the report that tells it."""

    appeal: Appeal
    report: ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationRow:
    """An entry of a register with the report that tells it."""

    designation: Designation
    report: ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure with the report that gives it."""

    figure: Figure
    report: ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that a search found. `marks` are ranges of `text` (not of the report)."""

    report: ReportRow
    role: str
    start: int
    end: int
    text: str = field(repr=False)
    marks: tuple[tuple[int, int], ...] = ()
    acts: tuple[str, ...] = ()  # ids of the acts told there


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A way of the codebook, and what it found in a record.

    `confidence` is the mean probability that its coder gave its acts; `remedy` says what to do with
    one that reviewers surely reject often, and is "" of others; `kind` differs from the
    rule's own where the telling as a whole made another kind of it.
    """

    rule: str
    kind: str
    acts: int
    reports: int
    accepted: int = 0
    rejected: int = 0
    confidence: float = 0.0
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation in its context."""

    label: str  # "quote", "when", "victim", ...
    anchor: Anchor
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAct:
    """An act whole.

    Attributes:
        row: the act with what is known around it.
        quotes: its quotations.
        why: why it was coded so.
        left: the readings that the coder considered and left, if asked for.
        coded: what the coder had said, where a reviewer corrected it.
        rulings: all rulings on it, the oldest first, those that no longer stand included.
    """

    row: ActRow
    quotes: tuple[Quote, ...]
    why: tuple[str, ...] = ()
    left: tuple[Considered, ...] = ()
    coded: Act | None = None
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words of a report in their context."""

    report: ReportRow
    exact: str = field(repr=False)
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearIncident:
    """An incident that was not joined to the one shown, and why; `row` is its nearest act."""

    id: str
    row: ActRow
    near: "Near"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentWhy:
    """Why acts are one incident, and what kept near ones apart.

    Attributes:
        links: of each act that was joined, with what and why.
        sources: the reports that count as one source each, and why they do.
        near: the nearest other incidents, those that a person should decide first.
        acts: the rows of all acts that are named here, by id.
    """

    links: "tuple[Link, ...]" = ()
    sources: "tuple[Source, ...]" = ()
    near: tuple[NearIncident, ...] = ()
    acts: Mapping[str, ActRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingRow:
    """One spelling of an actor, with its first quotation."""

    spelling: "Spelling"
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearActor:
    """An actor that was not joined to the one shown, and why; both with a quotation."""

    id: str
    caption: str = field(repr=False)
    near: "Near"
    one: Excerpt | None = None
    other: Excerpt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """What a person should decide, the most telling first.

    Attributes:
        actors: pairs that may be one: the id of the first, and the second with what is said of it.
        incidents: likewise.
        acts: the rows of all acts that are named here, by id.
        waiting: rulings on what is not in the record now, and what that is.
    """

    actors: tuple[tuple[str, NearActor], ...] = ()
    incidents: tuple[tuple[str, NearIncident], ...] = ()
    acts: Mapping[str, ActRow] = field(default_factory=dict)
    waiting: tuple[tuple[Ruling, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorWhy:
    """Why names are one actor, and what kept near ones apart.

    `members` are the reports that tell of it, each with what the actor would be called by what that
    report says alone; the first ones of very many.
    """

    members: tuple[tuple[ReportRow, str], ...] = ()
    spellings: tuple[SpellingRow, ...] = ()
    links: "tuple[Link, ...]" = ()
    near: tuple[NearActor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIncident:
    """An incident whole: each telling with its quotations."""

    incident: Incident
    tellings: tuple[ShownAct, ...]
    why: tuple[str, ...] = ()
    explained: IncidentWhy | None = None
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownActor:
    """An actor whole: the acts it is involved in, by date, and which lists name it."""

    actor: Actor
    acts: tuple[ActRow, ...]
    listed: tuple[str, ...] = field(default=(), repr=False)
    why: tuple[str, ...] = ()
    explained: ActorWhy | None = None
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """How another report and this one repeat each other.

    Attributes:
        report: the other.
        relation: copy, quotation, translation or template.
        from_it: whether the other is the original.
        share: how much of the copy's words stand in the original, as linking saw it.
        passages: the words that both have, where they stand in this report and in the other.
        begins: the first words of the longest of these.
    """

    report: ReportRow
    relation: str
    from_it: bool
    share: float
    passages: tuple[Shared, ...] = ()
    begins: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """A report whole: its text, what it tells, its origins, and which reports repeat it."""

    row: ReportRow
    report: Report
    cast: tuple[CastMember, ...] = ()
    acts: tuple[ActRow, ...] = ()
    origins: tuple[str, ...] = ()
    copies: tuple[CopyRow, ...] = ()
    why: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()


Shown = ShownAct | ShownIncident | ShownActor | ShownReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An input that was not taken, and what to do about it."""

    name: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a batch of reports."""

    added: int = 0
    known: int = 0
    refused: tuple[Refused, ...] = ()
    uncoded: tuple[tuple[str, int], ...] = ()  # (language, reports) that no coder reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of lines that somebody coded by hand."""

    reports: int = 0
    acts: int = 0
    unchanged: int = 0  # reports whose lines were in the record already
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of judgements: rulings of either verb, those that were known, the undecided."""

    same: int = 0
    different: int = 0
    known: int = 0
    undecided: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How much the record holds."""

    reports: int
    coded: int
    uncoded: tuple[tuple[str, int], ...]  # by language
    acts: int
    incidents: int
    actors: int
    contradictions: int
    listed: int = 0  # entries of lists that were added for reference


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRow:
    """An entry of the journal."""

    number: int
    time: str  # RFC 3339, UTC
    what: str
    subject: str = ""
    detail: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingResult:
    """What became of a ruling: what it supersedes, and ids it names that are not there now."""

    ruling: Ruling
    superseded: tuple[str, ...] = ()
    queued: tuple[str, ...] = ()
