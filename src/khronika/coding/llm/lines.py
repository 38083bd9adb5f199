"""What of a report is shown to a model: its coded passages, numbered, contact data blacked out."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from khronika.model.anchors import Anchor
from khronika.model.reports import CODED_ROLES, Contact, ContactKind, PassageRole, Report
from khronika.text.mapped import MappedText
from khronika.text.redaction import BLOCK
from khronika.text.units import Unit, cuts, units

LONGEST = 4_000  # characters of one line; a longer passage is cut at the end of a sentence
# What tells a person by itself, wherever it stands; an owner's name is a name elsewhere.
REPEATED = frozenset({ContactKind.EMAIL, ContactKind.PHONE, ContactKind.HANDLE})
SHORTEST = 5  # letters of contact data that is sought in the rest of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One passage as a model sees it: `text` has the length of `mapped.text`."""

    number: int
    role: PassageRole
    text: str = field(repr=False)
    mapped: MappedText = field(repr=False)

    def anchor(self, report: Report, start: int, end: int) -> Anchor:
        """Quote the report where `[start, end)` of the line came from."""
        span = self.mapped.original(start, end)
        return Anchor.cut(report.text, span.start, span.end)


def lines_of(report: Report) -> tuple[Line, ...]:
    """The coded passages of a report, with those that continue them, in the order of the text."""
    hidden = _hidden(report)
    pieces = ((unit.role, piece) for unit in units(report, CODED_ROLES) for piece in _pieces(unit))
    return tuple(
        Line(number=number, role=role, text=_masked(piece, hidden), mapped=piece)
        for number, (role, piece) in enumerate(pieces, start=1)
    )


def masked(words: str, contacts: Sequence[Contact]) -> str:
    """Words about a report (its publisher) without the contact data that the report holds."""
    for contact in contacts:
        if len(contact.anchor.exact) >= SHORTEST:
            words = words.replace(contact.anchor.exact, BLOCK * len(contact.anchor.exact))
    return words


def _hidden(report: Report) -> list[tuple[int, int]]:
    """The ranges of the text that hold contact data, sorted."""
    found = {(c.anchor.start, c.anchor.end) for c in report.contacts}
    repeated = {c.anchor.exact for c in report.contacts if c.kind in REPEATED}
    for exact in repeated:
        at = report.text.find(exact) if len(exact) >= SHORTEST else -1
        while at >= 0:
            found.add((at, at + len(exact)))
            at = report.text.find(exact, at + len(exact))
    return sorted(found)


def _masked(mapped: MappedText, hidden: Sequence[tuple[int, int]]) -> str:
    letters = list(mapped.text)
    for start, end in hidden:
        first, last = bisect_left(mapped.at, start), bisect_left(mapped.at, end)
        for index in range(first, last):
            if not letters[index].isspace():
                letters[index] = BLOCK
    return "".join(letters)


def _pieces(unit: Unit) -> Iterator[MappedText]:
    text, at = unit.mapped.text, unit.mapped.at
    for start, end in cuts(text, LONGEST):
        if text[start:end].strip():
            yield MappedText(text[start:end].rstrip(), at[start:end])
