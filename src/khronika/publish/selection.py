"""Which acts an export shows: what reviewers rejected and what is too uncertain stays out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from khronika.model.acts import Act, Appeal, Coding, Involvement, Role, When
from khronika.model.links import Ruling

LESS_SURE = "less sure than was asked for"


def standing(rulings: Iterable[Ruling]) -> dict[str, Ruling]:
    """The accept or reject that stands for each act; of two that stand, the later."""
    found: dict[str, Ruling] = {}
    for ruling in sorted(rulings, key=lambda r: (r.time, r.id)):
        if ruling.superseded_by is None and ruling.verb in {"accept", "reject"}:
            found.update(dict.fromkeys(ruling.ids, ruling))
    return found


def spoken(rulings: Sequence[Ruling]) -> dict[str, Ruling]:
    """What an export says of each act: that it was accepted, else that it was corrected or added.

    Args:
        rulings: the oldest first.
    """
    found: dict[str, Ruling] = {}
    for ruling in rulings:
        if ruling.superseded_by is None and ruling.verb in {"correct", "add"}:
            found.update(dict.fromkeys(ruling.ids, ruling))
    return found | standing(rulings)


def rejected(acts: Mapping[str, Ruling]) -> dict[str, Ruling]:
    """Rulings of another verb as if they rejected their acts."""
    return {each: replace(ruling, verb="reject") for each, ruling in acts.items()}


def select(coding: Coding, rulings: dict[str, Ruling], at_least: float = 0.0) -> Coding:
    """Leave out rejected acts, and those below `at_least` that nobody accepted.

    Of an act that stays, the actors, date and places that are less sure are left out as well,
    unless a reviewer accepted the act.

    Args:
        coding: what a coder found in one report.
        rulings: what `standing` returns.
        at_least: least confidence, 0 to 1.

    Returns:
        The coding with the remaining acts, appeals and designations; the cast is untouched, so
        that the members of actors keep their indices.
    """
    acts = tuple(_kept(coding.acts, rulings, at_least))
    if acts == coding.acts:
        return coding
    left = {act.id: act for act in acts}
    return replace(
        coding,
        acts=acts,
        appeals=tuple(_asked(a, left[a.act_id]) for a in coding.appeals if a.act_id in left),
        designations=tuple(
            replace(d, when=d.when if left[d.act_id].when.edtf else "")
            for d in coding.designations
            if d.act_id in left
        ),
    )


def _kept(acts: Iterable[Act], rulings: Mapping[str, Ruling], at_least: float) -> Iterator[Act]:
    for act in acts:
        ruling = rulings.get(act.id)
        if ruling is not None and ruling.verb == "accept":
            yield act
        elif ruling is None and act.confidence >= at_least:
            yield narrowed(act, at_least) if at_least > 0 else act


def narrowed(act: Act, at_least: float) -> Act:
    """An act without the actors, date and places that are less sure than asked."""
    return replace(
        act,
        involvements=tuple(i for i in act.involvements if stays(i, at_least)),
        when=act.when if sure(act.when.confidence, at_least) else When(basis=LESS_SURE),
        where=tuple(w for w in act.where if sure(w.confidence, at_least)),
    )


def stays(one: Involvement, at_least: float) -> bool:
    """True of who is as sure as asked, and always of who tells it.

    Without its teller a claim would look like the publisher's own.
    """
    return one.role is Role.SOURCE or sure(one.confidence, at_least)


def sure(confidence: float | None, at_least: float) -> bool:
    """True of what is as sure as asked, and of what its coder gives no probability."""
    return confidence is None or confidence >= at_least


def _asked(appeal: Appeal, act: Act) -> Appeal:
    """An appeal without what its act no longer says."""
    to = {i.name for i in act.in_role(Role.ADDRESSEE)}
    return replace(
        appeal,
        addressees=tuple(name for name in appeal.addressees if name in to),
        delivered=appeal.delivered if act.when.edtf else "",
    )
