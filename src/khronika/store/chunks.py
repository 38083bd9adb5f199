"""Long lists in pieces that one query takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

CHUNK = 500  # values in one query


def in_chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many values at a time as one query takes."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
