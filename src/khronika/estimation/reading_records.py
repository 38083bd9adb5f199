"""Read people with the lists that they are on: from mentions to the cells of a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.estimation.errors import TableError
from khronika.estimation.reading_counts import MOST_COLUMNS as MOST_LISTS
from khronika.estimation.reading_counts import MOST_ROWS, OFF, ON, check_names, text_of

Record = Mapping[str, object] | Sequence[object]

ROWS = (
    "Give for each person a mapping such as {'id': 'p1', 'press': 1, 'police': 0}, "
    "or a pair such as ('p1', ['press'])."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """People by history.

    Attributes:
        lists: their names.
        cells: from the places of the lists a person is on to how many are on just these.
        ids: of the people of each cell; empty if some person had none.
        unlisted: people on none of the lists.
    """

    lists: tuple[str, ...]
    cells: Mapping[frozenset[int], int] = field(repr=False)
    ids: Mapping[frozenset[int], tuple[str, ...]] = field(repr=False)
    unlisted: int


def gather(rows: object, lists: Sequence[str] | None = None, *, person: str = "id") -> Gathered:
    """Gather the lists of each person; a person in many rows is on the lists of all of them.

    Args:
        rows: a person each: a mapping from list to 0, 1 or bool with the id under `person`, or
            a pair of an id and the lists (one name, names, or such a mapping).
        lists: names of the lists to count, in order; None takes all that the rows name, by name.
        person: the key of the id. A row without one is a person of its own.

    Raises:
        TableError: for a row that says neither, or names a list that is not among `lists`.
    """
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
        raise TableError("These are no rows of people", remedy=ROWS)
    seen: dict[str, set[str]] = {}
    alone: list[set[str]] = []
    for identity, on in _each(rows, lists, person):
        if identity:
            seen.setdefault(identity, set()).update(on)
        else:
            alone.append(on)
    names = _names(lists, [*seen.values(), *alone])
    places = {name: j for j, name in enumerate(names)}
    cells: dict[frozenset[int], int] = {}
    ids: dict[frozenset[int], list[str]] = {}
    for who, on in [*seen.items(), *(("", on) for on in alone)]:
        history = frozenset(places[name] for name in on)
        cells[history] = cells.get(history, 0) + 1
        ids.setdefault(history, []).append(who)
    unlisted = cells.pop(frozenset(), 0)
    known = {} if alone else {history: tuple(cell) for history, cell in ids.items() if history}
    return Gathered(lists=names, cells=cells, ids=known, unlisted=unlisted)


def _each(
    rows: Iterable[object], lists: Sequence[str] | None, person: str
) -> Iterator[tuple[str, set[str]]]:
    wanted = None if lists is None else frozenset(lists)
    for at, row in enumerate(rows, start=1):
        if at > MOST_ROWS:
            raise TableError(
                f"There are more than {MOST_ROWS:,} rows", remedy="Count them by history first."
            )
        if isinstance(row, Mapping):
            identity = row.get(person)
            on = _switched(row, at, wanted, besides=person)
        elif isinstance(row, Sequence) and not isinstance(row, (str, bytes)) and len(row) == 2:
            identity = row[0]
            on = _named(row[1], at, wanted)
        else:
            raise TableError(f"Row {at} says of no person what lists they are on", remedy=ROWS)
        yield "" if identity is None else text_of(identity), on


def _switched(
    row: Mapping[object, object], at: int, wanted: frozenset[str] | None, *, besides: str = ""
) -> set[str]:
    """Lists that a mapping switches on; with `wanted`, its other columns are not looked at."""
    on = set()
    for name, value in row.items():
        if name == besides or (wanted is not None and name not in wanted):
            continue
        said = text_of(value).casefold()
        if said not in ON | OFF:
            raise TableError(
                f"Row {at} has something other than 0 or 1 for a list",
                remedy=f"{ROWS} Name the lists with `lists=` if the rows have other columns.",
            )
        if said in ON:
            on.add(text_of(name))
    return on


def _named(named: object, at: int, wanted: frozenset[str] | None) -> set[str]:
    if isinstance(named, Mapping):
        return _switched(named, at, wanted)
    if isinstance(named, bytes) or not isinstance(named, Iterable):
        raise TableError(f"Row {at} names no lists", remedy=ROWS)
    on = {text_of(name) for name in ([named] if isinstance(named, str) else named)}
    if wanted is not None and not on <= wanted:
        raise TableError(
            f"Row {at} names a list that is not among `lists`",
            remedy="Add the list to `lists`, or leave it out of the rows.",
        )
    return on


def _names(lists: Sequence[str] | None, found: Sequence[set[str]]) -> tuple[str, ...]:
    names = sorted(set().union(*found)) if lists is None else list(lists)
    if not names or len(names) > MOST_LISTS or isinstance(lists, str):
        raise TableError(
            f"The rows name {len(names)} lists",
            remedy=f"Name 1 to {MOST_LISTS} lists, as in `lists=['press', 'police']`.",
        )
    check_names(names)
    return tuple(names)
