"""A draft checked against its report: what it says, or what is still wrong with it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from khronika.model.acts import Act, ActorType, Count, Involvement, Modality, Role, When, Where
from khronika.model.anchors import Anchor, Span
from khronika.model.corrections import AddedAct, Correction, Filler
from khronika.model.edtf import is_valid
from khronika.text.gazetteer import Place, PlaceKind, gazetteer
from khronika.web.language import N_
from khronika.web.pages.review_draft import (
    MODALITIES,
    ROLES,
    TYPES,
    UNKNOWN,
    Chosen,
    Draft,
    FillerDraft,
    PlaceDraft,
    filler_draft,
)
from khronika.workflows.browsing.words import found_in

LONGEST_QUOTE = 600
OLDEST = 130  # years
MOST_PEOPLE = 10_000_000
BASIS = "given by a reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one field, in words to be translated; `places` are where words stand."""

    slot: str
    says: str
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A draft with its words found, and what is wrong with it."""

    draft: Draft
    problems: tuple[Problem, ...] = ()
    candidates: dict[int, tuple[Place, ...]] = field(default_factory=dict)

    def of(self, slot: str) -> tuple[Problem, ...]:
        """What is wrong with one slot."""
        return tuple(each for each in self.problems if each.slot == slot)


def checked(draft: Draft, text: str, kinds: Collection[str]) -> Checked:
    """Find the words of a draft where they stand, and say what cannot be meant.

    Args:
        draft: as it came from a form.
        text: the report's, unaltered.
        kinds: ids of the codebook's kinds.
    """
    quote, problems = _quote(draft, text)
    near = quote.at or Span(0, len(text))
    found = replace(draft, quote=quote)
    for slot, chosen in draft.slots():
        if slot == "quote":
            continue
        settled, wrong = _settled(slot, chosen, text, near)
        problems += wrong
        found = found.settled(slot, settled)
    problems += _of_values(found, kinds)
    candidates = {n: places_of(place) for n, place in enumerate(found.places)}
    places = tuple(_which(place, candidates[n]) for n, place in enumerate(found.places))
    found = replace(found, places=places)
    problems += [
        Problem(
            slot=f"place.{n}", says=N_("Choose which place it is, or say that it is not known.")
        )
        for n, place in enumerate(places)
        if not place.which and place.chosen.words
    ]
    return Checked(draft=found, problems=tuple(problems), candidates=candidates)


def _quote(draft: Draft, text: str) -> tuple[Chosen, list[Problem]]:
    chosen, problems = _settled("quote", draft.quote, text, Span(0, len(text)))
    if not chosen.at and not problems:
        problems = [Problem(slot="quote", says=N_("Choose the words that tell the act."))]
    if chosen.at and len(chosen.at) > LONGEST_QUOTE:
        says = N_("That is too long: quote the one clause or sentence that tells it.")
        problems.append(Problem(slot="quote", says=says))
    return chosen, problems


def _settled(slot: str, chosen: Chosen, text: str, near: Span) -> tuple[Chosen, list[Problem]]:
    """Words with the place where they stand, if there is one only."""
    if not chosen.words:
        return Chosen(), []
    at = chosen.at
    if at and at.end <= len(text) and _same(text[at.start : at.end], chosen.words):
        return Chosen(words=text[at.start : at.end], at=at), []
    places = found_in(text, chosen.words, near)
    if len(places) == 1:
        only = places[0]
        return Chosen(words=text[only.start : only.end], at=only), []
    says = (
        N_("These words stand in several places: choose the one that is meant.")
        if places
        else N_("The report does not hold these words; choose them from it.")
    )
    return replace(chosen, at=None), [Problem(slot=slot, says=says, places=places)]


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _of_values(draft: Draft, kinds: Collection[str]) -> Iterator[Problem]:
    if draft.kind not in kinds:
        yield Problem(slot="kind", says=N_("Choose a kind of act."))
    if draft.modality not in MODALITIES:
        yield Problem(slot="modality", says=N_("Choose whether it happened."))
    if not is_valid(draft.when):
        says = N_("This is no date. Write 2024, 2024-03, 2024-03-14 or 2024-03-14/2024-03-17.")
        yield Problem(slot="date", says=says)
    quote, trigger = draft.quote.at, draft.trigger.at
    if quote and trigger and not quote.holds(trigger):
        yield Problem(slot="trigger", says=N_("Choose words inside the quotation."))
    for n, one in enumerate(draft.fillers):
        yield from (Problem(slot=f"filler.{n}", says=says) for says in _of_filler(one))
    for n, place in enumerate(draft.places):
        if not place.chosen.words:
            says = N_("Choose the words that name the place, or remove it.")
            yield Problem(slot=f"place.{n}", says=says)


def _of_filler(one: FillerDraft) -> Iterator[str]:
    if one.role not in ROLES:
        yield N_("Choose a role.")
    if one.type not in ("", *TYPES):
        yield N_("Choose what the actor is.")
    if not one.name and not one.chosen.words:
        yield N_("Name the actor or choose the words, or remove the row.")
    if one.count and count_of(one.count) is None:
        yield N_("Write how many as a number: 3, 3-5 or ~300.")
    if one.age and _number(one.age, OLDEST) is None:
        yield N_("Write the age in years.")


def _number(said: str, most: int) -> int | None:
    good = said.isascii() and said.isdigit() and len(said) < 10
    return int(said) if good and 0 < int(said) <= most else None


def count_of(said: str) -> Count | None:
    """How many, as a form has it: "3", "3-5", "~300"; None where that is no number."""
    first, dash, last = said.removeprefix("~").partition("-")
    least, most = _number(first, MOST_PEOPLE), _number(last if dash else first, MOST_PEOPLE)
    if least is None or most is None or most < least:
        return None
    return Count(least=least, most=most, approximate=said.startswith("~"))


def places_of(place: PlaceDraft) -> tuple[Place, ...]:
    """The places of the gazetteer that the words, or the name to look under, can mean."""
    table = gazetteer()
    names = [each for each in (place.look, place.chosen.words) if each]
    found = [each for name in names for each in table.places(name)]
    kept = {number_of(each): each for each in found if each.kind is not PlaceKind.PEOPLE}
    return tuple(kept.values())[:30]


def number_of(place: Place) -> str:
    """How a form names a place of the gazetteer."""
    return str(place.geonameid) if place.geonameid else place.country


def _which(place: PlaceDraft, candidates: Sequence[Place]) -> PlaceDraft:
    """The choice that was made, if it still is one; what cannot be chosen is not known."""
    known = {number_of(each) for each in candidates}
    if place.which in known or place.which == UNKNOWN:
        return place
    return replace(place, which=UNKNOWN if place.chosen.words and not candidates else "")


def correction_of(checked: Checked, act: Act) -> Correction:
    """What a draft without problems says other than the act as it is."""
    draft = checked.draft
    when, where, fillers = _when(draft), _where(checked), _fillers(draft)
    modality = Modality(draft.modality)
    before = {role: tuple(map(_as_given, act.in_role(role))) for role in Role}
    return Correction(
        kind=draft.kind if draft.kind != act.kind else None,
        modality=modality if modality is not act.modality else None,
        when=when if (when.edtf, when.anchor) != (act.when.edtf, act.when.anchor) else None,
        where=where if _said(where) != _said(act.where) else None,
        fillers={
            role: fillers.get(role, ()) for role in Role if fillers.get(role, ()) != before[role]
        },
    )


def added_of(checked: Checked) -> AddedAct:
    """The act that a draft without problems tells."""
    draft = checked.draft
    quote = _anchor(draft.quote)
    assert quote is not None
    return AddedAct(
        kind=draft.kind,
        modality=Modality(draft.modality),
        quote=quote,
        trigger=_anchor(draft.trigger) or quote,
        when=_when(draft),
        where=_where(checked),
        fillers=_fillers(draft),
    )


def _anchor(chosen: Chosen) -> Anchor | None:
    if chosen.at is None:
        return None
    return Anchor(start=chosen.at.start, end=chosen.at.end, exact=chosen.words)


def _when(draft: Draft) -> When:
    anchor = _anchor(draft.when_words)
    if not draft.when:
        return When()
    return When(edtf=draft.when, anchor=anchor, basis="stated" if anchor else BASIS)


def _where(checked: Checked) -> tuple[Where, ...]:
    return tuple(
        _place(place, anchor, checked.candidates.get(n, ()))
        for n, place in enumerate(checked.draft.places)
        if (anchor := _anchor(place.chosen)) is not None
    )


def _place(place: PlaceDraft, anchor: Anchor, candidates: Sequence[Place]) -> Where:
    known = next((each for each in candidates if number_of(each) == place.which), None)
    if known is None:
        return Where(name=anchor.exact, anchor=anchor)
    return Where(
        name=anchor.exact,
        anchor=anchor,
        place=known.name,
        country=known.country,
        geonameid=known.geonameid,
    )


def _said(where: Sequence[Where]) -> list[tuple[Anchor, str, int | None]]:
    return [(each.anchor, each.country, each.geonameid) for each in where]


def _fillers(draft: Draft) -> dict[Role, tuple[Filler, ...]]:
    found: dict[Role, tuple[Filler, ...]] = {}
    for one in draft.fillers:
        role = Role(one.role)
        found[role] = (*found.get(role, ()), _filler(one))
    return found


def _filler(one: FillerDraft) -> Filler:
    words = _anchor(one.chosen)
    return Filler(
        name=one.name or one.chosen.words,
        words=words,
        type=ActorType(one.type) if one.type else None,
        count=count_of(one.count),
        age=_number(one.age, OLDEST),
        basis="" if words else one.basis or BASIS,
    )


def _as_given(one: Involvement) -> Filler:
    """An involvement as a form gives it back unchanged."""
    return _filler(filler_draft(one))
