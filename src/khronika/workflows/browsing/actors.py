"""The list of actors: by name or by how often they are mentioned, narrowed, a page at a time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from khronika.model.reports import LIST
from khronika.publish.wording import DOERS
from khronika.store import actor_traits as traits
from khronika.store import schema
from khronika.store.store import Store
from khronika.text.lemmas import words
from khronika.workflows.browsing.roles import common_roles
from khronika.workflows.filtering import has_words
from khronika.workflows.listed import is_told

actor = schema.actor

SORTS = ("mentions", "name")
FEW = 3000  # actors that are sorted rather than looked up in the order of an index
COUNTED = 1000  # beyond so many only that there are more is said, where counting is slow
OTHERS = 3  # other spellings that a line shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which actors: each that is given must hold.

    Attributes:
        type: person, organisation, authority, group or country.
        country: ISO 3166 alpha-2.
        role: a role that it has in some act.
        name: words that one of its names has, from the beginning of the word.
        reports: at least so many reports tell of it.
        letter: its name comes here or later in the alphabet; for the order by name.
        sort: by "mentions", the most first, or by "name".
        told: leave out whom only lists name; a record without lists has none of these.
    """

    type: str = ""
    country: str = ""
    role: str = ""
    name: str = field(default="", repr=False)
    reports: int = 0
    letter: str = ""
    sort: str = "mentions"
    told: bool = True

    @property
    def narrowed(self) -> bool:
        """True if something but the type is asked for."""
        return bool(self.country or self.role or self.name or self.reports > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLine:
    """One actor in a list."""

    id: str
    type: str
    caption: str = field(repr=False)
    countries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    others: tuple[str, ...] = field(default=(), repr=False)  # the first of its other spellings
    spellings: int = 1
    reports: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many there are; `more`: at least."""

    number: int
    more: bool = False


def has_lists(store: Store) -> bool:
    """Whether the record has lists, which name actors that no report tells of."""
    report = schema.report
    return bool(store.all(select(report.c.id).where(report.c.media_type == LIST).limit(1)))


def actor_lines(store: Store, asked: Asked, offset: int, limit: int) -> tuple[ActorLine, ...]:
    """Some of the actors that are asked for, in the order that is asked for."""
    if _impossible(asked):
        return ()
    with store.reading() as connection:
        ids = _ids(connection, asked).offset(offset).limit(limit)
        found = [row.id for row in connection.execute(ids)]
        return tuple(lines(connection, found))


def actors_in_all(store: Store, asked: Asked) -> Total:
    """How many actors are asked for; costly where nothing narrows them."""
    if _impossible(asked):
        return Total(number=0)
    with store.reading() as connection:
        every = _ids(connection, asked).order_by(None)
        if not asked.narrowed:
            counted = select(func.count()).select_from(every.subquery())
            return Total(number=connection.execute(counted).scalar() or 0)
        some = every.limit(COUNTED + 1).subquery()
        found = connection.execute(select(func.count()).select_from(some)).scalar() or 0
    return Total(number=min(found, COUNTED), more=found > COUNTED)


def lines(connection: Connection, ids: Sequence[str]) -> Iterator[ActorLine]:
    """The lines of some actors, in this order."""
    columns = (
        *(actor.c.id, actor.c.type, actor.c.caption, actor.c.countries, actor.c.roles),
        *(actor.c.names, actor.c.mentions, traits.tally.c.reports),
    )
    joined = actor.outerjoin(traits.tally, traits.tally.c.actor_id == actor.c.id)
    asked = select(*columns).select_from(joined).where(actor.c.id.in_(ids))
    rows = {row.id: row for row in connection.execute(asked)}
    for each in ids:
        if each in rows:
            yield _line(rows[each])


def _line(row: Any) -> ActorLine:
    names = json.loads(row.names)
    others = [name for name in names if name != row.caption]
    return ActorLine(
        id=row.id,
        type=row.type,
        caption=row.caption,
        countries=tuple(json.loads(row.countries)),
        roles=common_roles(json.loads(row.roles)),
        others=tuple(others[:OTHERS]),
        spellings=len(names),
        reports=row.reports or 0,
        mentions=row.mentions,
    )


def _impossible(asked: Asked) -> bool:
    return bool(asked.name) and not any(words(asked.name))


def _ids(connection: Connection, asked: Asked) -> Select[tuple[str]]:
    """Selects `actor.id` of those asked for.

    Where a filter leaves only few, these are sorted; else the index of the order is gone through
    and each is held against the filters, which soon fills a page.
    """
    kinds, said = _traits(asked), [traits.word(each) for each, _, _ in words(asked.name)]
    choices = [traits.having(each) for each in (*kinds, *said)]
    tests = [traits.has(actor.c.id, each) for each in kinds]
    if asked.name:
        tests.append(has_words(actor.c.folded, asked.name))
    if asked.reports > 1:
        choices.append(traits.told_often(asked.reports))
        tests.append(traits.at_least(actor.c.id, asked.reports))
    found = select(actor.c.id).where(*tests)
    if asked.told:
        found = found.where(is_told())
    if asked.type:
        found = found.where(actor.c.type == asked.type)
    if asked.letter and asked.sort == "name":
        found = found.where(actor.c.sorted >= asked.letter)
    rare = traits.rarest(connection, choices, FEW)
    if rare is not None:
        few = rare.distinct().limit(FEW).subquery("few")
        found = found.join(few, few.c.actor_id == actor.c.id)
    first = (actor.c.rank, actor.c.sorted, actor.c.id)
    return found.order_by(*(first[1:] if asked.sort == "name" else first))


def _traits(asked: Asked) -> list[traits.Trait]:
    found = []
    if asked.country:
        found.append(traits.country(asked.country.upper()))
    if asked.role in DOERS:
        found.append(traits.role(*(each.value for each in DOERS)))
    elif asked.role:
        found.append(traits.role(asked.role))
    return found


# From each letter that a name begins with to the next one: as many steps as there are letters.
LETTERS = """
WITH RECURSIVE letter(first) AS (
    SELECT substr(min(sorted), 1, 1) FROM actor WHERE sorted <> ''
    UNION ALL
    SELECT (SELECT substr(min(sorted), 1, 1) FROM actor WHERE sorted > letter.first || :last)
    FROM letter WHERE letter.first IS NOT NULL
)
SELECT first FROM letter WHERE first IS NOT NULL LIMIT 500
"""


def letters(store: Store) -> tuple[str, ...]:
    """The letters that names begin with, in their order."""
    with store.reading() as connection:
        found = connection.execute(text(LETTERS), {"last": traits.LAST}).scalars()
        return tuple(each for each in found if each.isalpha())


def countries_of_actors(store: Store) -> tuple[str, ...]:
    """The countries that actors are of."""
    every = select(traits.trait.c.trait).where(traits.trait.c.trait.between("c:", "c:~")).distinct()
    return tuple(sorted(str(row.trait).removeprefix("c:") for row in store.all(every)))
