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

from khronika.estimation.existence import by_size, membership, reduce
from khronika.estimation.fitting import deviance, maximise, means
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
        far (a difference of BIC above 10), nor one for a list that lies within another, and no
        pair of lists shares so many or so few people that the model holds it for impossible. Else
        lists of such pairs, or without them any that lie within another, are made one: False if
        the number then stays in its interval, so that what is unexplained does not matter; True
        if it does not, or if there are none.
    """
    tables = t.dense[None].astype(np.float64)
    fit = refit(membership([model]), tables)
    if not fit.exists[0]:
        return False
    price = math.log(max(t.n, 1))
    spare = tables.shape[1] - int(fit.members[:, 0].sum())
    far = fit.deviance[0] - spare * price > VERY_STRONG
    pairs = np.array(pairs_of(len(t.lists)), dtype=np.int64)
    pairs = pairs[~fit.members[pairs, 0]]
    within = _within(t, pairs)
    on = columns(len(t.lists), pairs)
    impossible = poisson_tail(tables[0] @ on, fit.fitted[0] @ on) < CHANCE
    for place in np.flatnonzero(within):
        gain = fit.deviance[0] - _nested(t, model, int(pairs[place]))
        impossible[place] |= gain - price > VERY_STRONG
    if not far and not impossible.any():
        return False
    joined = impossible if impossible.any() else within
    if not joined.any():
        return True
    other = number(_merged(t, pairs[joined & within], pairs[joined & ~within]))
    lower, upper = interval()
    return other is None or not lower <= other <= upper


def _within(t: CaptureTable, pairs: Whole) -> Bools:
    """Pairs of which everybody on one list is on the other."""
    places = [lists_of(pair) for pair in pairs.tolist()]
    shared = [t.overlap[i, j] == min(t.sizes[i], t.sizes[j]) for i, j in places]
    return np.array(shared, dtype=np.bool_)


def _nested(t: CaptureTable, model: Model, pair: int) -> float:
    """Deviance of a model with a parameter more, for the list of a pair that lies within the other.

    The parameter grows without end. In the limit nobody is on the smaller list without the larger,
    so these cells are left out.
    """
    inner = _inner(t, pair)
    counts = np.concatenate([[0.0], t.dense])[:, None]
    reduced = reduce(counts > 0, membership([model]))
    _, terms = next(by_size(reduced.terms, np.zeros(1, dtype=np.int64)))
    keys = np.arange(len(counts))
    cells = reduced.cells & ((keys & pair) != 1 << inner)[:, None]
    values, _, _ = maximise(counts, terms, cells)
    return float(deviance(counts, means(values, terms, cells))[0])


def _inner(t: CaptureTable, pair: int) -> int:
    """Of two lists, one within the other, the smaller."""
    first, second = lists_of(pair)
    return first if t.sizes[first] <= t.sizes[second] else second


def _merged(t: CaptureTable, within: Whole, others: Whole) -> CaptureTable:
    """The table with lists of pairs made one, those within another first: they are left out."""
    gone = {_inner(t, pair) for pair in within.tolist()}
    groups = [{at} for at in range(len(t.lists)) if at not in gone]
    t = t.take([at for at in range(len(t.lists)) if at not in gone])
    for pair in others.tolist():
        joint = set(lists_of(pair))
        places = [place for place, group in enumerate(groups) if group & joint]
        if len(places) > 1:
            unused = max(t.lists, key=len) + "+"
            t = t.merge(places, unused)
            first = set[int]().union(*(groups[place] for place in places))
            groups = [
                first if place == places[0] else group
                for place, group in enumerate(groups)
                if place == places[0] or place not in places
            ]
    return t
