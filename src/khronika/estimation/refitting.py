"""Log-linear models fitted to many tables, each table its own model, with all that comes of it.

`fit_many` tells how many people many models expect on no list; a search that walks from model to
model also wants the cells, and the parameters to go on from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import erfc

from khronika.estimation.existence import Standing, by_size, reduce_each
from khronika.estimation.fitting import deviance, maximise, means
from khronika.estimation.lattice import Bools, Floats, Whole

MOST_UNSEEN = 1e8  # times the people seen: a fit above has run away


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Refits:
    """B tables of J lists, a model fitted to each.

    Attributes:
        members: sets of lists that are terms of the model, 2^J x B.
        unseen: people on no list, B; infinite where the model has no estimate.
        deviance: twice how far the likelihood stays behind a parameter for every cell, B.
        fitted: expected people of every cell in the order of keys, B x 2^J - 1.
        values: parameters by set of lists, 2^J x B; minus infinity for sets that share nobody.
        exists: the model has an estimate that the table decides, B.
    """

    members: Bools = field(repr=False)
    unseen: Floats = field(repr=False)
    deviance: Floats = field(repr=False)
    fitted: Floats = field(repr=False)
    values: Floats = field(repr=False)
    exists: Bools = field(repr=False)

    def criterion(self, each: Floats) -> Floats:
        """Deviance and a price for each term, at minus infinity or not; infinite if not fitted.

        Args:
            each: the price on each table: 2 gives Akaike's criterion up to what models share.
        """
        return np.where(self.exists, self.deviance + each * self.members.sum(axis=0), np.inf)

    @property
    def aic(self) -> Floats:
        """Akaike's criterion up to what models of a table share, B; infinite if not fitted."""
        return self.criterion(np.full(len(self.unseen), 2.0))

    def put(self, rows: Whole, other: "Refits", of: Whole) -> None:
        """Write fits of other models to the tables `rows` in their place; `of` are theirs."""
        self.members[:, rows], self.values[:, rows] = other.members[:, of], other.values[:, of]
        self.unseen[rows], self.deviance[rows] = other.unseen[of], other.deviance[of]
        self.fitted[rows], self.exists[rows] = other.fitted[of], other.exists[of]


def refit(members: Bools, tables: Floats, start: Floats | None = None) -> Refits:
    """Fit to each table a model of its own.

    Args:
        members: terms of each model, the empty set too, 2^J x B.
        tables: B x 2^J - 1 counts in the order of keys.
        start: parameters to begin from, 2^J x B, for instance of a smaller model; 0 where unknown.
    """
    counts = np.vstack([np.zeros(len(tables)), tables.T])
    reduced = reduce_each(counts > 0, members)
    found = Refits(
        members=members.copy(),
        unseen=np.full(len(tables), np.inf),
        deviance=np.full(len(tables), np.inf),
        fitted=np.zeros(tables.shape),
        values=np.full(counts.shape, -np.inf),
        exists=np.zeros(len(tables), dtype=np.bool_),
    )
    for rows, sets in by_size(reduced.terms, np.flatnonzero(reduced.standing == Standing.FITTED)):
        cells = reduced.cells[:, rows]
        begin = None if start is None else np.take_along_axis(start[:, rows], sets, axis=0)
        values, _, arrived = maximise(counts[:, rows], sets, cells, begin)
        expected = means(values, sets, cells)
        arrived &= _bounded(values, counts[:, rows])
        found.values[sets, rows[None, :]] = values
        found.fitted[rows] = expected[1:].T
        found.exists[rows] = arrived
        found.unseen[rows[arrived]] = np.exp(values[-1, arrived])
        found.deviance[rows] = deviance(counts[:, rows], expected)
    return found


def wald(found: Refits, terms: Whole) -> Floats:
    """Two-sided probability of a parameter so many standard errors from nothing, B.

    A parameter of minus infinity has no standard error and is never significant.

    Args:
        found: B fits.
        terms: the parameter of each.
    """
    chances = np.ones(len(terms))
    lists = len(found.values).bit_length() - 1
    for row, term in enumerate(terms):
        if not found.exists[row] or not np.isfinite(found.values[term, row]):
            continue
        free = np.flatnonzero(np.isfinite(found.values[:, row]))
        design = columns(lists, free)
        information = design.T @ (design * found.fitted[row][:, None])
        spread = np.linalg.pinv(information, hermitian=True)
        at = int(np.searchsorted(free, term))
        size = abs(found.values[term, row]) / np.sqrt(max(float(spread[at, at]), 1e-300))
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
