"""A report as plain data: the same report gives the same bytes."""

import json
import math
from typing import TYPE_CHECKING, Any

from khronika.estimation.results import Decision, Estimate, Interval, Provenance
from khronika.estimation.rules import CALIBRATION

if TYPE_CHECKING:
    from khronika.estimation.diagnose import Pair, Suggestion
    from khronika.estimation.frequency_report import FrequencyReport
    from khronika.estimation.report_sum import Sum
    from khronika.estimation.report_values import Chains, Model, Report, Value, Variant

Plain = dict[str, Any]
DIGITS = 8  # that count; more would only show how a machine rounds


def as_dict(report: "Report") -> Plain:
    """Everything a report says as JSON data; an infinite end is null beside a word for it."""
    table = report.table
    return {
        **_said(report),
        "assumptions": dict(report.assumptions),
        "refusals": {m: _decision(one) for m, one in report.refusals.items()},
        "table": {
            "lists": list(table.lists),
            "sizes": [int(size) for size in table.sizes],
            "seen_times": [int(people) for people in table.frequencies],
            "overlap": [[int(people) for people in row] for row in table.overlap],
            "scope": table.scope or None,
            "linkage": table.linkage or None,
            "excluded": [{"people": e.people, "reason": e.reason} for e in table.excluded],
        },
        "pairs": [_pair(one) for one in report.diagnosis.pairs],
        "suggestions": [_suggestion(one) for one in report.diagnosis.suggestions],
        "standings": {one.model: one.standing for one in report.diagnosis.models},
        "models": [_model(one) for one in report.models],
        "sensitivity": [_variant(one) for one in report.variants],
        "chains": None if report.chains is None else _chains(report.chains),
        "grid_mass": number(report.grid_mass),
        "provenance": _provenance(report.provenance),
        "thresholds": CALIBRATION,
    }


def as_json(report: "Report") -> str:
    """A report as JSON with sorted keys; the same report gives the same bytes."""
    return dumped(as_dict(report))


def dumped(data: Plain) -> str:
    """Data as JSON on one line, with sorted keys."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, allow_nan=False)


def number(value: float | None) -> float | None:
    """A number with the digits that count; None where it is none or infinite."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}")


def _interval(span: Interval | None) -> Plain | None:
    if span is None:
        return None
    said: Plain = {"lower": number(span.lower), "upper": number(span.upper)}
    if math.isinf(span.upper):
        said["upper_is"] = "unbounded"
    return said


def _unseen(span: Interval | None, documented: int) -> Interval | None:
    return None if span is None else Interval(span.lower - documented, span.upper - documented)


def _decision(one: Decision) -> Plain:
    return {
        "verdict": str(one.verdict),
        "rule": one.rule,
        "because": one.because,
        "numbers": dict(one.numbers),
    }


def _estimate(one: Estimate) -> Plain:
    return {
        "method": one.method,
        "label": one.label,
        "documented": one.documented,
        "estimate": number(one.estimate),
        "interval": _interval(one.interval),
        "level": one.level,
        "se": number(one.se),
        "median": number(one.median),
        "mean": number(one.mean),
        "decision": _decision(one.decision),
        "assumption": one.assumption or None,
        "notes": [str(note) for note in one.notes],
        "provenance": _provenance(one.provenance),
    }


def _provenance(one: Provenance) -> Plain:
    return {
        "table": one.table,
        "seed": one.seed,
        "settings": dict(one.settings),
        "versions": dict(one.versions),
    }


def _suggestion(one: "Suggestion") -> Plain:
    return {"action": one.action, "lists": list(one.lists), "because": one.because}


def _pair(one: "Pair") -> Plain:
    return {
        "lists": list(one.lists),
        "shared": one.shared,
        "chapman": number(one.estimate),
        "interval": _interval(one.interval),
        "below_documented": one.below_documented,
    }


def _model(one: "Model") -> Plain:
    return {
        "model": one.name,
        "estimate": number(one.estimate),
        "weight": number(one.weight),
        "interval": _interval(one.interval),
    }


def _variant(one: "Variant") -> Plain:
    return {
        "kind": one.kind,
        "what": list(one.what),
        "documented": one.documented,
        "values": [_value(value) for value in one.values],
    }


def _value(one: "Value") -> Plain:
    return {
        "method": one.method,
        "estimate": number(one.estimate),
        "interval": _interval(one.interval),
        "rule": one.rule,
        "rough": one.rough,
    }


def _chains(one: "Chains") -> Plain:
    return {
        "rhat": number(one.rhat),
        "ess": number(one.ess),
        "medians": [number(median) for median in one.medians],
        "occupied": [number(share) for share in one.occupied],
        "most_classes": one.most_classes,
        "cap": number(one.cap),
        "above_cap": number(one.above_cap),
    }


def sum_as_dict(one: "Sum") -> Plain:
    """The sum of parts as JSON data."""
    return {
        **_said(one),
        "parts": {
            name: {"documented": documented, "range": _interval(span), "verdict": str(verdict)}
            for name, (documented, span, verdict) in one.parts.items()
        },
        "thresholds": CALIBRATION,
    }


def _said(report: "Report | FrequencyReport | Sum") -> Plain:
    return {
        "verdict": str(report.verdict),
        "documented": report.documented,
        "decision": _decision(report.decision),
        "range": _interval(report.range),
        "unseen": _interval(_unseen(report.range, report.documented)),
        "estimates": [_estimate(one) for one in report.families],
    }


def frequencies_as_dict(report: "FrequencyReport") -> Plain:
    """What a table of frequencies allows to say, as JSON data."""
    table = report.table
    return {
        **_said(report),
        "assumptions": {
            one.method: one.assumption for one in report.families if one.interval is not None
        },
        "table": {
            "recorded": [
                {"times": times, "people": people}
                for times, people in zip(table.times, table.people, strict=True)
            ],
            "scope": table.scope or None,
        },
        "provenance": _provenance(report.provenance),
    }
