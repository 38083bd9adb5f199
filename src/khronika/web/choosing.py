"""What an address chooses among incidents, and how a page offers the choice: filters as words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request

from khronika.model import edtf
from khronika.model.links import Ruling
from khronika.publish.selection import standing
from khronika.web.desk import Seat
from khronika.web.language import N_, Language
from khronika.workflows.browsing.columns import every_incident, ruled_incidents
from khronika.workflows.browsing.facets import (
    FACETS,
    NONE,
    Choice,
    Counted,
    Incidents,
    Mask,
)
from khronika.workflows.browsing.involved import Involved, read_involved
from khronika.workflows.filtering import is_id
from khronika.workflows.linked import captions_by_id
from khronika.workflows.rulings import kept_rulings, rulings_of

MOST_VALUES = 40  # of one facet in an address
LONGEST = 200  # letters of a value in an address
SHOWN = 7  # values of a facet that are seen at once
OFFERED = 25  # more values of a facet that a page has, folded away
JUDGED = frozenset({"accept", "correct", "add", "same", "different"})
TEXTS = ("actor", "within", "since", "until")
TITLES = {
    "kind": N_("Kind of act"),
    "modality": N_("Whether it happened"),
    "country": N_("Country"),
    "place": N_("Place"),
    "year": N_("Year"),
    "month": N_("Month"),
    "publisher": N_("Publisher of a report"),
    "sources": N_("Independent sources"),
    "contradiction": N_("Tellings contradict each other"),
    "reviewed": N_("A reviewer has ruled"),
    "actor": N_("Actor"),
    "within": N_("Place"),
    "since": N_("Not before"),
    "until": N_("Not after"),
}
UNKNOWN = {
    "country": N_("country unknown"),
    "place": N_("place unknown"),
    "year": N_("year unknown"),
    "month": N_("month unknown"),
    "publisher": N_("publisher unknown"),
}
NAMED = frozenset({"place", "publisher"})  # facets whose values are words of the reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a facet: how many incidents it has, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet as a page offers it: what is seen at once, what is folded away, how many are left."""

    name: str
    title: str
    options: tuple[Option, ...]
    folded: tuple[Option, ...] = ()
    left: int = 0

    @property
    def foreign(self) -> bool:
        """True if its labels are words of reports, in whatever language."""
        return self.name in NAMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """Something that is chosen; `left` are the values that stay when it is taken away."""

    name: str
    title: str
    label: str
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """What an address chooses.

    Attributes:
        choice: what is applied.
        texts: what stands in the fields that take words, applied or not.
        wrong: the names of fields whose words are no date.
    """

    choice: Choice
    texts: Mapping[str, str]
    wrong: tuple[str, ...] = ()


def chosen_by(request: Request) -> Choosing:
    """What an address chooses; what cannot be meant is left out, and named in `wrong`."""
    return chosen_in(request.query_params)


def chosen_in(asked: QueryParams) -> Choosing:
    """The same of a query that may be another's."""
    several = {
        name: tuple(dict.fromkeys(v for v in asked.getlist(name) if 0 < len(v) <= LONGEST))
        for name in FACETS
    }
    texts = {name: asked.get(name, "").strip()[:LONGEST] for name in TEXTS}
    wrong = tuple(name for name in ("since", "until") if not edtf.is_valid(texts[name]))
    given: dict[str, Any] = {
        **{name: values[:MOST_VALUES] for name, values in several.items()},
        **{name: text for name, text in texts.items() if name not in wrong},
    }
    return Choosing(
        choice=Choice(**given),
        texts=texts,
        wrong=wrong,
    )


def incidents_of(seat: Seat) -> Incidents:
    """Every incident, as columns; a ruling that changes none of them has none read again."""

    def read() -> Incidents:
        rulings = [each for each in kept_rulings(seat.store) if each.superseded_by is None]
        judged = {about for each in rulings if each.verb in JUDGED for about in each.ids}
        every = every_incident(seat.store)
        return every.ruled_on(ruled_incidents(seat.store, judged))

    return seat.once("incidents", read)


def standing_of(seat: Seat) -> Mapping[str, Ruling]:
    """The accept or reject that stands, by act."""
    return seat.once("standing rulings", lambda: standing(kept_rulings(seat.store)))


def ruled_of(seat: Seat) -> Mapping[str, frozenset[str]]:
    """The verbs of the rulings that stand, by act or whatever else they name."""

    def read() -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for ruling in rulings_of(seat.store).standing("accept", "correct", "add"):
            for each in ruling.ids:
                found.setdefault(each, set()).add(ruling.verb)
        return {each: frozenset(verbs) for each, verbs in found.items()}

    return seat.once("ruled", read)


def named_by(seat: Seat, incidents: Incidents, actor: str) -> Mask | None:
    """Which incidents have the actor that is asked for; None where none is."""
    if not actor:
        return None

    def read() -> Involved:
        return read_involved(seat.store, incidents)

    involved = seat.once("involved", read)
    return seat.once(("named", actor), lambda: involved.named(actor, len(incidents.ids)))


def facets_of(seat: Seat, choice: Choice, counted: Counted) -> tuple[Facet, ...]:
    """The facets that a page offers; months only within one year, a place only if it is chosen."""
    labels = _Labels(seat)
    return tuple(
        _facet(name, choice.of(name), counted.facets[name], labels)
        for name in FACETS
        if _is_offered(name, choice)
    )


def _is_offered(name: str, choice: Choice) -> bool:
    return name != "month" or len(choice.year) == 1 or bool(choice.month)


def _facet(
    name: str, chosen: Sequence[str], counts: Sequence[tuple[str, int]], labels: "_Labels"
) -> Facet:
    known = dict(counts)
    known |= {value: 0 for value in chosen if value not in known}
    ordered = sorted(known.items(), key=_order(name))
    wanted = [pair for n, pair in enumerate(ordered) if n < SHOWN + OFFERED or pair[0] in chosen]
    options = [
        Option(value=value, label=labels.of(name, value), count=count, chosen=value in chosen)
        for value, count in wanted
    ]
    first = [each for n, each in enumerate(options) if n < SHOWN or each.chosen]
    rest = [each for n, each in enumerate(options) if n >= SHOWN and not each.chosen]
    if len(rest) == 1:
        first, rest = first + rest, []
    return Facet(
        name=name,
        title=labels.language.say(TITLES[name]),
        options=tuple(first),
        folded=tuple(rest),
        left=len(ordered) - len(options),
    )


def _order(name: str) -> Callable[[tuple[str, int]], tuple[bool, int, str]]:
    """Most first; years from the latest, months and numbers of sources from the first."""

    def key(pair: tuple[str, int]) -> tuple[bool, int, str]:
        value, count = pair
        if name == "year":
            return value == NONE, -int(value) if value.isdigit() else 0, value
        if name in ("month", "sources"):
            return value == NONE, 0, value
        return value == NONE, -count, value

    return key


def chips_of(seat: Seat, choice: Choice) -> tuple[Chip, ...]:
    """What is chosen, one by one."""
    labels, found = _Labels(seat), []
    for name in FACETS:
        chosen = choice.of(name)
        for value in chosen:
            left = tuple(each for each in chosen if each != value)
            found.append(labels.chip(name, labels.of(name, value), left))
    for name in TEXTS:
        text: str = getattr(choice, name)
        if text:
            found.append(labels.chip(name, labels.words(name, text)))
    return tuple(found)


class _Labels:
    """Values in words."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.language: Language = seat.language

    def of(self, name: str, value: str) -> str:
        """A value of a facet."""
        say = self.language.say
        if value == NONE and name in UNKNOWN:
            return say(UNKNOWN[name])
        match name:
            case "kind":
                kinds = self._seat.desk.kinds
                return say(kinds[value].label) if value in kinds else value
            case "modality":
                return say(value)
            case "country":
                return self.language.country(value)
            case "month":
                return self.language.date(value)
            case "contradiction" | "reviewed":
                return say({"yes": N_("yes"), "no": N_("no")}.get(value, value))
            case "sources" if value.endswith("+"):
                return say(N_("%(number)s or more"), number=value[:-1])
            case _:
                return value

    def words(self, name: str, text: str) -> str:
        """What stands in a field: an actor's caption for its id, a date in words."""
        if name in ("since", "until"):
            return self.language.date(text)
        if name == "actor" and is_id(text):
            with self._seat.store.reading() as connection:
                return captions_by_id(connection, [text]).get(text, text)
        return text

    def chip(self, name: str, label: str, left: tuple[str, ...] = ()) -> Chip:
        """Something that is chosen."""
        return Chip(name=name, title=self.language.say(TITLES[name]), label=label, left=left)
