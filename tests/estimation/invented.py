"""Invented results that several tests need."""

from khronika.estimation import Estimate, Provenance
from khronika.estimation.rules import decide


def refused(documented: int) -> Estimate:
    return Estimate(
        method="invented",
        label="invented",
        documented=documented,
        estimate=None,
        interval=None,
        assumption="It was invented.",
        provenance=Provenance(table="none"),
        decision=decide("few-lists"),
    )
