"""One incident whole: what is told of it, by whom, in which words; tellings a page at a time."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from khronika.codebook.model import Kind
from khronika.model.acts import Involvement, Modality, Role, When
from khronika.model.anchors import Anchor
from khronika.model.links import Contradiction, Incident, Ruling
from khronika.publish.wording import DOERS, is_alleged
from khronika.store.read_links import bare_incidents
from khronika.store.store import Store
from khronika.workflows.browsing.incidents import Face, faces, inside
from khronika.workflows.browsing.quoting import ShownTelling, shown_tellings
from khronika.workflows.browsing.tellings import act_rows
from khronika.workflows.browsing.veil import NOTHING, Veil, veils
from khronika.workflows.chains import Chains
from khronika.workflows.former import current_id
from khronika.workflows.linked import captions_by_id
from khronika.workflows.rows import ActRow

CLOCK = re.compile(r"T\d\d(?::?\d\d){0,2}")
SAID = 160  # code points of words that a value stands on
ORDER = (
    *("when", "where", "victim", "perpetrator", "intervener", "addressee", "victim_count", "age"),
    *("what", "reason", "penalty", "demands", "response", "source", "kind", "modality"),
)
ROLES = {
    Role.VICTIM: "victim",
    Role.PERPETRATOR: "perpetrator",
    Role.ALLEGED_PERPETRATOR: "perpetrator",
    Role.INTERVENER: "intervener",
    Role.ADDRESSEE: "addressee",
    Role.SOURCE: "source",
}
ALWAYS = ("when", "where", "victim", "perpetrator")  # said to be unknown where nobody tells them

# What the other is, where an incident is told to be before, after, ... it; and the other way round.
OWN = {"before": "later", "after": "earlier", "consequence": "cause", "part_of": "whole"}
OTHERS = {"consequence": "effect", "part_of": "part"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who tells a value: the act, with its report, and the exact words that the value stands on.

    `basis` says what it stands on where it has no words of its own.
    """

    row: ActRow
    words: str = field(default="", repr=False)
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of an attribute and all who tell it.

    Attributes:
        value: as coded: EDTF, a name, a number, words; "" where a telling leaves it unknown.
        tellers: in the order of their reports' dates.
        actor: the id of the actor, if it is one.
        alleged: of a perpetrator: all who tell it allege it.
        countries: of a place.
    """

    value: str = field(repr=False)
    tellers: tuple[Teller, ...]
    actor: str | None = None
    alleged: bool = False
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """What is told of one attribute, the most told first; `clash` if the tellings contradict."""

    name: str
    values: tuple[Value, ...]
    clash: bool = False
    unknown: tuple[str, ...] = ()  # why those that do not tell it do not


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a contradiction: a value, and the tellings that have it; `more` are not shown."""

    value: str = field(repr=False)
    tellings: tuple[ShownTelling, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """What tellings say of one attribute that cannot all hold, side by side."""

    attribute: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An incident in a chain, and what it is to the one that is shown, which has no `relations`.

    They are "earlier", "later", "cause" (the one shown is a consequence of it), "effect", "whole"
    and "part".
    """

    face: Face
    relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """What all tellings of an incident say, read once; pages show parts of it."""

    incident: Incident
    rows: Mapping[str, ActRow]
    captions: Mapping[str, str]


def bare_incident(store: Store, asked: str) -> Incident | None:
    """An incident by its id; None where nothing has it."""
    with store.reading() as connection:
        return next(iter(bare_incidents(connection, [asked])), None)


def moved(store: Store, asked: str) -> str | None:
    """What an incident that once had this id is called now."""
    return current_id(store, asked) if asked.startswith("inc_") else None


def read_telling(store: Store, incident: Incident, rulings: Mapping[str, Ruling]) -> Telling:
    """Read all tellings of an incident, the earliest published first."""
    with store.reading() as connection:
        found = act_rows(connection, incident.acts, rulings)
        actors = {actor for row in found.values() for actor in row.actors if actor}
        captions = captions_by_id(connection, sorted(actors))
    ordered = sorted(found.values(), key=lambda r: (r.report.published or "9", r.act.id))
    return Telling(incident, {row.act.id: row for row in ordered}, captions)


def attributes(
    telling: Telling, hidden: Mapping[str, Veil], clashes: Collection[str]
) -> tuple[Attribute, ...]:
    """Each attribute with every value that is told, and by whom.

    Args:
        telling: what is told.
        hidden: the veils of its reports.
        clashes: the attributes in which tellings contradict each other.
    """
    gathered: dict[str, dict[Any, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    why: dict[str, dict[str, None]] = defaultdict(dict)
    for row in telling.rows.values():
        for one in _values(row, telling.captions, hidden.get(row.report.id, NOTHING)):
            gathered[one.name][one.key].append(one)
        if not row.act.when.edtf and row.act.when.basis:
            why["when"][row.act.when.basis] = None
    return tuple(
        Attribute(
            name=name,
            values=tuple(
                _value(group)
                for group in sorted(gathered[name].values(), key=lambda g: (-len(g), g[0].value))
            ),
            clash=name in clashes or (name == "perpetrator" and "perpetrator_count" in clashes),
            unknown=tuple(why[name]),
        )
        for name in ORDER
        if name in ALWAYS or _is_told(name, gathered)
    )


def _is_told(name: str, gathered: Mapping[str, Mapping[Any, Any]]) -> bool:
    """Of its kind and modality an incident's head tells; only what differs is told again."""
    least = 2 if name in ("kind", "modality") else 1
    return len(gathered.get(name, ())) >= least


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    name: str
    key: Any
    value: str = field(repr=False)
    row: ActRow
    words: str = field(default="", repr=False)
    basis: str = ""
    actor: str | None = None
    alleged: bool = False
    country: str = ""


def _value(group: Sequence[_Told]) -> Value:
    """A value with its tellers; a report that says it twice in the same words tells it once."""
    first = group[0]
    told = {(one.row.report.id, one.words.casefold()): one for one in reversed(group)}
    return Value(
        value=first.value,
        tellers=tuple(
            Teller(row=one.row, words=one.words, basis=one.basis) for one in reversed(told.values())
        ),
        actor=first.actor,
        alleged=all(one.alleged for one in group),
        country=first.country,
    )


def _values(row: ActRow, captions: Mapping[str, str], veil: Veil) -> Iterator[_Told]:
    one = row.act
    yield _Told(name="kind", key=one.kind, value=one.kind, row=row)
    yield _Told(name="modality", key=one.modality, value=one.modality.value, row=row)
    if one.when.edtf:
        words = _words(one.when.anchor, veil)
        yield _Told(
            name="when", key=CLOCK.sub("", one.when.edtf), value=one.when.edtf, row=row,
            words=words, basis=_basis(one.when),
        )  # fmt: skip
    for place in one.where:
        said = veil.say(place.place or place.name)
        yield _Told(
            name="where", key=(said.casefold(), place.country), value=said, row=row,
            words=_words(place.anchor, veil), country=place.country,
        )  # fmt: skip
    for number, each in enumerate(one.involvements):
        yield from _involved(row, number, each, captions, veil)
    for name in ("what", "reason", "penalty", "response"):
        if anchor := getattr(one, name):
            said = _words(anchor, veil)
            yield _Told(name=name, key=" ".join(said.casefold().split()), value=said, row=row)
    for demand in one.demands:
        said = _words(demand, veil)
        yield _Told(name="demands", key=" ".join(said.casefold().split()), value=said, row=row)


def _basis(when: When) -> str:
    """How a date was found where it has no words of its own, and what cannot be right about it."""
    return "; ".join((*(() if when.anchor else (when.basis,)), *when.flags))


def _involved(
    row: ActRow, number: int, one: Involvement, captions: Mapping[str, str], veil: Veil
) -> Iterator[_Told]:
    denied = row.act.modality is Modality.DENIED and one.role in DOERS  # who did nothing
    if one.role not in ROLES or denied:
        return
    actor = row.actors[number]
    name = veil.say(captions.get(actor or "") or inside(one))
    words = _words(one.anchor, veil)
    yield _Told(
        name=ROLES[one.role],
        key=actor or name.casefold(),
        value=name,
        row=row,
        words=words,
        basis="" if words else one.basis,
        actor=actor,
        alleged=one.role in DOERS and is_alleged(row.act, one, dict(enumerate(row.actors))),
    )
    if one.role is not Role.VICTIM:
        return
    if one.count and (one.count.least, one.count.most) != (1, 1) and one.count.least is not None:
        exact = one.count.least == one.count.most
        said = f"{one.count.least}" if exact else f"{one.count.least}+"
        yield _Told(name="victim_count", key=said, value=said, row=row, words=words)
    if one.age is not None:
        yield _Told(name="age", key=(actor, one.age), value=str(one.age), row=row, words=words)


def _words(anchor: Anchor | None, veil: Veil) -> str:
    if anchor is None:
        return ""
    words = veil.over(anchor.exact, anchor.start)
    return words if len(words) <= SAID else f"{words[:SAID].rsplit(' ', 1)[0]} …"


SIDE = 3  # tellings that a side of a contradiction shows


def clashes(
    store: Store, telling: Telling, hidden: Mapping[str, Veil], against: Sequence[Contradiction]
) -> tuple[Clash, ...]:
    """The contradictions of an incident, each as opposing sides with their quotations."""
    wanted = [
        telling.rows[act]
        for each in against
        for side in each.values
        for act in side.acts[:SIDE]
        if act in telling.rows
    ]
    shown = {one.row.act.id: one for one in shown_tellings(store, _unique(wanted), hidden)}
    return tuple(
        Clash(
            attribute=each.attribute,
            sides=tuple(
                Side(
                    value=side.value,
                    tellings=tuple(shown[act] for act in side.acts[:SIDE] if act in shown),
                    more=max(0, len(side.acts) - SIDE),
                )
                for side in each.values
            ),
        )
        for each in against
    )


def _unique(rows: Sequence[ActRow]) -> list[ActRow]:
    return list({row.act.id: row for row in rows}.values())


def chain(
    store: Store,
    incident: Incident,
    kinds: Mapping[str, Kind],
    ruled: Mapping[str, Collection[str]],
) -> tuple[Step, ...]:
    """The incidents next to one in the chains of its people, and itself, in the order of time."""
    with store.reading() as connection:
        chains = Chains(connection, kinds)
        own = chains.related([incident.id]).get(incident.id, ())
        others = chains.related(sorted({each.incident for each in own}))
    found: dict[str, set[str]] = defaultdict(set)
    for each in own:
        found[each.incident].add(OWN[each.relation])
    for of, relations in others.items():
        for each in relations:
            if each.incident == incident.id and each.relation in OTHERS:
                found[of].add(OTHERS[each.relation])
    if not found:
        return ()
    steps = [
        Step(face=face, relations=tuple(sorted(found[face.id])) if face.id in found else ())
        for face in faces(store, [incident.id, *sorted(found)], ruled)
    ]
    return tuple(sorted(steps, key=_in_time))


def _in_time(step: Step) -> tuple[int, str, str]:
    """What came earlier, then the incident itself, then what came later."""
    said = set(step.relations)
    place = 0 if said & {"earlier", "cause"} else 2 if said & {"later", "effect"} else 1
    return place, step.face.when or "9", step.face.id


def veils_of(store: Store, telling: Telling, shown: Collection[str]) -> dict[str, Veil]:
    """The veils of the reports that tell an incident."""
    return veils(store, sorted({row.report.id for row in telling.rows.values()}), shown)
