"""Contact data, and what a reviewer marked as sensitive: blocks until somebody asks."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from khronika.model.anchors import Span
from khronika.model.reports import ContactKind
from khronika.publish.masks import NONE, Masks, masked
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.text.redaction import BLOCK
from khronika.workflows.rulings import rulings_of
from khronika.workflows.sensitive import SENSITIVE, masks_of

SHORTEST = 5  # letters; what is shorter ("112") is veiled only where it is marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """What of one report is not shown.

    Attributes:
        spans: where it stands in the report's text, in order.
        said: words that are hidden wherever they stand, the longest first.
        names: matches the names of actors that are marked as sensitive.
    """

    spans: tuple[Span, ...] = ()
    said: tuple[str, ...] = field(default=(), repr=False)
    names: re.Pattern[str] | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.spans) or self.names is not None

    def over(self, text: str, at: int = 0) -> str:
        """A piece of the report's text that begins at `at`, with blocks over what is hidden."""
        hidden = [Span(max(s.start - at, 0), min(s.end - at, len(text))) for s in self.spans]
        hidden += [span for words in self.said for span in _places(words, text)]
        if self.names is not None:
            hidden += [Span(*found.span()) for found in self.names.finditer(text)]
        found, done = [], 0
        for span in sorted(each for each in hidden if each.start < each.end):
            start = max(span.start, done)
            if span.end > start:
                found += [text[done:start], BLOCK * (span.end - start)]
                done = span.end
        return "".join([*found, text[done:]])

    def say(self, value: str) -> str:
        """A value taken from the report (a name, a reason), with blocks over what is hidden."""
        for words in self.said:
            value = value.replace(words, BLOCK * len(words))
        return masked(value, self.names)


NOTHING = Veil()


def veils(store: Store, reports: Sequence[str], shown: Collection[str] = ()) -> dict[str, Veil]:
    """The veil of each report; that of a report whose contact data are shown hides nothing.

    Args:
        store: the record.
        reports: ids.
        shown: ids of reports of which somebody asked to see everything.
    """
    asked = [each for each in dict.fromkeys(reports) if each not in shown]
    spans: dict[str, set[Span]] = defaultdict(set)
    said: dict[str, set[str]] = defaultdict(set)
    masks = _masks(store)
    for report, start, end, exact, anywhere in _contacts(store, asked):
        spans[report].add(Span(start, end))
        if anywhere and len(exact) >= SHORTEST:
            said[report].add(exact)
    for report in asked:
        spans[report].update(masks.spans.get(report, ()))
    return {
        each: Veil(
            spans=tuple(sorted(spans[each])),
            said=tuple(sorted(said[each], key=lambda words: (-len(words), words))),
            names=masks.names_in(each),
        )
        if each not in shown
        else NOTHING
        for each in reports
    }


def _contacts(store: Store, reports: Sequence[str]) -> Iterator[tuple[str, int, int, str, bool]]:
    """Report, range and words of contact data, and whether these are hidden wherever they stand."""
    contact = schema.contact
    for these in in_chunks(reports):
        for row in store.all(select(contact).where(contact.c.report_id.in_(these))):
            # An owner's name is hidden only where it is marked: elsewhere it is one like any other.
            anywhere = row.kind != ContactKind.OWNER.value
            yield row.report_id, row.start, row.end, row.exact, anywhere


def _masks(store: Store) -> Masks:
    """What is marked as sensitive, as exports mask it; worked out once for each state."""
    if not rulings_of(store).standing(SENSITIVE):
        return NONE
    with store.reading() as connection:
        last = connection.execute(select(func.max(schema.journal.c.seq))).scalar() or 0
    return store.remembered.at("masks", last, lambda _before: masks_of(store))


def _places(words: str, text: str) -> list[Span]:
    found, start = [], text.find(words)
    while start >= 0:
        found.append(Span(start, start + len(words)))
        start = text.find(words, start + len(words))
    return found
