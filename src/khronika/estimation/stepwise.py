"""Dependence of pairs of lists taken in one by one, as long as it is significant.

Two rules for what is taken in next. "poisson" is that of SparseMSE: under the model so far, people
on both of two lists are Poisson with a known mean; the pair least likely so is next. "aic" is that
of the first British estimate: the pair that lowers Akaike's criterion most is next.

Sources: Chan, Silverman & Vincent, "Multiple systems estimation for sparse capture data", JASA 116
(2021); Bales, Hesketh & Silverman, "Modern slavery in the UK", Significance 12:3 (2015); Silverman,
"Multiple-systems analysis for the quantification of modern slavery", JRSS A 183 (2020).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import gammainc, gammaincc

from khronika.estimation.bca import (
    RESAMPLES,
    SEED,
    Resampled,
    bca_interval,
    notes_on,
    resampled,
)
from khronika.estimation.errors import EstimationError
from khronika.estimation.fitting import fit, fit_many
from khronika.estimation.lattice import Floats, Whole
from khronika.estimation.likelihood_interval import profile
from khronika.estimation.models import Model, independence, pairs_of
from khronika.estimation.refitting import Refits, columns, refit, wald
from khronika.estimation.results import LEVEL, Decision, Estimate, Interval, Provenance, Verdict
from khronika.estimation.rules import FEWEST_SHARED, decide
from khronika.estimation.table import CaptureTable

MOST_LISTS = 12  # 4,095 cells and 66 pairs
NARROW = 0.8  # level of a second interval
SIGNIFICANT = 0.02  # the level that Chan, Silverman & Vincent recommend
RULES_OF_STEPS = ("poisson", "aic")

ASSUMPTION = (
    "No three lists depend on each other beyond what their pairs explain, pairs left out of the"
    " model do not depend on each other, and everybody has the same chance to be on a list."
)
TWO_LISTS = (
    "Being on one list makes it neither likelier nor less likely to be on the other, and everybody"
    " has the same chance to be on a list."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One pair taken into the model.

    Attributes:
        lists: the two.
        p: how likely people on both would be if the pair did not depend on each other.
        shared: people on both.
        expected: as many of them as the model before this step expects.
    """

    lists: tuple[str, str]
    p: float
    shared: int
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepwiseEstimate(Estimate):
    """An estimate with pairs taken in one by one.

    Attributes:
        steps: pairs of the model in the order they were taken in.
        interval80: as `interval`, at 80 %.
    """

    steps: tuple[Step, ...] = ()
    interval80: Interval | None = None


@dataclass(slots=True)
class _Walk:
    """Where the search stands on each of B tables: people on no list, and the pairs taken in."""

    tables: Floats
    unseen: Floats
    trail: list[list[tuple[int, float, float]]] = field(default_factory=list)


def stepwise(
    t: CaptureTable,
    p: float = SIGNIFICANT,
    nboot: int = RESAMPLES,
    seed: int | None = None,
    *,
    by: str = "poisson",
) -> StepwiseEstimate:
    """Estimate with pairs of lists taken in as long as they are significant.

    Args:
        t: a table of 2 to 12 lists.
        p: what is significant, from 0 (no pairs) to 1.
        nboot: resamples for the interval; the whole search is made again in each. With 0 it is the
            profile interval of the model found, which takes that model for granted.
        seed: of the resamples; 1 if not given.
        by: "poisson", or "aic".

    Returns:
        The estimate with its steps and an interval; refused where not even independent lists
        have an estimate.

    Raises:
        EstimationError: for a level, a rule or a number of resamples that there is none of.
    """
    _check(p, by)
    seed = SEED if seed is None else seed
    decision = decision_on_lists(t, MOST_LISTS)
    made = Provenance(
        table=t.digest,
        seed=seed if nboot else None,
        settings={"p": f"{p:g}", "nboot": str(nboot), "by": by},
    )
    if decision.verdict is Verdict.REFUSED:
        return _refused(t, decision, made)
    ordered, _ = t.active().in_order()
    lists = len(ordered.lists)
    walk = walked(lists, ordered.dense[None].astype(np.float64), p, by)
    if not math.isfinite(walk.unseen[0]):
        return _refused(t, decide("does-not-exist", model="of independent lists"), made)
    again = None
    if nboot:
        again = resampled(ordered, lambda many: _totals(lists, many, p, by), nboot, seed)
    return _told(ordered, walk, again, decision, made)


def decision_on_lists(t: CaptureTable, most: int) -> Decision:
    """What the number of lists alone allows; lists that have nobody do not count.

    Args:
        t: any table.
        most: lists that the method takes.
    """
    held = np.flatnonzero(t.sizes)
    if len(held) < 2:
        return decide("one-list")
    if len(held) > most:
        return decide("too-large", lists=len(held), most=most)
    if len(held) > 2:
        return decide("none")
    shared = int(t.overlap[held[0], held[1]])
    if shared < FEWEST_SHARED:
        return decide("few-overlaps", shared=shared, needed=FEWEST_SHARED)
    return decide("two-lists-independence")


def assumption_of(t: CaptureTable) -> str:
    """What models of pairs take for granted."""
    return TWO_LISTS if int((t.sizes > 0).sum()) == 2 else ASSUMPTION


def walked(lists: int, tables: Floats, p: float, by: str) -> _Walk:
    """Search on many tables at once.

    Args:
        lists: how many.
        tables: B x 2^J - 1 counts in the order of keys.
        p: what is significant.
        by: the rule of the search.
    """
    first = refit(independence(lists), tables)
    walk = _Walk(tables=tables, unseen=first.unseen.copy(), trail=[[] for _ in tables])
    step = _by_poisson if by == "poisson" else _by_aic
    running = [(np.flatnonzero(first.exists), first.take(first.exists))]
    while running:
        running = [further for rows, fit in running for further in step(walk, rows, fit, p)]
    return walk


def _by_poisson(walk: _Walk, rows: Whole, fit: Refits, p: float) -> Iterator[tuple[Whole, Refits]]:
    """Take in the pair of lowest probability with which the model still has an estimate."""
    open_ = _open(fit.model)
    if not open_:
        return
    on = columns(fit.model.width, open_)
    expected = fit.fitted @ on
    chance = poisson_tail(walk.tables[rows] @ on, expected)
    ranked = np.argsort(chance, axis=1, kind="stable")
    waiting = np.arange(len(rows))
    for rank in range(len(open_)):
        best = ranked[waiting, rank]
        near = chance[waiting, best] < p
        waiting, best = waiting[near], best[near]
        if not len(waiting):
            return
        left = []
        for place in np.unique(best):
            those = waiting[best == place]
            found = refit(_joined(fit.model, open_[place]), walk.tables[rows[those]])
            kept = those[found.exists]
            left.append(those[~found.exists])
            if len(kept):
                found = found.take(found.exists)
                told = zip(chance[kept, place], expected[kept, place], strict=True)
                _take(walk, rows[kept], found, open_[place], list(told))
                yield rows[kept], found
        waiting = np.concatenate(left)


def _by_aic(walk: _Walk, rows: Whole, fit: Refits, p: float) -> Iterator[tuple[Whole, Refits]]:
    """Take in the pair that lowers AIC most, if its parameter is significant by Wald's test."""
    open_ = _open(fit.model)
    if not open_:
        return
    longer = [_joined(fit.model, pair) for pair in open_]
    score = fit_many(walk.tables[rows], [fit.model, *longer]).aic
    best = np.argmin(score, axis=1) - 1
    on = columns(fit.model.width, open_)
    for place in np.unique(best[best >= 0]):
        those = np.flatnonzero(best == place)
        found = refit(longer[place], walk.tables[rows[those]])
        chance = wald(found, open_[place])
        near = (chance < p) & found.exists
        kept, found = those[near], found.take(near)
        if len(kept):
            told = zip(chance[near], fit.fitted[kept] @ on[:, place], strict=True)
            _take(walk, rows[kept], found, open_[place], list(told))
            yield rows[kept], found


def poisson_tail(shared: Floats, expected: Floats) -> Floats:
    """The smaller of the chances of at most and of at least so many, under a Poisson mean."""
    mean = np.maximum(expected, 1e-300)
    most = gammaincc(shared + 1, mean)
    least = np.where(shared > 0, gammainc(np.maximum(shared, 1), mean), 1.0)
    smaller: Floats = np.minimum(most, least)
    return smaller


def _totals(lists: int, tables: Floats, p: float, by: str) -> Floats:
    totals: Floats = walked(lists, tables, p, by).unseen + tables.sum(axis=1)
    return totals


def _open(model: Model) -> list[int]:
    """Pairs of lists that the model does not have."""
    terms = set(model.terms)
    return [pair for pair in pairs_of(model.width) if pair not in terms]


def _joined(model: Model, pair: int) -> Model:
    return Model.of(model.width, (*model.generators, pair))


def _take(
    walk: _Walk, rows: Whole, found: Refits, pair: int, told: Sequence[tuple[float, float]]
) -> None:
    walk.unseen[rows] = found.unseen
    for row, (chance, expected) in zip(rows, told, strict=True):
        walk.trail[row].append((pair, float(chance), float(expected)))


def _told(
    t: CaptureTable,
    walk: _Walk,
    again: Resampled | None,
    decision: Decision,
    made: Provenance,
) -> StepwiseEstimate:
    steps = tuple(_step(t, *one) for one in walk.trail[0])
    interval, narrow, notes = _alone(t, walk) if again is None else _resampled(again)
    if math.isinf(interval.upper) and decision.rule == "none":
        decision = decide("no-upper-end", family="Stepwise choice of pairs")
    return StepwiseEstimate(
        method="stepwise",
        label=_label(steps),
        documented=t.n,
        estimate=t.n + float(walk.unseen[0]),
        interval=interval,
        interval80=narrow,
        assumption=assumption_of(t),
        provenance=made,
        decision=decision,
        level=LEVEL,
        steps=steps,
        notes=notes,
    )


def _resampled(again: Resampled) -> tuple[Interval, Interval, tuple[str, ...]]:
    """Both intervals by resamples, and what is to be said of them."""
    return bca_interval(again), bca_interval(again, NARROW), notes_on(again)


def _alone(t: CaptureTable, walk: _Walk) -> tuple[Interval, Interval, tuple[str, ...]]:
    """Both intervals by the profile of the model found."""
    model = Model.of(len(t.lists), [pair for pair, _, _ in walk.trail[0]])
    found = fit(t.dense, model)
    wide, narrow = (profile(t.dense, found, level).interval for level in (LEVEL, NARROW))
    return wide, narrow, ("The interval takes the pairs for granted, so it is too short.",)


def _step(t: CaptureTable, pair: int, chance: float, expected: float) -> Step:
    first, second = (j for j in range(len(t.lists)) if pair >> j & 1)
    names = sorted((t.lists[first], t.lists[second]))
    return Step(
        lists=(names[0], names[1]),
        p=float(chance),
        shared=int(t.overlap[first, second]),
        expected=float(expected),
    )


def _label(steps: Sequence[Step]) -> str:
    if not steps:
        return "stepwise: independent lists"
    return "stepwise: " + ", ".join("*".join(step.lists) for step in steps)


def _refused(t: CaptureTable, decision: Decision, made: Provenance) -> StepwiseEstimate:
    return StepwiseEstimate(
        method="stepwise",
        label="stepwise",
        documented=t.n,
        estimate=None,
        interval=None,
        assumption=assumption_of(t),
        provenance=made,
        decision=decision,
    )


def _check(p: float, by: str) -> None:
    if not 0 <= p <= 1:
        raise EstimationError(
            f"A level of significance lies between 0 and 1, and {p} does not",
            remedy="0.02 is usual; 0 takes in no pair.",
        )
    if by not in RULES_OF_STEPS:
        raise EstimationError(
            f"No rule of steps is called '{by}'", remedy='Step by "poisson" or by "aic".'
        )
