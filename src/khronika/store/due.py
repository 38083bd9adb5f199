"""What of the review queue has to be brought up, marked in the transaction that made it so.

The queue is made by a step that the store does not know. All the store does is to say of what it
may no longer be true; who makes it brings up that much and no more.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlalchemy import Connection, delete, select, text

from khronika.store import schema

PUT = text("INSERT OR IGNORE INTO queue_due (sort, thing) VALUES (:sort, :thing)")


class Due(StrEnum):
    """What may have changed."""

    ALL = "all"
    LINKS = "links"  # all of them: every incident, every pair
    REPORT = "report"  # its acts
    INCIDENT = "incident"
    HOME = "home"  # of a cluster of what linking compares: the pairs that it is one of
    RULED = "ruled"  # an id that a ruling names, or named


def mark(connection: Connection, sort: Due, things: Iterable[str] = ("",)) -> None:
    """Say that these may have changed."""
    found = [{"sort": sort.value, "thing": thing} for thing in sorted(set(things))]
    if found:
        connection.execute(PUT, found)


def due(connection: Connection) -> Mapping[Due, frozenset[str]]:
    """What was marked since the queue was last brought up; empty if nothing was."""
    found: dict[Due, set[str]] = {}
    for row in connection.execute(select(schema.queue_due)):
        found.setdefault(Due(row.sort), set()).add(row.thing)
    return {sort: frozenset(things) for sort, things in found.items()}


def is_due(connection: Connection) -> bool:
    """True if anything was marked."""
    return connection.execute(select(schema.queue_due).limit(1)).first() is not None


def done(connection: Connection) -> None:
    """Say that the queue holds what was marked."""
    connection.execute(delete(schema.queue_due))
