"""Which acts an export shows: what reviewers rejected and what is too uncertain stays out."""

from collections.abc import Iterable
from dataclasses import replace

from khronika.model.acts import Coding
from khronika.model.links import Ruling


def standing(rulings: Iterable[Ruling]) -> dict[str, Ruling]:
    """The accept or reject that stands for each act; of two that stand, the later."""
    found: dict[str, Ruling] = {}
    for ruling in sorted(rulings, key=lambda r: (r.time, r.id)):
        if ruling.superseded_by is None and ruling.verb in {"accept", "reject"}:
            found.update(dict.fromkeys(ruling.ids, ruling))
    return found


def select(coding: Coding, rulings: dict[str, Ruling], at_least: float = 0.0) -> Coding:
    """Leave out rejected acts, and those below `at_least` that nobody accepted.

    Args:
        coding: what a coder found in one report.
        rulings: what `standing` returns.
        at_least: least confidence, 0 to 1.

    Returns:
        The coding with the remaining acts, appeals and designations; the cast is untouched, so
        that the members of actors keep their indices.
    """
    kept = tuple(
        act
        for act in coding.acts
        if ((ruling := rulings.get(act.id)) and ruling.verb == "accept")
        or (ruling is None and act.confidence >= at_least)
    )
    if len(kept) == len(coding.acts):
        return coding
    ids = {act.id for act in kept}
    return replace(
        coding,
        acts=kept,
        appeals=tuple(a for a in coding.appeals if a.act_id in ids),
        designations=tuple(d for d in coding.designations if d.act_id in ids),
    )
