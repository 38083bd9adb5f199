"""An act as a form holds it: what was typed and chosen so far, whether it can be meant or not.

Every field of a draft is carried by every page on the way, so that nothing typed is lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from khronika.model.acts import Act, ActorType, Count, Involvement, Modality, Role, Where
from khronika.model.anchors import Span
from khronika.web.forms import Form

T = TypeVar("T")
MOST_FILLERS = 60
MOST_PLACES = 20
LONGEST = 600  # code points of a field
LONGEST_WHY = 2000
UNKNOWN = "-"  # which place: none of those that are known


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Words of a report: as typed or chosen, and where they stand if that is known."""

    words: str = field(default="", repr=False)
    at: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FillerDraft:
    """Somebody in a role, as typed."""

    role: str = Role.VICTIM.value
    name: str = field(default="", repr=False)
    type: str = ""
    count: str = ""
    age: str = ""
    basis: str = ""
    chosen: Chosen = Chosen()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDraft:
    """A place: its words, and which of the places of that name it is.

    `which` is GeoNames' number, "-" for a place that is not known, "" where nothing was chosen.
    `look` is another name to look it up under.
    """

    chosen: Chosen = Chosen()
    which: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An act in the making; `act` is "" for one that is new."""

    report: str
    act: str = ""
    version: str = ""
    kind: str = ""
    modality: str = Modality.OCCURRED.value
    quote: Chosen = Chosen()
    trigger: Chosen = Chosen()
    fillers: tuple[FillerDraft, ...] = ()
    when: str = ""
    when_words: Chosen = Chosen()
    when_basis: str = ""
    places: tuple[PlaceDraft, ...] = ()
    why: str = field(default="", repr=False)

    def with_words(self, slot: str, chosen: Chosen) -> "Draft":
        """This draft with the words of one slot chosen: "quote", "filler.0", "place.1" ..."""
        name, _, number = slot.partition(".")
        if name in {"quote", "trigger", "when"} and not number:
            return self.settled(name, chosen)
        at = int(number) if _is_number(number) else -1
        if name == "filler" and 0 <= at < len(self.fillers):
            old = self.fillers[at]
            known = old.name if old.name and old.name != old.chosen.words else chosen.words
            return replace(
                self, fillers=_put(self.fillers, at, replace(old, chosen=chosen, name=known))
            )
        if name == "place" and 0 <= at < len(self.places):
            place = PlaceDraft(chosen=chosen)
            return replace(self, places=_put(self.places, at, place))
        return self

    def settled(self, slot: str, chosen: Chosen) -> "Draft":
        """This draft with the words of one slot found; unlike a choice that changes nothing else.

        The slot is one of `slots`.
        """
        name, _, number = slot.partition(".")
        if name == "filler":
            at = int(number)
            return replace(
                self, fillers=_put(self.fillers, at, replace(self.fillers[at], chosen=chosen))
            )
        if name == "place":
            at = int(number)
            return replace(
                self, places=_put(self.places, at, replace(self.places[at], chosen=chosen))
            )
        if name == "when":
            return replace(self, when_words=chosen)
        return replace(self, quote=chosen) if name == "quote" else replace(self, trigger=chosen)

    def slot(self, slot: str) -> Chosen | None:
        """The words of one slot, None where there is no such slot."""
        return dict(self.slots()).get(slot)

    def slots(self) -> Iterator[tuple[str, Chosen]]:
        """Every slot that takes words."""
        yield from (("quote", self.quote), ("trigger", self.trigger), ("when", self.when_words))
        yield from ((f"filler.{n}", one.chosen) for n, one in enumerate(self.fillers))
        yield from ((f"place.{n}", one.chosen) for n, one in enumerate(self.places))

    def without(self, slot: str) -> "Draft":
        """This draft without one filler or place."""
        name, _, number = slot.partition(".")
        kept = [n for n in range(max(len(self.fillers), len(self.places))) if str(n) != number]
        if name == "filler":
            return replace(
                self, fillers=tuple(self.fillers[n] for n in kept if n < len(self.fillers))
            )
        if name == "place":
            return replace(self, places=tuple(self.places[n] for n in kept if n < len(self.places)))
        return self

    def asking(self, slot: str) -> "Draft":
        """This draft with one place to be chosen once more."""
        places = tuple(
            replace(place, which="") if slot == f"place.{n}" else place
            for n, place in enumerate(self.places)
        )
        return replace(self, places=places)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Every field as a form carries it."""
        for name in ("report", "act", "version", "kind", "modality", "when", "when_basis", "why"):
            yield name, getattr(self, name)
        for slot, chosen in self.slots():
            yield f"{slot}.words", chosen.words
            yield f"{slot}.at", place_of(chosen.at)
        for n, one in enumerate(self.fillers):
            for name in ("role", "name", "type", "count", "age", "basis"):
                yield f"filler.{n}.{name}", getattr(one, name)
        for n, place in enumerate(self.places):
            yield f"place.{n}.which", place.which
            yield f"place.{n}.look", place.look
        yield "fillers", str(len(self.fillers))
        yield "places", str(len(self.places))


def _put(values: tuple[T, ...], at: int, value: T) -> tuple[T, ...]:
    return (*values[:at], value, *values[at + 1 :])


def place_of(span: Span | None) -> str:
    """A span as a form carries it: "12-20"."""
    return "" if span is None else f"{span.start}-{span.end}"


def span_of(said: str) -> Span | None:
    """A span from a form, None where it is none."""
    first, dash, last = said.strip().partition("-")
    if not (dash and _is_number(first) and _is_number(last)) or int(first) >= int(last):
        return None
    return Span(int(first), int(last))


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 10


def draft_of(act: Act, version: str) -> Draft:
    """An act as a form begins with it."""
    anchor = act.when.anchor
    return Draft(
        report=act.report_id,
        act=act.id,
        version=version,
        kind=act.kind,
        modality=act.modality.value,
        quote=Chosen(words=act.quote.exact, at=act.quote.span),
        trigger=Chosen(words=act.trigger.exact, at=act.trigger.span),
        fillers=tuple(filler_draft(one) for one in act.involvements),
        when=act.when.edtf,
        when_words=Chosen(words=anchor.exact, at=anchor.span) if anchor else Chosen(),
        when_basis=act.when.basis,
        places=tuple(_place(one) for one in act.where),
    )


def filler_draft(one: Involvement) -> FillerDraft:
    """Somebody in an act as a form begins with it."""
    return FillerDraft(
        role=one.role.value,
        name=one.name,
        type=one.type.value,
        count=_count(one.count),
        age="" if one.age is None else str(one.age),
        basis=one.basis,
        chosen=Chosen(words=one.anchor.exact, at=one.anchor.span) if one.anchor else Chosen(),
    )


def _count(count: Count | None) -> str:
    if count is None or not count.least or (count.least, count.most) == (1, 1):
        return ""
    most = count.most if count.most is not None else count.least
    said = str(count.least) if most == count.least else f"{count.least}-{most}"
    return f"~{said}" if count.approximate else said


def _place(one: Where) -> PlaceDraft:
    which = str(one.geonameid) if one.geonameid else (one.country or UNKNOWN)
    return PlaceDraft(
        chosen=Chosen(words=one.anchor.exact, at=one.anchor.span),
        which=which,
        look=one.place if one.place and one.place != one.name else "",
    )


def draft_from(form: Form) -> Draft:
    """What a form holds, within bounds; nothing of it is trusted."""

    def text(name: str, longest: int = LONGEST) -> str:
        return _text(form, name, longest)

    def chosen(slot: str) -> Chosen:
        return _chosen(form, slot)

    fillers = min(form.number("fillers"), MOST_FILLERS)
    places = min(form.number("places"), MOST_PLACES)
    return Draft(
        report=text("report"),
        act=text("act"),
        version=text("version"),
        kind=text("kind"),
        modality=text("modality"),
        quote=chosen("quote"),
        trigger=chosen("trigger"),
        fillers=tuple(_filler_from(form, n) for n in range(fillers)),
        when=text("when", 60),
        when_words=chosen("when"),
        when_basis=text("when_basis"),
        places=tuple(
            PlaceDraft(
                chosen=chosen(f"place.{n}"),
                which=text(f"place.{n}.which", 20),
                look=text(f"place.{n}.look", 80),
            )
            for n in range(places)
        ),
        why=text("why", LONGEST_WHY),
    )


def _text(form: Form, name: str, longest: int = LONGEST) -> str:
    return form.one(name)[:longest].strip()


def _chosen(form: Form, slot: str) -> Chosen:
    return Chosen(words=_text(form, f"{slot}.words"), at=span_of(form.one(f"{slot}.at")))


def _filler_from(form: Form, number: int) -> FillerDraft:
    slot = f"filler.{number}"
    return FillerDraft(
        role=_text(form, f"{slot}.role"),
        name=_text(form, f"{slot}.name"),
        type=_text(form, f"{slot}.type"),
        count=_text(form, f"{slot}.count", 20),
        age=_text(form, f"{slot}.age", 3),
        basis=_text(form, f"{slot}.basis"),
        chosen=_chosen(form, slot),
    )


ROLES = tuple(role.value for role in Role)
TYPES = tuple(type_.value for type_ in ActorType)
MODALITIES = tuple(modality.value for modality in Modality)
