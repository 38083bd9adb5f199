"""What was read of a record and holds until something is written to it."""

from collections.abc import Callable
from threading import RLock
from typing import TypeVar

T = TypeVar("T")


class Remembered:
    """Values by name, each as of an entry of the journal; several threads may ask at once."""

    def __init__(self) -> None:
        self._lock = RLock()  # what is made may stand on another value
        self._values: dict[str, tuple[int, object]] = {}

    def at(self, name: str, entry: int, make: Callable[[T | None], T]) -> T:
        """A value as of an entry of the journal.

        Args:
            name: of the value; one name goes with one type.
            entry: the last entry of the journal.
            make: given the value as of some earlier or later entry, or None, makes this one.
        """
        with self._lock:
            found = self._values.get(name)
            if found is not None and found[0] == entry:
                return found[1]  # type: ignore[return-value]
            made = make(None if found is None else found[1])  # type: ignore[arg-type]
            self._values[name] = entry, made
            return made
