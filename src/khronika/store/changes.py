"""What a workflow asks the store to write: one journal entry and the kept parts that go with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from khronika.model.links import LinkChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the journal.

    Args:
        what: the verb of the entry: "added", "linked", "ruled", "withdrawn" ...
        subject: the id that the parts belong to; "" for an entry about the record as a whole.
        parts: bytes to keep, by part name; each replaces the part of that name.
        erased: names of parts that are gone from now on.
        rows: the rows that the parts make, if whoever made the parts derived them already.
        links: what linking changed, in pieces in order; each becomes a part of the subject "links",
            and the tables change by it. If the first is whole, all earlier parts are erased.
        notes: further payload: ids, counts and digests, never personal text.
    """

    what: str
    subject: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    erased: tuple[str, ...] = ()
    rows: Mapping[str, list[dict[str, Any]]] | None = field(default=None, repr=False)
    links: Iterable[LinkChanges] = field(default=(), repr=False)
    notes: Mapping[str, Any] = field(default_factory=dict)
