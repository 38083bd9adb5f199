"""The list of public bodies and large organisations, by every name that they are known by."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from khronika.text.phonetics import plain

_ACRONYM = re.compile(r"[^\W\d_a-zа-яёіїєґў]{2,6}")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Public:
    """A body of the list.

    Attributes:
        code: the first of its names.
        country: whose organ it is, ISO 3166, "" if no state's.
        parent: its name inside a longer one tells of a unit or chapter of it.
    """

    code: str
    country: str
    parent: bool
    names: tuple[str, ...] = field(repr=False)
    shared: tuple[str, ...] = field(repr=False)  # names of others too


@lru_cache(maxsize=1)
def public_bodies() -> tuple[Public, ...]:
    """Every body of the list."""
    text = resources.files("khronika.text").joinpath("data/public_bodies.txt").read_text("utf-8")
    return tuple(_body(line) for line in text.splitlines() if line and not line.startswith("#"))


def _body(line: str) -> Public:
    head, *told = (part.strip() for part in line.split(";"))
    names = tuple(name for name in told if not name.startswith("?"))
    shared = tuple(name[1:] for name in told if name.startswith("?"))
    return Public(names[0], head.rstrip("+").strip("-"), head.endswith("+"), names, shared)


def folded(text: str) -> str:
    """A name as it is looked up: without signs, blanks and accents; a short acronym in capitals."""
    words = [plain(word) for word in _WORD.findall(text)]
    if len(words) > 1 and words[0] in ("the", "le", "la", "les", "el"):
        words = words[1:]
    found = "".join(words)
    return found.upper() if _ACRONYM.fullmatch(text.strip()) else found


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[tuple[Public, bool], ...]]:
    found: dict[str, dict[str, tuple[Public, bool]]] = {}
    for body in public_bodies():
        for names, shared in ((body.names, False), (body.shared, True)):
            for name in names:
                found.setdefault(folded(name), {}).setdefault(body.code, (body, shared))
    return {name: tuple(bodies.values()) for name, bodies in found.items()}


def public_of(name: str, country: str) -> Public | None:
    """The body that a folded name stands for.

    Args:
        name: see `folded`.
        country: that the name or its report tells, "" if none: it decides between namesakes, and
            without it a name that others have too stands for nobody.
    """
    known = _by_name().get(name, ())
    if country:
        if own := next((body for body, _ in known if body.country == country), None):
            return own
        return next((body for body, shared in known if not shared and not body.country), None) or (
            next((body for body, shared in known if not shared), None)
        )
    sure = [body for body, shared in known if not shared]
    return sure[0] if len(sure) == 1 else None


Words = Callable[[str], tuple[frozenset[str], str]]


@lru_cache(maxsize=1)
def by_words(words: Words) -> Mapping[frozenset[str], tuple[tuple[Public, str, bool], ...]]:
    """Bodies by the words of their names as read, with the country that the name says.

    Args:
        words: reads a name into its words and the country that it says.
    """
    found: dict[frozenset[str], list[tuple[Public, str, bool]]] = {}
    for body in public_bodies():
        for names, shared in ((body.names, False), (body.shared, True)):
            for name in names:
                if len(name.split()) > 1:
                    read, country = words(name)
                    row = (body, country, shared)
                    if len(read) > 1 and row not in found.setdefault(read, []):
                        found[read].append(row)
    return {read: tuple(rows) for read, rows in found.items()}
