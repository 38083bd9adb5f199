"""Estimation: what the record does not see.

Multiple systems estimation (capture-recapture): from how far lists of people overlap to how many
people are on none of them. Values in, values out; usable without a record.
"""

from khronika.estimation.errors import (
    BelowDocumentedError,
    EstimationError,
    MissingPartError,
    TableError,
)
from khronika.estimation.frequency import FrequencyTable
from khronika.estimation.reading_strata import strata_from_counts
from khronika.estimation.results import (
    Decision,
    Estimate,
    Interval,
    Provenance,
    Verdict,
)
from khronika.estimation.rules import RULES, Rule, decide
from khronika.estimation.table import CaptureTable, Excluded, tidy

__all__ = [
    "RULES",
    "BelowDocumentedError",
    "CaptureTable",
    "Decision",
    "Estimate",
    "EstimationError",
    "Excluded",
    "FrequencyTable",
    "Interval",
    "MissingPartError",
    "Provenance",
    "Rule",
    "TableError",
    "Verdict",
    "decide",
    "strata_from_counts",
    "tidy",
]
