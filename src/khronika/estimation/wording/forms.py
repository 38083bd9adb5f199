"""Numbers in sentences: which form of a noun a count wants, and how digits are grouped."""

import re
from collections.abc import Sequence

Text = str | tuple[str, ...]  # forms: one and other in English; one, few, many in Slavic languages

_GROUP = re.compile(r"(?<=\d),(?=\d{3})")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_NARROW = "\u00a0"  # between thousands, so that no line breaks there


class Form:
    """How a language counts.

    Args:
        language: "en", "ru" or "uk".
    """

    def __init__(self, language: str) -> None:
        self.slavic = language != "en"

    def place(self, count: int) -> int:
        """Which of the forms of a noun stands with this count, from 0."""
        if not self.slavic:
            return 0 if count == 1 else 1
        if count % 10 == 1 and count % 100 != 11:
            return 0
        return 1 if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else 2

    def grouped(self, number: str) -> str:
        """Digits as the language writes them: '12,300.5' becomes '12 300,5'."""
        if not self.slavic:
            return number
        return _POINT.sub(",", _GROUP.sub(_NARROW, number))

    def listed(self, numbers: Sequence[str]) -> str:
        """Numbers one after the other, so that none can be read as a part of its neighbour."""
        return ("; " if self.slavic else ", ").join(numbers)
