"""What a table can bear before any method is tried: overlaps, empty pairs, and the verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from khronika.estimation.results import Decision, Interval, Verdict
from khronika.estimation.rules import (
    FEWEST_LISTS,
    FEWEST_RECORDS,
    FEWEST_SHARED,
    MOST_ALIKE,
    MOST_CHANCE,
    MOST_EMPTY_PAIRS,
    decide,
)
from khronika.estimation.standings import ModelStanding, model_standings
from khronika.estimation.table import CaptureTable, Counts, Excluded, as_table
from khronika.estimation.two_list import chapman, logit_interval, shared_by

FEWEST_A_PAIR = 1.0  # people on several lists for each pair of lists, where most pairs are empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two lists side by side.

    Attributes:
        lists: their names.
        shared: people on both.
        estimate: Chapman's, if the two were independent; None where fewer than 7 are shared, or
            where it is below those documented.
        interval: transformed logit; None with the estimate.
        below_documented: that Chapman's estimate is below those documented, so the two lists
            share more people than independent ones would.
    """

    lists: tuple[str, str]
    shared: int
    estimate: float | None = None
    interval: Interval | None = None
    below_documented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What would make a table bear an estimate; for a person to judge, never done by itself.

    Attributes:
        action: "merge" or "leave out".
        lists: names.
        because: one sentence.
    """

    action: str
    lists: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What a table says of itself.

    Attributes:
        documented: people on the lists.
        lists: names.
        sizes: people of each list.
        frequencies: people on exactly 1, 2, ... lists.
        overlap: people that two lists share, lists x lists, sizes on the diagonal.
        pairs: of lists that have people, in the order of the lists.
        empty_lists: that have nobody; they are left out of all that follows.
        large_lists: with 10 people or more.
        empty_pairs: of lists that share nobody.
        groups: lists that are tied by shared people, a group each; the largest first.
        models: whether simple log-linear models can be estimated; none for fewer than three lists
            or more than eight.
        excluded: people left out of the table, and why.
        suggestions: where the table is refused, what would help.
        decision: the verdict on the table, with its rule.
    """

    documented: int
    lists: tuple[str, ...]
    sizes: tuple[int, ...]
    frequencies: tuple[int, ...]
    overlap: Counts = field(repr=False)
    pairs: tuple[Pair, ...] = field(repr=False)
    empty_lists: tuple[str, ...]
    large_lists: tuple[str, ...]
    empty_pairs: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, ...], ...]
    models: tuple[ModelStanding, ...] = field(repr=False)
    excluded: tuple[Excluded, ...]
    suggestions: tuple[Suggestion, ...]
    decision: Decision

    @property
    def verdict(self) -> Verdict:
        """How far results on this table may be used at best."""
        return self.decision.verdict

    @property
    def connected(self) -> bool:
        """Whether shared people tie all lists together."""
        return len(self.groups) == 1

    @property
    def two_list_range(self) -> Interval | None:
        """Lowest and highest of Chapman's estimates of all pairs; None where there are none."""
        found = [pair.estimate for pair in self.pairs if pair.estimate is not None]
        return Interval(min(found), max(found)) if found else None


def diagnose(t: CaptureTable) -> Diagnosis:
    """Look at how lists overlap, and whether the table bears an estimate at all.

    Args:
        t: the table.

    Returns:
        Counts, Chapman's estimate for each pair, and the decision by the rules `one-list`,
        `copied-list`, `near-copy`, `few-overlaps`, `two-lists-independence`, `few-lists`,
        `disconnected` and `many-empty-pairs`. The thresholds are proposals.
    """
    as_table(t)
    held = [j for j in range(len(t.lists)) if t.sizes[j]]
    pairs = tuple(_pair(t, a, b) for a, b in _pairs(held))
    decision = table_decision(t)
    return Diagnosis(
        documented=t.n,
        lists=t.lists,
        sizes=tuple(int(size) for size in t.sizes),
        frequencies=tuple(int(people) for people in t.frequencies),
        overlap=t.overlap,
        pairs=pairs,
        empty_lists=_named(t, [j for j in range(len(t.lists)) if not t.sizes[j]]),
        large_lists=_named(t, _large(t)),
        empty_pairs=tuple(pair.lists for pair in pairs if not pair.shared),
        groups=tuple(_named(t, group) for group in _groups(t, held)),
        models=model_standings(t),
        excluded=t.excluded,
        suggestions=_suggestions(t, decision),
        decision=decision,
    )


def table_decision(t: CaptureTable) -> Decision:
    """What the table allows, whatever the method; the rule "none" if it speaks against nothing.

    Lists of fewer than 10 people need not be tied to the others: they weigh little.
    """
    held = [j for j in range(len(t.lists)) if t.sizes[j]]
    if len(held) < 2:
        return decide("one-list")
    copied = _copy_decision(t)
    if copied is not None:
        return copied
    if len(held) == 2:
        shared = int(t.overlap[held[0], held[1]])
        if shared < FEWEST_SHARED:
            return decide("few-overlaps", shared=shared, needed=FEWEST_SHARED)
        return decide("two-lists-independence")
    large = _large(t)
    if len(large) < FEWEST_LISTS:
        return decide("few-lists", lists=len(large), records=FEWEST_RECORDS, needed=FEWEST_LISTS)
    apart = _groups_of_large(t)
    if len(apart) > 1:
        return decide("disconnected", groups=len(apart))
    empty, pairs = _empty(t, held)
    if empty > MOST_EMPTY_PAIRS * pairs and _on_several(t) < FEWEST_A_PAIR * pairs:
        return decide("many-empty-pairs", empty=empty, pairs=pairs)
    return decide("none")


def _copy_decision(t: CaptureTable) -> Decision | None:
    """What speaks against a table with a list twice; two lists alone only if they are the same."""
    for a, b in copies(t):
        return decide("copied-list", first=t.lists[a], second=t.lists[b])
    for a, b in near_copies(t) if (t.sizes > 0).sum() > 2 else ():
        share = f"{_alike(t, a, b):.0%}"
        return decide("near-copy", first=t.lists[a], second=t.lists[b], share=share)
    return None


def copies(t: CaptureTable) -> list[tuple[int, int]]:
    """Pairs of lists of 10 people or more that have the very same people."""
    same = t.overlap == t.sizes[:, None]
    return [(a, b) for a, b in _pairs(_large(t)) if same[a, b] and same[b, a]]


def near_copies(t: CaptureTable) -> list[tuple[int, int]]:
    """Pairs of such lists that have nearly the same people, and more than chance would give."""

    def tied(a: int, b: int) -> bool:
        """Lists that have nearly everybody share most people, too, but no more than by chance."""
        return float(t.overlap[a, b]) * t.n >= MOST_CHANCE * float(t.sizes[a]) * float(t.sizes[b])

    return [(a, b) for a, b in _pairs(_large(t)) if _alike(t, a, b) >= MOST_ALIKE and tied(a, b)]


def _alike(t: CaptureTable, a: int, b: int) -> float:
    """Share of the people on either of two lists who are on both."""
    both = float(t.overlap[a, b])
    return both / (float(t.sizes[a]) + float(t.sizes[b]) - both)


def _pair(t: CaptureTable, a: int, b: int) -> Pair:
    names, shared = (t.lists[a], t.lists[b]), shared_by(t, a, b)
    if shared.both < FEWEST_SHARED:
        return Pair(lists=names, shared=shared.both)
    people = chapman(shared)
    if people < t.n:
        return Pair(lists=names, shared=shared.both, below_documented=True)
    lower, upper = logit_interval(shared)
    return Pair(
        lists=names,
        shared=shared.both,
        estimate=people,
        interval=Interval(max(lower, t.n), max(upper, t.n)),
    )


def _pairs(held: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((a, b) for at, a in enumerate(held) for b in held[at + 1 :])


def _named(t: CaptureTable, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(t.lists[j] for j in places)


def _large(t: CaptureTable) -> list[int]:
    return [j for j in range(len(t.lists)) if t.sizes[j] >= FEWEST_RECORDS]


def _empty(t: CaptureTable, held: Sequence[int]) -> tuple[int, int]:
    """How many pairs of lists share nobody, and how many pairs there are."""
    shared = [int(t.overlap[a, b]) for a, b in _pairs(held)]
    return shared.count(0), len(shared)


def _on_several(t: CaptureTable) -> int:
    return t.n - int(t.frequencies[0])


def _groups(t: CaptureTable, held: Sequence[int]) -> list[list[int]]:
    """Lists tied by shared people, directly or through others; the most people first."""
    left, groups = list(held), []
    while left:
        group, new = [], [left[0]]
        while new:
            group += new
            left = [j for j in left if j not in new]
            new = [j for j in left if (t.overlap[j, group] > 0).any()]
        groups.append(sorted(group))
    return sorted(groups, key=lambda group: (-int(t.sizes[group].sum()), group))


def _groups_of_large(t: CaptureTable) -> list[list[int]]:
    """The groups that have a list of 10 people or more."""
    large = set(_large(t))
    return [group for group in _groups(t, np.flatnonzero(t.sizes).tolist()) if large & set(group)]


def _suggestions(t: CaptureTable, decision: Decision) -> tuple[Suggestion, ...]:
    if decision.rule == "copied-list":
        return tuple(_copied(t, pair, "the very") for pair in copies(t))
    if decision.rule == "near-copy":
        return tuple(_copied(t, pair, "nearly the") for pair in near_copies(t))
    if decision.rule == "disconnected":
        return _leaving_out(t, _groups_of_large(t)[1:])
    if decision.rule in ("few-lists", "many-empty-pairs"):
        return _merging(t)
    return ()


def _copied(t: CaptureTable, pair: Sequence[int], how: str) -> Suggestion:
    names = _named(t, pair)
    said = f"{' and '.join(names)} have {how} same people."
    return Suggestion(action="merge", lists=names, because=said)


def _leaving_out(t: CaptureTable, groups: Sequence[Sequence[int]]) -> tuple[Suggestion, ...]:
    """Without what shares nobody; nothing where what is left would be refused as well."""
    gone = {j for group in groups for j in group}
    rest = t.take([j for j in range(len(t.lists)) if j not in gone]).active()
    if table_decision(rest).verdict is Verdict.REFUSED:
        return ()
    return tuple(_without(t, group) for group in groups)


def _without(t: CaptureTable, group: Sequence[int]) -> Suggestion:
    names = _named(t, group)
    return Suggestion(
        action="leave out",
        lists=names,
        because=f"{', '.join(names)}: shares nobody with the other lists. Leave it out, or merge it"
        " with a list that belongs with it.",
    )


def _merging(t: CaptureTable) -> tuple[Suggestion, ...]:
    """The fewest of the smallest lists with empty pairs that, made one, let the table pass."""
    held = np.flatnonzero(t.sizes).tolist()
    empty = {j: sum(not t.overlap[j, k] for k in held if k != j) for j in held}
    small = sorted((j for j in held if empty[j]), key=lambda j: (t.sizes[j], -empty[j]))
    for many in range(2, len(small) + 1):
        chosen = sorted(small[:many])
        if table_decision(t.merge(chosen)).verdict is Verdict.OK:
            names = _named(t, chosen)
            said = f"Merged into one, {', '.join(names)} would leave enough overlap to reckon with."
            return (
                Suggestion(
                    action="merge", lists=names, because=f"{said} Merge only what belongs together."
                ),
            )
    return ()
