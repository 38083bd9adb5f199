"""Where the same bytes came from: several sources of one report, joined the same in any order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from khronika.ingest.captures import Capture
from khronika.model.ids import canonical
from khronika.model.plain import to_plain
from khronika.model.reports import Known, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One time that a report's bytes came in: all of a capture but the bytes."""

    name: str
    media_type: str
    origin: Origin
    declared: str = ""
    flags: tuple[str, ...] = ()

    @classmethod
    def of(cls, capture: Capture) -> "Source":
        """What a capture says besides its bytes."""
        return cls(
            name=capture.name,
            media_type=capture.media_type,
            origin=capture.origin,
            declared=capture.declared,
            flags=capture.flags,
        )

    def capture(self, data: bytes) -> Capture:
        """The capture again, with its bytes."""
        return Capture(
            name=self.name,
            data=data,
            media_type=self.media_type,
            origin=self.origin,
            declared=self.declared,
            flags=self.flags,
        )


def ordered(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Each source once, by name and then by content."""
    return tuple(sorted(set(sources), key=lambda each: (each.name, canonical(to_plain(each)))))


def joined(sources: Sequence[Source]) -> Source:
    """What several sources say together: the least name, and of each value the first known."""
    first, *rest = ordered(sources)
    origin = first.origin
    for other in rest:
        origin = replace(
            origin,
            url=_first(origin.url, other.origin.url),
            title=_first(origin.title, other.origin.title),
            publisher=_first(origin.publisher, other.origin.publisher),
            published=_first(origin.published, other.origin.published),
            place=_first(origin.place, other.origin.place),
        )
    return replace(first, origin=origin)


def _first(one: Known, other: Known) -> Known:
    return one if one.value or not other.value else other
