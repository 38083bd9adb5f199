"""Who takes the measure that a row of a table tells: the cell that holds an authority alone."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from khronika.coding.arguments import same_filler
from khronika.coding.cast import Filler
from khronika.coding.rows import Cell, cells_of
from khronika.coding.telling import Draft, Reader
from khronika.model.acts import Role
from khronika.model.reports import PassageRole

LONGEST = 8  # tokens of a cell that names a body and says nothing else
BODIES = frozenset({"authority", "court"})
BESIDE = frozenset({"and", ",", "&", "the", "at", "of", "for", "in"})
DITTO = frozenset({"same", "ditto", "idem", "id.", '"', "-do-"})


def doers_of_rows(made: Sequence[Draft], reader: Reader) -> None:
    """Give the tellings of rows that say nobody's deed the authority in a cell behind them."""
    last: list[Filler] = []
    for draft in made:
        unit = reader.parsed.units[draft.candidate.unit]
        if unit.unit.role is not PassageRole.TABLE_ROW or draft.candidate.entry.kind.intervention:
            continue
        doers = draft.filled.actors.setdefault(Role.PERPETRATOR, [])
        if not doers:
            behind = [c for c in cells_of(unit) if c[0].i > draft.candidate.head.i]
            found = _of_cells(behind, draft, reader, last)
            victims = draft.victims()
            doers.extend(f for f in found if not any(same_filler(f, v) for v in victims))
        last = list(doers) or last


def _of_cells(
    cells: Sequence[Cell], draft: Draft, reader: Reader, last: Sequence[Filler]
) -> list[Filler]:
    for cell in cells:
        if len(cell) > LONGEST:
            continue
        if cell[0].lower_ in DITTO and len(cell) <= 2:
            return list(last)
        found = list(_bodies(cell, draft.candidate.unit, reader))
        if found:
            return found
    return []


def _bodies(cell: Cell, unit: int, reader: Reader) -> Iterator[Filler]:
    """The authorities of a cell; none where it says anything else."""
    heads = [t for t in cell if _is_head(t, cell)]
    if not all(reader.cast.classes(unit, t) & BODIES for t in heads):
        return
    if any(t.pos_ in ("VERB", "AUX", "ADV", "NUM") for t in cell):
        return
    for head in heads:
        yield from reader.cast.fillers(unit, head)


def _is_head(token: Token, cell: Cell) -> bool:
    """True for the last word of each name in a cell."""
    after = next((t for t in cell if t.i == token.i + 1), None)
    if token.lower_ in BESIDE or token.is_punct or not token.is_alpha:
        return False
    return after is None or after.lower_ in ("and", ",", "&")
