"""Looking actors up by words of their names, by country and by role: one table that is a key.

The table follows the actors by triggers (see the migrations), so it is no part of the schema.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    column,
    func,
    select,
    table,
)

LAST = "\U0010ffff"  # sorts behind every letter of a word

trait = table("actor_trait", column("trait", Text), column("actor_id", Text))
tally = table("actor_tally", column("actor_id", Text), column("reports", Integer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """Any of some keys of the table, or any that begins like the only one."""

    keys: tuple[str, ...]
    begins: bool = False


def word(begins: str) -> Trait:
    """Having a word that begins so (folded) in a name."""
    return Trait(keys=(f"w:{begins}",), begins=True)


def country(code: str) -> Trait:
    """Being of a country (ISO 3166 alpha-2)."""
    return Trait(keys=(f"c:{code}",))


def role(*names: str) -> Trait:
    """Having had one of some roles in an act."""
    return Trait(keys=tuple(f"r:{name}" for name in names))


def having(one: Trait) -> Select[tuple[str]]:
    """Selects `actor_id` of those that have a trait; of a beginning, maybe more than once."""
    return select(trait.c.actor_id).where(_is(one))


def has(of: ColumnElement[str], one: Trait) -> ColumnElement[bool]:
    """True of an actor that has a trait, which must be whole; looked up row by row."""
    mine = select(trait.c.trait).where(trait.c.actor_id == of, _is(one))
    return mine.correlate_except(trait).exists()


def at_least(of: ColumnElement[str], reports: int) -> ColumnElement[bool]:
    """True of an actor that so many reports tell of; looked up row by row."""
    mine = select(tally.c.reports).where(tally.c.actor_id == of, tally.c.reports >= reports)
    return mine.correlate_except(tally).exists()


def told_often(reports: int) -> Select[tuple[str]]:
    """Selects `actor_id` of those that so many reports tell of."""
    return select(tally.c.actor_id).where(tally.c.reports >= reports)


def rarest(
    connection: Connection, choices: Iterable[Select[tuple[str]]], few: int
) -> Select[tuple[str]] | None:
    """The choice that leaves the fewest, if those are few.

    Args:
        connection: to the record.
        choices: selects of `actor_id`.
        few: how many are too many to be read and sorted.
    """
    best: tuple[int, Select[tuple[str]] | None] = (few, None)
    for choice in choices:
        some = choice.limit(few).subquery()
        found = connection.execute(select(func.count()).select_from(some)).scalar() or 0
        if found < best[0]:
            best = (found, choice)
    return best[1]


def _is(one: Trait) -> ColumnElement[bool]:
    if one.begins:
        return trait.c.trait.between(one.keys[0], f"{one.keys[0]}{LAST}")
    return trait.c.trait.in_(one.keys)
