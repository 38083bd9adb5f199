"""Likelihood of the number of unseen people under decomposable graphs, in closed form.

Madigan and York 1997 (Biometrika 84): cell probabilities have a hyper-Dirichlet prior, so the
likelihood of a graph is that of its cliques divided by that of its separators, each a
Dirichlet-multinomial of a marginal table. Only the cell "on none of the lists" of each such table
depends on how many people are unseen.
"""

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from khronika.estimation.graphs import Graphs

Floats = NDArray[np.float64]

CHUNK = 2**21  # likelihoods held at one time


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marginals:
    """What the likelihood needs of the marginal table of every set of lists.

    Attributes:
        graphs: the graphs weighed.
        documented: people on the lists, n.
        delta: pseudo-count of a cell of the full table.
        unlisted: for each set of lists, people seen on none of them, with the pseudo-count.
        fixed: for each set, the part of the log likelihood that the unseen do not change.
    """

    graphs: Graphs
    documented: int
    delta: float
    unlisted: Floats = field(repr=False)
    fixed: Floats = field(repr=False)

    @classmethod
    def of(cls, dense: NDArray[np.int64], graphs: Graphs, delta: float) -> Self:
        """From the counts of all 2^J - 1 histories in the order of their keys."""
        width = graphs.width
        full = np.concatenate(([0.0], dense.astype(np.float64)))
        box = full.reshape((2,) * width)  # axis width-1-j is list j
        unlisted = np.zeros(2**width)
        fixed = np.zeros(2**width)
        for group in range(1, 2**width):
            gone = tuple(width - 1 - j for j in range(width) if not group >> j & 1)
            margin = box.sum(axis=gone).ravel()
            pseudo = delta * 2.0 ** len(gone)
            unlisted[group] = margin[0] + pseudo
            fixed[group] = gammaln(margin[1:] + pseudo).sum() - len(margin) * gammaln(pseudo)
            fixed[group] += gammaln(delta * 2.0**width)
        return cls(
            graphs=graphs,
            documented=int(dense.sum()),
            delta=delta,
            unlisted=unlisted,
            fixed=fixed,
        )

    @property
    def total_delta(self) -> float:
        """Pseudo-count of the whole table."""
        return self.delta * 2.0**self.graphs.width

    def log_likelihood(self, unseen: Floats, which: NDArray[np.int64]) -> Floats:
        """Log of the probability of the table: graphs asked for x numbers of unseen people."""
        people = self.documented + unseen
        terms = self.graphs.terms[which]
        used = 1 + np.flatnonzero(terms[:, 1:].any(axis=0))
        sets = gammaln(self.unlisted[used, None] + unseen) - gammaln(people + self.total_delta)
        sets += self.fixed[used, None]
        of_graphs = terms[:, used].astype(np.float64) @ sets
        of_graphs += gammaln(people + 1) - gammaln(unseen + 1)
        return np.asarray(of_graphs)

    def falls(self, which: NDArray[np.int64]) -> Floats:
        """By what power of the unseen each graph's likelihood goes, once they are very many."""
        terms = self.graphs.terms[which, 1:].astype(np.float64)
        balance = self.unlisted[1:] - self.documented - self.total_delta
        return np.asarray(terms @ balance + self.documented)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighed:
    """Graphs weighed on numbers of unseen people.

    Attributes:
        unseen: the numbers.
        log_likelihood: of each number, the sum over graphs.
        log_graphs: for each graph, the sum over numbers, with the prior.
        log_last: for each graph, its likelihood at the last number.
    """

    unseen: Floats
    log_likelihood: Floats
    log_graphs: Floats
    log_last: Floats


def weigh(marginals: Marginals, unseen: Floats, which: NDArray[np.int64], prior: Floats) -> Weighed:
    """Sum over graphs at each number of unseen people, and over numbers for each graph.

    Args:
        marginals: of the table.
        unseen: numbers of unseen people, ascending.
        which: places of the graphs.
        prior: log of the prior of each number, with that of how many numbers it stands for.
    """
    total = np.empty(len(unseen))
    sums = np.full(len(which), -np.inf)
    size = max(1, CHUNK // len(which))
    for start in range(0, len(unseen), size):
        part = slice(start, start + size)
        found = marginals.log_likelihood(unseen[part], which)
        top = found.max(axis=0)
        np.exp(found - top, out=found)
        total[part] = top + np.log(found.sum(axis=0))
        most = (top + prior[part]).max()
        if most > -np.inf:
            with np.errstate(divide="ignore"):
                here = np.log(found @ np.exp(top + prior[part] - most))
            sums = np.logaddexp(sums, most + here)
    last = marginals.log_likelihood(unseen[-1:], which)[:, 0]
    return Weighed(unseen=unseen, log_likelihood=total, log_graphs=sums, log_last=last)
