"""One item of the queue with all that a reviewer needs to rule on it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select

from khronika.model.links import Incident, Ruling
from khronika.review.priority import Sort
from khronika.store import schema
from khronika.store.link_state import LinkState
from khronika.store.store import Store
from khronika.workflows.explaining import Quoting, near_actors
from khronika.workflows.linked import captions_by_id, incidents_by_id
from khronika.workflows.looking import Look
from khronika.workflows.reasons import reasons
from khronika.workflows.reviewing.context import contexts
from khronika.workflows.reviewing.keeping import HOME
from khronika.workflows.reviewing.paging import around, left, one
from khronika.workflows.reviewing.rows import Asked, Pair, QueueRow, ReviewItem, Sureness, Telling
from khronika.workflows.rows import ActRow, NearIncident
from khronika.workflows.ruling import gone_from
from khronika.workflows.rulings import rulings_of
from khronika.workflows.versions import version

if TYPE_CHECKING:
    from khronika.linking.explained import Near
    from khronika.linking.unsure import Asked as Found

TELLINGS = 12  # of one incident that are shown beside an act
CONTRADICTING = 40  # of those that contradict each other


def item(store: Store, asked: str, filters: Asked) -> ReviewItem:
    """One item, whole.

    Args:
        store: the record.
        asked: its id.
        filters: of the queue that it is looked at in: what comes before and after passes them.

    Raises:
        NoSuchItemError: there is none.
    """
    row = one(store, asked)
    before, after = around(store, filters, row)
    found = ReviewItem(
        row=row,
        versions={each: version(store, each) for each in row.about if each[:4] != "rul_"},
        previous=before,
        next=after,
        left=left(store, filters),
    )
    if row.sort is Sort.ACT:
        return _of_act(store, found)
    if row.sort is Sort.CONTRADICTION:
        return _of_contradictions(store, found)
    if row.sort is Sort.RULING:
        return _of_ruling(store, found)
    return _of_pair(store, found)


def _of_act(store: Store, found: ReviewItem) -> ReviewItem:
    told = schema.incident_act.c
    asked = select(told.incident_id).where(told.act_id == found.row.id)
    incident = _incident(store, next((str(row.incident_id) for row in store.all(asked)), None))
    others = [each for each in incident.acts if each != found.row.id] if incident else []
    rows = Look(store).tellings([found.row.id, *others[:TELLINGS]])
    [act] = [row for row in rows if row.act.id == found.row.id]
    return replace(
        found,
        act=act,
        context=next(contexts(store, [act.act])),
        sureness=_sureness(act),
        why=tuple(reasons(act)),
        incident=incident,
        contradictions=incident.contradictions if incident else (),
        tellings=_told(store, [row for row in rows if row is not act]),
        rulings=_standing(store, (act.act.id,)),
    )


def _sureness(row: ActRow) -> Sureness:
    now = row.act.confidence
    if row.learned is None:
        return Sureness(coder=now, expected=now)
    return Sureness(coder=row.learned.coder, expected=now, rulings=row.learned.rulings)


def _of_contradictions(store: Store, found: ReviewItem) -> ReviewItem:
    incident = _incident(store, found.row.id)
    if incident is None:
        return found
    against = {act for each in incident.contradictions for told in each.values for act in told.acts}
    wanted = sorted(against)[:CONTRADICTING]
    rest = [act for act in incident.acts if act not in against]
    wanted += rest[: max(0, TELLINGS - len(wanted))]
    return replace(
        found,
        incident=incident,
        contradictions=incident.contradictions,
        tellings=_told(store, Look(store).tellings(wanted)),
        rulings=_standing(store, (incident.id, *incident.acts)),
    )


def _of_ruling(store: Store, found: ReviewItem) -> ReviewItem:
    rulings = [each for each in rulings_of(store).all if each.id == found.row.id]
    gone = [names for _, names in gone_from(store, rulings)]
    there = [each for each in found.row.about if each.startswith("act_")]
    return replace(
        found,
        ruling=rulings[0] if rulings else None,
        gone=gone[0] if gone else (),
        tellings=_told(store, Look(store).tellings(there[:TELLINGS])),
        rulings=tuple(rulings),
    )


def _of_pair(store: Store, found: ReviewItem) -> ReviewItem:
    row = found.row
    near = _near(store, row)
    pair = _actors(store, row, near) if row.sort is Sort.ACTORS else _incidents(store, row, near)
    return replace(found, pair=pair, rulings=_standing(store, row.about))


def _near(store: Store, row: QueueRow) -> "Near | None":
    """What linking says of a pair, if what it keeps fits the links."""
    from khronika.linking import ENGINE  # noqa: PLC0415  as in keeping

    homes = homes_of(store, row.id)
    with store.linking(ENGINE) as state:
        return near_of(state, row.sort, homes) if state is not None else None


def near_of(state: LinkState, sort: Sort, homes: Sequence[int]) -> "Near | None":
    """What linking says of the pair of two clusters."""
    from khronika.linking.unsure import unsure_acts, unsure_names  # noqa: PLC0415  as in keeping

    find = unsure_names if sort is Sort.ACTORS else unsure_acts
    asked: Iterable[Found] = find(state, homes[:1])
    return next((each.near for each in asked if set(each.homes) <= set(homes)), None)


def homes_of(store: Store, item: str) -> list[int]:
    """The clusters of a pair, in linking's numbers."""
    about = schema.queue_about.c
    asked = select(about.thing).where(about.item == item, about.thing.startswith(HOME))
    return sorted(int(str(row.thing).removeprefix(HOME)) for row in store.all(asked))


def _actors(store: Store, row: QueueRow, near: "Near | None") -> Pair:
    quoted = Quoting(store)
    found = near_actors(store, quoted, [near]) if near is not None else ()
    with store.reading() as connection:
        captions = captions_by_id(connection, row.about)
    return Pair(
        one=next((each for each in row.about if not found or each != found[0].id), row.about[0]),
        actor=found[0] if found else None,
        captions=tuple(captions.get(each, "") for each in row.about),
        excerpts=tuple(
            each for each in (found[0].one, found[0].other) if each is not None
        ) if found else (),
    )  # fmt: skip


def _incidents(store: Store, row: QueueRow, near: "Near | None") -> Pair:
    look = Look(store)
    acts = [near.one, near.other] if near is not None else _first_acts(store, row.about)
    rows = look.tellings(acts)
    other = next((each for each in rows if near and each.act.id == near.other), None)
    incident = None
    if near is not None and other is not None and other.incident is not None:
        incident = NearIncident(id=other.incident, row=other, near=near)
    first = next((each for each in row.about if not incident or each != incident.id), row.about[0])
    ordered = sorted(rows, key=lambda each: each.incident != first)
    return Pair(one=first, incident=incident, tellings=_told(store, ordered))


def _first_acts(store: Store, incidents: Sequence[str]) -> list[str]:
    with store.reading() as connection:
        found = incidents_by_id(connection, incidents, None)
    return [act for each in found for act in islice(each.acts, 1)]


def _incident(store: Store, asked: str | None) -> Incident | None:
    if not asked:
        return None
    with store.reading() as connection:
        found = incidents_by_id(connection, [asked], None)
    return found[0] if found else None


def _told(store: Store, rows: Sequence[ActRow]) -> tuple[Telling, ...]:
    found = contexts(store, [row.act for row in rows], 0)
    return tuple(Telling(row=row, context=each) for row, each in zip(rows, found, strict=True))


def _standing(store: Store, ids: Sequence[str]) -> tuple[Ruling, ...]:
    """What was ruled on some things and stands, the oldest first."""
    about = rulings_of(store).about
    found = {each.id: each for one in ids for each in about.get(one, ())}
    standing = (each for each in found.values() if each.superseded_by is None)
    return tuple(sorted(standing, key=lambda each: (each.time, each.id)))
