"""What the samplers of the latent class model share: the model, and what they give back."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentClassModel:
    """People fall into classes; inside a class the lists catch them independently.

    Attributes:
        histories: cells x lists.
        counts: people of each cell.
        classes: most classes that can be in use.
        prior_lambda: a and b of Beta(a, b), the prior of every rate of capture.
        prior_alpha: shape and rate of Gamma, the prior of the concentration of the classes.
        most_unseen: draws have at most so many people on no list.
    """

    histories: NDArray[np.bool_] = field(repr=False)
    counts: Integers = field(repr=False)
    classes: int
    prior_lambda: tuple[float, float]
    prior_alpha: tuple[float, float]
    most_unseen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is kept of a run, each chains x draws.

    Attributes:
        unseen: people on no list.
        alpha: concentration of the classes.
        occupied: classes that have anybody.
        above: iterations, of all chains, whose first draw lay above the cap.
    """

    unseen: Integers
    alpha: Floats
    occupied: Integers
    above: int

    def joined(self, later: "Batch") -> "Batch":
        """This one with a later one of the same chains."""
        return Batch(
            unseen=np.concatenate([self.unseen, later.unseen], axis=1),
            alpha=np.concatenate([self.alpha, later.alpha], axis=1),
            occupied=np.concatenate([self.occupied, later.occupied], axis=1),
            above=self.above + later.above,
        )

    def thinned(self) -> "Batch":
        """Every second draw."""
        return Batch(
            unseen=self.unseen[:, 1::2],
            alpha=self.alpha[:, 1::2],
            occupied=self.occupied[:, 1::2],
            above=self.above,
        )

    def since(self, draw: int) -> "Batch":
        """Without the draws before one."""
        return Batch(
            unseen=self.unseen[:, draw:],
            alpha=self.alpha[:, draw:],
            occupied=self.occupied[:, draw:],
            above=self.above,
        )


class Chains(Protocol):
    """Chains of one sampler, which go on from where they stand."""

    def advance(self, kept: int, thin: int) -> Batch:
        """Draw `kept` times `thin` more iterations in each chain, and keep every `thin`-th."""
        ...
