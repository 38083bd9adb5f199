"""How sure an act and each of its fillers is: small logistic models over signs, calibrated.

The weights were learned on development reports by `tools/train_confidence.py`; they hold no text.
A filler is right only if its act is: its probability is the act's times its own. What a model has
never seen, such as a way of the user's own codebook, adds nothing, so the other signs decide.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files

from khronika.coding.evidence import Reading, readings_of
from khronika.coding.signs import Signs, of_involvement, of_when, of_where
from khronika.coding.telling import Draft, Reader
from khronika.model.acts import Act, Involvement, Where

FILE = "confidence.json"
LEAST, MOST = 0.01, 0.99  # nothing is impossible, nothing certain


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A logistic model: what each sign adds to the log-odds of being right."""

    weights: Mapping[str, float] = field(repr=False)

    def chance(self, signs: Iterable[str]) -> float:
        """The probability of being right, from the signs that hold."""
        score = sum(self.weights.get(sign, 0.0) for sign in signs)
        return min(MOST, max(LEAST, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """The models of one coder."""

    act: Judge
    involvement: Judge
    when: Judge
    where: Judge


@lru_cache(maxsize=1)
def judges() -> Judges:
    """The models that come with the package."""
    data = files("khronika.coding").joinpath("data", FILE).read_text("utf-8")
    return judges_from(json.loads(data)["weights"])


def judges_from(weights: Mapping[str, Mapping[str, float]]) -> Judges:
    """The models of a table of weights, one a part of an act."""
    return Judges(**{name: Judge(weights=table) for name, table in weights.items()})


def weighed(acts: Sequence[Act], told: Sequence[Draft], reader: Reader) -> tuple[Act, ...]:
    """The acts of a report, each with what it was read from and how sure it and its fillers are.

    Args:
        acts: as assembled.
        told: the tellings that they were assembled from.
        reader: what the coder knows of the report.
    """
    readings = readings_of(acts, told, reader)
    signs, models = Signs(readings, reader.lexicon), judges()
    return tuple(
        weigh(reading, signs, models) if (reading := readings.get(act.id)) else act for act in acts
    )


def weigh(reading: Reading, signs: Signs, models: Judges) -> Act:
    """One act with its evidence, paths and probabilities."""
    act = reading.act
    sure = models.act.chance(signs.of_act(reading))
    return replace(
        act,
        confidence=_rounded(sure),
        evidence=reading.evidence(),
        involvements=tuple(_involved(reading, sure, models)),
        when=replace(act.when, confidence=_rounded(sure * models.when.chance(of_when(reading))))
        if act.when.edtf
        else act.when,
        where=tuple(_placed(reading, sure, models)),
    )


def _involved(reading: Reading, sure: float, models: Judges) -> Iterable[Involvement]:
    for one, found in zip(reading.act.involvements, reading.involved, strict=True):
        own = models.involvement.chance(of_involvement(one, found, reading))
        yield replace(one, path=found.words(), confidence=_rounded(sure * own))


def _placed(reading: Reading, sure: float, models: Judges) -> Iterable[Where]:
    for at, (one, found) in enumerate(zip(reading.act.where, reading.where, strict=True)):
        own = models.where.chance(of_where(at, reading))
        yield replace(one, path=found.words()[:1], confidence=_rounded(sure * own))


def _rounded(chance: float) -> float:
    """Three digits: no model of this size knows more, and records stay the same everywhere."""
    return round(chance, 3)
