"""Bringing the review queue up: what changed since it was last brought up, and no more.

Whatever order the changes came in, the queue is the same: `rebuild` makes it anew, and a test holds
the two against each other.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from khronika.coding.given import BY_HAND
from khronika.model.links import Ruling
from khronika.review.priority import Sort, of_pair
from khronika.store import link_state, schema
from khronika.store.chunks import in_chunks
from khronika.store.due import Due
from khronika.store.link_state import LinkState
from khronika.store.store import Store
from khronika.store.writer import last_linked
from khronika.workflows.relink import DIGITS
from khronika.workflows.reviewing.said import coded_in
from khronika.workflows.reviewing.scoring import (
    Coded,
    Known,
    Row,
    act_rows,
    contradiction_rows,
    pair_row,
    waiting_row,
)
from khronika.workflows.ruling import gone_from
from khronika.workflows.rulings import CODING, IDENTITY, TRUTH, rulings_of

if TYPE_CHECKING:  # linking is not wanted by who only looks at a record
    from khronika.linking.unsure import Asked

queue, about = schema.queue, schema.queue_about
told, member, actor = schema.incident_act, schema.member, schema.actor
PAIRS = queue.c.sort.in_((Sort.ACTORS.value, Sort.INCIDENTS.value))
AT_ONCE = 1000  # rows; a bound on memory
HOME = "home:"  # before the number of a cluster, among the things that a pair is about


def keep_queue(store: Store, connection: Connection, wanted: Mapping[Due, frozenset[str]]) -> None:
    """Bring the queue to what the tables say.

    Args:
        store: the record.
        connection: with the pen.
        wanted: what may have changed.
    """
    _Keeping(store, connection, wanted).run()


class _Keeping:
    def __init__(
        self, store: Store, connection: Connection, wanted: Mapping[Due, frozenset[str]]
    ) -> None:
        self._store = store
        self._connection = connection
        self._wanted = wanted
        self._anew = Due.ALL in wanted
        self._links = self._anew or Due.LINKS in wanted

    def run(self) -> None:
        """Bring all sorts of items up."""
        self._acts()
        self._contradictions()
        self._waiting()
        self._pairs()

    # --- what everything needs

    @cached_property
    def _rulings(self) -> tuple[Ruling, ...]:
        """Those that stand."""
        return rulings_of(self._store).standing()

    @cached_property
    def _named(self) -> frozenset[str]:
        """What is ruled on anew; of a ruling that is taken back what that was about."""
        named = self._wanted.get(Due.RULED, frozenset())
        by_id = rulings_of(self._store).by_id
        return named | {each for ruled in named if ruled in by_id for each in by_id[ruled].ids}

    @cached_property
    def _known(self) -> Known:
        seen: defaultdict[str, set[str]] = defaultdict(set)
        left = [r for r in self._rulings if r.verb == "left" and len(r.ids) == 1]
        now = self._now({each for ruling in left for each in ruling.ids if each[:4] == "inc_"})
        for ruling in self._rulings:
            for each in ruling.ids if ruling.verb in (*TRUTH, *CODING) else ():
                seen[each].add(ruling.seen.get(each, ""))
        for ruling in left:
            [each] = ruling.ids
            seen[now.get(each, each)].add(ruling.seen.get(each, ""))
        return Known(severities=_severities(self._store), seen=seen)

    def _all(self, asked: Any) -> Sequence[Any]:
        return self._connection.execute(asked).all()

    def _drop(self, condition: ColumnElement[bool]) -> None:
        """Delete the items that fulfil a condition."""
        self._connection.execute(delete(queue).where(condition))

    def _drop_pairs(self, items: Iterable[str]) -> None:
        """Delete pairs with all that they are found by."""
        for some in in_chunks(sorted(set(items))):
            self._drop(queue.c.id.in_(some))
            self._connection.execute(delete(about).where(about.c.item.in_(some)))

    def _put(self, rows: Iterable[Row]) -> None:
        """Insert items; what they are about is found by it, but for acts."""
        source = iter(rows)
        while some := list(islice(source, AT_ONCE)):
            self._connection.execute(insert(queue), some)

    # --- acts

    def _acts(self) -> None:
        if self._anew:
            self._drop(_is(Sort.ACT))
            self._put(self._coded(self._store.coded()))
            return
        reports = self._wanted.get(Due.REPORT, frozenset())
        for some in in_chunks(sorted(reports)):
            self._drop(queue.c.report_id.in_(some))
        self._put(self._coded(sorted(reports)))
        if self._links:
            self._again(row.id for row in self._all(select(queue.c.id).where(_is(Sort.ACT))))
        else:
            self._again(self._touched())

    def _coded(self, reports: Iterable[str]) -> Iterator[Row]:
        """Rows of the acts of some reports, from their codings."""
        for some in in_chunks(list(reports)):
            coded = coded_in(self._store, some)
            yield from act_rows(self._connection, coded, self._known, BY_HAND)

    def _touched(self) -> set[str]:
        """Acts that are ruled on or whose incident changed."""
        found = {each for each in self._named if each.startswith("act_")}
        for some in in_chunks(sorted(self._wanted.get(Due.INCIDENT, ()))):
            asked = select(told.c.act_id).where(told.c.incident_id.in_(some))
            found.update(row.act_id for row in self._all(asked))
        return found

    def _again(self, acts: Iterable[str]) -> None:
        """Rank acts anew by what was read of their coding before."""
        for some in in_chunks(sorted(set(acts))):
            these = queue.c.id.in_(some)
            rows = self._all(select(queue.c.id, queue.c.parts, queue.c.said).where(these))
            found: dict[str, Coded] = {
                row.id: (tuple((a, b) for a, b in json.loads(row.parts)), row.said) for row in rows
            }
            self._drop(these)
            self._put(act_rows(self._connection, found, self._known, BY_HAND))

    # --- contradictions

    def _contradictions(self) -> None:
        if self._links:
            self._drop(_is(Sort.CONTRADICTION))
            incidents = self._all(select(schema.contradiction.c.incident_id).distinct())
            ids = [row.incident_id for row in incidents]
        else:
            ruled = [each for each in self._named if each.startswith("inc_")]
            touched = {*self._wanted.get(Due.INCIDENT, ()), *self._now(ruled).values()}
            ids = sorted(touched)
            for some in in_chunks(ids):
                self._drop(queue.c.id.in_(some))
        self._put(contradiction_rows(self._connection, ids, self._known))

    # --- rulings that wait

    def _waiting(self) -> None:
        self._drop(queue.c.open.in_((0, 1)) & _is(Sort.RULING))  # as the index begins
        self._put(
            waiting_row(ruling.id, ruling.verb, gone, ruling.ids)
            for ruling, gone in gone_from(self._store, self._rulings)
        )

    # --- pairs

    def _pairs(self) -> None:
        homes = {int(each) for each in self._wanted.get(Due.HOME, ())}
        if self._links and not self._fits:
            self._drop_gone()
        elif self._links:
            self._drop(PAIRS)
            self._connection.execute(delete(about))
        elif homes:
            for some in in_chunks([f"{HOME}{home}" for home in sorted(homes)]):
                these = self._all(select(about.c.item).where(about.c.thing.in_(some)))
                self._drop_pairs(row.item for row in these)
        if self._fits and (self._links or homes):
            self._near(None if self._links else homes)
        self._reopen()

    def _near(self, homes: Collection[int] | None) -> None:
        """Find pairs in what linking keeps."""
        from khronika.linking.unsure import unsure_acts, unsure_names  # noqa: PLC0415  as below

        state = LinkState(self._connection)
        self._keep_pairs(Sort.ACTORS, list(unsure_names(state, homes)))
        self._keep_pairs(Sort.INCIDENTS, list(unsure_acts(state, homes)))

    @cached_property
    def _fits(self) -> bool:
        """True if what linking keeps fits the links; after `rebuild` it does not."""
        last = last_linked(self._connection)
        if not last:
            return False
        from khronika.linking import ENGINE  # noqa: PLC0415  only where something was linked

        return link_state.fits(self._connection, last, ENGINE)

    def _drop_gone(self) -> None:
        """Delete pairs of which one is no more; the others stay, as the links do."""
        rows = self._all(select(queue.c.id, queue.c.about).where(PAIRS))
        ids = {each for row in rows for each in json.loads(row.about)}
        there = self._kinds(ids).keys() | {
            row.id
            for some in in_chunks(sorted(ids))
            for row in self._all(select(actor.c.id).where(actor.c.id.in_(some)))
        }
        self._drop_pairs(row.id for row in rows if not there >= set(json.loads(row.about)))

    def _keep_pairs(self, sort: Sort, asked: "Sequence[Asked]") -> None:
        ends = {each for one, near, _ in asked for each in (one, near.id)}
        now = self._now(ends)
        kinds = self._kinds(now.values()) if sort is Sort.INCIDENTS else {}
        rows: dict[str, Row] = {}
        things: set[tuple[str, str]] = set()
        for one, near, homes in asked:
            ids = sorted({now.get(one, ""), now.get(near.id, "")} - {""})
            if len(ids) != 2:
                continue
            kind = kinds.get(ids[0], "")
            priority = of_pair(near.weight, self._known.severities.get(kind, 1))
            row = pair_row(sort, ids, priority, kind=kind, open_=self._is_open(ids))
            if row["id"] not in rows or row["rank"] < rows[row["id"]]["rank"]:
                rows[row["id"]] = row
            things |= {(each, row["id"]) for each in (*ids, *(f"{HOME}{h}" for h in homes))}
        self._drop_pairs(rows)
        self._put(rows.values())
        for pairs in in_chunks(sorted(things)):
            found = [{"thing": thing, "item": item} for thing, item in pairs]
            self._connection.execute(insert(about), found)

    def _kinds(self, incidents: Iterable[str]) -> dict[str, str]:
        table = schema.incident.c
        return {
            row.id: row.kind
            for some in in_chunks(sorted(set(incidents)))
            for row in self._all(select(table.id, table.kind).where(table.id.in_(some)))
        }

    def _reopen(self) -> None:
        """Open or close the pairs that something is ruled of."""
        names = {*self._named, *self._now(self._named).values()}
        for some in in_chunks(sorted(names)):
            asked = select(queue.c.id, queue.c.about).join(about, about.c.item == queue.c.id)
            for row in self._all(asked.where(about.c.thing.in_(some))):
                open_ = int(self._is_open(json.loads(row.about)))
                put = queue.update().where(queue.c.id == row.id).values(open=open_)
                self._connection.execute(put)

    def _is_open(self, ids: Collection[str]) -> bool:
        return frozenset(ids) not in self._ruled

    @cached_property
    def _ruled(self) -> frozenset[frozenset[str]]:
        """Pairs of which a reviewer said anything that stands, as they are called now."""
        rulings = [r for r in self._rulings if r.verb in IDENTITY and len(r.ids) > 1]
        now = self._now({each for ruling in rulings for each in ruling.ids})
        return frozenset(
            frozenset(pair)
            for ruling in rulings
            for pair in combinations([now.get(each, each) for each in ruling.ids], 2)
        )

    def _now(self, ids: Iterable[str]) -> dict[str, str]:
        """What actors, incidents and acts are, or belong to, now."""
        found: dict[str, str] = {}
        for some in in_chunks(sorted(set(ids))):
            for column, now in (
                (told.c.act_id, told.c.incident_id),
                (told.c.alone, told.c.incident_id),
                (member.c.alone, member.c.actor_id),
            ):
                asked = select(column.label("was"), now.label("now")).where(column.in_(some))
                found |= {row.was: row.now for row in self._all(asked)}
        return found


def _severities(store: Store) -> dict[str, int]:
    """The severity of each kind; the kept codebook is read once."""
    digest = store.digest("codebook", "codebook")
    number = int(digest[:DIGITS], 16) if digest else 0
    return store.remembered.at("severities", number, lambda _: _severities_kept(store))


def _severities_kept(store: Store) -> dict[str, int]:
    kept = store.part("codebook", "codebook")
    kinds = json.loads(kept)["kinds"] if kept is not None else {}
    return {name: each["severity"] for name, each in kinds.items() if "severity" in each}


def _is(sort: Sort) -> ColumnElement[bool]:
    return queue.c.sort == sort.value
