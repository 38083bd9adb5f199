"""Two coders of one report as one: what both tell is surer, what one tells alone is less sure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khronika.coding.llm.acts import appeals_of
from khronika.coding.registers import designations_of
from khronika.coding.rule_of_thumb import scaled
from khronika.model import edtf
from khronika.model.acts import Act, CastMember, Coding, Involvement, Role
from khronika.model.anchors import Anchor

DOUBT_LEFT = 0.4  # of the doubt in an act, once the other coder tells it, too
DIFFERS = 0.9  # where the other tells the act, but with another modality, date or victim
ALONE = 0.85  # where the other does not tell it
SHARE = 0.5  # of the shorter of two quotations that the other must cover
BY_BOTH = "the model tells it, too"
NOT_BY_MODEL = "the model does not tell it"
NOT_BY_RULE = "told by the model alone, not by the rules"
ACCUSED = (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR)


def vote(rules: Coding, model: Coding, text: str) -> Coding:
    """Join the codings of one report.

    An act of both is that of the rules, with what they left empty filled in; so its id, and a
    ruling on it, stay. Where the two differ, the rules' word stands and the act is less sure. An
    accusation is taken from the model only if the act's own quotation holds its words.

    Args:
        rules: what the coder by rule found.
        model: what counts of a language model's answer.
        text: the text of the report.
    """
    joined = _Cast(rules.cast, model.cast)
    theirs = [joined.moved(act) for act in model.acts]
    pairs = _pairs(rules.acts, theirs)
    acts: list[Act] = []
    for index, act in enumerate(rules.acts):
        other = pairs.get(index)
        acts.append(_alone(act, NOT_BY_MODEL) if other is None else _joined(act, theirs[other]))
    told, found = {act.id for act in acts}, set(pairs.values())
    left = [a for i, a in enumerate(theirs) if i not in found and a.id not in told]
    acts += [_alone(act, NOT_BY_RULE) for act in left]
    acts.sort(key=lambda act: (act.quote.start, act.trigger.start, act.id))
    return replace(
        rules,
        coder=f"{rules.coder} + {model.coder}",
        acts=tuple(acts),
        cast=joined.members(),
        appeals=(*rules.appeals, *appeals_of(left)),
        designations=designations_of(acts, text),
    )


def _pairs(ours: Sequence[Act], theirs: Sequence[Act]) -> dict[int, int]:
    """Which of their acts tells the same as each of ours; each is told once."""
    ranked = sorted(
        (-score, i, j)
        for i, act in enumerate(ours)
        for j, other in enumerate(theirs)
        if (score := _likeness(act, other)) > 0
    )
    found: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in found and j not in found.values():
            found[i] = j
    return found


def _likeness(one: Act, other: Act) -> int:
    """0 for acts of another kind or place; more for the same word and the same victim."""
    if one.kind != other.kind or not _covered(one.quote, other.quote):
        return 0
    same_word = one.trigger.span.overlaps(other.trigger.span)
    if not same_word and _apart(one, other):
        return 0
    return 1 + 2 * same_word + (not _apart(one, other)) + (one.modality is other.modality)


def _covered(one: Anchor, other: Anchor) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= SHARE * min(len(one.span), len(other.span))


def _apart(one: Act, other: Act) -> bool:
    """True if both name victims and none of them may be the same."""
    first, second = one.in_role(Role.VICTIM), other.in_role(Role.VICTIM)
    return bool(first and second) and not any(_alike(a, b) for a in first for b in second)


def _alike(one: Involvement, other: Involvement) -> bool:
    if one.cast is not None and one.cast == other.cast:
        return True
    if one.anchor and other.anchor and one.anchor.span.overlaps(other.anchor.span):
        return True
    first, second = (set(i.name.casefold().split()) for i in (one, other))
    return first <= second or second <= first


def _alone(act: Act, why: str) -> Act:
    sure = round(act.confidence * ALONE, 2)
    return scaled(replace(act, evidence=(*act.evidence, why)), sure)


def _joined(ours: Act, theirs: Act) -> Act:
    said = tuple(_differences(ours, theirs))
    sure = ours.confidence * DIFFERS if said else 1 - (1 - ours.confidence) * DOUBT_LEFT
    filled = ours if ours.modality is not theirs.modality else _filled(ours, theirs)
    told = replace(
        filled,
        rule=f"{ours.rule} + {theirs.rule}",
        evidence=(*ours.evidence, *(said or (BY_BOTH,))),
    )
    return scaled(told, round(max(0.0, sure), 2))


def _differences(ours: Act, theirs: Act) -> Iterator[str]:
    if ours.modality is not theirs.modality:
        yield f"the model tells it, too, but as {theirs.modality.value}"
    if _apart(ours, theirs):
        yield "the model tells it, too, but of another victim"
    if _dates_apart(ours, theirs):
        yield "the model tells it, too, but with another date"


def _dates_apart(ours: Act, theirs: Act) -> bool:
    first, second = ours.when.edtf, theirs.when.edtf
    return bool(first and second) and edtf.disjoint(first, second)


def _filled(ours: Act, theirs: Act) -> Act:
    """What one left empty, from the other."""
    return replace(
        ours,
        involvements=(*ours.involvements, *_further(ours, theirs)),
        when=ours.when if ours.when.edtf else theirs.when if theirs.when.edtf else ours.when,
        where=ours.where or theirs.where,
        what=ours.what or theirs.what,
        reason=ours.reason or theirs.reason,
        penalty=ours.penalty or theirs.penalty,
        demands=ours.demands or theirs.demands,
    )


def _further(ours: Act, theirs: Act) -> list[Involvement]:
    accused = bool(ours.in_role(*ACCUSED))
    return [
        each
        for each in theirs.involvements
        if not ours.in_role(each.role)
        and (each.role not in ACCUSED or (not accused and _in_quote(each, ours)))
        and not any(_alike(each, there) for there in ours.involvements)
    ]


def _in_quote(involved: Involvement, act: Act) -> bool:
    return involved.anchor is not None and act.quote.span.holds(involved.anchor.span)


@dataclass(slots=True)
class _Place:
    index: int
    member: CastMember


class _Cast:
    """The cast of the rules, and behind it whom only the model names."""

    def __init__(self, ours: Sequence[CastMember], theirs: Sequence[CastMember]) -> None:
        self._members = list(ours)
        self._moved: dict[int, int] = {}
        known = {form.casefold(): m.index for m in ours for form in (m.name, *m.forms)}
        following = max((m.index for m in ours), default=-1) + 1
        for member in theirs:
            index = next(
                (
                    known[f.casefold()]
                    for f in (member.name, *member.forms)
                    if f.casefold() in known
                ),
                None,
            )
            if index is None:
                index, following = following, following + 1
                self._members.append(replace(member, index=index))
            self._moved[member.index] = index
        self._names = {m.index: m for m in self._members}

    def members(self) -> tuple[CastMember, ...]:
        return tuple(self._members)

    def moved(self, act: Act) -> Act:
        """The model's act with the numbers and fullest names of the joint cast."""
        return replace(act, involvements=tuple(self._one(i) for i in act.involvements))

    def _one(self, involved: Involvement) -> Involvement:
        if involved.cast is None:
            return involved
        index = self._moved[involved.cast]
        member = self._names[index]
        return replace(involved, cast=index, name=member.name, type=member.type)
