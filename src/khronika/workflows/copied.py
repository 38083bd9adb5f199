"""Which reports repeat a report, or are repeated by it, and in which of its words."""

from typing import Any

from sqlalchemy import or_, select

from khronika.store import schema
from khronika.store.store import Store
from khronika.text.overlap import spans_shared
from khronika.workflows.looking import Look
from khronika.workflows.rows import CopyRow

_MOST = 20  # reports that are shown beside one
_ORDER = ("copy", "translation", "quotation", "template")
_FIRST_WORDS = 60  # letters


def copies_of(store: Store, look: Look, report: str) -> tuple[CopyRow, ...]:
    """The reports that one copies, quotes, translates or shares a template with, closest first."""
    copy = schema.copy
    asked = select(copy).where(or_(copy.c.report_id == report, copy.c.original == report))
    found = sorted(
        store.all(asked),
        key=lambda row: (_ORDER.index(row.relation), -row.share, row.report_id, row.original),
    )[:_MOST]
    text = _text(store, report)
    return tuple(_row(store, look, text, report, row) for row in found)


def _row(store: Store, look: Look, text: str, report: str, row: Any) -> CopyRow:
    other = row.original if row.report_id == report else row.report_id
    passages = () if row.relation == "translation" else spans_shared(text, _text(store, other))
    longest = max(passages, key=lambda p: p.words, default=None)
    return CopyRow(
        report=look.report(other),
        relation=row.relation,
        from_it=other == row.original,
        share=row.share,
        passages=passages,
        begins=_beginning(text[longest.one.start : longest.one.end]) if longest else "",
    )


def _beginning(passage: str) -> str:
    line = " ".join(passage[: 2 * _FIRST_WORDS].split())
    return line if len(line) <= _FIRST_WORDS else f"{line[:_FIRST_WORDS].rsplit(' ', 1)[0]} …"


def _text(store: Store, report: str) -> str:
    data = store.part(report, "text")
    return data.decode() if data is not None else ""
