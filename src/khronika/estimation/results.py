"""What an estimate says of itself: never a number alone."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from khronika.estimation.errors import BelowDocumentedError

LEVEL = 0.95  # of every interval, unless said otherwise


def installed() -> dict[str, str]:
    """Versions of what computes: the program, Python and the libraries, as installed."""
    found = {"python": platform.python_version()}
    for name in ("khronika", "numpy", "scipy", "numba"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


class Verdict(StrEnum):
    """How far a result may be used."""

    OK = "ok"
    RANGE_ONLY = "range_only"
    LOWER_BOUND_ONLY = "lower_bound_only"
    REFUSED = "refused"


class Interval(NamedTuple):
    """Two ends; an upper end that is not known is infinite."""

    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict and the rule that gave it.

    Attributes:
        verdict: what may be done with the result.
        rule: the id of the rule, as in the table of rules; "none" where none spoke against it.
        because: the rule with the numbers of this table, one plain sentence.
        numbers: those numbers as written there, by name, for a report in another language.
    """

    verdict: Verdict = Verdict.OK
    rule: str = "none"
    because: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What else a reader must know of a result; `str` of it is one plain English sentence.

    Attributes:
        id: its name, as the table of notes has it.
        text: it with the values of this result.
        numbers: values as written there, by name, for a report in another language.
        names: values that are names of lists, which no language changes.
        count: the number that the form of the sentence hangs on; 0 where it hangs on none.
    """

    id: str
    text: str
    numbers: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    count: int = 0

    def __str__(self) -> str:
        """The sentence in English."""
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What an estimate was made from and by, enough to make it again.

    Attributes:
        table: digest of the table.
        seed: of the random draws; None where none were made.
        settings: what was asked for, by name.
        versions: of the program and of the libraries that computed.
    """

    table: str
    seed: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=installed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What one method says of one table.

    Attributes:
        method: its id: "two_list", "chao", "loglinear", "stepwise", "dga", "lcmcr", ...
        label: method and model in words for a table.
        documented: people on the lists: the smallest number that can be true.
        estimate: people in all, seen and unseen; None where refused.
        interval: where the number lies with the given level; None where refused or unknown.
        level: of the interval.
        decision: the verdict on this result alone, with its rule.
        assumption: what must hold for the number to be right, one plain sentence.
        provenance: what it was made from.
        se: standard error, where the method has one.
        median: of the posterior, for Bayesian methods and pooled draws.
        mean: of the posterior.
        draws: from the posterior, where there are any.
        notes: what else a reader must know.
    """

    method: str
    label: str
    documented: int
    estimate: float | None
    interval: Interval | None
    assumption: str
    provenance: Provenance
    decision: Decision = field(default_factory=Decision)
    level: float = LEVEL
    se: float | None = None
    median: float | None = None
    mean: float | None = None
    draws: NDArray[np.float64] | None = field(default=None, repr=False)
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        """No estimate and no end of an interval lies under what is documented."""
        ends = [] if self.interval is None else [self.interval.lower, self.interval.upper]
        for number in (self.estimate, self.median, self.mean, *ends):
            if number is not None and not number >= self.documented - ROUNDING:
                raise BelowDocumentedError(
                    f"{self.label} gives {number:.6g}, but {self.documented} are documented",
                    remedy="This is a fault of the program or of the table. Please report it.",
                )

    @property
    def verdict(self) -> Verdict:
        """How far the result may be used."""
        return self.decision.verdict

    @property
    def unseen(self) -> float | None:
        """People that no list has."""
        return None if self.estimate is None else self.estimate - self.documented


ROUNDING = 1e-6  # an estimate of nobody unseen may fall this far under what is documented
