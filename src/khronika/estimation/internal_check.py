"""Test methods on the table itself: each list in turn is a population whose size is known.

The other lists, cut down to the people of that list, estimate how many these are. After Binette
and Steorts (arXiv 2112.01594), who found the intervals of most methods too short and too low.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from khronika.estimation.diagnose import table_decision
from khronika.estimation.errors import EstimationError
from khronika.estimation.method_names import Method, attempt, method_of, name_of
from khronika.estimation.results import LEVEL, Decision, Interval, Verdict
from khronika.estimation.table import CaptureTable, as_table, tidy
from khronika.estimation.told_numbers import two_digits

QUICK = ("independence", "pairs", "stepwise", "dga")
RESAMPLES = 200  # of stepwise: enough to see whether an interval holds a number
FEWEST_TRIALS = 3  # that a coverage says anything of
FAR = 0.1  # mean log bias that a sentence mentions

CAUTION = (
    "People on a list may be easier to find than those on none: to fail this test is a warning,"
    " to pass it proves little."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One method on the people of one list.

    Attributes:
        method: its name.
        list_name: the list whose people are the known population.
        known: how many they are.
        seen: how many of them another list has.
        estimate: what the other lists say; None where refused.
        interval: of it; None where refused or unknown.
        decision: the verdict on this estimate.
    """

    method: str
    list_name: str
    known: int
    seen: int
    estimate: float | None
    interval: Interval | None
    decision: Decision

    @property
    def covered(self) -> bool | None:
        """Whether the interval holds the known number; None without an interval."""
        return None if self.interval is None else self.interval[0] <= self.known <= self.interval[1]

    @property
    def log_bias(self) -> float | None:
        """Log of the estimate divided by the known number; None for a bound or nothing."""
        if self.estimate is None or self.decision.verdict is Verdict.LOWER_BOUND_ONLY:
            return None
        return math.log(self.estimate / self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How one method did over all lists.

    Attributes:
        method: its name.
        trials: lists it was tried on.
        answered: of them gave an interval.
        covered: of these held the known number.
        log_bias: mean log of the estimates divided by the known numbers; None if there are none.
        sentence: the same in words.
    """

    method: str
    trials: int
    answered: int
    covered: int
    log_bias: float | None
    sentence: str

    @property
    def coverage(self) -> float | None:
        """Share of intervals that held the known number."""
        return self.covered / self.answered if self.answered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalCheck:
    """What the table says of the methods.

    Attributes:
        records: of the methods, in the order asked for.
        trials: every method on every list that has enough left.
        skipped: the other lists, and why.
        level: that intervals should reach.
        caution: how far to trust this.
    """

    records: tuple[TrackRecord, ...]
    trials: tuple[Trial, ...] = field(repr=False)
    skipped: tuple[tuple[str, Decision], ...] = ()
    level: float = LEVEL
    caution: str = CAUTION

    @property
    def sentences(self) -> tuple[str, ...]:
        """The result in words."""
        if not self.trials:
            return ("No list has people enough on the others to test a method with.",)
        return (*(record.sentence for record in self.records), self.caution)


def internal_check(
    t: CaptureTable,
    methods: str | Method | Sequence[str | Method] | Mapping[str, Method] = QUICK,
) -> InternalCheck:
    """Test methods with each list as a population of known size.

    Args:
        t: the table. A list is used if the others, cut down to its people, allow an estimate.
        methods: their names, or functions from a table to an estimate, if need be by names of
            one's own; by default those that are quick. "loglinear" takes seconds and "lcmcr" up to
            minutes for each list.

    Raises:
        EstimationError: if no method is named, or one is unknown.
    """
    as_table(t)
    chosen = _chosen(methods)
    trials, skipped = [], []
    for place, name in enumerate(t.lists):
        known, left = int(t.sizes[place]), _others(t, place)
        allowed = table_decision(left) if left is not None else table_decision(t)
        if left is None or allowed.verdict is Verdict.REFUSED:
            skipped.append((name, allowed))
            continue
        trials += [_trial(method, run, left, name, known) for method, run in chosen.items()]
    return InternalCheck(
        records=tuple(_record(name, trials) for name in chosen),
        trials=tuple(trials),
        skipped=tuple(skipped),
    )


def _chosen(
    methods: str | Method | Sequence[str | Method] | Mapping[str, Method],
) -> dict[str, Method]:
    if isinstance(methods, Mapping):
        chosen = {str(name): method_of(method) for name, method in methods.items()}
    else:
        several = [methods] if isinstance(methods, str) or callable(methods) else methods
        fewer: Mapping[str, dict[str, object]] = {"stepwise": {"nboot": RESAMPLES}}
        chosen = {}
        for one in several:
            settings = fewer.get(one, {}) if isinstance(one, str) else {}
            chosen[name_of(one)] = method_of(one, **settings)
    if not chosen:
        raise EstimationError("No method is named", remedy=f"Name some of {', '.join(QUICK)}.")
    return chosen


def _others(t: CaptureTable, place: int) -> CaptureTable | None:
    """The other lists with the people of one list only; None where nothing is left."""
    on = t.histories[:, place]
    rest = [j for j in range(len(t.lists)) if j != place]
    if not rest or not on.any():
        return None
    left = tidy([t.lists[j] for j in rest], t.histories[on][:, rest], t.counts[on])
    return left.active() if left.n else None


def _trial(name: str, run: Method, left: CaptureTable, list_name: str, known: int) -> Trial:
    found = attempt(run, name, left)
    return Trial(
        method=name,
        list_name=list_name,
        known=known,
        seen=left.n,
        estimate=found.estimate,
        interval=found.interval,
        decision=found.decision,
    )


def _record(name: str, trials: Sequence[Trial]) -> TrackRecord:
    mine = [trial for trial in trials if trial.method == name]
    held = [trial.covered for trial in mine if trial.covered is not None]
    biases = [trial.log_bias for trial in mine if trial.log_bias is not None]
    bias = fmean(biases) if biases else None
    return TrackRecord(
        method=name,
        trials=len(mine),
        answered=len(held),
        covered=sum(held),
        log_bias=bias,
        sentence=_sentence(name, len(mine), held, bias),
    )


def _sentence(name: str, trials: int, held: Sequence[bool], bias: float | None) -> str:
    if not held:
        return f"{name}: no interval for any of the {trials} lists tried."
    said = f"{name}: the interval held the known number for {sum(held)} of {len(held)} lists"
    if len(held) < FEWEST_TRIALS:
        said += ", too few to judge by"
    if bias is None or abs(bias) < FAR:
        return f"{said}."
    times = two_digits(100 * abs(math.expm1(bias)))
    return f"{said}; its estimates were {times} % too {'low' if bias < 0 else 'high'} on average."
