"""The latent class model: people fall into classes, inside which the lists are independent.

Source:
    Manrique-Vallier, "Bayesian population size estimation using Dirichlet process mixtures",
    Biometrics 72 (2016).
"""

import importlib.util
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from khronika.estimation.errors import EstimationError, MissingPartError
from khronika.estimation.lcmcr_model import Batch, Chains, Floats, LatentClassModel
from khronika.estimation.lcmcr_plain import PlainChains
from khronika.estimation.mixing import bulk_ess, rank_rhat, tail_ess
from khronika.estimation.notes import noted
from khronika.estimation.results import (
    LEVEL,
    Decision,
    Estimate,
    Interval,
    Note,
    Provenance,
    Verdict,
)
from khronika.estimation.rules import (
    FEWEST_EFFECTIVE,
    FEWEST_LISTS,
    FEWEST_RECORDS,
    MOST_ABOVE_CAP,
    MOST_PRIOR_SHIFT,
    decide,
    gravest,
    roughly,
    unconverged,
)
from khronika.estimation.table import CaptureTable

Engine = Literal["numba", "numpy"]

SEED = 20160601  # of a call that names none
MOST_CLASSES = 15  # by default
REPORTED_CAP = 20.0  # times the people documented: a result whose draws go there has no upper end
MOST_UNSEEN = 10**12  # kept by a chain without a cap: counts stay exact, and none overflows
FIRST_ROUND = 16_000  # iterations of each chain before the first look; rounds double
FEWEST_ITERATIONS = 16_000  # of each chain; a table that the budget gives fewer is too large
BURN = 0.25  # of the iterations of each chain
MOST_KEPT = 16_384  # draws of each chain
STEP = 50_000  # iterations between which an interrupt is heard
MOST_GIVEN = 10_000  # draws of a result
BUDGET = 1.0e11  # nanoseconds that all chains may take, by `_cost`: about two minutes
PATIENCE = 3.3  # times that for chains that nearly agree
NEARLY = 1.1  # R-hat of such chains

ASSUMPTION = (
    "People fall into a few classes, inside each of which being on one list says nothing about"
    " being on another; and no class is all but invisible to every list."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LcmcrEstimate(Estimate):
    """What the latent class model says of a table.

    Attributes:
        rhat: rank-normalised split R-hat of the number on no list.
        ess: effective draws in the bulk.
        tail_ess: effective draws for the ends of the interval.
        chain_medians: of people in all, a number a chain: what each chain says alone.
        occupied: share of the draws that use 1, 2, ... classes.
        alpha: median of the concentration of the classes.
        classes: most classes that could be in use.
        iterations: of each chain, those thrown away first among them.
        burn: iterations of each chain that were thrown away first.
        cap: most people on no list that the draws could have, in times of those documented.
        above_cap: share of the draws that lie above the cap, or above 20 times without a cap.
    """

    rhat: float = math.nan
    ess: float = math.nan
    tail_ess: float = math.nan
    chain_medians: tuple[float, ...] = ()
    occupied: tuple[float, ...] = ()
    alpha: float | None = None
    classes: int = 0
    iterations: int = 0
    burn: int = 0
    cap: float | None = None
    above_cap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorSensitivity:
    """The median under several priors of the rates of capture.

    Attributes:
        priors: a and b of each Beta(a, b), the default first.
        estimates: the result under each.
        shift: (highest median - lowest) / that of the default; None where one has no number.
        decision: range only where the prior decides.
    """

    priors: tuple[tuple[float, float], ...]
    estimates: tuple[LcmcrEstimate, ...]
    shift: float | None
    decision: Decision = field(default_factory=Decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What was asked for; see `lcmcr`."""

    classes: int
    chains: int
    draws: int | None
    burn: int | None
    cap: float | None
    prior_lambda: tuple[float, float]
    prior_alpha: tuple[float, float]
    seed: int
    engine: Engine
    rough: bool = False

    def __post_init__(self) -> None:
        """Refuse what no sampler can do."""
        _whole("K", self.classes, 1, 1000)
        _whole("chains", self.chains, 2, 256)
        _whole("seed", self.seed, 0, 2**63)
        if self.draws is not None:
            _whole("draws", self.draws, 100, 10**9)
        if self.burn is not None:
            _whole("burn", self.burn, 0, 10**9)
        for name, pair in (("prior_lambda", self.prior_lambda), ("prior_alpha", self.prior_alpha)):
            if not all(1e-3 <= one <= 1e6 for one in pair):
                raise EstimationError(
                    f"{name} is {pair!r}",
                    remedy="Give two numbers between 0.001 and 1,000,000.",
                )
        if self.cap is not None and not 0 < self.cap <= 1e6:
            raise EstimationError(
                f"cap is {self.cap!r}",
                remedy="Give how many times those documented may be on no list: cap=20.",
            )

    def said(self) -> dict[str, str]:
        """The settings as words, for the provenance."""
        return {
            "K": str(self.classes),
            "chains": str(self.chains),
            "draws": "until they agree" if self.draws is None else str(self.draws),
            "burn": f"{BURN:.0%}" if self.burn is None else str(self.burn),
            "cap": "none" if self.cap is None else f"{self.cap:g} times the documented",
            "prior_lambda": "Beta({:g}, {:g})".format(*self.prior_lambda),
            "prior_alpha": "Gamma({:g}, {:g})".format(*self.prior_alpha),
            "prior_N": "1/N",
            "engine": self.engine,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What the chains gave after the burn-in, and what it is worth."""

    kept: Batch
    iterations: int
    burn: int
    rhat: float
    ess: float
    tail_ess: float
    medians: tuple[float, ...]  # people in all, of each chain

    @property
    def settled(self) -> bool:
        """Whether more iterations are not needed, for the interval's ends either."""
        return self.unconverged is None and self.tail_ess >= FEWEST_EFFECTIVE

    @property
    def unconverged(self) -> Decision | None:
        """Why the draws give no number, if so."""
        return unconverged(self.rhat, self.ess, self.medians)

    def enough(self, settings: Settings) -> bool:
        """Whether the chains agree as closely as was asked for."""
        return roughly(self.rhat, self.ess, self.medians) if settings.rough else self.settled


def lcmcr(  # noqa: PLR0913 - the outside name has them all
    table: CaptureTable,
    K: int | None = None,  # noqa: N803 - its name in the paper
    chains: int = 8,
    draws: int | None = None,
    cap: float | None = None,
    prior_lambda: Sequence[float] = (1.0, 1.0),
    prior_alpha: Sequence[float] = (0.25, 0.25),
    seed: int | None = None,
    *,
    burn: int | None = None,
    engine: Engine | None = None,
    rough: bool = False,
) -> LcmcrEstimate:
    """Estimate people in all by the latent class model, with draws from its posterior.

    Without `draws` the chains go on in rounds that double, until R-hat is at most 1.01, they are
    worth 400 independent draws, and their medians lie within 10 %; at most as long as about two
    minutes of one processor, six where they nearly agree. Chains that do not agree give no number,
    ever. With many lists chains are annealed first: the likelihood is raised to a power that grows
    to 1, so that none keeps a class from where it began.

    Args:
        table: of at least 3 lists with 10 people each; lists with nobody are left out.
        K: most classes; by default the number of histories, at most 15.
        chains: started at different points.
        draws: iterations of each chain after `burn`; by default as said above.
        cap: most people on no list, in times of those documented; None for no cap. Programs in
            use cap at 20 and do not say so, which lowers upper ends.
        prior_lambda: a and b of Beta(a, b), of the rates of capture.
        prior_alpha: shape and rate of Gamma, of the concentration of the classes.
        seed: the same gives the same draws; by default a fixed one.
        burn: iterations of each chain thrown away first; by default a quarter of all.
        engine: "numba" compiled, or "numpy" alone, slower; by default numba if it is installed.
        rough: stop as soon as the chains agree roughly; `draws` is then the most iterations, those
            thrown away among them. Enough to tell by how much a median moves, and for no estimate.

    Returns:
        Median and 95 % interval. Refused where chains do not agree. Only a lower bound where more
        than 0.1 % of the draws lie above the cap, or above 20 times the documented without one.

    Raises:
        EstimationError: for settings that no sampler can do.

    Source:
        Manrique-Vallier, Biometrics 72 (2016); swaps of labels: Papaspiliopoulos and Roberts,
        Biometrika 95 (2008).
    """
    active = table.active() if table.n else table
    settings = Settings(
        classes=min(2 ** len(active.lists) - 1, MOST_CLASSES) if K is None else K,
        chains=chains,
        draws=draws,
        burn=burn,
        cap=cap,
        prior_lambda=_pair("prior_lambda", prior_lambda),
        prior_alpha=_pair("prior_alpha", prior_alpha),
        seed=SEED if seed is None else seed,
        engine=_engine(engine),
        rough=rough,
    )
    told = _unfit(active)
    if told is not None:
        return _result(table, settings, told)
    ordered = active.in_order()[0]
    most = _most_iterations(ordered, settings)
    if most < FEWEST_ITERATIONS and draws is None:
        return _result(table, settings, decide("too-large"))
    return _judged(table, settings, _run(_chains(ordered, settings), settings, most, table.n))


def lcmcr_prior_sensitivity(
    table: CaptureTable,
    *,
    priors: Sequence[tuple[float, float]] = ((1, 1), (0.5, 0.5), (1, 4)),
    base: LcmcrEstimate | None = None,
    draws: int | None = None,
    seed: int | None = None,
) -> PriorSensitivity:
    """The latent class model under several priors of the rates of capture.

    Args:
        table: as of `lcmcr`.
        priors: a and b of each Beta(a, b), the default first.
        base: a result under the first prior, if there is one; the others have its K and cap.
        draws: as of `lcmcr`.
        seed: of all runs.

    Returns:
        The results; "prior-decides" where their medians differ by more than 25 %, or where the
        default has a number and another prior has none.
    """
    asked = tuple((float(a), float(b)) for a, b in priors)
    first = base
    if first is None:
        first = lcmcr(table, prior_lambda=asked[0], draws=draws, seed=seed)
    others = asked[1:] if first.verdict is not Verdict.REFUSED else ()
    found = [first, *(_with_prior(table, first, one, draws, seed) for one in others)]
    return PriorSensitivity(
        priors=asked[: len(found)],
        estimates=tuple(found),
        shift=_shift(found),
        decision=_prior_decision(found),
    )


def _with_prior(
    table: CaptureTable,
    base: LcmcrEstimate,
    prior: tuple[float, float],
    draws: int | None,
    seed: int | None,
) -> LcmcrEstimate:
    return lcmcr(
        table,
        K=base.classes,
        chains=len(base.chain_medians),
        draws=draws,
        cap=base.cap,
        prior_lambda=prior,
        seed=base.provenance.seed if seed is None else seed,
    )


def _shift(found: Sequence[LcmcrEstimate]) -> float | None:
    medians = [one.median for one in found if one.median is not None]
    if len(medians) < len(found) or len(medians) < 2:
        return None
    return (max(medians) - min(medians)) / medians[0]


def _prior_decision(found: Sequence[LcmcrEstimate]) -> Decision:
    if found[0].verdict is Verdict.REFUSED:
        return found[0].decision
    shift = _shift(found)
    if shift is None:
        return decide("prior-decides") if len(found) > 1 else decide("none")
    if shift <= MOST_PRIOR_SHIFT:
        return decide("none")
    medians = [one.median for one in found if one.median is not None]
    return decide("prior-decides", shift=f"{shift:.0%}", low=min(medians), high=max(medians))


def _unfit(table: CaptureTable) -> Decision | None:
    """Why a table, its empty lists left out, is not for this method."""
    if len(table.lists) == 1:
        return decide("one-list")
    large = int((table.sizes >= FEWEST_RECORDS).sum())
    if large < FEWEST_LISTS:
        return decide("few-lists", lists=large, records=FEWEST_RECORDS, needed=FEWEST_LISTS)
    return None


def _cost(table: CaptureTable, settings: Settings) -> float:
    """Nanoseconds of one iteration of one chain, about; measured once, so no clock is read."""
    cells, lists = table.histories.shape
    if settings.engine == "numpy":
        return float(120_000 + settings.classes * (60 * cells + 30 * lists))
    members = int(table.histories.sum())
    people = int(np.minimum(table.counts, 300).sum())
    transfers = (1 + cells // 12) * (500 + 19 * cells)
    return float(
        2000 + transfers + settings.classes * (6 * cells + members + 40 * lists + 60) + 8 * people
    )


def _most_iterations(table: CaptureTable, settings: Settings) -> int:
    """Of each chain."""
    return int(BUDGET / (settings.chains * _cost(table, settings)))


def _chains(table: CaptureTable, settings: Settings) -> Chains:
    unseen = MOST_UNSEEN if settings.cap is None else int(settings.cap * table.n)
    model = LatentClassModel(
        histories=table.histories,
        counts=table.counts,
        classes=settings.classes,
        prior_lambda=settings.prior_lambda,
        prior_alpha=settings.prior_alpha,
        most_unseen=max(unseen, 1),
    )
    if settings.engine == "numpy":
        return PlainChains(model, chains=settings.chains, seed=settings.seed)
    from khronika.estimation.lcmcr_kernel import CompiledChains  # noqa: PLC0415 - loads numba

    return CompiledChains(model, chains=settings.chains, seed=settings.seed)


def _run(chains: Chains, settings: Settings, most: int, n: int) -> _Run:
    """Rounds that double until the chains agree or the budget is spent; one round if told."""
    if settings.rough and settings.draws is not None:
        most = min(settings.draws, most)
    far = most if settings.rough else int(PATIENCE * most)
    if settings.draws is not None and not settings.rough:
        burn = settings.draws // 3 if settings.burn is None else settings.burn
        most = far = goal = burn + settings.draws
        thin = -(-goal // MOST_KEPT)
    else:
        goal, thin = min(FIRST_ROUND, most), 1
    drawn = chains.advance(0, thin)
    while True:
        drawn = _advanced(chains, drawn, goal, thin)
        if drawn.unseen.shape[1] > MOST_KEPT:
            drawn, thin = drawn.thinned(), 2 * thin
        burn = int(BURN * goal) if settings.burn is None else settings.burn
        run = _looked_at(drawn.since(-(-burn // thin)), goal, burn, n)
        if run.enough(settings) or goal >= (far if run.rhat < NEARLY else most):
            return run
        goal = min(2 * goal, most if goal < most else far)


def _advanced(chains: Chains, drawn: Batch, goal: int, thin: int) -> Batch:
    """Go on to so many iterations, in steps that an interrupt can stand between."""
    missing = max(-(-goal // thin) - drawn.unseen.shape[1], 1)
    step = max(STEP // thin, 1)
    for start in range(0, missing, step):
        drawn = drawn.joined(chains.advance(min(step, missing - start), thin))
    return drawn


def _looked_at(kept: Batch, iterations: int, burn: int, n: int) -> _Run:
    unseen = kept.unseen.astype(np.float64)
    logs = np.log(unseen + 0.5)
    return _Run(
        kept=kept,
        iterations=iterations,
        burn=burn,
        rhat=rank_rhat(logs),
        ess=bulk_ess(logs),
        tail_ess=tail_ess(logs),
        medians=tuple(float(one) for one in n + np.median(unseen, axis=1)),
    )


def _judged(table: CaptureTable, settings: Settings, run: _Run) -> LcmcrEstimate:
    """The result that the draws allow."""
    limit = REPORTED_CAP * table.n
    if settings.cap is None:
        above = float((run.kept.unseen > limit).mean())
    else:
        limit = settings.cap * table.n
        above = run.kept.above / (run.iterations * settings.chains)
    told = [run.unconverged or decide("none")]
    if above > MOST_ABOVE_CAP:
        told.append(decide("above-cap", share=f"{above:.2%}", cap=limit))
    return _result(table, settings, gravest(told), run, above)


def _result(
    table: CaptureTable,
    settings: Settings,
    decision: Decision,
    run: _Run | None = None,
    above: float | None = None,
) -> LcmcrEstimate:
    people = None
    if run is not None and decision.verdict is not Verdict.REFUSED:
        people = table.n + run.kept.unseen.ravel().astype(np.float64)
    median = None if people is None else float(np.median(people))
    return LcmcrEstimate(
        method="lcmcr",
        label=f"Latent classes, at most {settings.classes}",
        documented=table.n,
        estimate=median,
        interval=None if people is None else Interval(*_ends(people)),
        assumption=ASSUMPTION,
        provenance=Provenance(table=table.digest, seed=settings.seed, settings=settings.said()),
        decision=decision,
        se=None if people is None else float(people.std(ddof=1)),
        median=median,
        mean=None if people is None else float(people.mean()),
        draws=None if people is None else _evenly(people),
        notes=_notes(table, settings, run),
        classes=settings.classes,
        cap=settings.cap,
        above_cap=above,
        **({} if run is None else _diagnostics(run, settings.classes)),
    )


def _diagnostics(run: _Run, classes: int) -> dict[str, Any]:
    used = np.bincount(run.kept.occupied.ravel(), minlength=classes + 1)[1:]
    return {
        "rhat": run.rhat,
        "ess": run.ess,
        "tail_ess": run.tail_ess,
        "chain_medians": run.medians,
        "occupied": tuple(float(one) for one in used / used.sum()),
        "alpha": float(np.median(run.kept.alpha)),
        "iterations": run.iterations,
        "burn": run.burn,
    }


def _notes(table: CaptureTable, settings: Settings, run: _Run | None) -> tuple[Note, ...]:
    notes = []
    empty = [name for name, size in zip(table.lists, table.sizes, strict=True) if not size]
    if empty:
        notes.append(noted("empty-lists", lists=empty))
    if settings.cap is not None:
        notes.append(noted("capped", times=settings.cap))
    if run is not None:
        notes.append(
            noted(
                "chains",
                n=settings.chains,
                iterations=run.iterations,
                burn=run.burn,
            )
        )
    if settings.engine == "numpy":
        notes.append(noted("not-compiled"))
    return tuple(notes)


def _ends(people: Floats) -> tuple[float, float]:
    low, high = np.quantile(people, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)


def _evenly(people: Floats) -> Floats:
    """At most so many draws, evenly from all chains."""
    if len(people) <= MOST_GIVEN:
        return people
    places = np.linspace(0, len(people) - 1, MOST_GIVEN).round().astype(np.int64)
    return people[places]


def _engine(asked: Engine | None) -> Engine:
    if asked not in (None, "numba", "numpy"):
        raise EstimationError(f"engine is {asked!r}", remedy="Give 'numba' or 'numpy'.")
    there = importlib.util.find_spec("numba") is not None
    if asked == "numba" and not there:
        raise MissingPartError(
            "The compiled sampler needs numba, which is not installed",
            remedy="Install khronika[estimation], or draw with engine='numpy'.",
        )
    if asked is None:
        return "numba" if there else "numpy"
    return asked


def _pair(name: str, given: Sequence[float]) -> tuple[float, float]:
    try:
        first, second = (float(one) for one in given)
    except (TypeError, ValueError):
        raise EstimationError(f"{name} is {given!r}", remedy="Give two numbers.") from None
    return first, second


def _whole(name: str, given: object, least: int, most: int) -> None:
    whole = isinstance(given, int | np.integer) and not isinstance(given, bool)
    if not whole or not least <= int(str(given)) <= most:
        raise EstimationError(
            f"{name} is {given!r}", remedy=f"Give a whole number from {least} to {most:,}."
        )
