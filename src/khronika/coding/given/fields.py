"""Single values out of plain JSON data, each refused in words that say what to write instead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from khronika.errors import KhronikaError
from khronika.model.acts import Count, Listed
from khronika.text.amounts import number_of

LONGEST_WORDS = 2_000
MOST = 1_000  # items of one list
GREATEST = 10**9
LEAST = re.compile(r"\b(?:at least|more than|over|min\.?)\s", re.IGNORECASE)
ABOUT = re.compile(r"\b(?:about|around|some|nearly|almost|roughly|approximately|ca\.?)\s|~", re.I)
NUMBER = re.compile(r"\d{1,3}(?:[ ,.\u00a0]\d{3})+|\d+|[^\W\d_]+")

Choice = TypeVar("Choice", bound=StrEnum)


class GivenError(KhronikaError):
    """A line of hand-coded acts that cannot go in, or a value of it that cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of the report and where they are said to stand, which may be wrong or not known."""

    exact: str = field(repr=False)
    start: int | None = None
    end: int | None = None


def known_keys(data: Any, known: frozenset[str], what: str) -> None:
    """Refuse what is no object, and keys that nothing reads: one may be misspelt.

    Raises:
        GivenError: it is no object, or has another key.
    """
    if not isinstance(data, dict):
        raise GivenError(f"A {what} is no JSON object.", remedy="write it as {...}.")
    other = sorted(str(key)[:40] for key in data.keys() - known)
    if other:
        raise GivenError(
            f"A {what} has the unknown key `{other[0]}`.",
            remedy=f"use: {', '.join(sorted(known))}.",
        )


def words(data: Mapping[str, Any], key: str) -> str:
    """A text, white space folded; "" where there is none.

    Raises:
        GivenError: it is no text, or a very long one.
    """
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_WORDS:
        raise GivenError(f"`{key}` is no short text.", remedy="give it as one, in quotes.")
    return " ".join(value.split())


def texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Several texts; a single one may stand by itself."""
    found = (words({key: each}, key) for each in several(data, key))
    return tuple(dict.fromkeys(each for each in found if each))


def several(data: Mapping[str, Any], key: str) -> list[Any]:
    """The items of a list; what is no list is one item, null is none.

    Raises:
        GivenError: the list is very long.
    """
    value = data.get(key)
    if value is None or value == "":
        return []
    found = value if isinstance(value, list) else [value]
    if len(found) > MOST:
        raise GivenError(f"`{key}` has more than {MOST:,} items.", remedy="part the line.")
    return found


def quoted(data: Mapping[str, Any], key: str) -> Quoted | None:
    """A quotation: a text, or an object with `exact` and perhaps `start` and `end`.

    Raises:
        GivenError: it is neither.
    """
    value = data.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = {"exact": value}
    if not isinstance(value, dict) or not isinstance(value.get("exact"), str):
        raise GivenError(
            f"`{key}` quotes nothing.", remedy='write "..." or {"exact": "..."} there.'
        )
    exact = value["exact"]
    if not exact.strip() or len(exact) > LONGEST_WORDS:
        raise GivenError(f"`{key}` is no short quotation.", remedy="quote a few words.")
    return Quoted(exact=exact, start=_offset(value, "start"), end=_offset(value, "end"))


def _offset(data: Mapping[str, Any], key: str) -> int | None:
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def one_of(data: Mapping[str, Any], key: str, choices: type[Choice]) -> Choice | None:
    """One of a few words, None where nothing is said.

    Raises:
        GivenError: it is another word.
    """
    said = words(data, key).lower().replace("_", "-")
    if not said:
        return None
    if said not in set(choices):
        raise GivenError(f"`{key}` is unknown.", remedy=f"use one of: {', '.join(choices)}.")
    return choices(said)


def number(data: Mapping[str, Any], key: str) -> int | None:
    """A whole number, None where nothing is said.

    Raises:
        GivenError: it is something else.
    """
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < GREATEST:
        raise GivenError(f"`{key}` is no whole number.", remedy="write digits, without quotes.")
    return value


def chance(data: Mapping[str, Any]) -> float | None:
    """A probability, None where none is given.

    Raises:
        GivenError: it is not between 0 and 1.
    """
    value = data.get("confidence")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise GivenError("`confidence` is no probability.", remedy="give a number from 0 to 1.")
    return float(value)


def counted(data: Mapping[str, Any]) -> Count | None:
    """How many: 5, "at least 5", "about 5", or {"least": 5, "most": 7}.

    Raises:
        GivenError: it is none of these.
    """
    value = data.get("count")
    if value is None:
        return None
    if isinstance(value, str):
        return count_in_words(value)
    if isinstance(value, dict):
        known_keys(value, frozenset({"least", "most", "approximate"}), "count")
        least, most = number(value, "least"), number(value, "most")
        return Count(least=least, most=most, approximate=value.get("approximate") is True)
    exact = number(data, "count")
    return Count(least=exact, most=exact)


def count_in_words(said: str) -> Count:
    """'at least 5', 'about a hundred'.

    Raises:
        GivenError: they hold no number, or several.
    """
    found = {n for word in NUMBER.findall(said[:100]) if (n := number_of(word.lower()))}
    if len(found) != 1 or (value := found.pop()) != int(value):
        raise GivenError(
            "`count` is no number.", remedy='write 5, "at least 5", "about 5" or {"least": 5}.'
        )
    least = int(value)
    if LEAST.search(said):
        return Count(least=least)
    if ABOUT.search(said):
        return Count(least=least, most=least, approximate=True)
    return Count(least=least, most=least)


def listed(data: Mapping[str, Any]) -> Listed | None:
    """A list that names fewer than it states.

    Raises:
        GivenError: it is not {"stated": 15, "named": 5}.
    """
    value = data.get("listed")
    if value is None:
        return None
    known_keys(value, frozenset({"stated", "named"}), "list")
    stated, named = number(value, "stated"), number(value, "named")
    if stated is None or named is None:
        raise GivenError("`listed` lacks a number.", remedy='write {"stated": 15, "named": 5}.')
    return Listed(stated=stated, named=named)
