"""Ways of the codebook that reviewers often reject: surely often, not by a few chances."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5  # rulings
SURE: Final = 1.645  # standard deviations: so that one in twenty is wrong
OFTEN: Final = 0.25  # of what it found, at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What reviewers ruled on the acts that one way found."""

    rule: str
    kind: str
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OftenRejected:
    """A way that is often rejected.

    Attributes:
        ruled: on what it found.
        least: the share that is surely rejected, at the least.
        remedy: what to do about it.
    """

    ruled: Ruled
    least: float
    remedy: str


def often_rejected(ruled: Iterable[Ruled]) -> tuple[OftenRejected, ...]:
    """Those of some ways that are often rejected, the surest first."""
    found = [
        OftenRejected(ruled=each, least=share, remedy=_remedy(each))
        for each in ruled
        if (share := least_share(each.rejected, each.accepted)) >= OFTEN
    ]
    return tuple(sorted(found, key=lambda each: (-each.least, each.ruled.rule, each.ruled.kind)))


def least_share(rejected: int, accepted: int) -> float:
    """The share that is rejected, at the least: Wilson's lower bound (1927); 0 of too few."""
    number = rejected + accepted
    if number < LEAST or not rejected:
        return 0.0
    share, square = rejected / number, SURE**2
    middle = share + square / (2 * number)
    spread = SURE * math.sqrt(share * (1 - share) / number + square / (4 * number**2))
    return max(0.0, (middle - spread) / (1 + square / number))


def _remedy(ruled: Ruled) -> str:
    if not ruled.accepted:
        return (
            "nothing that it found was accepted: take the way out in a codebook of your own, or put"
            " what the rejected sentences share in its 'unless'"
        )
    return (
        "compare what was rejected with what was accepted, and put the word that makes the"
        " difference in 'unless' or 'object_not' of the way in a codebook of your own"
    )
