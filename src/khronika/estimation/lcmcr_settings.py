"""What the latent class model is asked for."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from khronika.estimation.errors import EstimationError, MissingPartError

Engine = Literal["numba", "numpy"]

BURN = 0.25  # of the iterations of each chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What was asked for; see `lcmcr`."""

    classes: int
    chains: int
    draws: int | None
    burn: int | None
    cap: float | None
    prior_lambda: tuple[float, float]
    prior_alpha: tuple[float, float]
    seed: int
    engine: Engine
    rough: bool = False

    def __post_init__(self) -> None:
        """Refuse what no sampler can do."""
        _whole("K", self.classes, 1, 1000)
        _whole("chains", self.chains, 2, 256)
        _whole("seed", self.seed, 0, 2**63)
        if self.draws is not None:
            _whole("draws", self.draws, 100, 10**9)
        if self.burn is not None:
            _whole("burn", self.burn, 0, 10**9)
        for name, pair in (("prior_lambda", self.prior_lambda), ("prior_alpha", self.prior_alpha)):
            if not all(1e-3 <= one <= 1e6 for one in pair):
                raise EstimationError(
                    f"{name} is {pair!r}",
                    remedy="Give two numbers between 0.001 and 1,000,000.",
                )
        if self.cap is not None and not 0 < self.cap <= 1e6:
            raise EstimationError(
                f"cap is {self.cap!r}",
                remedy="Give how many times those documented may be on no list: cap=20.",
            )

    def said(self) -> dict[str, str]:
        """The settings as words, for the provenance."""
        return {
            "K": str(self.classes),
            "chains": str(self.chains),
            "draws": "until they agree" if self.draws is None else str(self.draws),
            "burn": f"{BURN:.0%}" if self.burn is None else str(self.burn),
            "cap": "none" if self.cap is None else f"{self.cap:g} times the documented",
            "prior_lambda": "Beta({:g}, {:g})".format(*self.prior_lambda),
            "prior_alpha": "Gamma({:g}, {:g})".format(*self.prior_alpha),
            "prior_N": "1/N",
            "engine": self.engine,
        }


def engine_of(asked: Engine | None) -> Engine:
    """The engine asked for, or the better one that is installed."""
    if asked not in (None, "numba", "numpy"):
        raise EstimationError(f"engine is {asked!r}", remedy="Give 'numba' or 'numpy'.")
    there = importlib.util.find_spec("numba") is not None
    if asked == "numba" and not there:
        raise MissingPartError(
            "The compiled sampler needs numba, which is not installed",
            remedy="Install khronika[estimation], or draw with engine='numpy'.",
        )
    if asked is None:
        return "numba" if there else "numpy"
    return asked


def pair_of(name: str, given: Sequence[float]) -> tuple[float, float]:
    """Two numbers, or an error that names them."""
    try:
        first, second = (float(one) for one in given)
    except (TypeError, ValueError):
        raise EstimationError(f"{name} is {given!r}", remedy="Give two numbers.") from None
    return first, second


def _whole(name: str, given: object, least: int, most: int) -> None:
    whole = isinstance(given, int | np.integer) and not isinstance(given, bool)
    if not whole or not least <= int(str(given)) <= most:
        raise EstimationError(
            f"{name} is {given!r}", remedy=f"Give a whole number from {least} to {most:,}."
        )
