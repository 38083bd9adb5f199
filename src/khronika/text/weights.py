"""How much an agreement or a difference says: the weights of Fellegi and Sunter, from one file.

The file (`data/name_model.json`) holds for each level of each field how often it is found among
names of one person (m) and of two people (u). It names no function of ours, so that the same
model can be run elsewhere; `khronika.linking.emit` writes it as SQL.
"""

import json
import math
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from khronika.text.phonetics import skeleton


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one part of two names says on whether they are one person's or one body's.

    Attributes:
        part: which it is: "surname", "patronymic", ...
        level: how it agrees or differs, in words.
        weight: log2 of how many times likelier that is if they are one; negative if they differ.
        values: what stands in each, where something does.
    """

    part: str
    level: str
    weight: float
    values: tuple[str, str] = field(default=("", ""), repr=False)

    def __str__(self) -> str:
        """`surname: the same sound, Navalny ~ Navalnyj (+9.1)`."""
        values = f", {self.values[0]} ~ {self.values[1]}" if any(self.values) else ""
        return f"{self.part}: {self.level}{values} ({self.weight:+.1f})"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a field; the weight is `frequency` bits more where the name itself counts."""

    say: str
    weight: float
    by_frequency: bool


@dataclass(frozen=True, slots=True)
class NameModel:
    """The file, ready to look up."""

    prior: float
    threshold: float
    levels: dict[tuple[str, str], Level]
    surname: float  # bits that an unlisted surname says
    given: float
    rare: float
    shorter: float  # bits less for each letter that a surname is shorter than six
    common: dict[str, float]  # bits by skeleton

    def evidence(
        self, name: str, level: str, values: tuple[str, str] = ("", ""), *, bits: float = 0.0
    ) -> Evidence:
        """The evidence of a level, of a name that says `bits` where its frequency counts."""
        found = self.levels[name, level]
        weight = found.weight + bits if found.by_frequency else found.weight
        return Evidence(name, found.say, weight, values)

    def probability(self, evidence: tuple[Evidence, ...]) -> float:
        """How probable it is that two names with this evidence are one person's."""
        return probability_of(self.prior + sum(e.weight for e in evidence))


def probability_of(weight: float) -> float:
    """The probability that odds of 2 to the power of `weight` stand for."""
    if weight > 60:
        return 1.0
    odds = 2.0 ** max(weight, -60.0)
    return float(odds / (1.0 + odds))


@lru_cache(maxsize=1)
def raw_model() -> dict[str, Any]:
    """The file as it stands."""
    text = resources.files("khronika.text").joinpath("data/name_model.json").read_text("utf-8")
    return dict(json.loads(text))


@lru_cache(maxsize=1)
def name_model() -> NameModel:
    """The bundled model, read once."""
    raw = raw_model()
    levels = {
        (name, level): _level(values)
        for name, table in raw["fields"].items()
        for level, values in table.items()
    }
    shares = raw["frequency"]
    common = {
        skeleton(name): -math.log2(group["share"])
        for group in shares["common"]
        for name in group["names"].split()
    }
    return NameModel(
        prior=raw["prior"],
        threshold=raw["threshold"],
        levels=levels,
        surname=-math.log2(shares["surname"]),
        given=-math.log2(shares["given name"]),
        rare=-math.log2(shares["rare given name"]),
        shorter=shares["bits less per letter under six"],
        common=common,
    )


def _level(values: dict[str, Any]) -> Level:
    counted = values["u"] == "frequency"
    u = 1.0 if counted else values["u"]
    return Level(values["say"], math.log2(values["m"] / u), counted)
