"""Filters and their numbers, against the same said plainly."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.store.store import Store
from khronika.workflows.browsing.columns import (
    month_of,
    read_incidents,
    ruled_incidents,
    years_of,
)
from khronika.workflows.browsing.facets import (
    FACETS,
    NONE,
    SORTS,
    Choice,
    Column,
    Incidents,
)
from khronika.workflows.browsing.involved import read_involved
from workflows.browsing.chronicle import a_chronicle


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with a_chronicle(tmp_path_factory.mktemp("facets") / "record") as record:
        yield record.store


@pytest.fixture(scope="module")
def every(store: Store) -> Incidents:
    return read_incidents(store)


def values_at(every: Incidents, facet: str) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in every.ids]
    column = every.columns[facet]
    for at, code in zip(column.at.tolist(), column.codes.tolist(), strict=True):
        found[at].add(column.values[code])
    return found


def test_everything_is_counted_without_a_choice(every: Incidents) -> None:
    counted = every.chosen(Choice())
    assert counted.total == len(every.ids) == 5
    assert dict(counted.facets["kind"]) == {"arrest": 2, "assault": 2, "release": 1}
    assert dict(counted.facets["country"]) == {"UA": 1, "KZ": 2, NONE: 2}
    assert dict(counted.facets["year"]) == {"2019": 1, "2020": 1, "2021": 2, NONE: 1}
    assert dict(counted.facets["contradiction"]) == {"yes": 1, "no": 4}
    assert dict(counted.facets["sources"]) == {"1": 4, "2": 1}


def test_any_choice_counts_what_a_plain_loop_counts(every: Incidents) -> None:
    chance = random.Random(7)
    told = {facet: values_at(every, facet) for facet in FACETS}
    for _ in range(200):
        given = {
            facet: tuple(chance.sample(every.columns[facet].values, 1))
            for facet in FACETS
            if chance.random() < 0.3
        }
        counted = every.chosen(Choice(**given))  # type: ignore[arg-type]
        for facet in FACETS:
            others = {name: set(some) for name, some in given.items() if name != facet}
            passing = [
                n
                for n in range(len(every.ids))
                if all(told[name][n] & some for name, some in others.items())
            ]
            plain: dict[str, int] = {}
            for n in passing:
                for value in told[facet][n]:
                    plain[value] = plain.get(value, 0) + 1
            assert dict(counted.facets[facet]) == plain
        assert (every.kept(Choice(**given)) == counted.kept).all()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        (Choice(within="orl"), 1),
        (Choice(within="rle"), 0),
        (Choice(within="!!"), 0),
        (Choice(since="2021"), 2),
        (Choice(until="2019-06"), 1),
        (Choice(since="2020-12", until="2021-03"), 2),
        (Choice(kind=("nothing", "'; --"), place=("x" * 500,)), 0),
        (Choice(year=(NONE,)), 1),
    ],
)
def test_words_and_dates_narrow(every: Incidents, choice: Choice, number: int) -> None:
    assert every.chosen(choice).total == number


def test_each_order_has_every_incident_once(every: Incidents) -> None:
    kept = every.chosen(Choice()).kept
    for sort in (*SORTS, "nonsense"):
        assert sorted(every.ordered(kept, sort, 0, 99)) == sorted(every.ids)
        pages = [every.ordered(kept, sort, at, 2) for at in (0, 2, 4)]
        assert [each for page in pages for each in page] == list(every.ordered(kept, sort, 0, 99))
    assert every.ordered(kept, "date", 99, 5) == ()


def test_undated_incidents_are_last_whichever_way(every: Incidents) -> None:
    kept = every.chosen(Choice()).kept
    undated = every.ids[int(every.undated.nonzero()[0][0])]
    assert every.ordered(kept, "date", 0, 99)[-1] == undated
    assert every.ordered(kept, "newest-date", 0, 99)[-1] == undated


def test_the_most_told_comes_first(every: Incidents) -> None:
    kept = every.chosen(Choice()).kept
    first = every.ordered(kept, "told", 0, 1)[0]
    assert every.told[every.position[first]] == 3


def test_an_actor_is_found_by_id_and_by_words(store: Store, every: Incidents) -> None:
    involved = read_involved(store, every)
    among = len(every.ids)
    person = next(each for each in involved.column.values if each.startswith("per_"))
    assert involved.named(person, among).sum() >= 1
    assert involved.named("ada lark", among).sum() == 2
    assert involved.named("bela", among).sum() == 1  # who only tells it
    assert involved.named("masked", among).sum() == 2  # who is no actor
    assert involved.named("per_0000000000000000", among).sum() == 0
    assert involved.named("?!", among).sum() == 0


def test_what_was_ruled_on_is_marked(store: Store, every: Incidents) -> None:
    of = every.ids[0]
    ids = ruled_incidents(store, [of, "act_gone", "inc_gone"])
    again = every.ruled_on(ids)
    assert dict(again.chosen(Choice()).facets["reviewed"]) == {"no": 4, "yes": 1}


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    with a_chronicle(tmp_path / "record") as record:
        first = read_incidents(record.store)
        act = record.acts(kind="arrest")[0].act.id
        record.rule("accept", [act], why="read it", reviewer="A. Reader")
        assert read_incidents(record.store, first) is first
        [of] = ruled_incidents(record.store, [act])
        assert of in first.ids
        record.rule("reject", [act], why="it is not told", reviewer="A. Reader")
        again = read_incidents(record.store, first)
        assert again is not first
        assert again.told.sum() == first.told.sum() - 1


def test_an_empty_record_counts_nothing() -> None:
    column = Column.of([])
    assert column.having(("x",), 0).tolist() == []


@pytest.mark.parametrize(
    ("first", "last", "years", "month"),
    [
        ("2020-03-01", "2020-03-31", ("2020",), "2020-03"),
        ("2019-12-30", "2020-01-02", ("2019", "2020"), NONE),
        ("", "2006-12-31", (NONE,), NONE),
        ("1990-01-01", "1999-12-31", (NONE,), NONE),
    ],
)
def test_years_and_months(first: str, last: str, years: tuple[str, ...], month: str) -> None:
    assert years_of(first, last) == years
    assert month_of(first, last) == month


def test_the_record_can_be_empty(tmp_path: Path) -> None:
    from khronika.workflows.record import Record

    with Record.create(tmp_path / "record") as record:
        every = read_incidents(record.store)
        counted = every.chosen(Choice(within="x", since="2020"))
        assert counted.total == 0
        assert every.ordered(counted.kept, "sources", 0, 25) == ()
        assert read_involved(record.store, every).named("x", 0).sum() == 0
