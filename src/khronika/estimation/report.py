"""All methods on one table, how far they move, and one verdict: what a person should read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from khronika.estimation import sensitivity
from khronika.estimation.bca import check_seed
from khronika.estimation.diagnose import Diagnosis, diagnose
from khronika.estimation.families import (
    FULL,
    ORDER,
    QUICK,
    Effort,
    family,
    of_pairs,
    refused,
)
from khronika.estimation.lcmcr import LcmcrEstimate
from khronika.estimation.loglinear import LogLinearEstimate
from khronika.estimation.notes import noted
from khronika.estimation.report_values import Chains, Model, Report, Variant
from khronika.estimation.results import Estimate, Interval, Provenance, Verdict
from khronika.estimation.table import CaptureTable, as_table
from khronika.estimation.two_list import two_list
from khronika.estimation.verdicts import (
    COMPARED,
    gives,
    headline,
    number_of,
    overall,
    prior_decision,
)

SEED = 1  # of every draw, where none is given
TOP_MODELS = 8

Progress = Callable[[str, int, int], None]  # what is done now, steps done, steps in all


def report(
    t: CaptureTable,
    *,
    seed: int = SEED,
    quick: bool = False,
    others: Sequence[tuple[str, CaptureTable]] = (),
    linkages: Sequence[CaptureTable] = (),
    progress: Progress | None = None,
) -> Report:
    """Set the methods side by side and decide how far their numbers may be used.

    Nobody chooses a method: all are run and all are shown.

    Args:
        t: the table.
        seed: of every random draw; the same seed gives the same report.
        quick: draw less; the intervals are rougher.
        others: the same people linked by other thresholds, each with its name.
        linkages: the same people, who is who drawn by its probability; each as probable.
        progress: told of each step.

    Returns:
        The report; one whose table does not bear an estimate is refused, with the reason.

    Raises:
        BelowDocumentedError: a method gave fewer people than are documented: a fault.
        EstimationError: for a seed that is no whole number from 0.
    """
    as_table(t)
    check_seed(seed)
    effort = QUICK if quick else FULL
    made = _provenance(t, seed, effort, quick=quick)
    found = diagnose(t)
    if found.verdict is Verdict.REFUSED:
        return _refused(t, found, made)
    if found.decision.rule == "two-lists-independence":
        return _of_two(t, found, made)
    work = _Work(t, effort, seed, others=others, linkages=linkages)
    work.do(progress or _silent)
    return _of_many(t, found, work, made)


def _silent(step: str, done: int, steps: int) -> None:
    """Tell nobody."""


def _provenance(t: CaptureTable, seed: int, effort: Effort, *, quick: bool) -> Provenance:
    return Provenance(
        table=t.digest,
        seed=seed,
        settings={
            "resamples": str(effort.resamples),
            "quick": "yes" if quick else "no",
        },
    )


def _refused(t: CaptureTable, found: Diagnosis, made: Provenance) -> Report:
    """A table that bears no estimate: what lists share is shown, and no number."""
    alone = tuple(replace(pair, estimate=None, interval=None) for pair in found.pairs)
    return Report(
        table=t,
        decision=found.decision,
        range=None,
        families=tuple(refused(method, t, found.decision) for method in ORDER),
        diagnosis=replace(found, pairs=alone),
        provenance=made,
    )


def _of_two(t: CaptureTable, found: Diagnosis, made: Provenance) -> Report:
    """Two lists: one method, and a range if it gives one."""
    alone = two_list(t)
    return Report(
        table=t,
        decision=alone.decision,
        range=None if alone.verdict is Verdict.REFUSED else alone.interval,
        families=(alone,),
        diagnosis=found,
        variants=sensitivity.dependences(alone),
        provenance=made,
    )


def _of_many(t: CaptureTable, found: Diagnosis, work: "_Work", made: Provenance) -> Report:
    results = work.results
    results["chao"] = _beside(results["chao"], results)
    decision = overall(results)
    return Report(
        table=t,
        decision=decision,
        range=headline(decision, results, t.n),
        families=tuple(results.values()),
        diagnosis=found,
        models=_models(results["loglinear"]),
        variants=(*sensitivity.interactions(results["loglinear"]), *work.varied),
        chains=_chains(results["lcmcr"]),
        grid_mass=getattr(results["dga"], "tail", None),
        provenance=made,
    )


@dataclass(slots=True)
class _Work:
    """What a report is made of, as far as it has come."""

    table: CaptureTable
    effort: Effort
    seed: int
    others: Sequence[tuple[str, CaptureTable]]
    linkages: Sequence[CaptureTable]
    results: dict[str, Estimate] = field(default_factory=dict)
    varied: list[Variant] = field(default_factory=list)

    def do(self, progress: Progress) -> None:
        """Run every method, then what is varied."""
        steps = len(ORDER) + self.expected
        for done, method in enumerate(ORDER):
            progress(method, done, steps)
            self.results[method] = family(method, self.table, self.effort, self.seed)
        self.varied.append(sensitivity.as_it_is(self.table, self.results))
        for done, (name, step) in enumerate(self.variants(), start=len(ORDER)):
            progress(name, done, max(steps, done + 1))
            self.varied += step()
        self.results["lcmcr"] = _moved(self.results["lcmcr"], self.varied)
        self.results |= sensitivity.over_linkages(self.linkages, self.seed)
        self.results["pairs"] = of_pairs(self.table, diagnose(self.table).pairs)
        progress("", steps, steps)

    @property
    def expected(self) -> int:
        """How many variants there are at most."""
        lists = sum(1 for _ in sensitivity.lists_changed(self.table))
        return lists + len(sensitivity.DELTAS) + len(self.others) + 2  # priors and classes

    def variants(self) -> Iterator[tuple[str, sensitivity.Step]]:
        """What is to be varied, each with the name of its step; of methods that give a number."""
        for step in sensitivity.lists_changed(self.table):
            yield "lists", step
        if gives(self.results["dga"]):
            for step in sensitivity.deltas(self.table, self.seed):
                yield "delta", step
        base = self.results["lcmcr"]
        # The median of what is only a bound says nothing, nor does its move.
        if isinstance(base, LcmcrEstimate) and base.verdict in (Verdict.OK, Verdict.RANGE_ONLY):
            for step in sensitivity.priors(self.table, base, self.effort, self.seed):
                yield "prior", step
            for step in sensitivity.classes(self.table, base, self.effort, self.seed):
                yield "classes", step
        for step in sensitivity.linkages(self.others):
            yield "linkage", step


def _moved(one: Estimate, variants: Sequence[Variant]) -> Estimate:
    """Latent classes, a range only where the prior decides; the range then spans the priors."""
    found = [v.values[0] for v in variants if v.kind == "prior"]
    if one.verdict is not Verdict.OK or one.estimate is None:
        return one
    told = prior_decision([one.estimate, *(v.estimate for v in found)])
    if told.verdict is Verdict.OK:
        return one
    points = (Interval(v.estimate, v.estimate) for v in found if v.estimate is not None)
    spans = [one.interval, *points, *(v.interval for v in found)]
    known = [span for span in spans if span is not None]
    wide = Interval(min(s.lower for s in known), max(s.upper for s in known))
    return replace(one, decision=told, interval=wide)


def _beside(bound: Estimate, results: Mapping[str, Estimate]) -> Estimate:
    """The lower bound, with a note where other methods find fewer people than it."""
    if bound.estimate is None:
        return bound
    told = (number_of(results.get(method)) for method in COMPARED)
    below = sum(number < bound.estimate for number in told if number is not None)
    return replace(bound, notes=(*bound.notes, noted("above-others", n=below))) if below else bound


def _models(fitted: Estimate) -> tuple[Model, ...]:
    if not isinstance(fitted, LogLinearEstimate):
        return ()
    return tuple(
        Model(name=one.name, estimate=one.total, weight=one.weight, interval=one.interval)
        for one in fitted.models[:TOP_MODELS]
        if one.total is not None
    )


def _chains(drawn: Estimate) -> Chains | None:
    if not isinstance(drawn, LcmcrEstimate) or not drawn.chain_medians:
        return None
    return Chains(
        rhat=drawn.rhat,
        ess=drawn.ess,
        medians=drawn.chain_medians,
        occupied=drawn.occupied,
        most_classes=drawn.classes,
        cap=drawn.cap,
        above_cap=drawn.above_cap,
    )
