"""Values to plain JSON data and back: one cattrs converter for files, journal and tests."""

from functools import cache
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.strategies import configure_union_passthrough

T = TypeVar("T")


@cache
def converter() -> Converter:
    """The converter: enums by value, tuples as lists, defaults left out of what is written."""
    made = Converter(omit_if_default=True, forbid_extra_keys=False)
    configure_union_passthrough(str | int | float | bool | None, made)
    return made


def to_plain(value: Any) -> Any:
    """Dataclasses, tuples and enums as what `json.dumps` takes; defaults are left out."""
    return converter().unstructure(value)


def from_plain(data: Any, kind: type[T]) -> T:
    """The inverse of `to_plain` for one of the model's classes."""
    return converter().structure(data, kind)
