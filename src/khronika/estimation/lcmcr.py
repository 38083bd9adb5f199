"""The latent class model: people fall into classes, inside which the lists are independent.

Source:
    Manrique-Vallier, "Bayesian population size estimation using Dirichlet process mixtures",
    Biometrics 72 (2016).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from khronika.estimation.lcmcr_model import Floats
from khronika.estimation.lcmcr_running import Run, chains_of, most_iterations, run_chains
from khronika.estimation.lcmcr_settings import Engine, Settings, engine_of, pair_of
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
    FEWEST_LISTS,
    FEWEST_RECORDS,
    MOST_ABOVE_CAP,
    MOST_BEYOND,
    decide,
    gravest,
)
from khronika.estimation.table import CaptureTable

SEED = 20160601  # of a call that names none
MOST_CLASSES = 15  # by default
REPORTED_CAP = 20.0  # times the people documented: a result whose draws go there has no upper end
FEWEST_ITERATIONS = 16_000  # of each chain; a table that the budget gives fewer is too large
MOST_GIVEN = 10_000  # draws of a result

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
        than 0.1 % of the draws lie above the cap, or above 20 times the documented without one;
        refused where more than 10 % do.

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
        prior_lambda=pair_of("prior_lambda", prior_lambda),
        prior_alpha=pair_of("prior_alpha", prior_alpha),
        seed=SEED if seed is None else seed,
        engine=engine_of(engine),
        rough=rough,
    )
    told = _unfit(active)
    if told is not None:
        return _result(table, settings, told)
    ordered = active.in_order()[0]
    most = most_iterations(ordered, settings)
    if most < FEWEST_ITERATIONS and draws is None:
        return _result(table, settings, decide("too-large"))
    return _judged(
        table, settings, run_chains(chains_of(ordered, settings), settings, most, table.n)
    )


def _unfit(table: CaptureTable) -> Decision | None:
    """Why a table, its empty lists left out, is not for this method."""
    if len(table.lists) == 1:
        return decide("one-list")
    large = int((table.sizes >= FEWEST_RECORDS).sum())
    if large < FEWEST_LISTS:
        return decide("few-lists", lists=large, records=FEWEST_RECORDS, needed=FEWEST_LISTS)
    return None


def _judged(table: CaptureTable, settings: Settings, run: Run) -> LcmcrEstimate:
    """The result that the draws allow."""
    limit = REPORTED_CAP * table.n
    if settings.cap is None:
        above = float((run.kept.unseen > limit).mean())
    else:
        limit = settings.cap * table.n
        above = run.kept.above / (run.iterations * settings.chains)
    told = [run.unconverged or decide("none")]
    if above > MOST_ABOVE_CAP:
        rule = "above-cap" if above <= MOST_BEYOND else "beyond-reason"
        told.append(decide(rule, share=f"{above:.2%}", cap=limit))
    return _result(table, settings, gravest(told), run, above)


def _result(
    table: CaptureTable,
    settings: Settings,
    decision: Decision,
    run: Run | None = None,
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


def _diagnostics(run: Run, classes: int) -> dict[str, Any]:
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


def _notes(table: CaptureTable, settings: Settings, run: Run | None) -> tuple[Note, ...]:
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
