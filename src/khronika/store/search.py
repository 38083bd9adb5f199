"""Full-text search: a query as an expression of FTS5, and the words to mark in what it finds."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    column,
    select,
    table,
    text,
)

from khronika.store import ask, schema
from khronika.store.ask import Phrase, SearchError, Term, Word
from khronika.store.chunks import CHUNK, in_chunks
from khronika.text.lemmas import LEMMATISED, lemma, lemmas_asked, words

passage, report = schema.passage, schema.report

INDEX = table("search", column("rowid"), column("rank"))  # SQLite's own, made by the migration
BEST_OF = 2000  # so many matches are ranked at a time; a word in every report stays quick
AT_ONCE = 50  # matches of which the conditions are looked at first


def expression(term: Term) -> str:
    """The query in FTS5's language; every word is quoted, so none can be an operator.

    Raises:
        SearchError: a term holds no word.
    """
    if isinstance(term, Word):
        return _word(term)
    if isinstance(term, Phrase):
        return f'words : "{" ".join(_said(term.text))}"'
    if isinstance(term, ask.Any):
        return "(" + " OR ".join(expression(each) for each in term.terms) + ")"
    wanted = " AND ".join(expression(each) for each in term.terms)
    if not term.but:
        return f"({wanted})"
    return f"(({wanted}) NOT ({' OR '.join(expression(each) for each in term.but)}))"


def tagged(tags: Iterable[str], *, prefix: bool = False) -> str:
    """An expression for passages that have one of some tags, or one that begins so."""
    alternatives = " OR ".join(f'"{each}"{" *" if prefix else ""}' for each in tags)
    return f"tags : ({alternatives})"


def _word(term: Word) -> str:
    said = _said(term.text)
    if term.prefix:
        *before, last = said
        first = "".join(f'"{each}" + ' for each in before)
        return f'words : ({first}"{last}" *)' if before else f'words : "{last}" *'
    if len(said) > 1:  # "re-trial", "p.m."
        return f'words : "{" ".join(said)}"'
    forms = " OR ".join(f'"{each}"' for each in lemmas_asked(said[0]))
    return f'(words : "{said[0]}" OR lemmas : ({forms}))'


def _said(text: str) -> list[str]:
    found = [word for word, _, _ in words(text)]
    if not found:
        raise SearchError(
            f"There is no word in '{text}'.", remedy="search for words; signs are not indexed."
        )
    return found


def matches(
    connection: Connection,
    asked: str | None,
    conditions: Sequence[ColumnElement[bool]],
    most: int,
    skip: int = 0,
) -> list[Row[Any]]:
    """The best passages for an expression: rows of the table `passage`, the best first.

    Args:
        connection: to the record.
        asked: an expression of FTS5, or None for every passage that fulfils the conditions.
        conditions: on the tables `passage` and `report`.
        most: how many at most.
        skip: how many of the best to leave out.
    """
    held = schema.search_text
    found = (
        _every(connection, conditions) if asked is None else _best(connection, asked, conditions)
    )
    ids = list(islice(found, skip, skip + most))
    rows: dict[int, Row[Any]] = {}
    for some in in_chunks(ids):
        wanted = select(held.c.id, passage).join(passage, _same(passage, held))
        rows |= {row[0]: row for row in connection.execute(wanted.where(held.c.id.in_(some)))}
    return [rows[each] for each in ids]


def _every(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> Iterator[int]:
    """The numbers of all passages that fulfil the conditions, looked up as they are wanted."""
    held = schema.search_text
    asked = select(held.c.id).join(passage, _same(passage, held))
    asked = asked.join(report, report.c.id == held.c.report_id).where(*conditions)
    yield from connection.execute(asked.order_by(held.c.id)).scalars()


def _best(
    connection: Connection, asked: str, conditions: Sequence[ColumnElement[bool]]
) -> Iterator[int]:
    """The numbers of the passages that match and fulfil the conditions, the best first.

    Some matches at a time are ranked; the conditions, which cost more, are looked at in that order
    and no longer than the numbers are wanted.
    """
    window, last = BEST_OF, 0
    while window == BEST_OF:
        there = text("search MATCH :asked AND search.rowid > :last")
        hits = select(INDEX.c.rank, INDEX.c.rowid).where(there.bindparams(asked=asked, last=last))
        rows = connection.execute(hits.order_by(INDEX.c.rowid).limit(BEST_OF)).all()
        window, last = len(rows), rows[-1][1] if rows else last
        ranked = [number for _, number in sorted(map(tuple, rows))]
        yield from _fulfilling(connection, ranked, conditions) if conditions else ranked


def _fulfilling(
    connection: Connection, ranked: Sequence[int], conditions: Sequence[ColumnElement[bool]]
) -> Iterator[int]:
    """Those of some passages that fulfil the conditions, in the order given."""
    held = schema.search_text
    asked = select(held.c.id).join(passage, _same(passage, held))
    asked = asked.join(report, report.c.id == held.c.report_id).where(*conditions)
    start, size = 0, AT_ONCE
    while some := ranked[start : start + size]:
        passing = set(connection.execute(asked.where(held.c.id.in_(some))).scalars())
        yield from (number for number in some if number in passing)
        start, size = start + size, min(2 * size, CHUNK)


def _same(passage: Table, held: Table) -> ColumnElement[bool]:
    return (passage.c.report_id == held.c.report_id) & (passage.c.idx == held.c.passage)


def marks(term: Term, passage: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where the sought words stand in a passage: half-open ranges, in order, none overlapping."""
    placed = list(words(passage))
    said = [word for word, _, _ in placed]
    forms = [lemma(word, language) if language in LEMMATISED else word for word in said]
    hit: set[int] = set()
    for each in _leaves(term):
        hit |= set(_where(each, said, forms))
    found: list[tuple[int, int]] = []
    for index in sorted(hit):
        _, start, end = placed[index]
        if found and index - 1 in hit and not passage[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def _leaves(term: Term) -> Iterator[Word | Phrase]:
    if isinstance(term, Word | Phrase):
        yield term
    else:
        for each in term.terms:
            yield from _leaves(each)


def _where(term: Word | Phrase, said: list[str], forms: list[str]) -> Iterator[int]:
    sought = _said(term.text)
    prefix = isinstance(term, Word) and term.prefix
    if len(sought) == 1 and not prefix and isinstance(term, Word):
        asked = set(lemmas_asked(sought[0]))
        yield from (i for i, word in enumerate(said) if word == sought[0] or forms[i] in asked)
        return
    for start in range(len(said) - len(sought) + 1):
        window = said[start : start + len(sought)]
        last = window[-1].startswith(sought[-1]) if prefix else window[-1] == sought[-1]
        if last and window[:-1] == sought[:-1]:
            yield from range(start, start + len(sought))
