"""Names in a row, with what is said of each: 'A, 34, a teacher, B, of Lima, and C'."""

from collections.abc import Iterator

from spacy.tokens import Token

from khronika.coding.cast_board import LONGEST_LIST, Board
from khronika.coding.cast_names import Naming
from khronika.coding.cast_scene import Referent
from khronika.coding.parsed import ParsedUnit

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
LONGEST_DESCRIPTION = 14  # tokens between two names of a list
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BREAKS = frozenset("who according year years month months day days fine".split())
JOINS = frozenset({"and", "&"})
PARTS = frozenset({",", ";"})


def names_listed(board: Board, unit: ParsedUnit, first: Token) -> tuple[Referent, ...]:
    """The people named after the one whose name `first` stands in, in a list that ends in 'and'."""
    found = board.naming_at.get((unit.index, first.i))
    if found is None:
        return ()
    names: list[Referent] = []
    naming, joined = found[1], False
    while not joined and len(names) < LONGEST_LIST:
        step = _next(board, unit, naming)
        if step is None:
            return ()
        referent, naming, joined = step
        if _is_other_subject(unit, first, naming):
            return ()
        names.append(referent)
    return tuple(names)


def _next(board: Board, unit: ParsedUnit, last: Naming) -> tuple[Referent, Naming, bool] | None:
    """The next name, and whether 'and' stands before it."""
    doc = unit.doc
    stop = min(len(doc), last.reach + LONGEST_DESCRIPTION)
    for i in range(last.reach, stop):
        token = doc[i]
        if token.tag_ in FINITE or token.text in (".", ":", '"') or token.lower_ in BREAKS:
            return None
        found = board.naming_at.get((unit.index, i))
        if found is None or not _is_parted(board, unit, i):
            continue
        referent = board.referent(found[0])
        if referent is None or not referent.human:
            return None
        before = _before(board, unit, i)
        return referent, found[1], before is not None and before.lower_ in JOINS
    return None


def _is_parted(board: Board, unit: ParsedUnit, i: int) -> bool:
    """True if a comma, a semicolon or 'and' stands right before a name."""
    before = _before(board, unit, i)
    return before is not None and (before.lower_ in JOINS or before.text in PARTS)


def _before(board: Board, unit: ParsedUnit, i: int) -> Token | None:
    """The word before a name, over its titles and 'the lawyer'."""
    steps = (t for t in reversed(unit.tokens[:i]) if not _leads(board, t))
    return next(steps, None)


def _leads(board: Board, token: Token) -> bool:
    word = token.lower_
    known = word in board.people.titles or word in ("the", "his", "her", "their", "a", "an")
    return known or (token.text[0].islower() and board.people.role_of(word) is not None)


def _is_other_subject(unit: ParsedUnit, first: Token, naming: Naming) -> bool:
    """True for B in 'A was held, and B fled' and in 'Police took A, a cook, and B fled'."""
    head = unit.doc[naming.start : naming.end].root
    return head.dep_ in SUBJECTS and head.head.i > first.i and first.dep_ not in SUBJECTS


def after_sign(board: Board, unit: ParsedUnit, i: int) -> tuple[Referent, ...]:
    """As in "Three were held: A, a nurse, B and C": the names after a colon or a dash."""
    start = next(_names_near(board, unit, i + 1), None)
    if start is None:
        return ()
    own = board.name_at(unit.index, start)
    listed = names_listed(board, unit, unit.doc[start])
    return (own, *listed) if own is not None and own.human and listed else ()


def _names_near(board: Board, unit: ParsedUnit, i: int) -> Iterator[int]:
    """The place of a name that stands at a token or behind titles and 'the lawyer' there."""
    for token in unit.tokens[i : i + 4]:
        if (unit.index, token.i) in board.naming_at:
            yield token.i
        elif not _leads(board, token):
            return
