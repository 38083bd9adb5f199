"""Why the tellings of an incident are one, and what was near, as linking explains it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from khronika.model.links import Ruling
from khronika.store.store import Store
from khronika.workflows.browsing.incident import Telling
from khronika.workflows.browsing.tellings import act_rows
from khronika.workflows.rows import IncidentWhy, NearIncident

if TYPE_CHECKING:
    from khronika.linking.near_acts import ExplainedActs


def why_one(store: Store, telling: Telling, engine: str) -> IncidentWhy | None:
    """Why the tellings of an incident are one, and which of its sources are independent.

    Returns:
        None where linking kept nothing that fits the links; linking anew makes it.
    """
    found = _explained(store, telling, engine, near=False)
    if found is None:
        return None
    return IncidentWhy(links=found.links, sources=found.sources, acts=telling.rows)


def near_ones(
    store: Store, telling: Telling, engine: str, rulings: Mapping[str, Ruling]
) -> IncidentWhy | None:
    """The nearest incidents that were not joined to one, and what speaks for and against it.

    Returns:
        None as above.
    """
    found = _explained(store, telling, engine, near=True)
    if found is None:
        return None
    named = sorted({act for near in found.near for act in (near.one, near.other, *near.pair)})
    with store.reading() as connection:
        rows = act_rows(connection, named, rulings)
    return IncidentWhy(
        near=tuple(
            NearIncident(id=row.incident, row=row, near=each)
            for each in found.near
            if (row := rows.get(each.other)) is not None and row.incident is not None
        ),
        acts=rows,
    )


def _explained(
    store: Store, telling: Telling, engine: str, *, near: bool
) -> "ExplainedActs | None":
    from khronika.linking.near_acts import explain_acts  # noqa: PLC0415  only who asks why waits

    incident = telling.incident
    with store.linking(engine) as state:
        if state is None:
            return None
        return explain_acts(state, incident.acts, incident.joins, near=near)
