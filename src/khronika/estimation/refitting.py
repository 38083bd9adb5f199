"""One log-linear model fitted to many tables, with what it expects in every cell.

`fit_many` tells how many people many models expect on no list; a search that walks from model to
model also wants the cells, and the parameters that lead there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import erfc

from khronika.estimation.existence import Standing, by_size, membership, reduce
from khronika.estimation.fitting import maximise, means
from khronika.estimation.lattice import Bools, Floats, Whole
from khronika.estimation.models import Model

MOST_UNSEEN = 1e8  # times the people seen: a fit above has run away


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Refits:
    """One model on B tables.

    Attributes:
        model: what was fitted.
        unseen: people on no list, B; infinite where the model has no estimate.
        fitted: expected people of every cell in the order of keys, B x 2^J - 1.
        values: parameters by set of lists, B x 2^J; minus infinity for sets that share nobody.
        exists: the model has an estimate that the table decides, B.
    """

    model: Model
    unseen: Floats = field(repr=False)
    fitted: Floats = field(repr=False)
    values: Floats = field(repr=False)
    exists: Bools = field(repr=False)

    def take(self, rows: Bools | Whole) -> "Refits":
        """The fits to some of the tables."""
        return Refits(
            model=self.model,
            unseen=self.unseen[rows],
            fitted=self.fitted[rows],
            values=self.values[rows],
            exists=self.exists[rows],
        )


def refit(model: Model, tables: Floats) -> Refits:
    """Fit one model to many tables.

    Args:
        model: of J lists.
        tables: B x 2^J - 1 counts in the order of keys.
    """
    counts = np.vstack([np.zeros(len(tables)), tables.T])
    patterns, which = np.unique(counts > 0, axis=1, return_inverse=True)
    which = which.reshape(-1)
    reduced = reduce(patterns, membership([model]))
    found = Refits(
        model=model,
        unseen=np.full(len(tables), np.inf),
        fitted=np.zeros(tables.shape),
        values=np.full((len(tables), len(counts)), -np.inf),
        exists=np.zeros(len(tables), dtype=np.bool_),
    )
    stands = np.flatnonzero(reduced.standing[which] == Standing.FITTED)
    for rows, sets in by_size(reduced.terms[:, which], stands):
        cells = reduced.cells[:, which[rows]]
        values, _, arrived = maximise(counts[:, rows], sets, cells)
        _write(found, rows, sets, values, arrived & _bounded(values, counts[:, rows]))
        found.fitted[rows] = means(values, sets, cells)[1:].T
    return found


def wald(found: Refits, term: int) -> Floats:
    """Two-sided probability of a parameter so many standard errors from nothing, B.

    A parameter of minus infinity has no standard error and is never significant.
    """
    chances = np.ones(len(found.unseen))
    for row in np.flatnonzero(found.exists & np.isfinite(found.values[:, term])):
        terms = np.flatnonzero(np.isfinite(found.values[row]))
        design = columns(found.model.width, terms)
        information = design.T @ (design * found.fitted[row][:, None])
        spread = np.linalg.pinv(information, hermitian=True)
        at = int(np.searchsorted(terms, term))
        size = abs(found.values[row, term]) / np.sqrt(max(float(spread[at, at]), 1e-300))
        chances[row] = erfc(size / np.sqrt(2.0))
    return chances


def columns(lists: int, sets: Sequence[int] | Whole) -> Floats:
    """For each set of lists, 1 in the cells of people on all of them: 2^J - 1 x sets."""
    keys = np.arange(1, 2**lists)
    chosen = np.asarray(sets, dtype=np.int64)
    found: Floats = ((keys[:, None] & chosen) == chosen).astype(np.float64)
    return found


def _bounded(values: Floats, counts: Floats) -> Bools:
    limit = np.log(MOST_UNSEEN * np.maximum(counts.sum(axis=0), 1.0))
    bounded: Bools = values[-1] <= limit
    return bounded


def _write(found: Refits, rows: Whole, sets: Whole, values: Floats, arrived: Bools) -> None:
    found.values[rows[None, :], sets] = values
    found.exists[rows] = arrived
    found.unseen[rows[arrived]] = np.exp(values[-1, arrived])
