"""What a coder is, and which one reads a language."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from khronika.codebook.model import Codebook
from khronika.model.acts import Coding
from khronika.model.reports import Report


class Coder(Protocol):
    """A function from read reports and a codebook to codings; its name stands in each coding."""

    @property
    def name(self) -> str:
        """Name and version: "en-rules 1.0"."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages it reads."""
        ...

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        """One coding a report, in the same order; a report never changes how another is coded."""
        ...


@cache
def coder_for(language: str) -> Coder | None:
    """The coder that reads `language` (ISO 639-1), or None: such reports stay uncoded."""
    if language != "en":
        return None
    from khronika.coding.english import EnglishCoder  # noqa: PLC0415 - loads the parser's library

    return EnglishCoder()
