"""Rows of a report: what was read, where it came from, its passages and their searchable words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from khronika.model.acts import Act, Coding
from khronika.model.plain import from_plain
from khronika.model.reports import Origin, PassageRole, Report
from khronika.store.spans import first_and_last, packed, placed
from khronika.store.tags import tags_of
from khronika.text.lemmas import folded, lemma, words

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]


def report_of(kept: Mapping[str, Any], text: str) -> Report:
    """The report as read, from its kept part and its kept text."""
    report: Report = from_plain({**kept["reading"], "text": text}, Report)
    return report


def report_rows(kept: Mapping[str, Any], text: str, coding: Coding | None) -> Rows:
    """The rows of one report but for what its coding says.

    Args:
        kept: the kept part "report": `sources`, `extracted`, `reading`, `facts`.
        text: the preserved text.
        coding: what a coder found, or None where no coder reads the language.
    """
    report = report_of(kept, text)
    yield "report", _report_row(report, coding)
    for idx, data in enumerate(kept["sources"]):
        yield "origin", _origin_row(report.id, idx, from_plain(data["origin"], Origin))
    for idx, contact in enumerate(report.contacts):
        row = {"report_id": report.id, "idx": idx, "kind": contact.kind.value}
        yield "contact", {**row, **placed(contact.anchor)}
    yield "facts", {"report_id": report.id, "data": _facts(kept)}
    yield from _passage_rows(report, coding.acts if coding else ())


def _facts(kept: Mapping[str, Any]) -> str:
    return packed([kept["facts"]])[1:-1] if kept.get("facts") is not None else ""


def _report_row(report: Report, coding: Coding | None) -> Row:
    published_from, published_to = first_and_last(report.published.value)
    return {
        "id": report.id,
        "name": report.name,
        "sha256": report.sha256,
        "media_type": report.media_type,
        "encoding": report.encoding,
        "language": report.language.value,
        "language_basis": report.language.basis,
        "title": report.title.value,
        "publisher": report.publisher.value,
        "publisher_folded": folded(report.publisher.value),
        "publisher_basis": report.publisher.basis,
        "published": report.published.value,
        "published_basis": report.published.basis,
        "published_from": published_from,
        "published_to": published_to,
        "place": report.place.value,
        "place_basis": report.place.basis,
        "url": report.url.value,
        "flags": packed(report.flags),
        "length": len(report.text),
        "coded": int(coding is not None),
        "coder": coding.coder if coding else "",
        "codebook": coding.codebook if coding else "",
    }


def _origin_row(report: str, idx: int, origin: Origin) -> Row:
    return {
        "report_id": report,
        "idx": idx,
        "name": origin.name,
        "url": origin.url.value,
        "title": origin.title.value,
        "publisher": origin.publisher.value,
        "published": origin.published.value,
        "place": origin.place.value,
    }


def _passage_rows(report: Report, acts: Sequence[Act]) -> Rows:
    for idx, passage in enumerate(report.passages):
        text = report.text[passage.span.start : passage.span.end]
        yield (
            "passage",
            {
                "report_id": report.id,
                "idx": idx,
                "role": passage.role.value,
                "start": passage.span.start,
                "end": passage.span.end,
                "repeat_of": passage.repeat_of,
                "continues": passage.continues,
                "text": text,
            },
        )
        if passage.role is not PassageRole.CONTACT:
            row = {"report_id": report.id, "passage": idx, **_searched(report, text)}
            yield "search_text", {**row, "tags": tags_of(report, passage.span, acts)}


def _searched(report: Report, text: str) -> Row:
    found = [word for word, _, _ in words(text)]
    language = report.language.value
    return {
        "words": " ".join(found),
        "lemmas": " ".join(lemma(word, language) for word in found),
    }
