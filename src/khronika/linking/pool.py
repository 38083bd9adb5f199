"""Equal values held once: of a million acts, most share their sets of actors, crowds and places."""

from collections.abc import Hashable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


class Pool:
    """Gives, for each value, the first one that was equal to it."""

    def __init__(self) -> None:
        self._held: dict[Hashable, Hashable] = {}

    def same(self, value: T) -> T:
        """The first value equal to this one; values of two types must never be equal."""
        return self._held.setdefault(value, value)  # type: ignore[return-value]
