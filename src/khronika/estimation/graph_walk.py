"""Walks among decomposable graphs of many lists, each step a pair of lists joined or parted.

There are too many graphs of seven lists or more to weigh all. A walk that takes each step by the
posterior of the graphs visits each as often as it deserves (MC3, Madigan and York 1995); a step
keeps a graph decomposable if what both lists are joined to parts them, or is joined throughout
(Giudici and Green 1999, Biometrika 86).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln

from khronika.estimation.graphs import members
from khronika.estimation.posterior import Floats
from khronika.estimation.table import CaptureTable

MOST_CLIQUE = 6  # lists that all depend on each other: 64 cells
MOST_CLIMBS = 50  # times that all pairs are tried on a way upward
TINY = 1e-6  # log of a weight: rounding
MOST_KEPT = 6_000  # sets of lists whose likelihoods are remembered

Joined = tuple[int, ...]  # for each list those it is joined to, a number whose bit j is list j


class Margin(NamedTuple):
    """What the likelihood needs of the marginal table of a set of lists.

    Attributes:
        unlisted: people seen on none of them, with the pseudo-count of that cell.
        fixed: the part of the log likelihood that the unseen do not change.
    """

    unlisted: float
    fixed: float


class Margins:
    """The marginal tables of sets of lists, made when they are first wanted.

    Args:
        table: of lists that all have people.
        delta: pseudo-count of a cell of the full table, as a share of 2^-J.
    """

    def __init__(self, table: CaptureTable, delta: float) -> None:
        self.width = len(table.lists)
        self.documented = table.n
        self.total = delta
        self._on = table.histories.astype(np.int64)
        self._counts = table.counts.astype(np.float64)
        self._made: dict[int, Margin] = {}

    def of(self, group: int) -> Margin:
        """The marginal table of a set of lists."""
        if group not in self._made:
            self._made[group] = self._margin(members(group))
        return self._made[group]

    def _margin(self, lists: Sequence[int]) -> Margin:
        cells = 2 ** len(lists)
        keys = self._on[:, list(lists)] @ (1 << np.arange(len(lists)))
        people = np.bincount(keys, weights=self._counts, minlength=cells)
        pseudo = self.total / cells
        fixed = gammaln(people[1:] + pseudo).sum() - cells * gammaln(pseudo) + gammaln(self.total)
        return Margin(float(people[0] + pseudo), float(fixed))


class Scores:
    """Log likelihoods on some numbers of unseen people, of sets of lists and of graphs.

    Args:
        margins: of the table.
        unseen: the numbers, ascending.
        weight: log of the prior of each number, with that of how many numbers it stands for.
    """

    def __init__(self, margins: Margins, unseen: Floats, weight: Floats) -> None:
        people = margins.documented + unseen
        self.unseen = unseen
        self.margins = margins
        self._base: Floats = gammaln(people + 1) - gammaln(unseen + 1) + weight
        self._whole: Floats = gammaln(people + margins.total)
        self._nothing: Floats = np.zeros(len(unseen))
        self._made: dict[int, Floats] = {}

    def group(self, group: int) -> Floats:
        """Of the marginal table of a set of lists; nothing for the empty set."""
        if not group:
            return self._nothing
        found = self._made.get(group)
        if found is None:
            if len(self._made) >= MOST_KEPT:
                self._made.clear()
            margin = self.margins.of(group)
            rise: Floats = gammaln(margin.unlisted + self.unseen)
            found = rise - self._whole + margin.fixed
            self._made[group] = found
        return found

    def gain(self, one: int, other: int, near: int) -> Floats:
        """What joining two lists adds, with `near` what both are joined to."""
        a, b = near | 1 << one, near | 1 << other
        return self.group(a | b) + self.group(near) - self.group(a) - self.group(b)

    def graph(self, joined: Joined) -> Floats:
        """Of a whole graph, with the prior."""
        total = self._base.copy()
        for clique, separator in parts(joined):
            total += self.group(clique) - self.group(separator)
        return total


def parts(joined: Joined) -> Iterator[tuple[int, int]]:
    """Each list with its neighbours left, and these alone, in an order of elimination."""
    left = (1 << len(joined)) - 1
    while left:
        vertex = next(j for j in members(left) if complete(joined, joined[j] & left))
        near = joined[vertex] & left
        yield near | 1 << vertex, near
        left &= ~(1 << vertex)


def cliques(joined: Joined) -> tuple[tuple[int, ...], ...]:
    """The largest sets of lists in which each is joined to each."""
    sets = {clique for clique, _ in parts(joined)}
    largest = (one for one in sets if not any(one & other == one != other for other in sets))
    return tuple(sorted(members(one) for one in largest))


def complete(joined: Sequence[int], group: int) -> bool:
    """Whether each list of a set is joined to each other."""
    return all(not group & ~(joined[j] | 1 << j) for j in members(group))


def parted(joined: Sequence[int], one: int, other: int, near: int) -> bool:
    """Whether every way from one list to another goes through `near`."""
    reached = new = 1 << one
    while new:
        around = 0
        for j in members(new):
            around |= joined[j]
        new = around & ~(reached | near)
        reached |= new
    return not reached >> other & 1


@dataclass(slots=True)
class Walk:
    """A graph that changes pair by pair.

    Attributes:
        scores: that its steps are weighed by.
        joined: for each list those it is joined to.
        score: log likelihood on the numbers of unseen people, with the prior.
        log_weight: of the graph, over all these numbers.
        mass: of each number under the graph; sums to one.
    """

    scores: Scores
    joined: list[int]
    score: Floats = field(repr=False)
    log_weight: float = 0.0
    mass: Floats = field(default_factory=lambda: np.zeros(0), repr=False)

    @classmethod
    def at(cls, scores: Scores, joined: Joined) -> "Walk":
        """A walk that begins at a graph."""
        made = cls(scores=scores, joined=list(joined), score=scores.graph(joined))
        made.log_weight, made.mass = _summed(made.score)
        return made

    def try_pair(self, one: int, other: int, margin: float) -> bool:
        """Join or part two lists if the weight then is above `margin` more than it was.

        Args:
            one: a list.
            other: another.
            margin: log; minus infinity takes any step that keeps the graph decomposable.

        Returns:
            Whether the step was taken.
        """
        there = bool(self.joined[one] >> other & 1)
        near = self.joined[one] & self.joined[other]
        if there:
            allowed = complete(self.joined, near)
        else:
            allowed = near.bit_count() + 2 <= MOST_CLIQUE and parted(self.joined, one, other, near)
        if not allowed:
            return False
        gain = self.scores.gain(one, other, near)
        score = self.score - gain if there else self.score + gain
        log_weight, mass = _summed(score)
        if log_weight <= self.log_weight + margin:
            return False
        self.score, self.log_weight, self.mass = score, log_weight, mass
        self.joined[one] ^= 1 << other
        self.joined[other] ^= 1 << one
        return True

    def try_two(self, first: tuple[int, int], second: tuple[int, int], margin: float) -> bool:
        """Join or part two pairs at once, as `try_pair` does one: a way over a graph of low weight.

        Both ways there and back are as likely to be tried, so the walk stays true.
        """
        before = tuple(self.joined), self.score, self.log_weight, self.mass
        wanted = self.log_weight + margin
        if self.try_pair(*first, margin=-np.inf) and self.try_pair(
            *second, margin=wanted - self.log_weight
        ):
            return True
        self.joined, self.score = list(before[0]), before[1]
        self.log_weight, self.mass = before[2:]
        return False

    def climb(self) -> None:
        """Take every step upward, pair by pair, until none is left."""
        pairs = list(combinations(range(len(self.joined)), 2))
        for _ in range(MOST_CLIMBS):
            if not sum(self.try_pair(one, other, TINY) for one, other in pairs):
                return


def _summed(score: Floats) -> tuple[float, Floats]:
    top = float(score.max())
    mass = np.exp(score - top)
    total = float(mass.sum())
    return top + float(np.log(total)), mass / total
