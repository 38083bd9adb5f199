"""Averaging over decomposable graphs: which lists depend on each other is averaged out.

After Madigan and York 1997 (Biometrika 84, 19-31) and the use made of it by Lum, Johndrow and Ball.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from khronika.estimation.diagnose import table_decision
from khronika.estimation.errors import EstimationError
from khronika.estimation.graph_posterior import MOST_UNSEEN, Prior, on_grid, over_all
from khronika.estimation.graphs import MOST_VERTICES, Graphs, decomposable
from khronika.estimation.hyper_dirichlet import Marginals
from khronika.estimation.notes import noted
from khronika.estimation.posterior import Floats, Posterior
from khronika.estimation.results import Decision, Estimate, Interval, Note, Provenance, Verdict
from khronika.estimation.rules import MOST_AT_GRID_END, decide
from khronika.estimation.table import CaptureTable, as_table

MOST_PEOPLE = 10**9  # documented; more would need more than double precision
MOST_DELTA = 1e6
MOST_LOG = 1e12  # of a prior weight: beside more, nothing would be left of a likelihood
MOST_WORK = 500_000_000  # likelihoods on a grid that was asked for
MOST_COMPLETE = 0.5  # weight of the graph that leaves the number of people open
NOTED_COMPLETE = 0.01  # of it that a result mentions
NO_MEAN = 1e-3  # weight of graphs without a mean that leaves the average without one
SHOWN = 10  # graphs that a result names
LEAST_SHOWN = 1e-6  # weight of a graph that it names

ASSUMPTION = (
    "The lists depend on each other, if at all, only in the ways that one of the weighed graphs"
    " allows, and everyone has the same chance of being on a given list."
)
INDEPENDENT = (
    "The lists are independent of each other, and everyone has the same chance of being on a"
    " given list."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphWeight:
    """One graph and what it alone says.

    Attributes:
        label: its cliques, lists by their place in the table from 1, such as "[12,3]".
        cliques: names of the lists of each.
        weight: its share of the posterior.
        median: of people under this graph.
        mode: of people under this graph.
        relative: Bayes estimate under this graph for the relative squared error.
    """

    label: str
    cliques: tuple[tuple[str, ...], ...]
    weight: float
    median: float
    mode: float
    relative: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DgaEstimate(Estimate):
    """An average over decomposable graphs; the estimate is the median of the posterior.

    Attributes:
        delta: pseudo-count of a cell.
        prior: on the number of people, its name.
        considered: how many graphs were weighed.
        graphs: those of most weight, first the best.
        posterior: of the number of people.
        mode: of the posterior.
        relative: Bayes estimate for the relative squared error.
        grid_end: the largest number of people looked at.
        tail: weight of the posterior beyond it.
    """

    delta: float
    prior: str
    considered: int = 0
    graphs: tuple[GraphWeight, ...] = ()
    posterior: Posterior | None = field(default=None, repr=False)
    mode: float | None = None
    relative: float | None = None
    grid_end: float | None = None
    tail: float | None = None

    def draw(self, size: int, seed: int | np.random.Generator) -> Floats:
        """Numbers of people drawn from the posterior.

        Raises:
            EstimationError: if the estimate was refused.
        """
        if self.posterior is None:
            raise EstimationError(
                "A refused estimate has no posterior to draw from",
                remedy="Look at its verdict first.",
            )
        return self.posterior.draw(size, seed)


def dga(
    t: CaptureTable,
    delta: float | None = None,
    prior: str | Prior = "1/N",
    graphs: str = "decomposable",
    grid: Sequence[int] | NDArray[np.int64] | None = None,
) -> DgaEstimate:
    """Estimate the number of people by averaging over decomposable graphs.

    Args:
        t: the table, at most 6 lists that have anybody.
        delta: pseudo-count of each of the 2^J cells; 2^-J if None, so that they sum to one.
        prior: on the number of people N: "1/N", "flat", or a function from numbers of people to
            the logs of their weights, such as `gamma_poisson(a, b)`.
        graphs: "decomposable" for all of them, "independence" for the one without edges.
        grid: numbers of unseen people to weigh, and no others; whole, ascending. If None, all
            from 1 up to where less than 1e-5 of the posterior is left.

    Returns:
        The median, the interval with equal tails, the graphs of most weight and the posterior.

    Raises:
        EstimationError: if a setting makes no sense.
    """
    table = as_table(t).active().in_order()[0] if as_table(t).n else t
    asked = _Asked.of(table, delta, prior, graphs, grid)
    blank = _blank(t, asked)
    refusal = _refusal(table)
    if refusal is not None:
        return replace(blank, decision=refusal)
    return _weighed(t, table, asked, blank)


def gamma_poisson(shape: float, scale: float) -> Prior:
    """A prior on the number of people: Poisson about a mean that is itself Gamma.

    It has mean shape x scale (Madigan and York 1997).

    Raises:
        EstimationError: if shape or scale is not positive.
    """
    if not (0 < shape < math.inf and 0 < scale < math.inf):
        raise EstimationError(
            f"A Gamma distribution of shape {shape} and scale {scale} does not exist",
            remedy="Give two positive numbers.",
        )

    def log_weight(people: Floats) -> Floats:
        rise = gammaln(people + shape) - gammaln(people + 1)
        return np.asarray(rise + people * math.log(scale / (1 + scale)))

    log_weight.__name__ = f"gamma-Poisson({shape:g}, {scale:g})"
    return log_weight


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """Settings, checked."""

    delta: float
    prior: Prior
    prior_name: str
    graphs: str
    grid: Floats | None

    @classmethod
    def of(
        cls,
        table: CaptureTable,
        delta: float | None,
        prior: str | Prior,
        graphs: str,
        grid: Sequence[int] | NDArray[np.int64] | None,
    ) -> "_Asked":
        chosen = 2.0 ** -len(table.lists) if delta is None else _positive(delta)
        if graphs not in ("decomposable", "independence"):
            raise EstimationError(
                f"There are no graphs '{graphs!s:.40}'",
                remedy="Give 'decomposable' or 'independence'.",
            )
        name, log_prior = _prior(prior)
        return cls(
            delta=chosen,
            prior=log_prior,
            prior_name=name,
            graphs="independence" if len(table.lists) == 2 else graphs,
            grid=None if grid is None else _grid(grid),
        )

    def log_prior(self, people: Floats) -> Floats:
        found = _logs(self.prior, people)
        if found.shape != people.shape or np.isnan(found).any() or (found > MOST_LOG).any():
            raise EstimationError(
                "The prior does not give a log of a weight for each number of people",
                remedy="Give a function from an array to one of equal shape, with numbers up to"
                f" {MOST_LOG:g} or -inf.",
            )
        return np.where(found < -MOST_LOG, -np.inf, found)

    def which(self, graphs: Graphs) -> NDArray[np.int64]:
        places = np.arange(len(graphs))
        return places if self.graphs == "decomposable" else places[graphs.edges == 0]


def _logs(prior: Prior, people: Floats) -> Floats:
    """What a prior that may do anything gives; nothing, as NaN, for what are no numbers."""
    try:
        with np.errstate(all="ignore"):
            found = np.asarray(prior(people.copy()))
            fits = found.dtype.kind in "fiu"
            return found.astype(np.float64) if fits else np.full(people.shape, np.nan)
    except Exception as error:
        raise EstimationError(
            f"The prior stopped with {type(error).__name__}",
            remedy="Give a function that takes an array of any numbers of people from those"
            " documented on.",
        ) from error


def _positive(delta: object) -> float:
    whole = isinstance(delta, (int, float, np.number)) and not isinstance(delta, bool)
    if not whole or not 0 < float(str(delta)) < MOST_DELTA:
        raise EstimationError(
            "delta is not a positive number", remedy="Leave it out, or give one such as 0.5."
        )
    return float(str(delta))


def _prior(prior: str | Prior) -> tuple[str, Prior]:
    if callable(prior):
        return str(getattr(prior, "__name__", type(prior).__name__)), prior
    known: dict[str, Prior] = {"1/N": lambda people: -np.log(people), "flat": np.zeros_like}
    if prior not in known:
        raise EstimationError(
            f"There is no prior '{prior!s:.40}'",
            remedy="Give '1/N', 'flat' or a function of the number of people.",
        )
    return prior, known[prior]


def _grid(grid: Sequence[int] | NDArray[np.int64]) -> Floats:
    numbers = np.asarray(grid)
    fits = numbers.ndim == 1 and len(numbers) > 0 and np.issubdtype(numbers.dtype, np.integer)
    if not fits or numbers[0] < 0 or numbers[-1] > 10**10 or (np.diff(numbers) <= 0).any():
        raise EstimationError(
            "The grid is not a row of whole numbers from 0, ascending",
            remedy="Give numbers of unseen people such as range(1, 10_000), or leave it out.",
        )
    return numbers.astype(np.float64)


def _blank(t: CaptureTable, asked: _Asked) -> DgaEstimate:
    grid = asked.grid
    said = [] if grid is None else [f"{len(grid)} from {grid[0]:.0f} to {grid[-1]:.0f}"]
    settings = {
        "delta": f"{asked.delta:.12g}",
        "prior": asked.prior_name,
        "graphs": asked.graphs,
        "grid": said[0] if said else "all from 1",
    }
    return DgaEstimate(
        method="dga",
        label="decomposable graphs, averaged",
        documented=t.n,
        estimate=None,
        interval=None,
        assumption=INDEPENDENT if asked.graphs == "independence" else ASSUMPTION,
        provenance=Provenance(table=t.digest, settings=settings),
        delta=asked.delta,
        prior=asked.prior_name,
    )


def _refusal(table: CaptureTable) -> Decision | None:
    """Why a table is not for this method, if it is not."""
    allowed = table_decision(table)
    if allowed.verdict is Verdict.REFUSED:
        return allowed
    if len(table.lists) > MOST_VERTICES:
        return decide("too-large", lists=len(table.lists), most=MOST_VERTICES)
    return decide("too-large") if table.n > MOST_PEOPLE else None


def _weighed(
    t: CaptureTable, table: CaptureTable, asked: _Asked, blank: DgaEstimate
) -> DgaEstimate:
    graphs = decomposable(len(table.lists))
    marginals = Marginals.of(table.dense, graphs, asked.delta)
    which = asked.which(graphs)
    _check_work(asked, which)
    whole = over_all(marginals, which, asked.log_prior)
    blank = replace(blank, considered=len(which))
    if not whole.proper and asked.grid is None:
        return replace(
            blank,
            estimate=float(t.n),
            interval=Interval(t.n, math.inf),
            decision=decide("grid-end"),
            tail=1.0,
            grid_end=float(t.n + MOST_UNSEEN),
        )
    chosen = whole if asked.grid is None else on_grid(marginals, which, asked.log_prior, asked.grid)
    top = np.argsort(-chosen.weights, kind="stable")[:SHOWN]
    named = tuple(
        _named(t, table, marginals, int(which[one]), asked, float(chosen.weights[one]))
        for one in top
        if chosen.weights[one] > LEAST_SHOWN
    )
    found = chosen.people
    tail = found.tail if asked.grid is None else whole.beyond(found.last - t.n)
    blank = replace(blank, graphs=named, grid_end=found.last, tail=tail)
    complete = float(chosen.weights[which == len(graphs) - 1].sum())
    low, high = found.interval(blank.level)
    return replace(
        blank,
        estimate=found.median,
        interval=Interval(low, math.inf if complete > MOST_COMPLETE else high),
        median=found.median,
        mean=found.mean if asked.grid is not None or whole.no_mean < NO_MEAN else None,
        mode=found.mode,
        relative=found.relative,
        posterior=found,
        decision=_decision(t, blank, complete),
        notes=_notes(complete, asked, whole.no_mean),
    )


def _decision(t: CaptureTable, found: DgaEstimate, complete: float) -> Decision:
    if complete > MOST_COMPLETE:
        # Every number above those documented is as likely: this bounds, rather than refuses.
        decision = decide("not-identified", model=found.graphs[0].label)
        return replace(decision, verdict=Verdict.LOWER_BOUND_ONLY)
    if found.tail is not None and found.tail > MOST_AT_GRID_END:
        return decide("grid-end", share=found.tail, end=(found.grid_end or math.inf) - t.n)
    return decide("two-lists-independence") if (t.sizes > 0).sum() == 2 else decide("none")


def _notes(complete: float, asked: _Asked, no_mean: float) -> tuple[Note, ...]:
    notes = []
    if complete > NOTED_COMPLETE:
        notes.append(noted("complete-graph", weight=f"{complete:.2g}"))
    if asked.grid is None and no_mean >= NO_MEAN:
        notes.append(noted("no-mean"))
    return tuple(notes)


def _check_work(asked: _Asked, which: NDArray[np.int64]) -> None:
    if asked.grid is not None and len(asked.grid) * len(which) > MOST_WORK:
        raise EstimationError(
            f"A grid of {len(asked.grid):,} numbers is too long for {len(which):,} graphs",
            remedy="Leave the grid out: all numbers that matter are then looked at.",
        )


def _named(
    t: CaptureTable,
    table: CaptureTable,
    marginals: Marginals,
    graph: int,
    asked: _Asked,
    weight: float,
) -> GraphWeight:
    """A graph in names and places of the table that was given, with what it alone says."""
    one, prior = np.array([graph]), asked.log_prior
    alone = (
        over_all(marginals, one, prior)
        if asked.grid is None
        else on_grid(marginals, one, prior, asked.grid)
    ).people
    return graph_weight((t, table), marginals.graphs.cliques(graph), alone, weight, marks=("", ","))


def graph_weight(
    tables: tuple[CaptureTable, CaptureTable],
    cliques: Iterable[Iterable[int]],
    alone: Posterior,
    weight: float,
    *,
    marks: tuple[str, str],
) -> GraphWeight:
    """A graph in names and places of the table that was given.

    Args:
        tables: the one that was given, and the one whose lists the cliques are of.
        cliques: places of lists that all depend on each other.
        alone: what the graph alone says.
        weight: of the graph.
        marks: what stands between the lists of a clique, and between cliques.
    """
    given, table = tables
    within, between = marks
    groups = sorted(
        tuple(sorted(given.index(table.lists[j]) for j in clique)) for clique in cliques
    )
    return GraphWeight(
        label=f"[{between.join(within.join(str(j + 1) for j in group) for group in groups)}]",
        cliques=tuple(tuple(given.lists[j] for j in group) for group in groups),
        weight=weight,
        median=alone.median,
        mode=alone.mode,
        relative=alone.relative,
    )
