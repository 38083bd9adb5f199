"""What a coder is, and which one reads a language."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol, runtime_checkable

from khronika.codebook.model import Codebook
from khronika.model.acts import Act, Coding, Considered
from khronika.model.reports import Report

EXTRAS = {
    "ru": "russian",
    "uk": "ukrainian",
}  # languages whose coder stands on an extra that may be missing


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


@runtime_checkable
class Explaining(Protocol):
    """A coder that can say what it considered and left."""

    def considered(self, report: Report, codebook: Codebook, act: Act) -> tuple[Considered, ...]:
        """Other readings of the sentence of an act, and why each was left."""
        ...

    def traced(self, report: Report, codebook: Codebook, kind: str) -> tuple[Considered, ...]:
        """Every word that could set off a kind, and what became of each of its ways."""
        ...


# Late imports: each coder loads its parser's library, and a report needs one of them.
@cache
def coder_for(language: str) -> Coder | None:
    """The coder that reads `language` (ISO 639-1), or None: such reports stay uncoded."""
    if language == "en":
        from khronika.coding.english import EnglishCoder  # noqa: PLC0415

        return EnglishCoder()
    if language == "ru":
        from khronika.coding.slavic.russian import russian_coder  # noqa: PLC0415

        return russian_coder()
    if language == "uk":
        from khronika.coding.slavic.ukrainian import ukrainian_coder  # noqa: PLC0415

        return ukrainian_coder()
    return None


def remedy_for(language: str) -> str:
    """What to do so that reports in `language` are coded: an extra to install, if there is one."""
    extra = EXTRAS.get(language)
    if coder_for(language) is not None:
        return "run `khronika recode`"
    if extra is None:
        return "no coder reads it yet"
    return f"install khronika[{extra}], then run `khronika recode`"
