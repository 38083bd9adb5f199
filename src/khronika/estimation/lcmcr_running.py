"""How long chains of the latent class model run, and what their draws are worth."""

from dataclasses import dataclass

import numpy as np

from khronika.estimation.lcmcr_model import Batch, Chains, LatentClassModel
from khronika.estimation.lcmcr_plain import PlainChains
from khronika.estimation.lcmcr_settings import BURN, Settings
from khronika.estimation.mixing import bulk_ess, rank_rhat, tail_ess
from khronika.estimation.results import Decision
from khronika.estimation.rules import FEWEST_EFFECTIVE, roughly, unconverged
from khronika.estimation.table import CaptureTable

MOST_UNSEEN = 10**12  # kept by a chain without a cap: counts stay exact, and none overflows
FIRST_ROUND = 16_000  # iterations of each chain before the first look; rounds double
MOST_KEPT = 16_384  # draws of each chain
STEP = 50_000  # iterations between which an interrupt is heard
BUDGET = 1.0e11  # nanoseconds that all chains may take, by `_cost`: about two minutes
PATIENCE = 3.3  # times that for chains that nearly agree
NEARLY = 1.1  # R-hat of such chains


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
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


def most_iterations(table: CaptureTable, settings: Settings) -> int:
    """Of each chain."""
    return int(BUDGET / (settings.chains * _cost(table, settings)))


def chains_of(table: CaptureTable, settings: Settings) -> Chains:
    """Chains that stand at their start, of the engine asked for."""
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


def run_chains(chains: Chains, settings: Settings, most: int, n: int) -> Run:
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


def _looked_at(kept: Batch, iterations: int, burn: int, n: int) -> Run:
    unseen = kept.unseen.astype(np.float64)
    logs = np.log(unseen + 0.5)
    return Run(
        kept=kept,
        iterations=iterations,
        burn=burn,
        rhat=rank_rhat(logs),
        ess=bulk_ess(logs),
        tail_ess=tail_ess(logs),
        medians=tuple(float(one) for one in n + np.median(unseen, axis=1)),
    )
