"""What an export reads: a view of the record that workflows hand in, and what was asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from khronika.model.acts import Coding
from khronika.model.links import Links, Ruling
from khronika.model.reports import Report
from khronika.publish.masks import Masks


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What was asked for by name.

    Attributes:
        contacts: export contact data too; without it, contact data is left out and masked.
        overwrite: write into a folder that holds other things than an earlier export.
    """

    contacts: bool = False
    overwrite: bool = False


class RecordView(Protocol):
    """The record as an export reads it: already narrowed to what was asked for.

    Codings and links agree: every act of an incident stands in a coding, every member of an actor
    is a cast member. Whoever makes a view with a threshold narrows the codings with
    `khronika.publish.selection.select` and links what is left, so that an incident never rests on
    an act that the export does not show.
    """

    def coded_reports(self) -> Iterator[tuple[Report, Coding | None]]:
        """Each report with its coding, or None for one that no coder reads; by report id."""
        ...

    def links(self) -> Links:
        """Actors, incidents and copies."""
        ...

    def rulings(self) -> Iterable[Ruling]:
        """What reviewers ruled, superseded rulings included."""
        ...

    def masks(self) -> Masks:
        """What reviewers marked as sensitive and nobody asked for; acts are left out already."""
        ...

    def former_ids(self) -> Mapping[str, Sequence[str]]:
        """Ids that lead to an actor, by the actor's id.

        A function of the record's content only (ids that some of the actor's members would make
        alone), never of the order in which reports came: exports must not differ by it.
        """
        ...
