"""Rows of the tables from kept files: pure, so that `rebuild` and `verify` can repeat it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from khronika.model.acts import Coding
from khronika.model.ids import canonical
from khronika.model.links import Ruling
from khronika.model.plain import from_plain, to_plain
from khronika.store.derive_coding import coding_rows
from khronika.store.derive_links import links_rows
from khronika.store.derive_report import report_rows
from khronika.store.link_parts import LINKS
from khronika.store.spans import packed

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]
Part = Callable[[str], bytes | None]
SAID = ("correction", "added", "words", "seen")


def rows(subject: str, part: Part, names: Iterable[str] = ()) -> Rows:
    """Every derived row of one subject: the table's name and the row.

    Args:
        subject: a report's or ruling's id, "links", "codebook", or what a tombstone stands for.
        part: the bytes of a kept part of the subject, or None.
        names: of the subject's parts; only links have parts that are not known by name.
    """
    grave = part("tombstone")
    if grave is not None:
        yield "tombstone", {"subject": subject, **json.loads(grave)}
    if subject.startswith("rpt_"):
        yield from _of_report(part)
    elif subject == LINKS:
        yield from links_rows(part, names)
    elif (ruling := part("ruling")) is not None:
        yield from _of_ruling(from_plain(json.loads(ruling), Ruling))


def _of_report(part: Part) -> Rows:
    kept, text = part("report"), part("text")
    if kept is None or text is None:
        return  # withdrawn
    coded = part("corrected") or part("coding")
    coding = from_plain(json.loads(coded), Coding) if coded is not None else None
    yield from report_rows(json.loads(kept), text.decode(), coding)
    if coding is not None:
        yield from coding_rows(coding)


def _of_ruling(ruling: Ruling) -> Rows:
    yield (
        "ruling",
        {
            "id": ruling.id,
            "verb": ruling.verb,
            "ids": packed(ruling.ids),
            "reviewer": ruling.reviewer,
            "time": ruling.time,
            "why": ruling.why,
            "report": ruling.report,
            "said": said_of(ruling),
        },
    )


def said_of(ruling: Ruling) -> str:
    """What only some verbs say, as JSON; "" where there is nothing of it."""
    plain = to_plain(ruling)
    said = {key: plain[key] for key in SAID if key in plain}
    return canonical(said).decode() if said else ""


def grouped(found: Iterable[tuple[str, Row]]) -> Mapping[str, list[Row]]:
    """Rows by table, in the order they came."""
    tables: dict[str, list[Row]] = {}
    for table, row in found:
        tables.setdefault(table, []).append(row)
    return tables
