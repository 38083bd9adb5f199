"""Linear models with hashed features, kept in one small file."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from khronika.coding.learned.features import Features, bucket
from khronika.errors import KhronikaError

FILE = "weights.bin"


class WeightsError(KhronikaError):
    """The weights of the learned part are missing or broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """One linear model: a row of weights for each bucket in use, a column for each outcome."""

    outcomes: tuple[str, ...]
    buckets: NDArray[np.int32] = field(repr=False)  # ascending
    weights: NDArray[np.float32] = field(repr=False)

    def scores(self, features: Features) -> NDArray[np.float64]:
        """The score of each outcome, before it is made a probability."""
        return np.asarray(sum(self.parts(features).values()), dtype=np.float64) + np.zeros(
            len(self.outcomes)
        )

    def parts(self, features: Features) -> dict[str, NDArray[np.float64]]:
        """What each feature adds to the scores."""
        names = list(features.values)
        wanted = np.array([bucket(name) for name in names], dtype=np.int32)
        at = np.minimum(np.searchsorted(self.buckets, wanted), len(self.buckets) - 1)
        return {
            name: self.weights[row].astype(np.float64) * features.values[name]
            for name, row, want in zip(names, at, wanted, strict=True)
            if self.buckets[row] == want
        }

    def each(self, features: Features) -> dict[str, float]:
        """The probability of each outcome, where several may hold."""
        found = 1.0 / (1.0 + np.exp(-self.scores(features)))
        return dict(zip(self.outcomes, found.tolist(), strict=True))

    def one(self, features: Features) -> dict[str, float]:
        """The probability of each outcome, where one of them holds."""
        scores = self.scores(features)
        found = np.exp(scores - scores.max())
        return dict(zip(self.outcomes, (found / found.sum()).tolist(), strict=True))

    def yes(self, features: Features) -> float:
        """The probability of the only outcome."""
        return next(iter(self.each(features).values()))


def pack(models: Mapping[str, Linear]) -> bytes:
    """The models as one file: a line of JSON, then buckets and weights, compressed."""
    head = {
        name: {"outcomes": model.outcomes, "buckets": len(model.buckets)}
        for name, model in models.items()
    }
    body = b"".join(
        np.diff(model.buckets, prepend=np.int32(0)).astype("<i4").tobytes()
        + model.weights.astype("<f2").tobytes()
        for model in models.values()
    )
    return json.dumps(head).encode() + b"\n" + zlib.compress(body, 9)


def unpack(data: bytes) -> dict[str, Linear]:
    """The models of a file that `pack` made.

    Raises:
        WeightsError: it is broken.
    """
    try:
        head, _, rest = data.partition(b"\n")
        body, at, found = zlib.decompress(rest), 0, {}
        for name, entry in json.loads(head).items():
            found[name] = _model(body, at, entry["outcomes"], entry["buckets"])
            at += entry["buckets"] * (4 + 2 * len(entry["outcomes"]))
    except (ValueError, KeyError, zlib.error) as error:
        raise WeightsError(
            "The weights of the learned part cannot be read.", remedy="install khronika again."
        ) from error
    return found


def _model(body: bytes, at: int, outcomes: Sequence[str], rows: int) -> Linear:
    steps = np.frombuffer(body, "<i4", rows, at)
    weights = np.frombuffer(body, "<f2", rows * len(outcomes), at + 4 * rows)
    return Linear(
        outcomes=tuple(outcomes),
        buckets=np.cumsum(steps, dtype=np.int32),
        weights=weights.astype(np.float32).reshape(rows, len(outcomes)),
    )


@lru_cache(maxsize=1)
def models() -> dict[str, Linear]:
    """The models that come with the package."""
    table = files("khronika.coding.learned") / FILE
    if not table.is_file():
        raise WeightsError(
            "The weights of the learned part are missing.", remedy="install khronika again."
        )
    return unpack(table.read_bytes())
