"""A report as an export shows it: contact data masked, letter for letter, unless asked for."""

import re
from dataclasses import dataclass, field
from typing import Any

from khronika.model.anchors import Anchor, Span
from khronika.model.reports import Contact, ContactKind, Report
from khronika.publish.masks import MASK, NONE, Masks, masked

SHORTEST = (
    5  # a shorter contact string ("112") is masked where it is marked, not wherever it stands
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What may be seen of one report.

    Attributes:
        text: the report's text, contact spans masked.
        masked: False if everything may be seen as it stands.
        hidden: contact strings, and words marked as sensitive, that `text` no longer shows,
            longest first.
        names: matches names of sensitive actors.
    """

    text: str = field(default="", repr=False)
    masked: bool = True
    hidden: tuple[str, ...] = field(default=(), repr=False)
    names: re.Pattern[str] | None = field(default=None, repr=False)

    def quote(self, anchor: Anchor) -> dict[str, Any]:
        """An anchor as the export writes it; masked where it overlaps contact data."""
        exact = self.text[anchor.start : anchor.end] if self.masked else anchor.exact
        return {"exact": exact, "start": anchor.start, "end": anchor.end}

    def say(self, value: str) -> str:
        """A value taken from the report (a name, a reason), contact strings masked."""
        for contact in self.hidden:
            if value and value in contact and value not in self.text:
                return MASK * len(value)
            value = value.replace(contact, MASK * len(contact))
        return masked(value, self.names)


VERBATIM = Showing(masked=False)


def show(report: Report, *, contacts: bool, masks: Masks = NONE) -> Showing:
    """What an export may show of `report`.

    Args:
        report: with its contact data marked.
        contacts: True if contact data was asked for by name; then it is not masked.
        masks: what is sensitive.

    Returns:
        The text, masked or not, in which every anchor of the report still stands.
    """
    marked = () if contacts else report.contacts
    sensitive = list(masks.spans_in(report.id, report.text))
    names = masks.names_in(report.id)
    if not marked and not sensitive:
        return Showing(text=report.text, masked=False, names=names)
    spans = [span for c in marked for span in _spans(c, report.text)]
    text = _masked(report.text, [*spans, *sensitive])
    words = {report.text[span.start : span.end] for span in masks.spans.get(report.id, ())}
    said = {contact.anchor.exact for contact in marked} | {w for w in words if w.strip()}
    gone = sorted((s for s in said if s not in text), key=lambda s: (-len(s), s))
    return Showing(text=text, hidden=tuple(gone), names=names)


def _spans(contact: Contact, text: str) -> list[Span]:
    """Where a contact is marked, and wherever else the same address or number stands.

    An owner's name is masked only where it is marked: elsewhere it is a name like any other.
    """
    spans = [contact.anchor.span]
    exact = contact.anchor.exact
    if contact.kind is ContactKind.OWNER or len(exact) < SHORTEST:
        return spans
    start = text.find(exact)
    while start >= 0:
        spans.append(Span(start, start + len(exact)))
        start = text.find(exact, start + len(exact))
    return spans


def _masked(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for span in sorted(spans):
        if span.end <= at:
            continue
        start = max(span.start, at)
        parts += [text[at:start], MASK * (span.end - start)]
        at = span.end
    return "".join([*parts, text[at:]])


@dataclass(slots=True)
class Names:
    """Which names some report shows, and which only contact data holds; filled as reports pass."""

    masks: Masks = NONE
    shown: set[str] = field(default_factory=set, repr=False)
    closed: set[str] = field(default_factory=set, repr=False)

    def note(self, name: str, showing: Showing) -> None:
        """Remember whether a report shows `name`."""
        (self.shown if showing.say(name) == name else self.closed).add(name)

    def may_show(self, name: str) -> bool:
        """True unless it is a sensitive actor's, or contact data in all reports that have it."""
        names = self.masks.everywhere
        if name in self.masks.captions or (names is not None and names.search(name)):
            return False
        return name in self.shown or name not in self.closed

    def say(self, name: str) -> str:
        """The name, or as many marks; of a longer value the names in it."""
        if name in self.masks.captions or (name in self.closed and name not in self.shown):
            return MASK * len(name)
        return masked(name, self.masks.everywhere)
