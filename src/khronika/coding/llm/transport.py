"""How a model is reached, as an argument: one request, one reply, errors by what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from khronika.errors import KhronikaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question to a model.

    Attributes:
        system: what the model is told of its task; the same for every report.
        user: the passages of one report.
        schema: the JSON schema that the answer must follow.
        most: tokens that the answer may have.
    """

    system: str = field(repr=False)
    user: str = field(repr=False)
    schema: Mapping[str, Any] = field(repr=False)
    most: int

    @property
    def tokens(self) -> int:
        """An estimate of the tokens that the question has; scripts other than Latin need more."""
        words = self.system + self.user
        return len(words) // 4 + sum(not c.isascii() for c in words) // 3 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back. `tokens` are those of question and answer; 0 where nobody counted them."""

    text: str = field(repr=False)
    tokens: int = 0
    cut: bool = False  # the answer ended where its limit was reached


class Transport(Protocol):
    """Sends one request once."""

    def send(self, request: Request) -> Reply:
        """Send it and wait for the reply.

        Raises:
            TryAgainError: the same request may succeed later.
            NoAnswerError: this request fails; others may not.
            StopAskingError: no request will succeed.
        """
        ...


class ModelError(KhronikaError):
    """A language model did not answer."""


class TryAgainError(ModelError):
    """A language model did not answer this time; the same question may succeed later."""

    def __init__(self, problem: str, *, wait: float | None = None) -> None:
        """Remember how many seconds the server asked to wait, if it did."""
        super().__init__(problem, remedy="run the same command again later.")
        self.wait = wait


class NoAnswerError(ModelError):
    """A language model does not answer one question; it may answer others."""


class GaveUpError(NoAnswerError):
    """A language model was busy, late or out of reach at every try."""


class StopAskingError(ModelError):
    """A language model cannot be asked any more in this run."""
