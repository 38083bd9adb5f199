"""Dependence of pairs of lists taken in one by one, as long as it is significant.

Two rules for what is taken in next. "poisson" is that of SparseMSE: under the model so far, people
on both of two lists are Poisson with a known mean; the pair least likely so is next. "aic" is that
of the first British estimate: the pair that lowers Akaike's criterion most is next.

Sources: Chan, Silverman & Vincent, "Multiple systems estimation for sparse capture data", JASA 116
(2021); Bales, Hesketh & Silverman, "Modern slavery in the UK", Significance 12:3 (2015); Silverman,
"Multiple-systems analysis for the quantification of modern slavery", JRSS A 183 (2020).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from khronika.estimation.bca import (
    RESAMPLES,
    SEED,
    Resampled,
    bca_interval,
    notes_on,
    resampled,
)
from khronika.estimation.errors import EstimationError
from khronika.estimation.existence import membership
from khronika.estimation.fitting import fit
from khronika.estimation.lattice import Floats, Whole
from khronika.estimation.likelihood_interval import profile
from khronika.estimation.misfit import CHANCE, misfits, poisson_tail
from khronika.estimation.models import Model, independence, pairs_of
from khronika.estimation.notes import noted
from khronika.estimation.refitting import Refits, columns, refit, wald
from khronika.estimation.results import (
    LEVEL,
    Decision,
    Estimate,
    Interval,
    Note,
    Provenance,
    Verdict,
)
from khronika.estimation.rules import FEWEST_SHARED, decide
from khronika.estimation.table import CaptureTable

MOST_LISTS = 12  # 4,095 cells and 66 pairs
MOST_RESAMPLED = 10  # lists of tables that are searched again a thousand times in half a minute
LEAST_GAIN = 1e-9  # of AIC: less is no gain
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
class Walk:
    """Where the search stands on each of B tables of J lists.

    Attributes:
        tables: counts in the order of keys, B x 2^J - 1.
        pairs: of lists, as bits.
        on: which cells have people on both lists of each pair, 2^J - 1 x pairs.
        fit: the model so far of each table.
        trail: pairs taken in, each with its probability and the people on both it expected.
    """

    tables: Floats
    pairs: Whole
    on: Floats
    fit: Refits
    trail: list[list[tuple[int, float, float]]]

    def take(self, rows: Whole, longer: Refits, of: Whole, told: "_Told") -> Whole:
        """Go on to longer models on some of the tables."""
        expected = self.fit.fitted[rows] @ self.on
        for row, place, chance, mean in zip(rows, told.places, told.chances, expected, strict=True):
            pair = int(self.pairs[place]), float(chance), float(mean[place])
            self.trail[row].append(pair)
        self.fit.put(rows, longer, of)
        return rows


class _Told(NamedTuple):
    """Which pairs are taken in on some tables, and with what probability."""

    places: Whole
    chances: Floats


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
        t: a table of 2 to 12 lists; with more than 10 it is not resampled.
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
    nboot = nboot if int((t.sizes > 0).sum()) <= MOST_RESAMPLED else 0
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
    if not math.isfinite(walk.fit.unseen[0]):
        return _refused(t, decide("does-not-exist", model="of independent lists"), made)
    model = Model.of(lists, [pair for pair, _, _ in walk.trail[0]])
    if p >= CHANCE and misfits(ordered, model, *_otherwise(ordered, model, p, by)):
        return _refused(t, decide("does-not-fit", model=model.named(ordered.lists)), made)
    again = None
    if nboot:
        again = resampled(ordered, lambda many: totals(lists, many, p, by), nboot, seed)
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


def walked(lists: int, tables: Floats, p: float, by: str) -> Walk:
    """Search on many tables at once.

    Args:
        lists: how many.
        tables: B x 2^J - 1 counts in the order of keys.
        p: what is significant.
        by: the rule of the search.
    """
    pairs = np.array(pairs_of(lists), dtype=np.int64)
    members = np.repeat(membership([independence(lists)]), len(tables), axis=1)
    walk = Walk(
        tables=tables,
        pairs=pairs,
        on=columns(lists, pairs),
        fit=refit(members, tables),
        trail=[[] for _ in tables],
    )
    step = _by_poisson if by == "poisson" else _by_aic
    running = np.flatnonzero(walk.fit.exists)
    for _ in pairs:
        running = step(walk, running, p)
        if not len(running):
            break
    return walk


def _by_poisson(walk: Walk, rows: Whole, p: float) -> Whole:
    """Take in the pair of lowest probability with which the model still has an estimate."""
    shared = walk.tables[rows] @ walk.on
    chance = poisson_tail(shared, walk.fit.fitted[rows] @ walk.on)
    chance[walk.fit.members[walk.pairs][:, rows].T] = 1.0
    ranked = np.argsort(chance, axis=1, kind="stable")
    waiting, gone = np.arange(len(rows)), []
    for rank in range(len(walk.pairs)):
        best = ranked[waiting, rank]
        near = chance[waiting, best] < p
        waiting, best = waiting[near], best[near]
        if not len(waiting):
            break
        found = _longer(walk, rows[waiting], best)
        fine = np.flatnonzero(found.exists)
        told = _Told(best[fine], chance[waiting[fine], best[fine]])
        gone.append(walk.take(rows[waiting[fine]], found, fine, told))
        waiting = waiting[~found.exists]
    return np.sort(np.concatenate(gone)) if gone else rows[:0]


def _by_aic(walk: Walk, rows: Whole, p: float) -> Whole:
    """Take in the pair that lowers AIC most, if its parameter is significant by Wald's test."""
    score, best = walk.fit.aic[rows], np.full(len(rows), -1)
    for place, pair in enumerate(walk.pairs):
        open_ = np.flatnonzero(~walk.fit.members[pair, rows])
        now = _longer(walk, rows[open_], np.full(len(open_), place)).aic
        better = now < score[open_] - LEAST_GAIN
        score[open_[better]], best[open_[better]] = now[better], place
    rows, best = rows[best >= 0], best[best >= 0]
    found = _longer(walk, rows, best)
    chance = wald(found, walk.pairs[best])
    fine = np.flatnonzero((chance < p) & found.exists)
    return walk.take(rows[fine], found, fine, _Told(best[fine], chance[fine]))


def _longer(walk: Walk, rows: Whole, places: Whole) -> Refits:
    """The model of each of some tables with one pair more, fitted from where it stands."""
    members = walk.fit.members[:, rows]
    members[walk.pairs[places], np.arange(len(rows))] = True
    known = walk.fit.values[:, rows]
    return refit(members, walk.tables[rows], np.where(np.isfinite(known), known, 0.0))


def totals(lists: int, tables: Floats, p: float, by: str) -> Floats:
    """People in all by the search on each of many tables, B; as `walked`."""
    found: Floats = walked(lists, tables, p, by).fit.unseen + tables.sum(axis=1)
    return found


def _told(
    t: CaptureTable,
    walk: Walk,
    again: Resampled | None,
    decision: Decision,
    made: Provenance,
) -> StepwiseEstimate:
    steps = tuple(_step(t, *one) for one in walk.trail[0])
    interval, narrow, notes = _alone(t, walk) if again is None else _resampled(again)
    if math.isinf(interval.upper) and decision.rule == "none":
        decision = decide("no-upper-end", family="Stepwise selection")
    return StepwiseEstimate(
        method="stepwise",
        label=_label(steps),
        documented=t.n,
        estimate=t.n + float(walk.fit.unseen[0]),
        interval=interval,
        interval80=narrow,
        assumption=assumption_of(t),
        provenance=made,
        decision=decision,
        level=LEVEL,
        steps=steps,
        notes=(*notes, *_left_out(t, walk, made)),
    )


def _otherwise(
    t: CaptureTable, model: Model, p: float, by: str
) -> tuple[Callable[[CaptureTable], float | None], Callable[[], Interval]]:
    """People in all by the search on another table, and the profile interval of the model found."""

    def number(other: CaptureTable) -> float | None:
        found = float(totals(len(other.lists), other.dense[None].astype(np.float64), p, by)[0])
        return found if math.isfinite(found) else None

    return number, lambda: profile(t.dense, fit(t.dense, model)).interval


def _left_out(t: CaptureTable, walk: Walk, made: Provenance) -> Iterator[Note]:
    """Pairs that are significant, but with which the model has no estimate."""
    chance = poisson_tail(walk.tables[:1] @ walk.on, walk.fit.fitted[:1] @ walk.on)[0]
    open_ = ~walk.fit.members[walk.pairs, 0]
    left = walk.pairs[open_ & (chance < float(made.settings["p"]))]
    if len(left) and made.settings["by"] == "poisson":
        yield noted("pairs-left-out", pairs=[" + ".join(_names(t, int(one))) for one in left])


def _names(t: CaptureTable, pair: int) -> tuple[str, str]:
    first, second = sorted(t.lists[j] for j in range(len(t.lists)) if pair >> j & 1)
    return first, second


def _resampled(again: Resampled) -> tuple[Interval, Interval, tuple[Note, ...]]:
    """Both intervals by resamples, and what is to be said of them."""
    return bca_interval(again), bca_interval(again, NARROW), notes_on(again)


def _alone(t: CaptureTable, walk: Walk) -> tuple[Interval, Interval, tuple[Note, ...]]:
    """Both intervals by the profile of the model found."""
    model = Model.of(len(t.lists), [pair for pair, _, _ in walk.trail[0]])
    found = fit(t.dense, model)
    wide, narrow = (profile(t.dense, found, level).interval for level in (LEVEL, NARROW))
    return wide, narrow, (noted("pairs-granted"),)


def _step(t: CaptureTable, pair: int, chance: float, expected: float) -> Step:
    first, second = (j for j in range(len(t.lists)) if pair >> j & 1)
    return Step(
        lists=_names(t, pair),
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
