"""Links as kept parts: "changes.00000001" and so on, each what one linking changed, or a piece."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from khronika.model.ids import canonical
from khronika.model.links import LinkChanges
from khronika.model.plain import from_plain, to_plain

LINKS = "links"  # the subject
PREFIX = "changes."
LAST = 99_999_999
PIECE = 1000  # things in one kept file, so that a large record never has all in memory


def part_name(number: int) -> str:
    """The name of the part with this number; names sort as numbers do."""
    return f"{PREFIX}{number:08}"


def number_of(name: str) -> int:
    """The number of the part with this name."""
    return int(name.removeprefix(PREFIX))


def in_order(names: Iterable[str]) -> list[str]:
    """Those parts that are changes, the oldest first; an earlier version kept links otherwise."""
    return sorted(name for name in names if name.startswith(PREFIX))


def written(changes: LinkChanges) -> bytes:
    """Changes as they are kept."""
    return canonical(to_plain(changes))


def read(data: bytes) -> LinkChanges:
    """The inverse of `written`."""
    return from_plain(json.loads(data), LinkChanges)


def pieces(changes: LinkChanges) -> Iterator[LinkChanges]:
    """The same changes in pieces that are to be applied in order: at least one."""
    number = sum(len(getattr(changes, name)) for name in _LISTS)
    if number <= PIECE:
        yield changes
        return
    whole = changes.whole
    for name in _LISTS:
        things = getattr(changes, name)
        for start in range(0, len(things), PIECE):
            yield replace(LinkChanges(whole=whole), **{name: things[start : start + PIECE]})
            whole = False


# What is put comes before what goes, and actors before their members, as rows refer to each other.
_FIRST = ("actors", "members", "incidents", "copies")
_LISTS = (*_FIRST, *(each.name for each in fields(LinkChanges) if each.name.endswith("_gone")))
