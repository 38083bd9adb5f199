"""The record as an export reads it."""

import json
from collections.abc import Iterator, Mapping, Sequence

from khronika.model.acts import Coding
from khronika.model.links import Links, Ruling
from khronika.model.plain import from_plain
from khronika.model.reports import Report
from khronika.publish.masks import NONE, Masks
from khronika.publish.selection import rejected, select, standing
from khronika.store.derive_report import report_of
from khronika.store.read_links import copies_in
from khronika.store.store import Store
from khronika.workflows.chains import kept_kinds
from khronika.workflows.former import former_ids
from khronika.workflows.linked import every_actor, every_incident
from khronika.workflows.linkup import Codings
from khronika.workflows.listed import lists_of, without_lists
from khronika.workflows.parts import Parts
from khronika.workflows.recalibrating import learned
from khronika.workflows.relink import links_now
from khronika.workflows.rulings import kept_rulings, rulings_of
from khronika.workflows.sensitive import masks_of, withheld


class StoredView:
    """Reports, codings and links of one record, without acts that are rejected or too uncertain.

    Lists that were added for reference are left out, and who stands in nothing else.

    Args:
        store: the record.
        parts: the steps; a threshold needs linking, as an incident must not rest on acts below it.
        at_least: least confidence of an act that nobody accepted, 0 to 1.
        sensitive: show what reviewers marked as sensitive.
    """

    def __init__(
        self,
        store: Store,
        parts: Parts | None = None,
        at_least: float = 0.0,
        *,
        sensitive: bool = False,
    ) -> None:
        self._store = store
        self._at_least = at_least
        self._rulings = kept_rulings(store)
        self._lists = lists_of(store)
        self._learned = learned(store)
        self._masks = NONE if sensitive else masks_of(store)
        without = {} if sensitive else withheld(rulings_of(store))
        self._ruled = standing(self._rulings) | rejected(without)
        if at_least <= 0 and not without:
            links = kept_links(store)
        elif parts is None:
            raise ValueError("leaving acts out needs the step that links")
        else:
            codings = Codings(store, self._ruled, at_least)
            links = links_now(store, parts, codings, self._rulings)
        self._links = without_lists(links, self._lists)

    def coded_reports(self) -> Iterator[tuple[Report, Coding | None]]:
        """Each report with its coding, or None for one that no coder reads; by report id."""
        for subject, kept in self._store.parts("report"):
            if subject in self._lists:
                continue
            report = kept_report(self._store, subject, kept)
            coding = kept_coding(self._store, subject)
            coding = self._learned.coding(coding) if coding else None
            yield report, select(coding, self._ruled, self._at_least) if coding else None

    def links(self) -> Links:
        """Actors, incidents and copies."""
        return self._links

    def rulings(self) -> Sequence[Ruling]:
        """What reviewers ruled, superseded rulings included."""
        return self._rulings

    def masks(self) -> Masks:
        """What reviewers marked as sensitive and nobody asked for."""
        return self._masks

    def former_ids(self) -> Mapping[str, Sequence[str]]:
        """Ids that lead to an actor, by the actor's id."""
        return former_ids(self._links)


def kept_links(store: Store) -> Links:
    """The links as they are kept; empty before the first linking."""
    kinds = kept_kinds(store)
    with store.reading() as connection:
        return Links(
            actors=tuple(every_actor(connection)),
            incidents=tuple(every_incident(connection, kinds)),
            copies=tuple(copies_in(connection)),
        )


def kept_report(store: Store, subject: str, kept: bytes | None = None) -> Report:
    """One report as read, with its text."""
    data = kept if kept is not None else store.part(subject, "report")
    text = store.part(subject, "text")
    assert data is not None
    assert text is not None
    return report_of(json.loads(data), text.decode())


def kept_coding(store: Store, subject: str) -> Coding | None:
    """What a coder found in one report, or None where no coder read it."""
    data = store.coding(subject)
    return None if data is None else from_plain(json.loads(data), Coding)
