"""Contact data, and words that a reviewer marked as sensitive: blocks until somebody asks."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from khronika.model.anchors import Span
from khronika.model.reports import ContactKind
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.text.redaction import BLOCK

SHORTEST = 5  # letters; what is shorter ("112") is veiled only where it is marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Veil:
    """What of one report is not shown.

    Attributes:
        spans: where it stands in the report's text, in order.
        said: words that are hidden wherever they stand, the longest first.
    """

    spans: tuple[Span, ...] = ()
    said: tuple[str, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def over(self, text: str, at: int = 0) -> str:
        """A piece of the report's text that begins at `at`, with blocks over what is hidden."""
        hidden = [Span(max(s.start - at, 0), min(s.end - at, len(text))) for s in self.spans]
        hidden += [span for words in self.said for span in _places(words, text)]
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
        return value


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
    for report, start, end, exact, anywhere in _hidden(store, asked):
        spans[report].add(Span(start, end))
        if anywhere and len(exact) >= SHORTEST:
            said[report].add(exact)
    return {
        each: Veil(
            spans=tuple(sorted(spans[each])),
            said=tuple(sorted(said[each], key=lambda words: (-len(words), words))),
        )
        if each in spans
        else NOTHING
        for each in reports
    }


Hidden = tuple[str, int, int, str, bool]


def _hidden(store: Store, reports: Sequence[str]) -> list[Hidden]:
    """Report, range and words of what is hidden, and whether the words are wherever they stand."""
    found: list[Hidden] = []
    for these in in_chunks(reports):
        contact = schema.contact
        for row in store.all(select(contact).where(contact.c.report_id.in_(these))):
            # An owner's name is hidden only where it is marked: elsewhere it is one like any other.
            anywhere = row.kind != ContactKind.OWNER.value
            found.append((row.report_id, row.start, row.end, row.exact, anywhere))
        found += _sensitive(store, these)
    return found


def _sensitive(store: Store, reports: Sequence[str]) -> list[Hidden]:
    """What reviewers marked as sensitive."""
    ruling = schema.ruling
    if "said" not in ruling.c:
        return []
    marked = (ruling.c.report.in_(reports)) & (ruling.c.verb == "sensitive")
    return [
        (row.report, words["start"], words["end"], words["exact"], True)
        for row in store.all(select(ruling.c.report, ruling.c.said).where(marked))
        for words in json.loads(row.said or "{}").get("words", ())
    ]


def _places(words: str, text: str) -> list[Span]:
    found, start = [], text.find(words)
    while start >= 0:
        found.append(Span(start, start + len(words)))
        start = text.find(words, start + len(words))
    return found
