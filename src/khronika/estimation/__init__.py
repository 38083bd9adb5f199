"""Estimation: what the record does not see.

Multiple systems estimation (capture-recapture): from how far lists of people overlap to how many
people are on none of them. Values in, values out; usable without a record.
"""

from khronika.estimation.needed import NEEDED  # first: it says what is missing

# isort: split

from khronika.estimation.bayes_threshold import Effect, ThresholdEstimate, bayes_threshold
from khronika.estimation.chao import Chao, chao
from khronika.estimation.dga import DgaEstimate, GraphWeight, dga, gamma_poisson
from khronika.estimation.dga_search import dga_search
from khronika.estimation.diagnose import Diagnosis, Pair, Suggestion, diagnose, table_decision
from khronika.estimation.errors import (
    BelowDocumentedError,
    EstimationError,
    MissingPartError,
    TableError,
)
from khronika.estimation.frequency import FrequencyTable
from khronika.estimation.frequency_report import FrequencyReport, report_frequencies
from khronika.estimation.heterogeneity import HeterogeneityFit, heterogeneity
from khronika.estimation.internal_check import InternalCheck, Trial, internal_check
from khronika.estimation.lcmcr import LcmcrEstimate, lcmcr
from khronika.estimation.lcmcr_priors import PriorSensitivity, lcmcr_prior_sensitivity
from khronika.estimation.loglinear import LogLinearEstimate, ModelFit, loglinear
from khronika.estimation.models import Model
from khronika.estimation.pool import Pooled, Variances, pool
from khronika.estimation.posterior import Posterior
from khronika.estimation.reading_strata import strata_from_counts
from khronika.estimation.reading_tables import tables_from_counts
from khronika.estimation.report import SEED, report
from khronika.estimation.report_sum import Sum, add_up
from khronika.estimation.report_values import Report
from khronika.estimation.results import (
    Decision,
    Estimate,
    Interval,
    Note,
    Provenance,
    Verdict,
)
from khronika.estimation.rules import RULES, Rule, decide
from khronika.estimation.standings import ModelStanding
from khronika.estimation.stepwise import Step, StepwiseEstimate, stepwise
from khronika.estimation.strata import Combined, Part, Strata, combine, estimate_by
from khronika.estimation.table import CaptureTable, Excluded, tidy
from khronika.estimation.two_list import Odds, TwoList, two_list

__all__ = [
    "NEEDED",
    "RULES",
    "SEED",
    "BelowDocumentedError",
    "CaptureTable",
    "Chao",
    "Combined",
    "Decision",
    "DgaEstimate",
    "Diagnosis",
    "Effect",
    "Estimate",
    "EstimationError",
    "Excluded",
    "FrequencyReport",
    "FrequencyTable",
    "GraphWeight",
    "HeterogeneityFit",
    "InternalCheck",
    "Interval",
    "LcmcrEstimate",
    "LogLinearEstimate",
    "MissingPartError",
    "Model",
    "ModelFit",
    "ModelStanding",
    "Note",
    "Odds",
    "Pair",
    "Part",
    "Pooled",
    "Posterior",
    "PriorSensitivity",
    "Provenance",
    "Report",
    "Rule",
    "Step",
    "StepwiseEstimate",
    "Strata",
    "Suggestion",
    "Sum",
    "TableError",
    "ThresholdEstimate",
    "Trial",
    "TwoList",
    "Variances",
    "Verdict",
    "add_up",
    "bayes_threshold",
    "chao",
    "combine",
    "decide",
    "dga",
    "dga_search",
    "diagnose",
    "estimate_by",
    "gamma_poisson",
    "heterogeneity",
    "internal_check",
    "lcmcr",
    "lcmcr_prior_sensitivity",
    "loglinear",
    "pool",
    "report",
    "report_frequencies",
    "stepwise",
    "strata_from_counts",
    "table_decision",
    "tables_from_counts",
    "tidy",
    "two_list",
]
