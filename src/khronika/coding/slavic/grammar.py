"""The small words of a language without a parser, read from `data/XX-grammar.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What the shallow parser knows of a language; lemmas or forms in small letters."""

    prepositions: dict[str, frozenset[str]]  # with the cases behind each
    words: dict[str, frozenset[str]]

    def __hash__(self) -> int:
        return id(self)


@cache
def grammar(language: str) -> Grammar:
    """The bundled grammar of a language, read once."""
    file = resources.files("khronika.coding.slavic") / "data" / f"{language}-grammar.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Grammar(
        prepositions={word: frozenset(str(c).split()) for word, c in data["prepositions"].items()},
        words={
            name: frozenset(word.replace("_", " ") for word in str(words).split())
            for name, words in data["words"].items()
        },
    )
