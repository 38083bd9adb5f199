"""The word lists of one language, read from `data/XX.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from khronika.coding.slavic.declension import Declension, read_declensions
from khronika.coding.slavic.penalties import Penalties


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What a coder knows of one language's words; lemmas in small letters with ё as е."""

    language: str
    authority: frozenset[str]
    person_authority: frozenset[str]
    staff: frozenset[str]
    court: frozenset[str]
    organisation: frozenset[str]
    media: frozenset[str]
    group: frozenset[str]
    titled: frozenset[str]
    things_animate: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    pronouns: dict[str, tuple[str, str]]  # "он" -> ("Masc", "Sing")
    possessives: dict[str, tuple[str, str]]
    relative: frozenset[str]
    reflexive: frozenset[str]
    first: frozenset[str]
    numbers: dict[str, int]
    loose: dict[str, int]
    scales: dict[str, int]
    about: frozenset[str]
    least: frozenset[str]
    most: frozenset[str]
    many: frozenset[str]
    say: frozenset[str]
    telling: frozenset[str]
    deny: frozenset[str]
    false: frozenset[str]
    according: frozenset[str]
    documents: frozenset[str]
    negation: frozenset[str]
    attempt: frozenset[str]
    attempt_nouns: frozenset[str]
    threaten: frozenset[str]
    threat_nouns: frozenset[str]
    plan: frozenset[str]
    plan_nouns: frozenset[str]
    possible: frozenset[str]
    possible_words: frozenset[str]
    demand: frozenset[str]
    demand_nouns: frozenset[str]
    mark_none: frozenset[str]
    circumstance: frozenset[str]
    support: frozenset[str]
    place_prepositions: frozenset[str]
    facility: frozenset[str]
    moving: frozenset[str]
    words: dict[str, frozenset[str]]  # the rest, by name
    declensions: tuple[Declension, ...]
    fixed: re.Pattern[str]  # family names that never change
    penalties: Penalties


@cache
def tongue(language: str) -> Tongue:
    """The bundled word lists of a language, read once."""
    file = resources.files("khronika.coding.slavic") / "data" / f"{language}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    bodies, names, say, places = (data[k] for k in ("bodies", "names", "say", "places"))
    numbers = data["numbers"]
    lists = {key: _set(words) for key, words in {**bodies, **names, **data["modality"]}.items()}
    return Tongue(
        language=language,
        pronouns=_graded(data["pronouns"]),
        possessives=_graded(data["possessives"]),
        relative=_set(data["other_pronouns"]["relative"]),
        reflexive=_set(data["other_pronouns"]["reflexive"]),
        first=_set(data["other_pronouns"]["first"]),
        numbers=_counted(numbers["words"]),
        loose=_counted(numbers["loose"]),
        scales=_counted(numbers["scales"]),
        **{key: _set(numbers[key]) for key in ("about", "least", "most", "many")},
        say=_set(say["verbs"]),
        **{key: _set(say[key]) for key in ("telling", "deny", "false", "according", "documents")},
        place_prepositions=_set(places["prepositions"]),
        facility=_set(places["facility"]),
        moving=_set(places["moving"]),
        declensions=read_declensions(data.get("declension", [])),
        fixed=re.compile(data["fixed"]["family"]),
        penalties=Penalties.read(data["penalty"]),
        words={key: _set(words) for key, words in data.get("lists", {}).items()},
        **lists,
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


def _counted(words: str) -> dict[str, int]:
    pairs = (word.split("=") for word in words.split())
    return {word.replace("_", " "): int(value) for word, value in pairs}


def _graded(table: dict[str, Any]) -> dict[str, tuple[str, str]]:
    found = {}
    for word, said in table.items():
        gender, number = str(said).split()
        found[word] = (gender, number)
    return found
