"""Links as kept parts: in pieces, so that a large record never has all of them in memory twice."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, TypeVar

from khronika.model.ids import canonical
from khronika.model.links import Actor, Copy, Incident, Links
from khronika.model.plain import from_plain, to_plain

T = TypeVar("T")
Part = Callable[[str], bytes | None]

PIECE = 1000  # actors, incidents or copies in one kept file


def parts_of(links: Links) -> dict[str, bytes]:
    """The kept parts of all links: "actors.0000", "actors.0001", ..."""
    return {
        name: data
        for kind, values in (
            ("actors", links.actors),
            ("incidents", links.incidents),
            ("copies", links.copies),
        )
        for name, data in _pieces(kind, values)
    }


def links_of(part: Part) -> Links:
    """The links that some kept parts hold; none before the first linking."""
    return Links(
        actors=tuple(actors_of(part)),
        incidents=tuple(incidents_of(part)),
        copies=tuple(copies_of(part)),
    )


def actors_of(part: Part) -> Iterator[Actor]:
    """The actors, a piece at a time."""
    return _read("actors", part, Actor)


def incidents_of(part: Part) -> Iterator[Incident]:
    """The incidents, a piece at a time."""
    return _read("incidents", part, Incident)


def copies_of(part: Part) -> Iterator[Copy]:
    """Which report copies which, a piece at a time."""
    return _read("copies", part, Copy)


def _pieces(kind: str, values: Sequence[Any]) -> Iterator[tuple[str, bytes]]:
    for number, start in enumerate(range(0, len(values), PIECE)):
        yield f"{kind}.{number:04}", canonical(to_plain(list(values[start : start + PIECE])))


def _read(kind: str, part: Part, model: type[T]) -> Iterator[T]:
    for number in count():
        data = part(f"{kind}.{number:04}")
        if data is None:
            return
        for each in json.loads(data):
            yield from_plain(each, model)
