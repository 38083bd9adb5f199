"""Read a table that is divided by region, sex or age into one table for each part."""

from collections.abc import Sequence
from dataclasses import replace

from khronika.estimation.errors import TableError
from khronika.estimation.reading_counts import (
    CountSource,
    RawTable,
    cells_of,
    count_column,
    list_columns,
    read_raw,
)
from khronika.estimation.table import CaptureTable, tidy

Stratum = tuple[str, ...]

MOST_STRATA = 10_000


def strata_from_counts(
    source: CountSource, by: Sequence[str], *, sum_over: Sequence[str] = ()
) -> dict[Stratum, CaptureTable]:
    """Read a table of counts for each part of the people.

    Args:
        source: path, CSV text or rows, as `CaptureTable.from_counts` reads them.
        by: columns that divide the people, in order.
        sum_over: columns that divide them further, to be added up.

    Returns:
        From the values of the columns `by` to a table, in order of the values; the scope of each
        table says them. A list that has nobody in a part stays in its table.

    Raises:
        TableError: for anything that is no such table, and for a column that is neither a list
            nor among `by` or `sum_over`.
    """
    if isinstance(by, str) or not by:
        raise TableError(
            "No column is named that divides the people",
            remedy="Name them, as in `by=['region']`; `from_counts` reads one whole table.",
        )
    raw = read_raw(source)
    count = count_column(raw)
    parts = [raw.place(name) for name in by]
    lists = list_columns(raw, {count, *parts, *(raw.place(name) for name in sum_over)})
    tables = {}
    for stratum, rows in sorted(divided(raw, parts).items()):
        cells = cells_of(raw, count, lists, rows)
        made = tidy(cells.lists, cells.histories, cells.counts)
        tables[stratum] = replace(made, scope=scope_of(by, stratum))
    return tables


def scope_of(by: Sequence[str], stratum: Stratum) -> str:
    """The words for a part: "region north, year 2021"."""
    return ", ".join(f"{name} {value}" for name, value in zip(by, stratum, strict=True))


def divided(raw: RawTable, parts: Sequence[int]) -> dict[Stratum, list[int]]:
    """The rows of each part, by the values of the columns that divide the people.

    Raises:
        TableError: for more parts than can be meant.
    """
    found: dict[Stratum, list[int]] = {}
    for i, row in enumerate(raw.rows):
        found.setdefault(tuple(row[j] for j in parts), []).append(i)
    if len(found) > MOST_STRATA:
        raise TableError(
            f"The columns divide the people into {len(found)} parts",
            remedy="Name columns with few values, such as region, sex or year.",
        )
    return found
