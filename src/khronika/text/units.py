"""What a parser is given: one passage, with what continues it, cleaned, and the map back."""

from collections.abc import Iterator
from dataclasses import dataclass

from khronika.model.anchors import Span
from khronika.model.reports import Passage, PassageRole, Report
from khronika.text.mapped import MappedText, join


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Running text to parse: the indices of its passages, their role, the mapped text."""

    passages: tuple[int, ...]
    role: PassageRole
    mapped: MappedText


def units(report: Report, roles: frozenset[PassageRole]) -> Iterator[Unit]:
    """Join each passage of `roles` with those that continue it, without what is set aside."""
    followers: dict[int, list[int]] = {}
    for index, passage in enumerate(report.passages):
        if passage.continues is not None:
            followers.setdefault(passage.continues, []).append(index)
    for index, passage in enumerate(report.passages):
        if passage.continues is not None or passage.role not in roles:
            continue
        chain = _chain(index, followers)
        mapped = join(report.text, (s for i in chain for s in _seen(report.passages[i])))
        if mapped.text:
            yield Unit(passages=tuple(chain), role=passage.role, mapped=mapped)


def _chain(index: int, followers: dict[int, list[int]]) -> list[int]:
    chain = [index]
    for link in chain:  # grows while it is walked
        chain.extend(followers.get(link, ()))
    return sorted(chain)


def _seen(passage: Passage) -> Iterator[Span]:
    start = passage.span.start
    for aside in sorted(passage.set_aside):
        if aside.start > start:
            yield Span(start, aside.start)
        start = max(start, aside.end)
    if start < passage.span.end:
        yield Span(start, passage.span.end)


def cuts(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most `longest` characters, cut behind a sentence or else at a blank."""
    start = 0
    while start < len(text):
        end = min(len(text), start + longest)
        if end < len(text):
            cut = text.rfind(". ", start, end)
            cut = cut if cut > start else text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        yield start, end
        start = end
