"""Which models have a finite and unique maximum on a table with empty cells.

An interaction of lists that share nobody is minus infinity at the maximum: it is taken out, and
with it every cell that needs it (the extended maximum). What is left has a maximum exactly when
some table with people in every cell has the same margins, and a unique one when its design has
full rank. Both depend only on which cells are empty, so they are found once for each pattern.

Source:
    Fienberg & Rinaldo, "Maximum likelihood estimation in log-linear models", Annals of Statistics
    40 (2012); Chan, Silverman & Vincent, "Multiple systems estimation for sparse capture data",
    JASA 116 (2021).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy.optimize import linprog, nnls

from khronika.estimation.lattice import Bools, Floats, Whole, above, below, cholesky, information
from khronika.estimation.models import Model

INTERIOR = 1e-7  # people at least in every cell, where those seen count as one each
LOOSE = 1e-9  # relative length of a direction that is none
NOTHING, DOUBT = 1e-8, 1e-4  # left of unit directions: surely none, perhaps none
MOST_MOVED = 1e4  # more would make a balance out of rounding

ROOM = 2**23  # numbers of one array


class Standing(IntEnum):
    """What came of a model on a table."""

    FITTED = 0
    DOES_NOT_EXIST = 1
    NOT_IDENTIFIED = 2
    NOT_CONVERGED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """Models on patterns of empty cells, without what is minus infinity; a column for each pair.

    Attributes:
        pattern: the pattern of each column.
        model: the model of each column.
        terms: sets x columns, True for parameters that are finite.
        cells: sets x columns, True for cells that can have people; the unseen cell is not there.
        standing: columns, whether the maximum exists and is unique.
    """

    pattern: Whole
    model: Whole
    terms: Bools
    cells: Bools
    standing: Whole


def membership(models: Sequence[Model]) -> Bools:
    """Sets x models, True where the set of lists is a parameter of the model."""
    found = np.zeros((1 << models[0].width, len(models)), dtype=np.bool_)
    for place, model in enumerate(models):
        found[list(model.terms), place] = True
    return found


def reduce(patterns: Bools, members: Bools, *, unseen: bool = False) -> Reduced:
    """Take out what is minus infinity and tell which maxima exist and are unique.

    Args:
        patterns: sets x patterns, True where a cell has people.
        members: sets x models, as of `membership`.
        unseen: whether the cell of people on no list is one of the cells, as in a profile.

    Returns:
        A column for every pattern with every model, pattern by pattern.
    """
    width, count = patterns.shape[1], members.shape[1]
    pattern = np.repeat(np.arange(width), count)
    model = np.tile(np.arange(count), width)
    alive = above(patterns.astype(np.float64)) > 0
    asked, alive = members[:, model], alive[:, pattern]
    return _reduced(patterns[:, pattern], alive, asked, (pattern, model), unseen=unseen)


def reduce_each(patterns: Bools, members: Bools) -> Reduced:
    """As `reduce`, but each pattern with its own model only; a column for each of the pairs.

    Args:
        patterns: sets x pairs.
        members: sets x pairs.
    """
    both = np.ascontiguousarray(np.packbits(np.vstack([patterns, members]), axis=0).T)
    _, first, which = np.unique(both, axis=0, return_index=True, return_inverse=True)
    which = which.reshape(-1)
    some, asked = patterns[:, first], members[:, first]
    alive = above(some.astype(np.float64)) > 0
    once = _reduced(some, alive, asked, (first, first), unseen=False)
    place = np.arange(len(which))
    return Reduced(
        pattern=place,
        model=place,
        terms=once.terms[:, which],
        cells=once.cells[:, which],
        standing=once.standing[which],
    )


def by_size(terms: Bools, columns: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Columns with equally many parameters, and these as p x columns; the intercept is last.

    Only so many come at once that their matrices have room in memory.
    """
    sizes = terms[:, columns].sum(axis=0)
    for size in np.unique(sizes):
        same = columns[sizes == size]
        together = max(1, ROOM // (int(size) ** 2 + len(terms)))
        for first in range(0, len(same), together):
            chosen = same[first : first + together]
            found = np.nonzero(terms[:, chosen].T)[1].reshape(len(chosen), size)
            yield chosen, np.ascontiguousarray(found[:, ::-1].T)


def _reduced(
    seen: Bools, alive: Bools, asked: Bools, which: tuple[Whole, Whole], *, unseen: bool
) -> Reduced:
    cells = below((asked & ~alive).astype(np.float64)) == 0
    cells[0] = unseen
    terms = asked & alive
    standing = _standing(seen, terms, cells)
    return Reduced(pattern=which[0], model=which[1], terms=terms, cells=cells, standing=standing)


def _standing(seen: Bools, terms: Bools, cells: Bools) -> Whole:
    """Rank first: most models are settled by the rank on the cells that have people."""
    found = np.full(terms.shape[1], Standing.NOT_IDENTIFIED, dtype=np.int64)
    identified = _full_rank(cells, terms) & terms[0]  # nobody at all: nothing is known
    found[identified] = Standing.DOES_NOT_EXIST
    sure = np.zeros_like(identified)
    sure[identified] = _full_rank((seen & cells)[:, identified], terms[:, identified])
    found[sure] = Standing.FITTED
    for column in np.flatnonzero(identified & ~sure):
        if _interior(seen[:, column], terms[:, column], cells[:, column]):
            found[column] = Standing.FITTED
    return found


def _full_rank(cells: Bools, terms: Bools) -> Bools:
    found = np.zeros(terms.shape[1], dtype=np.bool_)
    sums = above(cells.astype(np.float64))
    for columns, sets in by_size(terms, np.flatnonzero(terms.any(axis=0))):
        _, stands = cholesky(information(np.ascontiguousarray(sums[:, columns]), sets))
        found[columns] = stands.all(axis=0)
    return found


def _interior(seen: Bools, terms: Bools, cells: Bools) -> bool:
    """Whether a table with people in every cell has the margins of the cells that are seen.

    Such a table differs from the one seen by x > 0 in the empty cells, and by anything in the
    others. What the others cannot undo are the directions B of the parameters that they do not
    fix, so the question is whether B'x = 0 for some x >= 1. Least squares with u = x - 1 >= 0
    answers it; where rounding leaves a doubt, the linear programme of the paper does.
    """
    sets = np.flatnonzero(terms)
    some = _design(np.flatnonzero(seen & cells), sets)
    lengths, directions = np.linalg.eigh(some.T @ some)
    free = directions[:, lengths < LOOSE * max(float(lengths[-1]), 1.0)]
    moves = _design(np.flatnonzero(cells & ~seen), sets) @ free
    norms = np.linalg.norm(moves, axis=1)
    moves = np.unique(np.round(moves[norms > LOOSE] / norms[norms > LOOSE, None], 12), axis=0)
    try:
        more, left = nnls(moves.T, -moves.sum(axis=0))
    except RuntimeError:  # it did not come to an end
        return _programme(seen, sets, cells)
    if left < NOTHING and more.max(initial=0.0) < MOST_MOVED:
        return True
    return bool(left < DOUBT) and _programme(seen, sets, cells)


def _programme(seen: Bools, sets: Whole, cells: Bools) -> bool:
    """The greatest s for which a table with the margins seen has s people in every cell."""
    design = _design(np.flatnonzero(cells), sets)
    margins = design.T @ seen[cells].astype(np.float64)
    equal = np.column_stack([design.T, design.sum(axis=0)])
    goal = np.zeros(equal.shape[1])
    goal[-1] = -1.0
    said = linprog(goal, A_eq=equal, b_eq=margins, bounds=(0, None), method="highs")
    return bool(said.status == 0 and -said.fun > INTERIOR)


def _design(cells: Whole, terms: Whole) -> Floats:
    within = (cells[:, None] & terms) == terms
    return np.asarray(within, dtype=np.float64)
