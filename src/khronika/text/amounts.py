"""Amounts in words: `7 років колонії` and `six years in a colony` cannot both hold."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_LONGEST = 300  # characters of a penalty that are looked at

_GROUPED = r"\d{1,3}(?:[ ,\u00a0.]\d{3})+"  # 129,220
_TOKEN = re.compile(rf"{_GROUPED}(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_PAST_MAIN = re.compile(
    r"\b(?:then|followed by|probation|suspended|plus|after which"
    r"|затем|условно|потом|потім|умовно)\b"
)
_UP_TO = re.compile(r"\b(?:up to|as many as|до|between|from|или|or|об'єднано)\b")


@dataclass(frozen=True, slots=True)
class Penalty:
    """The amounts of a penalty by what they are counted in: days, lashes, a currency."""

    amounts: tuple[tuple[str, float], ...] = ()

    def disagrees(self, other: "Penalty") -> bool:
        """True if both state an amount of one sort and the amounts are not the same."""
        theirs = dict(other.amounts)
        return any(k in theirs and abs(theirs[k] - v) > 0.02 * max(v, 1) for k, v in self.amounts)


@lru_cache(maxsize=8192)
def read_penalty(text: str) -> Penalty:
    """Read the first amount of each sort in a penalty; bounds ("up to six years") give none.

    Args:
        text: the words of a penalty, in English, Russian or Ukrainian.
    """
    lower = text[:_LONGEST].casefold().replace("’", "'")
    if _UP_TO.search(lower):
        return Penalty()
    main = _PAST_MAIN.split(lower)[0]
    return Penalty(tuple(sorted(_amounts(_TOKEN.findall(main)).items())))


@lru_cache(maxsize=1)
def _tables() -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, str, float], ...]]:
    """Stems of numbers and of units, longest first."""
    text = resources.files("khronika.text").joinpath("data/amounts.toml").read_text("utf-8")
    data = tomllib.loads(text)
    numbers = [(stem, float(n)) for n, stems in data["numbers"].items() for stem in stems]
    units = [(s, u["sort"], float(u["size"])) for u in data["unit"] for s in u["stems"]]
    return (
        tuple(sorted(numbers, key=lambda n: -len(n[0]))),
        tuple(sorted(units, key=lambda u: -len(u[0]))),
    )


@lru_cache(maxsize=4096)
def number_of(word: str) -> float | None:
    """The number that a word or a run of digits stands for, if any."""
    if word[:1].isdigit():
        if re.fullmatch(_GROUPED, word):
            return float(re.sub(r"\D", "", word))
        plain = re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", word)  # not "1.30pm", "2nd", "²"
        return float(word.replace(",", ".")) if plain else None
    return next((n for stem, n in _tables()[0] if _begins(word, stem)), None)


def _unit(word: str) -> tuple[str, float] | None:
    return next(((sort, n) for stem, sort, n in _tables()[1] if _begins(word, stem)), None)


def _begins(word: str, stem: str) -> bool:
    """True if a word begins with a stem, or is it where a bar closes the stem."""
    return word == stem[:-1] if stem.endswith("|") else word.startswith(stem)


def _amounts(tokens: list[str]) -> dict[str, float]:
    """Each sort's first amount; months after years belong to the same term."""
    found: dict[str, float] = {}
    pending: float | None = None
    before = ""
    for token in tokens:
        unit = _unit(token)
        number = None if unit else number_of(token)
        if number is not None:
            pending = number if pending is None or number >= pending else pending + number
        elif unit and pending is not None:
            sort, size = unit
            if sort not in found or (before == "time" and size < 365):
                found[sort] = found.get(sort, 0) + pending * size
            pending, before = None, sort
    return found
