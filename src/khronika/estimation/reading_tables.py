"""Read a table of counts, be it of lists or of how often people were caught."""

from collections.abc import Sequence
from pathlib import Path

from khronika.estimation.frequency import (
    FrequencyTable,
    Places,
    frequency_places,
    pairs_of_rows,
)
from khronika.estimation.reading_counts import RawTable, read_raw
from khronika.estimation.reading_strata import divided, scope_of, strata_from_counts
from khronika.estimation.table import CaptureTable

Tables = dict[str, CaptureTable] | dict[str, FrequencyTable]


def tables_from_counts(
    source: str | Path, by: Sequence[str] = (), *, sum_over: Sequence[str] = ()
) -> Tables:
    """Read one table of counts, or one for each part of the people.

    A table with two columns, one of which says how often people were caught, is one of frequencies;
    any other is one of lists (see `CaptureTable.from_counts`).

    Args:
        source: path or CSV text.
        by: columns that divide the people; there is a table for each combination of their values.
        sum_over: columns that divide them and are to be added up.

    Returns:
        The tables by the words for their part, which are empty where nothing divides.

    Raises:
        TableError: for anything that is neither.
    """
    raw = read_raw(source)
    parts = [raw.place(name) for name in by]
    places = frequency_places(raw, {*parts, *(raw.place(name) for name in sum_over)})
    if places is not None:
        return _frequencies(raw, places, by, parts)
    if not by:
        return {"": CaptureTable.from_counts(source, sum_over=sum_over)}
    found = strata_from_counts(source, list(by), sum_over=sum_over)
    return {one.scope: one for one in found.values()}


def _frequencies(
    raw: RawTable, places: Places, by: Sequence[str], parts: Sequence[int]
) -> dict[str, FrequencyTable]:
    found: dict[str, FrequencyTable] = {}
    for stratum, rows in sorted(divided(raw, parts).items()):
        scope = scope_of(by, stratum)
        counted: dict[int, int] = {}
        for times, people in pairs_of_rows(raw, places, rows):
            counted[times] = counted.get(times, 0) + people
        found[scope] = FrequencyTable.from_counts(counted, scope=scope)
    return found
