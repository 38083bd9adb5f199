"""Links as kept parts: "changes.00000001" and so on, each what one linking changed, or a piece."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

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


def pieces(changes: LinkChanges, most: int = PIECE) -> Iterator[LinkChanges]:
    """The same changes in pieces that are to be applied in order: at least one.

    Args:
        changes: what one linking changed.
        most: things in one piece.
    """
    if sum(len(getattr(changes, name)) for name in _LISTS) <= most:
        yield changes
        return
    put = {each.id for each in changes.actors}
    left = tuple(each for each in changes.actors_gone if each not in put)
    changes = replace(changes, actors_gone=left)
    if not changes.whole:  # an act may go from an incident of a later piece to one of an earlier
        fresh = (each.id for each in changes.incidents)
        changes = replace(changes, incidents_gone=(*changes.incidents_gone, *fresh))
    whole = changes.whole
    for name in _LISTS:
        things = getattr(changes, name)
        for start in range(0, len(things), most):
            yield replace(LinkChanges(whole=whole), **{name: things[start : start + most]})
            whole = False


# Incidents let go of their acts first; actors come before their members, and go after them.
_LISTS = (
    *("incidents_gone", "members_gone", "copies_gone"),
    *("actors", "members", "incidents", "copies", "actors_gone"),
)
