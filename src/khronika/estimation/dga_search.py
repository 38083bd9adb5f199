"""Averaging over decomposable graphs of more lists than all graphs can be weighed of.

Walks among the graphs visit each as often as its posterior weight says (see `graph_walk`); where
walks from different graphs do not agree there is no number.
"""

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from khronika.estimation.bca import check_seed
from khronika.estimation.dga import (
    ASSUMPTION,
    LEAST_SHOWN,
    MOST_DELTA,
    MOST_PEOPLE,
    SHOWN,
    DgaEstimate,
    GraphWeight,
    graph_weight,
)
from khronika.estimation.diagnose import table_decision
from khronika.estimation.errors import EstimationError
from khronika.estimation.graph_posterior import MOST_UNSEEN, spread
from khronika.estimation.graph_walk import Joined, Margins, Scores, Walk, cliques
from khronika.estimation.mixing import bulk_ess, rank_rhat
from khronika.estimation.notes import noted
from khronika.estimation.posterior import Floats, Posterior
from khronika.estimation.results import Decision, Provenance, Verdict
from khronika.estimation.rules import MOST_AT_GRID_END, decide, gravest, unconverged
from khronika.estimation.table import CaptureTable

SEED = 1  # of walks for which none was given
CHAINS = 4
KEPT = 1_000  # draws of each walk
STEPS = 40  # of a walk for each pair of lists, at first
FEWEST_STEPS = 4_000
MOST_ROUNDS = 6  # each twice as long as the one before
EVENLY = 0.3  # of the steps try all pairs alike; the others those that move
BOTH = 0.3  # of the steps try two pairs at once
MOST_STEPS = 1_000_000  # of all walks in one round
COARSE = 240  # numbers of unseen people, from 1 to the most
FINE = 400  # more of them where the posterior is
DEEP = 30.0  # logs under the top: no weight lies there
FOCUS = 6  # times that the numbers are chosen anew


@dataclass(slots=True)
class _Seen:
    """What walks saw in one round.

    Attributes:
        mass: of each number of unseen people, summed over steps.
        taken: how often each pair of lists was joined or parted.
        visits: steps spent at each graph.
        draws: of unseen people, walks x draws.
    """

    mass: Floats
    taken: Floats
    visits: Counter[Joined] = field(default_factory=Counter)
    draws: list[list[float]] = field(default_factory=list)


def dga_search(
    t: CaptureTable, delta: float | None = None, *, seed: int | None = None
) -> DgaEstimate:
    """Estimate the number of people by averaging over decomposable graphs met on walks.

    The same posterior as `dga` with the prior 1/N, for tables of any number of lists; groups of
    lists that all depend on each other have at most 6.

    Args:
        t: the table.
        delta: pseudo-count of each of the 2^J cells; 2^-J if None.
        seed: of the walks; 1 if not given.

    Returns:
        Median and interval; refused where walks from different graphs do not agree.

    Raises:
        EstimationError: for a pseudo-count that is not positive, or a seed that is none.

    Source:
        Madigan & York, International Statistical Review 63 (1995), and Biometrika 84 (1997);
        Giudici & Green, Biometrika 86 (1999).
    """
    check_seed(seed)
    chosen = SEED if seed is None else seed
    table = t.active().in_order()[0] if t.n else t
    total = 1.0 if delta is None else _positive(delta) * 2.0 ** len(table.lists)
    blank = _blank(t, table, total, chosen)
    allowed = table_decision(table)
    if allowed.verdict is Verdict.REFUSED:
        return replace(blank, decision=allowed)
    if t.n > MOST_PEOPLE:
        return replace(blank, decision=decide("too-large"))
    return _walked(t, table, Margins(table, total), blank, np.random.default_rng(chosen))


def _positive(delta: object) -> float:
    if not isinstance(delta, (int, float)) or not 0 < delta < MOST_DELTA:
        raise EstimationError(
            "delta is not a positive number", remedy="Leave it out, or give one such as 0.5."
        )
    return float(delta)


def _blank(t: CaptureTable, table: CaptureTable, total: float, seed: int) -> DgaEstimate:
    delta = total * 2.0 ** -len(table.lists)
    return DgaEstimate(
        method="dga",
        label="decomposable graphs, searched and averaged",
        documented=t.n,
        estimate=None,
        interval=None,
        assumption=ASSUMPTION,
        provenance=Provenance(
            table=t.digest,
            seed=seed,
            settings={"delta": f"{delta:.12g}", "prior": "1/N", "graphs": "searched"},
        ),
        delta=delta,
        prior="1/N",
    )


def _walked(
    t: CaptureTable,
    table: CaptureTable,
    margins: Margins,
    blank: DgaEstimate,
    rng: np.random.Generator,
) -> DgaEstimate:
    scores, best = _focused(margins)
    walks = _started(scores, best, rng)
    pairs = len(table.lists) * (len(table.lists) - 1) // 2
    steps = min(max(STEPS * pairs, FEWEST_STEPS), MOST_STEPS // CHAINS)
    seen = _round(walks, steps // 2, _often(np.zeros(pairs)), rng)
    seen = _round(walks, steps, _often(seen.taken), rng)
    for _ in range(MOST_ROUNDS - 1):
        if _agreement(seen, table.n) is None:
            break
        steps = min(2 * steps, MOST_STEPS // CHAINS)
        seen = _round(walks, steps, _often(seen.taken), rng)
    told = _agreement(seen, table.n)
    found = replace(blank, considered=len(seen.visits), decision=told or decide("none"))
    return found if told else _told(t, table, scores, seen, found)


def _weight(unseen: Floats, documented: int) -> Floats:
    """Log of the prior 1/N of each number and of those around it."""
    return np.asarray(np.log(spread(unseen)) - np.log(documented + unseen))


def _numbers(*ends: tuple[float, float]) -> Floats:
    """Whole numbers of unseen people: far apart from 1 to the most, close where they count."""
    rows = [np.geomspace(1, MOST_UNSEEN, COARSE)]
    rows += [np.geomspace(low, high, FINE) for low, high in ends]
    return np.unique(np.round(np.concatenate(rows)))


def _focused(margins: Margins) -> tuple[Scores, Joined]:
    """Numbers of unseen people close together where the posterior is, and a graph that fits."""
    alone: Joined = (0,) * margins.width
    scores, graph = _climbed(margins, alone, (1.0, float(MOST_UNSEEN)))
    ends: list[tuple[float, float]] = []
    for _ in range(FOCUS):
        found = [_where(scores, one) for one in (alone, graph)]
        if found == ends:
            break
        ends = found
        scores, graph = _climbed(margins, graph, *ends)
    return scores, graph


def _climbed(margins: Margins, graph: Joined, *ends: tuple[float, float]) -> tuple[Scores, Joined]:
    """A graph that fits better, on numbers of unseen people that are close between some ends."""
    unseen = _numbers(*ends)
    walk = Walk.at(Scores(margins, unseen, _weight(unseen, margins.documented)), graph)
    walk.climb()
    return walk.scores, tuple(walk.joined)


def _where(scores: Scores, graph: Joined) -> tuple[float, float]:
    """From where to where a graph gives numbers of unseen people a weight."""
    score = scores.graph(graph)
    deep = np.flatnonzero(score > score.max() - DEEP)
    first, last = max(int(deep[0]) - 1, 0), min(int(deep[-1]) + 1, len(score) - 1)
    return float(scores.unseen[first]), float(scores.unseen[last])


def _started(scores: Scores, best: Joined, rng: np.random.Generator) -> list[Walk]:
    """Walks from the graph that fits, from none joined, and from graphs joined at random."""
    width = len(best)
    walks = [Walk.at(scores, best)]
    pairs = list(combinations(range(width), 2))
    for joins in (0, width // 2, width)[: CHAINS - 1]:
        walk = Walk.at(scores, (0,) * width)
        for place in rng.permutation(len(pairs))[:joins]:
            walk.try_pair(*pairs[int(place)], -math.inf)
        walks.append(walk)
    return walks


def _round(walks: list[Walk], steps: int, often: Floats, rng: np.random.Generator) -> _Seen:
    """So many steps of each walk, each pair tried as often as is told."""
    seen = _Seen(mass=np.zeros(len(walks[0].scores.unseen)), taken=np.zeros(len(often)))
    for walk in walks:
        seen.draws.append(_stroll(walk, seen, steps, often, rng))
    return seen


def _often(taken: Floats) -> Floats:
    """How often to try each pair: those more that were joined or parted in the round before."""
    alike = np.full(len(taken), 1 / len(taken))
    if not taken.any():
        return alike
    return np.asarray(EVENLY * alike + (1 - EVENLY) * taken / taken.sum())


def _stroll(
    walk: Walk, seen: _Seen, steps: int, often: Floats, rng: np.random.Generator
) -> list[float]:
    """Steps of one walk; returns numbers of unseen people drawn on the way."""
    pairs = list(combinations(range(len(walk.joined)), 2))
    first, second = rng.choice(len(pairs), (2, steps), p=often)
    both = rng.random(steps) < BOTH
    margins = np.log(1 - rng.random(steps))
    every = max(steps // KEPT, 1)
    drawn, stayed = [], 0
    for step in range(steps):
        graph, mass = tuple(walk.joined), walk.mass
        stayed += 1
        if step % every == 0:
            place = int(np.searchsorted(np.cumsum(mass), rng.random()))
            drawn.append(float(walk.scores.unseen[min(place, len(mass) - 1)]))
        one, margin = pairs[first[step]], float(margins[step])
        if both[step]:
            moved = walk.try_two(one, pairs[second[step]], margin)
            seen.taken[second[step]] += moved
        else:
            moved = walk.try_pair(one[0], one[1], margin)
        seen.taken[first[step]] += moved
        if moved or step == steps - 1:
            seen.mass += stayed * mass
            seen.visits[graph] += stayed
            stayed = 0
    return drawn


def _agreement(seen: _Seen, documented: int) -> Decision | None:
    """Why the walks do not agree, if they do not."""
    unseen = np.array(seen.draws)
    logs = np.log(unseen)
    medians = [float(documented + np.median(row)) for row in unseen]
    return unconverged(rank_rhat(logs), bulk_ess(logs), medians)


def _told(
    t: CaptureTable, table: CaptureTable, scores: Scores, seen: _Seen, blank: DgaEstimate
) -> DgaEstimate:
    found = _posterior(table.n, scores.unseen, seen.mass)
    steps = seen.visits.total()
    graphs = tuple(
        _named(t, table, scores, graph, visits / steps)
        for graph, visits in sorted(seen.visits.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
        if visits / steps > LEAST_SHOWN
    )
    told = [decide("none")]
    if (last := float(found.mass[-1])) > MOST_AT_GRID_END:
        told.append(decide("grid-end", share=last, end=MOST_UNSEEN))
    return replace(
        blank,
        estimate=found.median,
        interval=found.interval(blank.level),
        median=found.median,
        mean=found.mean,
        mode=found.mode,
        relative=found.relative,
        posterior=found,
        graphs=graphs,
        grid_end=found.last,
        tail=float(found.mass[-1]),
        decision=gravest(told),
        notes=(noted("graphs-met", n=len(seen.visits), lists=len(table.lists)),),
    )


def _posterior(documented: int, unseen: Floats, mass: Floats) -> Posterior:
    """A run of numbers around each that was looked at, without those at the ends that have none."""
    kept = np.flatnonzero(mass > 0)
    unseen, mass = unseen[kept[0] : kept[-1] + 1], mass[kept[0] : kept[-1] + 1]
    between = np.floor((unseen[1:] + unseen[:-1]) / 2)
    starts = np.concatenate((unseen[:1], between + 1))
    width = np.diff(np.append(starts, unseen[-1] + 1))
    return Posterior(people=documented + starts, width=width, mass=mass / mass.sum())


def _named(
    t: CaptureTable, table: CaptureTable, scores: Scores, graph: Joined, weight: float
) -> GraphWeight:
    score = scores.graph(graph)
    alone = _posterior(table.n, scores.unseen, np.exp(score - score.max()))
    return graph_weight((t, table), cliques(graph), alone, weight, marks=("+", ", "))
