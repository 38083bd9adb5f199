"""Whether the best model that has an estimate describes a table at all.

Where one list is almost a copy of another, the models that allow for it have no finite estimate,
and the best of the others leaves the overlap unexplained: its number is worthless, however narrow
its interval.

Source: Kass & Raftery, "Bayes factors", JASA 90 (1995), for what a difference of BIC means.
"""

import math
from collections.abc import Callable

import numpy as np
from scipy.special import gammainc, gammaincc

from khronika.estimation.existence import membership
from khronika.estimation.lattice import Bools, Floats, Whole
from khronika.estimation.models import Model, lists_of, pairs_of
from khronika.estimation.refitting import columns, refit
from khronika.estimation.results import Interval
from khronika.estimation.table import CaptureTable

VERY_STRONG = 10.0  # a difference of BIC, by Kass and Raftery
CHANCE = 1e-6  # of so many people on both of two lists: less is none


def poisson_tail(shared: Floats, expected: Floats) -> Floats:
    """The smaller of the chances of at most and of at least so many, under a Poisson mean."""
    mean = np.maximum(expected, 1e-300)
    most = gammaincc(shared + 1, mean)
    least = np.where(shared > 0, gammainc(np.maximum(shared, 1), mean), 1.0)
    smaller: Floats = np.minimum(most, least)
    return smaller


def misfits(
    t: CaptureTable,
    model: Model,
    number: Callable[[CaptureTable], float | None],
    interval: Callable[[], Interval],
) -> bool:
    """Whether the best model leaves so much of a table unexplained that its number is worthless.

    Args:
        t: the table.
        model: the best that has an estimate on it.
        number: people in all by the same method on another table; None if it has none.
        interval: of the number that the model gives.

    Returns:
        False if the model explains the table: a parameter for every cell is not worth its price by
        far (a difference of BIC above 10), and no pair of lists shares so many or so few people
        that the model holds it for impossible. Else lists of such pairs, or without them lists
        that lie within another, are made one: False if the number then stays in its interval, so
        that what is unexplained does not matter; True if it does not, or if there are none.
    """
    tables = t.dense[None].astype(np.float64)
    fit = refit(membership([model]), tables)
    if not fit.exists[0]:
        return False
    spare = tables.shape[1] - int(fit.members[:, 0].sum())
    far = fit.deviance[0] - spare * math.log(max(t.n, 1)) > VERY_STRONG
    pairs = np.array(pairs_of(len(t.lists)), dtype=np.int64)
    pairs = pairs[~fit.members[pairs, 0]]
    on = columns(len(t.lists), pairs)
    impossible = poisson_tail(tables[0] @ on, fit.fitted[0] @ on) < CHANCE
    if not far and not impossible.any():
        return False
    joined = pairs[impossible if impossible.any() else _within(t, pairs)]
    other = number(_merged(t, joined)) if len(joined) else None
    lower, upper = interval()
    return other is None or not lower <= other <= upper


def _within(t: CaptureTable, pairs: Whole) -> Bools:
    """Pairs of which everybody on one list is on the other."""
    places = [lists_of(pair) for pair in pairs.tolist()]
    shared = [t.overlap[i, j] == min(t.sizes[i], t.sizes[j]) for i, j in places]
    return np.array(shared, dtype=np.bool_)


def _merged(t: CaptureTable, pairs: Whole) -> CaptureTable:
    """The table with the lists of such pairs made one; pairs that share a list become one list."""
    merged = [{at} for at in range(len(t.lists))]  # which lists each list now has
    for pair in pairs.tolist():
        joint = set(lists_of(pair))
        places = [place for place, group in enumerate(merged) if group & joint]
        if len(places) > 1:
            unused = max(t.lists, key=len) + "+"
            t = t.merge(places, unused)
            first = set[int]().union(*(merged[place] for place in places))
            merged = [
                first if place == places[0] else group
                for place, group in enumerate(merged)
                if place == places[0] or place not in places
            ]
    return t
