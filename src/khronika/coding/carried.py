"""Who is meant where a telling does not say: what one telling takes over from another."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from khronika.coding.cast import Cast, Filler
from khronika.coding.custody import disown, in_custody
from khronika.coding.parsed import ParsedUnit
from khronika.coding.restrictions import elliptic
from khronika.coding.telling import Draft, Reader, in_common, recast
from khronika.model.acts import ActorType, MentionForm, Modality, Role
from khronika.model.reports import PassageRole

ROWS = frozenset({PassageRole.TABLE_ROW, PassageRole.LIST_ITEM})
# What a denial may deny beside its own kind: 'never picked him up' of one who disappeared.
DENIED_AS = {
    "arrest": frozenset({"enforced-disappearance"}),
    "assault": frozenset({"torture", "killing"}),
    "kidnapping": frozenset({"enforced-disappearance"}),
    "enforced-disappearance": frozenset({"arrest", "kidnapping"}),
}


def carry(there: Sequence[Draft], made: Sequence[Draft], unit: ParsedUnit, reader: Reader) -> None:
    """Give the tellings of one unit the victims that they share with others.

    Args:
        there: the tellings of the unit; they are filled in place.
        made: the tellings of earlier units.
        unit: the unit.
        reader: what the coder knows of the report.
    """
    inherit_victims(there)
    of_notes(made, there)
    in_custody(there, made, reader)
    share_among_conjuncts(there)
    inherit_groups(made, there)
    if unit.unit.role in ROWS:
        name_of_row(there, unit, reader.cast)


def of_notes(made: Sequence[Draft], there: Sequence[Draft]) -> None:
    """'12 May: arrested at home.': a note that names nobody is about whom those before name."""
    for place, draft in enumerate(there):
        way = draft.candidate.entry.way
        alone = "/fragment/penalty" in draft.candidate.entry.rule  # 'Seven years in prison.'
        role = Role.VICTIM if alone or "victim" in (way.object, way.subject) else None
        if role is None or draft.victims() or not (alone or _note(draft)):
            continue
        for other in reversed([*made, *there[:place]]):
            people = [f for f in other.victims() if f.type is ActorType.PERSON]
            if len(people) == 1:
                draft.filled.actors[role] = people
                break


def _note(draft: Draft) -> bool:
    args = draft.candidate.arguments
    return args.elided or (not args.subject and not args.passive and elliptic(draft.candidate.head))


def name_of_row(there: Sequence[Draft], unit: ParsedUnit, cast: Cast) -> None:
    """'1 | Anna Belova | teacher | arrested 3 May': what a row tells, it tells of its name."""
    named = next(_people(unit, cast), None)
    if named is None:
        return
    for draft in there:
        head, entry = draft.candidate.head, draft.candidate.entry
        if draft.victims() or entry.kind.intervention or named.start > head.idx:
            continue
        doers = draft.filled.actors.get(Role.PERPETRATOR, [])
        if in_common(doers, [named]):
            doers.clear()
        draft.filled.actors[Role.VICTIM] = [named]


NAMED = (ActorType.PERSON, ActorType.ORGANISATION)


def _people(unit: ParsedUnit, cast: Cast) -> Iterator[Filler]:
    for token in unit.doc:
        if token.pos_ == "PROPN":
            for filler in cast.fillers(unit.index, token):
                if filler.type in NAMED and filler.form is MentionForm.NAME:
                    yield filler


def answer(made: Sequence[Draft], reader: Reader) -> None:
    """A denial stands in the incident of what is denied: its kind, and whom it was done to."""
    for place, draft in enumerate(made):
        if draft.modality is not Modality.DENIED:
            continue
        denied = _denied_by(draft, made, place)
        if denied is None:
            continue
        if not draft.victims():
            draft.filled.actors[Role.VICTIM] = list(denied.victims())
        if not disown(draft, denied, reader) and denied.kind != draft.kind:
            recast(draft, denied.kind, reader)


def _denied_by(draft: Draft, made: Sequence[Draft], place: int) -> Draft | None:
    """The nearest telling before the denial, or else after it, that it may be about."""
    kinds = DENIED_AS.get(draft.kind, frozenset()) | {draft.kind}
    around = [*reversed(made[:place]), *made[place + 1 :]]
    told = [d for d in around if d.kind in kinds and d.modality in HAPPENED and d.victims()]
    whom = draft.victims()
    same = [d for d in told if not whom or in_common(whom, d.victims())]
    if not same and all(_nobody_named(f) for f in whom):
        same = [d for d in told if d.kind != draft.kind]
    if not same:  # 'denies having the boy', 'nobody laid a hand on the defendant'
        here = [d for d in told if d.candidate.unit == draft.candidate.unit]
        same = [d for d in here if d.kind != draft.kind]
    if draft.kind == "enforced-disappearance":  # rather what it names than an arrest nearer by
        same.sort(key=lambda d: d.kind != draft.kind)
    return same[0] if same else None


# Whom a denial names that has nobody in particular in mind, or one by his part in the case.
ANYBODY = frozenset(
    "nobody anybody anyone one defendant accused prisoner inmate detainee convict suspect".split()
)


def _nobody_named(filler: Filler) -> bool:
    return not ANYBODY.isdisjoint(filler.name.lower().split())


HAPPENED = frozenset({Modality.OCCURRED, Modality.ATTEMPTED})


def share_among_conjuncts(there: Sequence[Draft]) -> None:
    """'faced surveillance and threats from strangers': both came from them, to the same people."""
    for draft in there:
        for other in there:
            if other is draft or not _coordinated(draft.candidate.head, other.candidate.head):
                continue
            for role in (Role.VICTIM, Role.PERPETRATOR):
                fillers = other.filled.actors.get(role)
                if fillers and not draft.filled.actors.get(role):
                    draft.filled.actors[role] = list(fillers)


def _coordinated(one: Token, other: Token) -> bool:
    return (
        one.pos_ == "NOUN"
        and other.pos_ == "NOUN"
        and (
            (one.dep_ == "conj" and one.head == other)
            or (other.dep_ == "conj" and other.head == one)
        )
    )


def inherit_groups(made: Sequence[Draft], there: Sequence[Draft]) -> None:
    """'some were fined': some of the group last told of in the same passage."""
    for place, draft in enumerate(there):
        if "some of victim" not in draft.filled.words or draft.filled.actors.get(Role.VICTIM):
            continue
        unit = draft.candidate.unit
        earlier = [*(d for d in made if d.candidate.unit == unit), *there[:place]]
        for other in reversed(earlier):
            groups = [f for f in other.filled.actors.get(Role.VICTIM, []) if _plural(f)]
            if groups:
                draft.filled.actors[Role.VICTIM] = [replace(f, count=None) for f in groups]
                break


def _plural(filler: Filler) -> bool:
    many = filler.count is not None and (filler.count.least or 0) > 1
    return many or filler.type is ActorType.GROUP


def inherit_victims(there: Sequence[Draft]) -> None:
    """'was arrested on a request issued by X': the request was for whoever was arrested."""
    for draft in there:
        head = draft.candidate.head
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in head.children)
        if draft.filled.actors.get(Role.VICTIM) or draft.candidate.entry.kind.intervention or own:
            continue
        above = {token.i for token in head.ancestors}
        for other in there:
            victims = other.filled.actors.get(Role.VICTIM)
            if other is not draft and other.candidate.head.i in above and victims:
                draft.filled.actors[Role.VICTIM] = list(victims)
                break


NEAR = 8  # tellings, among which the one stands that another is told after


def in_its_place(draft: Draft, told_before: Sequence[Draft]) -> bool:
    """True unless the way asks for an earlier telling of other kinds, and none is about them."""
    after = draft.candidate.entry.way.after
    if not after:
        return True
    before = [d for d in told_before if d is not draft and _earlier(d, draft)][-NEAR:]
    return any(
        d.kind in after and d.victims() and in_common(d.victims(), draft.victims()) for d in before
    )


def _earlier(one: Draft, other: Draft) -> bool:
    first, second = one.candidate, other.candidate
    return (first.unit, first.head.i) < (second.unit, second.head.i)
