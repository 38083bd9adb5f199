"""The dates of the rows of a table: of a cell, or of the row whose one date fills a cell."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from khronika.coding.parsed import ParsedUnit
from khronika.coding.times_dated import Dated, is_day
from khronika.model.reports import PassageRole

EDGES = ("|", ";", "\t")  # of the cells of a row
BARS = 2  # that make a row of a line


def day_of_row(found: Sequence[Dated], doc: Doc) -> list[Dated]:
    """The date of a row: the only one of it that fills a cell by itself."""
    alone = [
        each
        for each in found
        if (each.first == 0 or doc[each.first - 1].text in EDGES)
        and (each.last == len(doc) or doc[each.last].text in EDGES)
    ]
    return alone if len(alone) == 1 and is_day(alone[0].resolved.edtf) else []


def cell(unit: ParsedUnit, head: Token) -> tuple[int, int] | None:
    """The tokens of the cell of a row that a trigger stands in, None outside rows."""
    bars = unit.unit.mapped.text.count("|")
    if unit.unit.role is not PassageRole.TABLE_ROW and bars < BARS:
        return None  # 'EXAMPLE | On 5 May police raided ...'
    edges = [0, *(t.i for t in unit.doc if t.text in EDGES), len(unit.doc)]
    start = max(edge for edge in edges if edge <= head.i)
    return start, min(edge for edge in edges if edge > head.i)
