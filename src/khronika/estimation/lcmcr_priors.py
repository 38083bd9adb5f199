"""How the latent class model moves with the prior of the rates of capture."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from khronika.estimation.lcmcr import LcmcrEstimate, lcmcr
from khronika.estimation.results import Decision, Verdict
from khronika.estimation.rules import MOST_PRIOR_SHIFT, decide
from khronika.estimation.table import CaptureTable
from khronika.estimation.verdicts import shift_of


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
    return shift_of([one.median for one in found])


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
