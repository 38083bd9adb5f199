"""Names as records of columns, and the neutral model that weighs two of them.

The model (`records` in `text/data/name_model.json`) names columns, levels and weights and no
function of ours: `record_weight` scores it here, `khronika.linking.emit` writes it as SQL and as
settings for Splink, and both give the same number.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import JaroWinkler

from khronika.text.likeness import fathers_sound, surname_gender
from khronika.text.names import Word, read_name
from khronika.text.phonetics import classes
from khronika.text.weights import Evidence, raw_model


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRecord:
    """A name in columns; what is not known is empty.

    Attributes:
        id: tells the record from others.
        surname_sound: the skeleton of the surname.
        surname_head: its consonants in classes.
        surname_start: the first four letters of the skeleton.
        given_key: the group of the given name, or its skeleton.
        given_initial: its first sound.
        father: the skeleton of the father's name.
        gender: "f" or "m".
        place: where it is told of.
        year: of birth.
        surname_share: share of the records that have this surname.
        given_share: share of the records that have this given name.
    """

    id: str
    surname_sound: str = field(default="", repr=False)
    surname_head: str = field(default="", repr=False)
    surname_start: str = field(default="", repr=False)
    given_key: str = field(default="", repr=False)
    given_initial: str = field(default="", repr=False)
    father: str = field(default="", repr=False)
    gender: str = ""
    place: str = field(default="", repr=False)
    year: str = field(default="", repr=False)
    surname_share: float = 1.0
    given_share: float = 1.0


def name_record(id: str, name: str, *, place: str = "", year: str = "") -> NameRecord:  # noqa: A002
    """A name in columns.

    Args:
        id: tells it from others.
        name: as written, in any script.
        place: where it is told of.
        year: of birth.
    """
    read = read_name(name)
    words = [w for w in read.words if not w.patronymic] or list(read.words)
    father = next((w for w in read.words if w.patronymic), None)
    if not words:
        return NameRecord(id=id, place=place, year=year)
    surname = next((w for w in words if not w.listed and not w.initial), words[-1])
    given = next((w for w in words if w is not surname), None)
    return NameRecord(
        id=id,
        surname_sound=surname.skeleton,
        surname_head=classes(surname.skeleton),
        surname_start=surname.skeleton[:4],
        given_key=_given_key(given),
        given_initial=given.skeleton[:1] if given else "",
        father=fathers_sound(father) if father else "",
        gender=read.gender or surname_gender(surname),
        place=place,
        year=year,
    )


def _given_key(word: Word | None) -> str:
    if word is None or word.initial:
        return ""
    return min(word.groups) if word.groups else word.skeleton


def with_shares(records: Sequence[NameRecord]) -> tuple[NameRecord, ...]:
    """Records with how common their surname and given name is among them."""
    surnames = Counter(r.surname_sound for r in records)
    given = Counter(r.given_key for r in records)
    size = max(1, len(records))
    return tuple(
        replace(
            r,
            surname_share=surnames[r.surname_sound] / size,
            given_share=given[r.given_key] / size,
        )
        for r in records
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLevel:
    """One level of a comparison; see the file for what `when` may be."""

    level: str
    when: str
    column: str = ""
    least: float = 0.0
    lacks: str = ""
    share: str = ""
    m: float | None = None
    u: float | None = None

    @property
    def weight(self) -> float:
        """In bits, without the share of the name; 0 for what is missing."""
        if self.m is None:
            return 0.0
        return math.log2(self.m) if self.u is None else math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordModel:
    """The neutral model of records."""

    prior: float
    keys: tuple[tuple[str, ...], ...]
    comparisons: tuple[tuple[str, tuple[RecordLevel, ...]], ...]


@lru_cache(maxsize=1)
def record_model() -> RecordModel:
    """The bundled model, read once."""
    return read_model(raw_model()["records"])


def read_model(raw: Mapping[str, Any]) -> RecordModel:
    """A model from its file, or from one that was trained (`tools/train_names.py`)."""
    return RecordModel(
        prior=raw["prior"],
        keys=tuple(tuple(key) for key in raw["keys"]),
        comparisons=tuple(
            (each["part"], tuple(_level(values) for values in each["levels"]))
            for each in raw["comparisons"]
        ),
    )


def _level(values: Mapping[str, Any]) -> RecordLevel:
    shared = values.get("u") == "share"
    return RecordLevel(**{**values, "u": None}) if shared else RecordLevel(**values)


def record_weight(
    one: NameRecord, other: NameRecord, model: RecordModel | None = None
) -> tuple[float, tuple[Evidence, ...]]:
    """Log-odds to base 2 that two records are one person, and what they are made of."""
    model = model or record_model()
    evidence = tuple(
        Evidence(part, level.level, level.weight + _share(level, one, other))
        for part, levels in model.comparisons
        if (level := levels[level_of(levels, one, other)]).m is not None
    )
    return model.prior + sum(e.weight for e in evidence), evidence


def level_of(levels: Sequence[RecordLevel], one: NameRecord, other: NameRecord) -> int:
    """The place of the first level that holds of two records."""
    return next(i for i, level in enumerate(levels) if _holds(level, one, other))


def _holds(level: RecordLevel, one: NameRecord, other: NameRecord) -> bool:
    if level.when == "else":
        return True
    a, b = getattr(one, level.column), getattr(other, level.column)
    if level.when == "missing":
        return not a or not b
    if level.lacks and getattr(one, level.lacks) and getattr(other, level.lacks):
        return False
    if level.when == "equal":
        return bool(a) and a == b
    return bool(a) and bool(b) and JaroWinkler.similarity(a, b) >= level.least


def _share(level: RecordLevel, one: NameRecord, other: NameRecord) -> float:
    if not level.share:
        return 0.0
    return -math.log2(max(getattr(one, level.share), getattr(other, level.share)))
