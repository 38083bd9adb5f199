"""What a whole report says of where: its countries, and the headings that are countries."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from khronika.coding.parsed import ParsedReport
from khronika.model.reports import PassageRole
from khronika.text.gazetteer import Gazetteer, Place, PlaceKind


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in a unit: its tokens and which place it is, if that is certain."""

    start: int
    end: int
    place: Place | None


def sections(parsed: ParsedReport, table: Gazetteer) -> Iterator[tuple[int, Named]]:
    """The headings that begin with a country: 'GEORGIA - Observer beaten'."""
    for each in parsed.units:
        if each.unit.role is not PassageRole.HEADLINE:
            continue
        name = re.split(r"\s+[-–—:|]\s+|:\s", each.doc.text)[0]
        place = table.only(name)
        words = each.doc.char_span(0, len(name), alignment_mode="expand")
        if place is not None and place.kind is PlaceKind.COUNTRY and words is not None:
            yield each.index, Named(words.start, words.end, place)


def countries(parsed: ParsedReport, table: Gazetteer) -> Counter[str]:
    """How often the report names each country, its people or a well-known city of it."""
    counts: Counter[str] = Counter()
    for unit in parsed.units:
        words = [token.text for token in unit.doc]
        at = 0
        while at < len(words):
            at += _count(unit.doc, words, at, table, counts) if words[at][:1].isupper() else 1
    place = table.only(parsed.report.place.value) if parsed.report.place.value else None
    if place is not None:
        counts[place.country] += 1
    return counts


def _count(doc: Doc, words: list[str], at: int, table: Gazetteer, counts: Counter[str]) -> int:
    """Count the longest name that begins at a word; how many words it took."""
    label = doc[at].ent_type_
    if label == "PERSON":
        return 1
    for size in range(min(3, len(words) - at), 0, -1):
        if not words[at + size - 1][:1].isupper():
            continue
        name = " ".join(words[at : at + size])
        country = table.country(name)
        if not country and label in ("GPE", "LOC") and (place := table.only(name)) is not None:
            country = place.country
        if country:
            counts[country] += 1
            return size
    return 1
