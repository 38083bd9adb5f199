"""What a workflow asks the store to write: one journal entry and the kept parts that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the journal.

    Args:
        what: the verb of the entry: "added", "linked", "ruled", "withdrawn" ...
        subject: the id that the parts belong to; "" for an entry about the record as a whole.
        parts: bytes to keep, by part name; each replaces the part of that name.
        erased: names of parts that are gone from now on.
        rows: the rows that the parts make, if whoever made the parts derived them already.
        notes: further payload: ids, counts and digests, never personal text.
    """

    what: str
    subject: str = ""
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    erased: tuple[str, ...] = ()
    rows: Mapping[str, list[dict[str, Any]]] | None = field(default=None, repr=False)
    notes: Mapping[str, Any] = field(default_factory=dict)
