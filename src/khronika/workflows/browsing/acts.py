"""One act as a page shows it: its quotation in context, each value with what it stands on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from khronika.model.acts import MentionForm
from khronika.model.anchors import Anchor, Span
from khronika.model.reports import Contact, ContactKind, Known, Report
from khronika.publish.showing import Showing, show
from khronika.store import schema
from khronika.store.store import Store
from khronika.workflows.browsing.marks import Mark, Stretch, around, marks_of, role_of, stretches
from khronika.workflows.looking import Look
from khronika.workflows.rows import ActRow

OTHERS = 12  # other tellings of an incident that are shown with an act
BESIDE = 60  # code points around words that stand outside the quotation's passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One attribute of an act and what it stands on.

    Attributes:
        attribute: "when", "where", a role, "what" ...
        said: what was coded; empty where nothing is known.
        anchor: the words, if there are any.
        exact: these words, contact data veiled.
        before: what stands before them, where they are outside the text that is shown.
        after: what stands behind them.
        basis: what it stands on besides words, or why there is none.
        path: how it was found, in the coder's words.
        flags: what cannot be right.
        confidence: the probability that it is right, None where none is given.
        actor: the id of the actor.
        number: of the involvement or place, from 0.
    """

    attribute: str
    said: str = field(default="", repr=False)
    anchor: Anchor | None = None
    exact: str = field(default="", repr=False)
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)
    basis: str = ""
    path: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    confidence: float | None = None
    actor: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Another telling of the same incident: its quotation with its own marks."""

    row: ActRow
    text: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """An act whole.

    Attributes:
        row: the act, its report, actors, incident and ruling.
        text: the passage of the quotation, marked.
        values: in the order of a table.
        tellings: others of its incident, at most `OTHERS`.
        more: how many tellings were left out.
    """

    row: ActRow
    text: tuple[Stretch, ...]
    values: tuple[Value, ...]
    tellings: tuple[Telling, ...] = ()
    more: int = 0


class Showings:
    """Texts of reports as they may be seen; each is read once."""

    def __init__(self, store: Store, unveiled: frozenset[str] = frozenset()) -> None:
        self._store = store
        self._unveiled = unveiled
        self._known: dict[str, Showing] = {}

    def of(self, report: str) -> Showing:
        """What may be seen of a report."""
        self.learn([report])
        return self._known[report]

    def learn(self, reports: Iterable[str]) -> None:
        """Read some reports, all in a few questions; what else was read of them is not needed."""
        new = [each for each in dict.fromkeys(reports) if each not in self._known]
        if not new:
            return
        contacts = self._contacts(new)
        held = schema.held.c
        asked = select(held.subject, held.digest).where(held.part == "text")
        for row in self._store.all(asked.where(held.subject.in_(new))):
            text = self._store.files.read(row.digest).decode()
            veiled = show(_bare(row.subject, text, contacts[row.subject]), contacts=False)
            whole = Showing(text=text, masked=False)
            self._known[row.subject] = whole if row.subject in self._unveiled else veiled
        self._known |= {each: Showing() for each in new if each not in self._known}

    def _contacts(self, reports: Sequence[str]) -> dict[str, list[Contact]]:
        contact = schema.contact.c
        found: dict[str, list[Contact]] = {each: [] for each in reports}
        asked = select(schema.contact).where(contact.report_id.in_(reports))
        for row in self._store.all(asked.order_by(contact.report_id, contact.idx)):
            anchor = Anchor(start=row.start, end=row.end, exact=row.exact)
            found[row.report_id].append(Contact(kind=ContactKind(row.kind), anchor=anchor))
        return found


def _bare(subject: str, text: str, contacts: Sequence[Contact]) -> Report:
    """A report with nothing but what veiling asks for."""
    unknown = Known()
    return Report(
        id=subject,
        name="",
        sha256="",
        media_type="",
        encoding="",
        text=text,
        language=unknown,
        title=unknown,
        publisher=unknown,
        published=unknown,
        place=unknown,
        url=unknown,
        passages=(),
        contacts=tuple(contacts),
    )


def act_rows(store: Store, ids: Sequence[str]) -> tuple[ActRow, ...]:
    """The rows of those of some acts that there are."""
    return Look(store).tellings(ids)


def act_page(store: Store, asked: str, unveiled: frozenset[str] = frozenset()) -> ActPage | None:
    """An act by its whole id; None where none has it."""
    others, more = _others(store, asked)
    rows = Look(store).tellings([asked, *others])
    row = next((each for each in rows if each.act.id == asked), None)
    if row is None:
        return None
    made = of_rows(store, row, [each for each in rows if each is not row], unveiled)
    return replace(made, more=more)


def of_rows(
    store: Store, row: ActRow, others: Iterable[ActRow], unveiled: frozenset[str] = frozenset()
) -> ActPage:
    """An act whose row and other tellings were read before."""
    showings = Showings(store, unveiled)
    rows = tuple(others)
    showings.learn([row.report.id, *(each.report.id for each in rows)])
    return ActPage(
        row=row,
        text=in_context(store, showings, row),
        values=tuple(values_of(row, showings.of(row.report.id))),
        tellings=tuple(
            Telling(row=each, text=in_context(store, showings, each, narrow=True)) for each in rows
        ),
    )


def _others(store: Store, act: str) -> tuple[list[str], int]:
    """The other acts of its incident, the first ones, and how many more there are."""
    told = schema.incident_act.c
    home = select(told.incident_id).where(told.act_id == act).scalar_subquery()
    asked = select(told.act_id).where(told.incident_id == home).order_by(told.idx)
    acts = [str(each.act_id) for each in store.all(asked) if each.act_id != act]
    return acts[:OTHERS], max(0, len(acts) - OTHERS)


def in_context(
    store: Store, showings: Showings, row: ActRow, *, narrow: bool = False
) -> tuple[Stretch, ...]:
    """The quotation of an act, marked; with the passage around it unless it is to be narrow."""
    act, quote = row.act, row.act.quote.span
    text = showings.of(act.report_id).text
    if narrow:
        return stretches(text, quote, marks_of(row), quote)
    window = around(quote, _passages(store, act.report_id, quote))
    marks = (*marks_of(row), *_named_before(store, row, window))
    return stretches(text, window, marks, quote)


def _passages(store: Store, report: str, quote: Span) -> Span:
    """The passages that a quotation stands in and the one before, as one span."""
    row = schema.passage.c
    here = (row.report_id == report) & (row.start < quote.end)
    inside = store.all(select(row.start, row.end).where(here, row.end > quote.start))
    before = select(row.start, row.end).where(here, row.end <= quote.start)
    found = [*inside, *store.all(before.order_by(row.end.desc()).limit(1))]
    spans = [Span(each.start, each.end) for each in found] + [quote]
    return Span(min(each.start for each in spans), max(each.end for each in spans))


def _named_before(store: Store, row: ActRow, window: Span) -> Iterator[Mark]:
    """Where those whom the quotation does not name were named last, if that can be seen."""
    roles = {
        one.cast: role_of(row, one)
        for one in row.act.involvements
        if one.cast is not None and one.anchor is not None
    }
    mention = schema.mention.c
    asked = select(mention.cast, mention.start, mention.end).where(
        mention.report_id == row.act.report_id,
        mention.cast.in_(roles),
        mention.form == MentionForm.NAME.value,
        mention.start >= window.start,
        mention.start < row.act.quote.end,
    )
    last = {each.cast: each for each in store.all(asked.order_by(mention.start))}
    for cast, each in last.items():
        if each.end <= row.act.quote.start:
            yield Mark(label=roles[cast], span=Span(each.start, each.end))


def values_of(row: ActRow, showing: Showing) -> Iterator[Value]:
    """Each value of an act but its kind and modality, in the order of a table."""
    act, seen = row.act, _Seen(showing, row.act.quote.span)
    for number, one in enumerate(act.involvements):
        yield seen.value(
            role_of(row, one),
            showing.say(one.name),
            one.anchor,
            basis=one.basis,
            path=one.path,
            confidence=one.confidence,
            actor=row.actors[number] if number < len(row.actors) else None,
            number=number,
        )
    when = act.when
    yield seen.value(
        "when",
        when.edtf,
        when.anchor,
        basis=when.basis,
        flags=when.flags,
        confidence=when.confidence if when.edtf else None,
    )
    for number, where in enumerate(act.where):
        yield seen.value(
            "where",
            ", ".join(filter(None, (where.place or where.name, where.country))),
            where.anchor,
            path=where.path,
            confidence=where.confidence,
            number=number,
        )
    for label in ("what", "reason", "penalty", "response"):
        anchor = getattr(act, label)
        if anchor is not None:
            yield seen.value(label, "", anchor)
    for number, demand in enumerate(act.demands):
        yield seen.value("demand", "", demand, number=number)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Quotes what a report shows; words outside the quotation come with what is around them."""

    showing: Showing
    quote: Span

    def value(self, attribute: str, said: str, anchor: Anchor | None, **more: object) -> Value:
        if anchor is None:
            return Value(attribute=attribute, said=said, **more)  # type: ignore[arg-type]
        text = self.showing.text
        before = after = ""
        if not self.quote.holds(anchor.span):
            before = _from_word(text, anchor.start)
            after = _to_word(text, anchor.end)
        return Value(
            attribute=attribute,
            said=said,
            anchor=anchor,
            exact=text[anchor.start : anchor.end],
            before=before,
            after=after,
            **more,  # type: ignore[arg-type]
        )


def _from_word(text: str, end: int) -> str:
    """What stands before a place, from the beginning of a word."""
    start = max(0, end - BESIDE)
    cut = text[start:end]
    return cut.partition(" ")[2] if start and " " in cut else cut


def _to_word(text: str, start: int) -> str:
    """What stands behind a place, to the end of a word."""
    cut = text[start : start + BESIDE]
    return cut.rpartition(" ")[0] if start + BESIDE < len(text) and " " in cut else cut
