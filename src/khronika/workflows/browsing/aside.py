"""Long work beside other work: one piece at a time, in a thread of its own, with how far it is."""

from collections.abc import Callable
from dataclasses import replace
from threading import RLock
from typing import Any, Generic, TypeVar

from khronika.errors import KhronikaError
from khronika.workflows.browsing.turns import give_way

T = TypeVar("T", bound=Any)  # a frozen dataclass with `began`, `ended`, `done`, `total`, `problem`
Problem = tuple[str, str]  # what happened, and what to do


class Aside(Generic[T]):
    """How far a piece of work is, or how the last one ended.

    Args:
        now: the time, RFC 3339.
        what: the work in words, as a message has it: "check".
        command: what does the same on the command line.
    """

    def __init__(self, now: Callable[[], str], what: str, command: str) -> None:
        self._now = now
        self._what = what
        self._command = command
        self._lock = RLock()
        self._last: T | None = None

    @property
    def last(self) -> T | None:
        """What is being done, or was done last; None before the first."""
        with self._lock:
            return self._last

    def _is_busy(self) -> bool:
        return self._last is not None and not self._last.ended

    def _tell(self, done: int, total: int) -> None:
        self._change(done=done, total=total)
        give_way()

    def _change(self, **changes: object) -> None:
        with self._lock:
            assert self._last is not None
            self._last = replace(self._last, **changes)

    def _problem(self, error: Exception) -> Problem:
        """What broke it off; the text of an unknown error may hold words of a report."""
        if isinstance(error, KhronikaError):
            return error.problem, error.remedy
        return (
            f"The {self._what} broke off ({type(error).__name__}).",
            f"run `khronika {self._command} --verbose` and report the fault, without names.",
        )
