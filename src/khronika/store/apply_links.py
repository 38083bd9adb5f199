"""A change of links in the tables: only the rows that it names are touched."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Connection, TextClause, delete, insert, text

from khronika.model.links import LinkChanges
from khronika.store import schema
from khronika.store.derive import grouped
from khronika.store.derive_links import change_rows

OF_INCIDENT = (schema.incident_act, schema.incident_actor, schema.contradiction)


def apply_links(connection: Connection, changes: LinkChanges) -> None:
    """Bring the tables from what held before a change to what holds after it.

    What a change both takes away and puts is put. A change that contradicts what is there (an actor
    that goes while members stay, an act that two incidents have) is refused by the database.
    """
    if changes.whole:
        clear_links(connection)
    tables = grouped(change_rows(changes))
    again = () if changes.whole else [incident.id for incident in changes.incidents]
    for table in OF_INCIDENT:
        _delete(connection, table.name, ("incident_id",), ((each,) for each in again))
    _delete(connection, "incident", ("id",), ((each,) for each in changes.incidents_gone))
    _delete(connection, "member", ("report_id", "cast"), changes.members_gone)
    _delete(connection, "copy", ("report_id", "original"), changes.copies_gone)
    for table in schema.OF_LINKS:
        if table.name in tables:
            put = insert(table) if table in OF_INCIDENT else _put(table.name)
            connection.execute(put, tables[table.name])
    there = {actor.id for actor in changes.actors}
    gone = ((each,) for each in changes.actors_gone if each not in there)
    _delete(connection, "actor", ("id",), gone)


def clear_links(connection: Connection) -> None:
    """Delete all that linking found."""
    for table in reversed(schema.OF_LINKS):
        connection.execute(delete(table))


def _delete(
    connection: Connection, table: str, keys: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    found = [dict(zip(keys, row, strict=True)) for row in rows]
    if found:
        connection.execute(_deletion(table, keys), found)


@cache
def _deletion(table: str, keys: tuple[str, ...]) -> TextClause:
    these = " AND ".join(f"{_said(key)} = :{key}" for key in keys)
    return text(f"DELETE FROM {_said(table)} WHERE {these}")  # noqa: S608  names of our own


@cache
def _put(name: str) -> TextClause:
    """Insert rows; where one with the key is there, it takes the new values."""
    table = schema.metadata.tables[name]
    columns = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key]
    values = [each for each in columns if each not in keys]
    found = ", ".join(f"{_said(each)} = excluded.{_said(each)}" for each in values)
    return text(
        f"INSERT INTO {_said(name)} ({', '.join(map(_said, columns))})"  # noqa: S608
        f" VALUES ({', '.join(f':{each}' for each in columns)})"
        f" ON CONFLICT ({', '.join(map(_said, keys))})"
        + (f" DO UPDATE SET {found}" if values else " DO NOTHING")
    )


def _said(name: str) -> str:
    return f'"{name}"'
