"""What people are called who are not named: `students`, `студенты`, `their supporters`."""

import re
import tomllib
from functools import lru_cache
from importlib import resources

from khronika.text.amounts import number_of
from khronika.text.phonetics import skeleton

_LONGEST = 16  # words of a description that are looked at
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", re.UNICODE)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]], frozenset[str]]:
    text = resources.files("khronika.text").joinpath("data/crowds.toml").read_text("utf-8")
    data = tomllib.loads(text)
    whole: dict[str, str] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for concept, entries in data["concepts"].items():
        for entry in entries:
            if entry.endswith("|"):
                whole[entry[:-1]] = concept
            else:
                stems.setdefault(entry[:3], []).append((entry, concept))
    for entries in stems.values():
        entries.sort(key=lambda pair: (-len(pair[0]), pair))
    return whole, stems, frozenset(data["words"]["passed_over"])


@lru_cache(maxsize=16384)
def crowd(text: str) -> frozenset[str]:
    """The concepts that a description names; of other words the sounds, marked by a star.

    Args:
        text: a description in English, Russian or Ukrainian, as written.

    Returns:
        The same for `five students` and `пять студентов`; empty if nothing is said.
    """
    whole, stems, skip = _tables()
    found = set()
    for match in list(_WORD.finditer(text.casefold()))[:_LONGEST]:
        word = match.group()
        if word in skip or number_of(word) is not None:
            continue
        concept = whole.get(word) or next(
            (c for stem, c in stems.get(word[:3], ()) if word.startswith(stem)), ""
        )
        found.add(concept or "*" + skeleton(word))
    known = frozenset(w for w in found if not w.startswith("*"))
    return known or frozenset(found)
