"""The reports on parts of the people, added up: every method for itself, one verdict over them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from khronika.estimation.errors import EstimationError
from khronika.estimation.report_json import Plain, sum_as_dict
from khronika.estimation.report_sum_text import sum_text
from khronika.estimation.report_values import Report
from khronika.estimation.results import Decision, Estimate, Interval, Verdict
from khronika.estimation.rules import decide, gravest
from khronika.estimation.strata import Combined, combine
from khronika.estimation.verdicts import COMPARED, headline, overall

TWO = "two_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the parts give together.

    Attributes:
        documented: people on the lists of all parts; nobody is in two.
        decision: the verdict, at best that of the worst part.
        range: where the number of people in all lies; None where refused.
        families: the sum by each method.
        parts: the documented number, range and verdict of each part.
    """

    documented: int
    decision: Decision
    range: Interval | None
    families: tuple[Estimate, ...]
    parts: Mapping[str, tuple[int, Interval | None, Verdict]]

    @property
    def verdict(self) -> Verdict:
        """How far the sum may be used."""
        return self.decision.verdict

    def as_dict(self) -> Plain:
        """Everything as JSON data; an infinite end is null beside a word for it."""
        return sum_as_dict(self)

    def text(self, language: str = "en") -> str:
        """The sum for a person to read: "en", "ru" or "uk"."""
        return sum_text(self, language)


def add_up(reports: Mapping[str, Report], *, seed: int) -> Sum:
    """Add up reports on parts, none of whose people is in another part.

    A part that was refused counts with the people documented in it, which makes the sum a lower
    bound; one of two lists counts with that method in every family.

    Args:
        reports: by the name of the part.
        seed: of the draws that are added.

    Raises:
        EstimationError: if there is no part.
    """
    if not reports:
        raise EstimationError("There are no parts to add up", remedy="Give one report or more.")
    results = {method: _sum(method, reports, seed) for method in COMPARED}
    refused = sum(one.verdict is Verdict.REFUSED for one in reports.values())
    decision = _decision(reports, results, refused)
    documented = sum(one.documented for one in reports.values())
    return Sum(
        documented=documented,
        decision=decision,
        range=headline(decision, results, documented),
        families=tuple(results.values()),
        parts={name: (one.documented, one.range, one.verdict) for name, one in reports.items()},
    )


def _decision(
    reports: Mapping[str, Report], results: Mapping[str, Combined], refused: int
) -> Decision:
    """That of the families together, but at best that of the worst part."""
    parts = [one.decision for one in reports.values() if one.verdict is not Verdict.REFUSED]
    if not parts:
        return gravest([one.decision for one in reports.values()])
    told = [overall(results), *parts]
    if refused:
        told.append(decide("strata-refused", refused=refused, strata=len(reports)))
    return gravest(told)


def _sum(method: str, reports: Mapping[str, Report], seed: int) -> Combined:
    added = combine({name: _part(method, one) for name, one in reports.items()}, seed=seed)
    return replace(added, method=method)


def _part(method: str, one: Report) -> Estimate:
    """What a part gives under a method; nothing where the whole part was refused."""
    found = one.estimates.get(method) or one.estimates[TWO]
    if one.verdict is not Verdict.REFUSED:
        return _bounded(replace(found, method=method))
    return replace(
        found, method=method, estimate=None, interval=None, median=None, mean=None, draws=None,
        se=None, decision=one.decision,
    )  # fmt: skip


def _bounded(found: Estimate) -> Estimate:
    """A number that is only a lower bound has no upper end in a sum."""
    if found.verdict is not Verdict.LOWER_BOUND_ONLY or found.interval is None:
        return found
    return replace(found, interval=Interval(found.interval.lower, math.inf))
