"""What a report on a table holds: every method side by side, and one verdict over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from khronika.estimation.diagnose import Diagnosis
from khronika.estimation.report_json import Plain, as_dict, as_json
from khronika.estimation.report_text import opening, text_of
from khronika.estimation.results import Decision, Estimate, Interval, Provenance, Verdict
from khronika.estimation.table import CaptureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A log-linear model that fits well, with its part in the average.

    Attributes:
        name: its terms, lists numbered as in the table: "[12,3]".
        estimate: people in all.
        weight: between 0 and 1.
        interval: of it, where known.
    """

    name: str
    estimate: float | None
    weight: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a method says of a table that differs a little from the one asked about.

    Attributes:
        method: its id.
        estimate: people in all; None where refused.
        interval: None where refused or not reckoned.
        rule: what decided on it; "none" where nothing spoke against it.
        rough: that chains agree only roughly: it tells the move, and is no estimate.
    """

    method: str
    estimate: float | None
    interval: Interval | None = None
    rule: str = "none"
    rough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One change to the table or to a setting, and what the methods then say.

    Attributes:
        kind: "without" and "merged" (lists), "xi" (the interaction that no table shows),
            "theta" (odds ratio of two lists), "delta" (prior of graphs), "classes" (most latent
            classes), "prior" (of capture rates), "linkage" (another threshold), "same" (none).
        what: the lists, or the value of the setting.
        documented: people on the lists of this variant.
        values: one a method.
    """

    kind: str
    what: tuple[str, ...]
    documented: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """How well the chains of the latent class model agree, and what bounded them.

    Attributes:
        rhat: rank-normalised, of the logarithm of those unseen.
        ess: effective draws.
        medians: of each chain, people in all.
        occupied: share of the draws that use 1, 2, ... classes.
        most_classes: that the model allows.
        cap: on those unseen, in times of those documented; None where there was none.
        above_cap: share of the draws above it, or above the cap that is usual elsewhere.
    """

    rhat: float | None = None
    ess: float | None = None
    medians: tuple[float, ...] = ()
    occupied: tuple[float, ...] = ()
    most_classes: int | None = None
    cap: float | None = None
    above_cap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one table says of the people it does not have.

    Attributes:
        table: what was asked about.
        decision: the verdict over all methods and the rule that gave it.
        range: where the number of people in all lies; None where refused; the upper end
            infinite where only a lower bound holds.
        families: log-linear, graphs, latent classes, lower bound, stepwise, pairs of lists: a
            result each, the refused ones too.
        diagnosis: how the lists overlap, and what that allows.
        models: the log-linear models that fit best.
        variants: how far the numbers move.
        chains: of the latent class model; None where it was not run.
        grid_mass: probability at the end of the grid of graphs; None where not run.
        provenance: digest of the table, seed, settings, versions.
    """

    table: CaptureTable = field(repr=False)
    decision: Decision
    range: Interval | None
    families: tuple[Estimate, ...]
    diagnosis: Diagnosis
    models: tuple[Model, ...] = ()
    variants: tuple[Variant, ...] = ()
    chains: Chains | None = None
    grid_mass: float | None = None
    provenance: Provenance

    @property
    def documented(self) -> int:
        """People on the lists: the smallest number that can be true."""
        return self.table.n

    @property
    def verdict(self) -> Verdict:
        """How far the report may be used."""
        return self.decision.verdict

    @property
    def estimates(self) -> Mapping[str, Estimate]:
        """The results by the id of their method."""
        return {one.method: one for one in self.families}

    @property
    def assumptions(self) -> Mapping[str, str]:
        """What each method that gave a number takes for granted."""
        return {one.method: one.assumption for one in self.families if one.interval is not None}

    @property
    def refusals(self) -> Mapping[str, Decision]:
        """The methods that a rule spoke against."""
        return {m: one.decision for m, one in self.estimates.items() if one.decision.rule != "none"}

    def as_dict(self) -> Plain:
        """Everything as JSON data; an infinite end is null beside a word for it."""
        return as_dict(self)

    def as_json(self) -> str:
        """Everything as JSON with sorted keys: the same report, the same bytes."""
        return as_json(self)

    def text(self, language: str = "en") -> str:
        """The report for a person to read, 80 columns wide: "en", "ru" or "uk"."""
        return text_of(self, language)

    def opening(self, language: str = "en") -> str:
        """The first lines alone: what is documented, the range and the verdict."""
        return opening(self, language)
