"""Who has a part in which incident, to filter incidents by an actor."""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from khronika.store import schema
from khronika.store.store import Store
from khronika.text.lemmas import words
from khronika.workflows.browsing.facets import Column, Incidents, Mask
from khronika.workflows.filtering import is_id

told = schema.incident_act


@dataclass(frozen=True, eq=False)
class Involved:
    """Who has any part in the tellings of each incident: actors by id, others by their words."""

    column: Column
    words: tuple[str, ...] = field(repr=False)  # folded names, by code

    def named(self, asked: str, among: int) -> Mask:
        """Which of so many incidents have an actor: by its id, or by words of a name."""
        if is_id(asked):
            return self.column.having((asked,), among)
        given = [f" {word}" for word, _, _ in words(asked)]
        values = self.column.values
        return self.column.having(
            [
                values[n]
                for n, said in enumerate(self.words)
                if given and all(word in said for word in given)
            ],
            among,
        )


def read_involved(store: Store, incidents: Incidents) -> Involved:
    """Read who has a part in each incident; only who filters by an actor needs it."""
    act, involved, member = schema.act, schema.involvement, schema.member
    known = (member.c.report_id == act.c.report_id) & (member.c.cast == involved.c.cast)
    asked = (
        select(told.c.incident_id, func.coalesce(member.c.actor_id, involved.c.folded))
        .select_from(told)
        .join(act, act.c.id == told.c.act_id)
        .join(involved, involved.c.act_id == act.c.id)
        .outerjoin(member, known)
    )
    position = incidents.position
    with store.reading() as connection:
        rows = connection.execute(asked).all()
        actor = schema.actor.c
        names = dict(connection.execute(select(actor.id, actor.folded)).all())
    pairs = sorted({(position[of], who) for of, who in rows if of in position})
    column = Column.of(pairs)
    return Involved(column, tuple(names.get(value, value) for value in column.values))
