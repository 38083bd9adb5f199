"""What is believed of a number of people after seeing a table: a weight for each number."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from khronika.estimation.errors import EstimationError
from khronika.estimation.results import Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """Weights of numbers of people, or of runs of neighbouring numbers.

    Attributes:
        people: the first number of each run, ascending.
        width: how many numbers each run has.
        mass: the weight of each run.
        tail: the weight of all numbers beyond the last run.
    """

    people: Floats = field(repr=False)
    width: Floats = field(repr=False)
    mass: Floats = field(repr=False)
    tail: float = 0.0

    @property
    def last(self) -> float:
        """The largest number that has a weight."""
        return float(self.people[-1] + self.width[-1] - 1)

    @property
    def middle(self) -> Floats:
        """The middle of each run."""
        return np.asarray(self.people + (self.width - 1) / 2)

    def quantile(self, share: float) -> float:
        """The smallest number that has at least a share of the weight up to it.

        Infinite if so much weight lies beyond the last number.
        """
        reached = np.cumsum(self.mass)
        place = int(np.searchsorted(reached, share - ROUNDING))
        if place == len(reached):
            return math.inf
        before = reached[place] - self.mass[place]
        steps = math.ceil((share - ROUNDING - before) / self.mass[place] * self.width[place])
        return float(self.people[place] + min(max(steps, 1), self.width[place]) - 1)

    def interval(self, level: float) -> Interval:
        """With the same weight beyond each end."""
        return Interval(self.quantile((1 - level) / 2), self.quantile((1 + level) / 2))

    @property
    def median(self) -> float:
        """Half of the weight is at or below it."""
        return self.quantile(0.5)

    @property
    def mean(self) -> float:
        """Of the numbers up to the last."""
        return float(self.middle @ self.mass / self.mass.sum())

    @property
    def mode(self) -> float:
        """The number of most weight; the smallest of several."""
        best = int(np.argmax(self.mass / self.width))
        return float(self.people[best])

    @property
    def relative(self) -> float:
        """The number whose squared error, as a share of the truth, is expected to be smallest."""
        near = 1 / self.middle
        return float(near @ self.mass / (near**2 @ self.mass))

    def draw(self, size: int, seed: int | np.random.Generator) -> Floats:
        """Numbers of people drawn by their weights, the tail left out.

        Args:
            size: how many.
            seed: of the draws; the same seed gives the same numbers.

        Raises:
            EstimationError: if size is not positive.
        """
        if size < 1:
            raise EstimationError(f"{size} draws are no draws", remedy="Ask for at least one.")
        rng = np.random.default_rng(seed)
        reached = np.cumsum(self.mass)
        found = np.searchsorted(reached, rng.random(size) * reached[-1], side="right")
        found = np.minimum(found, len(reached) - 1)
        return np.asarray(self.people[found] + np.floor(rng.random(size) * self.width[found]))


ROUNDING = 1e-12  # of a sum of weights
