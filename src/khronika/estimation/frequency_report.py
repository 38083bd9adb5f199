"""What a table of how often people were caught allows to say: a lower bound, and why no more."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from khronika.estimation.chao import chao
from khronika.estimation.families import kept, refused
from khronika.estimation.frequency import FrequencyTable
from khronika.estimation.frequency_text import frequencies_text
from khronika.estimation.heterogeneity import heterogeneity
from khronika.estimation.report_json import Plain, dumped, frequencies_as_dict
from khronika.estimation.results import Decision, Estimate, Interval, Provenance, Verdict
from khronika.estimation.rules import decide

MODEL = "Mh Poisson2"
WITHOUT_LISTS = ("loglinear", "dga", "lcmcr", "stepwise")  # families that cannot do without them
ASSUMPTIONS = {
    "chao": "People may differ in how easily they are recorded, but being recorded once made nobody"
    " less likely to be recorded again; the number is then a lower bound, and nothing more.",
    "poisson2": "People differ in how easily they are recorded in the one way that this model"
    " supposes, and being recorded once made nobody more or less likely to be recorded again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyReport:
    """Everything that a table of frequencies says of the people it does not have.

    Attributes:
        table: what was asked about.
        decision: the verdict, at best a lower bound, and the rule that gave it.
        range: where the number of people in all lies, its upper end infinite; None where refused.
        families: Chao's bound, a model of people who differ, and the families that want lists.
        provenance: digest of the table, versions.
    """

    table: FrequencyTable = field(repr=False)
    decision: Decision
    range: Interval | None
    families: tuple[Estimate, ...]
    provenance: Provenance

    @property
    def documented(self) -> int:
        """People in the table: the smallest number that can be true."""
        return self.table.n

    @property
    def verdict(self) -> Verdict:
        """How far the report may be used."""
        return self.decision.verdict

    @property
    def estimates(self) -> Mapping[str, Estimate]:
        """The results by the id of their method."""
        return {one.method: one for one in self.families}

    def as_dict(self) -> Plain:
        """Everything as JSON data; an infinite end is null beside a word for it."""
        return frequencies_as_dict(self)

    def as_json(self) -> str:
        """Everything as JSON with sorted keys: the same report, the same bytes."""
        return dumped(self.as_dict())

    def text(self, language: str = "en") -> str:
        """The report for a person to read, 80 columns wide: "en", "ru" or "uk"."""
        return frequencies_text(self, language)


def report_frequencies(t: FrequencyTable) -> FrequencyReport:
    """Say what a table of how often people were caught allows.

    Without lists nothing tells dependence from people who differ, so no number is given, only a
    lower bound: Chao's. A model of people who differ stands beside it, so that the reader sees how
    far a supposition moves the number.

    Args:
        t: the table.

    Returns:
        The report; refused where nobody was caught twice.
    """
    bound = _told(t, "chao", _bound(t))
    return FrequencyReport(
        table=t,
        decision=bound.decision if bound.interval is None else decide("no-lists"),
        range=None if bound.interval is None else Interval(bound.interval.lower, math.inf),
        families=(
            bound,
            _told(t, "poisson2", _differing(t)),
            *(refused(method, t, decide("needs-lists")) for method in WITHOUT_LISTS),
        ),
        provenance=Provenance(table=t.digest),
    )


def _bound(t: FrequencyTable) -> Estimate:
    """Chao's bound by the fitted model, or in closed form where that has no finite fit."""
    fitted = kept("chao", t, lambda: chao(t))
    return fitted if fitted.interval is not None else kept("chao", t, lambda: chao(t, fitted=False))


def _differing(t: FrequencyTable) -> Estimate:
    found = kept("poisson2", t, lambda: heterogeneity(t, MODEL))
    if found.verdict is not Verdict.OK:
        return found
    return replace(found, decision=decide("supposed-shape"))


def _told(t: FrequencyTable, method: str, found: Estimate) -> Estimate:
    """A result with what it assumes told without lists, which the table does not have."""
    return replace(found, method=method, documented=t.n, assumption=ASSUMPTIONS[method])
