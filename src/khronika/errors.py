"""The one base error: what happened, then what to do about it."""

from typing import ClassVar


class KhronikaError(Exception):
    """A problem the reader can act on.

    Subclasses stand beside the code that raises them. `exit_status` is what the command line
    exits with: 1 some input refused, 2 usage, 3 failed verification, 4 unchecked.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(f"{problem}\nWhat to do: {remedy}")
        self.problem = problem
        self.remedy = remedy
