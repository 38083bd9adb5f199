"""CSV and JSON lines of reports: one row, one report."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, BinaryIO

from khronika.ingest import sniff
from khronika.ingest.captures import (
    Capture,
    Facts,
    Given,
    Limits,
    Refusal,
    RefusedError,
    facts_on,
    origin_of,
)
from khronika.ingest.days import day_or_edtf
from khronika.ingest.decode import BOMS, HEAD_BYTES, encoding_of
from khronika.model.ids import canonical

BASIS = "column of the table"
NO_TEXT = (
    "name the column that holds the reports' text `text`; "
    "others may be title, url, published and publisher."
)
# In the order in which they are preferred where no column is named `text`.
TEXT_NAMES = (
    "text",
    "full_text",
    "body",
    "content",
    "html",
    "article",
    "report",
    "description",
    "narrative",
    "summary",
)
NAMES = {
    "title": ("title", "headline"),
    "url": ("url", "link", "source_url"),
    "published": (
        "published",
        "publish_date",
        "published_at",
        "date_published",
        "publication_date",
        "pubdate",
    ),
    "publisher": ("publisher", "published_by", "outlet"),
}
PEEK = 50  # rows looked at for a column of running text
LONG = 40  # mean letters of a cell that make it running text


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what. Of `texts`, the first that is not empty is a row's text."""

    texts: tuple[str, ...]
    facts: dict[str, str] = field(default_factory=dict)


def split_csv(
    stream: BinaryIO, name: str, given: Given, limits: Limits
) -> Iterator[Capture | Refusal]:
    """Each row of a table as one report."""
    rows = _csv_rows(stream, limits)
    yield from _captures(rows, name, given, limits)


def split_json_lines(
    stream: BinaryIO, name: str, given: Given, limits: Limits
) -> Iterator[Capture | Refusal]:
    """Each object of a file with one JSON object a line as one report."""
    yield from _captures(_json_rows(stream, limits), name, given, limits)


def _csv_rows(stream: BinaryIO, limits: Limits) -> Iterator[dict[str, str]]:
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    encoding = encoding_of(head)
    mark = next((len(bom) for bom, _ in BOMS if head.startswith(bom)), 0)
    stream.seek(mark)
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    # The module keeps one limit for the process; without it a cell over 128 KB is an error.
    csv.field_size_limit(max(csv.field_size_limit(), limits.report_bytes))
    first = lines.readline(1_000_000)
    delimiter = max(",;\t|", key=first.count)
    try:
        names = [
            cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter), [])
        ]
        for cells in csv.reader(lines, delimiter=delimiter):
            yield dict(zip(names, cells, strict=False))
    finally:
        lines.detach()


def _json_rows(stream: BinaryIO, limits: Limits) -> Iterator[dict[str, str]]:
    while line := stream.readline(limits.report_bytes + 1):
        if line.isspace():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            raise RefusedError(
                "the file is not JSON with one object a line.",
                remedy="export it as JSON lines or as CSV with a column `text`.",
            ) from None
        yield {str(k).lower(): _cell(v) for k, v in data.items()} if isinstance(data, dict) else {}


def _cell(value: Any) -> str:
    """Texts as they are, lists of texts (fragments of a page) joined; nothing else is text."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    return value if isinstance(value, str) else ""


def _captures(
    rows: Iterator[dict[str, str]], name: str, given: Given, limits: Limits
) -> Iterator[Capture | Refusal]:
    first = list(islice(rows, PEEK))
    columns = _columns(first, name)
    for number, row in enumerate(chain(first, rows), 1):
        column = next((c for c in columns.texts if row.get(c, "").strip()), "")
        if not column:
            continue
        data = canonical({"columns": _clean(row), "text_column": column})
        label = f"{name}#{number}"
        if len(data) > limits.report_bytes:
            yield Refusal(name=label, problem="the row is over the size limit.", remedy="split it.")
            continue
        yield Capture(
            name=label,
            data=data,
            media_type=sniff.ROW,
            origin=origin_of(label, given, _facts(row, columns)),
            flags=() if column == "text" else (f"text taken from the column '{column}'",),
        )


def _clean(row: dict[str, str]) -> dict[str, str]:
    """Cells that can be written as UTF-8."""
    return {k: v.encode("utf-8", errors="replace").decode() for k, v in row.items()}


def _facts(row: dict[str, str], columns: Columns) -> Facts:
    values = {key: row.get(column, "").strip() for key, column in columns.facts.items()}
    if "published" in values:
        values["published"] = day_or_edtf(values["published"])
    return facts_on(BASIS, **values)


def _columns(rows: list[dict[str, str]], name: str) -> Columns:
    if not rows:
        raise RefusedError(f"{name} has no rows.", remedy="check the file; " + NO_TEXT)
    names = tuple(rows[0])
    facts = {
        key: next(n for n in wanted if n in names)
        for key, wanted in NAMES.items()
        if set(wanted) & set(names)
    }
    texts = _text_columns(names, rows)
    if not texts:
        raise RefusedError(f"{name} has no column of text.", remedy=NO_TEXT)
    return Columns(texts=texts, facts=facts)


def _text_columns(names: tuple[str, ...], rows: list[dict[str, str]]) -> tuple[str, ...]:
    """Columns named for text, best first ('description', 'description_en'), or the longest."""
    if "text" in names:
        return ("text",)
    exact = [wanted for wanted in TEXT_NAMES if wanted in names]
    partly = [n for w in TEXT_NAMES for n in names if w in re.split(r"[\W_]+", n)]
    if exact or partly:
        return tuple(dict.fromkeys(exact + partly))
    longest = max(names, key=lambda n: _letters(n, rows), default="")
    return (longest,) if longest and _letters(longest, rows) >= LONG * len(rows) else ()


def _letters(column: str, rows: list[dict[str, str]]) -> int:
    """Letters in cells of several words; an address or a number is no running text."""
    cells = (row.get(column, "") for row in rows)
    return sum(sum(map(str.isalpha, cell)) for cell in cells if cell.count(" ") > 2)
