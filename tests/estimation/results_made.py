"""Tables and results made by hand, for tests of what is said about them."""

from dataclasses import fields

import numpy as np

from khronika.estimation import (
    CaptureTable,
    Decision,
    Estimate,
    Interval,
    LcmcrEstimate,
    Provenance,
    decide,
    tidy,
)


def table(**cells: int) -> CaptureTable:
    """A table from cells by the letters of their lists: `table(a=10, ab=3)`."""
    lists = sorted({letter for cell in cells for letter in cell})
    histories = np.array([[name in cell for name in lists] for cell in cells], dtype=bool)
    return tidy(lists, histories, np.array(list(cells.values())))


def overlapping() -> CaptureTable:
    """Three lists that share enough people for every rule about tables."""
    return table(a=120, b=90, c=70, ab=30, ac=25, bc=20, abc=8)


def result(
    method: str,
    estimate: float | None,
    interval: tuple[float, float] | None = None,
    *,
    decision: Decision | None = None,
    documented: int = 363,
) -> Estimate:
    """What a method might say; refused without a number if nothing is given."""
    if estimate is None and interval is None:
        decision = decision or decide("failed")
    return Estimate(
        method=method,
        label=method,
        documented=documented,
        estimate=estimate,
        interval=None if interval is None else Interval(*interval),
        assumption="Something must hold.",
        decision=decision or Decision(),
        provenance=Provenance(table="0" * 64),
    )


def drawn(one: Estimate, **more: object) -> LcmcrEstimate:
    """The same said by latent classes; `more` is what their chains tell of themselves."""
    said = {field.name: getattr(one, field.name) for field in fields(Estimate)}
    return LcmcrEstimate(**said, **more)  # type: ignore[arg-type]
