"""Tables of measures, one a row: what each cell tells, it tells of whom the row names.

'3 | 12/05/2021 | Lantern Society | struck off the register | Ministry of Justice': the parser makes
a sentence of a row, which it is not; so cells are read by their words alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from khronika.codebook.model import Kind, Way
from khronika.coding.cast import Cast
from khronika.coding.clauses import Arguments
from khronika.coding.elliptic import phrase_at
from khronika.coding.lexicon import Entry, Lexicon, follow
from khronika.coding.parsed import ParsedUnit
from khronika.coding.restrictions import goes_to_place
from khronika.coding.triggers import Candidate
from khronika.model.reports import PassageRole

BARS = 2  # of a row that is read by its cells
SHORT = 14  # tokens of a cell that holds a note and no sentences
EMPTY = frozenset(
    "no none same ditto idem unknown nil pending not yet n/a ? - \u2013 \u2014".split()
)

NEGATIVE = frozenset({"not", "no", "never", "without", "n't"})

Cell = Sequence[Token]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row in cells, and what its columns are headed by."""

    unit: int
    cells: tuple[Cell, ...]
    named: int  # the cell that names whom the row is about
    subject: Token


def read_row(unit: ParsedUnit) -> Row | None:
    """The cells of a row that names somebody, or None of anything else."""
    if unit.unit.role is not PassageRole.TABLE_ROW:
        return None
    cells = cells_of(unit)
    if len(cells) <= BARS:
        return None
    for place, cell in enumerate(cells[:-1]):
        names = [t for t in cell if t.is_alpha and t.is_title and t.ent_type_ not in TIMES]
        if names and not any(t.like_num for t in cell[:1]):
            head = phrase_at(unit.doc, names[0].i)
            head = head if head is not None and head.i <= cell[-1].i else names[-1]
            return Row(unit=unit.index, cells=cells, named=place, subject=head)
    return None


TIMES = ("DATE", "TIME")


def cells_of(unit: ParsedUnit) -> tuple[Cell, ...]:
    """The tokens between the bars of a row, empty cells left out."""
    cells: list[list[Token]] = [[]]
    for token in unit.tokens:
        if token.text == "|":
            cells.append([])
        elif token.text not in ("[", "]"):
            cells[-1].append(token)
    return tuple(tuple(cell) for cell in cells if cell)


def find_rows(
    row: Row, columns: Mapping[int, Kind], lexicon: Lexicon, cast: Cast
) -> Iterator[Candidate]:
    """What the cells after the name tell, by their words or else by the head of their column."""
    for place, cell in enumerate(row.cells):
        if place <= row.named or len(cell) > SHORT:
            continue
        doers = _doers(row, place, lexicon, cast)
        found = list(_in_cell(row, cell, doers, lexicon, cast))
        yield from found
        kind = columns.get(place)
        if not found and kind is not None and not EMPTY & {t.lower_ for t in cell[:2]}:
            entry = Entry(kind=kind, way=HEADED, rule=f"{kind.id}/column/head")
            yield replace(_candidate(row, cell[0], entry), said=tuple(cell))


HEADED = Way(object="victim")


def columns_of(unit: ParsedUnit, lexicon: Lexicon) -> dict[int, Kind]:
    """The kinds that the words of a header row name: '[ no. | name | arrest | charge ]'."""
    cells = cells_of(unit) if unit.unit.role is PassageRole.TABLE_ROW else ()
    if len(cells) <= BARS or any(len(cell) > 3 or any(t.like_num for t in cell) for cell in cells):
        return {}
    found: dict[int, Kind] = {}
    for place, cell in enumerate(cells):
        for token in cell:
            entries = [e for e in lexicon.nouns.get(token.lower_, ()) if not e.rest]
            if entries and len(cell) == 1 and not entries[0].kind.intervention:
                found[place] = entries[0].kind
    return found


def _doers(row: Row, place: int, lexicon: Lexicon, cast: Cast) -> tuple[Token, ...]:
    """The authority that the next cell names, if it names one."""
    for cell in row.cells[place + 1 : place + 2]:
        head = phrase_at(cell[0].doc, cell[0].i)
        if head is not None and head.i <= cell[-1].i:
            classes = cast.classes(row.unit, head)
            if "authority" in classes or lexicon.one_of(head, ("authority", "courts")):
                return (head,)
    return ()


def _in_cell(
    row: Row, cell: Cell, doers: tuple[Token, ...], lexicon: Lexicon, cast: Cast
) -> Iterator[Candidate]:
    for part in _parts(cell):
        if NEGATIVE & {t.lower_ for t in part}:
            continue
        told = ((t, _measure(row, part, t, lexicon, cast)) for t in part)
        found = next(((t, f) for t, f in told if f is not None), None)
        if found is None:
            told = ((t, _noun(part, t, lexicon)) for t in part)
            found = next(((t, f) for t, f in told if f is not None), None)
        if found is not None:
            token, (entry, matched) = found
            yield _candidate(row, token, entry, matched, doers)


def _parts(cell: Cell) -> Iterator[Cell]:
    """'offices sealed, files carted away': a cell may tell of two things."""
    part: list[Token] = []
    for token in cell:
        if token.text in (",", ";") and part:
            yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _candidate(
    row: Row,
    head: Token,
    entry: Entry,
    matched: Sequence[Token] = (),
    doers: tuple[Token, ...] = (),
) -> Candidate:
    args = Arguments(subject=doers, object=(row.subject,), passive=True)
    if entry.kind.intervention:  # 'removal challenged before the High Court'
        args = Arguments(subject=(row.subject,))
    return Candidate(
        unit=row.unit,
        head=head,
        entry=entry,
        matched=(head, *matched),
        arguments=args,
        in_row=True,
    )


def _measure(
    row: Row, cell: Cell, token: Token, lexicon: Lexicon, cast: Cast
) -> tuple[Entry, list[Token]] | None:
    """A past participle of a verb that tells what is done to whom the row is about."""
    if token.tag_ in ("VBG", "VB", "VBZ", "VBP") and not token.lower_.endswith("ed"):
        return None
    for entry in lexicon.verbs.get(token.lower_, ()):
        way = entry.way
        done_to = "victim" in (way.object, way.possessor, way.indirect)
        theirs = entry.kind.intervention and way.subject == "intervener"
        if way.active_only or way.negated or way.after or way.subject == "victim":
            continue
        if not (done_to or theirs):
            continue
        others = [t for t in cell if t is not token]
        after = [t for t in others if t.i > token.i]
        matched = follow(after, entry.rest) if entry.rest else []
        if matched is None and len(entry.rest) == 1:
            matched = follow([t for t in others if t.i < token.i], entry.rest)
        if matched is not None and _allows(row, cell, token, entry, matched, lexicon, cast):
            return entry, matched
    return None


def _allows(
    row: Row,
    cell: Cell,
    token: Token,
    entry: Entry,
    matched: Sequence[Token],
    lexicon: Lexicon,
    cast: Cast,
) -> bool:
    way = entry.way
    own = [t for t in cell if t.i < token.i and t.pos_ == "NOUN" and t not in matched]
    objects = own or [row.subject]
    pattern_has_it = any(t.pos_ == "NOUN" and t.i < token.i for t in matched)
    if (
        way.object_is
        and not pattern_has_it
        and not _one(row, objects, way.object_is, lexicon, cast)
    ):
        return False
    if way.object_not and any(lexicon.one_of(t, way.object_not) for t in objects):
        return False
    places = Arguments(prepositions=tuple(("to", t) for t in cell if t.pos_ == "PROPN"))
    if way.abroad and not goes_to_place(places):
        return False
    wide = [*cell, *row.cells[row.named]]
    if way.clause and not any(lexicon.one_of(t, way.clause) for t in wide):
        return False
    if way.sentence and not any(lexicon.one_of(t, way.sentence) for t in wide):
        return False
    return not any(lexicon.one_of(t, way.unless) for t in cell)


def _one(
    row: Row, objects: Sequence[Token], names: tuple[str, ...], lexicon: Lexicon, cast: Cast
) -> bool:
    wanted = set(names)
    anybody = wanted & {"person", "people", "organisation", "bodies"}
    for token in objects:
        known = cast.classes(row.unit, token)
        unknown = token.pos_ == "PROPN" and not known and anybody
        if lexicon.one_of(token, names) or known & wanted or unknown:
            return True
    return False


def _noun(cell: Cell, token: Token, lexicon: Lexicon) -> tuple[Entry, list[Token]] | None:
    """A noun that tells it by itself: 'fine of 300', 'inspection of the office'."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for entry in lexicon.nouns.get(token.lower_, ()):
        before = [t for t in cell if t.i < token.i]
        matched = follow(before, entry.rest) if entry.rest else []
        blocked = any(lexicon.one_of(t, entry.way.unless) for t in cell)
        wants = entry.way.clause
        lacks = wants and not any(lexicon.one_of(t, wants) for t in cell)
        if matched is not None and not blocked and not lacks:
            return entry, matched
    return None


def by_cells(
    unit: ParsedUnit,
    found: list[Candidate],
    columns: Mapping[int, Kind],
    lexicon: Lexicon,
    cast: Cast,
) -> list[Candidate]:
    """What a unit tells, where it is a row by what its cells do.

    Args:
        unit: a unit of the report.
        found: what was found in it as in a sentence.
        columns: the kinds that head the columns of the table.
        lexicon: the codebook's words.
        cast: who is who.

    Returns:
        `found` of anything but a row; of a row what its short cells tell, and of what was found
        what stands elsewhere.
    """
    row = read_row(unit)
    if row is None:
        return found
    told = list(find_rows(row, columns, lexicon, cast))
    short = {t.i for cell in row.cells for t in cell if len(cell) <= SHORT}
    there = {t.i for c in told for cell in row.cells if c.head in cell for t in cell}
    there |= {t.i for t in row.cells[row.named]} | (short if told else set())
    rest = [c for c in found if c.head.i not in there]
    return sorted([*rest, *told], key=lambda c: c.head.i)
