"""What reviewers marked as sensitive, as an export masks it: words, and every name of an actor."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from khronika.model.anchors import Span

MASK = "\u2588"  # one a code point, so that every offset still holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """What no export shows unless it was asked for by name.

    Attributes:
        spans: by report what is masked in its text.
        everywhere: matches the names of sensitive actors in any report.
        at_home: matches them in the reports that tell of these actors, where a part of the name
            is enough to know them.
        homes: these reports.
        actors: the ids of these actors.
        captions: what they are called.
    """

    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    everywhere: re.Pattern[str] | None = field(default=None, repr=False)
    at_home: re.Pattern[str] | None = field(default=None, repr=False)
    homes: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    captions: frozenset[str] = field(default=frozenset(), repr=False)

    def names_in(self, report: str) -> re.Pattern[str] | None:
        """What matches the names of sensitive actors in one report."""
        return self.at_home if report in self.homes else self.everywhere

    def spans_in(self, report: str, text: str) -> Iterator[Span]:
        """What is masked in the text of a report."""
        yield from self.spans.get(report, ())
        names = self.names_in(report)
        if names is not None:
            for found in names.finditer(text):
                yield Span(*found.span())


NONE = Masks()


def masked(value: str, names: re.Pattern[str] | None) -> str:
    """A value with the names masked that a pattern matches; blanks stay."""
    if names is None:
        return value
    return names.sub(lambda found: re.sub(r"\S", MASK, found.group()), value)
