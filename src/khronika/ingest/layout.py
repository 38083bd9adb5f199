"""Laying out extracted text: blocks one after the other, with what their format says of them."""

from dataclasses import dataclass, field

from khronika.ingest.captures import NO_FACTS, Facts
from khronika.model.anchors import Span
from khronika.model.reports import Hint, PassageRole

# Rows and items stand on lines of their own, everything else is parted by a blank line.
CLOSE = frozenset({PassageRole.LIST_ITEM, PassageRole.TABLE_ROW})


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(mark: str) -> str:
    """A note's number as it is shown: 'held<sup>1</sup>' is 'held¹', not 'held1'."""
    plain = mark.strip()
    return (
        plain.translate(RAISED) if plain.isascii() and plain.isdigit() and len(plain) < 4 else mark
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a format yields: the text, what it says of stretches of it, what it says of itself."""

    text: str = field(repr=False)
    hints: tuple[Hint, ...] = ()
    facts: Facts = NO_FACTS
    encoding: str = ""
    flags: tuple[str, ...] = ()


class Layout:
    """Collects blocks of text and where each came to stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._hints: list[Hint] = []
        self._length = 0
        self._last: PassageRole | None = None

    def __bool__(self) -> bool:
        return bool(self._parts)

    def block(self, text: str, role: PassageRole | None = None) -> None:
        """Put `text` on lines of its own; a block of nothing but blanks is left out."""
        text = text.strip(" \t\r\n\f\v")
        if not text:
            return
        if self._parts:
            self._put("\n" if role in CLOSE and role == self._last else "\n\n")
        start = self._length
        self._put(text)
        if role is not None and role is not PassageRole.BODY:
            self._hints.append(Hint(span=Span(start, self._length), role=role))
        self._last = role

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def append(self, parsed: Parsed) -> None:
        """Put another laid-out text below, with its hints."""
        if not parsed.text:
            return
        if self._parts:
            self._put("\n\n")
        start = self._length
        self._put(parsed.text)
        self._hints.extend(
            Hint(span=Span(h.span.start + start, h.span.end + start), role=h.role)
            for h in parsed.hints
        )
        self._last = None

    def text(self) -> str:
        """All blocks."""
        return "".join(self._parts)

    def hints(self) -> tuple[Hint, ...]:
        """What the format said, in the order of the text."""
        return tuple(self._hints)
