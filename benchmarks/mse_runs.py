"""Runs our methods on a table as `mse_methods` asks, and gives their numbers by name."""

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

import khronika.estimation as est
from khronika.estimation import CaptureTable, Estimate, Interval, Verdict, tidy
from khronika.estimation import bca as est_bca
from khronika.estimation.downhill import descend, downhill_bca
from khronika.estimation.fitting import fit_many
from khronika.estimation.lattice import Floats
from khronika.estimation.models import hierarchical, pairwise, parse
from khronika.estimation.stepwise import totals
from mse_draws import drawn

RESAMPLES = 1000
THEIRS = "theirs"  # resamples: those that the reference draws
DROP = 1.920729410347062  # of the log-likelihood at the ends of a 95 % interval


@dataclass(frozen=True, slots=True)
class Ours:
    """What a method of ours gave.

    Attributes:
        numbers: by the names of expected.json; also "median", "mode", "likeliest".
        refused: a rule refused it.
        bound: a rule lets only its lower end stand.
        failed: it raised.
        told: the rule, or what went wrong.
        also: further numbers of the published text: what, theirs, ours, whether they agree.
    """

    numbers: Mapping[str, float] = field(default_factory=dict)
    refused: bool = False
    bound: bool = False
    failed: bool = False
    told: str = ""
    also: tuple[tuple[str, str, str, bool], ...] = ()


def of(found: Estimate, **more: float | None) -> Ours:
    """The numbers of a result; with the rule if there is one."""
    numbers = {
        "estimate": found.estimate,
        "median": found.median,
        "mean": found.mean,
        "se": found.se,
        "lower": None if found.interval is None else found.interval.lower,
        "upper": None if found.interval is None else found.interval.upper,
        **more,
    }
    rule = found.decision
    return Ours(
        numbers={name: float(number) for name, number in numbers.items() if number is not None},
        refused=found.verdict is Verdict.REFUSED,
        bound=found.verdict is Verdict.LOWER_BOUND_ONLY,
        told="" if rule.verdict is Verdict.OK else f"{rule.verdict}, rule {rule.rule}",
    )


# Copies of a table in other programs, by the people they have: which cell differs by how many.
COPIES: Mapping[str, Mapping[int, tuple[frozenset[str], int]]] = {
    "neworleans5": {185: (frozenset({"C", "D"}), -1)},
}


def table_at(path: Path) -> CaptureTable:
    """The table of a file; of "NAME@N.csv" the copy that has N people."""
    name, _, people = path.stem.partition("@")
    table = CaptureTable.from_counts(path.with_name(f"{name}.csv"))
    if not people:
        return table
    lists, more = COPIES[name][int(people)]
    cell = [name in lists for name in table.lists]
    counts = table.counts + more * (table.histories == cell).all(axis=1)
    return tidy(table.lists, table.histories, counts)


def log_linear(path: Path, _: Path, *, models: str, ci: str | None, select: str = "bic") -> Ours:
    """One model, or the best of a family."""
    table = table_at(path)
    if models == "independence":
        models = f"[{','.join(str(at + 1) for at in range(len(table.lists)))}]"
    if ci == "intercept":
        return intercept_alone(table, models)
    found = est.loglinear(table, models=models, select=select, average=False, ci=ci or "lognormal")
    best = found.selected
    if best is None:
        return of(found)
    return of(
        found,
        deviance=best.deviance,
        AIC=best.aic,
        BIC=best.bic,
        likeliest=best.centre,
    )


def intercept_alone(table: CaptureTable, models: str) -> Ours:
    """People seen and the profile interval of those expected unseen, exp of the intercept.

    It takes it that exactly as many are unseen as are expected, and is too short by that chance.
    """
    model = parse(models, table.lists)
    keys = np.arange(1, len(table.dense) + 1)
    sets = np.array(model.terms[1:])
    design = np.asarray((keys[:, None] & sets) == sets, dtype=np.float64)
    counts = table.dense.astype(np.float64)
    best = fit_many(table.dense[None], [model])
    top = float(np.log(best.unseen[0, 0]))
    goal = _likelihood(design, counts, top) - DROP
    ends = [
        brentq(lambda at: _likelihood(design, counts, at) - goal, *sorted((top, top + far)))
        for far in (-5.0, 5.0)
    ]
    lower, upper = (table.n + math.exp(end) for end in ends)
    return Ours({"estimate": table.n + math.exp(top), "lower": lower, "upper": upper})


def _likelihood(design: Floats, counts: Floats, intercept: float) -> float:
    """Poisson log-likelihood at its best parameters for an intercept that is fixed."""
    at = np.full(design.shape[1], -2.0)
    for _ in range(200):
        expected = np.exp(intercept + design @ at)
        slope = design.T @ (counts - expected)
        step = np.linalg.solve(design.T @ (design * expected[:, None]), slope).clip(-1, 1)
        at += step
        if np.abs(step).max() < 1e-12:
            break
    predictor = intercept + design @ at
    return float(counts @ predictor - np.exp(predictor).sum())


def bca(
    path: Path,
    folder: Path,
    *,
    models: str,
    ntop: int | None,
    resamples: str | None,
    eighty: bool,
    seed: int | None = None,
) -> Ours:
    """The best model by BIC, chosen anew in resamples: drawn ones, or those of a file."""
    table = table_at(path)
    if resamples is None:
        found = est.loglinear(
            table, models=models, average=False, ci="bca", ntop=ntop, nboot=RESAMPLES, seed=seed
        )
        if not eighty:
            return of(found)
    width = len(table.lists)
    every = hierarchical(width) if models == "all" else pairwise(width)
    order = np.argsort(fit_many(table.dense[None], every).bic[0], kind="stable")
    given: Floats | NDArray[np.int64] | None = None
    if resamples is not None:
        named = folder / "fixtures" / resamples
        given = drawn(table, RESAMPLES) if resamples == THEIRS else resamples_of(named, table)
    made = est_bca.bca(
        table, [every[at] for at in order[:ntop]], nboot=RESAMPLES, seed=seed, resamples=given
    )
    if made is None:
        return Ours(refused=True)
    ends = _at_80(made.at(0.8))
    if resamples is None:  # what users get, with the other level of the same draws
        return of(found, **ends)
    both = {"lower": made.interval.lower, "upper": made.interval.upper}
    return Ours({"estimate": made.estimate} | both | ends)


def _at_80(ends: Interval | None) -> dict[str, float]:
    return {} if ends is None else {"lower80": ends.lower, "upper80": ends.upper}


def resamples_of(path: Path, table: CaptureTable) -> NDArray[np.int64]:
    """Tables drawn by the reference program, in the order of keys."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    keys = [sum(1 << at for at, on in enumerate(name[1:]) if on == "1") for name in head]
    found = np.zeros((len(rows), 2 ** len(table.lists) - 1), dtype=np.int64)
    found[:, np.array(keys) - 1] = np.array(rows, dtype=np.int64)
    return found


def on_theirs(table: CaptureTable, estimator: est_bca.Estimator) -> Ours:
    """An estimate made again on the tables that the reference draws."""
    ordered, order = table.in_order()
    draws = drawn(table, RESAMPLES)[:, est_bca.moved_cells(order)]
    tables, weights = est_bca.stacked(ordered.dense.astype(np.float64), draws)
    again = est_bca.split(est_bca.in_blocks(estimator, tables), len(draws), weights)
    lower, upper = est_bca.bca_interval(again)
    return Ours({"estimate": again.estimate, "lower": lower, "upper": upper})


def downhill(path: Path, _: Path, *, seed: int | None = None, resamples: str | None = None) -> Ours:
    """The search from model to neighbouring model, with BCa."""
    if resamples == THEIRS:
        table = table_at(path)
        return on_theirs(table, lambda many: descend(len(table.lists), many).totals)
    made = downhill_bca(table_at(path), nboot=RESAMPLES, seed=seed)
    if made is None:
        return Ours(refused=True)
    ends = made[1].interval
    return Ours({"estimate": made[1].estimate, "lower": ends.lower, "upper": ends.upper})


def stepwise(
    path: Path,
    _: Path,
    *,
    p: float,
    ends: bool,
    seed: int | None = None,
    resamples: str | None = None,
) -> Ours:
    """Pairs by significance, with BCa."""
    table = table_at(path)
    if resamples == THEIRS:
        return on_theirs(table, lambda many: totals(len(table.lists), many, p, "poisson"))
    found = est.stepwise(table, p=p, nboot=RESAMPLES if ends else 0, seed=seed)
    return of(found, **_at_80(found.interval80))


def stepwise_aic(path: Path, _: Path, *, p: float) -> Ours:
    """Pairs by AIC; the interval is the profile of the model they end in."""
    table = table_at(path)
    walked = est.stepwise(table, p=p, nboot=0, by="aic")
    if walked.verdict is Verdict.REFUSED:
        return of(walked)
    sets = [tuple(table.index(name) + 1 for name in step.lists) for step in walked.steps]
    alone = set(range(1, len(table.lists) + 1)) - {at for one in sets for at in one}
    model = ",".join("".join(map(str, sorted(one))) for one in (*sets, *((at,) for at in alone)))
    found = est.loglinear(table, models=f"[{model}]", average=False, ci="profile")
    return of(found, estimate=walked.estimate)


def bayes(path: Path, _: Path, *, threshold: float, improper: bool) -> Ours:
    """Pairs that a Bayesian fit holds for real."""
    prior = "improper" if improper else "normal"
    return of(est.bayes_threshold(table_at(path), threshold=threshold, prior=prior))


def dga(
    path: Path,
    _: Path,
    *,
    delta: float | None,
    gamma: tuple[float, float] | None,
    grid: tuple[str, int] | None,
    said: Sequence[str],
) -> Ours:
    """Decomposable graphs, on the grid of the reference where it is known."""
    table = table_at(path)
    unseen = None
    if grid is not None:
        last = grid[1] * table.n if grid[0] == "times" else grid[1]
        unseen = np.arange(1, last + 1)
    prior = est.gamma_poisson(*gamma) if gamma else "1/N"
    found = est.dga(table, delta=delta, prior=prior, grid=unseen)
    also = _madigan_york(found, said) if said else ()
    numbers = of(found)
    if said and found.relative is not None:
        numbers = of(found, estimate=found.relative)
    return Ours(numbers.numbers, numbers.refused, told=numbers.told, also=also)


def _madigan_york(found: Any, said: Sequence[str]) -> tuple[tuple[str, str, str, bool], ...]:
    """Weight, estimate and mode of the best graph, then estimate and mode of the average."""
    best = found.graphs[0]
    ours = (best.weight, best.relative, best.mode, found.relative, found.mode)
    names = ("weight of the best", "its estimate", "its mode", "averaged", "its mode")
    return tuple(
        (
            name,
            theirs,
            f"{mine:.4g}",
            abs(mine - float(theirs)) <= (0.005 if "." in theirs else 0.5) + 1e-9,
        )
        for name, theirs, mine in zip(names, said, ours, strict=False)
    )


def lcmcr(
    path: Path,
    _: Path,
    *,
    K: int | None,  # noqa: N803
    prior: tuple[float, float],
    capped: bool,
    seed: int | None = None,
) -> Ours:
    """Latent classes; capped as the R package caps where the result is of that."""
    table = table_at(path)
    found = est.lcmcr(table, K=K, prior_lambda=prior, cap=20 if capped else None, seed=seed)
    ours = of(found)
    told = f"R-hat {found.rhat:.3f}, {found.ess:.0f} effective draws"
    if ours.refused:
        told += f", medians of chains {min(found.chain_medians, default=0):,.0f}"
        told += f" to {max(found.chain_medians, default=0):,.0f}"
    return replace(ours, told="; ".join(filter(None, (ours.told, told))))


def two_list(path: Path, _: Path, *, form: str) -> Ours:
    """Two lists in one of their forms."""
    table = table_at(path)
    ci = {"chapman": "lognormal", "petersen": "binomial"}.get(form, form)
    found = est.two_list(table, *table.lists[:2], ci=ci)
    if form == "petersen":
        return of(found, estimate=found.lincoln_petersen, se=found.lincoln_petersen_se)
    if form == "profile":
        # Two lists have one model, in which they do not depend on each other.
        best = est.loglinear(table, models="[1,2]", average=False, ci="profile").selected
        return of(found, likeliest=None if best is None else best.centre)
    return of(found)


def chao(path: Path, _: Path, *, form: str, unbounded: bool) -> Ours:
    """Lower bounds in closed form."""
    if unbounded:
        return of(est.chao(est.FrequencyTable.from_counts(path), form=form))
    return of(est.chao(table_at(path), form=form))


def heterogeneity(path: Path, _: Path, *, form: str) -> Ours:
    """Fitted models of unequal chances: Mt, Mth Poisson2, Chao's bound as a fit."""
    found = est.heterogeneity(table_at(path), form.removesuffix(" LB"))
    return of(found, AIC=found.aic, BIC=found.bic, deviance=found.deviance)


RUNS: Mapping[str, Callable[..., Ours]] = {
    run.__name__: run
    for run in (
        *(log_linear, bca, downhill, stepwise, stepwise_aic, bayes, dga, lcmcr, two_list),
        *(chao, heterogeneity),
    )
}
