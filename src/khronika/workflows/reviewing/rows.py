"""What the review queue and a page of it hold: small frozen values, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from khronika.model.links import Contradiction, Incident, Ruling
from khronika.review.priority import Reason, Sort
from khronika.workflows.rows import ActRow, Excerpt, NearActor, NearIncident, ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which items are asked for; what is empty asks for all.

    Attributes:
        kind: ids of kinds of act; pairs of actors and rulings have none.
        sort: sorts of item: "act", "contradiction", "incidents", "actors", "ruling".
        report: id of a report; only items on one act have one.
        actor: id of an actor: acts in which it is involved, pairs that it is one of.
        closed: those that left the queue, too.
    """

    kind: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    report: str = ""
    actor: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One item of the queue.

    Attributes:
        id: of an act, an incident (its contradictions) or a ruling that waits; of a pair both ids,
            parted by "~".
        sort: what it is.
        score: what its place in the queue follows from; the higher, the sooner.
        reasons: why, weightiest first.
        open: whether it waits for somebody.
        about: the ids that a ruling on it names.
        kind: of act; "" of actors and rulings.
        report: that tells the act; None of other items.
        texts: of an act its quotation, of a pair both quotations or captions, of contradictions
            their attributes, of a ruling its verb.
    """

    id: str
    sort: Sort
    score: int
    reasons: tuple[Reason, ...]
    open: bool
    about: tuple[str, ...]
    kind: str = ""
    report: ReportRow | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text between two edges of what is marked; pieces in order make the text.

    `labels` say what the stretch belongs to: "quote", "act" (the trigger), "when", "where",
    "what", "reason", "penalty", "response", "demand", or a role; several where they overlap.
    """

    text: str = field(repr=False)
    start: int  # in the report
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A passage of a report, cut where something that it says begins or ends."""

    role: str
    start: int
    end: int
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How sure an act is: by its coder, and as rulings on acts of that coder let one expect.

    `rulings` is how many of these that rests on; below the least number both are the same.
    """

    coder: float
    expected: float
    rulings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One telling of an incident, with its passage."""

    row: ActRow
    context: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two actors or incidents that may be one: `one`, and the other with what is said of both.

    Attributes:
        one: id of the first.
        actor: of a pair of actors, the second with the evidence and quotations of both.
        incident: of a pair of incidents, the second with the evidence.
        tellings: of a pair of incidents, the nearest act of either.
        captions: what two actors are called.
        excerpts: of a pair of actors, where either first stands.
    """

    one: str
    actor: NearActor | None = None
    incident: NearIncident | None = None
    tellings: tuple[Telling, ...] = ()
    captions: tuple[str, ...] = field(default=(), repr=False)
    excerpts: tuple[Excerpt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """Everything that a page or a terminal shows of one item.

    Attributes:
        row: its place in the queue.
        act: of an act, the row of it.
        context: the passage that tells the act and its neighbours, in order.
        sureness: of an act.
        why: why it was coded so; English sentences.
        incident: of the act, or whose tellings contradict each other.
        contradictions: of that incident.
        tellings: the other tellings of the act's incident; of contradictions all of them.
        pair: of two that may be one.
        ruling: that waits.
        gone: what it names and is not there.
        rulings: what was ruled on what this is about and stands; the oldest first.
        versions: by id what was seen of each thing in `row.about`, for `expect` of a ruling.
        previous: id of the item before it in the queue, "" at its beginning.
        next: id of the item after it, "" at the end.
        left: how many items wait.
    """

    row: QueueRow
    act: ActRow | None = None
    context: tuple[Slice, ...] = ()
    sureness: Sureness | None = None
    why: tuple[str, ...] = ()
    incident: Incident | None = None
    contradictions: tuple[Contradiction, ...] = ()
    tellings: tuple[Telling, ...] = ()
    pair: Pair | None = None
    ruling: Ruling | None = None
    gone: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    previous: str = ""
    next: str = ""
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """How many items wait, by sort and by kind of act."""

    total: int
    by_sort: Mapping[str, int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)
