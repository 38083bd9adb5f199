"""Tables of captures from a record: by publisher, after those that repeat each other are one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from khronika.estimation.notes import noted
from khronika.estimation.results import Note
from khronika.estimation.rules import FEWEST_LISTS, FEWEST_RECORDS
from khronika.estimation.table import CaptureTable, Excluded
from khronika.linking.state import State
from khronika.store import schema
from khronika.store.link_state import LinkState, fits
from khronika.store.store import Store
from khronika.store.writer import last_linked
from khronika.workflows.estimating.cells import Cell, Seen, cells_of, table_of
from khronika.workflows.estimating.lists import Lists, PublisherList, left_out, lists_from
from khronika.workflows.estimating.origins import Origin, Origins, evidence_in
from khronika.workflows.estimating.question import By, Question, QuestionError
from khronika.workflows.estimating.scoped import LEFT_OUT, NO_PUBLISHER, Scoped, scoped
from khronika.workflows.estimating.tellings import Sighting, Told, told_of
from khronika.workflows.relink import kept_codebook
from khronika.workflows.rulings import rulings_of
from khronika.workflows.sensitive import sensitive_actors, withheld

Key = tuple[str, str, str, str]  # a telling: incident, act, actor, publisher

_WHICH = {By.KIND: "several-kinds", By.COUNTRY: "several-parts", By.YEAR: "several-parts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTable:
    """The table of one part of a record.

    Attributes:
        part: the kind, country or year; "" if the record is not divided.
        table: how many people each combination of lists has.
        cells: the ids behind each cell, in the order of the table's.
        seen: the tellings that were counted, each with its list.
    """

    part: str
    table: CaptureTable
    cells: tuple[Cell, ...] = field(repr=False)
    seen: Seen = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTables:
    """What a record tells of those asked for, as tables.

    Attributes:
        question: what was asked.
        parts: a table each; none where nobody is counted.
        lists: the lists of all parts, and why publishers are one.
        repeated: tellings that were put on another's list, by how that is known.
        excluded: who is left out of all parts, and why.
        nobody: tellings of no identified person, how many and why they do not count.
        linkage: by what linking, as of which entry of the journal.
        notes: what else a reader must know, a sentence each.
    """

    question: Question
    parts: tuple[PartTable, ...]
    lists: tuple[PublisherList, ...]
    repeated: Mapping[str, int]
    excluded: tuple[Excluded, ...]
    nobody: tuple[tuple[int, str], ...]
    linkage: str
    notes: tuple[Note, ...] = ()


def fewer_lists(found: RecordTables, most: int = 6) -> int | None:
    """Below how many people lists would have to be put together so that few are left.

    Args:
        found: what was counted.
        most: lists that may be left.

    Returns:
        What `Question.small` would have to be; None if there are no more lists than that, or if
        too few are large enough to bear an estimate.
    """
    people: dict[str, set[str]] = {}
    for part in found.parts:
        for each, name in part.seen:
            people.setdefault(name, set()).add(each.actor)
    sizes = sorted(map(len, people.values()), reverse=True)
    if len(sizes) <= most or sizes[FEWEST_LISTS - 1] < FEWEST_RECORDS:
        return None
    kept = sum(size > sizes[most - 1] for size in sizes[: most - 1])
    return sizes[kept - 1] if kept else None


def tables_of(store: Store, asked: Question, engine: str) -> RecordTables:
    """Count the persons of a record by the lists that have them.

    Args:
        store: the record.
        asked: whom to count, and by what to divide.
        engine: what links records; who repeats whom is told by what it keeps, where that fits.

    Raises:
        QuestionError: the question names no kind, or a publisher that the record has not.
    """
    if not asked.kind and asked.by is not By.KIND:
        raise QuestionError(
            "It is not said what was done to the people who are to be counted",
            remedy="Name a kind of act with --kind, or take each by itself with --by kind.",
        )
    with store.reading() as connection:
        entry = last_linked(connection)
        state = LinkState(connection) if fits(connection, entry, engine) else None
        told = told_of(connection, asked.kind, without=_made(store, asked))
        whose = _whose(connection, state, told, asked)
    found = scoped(told, asked, lists=_unlisted(whose, asked))
    counted = [each for part in found.parts.values() for each in part]
    lists = lists_from([(each, whose[_key(each)]) for each in counted], asked)
    hidden = _Hidden.of(store)
    linkage = f"{engine or 'linking'} as of entry {entry} of the journal"
    parts = tuple(
        _part(part, some, lists, whose, hidden, scope=asked.scope(part), linkage=linkage)
        for part, some in found.parts.items()
    )
    if asked.by is By.WHOLE:
        parts = tuple(_excluding(part, found) for part in parts)
    return RecordTables(
        question=asked,
        parts=parts,
        lists=lists.lists,
        repeated=lists.repeated,
        excluded=found.excluded,
        nobody=found.nobody,
        linkage=linkage,
        notes=_notes(store, found, asked, state=state is not None),
    )


def _made(store: Store, asked: Question) -> frozenset[str]:
    """Kinds of act that are made, not suffered; left out unless they are asked for by name."""
    codebook = None if asked.kind else kept_codebook(store)
    kinds = codebook.kinds.values() if codebook else ()
    return frozenset(kind.id for kind in kinds if kind.intervention)


def _whose(
    connection: Connection, state: State | None, told: Told, asked: Question
) -> dict[Key, Origin]:
    """Whose observation each telling is that counts if its publisher does."""
    parts = scoped(told, asked, lists=lambda _: "").parts
    counted = [each for part in parts.values() for each in part]
    origins = Origins(evidence_in(connection, state, counted, told), counted)
    return {_key(each): origins.of(each) for each in counted}


def _key(each: Sighting) -> Key:
    return each.incident, each.act, each.actor, each.publisher


def _unlisted(whose: Mapping[Key, Origin], asked: Question) -> Callable[[Sighting], str]:
    """What is wrong with whose observation a telling is."""
    gone = left_out(asked.without, {origin.publisher for origin in whose.values()} - {""})

    def what(each: Sighting) -> str:
        origin = whose.get(_key(each))
        if origin is None:  # of a person who is in no part
            return ""
        if not origin.publisher:
            return NO_PUBLISHER
        return LEFT_OUT if gone(origin.publisher) else ""

    return what


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What reviewers marked as sensitive."""

    acts: frozenset[str]
    actors: frozenset[str]

    @classmethod
    def of(cls, store: Store) -> "_Hidden":
        acts = withheld(rulings_of(store))
        return cls(frozenset(acts), frozenset(each.id for each in sensitive_actors(store)))

    def among(self, sightings: Iterable[Sighting]) -> Collection[str]:
        """Actors whose ids stay out: those marked, and those of whom only marked acts tell."""
        every = list(sightings)
        told = {each.actor for each in every if each.act not in self.acts}
        return self.actors | {each.actor for each in every if each.actor not in told}


def _part(
    part: str,
    sightings: Sequence[Sighting],
    lists: Lists,
    whose: Mapping[Key, Origin],
    hidden: _Hidden,
    *,
    scope: str,
    linkage: str,
) -> PartTable:
    seen = tuple((each, lists.of[whose[_key(each)].publisher]) for each in sightings)
    table = table_of(seen, lambda each: each.actor, scope=scope, linkage=linkage)
    nobody = hidden.among(sightings)
    cells = cells_of(table, seen, hidden_acts=hidden.acts, hidden=nobody)
    return PartTable(
        part=part,
        table=replace(table, people=tuple(cell.actors for cell in cells)),
        cells=cells,
        seen=seen,
    )


def _excluding(part: PartTable, found: Scoped) -> PartTable:
    return replace(part, table=replace(part.table, excluded=found.excluded))


def _notes(store: Store, found: Scoped, asked: Question, *, state: bool) -> tuple[Note, ...]:
    told = []
    if found.several:
        told.append(noted(_WHICH[asked.by], n=found.several))
    tombstone = schema.tombstone
    graves = store.all(select(tombstone.c.subject).where(tombstone.c.what == "person"))
    if graves:
        told.append(noted("withdrawn", n=len(graves)))
    if not state:
        told.append(noted("linking-unfit"))
    return tuple(told)
