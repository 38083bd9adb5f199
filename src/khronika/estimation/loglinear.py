"""Log-linear models: which explain the overlap of the lists, and how many people they imply.

Source:
    Fienberg, "The multiple recapture census for closed populations and incomplete 2^k contingency
    tables", Biometrika 59 (1972); Bishop, Fienberg & Holland, "Discrete Multivariate Analysis"
    (1975), chapter 6; Buckland, Burnham & Augustin, "Model selection: an integral part of
    inference", Biometrics 53 (1997), for the averages.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from khronika.estimation.bca import SEED, Bca, bca, check_seed
from khronika.estimation.candidates import MOST_LISTS, Candidates, candidates, is_family
from khronika.estimation.diagnose import table_decision
from khronika.estimation.downhill import Search, affordable, downhill_bca
from khronika.estimation.errors import EstimationError
from khronika.estimation.existence import Standing
from khronika.estimation.fitting import Fit, Fits
from khronika.estimation.lattice import Floats
from khronika.estimation.likelihood_interval import Profile, profile
from khronika.estimation.loglinear_words import (
    assumption,
    empty_pairs,
    how_found,
    what_the_interval_is,
)
from khronika.estimation.misfit import misfits
from khronika.estimation.models import Model
from khronika.estimation.notes import noted
from khronika.estimation.profiles import lognormal_interval
from khronika.estimation.reading_counts import MOST_PEOPLE
from khronika.estimation.results import Decision, Estimate, Interval, Note, Provenance, Verdict
from khronika.estimation.rules import decide
from khronika.estimation.table import CaptureTable

SHOWN = 20  # models in the table of a result
MOST_RESELECTED = 128  # models that resamples choose from, if nothing else is said
FEWEST_RESELECTED = 5  # of them with many lists,
ROOM_FOR_MODELS = 4096  # where a model has 2^J cells
XI = (0.5, 2 / 3, 1.0, 1.5, 2.0)  # of the interaction of all lists
SELECTS = ("bic", "aic")
INTERVALS = ("profile", "bca", "lognormal")
HOPELESS = ("one-list", "few-overlaps")  # rules that no model gets round
TIED = 1e-6  # difference of two criteria that are one


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFit:
    """One model with what it says of the table.

    Attributes:
        model: of the lists of the table.
        name: `[123,14,34]`, lists counted from 1 in the order of the table.
        names: the same by the names of the lists.
        total: people in all; None where no finite and unique maximum exists.
        se: of the total.
        aic: smaller is better.
        bic: smaller is better.
        loglik: full Poisson log-likelihood.
        deviance: twice how far the likelihood stays behind a parameter for every cell.
        df: cells less parameters.
        weight: share in the average over all models looked at, by the criterion asked for.
        standing: "fitted", "does_not_exist", "not_identified" or "not_converged".
        interval: of the model that was selected, by its profile likelihood or lognormal.
        centre: people in all where its profile likelihood is greatest.
    """

    model: Model
    name: str
    names: str
    total: float | None
    se: float | None
    aic: float | None
    bic: float | None
    loglik: float | None
    deviance: float | None
    df: int
    weight: float
    standing: str
    interval: Interval | None = None
    centre: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """People in all if the interaction of all lists were not 1.

    Attributes:
        xi: the interaction, a ratio of odds that no table can show.
        total: people in all.
    """

    xi: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLinearEstimate(Estimate):
    """What log-linear models say of a table.

    Attributes:
        selected: the best model by the criterion, with its own interval; None where refused.
        models: the best models, the best first; models without a maximum stand last, if there is
            room.
        looked_at: models that were fitted or found to have no maximum.
        fitted: models of these with a finite and unique maximum.
        searched: True if models were searched for step by step, so that most were not looked at.
        supposed: people in all under other interactions of all lists.
    """

    selected: ModelFit | None = None
    models: tuple[ModelFit, ...] = field(default=(), repr=False)
    looked_at: int = 0
    fitted: int = 0
    searched: bool = False
    supposed: tuple[Supposed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    select: str
    average: bool
    ci: str
    ntop: int | None
    nboot: int
    seed: int


def loglinear(
    t: CaptureTable,
    models: str | Model | Iterable[object] = "all",
    *,
    select: str = "bic",
    average: bool = True,
    ci: str = "profile",
    ntop: int | None = None,
    nboot: int = 1000,
    seed: int | None = None,
) -> LogLinearEstimate:
    """Estimate how many people there are from log-linear models.

    Args:
        t: people by lists. Lists that have nobody are left out.
        models: "all" hierarchical models, all models of "pairs", one model such as "[123,14,34]",
            or several. With more lists than can be looked at in every way, and for "downhill",
            models are searched for step by step.
        select: the criterion, "bic" or "aic".
        average: True for the average of all models by their weights, with a lognormal interval;
            False for the best model.
        ci: interval of the best model: "profile", "lognormal", or "bca", which chooses the model
            anew in each of many resamples and is the honest one. With "bca" the estimate is that
            of the best model, whatever `average` says.
        ntop: how many of the best models are averaged, or chosen from in resamples; None for all,
            in resamples for at most 128.
        nboot: resamples of ci="bca".
        seed: of the resamples; 1 if none is given.

    Raises:
        EstimationError: for a model or a setting that there is none of.
    """
    asked = _checked(
        _Asked(
            select=select,
            average=average,
            ci=ci,
            ntop=ntop,
            nboot=nboot,
            seed=SEED if seed is None else seed,
        )
    )
    settings = {
        "models": str(models)[:200] if isinstance(models, (str, Model)) else "given",
        "select": select,
        "average": str(bool(average)).lower(),
        "ci": ci,
        "ntop": "all" if ntop is None else str(ntop),
    }
    drawn = {"nboot": str(nboot)} if ci == "bca" else {}
    made = Provenance(
        table=t.digest, seed=asked.seed if ci == "bca" else None, settings=settings | drawn
    )
    barred = _barred(t, models)
    if barred is not None:
        return _refused(t, barred, made)
    found = candidates(t, models, select)
    if not found.fits.fitted.any():
        return _refused(t, _no_maximum(t, found), made, found, asked)
    if isinstance(models, str) and is_family(models):
        best = found.fits.one(0, _ranked(found, asked)[0])
        if misfits(found.table, best.model, *_otherwise(found, best, models, asked)):
            said = decide("does-not-fit", model=found.outside(best.model).named(t.lists))
            return _refused(t, said, made, found, asked)
    return _told(t, found, asked, made)


def supposing(n: int, unseen: float, lists: int) -> tuple[Supposed, ...]:
    """People in all if all lists together depended on each other by a factor of odds.

    A model without the interaction of all lists takes it to be 1. Nothing in a table tells
    whether it is; those unseen change with it in proportion (in inverse proportion for an odd
    number of lists, whose unseen stand under the line).
    """
    sign = 1.0 if lists % 2 == 0 else -1.0
    return tuple(Supposed(xi=xi, total=n + unseen * xi**sign) for xi in XI)


def _checked(asked: _Asked) -> _Asked:
    for value, known, what in (
        (asked.select, SELECTS, "select"),
        (asked.ci, INTERVALS, "ci"),
    ):
        if value not in known:
            raise EstimationError(
                f"'{str(value)[:40]}' is nothing that {what} can be",
                remedy=f"Choose one of: {', '.join(known)}.",
            )
    _check_count(asked.ntop)
    check_seed(asked.seed)
    return asked


def _check_count(top: object) -> None:
    if top is None or (isinstance(top, int) and not isinstance(top, bool) and top >= 1):
        return
    raise EstimationError(
        f"ntop={str(top)[:40]} is no number of models", remedy="Give 1 or more, or None."
    )


def _barred(t: CaptureTable, models: object) -> Decision | None:
    """What forbids an estimate before any model is fitted.

    Who names models is told what these say; who asks for any that fits also has to have a table
    on which a choice means something.
    """
    decision = table_decision(t)
    named = not is_family(models)
    if decision.verdict is Verdict.REFUSED and not (named and decision.rule not in HOPELESS):
        return decision
    if t.n > MOST_PEOPLE:
        return decide("too-large")
    held = int((t.sizes > 0).sum())
    return decide("too-large", lists=held, most=MOST_LISTS) if held > MOST_LISTS else None


def _no_maximum(t: CaptureTable, found: Candidates) -> Decision:
    """Why nothing is fitted: the rule that most of the models met, and the pairs that are empty."""
    fits = found.fits
    codes = np.bincount(fits.standing[0], minlength=4)
    exists = codes[Standing.DOES_NOT_EXIST] >= codes[Standing.NOT_IDENTIFIED]
    rule = "does-not-exist" if exists else "not-identified"
    one = found.outside(fits.models[0]) if len(fits.models) == 1 else None
    said = decide(rule) if one is None else decide(rule, model=str(one))
    return replace(said, because=f"{said.because} {empty_pairs(t)}".strip())


def _otherwise(
    found: Candidates, best: Fit, models: str, asked: _Asked
) -> tuple[Callable[[CaptureTable], float | None], Callable[[], Interval]]:
    """People in all by the best model of another table, and the profile interval of this one."""

    def number(other: CaptureTable) -> float | None:
        again = candidates(other, models, asked.select)
        if not again.fits.fitted.any():
            return None
        return float(again.fits.total[0, int(np.argmin(again.score(asked.select)))])

    return number, lambda: profile(found.cells, best).interval


def _told(t: CaptureTable, found: Candidates, asked: _Asked, made: Provenance) -> LogLinearEstimate:
    order = _ranked(found, asked)
    best = _selected(t, found, order[0], asked)
    alone = asked.ci == "bca" or not asked.average or len(order) == 1
    total, se, interval = (
        (best.total, best.se, best.interval)
        if alone
        else _averaged(found.fits, order, _weights(found.fits, order, asked.select))
    )
    notes = _notes(found, asked, alone=alone)
    if asked.ci == "bca":
        interval, said = _resampled(found, order, asked)
        notes += said
    assert total is not None
    return LogLinearEstimate(
        method="loglinear",
        label=_label(t, best if alone else None, len(order)),
        documented=t.n,
        estimate=total,
        interval=interval,
        se=se,
        assumption=assumption(len(found.table.lists), best.names if alone else None),
        provenance=made,
        decision=_decision(found, interval),
        notes=tuple(notes),
        selected=best,
        models=_shown(t, found, order, asked),
        looked_at=len(found.fits.models),
        fitted=int(found.fits.fitted.sum()),
        searched=found.searched,
        supposed=supposing(t.n, total - t.n, len(found.table.lists)),
    )


def _refused(
    t: CaptureTable,
    decision: Decision,
    made: Provenance,
    found: Candidates | None = None,
    asked: _Asked | None = None,
) -> LogLinearEstimate:
    shown = () if found is None or asked is None else _shown(t, found, [], asked)
    return LogLinearEstimate(
        method="loglinear",
        label="log-linear",
        documented=t.n,
        estimate=None,
        interval=None,
        assumption=assumption(int((t.sizes > 0).sum()), None),
        provenance=made,
        decision=decision,
        models=shown,
        looked_at=0 if found is None else len(found.fits.models),
        searched=False if found is None else found.searched,
    )


def _ranked(found: Candidates, asked: _Asked) -> list[int]:
    """Models that are fitted, the best first; of models that tie, that with fewest parameters."""
    score = found.score(asked.select)
    order = [int(place) for place in np.argsort(score, kind="stable") if np.isfinite(score[place])]
    # Equal models told with more parameters at minus infinity differ by rounding alone.
    first = [place for place in order if score[place] <= score[order[0]] + TIED]
    best = min(first, key=lambda place: found.fits.models[place].key)
    order.remove(best)
    order.insert(0, best)
    return order[: asked.ntop] if asked.ntop else order


def _weights(fits: Fits, order: Sequence[int], select: str) -> Floats:
    score = (fits.bic if select == "bic" else fits.aic)[0, list(order)]
    raw: Floats = np.exp(-(score - score.min()) / 2)
    return np.asarray(raw / raw.sum(), dtype=np.float64)


def _averaged(fits: Fits, order: Sequence[int], weights: Floats) -> tuple[float, float, Interval]:
    """Mean of the models, its standard error with what they differ by, and an interval."""
    places = list(order)
    unseen, se = fits.unseen[0, places], fits.se[0, places]
    mean = float(weights @ unseen)
    spread = math.sqrt(float(weights @ (se**2 + (unseen - mean) ** 2)))
    n = float(fits.n[0])
    return n + mean, spread, lognormal_interval(n, mean, spread)


def _selected(t: CaptureTable, found: Candidates, place: int, asked: _Asked) -> ModelFit:
    """The best model, with an interval of its own."""
    best = found.fits.one(0, place)
    curve: Profile | None = None
    if asked.ci != "lognormal":
        curve = profile(found.cells, best)
    interval = lognormal_interval(best.n, best.unseen, best.se) if curve is None else curve.interval
    weight = float(_weights(found.fits, _ranked(found, asked), asked.select)[0])
    return replace(
        _row(t, found, best, weight),
        interval=interval,
        centre=None if curve is None else curve.centre,
    )


def _shown(
    t: CaptureTable, found: Candidates, order: Sequence[int], asked: _Asked
) -> tuple[ModelFit, ...]:
    weights = _weights(found.fits, order, asked.select) if order else np.zeros(0)
    rows = [
        _row(t, found, found.fits.one(0, place), float(weight))
        for place, weight in zip(order[:SHOWN], weights, strict=False)
    ]
    missing = np.flatnonzero(~found.fits.fitted[0])[: SHOWN - len(rows)]
    return tuple(rows + [_row(t, found, found.fits.one(0, int(at)), 0.0) for at in missing])


def _row(t: CaptureTable, found: Candidates, one: Fit, weight: float) -> ModelFit:
    model = found.outside(one.model)
    there = one.standing == Standing.FITTED
    return ModelFit(
        model=model,
        name=str(model),
        names=model.named(t.lists),
        total=one.total if there else None,
        se=one.se if there else None,
        aic=one.aic if there else None,
        bic=one.bic if there else None,
        loglik=one.loglik if there else None,
        deviance=one.deviance if there else None,
        df=len(found.cells) - one.parameters,
        weight=weight,
        standing=one.standing.name.lower(),
    )


def _resampled(
    found: Candidates, order: Sequence[int], asked: _Asked
) -> tuple[Interval | None, list[Note]]:
    """The interval of the whole procedure, the choice of the model included."""
    lists = len(found.table.lists)
    free = found.searched and asked.ntop is None
    if free and affordable(lists, len(found.fits.models), asked.nboot):
        search = Search(select=asked.select, order=found.order)
        searched = downhill_bca(found.table, search, nboot=asked.nboot, seed=asked.seed)
        return _ends(searched and searched[1], noted("searched-anew"))
    top, how = _reselected(found, order, asked)
    again = bca(found.table, top, select=asked.select, nboot=asked.nboot, seed=asked.seed)
    return _ends(again, how)


def _reselected(found: Candidates, order: Sequence[int], asked: _Asked) -> tuple[list[Model], Note]:
    """The models that resamples choose from, and how to say so."""
    most = max(FEWEST_RESELECTED, min(MOST_RESELECTED, ROOM_FOR_MODELS >> len(found.table.lists)))
    if found.searched and asked.ntop is None:
        # A simple model exists on every resample; the few best may exist on hardly any.
        return [*found.trail[:1], *found.trail[1:][-most:]], noted("chose-from-search")
    top = [found.fits.models[place] for place in order[: asked.ntop or most]]
    fitted = int(found.fits.fitted.sum())
    if len(top) == fitted:
        return top, noted("chose-from-all", n=fitted)
    return top, noted("chose-from-best", n=len(top), models=fitted)


def _ends(again: Bca | None, how: Note) -> tuple[Interval | None, list[Note]]:
    return (None, [how]) if again is None else (again.interval, [how, *again.notes])


def _decision(found: Candidates, interval: Interval | None) -> Decision:
    if len(found.table.lists) == 2:
        return decide("two-lists-independence")
    if interval is not None and math.isinf(interval.upper):
        return decide("no-upper-end", family="The log-linear family")
    return Decision(verdict=Verdict.OK)


def _label(t: CaptureTable, best: ModelFit | None, models: int) -> str:
    if best is None:
        return f"log-linear, average of {models} models"
    return f"log-linear {best.name if len(t.lists) <= 9 else best.names}"


def _notes(found: Candidates, asked: _Asked, *, alone: bool) -> list[Note]:
    looked_at = len(found.fits.models)
    notes = list(how_found(found.left_out, looked_at if found.searched else None))
    if looked_at > 1:
        notes += what_the_interval_is(asked.ci, average=asked.average, alone=alone)
    return notes
