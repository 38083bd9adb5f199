"""Tellings as they are kept: every field as a plain value, by its type."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, ForwardRef, get_args, get_origin

from khronika.linking.agreement import Agreement
from khronika.linking.components import as_json
from khronika.linking.edges import Edge, EdgeSort
from khronika.linking.keys import key_of
from khronika.linking.spots import Spot
from khronika.linking.state import Edge as Kept
from khronika.linking.tellings import Telling

Convert = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, int | None, str | None)


def _same(value: Any) -> Any:
    return value


def _ways(declared: Any) -> tuple[Convert, Convert]:
    """How values of a type are written and read; plain ones as they are."""
    if isinstance(declared, str | ForwardRef):
        return _ways(_NAMED[declared if isinstance(declared, str) else declared.__forward_arg__])
    if declared in _PLAIN:
        return _same, _same
    if declared is bytes:
        return bytes.hex, bytes.fromhex
    if isinstance(declared, type) and issubclass(declared, Enum):
        return _value, declared
    if is_dataclass(declared):
        return _of_fields(declared)
    if get_origin(declared) in (frozenset, tuple):
        return _of_items(declared)
    raise TypeError(f"no way to keep {declared} of a telling")


def _value(member: Enum) -> Any:
    return member.value


def _of_fields(declared: Any) -> tuple[Convert, Convert]:
    ways = [(field.name, *_ways(field.type)) for field in fields(declared)]
    places = [(place, get) for place, (_, _, get) in enumerate(ways) if get is not _same]

    def write(value: Any) -> list[Any]:
        return [put(getattr(value, name)) for name, put, _ in ways]

    def read(values: Sequence[Any]) -> Any:
        told = list(values)
        for place, get in places:
            told[place] = get(told[place])
        return declared(*told)

    return write, read


def _of_items(declared: Any) -> tuple[Convert, Convert]:
    origin, items = get_origin(declared), get_args(declared)
    ordered: Convert = sorted if origin is frozenset else list
    if origin is tuple and items[-1] is not Ellipsis:
        ways = [_ways(item) for item in items]
        return (
            lambda value: [put(v) for (put, _), v in zip(ways, value, strict=True)],
            lambda values: tuple(get(v) for (_, get), v in zip(ways, values, strict=True)),
        )
    put, get = _ways(items[0])
    nothing = origin()
    if put is _same:
        return ordered, lambda values: origin(values) if values else nothing
    return (
        lambda value: [put(item) for item in ordered(value)],
        lambda values: origin(map(get, values)) if values else nothing,
    )


_NAMED = {"Spot": Spot}
_FIELDS = [f"{f.name} {f.type}" for kept in (Telling, Spot) for f in fields(kept)]
SHAPE = f"{key_of(*_FIELDS) & 0xFFFFFFFF:08x}"  # what was kept in another shape cannot be read
_WRITE, _READ = _of_fields(Telling)


def telling_values(telling: Telling) -> list[Any]:
    """A telling as plain values, field by field."""
    return list(_WRITE(telling))


def telling_in(values: Sequence[Any]) -> Telling:
    """The telling that plain values give."""
    told: Telling = _READ(values)
    return told


def edge_json(edge: Edge, ruled: str = "") -> str:
    """An edge between two acts, and what a reviewer ruled of them; the first says if it carries."""
    agreed = edge.agreed
    return as_json(
        [
            int(ruled != "different"),
            edge.sort.value,
            agreed.weight,
            agreed.why,
            agreed.people,
            ruled,
        ]
    )


def ruled_json(verb: str) -> str:
    """What a reviewer ruled of two acts that nothing else connects."""
    return as_json([int(verb == "same"), "", 0.0, [], 0.0, verb])


def edge_in(kept: Kept, one: str, other: str) -> Edge | None:
    """The edge between two acts by id, the lesser first; None where a ruling alone connects."""
    _, sort, weight, why, people, _ = json.loads(kept.data)
    if not sort:
        return None
    return Edge(one, other, EdgeSort(sort), Agreement(weight, tuple(why), people))


def ruled_in(kept: Kept) -> str:
    """What a reviewer ruled of the two: "same", "different" or ""."""
    return str(json.loads(kept.data)[-1])
